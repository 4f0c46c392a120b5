"""The columns of a letterhead or a signature: rows side by side with a gutter between them, read one column after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.markers import Kind, marker_of
from ingest.readers.pdf_rows import Body, Row, is_marked
from xhht_qa.text.normalise import fold, is_upper

_CLOSED = re.compile(r"[.;:]$")
# What opens a line of its own in a letterhead, and in the capacity in which a plan is signed.
_OPENS = re.compile(
    r"(?:ubnd|uy ban|hdnd|hoi(?! chu nghia)|so|ban|bo|thanh (?:tra|pho|doan|uy)|phong|tong|cuc|chi|lien|van phong|trung tam|truong|hoc vien|vien|benh vien|dai|bao|cong"
    r"|tinh|huyen|thi|quan|xa(?! hoi)|phuong|dang|kho bac|toa an|doc lap|tm|kt|tl|tuq|q|pho|quyen|chu tich|giam doc|chanh|hieu truong|bi thu|thu truong)\b"
)


def in_columns(rows: list[Row], body: Body, columns: int) -> list[Row]:
    """Rows with a gutter between them (letterhead, signature) column by column, the others as they stand."""
    ordered: list[Row] = []
    index = 0
    while index < len(rows):
        region = _region(rows, index, body)
        if not region:
            ordered.append(rows[index])
            index += 1
            continue
        first, last, gutter = region
        block = rows[first : last + 1]
        del ordered[len(ordered) - (index - first) :]
        ordered += [replace(row, column=columns + 1) for row in block if row.centre < gutter]
        ordered += [replace(row, column=columns + 2) for row in block if row.centre >= gutter]
        columns += 2
        index = last + 1
    return ordered


def goes_on_in_column(opening: Row, above: Row, row: Row) -> bool:
    """Whether a row of a column goes on with the one above it: the rest of an item, of a date, of an agency's name."""
    text = row.text
    if is_marked(row):
        return False
    if is_marked(opening):
        return not _CLOSED.search(above.text) and row.baseline - above.baseline < 2 * row.size
    if text[:1].islower() or (text.isdecimal() and not is_upper(above.text)):
        return True
    alike = row.page.recognised or above.words[-1].bold == row.words[0].bold
    return alike and is_upper(text) and is_upper(above.text) and abs(row.centre - above.centre) < row.size and not _OPENS.match(fold(text))


def _region(rows: Sequence[Row], index: int, body: Body) -> tuple[int, int, float] | None:
    """The first and last row and the gutter of the columns that begin at a pair of rows side by side, or None."""
    if index + 1 >= len(rows) or not _beside(rows[index], rows[index + 1]):
        return None
    left, right = sorted(rows[index : index + 2], key=lambda row: row.x0)
    gap = (left.x1, right.x0)
    centre, width = (body.left + body.right) / 2, body.right - body.left
    if gap[0] > centre + 0.15 * width or gap[1] < centre - 0.2 * width:
        return None
    last = index + 1
    for row in rows[index + 2 :]:
        narrowed = _narrowed(gap, row)
        alone = not _beside(rows[last], row)
        if narrowed is None or (alone and abs(row.centre - centre) < 15 and row.x0 < gap[0]):
            break
        # a signer's name stands well below the title; what follows the left column stands close to it and is no numbered item
        apart = row.baseline - rows[last].baseline > (8 if row.centre > sum(gap) / 2 else 2.5) * row.size
        if alone and (apart or _numbered(row)):
            break
        gap, last = narrowed, last + 1
    first = index
    # A letterhead may begin on one side; above a signature stands the body, and only a row that continues nothing belongs to it.
    above = [_narrowed(gap, row) for row in rows[:index]]
    if all(above) and rows[0].baseline < rows[0].page.height * 0.25:
        first = 0
    return first, last, (gap[0] + gap[1]) / 2


def _beside(one: Row, other: Row) -> bool:
    """Whether two rows overlap in height but not in width."""
    return abs(one.baseline - other.baseline) < 0.7 * max(one.size, other.size) and (one.x1 < other.x0 or other.x1 < one.x0)


def _narrowed(gap: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """The gutter that is left beside a further row, None when the row stands across it."""
    narrowed = (max(gap[0], row.x1), gap[1]) if row.centre < sum(gap) / 2 else (gap[0], min(gap[1], row.x0))
    return narrowed if narrowed[1] - narrowed[0] >= 0.8 * row.size else None


def _numbered(row: Row) -> bool:
    marker = marker_of(row.text)
    return marker is not None and marker.kind is not Kind.BULLET
