"""What a page shows, however it was read: words and ruling lines with their places.

Places are in points (1/72 inch) from the top left corner of the page, turned so that its text stands upright.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

# Left, top, right and bottom edge.
Box = tuple[float, float, float, float]

_THIN = 3.0  # a ruling is thinner than this
_MIN_LENGTH = 8.0  # shorter strokes are letters or dots
_SUNK = 0.15  # of the size: a word this much lower than one that it overlaps is on another row
_NO_SPACE = 0.05  # of the size: a gap that parts no words; the letters of a stand-in font may be wider than the place they have


@dataclass(frozen=True)
class Word:
    """A run of characters without white space; ``size`` is that of its font, ``confidence`` 1 where the file itself holds the text."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool = False
    confidence: float = 1.0

    @property
    def middle(self) -> tuple[float, float]:
        """The point at half width and half the height of a small letter."""
        return (self.x0 + self.x1) / 2, self.baseline - self.size * 0.25


@dataclass(frozen=True)
class Page:
    """``rulings`` are thin straight lines, each the box that it fills; a ``recognised`` page was read from a picture."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Box, ...] = ()
    recognised: bool = False

    @cached_property
    def text(self) -> str:
        """All words, row by row across the page: a file may hold the letters of one font behind those of another."""
        return "\n".join(joined(row) for row in rows_of(list(self.words)))


def is_ruling(box: Box) -> bool:
    """Whether a box is a thin line, level or upright, long enough to rule something."""
    across, down = box[2] - box[0], box[3] - box[1]
    return min(across, down) <= _THIN and max(across, down) >= _MIN_LENGTH


def rows_of(words: list[Word]) -> list[list[Word]]:
    """Words that share a baseline, from the top down, each row from left to right; a raised figure stays on its row."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if rows and word.baseline - rows[-1][-1].baseline < 0.4 * max(word.size, rows[-1][-1].size) and not _stacked(word, rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _stacked(word: Word, row: list[Word]) -> bool:
    """Whether a word stands above or below words of the row: rows of two columns may lie between each other."""
    return any(
        min(word.x1, other.x1) - max(word.x0, other.x0) > 0.3 * min(word.x1 - word.x0, other.x1 - other.x0)
        and word.baseline - other.baseline > _SUNK * max(word.size, other.size)
        for other in row
    )


def joined(row: list[Word]) -> str:
    """The text of a row; pieces of one word that a font change has cut are put together again."""
    text = row[0].text if row else ""
    for left, right in pairwise(row):
        text += right.text if right.x0 - left.x1 < _NO_SPACE * left.size else f" {right.text}"
    return text
