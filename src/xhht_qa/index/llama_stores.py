"""Any vector store of LlamaIndex in Chroma's place, one of its collections for each build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.errors import IndexMismatch
from xhht_qa.index.nodes import node_of
from xhht_qa.index.outside import REST_SECONDS, Outside
from xhht_qa.index.postings import key_of
from xhht_qa.types import Chunk

if TYPE_CHECKING:
    from llama_index.core.vector_stores.types import BasePydanticVectorStore

_ADD_BATCH = 1000
_NO_BUILD = "xhht"


class LlamaIndexStores:
    """See ``VectorStores``. ``store_of`` gives the store of a collection, which compares by cosine; ``count`` how many it holds, 0 where there is none.

    Both are given the collection's name, of letters, digits and "_". Nodes are known by a UUID made of their chunk's id, as some stores take no other.
    """

    def __init__(self, store_of: Callable[[str], BasePydanticVectorStore], count: Callable[[str], int], rest: float = REST_SECONDS) -> None:
        self._store_of, self._count = store_of, count
        self._outside = Outside("the vector store", "XHHT_VECTOR_STORES", rest)

    @property
    def failures(self) -> int:
        """See ``VectorStores``."""
        return self._outside.failures

    def ready(self) -> None:
        """See ``VectorStores``."""
        try:
            self._count(_NO_BUILD)
        except Exception as error:
            raise self._outside.unavailable(error) from None

    def write(self, build: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """See ``VectorStores``."""
        try:
            store = self._store_of(_name(build))
            for start in range(0, len(chunks), _ADD_BATCH):
                batch = zip(chunks[start : start + _ADD_BATCH], vectors[start : start + _ADD_BATCH], strict=True)
                store.add([node_of(chunk, vector.tolist(), id_=str(UUID(int=int(key_of(chunk.id))))) for chunk, vector in batch])
            kept = self._count(_name(build))
        except Exception as error:
            raise self._outside.unavailable(error) from None
        if kept != len(chunks):
            raise IndexMismatch(f"the vector store kept {kept} of {len(chunks)} chunks; nothing was published, run python -m ingest again")

    def open(self, build: Path) -> LlamaIndexStore:
        """See ``VectorStores``."""
        return LlamaIndexStore(self._outside, self._store_of, self._count, _name(build))

    def holds(self, build: Path) -> bool:
        """See ``VectorStores``."""
        return self._outside.asked(lambda: self._count(_name(build)) > 0)

    def remove(self, build: Path) -> None:
        """See ``VectorStores``."""
        if self.holds(build):
            self._outside.asked(lambda: self._store_of(_name(build)).clear())


class LlamaIndexStore:
    """The collection of a build."""

    def __init__(self, outside: Outside, store_of: Callable[[str], BasePydanticVectorStore], count: Callable[[str], int], name: str) -> None:
        self._outside, self._store_of, self._count, self._name = outside, store_of, count, name
        self._store: BasePydanticVectorStore | None = None

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[np.uint64, float]]:
        """See ``VectorStore``."""
        from llama_index.core.vector_stores.types import VectorStoreQuery

        query = VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=count)

        def found() -> list[tuple[np.uint64, float]]:  # in whatever form a site's store may give it
            given = self._opened().query(query)
            return [(np.uint64(UUID(id_).int), float(similarity)) for id_, similarity in zip(given.ids or (), given.similarities or (), strict=True)]

        return self._outside.asked(found)

    def count(self) -> int:
        """See ``VectorStore``."""
        return self._outside.asked(lambda: self._count(self._name))

    def for_llama_index(self) -> Any:
        """See ``VectorStore``."""
        return self._outside.asked(self._opened)

    def close(self) -> None:
        """See ``VectorStore``; the connections are for all builds."""

    def _opened(self) -> BasePydanticVectorStore:
        self._store = self._store or self._store_of(self._name)
        return self._store


def _name(build: Path) -> str:
    return f"xhht_{build.name.replace('-', '_')}"
