"""A follow-up written out by a language model, where the rules are unsure of how they wrote it out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from xhht_qa.errors import ModelFailure
from xhht_qa.generate import prompt
from xhht_qa.generate.sentences import spoken
from xhht_qa.llm import Model
from xhht_qa.text.model_tokens import count_tokens
from xhht_qa.text.normalise import compose
from xhht_qa.types import Checked, Draft, Fallback, Query, Stripped, Tokens, Turn, Why

_SURE = 0.85  # the chance that an answer is right, below which its question may have been read wrong
_MOST_TOKENS = 160  # of a question
_SHARE = 0.5  # of the time of an answer; what is left is for writing it
_AROUND = " \"“”'*"  # what some models put round a question

logger = logging.getLogger(__name__)

WhyNot = Callable[[str], Why | None]


@dataclass(frozen=True)
class Reading:
    """What a model made of a follow-up: the question as it stands alone, "" where it wrote none that may be asked, and what that cost."""

    text: str
    checked: Checked  # before anything is written
    seconds: float


def is_unsure(query: Query, draft: Draft) -> bool:
    """Whether the rules may have misread a follow-up: they found nothing of its kind, or what they made of it is answered badly or not at all."""
    if query.follow_up is None or draft.status not in ("answered", "not_found", "clarify"):
        return False
    return query.follow_up.guessed or draft.status != "answered" or draft.confidence < _SURE


def is_better(draft: Draft, than: Draft) -> bool:
    """Whether what comes of a model's reading may stand in the place of what comes of the rules'."""
    if than.status == "answered":
        return draft.status == "answered" and draft.confidence >= than.confidence
    return draft.status in ("answered", "corrected")


def written_out(model: Model, query: Query, turns: Sequence[Turn], why_not: WhyNot) -> Reading:
    """The question as the model writes it out, if ``why_not`` has nothing against it. Raises nothing."""
    started = time.monotonic()
    said: list[str] = []
    failure: Fallback | None = None
    system, user = prompt.reader(), prompt.conversation(query.question, turns)
    asked = count_tokens(system) + count_tokens(user)
    try:
        if asked + _MOST_TOKENS > model.context:
            raise ModelFailure("too_long")
        for piece in model.stream(system, user, _MOST_TOKENS, _SHARE * model.whole):
            said.append(piece)
    except ModelFailure as error:
        failure = error.reason
    text = "" if failure else _question("".join(spoken(said)))
    why: Why | None = None
    try:
        why = why_not(text) if text else None
    except Exception:  # what cannot be checked is not asked
        logger.exception("a follow-up that the language model wrote out could not be checked")
        text, failure = "", "invalid"
    tokens = Tokens(asked, count_tokens("".join(said))) if said else Tokens()
    checked = Checked(stripped=(Stripped(text, why),) if why else (), tokens=tokens, fallback=failure)
    return Reading("" if why else text, checked, time.monotonic() - started)


def _question(text: str) -> str:
    """What a model wrote, as a question is written; its lines stay apart, for a question has one."""
    text = "\n".join(filter(None, map(compose, text.split("\n")))).strip(_AROUND).rstrip(" ?")
    return f"{text[:1].upper()}{text[1:]}?" if text else ""


def after(read: Checked, wrote: Checked) -> Checked:
    """What was checked of an answer, with what was checked of its question before."""
    tokens = Tokens(read.tokens.prompt + wrote.tokens.prompt, read.tokens.completion + wrote.tokens.completion)
    fallback = read.fallback or wrote.fallback if wrote.fallback == "open_circuit" else wrote.fallback  # the failure that opened it
    return replace(wrote, stripped=(*read.stripped, *wrote.stripped), tokens=tokens, fallback=fallback, reading=read.reading)
