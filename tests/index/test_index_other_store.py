"""Another vector store of LlamaIndex in Chroma's place: Qdrant by the file of docs/vi-du, in a folder of its own, which needs no server."""

from __future__ import annotations

import logging
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from llama_index.core.vector_stores.types import VectorStoreQueryResult
from prerequisites import ROOT
from toy_encoder import ToyEncoder

from evals.gold import load
from ingest.build import build
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.errors import SettingsError, VectorsUnavailable
from xhht_qa.index import LlamaIndexStores, open_index, stores_of
from xhht_qa.settings import load_settings

PLAN = "SỞ VĂN HÓA\nSố: 7/KH-SVH\nKẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\n- Đọc;\n- Viết.\n"
QUESTION = ToyEncoder().encode_queries(["mở thư viện xã"])[0]


@pytest.fixture
def qdrant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LlamaIndexStores]:
    """As the settings of a site give it."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "vi-du"))
    monkeypatch.setenv("QDRANT", str(tmp_path / "qdrant"))
    sys.modules.pop("kho_qdrant", None)
    stores = stores_of(load_settings(vector_stores="kho_qdrant:stores"))
    assert isinstance(stores, LlamaIndexStores)
    client = client_of(stores)
    yield stores
    client.close()


def client_of(stores: LlamaIndexStores) -> Any:
    return stores.open(Path("any")).for_llama_index().client


def collections(stores: LlamaIndexStores) -> set[str]:
    return {each.name for each in client_of(stores).get_collections().collections}


@pytest.fixture
def folder(tmp_path: Path, qdrant: LlamaIndexStores) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "doc.txt").write_text(PLAN, encoding="utf-8")
    build([tmp_path / "plans"], tmp_path / "index", ToyEncoder(), stores=qdrant)
    return tmp_path


def test_the_answers_are_those_that_chroma_gives(sample_index: Path, tmp_path: Path, qdrant: LlamaIndexStores) -> None:
    encoder, settings = load_encoder(load_settings()), load_settings(index_dir=sample_index)
    index = Path(shutil.copytree(sample_index, tmp_path / "index"))
    report = build([ROOT / "ingest" / "plans"], index, encoder, only=True, stores=qdrant)
    assert report.embedded == 0, "the vectors move, none is made anew"
    assert not list(index.glob("builds/*/chroma"))
    chroma, other = (
        Engine(open_index(place, encoder.name, stores), encoder, settings) for place, stores in ((sample_index, stores_of(settings)), (index, qdrant))
    )
    assert other.index.stored() == len(other.index.chunks)
    for question in load([ROOT / "evals" / "gold"])[::10]:
        given = {"history": question.history, "scope": question.scope or ()}
        mine, theirs = (engine.ask(question.question, **given) for engine in (chroma, other))
        assert (mine.status, mine.answer, mine.citations) == (theirs.status, theirs.answer, theirs.citations), question.id
        assert [(found.plan, found.section) for found in chroma.search(question.question, **given)] == [
            (found.plan, found.section) for found in other.search(question.question, **given)
        ]
    assert qdrant.failures == 0, "nothing was answered from disk instead"


def test_each_build_has_a_collection_for_as_long_as_somebody_reads_it(folder: Path, qdrant: LlamaIndexStores) -> None:
    reader = open_index(folder / "index", stores=qdrant)
    (before,) = collections(qdrant)
    (folder / "plans" / "viet.txt").write_text(PLAN.replace("Số: 7", "Số: 8").replace("Đọc sách", "Viết chữ"), encoding="utf-8")
    build([folder / "plans"], folder / "index", ToyEncoder(), stores=qdrant)
    assert len(collections(qdrant)) == 2, "a question may still be on its way"
    assert reader.stored() == len(reader.chunks)
    reader.close()
    build([folder / "plans" / "doc.txt"], folder / "index", ToyEncoder(), only=True, stores=qdrant)
    (after,) = collections(qdrant)
    assert before != after
    nodes = open_index(folder / "index", stores=qdrant).vector_store().get_nodes()
    assert {node.metadata["plan"] for node in nodes} == {"doc"}, "LlamaIndex reaches the same"


def test_a_store_that_fails_is_done_without(folder: Path, qdrant: LlamaIndexStores, caplog: pytest.LogCaptureFixture) -> None:
    index = open_index(folder / "index", stores=qdrant)
    known = sorted(index.nearest(QUESTION))
    client_of(qdrant).close()
    caplog.set_level(logging.WARNING, "xhht_qa")
    assert [sorted(index.nearest(QUESTION)) for _ in range(3)] == [[(position, pytest.approx(cosine, abs=1e-5)) for position, cosine in known]] * 3
    assert qdrant.failures == 1, "the others do not try"
    assert "questions are answered from the vectors on disk" in caplog.text
    with pytest.raises(VectorsUnavailable, match="XHHT_VECTOR_STORES"):
        build([folder / "plans"], folder / "index", ToyEncoder(), stores=qdrant)


NOBODY = str(uuid.UUID(int=12345))
ODD = [
    (["doc-1"], [0.9], 1, "ids of another form"),
    ([str(uuid.UUID(int=2**128 - 1))], [0.9], 1, "an id that is longer than ours"),
    ([NOBODY], None, 1, "no similarities"),
    ([NOBODY, NOBODY], [0.9], 1, "one of them is missing"),
    ([NOBODY], [None], 1, "one that is nothing"),
    ([NOBODY], [0.9], 0, "a chunk that the build does not have"),
    ([str(uuid.UUID(int=2**64 - 1))], [0.9], 0, "one behind all that it has"),
]


@pytest.mark.parametrize(("ids", "similarities", "failures", "why"), ODD, ids=[why for *_, why in ODD])
def test_what_a_store_gives_in_another_form_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, ids: list[str], similarities: Any, failures: int, why: str
) -> None:
    (tmp_path / "doc.txt").write_text(PLAN, encoding="utf-8")
    build([tmp_path / "doc.txt"], tmp_path / "index", ToyEncoder())
    odd: Any = SimpleNamespace(query=lambda query: VectorStoreQueryResult(ids=ids, similarities=similarities))
    stores = LlamaIndexStores(store_of=lambda name: odd, count=lambda name: 1)
    index = open_index(tmp_path / "index", stores=stores)
    caplog.set_level(logging.WARNING, "xhht_qa")
    assert index.nearest(QUESTION) == index.nearest(QUESTION, list(index.plans)), why
    assert stores.failures == failures
    assert "questions are answered from the vectors on disk" in caplog.text


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("kho_nao:stores", "No module named", "the module is not there"),
        ("json:stores", "has no attribute", "the function is not"),
        ("json:loads", "missing 1 required", "it is another function"),
        ("kho qdrant", "should match pattern", "not a name at all"),
    ],
)
def test_a_name_that_gives_no_store_is_told(name: str, said: str, why: str) -> None:
    with pytest.raises(SettingsError, match=rf"XHHT_VECTOR_STORES.*{said}"):
        stores_of(load_settings(vector_stores=name))
