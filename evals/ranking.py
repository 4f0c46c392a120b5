"""Measures of a ranking as the field computes them, by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

Relevant = Mapping[str, Sequence[str]]  # question → the ids that answer it
Ranked = Mapping[str, Sequence[str]]  # question → ids, the best first, each once


def measured(relevant: Relevant, ranked: Ranked, measures: Sequence[str]) -> dict[str, dict[str, float]]:
    """Each question's value of each measure ("nDCG@10", "RR@10", "R@5"); a question for which nothing was found has 0 in all."""
    import ir_measures

    gold = [ir_measures.Qrel(question, id_, 1) for question, ids in relevant.items() for id_ in ids]
    found = [ir_measures.ScoredDoc(question, id_, -rank) for question, ids in ranked.items() for rank, id_ in enumerate(ids)]
    values = {question: dict.fromkeys(measures, 0.0) for question in relevant}
    for metric in ir_measures.iter_calc([ir_measures.parse_measure(measure) for measure in measures], gold, found) if found else ():
        values[metric.query_id][str(metric.measure)] = round(metric.value, 4)
    return values


def mean(values: Mapping[str, Mapping[str, float]], measure: str) -> float:
    """The mean of a measure over all questions; 0 for none."""
    return round(fmean(value[measure] for value in values.values()), 4) if values else 0.0
