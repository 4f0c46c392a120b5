"""What a build reads is not held: texts are encoded while other files are still to be read, plans wait on disk, and only what changed is looked at again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from prerequisites import ROOT
from toy_encoder import ToyEncoder

from ingest.build import Watcher, build
from ingest.chunks import chunk
from ingest.embedded import Held
from ingest.material import Material
from ingest.parse import parse
from ingest.read import read
from ingest.spool import Spool
from xhht_qa.embed import Vectors
from xhht_qa.index import open_index
from xhht_qa.index.postings import Postings
from xhht_qa.index.shelf import Chunks

LONG = "KẾ HOẠCH\nTrồng cây\n" + "".join(
    f"{part}. VIỆC LÀM\n" + "".join(f"{number}. Thôn số {number} ở tổ {part} trồng {number * 7} cây.\n" for number in range(1, 91))
    for part in ("I", "II", "III")
)
SHORT = "KẾ HOẠCH\nBơi lội\nI. MỤC ĐÍCH\n1. Mở hồ bơi xã.\n2. Dạy bơi trước ngày 30/6.\n"


def plans_in(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_texts_are_encoded_before_the_last_file_is_read(tmp_path: Path) -> None:
    told: list[object] = []

    class Listening(ToyEncoder, Watcher):
        def file(self, path: Path, number: int, of: int) -> None:
            told.append(path.name)

        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            told.append(len(texts))
            return super().encode_passages(texts)

        def embedded(self, done: int, of: int) -> None:
            told.append((done, of))

    encoder = Listening()
    report = build([plans_in(tmp_path / "plans", a=LONG, b=SHORT)], tmp_path / "index", encoder, watcher=encoder)
    assert told[:18] == ["a.txt", *[16] * 16, "b.txt"], "a window of texts is encoded, then the next file is asked for"
    assert told[-1] == (report.embedded, report.embedded)
    assert told[19] == (256 + told[18], report.embedded), "what is done is told once it is known how much there is"  # type: ignore[operator]
    assert report.embedded == len(set(encoder.passages))


def test_a_plan_that_waits_on_disk_is_the_plan(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "index")
    plans = [parse(read(path)) for path in sorted((ROOT / "ingest" / "plans").glob("*.txt"))[:3]]
    kept = [spool.add(plan) for plan in plans]
    for plan, waiting in zip(plans, kept, strict=True):
        assert waiting == plan
        assert [waiting.section(section.address) for section in plan.sections] == list(plan.sections)
        assert spool.chunks(waiting) == chunk(plan)
        assert (spool.holds(waiting), spool.holds(plan)) == (True, False)
        assert type(replace(waiting, stamp="x").facts) is tuple


def test_what_waits_on_disk_waits_beside_the_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's temporary folder may be in memory, as the container's is; here there is none."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    plan, spool = parse(read(ROOT / "ingest" / "plans" / "cdc-mochai-sxh.txt")), Spool(tmp_path)
    assert spool.chunks(spool.add(plan)) == chunk(plan)
    Postings.write([SHORT, LONG], str.split, tmp_path, "words")
    assert Postings.read(tmp_path, "words").holding("trồng")[0].tolist() == [1]


ELSEWHERE: list[tuple[Callable[[Path], object], bool, str]] = [
    (lambda file: None, True, "as it was"),
    (lambda file: file.write_text(SHORT + "3. Thi bơi.\n", encoding="utf-8"), False, "changed, but not given"),
    (lambda file: file.unlink(), False, "gone"),
]


@pytest.mark.parametrize(("change", "is_reused", "why"), ELSEWHERE, ids=[why for *_, why in ELSEWHERE])
def test_a_plan_from_elsewhere_is_not_taken_apart_again(tmp_path: Path, change: Callable[[Path], object], is_reused: bool, why: str) -> None:
    """A plan whose file is not among those given; by its stamp it is seen whether the same readers would give the same chunks."""
    index_dir, given, elsewhere = tmp_path / "index", plans_in(tmp_path / "given", a=LONG), plans_in(tmp_path / "elsewhere", b=SHORT)
    build([given, elsewhere], index_dir, ToyEncoder())
    vectors = open_index(index_dir).vectors()
    change(elsewhere / "b.txt")
    material = Material(index_dir, ToyEncoder(), open_index(index_dir), lambda done, of: None)
    again = open_index(index_dir)
    material.reuse(again)
    plan = again.plans["b"]
    assert isinstance(material.chunks(plan), Chunks) is is_reused, why
    assert material.chunks(plan) == chunk(plan)
    material.want(plan)
    material.finish()
    assert material.encoded == 0, why
    _, chunks, given_vectors = material.to_write(plan)
    assert all((vector == vectors[made.id]).all() for made, vector in zip(chunks, given_vectors, strict=True))
    assert material.is_held(plan)
    material.close()


CHANGES = [
    (LONG.replace("Thôn số 5 ở tổ II ", "Xóm số 5 ở tổ II "), SHORT, {"Xóm số 5"}, "one section of a long plan"),
    (LONG, SHORT.replace("30/6", "1/7"), {"1/7"}, "one of a short plan"),
    (SHORT.replace("Bơi lội", "Đi bơi"), SHORT, {"Đi bơi"}, "a plan becomes like another one, whose vectors it shares"),
]


@pytest.mark.parametrize(("first", "second", "new", "why"), CHANGES, ids=[why for *_, why in CHANGES])
def test_only_what_changed_is_encoded(tmp_path: Path, first: str, second: str, new: set[str], why: str) -> None:
    plans, encoder = plans_in(tmp_path / "plans", a=LONG, b=SHORT), ToyEncoder()
    build([plans], tmp_path / "index", encoder)
    encoder.passages.clear()
    build([plans_in(plans, a=first, b=second)], tmp_path / "index", encoder)
    assert encoder.passages, why
    assert all(any(words in text for words in new) for text in encoder.passages), encoder.passages
    index, anew = open_index(tmp_path / "index"), tmp_path / "anew"
    build([plans], anew, ToyEncoder())
    fresh = open_index(anew)
    assert index.chunks == fresh.chunks
    assert index.vectors().keys() == fresh.vectors().keys()
    assert all((vector == fresh.vectors()[id_]).all() for id_, vector in index.vectors().items()), "each vector stands with its chunk"


def test_of_an_index_only_the_plan_at_hand_is_looked_at(tmp_path: Path) -> None:
    build([plans_in(tmp_path / "plans", a=LONG, b=SHORT)], tmp_path / "index", ToyEncoder())
    index = open_index(tmp_path / "index")
    held = Held(index)
    held.read_plan("b")
    texts = {plan.id: [made.embedded_text for made in chunk(plan)] for plan in index.plans.values()}
    assert [text in held for text in texts["b"]] == [True] * len(texts["b"])
    assert not any(text in held for text in texts["a"] if "Thôn" in text)
    held.read_all()
    assert all(text in held for text in texts["a"])
