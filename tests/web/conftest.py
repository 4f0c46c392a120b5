"""A real server over a real index, and a real browser that notes every request it makes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prerequisites import ROOT, missing
from web_plans import PLANS, PRINTED
from web_server import running

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
def web_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "index"
    paths = [*map(str, PLANS), str(PRINTED)]
    subprocess.run([sys.executable, "-m", "ingest", *paths, "--index", str(folder)], cwd=ROOT, check=True, capture_output=True, timeout=300)
    return folder


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


class Visitor:
    """One person's browser window; ``foreign`` holds every request that left for another host."""

    def __init__(self, browser: Any, server: str, **options: Any) -> None:
        self.server = server
        self.context = browser.new_context(locale="en-US", **options)  # a browser that asks for English still gets Vietnamese
        self.page = self.context.new_page()
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note_message)
        self.page.on("dialog", self._note_dialog)

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.foreign.append(request.url)

    def _note_message(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open_chat(self) -> Any:
        self.page.goto(f"{self.server}/")
        self.page.wait_for_selector("#box textarea", timeout=60_000)
        return self.page

    def ask(self, question: str) -> Any:
        """Types the question and waits for its answer, which is returned as a locator."""
        answers = self.page.locator("#thread [data-testid=bot]")
        before = answers.count()
        self.page.fill("#box textarea", question)
        self.page.press("#box textarea", "Enter")
        self.page.wait_for_function(
            "before => { const all = document.querySelectorAll('#thread [data-testid=bot]');"
            "return all.length > before && !all[all.length - 1].innerText.startsWith('Đang tìm') }",
            arg=before,
            timeout=60_000,
        )
        self.page.wait_for_selector("#send:visible")
        return answers.nth(before)


@pytest.fixture
def visitor(browser: Any, server: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Options of the browser context come by indirect parameter. Whatever a test did, nothing may have left the house."""
    opened = Visitor(browser, server, **getattr(request, "param", {"viewport": {"width": 1280, "height": 800}}))
    yield opened
    opened.context.close()
    assert opened.foreign == []
    assert opened.errors == []
