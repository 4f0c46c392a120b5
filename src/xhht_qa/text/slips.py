"""Slips of the finger: one letter too many, too few or another, or two neighbours exchanged."""

from __future__ import annotations

from itertools import takewhile


def one_slip(typed: str, meant: str) -> bool:
    """Whether one slip, and no more, makes ``typed`` of ``meant``."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = _shared(typed, meant)
    typed, meant = typed[start:], meant[start:]
    end = _shared(typed[::-1], meant[::-1])
    left, right = typed[: len(typed) - end], meant[: len(meant) - end]
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def _shared(left: str, right: str) -> int:
    """How many letters two words begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
