"""The figures of a run as a dictionary, as aligned text and as markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from evals.score import (
    SHARES,
    Figures,
    Score,
    brier,
    by,
    calibration_error,
    judged_answers,
    median_words,
    reliability,
    summarise,
    wrong_at_coverage,
    wrong_shares,
)
from evals.statistics import Interval, difference, interval, interval_of, share

GROUPINGS = ("turns", "type", "style", "plan", "conversation", "robustness", "system")
PAIRED = ("right", "citation", "recall@1", "recall@5")
OURS = "this assistant"
LOST = "recall@5_lost_without_diacritics"

_COLUMNS = {
    "questions": "n",
    "right": "right",
    "facts": "facts",
    "clean": "clean",
    "citation": "cited",
    "strict": "strict",
    "citation_precision": "precise",
    "verbatim": "verbatim",
    "recall@1": "@1",
    "recall@3": "@3",
    "recall@5": "@5",
    "recall@10": "@10",
    "nDCG@10": "nDCG",
    "RR@10": "MRR",
    "wrong_plan": "wrong plan",
    "wrong_plan_first": "1st wrong",
    "words": "words",
}  # fmt: skip
_COUNTS = {"questions", "words", "latency_p50_ms", "latency_p95_ms"}  # everything else is a share, shown in per cent


def report(scores: Sequence[Score], alone: Sequence[Score] = (), baselines: Mapping[str, Sequence[Score]] = MappingProxyType({})) -> dict[str, Any]:
    """Every figure of a run; all but ``robustness`` are about the questions that are no twin of another one in the run.

    ``headline`` and the 95 % ``intervals`` of what is a share in it; the same figures by turns, type, style and plan; ``conversation``, the questions
    with a history beside themselves asked ``alone``; ``robustness``, the twins of each style beside their originals; ``system``, each of the
    ``baselines`` (name → its scores of all questions) beside us; ``paired``, for these comparisons, the difference of some figures with its interval;
    ``confidence``, how far it can be trusted.
    """
    asked = {score.id for score in scores}
    own = [score for score in scores if score.twin_of not in asked]
    pairs = {"standing alone": ("in conversation", *_alone(own, alone)), **_robustness(scores)}
    pairs = {name: pair for name, pair in pairs.items() if pair[1]}
    sides = {name: {other: summarise(before), name: summarise(after)} for name, (other, before, after) in pairs.items()}
    others = {name: [score for score in theirs if score.twin_of not in asked] for name, theirs in baselines.items()}
    pairs |= {name: (OURS, own, theirs) for name, theirs in others.items()}
    judged = judged_answers(own)
    return {
        "headline": {**summarise(own), LOST: lost_without_diacritics(own)},
        "intervals": intervals(own),
        "turns": by(own, lambda score: score.turns),
        "type": by(own, lambda score: score.type),
        "style": by(own, lambda score: score.style),
        "plan": by(own, lambda score: score.plan),
        "conversation": sides.pop("standing alone", {}),
        "robustness": {row: figures for side in sides.values() for row, figures in side.items()},
        "system": {OURS: summarise(own), **{name: summarise(theirs) for name, theirs in others.items()}} if others else {},
        "paired": {f"{name} − {other}": differences(before, after) for name, (other, before, after) in pairs.items()},
        "confidence": {
            "answers": len(judged),
            "wrong_shares": wrong_shares(judged),
            "calibration_error": calibration_error(judged),
            "brier": brier(judged),
            "reliability": reliability(judged),
        },
    }


def lost_without_diacritics(scores: Sequence[Score]) -> float | None:
    """How much lower section recall at 5 is than in formal questions."""
    formal, bare = (share([SHARES["recall@5"](score) for score in scores if score.style == style]) for style in ("formal", "no_diacritics"))
    return None if formal is None or bare is None else round(formal - bare, 4)


def intervals(scores: Sequence[Score]) -> dict[str, Interval | None]:
    """The 95 % interval of every figure of the headline but the number of questions and the times, which are this machine's."""
    clusters = [score.cluster for score in scores]
    shares = {metric: interval([part(score) for score in scores], clusters) for metric, part in SHARES.items()}
    others = {"wrong_at_90": wrong_at_coverage, "words": median_words, LOST: lost_without_diacritics}
    return shares | {metric: interval_of(statistic, scores, clusters) for metric, statistic in others.items()}


def differences(before: Sequence[Score], after: Sequence[Score]) -> dict[str, dict[str, Any]]:
    """By how much some figures of the same questions, in the same order, differ, and the 95 % interval of that."""
    clusters = [score.cluster for score in before]
    found = {}
    for metric in PAIRED:
        old, new = ([SHARES[metric](score) for score in scores] for scores in (before, after))
        was, now = share(old), share(new)
        if was is not None and now is not None:
            found[metric] = {"by": round(now - was, 4), "interval": difference(old, new, clusters)}
    return found


def _alone(scores: Sequence[Score], alone: Sequence[Score]) -> tuple[list[Score], list[Score]]:
    """The questions of conversations that were asked alone too, and how those fared, in the same order."""
    again = {score.id: score for score in alone}
    both = [score for score in scores if score.id in again]
    return both, [again[score.id] for score in both]


def _robustness(scores: Sequence[Score]) -> dict[str, tuple[str, list[Score], list[Score]]]:
    """Style of twins → (the name of their originals, the originals, the twins), in the same order."""
    originals = {score.id: score for score in scores}
    twins = [score for score in scores if score.twin_of in originals]
    kinds = {style: [twin for twin in twins if twin.style == style] for style in sorted({twin.style for twin in twins})}
    return {style: (f"{style}: originals", [originals[twin.twin_of or ""] for twin in some], some) for style, some in kinds.items()}


