"""The index on disk: one definition for its writer and its readers.

    index/CURRENT              the name of the build that readers open; replacing this file publishes a build
    index/originals/           the files as they were when they were read, by digest
    index/builds/<name>/       manifest.json, plans.jsonl, facts.jsonl, chunks.jsonl, vectors.npy, chroma/ — written whole before it is published, never changed after

A reader holds a shared lock on its build and a writer removes only builds that nobody holds, so that a reader (or a kill
at any moment) sees the old index or the new one, never half of either.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.errors import IndexMismatch, IndexMissing, ReadError
from xhht_qa.types import Chunk, Date, Due, Fact, LegalBasis, Legibility, Metadata, Paragraph, Plan, Section

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

FORMAT_VERSION = 3
_COLLECTION = "chunks"
_ADD_BATCH = 1000  # Chroma refuses batches above its SQLite limit (5,461 here)
_HNSW = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 600,
}  # recall of the ten nearest over 0.99 in 100,000 chunks; the defaults give 0.98 in 10,000
_NEAR = 100  # chunks asked of the dense arm; the fusion needs scores of the candidates, not of every chunk


@dataclass(frozen=True)
class Manifest:
    """What an index was built with; a reader refuses another format or encoder."""

    format_version: int
    encoder: str
    plans: Mapping[str, str]  # plan id → sha256 of its file
    chunks: int


class Index:
    """An open, read-only index: plans, chunks, and the nearest chunks of a vector."""

    def __init__(self, folder: Path, manifest: Manifest, lock: IO[str]) -> None:
        self.manifest = manifest
        self.plans: dict[str, Plan] = _plans(folder)
        self.chunks: list[Chunk] = [Chunk(**record) for record in _read_lines(folder / "chunks.jsonl")]
        self._lock = lock  # held for as long as this object lives
        self._folder = folder
        self._client: Any = None
        self._collection: Any = None
        self._opening = threading.Lock()  # Chroma fails when threads open one store at the same time
        self._position = {chunk.id: position for position, chunk in enumerate(self.chunks)}
        vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        if len(vectors) != len(self.chunks):
            raise ValueError("a vector is missing")
        self._spans = spans(self.chunks)
        self._rows: dict[str, Vectors] = {plan: vectors[span.start : span.stop] for plan, span in self._spans.items()}

    @property
    def build(self) -> str:
        """The name of the build, which no other build ever has."""
        return self._folder.name

    def nearest(self, vector: NDArray[np.float32], plans: Sequence[str] = ()) -> list[tuple[int, float]]:
        """(position in ``chunks``, cosine) of the nearest chunks, best first; only of ``plans`` if any are given."""
        if plans:
            return self._nearest_in(vector, plans)
        # Through the adapter each hit becomes a TextNode (0.1 ms apiece); the ids and distances are all that ranking needs.
        found = self._chroma().query(query_embeddings=[vector.tolist()], n_results=min(_NEAR, len(self.chunks)), include=["distances"])
        return [(self._position[id_], 1.0 - distance) for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _nearest_in(self, vector: NDArray[np.float32], plans: Sequence[str]) -> list[tuple[int, float]]:
        """The same by multiplying: over the chunks of some plans it is exact, and quicker than Chroma's filter (87 ms in 100,000 chunks)."""
        positions = self.positions(plans)
        rows = [self._rows[plan] @ vector for plan in plans if plan in self._rows]
        cosines = np.concatenate(rows) if rows else np.empty(0, dtype=np.float32)
        best = np.argsort(-cosines, kind="stable")[:_NEAR]
        return [(int(positions[place]), float(cosines[place])) for place in best]

    def positions(self, plans: Iterable[str]) -> NDArray[np.int64]:
        """Where the chunks of some plans stand in ``chunks``; a plan's stand together."""
        found = [np.arange(span.start, span.stop) for plan in plans if (span := self._spans.get(plan))]
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def rows(self, plan: str) -> Vectors:
        """The vectors of a plan's chunks, read from the file as they are used."""
        return self._rows[plan]

    def original(self, plan: Plan) -> Path:
        """The file that a plan was read from, as it was then."""
        return _original(self._folder.parents[1], plan)

    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Chunk id → its vector, for a writer that embeds only what has changed."""
        return {self.chunks[position].id: vector for plan, span in self._spans.items() for position, vector in zip(span, self._rows[plan], strict=True)}

    def vector_store(self) -> Any:
        """The LlamaIndex vector store over the same collection, for users of LlamaIndex."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self._chroma())

    def close(self) -> None:
        """Let go of the build, so that a writer may remove it, and of Chroma's files and memory."""
        self._lock.close()
        with self._opening:
            if self._client is not None:
                self._client.close()
            self._client = self._collection = None

    def _chroma(self) -> Any:
        with self._opening:
            if self._collection is None:
                try:
                    self._client = _client(self._folder)
                    self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
                except Exception:  # Chroma's own errors, SQLite's and more for files that are missing or broken
                    raise _damaged(self._folder.parents[1]) from None
            return self._collection


