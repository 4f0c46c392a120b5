"""The line of reading: understand → retrieve → compose → verify, and nothing else; a language model may put what was verified into other words."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from xhht_qa import messages
from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.errors import QuestionError, UnknownPlan
from xhht_qa.extract import Extractor
from xhht_qa.extract.material import Search
from xhht_qa.generate import Writer, after, is_better, load_writer
from xhht_qa.index import Index, open_index, stores_of
from xhht_qa.numbering import Numbering
from xhht_qa.query import Understander
from xhht_qa.query.agencies import Agencies
from xhht_qa.query.rewritten import told_in, why_not
from xhht_qa.retrieve import Retriever
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Checked, Draft, Passage, Plan, Query, Sentence, Statement, Turn, Why
from xhht_qa.verify import verify

_CANDIDATES = 10
_NAMES = 10_000  # of agencies, whose spelling is remembered


Step = Literal["understand", "retrieve", "compose", "verify", "generate"]
Told = Callable[[Step | Sentence], None]


def untold(step: Step | Sentence) -> None:
    """Whom the steps do not concern."""


@dataclass(frozen=True)
class Steps:
    """The steps of the line, in their order; evals put another in the place of one to see what it is worth."""

    understand: Callable[[str, Sequence[Turn], Sequence[str]], Query]
    search: Callable[[Query, int], list[Passage]]
    compose: Callable[[Query, Sequence[Passage], Search], Draft]
    verify: Callable[[Draft, Mapping[str, Plan]], Draft] = verify

    @classmethod
    def over(cls, index: Index, encoder: Encoder) -> Steps:
        """The product's own steps over an index."""
        understander = Understander(index.plans, index.lexicon(), index.printed(), index.addresses)
        return cls(understander.understand, Retriever(index, encoder).search, Extractor(index.plans, index.vocabulary()).compose)


