"""The plans, sections, facts and chunks of a build: what heads a plan is held, all else is read from the files when it is asked for.

A line of ``sections.jsonl``, ``facts.jsonl`` and ``chunks.jsonl`` is one of them; those of a plan stand together, in the plans' order.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from xhht_qa.index.lines import Lines, LineWriter
from xhht_qa.index.postings import Rows, key_of
from xhht_qa.index.records import fact_of, plan_of, plan_record, section_of
from xhht_qa.text.headings import ARTICLE
from xhht_qa.types import Chunk, Fact, Plan, Section

_PLANS_KEPT = 200  # that were asked for last, with their sections, and as many with their facts: some 0.3 MB each
_SECTIONS_KEPT = 4096  # and sections of plans that were not asked for whole
_CHUNKS_KEPT = 8192
_NAMES = [field.name for field in fields(Plan)]


class Kept(Protocol):
    """Where plans are kept by their numbers."""

    def plan(self, number: int, /) -> Plan:
        """A plan with its sections."""
        ...

    def section_of(self, number: int, address: str, /) -> Section | None:
        """The section of a plan at an address."""
        ...

    def facts(self, number: int, /) -> tuple[Fact, ...]:
        """Its facts."""
        ...


class StoredPlan(Plan):
    """A plan whose sections and facts stay where they are kept until they are asked for."""

    shelf: Kept | None = None
    number = 0

    def section(self, address: str) -> Section | None:
        """See ``Plan``."""
        return self.shelf.section_of(self.number, address) if self.shelf is not None else super().section(address)

    def children(self, address: str) -> tuple[Section, ...]:
        """See ``Plan``."""
        return self.shelf.plan(self.number).children(address) if self.shelf is not None else super().children(address)

    def __getattr__(self, name: str) -> Any:
        if name == "sections" and self.shelf is not None:
            return self.shelf.plan(self.number).sections
        if name == "facts" and self.shelf is not None:
            return self.shelf.facts(self.number)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return hash(self.id)


def stored(head: Plan, shelf: Kept, number: int) -> Plan:
    """A plan that is kept elsewhere, as if it were here."""
    plan = StoredPlan.__new__(StoredPlan)
    vars(plan).update({name: value for name, value in vars(head).items() if name in _NAMES and name not in ("sections", "facts")}, shelf=shelf, number=number)
    return plan


class Shelf:
    """The files of one build; safe to share between threads."""

    def __init__(self, build: Path) -> None:
        self._sections, self._facts, self._chunks = (Lines(build / f"{name}.jsonl") for name in ("sections", "facts", "chunks"))
        self._heads = [plan_of(json.loads(line)) for line in (build / "plans.jsonl").read_bytes().splitlines()]
        # Where the sections, the facts and the chunks of each plan begin, and at the end how many there are.
        self._begins: NDArray[np.int64] = np.load(build / "plans.contents.npy")
        if self._begins.shape != (len(self._heads) + 1, 3) or self._begins[-1].tolist() != [len(self._sections), len(self._facts), len(self._chunks)]:
            raise ValueError("the files of the build do not agree")
        self._number = {plan.id: number for number, plan in enumerate(self._heads)}
        self._section_of_chunk, self._addresses, self._is_bare = (
            np.asarray(np.load(build / f"{name}.npy", mmap_mode="r")) for name in ("chunks.section", "sections.address", "sections.bare")
        )
        self.plan = lru_cache(_PLANS_KEPT)(self._plan)
        self.facts = lru_cache(_PLANS_KEPT)(self._facts_of)
        self.section = lru_cache(_SECTIONS_KEPT)(self._section)
        self.chunk = lru_cache(_CHUNKS_KEPT)(self._chunk)

    def plans(self) -> dict[str, Plan]:
        """The plans by their ids."""
        return {head.id: stored(head, self, number) for number, head in enumerate(self._heads)}

    def __len__(self) -> int:
        return len(self._chunks)

    def number(self, plan: str) -> int:
        """Which of the plans it is, from 0."""
        return self._number[plan]

    def chunks_of(self, plan: str) -> range:
        """The positions of a plan's chunks."""
        return self._contents(self._number[plan], 2)

    def sections_of(self, plan: str) -> range:
        """The numbers of a plan's sections among all."""
        return self._contents(self._number[plan], 0)

    def section_of(self, number: int, address: str) -> Section | None:
        """The section of a plan at an address, alone: to cite one a plan need not be read whole."""
        own = self._contents(number, 0)
        found = np.flatnonzero(self._addresses[own.start : own.stop] == key_of(address))
        return self.section(own.start + int(found[0])) if found.size else None

    def section_at(self, position: int) -> int:
        """The number of the section that a chunk is of."""
        return int(self._section_of_chunk[position])

    def chunks_at(self, address: str) -> Rows:
        """The positions of the chunks of the sections that have an address, in whatever plan."""
        numbers = np.flatnonzero(self._addresses == key_of(address))
        first, last = (np.searchsorted(self._section_of_chunk, numbers, side) for side in ("left", "right"))
        return np.concatenate([np.empty(0, np.int64), *map(np.arange, first, last)])

    def is_searched(self) -> NDArray[np.bool_]:
        """Of each chunk whether it is found by its words; bare headings are not."""
        searched: NDArray[np.bool_] = ~self._is_bare[self._section_of_chunk]
        return searched

    def _contents(self, number: int, kind: int) -> range:
        return range(int(self._begins[number, kind]), int(self._begins[number + 1, kind]))

    def _plan(self, number: int) -> Plan:
        return replace(self._heads[number], sections=tuple(map(section_of, self._sections.records(self._contents(number, 0)))))

    def _facts_of(self, number: int) -> tuple[Fact, ...]:
        return tuple(map(fact_of, self._facts.records(self._contents(number, 1))))

    def _section(self, number: int) -> Section:
        return section_of(self._sections.record(number))

    def _chunk(self, position: int) -> Chunk:
        return Chunk(**self._chunks.record(position))


