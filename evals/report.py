"""The figures of a run as a dictionary, as aligned text and as markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.score import Figures, Score, brier, by, calibration_error, judged_answers, reliability, summarise, wrong_shares
from evals.stock import NAME as STOCK

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
    "wrong_plan": "wrong plan",
    "wrong_plan_first": "1st wrong",
    "words": "words",
}  # fmt: skip
_COUNTS = {"questions", "words", "latency_p50_ms", "latency_p95_ms"}  # everything else is a share, shown in per cent


def report(scores: Sequence[Score], baseline: Sequence[Score] = ()) -> dict[str, Any]:
    """``headline`` (the figures that floors may name), the same figures by turns, type and style, and how far confidence can be trusted.

    With a baseline's scores over the same questions, its figures stand under ``system`` beside ours.
    """
    styles = by(scores, lambda score: score.style)
    formal, bare = (styles.get(style, {}).get("recall@5") for style in ("formal", "no_diacritics"))
    lost = None if formal is None or bare is None else round(formal - bare, 4)
    judged = judged_answers(scores)
    system = {"system": {"this assistant": summarise(scores), STOCK: summarise(baseline)}} if baseline else {}
    return {
        "headline": {**summarise(scores), LOST: lost},
        "turns": by(scores, lambda score: score.turns),
        "type": by(scores, lambda score: score.type),
        "style": styles,
        **system,
        "confidence": {
            "answers": len(judged),
            "wrong_shares": wrong_shares(judged),
            "calibration_error": calibration_error(judged),
            "brier": brier(judged),
            "reliability": reliability(judged),
        },
    }


def text(report: Mapping[str, Any]) -> str:
    """For the terminal: the headline, then one table for each grouping."""
    parts = [_headline(report["headline"])]
    for grouping in _groupings(report):
        rows = _rows(grouping, report[grouping])
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        parts.append("\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows))
    return "\n\n".join(parts) + "\n"


def markdown(report: Mapping[str, Any], scores: Sequence[Score]) -> str:
    """For the run's folder: the same tables and why each question that is not right is not."""
    parts = ["# Evaluation", _headline(report["headline"])]
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


def _groupings(report: Mapping[str, Any]) -> list[str]:
    return [grouping for grouping in ("turns", "type", "style", "system") if grouping in report]


def _confidence(confidence: Mapping[str, Any]) -> str:
    """The risk-coverage curve and the reliability of the answers given, refusals left out."""
    if not confidence["answers"]:
        return "## Confidence\nNo answer was given."
    curve = [f"| {coverage:.0%} | {figure('wrong', wrong)} | {'█' * round(100 * wrong)} |" for coverage, wrong in confidence["wrong_shares"]]
    bins = [f"| {count} | {figure('confidence', chance)} | {figure('right', right)} |" for count, chance, right in confidence["reliability"]]
    lines = [
        "## Confidence",
        f"{confidence['answers']} answers, the least confident left out first; expected calibration error {figure('error', confidence['calibration_error'])} points, "
        f"Brier score {confidence['brier']:.3f}",
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


def _headline(figures: Figures) -> str:
    def show(metric: str) -> str:
        return figure(metric, figures[metric])

    lines = (
        f"{show('questions')} questions: {show('right')} % right, {show('verbatim')} % with every quote verbatim, {show('failed')} % failed",
        f"section recall @1 {show('recall@1')} · @3 {show('recall@3')} · @5 {show('recall@5')} · @10 {show('recall@10')} %",
        f"recall @5 is {show(LOST)} points lower without diacritics than in formal questions",
        f"wrong plan cited in {show('wrong_plan')} %, first found in {show('wrong_plan_first')} % of the questions about one plan",
        f"refusals: precision {show('refusal_precision')} %, recall {show('refusal_recall')} %, F1 {show('refusal_f1')} %",
        f"wrong among the 90 % most confident answers: {show('wrong_at_90')} %",
        f"median answer {show('words')} words; latency p50 {show('latency_p50_ms')} ms, p95 {show('latency_p95_ms')} ms",
    )
    return "\n".join(lines)
