"""Plans that were just read, with their chunks, on disk until they are written: what an hour of reading brings is not held in memory."""

from __future__ import annotations

import pickle
import tempfile
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO

from ingest.chunks import chunk
from xhht_qa.index.shelf import StoredPlan, stored
from xhht_qa.types import Chunk, Fact, Plan, Section

_KEPT = 16  # plans that were asked for last


class Spool:
    """In a file of a folder that nobody else sees and that goes with the process; the system's temporary folder may be in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begins: list[int] = []
        self._read = lru_cache(_KEPT)(self._loaded)

    def add(self, plan: Plan) -> Plan:
        """The same plan, kept here."""
        self._begins.append(self._file.seek(0, 2))
        pickle.dump((plan, chunk(plan)), self._file)
        return stored(plan, self, len(self._begins) - 1)

    def holds(self, plan: Plan) -> bool:
        """Whether it is one of those that ``add`` has given."""
        return isinstance(plan, StoredPlan) and plan.shelf is self

    def chunks(self, plan: Plan) -> list[Chunk]:
        """The chunks of one of them."""
        assert isinstance(plan, StoredPlan)
        return self._read(plan.number)[1]

    def plan(self, number: int, /) -> Plan:
        """See ``Kept``."""
        return self._read(number)[0]

    def section_of(self, number: int, address: str, /) -> Section | None:
        """See ``Kept``."""
        return self._read(number)[0].section(address)

    def facts(self, number: int, /) -> tuple[Fact, ...]:
        """See ``Kept``."""
        return self._read(number)[0].facts

    @cached_property
    def _file(self) -> IO[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=self._folder)

    def _loaded(self, number: int) -> tuple[Plan, list[Chunk]]:
        self._file.seek(self._begins[number])
        found: tuple[Plan, list[Chunk]] = pickle.load(self._file)
        return found
