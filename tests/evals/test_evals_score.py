"""Scores that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from prerequisites import missing

from evals.gold import Question, load
from evals.score import Place, Score, by, cluster, parent, percentile, related, same_or_below, score, summarise, wrong_at_coverage
from xhht_qa.types import Turn

PLANS = {"a": "Nộp hồ sơ về văn thư trước ngày 01/12 hàng năm. Văn phòng tổng hợp.", "b": "Nộp trước ngày 15/6."}


def gold(**changes: Any) -> Question:
    record: dict[str, Any] = {
        "id": "q", "plans": ("a",), "type": "deadline", "style": "formal", "question": "Hạn nộp?",
        "facts": (("1/12", "đầu tháng chạp"), ("văn thư",)), "forbid": ("15/6",), "sections": (("a", "III.5.3"),),
    }  # fmt: skip
    return Question(**(record | changes))


def cite(plan: str = "a", section: str = "III.5.3", quote: str = "trước ngày 01/12 hàng năm") -> dict[str, str]:
    return {"plan": plan, "section": section, "quote": quote}


def answer(text: str = "Về văn thư, trước ngày 01 tháng 12 [1].", **changes: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": "q", "status": "answered", "answer": text, "citations": [cite()], "confidence": 0.5,
        "results": [{"plan": "b", "section": "I"}, {"plan": "a", "section": "III.5.3"}], "timings_ms": {"retrieve": 8.0, "compose": 2.0},
    }  # fmt: skip
    return record | changes


ADDRESSES = [
    (("a", "III.5.3"), True, True, "the same"),
    (("a", "III.5.3.a"), True, True, "one below"),
    (("a", "III.5.3/-1/+2"), True, True, "a bullet of the same"),
    (("a", "III.5"), False, True, "the parent"),
    (("a", "III.5.3.a.1"), False, False, "two below"),
    (("a", "III"), False, False, "two above"),
    (("a", "III.5.2"), False, False, "a sibling"),
    (("a", "III.5.30"), False, False, "the same first letters are no kinship"),
    (("b", "III.5.3"), False, False, "another plan"),
]


@pytest.mark.parametrize(("place", "strict", "loose", "why"), ADDRESSES)
def test_kinship_of_addresses(place: Place, strict: bool, loose: bool, why: str) -> None:
    target = ("a", "III.5.3")
    assert (same_or_below(place, target), related(place, target)) == (strict, loose), why


def test_parents() -> None:
    assert [parent(address) for address in ("III.5.3.a", "III(2).1", "Đ5.2", "III", "mo-dau")] == ["III.5.3", "III(2)", "Đ5", None, None]
    assert not related(("a", "I"), ("a", "II")), "two parts have no parent in common"


RIGHT = [
    (gold(), answer(), True, "facts in another spelling, cited"),
    (gold(), answer("Trước 1/12."), False, "a fact is missing"),
    (gold(), answer("Văn thư, trước 1/12 hoặc 15/06."), False, "the sibling's date is there too"),
    (gold(), answer("Văn thư, trước 21/12."), False, "1/12 cut out of 21/12"),
    (gold(), answer(citations=[]), False, "nothing cited"),
    (gold(), answer(citations=[cite(section="III.5")]), True, "the parent is cited"),
    (gold(), answer(citations=[cite("b")]), False, "another plan is cited"),
    (gold(), answer(status="corrected"), True, "a correction answers"),
    (gold(), answer(status="clarify"), False, "a question back, though nothing was ambiguous"),
    (gold(type="ambiguous"), answer(status="clarify"), True, "a question back where it belongs"),
    (gold(), answer(status="not_found"), False, "refused"),
    (gold(), answer(status="guide"), False, "no answer"),
    (gold(sections=(("a", "III.5.3"), ("a", "IV"))), answer(), True, "one of two sections is enough"),
    (gold(sections=(("a", "III.5.3"), ("a", "IV")), need_all=True), answer(), False, "both are needed"),
    (gold(type="unanswerable", plans=(), sections=(), facts=()), answer(status="not_found", citations=[]), True, "refused as it should be"),
    (gold(type="unanswerable", plans=(), sections=(), facts=()), answer(), False, "made up"),
    (gold(type="unanswerable", plans=(), sections=(), facts=()), answer(status="failed"), False, "a breakdown is no refusal"),
]


@pytest.mark.parametrize(("question", "given", "right", "why"), RIGHT)
def test_right(question: Question, given: dict[str, Any], right: bool, why: str) -> None:
    assert score(question, given, PLANS).right is right, why


QUOTES = [
    ([cite(quote="Nộp hồ sơ về  văn thư\ntrước ngày 01/12")], True, "line ends and spaces do not matter"),
    ([cite(quote="**Nộp** hồ sơ")], True, "nor does markdown"),
    ([cite(quote="trước ngày 1/12")], False, "a date as printed, not as meant"),
    ([cite(quote="hằng năm")], False, "nor a modern spelling"),
    ([cite(quote="nộp hồ sơ")], False, "nor other capitals"),
    ([cite(), cite("b", quote="01/12")], False, "it stands in another plan"),
    ([cite("c")], False, "there is no such plan"),
    ([cite(quote="")], False, "an empty quote quotes nothing"),
    ([], None, "nothing quoted, nothing to judge"),
]


@pytest.mark.parametrize(("citations", "verbatim", "why"), QUOTES)
def test_verbatim(citations: list[dict[str, str]], verbatim: bool | None, why: str) -> None:
    assert score(gold(), answer(citations=citations), PLANS).verbatim is verbatim, why


def test_one_score_in_full() -> None:
    question = gold(sections=(("a", "III.5.3"), ("a", "IV")), need_all=True, history=(Turn("user", "Chào"),))
    given = answer(citations=[cite(section="III.5"), cite("b", "I", "Nộp trước")])
    assert score(question, given, PLANS) == Score(
        id="q", cluster="deadline a#III.5.3 a#IV", twin_of=None, plan="a", type="deadline", style="formal", turns="multi", status="answered", right=False, facts=True, missing=(), clean=True, forbidden=(),
        citation=False, strict=False, citations=2, related=1, verbatim=True, recall={"1": 0.0, "3": 0.5, "5": 0.5, "10": 0.5},
        ranking=None, wrong_plan=True, wrong_plan_first=True, confidence=0.5, words=8, latency_ms=10.0,
    )  # fmt: skip


NOTHING: dict[str, Any] = {"type": "unanswerable", "plans": (), "sections": (), "facts": ()}
CLUSTERS = [
    (gold(), gold(id="other", question="Nộp khi nào?", style="casual"), True, "two ways to ask for one section"),
    (gold(), gold(id="q~typo", twin_of="q"), True, "a twin"),
    (gold(), gold(id="other", type="content"), False, "another kind of question about the section"),
    (gold(), gold(id="other", sections=(("a", "IV"),)), False, "another section"),
    (gold(), gold(id="other", plans=("b",), sections=(("b", "III.5.3"),)), False, "another plan"),
    (gold(sections=(("a", "I"), ("a", "IV"))), gold(sections=(("a", "IV"), ("a", "I"))), True, "the order of sections says nothing"),
    (gold(**NOTHING), gold(**NOTHING, id="other"), False, "nothing tells two unanswerable questions to be one"),
    (gold(**NOTHING), gold(**NOTHING, id="other", twin_of="q"), True, "but for a twin"),
]


@pytest.mark.parametrize(("one", "other", "together", "why"), CLUSTERS)
def test_paraphrases_are_one_cluster(one: Question, other: Question, together: bool, why: str) -> None:
    assert (cluster(one) == cluster(other)) is together, why


def test_recall_takes_alternatives_as_one_and_needed_sections_each() -> None:
    results = [{"plan": "a", "section": section} for section in ("I", "III.5", "II", "II.1", "IV.2.a", "IV")]
    pair = (("a", "III.5.3"), ("a", "IV"))
    either, both = (score(gold(sections=pair, need_all=need_all), answer(results=results), PLANS).recall for need_all in (False, True))
    assert either == {"1": 0.0, "3": 1.0, "5": 1.0, "10": 1.0}
    assert both == {"1": 0.0, "3": 0.5, "5": 0.5, "10": 1.0}


def test_wrong_plan_is_judged_only_where_one_plan_is_right() -> None:
    two = gold(plans=("a", "b"))
    assert score(two, answer(citations=[cite("b")]), PLANS).wrong_plan is None
    assert score(gold(), answer(citations=[]), PLANS).wrong_plan is False
    assert score(gold(), answer(results=[]), PLANS).wrong_plan_first is None


def test_latency_is_the_total_where_the_engine_gives_one() -> None:
    assert score(gold(), answer(timings_ms={"retrieve": 8.0, "total": 11.0}), PLANS).latency_ms == 11.0
    assert score(gold(), answer(timings_ms={}), PLANS).latency_ms is None


def scored(identifier: str, right: bool, status: str = "answered", confidence: float = 0.5, **changes: Any) -> Score:
    base = score(gold(id=identifier), answer(), PLANS)
    return replace(base, right=right, status=status, confidence=confidence, **changes)


def test_refusals() -> None:
    scores = [
        scored("1", True, "not_found", type="unanswerable"),
        scored("2", True, "not_found", type="unanswerable"),
        scored("3", False, "answered", type="unanswerable"),
        scored("4", False, "not_found"),
        scored("5", True),
    ]
    figures = summarise(scores)
    assert figures["refusal_precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["refusal_recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["refusal_f1"] == pytest.approx(2 / 3, abs=1e-4)
    never = summarise(scores[2:3] + scores[4:])
    assert (never["refusal_precision"], never["refusal_recall"], never["refusal_f1"]) == (None, 0.0, 0.0)


def test_wrong_answers_among_the_most_confident() -> None:
    scores = [scored(str(rank), right=rank not in (3, 9), confidence=1 - rank / 10) for rank in range(10)]
    assert wrong_at_coverage(scores) == pytest.approx(1 / 9, abs=1e-4), "the tenth, wrong and least sure, is left out"
    assert wrong_at_coverage([*scores, scored("r", False, "not_found", 1.0)]) == pytest.approx(1 / 9, abs=1e-4), "a refusal is no answer"
    assert wrong_at_coverage([]) is None


def test_figures_are_means_over_what_can_be_judged() -> None:
    scores = [
        scored("1", True, citations=2, related=2, words=5, latency_ms=10.0),
        scored("2", False, citations=2, related=1, words=9, latency_ms=30.0, verbatim=None),
        scored("3", True, type="unanswerable", citations=0, related=0, recall=None, facts=None, words=40, latency_ms=20.0, verbatim=False),
    ]
    figures = summarise(scores)
    assert figures["questions"] == 3
    assert figures["right"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["facts"] == 1.0
    assert figures["citation_precision"] == 0.75
    assert figures["verbatim"] == 0.5
    assert (figures["recall@1"], figures["recall@3"]) == (0.0, 1.0)
    assert (figures["words"], figures["latency_p50_ms"], figures["latency_p95_ms"]) == (9, 20.0, 30.0)
    assert set(summarise([]).values()) == {0, None}, "nothing asked, nothing measured"


def test_groups_come_commonest_first() -> None:
    scores = [scored("1", True, style="typo"), scored("2", True), scored("3", False)]
    groups = by(scores, lambda one: one.style)
    assert list(groups) == ["formal", "typo"]
    assert (groups["formal"]["right"], groups["typo"]["right"]) == (0.5, 1.0)


PERCENTILES = [([], 50, None), ([7.0], 95, 7.0), ([1.0, 2.0, 3.0, 4.0], 50, 2.0), ([1.0, 2.0, 3.0, 4.0], 95, 4.0), ([1.0, 2.0], 0, 1.0)]


@pytest.mark.parametrize(("ordered", "percent", "expected"), PERCENTILES)
def test_percentile_is_a_measured_value(ordered: list[float], percent: int, expected: float | None) -> None:
    assert percentile(ordered, percent) == expected


CHECKOUT = Path(__file__).parents[2]
GOLD = [CHECKOUT / "evals" / name for name in ("gold", "practice/1/gold", "practice/2/gold", "practice/3/gold", "practice/4/gold", "heldout/gold")]


@pytest.mark.parametrize("folder", [*GOLD, pytest.param(CHECKOUT.parent / "shared" / "gold", marks=pytest.mark.shared)], ids=str)
def test_every_gold_answer_is_right_by_its_own_facts(folder: Path) -> None:
    """Only ids are named: nobody reads what is held out, not even where it fails."""
    if not list(folder.glob("*.jsonl")):
        missing(f"{folder} holds no gold")
    assert [question.id for question in load([folder]) if not right_by_itself(question)] == []


def right_by_itself(question: Question) -> bool:
    """Whether the answer that stands beside a question is right when it cites all the sections that do."""
    status = "not_found" if question.type == "unanswerable" else "answered"
    return score(question, answer(question.answer, status=status, citations=[cite(plan, section) for plan, section in question.sections]), {}).right
