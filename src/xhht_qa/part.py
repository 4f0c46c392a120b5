"""Some plans of an open index, as an index that never held the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xhht_qa.errors import StoreError
from xhht_qa.index import Index
from xhht_qa.index.postings import positions_in
from xhht_qa.index.shelf import Chunks
from xhht_qa.lexicon import Lexicon
from xhht_qa.types import Plan


class Part(Index):
    """Shares everything with the whole, which is closed by whoever opened it; the nearest chunks are found by multiplying, without Chroma."""

    def __init__(self, whole: Index, plans: Collection[str]) -> None:
        self.plans = {id_: plan for id_, plan in whole.plans.items() if id_ in plans}
        self.shelf = whole.shelf
        self.words = whole.words
        self.chunks = Chunks(self.shelf, positions_in(self.spans()))
        digests = {id_: digest for id_, digest in whole.manifest.plans.items() if id_ in self.plans}
        self.manifest = replace(whole.manifest, plans=digests, chunks=len(self.chunks))
        self._whole = whole
        self._vectors, self._section_words = whole._vectors, whole._section_words
        self._runs = whole._runs

    @property
    def build(self) -> str:
        """Its contents: the name of the whole would tell when one of the others changes."""
        return self.contents

    def nearest(self, vector: NDArray[np.float32], plans: Sequence[str] = ()) -> list[tuple[int, float]]:
        """See ``Index``."""
        return self._nearest_in(vector, plans)

    def lexicon(self) -> Lexicon:
        """Learnt anew: what the other plans print must not be told by how a question is read."""
        return Lexicon.learnt(self.plans)

    def addresses(self) -> Sequence[str]:
        """See ``Index``."""
        return list(dict.fromkeys(section.address for plan in self.plans.values() for section in plan.sections))

    def original(self, plan: Plan) -> Path:
        """See ``Index``."""
        return self._whole.original(plan)

    def vector_store(self) -> Any:
        """The store of the whole would give away the other plans. Raises StoreError."""
        raise StoreError("a part of an index has no vector store; open the whole index")

    def close(self) -> None:
        """There is nothing to let go of."""
