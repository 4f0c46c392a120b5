"""Rows of words on a page, and the margins that they keep; running heads, page numbers and specks are taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, median_low

from ingest.letterhead import is_state_head, page_number
from ingest.markers import Kind, marker_of
from ingest.readers.pdf_page import Page, Word, joined, rows_of
from ingest.readers.pdf_table import Table
from xhht_qa.text.normalise import compose, fold, is_upper

INDENT = 0.8  # letter heights by which a row is set in, at least
_RULE = re.compile(r"[\s_\-–—.*=~]+$")  # a line drawn with signs, under the letterhead for example
_LONE_MARKER = re.compile(r"(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])?[.)/]?$|[-–+•*]$")
_STATE = re.compile(r"conghoa")  # opens the right column of a letterhead, however near the left one ends
_HEAD, _FOOT = 0.09, 0.92  # of the page's height: running heads stand above, page numbers below
_COLUMN_GAP = 1.8  # letter heights between two columns, at least
_CRUMB = 0.8  # confidence below which a recognised row of one or two signs is none
_ENOUGH_ROWS = 8  # on a page to measure its margins
_CELLS = 2  # beside each other: more are a running head only when all of them are, else a row of a table
_COMMON = 0.08  # of all row distances


@dataclass(frozen=True)
class Row:
    """Words side by side; ``column`` is 0 in the body, another number in each column of a letterhead or signature."""

    words: tuple[Word, ...]
    page: Page
    column: int = 0

    @property
    def text(self) -> str:
        """Its words, as printed."""
        return joined(list(self.words))

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return self.words[-1].x1

    @property
    def centre(self) -> float:
        """The middle between its ends."""
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        """The usual size of its letters."""
        return median(word.size for word in self.words)

    @property
    def baseline(self) -> float:
        """The height at which it stands on the page."""
        return median(word.baseline for word in self.words)


@dataclass(frozen=True)
class Body:
    """The margins of a page's body, the usual distance of two rows there, and whether its numbers stand indented."""

    left: float
    right: float
    leading: float
    indented: bool


def rows_outside(page: Page, of_page: Sequence[Table]) -> list[Row]:
    """The rows of a page outside its tables, from the top down, cut where a wide gap separates two columns."""
    loose = [word for word in page.words if not any(table.holds(word) for table in of_page)]
    rows = []
    for words in rows_of(loose):
        for part in _parts(words):
            row = Row(tuple(part), page)
            if not _RULE.match(row.text) or row.text in ("-", "*"):
                rows.append(row)
    return rows


def _parts(words: list[Word]) -> list[list[Word]]:
    gaps = [right.x0 - left.x1 for left, right in pairwise(words)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    parts = [[words[0]]]
    for word, following, gap in zip(words[1:], [*words[2:], words[-1]], gaps, strict=False):
        lone_marker = len(parts) == 1 and len(parts[0]) == 1 and _LONE_MARKER.match(parts[0][0].text)
        wide = gap > _COLUMN_GAP * word.size and gap > 3 * usual
        if (wide and not lone_marker) or (gap > 1.5 * usual and _STATE.match(fold(word.text + following.text))):
            parts.append([])
        parts[-1].append(word)
    return parts


def drop_running_heads(pages: Sequence[Page], rows: dict[int, list[Row]]) -> None:
    """Take out page numbers at the edge, and what stands at the edge of three pages or more, whatever its figures; of two, what is no letterhead."""
    repeated: Counter[tuple[str, bool]] = Counter()
    edges: dict[int, list[tuple[Row, tuple[str, bool]]]] = {}
    for page in pages:
        edges[page.number] = [
            (row, (re.sub(r"\d+", "#", fold(row.text)), row.baseline < page.height / 2))
            for row in rows[page.number]
            if row.baseline < page.height * _HEAD or row.baseline > page.height * _FOOT
        ]
        repeated.update({key for _, key in edges[page.number]})
    for page in pages:
        least = {row: 2 if len(pages) == 2 and not _of_letterhead(row.text) else max(3, len(pages) // 3) for row, _ in edges[page.number]}
        heads = [row for row, key in edges[page.number] if page_number(row.text) is not None or repeated[key] >= least[row]]
        beside = {row: [other for other, _ in edges[page.number] if abs(other.baseline - row.baseline) < 1] for row in heads}
        heads = [row for row in heads if len(beside[row]) <= _CELLS or all(other in heads for other in beside[row])]
        rows[page.number] = [row for row in rows[page.number] if row not in heads]


def _of_letterhead(text: str) -> bool:
    """Of a decision and of the plan behind it both pages begin alike."""
    return is_upper(text) or is_state_head(text) or fold(text).startswith("so")


def bodies_of(pages: Sequence[Page], rows: dict[int, list[Row]]) -> dict[int, Body]:
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
        bodies[page.number] = Body(left, right, leading, False)
    marked = [row for row in every if is_marked(row)]
    indented = sum(row.x0 > bodies[row.page.number].left + INDENT * row.size for row in marked) > len(marked) / 2
    return {number: replace(body, indented=indented) for number, body in bodies.items()}


def _margins(rows: Sequence[Row]) -> tuple[float, float]:
    """The outermost place at which two rows begin, and at which a tenth of the rows end; specks of a scan lie further out."""
    lefts, rights = sorted(row.x0 for row in rows), sorted((row.x1 for row in rows), reverse=True)
    enough = max(2, len(rows) // 10)
    left = next((one for one, other in pairwise(lefts) if other - one < 4), lefts[0] if lefts else 0.0)
    right = next((one for one, other in zip(rights, rights[enough - 1 :], strict=False) if one - other < 6), rights[0] if rights else 0.0)
    return left, right


def without_specks(rows: Sequence[Row], body: Body) -> list[Row]:
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


def _leading(rows: Sequence[Row]) -> float:
    """The usual distance of two rows of one paragraph, in points: the smallest that is common."""
    steps = Counter(
        round((below.baseline - above.baseline) * 2) / 2
        for above, below in pairwise(rows)
        if above.page is below.page and below.baseline - above.baseline > 0.5 * above.size
    )
    return min((step for step, count in steps.items() if count >= _COMMON * steps.total()), default=0.0)


def is_marked(row: Row) -> bool:
    """Whether it opens with a number, a letter or a dash as an item does."""
    marker = marker_of(compose(row.text))
    return marker is not None and (marker.kind is not Kind.MUC or len(row.words) < 20)
