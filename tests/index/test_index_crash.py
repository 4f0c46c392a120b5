"""Writers that are killed and writers at the same time: a reader sees one whole index or another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from invariants import text_rebuilt_from_chunks
from prerequisites import ROOT

from xhht_qa.index import open_index

MOMENTS = 12  # of a build at which it is killed


class Writer:
    """The program that builds and kills."""

    def __init__(self) -> None:
        here = Path(__file__).parent
        self.process = subprocess.Popen(
            [sys.executable, str(here / "killed_writer.py")],
            cwd=ROOT,
            env={"PYTHONPATH": f"{here.parent}:{ROOT / 'src'}:{ROOT}", "PATH": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready\n"

    def start(self, index_dir: Path, *plans: Path, only: bool = False, after: float | None = None) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"index": str(index_dir), "plans": [str(path) for path in plans], "only": only, "after": after}) + "\n")
        self.process.stdin.flush()

    def finish(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._answer())
        return answer

    def run(self, index_dir: Path, *plans: Path, after: float | None = None) -> dict[str, Any]:
        self.start(index_dir, *plans, after=after)
        return self.finish()

    def _answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    opened = Writer()
    yield opened
    assert opened.process.stdin
    opened.process.stdin.close()
    opened.process.wait(timeout=30)


def write(folder: Path, name: str, edition: int) -> Path:
    """A plan of which every section names its edition."""
    folder.mkdir(exist_ok=True)
    text = "KẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n" + "\n".join(f"{number}. Lần in {edition}, việc {number}." for number in range(1, 30))
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def edition_of(index_dir: Path) -> int:
    """The edition that a reader sees, after it has seen that plans, chunks and vectors are all of it."""
    index = open_index(index_dir, "toy/16")
    (plan,) = index.plans.values()
    text_rebuilt_from_chunks(plan, index.chunks)
    vectors = index.vectors()
    assert set(vectors) == {chunk.id for chunk in index.chunks}
    assert len(index.nearest(next(iter(vectors.values())))) == len(index.chunks) == 31
    (edition,) = {int(chunk.text.split("Lần in ")[1].split(",")[0]) for chunk in index.chunks if "Lần in" in chunk.text}
    index.close()
    return edition


def test_a_writer_killed_at_any_moment_leaves_the_old_index_or_the_new_one(writer: Writer, tmp_path: Path) -> None:
    plans, index_dir = tmp_path / "plans", tmp_path / "index"
    writer.run(index_dir, write(plans, "doc.txt", 0))
    seconds = writer.run(index_dir, write(plans, "doc.txt", 1))["seconds"]
    published, killed = 1, 0
    for moment in range(MOMENTS):
        edition = moment + 2
        write(plans, "doc.txt", edition)
        killed += writer.run(index_dir, plans, after=seconds * 1.1 * moment / MOMENTS)["statuses"] == [-9]
        seen = edition_of(index_dir)
        assert seen in (published, edition)
        published = seen
    assert killed >= MOMENTS // 2, "the kills came in time"
    assert writer.run(index_dir, write(plans, "doc.txt", 99))["statuses"] == [0], "no lock is left behind"
    assert edition_of(index_dir) == 99
    assert len(list((index_dir / "builds").iterdir())) == 1, "what the killed ones left is gone"


def test_a_first_build_that_is_killed_leaves_no_index_and_the_next_one_builds_it(writer: Writer, tmp_path: Path) -> None:
    plans, index_dir = write(tmp_path / "plans", "doc.txt", 1), tmp_path / "index"
    assert writer.run(index_dir, plans, after=0.05)["statuses"] == [-9]
    assert not (index_dir / "CURRENT").exists()
    assert writer.run(index_dir, plans)["statuses"] == [0]
    assert edition_of(index_dir) == 1


def test_writers_at_the_same_time_lose_nothing_of_one_another(writer: Writer, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    folders = [write(tmp_path / name, f"{name}.txt", number) for number, name in enumerate(["a", "b", "c"])]
    assert writer.run(index_dir, *folders)["statuses"] == [0, 0, 0]
    index = open_index(index_dir)
    assert set(index.plans) == {"a", "b", "c"}
    assert len(index.vectors()) == len(index.chunks) == 93
    assert len(list((index_dir / "builds").iterdir())) == 1


def test_readers_that_come_while_builds_are_replaced_see_each_of_them_whole(writer: Writer, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    editions = range(7)
    writer.run(index_dir, write(tmp_path / "0", "doc.txt", 0))
    for edition in editions[1:]:
        writer.start(index_dir, write(tmp_path / str(edition), "doc.txt", edition), only=True)
    seen = [edition_of(index_dir)]
    while seen[-1] != editions[-1]:
        seen.append(edition_of(index_dir))
        assert len(seen) < 10_000
    assert seen == sorted(seen), "never an older one again"
    assert [writer.finish()["statuses"] for _ in editions[1:]] == [[0]] * 6
