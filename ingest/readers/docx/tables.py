"""Tables: the cells of a grid with what they cover, and which tables hold data and which only lay out a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.letterhead import LAYOUT_COLUMNS, is_of_letterhead
from ingest.readers.docx.markup import is_on, printed, value, w, whole

Row = tuple[str, tuple[str, ...]]  # the text of a line and, if it is a table row, its cells

_MAX_COLUMNS = 63  # Word's own limit
_LONGEST_REPEATED = 1_000  # characters of a merged cell that stand in every row and column; a longer text stands where it begins


@dataclass(frozen=True)
class Cell:
    """A cell as drawn: its first column of the grid, the columns it covers, and the lines in it."""

    column: int
    span: int
    continues: bool  # goes on from the cell above
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """All of the cell on one line."""
        return " ".join(" ".join(text for text, _ in self.rows).split())


def grid(table: Element, read: Callable[[Element], Sequence[Row]]) -> list[list[Cell]]:
    """The cells of a ``w:tbl``, row by row; ``read`` gives the lines in a ``w:tc`` and is called in the order of the file."""
    return [list(_cells(row, read)) for row in printed(table) if row.tag == w("tr") and not _is_gone(row)]


def table_rows(cells: list[list[Cell]]) -> Iterator[Row]:
    """A layout table column by column as plain lines; a data table row by row.

    A merged cell stands in every row and column that it covers, so that each value keeps its column. A row that is mostly one cell
    heads a group of rows and has its cells as drawn.
    """
    starts = sorted({cell.column for row in cells for cell in row})
    if _is_layout(cells, starts):
        for start in starts:
            yield from (line for row in cells for cell in row if cell.column == start for line in cell.rows if line[0].strip())
        return
    above: dict[int, str] = {}
    for row in cells:
        covered = [bisect_left(starts, cell.column + cell.span) - bisect_left(starts, cell.column) for cell in row]
        heads_group = max(covered, default=0) * 2 > len(starts)
        texts = [""] * sum(start < row[0].column for start in starts if row and not heads_group)
        for cell, columns in zip(row, covered, strict=True):
            text = above.get(cell.column, "") if cell.continues else cell.text
            repeated = text if len(text) <= _LONGEST_REPEATED else ""
            above[cell.column] = repeated
            texts += [text, *[repeated] * ((1 if heads_group else columns) - 1)]
        yield (" | ".join(texts), tuple(texts)) if any(texts) else ("", ())


def _is_layout(cells: list[list[Cell]], starts: list[int]) -> bool:
    """A letterhead or a signature by its words; a frame of one row or one column by its shape."""
    if len(cells) == 1 or len(starts) == 1:
        return True
    return len(starts) <= LAYOUT_COLUMNS and any(is_of_letterhead(text.strip()) for row in cells for cell in row for text, _ in cell.rows)


def _cells(row: Element, read: Callable[[Element], Sequence[Row]]) -> Iterator[Cell]:
    column = whole(value(row.find(w("trPr")), "gridBefore"), 0, _MAX_COLUMNS)
    for cell in printed(row):
        properties = cell.find(w("tcPr"))
        if cell.tag != w("tc") or (properties is not None and properties.find(w("cellDel")) is not None):
            continue
        span = max(1, whole(value(properties, "gridSpan"), 1, _MAX_COLUMNS))
        merge = None if properties is None else properties.find(w("vMerge"))
        yield Cell(column, span, merge is not None and merge.get(w("val")) != "restart", tuple(read(cell)))
        column = min(column + span, _MAX_COLUMNS)  # what is beyond shares the last column


def _is_gone(row: Element) -> bool:
    """Whether a row is hidden, or deleted once every change is accepted."""
    properties = row.find(w("trPr"))
    return properties is not None and (properties.find(w("del")) is not None or is_on(properties.find(w("hidden"))))
