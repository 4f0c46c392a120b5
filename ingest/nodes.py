"""A section while the tree grows: its number, its place, and what it shares with the sections above it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.markers import Kind, Marker
from xhht_qa.types import Paragraph

# Rank of the kinds that keep one place in every document; the others stand where they first appear.
FIXED_PARENTS: dict[Kind, tuple[Kind, ...]] = {
    Kind.PART: (),
    Kind.CHAPTER: (Kind.PART,),
    Kind.MUC: (Kind.CHAPTER, Kind.PART, Kind.APPENDIX),
    Kind.ARTICLE: (Kind.MUC, Kind.CHAPTER, Kind.PART, Kind.APPENDIX),
    Kind.APPENDIX: (),
    Kind.FORM: (Kind.APPENDIX,),
    Kind.UPPER: (Kind.PART, Kind.CHAPTER, Kind.APPENDIX),
    Kind.ROMAN: (Kind.PART, Kind.CHAPTER, Kind.UPPER, Kind.APPENDIX),
}


@dataclass
class Node:
    """A section while it grows."""

    kind: Kind | None
    value: tuple[int, ...]
    printed: str
    address: str
    parent: Node | None
    marker: Marker | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0
    repeat: int = 1
    document: int = 1  # 2 for what is attached to the first

    @property
    def series(self) -> str | None:
        """What its number counts in, None for a section without a number."""
        return self.marker.series if self.marker else None

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures from the top down to this section: III, 2, 1 for "2.1" under "2." under "III."."""
        if self.marker is None:
            return ()
        above = self.parent.figures if self.parent else ()
        shared = self.parent.shares(self.marker) if self.parent and self.kind is Kind.DECIMAL else 0
        return (*above, *self._own_figures()[shared:])

    def shares(self, marker: Marker) -> int:
        """How many figures of a decimal number are this section's: 2 of "2.1.1" below "2.1", 1 below "2." alone, 2 of "III.2.1" below III.2."""
        figures = marker.token.split(".")
        if self.marker is None or marker.kind is not Kind.DECIMAL:
            return 0
        at_least = len(self._own_figures())
        return next((count for count in range(len(figures) - 1, at_least - 1, -1) if self.figures[-count:] == tuple(figures[:count])), 0)

    def _own_figures(self) -> tuple[str, ...]:
        assert self.marker
        return (str(self.marker.last),) if self.kind in (Kind.NAMED, Kind.ARTICLE) else tuple(self.marker.token.split("."))
