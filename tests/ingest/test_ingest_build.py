"""Files → index: what is embedded, kept, changed, removed, and what a failure leaves behind."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from invariants import chunks_within_sections, text_rebuilt_from_chunks
from toy_encoder import ToyEncoder

from ingest.build import Report, Watcher, build
from ingest.material import Material
from xhht_qa.errors import EncoderError, IndexMismatch, IndexMissing, NoPlans
from xhht_qa.index import Index, open_index

READING = "KẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\n2. Mượn sách trước ngày 15/6.\n"
SWIMMING = "KẾ HOẠCH\nBơi lội\nI. MỤC ĐÍCH\n1. Mở hồ bơi xã.\n2. Dạy bơi trước ngày 30/6.\n"


class Desk:
    """A folder of plans and the index that is built of it."""

    def __init__(self, folder: Path) -> None:
        self.plans, self.index_dir = folder / "plans", folder / "index"
        self.plans.mkdir()
        self.encoder = ToyEncoder()

    def write(self, name: str, text: str) -> Path:
        path = self.plans / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def build(self, *paths: Path, only: bool = False) -> Report:
        self.encoder.passages.clear()
        return build(paths or [self.plans], self.index_dir, self.encoder, only)

    def open(self) -> Index:
        return open_index(self.index_dir, self.encoder.name)

    def files(self) -> dict[str, bytes]:
        """What is published; an original that was copied in vain is swept by the next build."""
        return {
            str(path.relative_to(self.index_dir)): path.read_bytes() for path in self.index_dir.rglob("*") if path.is_file() and path.parent.name != "originals"
        }

    def originals(self) -> set[str]:
        return {path.read_text(encoding="utf-8") for path in (self.index_dir / "originals").iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def whole(index: Index) -> None:
    """An index in which plans, chunks and vectors are of one another."""
    for plan in index.plans.values():
        own = [chunk for chunk in index.chunks if chunk.plan == plan.id]
        text_rebuilt_from_chunks(plan, own)
        chunks_within_sections(plan, own)
    vectors = index.vectors()
    assert set(vectors) == {chunk.id for chunk in index.chunks}
    assert index.manifest.chunks == len(index.chunks)
    assert index.manifest.plans == {plan.id: plan.digest for plan in index.plans.values()}
    for chunk in index.chunks:
        assert np.allclose(vectors[chunk.id], ToyEncoder().encode_passages([chunk.embedded_text])[0], atol=1e-6), chunk.id


def test_a_first_build(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    desk.write("boi.md", SWIMMING)
    report = desk.build()
    assert (sorted(report.added), report.changed, report.unchanged, report.removed, report.failures) == (["boi", "doc"], [], [], [], {})
    index = desk.open()
    whole(index)
    assert list(index.plans) == ["boi", "doc"]
    assert report.chunks == len(index.chunks) == 8
    assert report.embedded == len(desk.encoder.passages) == 7, "the heading I. MỤC ĐÍCH stands in both plans and is embedded once"


def test_an_unchanged_plan_is_not_embedded_and_nothing_is_written(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    desk.build()
    before = desk.files()
    report = desk.build()
    assert report.unchanged == ["doc"]
    assert desk.encoder.passages == []
    assert desk.files() == before


def test_only_the_changed_words_of_a_changed_plan_are_embedded(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    desk.write("boi.txt", SWIMMING)
    desk.build()
    desk.write("doc.txt", READING.replace("15/6", "20/6"))
    report = desk.build()
    assert (report.changed, report.unchanged) == (["doc"], ["boi"])
    assert [passage.split("\n")[-1] for passage in desk.encoder.passages] == ["2. Mượn sách trước ngày 20/6."]
    index = desk.open()
    whole(index)
    section = index.plans["doc"].section("I.2")
    assert section is not None
    assert "20/6" in section.text


def test_a_new_plan_leaves_the_others_as_they_are(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    desk.build()
    report = desk.build(desk.write("boi.txt", SWIMMING))
    assert (report.added, report.unchanged) == (["boi"], ["doc"])
    assert not any("thư viện" in passage for passage in desk.encoder.passages)
    whole(desk.open())


def test_nothing_is_left_of_a_plan_that_was_removed(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    gone = desk.write("boi.txt", SWIMMING)
    desk.build()
    assert any("hồ bơi" in content.decode("utf-8", "ignore") for content in desk.files().values())
    gone.unlink()
    report = desk.build()
    assert report.removed == ["boi"]
    assert desk.encoder.passages == []
    index = desk.open()
    whole(index)
    assert list(index.plans) == ["doc"]
    assert not [name for name, content in desk.files().items() if "hồ bơi" in content.decode("utf-8", "ignore") or b"boi#" in content]
    assert len(list((desk.index_dir / "builds").iterdir())) == 1


def test_a_plan_from_elsewhere_stays_unless_only(desk: Desk) -> None:
    folder = desk.plans
    desk.write("a/doc.txt", READING)
    desk.write("b/boi.txt", SWIMMING)
    desk.build(folder / "a")
    assert set(desk.build(folder / "b").unchanged) == {"doc"}
    assert set(desk.open().plans) == {"doc", "boi"}
    assert desk.build(folder / "b", only=True).removed == ["doc"]
    assert set(desk.open().plans) == {"boi"}


def test_a_plan_that_moved_is_one_plan(desk: Desk) -> None:
    old = desk.write("a/doc.txt", READING)
    desk.build()
    desk.write("b/doc.txt", READING)
    old.unlink()
    desk.build()
    index = desk.open()
    assert Path(index.plans["doc"].path).parent.name == "b"
    assert desk.encoder.passages == []
    whole(index)


BROKEN: list[tuple[bytes, str]] = [(b"", "empty"), (b"I. A\x00", "binary"), ("Kế hoạch".encode("utf-16-be"), "another encoding")]


@pytest.mark.parametrize(("data", "why"), BROKEN, ids=[why for _, why in BROKEN])
@pytest.mark.parametrize("only", [False, True])
def test_a_bad_file_leaves_the_others_and_its_own_earlier_version(desk: Desk, data: bytes, why: str, only: bool) -> None:
    desk.write("boi.txt", SWIMMING)
    bad = desk.write("doc.txt", READING)
    desk.build()
    desk.write("boi.txt", SWIMMING.replace("30/6", "1/7"))
    bad.write_bytes(data)
    report = desk.build(only=only)
    assert len(report.failures) == 1
    assert report.failures[bad].startswith(f"{bad}: ")
    index = desk.open()
    whole(index)
    assert "15/6" in index.plans["doc"].sections[-1].text, why
    assert "1/7" in index.plans["boi"].sections[-1].text


def test_nothing_but_bad_files_builds_nothing(desk: Desk) -> None:
    desk.write("doc.txt", "")
    assert len(desk.build().failures) == 1
    assert not (desk.index_dir / "CURRENT").exists()


def test_two_files_with_one_id_are_skipped_and_named_and_the_others_go_on(desk: Desk) -> None:
    first, second = desk.write("doc.txt", READING), desk.write("Đọc.md", SWIMMING)
    desk.write("boi.txt", SWIMMING)
    report = desk.build()
    assert set(desk.open().plans) == {"boi"}
    assert set(report.failures) == {first, second}
    for path, other in ((first, second), (second, first)):
        assert report.failures[path].startswith(f"{path}: it has the plan id “doc” and so has {other}; ")


def test_a_twin_of_an_indexed_plan_is_skipped_and_the_indexed_one_stays(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    desk.build()
    twin = desk.write("other/doc.md", SWIMMING)
    report = desk.build(twin)
    assert list(report.failures) == [twin]
    assert "Đọc sách" in desk.open().plans["doc"].sections[0].text
    assert set(desk.build().failures) == {desk.plans / "doc.txt", twin}, "both given"
    assert "Đọc sách" in desk.open().plans["doc"].sections[0].text, "what was indexed before stays"


def test_a_file_that_has_not_changed_is_not_read_again(desk: Desk) -> None:
    path = desk.write("doc.txt", READING)
    (desk.plans / "doc.yaml").write_text("signer: Trần Mai", encoding="utf-8")
    desk.build()
    known = Material(desk.index_dir, desk.encoder, desk.open(), print).known(path)
    assert known is not None
    assert known.metadata.signer == "Trần Mai"
    for change, why in (
        (lambda: (desk.plans / "doc.yaml").write_text("signer: Trần Mai Hoa", encoding="utf-8"), "what stands beside it"),
        (lambda: desk.write("doc.txt", READING + "3. Sửa mái.\n"), "the file"),
        (lambda: desk.write("doc.txt", ""), "to a file that cannot be read"),
    ):
        change()  # type: ignore[no-untyped-call]
        assert Material(desk.index_dir, desk.encoder, desk.open(), print).known(path) is None, why
        desk.build()
    assert desk.open().plans["doc"].metadata.signer == "Trần Mai Hoa", "the last that could be read"


def missing_path(desk: Desk) -> None:
    desk.write("doc.txt", SWIMMING)
    desk.build(desk.plans, desk.plans / "missing.txt")


def empty_folder(desk: Desk) -> None:
    (desk.plans / "empty").mkdir()
    desk.build(desk.plans / "empty")


class BrokenEncoder(ToyEncoder):
    def encode_passages(self, texts: object) -> object:  # type: ignore[override]
        raise EncoderError("no weights; install them")


def broken_encoder(desk: Desk) -> None:
    desk.encoder = BrokenEncoder()
    desk.write("doc.txt", SWIMMING)
    desk.build()


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (missing_path, NoPlans),
        (empty_folder, NoPlans),
        (broken_encoder, EncoderError),
    ],
)
def test_a_build_that_cannot_be_leaves_the_index_byte_for_byte(desk: Desk, attempt: Callable[[Desk], None], error: type[Exception]) -> None:
    desk.write("doc.txt", READING)
    desk.build()
    before = desk.files()
    with pytest.raises(error, match="; "):
        attempt(desk)
    assert desk.files() == before


def test_another_encoder_embeds_every_plan_anew_and_drops_none(desk: Desk) -> None:
    desk.write("a/doc.txt", READING)
    desk.build()
    desk.write("b/boi.txt", SWIMMING)
    desk.encoder = ToyEncoder("toy/other")
    report = desk.build(desk.plans / "b")
    index = desk.open()
    whole(index)
    assert set(index.plans) == {"doc", "boi"}
    assert report.embedded == len(desk.encoder.passages) == 7
    desk.encoder = ToyEncoder("toy/third")
    assert desk.build(desk.plans / "b").embedded == 7, "nothing but the encoder has changed"


@pytest.mark.parametrize("manifest", ["", "{}", '{"format_version": 99, "encoder": "toy/16", "plans": {}, "chunks": 0}'])
def test_an_index_that_cannot_be_read_is_built_anew_only_when_no_plan_can_be_lost(desk: Desk, manifest: str) -> None:
    desk.write("doc.txt", READING)
    desk.build()
    next(desk.index_dir.glob("builds/*/manifest.json")).write_text(manifest)
    before = desk.files()
    with pytest.raises(IndexMismatch, match="--only"):
        desk.build()
    assert desk.files() == before
    desk.build(only=True)
    whole(desk.open())
    assert len(list((desk.index_dir / "builds").iterdir())) == 1


def test_originals_are_kept_as_they_were_read_and_swept_with_their_last_build(desk: Desk) -> None:
    path = desk.write("doc.txt", READING)
    desk.write("boi.txt", SWIMMING)
    desk.build()
    reader = desk.open()
    path.write_text(READING.replace("15/6", "1/7"), encoding="utf-8")
    assert reader.original(reader.plans["doc"]).read_text(encoding="utf-8") == READING
    desk.build()
    assert desk.originals() == {READING, READING.replace("15/6", "1/7"), SWIMMING}, "a reader still holds the build before"
    reader.close()
    path.unlink()
    desk.build()
    assert desk.originals() == {SWIMMING}


def test_a_file_that_changes_while_it_is_read_is_skipped_and_the_others_go_on(desk: Desk) -> None:
    path = desk.write("doc.txt", READING)
    desk.write("boi.txt", SWIMMING)

    class Editor(Watcher):
        def file(self, file: Path, number: int, of: int) -> None:
            if number == 2:  # the first has just been read
                desk.write("boi.txt", SWIMMING.replace("30/6", "1/7"))

    report = build([desk.plans], desk.index_dir, desk.encoder, watcher=Editor())
    assert list(report.plans) == ["doc"]
    assert report.failures == {desk.plans / "boi.txt": f"{desk.plans / 'boi.txt'}: the file changed while it was read; run python -m ingest again"}
    assert desk.originals() == {path.read_text(encoding="utf-8")}


def test_how_each_file_was_read_is_kept(desk: Desk) -> None:
    desk.write("doc.txt", READING + "2. Lại số hai.\n")
    desk.write("hong.txt", "")
    desk.build()
    plan, refused = map(json.loads, (desk.index_dir / "reading.jsonl").read_text(encoding="utf-8").splitlines())
    assert (plan["plan"], plan["status"], plan["format"], plan["sections"], plan["quality"]) == ("doc", "indexed with warnings", ".txt", 5, 1.0)
    assert plan["warnings"] == ["I.2(2): the number 2. is printed 2 times at one level"]
    assert (refused["path"], refused["status"]) == (str(desk.plans / "hong.txt"), "refused")
    assert "empty" in refused["reason"]


def test_a_name_that_is_no_utf_8_is_reported_and_the_others_go_on(desk: Desk) -> None:
    desk.write("doc.txt", READING)
    (desk.plans / os.fsdecode(b"h\xfeng.txt")).write_text(SWIMMING, encoding="utf-8")
    report = desk.build()
    assert list(report.plans) == ["doc"]
    assert [reason.partition(": ")[2] for reason in report.failures.values()] == ["the file's name is not UTF-8; rename it"]
    assert [json.loads(line)["status"] for line in (desk.index_dir / "reading.jsonl").read_text(encoding="utf-8").splitlines()] == ["indexed", "refused"]


def test_progress_is_told(desk: Desk) -> None:
    desk.write("doc.txt", "I. A\n" + "\n".join(f"{number}. Việc thứ {number}." for number in range(1, 21)))
    told: list[object] = []

    class Listener(Watcher):
        def file(self, path: Path, number: int, of: int) -> None:
            told.append((path.name, number, of))

        def embedded(self, done: int, of: int) -> None:
            told.append((done, of))

    build([desk.plans], desk.index_dir, desk.encoder, watcher=Listener())
    assert told == [("doc.txt", 1, 1), (16, 21), (21, 21)]


def test_with_its_last_plan_an_index_goes(desk: Desk) -> None:
    path = desk.write("doc.txt", READING)
    desk.build()
    reader = desk.open()
    path.unlink()
    desk.write("hong.txt", "")
    report = desk.build()
    assert (report.removed, len(report.failures)) == (["doc"], 1)
    with pytest.raises(IndexMissing):
        desk.open()
    assert reader.nearest(desk.encoder.encode_queries(["mở thư viện xã"])[0]), "who holds the last build reads on"
    reader.close()
    desk.write("boi.txt", SWIMMING)
    desk.build()
    assert set(desk.open().plans) == {"boi"}
