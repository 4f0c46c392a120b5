"""A verified draft in a language model's words, sentence by sentence, each of them held against what it cites."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from xhht_qa.errors import ModelFailure
from xhht_qa.generate import prompt
from xhht_qa.generate.completeness import is_complete
from xhht_qa.generate.excerpts import excerpts_of
from xhht_qa.generate.follow_up import Reading, WhyNot, is_unsure, written_out
from xhht_qa.generate.guard import Guard
from xhht_qa.generate.sentences import Written, sentences_of
from xhht_qa.llm import Model, load_model
from xhht_qa.settings import Settings
from xhht_qa.text.model_tokens import count_tokens
from xhht_qa.types import Checked, Draft, Fallback, Plan, Query, Statement, Stripped, Tokens, Turn

_MOST_TOKENS = 1024  # of an answer
_LEAST_TOKENS = 256  # that must be left for one
_MOST_STRIPPED = 20  # sentences in a row; a model that writes nothing else is not listened to any longer

logger = logging.getLogger(__name__)

Verify = Callable[[Draft, Mapping[str, Plan]], Draft]


class Writer:
    """Writes with one model for every engine of the process; safe to share between threads."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def can_help(self, query: Query, draft: Draft) -> bool:
        """Whether there is something to put into words: refusals, corrections and readings to pick from stay as they are."""
        return draft.status == "answered" and bool(draft.statements)

    def can_read(self, query: Query, draft: Draft) -> bool:
        """Whether a follow-up is there to be read, of which the rules are unsure."""
        return is_unsure(query, draft)

    def read(self, query: Query, turns: Sequence[Turn], why_not: WhyNot) -> Reading:
        """The follow-up as the model writes it out, if ``why_not`` has nothing against it. Raises nothing."""
        return written_out(self.model, query, turns, why_not)

    def write(self, query: Query, draft: Draft, plans: Mapping[str, Plan], verify: Verify, spent: float = 0.0) -> Iterator[Statement | Draft | Checked]:
        """The sentences that pass, with the draft's own lead, table and tail around them, and at the end what was checked. Raises nothing.

        ``spent`` are the seconds of the answer's time that are gone.
        """
        excerpts = excerpts_of(draft, plans)
        system, user = prompt.system(), prompt.user(query.standalone, excerpts)
        asked = count_tokens(system) + count_tokens(user)
        left = min(_MOST_TOKENS, self.model.context - asked)
        if left < _LEAST_TOKENS:
            yield Checked(fallback="too_long")
            return
        guard = Guard(excerpts)
        shown: list[str] = []
        stripped: list[Stripped] = []
        said: list[str] = []
        failure: Fallback | None = None
        in_a_row = 0

        def heard() -> Iterator[str]:
            for piece in self.model.stream(system, user, left, self.model.whole - spent):
                said.append(piece)
                yield piece

        try:
            for sentence in sentences_of(heard()):
                why = "repeat" if sentence.text in shown else guard.why_not(sentence)
                statement = None if why else self._statement(sentence, guard)
                if statement and verify(Draft("answered", statements=(statement,)), plans).status != "answered":
                    why = "mixed"
                if why or statement is None:
                    stripped.append(Stripped(sentence.text, why or "mixed"))
                    in_a_row += 1
                    if in_a_row == _MOST_STRIPPED:
                        break
                    continue
                if not shown:
                    if draft.lead:
                        yield Statement(draft.lead, ())
                    statement = replace(statement, text="\n" * bool(draft.lead) + statement.text.lstrip())
                in_a_row = 0
                shown.append(sentence.text)
                yield statement
        except ModelFailure as error:
            failure = error.reason
        except Exception:  # what cannot be checked is not shown
            logger.exception("a sentence of the language model could not be checked")
            failure = "invalid"
        if failure is None and not shown:
            failure = "empty" if not "".join(said).strip() else "language" if _mostly(stripped, "language") else "too_little"
        if failure is None and not draft.side_by_side and not is_complete(query, excerpts, shown):
            failure = "incomplete"
        if failure is None and draft.side_by_side:
            yield replace(draft, lead=" ")
        elif failure is None and draft.tail:
            yield Statement(f"\n{draft.tail}", ())
        tokens = Tokens(asked, count_tokens("".join(said))) if said else Tokens()
        yield Checked(0 if failure else len(shown), tuple(stripped), tokens, fallback=failure)

    def _statement(self, sentence: Written, guard: Guard) -> Statement:
        return Statement(f"{sentence.before}{sentence.text}", guard.sources(sentence))


def _mostly(stripped: list[Stripped], why: str) -> bool:
    return 2 * sum(one.why == why for one in stripped) > len(stripped)


def load_writer(settings: Settings) -> Writer | None:
    """The writer with the model that the settings name; None where they name none."""
    model = load_model(settings)
    return Writer(model) if model else None
