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
    shared = {fold(cell) for _, cell in unit.paragraph.cells if _is_said(cell, asked)}
    alike = [paragraph for paragraph in unit.section.paragraphs if is_row(paragraph) and shared <= {fold(cell) for _, cell in paragraph.cells}]
    if len(alike) < 2 or not shared:
        return None
    sources = tuple(Source(unit.plan, unit.section.address, paragraph.bullet, paragraph.text) for paragraph in alike)
    return Statement("\n".join(f"- {in_words(material.query, paragraph)}." for paragraph in alike), sources)


def _is_said(cell: str, asked: frozenset[str]) -> bool:
    """Whether the question says most of a cell of several syllables: a body or a person is seldom named in full."""
    syllables = folded_syllables(_ADDRESSED.sub("", cell))
    return len(syllables) > 1 and sum(syllable in asked for syllable in syllables) >= _SAID * len(syllables)
