"""An open index: plans, chunks, and the nearest chunks of a vector."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.errors import IndexMismatch, VectorsUnavailable
from xhht_qa.index.builds import damaged, hold_current, original_of
from xhht_qa.index.manifest import FORMAT_VERSION, Manifest
from xhht_qa.index.postings import Postings, joined, positions_in
from xhht_qa.index.printed import PrintedRuns
from xhht_qa.index.shelf import Chunks, Shelf
from xhht_qa.index.vectors import FOLDERS, VectorStores
from xhht_qa.index.vocabulary import Vocabulary
from xhht_qa.lexicon import Lexicon
from xhht_qa.types import Chunk, Plan

logger = logging.getLogger(__name__)

_NEAR = 100  # chunks asked of the dense arm; the fusion needs scores of the candidates, not of every chunk


class Index:
    """An open, read-only index: plans, chunks, the words that they hold, and the nearest chunks of a vector.

    A chunk is known by its position among all chunks of the build. Nothing but the heads of the plans is read when an index is opened.
    """

    def __init__(self, folder: Path, manifest: Manifest, lock: IO[str], stores: VectorStores = FOLDERS) -> None:
        self.manifest = manifest
        self.shelf = Shelf(folder)
        self.plans: dict[str, Plan] = self.shelf.plans()
        self.words = Postings.read(folder, "words")
        self.chunks: Sequence[Chunk] = Chunks(self.shelf, range(len(self.shelf)))
        self._runs = Postings.read(folder, "runs")
        self._section_words = Postings.read(folder, "sections")
        self._lock = lock  # held for as long as this object lives
        self._folder = folder
        self._stores = stores
        self._store = stores.open(folder)
        self._ids = np.asarray(np.load(folder / "chunks.ids.npy", mmap_mode="r"))
        self._vectors: Vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r"))
        if not len(self._vectors) == len(self._ids) == len(self.words.lengths) == len(self.shelf):
            raise ValueError("a vector is missing")

    @property
    def build(self) -> str:
        """The name of the build, which no other build ever has."""
        return self._folder.name

    @cached_property
    def contents(self) -> str:
        """A name that changes when one of its plans does, and with nothing else: who sees some plans of a build learns nothing of the others by it."""
        return sha256(repr(sorted(self.manifest.plans.items())).encode()).hexdigest()[:16]

    def nearest(self, vector: NDArray[np.float32], plans: Sequence[str] = ()) -> list[tuple[int, float]]:
        """(position, cosine) of the nearest chunks, best first; only of ``plans`` if any are given."""
        if plans:
            return self._nearest_in(vector, plans)
        try:
            near = self._store.nearest(vector, min(_NEAR, len(self.shelf)))
            return list(zip(self._positions(np.array([key for key, _ in near], np.uint64)), (cosine for _, cosine in near), strict=True))
        except VectorsUnavailable:
            return self._nearest_in(vector, self.plans)

    def _nearest_in(self, vector: NDArray[np.float32], plans: Collection[str] = ()) -> list[tuple[int, float]]:
        """The same by multiplying: over the chunks of some plans it is exact, and quicker than Chroma's filter (87 ms in 100,000 chunks)."""
        spans = self.spans(plans)
        positions = positions_in(spans)
        cosines = np.concatenate([np.empty(0, np.float32), *(self._vectors[span.start : span.stop] @ vector for span in spans)])
        best = np.argsort(-cosines, kind="stable")[:_NEAR]
        return [(int(positions[place]), float(cosines[place])) for place in best]

    def spans(self, plans: Collection[str] = ()) -> list[range]:
        """Where the chunks of some plans stand, or of all, in ascending order, those that touch as one; an unknown plan has none."""
        return self._spans_of(plans) if plans else self._every_span

    @cached_property
    def _every_span(self) -> list[range]:
        return self._spans_of(self.plans)

    def _spans_of(self, plans: Iterable[str]) -> list[range]:
        return joined(self.shelf.chunks_of(plan) for plan in plans if plan in self.plans)

    def vocabulary(self) -> Vocabulary:
        """The words of the plans' sections."""
        spans = {plan: self.shelf.sections_of(plan) for plan in self.plans}
        return Vocabulary(self._section_words, spans, lambda pair, plans: self.words.holding(pair, self.spans(plans))[0].size > 0)

    def printed(self) -> PrintedRuns:
        """Which plans print what another plan is called or is about."""
        return PrintedRuns(self._runs, {self.shelf.number(plan): plan for plan in self.plans})

    def lexicon(self) -> Lexicon:
        """What the plans' words teach of how to read questions; read from its file each time, as it is large and asked for once."""
        return Lexicon.read(self._folder / "lexicon.json")

    def addresses(self) -> Sequence[str]:
        """The addresses of all sections, each once, in the order in which the plans have them."""
        addresses: list[str] = json.loads((self._folder / "addresses.json").read_text(encoding="utf-8"))
        return addresses

    def original(self, plan: Plan) -> Path:
        """The file that a plan was read from, as it was then."""
        return original_of(self._folder.parents[1], plan)

    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Chunk id → its vector, read from the file as it is used."""
        return {chunk.id: vector for chunk, vector in zip(self.chunks, self._vectors, strict=True)}

    def vectors_at(self, positions: int | slice) -> NDArray[np.float32]:
        """The vectors at these positions, read from the file as they are used."""
        found: NDArray[np.float32] = self._vectors[positions]
        return found

    def vector_store(self) -> Any:
        """The LlamaIndex vector store over the same collection, for users of LlamaIndex."""
        return self._store.for_llama_index()

    def is_stored(self) -> bool:
        """Whether the store that the settings name has the vectors. Raises VectorsUnavailable."""
        return self._stores.holds(self._folder)

    def stored(self) -> int:
        """How many chunks the store holds. Raises VectorsUnavailable, and IndexMismatch where it is gone or damaged."""
        return self._store.count()

    def close(self) -> None:
        """Let go of the build, so that a writer may remove it, and of the store's files and memory."""
        self._lock.close()
        self._store.close()

    def _positions(self, keys: NDArray[np.uint64]) -> list[int]:
        places = np.minimum(np.searchsorted(self._ids["id"], keys), len(self._ids) - 1)
        if not np.array_equal(self._ids["id"][places], keys):
            unavailable = VectorsUnavailable(f"the vector store gives chunks that {self._folder} does not have; run python -m ingest again")
            logger.warning("%s; until then questions are answered from the vectors on disk", unavailable)
            raise unavailable
        positions: list[int] = self._ids["position"][places].tolist()
        return positions


def open_index(index_dir: Path, encoder: str | None = None, stores: VectorStores = FOLDERS) -> Index:
    """The published index. Raises IndexMissing, and IndexMismatch for another format or, if one is given, another encoder."""
    folder, lock = hold_current(index_dir)
    try:
        record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if record["format_version"] != FORMAT_VERSION:
            raise IndexMismatch(
                f"{index_dir}: the index has format {record['format_version']}, this version reads {FORMAT_VERSION}; run python -m ingest --only with the folders of all your plans"
            )
        manifest = Manifest(**record)
        if encoder is not None and manifest.encoder != encoder:
            raise IndexMismatch(
                f"{index_dir}: the index was built by the encoder {manifest.encoder}, the settings name {encoder}; run python -m ingest again or change XHHT_EMBED_MODEL"
            )
        return Index(folder, manifest, lock, stores)
    except (OSError, ValueError, TypeError, KeyError):
        raise damaged(index_dir) from None
