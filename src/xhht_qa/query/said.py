"""What was asked in a conversation, as it stands alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A question as it stands alone, the plans it is about, and the answer that it got."""

    text: str
    plans: tuple[str, ...] = ()
    answer: str = ""
    carried: str = ""  # the question before, where this one stands on its own and yet goes on from it
    items: tuple[str, ...] = ()  # of the list in that answer
    guessed: bool = False  # nothing of its kind stands in the question before, or a pronoun is left that nothing explains
