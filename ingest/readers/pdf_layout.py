"""Words on pages → lines of text: columns read one by one, running heads gone, one line a paragraph or table row.

A paragraph ends where its author ended it: the next word would still have fitted on the row, the next row is indented or set
off, or it opens with a number. What the width of the page or its end has cut in two is one again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, median_low

from ingest.markers import Kind, marker_of
from ingest.readers.pdf_page import Page, Word, joined, rows_of
from ingest.readers.pdf_table import Table, tables
from xhht_qa.text.normalise import compose, fold, is_upper

_PAGE_NUMBER = re.compile(r"[-–]?\s*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?$")
_RULE = re.compile(r"[\s_\-–—.*=~]+$")  # a line drawn with signs, under the letterhead for example
_CLOSED = re.compile(r"[.;:!?…][”\"’)\]/]*$")
_ENDED = re.compile(r"\./\.?$")  # the sign that closes a document
_OPENER = re.compile(r"noi nhan\s*:|phu luc(?:\s+(?:so\s+)?[ivxlc\d]+)?\s*$|(?:tm|kt|tl|tuq)\.")
_BROKEN = re.compile(r"[^\W_][-/]$")  # a number or name that is broken behind its hyphen or stroke: "09-" "NQ/TU"
_LONE_MARKER = re.compile(r"(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])?[.)/]?$|[-–+•*]$")
_HEAD, _FOOT = 0.09, 0.92  # of the page's height: running heads stand above, page numbers below
_COLUMN_GAP = 1.8  # letter heights between two columns, at least
_OPENED = 1.18  # times the usual distance of two rows: a larger one separates paragraphs
_CRUMB = 0.8  # confidence below which a recognised row of one or two signs is none
_ENOUGH_ROWS = 8  # on a page to measure its margins
_COMMON = 0.08  # of all row distances
_INDENT = 0.8  # letter heights


@dataclass(frozen=True)
class Printed:
    """A paragraph or table row; ``confidence`` is the mean over its words, 1 where the file itself holds the text."""

    text: str
    page: int
    cells: tuple[str, ...] = ()
    confidence: float = 1.0
    recognised: bool = False


@dataclass(frozen=True)
class _Row:
    """Words side by side; ``column`` is 0 in the body, another number in each column of a letterhead or signature."""

    words: tuple[Word, ...]
    page: Page
    column: int = 0

    @property
    def text(self) -> str:
        return joined(list(self.words))

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def baseline(self) -> float:
        return median(word.baseline for word in self.words)


@dataclass(frozen=True)
class _Body:
    """The margins of a page's body, the usual distance of two rows there, and whether its numbers stand indented."""

    left: float
    right: float
    leading: float
    indented: bool


def lay_out(pages: Sequence[Page]) -> list[Printed]:
    """The lines of a document in the order of reading."""
    tables_of = {page.number: tables(page) for page in pages}
    rows_by_page = {page.number: _rows(page, tables_of[page.number]) for page in pages}
    _drop_running_heads(pages, rows_by_page)
    bodies = _bodies(pages, rows_by_page)
    rows_by_page = {page.number: _without_specks(rows_by_page[page.number], bodies[page.number]) for page in pages}
    printed: list[Printed] = []
    paragraph: list[_Row] = []
    rows_above: Table | None = None  # a table that ended the page before
    columns = 0

    def end() -> None:
        if paragraph:
            printed.append(_paragraph(paragraph))
            paragraph.clear()

    for page in pages:
        body = bodies[page.number]
        items: list[tuple[float, list[_Row] | Table]] = [(table.box[1], table) for table in tables_of[page.number]]
        items += _between(rows_by_page[page.number], tables_of[page.number])
        for _, item in sorted(items, key=lambda item: item[0]):
            if isinstance(item, Table):
                end()
                printed += _table_rows(item, page, rows_above, printed)
                rows_above = item
                continue
            rows_above = None
            for row in _in_columns(item, body, columns):
                columns = max(columns, row.column)
                if paragraph and _begins(paragraph, row, body):
                    end()
                paragraph.append(row)
    end()
    return printed


def _rows(page: Page, of_page: Sequence[Table]) -> list[_Row]:
    """The rows of a page outside its tables, from the top down, cut where a wide gap separates two columns."""
    loose = [word for word in page.words if not any(table.holds(word) for table in of_page)]
    rows = []
    for words in rows_of(loose):
        for part in _parts(words):
            row = _Row(tuple(part), page)
            if not _RULE.match(row.text) or row.text in ("-", "*"):
                rows.append(row)
    return rows


