"""What somebody else's iterator gives, for as long as it may take and not a moment longer."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

Piece = TypeVar("Piece")


class _EndError(Exception):
    """The iterator is through."""


def in_time(begin: Callable[[], Iterator[Piece]], first: float, whole: float) -> Iterator[Piece]:
    """The pieces of ``begin()``, the first within ``first`` seconds and all within ``whole``. Raises TimeoutError, and whatever the iterator does.

    The iterator runs in a thread of its own, for nothing in Python ends a call that does not end. Whoever lets go of the pieces before their end
    lets go of that thread too; it ends with the next piece that comes.
    """
    pieces: queue.SimpleQueue[Piece | Exception] = queue.SimpleQueue()
    over = threading.Event()

    def read() -> None:
        try:
            for piece in begin():
                if over.is_set():
                    return
                pieces.put(piece)
            pieces.put(_EndError())
        except Exception as error:
            pieces.put(error)

    started = time.monotonic()
    until = started + min(first, whole)
    threading.Thread(target=read, name="language-model", daemon=True).start()
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(until - time.monotonic(), 0.0))
            except queue.Empty:
                raise TimeoutError from None
            if isinstance(piece, _EndError):
                return
            if isinstance(piece, Exception):
                raise piece
            until = started + whole
            if time.monotonic() > until:  # one who never falls silent is not waited for either
                raise TimeoutError
            yield piece
    finally:
        over.set()
