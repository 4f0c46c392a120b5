"""Paragraphs → section tree. A stack holds the open sections; each printed number finds its place on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.labels import label_of
from ingest.markers import Kind, Marker, alternatives
from ingest.paragraphs import Block, join_lines
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.types import Line, Paragraph, Section

OPENING, CLOSING = "mo-dau", "ket-thuc"
_TITLE_SYLLABLES = 8  # the opening words that stand for a title where no heading is printed
_HEADING_WORDS = 45  # real headings of one sentence run to about forty words; longer ones are body text
# "Giai đoạn 1 (từ 2024 - 2025): Ban …", "Hồ sơ cấp tỉnh thực hiện theo …": what stands before the colon or verb is a heading
_RUN_IN_HEADING = re.compile(r"((?:[^:()]|\([^()]*\))+?)(?::\s*\S| thực hiện theo )")
_RUN_IN_WORDS = 15  # when it is short
_RECIPIENTS = re.compile(r"noi nhan\b")
_SIGNATURE = re.compile(r"(?:tm|kt|tl|tuq|q)\s?\.|(?:pho )?(?:chu tich|giam doc|truong ban|chanh |hieu truong|truong phong|tong giam doc)")
_CLOSING_CUE = re.compile(
    r"tren day la|(?:trong )?qua trinh (?:trien khai|to chuc|thuc hien)|trong khi thuc hien|nhan duoc ke hoach"
    r"|(?:\S+ ){0,6}?(?:de nghi|yeu cau) (?:cac|ban|so|thu truong|chu tich|ubnd|uy ban|truong|giam doc|don vi|co quan)"
    r"|ke hoach nay|(?:uy ban|ubnd|so|ban|phong|chi cuc|thanh tra|vien|trung tam|truong)\b.{0,60}(?:de nghi|yeu cau)|can cu ke hoach nay|giao \S+ .{0,60}(?:theo doi|don doc)"
)
_NOTE = re.compile(r"(?:luu y|ghi chu)\b")
_NESTED_SIGNS = "+"  # "+" stands under "-" in every handbook; the other signs nest in the order in which they appear
# Rank of the kinds that keep one place in every document; the others stand where they first appear.
_FIXED_PARENTS: dict[Kind, tuple[Kind, ...]] = {
    Kind.PART: (),
    Kind.CHAPTER: (Kind.PART,),
    Kind.MUC: (Kind.CHAPTER, Kind.PART, Kind.APPENDIX),
    Kind.ARTICLE: (Kind.MUC, Kind.CHAPTER, Kind.PART, Kind.APPENDIX),
    Kind.APPENDIX: (),
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

    @property
    def figures(self) -> tuple[int, ...]:
        """What a decimal under this section repeats: 2 for "2." and "Mục 2.", 2.1 for "2.1."."""
        return self.value if self.kind in (Kind.ARABIC, Kind.DECIMAL, Kind.MUC, Kind.ARTICLE, Kind.PAREN) else ()


def parse_outline(lines: Sequence[Line]) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The sections of a document in order, with one warning for each oddity of print. Every line is in one section's own paragraphs."""
    blocks = join_lines(lines)
    builder = _Builder(blocks)
    for index, block in enumerate(blocks):
        builder.add(index, block)
    return builder.sections(), tuple(builder.warnings)