def spans(chunks: Sequence[Chunk]) -> dict[str, range]:
    """Where the chunks of each plan stand: a plan's stand together."""
    found = ((plan, [position for position, _ in of_plan]) for plan, of_plan in groupby(enumerate(chunks), lambda numbered: numbered[1].plan))
    return {plan: range(positions[0], positions[-1] + 1) for plan, positions in found}


def open_index(index_dir: Path, encoder: str | None = None) -> Index:
    """The published index. Raises IndexMissing, and IndexMismatch for another format or, if one is given, another encoder."""
    folder, lock = _hold_current(index_dir)
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
        return Index(folder, manifest, lock)
    except (OSError, ValueError, TypeError, KeyError):
        raise _damaged(index_dir) from None


def published_build(index_dir: Path) -> str:
    """The name of the build that a reader would open now. Raises IndexMissing and IndexMismatch."""
    try:
        return (index_dir / "CURRENT").read_text(encoding="utf-8").strip()
    except ValueError:
        raise _damaged(index_dir) from None
    except OSError:
        raise IndexMissing(f"{index_dir}: there is no index here; run python -m ingest FOLDER first") from None


def write_index(index_dir: Path, encoder: str, plans: Sequence[Plan], chunks: Sequence[Chunk], vectors: Vectors) -> None:
    """Write a build aside and publish it whole. ``vectors`` has one row a chunk, in the chunks' order."""
    name = f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6:06d}"
    folder = index_dir / "builds" / name
    folder.mkdir(parents=True)
    _write_lines(folder / "plans.jsonl", map(plan_record, plans))
    _write_lines(folder / "facts.jsonl", (asdict(fact) for plan in plans for fact in plan.facts))
    _write_lines(folder / "chunks.jsonl", (asdict(chunk) for chunk in chunks))
    _write_vectors(folder, chunks, vectors)
    manifest = Manifest(FORMAT_VERSION, encoder, {plan.id: plan.digest for plan in plans}, len(chunks))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "lock").touch()
    _publish(index_dir, name)
    _remove_unused(index_dir)


def remove_index(index_dir: Path) -> None:
    """Publish nothing: the last plan has gone. Readers keep the build that they hold."""
    (index_dir / "CURRENT").unlink(missing_ok=True)
    _remove_unused(index_dir)


def remove_unused(index_dir: Path) -> None:
    """Remove what a reader has let go of; a writer that is at work now will do it itself, and a reader that may not write leaves it."""
    with contextlib.suppress(OSError), (index_dir / ".writer").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove_unused(index_dir)


