"""Another vector store of LlamaIndex in Chroma's place: what docs/quy-mo.md says that it takes, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.vector_stores import SimpleVectorStore
from llama_index.core.vector_stores.types import VectorStoreQuery
from numpy.typing import NDArray
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa.embed import Vectors
from xhht_qa.index import VectorStores, node_of, open_index
from xhht_qa.types import Chunk

PLAN = "SỞ VĂN HÓA\nSố: 7/KH-SVH\nKẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\n- Đọc;\n- Viết.\n"


class OtherStores:
    """``VectorStores`` by any store of LlamaIndex: here the one that comes with it, in a file of the build."""

    failures = 0

    def ready(self) -> None:
        """A store in files always is."""

    def write(self, build: Path, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        store = SimpleVectorStore()
        store.add([node_of(chunk, vector.tolist()) for chunk, vector in zip(chunks, vectors, strict=True)])
        store.persist(str(build / "other.json"))

    def open(self, build: Path) -> OtherStore:
        return OtherStore(build / "other.json")

    def holds(self, build: Path) -> bool:
        return (build / "other.json").exists()

    def remove(self, build: Path) -> None:
        """It goes with the build's folder."""


class OtherStore:
    def __init__(self, file: Path) -> None:
        self._store = SimpleVectorStore.from_persist_path(str(file))

    def nearest(self, vector: NDArray[Any], count: int) -> list[tuple[str, float]]:
        found = self._store.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=count))
        return list(zip(found.ids or (), found.similarities or (), strict=True))

    def count(self) -> int:
        return len(self._store.data.embedding_dict)

    def for_llama_index(self) -> Any:
        return self._store

    def close(self) -> None:
        """Nothing is open."""


def test_another_store_finds_what_chroma_finds(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "doc.txt").write_text(PLAN, encoding="utf-8")
    stores: VectorStores = OtherStores()
    build([tmp_path / "plans"], tmp_path / "chroma", ToyEncoder())
    build([tmp_path / "plans"], tmp_path / "other", ToyEncoder(), stores=stores)
    chroma, other = open_index(tmp_path / "chroma"), open_index(tmp_path / "other", stores=stores)
    vector = ToyEncoder().encode_queries(["mở thư viện xã"])[0]
    assert other.stored() == len(other.chunks)
    assert sorted(other.nearest(vector)) == [(position, pytest.approx(cosine, abs=1e-5)) for position, cosine in sorted(chroma.nearest(vector))]
    assert isinstance(other.vector_store(), SimpleVectorStore)
    assert not list(tmp_path.glob("other/builds/*/chroma"))
