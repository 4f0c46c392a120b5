"""A build that was stopped while it embedded goes on where it was."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from toy_encoder import ToyEncoder

from ingest.build import build
from ingest.embedded import Embedded
from xhht_qa.embed import Vectors
from xhht_qa.index import open_index

PLAN = "KẾ HOẠCH\nTrồng cây\nI. VIỆC LÀM\n" + "".join(f"{number}. Thôn số {number} trồng {number * 7} cây.\n" for number in range(1, 61))


class Stopped(Exception):
    """Somebody pulled the plug."""


class Stopping(ToyEncoder):
    """Stops after so many calls."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.calls = calls

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not self.calls:
            raise Stopped
        self.calls -= 1
        return super().encode_passages(texts)


def test_what_was_embedded_before_it_was_stopped_is_not_embedded_again(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "cay.txt").write_text(PLAN, encoding="utf-8")
    first, second, third = Stopping(2), Stopping(1), ToyEncoder()
    for encoder in (first, second):
        with pytest.raises(Stopped):
            build([tmp_path / "plans"], tmp_path / "index", encoder)
    report = build([tmp_path / "plans"], tmp_path / "index", third)
    embedded = [*first.passages, *second.passages, *third.passages]
    assert len(embedded) == len(set(embedded)) == 48 + report.embedded
    index = open_index(tmp_path / "index")
    assert set(embedded) == {chunk.embedded_text for chunk in index.chunks}
    vectors = index.vectors()
    for chunk in index.chunks:
        assert np.allclose(vectors[chunk.id], ToyEncoder().encode_queries([chunk.embedded_text])[0], atol=1e-6), chunk.id
    assert not (tmp_path / "index" / ".embedded").exists(), "what is published is kept there"


@pytest.mark.parametrize("cut", [1, 40, 4 * 16, 4 * 16 + 16])
def test_a_record_that_was_cut_short_is_left_out_and_the_next_ones_stand_right(tmp_path: Path, cut: int) -> None:
    texts = ["một", "hai", "ba"]
    vectors = ToyEncoder().encode_queries(texts)
    kept = Embedded(tmp_path, "toy")
    kept.add(texts[:2], vectors[:2])
    kept.close(published=False)
    file = tmp_path / ".embedded"
    file.write_bytes(file.read_bytes()[:-cut])
    kept = Embedded(tmp_path, "toy")
    kept.add(texts[2:], vectors[2:])
    assert [text in kept for text in texts] == [True, False, True]
    assert np.array_equal(kept["ba"], vectors[2])
    kept.close(published=False)
    assert "một" in Embedded(tmp_path, "toy")
    assert "một" not in Embedded(tmp_path, "another"), "vectors of another encoder are none"
    file.write_bytes(b"\x10")
    assert "một" not in Embedded(tmp_path, "toy")


@contextmanager
def at_most(number_of_bytes: int) -> Iterator[None]:
    """A disk on which a file can have so many bytes: what is written beyond them is cut there."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number_of_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(("room", "why"), [(0, "none at all"), (40, "for a part of a vector"), (80 + 40, "for one and a half")])
def test_a_disk_that_is_full_stops_the_build_and_moves_no_vector(tmp_path: Path, room: int, why: str) -> None:
    texts = ["một", "hai", "ba", "bốn"]
    vectors = ToyEncoder().encode_queries(texts)
    kept = Embedded(tmp_path, "toy")
    kept.add(texts[:1], vectors[:1])
    with at_most((tmp_path / ".embedded").stat().st_size + room), pytest.raises(OSError, match="large"):
        kept.add(texts[1:3], vectors[1:3])
    kept.close(published=False)
    kept = Embedded(tmp_path, "toy")
    kept.add(texts[3:], vectors[3:])
    assert "một" in kept, why
    assert "bốn" in kept, why
    for text, vector in zip(texts, vectors, strict=True):
        assert text not in kept or np.array_equal(kept[text], vector), (text, why)


def test_two_who_embed_at_the_same_time_keep_files_of_their_own(tmp_path: Path) -> None:
    vectors = ToyEncoder().encode_queries(["một", "hai"])
    one, two = Embedded(tmp_path, "toy"), Embedded(tmp_path, "toy")
    one.add(["một"], vectors[:1])
    two.add(["hai"], vectors[1:])
    assert ("hai" in one, "một" in two) == (False, False)
    two.close(published=True)
    one.close(published=False)
    assert [file.name for file in tmp_path.iterdir()] == [".embedded"]
    assert np.array_equal(Embedded(tmp_path, "toy")["một"], vectors[0]), "what was not published is there for the next one"
