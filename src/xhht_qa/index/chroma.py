"""Chroma as the vector store of builds: in the folder of each, or a collection for each on a server that many readers share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.errors import IndexMismatch, VectorsUnavailable
from xhht_qa.index.builds import damaged
from xhht_qa.index.nodes import node_of
from xhht_qa.index.outside import REST_SECONDS, Outside
from xhht_qa.index.postings import key_of
from xhht_qa.types import Chunk

_FOLDER, _COLLECTION = "chroma", "chunks"
_ADD_BATCH = 1000  # Chroma refuses batches above its SQLite limit (5,461 here)
_NEIGHBOURS, _WIDTH = 32, 200  # of the graph and of its building; the defaults give a recall of 0.98 in 10,000 chunks
_SEARCHED, _CHUNKS_PER_SEARCHED = 600, 250  # candidates a search keeps: with them the recall of the ten nearest is 0.99 in 100,000 chunks and in a million
_ASK_SECONDS, _WRITE_SECONDS = 2.0, 300.0  # for which a server is waited for

T = TypeVar("T")


class ChromaFolders:
    """See ``VectorStores``: each build has Chroma in its own folder."""

    failures = 0

    def ready(self) -> None:
        """See ``VectorStores``."""

    def write(self, build: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """See ``VectorStores``."""
        _fill(_client(build).create_collection(_COLLECTION, configuration=_graph(len(chunks)), embedding_function=None), chunks, vectors)

    def open(self, build: Path) -> ChromaFiles:
        """See ``VectorStores``."""
        return ChromaFiles(build)

    def holds(self, build: Path) -> bool:
        """See ``VectorStores``."""
        return (build / _FOLDER).is_dir()

    def remove(self, build: Path) -> None:
        """See ``VectorStores``; everything goes with the build's folder."""


class ChromaFiles:
    """Chroma in the build's own folder."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._client: Any = None
        self._collection: Any = None
        self._opening = threading.Lock()  # Chroma fails when threads open one store at the same time

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[np.uint64, float]]:
        """See ``VectorStore``."""
        return _nearest(self._opened(), vector, count)

    def count(self) -> int:
        """See ``VectorStore``."""
        return int(self._opened().count())

    def for_llama_index(self) -> Any:
        """See ``VectorStore``."""
        return _adapter(self._opened())

    def close(self) -> None:
        """See ``VectorStore``."""
        with self._opening:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    def _opened(self) -> Any:
        with self._opening:
            if self._collection is None:
                if (self._build / "manifest.json").exists() and not (self._build / _FOLDER).exists():
                    raise VectorsUnavailable(
                        f"{self._build} has no Chroma folder; name the Chroma server in XHHT_CHROMA_URL if one keeps the vectors, or else run python -m ingest again"
                    )
                try:
                    self._client = _client(self._build)
                    self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
                except Exception:  # Chroma's own errors, SQLite's and more for files that are missing or broken
                    raise damaged(self._build.parents[1]) from None
            return self._collection


class ChromaServer:
    """See ``VectorStores``: a Chroma server, on which each build has a collection of its name."""

    def __init__(self, url: str, rest: float = REST_SECONDS) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._clients: dict[float, Any] = {}
        self._outside = Outside(f"the Chroma server at {url}", "XHHT_CHROMA_URL", rest, _is_missing)

    @property
    def failures(self) -> int:
        """See ``VectorStores``."""
        return self._outside.failures

    def ready(self) -> None:
        """See ``VectorStores``."""
        try:
            self._client(_ASK_SECONDS).heartbeat()
        except Exception as error:  # Chroma's own, its HTTP client's, and ValueError where nothing listens
            raise self._outside.unavailable(error) from None

    def write(self, build: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """See ``VectorStores``."""
        try:
            client = self._client(_WRITE_SECONDS)
            collection = client.create_collection(_name(build), configuration=_graph(len(chunks)), embedding_function=None)
            _fill(collection, chunks, vectors)
        except IndexMismatch:
            raise
        except Exception as error:
            raise self._outside.unavailable(error) from None

    def open(self, build: Path) -> ChromaFiles | ChromaCollection:
        """See ``VectorStores``; a build that was written before there was a server has its own files."""
        return ChromaFiles(build) if (build / _FOLDER).is_dir() else ChromaCollection(self, build)

    def holds(self, build: Path) -> bool:
        """See ``VectorStores``."""
        self.ready()
        return _name(build) in self.collections()

    def remove(self, build: Path) -> None:
        """See ``VectorStores``."""
        if not (build / _FOLDER).is_dir() and _name(build) in self.collections():
            self.asked(lambda client: client.delete_collection(_name(build)))

    def collections(self) -> list[str]:
        """The names of all that are there, ours and others. Raises VectorsUnavailable."""
        return self.asked(lambda client: [str(each.name) for each in client.list_collections()])

    def asked(self, ask: Callable[[Any], T]) -> T:
        """What the server answers. Raises VectorsUnavailable, at once while it is left alone."""
        return self._outside.asked(lambda: ask(self._client(_ASK_SECONDS)))

    def _client(self, seconds: float) -> Any:
        """A client that waits for so long; it is made when the server is first reached."""
        with self._lock:
            if seconds not in self._clients:
                import chromadb
                from chromadb.config import Settings as ChromaSettings

                client = chromadb.HttpClient(self._url, settings=ChromaSettings(anonymized_telemetry=False))
                client._server._session.timeout = seconds  # type: ignore[attr-defined]  # it has no setting for it, and would wait for ever
                self._clients[seconds] = client
            return self._clients[seconds]


class ChromaCollection:
    """A build's collection on a server."""

    def __init__(self, server: ChromaServer, build: Path) -> None:
        self._server = server
        self._build = build
        self._collection: Any = None

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[np.uint64, float]]:
        """See ``VectorStore``."""
        try:
            return self._server.asked(lambda client: _nearest(self._opened(client), vector, count))
        except VectorsUnavailable:
            self._collection = None  # it may come back as another one of its name
            raise

    def count(self) -> int:
        """See ``VectorStore``."""
        return self._server.asked(lambda client: int(self._opened(client).count()))

    def for_llama_index(self) -> Any:
        """See ``VectorStore``."""
        return _adapter(self._server.asked(self._opened))

    def close(self) -> None:
        """See ``VectorStore``; the connections are the server's, for all builds."""

    def _opened(self, client: Any) -> Any:
        self._collection = self._collection or client.get_collection(_name(self._build), embedding_function=None)
        return self._collection