class _Builder:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.closing_at = _closing_start(blocks)
        self.nodes: list[_Node] = []
        self.stack: list[_Node] = []
        self.bullets: list[tuple[str, int]] = []
        self.bullet_counts: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.printed: Counter[str] = Counter()
        self.appendices = 0
        self.warnings: list[str] = []

    def add(self, index: int, block: Block) -> None:
        marker = block.marker
        if marker and marker.kind is Kind.APPENDIX:
            self._open_appendix(marker)
        elif index == self.closing_at:
            self._open(_Node(None, (), "", CLOSING, None))
        elif marker and marker.kind is not Kind.BULLET and not self._in_closing() and self._opens_section(marker):
            self._open_numbered(index, marker)
        elif not self.nodes:
            self._open(_Node(None, (), "", OPENING, None))
        self._append(index, block)

    def _in_closing(self) -> bool:
        return bool(self.stack) and self.stack[0].address == CLOSING

    def _opens_section(self, marker: Marker) -> bool:
        """A lone "12." or "b)" in the opening words is no section; a first section is a part, a first number or a first letter."""
        started = any(node.address not in (OPENING,) for node in self.nodes)
        return started or marker.value[0] == 1 or marker.kind in _FIXED_PARENTS

    def _open_appendix(self, marker: Marker) -> None:
        self.appendices += 1
        address = "phu-luc" if self.appendices == 1 else f"phu-luc-{self.appendices}"
        self._open(_Node(Kind.APPENDIX, (self.appendices,), marker.printed, address, None, marker))

    def _open_numbered(self, index: int, marker: Marker) -> None:
        marker, depth = self._place(index, marker)
        parent = self.stack[depth - 1] if depth else None
        token = marker.token
        if marker.kind is Kind.DECIMAL and parent is not None and parent.figures == marker.value[:-1]:
            token = str(marker.last)
        siblings = parent.children if parent else [node for node in self.nodes if node.parent is None]
        base = token if parent is None or marker.kind is Kind.ARTICLE else f"{parent.address}.{token}"
        # Counted over the plan, not the level: "3.1" under III and "1" under III.3 lead to one address.
        self.printed[base] += 1
        repeat = self.printed[base]
        address = base if repeat == 1 else f"{base}({repeat})"
        self._warn(marker, siblings, repeat, address)
        del self.stack[depth:]
        node = _Node(marker.kind, marker.value, marker.printed, address, parent, marker, repeat=repeat)
        if parent:
            parent.children.append(node)
        self._open(node, root=False)

    def _open(self, node: _Node, root: bool = True) -> None:
        if root:
            self.stack.clear()
        self.stack.append(node)
        self.nodes.append(node)
        self.bullets.clear()
        self.bullet_counts.clear()

    def _place(self, index: int, marker: Marker) -> tuple[Marker, int]:
        """The reading of the marker and how many open sections stay open above it."""
        for reading in alternatives(marker):
            depth = self._as_successor(reading)
            if depth is not None:
                return reading, depth
        marker = next((reading for reading in alternatives(marker) if reading.last == 1), marker)  # "i)" that follows no h) opens i, ii, iii
        if marker.kind in _FIXED_PARENTS:
            return marker, self._below(_FIXED_PARENTS[marker.kind])
        if marker.kind is Kind.DECIMAL:
            return marker, self._decimal_depth(marker)
        depth = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].kind is marker.kind), None)
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
                if self.stack[depth].kind is kind and self.stack[depth].value[-1] + 1 == marker.last:
                    return depth
        return None

    def _below(self, parents: tuple[Kind, ...]) -> int:
        return next((depth + 1 for depth in range(len(self.stack) - 1, -1, -1) if self.stack[depth].kind in parents), 0)

    def _decimal_depth(self, marker: Marker) -> int:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].figures == marker.value[:-1]:
                return depth + 1
        containers = (Kind.PART, Kind.CHAPTER, Kind.MUC, Kind.APPENDIX, Kind.UPPER, Kind.ROMAN)
        return self._below(containers)

    def _container_depth(self) -> int:
        return 0 if self.stack and self.stack[0].address in (OPENING, CLOSING) else len(self.stack)

    def _nested_list(self, index: int, marker: Marker, depth: int) -> bool:
        """A new "1." below an open letter is a list of that letter when the next letter follows on later in the same number."""
        top = self.stack[-1]
        if depth == len(self.stack) - 1:
            return False
        for block in self.blocks[index + 1 :]:
            other = block.marker
            if other is None or other.kind is Kind.BULLET:
                continue
            if other.kind is top.kind:
                return other.last == top.value[-1] + 1
            if other.kind in _FIXED_PARENTS or (other.kind is marker.kind and other.last == self.stack[depth].value[-1] + 1 and other.last != 2):
                return False
        return False

    def _warn(self, marker: Marker, siblings: list[_Node], repeat: int, address: str) -> None:
        if repeat > 1:
            self.warnings.append(f"{address}: the number {marker.printed} is printed {repeat} times at one level")
            return
        last = next((node for node in reversed(siblings) if node.kind is marker.kind), None)
        expected = last.value[-1] + 1 if last else 1
        if marker.last != expected and marker.kind is not Kind.ARTICLE:
            self.warnings.append(f"{address}: the number {marker.printed} does not follow on")

    def _append(self, index: int, block: Block) -> None:
        node = self.stack[-1]
        opened_here = not node.paragraphs
        address = ""
        if block.cells:
            address = self._row_address(node, index)
        elif block.marker and block.marker.kind is Kind.BULLET and not opened_here:
            address = self._bullet_address(block)
        node.paragraphs.append(Paragraph(block.text, address, block.first_line, block.last_line, block.page, block.doubtful))
        node.first_line = node.first_line or block.first_line
        ancestor: _Node | None = node
        while ancestor:
            ancestor.last_line = block.last_line
            ancestor = ancestor.parent

    def _row_address(self, node: _Node, index: int) -> str:
        """The first row of a table heads its columns; the rows below it count from 1 through the section."""
        previous = self.blocks[index - 1] if index else None
        if previous is None or not previous.cells:
            return ""
        self.rows[node.address] += 1
        return f"/r{self.rows[node.address]}"

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


