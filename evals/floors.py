"""Bounds that a change must keep: a JSON object of headline metric → {"min": …} or {"max": …}."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from evals.score import Figures
from xhht_qa.errors import XhhtError

Floors = Mapping[str, Mapping[str, float]]


class FloorsError(XhhtError):
    """A floors file that cannot be read or names an unknown metric."""


def load_floors(path: Path) -> Floors:
    """Raises FloorsError."""
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FloorsError(f"{path} cannot be read as JSON: {error}") from None
    if not isinstance(floors, dict):
        raise FloorsError(f'{path} is not an object of metric → {{"min": …}} or {{"max": …}}')
    for metric, bounds in floors.items():
        if not isinstance(bounds, dict) or not bounds or not bounds.keys() <= {"min", "max"} or not all(map(_is_number, bounds.values())):
            raise FloorsError(f'{path}: {metric} needs {{"min": number}} or {{"max": number}}')
    return floors


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def broken(floors: Floors, headline: Figures) -> list[str]:
    """One sentence for each bound that is not kept; a metric that was not measured keeps none. Raises FloorsError."""
    sentences = []
    for metric, bounds in floors.items():
        if metric not in headline:
            raise FloorsError(f"there is no metric {metric!r}; the floors may name {', '.join(headline)}")
        value = headline[metric]
        if value is None:
            sentences.append(f"{metric} was not measured")
        elif value < bounds.get("min", value):
            sentences.append(f"{metric} is {value:g}, below {bounds['min']:g}")
        elif value > bounds.get("max", value):
            sentences.append(f"{metric} is {value:g}, above {bounds['max']:g}")
    return sentences
