"""Tables without ruling lines: rows whose words leave the same upright gutters free, below the names of the columns or counted.

Letterheads, signatures and lists are set in columns too, but name none; they stay text.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import fmean, median

from ingest.columns import names_columns
from ingest.letterhead import is_of_letterhead, signs
from ingest.markers import Kind, marker_of
from ingest.readers.pdf_bands import NUMBER, Line, bands
from ingest.readers.pdf_page import Page, Word, joined, rows_of
from ingest.readers.pdf_rows import Row
from ingest.readers.pdf_table import Table
from xhht_qa.text.normalise import fold, is_upper

Span = tuple[float, float]

_TO_SIGN = re.compile(r"\((?:da )?ky\b")  # "(Ký, ghi rõ họ tên)"
_MOST_LEVELS = 250  # on a page of print
_COUNTED = 3  # rows, each with a number and filled, show a table whose columns are not named
# Of letter heights:
_SEEN = 1.0  # between the cells of the row that shows a table
_GUTTER = 0.4  # free between two columns; the words of justified text seldom lie so far apart
_MERGED = 1.8  # between cells of a row in which others are merged: no sentence has such a gap
_BESIDE = 0.8  # between the baselines of two cells of a row, one of them set in the middle
_HEAD_STEP = 1.6  # between two lines of a head
_FAR = 4.0  # between two rows that are not of one table any more
_OPENED = 1.3  # times the least distance of two rows: a larger one may end the table
_FLOOR = 0.6  # of the width of a table: a level line as long parts two of its rows
_ALIGNED = 3.0  # points by which what goes on in a column may miss its edge


def take_out_tables(pages: Sequence[Page], rows: dict[int, list[Row]], tables: dict[int, list[Table]]) -> None:
    """Move the rows that white space alone sets as tables from the rows of each page to its tables."""
    above: _Guttered | None = None  # the table that ended the page before
    for page in pages:
        found = [] if page.recognised else _guttered(page, rows[page.number], above)
        rows[page.number] = [row for row in rows[page.number] if not any(one.table.holds(row.words[0]) for one in found)]
        tables[page.number] = sorted([*tables[page.number], *(one.table for one in found)], key=lambda table: table.box[1])
        above = found[-1] if found and tables[page.number][-1] is found[-1].table else None
        if above and any(row.baseline > above.table.box[3] for row in rows[page.number]):
            above = None


@dataclass(frozen=True)
class _Level:
    """Words on one baseline, across the page."""

    words: tuple[Word, ...]

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @cached_property
    def baseline(self) -> float:
        return median(word.baseline for word in self.words)

    def gaps(self, heights: float) -> list[Span]:
        """Where its words lie as many letter heights apart."""
        return [(left.x1, right.x0) for left, right in pairwise(self.words) if right.x0 - left.x1 >= heights * self.size]

    def free(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """What its words leave of the spans, as far as it is wide enough for a gutter."""
        left = tuple(spans)
        for word in self.words:
            pieces = ((a, b) for x0, x1 in left for a, b in ((x0, min(x1, word.x0)), (max(x0, word.x1), x1)))
            left = tuple((a, b) for a, b in pieces if b - a >= _GUTTER * self.size)
        return left

    def parts(self, gutters: Iterable[Span]) -> list[str]:
        """Its text between the gutters, from left to right, empty where no word stands."""
        cuts = [fmean(gutter) for gutter in gutters]
        parts: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
        for word in self.words:
            parts[bisect(cuts, word.middle[0])].append(word)
        return list(map(joined, parts))

    def cells(self, gutters: Iterable[Span]) -> list[str]:
        """The parts that hold words."""
        return list(filter(None, self.parts(gutters)))


@dataclass(frozen=True)
class _Guttered:
    """A table, the levels that it takes up, and what stays free between its columns, by which the next page goes on with it."""

    table: Table
    levels: int
    gutters: tuple[Span, ...]


@dataclass(frozen=True)
class _Run:
    """Levels that leave gutters free somewhere within the ``free`` spans; ``merged`` are those that go across some."""

    levels: tuple[_Level, ...]
    free: tuple[tuple[Span, ...], ...]
    merged: frozenset[_Level]

    @property
    def gutters(self) -> tuple[Span, ...]:
        """The widest that is free in each place."""
        return _widest(self.free)


def _guttered(page: Page, rows: Sequence[Row], above: _Guttered | None) -> list[_Guttered]:
    """The tables of a page, from the top down."""
    levels = [_Level(tuple(words)) for words in rows_of([word for row in rows for word in row.words])]
    if len(levels) > _MOST_LEVELS:
        return []
    found = [table] if above and (table := _continued(levels, above, page)) else []
    start = index = found[0].levels if found else 0
    while index < len(levels):
        seen = levels[index].gaps(_SEEN)
        run = _run(levels[index:], seen) if seen and _shows(levels[index].cells(seen)) else None
        if run and run.levels:
            head = _head_above(levels[start:index], run)
            index += len(run.levels)
            if table := _table(replace(run, levels=(*head, *run.levels)), page):
                found.append(table)
                start = index
        else:
            index += 1
    return found


def _shows(cells: Sequence[str]) -> bool:
    """Whether cells side by side may open a table: they name its columns, or the first one counts."""
    return names_columns(cells) or (len(cells) > 2 and cells[0].isdecimal())


def _run(levels: Sequence[_Level], seen: Sequence[Span]) -> _Run:
    """The first levels, as many as leave the gutters free or merge cells between others that do."""
    free: tuple[tuple[Span, ...], ...] = tuple((gap,) for gap in seen)
    run: list[_Level] = []
    merged = []
    for index, level in enumerate(levels):
        far = run and level.baseline - run[-1].baseline > _FAR * level.size
        if far or any(map(_is_furniture, level.cells(level.gaps(_SEEN)))):
            break
        left = tuple(level.free(spans) for spans in free)
        if all(left):
            free = left
        elif run and (_is_sum(level, left) or _is_title(levels[index + 1 : index + 3], free)):
            merged.append(level)
        else:
            break
        run.append(level)
    return _Run(tuple(run[: _end(run, _widest(free))]), free, frozenset(merged))


def _end(levels: Sequence[_Level], gutters: Sequence[Span]) -> int:
    """How many levels are of the table: text behind it that its gutters leave room for by chance stands in one column, set off or as a heading."""
    step = min((below.baseline - above.baseline for above, below in pairwise(levels)), default=0.0)
    last = max((index for index, level in enumerate(levels) if len(level.cells(gutters)) > 1), default=0)
    for index in range(last + 1, len(levels)):
        above, level = levels[index - 1 : index + 1]
        marker = marker_of(joined(list(level.words)))
        heading = marker is not None and marker.kind is not Kind.BULLET and (level.words[0].bold or bool(level.parts(gutters)[0]))
        if heading or level.baseline - above.baseline > _OPENED * max(step, level.size):
            return index
    return len(levels)


def _head_above(levels: Sequence[_Level], run: _Run) -> list[_Level]:
    """The upper lines of a head, of which a lower one has shown the columns."""
    head: list[_Level] = []
    free = run.free
    for level in reversed(levels):
        free = tuple(level.free(spans) for spans in free)
        if not all(free) or (head or run.levels)[0].baseline - level.baseline > _HEAD_STEP * level.size:
            break
        head.insert(0, level)
    return head


def _is_furniture(text: str) -> bool:
    """Whether it belongs to a letterhead or a signature, which may stand in the columns of a table by chance."""
    return is_of_letterhead(text) or (is_upper(text) and signs(text)) or bool(_TO_SIGN.match(fold(text)))


def _is_sum(level: _Level, left: Sequence[Sequence[Span]]) -> bool:
    """Whether words stand far apart on both sides of a gutter that they leave free: "Tổng cộng" over two columns, then the sums."""
    return any(a < span[1] and span[0] < b for a, b in level.gaps(_MERGED) for spans in left for span in spans)


def _is_title(below: Sequence[_Level], free: Sequence[Sequence[Span]]) -> bool:
    """Whether a row over the whole width is the title of a group: the columns are filled again below it, not by the head of another table."""
    for level in below:
        left = [level.free(spans) for spans in free]
        if not all(left):
            return False
        cells = level.cells(_widest(left))
        if len(cells) > 2:
            return not names_columns(cells)
    return False


def _widest(free: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    return tuple(max(spans, key=lambda span: span[1] - span[0]) for spans in free)


def _continued(levels: Sequence[_Level], above: _Guttered, page: Page) -> _Guttered | None:
    """What goes on with the table of the page before: cells side by side, or the rest of one at the edge of its column."""
    run = _run(levels, above.gutters)
    hangs = run.levels and any(abs(run.levels[0].words[0].x0 - gutter[1]) < _ALIGNED for gutter in above.gutters)
    beside = any(len(level.cells(above.gutters)) > 1 for level in run.levels)
    return _made(run, run.gutters, page, above.table.rows[0]) if hangs or beside else None


def _table(run: _Run, page: Page) -> _Guttered | None:
    """The table that a run makes, None when it is not clear that it makes one."""
    head = next((index for index, level in enumerate(run.levels) if NUMBER.match(level.words[0].text)), 0)
    gutters = _between_columns(run, head)
    if not gutters:
        return None
    made = _made(run, gutters, page, divided=head)
    rows, columns = made.table.rows, len(gutters) + 1
    filled = [row for row in rows if sum(map(bool, row)) >= min(3, columns)]
    counted = [row for row in rows if row[0].isdecimal() and len(row) == columns > 2 and all(row)]
    named = rows[0] in filled and names_columns(rows[0])
    return made if len(filled) > 1 and (named or len(counted) == len(rows) >= _COUNTED) else None


def _between_columns(run: _Run, head: int) -> tuple[Span, ...]:
    """The gutters that all levels leave free, those with merged cells aside, and those that only the head goes across.

    What has no cells of one row on its sides, of the head where that is known, is the rag of a column or parts the words of a few justified lines.
    """
    upper, body = run.levels[:head], [level for level in run.levels[head:] if level not in run.merged]
    if not body:
        return ()
    below: tuple[Span, ...] = ((min(level.words[0].x0 for level in body), max(level.words[-1].x1 for level in body)),)
    for level in body:
        below = level.free(below)
    gutters = below
    for level in upper:
        gutters = tuple(piece for gutter in gutters for piece in level.free([gutter]) or [gutter])
    index = 0
    while index < len(gutters):
        beside = [level for level in upper or body if level.free(gutters[index : index + 1])]
        left, right = ([level.baseline for level in beside if level.parts(gutters)[column]] for column in (index, index + 1))
        near = upper and all(any(level.parts(gutters)[column] for level in body) for column in (index, index + 1))
        if any(near or abs(one - other) < _BESIDE * body[0].size for one in left for other in right):
            index += 1
        else:
            gutters = (*gutters[:index], *gutters[index + 1 :])
    return gutters


def _made(run: _Run, gutters: tuple[Span, ...], page: Page, head: tuple[str, ...] = (), divided: int = 0) -> _Guttered:
    """The table of a run; it goes on from the page before where that has a ``head``, and its first levels divide columns of their own."""
    lines = []
    for index, level in enumerate(run.levels):
        free = [gutter for gutter in gutters if level.free([gutter])]
        cells = level.parts(free)
        merged = len(free) < len(gutters) and index >= divided
        if index < divided:  # what a head says over several columns is said of each
            cells = [cells[sum(gutter in free for gutter in gutters[:column])] for column in range(len(gutters) + 1)]
        while merged and not cells[-1]:
            cells.pop()
        lines.append(Line(level.baseline, level.size, tuple(cells), merged))
    words = [word for level in run.levels for word in level.words]
    box = (min(word.x0 for word in words), lines[0].baseline - lines[0].size, max(word.x1 for word in words), lines[-1].baseline)
    floors = [(ruling[1] + ruling[3]) / 2 for ruling in page.rulings if ruling[2] - ruling[0] > _FLOOR * (box[2] - box[0])]
    rows = tuple(bands(lines, floors, head))
    return _Guttered(Table(box, rows, (1.0,) * len(rows), goes_on=bool(head)), len(lines), gutters)
