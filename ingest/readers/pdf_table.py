"""Ruling lines → tables: a grid of slots, joined where no line stands between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from ingest.readers.pdf_page import Box, Page, Word, joined, rows_of

_TOUCH = 4.0  # points by which two lines of one table may miss each other

_COVERED = 0.8  # of the side of a slot: less is a letter or a stain in a merged cell
_OPEN = 15.0  # points that lines stick out over the outermost one before they stand for an open side

Slot = tuple[int, int]  # band and column


@dataclass(frozen=True)
class Grid:
    """The edges of columns and bands, and for each slot between them the first slot of the cell that it belongs to."""

    box: Box
    columns: tuple[float, ...]
    bands: tuple[float, ...]
    cells: Mapping[Slot, Slot]
    rulings: tuple[Box, ...]

    @property
    def boxes(self) -> list[Box]:
        """The place of each cell, in the order of reading."""
        slots: dict[Slot, list[Slot]] = {}
        for slot, cell in self.cells.items():
            slots.setdefault(cell, []).append(slot)
        return [
            (
                min(self.columns[column] for _, column in own),
                min(self.bands[band] for band, _ in own),
                max(self.columns[column + 1] for _, column in own),
                max(self.bands[band + 1] for band, _ in own),
            )
            for own in slots.values()
        ]

    def slot_of(self, word: Word) -> Slot | None:
        """Where the middle of a word lies, None outside."""
        x, y = word.middle
        band, column = bisect_right(self.bands, y) - 1, bisect_right(self.columns, x) - 1
        return (band, column) if (band, column) in self.cells else None


@dataclass(frozen=True)
class Table:
    """``rows`` from the top down: a cell merged over columns stands once, one merged over rows stands in each of them.

    ``confidences`` has for each row how surely its least sure cell was recognised: one wrong figure makes a row wrong.
    ``goes_on`` says that it goes on from the page before.
    """

    box: Box
    rows: tuple[tuple[str, ...], ...]
    confidences: tuple[float, ...]
    goes_on: bool = False

    def holds(self, word: Word) -> bool:
        """Whether the middle of the word lies in the table."""
        x, y = word.middle
        return self.box[0] - _TOUCH <= x <= self.box[2] + _TOUCH and self.box[1] - _TOUCH <= y <= self.box[3] + _TOUCH


def tables(page: Page) -> list[Table]:
    """The ruled tables of a page with at least two columns and some text; a frame round a paragraph is none."""
    found = (_filled(grid, page.words) for grid in grids(page.rulings))
    return sorted((table for table in found if table is not None), key=lambda table: table.box[1])


def grids(rulings: Sequence[Box]) -> list[Grid]:
    """What ruling lines enclose, with at least two columns."""
    found = (_grid(group) for group in _connected(rulings))
    return [grid for grid in found if grid is not None]


def _connected(rulings: Sequence[Box]) -> Iterator[list[Box]]:
    """Groups of lines that touch each other; each line is compared once with those that no group has yet."""
    boxes = np.array(rulings).reshape(-1, 4)
    left = np.arange(len(boxes))
    while left.size:
        group, left = [int(left[0])], left[1:]
        for index in group:  # grows while it is walked
            one, others = boxes[index], boxes[left]
            touching = ((others[:, :2] <= one[2:] + _TOUCH) & (one[:2] <= others[:, 2:] + _TOUCH)).all(axis=1)
            group += left[touching].tolist()
            left = left[~touching]
        yield [rulings[index] for index in group]


def _grid(group: list[Box]) -> Grid | None:
    upright = [box for box in group if box[3] - box[1] > box[2] - box[0]]
    level = [box for box in group if box[3] - box[1] <= box[2] - box[0]]
    box = (min(b[0] for b in group), min(b[1] for b in group), max(b[2] for b in group), max(b[3] for b in group))
    columns = _edges([(b[0] + b[2]) / 2 for b in upright], box[0], box[2])
    bands = _edges([(b[1] + b[3]) / 2 for b in level], box[1], box[3])
    apart = level and max(b[1] for b in level) - min(b[1] for b in level) > _OPEN  # an underline that a letter touches is no table
    if len(columns) < 3 or len(bands) < 2 or not apart:
        return None
    return Grid(box, tuple(columns), tuple(bands), _cells(columns, bands, upright, level), tuple(group))


def _filled(grid: Grid, words: Sequence[Word]) -> Table | None:
    """The table that words make of a grid, None when they leave it without two cells side by side."""
    inside: dict[Slot, list[Word]] = {cell: [] for cell in grid.cells.values()}
    for word in words:
        slot = grid.slot_of(word)
        if slot:
            inside[grid.cells[slot]].append(word)
    rows: list[tuple[str, ...]] = []
    confidences: list[float] = []
    for band in range(len(grid.bands) - 1):
        in_order = dict.fromkeys(grid.cells[band, column] for column in range(len(grid.columns) - 1))
        row = tuple(" ".join(map(joined, rows_of(inside[cell]))) for cell in in_order)
        if any(row):
            rows.append(row)
            confidences.append(min(fmean(word.confidence for word in inside[cell]) for cell in in_order if inside[cell]))
    return Table(grid.box, tuple(rows), tuple(confidences)) if any(len(row) > 1 for row in rows) else None


def _edges(places: list[float], first: float, last: float) -> list[float]:
    """The places of lines, those closer than a touch once; an open side of the table ends where its lines end."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _TOUCH:
            edges.append(place)
    if not edges or edges[0] - first > _OPEN:
        edges.insert(0, first)
    if last - edges[-1] > _OPEN:
        edges.append(last)
    return edges


def _cells(columns: Sequence[float], bands: Sequence[float], upright: list[Box], level: list[Box]) -> dict[Slot, Slot]:
    """Slot (band, column) → the first slot of the cell that it belongs to."""
    owner: dict[Slot, Slot] = {}
    walls = [[(b[1], b[3]) for b in upright if abs((b[0] + b[2]) / 2 - column) <= _TOUCH] for column in columns]
    floors = [[(b[0], b[2]) for b in level if abs((b[1] + b[3]) / 2 - band) <= _TOUCH] for band in bands]
    for band in range(len(bands) - 1):
        for column in range(len(columns) - 1):
            slot = (band, column)
            if column and not _is_drawn(walls[column], bands[band], bands[band + 1]):
                owner[slot] = owner[band, column - 1]
            elif band and not _is_drawn(floors[band], columns[column], columns[column + 1]):
                owner[slot] = owner[band - 1, column]
            else:
                owner[slot] = slot
    return owner


def _is_drawn(lines: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether lines (from, to) at the place of an edge run from start to end; a letter that crosses it covers less."""
    covered = sum(max(0.0, min(end, last) - max(start, first)) for first, last in lines)
    return covered >= _COVERED * (end - start)