class Chunks(Sequence[Chunk]):
    """Some chunks of a shelf as a sequence, each read when it is asked for."""

    def __init__(self, shelf: Shelf, positions: range | Rows) -> None:
        self._shelf = shelf
        self._positions = positions

    @overload
    def __getitem__(self, place: int) -> Chunk: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Chunk]: ...
    def __getitem__(self, place: int | slice) -> Chunk | Sequence[Chunk]:
        if isinstance(place, slice):
            return Chunks(self._shelf, self._positions[place])
        return self._shelf.chunk(int(self._positions[place]))

    def __len__(self) -> int:
        return len(self._positions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # equal to a list of the same chunks


def write_shelf(build: Path, plans: Iterable[tuple[Plan, Sequence[Chunk]]]) -> None:
    """The files that ``Shelf`` reads, of plans with their chunks in the order of their sections; of all plans one is held at a time."""
    contents = [(0, 0, 0)]
    section_of_chunk, ids, addresses, bare = array("I"), array("Q"), array("Q"), array("B")
    printed: dict[str, None] = {}  # addresses
    with ExitStack() as stack:
        heads, sections, facts, chunks = (stack.enter_context(LineWriter(build / f"{name}.jsonl")) for name in ("plans", "sections", "facts", "chunks"))
        for plan, own in plans:
            heads.write([plan_record(replace(plan, sections=()))])
            sections.write(plan.sections)
            facts.write(plan.facts)
            chunks.write(own)
            numbers = {section.address: number for number, section in enumerate(plan.sections, len(addresses))}
            numbers_of_own = [numbers[chunk.section] for chunk in own]
            if numbers_of_own != sorted(numbers_of_own):
                raise ValueError("the chunks do not stand in the order of their sections")
            section_of_chunk.extend(numbers_of_own)
            ids.extend(int(key_of(chunk.id)) for chunk in own)
            printed |= dict.fromkeys(numbers)
            addresses.extend(int(key_of(section.address)) for section in plan.sections)
            bare.extend(_bare_headings(plan))
            contents.append((len(plan.sections), len(plan.facts), len(own)))
    np.save(build / "plans.contents.npy", np.cumsum(np.array(contents, dtype=np.int64), axis=0))
    np.save(build / "chunks.section.npy", np.array(section_of_chunk, dtype=np.uint32))
    np.save(build / "sections.address.npy", np.array(addresses, dtype=np.uint64))
    np.save(build / "sections.bare.npy", np.array(bare, dtype=np.bool_))
    np.save(build / "chunks.ids.npy", _positions(np.array(ids, dtype=np.uint64)))
    (build / "addresses.json").write_text(json.dumps(list(printed), ensure_ascii=False), encoding="utf-8")


def _positions(keys: NDArray[np.uint64]) -> NDArray[np.void]:
    """Where the chunk of each id stands, in the order of the ids' keys; stores of vectors know chunks by their ids."""
    found = np.empty(len(keys), dtype=[("id", np.uint64), ("position", np.uint32)])
    found["position"] = np.argsort(keys)
    found["id"] = keys[found["position"]]
    return found


def _bare_headings(plan: Plan) -> list[bool]:
    """Of each section whether it is a heading without text of its own, which only lends its words to its children's path.

    An article is cited as a whole and may be found by its heading.
    """
    parents = {section.parent for section in plan.sections}
    return [
        section.is_heading and len(section.paragraphs) == 1 and section.address in parents and not section.address.startswith(ARTICLE)
        for section in plan.sections
    ]


def _fields(plan: Plan) -> tuple[object, ...]:
    return tuple(getattr(plan, name) for name in _NAMES)
