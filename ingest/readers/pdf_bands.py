"""The lines of a table that nothing rules → its rows, each with the whole text of its cells.

Where the first column counts, each of its numbers stands for a row, and a cell belongs to the number that it begins beside, is centred on or
ends beside. Elsewhere a row ends at a wider distance, or where all columns begin anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise, zip_longest
from math import inf
from statistics import fmean

NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[ivxlc]+|[a-zđ]|[-–+])[.)]?$", re.IGNORECASE)
_COUNTER = re.compile(r"s?tt$", re.IGNORECASE)
_SUM = re.compile(r"(?:Tổng (?:cộng|số)|Cộng|TỔNG (?:CỘNG|SỐ)|CỘNG):?$")  # names a row that has no number but figures
_COUNTED = 0.7  # of the cells of the first column that are numbers
_OPENED = 1.18  # times the distance of two lines of a cell: a larger one parts rows
_BLANK = 0.5  # letter heights that the fit of a cell's lines may miss before a blank cell fits better
_MIDST = 0.1  # letter heights for a cell that opens in small letters, which decides between settings that fit alike

# What of a cell stands beside the number of its row, by the way in which the cells of the row are set.
Setting = Callable[[Sequence[float]], float]
_SETTINGS: tuple[Setting, ...] = (min, fmean, max)


@dataclass(frozen=True)
class Line:
    """What stands on one baseline, by columns; cells are fewer where it is ``merged``."""

    baseline: float
    size: float
    cells: tuple[str, ...]
    merged: bool = False


Rows = Iterator[tuple[str, ...]]


def bands(lines: Sequence[Line], floors: Sequence[float], head: Sequence[str] = ()) -> Rows:
    """The rows from the top down. ``floors`` are level lines between them; ``head`` is that of the table that goes on from the page before."""
    repeated = next((count for count in range(1, len(lines) + 1) if head and _row(lines[:count]) == head), 0)
    if repeated:
        yield _row(lines[:repeated])
    lines = lines[repeated:]
    if not lines:
        return
    for merged, run in groupby(lines, key=lambda line: line.merged):
        segment = list(run)
        inner = [floor for floor in sorted(floors) if segment[0].baseline < floor < segment[-1].baseline]
        counted = _is_counted(segment)
        if merged:
            yield from (line.cells for line in segment)
        elif len(inner) > 1 and not (counted and sum(bool(line.cells[0]) for line in segment) > len(inner) + 1):
            yield from _cut(segment, inner)
        elif counted:
            yield from _by_numbers(segment, bool(head) and segment[0] is lines[0])
        else:
            yield from _cut(segment, _openings(segment))


def _is_counted(lines: Sequence[Line]) -> bool:
    first = [line.cells[0] for line in lines if line.cells[0] and not _COUNTER.match(line.cells[0])]
    return bool(first) and sum(bool(NUMBER.match(cell)) for cell in first) >= _COUNTED * len(first)


def _cut(lines: Sequence[Line], places: Sequence[float]) -> Rows:
    for _, row in groupby(lines, key=lambda line: sum(place < line.baseline for place in places)):
        yield _row(list(row))


def _row(lines: Sequence[Line]) -> tuple[str, ...]:
    """Lines as one row: what stands one below the other is one cell."""
    return tuple(" ".join(filter(None, cells)) for cells in zip_longest(*(line.cells for line in lines), fillvalue=""))


def _openings(lines: Sequence[Line]) -> list[float]:
    """The places just above the lines that open a row."""
    columns = [[line.baseline for line in lines if line.cells[column]] for column in range(len(lines[0].cells))]
    step = min((below - above for column in columns for above, below in pairwise(column)), default=0.0)
    wide = [below.baseline for above, below in pairwise(lines) if below.baseline - above.baseline > step * _OPENED]
    anew = [line.baseline for line in lines if all(cell and not cell[0].islower() for cell in line.cells)]
    return [place - 1 for place in (wide or anew)]


def _by_numbers(lines: Sequence[Line], goes_on: bool) -> Rows:
    """A row to each number, and one without to what goes on from the page before."""
    numbers = [(at, line) for at, line in enumerate(lines) if line.cells[0] or (any(map(_SUM.match, line.cells)) and line.cells[-1][-1:].isdigit())]
    anchors = [_Anchor(line.cells[0], at, line.baseline) for at, line in numbers]
    if len(anchors) > 1:
        anchors[-1] = replace(anchors[-1], also=min)
    if goes_on:
        anchors.insert(0, _Anchor("", -1, None))
    else:
        anchors[0] = replace(anchors[0], also=fmean)
    columns = [[(at, line.baseline, line.cells[column]) for at, line in enumerate(lines) if line.cells[column]] for column in range(1, len(lines[0].cells))]
    _, rows = min((_set(columns, anchors, setting, lines[0].size) for setting in _SETTINGS), key=lambda found: found[0])
    yield from (row for row in rows if any(row))


def _set(columns: Sequence[Sequence[tuple[int, float, str]]], anchors: Sequence[_Anchor], setting: Setting, size: float) -> tuple[float, list[tuple[str, ...]]]:
    """The rows, should their cells be set in this way, and how badly that fits: cells in other places, or in the midst of a sentence."""
    misfit, texts = 0.0, []
    for column in columns:
        missed, counts = _fit([(at, place) for at, place, _ in column], anchors, setting, _BLANK * size)
        rest = iter(column)
        texts.append([" ".join(text for *_, text in islice(rest, count)) for count in counts])
        misfit += missed + _MIDST * size * sum(text[:1].islower() for text in texts[-1])
    return misfit, list(zip([anchor.text for anchor in anchors], *texts, strict=True))


@dataclass(frozen=True)
class _Anchor:
    """The number of a row, its line and its place, -1 and None where the number stands on the page before.

    ``also`` is another way in which it may be set: a head is centred, and what the end of the page has cut stands at its top.
    """

    text: str
    line: int
    place: float | None
    also: Setting | None = None

    def misfit(self, places: Sequence[float], setting: Setting, blank: float) -> float:
        """How far from its place the lines of a cell stand."""
        if self.place is None:
            return 0.0
        return min(abs(by(places) - self.place) for by in (setting, self.also or setting)) if places else blank


def _fit(lines: Sequence[tuple[int, float]], anchors: Sequence[_Anchor], setting: Setting, blank: float) -> tuple[float, list[int]]:
    """The least misfit, and how many lines of a column each anchor has there, in order; none lies beyond the next number.

    What lies beyond is told by the order of the lines: two of them may have one baseline.
    """
    places = [place for _, place in lines]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}  # lines that the anchors so far have
    edges = [-1, *(anchor.line for anchor in anchors), inf]
    for anchor, above, below in zip(anchors, edges, edges[2:], strict=False):
        after: dict[int, tuple[float, list[int]]] = {}
        for start, (misfit, counts) in best.items():
            end = start
            while end <= len(places):
                cost = misfit + anchor.misfit(places[start:end], setting, blank)
                if end not in after or cost < after[end][0]:
                    after[end] = cost, [*counts, end - start]
                if end == len(places) or not above < lines[end][0] < below:
                    break
                end += 1
        best = after
    return best[len(places)]
