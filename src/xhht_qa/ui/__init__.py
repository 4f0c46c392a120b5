"""The chat: a page in which questions are put and answered, mounted in the app."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from xhht_qa import messages
from xhht_qa.archive import Archive
from xhht_qa.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def mount_chat(app: FastAPI, settings: Settings, archive: Archive | None = None, path: str = "/chat") -> FastAPI:
    """Adds the chat page to ``app`` at ``path``; without an archive no conversation is kept."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported: it would look up two hosts
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


def _script_words() -> str:
    """What the scripts say, as JSON that ends no element of the page."""
    return json.dumps({"script": messages.SCRIPT, "gradio": messages.GRADIO}, ensure_ascii=False).replace("<", "\\u003c")
