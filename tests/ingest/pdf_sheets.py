"""Pages for the layout of PDF files, as PDFium would show them."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.readers.pdf_page import Box, Page, Word


def words_of(left: float, baseline: float, text: str, bold: bool = False, space: float = 5) -> list[Word]:
    """A row of words, five points a character, ten points high."""
    words, x = [], left
    for part in text.split(" "):
        words.append(Word(part, x, x + 5 * len(part), baseline, 10, bold))
        x += 5 * len(part) + space
    return words


def sheet(rows: Iterable[tuple[float, float, str]], number: int = 1, rulings: tuple[Box, ...] = (), space: float = 5) -> Page:
    return Page(number, 500, 700, tuple(word for row in rows for word in words_of(*row, space=space)), rulings)
