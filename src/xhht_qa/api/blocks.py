"""A plan as its page draws it: the paragraphs in the order of the print, grouped by section, rows of tables apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xhht_qa.types import Paragraph, Plan, Section

OUTLINE_DEPTH = 3  # parts, items and sub-items; letter points would make the outline as long as the plan


@dataclass(frozen=True)
class Run:
    """Paragraphs that follow each other, either all rows of one table or none of them."""

    is_table: bool
    paragraphs: tuple[Paragraph, ...]

    def cells(self, row: Paragraph) -> list[str]:
        """The texts of a row's cells, from left to right; one for a row that is merged across the table."""
        return [text for _, text in row.cells] or [cell.strip() for cell in row.text.split("|")]  # a head has no cells of its own

    @property
    def columns(self) -> int:
        """Of the widest row."""
        return max(len(self.cells(row)) for row in self.paragraphs)


@dataclass(frozen=True)
class Block:
    """Consecutive paragraphs of one section, as runs; ``depth`` 0 is a part.

    A section whose text goes on after its children has several blocks; ``opens`` marks the first, which carries the anchor.
    """

    section: Section
    depth: int
    opens: bool
    runs: tuple[Run, ...]

    @property
    def has_heading(self) -> bool:
        """Whether the first paragraph is a heading; the opening and the end of a plan are headed by no number."""
        return self.opens and self.section.is_heading and self.section.is_numbered

    @property
    def heading_level(self) -> int:
        """The n of its ``<hn>``; 1 is the plan's own title."""
        return min(self.depth + 2, 6)

    @property
    def doubtful(self) -> bool:
        """Whether a part of it was hardly made out on a scan."""
        return any(paragraph.doubtful for run in self.runs for paragraph in run.paragraphs)

    @property
    def outline_title(self) -> str:
        """The line of the outline, "" when the outline leaves the section out."""
        if not self.opens or self.depth >= OUTLINE_DEPTH:
            return ""
        if not self.section.is_numbered:
            return self.section.label[:1].upper() + self.section.label[1:]
        return self.section.path[-1] if self.section.is_heading or self.depth == 0 else ""


def blocks(plan: Plan) -> list[Block]:
    """The plan's paragraphs in the order of the print, grouped by the section they belong to."""
    depths: dict[str, int] = {}
    printed: list[tuple[Section, Paragraph]] = []
    for section in plan.sections:
        depths[section.address] = depths.get(section.parent, -1) + 1 if section.parent else 0
        printed += [(section, paragraph) for paragraph in section.paragraphs]
    printed.sort(key=lambda pair: pair[1].first_line)
    opened: set[str] = set()
    result = []
    for address, group in itertools.groupby(printed, key=lambda pair: pair[0].address):
        pairs = list(group)
        paragraphs = [paragraph for _, paragraph in pairs]
        result.append(Block(pairs[0][0], depths[address], address not in opened, tuple(runs(paragraphs))))
        opened.add(address)
    return result


def runs(paragraphs: Sequence[Paragraph]) -> Iterator[Run]:
    """Rows of tables apart from the text around them: "cell | cell", or a bullet "/r5" for a row merged into one cell."""
    in_table: list[bool] = []
    below = False
    for paragraph in reversed(paragraphs):  # a head has no address of its own: it is what stands above a row and has bars
        below = "/r" in paragraph.bullet or (below and " | " in paragraph.text)
        in_table.append(below)
    for is_table, run in itertools.groupby(zip(paragraphs, reversed(in_table), strict=True), key=lambda pair: pair[1]):
        yield Run(is_table, tuple(paragraph for paragraph, _ in run))