def keep_original(index_dir: Path, plan: Plan) -> None:
    """Copy the file of a plan that was just read. Raises ReadError when it is not any more what was read."""
    kept = _original(index_dir, plan)
    if kept.exists():
        return
    kept.parent.mkdir(exist_ok=True)
    aside = kept.with_name(f"{kept.name}.part")
    try:
        shutil.copyfile(plan.path, aside)
        with aside.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"{plan.path}: cannot be copied to the index ({error.strerror}); run python -m ingest again") from None
    if digest != plan.digest:
        aside.unlink()
        raise ReadError(f"{plan.path}: the file changed while it was read; run python -m ingest again")
    aside.replace(kept)


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as JSON holds it, without its facts."""
    return asdict(replace(plan, facts=()))


def plan_of(record: dict[str, Any]) -> Plan:
    """The plan that ``plan_record`` was made from."""
    return _plan(record | {"facts": ()})


def node_of(chunk: Chunk, embedding: list[float] | None = None) -> TextNode:
    """A chunk as the node that Chroma holds and LlamaIndex passes on; the address is in its metadata."""
    from llama_index.core.schema import TextNode

    metadata = {"plan": chunk.plan, "section": chunk.section, "bullet": chunk.bullet, "first_line": chunk.first_line, "last_line": chunk.last_line}
    return TextNode(id_=chunk.id, text=chunk.text, embedding=embedding, metadata=metadata)


@contextlib.contextmanager
def writing(index_dir: Path) -> Iterator[None]:
    """Hold the index for writing: a second writer waits for the first."""
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / ".writer").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hold_current(index_dir: Path) -> tuple[Path, IO[str]]:
    for _ in range(100):  # a build can be replaced and removed between reading its name and locking it; the next name holds
        folder = index_dir / "builds" / published_build(index_dir)
        try:
            lock = (folder / "lock").open()
        except OSError:
            time.sleep(0.01)
            continue
        fcntl.flock(lock, fcntl.LOCK_SH)
        if (folder / "manifest.json").exists():
            return folder, lock
        lock.close()
    raise _damaged(index_dir)


def _original(index_dir: Path, plan: Plan) -> Path:
    return index_dir / "originals" / f"{plan.digest}{plan.legibility.format}"


def _damaged(index_dir: Path) -> IndexMismatch:
    return IndexMismatch(f"{index_dir}: the index is damaged; run python -m ingest --only with the folders of all your plans")


def _publish(index_dir: Path, name: str) -> None:
    pointer = index_dir / "CURRENT.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(index_dir / "CURRENT")


def _remove_unused(index_dir: Path) -> None:
    """Remove the builds that are neither published nor held by a reader, those of killed writers too, and the originals of none that is left."""
    pointer = index_dir / "CURRENT"
    current = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    for folder in (index_dir / "builds").iterdir():
        if folder.name == current or not folder.is_dir():
            continue
        try:
            with (folder / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue  # a server still reads it; the next writer removes it
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in (index_dir / "builds").glob("*/manifest.json")]
    digests = {digest for manifest in manifests for digest in manifest["plans"].values()}
    for original in (index_dir / "originals").glob("*"):
        if original.stem not in digests:
            original.unlink()


def _write_vectors(folder: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = _client(folder).create_collection(_COLLECTION, configuration={"hnsw": _HNSW}, embedding_function=None)
    store = ChromaVectorStore(chroma_collection=collection)
    np.save(folder / "vectors.npy", np.asarray(vectors, dtype=np.float32))
    for start in range(0, len(chunks), _ADD_BATCH):
        batch = zip(chunks[start : start + _ADD_BATCH], vectors[start : start + _ADD_BATCH], strict=True)
        store.add([node_of(chunk, vector.tolist()) for chunk, vector in batch])
    if collection.count() != len(chunks):  # upserts have silently lost rows before; a short index must never be published
        raise IndexMismatch(f"{folder}: Chroma kept {collection.count()} of {len(chunks)} chunks; nothing was published, run python -m ingest again")


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(str(folder / "chroma"), settings=ChromaSettings(anonymized_telemetry=False))


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _plans(folder: Path) -> dict[str, Plan]:
    facts = {plan: tuple(of_plan) for plan, of_plan in groupby(map(_fact, _read_lines(folder / "facts.jsonl")), lambda fact: fact.plan)}
    return {record["id"]: _plan(record | {"facts": facts.get(record["id"], ())}) for record in _read_lines(folder / "plans.jsonl")}


def _plan(record: dict[str, Any]) -> Plan:
    metadata = record["metadata"]
    bases = tuple(LegalBasis(**basis) for basis in metadata["legal_bases"])
    sections = tuple(_section(section) for section in record["sections"])
    return Plan(
        **{
            **record,
            "metadata": Metadata(**{**metadata, "recipients": tuple(metadata["recipients"]), "legal_bases": bases}),
            "sections": sections,
            "warnings": tuple(record["warnings"]),
            "legibility": Legibility(**{**record["legibility"], "recognised": tuple(record["legibility"]["recognised"])}),
        }
    )


def _section(record: dict[str, Any]) -> Section:
    return Section(**{**record, "path": tuple(record["path"]), "paragraphs": tuple(map(_paragraph, record["paragraphs"]))})


def _fact(record: dict[str, Any]) -> Fact:
    return Fact(**{**record, "due": record["due"] and _due(record["due"])})


def _due(record: dict[str, Any]) -> Due:
    return Due(**{**record, "date": record["date"] and Date(**record["date"]), "start": record["start"] and Date(**record["start"])})


def _paragraph(record: dict[str, Any]) -> Paragraph:
    return Paragraph(**{**record, "cells": tuple((name, text) for name, text in record["cells"])})
