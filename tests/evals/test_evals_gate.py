"""The gate on runs written down by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_evals_report import scored

from evals.gate import BaselineError, bounds, broken, changes, load, outcome, outside, worse
from evals.score import Score

BASELINES = sorted((Path(__file__).parents[2] / "evals" / "baseline").glob("*.json"))
OFF = {"type": "unanswerable", "status": "not_found", "facts": None, "citation": None, "citations": 0, "related": 0}


def run(of: int, wrong: range = range(0), paraphrases: int = 1) -> list[Score]:
    """``of`` answerable questions; those in ``wrong`` lack a fact and cite no gold section."""
    return [replace(scored(f"q{number}", right=number not in wrong), citation=number not in wrong, cluster=f"c{number // paraphrases}") for number in range(of)]


def refusals(of: int, invented: int = 0) -> list[Score]:
    given = [scored(f"off{number}", right=False, **OFF | {"status": "answered"}) for number in range(invented)]
    return given + [scored(f"off{number}", **OFF) for number in range(invented, of)]


CASES = [
    (run(120), run(120), [], "no change"),
    (run(120), run(120, wrong=range(3)), [], "three lost of 120 may be chance"),
    (run(120), run(120, wrong=range(4)), [], "four: the bound is one lost, less than a point"),
    (run(120), run(120, wrong=range(5)), ["right fell by 4.2 points", "citation fell by 4.2 points"], "five: the bound is two lost, 1.7 points"),
    (run(283), run(283, wrong=range(6)), [], "six of 283: the bound is two"),
    (run(283), run(283, wrong=range(8)), ["right fell by 2.8 points", "citation fell by 2.8 points"], "eight of 283"),
    (run(120), run(120, wrong=range(6), paraphrases=6), [], "six paraphrases of one question are one question lost"),
    (run(120, wrong=range(10)), run(120, wrong=range(50, 60)), [], "a swap of as many gains and losses"),
    (run(120, wrong=range(10)), run(120), [], "gains"),
    (run(120), run(60), [], "questions that were taken away are said, not counted"),
    (refusals(60), refusals(60, invented=1), [], "1.7 points"),
    (
        refusals(60),
        refusals(60, invented=2),
        ["questions answered though the plans do not say it rose by 3.3 percentage points of 60, 2 are allowed (off0, off1)"],
        "no benefit of the doubt",
    ),
    (refusals(60, invented=2), refusals(60), [], "fewer invented"),
]


@pytest.mark.parametrize(("before", "after", "begins", "why"), CASES)
def test_what_may_be_lost(before: list[Score], after: list[Score], begins: list[str], why: str) -> None:
    found = worse(after, {score.id: outcome(score) for score in before})
    assert len(found) == len(begins), why
    assert all(sentence.startswith(begin) for sentence, begin in zip(found, begins, strict=True)), why


INVARIANTS = [
    ([scored("a")], [], "all well"),
    ([scored("a"), scored("b", verbatim=False)], ["verbatim is 50.0 %, it has to be at least 100 % (b)"], "a quote that is not printed"),
    ([scored("a"), scored("b", status="failed")], ["failed is 50.0 %, it has to be at most 0 % (b)"], "a failure"),
    ([scored(f"q{number}", wrong_plan=number < 1) for number in range(50)], [], "one wrong plan in fifty"),
    ([scored(f"q{number}", wrong_plan=number < 2) for number in range(50)], ["wrong_plan is 4.0 %, it has to be at most 2 % (q0, q1)"], "two"),
    ([scored("a", verbatim=None, wrong_plan=None)], [], "nothing was cited"),
]


@pytest.mark.parametrize(("scores", "sentences", "why"), INVARIANTS)
def test_invariants(scores: list[Score], sentences: list[str], why: str) -> None:
    assert broken(scores) == sentences, why


def test_new_and_removed_questions_are_said() -> None:
    lines = changes([*run(3), scored("new")], {score.id: outcome(score) for score in run(4)})
    assert lines[:3] == ["3 questions are in the run and in the baseline", "1 only in the run: new", "1 only in the baseline: q3"]
    assert lines[3] == "right: 100.0 → 100.0 %"


@pytest.mark.parametrize("content", ["nonsense", "[]", "{}", '{"questions": ["a"]}', '{"questions": {"a": true}}'])
def test_what_is_no_baseline_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(BaselineError, match=str(path)):
        load(path)


@pytest.mark.parametrize("path", BASELINES, ids=lambda path: path.stem)
def test_the_baselines_hold_outcomes_and_nothing_of_a_plan(path: Path) -> None:
    assert len(load(path)) > 100
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"made", "bounds", "questions"}
    assert {type(value) for kept in json.loads(path.read_text(encoding="utf-8"))["questions"].values() for value in kept.values()} == {bool}


def test_there_is_a_baseline_of_each_set() -> None:
    assert [path.stem for path in BASELINES] == ["real", "sample"]


@pytest.mark.parametrize(
    ("value", "said", "why"),
    [
        (0.9, [], "the least value holds"),
        (0.89, ["right is 0.8900, it has to be from 0.9 to 1.0"], "below it"),
        (None, [], "nothing was there to measure"),
    ],
)
def test_figures_stay_within_their_bounds(value: float | None, said: list[str], why: str) -> None:
    assert outside({"right": value}, {"right": (0.9, 1.0)}) == said, why


@pytest.mark.parametrize("path", BASELINES, ids=lambda path: path.stem)
def test_the_committed_baselines_bound_what_may_never_be_lost(path: Path) -> None:
    assert {"right", "recall@1", "recall@5", "recall@5_lost_without_diacritics"} <= bounds(path).keys()
