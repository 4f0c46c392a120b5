"""Words on pages → lines of text: columns read one by one, running heads gone, one line a paragraph or table row.

A paragraph ends where its author ended it: the next word would still have fitted on the row, the next row is indented or set
off, or it opens with a number. What the width of the page or its end has cut in two is one again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ingest.letterhead import is_date_line, is_document_kind, is_on_behalf, signs
from ingest.markers import marker_of
from ingest.readers.pdf_columns import goes_on_in_column, in_columns
from ingest.readers.pdf_gutters import take_out_tables
from ingest.readers.pdf_page import Page
from ingest.readers.pdf_rows import INDENT, Body, Row, bodies_of, drop_running_heads, is_marked, rows_outside, without_specks
from ingest.readers.pdf_table import Table, tables
from xhht_qa.text.normalise import compose, fold, is_upper

_CLOSED = re.compile(r"[.;:!?…][”\"’)\]/]*$")
_ENDED = re.compile(r"\./\.?$")  # the sign that closes a document
_OPENER = re.compile(r"noi nhan\s*:|phu luc(?:\s+(?:so\s+)?[ivxlc\d]+)?\s*$")
_BROKEN = re.compile(r"[^\W_][-/]$")  # a number or name that is broken behind its hyphen or stroke: "09-" "NQ/TU"
_OPENED = 1.18  # times the usual distance of two rows: a larger one separates paragraphs


@dataclass(frozen=True)
class Printed:
    """A paragraph or table row; ``confidence`` is the mean over its words, a row's that of its worst cell, 1 where the file itself holds the text."""

    text: str
    page: int
    cells: tuple[str, ...] = ()
    confidence: float = 1.0
    recognised: bool = False


def lay_out(pages: Sequence[Page]) -> list[Printed]:
    """The lines of a document in the order of reading."""
    tables_of = {page.number: tables(page) for page in pages}
    rows_by_page = {page.number: rows_outside(page, tables_of[page.number]) for page in pages}
    drop_running_heads(pages, rows_by_page)
    take_out_tables(pages, rows_by_page, tables_of)
    bodies = bodies_of(pages, rows_by_page)
    rows_by_page = {page.number: without_specks(rows_by_page[page.number], bodies[page.number]) for page in pages}
    printed: list[Printed] = []
    paragraph: list[Row] = []
    rows_above: Table | None = None  # a table that ended the page before
    columns = 0

    def end() -> None:
        if paragraph:
            printed.append(_paragraph(paragraph))
            paragraph.clear()

    for page in pages:
        body = bodies[page.number]
        items: list[tuple[float, list[Row] | Table]] = [(table.box[1], table) for table in tables_of[page.number]]
        items += _between(rows_by_page[page.number], tables_of[page.number])
        for _, item in sorted(items, key=lambda item: item[0]):
            if isinstance(item, Table):
                end()
                printed += _table_rows(item, page, rows_above, printed)
                rows_above = item
                continue
            rows_above = None
            for row in in_columns(item, body, columns):
                columns = max(columns, row.column)
                if paragraph and _begins(paragraph, row, body):
                    end()
                paragraph.append(row)
    end()
    return printed


def _between(rows: Sequence[Row], of_page: Sequence[Table]) -> list[tuple[float, list[Row] | Table]]:
    """The rows above, between and below the tables, each run with the place of its first row."""
    runs: dict[int, list[Row]] = {}
    for row in rows:
        runs.setdefault(sum(table.box[1] < row.baseline for table in of_page), []).append(row)
    return [(run[0].baseline - run[0].size, run) for run in runs.values()]


