"""Paragraphs → section tree. A stack holds the open sections; each printed number finds its place on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.boundaries import boundaries
from ingest.columns import name_cells
from ingest.labels import label_of
from ingest.letterhead import subject_of
from ingest.markers import Kind, Marker, alternatives
from ingest.paragraphs import Block, join_lines
from xhht_qa.text.normalise import is_upper
from xhht_qa.types import CLOSING, OPENING, Line, Paragraph, Section

_TITLE_SYLLABLES = 8  # the opening words that stand for a title where no heading is printed
_HEADING_WORDS = 45  # real headings of one sentence run to about forty words; longer ones are body text
# "Giai đoạn 1 (từ 2024 - 2025): Ban …", "Hồ sơ cấp tỉnh thực hiện theo …": what stands before the colon or verb is a heading
_RUN_IN_HEADING = re.compile(r"((?:[^:()]|\([^()]*\))+?)(?::\s*\S| thực hiện theo )")
_RUN_IN_WORDS = 15  # when it is short
_NESTED_SIGNS = "+"  # "+" stands under "-" in every handbook; the other signs nest in the order in which they appear
_PERIODS = ("thang", "quy", "tuan", "nam")  # a plan names those in which there is something to do
# Rank of the kinds that keep one place in every document; the others stand where they first appear.
_FIXED_PARENTS: dict[Kind, tuple[Kind, ...]] = {
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
class _Node:
    """A section while it grows."""

    kind: Kind | None
    value: tuple[int, ...]
    printed: str
    address: str
    parent: _Node | None
    marker: Marker | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)
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
        self.nodes: list[_Node] = []
        self.stack: list[_Node] = []
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
            self._open(_Node(None, (), "", f"{OPENING}({self.document})", None))
        elif index in self.boundaries.appendices or (marker and self._opens_appendix(marker)):
            self._open_appendix(marker)
        elif index in self.boundaries.closings:
            self._open(_Node(None, (), "", CLOSING if self.document == 1 else f"{CLOSING}({self.document})", None))
        elif marker and marker.kind is not Kind.BULLET and not self._in_closing() and self._opens_section(marker):
            self._open_numbered(index, marker)
        elif not self.nodes:
            self._open(_Node(None, (), "", OPENING, None))
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
        return self.started or marker.value[0] == 1 or marker.kind in _FIXED_PARENTS

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
        printed = marker.printed if marker and marker.kind in _FIXED_PARENTS else ""
        self._open(_Node(Kind.APPENDIX, (self.appendices,), printed, address, None, marker if printed else None))

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
        node = _Node(marker.kind, marker.value, marker.printed, address, parent, marker, repeat=repeat, document=self.document)
        if parent:
            parent.children.append(node)
        self._open(node, root=False)

    def _open(self, node: _Node, root: bool = True) -> None:
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
        if marker.kind in _FIXED_PARENTS:
            return marker, self._below(_FIXED_PARENTS[marker.kind])
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
        after = next((other for other in following if other.kind in (marker.kind, Kind.LOWER_ROMAN) or other.kind in _FIXED_PARENTS), None)
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
            if other.kind in _FIXED_PARENTS or (other.kind is marker.kind and other.last == self.stack[depth].value[-1] + 1 and other.last != 2):
                return False
        return False

    def _warn(self, marker: Marker, parent: _Node | None, repeat: int, address: str) -> None:
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
        ancestor: _Node | None = node
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
        return tuple(_section(node) for node in self.nodes)


def _section(node: _Node) -> Section:
    title, is_heading = _title(node)
    return Section(
        address=node.address,
        parent=node.parent.address if node.parent else None,
        label=label_of(_levels(node)),
        title=title,
        is_heading=is_heading,
        path=tuple(_path_entry(level) for level in _lineage(node)),
        paragraphs=tuple(node.paragraphs),
        first_line=node.first_line,
        last_line=node.last_line,
    )


def _lineage(node: _Node) -> list[_Node]:
    chain: list[_Node] = []
    current: _Node | None = node
    while current:
        chain.append(current)
        current = current.parent
    return chain[::-1]


def _levels(node: _Node) -> list[tuple[Kind | None, str, int]]:
    return [(level.kind, _printed_number(level), level.repeat if level.kind is not Kind.APPENDIX else level.value[0]) for level in _lineage(node)]


def _printed_number(node: _Node) -> str:
    """The number alone; with its noun where only the noun says what is counted: "Quý I", "Mẫu số 02"."""
    if node.marker is None:
        return "" if node.kind is Kind.APPENDIX else node.address
    if node.kind in (Kind.APPENDIX, Kind.FORM, Kind.NAMED):
        return node.marker.printed if node.marker.token else ""
    return node.marker.token


def _path_entry(node: _Node) -> str:
    title, _ = _title(node)
    return f"{node.printed} {title}".strip()


def _title(node: _Node) -> tuple[str, bool]:
    """The printed heading, or the first words of the sentence that stands in its place."""
    if node.address.startswith(OPENING):
        return _subject(node), True
    if not node.paragraphs:
        return "", False
    if node.kind is Kind.APPENDIX and node.marker is None:
        return _title_below(node.paragraphs), True
    text = node.marker.rest if node.marker else node.paragraphs[0].text
    if node.marker and not text and node.kind in _FIXED_PARENTS:
        text = _title_below(node.paragraphs[1:])
    words = text.split()
    has_body = bool(node.children) or len(node.paragraphs) > 1
    run_in = _RUN_IN_HEADING.match(text)
    if run_in and len(run_in.group(1).split()) <= _RUN_IN_WORDS:
        return run_in.group(1).strip(), True
    body = run_in is not None
    sentence = text.endswith((".", ";"))
    if (
        node.marker
        and len(words) <= _HEADING_WORDS
        and (is_upper(text) or (has_body and (not sentence or len(words) <= _HEADING_WORDS // 2)) or (not sentence and not body))
    ):
        return text.rstrip(".;:") if sentence or node.kind is Kind.NAMED else text, True
    return " ".join(words[:_TITLE_SYLLABLES]), False


def _title_below(paragraphs: Sequence[Paragraph]) -> str:
    """The title under "Phần thứ nhất" or "PHỤ LỤC I" alone on its line: lines in capitals, or one short line that is no sentence."""
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph.bullet or paragraph.cells or not is_upper(paragraph.text):
            break
        lines.append(paragraph.text)
    if lines or not paragraphs:
        return " ".join(lines)
    first = paragraphs[0]
    plain = not first.bullet and not first.text.startswith("(") and " | " not in first.text
    return first.text if plain and not first.text.endswith((".", ";", ":", ",")) and len(first.text.split()) <= _HEADING_WORDS // 2 else ""


def _subject(node: _Node) -> str:
    """The trích yếu, or the first words where none is printed."""
    texts = [paragraph.text for paragraph in node.paragraphs]
    return subject_of(texts) or (" ".join(texts[0].split()[:_TITLE_SYLLABLES]) if texts else "")
