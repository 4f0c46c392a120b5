"""The line of reading: understand → retrieve → compose → verify, and nothing else."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from xhht_qa import messages
from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.errors import QuestionError, UnknownPlan
from xhht_qa.extract import Extractor
from xhht_qa.extract.material import Search
from xhht_qa.index import Index, open_index
from xhht_qa.query import Understander
from xhht_qa.query.agencies import Agencies
from xhht_qa.retrieve import Retriever
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Citation, Draft, Passage, Plan, Query, Source, Statement, Turn
from xhht_qa.verify import verify

_CANDIDATES = 10
_NAMES = 10_000  # of agencies, whose spelling is remembered


Step = Literal["understand", "retrieve", "compose", "verify"]
Told = Callable[[Step], None]


def untold(step: Step) -> None:
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
        return cls(Understander(index.plans).understand, Retriever(index, encoder).search, Extractor(index.plans).compose)


class Engine:
    """Answers questions over one open index; safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder, settings: Settings, steps: Steps | None = None) -> None:
        self.settings = settings
        self._index = index
        self._steps = steps or Steps.over(index, encoder)

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
        return cls(open_index(settings.index_dir, encoder.name), encoder, settings)

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: Told = untold) -> Answer:
        """The cited answer; bad input gives status "failed" with a sentence for the user, never an exception. ``told`` hears of each step when it begins."""
        started = time.perf_counter()
        question = _clean(question)
        told("understand")
        try:
            query = self._understand(question, history, scope)
        except (QuestionError, UnknownPlan) as error:
            return Answer(_new_id(), question[: self.settings.max_question_chars], question[: self.settings.max_question_chars], "failed", str(error))
        understood = time.perf_counter()
        told("retrieve")
        passages = self._steps.search(query, _CANDIDATES)
        retrieved = time.perf_counter()
        told("compose")
        composed_draft = self._steps.compose(query, passages, self._found)
        composed = time.perf_counter()
        told("verify")
        draft = self._steps.verify(composed_draft, self.plans)
        text, citations = self._number(draft)
        finished = time.perf_counter()
        ends = {"understand": understood, "retrieve": retrieved, "compose": composed, "verify": finished}
        timings = {step: end - begun for (step, end), begun in zip(ends.items(), (started, *ends.values()), strict=False)} | {"total": finished - started}
        return Answer(
            id=_new_id(),
            question=query.question,
            standalone_question=query.standalone,
            status=draft.status,
            answer=text,
            citations=citations,
            options=draft.options,
            confidence=draft.confidence,
            timings_ms={step: round(seconds * 1000, 2) for step, seconds in timings.items()},
        )

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
        return Agencies(self.plans)

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
        recent = list(history)[-self.settings.max_history_turns :] if self.settings.max_history_turns else []
        limit = self.settings.max_question_chars
        return self._steps.understand(question, [Turn(turn.role, _clean(turn.content[:limit])) for turn in recent], scope)

    def _found(self, query: Query) -> list[Passage]:
        """What a composer finds with a query of its own."""
        return self._steps.search(query, _CANDIDATES)

    def _number(self, draft: Draft) -> tuple[str, tuple[Citation, ...]]:
        """The draft as text with [n] behind each statement, and the citations in that order."""
        markers: dict[Source, int] = {}
        said = []
        for statement in draft.statements:
            numbers = [markers.setdefault(self._per_section(source, markers), len(markers) + 1) for source in statement.sources]
            said.append((statement, " ".join(f"[{number}]" for number in dict.fromkeys(numbers))))
        body = _rows(said) if draft.side_by_side and not any("\n" in statement.text for statement, _ in said) else _items(said)
        text = "\n".join(filter(None, (draft.lead, *body, draft.tail)))
        return text, tuple(self._citation(source, number) for source, number in markers.items())

    def _per_section(self, source: Source, markers: Mapping[Source, int]) -> Source:
        """Pieces of one section share a marker when one quote holds them; a list is cited once, by its section."""
        return next((known for known in markers if known.plan == source.plan and known.section == source.section and source.quote in known.quote), source)

    def _citation(self, source: Source, marker: int) -> Citation:
        plan = self.plans[source.plan]
        section = plan.section(source.section)
        assert section
        quoted = [p for p in section.paragraphs if p.bullet == source.bullet and source.quote in p.text]
        quoted = quoted or [p for p in section.paragraphs if p.text in source.quote or source.quote in p.text]
        first, last = quoted[0].first_line, quoted[-1].last_line
        return Citation(
            marker, plan.id, plan.title, section.address, source.bullet or None, section.label, section.path, source.quote, first, last, quoted[0].page,
            plan.digest,
        )  # fmt: skip


def _rows(said: Sequence[tuple[Statement, str]]) -> list[str]:
    """A table in markdown, a plan a row; a blank line sets it apart from the words around it."""
    head = f"| {' | '.join(messages.TABLE_HEAD)} |"
    rows = [f"| {_cell(statement.plan)} | {_cell(statement.text)} {marks} |" for statement, marks in said]
    return ["\n" + head, "| --- | --- |", *rows[:-1], rows[-1] + "\n"] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _items(said: Sequence[tuple[Statement, str]]) -> list[str]:
    """Statements one under the other, several of them as a list with their own lists one level in."""
    texts = [(f"{statement.plan}: {statement.text}" if statement.plan else statement.text, marks) for statement, marks in said]
    several = len(texts) > 1
    return ["- " * several + text.replace("\n", "\n  " if several else "\n") + f" {marks}" for text, marks in texts]


def _clean(text: str) -> str:
    """The text without halves of characters, as JSON may carry them; no encoder and no file can hold one."""
    return text.encode("utf-8", "ignore").decode()


def spelling(plans: Mapping[str, Plan]) -> Callable[[str], str]:
    """What spells out the names of agencies that people shorten, as the plans teach it: "P.TC-KH", "Sở GD". Needs no encoder."""
    understander = Understander(plans)
    return lambda name: understander.understand(name, (), ()).text


def _new_id() -> str:
    return uuid.uuid4().hex[:12]
