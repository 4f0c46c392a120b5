"""A real server over a real index, and a real browser that notes every request it makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from prerequisites import missing
from web_plans import PLANS, PRINTED
from web_server import running
from web_visitor import Visitor

CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def web_index(indexed: Callable[[str, Sequence[Path]], Path]) -> Path:
    return indexed("web", [*PLANS, PRINTED])


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps verdicts."""
    return tmp_path_factory.mktemp("feedback") / "new" / "feedback.jsonl"


@pytest.fixture(scope="session")
def server(web_index: Path, feedback_file: Path) -> Iterator[str]:
    """The address of a running ``app.py``."""
    with running(web_index, XHHT_FEEDBACK_FILE=str(feedback_file), XHHT_DATA_DIR=str(feedback_file.parents[1] / "data")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("Chromium is not installed; the page cannot be tested as a person sees it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visitor(browser: Any, server: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Options of the browser context come by indirect parameter. Whatever a test did, nothing may have left the house."""
    opened = Visitor(browser, server, **getattr(request, "param", {"viewport": {"width": 1280, "height": 800}}))
    yield opened
    opened.context.close()
    assert opened.foreign == []
    assert opened.errors == []
