"""What is looked at of an earlier turn of a conversation."""

from __future__ import annotations

_MOST_WORDS = 80  # people paste pages


def beginning(turn: str) -> str:
    """The words of a turn on one line, no more of them than anyone asks a question in."""
    return " ".join(turn.split()[:_MOST_WORDS])