def _closing_start(blocks: Sequence[Block]) -> int | None:
    """Where the unnumbered end of a plan begins: the closing paragraphs before "Nơi nhận" or the signature."""
    numbered = [i for i, block in enumerate(blocks) if block.marker and block.marker.kind not in (Kind.BULLET, Kind.APPENDIX)]
    appendix = next((i for i, block in enumerate(blocks) if block.marker and block.marker.kind is Kind.APPENDIX), len(blocks))
    body_end = max((i for i in numbered if i < appendix), default=None)
    if body_end is None:
        return None
    tail = range(body_end + 1, appendix)
    end = next((i for i in tail if _RECIPIENTS.match(fold(blocks[i].text))), None)
    if end is None:
        end = next((i for i in tail if _SIGNATURE.match(fold(blocks[i].text)) and is_upper(blocks[i].text)), None)
    start = end if end is not None else appendix
    plain = start
    while plain - 1 > body_end and blocks[plain - 1].marker is None and not blocks[plain - 1].cells:
        plain -= 1
    if plain > body_end + 1 and blocks[plain - 1].marker is not None:  # plain text behind the last dash no longer belongs to it
        return next((i for i in range(plain, start) if not _NOTE.match(fold(blocks[i].text))), end)
    cued = next((i for i in range(plain, start) if _CLOSING_CUE.match(fold(blocks[i].text))), None)
    if cued is not None:
        return cued
    # Without a cue the last plain paragraph closes the plan unless it is all that stands under the last heading.
    if start - plain >= 1 and (plain - 1 > body_end or start - plain >= 2) and blocks[start - 1].text.rstrip().endswith("/."):
        return start - 1
    return end


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
    return [
        (level.kind, level.marker.token if level.marker else level.address, level.repeat if level.kind is not Kind.APPENDIX else level.value[0])
        for level in _lineage(node)
    ]


def _path_entry(node: _Node) -> str:
    title, _ = _title(node)
    return f"{node.printed} {title}".strip()


def _title(node: _Node) -> tuple[str, bool]:
    """The printed heading, or the first words of the sentence that stands in its place."""
    if node.address == OPENING:
        return _subject(node), True
    if not node.paragraphs:
        return "", False
    text = node.marker.rest if node.marker else node.paragraphs[0].text
    if node.marker and not text and len(node.paragraphs) > 1 and node.kind in _FIXED_PARENTS:
        text = node.paragraphs[1].text  # "Phần thứ nhất" alone on its line; its title stands on the next
        if not is_upper(text):
            text = ""
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
        return text.rstrip(".;") if sentence else text, True
    return " ".join(words[:_TITLE_SYLLABLES]), False


def _subject(node: _Node) -> str:
    """The trích yếu: what stands under "KẾ HOẠCH" (or another kind of document, in capitals on its own line)."""
    texts = [paragraph.text for paragraph in node.paragraphs]
    at = next(
        (
            i
            for i, text in enumerate(texts)
            if is_upper(text) and re.match(r"(?:ke hoach|quyet dinh|chuong trinh|de an|huong dan|nghi quyet|thong bao)$", fold(text))
        ),
        None,
    )
    if at is not None and at + 1 < len(texts):
        return texts[at + 1]
    return " ".join(texts[0].split()[:_TITLE_SYLLABLES]) if texts else ""
