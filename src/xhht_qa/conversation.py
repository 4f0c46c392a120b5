"""What a conversation on the page remembers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from xhht_qa.types import Answer, Turn


@dataclass(frozen=True)
class Conversation:
    """One visitor's questions and their answers, held on the server while the page is open; ``pending`` is being answered."""

    exchanges: tuple[Answer, ...] = ()
    pending: str = ""
    waits: str = ""  # what the visitor is told while the pending question waits for its turn
    said: Answer | None = None  # of the pending question, the sentences that have passed so far
    id: str = ""  # under which it is kept; "" before its first question, and for one that is not kept
    private: bool = False  # nothing of it is kept
    scope: Mapping[str, str] = field(default_factory=dict)  # the plans to which questions are held, their titles by their ids; none for all
    editing: bool = False  # the next question takes the place of the last one
    next_questions: tuple[str, ...] = ()  # that could follow the last answer
    editions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # answer id → plan id → digest of the file that it cites
    asker: str = ""  # the id of the one whose page it is
    plans: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # answer id → the plans of which it says something
    notice: str = ""  # what the visitor has to be told once, as that an answer could not be kept

    def told_to(self, asker: str) -> Conversation:
        """This one to the asker whose page it is, a new one to anybody else who has learnt the page's number."""
        return self if self.asker == asker else Conversation()

    def held_to(self, plans: Collection[str]) -> tuple[str, ...]:
        """The chosen plans that are among ``plans``; of a choice that left nothing, nothing may be asked."""
        return tuple(plan for plan in self.scope if plan in plans)

    def turns(self, limit: int) -> tuple[Turn, ...]:
        """The last ``limit`` messages that a follow-up may refer to."""
        turns = [turn for answer in self.exchanges if answer.status != "failed" for turn in (Turn("user", _asked(answer)), Turn("assistant", answer.answer))]
        return tuple(turns[max(len(turns) - limit, 0) :])


def _asked(answer: Answer) -> str:
    """The question that was answered: as it was typed, but as a model read it where the page has said so; the rules alone would misread it again."""
    return answer.standalone_question if answer.checked and answer.checked.reading else answer.question
