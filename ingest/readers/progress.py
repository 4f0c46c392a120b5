"""How a slow reader says that it is alive: one call a page. Whoever listens decides what that means."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

_listeners: list[Callable[[Page], None]] = []
_since = [0.0]


@dataclass(frozen=True)
class Page:
    """A page that has been read, of how many, and how many seconds it took."""

    number: int
    of: int
    seconds: float
    recognised: bool = False  # by OCR


def listen(listener: Callable[[Page], None]) -> None:
    """Have every page reported to ``listener``, for the rest of this process."""
    _listeners.append(listener)


def begin() -> None:
    """A file is begun; its first page takes from now on."""
    _since[0] = time.monotonic()


def page_done(number: int, of: int, recognised: bool = False) -> None:
    """Tell the listeners that a page is done."""
    now = time.monotonic()
    for listener in _listeners:
        listener(Page(number, of, now - _since[0], recognised))
    _since[0] = now
