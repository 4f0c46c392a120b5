"""Scoring: gold and answers in, figures out. Pure and deterministic; no model judges anything."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from evals.gold import Question
from evals.normalise import comparable, holds, plain, printed
from evals.ranking import measured
from evals.statistics import Part, share

Place = tuple[str, str]  # (plan id, section address)
Judged = tuple[float, bool]  # the confidence of an answer, and whether it is right
Figures = dict[str, float | None]  # a metric's value, None where nothing was there to measure

DEPTHS = (1, 3, 5, 10)
MEASURES = ("nDCG@10", "RR@10")
COVERAGE = 0.9
COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
GIVEN = {"answered", "corrected", "clarify"}


@dataclass(frozen=True)
class Score:
    """One question's outcome; None where the question gives nothing to judge by."""

    id: str
    cluster: str  # the same for paraphrases of one question; see evals.statistics
    twin_of: str | None  # the question that this one says otherwise
    plan: str  # its id, "several plans" or "no plan"
    type: str
    style: str
    turns: str  # "single" or "multi"
    status: str
    right: bool
    facts: bool | None
    missing: tuple[tuple[str, ...], ...]  # the facts, each with its alternatives, that the answer lacks
    clean: bool | None  # nothing forbidden is in the answer
    forbidden: tuple[str, ...]  # what was found of it
    citation: bool | None
    strict: bool | None
    citations: int  # of a question that has gold sections, else 0
    related: int  # how many of them are related to a gold section
    verbatim: bool | None
    recall: Mapping[str, float] | None  # "1", "3", "5", "10" → 0..1
    ranking: Mapping[str, float] | None  # a measure of MEASURES → 0..1
    wrong_plan: bool | None
    wrong_plan_first: bool | None
    confidence: float
    words: int
    latency_ms: float | None


def parent(address: str) -> str | None:
    """III.5.3.a → III.5.3; None for a part."""
    return address.rpartition(".")[0] or None


def same_or_below(found: Place, gold: Place) -> bool:
    """The same section or one directly below it; bullets say nothing."""
    (plan, address), (gold_plan, gold_address) = _section(found), _section(gold)
    return plan == gold_plan and gold_address in (address, parent(address))


def related(found: Place, gold: Place) -> bool:
    """``same_or_below``, or the gold section's parent."""
    return same_or_below(found, gold) or same_or_below(gold, found)


def _section(place: Place) -> Place:
    return place[0], place[1].partition("/")[0]


def score(question: Question, answer: Mapping[str, Any], plans: Mapping[str, str], ranking: Mapping[str, float] | None = None) -> Score:
    """Judge one answer (the Answer JSON plus "results"); ``plans`` maps plan ids to their text as ``printed``, ``ranking`` is its row of ``rankings``."""
    text = comparable(answer["answer"])
    missing = tuple(fact for fact in question.facts if not any(holds(text, comparable(form)) for form in fact))
    forbidden = tuple(form for form in question.forbid if holds(text, comparable(form)))
    cited: list[Place] = [(citation["plan"], citation["section"]) for citation in answer["citations"]]
    ranked: list[Place] = [(result["plan"], result["section"]) for result in answer["results"]]
    needed = all if question.need_all else any
    citation = needed(any(related(place, gold) for place in cited) for gold in question.sections)
    strict = needed(any(same_or_below(place, gold) for place in cited) for gold in question.sections)
    answerable = question.type != "unanswerable"
    given = answer["status"] in ("answered", "corrected") or (answer["status"] == "clarify" and question.type == "ambiguous")
    one_plan = question.plans[0] if len(question.plans) == 1 else None
    return Score(
        id=question.id,
        cluster=cluster(question),
        twin_of=question.twin_of,
        plan=one_plan or ("several plans" if question.plans else "no plan"),
        type=question.type,
        style=question.style,
        turns="multi" if question.history else "single",
        status=answer["status"],
        right=(given and not missing and not forbidden and citation) if answerable else answer["status"] == "not_found",
        facts=not missing if answerable else None,
        missing=missing,
        clean=not forbidden if answerable else None,
        forbidden=forbidden,
        citation=citation if answerable else None,
        strict=strict if answerable else None,
        citations=len(cited) if answerable else 0,
        related=sum(any(related(place, gold) for gold in question.sections) for place in cited),
        verbatim=all(_stands(citation, plans) for citation in answer["citations"]) if cited else None,
        recall={str(depth): recall(question, ranked[:depth]) for depth in DEPTHS} if answerable else None,
        ranking=ranking if answerable else None,
        wrong_plan=any(plan != one_plan for plan, _ in cited) if one_plan else None,
        wrong_plan_first=ranked[0][0] != one_plan if one_plan and ranked else None,
        confidence=answer["confidence"],
        words=len(plain(answer["answer"]).split()),
        latency_ms=_latency(answer.get("timings_ms") or {}),
    )


