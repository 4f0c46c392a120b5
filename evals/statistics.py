"""How far a figure, or the difference of two runs, can be trusted: bootstrap over clusters of questions, exact tests of flips.

**Cluster.** Questions about the same sections of the same plans, of one type, are paraphrases of each other: when one is right the
others mostly are, so they count as one draw, not as several. An unanswerable question has no sections and is a cluster with its
twins alone. ``Score.cluster`` names it. Resampling whole clusters keeps an interval from shrinking when a question is said in more ways.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Part = tuple[float, float]  # what one question adds to the part and to the whole of a share
Values = NDArray[np.float64]
T = TypeVar("T")
Side = Literal["two-sided", "less"]

SEED = 2026  # of every resampling: the same scores give the same intervals
FEWER_RESAMPLES = 999  # where a figure is worked out question by question
RESAMPLES = 4999  # another seed then moves a bound by at most 0.2 points; with 999 by up to 0.8


class Interval(NamedTuple):
    """Bounds of a share or of a difference of shares, 0..1 and -1..1; infinite on the side that is not asked for."""

    low: float
    high: float


def interval(parts: Sequence[Part], clusters: Sequence[str]) -> Interval | None:
    """The 95 % interval of a share, by the bootstrap over clusters (BCa); None for fewer than two clusters.

    Where all clusters are wholly right or all wholly wrong, resampling sees no spread; then the exact binomial bounds of as many draws as clusters.
    """
    sums = _sums([parts], clusters)
    if len(sums) < 2:
        return None
    shares = sums[:, 0] / sums[:, 1]
    if np.all(shares == shares[0]):
        return _exact(len(sums), all_right=bool(shares[0])) if shares[0] in (0, 1) else Interval(float(shares[0]), float(shares[0]))
    return _bootstrap(sums, "BCa")


def interval_of(statistic: Callable[[list[T]], float | None], items: Sequence[T], clusters: Sequence[str]) -> Interval | None:
    """The 95 % interval of a figure that is no share, such as a median, by percentiles of the same bootstrap; None where it cannot be had."""
    members: dict[str, list[T]] = defaultdict(list)
    for item, cluster in zip(items, clusters, strict=True):
        members[cluster].append(item)
    groups = list(members.values())
    if len(groups) < 2:
        return None
    draws = np.random.default_rng(SEED).integers(len(groups), size=(FEWER_RESAMPLES, len(groups)))
    found = [statistic([item for group in draw for item in groups[group]]) for draw in draws]
    known = [value for value in found if value is not None]
    return Interval(*(round(float(bound), 4) for bound in np.quantile(known, (0.025, 0.975)))) if known else None


def difference(earlier: Sequence[Part], later: Sequence[Part], clusters: Sequence[str], side: Side = "two-sided") -> Interval | None:
    """The 95 % interval of later − earlier, both over the same questions in the same order; None for fewer than two clusters.

    "less" gives the one-sided bound: with 95 % confidence the difference is at most ``high``.
    """
    sums = _sums([later, earlier], clusters)
    if len(sums) < 2:
        return None
    if np.all(sums[:, :2] == sums[:, 2:]):
        return Interval(0.0, 0.0)  # nothing moved
    return _bootstrap(sums, "percentile", side)


def share(parts: Sequence[Part]) -> float | None:
    """The sum of the parts over the sum of the wholes; None where nothing was there to measure."""
    whole = sum(of for _, of in parts)
    return round(sum(part for part, _ in parts) / whole, 4) if whole else None


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p of McNemar's test: how likely flips as uneven as these are if both runs were equally good, each question on its own."""
    from scipy.stats import binomtest

    return float(binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else 1.0


def _sums(figures: Sequence[Sequence[Part]], clusters: Sequence[str]) -> Values:
    """(clusters, 2 × figures): part and whole of each figure in each cluster; clusters that no figure measures are left out."""
    place = {cluster: row for row, cluster in enumerate(dict.fromkeys(clusters))}
    sums = np.zeros((len(place), 2 * len(figures)))
    for column, parts in enumerate(figures):
        for cluster, part in zip(clusters, parts, strict=True):
            sums[place[cluster], 2 * column : 2 * column + 2] += part
    return sums[sums[:, 1::2].any(axis=1)]


def _bootstrap(sums: Values, method: Literal["BCa", "percentile"], side: Side = "two-sided") -> Interval | None:
    """The interval of a share (two columns) or of the first share less the second (four).

    BCa follows the skew of a share near 1. A difference rests on few flips, where BCa claims more than the exact test does: percentiles.
    """
    from scipy.stats import bootstrap

    def statistic(*columns: Values, axis: int = -1) -> Any:
        totals = [column.sum(axis=axis) for column in columns]
        with np.errstate(invalid="ignore", divide="ignore"):
            return totals[0] / totals[1] - (totals[2] / totals[3] if len(totals) > 2 else 0)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of resamples in which nothing was measured; they give no interval
        found = bootstrap(
            tuple(sums.T),
            statistic,
            paired=True,
            vectorized=True,
            n_resamples=RESAMPLES,
            batch=500,
            method=method,
            alternative=side,
            rng=np.random.default_rng(SEED),
        ).confidence_interval
    low, high = float(found.low), float(found.high)
    return None if np.isnan(low) or np.isnan(high) else Interval(round(low, 4), round(high, 4))


def _exact(clusters: int, all_right: bool) -> Interval:
    from scipy.stats import binomtest

    bounds = binomtest(clusters if all_right else 0, clusters).proportion_ci(0.95)
    return Interval(round(float(bounds.low), 4), round(float(bounds.high), 4))
