"""Outline scores worked out by hand, and the command over a tiny plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.outline import OutlineError, OutlineScore, load_truth, main, score_outline

TRUTH = {"I": (1, 5), "I.1": (2, 3), "I.2": (4, 5), "II": (6, 9)}
OUTLINES = [
    (TRUTH, OutlineScore(1.0, 1.0, 1.0, (), (), ()), "the same"),
    ({}, OutlineScore(0.0, 0.0, 0.0, ("I", "I.1", "I.2", "II"), (), ()), "nothing found"),
    ({**TRUTH, "II.1": (7, 9)}, OutlineScore(0.8, 1.0, 1.0, (), ("II.1",), ()), "one too many"),
    ({"I": (1, 5), "I.1": (2, 4), "II": (6, 9), "III": (9, 9)}, OutlineScore(0.75, 0.75, 2 / 3, ("I.2",), ("III",), ("I.1",)), "one of each slip"),
]


@pytest.mark.parametrize(("found", "expected", "why"), OUTLINES)
def test_score_outline(found: dict[str, tuple[int, int]], expected: OutlineScore, why: str) -> None:
    assert score_outline(found, TRUTH) == expected, why


def record(address: str, first: int, last: int) -> dict[str, object]:
    return {"address": address, "title": "", "first_line": first, "last_line": last}


BAD = ["nonsense", "{}", "[]", "[1]", '[{"address": "I"}]', json.dumps([record("I", 1, 2), record("I", 3, 4)])]


@pytest.mark.parametrize("content", BAD)
def test_a_bad_truth_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(content)
    with pytest.raises(OutlineError, match=str(path)):
        load_truth(path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "phong-thu.txt").write_text("I. MỤC ĐÍCH\n1. Học đều.\n2. Học sâu.\nII. KINH PHÍ\nTự lo.\n", encoding="utf-8")
    truth = tmp_path / "phong-thu.json"
    truth.write_text(json.dumps([record("I", 1, 3), record("I.1", 2, 2), record("I.2", 3, 3), record("II", 4, 4), record("III", 6, 6)]))
    assert main([str(truth), "--plans", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[1].split() == ["phong-thu", "100.0", "80.0", "75.0"]
    assert lines[2:4] == ["  missing: III", "  other lines: II"]


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mot.txt").write_text("I. MỤC ĐÍCH\nHọc.\n", encoding="utf-8")
    (tmp_path / "hai.json").write_text(json.dumps([record("I", 1, 2)]))
    for truth, name in ((tmp_path / "hai.json", "'hai'"), (tmp_path / "ba.json", "ba.json")):
        assert main([str(truth), "--plans", str(tmp_path)]) == 2
        assert name in capsys.readouterr().err