def _parts(words: list[Word]) -> list[list[Word]]:
    gaps = [right.x0 - left.x1 for left, right in pairwise(words)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    parts = [[words[0]]]
    for word, gap in zip(words[1:], gaps, strict=True):
        lone_marker = len(parts) == 1 and len(parts[0]) == 1 and _LONE_MARKER.match(parts[0][0].text)
        if gap > _COLUMN_GAP * word.size and gap > 3 * usual and not lone_marker:
            parts.append([])
        parts[-1].append(word)
    return parts


def _drop_running_heads(pages: Sequence[Page], rows: dict[int, list[_Row]]) -> None:
    """Take out page numbers at the edge, and what stands at the edge of three pages or more, whatever its figures."""
    repeated: Counter[tuple[str, bool]] = Counter()
    edges: dict[int, list[tuple[_Row, tuple[str, bool]]]] = {}
    for page in pages:
        edges[page.number] = [
            (row, (re.sub(r"\d+", "#", fold(row.text)), row.baseline < page.height / 2))
            for row in rows[page.number]
            if row.baseline < page.height * _HEAD or row.baseline > page.height * _FOOT
        ]
        repeated.update({key for _, key in edges[page.number]})
    for page in pages:
        heads = [row for row, key in edges[page.number] if _PAGE_NUMBER.match(fold(row.text)) or repeated[key] >= max(3, len(pages) // 3)]
        rows[page.number] = [row for row in rows[page.number] if row not in heads]


def _bodies(pages: Sequence[Page], rows: dict[int, list[_Row]]) -> dict[int, _Body]:
    """The body is equally wide on all pages of one width; only scans lie askew and have each page's own left margin."""
    measured = {page.number: _margins(rows[page.number]) for page in pages if len(rows[page.number]) >= _ENOUGH_ROWS}
    every = [row for page in pages for row in rows[page.number]]
    leading = _leading(every)
    bodies = {}
    for page in pages:
        alike = [measured[other.number] for other in pages if other.number in measured and abs(other.width - page.width) < 20] or [_margins(rows[page.number])]
        left, right = median_low(left for left, _ in alike), max(right for _, right in alike)
        if page.recognised and page.number in measured:
            left = measured[page.number][0]
            right = left + max(right - left for left, right in alike)
        bodies[page.number] = _Body(left, right, leading, False)
    marked = [row for row in every if _marked(row)]
    indented = sum(row.x0 > bodies[row.page.number].left + _INDENT * row.size for row in marked) > len(marked) / 2
    return {number: replace(body, indented=indented) for number, body in bodies.items()}


def _margins(rows: Sequence[_Row]) -> tuple[float, float]:
    """The outermost place at which two rows begin, and at which a tenth of the rows end; specks of a scan lie further out."""
    lefts, rights = sorted(row.x0 for row in rows), sorted((row.x1 for row in rows), reverse=True)
    enough = max(2, len(rows) // 10)
    left = next((one for one, other in pairwise(lefts) if other - one < 4), lefts[0] if lefts else 0.0)
    right = next((one for one, other in zip(rights, rights[enough - 1 :], strict=False) if one - other < 6), rights[0] if rights else 0.0)
    return left, right


def _without_specks(rows: Sequence[_Row], body: _Body) -> list[_Row]:
    """Recognised rows without the lone signs in the margins and the crumbs between the rows, which are dirt or tips of letters."""
    clean = []
    for row in rows:
        words = list(row.words)
        if row.page.recognised and max(len(word.text) for word in words) <= 2 and fmean(word.confidence for word in words) < _CRUMB:
            continue
        while row.page.recognised and words and _is_sign(words[-1]) and (len(words) == 1 or words[-1].x0 > body.right - 1):
            words.pop()
        while row.page.recognised and words and _is_sign(words[0]) and words[0].x1 < body.left + 1:
            words.pop(0)
        if words:
            clean.append(replace(row, words=tuple(words)))
    return clean


def _is_sign(word: Word) -> bool:
    return not any(sign.isalnum() for sign in word.text) and len(word.text) == 1


def _leading(rows: Sequence[_Row]) -> float:
    """The usual distance of two rows of one paragraph, in points: the smallest that is common."""
    steps = Counter(
        round((below.baseline - above.baseline) * 2) / 2
        for above, below in pairwise(rows)
        if above.page is below.page and below.baseline - above.baseline > 0.5 * above.size
    )
    return min((step for step, count in steps.items() if count >= _COMMON * steps.total()), default=0.0)


def _between(rows: Sequence[_Row], of_page: Sequence[Table]) -> list[tuple[float, list[_Row] | Table]]:
    """The rows above, between and below the tables, each run with the place of its first row."""
    runs: dict[int, list[_Row]] = {}
    for row in rows:
        runs.setdefault(sum(table.box[1] < row.baseline for table in of_page), []).append(row)
    return [(run[0].baseline - run[0].size, run) for run in runs.values()]


def _in_columns(rows: list[_Row], body: _Body, columns: int) -> list[_Row]:
    """Rows with a gutter between them (letterhead, signature) column by column, the others as they stand."""
    ordered: list[_Row] = []
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


def _region(rows: Sequence[_Row], index: int, body: _Body) -> tuple[int, int, float] | None:
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


def _beside(one: _Row, other: _Row) -> bool:
    """Whether two rows overlap in height but not in width."""
    return abs(one.baseline - other.baseline) < 0.7 * max(one.size, other.size) and (one.x1 < other.x0 or other.x1 < one.x0)


def _narrowed(gap: tuple[float, float], row: _Row) -> tuple[float, float] | None:
    """The gutter that is left beside a further row, None when the row stands across it."""
    narrowed = (max(gap[0], row.x1), gap[1]) if row.centre < sum(gap) / 2 else (gap[0], min(gap[1], row.x0))
    return narrowed if narrowed[1] - narrowed[0] >= 0.8 * row.size else None


def _begins(paragraph: list[_Row], row: _Row, body: _Body) -> bool:
    """Whether a row opens a new paragraph rather than going on with the one above."""
    above = paragraph[-1]
    text = row.text
    if row.column or above.column:
        return row.column != above.column or not text[:1].islower()
    same_page = above.page is row.page
    recognised = row.page.recognised
    if same_page and body.leading and row.baseline - above.baseline > max(body.leading, 1.1 * row.size) * _OPENED + (1.0 if recognised else 0.0):
        return True
    if not recognised and above.words[-1].bold != row.words[0].bold:
        return True
    slack = 5.0 if recognised else 2.0
    space = 0.25 * row.size
    word = row.words[0].x1 - row.words[0].x0
    if _ENDED.search(above.text) or _OPENER.match(fold(text)) or (is_upper(above.text) and len(above.words) > 2 and text != text.upper()):
        return True
    marked = _marked(row)
    indent = row.x0 - body.left > _INDENT * row.size
    hangs = abs(row.x0 - (above.x0 if len(paragraph) > 1 or not _marked(above) or len(above.words) < 2 else above.words[1].x0)) < slack + 1
    centred = abs(row.centre - above.centre) < 8 and above.x0 - body.left > _INDENT * row.size
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


def _numbered(row: _Row) -> bool:
    marker = marker_of(row.text)
    return marker is not None and marker.kind is not Kind.BULLET


def _marked(row: _Row) -> bool:
    marker = marker_of(compose(row.text))
    return marker is not None and (marker.kind is not Kind.MUC or len(row.words) < 20)


def _paragraph(rows: Sequence[_Row]) -> Printed:
    words = [word for row in rows for word in row.words]
    return Printed(
        text=compose("".join(row.text if _BROKEN.search(row.text) else f"{row.text} " for row in rows)),
        page=rows[0].page.number,
        confidence=fmean(word.confidence for word in words),
        recognised=any(row.page.recognised for row in rows),
    )


def _table_rows(table: Table, page: Page, above: Table | None, printed: list[Printed]) -> list[Printed]:
    """The rows of a table. One that goes on from the page before repeats no heading, and a row cut by the page's end is one."""
    rows = [tuple(map(compose, row)) for row in table.rows]
    goes_on = above is not None and max(map(len, above.rows)) == max(map(len, rows))
    if above is not None and goes_on:
        if rows[0] == tuple(map(compose, above.rows[0])):
            rows = rows[1:]
        elif not rows[0][0] and len(rows[0]) == len(printed[-1].cells) and any(cell[:1].islower() for cell in rows[0]):
            cells = tuple(f"{upper} {lower}".strip() for upper, lower in zip(printed[-1].cells, rows[0], strict=True))
            printed[-1] = replace(printed[-1], text=" | ".join(cells), cells=cells)
            rows = rows[1:]
    return [Printed(" | ".join(row), page.number, row, recognised=page.recognised) for row in rows]
