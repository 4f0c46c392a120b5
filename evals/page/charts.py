"""Curves and bars as places in a picture of ``WIDTH`` × ``HEIGHT``; the template only draws them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 420, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 404, 14, 196
_BARS = 16
_SLOWEST_SHOWN = 0.99  # of the answers; a few slow ones would flatten the rest
_STEPS = (1, 2, 5)  # of a scale, times a power of ten; one per cent at least
_LEAST = 0.05  # of a scale: ticks are whole per cents


class Mark(NamedTuple):
    """A place, and what is said of it."""

    x: float
    y: float
    said: str


class Chart(NamedTuple):
    """``marks`` of a curve or the tops of bars of ``bar`` width; ``ideal`` is a second line, if there is one."""

    title: str
    note: str
    x_name: str
    y_name: str
    x_ticks: Sequence[Mark]
    y_ticks: Sequence[Mark]
    marks: Sequence[Mark]
    ideal: Sequence[Mark] = ()
    bar: float = 0
    floor: float = _BOTTOM


class Axis(NamedTuple):
    """From the lowest to the highest value shown, with the values that are written at it."""

    low: float
    high: float
    ticks: Sequence[float]

    def x(self, value: float) -> float:
        """From the left."""
        return round(_LEFT + (value - self.low) / (self.high - self.low) * (_RIGHT - _LEFT), 1)

    def y(self, value: float) -> float:
        """From the top."""
        return round(_BOTTOM - (value - self.low) / (self.high - self.low) * (_BOTTOM - _TOP), 1)


SHARES = Axis(0, 1, (0, 0.25, 0.5, 0.75, 1))


def axis(values: Iterable[float], low: float | None = None, high: float | None = None) -> Axis:
    """Four to eight round ticks around the values; ``low`` or ``high`` says where it ends instead of the values."""
    known = list(values)
    bottom, top = min(known) if low is None else low, max(known) if high is None else high
    if top - bottom < _LEAST:
        bottom, top = (top - _LEAST, top) if low is None else (bottom, bottom + _LEAST)
    step = next(factor * 10.0**power for power in range(-2, 9) for factor in _STEPS if (top - bottom) / (factor * 10.0**power) <= 6)
    first, last = math.floor(round(bottom / step, 6)), math.ceil(round(top / step, 6))
    return Axis(first * step, last * step, [count * step for count in range(first, last + 1)])


def curve(
    points: Sequence[tuple[float, float]],
    across: Axis,
    up: Axis,
    named: Callable[[float], str],
    valued: Callable[[float], str],
    told: Sequence[str],
    *,
    title: str,
    note: str,
    x_name: str,
    y_name: str,
    ideal: Sequence[tuple[float, float]] = (),
) -> Chart:
    """A line through the points, (x, y) on the two axes, each with what is ``told`` of it."""
    return Chart(
        title,
        note,
        x_name,
        y_name,
        [Mark(across.x(value), _BOTTOM, named(value)) for value in across.ticks],
        [Mark(_LEFT, up.y(value), valued(value)) for value in up.ticks],
        [Mark(across.x(x), up.y(y), said) for (x, y), said in zip(points, told, strict=True)],
        [Mark(across.x(x), up.y(y), "") for x, y in ideal],
    )


def histogram(values: Iterable[float], *, title: str, note: str, x_name: str, y_name: str, unit: str) -> Chart:
    """How many of the values, of which there is one at least, lie in each of equally wide bars; the slowest few are left out."""
    ordered = sorted(values)
    shown = ordered[: math.ceil(_SLOWEST_SHOWN * len(ordered))]
    across = axis(shown, low=0, high=max(shown[-1], 1))
    width = across.high / _BARS
    counts = [sum(width * bar <= value < width * (bar + 1) for value in shown) for bar in range(_BARS)]
    up = axis(counts, low=0, high=max(4, *counts))
    tops = [
        Mark(across.x(width * bar), up.y(count), f"từ {width * bar:.0f} đến {width * (bar + 1):.0f} {unit}: {count} câu") for bar, count in enumerate(counts)
    ]
    return Chart(
        title,
        note,
        x_name,
        y_name,
        [Mark(across.x(value), _BOTTOM, f"{value:g}") for value in across.ticks],
        [Mark(_LEFT, up.y(value), f"{value:g}") for value in up.ticks],
        tops,
        bar=round((_RIGHT - _LEFT) / _BARS - 2, 1),
    )
