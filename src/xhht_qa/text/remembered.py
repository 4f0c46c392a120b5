"""Plans print one clause and people ask about it all day: what was read in a short text is kept for the next question."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_TEXTS = 4096  # some five plans' clauses with their headings; a few megabytes for each reading
_LONGEST = 1000  # characters; what is longer is a whole section, or somebody's prank

Found = TypeVar("Found")


def remembered(reading: Callable[[str], Found]) -> Callable[[str], Found]:
    """The reading with what it found in the texts that it was last given; what it finds must not be changed by anyone."""
    kept = lru_cache(maxsize=_TEXTS)(reading)

    @wraps(reading)
    def read(text: str) -> Found:
        return kept(text) if len(text) <= _LONGEST else reading(text)

    return read
