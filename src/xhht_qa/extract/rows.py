"""Table rows: one in words, and all those that the question asks for by what they share."""

from __future__ import annotations

import re

from xhht_qa.extract.material import Material
from xhht_qa.extract.units import Unit
from xhht_qa.extract.values import names_a_list
from xhht_qa.text.dates import years_in
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Paragraph, Query, Source, Statement

_ADDRESSED = re.compile(r"^(?:ông|bà|đồng chí|đ/c|các|cac)\s+", re.IGNORECASE)
_SAID = 0.6  # of its syllables
_RUNNING = ("stt", "tt", "so tt")
_AT_AN_END = re.compile(r"(?<!\w)(?:nào|ai|đâu)(?!\w).*(?<!\w)(nhiều|cao|lớn|đông|dài|rộng|ít|thấp|nhỏ|ngắn)(?: \w+){0,4} nhất(?: là bao nhiêu)?\W*$")
_SUMS_UP = re.compile(r"(?:tổng|cộng)(?!\w)", re.IGNORECASE)  # a row that is no one's own
_LOWEST = ("ít", "thấp", "nhỏ", "ngắn")
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")


def is_row(paragraph: Paragraph) -> bool:
    """Whether the paragraph is a row of a table."""
    return paragraph.bullet.rpartition("/")[2].startswith("r")


def in_words(query: Query, row: Paragraph) -> str:
    """A row with the names of its columns; of columns alike in kind only the one that the question names ("Năm 2026")."""
    cells = [(name, text) for name, text in row.cells if text and fold(name) not in _RUNNING]
    if not cells or not all(name for name, _ in cells):
        return row.text
    years = years_in(query.question)
    other = [name for name, _ in cells if years and (found := years_in(name)) and not years & found]
    return "; ".join(f"{name}: {text}" for name, text in cells if name not in other)


def rows_asked(material: Material, unit: Unit) -> Statement | None:
    """All rows with the cell that the question names, where it asks for several: what one person leads, what falls in one month."""
    if not is_row(unit.paragraph) or not names_a_list(material.query):
        return None
    asked = frozenset(folded_syllables(material.query.text))
    shared = {fold(name) for name in _named_in(unit.paragraph) if _is_said(name, asked)}
    alike = [paragraph for paragraph in unit.section.paragraphs if is_row(paragraph) and shared <= set(map(fold, _named_in(paragraph)))]
    if len(alike) < 2 or not shared:
        return None
    sources = tuple(Source(unit.plan, unit.section.address, paragraph.bullet, paragraph.text) for paragraph in alike)
    return Statement("\n".join(f"- {in_words(material.query, paragraph)}." for paragraph in alike), sources)


def row_at_an_end(material: Material, unit: Unit) -> Statement | None:
    """Of a table that the unit stands in, the rows with the highest or the lowest figure of the column asked about: "xã nào … nhiều nhất?"."""
    asked = _AT_AN_END.search(material.query.text.lower()) if is_row(unit.paragraph) else None
    if asked is None:
        return None
    rows = [paragraph for paragraph in unit.section.paragraphs if is_row(paragraph) and not any(_SUMS_UP.match(cell) for _, cell in paragraph.cells)]
    columns = {name: material.weights.words_cover(name) for name, _ in unit.paragraph.cells if all(_figure_in(row, name) is not None for row in rows)}
    best = max(columns.values(), default=0.0)
    named = [name for name, cover in columns.items() if cover == best > 0.0]
    if not rows or len(named) != 1:
        return None
    figures = [_figure_in(row, named[0]) or 0.0 for row in rows]
    end = min(figures) if asked.group(1) in _LOWEST else max(figures)
    found = [row for row, figure in zip(rows, figures, strict=True) if figure == end]
    sources = tuple(Source(unit.plan, unit.section.address, row.bullet, row.text) for row in found)
    return Statement("\n".join(f"{in_words(material.query, row)}." for row in found), sources)


def _figure_in(row: Paragraph, column: str) -> float | None:
    """The cell of a column where it is a figure alone: "1.900", "12,5"."""
    cell = next((text.strip() for name, text in row.cells if name and name == column), "")
    return float(cell.replace(".", "").replace(",", ".")) if _FIGURE.fullmatch(cell) else None


def _named_in(row: Paragraph) -> list[str]:
    """What the cells of a row name, each of several in one cell for itself: "Công an xã; Trạm Y tế"."""
    return [name.strip() for _, cell in row.cells for name in cell.split(";")]


def _is_said(cell: str, asked: frozenset[str]) -> bool:
    """Whether the question says most of a cell of several syllables: a body or a person is seldom named in full."""
    syllables = folded_syllables(_ADDRESSED.sub("", cell))
    return len(syllables) > 1 and sum(syllable in asked for syllable in syllables) >= _SAID * len(syllables)
