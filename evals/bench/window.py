"""A person's window with the chat page, in Chromium, while the server behind it dies and comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PATIENCE_SECONDS = 60
_BOX, _NOTICE = "#box textarea", "[data-testid=toast-text]"
_ANSWERS = "#thread [data-testid=bot]"
# What there is to see of a question, or of a conversation that is begun, once it was sent: what was asked for, or a notice; null until then.
_SEEN = f"""() => {{
  const notice = document.querySelector('{_NOTICE}');
  const answers = [...document.querySelectorAll('{_ANSWERS}')];
  const last = answers.at(-1)?.innerText.trim() ?? '';
  return notice ? {{ notice: notice.innerText.trim() }} : WANTED ? {{ notice: '' }} : null;
}}"""
_COME = _SEEN.replace("WANTED", "(last && !last.startsWith('Đang tìm') && document.querySelector('#send')?.offsetParent)")
_CLEARED = _SEEN.replace("WANTED", "!answers.length")
_QUIET = f"() => !document.querySelector('{_NOTICE}') && document.querySelector('{_BOX}')"


@dataclass(frozen=True)
class Shown:
    """What came of a question at the page that was put in a phase: the notices on the way, and the milliseconds until its answer stood there, if it did."""

    phase: str
    question: str
    notices: tuple[str, ...]
    milliseconds: float | None


class Window:
    """One person, known by a cookie, who asks each question in a new conversation, and again after a notice, until it is answered."""

    def __init__(self, browser: Any, address: str, name: str, value: str) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 800})
        self._context.add_cookies([{"name": name, "value": value, "url": address}])
        self._page = self._context.new_page()
        self._page.set_default_timeout(1000 * PATIENCE_SECONDS)
        self._page.goto(f"{address}/chat/")
        self._page.wait_for_selector(_BOX)

    def ask(self, question: str, phase: Callable[[], str]) -> Shown:
        """A page that neither answers nor says why is opened anew, as people do it."""
        started, begun = time.perf_counter(), phase()
        notices: list[str] = []
        try:
            while notice := self._begun() or self._sent(question):
                notices.append(notice)
                self._page.wait_for_function(_QUIET)
        except Exception:  # Playwright's own, whose package is imported elsewhere
            self._page.reload()
            self._page.wait_for_selector(_BOX)
            return Shown(begun, question, tuple(notices), None)
        return Shown(begun, question, tuple(notices), 1000 * (time.perf_counter() - started))

    def _begun(self) -> str:
        """The notice that comes of beginning a new conversation, "" once it has begun."""
        if not self._page.locator(_ANSWERS).count():
            return ""
        self._page.click("#clear")
        return str(self._page.wait_for_function(_CLEARED).json_value()["notice"])

    def _sent(self, question: str) -> str:
        """The notice that comes of it, "" once it is answered."""
        self._page.fill(_BOX, question)
        self._page.press(_BOX, "Enter")
        return str(self._page.wait_for_function(_COME).json_value()["notice"])
