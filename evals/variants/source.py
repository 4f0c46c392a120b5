"""What every variant is made from: a plan's printed paragraphs and table rows, in order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, takewhile, zip_longest
from pathlib import Path

from ingest.markers import Marker, marker_of
from ingest.parse import parse
from ingest.read import read
from xhht_qa.errors import XhhtError
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.types import Plan

_LONGEST_HEAD = 8  # lines of a letterhead


class VariantError(XhhtError):
    """A variant that a program did not write."""


@dataclass(frozen=True)
class Item:
    """A printed paragraph with its number, or a table row when it has ``cells``."""

    text: str
    marker: Marker | None
    section: str  # the address of the section that it stands in
    is_heading: bool
    cells: tuple[str, ...] = ()

    @property
    def rest(self) -> str:
        """The words behind the number."""
        return self.text.removeprefix(self.marker.printed).lstrip() if self.marker else self.text


@dataclass(frozen=True)
class Source:
    """A plan and its paragraphs by where a page sets them.

    ``left`` and ``right`` are the two columns of the letterhead, ``recipients`` and ``signature`` those of the foot; each is empty where
    a plan does not print it, and what stands in none of them is in ``body`` and ``appendix``.
    """

    plan: Plan
    left: tuple[Item, ...]
    right: tuple[Item, ...]
    body: tuple[Item, ...]
    recipients: tuple[Item, ...]
    signature: tuple[Item, ...]
    appendix: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, the letterhead and the foot column by column."""
        return (*self.left, *self.right, *self.body, *self.recipients, *self.signature, *self.appendix)

    @property
    def by_rows(self) -> tuple[Item, ...]:
        """All of them, the letterhead and the foot row by row."""
        head, foot = zip_longest(self.left, self.right), zip_longest(self.recipients, self.signature)
        return (*filter(None, chain(*head)), *self.body, *filter(None, chain(*foot)), *self.appendix)


def load_source(path: Path) -> Source:
    """The plan in a file, as the product reads it. Raises ReadError."""
    document = read(path)
    plan = parse(document)
    rows = {line.number: line.cells for line in document.lines if line.cells}
    items = [
        Item(paragraph.text, marker_of(paragraph.text), section.address, section.is_heading and not index, rows.get(paragraph.first_line, ()))
        for section in plan.sections
        for index, paragraph in enumerate(section.paragraphs)
    ]
    head = list(takewhile(lambda item: not fold(item.text).startswith("ke hoach"), items))
    head = head if head and len(head) < _LONGEST_HEAD and head[-1].section == items[0].section else []
    foot = next((at for at, item in enumerate(items) if fold(item.text).startswith("noi nhan")), len(items))
    appendix = next((at for at in range(foot, len(items)) if items[at].section != items[foot].section), len(items))
    signature = next((at for at in range(foot + 1, appendix) if is_upper(items[at].text) and items[at].marker is None), appendix)
    return Source(
        plan=plan,
        left=tuple(item for item in head if not _is_right(item)),
        right=tuple(item for item in head if _is_right(item)),
        body=tuple(items[len(head) : foot]),
        recipients=tuple(items[foot:signature]),
        signature=tuple(items[signature:appendix]),
        appendix=tuple(items[appendix:]),
    )


def _is_right(item: Item) -> bool:
    """The state's name, its motto, and the place and date stand on the right."""
    text = fold(item.text)
    return text.startswith(("cong hoa xa hoi", "doc lap")) or ", ngay" in text
