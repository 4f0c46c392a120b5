"""What a build is made of: plans that were just read, plans of the index before, and the chunks and vectors of both; none is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest.chunks import chunk
from ingest.embedded import Embedding
from ingest.spool import Spool
from ingest.stamp import stamp_of
from xhht_qa.embed import Encoder, Vectors
from xhht_qa.index import Index
from xhht_qa.types import Chunk, Plan


class Material:
    """Gathered while files are read; what is new is encoded meanwhile."""

    def __init__(self, index_dir: Path, encoder: Encoder, old: Index | None, told: Callable[[int, int], None]) -> None:
        self._encoder = encoder.name
        self._spool = Spool(index_dir)
        self._embedding = Embedding(index_dir, encoder, told)
        self._known = {plan.path: plan for plan in old.plans.values()} if old else {}
        self._stamps: dict[Path, str] = {}  # taken once, before a file is read: what changes meanwhile is read next time
        self._old = old
        self._embedding.reuse(old)
        if old:
            old.close()  # it is read on, but others may replace it
        self.given = 0  # chunks
        self.is_published = False

    def known(self, path: Path) -> Plan | None:
        """The plan of the index that reading this file again would give; None when it has to be read."""
        stamp = self._stamp(path)
        known = self._known.get(str(path))
        return known if known and stamp and known.stamp == stamp else None

    def add(self, path: Path, plan: Plan) -> Plan:
        """A plan that was read, or that is known; the same plan, kept on disk."""
        if plan is self._known.get(str(path)):
            return plan
        added = self._spool.add(replace(plan, stamp=self._stamp(path)))
        self._embedding.want(plan.id, self._spool.chunks(added))
        return added

    def reuse(self, old: Index | None) -> None:
        """Take what this index holds; it may be another than when the reading began."""
        self._old = old
        self._embedding.reuse(old)

    def is_held(self, plan: Plan) -> bool:
        """Whether the index holds the plan, its stamp and its chunks as they would be written."""
        before = self._old.plans.get(plan.id) if self._old else None
        if self._old is None or before is None:
            return False
        return self._is_reused(plan) or (before == plan and list(self._chunks_before(self._old, plan)) == list(self.chunks(plan)))

    def want(self, plan: Plan) -> None:
        """Its vectors will be asked for."""
        if not (self._is_reused(plan) and self._is_same_encoder):
            self._embedding.want(plan.id, self.chunks(plan))

    def finish(self) -> None:
        """Encode what is left."""
        self._embedding.finish()

    @property
    def encoded(self) -> int:
        """How many texts were."""
        return self._embedding.encoded

    def chunks(self, plan: Plan) -> Sequence[Chunk]:
        """The chunks of a plan."""
        if self._old and self._is_reused(plan):
            return self._chunks_before(self._old, plan)
        return self._spool.chunks(plan) if self._spool.holds(plan) else chunk(plan)

    def to_write(self, plan: Plan) -> tuple[Plan, Sequence[Chunk], Vectors]:
        """The plan with its chunks and their vectors, a row each, once they are wanted and the encoding is finished."""
        chunks = self.chunks(plan)
        self.given += len(chunks)
        if self._old and self._is_reused(plan) and self._is_same_encoder:
            span = self._old.shelf.chunks_of(plan.id)
            return plan, chunks, np.asarray(self._old.vectors_at(slice(span.start, span.stop)))
        return plan, chunks, self._embedding.of(chunks)

    def close(self) -> None:
        """Let go."""
        self._embedding.close(self.is_published)

    @property
    def _is_same_encoder(self) -> bool:
        return self._old is not None and self._old.manifest.encoder == self._encoder

    def _is_reused(self, plan: Plan) -> bool:
        """Whether a plan that was not read now stands in the index as it would again: by its stamp, the same readers would make the same of it."""
        before = self._old.plans.get(plan.id) if self._old else None
        if before is None or self._spool.holds(plan) or (before.path, before.stamp) != (plan.path, plan.stamp):
            return False
        return plan.stamp != "" and plan.stamp == self._stamp(Path(plan.path))

    def _stamp(self, path: Path) -> str:
        if path not in self._stamps:
            self._stamps[path] = stamp_of(path)
        return self._stamps[path]

    @staticmethod
    def _chunks_before(old: Index, plan: Plan) -> Sequence[Chunk]:
        span = old.shelf.chunks_of(plan.id)
        return old.chunks[span.start : span.stop]
