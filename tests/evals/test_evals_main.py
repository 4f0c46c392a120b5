"""The whole command over one tiny plan: build, ask, score, report, compare, judge again, hold to floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main

PLAN = """KẾ HOẠCH
Trồng cây quanh trụ sở Trạm Khí tượng Đồi Sim

I. MỤC ĐÍCH
Để sân trạm có bóng mát.
II. PHÂN CÔNG
1. Tổ Hành chính mua cây giống trước ngày 15/02/2025.
2. Tổ Quan trắc tưới cây vào thứ Hai hằng tuần.
III. KINH PHÍ
Trích từ quỹ công đoàn của trạm.
"""
GOLD: list[dict[str, Any]] = [
    {
        "id": "buy", "plans": ["trong-cay"], "type": "deadline", "style": "formal", "question": "Tổ Hành chính mua cây giống trước ngày nào?",
        "answer": "Trước ngày 15/2/2025.", "facts": [["15/2/2025"]], "sections": [["trong-cay", "II.1"]],
    },
    {
        "id": "buy-bare", "plans": ["trong-cay"], "type": "deadline", "style": "no_diacritics", "question": "to hanh chinh mua cay giong truoc ngay nao",
        "answer": "Trước ngày 15/2/2025.", "facts": [["15/2/2025"]], "sections": [["trong-cay", "II.1"]],
    },
    {"id": "off", "plans": [], "type": "unanswerable", "style": "casual", "question": "Sông nào dài nhất châu Phi?", "answer": "Không có trong kế hoạch."},
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with plans/, gold.jsonl and a finished run "first"."""
    folder = tmp_path_factory.mktemp("evals")
    (folder / "plans").mkdir()
    (folder / "plans" / "trong-cay.txt").write_text(PLAN, encoding="utf-8")
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    assert run(folder, "--name", "first") == 0
    return folder


def run(folder: Path, *arguments: str) -> int:
    return main(["--gold", str(folder / "gold.jsonl"), "--plans", str(folder / "plans"), *arguments], runs=folder / "runs")


def test_a_run_keeps_everything_and_finds_the_section(place: Path) -> None:
    kept = place / "runs" / "first"
    assert {file.name for file in kept.iterdir()} == {"config.json", "answers.jsonl", "scores.jsonl", "report.json", "report.md"}
    answers = [json.loads(line) for line in (kept / "answers.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert [answer["id"] for answer in answers] == ["buy", "buy-bare", "off"]
    assert answers[0]["results"][0]["section"] == "II.1"
    headline = json.loads((kept / "report.json").read_text(encoding="utf-8"))["headline"]
    assert headline["questions"] == 3
    assert headline["recall@5"] == 1.0
    assert headline["verbatim"] == 1.0
    assert headline["latency_p50_ms"] > 0


def test_the_same_again_changes_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--name", "second", "--compare", "first") == 0
    printed = capsys.readouterr().out
    assert "now right: 0\nno longer right: 0" in printed
    scores = [
        [json.loads(line) | {"latency_ms": 0} for line in (place / "runs" / name / "scores.jsonl").open(encoding="utf-8")] for name in ("first", "second")
    ]
    assert scores[0] == scores[1]


def test_the_stock_recipe_is_a_row_of_the_same_run(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--name", "beside", "--baseline", "stock") == 0
    kept = place / "runs" / "beside"
    report = json.loads((kept / "report.json").read_text(encoding="utf-8"))
    assert report["headline"] | report["system"]["this assistant"] == report["headline"]
    stock = report["system"]["stock LlamaIndex recipe"]
    assert (stock["questions"], stock["facts"], stock["citation"], stock["verbatim"]) == (3, 1.0, 1.0, 1.0), "the plan is one chunk: it holds everything"
    assert stock["refusal_recall"] == 0.0, "it never refuses"
    assert "stock LlamaIndex recipe" in (kept / "report.md").read_text(encoding="utf-8")
    assert run(place, "--rescore", "beside") == 0
    assert "stock LlamaIndex recipe" in capsys.readouterr().out.rpartition("by system")[2]


def test_answers_can_be_judged_again_without_asking(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--name", "spoilt") == 0
    answers = place / "runs" / "spoilt" / "answers.jsonl"
    records = [json.loads(line) for line in answers.read_text(encoding="utf-8").split("\n") if line]
    records[0] |= {"status": "answered", "answer": "Trước ngày 16/2/2025.", "citations": [{"plan": "trong-cay", "section": "II.1", "quote": "16/02/2025"}]}
    answers.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    floors = place / "floors.json"
    floors.write_text('{"verbatim": {"min": 1.0}, "recall@5": {"min": 1.0}}')
    capsys.readouterr()
    assert run(place, "--rescore", "spoilt", "--compare", "first", "--floors", str(floors)) == 1
    out, err = capsys.readouterr()
    assert "- buy (now: status answered, lacks “15/2/2025”)" in out
    assert err.startswith("floor broken: verbatim is ")
    assert err.count("\n") == 1, "only the broken floor is named"


BAD = [
    (["--gold", "nowhere.jsonl"], "nowhere.jsonl", "no such gold"),
    (["--compare", "never"], "'never'", "no such run"),
    (["--floors", "nowhere.json"], "nowhere.json", "no such floors"),
    (["--plans", "nowhere"], "nowhere", "no such plans"),
    (["--index", "nowhere"], "nowhere", "no such index"),
    (["--name", "../up"], "'../up'", "a name that leaves the folder"),
]


@pytest.mark.parametrize(("arguments", "named", "why"), BAD)
def test_bad_input_ends_in_one_line(place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str, why: str) -> None:
    assert run(place, *arguments) == 2, why
    err = capsys.readouterr().err
    assert named in err, why
    assert err.startswith("evals: "), why
    assert err.count("\n") == 1, why


def test_gold_over_plans_that_are_not_indexed_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "other.jsonl").write_text(json.dumps(GOLD[0] | {"plans": ["khac"], "sections": [["khac", "I"]]}), encoding="utf-8")
    assert run(place, "--gold", str(place / "other.jsonl")) == 2
    assert "'khac'" in capsys.readouterr().err