def _begins(paragraph: list[Row], row: Row, body: Body) -> bool:
    """Whether a row opens a new paragraph rather than going on with the one above."""
    above = paragraph[-1]
    text = row.text
    if row.column or above.column:
        return row.column != above.column or not goes_on_in_column(paragraph[0], above, row)
    same_page = above.page is row.page
    recognised = row.page.recognised
    if same_page and body.leading and row.baseline - above.baseline > max(body.leading, 1.1 * row.size) * _OPENED + (1.0 if recognised else 0.0):
        return True
    if not recognised and above.words[-1].bold != row.words[0].bold:
        return True
    slack = 5.0 if recognised else 2.0
    space = 0.25 * row.size
    word = row.words[0].x1 - row.words[0].x0
    if _ENDED.search(above.text) or _OPENER.match(fold(text)) or is_on_behalf(text) or (is_upper(above.text) and len(above.words) > 2 and text != text.upper()):
        return True
    # a letterhead and a signature that were typed without columns or centring
    if is_date_line(text) or is_document_kind(text) or is_document_kind(above.text) or (signs(text) and signs(above.text)):
        return True
    marked = is_marked(row)
    indent = row.x0 - body.left > INDENT * row.size
    hangs = abs(row.x0 - (above.x0 if len(paragraph) > 1 or not is_marked(above) or len(above.words) < 2 else above.words[1].x0)) < slack + 1
    centred = abs(row.centre - above.centre) < 8 and max(row.x0, above.x0) - body.left > INDENT * row.size
    if indent and not hangs and not centred and (body.indented or marked):
        return True
    room = body.right - body.left - (above.x1 - above.x0) if centred else body.right - above.x1
    if room > space + word + slack:
        return True
    if marked:
        if body.indented and not indent and not centred:
            return False  # a figure or dash that the width of the page has put at the head of a row
        return bool(_CLOSED.search(above.text)) or not _reads_on(text)
    closed = bool(_CLOSED.search(above.text)) and not above.text.endswith(",")
    return closed and not same_page and not body.indented and text[:1].isupper()


def _reads_on(text: str) -> bool:
    """Whether what looks like a marker belongs to the sentence before: "12/KH-UBND ngày …", "- 2030” trên …", "01. 12"."""
    marker, _, rest = text.partition(" ")
    return bool(re.match(r"\d{1,2}/[^\W\d_]", marker)) or rest[:1].islower() or rest[:1].isdigit()


def _paragraph(rows: Sequence[Row]) -> Printed:
    words = [word for row in rows for word in row.words]
    return Printed(
        text=compose("".join(row.text if _BROKEN.search(row.text) else f"{row.text} " for row in rows)),
        page=rows[0].page.number,
        confidence=fmean(word.confidence for word in words),
        recognised=any(row.page.recognised for row in rows),
    )


def _table_rows(table: Table, page: Page, above: Table | None, printed: list[Printed]) -> list[Printed]:
    """The rows of a table. One that goes on from the page before repeats no heading, and a row cut by the page's end is one."""
    rows = [
        Printed(" | ".join(cells), page.number, cells, confidence, page.recognised)
        for cells, confidence in zip((tuple(map(compose, row)) for row in table.rows), table.confidences, strict=True)
    ]
    if above is None or max(map(len, above.rows)) != max(len(row.cells) for row in rows):
        return rows
    if rows[0].cells == tuple(map(compose, above.rows[0])):
        rows = rows[1:]
    upper, lower = printed[-1], rows[0] if rows else None
    if lower and len(lower.cells) == len(upper.cells) and _is_rest(lower.cells, table.goes_on):
        cells = tuple(f"{head} {tail}".strip() for head, tail in zip(upper.cells, lower.cells, strict=True))
        printed[-1] = replace(upper, text=" | ".join(cells), cells=cells, confidence=min(upper.confidence, lower.confidence))
        rows = rows[1:]
    return rows


def _is_rest(cells: Sequence[str], goes_on: bool) -> bool:
    """Whether a row at the top of a page is the rest of the one above; without ruling lines a row that nothing counts is, and one that opens in small letters."""
    if not cells[0]:
        return goes_on or any(cell[:1].islower() for cell in cells)
    return goes_on and cells[0][0].islower() and not marker_of(cells[0])
