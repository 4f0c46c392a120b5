"""Paragraphs → section tree. A stack holds the open sections; each printed number finds its place on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.boundaries import boundaries
from ingest.columns import name_cells
from ingest.markers import Kind, Marker, alternatives
from ingest.nodes import FIXED_PARENTS, Node
from ingest.paragraphs import Block, join_lines
from ingest.titles import section_of
from xhht_qa.types import CLOSING, OPENING, Line, Paragraph, Section

_NESTED_SIGNS = "+"  # "+" stands under "-" in every handbook; the other signs nest in the order in which they appear
_PERIODS = ("thang", "quy", "tuan", "nam")  # a plan names those in which there is something to do


def parse_outline(lines: Sequence[Line]) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The sections of a document in order, with one warning for each oddity of print.

    Every line but the numbers of pages is in one section's own paragraphs.
    """
    blocks = join_lines(lines)
    builder = _Builder(blocks)
    for index, block in enumerate(blocks):
        builder.add(index, block)
    return builder.sections(), tuple(builder.warnings)


class _Builder:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.boundaries = boundaries(blocks)
        self.cells = name_cells(blocks)
        self.document = 1
        self.started = False  # the document that is being read has a section with a number, or an end
        self.last_of: dict[tuple[int, str, str], Marker] = {}  # of every series, by document and level
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.bullets: list[tuple[str, int]] = []
        self.bullet_counts: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.printed: Counter[str] = Counter()
        self.repeats: Counter[tuple[int, str]] = Counter()
        self.appendices = 0
        self.warnings: list[str] = []

    def add(self, index: int, block: Block) -> None:
        marker = block.marker
        if index in self.boundaries.attached:
            self.document += 1
            self.started = False
            self._open(Node(None, (), "", f"{OPENING}({self.document})", None))
        elif index in self.boundaries.appendices or (marker and self._opens_appendix(marker)):
            self._open_appendix(marker)
        elif index in self.boundaries.closings:
            self._open(Node(None, (), "", CLOSING if self.document == 1 else f"{CLOSING}({self.document})", None))
        elif marker and marker.kind is not Kind.BULLET and not self._in_closing() and self._opens_section(marker):
            self._open_numbered(index, marker)
        elif not self.nodes:
            self._open(Node(None, (), "", OPENING, None))
        self._append(index, block)

    def _in_closing(self) -> bool:
        return bool(self.stack) and self.stack[0].address.startswith(CLOSING)

    def _opens_section(self, marker: Marker) -> bool:
        """A lone "12." or "b)" in the opening words is no section; a first section is a part, a first number or a first letter.

        "Giai đoạn 1" below the title is a part of it, and "Biểu số 1" is a heading in an appendix only.
        """
        if marker.kind is Kind.FORM:
            return self._in_appendix()
        if marker.kind is Kind.NAMED:
            return self.started
        return self.started or marker.value[0] == 1 or marker.kind in FIXED_PARENTS

    def _in_appendix(self) -> bool:
        return bool(self.stack) and self.stack[0].kind is Kind.APPENDIX

    def _opens_appendix(self, marker: Marker) -> bool:
        """ "Phụ lục 2" does; so does "Biểu số 1" behind the end of the plan, unless the appendix that is open is a "Phụ lục"."""
        if marker.kind is not Kind.FORM:
            return marker.kind is Kind.APPENDIX
        above = self.stack[0].marker if self._in_appendix() else None
        return self._in_closing() or (above is not None and above.kind is Kind.FORM)

    def _open_appendix(self, marker: Marker | None) -> None:
        self.appendices += 1
        address = "phu-luc" if self.appendices == 1 else f"phu-luc-{self.appendices}"
        printed = marker.printed if marker and marker.kind in FIXED_PARENTS else ""
        self._open(Node(Kind.APPENDIX, (self.appendices,), printed, address, None, marker if printed else None))

    def _open_numbered(self, index: int, marker: Marker) -> None:
        marker, depth = self._place(index, marker)
        parent = self.stack[depth - 1] if depth else None
        token = marker.token
        if parent is not None and (shared := parent.shares(marker)):
            token = ".".join(token.split(".")[shared:])
        appendix = self.stack[0] if marker.kind is Kind.ARTICLE and self._in_appendix() else None
        above = appendix if marker.kind is Kind.ARTICLE else parent  # articles count through, but an appendix has its own
        base = f"{above.address}.{token}" if above else token
        # Counted over the plan, not the level: "3.1" under III and "1" under III.3 lead to one address.
        self.printed[base] += 1
        address = base if self.printed[base] == 1 else f"{base}({self.printed[base]})"
        self.repeats[self.document, base] += 1
        repeat = self.repeats[self.document, base]
        self._warn(marker, parent, repeat, address)
        del self.stack[depth:]
        node = Node(marker.kind, marker.value, marker.printed, address, parent, marker, repeat=repeat, document=self.document)
        if parent:
            parent.children.append(node)
        self._open(node, root=False)

    def _open(self, node: Node, root: bool = True) -> None:
        if root:
            self.stack.clear()
            node.document = self.document
        self.stack.append(node)
        self.nodes.append(node)
        self.started = self.started or node.kind is not None or node.address.startswith(CLOSING)
        self.bullets.clear()
        self.bullet_counts.clear()

    def _place(self, index: int, marker: Marker) -> tuple[Marker, int]:
        """The reading of the marker and how many open sections stay open above it."""
        successors = [(depth, reading) for reading in alternatives(marker) if (depth := self._as_successor(reading)) is not None]
        if successors and not (marker.token == "i" and self._opens_small_roman(index, marker)):
            depth, reading = max(successors, key=lambda successor: successor[0])
            return reading, depth
        marker = next((reading for reading in alternatives(marker) if reading.last == 1), marker)  # "i)" that follows no h) opens i, ii, iii
        if marker.kind in FIXED_PARENTS:
            return marker, self._below(FIXED_PARENTS[marker.kind])
        if marker.kind is Kind.DECIMAL:
            return marker, self._decimal_depth(marker)
        depth = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].series == marker.series), None)
        if depth is None or (marker.last == 1 and self._nested_list(index, marker, depth)):
            return marker, self._container_depth()
        return marker, depth

    def _as_successor(self, marker: Marker) -> int | None:
        """The depth of the nearest open section that this number follows on, the same punctuation first."""
        families = {
            Kind.ARABIC: (Kind.ARABIC, Kind.PAREN),
            Kind.PAREN: (Kind.PAREN, Kind.ARABIC),
            Kind.LETTER: (Kind.LETTER, Kind.LETTER_DOT),
            Kind.LETTER_DOT: (Kind.LETTER_DOT, Kind.LETTER),
        }.get(marker.kind, (marker.kind,))
        if marker.kind in (Kind.DECIMAL, Kind.PART, Kind.CHAPTER, Kind.ARTICLE):
            return None
        for kind in families:
            for depth in range(len(self.stack) - 1, -1, -1):
                open_marker = self.stack[depth].marker
                if open_marker and open_marker.kind is kind and self._same_series(open_marker, marker) and marker.follows(open_marker):
                    return depth
        return None

    @staticmethod
    def _same_series(earlier: Marker, marker: Marker) -> bool:
        return marker.kind not in (Kind.NAMED, Kind.FORM) or earlier.series == marker.series

    def _opens_small_roman(self, index: int, marker: Marker) -> bool:
        """Whether "i)" behind h) opens i, ii, iii: the next small Roman figure is ii, and no j) or k) comes before it."""
        following = (block.marker for block in self.blocks[index + 1 :] if block.marker)
        after = next((other for other in following if other.kind in (marker.kind, Kind.LOWER_ROMAN) or other.kind in FIXED_PARENTS), None)
        return after is not None and after.kind is Kind.LOWER_ROMAN and after.last == 2

    def _below(self, parents: tuple[Kind, ...]) -> int:
        return next((depth + 1 for depth in range(len(self.stack) - 1, -1, -1) if self.stack[depth].kind in parents), 0)

    def _decimal_depth(self, marker: Marker) -> int:
        shared = [section.shares(marker) for section in self.stack]
        if any(shared):
            return len(shared) - shared[::-1].index(max(shared))
        containers = (Kind.PART, Kind.CHAPTER, Kind.MUC, Kind.APPENDIX, Kind.FORM, Kind.UPPER, Kind.ROMAN)
        return self._below(containers)

    def _container_depth(self) -> int:
        return 0 if self.stack and self.stack[0].kind is None else len(self.stack)

    def _nested_list(self, index: int, marker: Marker, depth: int) -> bool:
        """A new "1." below an open letter is a list of that letter when the next letter follows on later in the same number."""
        top = self.stack[-1]
        if depth == len(self.stack) - 1:
            return False
        for block in self.blocks[index + 1 :]:
            other = block.marker
            if other is None or other.kind is Kind.BULLET:
                continue
            if other.series == top.series:
                return top.marker is not None and other.follows(top.marker)
            if other.kind in FIXED_PARENTS or (other.kind is marker.kind and other.last == self.stack[depth].value[-1] + 1 and other.last != 2):
                return False
        return False

    def _warn(self, marker: Marker, parent: Node | None, repeat: int, address: str) -> None:
        through = marker.kind in (Kind.ARTICLE, Kind.CHAPTER)  # these count through the parts and chapters above them
        above = (self.stack[0] if self._in_appendix() else None) if through else parent
        level = (self.document, above.address if above else "", marker.series)
        last = self.last_of.get(level)
        self.last_of[level] = marker
        if repeat > 1:
            self.warnings.append(f"{address}: the number {marker.printed} is printed {repeat} times at one level")
            return
        first = marker.kind is Kind.ARTICLE or marker.last == 1
        expected = (last is not None and marker.follows(last)) or (first if last is None else marker.kind is Kind.CHAPTER and marker.last == 1)
        if not expected and marker.series not in _PERIODS:
            self.warnings.append(f"{address}: the number {marker.printed} does not follow on")

    def _append(self, index: int, block: Block) -> None:
        node = self.stack[-1]
        opened_here = not node.paragraphs
        address = ""
        cells = self.cells.get(index)
        if cells is not None:
            self.rows[node.address] += 1
            address = f"/r{self.rows[node.address]}"
        elif block.marker and block.marker.kind is Kind.BULLET and not opened_here:
            address = self._bullet_address(block)
        node.paragraphs.append(Paragraph(block.text, address, block.first_line, block.last_line, block.page, block.doubtful, cells or ()))
        node.first_line = node.first_line or block.first_line
        ancestor: Node | None = node
        while ancestor:
            ancestor.last_line = block.last_line
            ancestor = ancestor.parent

    def _bullet_address(self, block: Block) -> str:
        assert block.marker
        sign = block.marker.token
        signs = [open_sign for open_sign, _ in self.bullets]
        if sign in signs:
            del self.bullets[signs.index(sign) :]
        elif signs and sign not in _NESTED_SIGNS and signs[0] in _NESTED_SIGNS:
            self.bullets.clear()
        prefix = "".join(f"/{open_sign}{number}" for open_sign, number in self.bullets)
        self.bullet_counts[prefix + sign] += 1
        self.bullets.append((sign, self.bullet_counts[prefix + sign]))
        return f"{prefix}/{sign}{self.bullets[-1][1]}"

    def sections(self) -> tuple[Section, ...]:
        return tuple(section_of(node) for node in self.nodes)
