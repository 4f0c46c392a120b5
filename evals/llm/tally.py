"""What one model did with the gold questions: every answer held against the plans and against the answer without a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from evals.gold import Question
from evals.llm.claims import HARD, Verdict, judge
from evals.score import Score, score
from xhht_qa.types import Answer, Citation, Plan, Sentence

WITHOUT = "without a model"
LEAST = -0.01  # points of questions answered right, as a share, by which a model may be worse than none
_TOKEN = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Told:
    """One question with a model: all that was streamed, and the answer."""

    question: Question
    streamed: tuple[Sentence, ...]
    answer: Answer
    own: Answer | None = None  # without a model, to the follow-up as the model read it; None where the rules' reading stands


@dataclass(frozen=True)
class Fault:
    """Something shown that the plans do not say, or an answer that is another one than it should be."""

    system: str
    question: str
    kind: str
    seen: str
    claim: str


@dataclass
class Tally:
    """The figures of one system; shares are 0..1, times milliseconds."""

    system: str
    questions: int = 0
    right: int = 0
    extractive_right: int = 0
    by_model: int = 0  # answers in which words of the model are shown
    read: int = 0  # answers to a follow-up as the model read it
    read_wrong: int = 0  # of these, the ones that are wrong where the rules' reading was answered right
    status_changed: int = 0  # answers whose status is another than without a model
    changed: int = 0  # answers without a word of the model that are not word for word the extractive one
    claims: int = 0  # shown, in answers by the model
    supported: int = 0
    stripped: int = 0
    sentences: int = 0  # that passed
    why: Counter[str] = field(default_factory=Counter)  # of what was stripped
    fallback: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)  # of faults, by the claim
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first_ms: list[float] = field(default_factory=list)  # to the first checked sentence
    total_ms: list[float] = field(default_factory=list)  # of the answers for which the model was asked
    faults: list[Fault] = field(default_factory=list)

    @property
    def hard(self) -> int:
        """Claims shown with a number, date, agency or citation that the plans do not bear out."""
        return sum(self.kinds[kind] for kind in HARD)

    @property
    def holds(self) -> bool:
        """Whether this model was harmless; without one, nothing can have been harmed."""
        return self.system == WITHOUT or (
            not self.hard
            and not self.status_changed
            and not self.changed
            and not self.read_wrong
            and self.right - self.extractive_right >= LEAST * self.questions
        )

    def record(self) -> dict[str, Any]:
        """The figures, without the faults, ready for JSON."""
        figures = {
            name: dict(value) if isinstance(value, Counter) else value for name, value in vars(self).items() if name not in ("faults", "first_ms", "total_ms")
        }
        return {**figures, "hard": self.hard, "holds": self.holds, "first_p50_ms": _middle(self.first_ms), "total_p50_ms": _middle(self.total_ms)}


def tally(system: str, told: Iterable[Told], without: Mapping[str, Answer], plans: Mapping[str, Plan], printed: Mapping[str, str]) -> Tally:
    """The figures of a system; ``without`` holds the answer to each question without a model, ``printed`` as ``evals.score`` takes it."""
    counted = Tally(system)
    for one in told:
        extractive = without[one.question.id]
        counted.questions += 1
        right, was_right = (_score(one.question, answer, printed).right for answer in (one.answer, extractive))
        counted.right += right
        counted.extractive_right += was_right
        if one.own:
            extractive = one.own
            counted.read += 1
            counted.read_wrong += was_right and not right
        counted.total_ms += [one.answer.timings_ms["total"]] if system == WITHOUT or one.answer.checked else []
        _count_checked(counted, one)
        if one.answer.status != extractive.status:
            counted.status_changed += 1
            counted.faults.append(Fault(system, one.question.id, "status", f"{one.answer.status}, not {extractive.status}", one.answer.answer))
        if one.answer.mode == "llm":
            counted.by_model += 1
        elif (one.answer.answer, one.answer.citations) != (extractive.answer, extractive.citations):
            counted.changed += 1
            counted.faults.append(Fault(system, one.question.id, "changed", extractive.answer, one.answer.answer))
        _count_claims(counted, one, extractive, plans)
    return counted


def shown(told: Told, extractive: Answer, plans: Mapping[str, Plan]) -> list[Verdict]:
    """Verdicts on the answer where a model had a part in it, and on whatever was streamed before another one was given.

    An answer without a model that is set against itself is judged too, its frames left out.
    """
    streamed = "".join(sentence.text for sentence in told.streamed).strip()
    if told.answer is extractive:
        frames = "\n".join(line for line in extractive.answer.split("\n") if not _TOKEN.search(line))
        return _judged(extractive.answer, extractive.citations, plans, frames) if extractive.status in ("answered", "corrected") else []
    verdicts = _judged(told.answer.answer, told.answer.citations, plans, extractive.answer) if told.answer.mode == "llm" else []
    if streamed != told.answer.answer:
        verdicts += _judged(streamed, [citation for sentence in told.streamed for citation in sentence.citations], plans, extractive.answer)
    return verdicts


def _judged(text: str, citations: Iterable[Citation], plans: Mapping[str, Plan], own: str) -> list[Verdict]:
    return judge(text, [asdict(citation) for citation in citations], plans, own)


def _count_checked(counted: Tally, told: Told) -> None:
    checked = told.answer.checked
    if checked is None:
        return
    counted.sentences += checked.sentences
    counted.stripped += len(checked.stripped)
    counted.why.update(stripped.why for stripped in checked.stripped)
    counted.fallback.update([checked.fallback] if checked.fallback else [])
    counted.prompt_tokens += checked.tokens.prompt
    counted.completion_tokens += checked.tokens.completion
    counted.first_ms += [] if checked.first_sentence_ms is None else [checked.first_sentence_ms]


def _count_claims(counted: Tally, told: Told, extractive: Answer, plans: Mapping[str, Plan]) -> None:
    for verdict in shown(told, extractive, plans):
        counted.claims += 1
        counted.supported += not verdict.faults
        counted.kinds.update({kind for kind, _ in verdict.faults})
        counted.faults += [Fault(counted.system, told.question.id, kind, seen, verdict.claim.text) for kind, seen in verdict.faults]


def _score(question: Question, answer: Answer, printed: Mapping[str, str]) -> Score:
    return score(question, {**answer.to_dict(), "results": []}, printed)


def _middle(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None
