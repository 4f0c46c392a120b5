"""What the bench prints; what it measures is measured by running it."""

from __future__ import annotations

import json
import mmap
import os
from pathlib import Path

import pytest

from evals.bench.check import last_kept, least, slower
from evals.bench.crowd import Asked
from evals.bench.measure import BenchError, Measure, resident, run, table
from evals.bench.page import questions
from evals.bench.scale import __main__ as scale
from evals.gold import load


def test_the_table_shows_each_figure_beside_its_baseline() -> None:
    measures = [
        Measure("one question", 12.0, "ms", "the encoder alone", 8.0),
        Measure("memory", 321.4, "MB", "bare imports", 0.0),
        Measure("torch in the server", 0.0, "yes/no"),
    ]
    assert table(measures).split("\n") == [
        "measure               value  times  baseline",
        "one question          12 ms    1.5  8 ms the encoder alone",
        "memory               321 MB         0 MB bare imports",
        "torch in the server      no",
    ]


def test_resident_memory_is_that_of_the_process() -> None:
    before = resident(os.getpid())
    with mmap.mmap(-1, 64 * 1024 * 1024) as block:  # memory of its own: a bytearray may be given some that the process already has
        for page in range(0, len(block), mmap.PAGESIZE):
            block[page] = 1
        assert resident(os.getpid()) - before == pytest.approx(len(block) / 1024**2, abs=16)


def test_a_command_that_fails_is_named_with_its_last_words() -> None:
    with pytest.raises(BenchError, match="no such luck"):
        run(["-c", "raise SystemExit('no such luck')"])


def test_the_questions_of_the_page_are_different_and_from_all_parts_of_the_set() -> None:
    gold = [Path("evals/gold")]
    asked = questions(gold, 20)
    assert len(set(asked)) == 20
    parts = {question.id.rpartition("-")[0] for question in load(gold) if question.question in asked}
    assert len(parts) > 1
    with pytest.raises(BenchError, match="--gold"):
        questions(gold, 100_000)


def test_a_crowd_is_told_by_its_answers_alone() -> None:
    asked = Asked(10.0, times=[30.0, 10.0, 20.0], failures=["503"])
    assert (asked.answers_per_second, asked.at(50), asked.at(100)) == (0.3, 20.0, 30.0)


@pytest.mark.parametrize(
    ("now", "kept", "expected", "why"),
    [
        ({"a": 1.14}, {"a": 1.0}, [], "what the machine does by itself"),
        ({"a": 1.16, "b": 0.5}, {"a": 1.0, "b": 0.5}, ["a"], "more than 15 %"),
        ({"a": 0.2}, {"a": 1.0}, [], "faster"),
        ({"new": 9.0}, {"a": 1.0}, [], "what was not measured then"),
    ],
)
def test_a_ratio_that_has_grown_too_much_is_named(now: dict[str, float], kept: dict[str, float], expected: list[str], why: str) -> None:
    assert slower(now, kept) == expected, why


def test_of_several_runs_the_least_counts_and_the_last_that_was_kept(tmp_path: Path) -> None:
    assert least({"a": 1.0, "b": 3.0}, {"a": 2.0, "b": 2.5}) == {"a": 1.0, "b": 2.5}
    file = tmp_path / "ratios.jsonl"
    with pytest.raises(BenchError, match="--keep"):
        last_kept(file, "plans")
    lines = [{"plans": "plans", "ratios": {"a": 1.0}}, {"plans": "plans", "ratios": {"a": 2.0}}, {"plans": "others", "ratios": {"a": 3.0}}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert last_kept(file, "plans") == {"a": 2.0}


def test_an_archive_that_was_kept_is_measured_and_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.txt").write_text(
        "UBND HUYỆN SÔNG LAU\nSố: 31/KH-UBND\nSông Lau, ngày 02/3/2026\nKẾ HOẠCH\nNuôi ong\n\nI. VIỆC LÀM\n\nNộp báo cáo năm trước ngày 15/12.\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(scale, "SEEDS", [tmp_path / "plans"])
    monkeypatch.setattr(scale, "RUNS", tmp_path)
    monkeypatch.setattr("evals.bench.measure.RUNS", tmp_path)
    assert "writing, passages a second" in scale._made(tmp_path / "kept" / "3", tmp_path / "kept" / "seed", 3)
    held = sorted((tmp_path / "kept").rglob("*"))
    assert scale.main(["--plans", "3", "--into", str(tmp_path / "kept")]) == 0
    shown = capsys.readouterr().out
    assert "answer, all plans" in shown
    assert "writing" not in shown
    assert sorted((tmp_path / "kept").rglob("*")) == held
