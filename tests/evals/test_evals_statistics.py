"""Intervals and tests that can be worked out by hand."""

from __future__ import annotations

import pytest

from evals.statistics import Part, difference, interval, interval_of, mcnemar, share


def parts(right: int, wrong: int) -> list[Part]:
    return [(1.0, 1.0)] * right + [(0.0, 1.0)] * wrong


def ids(count: int, together: int = 1) -> list[str]:
    return [str(number // together) for number in range(count)]


def test_a_share_is_a_sum_over_a_sum() -> None:
    assert share([(2.0, 3.0), (0.0, 0.0), (1.0, 1.0)]) == 0.75
    assert share([(0.0, 0.0)]) is None


def test_the_interval_of_a_share_is_near_the_exact_one() -> None:
    found = interval(parts(72, 8), ids(80))
    assert found is not None
    assert found.low == pytest.approx(0.81, abs=0.02), "the exact binomial bounds are 0.812 and 0.956"
    assert found.high == pytest.approx(0.956, abs=0.02)
    assert interval(parts(72, 8), ids(80)) == found, "the same every time"


def test_paraphrases_make_an_interval_no_narrower() -> None:
    once, twice = interval(parts(36, 4), ids(40)), interval(parts(72, 8), ids(80, together=2))
    assert once == twice, "the same forty questions, each said twice"


@pytest.mark.parametrize(
    ("some", "clusters", "bounds", "why"),
    [
        (parts(80, 0), ids(80), (0.9549, 1.0), "nothing wrong of eighty is not surely nothing wrong: 1 − 0.025 ** (1 / 80)"),
        (parts(0, 10), ids(10), (0.0, 0.3085), "nothing right of ten"),
        ([(0.5, 1.0)] * 4, ids(4), (0.5, 0.5), "all halves"),
        (parts(3, 0), ["a"] * 3, None, "one cluster"),
        ([(0.0, 0.0)] * 5, ids(5), None, "nothing to measure"),
    ],
)
def test_where_clusters_do_not_differ(some: list[Part], clusters: list[str], bounds: tuple[float, float] | None, why: str) -> None:
    assert interval(some, clusters) == bounds, why


@pytest.mark.parametrize(
    ("lost", "gained", "of", "bound", "why"),
    [
        (0, 0, 120, 0.0, "nothing moved"),
        (5, 0, 120, -2 / 120, "fewer than two of five lost in 4 % of the resamples only"),
        (4, 0, 120, -1 / 120, "fewer than one of four lost in 2 %, fewer than two in 9 %"),
        (1, 0, 120, 0.0, "the one is not drawn in 37 %"),
        (10, 10, 240, 7 / 240, "a swap: 1.645 times the root of 20"),
    ],
)
def test_the_bound_of_a_fall(lost: int, gained: int, of: int, bound: float, why: str) -> None:
    earlier = parts(of - gained, gained)
    later = [(0.0, 1.0)] * lost + [(1.0, 1.0)] * (of - lost)
    found = difference(earlier, later, ids(of), side="less")
    assert found is not None
    assert found.high == pytest.approx(bound, abs=0.0011 if bound else 1e-9), why


def test_a_difference_has_two_sides() -> None:
    found = difference(parts(30, 10), parts(36, 4), ids(40))
    assert found is not None
    assert 0 < found.low < 0.15 < found.high < 0.3


@pytest.mark.parametrize(("gained", "lost", "p"), [(0, 0, 1.0), (1, 1, 1.0), (0, 5, 0.0625), (5, 0, 0.0625), (1, 9, 22 / 1024), (3, 7, 352 / 1024)])
def test_mcnemar_is_exact(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)


def test_a_median_has_an_interval() -> None:
    found = interval_of(lambda values: sorted(values)[len(values) // 2], list(range(101)), ids(101))
    assert found is not None
    assert found.low < 45 < 55 < found.high
    assert interval_of(lambda values: None, [1, 2], ids(2)) is None
    assert interval_of(lambda values: 1.0, [1, 2], ["a", "a"]) is None
