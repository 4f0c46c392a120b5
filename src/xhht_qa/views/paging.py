"""A long list shown a page at a time; the files of a view hold all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from xhht_qa import messages
from xhht_qa.views.asked import Asked

ROWS, LANES = "trang", "bang"  # in an address: the page of the list, and that of the timeline
NAMES = frozenset({ROWS, LANES})
_SIZE = 100  # rows: some 100 kB, and as many as anyone reads before filtering

T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """``size`` of ``total`` rows; pages and rows count from 1."""

    number: int
    size: int
    total: int

    @classmethod
    def asked_for(cls, asked: Asked, name: str, total: int, size: int = _SIZE) -> Page:
        """The page that an address names, the last one where it names a later one. Raises QuestionError."""
        return cls(min(asked.number(name) or 1, max(1, -(-total // size))), size, total)

    @property
    def is_all(self) -> bool:
        """Whether there is no other page."""
        return self.total <= self.size

    @property
    def first(self) -> int:
        """The number of its first row."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The number of its last row."""
        return min(self.number * self.size, self.total)

    @property
    def before(self) -> int | None:
        """The number of the page before, if there is one."""
        return self.number - 1 or None

    @property
    def after(self) -> int | None:
        """The number of the page behind, if there is one."""
        return self.number + 1 if self.last < self.total else None

    def of(self, rows: Sequence[T], behind: int = 0) -> Sequence[T]:
        """Those of ``rows`` that are on the page, where ``behind`` others stand before them in the list."""
        return rows[max(0, self.first - 1 - behind) : max(0, self.last - behind)]

    def sentence(self, what: str) -> str:
        """ "Dòng 1–100 trong 2.431"."""
        return messages.page_of_rows(what, self.first, self.last, self.total)
