"""Logistic models that can be checked by hand, and figures of calibration that can be worked out."""

from __future__ import annotations

import numpy as np
import pytest

from evals.calibrate import chances, fit, left_out, separation
from evals.score import brier, calibration_error, reliability, wrong_shares


def test_a_bias_alone_gives_the_share_that_came_true() -> None:
    signs, outcomes = np.zeros((4, 1)), np.array([1.0, 1.0, 1.0, 0.0])
    assert chances(fit(signs, outcomes), signs) == pytest.approx([0.75] * 4)


def test_a_sign_that_tells_gets_its_weight() -> None:
    signs, outcomes = np.array([[0.0], [0.0], [1.0], [1.0]] * 5), np.array([0.0, 0.0, 1.0, 1.0] * 5)
    weight, bias = fit(signs, outcomes)
    assert weight > 3
    assert bias < -1.5


def test_a_plan_is_judged_by_what_the_other_plans_fit() -> None:
    signs, outcomes = np.zeros((4, 1)), np.array([1.0, 1.0, 0.0, 0.0])
    assert left_out(signs, outcomes, ["a", "a", "b", "c"])[:2] == pytest.approx([0.0, 0.0], abs=1e-3), "b and c never came true"


@pytest.mark.parametrize(
    ("chance", "expected", "why"),
    [([0.9, 0.8, 0.1], 1.0, "all told apart"), ([0.1, 0.2, 0.9], 0.0, "the wrong way round"), ([0.5, 0.5, 0.5], 0.5, "nothing told"), ([0.9, 0.5, 0.5], 0.75, "a tie")],
)  # fmt: skip
def test_separation(chance: list[float], expected: float, why: str) -> None:
    assert separation(np.array(chance), np.array([1.0, 1.0, 0.0])) == expected, why


JUDGED = [(0.9, True), (0.8, True), (0.6, False), (0.5, True)]


def test_the_least_confident_are_left_out_first() -> None:
    assert wrong_shares(JUDGED) == [(0.5, 0.0), (0.6, 1 / 3), (0.7, 1 / 3), (0.8, 0.25), (0.9, 0.25), (1.0, 0.25)]
    assert wrong_shares([]) == []


def test_calibration_compares_confidence_with_what_came_true() -> None:
    assert reliability(JUDGED, bins=2) == [(2, pytest.approx(0.55), 0.5), (2, pytest.approx(0.85), 1.0)]
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0.375), "each is a part of its own"
    assert brier(JUDGED) == pytest.approx((0.01 + 0.04 + 0.36 + 0.25) / 4, abs=1e-4)
    assert (calibration_error([]), brier([])) == (None, None)
