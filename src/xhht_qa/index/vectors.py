"""The vector store of a build, behind one small seam: it takes every chunk with its vector once, and finds the chunks nearest to a vector.

Everything else about vectors (those of some plans, those of a chunk) is read from ``vectors.npy`` beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.errors import IndexMismatch
from xhht_qa.index.builds import damaged
from xhht_qa.index.nodes import node_of
from xhht_qa.types import Chunk

_COLLECTION = "chunks"
_ADD_BATCH = 1000  # Chroma refuses batches above its SQLite limit (5,461 here)
_HNSW = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 600,
}  # recall of the ten nearest over 0.99 in 100,000 chunks; the defaults give 0.98 in 10,000


class VectorStore(Protocol):
    """The vectors of one published build; safe to share between threads. Nothing is opened before its first use."""

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[str, float]]:
        """(id of a chunk, cosine) of the ``count`` nearest chunks, best first. Raises IndexMismatch where the store is gone or damaged."""
        ...

    def for_llama_index(self) -> Any:
        """The LlamaIndex vector store over the same vectors."""
        ...

    def close(self) -> None:
        """Let go of files, memory and connections."""
        ...


class ChromaFiles:
    """Chroma in the build's own folder."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._client: Any = None
        self._collection: Any = None
        self._opening = threading.Lock()  # Chroma fails when threads open one store at the same time

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[str, float]]:
        """See ``VectorStore``."""
        # Through the adapter each hit becomes a TextNode (0.1 ms apiece); the ids and distances are all that ranking needs.
        found = self._opened().query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def for_llama_index(self) -> Any:
        """See ``VectorStore``."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self._opened())

    def close(self) -> None:
        """See ``VectorStore``."""
        with self._opening:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    def _opened(self) -> Any:
        with self._opening:
            if self._collection is None:
                try:
                    self._client = _client(self._build)
                    self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
                except Exception:  # Chroma's own errors, SQLite's and more for files that are missing or broken
                    raise damaged(self._build.parents[1]) from None
            return self._collection


def open_vectors(build: Path) -> VectorStore:
    """The store of a published build."""
    return ChromaFiles(build)


def write_vectors(build: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
    """Fill the store of a build that is not published yet. Raises IndexMismatch when the store has lost some."""
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = _client(build).create_collection(_COLLECTION, configuration={"hnsw": _HNSW}, embedding_function=None)
    store = ChromaVectorStore(chroma_collection=collection)
    for start in range(0, len(chunks), _ADD_BATCH):
        batch = zip(chunks[start : start + _ADD_BATCH], vectors[start : start + _ADD_BATCH], strict=True)
        store.add([node_of(chunk, vector.tolist()) for chunk, vector in batch])
    if collection.count() != len(chunks):  # upserts have silently lost rows before; a short index must never be published
        raise IndexMismatch(f"{build}: Chroma kept {collection.count()} of {len(chunks)} chunks; nothing was published, run python -m ingest again")


def _client(build: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(str(build / "chroma"), settings=ChromaSettings(anonymized_telemetry=False))