class Engine:
    """Answers questions over one open index; safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder, settings: Settings, steps: Steps | None = None, generator: Writer | None = None) -> None:
        """``generator`` puts answers into words of its own where it can; without one they are the plans' words."""
        self.settings = settings
        self._index = index
        self._steps = steps or Steps.over(index, encoder)
        self._writer = generator

    @property
    def index(self) -> Index:
        """The index that answers."""
        return self._index

    @property
    def plans(self) -> Mapping[str, Plan]:
        """Its plans by their ids."""
        return self.index.plans

    def hold(self) -> AbstractContextManager[Engine]:
        """An engine that stays as it is until it is let go, for what is read in several steps."""
        return nullcontext(self)

    def may_hold(self, plan: str) -> bool:
        """Whether a plan of this id, be it gone or still to come, is one that this engine may know."""
        return True

    @classmethod
    def open(cls, settings: Settings) -> Engine:
        """The engine over the published index. Raises IndexMissing, IndexMismatch and EncoderError."""
        encoder = load_encoder(settings)
        return cls(open_index(settings.index_dir, encoder.name, stores_of(settings)), encoder, settings, generator=load_writer(settings))

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: Told = untold) -> Answer:
        """The cited answer; bad input gives status "failed" with a sentence for the user, never an exception.

        ``told`` hears of each step when it begins, and of each sentence of a language model that has passed.
        """
        answer: Answer | None = None
        for said in self.stream(question, history, scope, told):
            if isinstance(said, Answer):
                answer = said
            else:
                told(said)
        assert answer is not None, "a stream ends with its answer"
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: Told = untold) -> Iterator[Sentence | Answer]:
        """The sentences of a language model as they pass the guard, then the answer, which says them all or is the plans' own words."""
        started = time.perf_counter()
        answer, query, draft = self._extracted(question, history, scope, told)
        if self._writer is None or query is None or draft is None:
            yield answer
            return
        spent = 0.0
        if self._writer.can_read(query, draft):
            told("understand")
            answer, query, draft, spent = self._read_anew(self._writer, answer, query, draft, history, scope)
        if self._writer.can_help(query, draft):
            told("generate")
            answer = yield from self._generated(self._writer, query, draft, answer, started, spent)
        yield replace(answer, timings_ms={**answer.timings_ms, "total": _milliseconds(time.perf_counter() - started)}) if answer.checked else answer

    def extract(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> Answer:
        """The answer in the plans' own words, whether or not there is a language model; for what is only tried."""
        return self._extracted(question, history, scope, untold)[0]

    def _extracted(self, question: str, history: Sequence[Turn], scope: Sequence[str], told: Told) -> tuple[Answer, Query | None, Draft | None]:
        """The answer with the query and the draft that it comes from; None for a question that failed."""
        started = time.perf_counter()
        question = _clean(question)
        told("understand")
        try:
            query = self._understand(question, history, scope)
        except (QuestionError, UnknownPlan) as error:
            shown = question[: self.settings.max_question_chars]
            return Answer(_new_id(), shown, shown, "failed", str(error)), None, None
        understood = time.perf_counter()
        told("retrieve")
        passages = self._steps.search(query, _CANDIDATES)
        retrieved = time.perf_counter()
        told("compose")
        composed_draft = self._steps.compose(query, passages, self._found)
        composed = time.perf_counter()
        told("verify")
        draft = self._steps.verify(composed_draft, self.plans)
        whole = Numbering(self.plans).draft(draft)
        finished = time.perf_counter()
        ends = {"understand": understood, "retrieve": retrieved, "compose": composed, "verify": finished}
        timings = {step: end - begun for (step, end), begun in zip(ends.items(), (started, *ends.values()), strict=False)} | {"total": finished - started}
        answer = Answer(
            id=_new_id(),
            question=query.question,
            standalone_question=query.standalone,
            status=draft.status,
            answer=whole.text,
            citations=whole.citations,
            options=draft.options,
            confidence=draft.confidence,
            timings_ms={step: round(seconds * 1000, 2) for step, seconds in timings.items()},
        )
        return answer, query, draft

    def _read_anew(
        self, writer: Writer, answer: Answer, query: Query, draft: Draft, history: Sequence[Turn], scope: Sequence[str]
    ) -> tuple[Answer, Query, Draft, float]:
        """The same of a follow-up as the language model reads it, if that is what was asked and is answered better; and the seconds that it took."""
        assert query.follow_up
        turns = told_in(query.follow_up, self._recent(history))
        reading = writer.read(query, turns, lambda text: self._why_not_asked(text, query, turns, scope))
        answer = replace(answer, checked=reading.checked, timings_ms={**answer.timings_ms, "read": _milliseconds(reading.seconds)})
        if not reading.text or reading.text == query.standalone:
            return answer, query, draft, reading.seconds
        anew, read, found = self._extracted(reading.text, (), query.plans or scope, untold)
        if read is None or found is None or not is_better(found, draft):
            return answer, query, draft, reading.seconds
        taken = replace(answer.checked or Checked(), reading=True)
        return replace(anew, question=answer.question, checked=taken, timings_ms={**answer.timings_ms, **anew.timings_ms}), read, found, reading.seconds

    def _why_not_asked(self, text: str, query: Query, turns: Sequence[Turn], scope: Sequence[str]) -> Why | None:
        """Why a question is not asked in the place of a follow-up: it says something else, or asks it of other plans."""
        assert query.follow_up
        if why := why_not(text, query.standalone, query.follow_up, turns):  # first, for it bounds what is understood
            return why
        named, chosen = set(self._steps.understand(text, (), ()).plans), set(query.plans)
        within = named <= chosen if chosen == set(scope) else named == chosen
        return None if not named or not chosen or within else "mixed"

    def _generated(self, writer: Writer, query: Query, draft: Draft, answer: Answer, started: float, spent: float) -> Generator[Sentence, None, Answer]:
        """The checked sentences of a language model, and the answer that they make; ``answer`` where they do not make one."""
        begun = time.perf_counter()
        numbering = Numbering(self.plans)
        said: list[Sentence] = []
        checked = Checked()
        first: float | None = None
        for piece in writer.write(query, draft, self.plans, self._steps.verify, spent):
            if isinstance(piece, Checked):
                checked = piece
                continue
            first = first or time.perf_counter()
            said.append(numbering.statement(piece) if isinstance(piece, Statement) else numbering.draft(piece))
            yield said[-1]
        checked = replace(checked, first_sentence_ms=_milliseconds(first - started) if first else None)
        checked = checked if answer.checked is None else after(answer.checked, checked)
        answer = replace(answer, checked=checked, timings_ms={**answer.timings_ms, "generate": _milliseconds(time.perf_counter() - begun)})
        if checked.fallback:
            return answer
        text = "".join(sentence.text for sentence in said).strip()
        return replace(answer, answer=text, citations=tuple(citation for sentence in said for citation in sentence.citations), mode="llm")

    def search(self, question: str, k: int = 10, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> list[Passage]:
        """The ``k`` best sections, best first. Raises QuestionError and UnknownPlan."""
        return self.explain(question, k, history, scope)[1]

    def explain(self, question: str, k: int = 10, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> tuple[Query, list[Passage]]:
        """What was understood, and the passages of ``search``, which say what each arm gave. Raises QuestionError and UnknownPlan."""
        query = self._understand(_clean(question), history, scope)
        return query, self._steps.search(query, k)

    def agency(self, printed: str) -> str:
        """The name in full of the agency that a plan prints, whatever its form there; ``printed`` itself where no plan prints another."""
        return self._agencies.in_full(printed)

    def spelt_out(self, name: str) -> str:
        """The name of an agency without the short forms of people: "P.TC-KH", "Sở GD"; see ``facts.choose``."""
        return self._spelt_out(name)

    @cached_property
    def _spelt_out(self) -> Callable[[str], str]:
        return lru_cache(_NAMES)(lambda name: self._steps.understand(name, (), ()).text)  # some milliseconds a name

    @cached_property
    def _agencies(self) -> Agencies:
        return Agencies(self.index.lexicon().bodies)

    def _understand(self, question: str, history: Sequence[Turn], scope: Sequence[str]) -> Query:
        if not question.strip():
            raise QuestionError(messages.EMPTY_QUESTION)
        if len(question) > self.settings.max_question_chars:
            raise QuestionError(messages.too_long(self.settings.max_question_chars))
        if not any(character.isalnum() for character in question):
            raise QuestionError(messages.NO_LETTERS)
        unknown = next((plan for plan in scope if plan not in self.plans), None)
        if unknown is not None:
            raise UnknownPlan(messages.unknown_plan(unknown))
        return self._steps.understand(question, self._recent(history), scope)

    def _recent(self, history: Sequence[Turn]) -> list[Turn]:
        """The turns that are looked at, cut to the length of a question."""
        recent = list(history)[-self.settings.max_history_turns :] if self.settings.max_history_turns else []
        return [Turn(turn.role, _clean(turn.content[: self.settings.max_question_chars])) for turn in recent]

    def _found(self, query: Query) -> list[Passage]:
        """What a composer finds with a query of its own."""
        return self._steps.search(query, _CANDIDATES)


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def _clean(text: str) -> str:
    """The text without halves of characters, as JSON may carry them; no encoder and no file can hold one."""
    return text.encode("utf-8", "ignore").decode()


def spelling(plans: Mapping[str, Plan]) -> Callable[[str], str]:
    """What spells out the names of agencies that people shorten, as the plans teach it: "P.TC-KH", "Sở GD". Needs no encoder."""
    understander = Understander(plans)
    return lambda name: understander.understand(name, (), ()).text


def _new_id() -> str:
    return uuid.uuid4().hex[:12]