def cluster(question: Question) -> str:
    """Paraphrases share one: the plans, the gold sections and the type; without gold sections the question with its twins alone."""
    if not question.sections:
        return question.twin_of or question.id
    return " ".join([question.type, *sorted(f"{plan}#{address}" for plan, address in question.sections)])


def recall(question: Question, ranked: Sequence[Place]) -> float:
    """The share of gold sections found where all are needed, else whether one is: the others are alternatives."""
    found = [any(related(place, gold) for place in ranked) for gold in question.sections]
    return sum(found) / len(found) if question.need_all else float(any(found))


def rankings(questions: Iterable[Question], answers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """MEASURES of each answerable question's "results", by its id; ``answers`` by the ids of questions.

    A related section stands for the gold section that it is related to, once. Gold sections of which one is enough count as one.
    """
    relevant: dict[str, list[str]] = {}
    ranked: dict[str, list[str]] = {}
    for question in questions:
        if question.sections:
            gold = question.sections if question.need_all else question.sections[:1]
            relevant[question.id] = ["gold " + "#".join(place) for place in gold]
            ranked[question.id] = list(_as_gold(question, [(result["plan"], result["section"]) for result in answers[question.id]["results"]]))
    return measured(relevant, ranked, MEASURES)


def _as_gold(question: Question, ranked: Sequence[Place]) -> Iterator[str]:
    left = list(question.sections)
    for place in ranked:
        met = next((gold for gold in left if related(place, gold)), None)
        if met:
            yield "gold " + "#".join(met if question.need_all else question.sections[0])
            left = [gold for gold in left if gold != met] if question.need_all else []
        else:
            yield "#".join(place)


def _stands(citation: Mapping[str, Any], plans: Mapping[str, str]) -> bool:
    quote = printed(citation["quote"])
    return bool(quote) and quote in plans.get(citation["plan"], "")


def _latency(timings: Mapping[str, float]) -> float | None:
    return timings.get("total", sum(timings.values())) if timings else None


def _of(value: float | bool | None) -> Part:
    return (0.0, 0.0) if value is None else (float(value), 1.0)


def _recall(depth: int) -> Callable[[Score], Part]:
    return lambda score: _of(score.recall[str(depth)] if score.recall else None)


def _measure(measure: str) -> Callable[[Score], Part]:
    return lambda score: _of(score.ranking[measure] if score.ranking else None)


def _refused(score: Score, rightly: bool) -> bool:
    return score.status == "not_found" and (score.type == "unanswerable" or not rightly)


# Every figure that is a share, by what one question adds to its part and to its whole; the order is the order of reports.
SHARES: Mapping[str, Callable[[Score], Part]] = {
    "right": lambda score: _of(score.right),
    "facts": lambda score: _of(score.facts),
    "clean": lambda score: _of(score.clean),
    "citation": lambda score: _of(score.citation),
    "strict": lambda score: _of(score.strict),
    "citation_precision": lambda score: (float(score.related), float(score.citations)),
    "verbatim": lambda score: _of(score.verbatim),
    **{f"recall@{depth}": _recall(depth) for depth in DEPTHS},
    **{measure: _measure(measure) for measure in MEASURES},
    "wrong_plan": lambda score: _of(score.wrong_plan),
    "wrong_plan_first": lambda score: _of(score.wrong_plan_first),
    "invented": lambda score: _of(score.status in GIVEN if score.type == "unanswerable" else None),
    "refusal_precision": lambda score: (float(_refused(score, rightly=True)), float(_refused(score, rightly=False))),
    "refusal_recall": lambda score: _of(score.status == "not_found" if score.type == "unanswerable" else None),
    "refusal_f1": lambda score: (2.0 * _refused(score, rightly=True), float(_refused(score, rightly=False)) + (score.type == "unanswerable")),
    "failed": lambda score: _of(score.status == "failed"),
}


def summarise(scores: Sequence[Score]) -> Figures:
    """Every figure over some scores."""
    latencies = sorted(score.latency_ms for score in scores if score.latency_ms is not None)
    return {
        "questions": len(scores),
        **{metric: share([part(score) for score in scores]) for metric, part in SHARES.items()},
        "wrong_at_90": wrong_at_coverage(scores),
        "words": median_words(scores),
        "latency_p50_ms": percentile(latencies, 50),
        "latency_p95_ms": percentile(latencies, 95),
    }


def median_words(scores: Sequence[Score]) -> float | None:
    """Of an answer."""
    return median(score.words for score in scores) if scores else None


def wrong_at_coverage(scores: Sequence[Score], coverage: float = COVERAGE) -> float | None:
    """Of the answers given, the most confident ``coverage``: the share that is wrong. Refusals give no answer."""
    given = sorted((score for score in scores if score.status in GIVEN), key=lambda score: (-score.confidence, score.id))
    return share([_of(not score.right) for score in given[: math.ceil(coverage * len(given))]])


def judged_answers(scores: Sequence[Score]) -> list[Judged]:
    """The confidence of each answer given, and whether it is right."""
    return [(score.confidence, score.right) for score in sorted(scores, key=lambda score: score.id) if score.status in GIVEN]


def wrong_shares(judged: Sequence[Judged], coverages: Sequence[float] = COVERAGES) -> list[tuple[float, float]]:
    """The risk-coverage curve: (coverage, the wrong share of the most confident answers); empty for no answers."""
    surest = sorted(judged, key=lambda one: -one[0])
    kept = [(coverage, surest[: math.ceil(coverage * len(surest))]) for coverage in coverages if surest]
    return [(coverage, sum(not right for _, right in some) / len(some)) for coverage, some in kept]


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[tuple[int, float, float]]:
    """(answers, mean confidence, right share) of equally many answers each, the least confident first."""
    ordered = sorted(judged)
    parts = [ordered[len(ordered) * part // bins : len(ordered) * (part + 1) // bins] for part in range(bins)]
    return [(len(some), sum(chance for chance, _ in some) / len(some), sum(right for _, right in some) / len(some)) for some in parts if some]


def calibration_error(judged: Sequence[Judged]) -> float | None:
    """The expected calibration error: by how much confidence and right share differ, the mean over all answers."""
    return round(sum(count * abs(chance - right) for count, chance, right in reliability(judged)) / len(judged), 4) if judged else None


def brier(judged: Sequence[Judged]) -> float | None:
    """The mean squared difference of confidence and outcome: 0 is perfect, 0.25 is knowing nothing."""
    return round(sum((chance - right) ** 2 for chance, right in judged) / len(judged), 4) if judged else None


def percentile(ordered: Sequence[float], percent: int) -> float | None:
    """The nearest rank: the smallest of the ordered values that ``percent`` per cent of them do not exceed."""
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)] if ordered else None


def by(scores: Sequence[Score], key: Callable[[Score], str]) -> dict[str, Figures]:
    """``summarise`` for each value of ``key``, the commonest first."""
    groups = [group for group, _ in sorted(Counter(map(key, scores)).items(), key=lambda item: (-item[1], item[0]))]
    return {group: summarise([score for score in scores if key(score) == group]) for group in groups}
