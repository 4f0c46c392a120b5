"""A program that keeps vectors outside of the index: asked while it answers, left alone for some seconds after it failed, done without meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from xhht_qa.breaker import Breaker
from xhht_qa.errors import VectorsUnavailable

REST_SECONDS = 5.0

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Outside:
    """``name`` is what operators know it by, ``setting`` the one that names it; safe to share between threads.

    One that fails is left alone for ``rest`` seconds, so that one question waits for it and not everybody's.
    """

    def __init__(self, name: str, setting: str, rest: float, is_missing: Callable[[Exception], bool] = lambda error: False) -> None:
        self.failures = 0
        self._name, self._setting, self._is_missing = name, setting, is_missing
        self._breaker = Breaker(rest)
        self._is_told = False

    def asked(self, ask: Callable[[], T]) -> T:
        """What it answers. Raises VectorsUnavailable, at once while it is left alone."""
        if not self._breaker.lets_through():
            raise VectorsUnavailable(f"{self._name} has just failed and is left alone for a while; start it, or correct {self._setting}")
        try:
            found = ask()
        except Exception as error:
            self.failures += 1
            if self._is_missing(error):
                self._breaker.answered()
            else:
                self._breaker.failed()
            unavailable = self.unavailable(error)
            if not self._is_told:
                logger.warning("%s; until then questions are answered from the vectors on disk", unavailable)
            self._is_told = True
            raise unavailable from None
        self._breaker.answered()
        if self._is_told:
            logger.warning("%s answers again", self._name)
        self._is_told = False
        return found

    def unavailable(self, error: Exception) -> VectorsUnavailable:
        """What a failure of it is told as; its own errors are of as many kinds as there are programs."""
        if self._is_missing(error):
            return VectorsUnavailable(f"{self._name} has no collection of this build; run python -m ingest again")
        said = " ".join(str(error).split())[:200] or type(error).__name__
        return VectorsUnavailable(f"{self._name} does not answer ({said}); start it, or correct {self._setting}")
