"""A person at a browser, and every request that the browser makes."""

from __future__ import annotations

from typing import Any


class Visitor:
    """One person's browser window; ``foreign`` holds every request that left for another host."""

    def __init__(self, browser: Any, server: str, **options: Any) -> None:
        self.server = server
        self.context = browser.new_context(locale="en-US", **options)  # a browser that asks for English still gets Vietnamese
        self.page = self.context.new_page()
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.context.on("request", self._note)
        self.page.on("pageerror", lambda error: self._note_error(str(error)))
        self.page.on("console", self._note_message)
        self.page.on("dialog", self._note_dialog)

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.foreign.append(request.url)

    def _note_error(self, text: str) -> None:
        if not text.startswith("AbortError"):  # Gradio was fetching something when the page was left
            self.errors.append(text)

    def _note_message(self, message: Any) -> None:
        if message.type == "error":
            self._note_error(message.text)

    def _note_dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open_chat(self) -> Any:
        self.page.goto(f"{self.server}/")
        self.page.wait_for_selector("#box textarea", timeout=60_000)
        self.page.wait_for_selector("#catalogue h2", state="attached", timeout=60_000)  # what the server offers comes after the page
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
