"""The head of a table, and what it calls the cells of the rows below it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ingest.paragraphs import Block
from xhht_qa.text.normalise import fold

Cells = tuple[tuple[str, str], ...]  # (column's name, text), the name "" where the table has no head

_COUNTER = re.compile(r"(?:tt|stt|so tt|so thu tu)$")
# What the columns of a plan's tables are called; the same words stand one below the other where a form asks for values.
_COLUMN = re.compile(
    r"(?:ten|ho va ten|ho ten|chuc vu|dia chi|dien thoai|thu dien tu|email|noi dung|nhiem vu|cong viec|viec|hoat dong|giai phap|chi tieu|tieu chi|muc tieu|du an|co quan"
    r"|don vi|chu tri|phoi hop|thuc hien|nguoi|thoi gian|thoi han|han|ngay|tien do|bat dau|ket thuc|san pham|ket qua|kinh phi|nguon|so luong|so tien|dia diem|dia ban"
    r"|ghi chu|nam|quy|thang|don vi tinh|dvt|linh vuc|phan cong|trach nhiem|can cu|khoi|lop|xa|huyen|tinh|diem)\b"
)
_NUMERAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]+|[a-zđ]|[A-ZĐ])[.)]?$")
_QUANTITY = re.compile(r"[\d.,/%+<>≥≤\s-]*\d[\d.,/%\s-]*$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_COLUMN_NUMBER = re.compile(r"\(?([1-9]\d?|[A-E])\)?$")
_HEAD_WORDS = 20  # names of columns are shorter


def name_cells(blocks: Sequence[Block]) -> dict[int, Cells | None]:
    """For the index of every table row among the blocks: its cells, or None for a row that belongs to the head."""
    named: dict[int, Cells | None] = {}
    names: tuple[str, ...] = ()
    for start, stop in _tables(blocks):
        rows = [block.cells for block in blocks[start:stop]]
        depth = _head_depth(rows)
        if depth:
            names = _names(rows[:depth])
        elif len(rows[0]) != len(names) or any(block.marker for block in blocks[_end_before(blocks, start) : start]):
            names = ()  # no head of its own, and not the rest of the table above
        head = {tuple(map(fold, row)) for row in rows[:depth]}
        for index, row in enumerate(rows, start=start):
            repeated = tuple(map(fold, row)) in head or (bool(names) and row == names)
            own = names if len(names) == len(row) else ("",) * len(row)
            named[index] = None if index < start + depth or repeated else tuple(zip(own, row, strict=True))
    return named


def names_columns(cells: Sequence[str]) -> bool:
    """Whether cells read as the head of a table: they begin with the column of numbers, or two are what columns of plans are called; a form asks."""
    folded = [fold(cell).strip(" .") for cell in cells]
    return bool(_COUNTER.match(folded[0])) or (sum(bool(_COLUMN.match(cell)) for cell in folded) > 1 and not any(":" in cell for cell in cells))


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The runs of rows that follow each other."""
    start: int | None = None
    for index, block in enumerate(blocks):
        if block.cells and start is None:
            start = index
        elif not block.cells and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(blocks)


def _end_before(blocks: Sequence[Block], start: int) -> int:
    return next((index + 1 for index in range(start - 1, -1, -1) if blocks[index].cells), 0)


def _head_depth(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top name the columns: 0 for a table of values alone, 2 or 3 for a head on two levels or with numbers of columns."""
    if not _is_head(rows):
        return 0
    depth = 1
    while depth < len(rows) and (_numbers_columns(rows[depth]) or (depth == 1 and _is_lower_head(rows[0], rows[1]))):
        depth += 1
    return depth


def _is_head(rows: Sequence[tuple[str, ...]]) -> bool:
    first = rows[0]
    if len(first) < 2 or _is_form(rows):
        return False
    if _COUNTER.match(fold(first[0]).strip(" .")):
        return True
    if _NUMERAL.match(first[0]) or any(len(cell.split()) > _HEAD_WORDS or cell.endswith((".", ";")) for cell in first):
        return False
    if any(_QUANTITY.match(cell) and not _YEAR.match(cell) for cell in first[1:]):
        return False
    return len(rows) > 1 or all(_COLUMN.match(fold(cell)) for cell in first)


def _is_form(rows: Sequence[tuple[str, ...]]) -> bool:
    """Two columns of which the left one says what stands in the right one: "Điện thoại: | 0200 …"."""
    if any(len(row) > 2 for row in rows):
        return False
    keys = [row[0] for row in rows if len(row) == 2]
    if rows[0][0].endswith(":"):
        return True
    columns = sum(bool(_COLUMN.match(fold(key))) for key in keys)
    return columns >= 2 and columns * 2 > len(keys) and not _COLUMN.match(fold(rows[0][-1]))


def _is_lower_head(upper: tuple[str, ...], lower: tuple[str, ...]) -> bool:
    """Whether the second row divides columns of the first one: the others are merged downwards, drawn again or left blank."""
    if not lower or (lower[0] and fold(lower[0]) != fold(upper[0])) or any(_QUANTITY.match(cell) and not _YEAR.match(cell) for cell in lower):
        return False
    if len(upper) != len(lower):  # a cell over most of the columns stands once
        return bool(lower[0]) and len(upper) < len(lower) and upper[0] == lower[0]
    spans = any(not cell or cell == left for left, cell in itertools.pairwise(upper))
    divides = sum(bool(cell) and fold(cell) != fold(above) for above, cell in zip(upper, lower, strict=True))
    return spans and divides >= 2


def _numbers_columns(row: tuple[str, ...]) -> bool:
    """ "(1) | (2) | (3)", "A | B | 1 | 2": the numbers of the columns."""
    matches = [match.group(1) for cell in row if (match := _COLUMN_NUMBER.match(cell))]
    figures = [int(figure) for figure in matches if figure.isdecimal()]
    return len(row) > 1 and len(matches) == len(row) and bool(figures) and figures == list(range(1, len(figures) + 1))


def _names(head: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    levels = [row for row in head if not _numbers_columns(row)]
    if len(levels) == 1 or len(levels[0]) != len(levels[1]):
        return levels[-1]
    names, spanning = [], ""
    for upper, lower in zip(levels[0], levels[1], strict=True):
        spanning = upper or spanning
        names.append(f"{spanning} - {lower}" if lower and fold(lower) != fold(spanning) else upper or lower)
    return tuple(names)