def _nearest(collection: Any, vector: NDArray[Any], count: int) -> list[tuple[np.uint64, float]]:
    # Through the adapter each hit becomes a TextNode (0.1 ms apiece); the ids and distances are all that ranking needs.
    found = collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
    return [(key_of(id_), 1.0 - distance) for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)]


def _graph(chunks: int) -> Any:
    """How Chroma builds the graph of so many chunks and searches it; it is fixed when the collection is made."""
    searched = max(_SEARCHED, chunks // _CHUNKS_PER_SEARCHED)
    return {"hnsw": {"space": "cosine", "max_neighbors": _NEIGHBOURS, "ef_construction": _WIDTH, "ef_search": searched}}


def _fill(collection: Any, chunks: Sequence[Chunk], vectors: Vectors) -> None:
    """Raises IndexMismatch when the store has lost some."""
    store = _adapter(collection)
    for start in range(0, len(chunks), _ADD_BATCH):
        batch = zip(chunks[start : start + _ADD_BATCH], vectors[start : start + _ADD_BATCH], strict=True)
        store.add([node_of(chunk, vector.tolist()) for chunk, vector in batch])
    if collection.count() != len(chunks):  # upserts have silently lost rows before; a short index must never be published
        raise IndexMismatch(f"Chroma kept {collection.count()} of {len(chunks)} chunks; nothing was published, run python -m ingest again")


def _is_missing(error: Exception) -> bool:
    """Whether the server has answered that it has no such collection."""
    from chromadb.errors import NotFoundError

    return isinstance(error, NotFoundError)


def _adapter(collection: Any) -> Any:
    from llama_index.vector_stores.chroma import ChromaVectorStore

    return ChromaVectorStore(chroma_collection=collection)


def _name(build: Path) -> str:
    """The name of a build's collection; builds of several installations differ by the process and the moment that made them."""
    return f"xhht-{build.name}"


def _client(build: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(str(build / _FOLDER), settings=ChromaSettings(anonymized_telemetry=False))
