"""Weights chosen on some plans and judged on the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.tune import leave_one_out, main, mean


def test_a_plan_is_judged_by_the_value_that_the_other_plans_choose() -> None:
    figures = {
        0.1: {"a": [1.0, 1.0], "b": [0.0], "c": [0.0]},
        0.9: {"a": [0.0, 0.0], "b": [1.0], "c": [1.0]},
    }
    chosen, left_out = leave_one_out(figures)
    assert chosen == {"a": 0.9, "b": 0.1, "c": 0.1}, "without a, 0.9 wins 2 to 0; without b or c, 0.1 wins 2 to 1"
    assert left_out == 0.0, "what was fitted on the plan itself would give 0.5"
    assert mean(figures[0.1]) == 0.5


def test_the_curve_of_a_weight_is_drawn(sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [
        line for name in ("cdc-mochai-sxh", "so-noi-vu-lamkhe-cchc") for line in Path(f"evals/gold/{name}.jsonl").read_text(encoding="utf-8").splitlines()[:4]
    ]
    gold.write_text("\n".join(rows), encoding="utf-8")
    assert main(["--gold", str(gold), "--index", str(sample_index), "--only", "dense"]) == 0
    head, values, everything, left_out = capsys.readouterr().out.splitlines()
    assert head == "dense (in use: 0.5)"
    assert len(values.split()) == len(everything.split()) - 1 == 11
    assert left_out.split()[:2] == ["left", "out"]


def test_gold_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--gold", str(tmp_path / "none.jsonl"), "--index", str(tmp_path / "index"), "--plans", "ingest/plans"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