def text(report: Mapping[str, Any]) -> str:
    """For the terminal: the headline, then one table for each grouping."""
    parts = _opening(report)
    for grouping in _groupings(report):
        rows = _rows(grouping, report[grouping])
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        parts.append("\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows))
    return "\n\n".join(parts) + "\n"


def markdown(report: Mapping[str, Any], scores: Sequence[Score]) -> str:
    """For the run's folder: the same tables and why each question that is not right is not."""
    parts = ["# Evaluation", *_opening(report)]
    for grouping in _groupings(report):
        head, *rows = ("| " + " | ".join(row) + " |" for row in _rows(grouping, report[grouping]))
        parts.append("\n".join([head, "|---" + "|--:" * len(_COLUMNS) + "|", *rows]))
    parts.append(_confidence(report["confidence"]))
    parts.append("## Not right\n" + "\n".join(f"- {score.id}: {why_wrong(score)}" for score in scores if not score.right))
    return "\n\n".join(parts) + "\n"


def why_wrong(score: Score) -> str:
    """In a few words, every reason why an answer is not right."""
    reasons = [f"status {score.status}"]
    reasons += [f"lacks “{fact[0]}”" for fact in score.missing]
    reasons += [f"says “{form}”" for form in score.forbidden]
    if score.citation is False:
        reasons.append("cites no gold section" if not score.related else "cites only some of the gold sections")
    return ", ".join(reasons)


def figure(metric: str, value: float | None) -> str:
    """A value as people read it: a count, or a share in per cent."""
    if value is None:
        return "–"
    return f"{value:.0f}" if metric in _COUNTS else f"{100 * value:.1f}"


def points(spread: Interval) -> str:
    """The bounds of a difference, in points."""
    return f"{100 * spread.low:+.1f} to {100 * spread.high:+.1f}"


def _groupings(report: Mapping[str, Any]) -> list[str]:
    return [grouping for grouping in GROUPINGS if report[grouping]]


def _confidence(confidence: Mapping[str, Any]) -> str:
    """The risk-coverage curve and the reliability of the answers given, refusals left out."""
    if not confidence["answers"]:
        return "## Confidence\nNo answer was given."
    curve = [f"| {coverage:.0%} | {figure('wrong', wrong)} | {'█' * round(100 * wrong)} |" for coverage, wrong in confidence["wrong_shares"]]
    bins = [f"| {count} | {figure('confidence', chance)} | {figure('right', right)} |" for count, chance, right in confidence["reliability"]]
    lines = [
        "## Confidence",
        "The least confident answers are left out first; the bins of the second table hold equally many.",
        "",
        "| answered | wrong, % | |",
        "|--:|--:|---|",
        *curve,
        "",
        "| answers | mean confidence, % | right, % |",
        "|--:|--:|--:|",
        *bins,
    ]
    return "\n".join(lines)


def _rows(grouping: str, groups: Mapping[str, Figures]) -> list[list[str]]:
    head = [f"by {grouping}", *_COLUMNS.values()]
    return [head, *([group, *(figure(metric, figures[metric]) for metric in _COLUMNS)] for group, figures in groups.items())]


def _opening(report: Mapping[str, Any]) -> list[str]:
    headline = _headline(report["headline"], report["intervals"])
    if report["confidence"]["answers"]:
        headline += f"\n{_calibration(report['confidence'])}"
    return [headline, _paired(report["paired"])] if report["paired"] else [headline]


def _calibration(confidence: Mapping[str, Any]) -> str:
    error = figure("error", confidence["calibration_error"])
    return f"confidence of {confidence['answers']} answers: expected calibration error {error} points, Brier score {confidence['brier']:.3f}"


def _paired(paired: Mapping[str, Any]) -> str:
    """How much better or worse the same questions fare when they are put otherwise."""
    return "\n".join(f"{name}, in points: {' · '.join(_apart(metric, of) for metric, of in metrics.items())}" for name, metrics in paired.items())


def _apart(metric: str, of: Mapping[str, Any]) -> str:
    spread = of["interval"]
    return f"{metric} {100 * of['by']:+.1f}" + (f" ({points(Interval(*spread))})" if spread else "")


def _headline(figures: Figures, spreads: Mapping[str, Interval | None]) -> str:
    """Shares in per cent, each with its 95 % interval."""

    def show(metric: str) -> str:
        spread = spreads.get(metric)
        return figure(metric, figures[metric]) + (f" ({figure(metric, spread[0])}–{figure(metric, spread[1])})" if spread else "")

    lines = (
        f"{show('questions')} questions: {show('right')} % right, {show('citation')} % cite a gold section, {show('verbatim')} % with every quote verbatim, "
        f"{show('failed')} % failed; in brackets, 95 % intervals",
        f"section recall @1 {show('recall@1')} · @3 {show('recall@3')} · @5 {show('recall@5')} · @10 {show('recall@10')} %",
        f"nDCG@10 {show('nDCG@10')} % · mean reciprocal rank {show('RR@10')} %",
        f"recall @5 is {show(LOST)} points lower without diacritics than in formal questions",
        f"wrong plan cited in {show('wrong_plan')} %, first found in {show('wrong_plan_first')} % of the questions about one plan",
        f"refusals: precision {show('refusal_precision')} %, recall {show('refusal_recall')} %, F1 {show('refusal_f1')} %; "
        f"answered though unanswerable {show('invented')} %",
        f"wrong among the 90 % most confident answers: {show('wrong_at_90')} %",
        f"median answer {show('words')} words; latency p50 {show('latency_p50_ms')} ms, p95 {show('latency_p95_ms')} ms",
    )
    return "\n".join(lines)
