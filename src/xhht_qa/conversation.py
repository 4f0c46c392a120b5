"""What a conversation on the page remembers."""

from __future__ import annotations

from dataclasses import dataclass

from xhht_qa.types import Answer, Turn


@dataclass(frozen=True)
class Conversation:
    """One visitor's questions and their answers, kept on the server; ``pending`` is being answered."""

    exchanges: tuple[Answer, ...] = ()
    pending: str = ""

    def turns(self, limit: int) -> tuple[Turn, ...]:
        """The last ``limit`` messages that a follow-up may refer to."""
        turns = [turn for answer in self.exchanges if answer.status != "failed" for turn in (Turn("user", answer.question), Turn("assistant", answer.answer))]
        return tuple(turns[max(len(turns) - limit, 0) :])
