"""Reports, comparisons, floors and run folders over scores written down by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.compare import compare
from evals.floors import FloorsError, broken, load_floors
from evals.report import LOST, markdown, report, text
from evals.run import Run, RunError
from evals.score import Score

FLOORS = Path(__file__).parents[2] / "evals" / "floors.json"


def scored(identifier: str, right: bool = True, **changes: Any) -> Score:
    record: dict[str, Any] = {
        "id": identifier, "type": "deadline", "style": "formal", "turns": "single", "status": "answered", "right": right,
        "facts": right, "missing": () if right else (("1/12", "01/12"),), "clean": True, "forbidden": (), "citation": True, "strict": True,
        "citations": 1, "related": 1, "verbatim": True, "recall": {"1": 1.0, "3": 1.0, "5": 1.0, "10": 1.0}, "wrong_plan": False,
        "wrong_plan_first": False, "confidence": 0.9, "words": 12, "latency_ms": 20.0,
    }  # fmt: skip
    return Score(**(record | changes))


MISSED = {"1": 0.0, "3": 0.0, "5": 0.0, "10": 1.0}
SCORES = [
    scored("q1"),
    scored("q2", right=False),
    scored("q3", type="award", style="no_diacritics", recall=MISSED, turns="multi"),
    scored("q4", right=False, status="answered", forbidden=("15/6",), missing=(), citation=False, related=0, wrong_plan=True),
]


def test_the_headline_names_what_is_lost_without_diacritics() -> None:
    figures = report(SCORES)
    assert figures["headline"]["right"] == 0.5
    assert figures["headline"]["recall@5"] == 0.75
    assert figures["headline"][LOST] == 1.0, "formal finds all, no_diacritics nothing"
    assert figures["turns"]["multi"]["questions"] == 1
    assert list(figures["type"]) == ["deadline", "award"]
    assert report(SCORES[:2])["headline"][LOST] is None, "no question without diacritics was asked"


def test_the_text_is_aligned() -> None:
    headline, *tables = text(report(SCORES)).rstrip("\n").split("\n\n")
    assert headline.startswith("4 questions: 50.0 % right")
    assert [table.split()[1] for table in tables] == ["turns", "type", "style"]
    for table in tables:
        assert len({len(line) for line in table.split("\n")}) == 1
    assert tables[2].split("\n")[2].split()[:3] == ["no_diacritics", "1", "100.0"]


def test_the_page_says_why_each_question_is_not_right() -> None:
    page = markdown(report(SCORES), SCORES)
    assert "| no_diacritics | 1 | 100.0 |" in page
    assert "- q2: status answered, lacks “1/12”" in page
    assert "- q4: status answered, says “15/6”, cites no gold section" in page
    assert "- q1" not in page


def test_the_page_shows_risk_by_coverage_and_reliability() -> None:
    sure = [scored(f"q{number}", right=number != 1, confidence=number / 10) for number in range(1, 11)]
    page = markdown(report(sure), sure)
    assert "calibration error 37.0 points" in page, "0.1 at the wrong one and 3.6 at the others, of 10"
    assert "| 90% | 0.0 |" in page, "without the least confident none is wrong"
    assert "| 100% | 10.0 | ██████████ |" in page
    assert "| 1 | 10.0 | 0.0 |" in page
    refusals = [scored("q1", status="not_found")]
    assert "No answer was given." in markdown(report(refusals), refusals)


def test_a_comparison_shows_flips_and_moved_figures_of_common_questions_only() -> None:
    later = [scored("q1", right=False), scored("q2"), scored("q3", type="award", style="no_diacritics"), scored("q9", right=False)]
    lines = compare(SCORES, later).split("\n")
    assert lines[0] == "3 questions in both runs (1 only in the earlier, 1 only in this one)"
    assert lines[1:5] == ["now right: 1", "  + q2 (was: status answered, lacks “1/12”)", "no longer right: 1", "  - q1 (now: status answered, lacks “1/12”)"]
    moved = {line.split("  ")[0]: line.split("  ")[-1].strip() for line in lines[5:] if line}
    assert moved["recall@5"] == "66.7 → 100.0"
    assert "right" not in moved, "one gained, one lost"


def test_a_comparison_with_itself_shows_nothing() -> None:
    assert compare(SCORES, SCORES).split("\n")[1:] == ["now right: 0", "no longer right: 0", ""]


HEADLINE = {"recall@5": 0.94, "wrong_plan": 0.02, "refusal_f1": None}
BROKEN = [
    ({"recall@5": {"min": 0.95}}, ["recall@5 is 0.94, below 0.95"], "under its minimum"),
    ({"recall@5": {"min": 0.94}}, [], "the bound itself is kept"),
    ({"wrong_plan": {"max": 0.01}}, ["wrong_plan is 0.02, above 0.01"], "over its maximum"),
    ({"wrong_plan": {"min": 0.0, "max": 0.02}}, [], "between both"),
    ({"refusal_f1": {"min": 0.0}}, ["refusal_f1 was not measured"], "what nobody measured keeps no bound"),
    ({"recall@5": {"min": 0.99}, "wrong_plan": {"max": 0.0}}, ["recall@5 is 0.94, below 0.99", "wrong_plan is 0.02, above 0"], "each is named"),
]


@pytest.mark.parametrize(("floors", "sentences", "why"), BROKEN)
def test_floors(floors: dict[str, dict[str, float]], sentences: list[str], why: str) -> None:
    assert broken(floors, HEADLINE) == sentences, why


BAD_FLOORS = ["nonsense", "[]", '{"right": 0.5}', '{"right": {"minimum": 0.5}}', '{"right": {}}', '{"right": {"min": "0.5"}}', '{"right": {"min": true}}']


@pytest.mark.parametrize("content", BAD_FLOORS)
def test_a_bad_floors_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(FloorsError, match=str(path)):
        load_floors(path)


def test_an_unknown_metric_is_an_error_not_a_pass() -> None:
    with pytest.raises(FloorsError, match="recall@7"):
        broken({"recall@7": {"min": 0.1}}, HEADLINE)


def test_the_floors_that_are_kept_here_name_metrics_of_a_report() -> None:
    assert load_floors(FLOORS).keys() <= report(SCORES)["headline"].keys()


def test_a_run_gives_back_what_it_kept(tmp_path: Path) -> None:
    run = Run.create(tmp_path, "first")
    answers = [{"id": "q1", "answer": "một\u2028hai\u0085ba"}]
    run.write_config({"gold": ["a.jsonl"], "index": Path("index")})
    run.write_answers(answers)
    run.write_report(SCORES, report(SCORES), "page")
    found = Run.find(tmp_path, "first")
    assert found.answers() == answers, "separators inside a text end no line"
    assert found.config() == {"gold": ["a.jsonl"], "index": "index"}
    assert compare(found.scores(), SCORES) == compare(SCORES, SCORES)
    assert json.loads((found.folder / "report.json").read_text())["headline"]["right"] == 0.5
    assert Run.find(tmp_path, str(found.folder)).folder == found.folder, "a folder names its run too"


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", ".."])
def test_a_run_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunError):
        Run.create(tmp_path, name)


def test_missing_and_unfinished_runs_are_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="'gone'"):
        Run.find(tmp_path, "gone")
    Run.create(tmp_path, "half").write_config({})
    with pytest.raises(RunError, match=r"answers\.jsonl"):
        Run.find(tmp_path, "half").answers()
