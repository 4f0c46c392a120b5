"""The chat: a page in which questions are put and answered, mounted in the app."""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xhht_qa import messages
from xhht_qa.archive import Archive
from xhht_qa.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def mount_chat(app: FastAPI, settings: Settings, archive: Archive | None = None, path: str = "/chat") -> FastAPI:
    """Adds the chat page to ``app`` at ``path``; without an archive no conversation is kept."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported: it would look up two hosts
    with without_stubs():
        import gradio as gr

    from xhht_qa.ui.page import build
    from xhht_qa.ui.theme import theme

    gr.mount_gradio_app(
        app,
        build(settings, archive, app.state.service),
        path,
        theme=theme(),
        head="".join(
            (
                '<link rel="icon" href="../static/icon.svg">',
                '<link rel="stylesheet" href="../static/plan.css">',
                '<link rel="stylesheet" href="../static/dark.css" media="(prefers-color-scheme: dark)" id="dark">',
                '<link rel="stylesheet" href="../static/answer.css">',
                '<link rel="stylesheet" href="../static/source.css">',
                '<link rel="stylesheet" href="../static/chat.css">',
                f'<script type="application/json" id="messages">{_script_words()}</script>',
                '<script type="module" src="../static/chat.js"></script>',
            )
        ),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size="1kb",  # the page takes no files
        ssr_mode=False,
    )
    return app


@contextmanager
def without_stubs() -> Iterator[None]:
    """Gradio writes type stubs of its components beside its own files whenever it is imported: a sixth of the time of a start.

    It leaves out a component whose file cannot be told.
    """
    told = inspect.getfile

    def untold(object: Any) -> str:
        if type(object).__name__ == "ComponentMeta":
            raise OSError
        return told(object)

    inspect.getfile = untold
    try:
        yield
    finally:
        inspect.getfile = told


def _script_words() -> str:
    """What the scripts say, as JSON that ends no element of the page."""
    return json.dumps({"script": messages.SCRIPT, "gradio": messages.GRADIO}, ensure_ascii=False).replace("<", "\\u003c")
