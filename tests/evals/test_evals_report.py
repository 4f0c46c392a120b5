"""Reports and comparisons over scores written down by hand."""

from __future__ import annotations

from typing import Any

from evals.compare import compare
from evals.report import LOST, OURS, markdown, report, text
from evals.score import Score


def scored(identifier: str, right: bool = True, **changes: Any) -> Score:
    record: dict[str, Any] = {
        "id": identifier, "cluster": identifier, "twin_of": None, "plan": "a", "type": "deadline", "style": "formal", "turns": "single", "status": "answered", "right": right,
        "facts": right, "missing": () if right else (("1/12", "01/12"),), "clean": True, "forbidden": (), "citation": True, "strict": True,
        "citations": 1, "related": 1, "verbatim": True, "recall": {"1": 1.0, "3": 1.0, "5": 1.0, "10": 1.0}, "ranking": {"nDCG@10": 1.0, "RR@10": 1.0}, "wrong_plan": False,
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
    assert headline.startswith("4 questions: 50.0 (0.0–100.0) % right")
    assert [table.split()[1] for table in tables] == ["turns", "type", "style", "plan"]
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
    assert lines[5] == "right: 1 gained, 1 lost; McNemar's exact p = 1.000"
    moved = {line.split("  ")[0]: line.partition("  ")[2].strip() for line in lines[6:] if line}
    assert moved["recall@5"] == "66.7 → 100.0  (+0.0 to +100.0 points)", "of three clusters nothing is known"
    assert "right" not in moved, "one gained, one lost"


def test_a_comparison_with_itself_shows_nothing() -> None:
    assert compare(SCORES, SCORES).split("\n")[1:] == ["now right: 0", "no longer right: 0", ""]


def test_a_comparison_says_what_the_runs_were_made_with() -> None:
    told = compare(SCORES, SCORES, {"encoder": "a", "commit": "1"}, {"encoder": "b", "commit": "1"})
    assert told.split("\n")[1] == "encoder: a → b"


def test_twins_are_set_beside_their_originals_and_kept_out_of_the_headline() -> None:
    twins = [scored("q1~typo", right=False, twin_of="q1", style="typo"), scored("q2~typo", right=False, twin_of="q2", style="typo")]
    figures = report([*SCORES, *twins])
    assert figures["headline"]["questions"] == 4
    rows = figures["robustness"]
    assert [(name, row["questions"], row["right"]) for name, row in rows.items()] == [("typo: originals", 2, 0.5), ("typo", 2, 0.0)]
    assert figures["paired"]["typo − typo: originals"]["right"]["by"] == -0.5
    assert report(twins)["headline"]["questions"] == 2, "without their originals they are questions like any other"


def test_conversations_are_set_beside_their_questions_asked_alone() -> None:
    figures = report(SCORES, alone=[scored("q3", right=False, type="award", style="no_diacritics")])
    assert {name: row["right"] for name, row in figures["conversation"].items()} == {"in conversation": 1.0, "standing alone": 0.0}
    assert figures["paired"]["standing alone − in conversation"]["right"] == {"by": -1.0, "interval": None}, "one cluster has no interval"


def test_each_baseline_is_set_beside_us_over_the_same_questions() -> None:
    twin = scored("q1~typo", right=False, twin_of="q1", style="typo")
    figures = report([*SCORES, twin], baselines={"without the one step": [scored("q1"), scored("q2"), scored("q3", right=False), scored("q4"), twin]})
    assert {name: (row["questions"], row["right"]) for name, row in figures["system"].items()} == {OURS: (4, 0.5), "without the one step": (4, 0.75)}
    assert figures["paired"][f"without the one step − {OURS}"]["right"]["by"] == 0.25
    assert report(SCORES)["system"] == {}, "nothing was asked beside us"
