"""The index on disk: what comes back is what was written, and nothing else is opened."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toy_encoder import ToyEncoder

from ingest.build import build
from ingest.chunks import chunk
from ingest.parse import parse
from ingest.read import read
from ingest.stamp import stamp_of
from xhht_qa.errors import IndexMismatch, IndexMissing
from xhht_qa.index import FORMAT_VERSION, open_index
from xhht_qa.index.chroma import _graph

READING = (
    "SỞ VĂN HÓA\nSố: 7/KH-SVH\nKẾ HOẠCH\nĐọc sách\nCăn cứ Kế hoạch số 1/KH-A;\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\n- Đọc;\n- Viết.\nI. LẠI\nNơi nhận:\n- Sở;\n"
)
SWIMMING = "KẾ HOẠCH\nBơi lội\nI. MỤC ĐÍCH\n1. Mở hồ bơi xã.\n2. Dạy bơi trước ngày 30/6.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "doc.txt").write_text(READING, encoding="utf-8")
    (tmp_path / "plans" / "boi.txt").write_text(SWIMMING, encoding="utf-8")
    build([tmp_path / "plans"], tmp_path / "index", ToyEncoder())
    return tmp_path


def test_plans_and_chunks_come_back_as_they_were(folder: Path) -> None:
    index = open_index(folder / "index")
    plans = {plan.id: replace(plan, stamp=stamp_of(path)) for path in (folder / "plans").iterdir() for plan in [parse(read(path))]}
    assert index.plans == plans
    assert plans["doc"].metadata.legal_bases
    assert plans["doc"].warnings, "every field that a plan may have is there to be lost"
    assert index.chunks == [made for plan_id in index.plans for made in chunk(plans[plan_id])]


def test_the_nearest_chunk_of_its_own_words_is_itself(folder: Path) -> None:
    index = open_index(folder / "index")
    vectors = index.vectors()
    for position, own in enumerate(index.chunks):
        found = index.nearest(vectors[own.id])
        assert found[0][1] == pytest.approx(1.0, abs=1e-5)
        assert position in [place for place, cosine in found if cosine > 1 - 1e-5]
        cosines = [cosine for _, cosine in found]
        assert cosines == sorted(cosines, reverse=True)
        assert len(found) == len(index.chunks)


def test_cosines_are_cosines(folder: Path) -> None:
    index = open_index(folder / "index")
    vectors = index.vectors()
    query = ToyEncoder().encode_queries(["dạy bơi cho thư viện"])[0]
    assert dict(index.nearest(query)) == pytest.approx({position: float(query @ vectors[own.id]) for position, own in enumerate(index.chunks)}, abs=1e-5)


def test_a_filter_lets_no_other_plan_through(folder: Path) -> None:
    index = open_index(folder / "index")
    query = ToyEncoder().encode_queries(["mở thư viện xã"])[0]
    only = index.nearest(query, ["boi"])
    assert {index.chunks[position].plan for position, _ in only} == {"boi"}
    assert len(only) == sum(own.plan == "boi" for own in index.chunks)
    assert {index.chunks[position].plan for position, _ in index.nearest(query, ["boi", "doc"])} == {"boi", "doc"}
    assert index.nearest(query, ["unknown"]) == []


def test_users_of_llama_index_see_the_same_nodes(folder: Path) -> None:
    from llama_index.core.vector_stores.types import VectorStoreQuery

    index = open_index(folder / "index")
    query = ToyEncoder().encode_queries(["dạy bơi"])[0]
    result = index.vector_store().query(VectorStoreQuery(query_embedding=query.tolist(), similarity_top_k=1))
    best = index.chunks[index.nearest(query)[0][0]]
    assert result.ids == [best.id]
    assert (result.nodes[0].text, result.nodes[0].metadata["section"]) == (best.text, best.section)


def test_no_index(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(IndexMissing, match=f"^{path}: .*run python -m ingest"):
            open_index(path)
    assert list(tmp_path.iterdir()) == [], "looking creates nothing"


def test_an_index_of_another_encoder_is_refused_with_both_names(folder: Path) -> None:
    with pytest.raises(IndexMismatch) as error:
        open_index(folder / "index", "toy/other")
    assert "toy/16" in str(error.value)
    assert "toy/other" in str(error.value)
    assert "\n" not in str(error.value)
    assert open_index(folder / "index", "toy/16").manifest.encoder == "toy/16"
    assert open_index(folder / "index").plans, "who asks for no encoder reads the plans of any"


def set_format(build_folder: Path) -> None:
    manifest = json.loads((build_folder / "manifest.json").read_text())
    (build_folder / "manifest.json").write_text(json.dumps({**manifest, "format_version": 99}))


DAMAGE: list[tuple[Callable[[Path], object], str, str]] = [
    (set_format, "format 99", "a later version's"),
    (lambda built: (built / "manifest.json").write_text("{"), "damaged", "half a manifest"),
    (lambda built: (built / "manifest.json").write_text("[]"), "damaged", "a manifest that is a list"),
    (lambda built: (built / "manifest.json").write_text(json.dumps({"format_version": FORMAT_VERSION})), "damaged", "a manifest without its fields"),
    (lambda built: (built / "chunks.jsonl").unlink(), "damaged", "no chunks"),
    (lambda built: (built / "vectors.npy").unlink(), "damaged", "no vectors"),
    (lambda built: (built / "vectors.npy").write_bytes(b"\x93NUMPY"), "damaged", "half of the vectors' file"),
    (lambda built: np.save(built / "vectors.npy", np.zeros((1, 16), dtype=np.float32)), "damaged", "too few vectors"),
    (lambda built: (built / "plans.jsonl").write_text('{"id": "doc"}\n'), "damaged", "plans without their fields"),
    (lambda built: (built / "manifest.json").unlink(), "damaged", "no manifest"),
    (shutil.rmtree, "damaged", "no build where CURRENT points"),
]


@pytest.mark.parametrize(("damage", "words", "why"), DAMAGE, ids=[why for *_, why in DAMAGE])
def test_damage_is_said_in_one_sentence(folder: Path, damage: Callable[[Path], object], words: str, why: str) -> None:
    damage(folder / "index" / "builds" / (folder / "index" / "CURRENT").read_text())
    with pytest.raises(IndexMismatch, match=words) as error:
        open_index(folder / "index")
    assert "run python -m ingest" in str(error.value)


def test_a_damaged_store_is_said_in_one_sentence_and_a_lost_one_is_done_without(folder: Path) -> None:
    vector = ToyEncoder().encode_queries(["mở thư viện xã"])[0]
    damaged, lost = (shutil.copytree(folder / "index", folder / name) for name in ("damaged", "lost"))  # Chroma keeps the files of a path open that it has seen
    (next((damaged / "builds").iterdir()) / "chroma" / "chroma.sqlite3").write_text("no database")
    with pytest.raises(IndexMismatch, match="damaged"):
        open_index(damaged).nearest(vector)
    shutil.rmtree(next((lost / "builds").iterdir()) / "chroma")
    assert open_index(lost).nearest(vector)[0] == pytest.approx(open_index(folder / "index").nearest(vector)[0])


def test_a_reader_keeps_its_build_while_others_are_published(folder: Path) -> None:
    index_dir = folder / "index"
    reader = open_index(index_dir)
    before = list(reader.chunks)
    for text in (READING.replace("xã", "huyện"), READING.replace("xã", "tỉnh")):
        (folder / "plans" / "doc.txt").write_text(text, encoding="utf-8")
        build([folder / "plans"], index_dir, ToyEncoder())
    assert len(list((index_dir / "builds").iterdir())) == 2, "the one that is read and the one that is published"
    assert len(reader.vectors()) == len(before), "its vectors were not even open before"
    assert reader.nearest(ToyEncoder().encode_queries(["mở thư viện xã"])[0])
    latest = open_index(index_dir)
    assert any("tỉnh" in chunk_.text for chunk_ in latest.chunks)
    assert not any("tỉnh" in chunk_.text for chunk_ in reader.chunks)
    reader.close()
    (folder / "plans" / "boi.txt").unlink()
    latest.close()
    build([folder / "plans"], index_dir, ToyEncoder())
    assert len(list((index_dir / "builds").iterdir())) == 1, "what nobody reads goes with the next build"


@pytest.mark.parametrize(
    ("chunks", "looked_at", "why"),
    [
        (1, 600, "more than enough"),
        (100_000, 600, "a recall of 0.99 there"),
        (150_000, 600, "up to here"),
        (1_000_000, 4000, "nearly the same recall, which 600 no longer give"),
    ],
)
def test_a_larger_graph_is_searched_more_widely(chunks: int, looked_at: int, why: str) -> None:
    assert _graph(chunks)["hnsw"]["ef_search"] == looked_at, why


def test_the_graph_is_made_as_it_is_meant(folder: Path) -> None:
    hnsw = open_index(folder / "index").vector_store().client.configuration_json["hnsw"]
    assert {name: hnsw[name] for name in ("space", "max_neighbors", "ef_construction", "ef_search")} == _graph(2)["hnsw"]
