"""A server that has just failed is left alone for a while, so that one question pays for it and not everybody's."""

from __future__ import annotations

import threading
import time


class Breaker:
    """Closed while the server answers; open for ``rest`` seconds after a failure; then one question tries, and the others still do without."""

    def __init__(self, rest: float) -> None:
        self._rest = rest
        self._lock = threading.Lock()
        self._until: float | None = None  # None while it is closed

    @property
    def is_open(self) -> bool:
        """Whether the server is being left alone; asking does not change it."""
        return self._until is not None and time.monotonic() < self._until

    def lets_through(self) -> bool:
        """Whether the server may be asked now; of those who come after a rest, the first alone, until it tells how it went."""
        with self._lock:
            if self._until is None:
                return True
            if time.monotonic() < self._until:
                return False
            self._until = time.monotonic() + self._rest
            return True

    def failed(self) -> None:
        """The server did not answer."""
        with self._lock:
            self._until = time.monotonic() + self._rest

    def answered(self) -> None:
        """The server answered."""
        with self._lock:
            self._until = None
