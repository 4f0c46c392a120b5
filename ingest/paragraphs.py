"""Lines → printed paragraphs: what a page break or a fixed line width has cut in two is one again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.letterhead import is_document_kind, is_on_behalf, is_state_head, page_number
from ingest.markers import Kind, Marker, marker_of
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.types import Line

_END = 12  # characters; a paragraph is judged by its end, however long it has grown
_CLOSED = re.compile(r"[.;:!?…][”\"’)\]]*$")
# A paragraph this long is a sentence, not a heading; when it does not end, the next line goes on with it.
_SENTENCE_CHARS = 100
_FULL_LINE = 0.8  # of the usual width: a line that reaches it was broken by the width, not by its author
_NEVER_CONTINUES = re.compile(
    r"tren day la|noi nhan|ke hoach$|so\s?:|luu y|trong qua trinh|qua trinh|chu tri|phoi hop (?:thuc hien)?:|thoi gian"
    r"|phu luc|mau so|bieu so"
)
_RECITAL = re.compile(r"(?:Căn cứ|Thực hiện|Triển khai|Xét|Theo)\s")  # what a plan is founded on, below its title
_DANGLING = re.compile(r"\s(?:tại|của|và|theo|với|về|cho|các|những|hoặc|bởi|để|là|bằng)$")  # no paragraph ends with such a word
_FULL_LINES = 0.35  # of all lines: as many are full where a width has broken them
_WRAPS = 3  # full lines with which a small letter goes on show the same where most of a plan is headings and short items
_SMALL_LETTERS = 0.3  # of the lines below an open full one: where fewer begin so, those are paragraphs below their headings
_PAGE_LINES = 10  # of a file that a page fills at least
_TAIL_WORDS = 3  # a line of fewer that begins with a figure may be a cell of a table that has lost its lines


@dataclass(frozen=True)
class Block:
    """A paragraph with its marker, if it has one; ``cells`` if it is a table row."""

    text: str
    first_line: int
    last_line: int
    marker: Marker | None
    cells: tuple[str, ...] = ()
    page: int | None = None
    doubtful: bool = False

    @property
    def closed(self) -> bool:
        """Whether the text ends as a sentence, an item or a lead-in does."""
        return bool(_CLOSED.search(self.text[-_END:]))


def join_lines(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of a document in order; every line but the page numbers is in exactly one of them."""
    pages = page_numbers(lines)
    lines = [line for line in lines if line.number not in pages]
    width = _line_width(lines)
    blocks: list[Block] = []
    seen: dict[Kind, int] = {}  # the last number of each kind; empty while the head of the document lasts
    previous_line: Line | None = None
    for line in lines:
        marker = None if line.cells else marker_of(line.text)
        last = blocks[-1] if blocks else None
        if last and previous_line and not line.cells and not last.cells and _continues(last, previous_line, line, marker, width, seen):
            blocks[-1] = Block(
                f"{last.text} {line.text}", last.first_line, line.number, _with_rest(last.marker, line.text), (), last.page, last.doubtful or line.doubtful
            )
        else:
            blocks.append(Block(line.text, line.number, line.number, marker, line.cells, line.page, line.doubtful))
            if marker:
                seen[marker.kind] = marker.last
        previous_line = line
    return blocks


def page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that hold the number of a page alone: each one more than the last and a page further on.

    Where any other line is a figure alone, the figures are the cells of a table, and none is taken for a page's number.
    """
    found = [(line.number, page) for line in lines if not line.cells and (page := page_number(line.text)) is not None]
    apart = all(after - before >= _PAGE_LINES and following == page + 1 for (before, page), (after, following) in itertools.pairwise(found))
    return frozenset(number for number, _ in found) if len(found) > 1 and apart else frozenset()


def _continues(last: Block, previous_line: Line, line: Line, marker: Marker | None, width: int, seen: dict[Kind, int]) -> bool:
    adjacent = line.number == previous_line.number + 1
    if marker:
        # "…\n- 2030” trên địa bàn", "…\n01. 12": the width broke the line and a figure or a lower-case word now leads it
        broken = bool(width) and adjacent and len(previous_line.text) >= width * _FULL_LINE and not last.closed
        return broken and not _is_next(marker, seen) and (marker.kind is not Kind.BULLET or not marker.rest[:1].isupper())
    starts_lower = line.text[:1].islower()
    if last.closed:
        # a semicolon ends an item, but no paragraph begins with a small letter
        wrapped = bool(width) and adjacent and len(previous_line.text) >= width * _FULL_LINE
        return (starts_lower and last.text.endswith(";")) or (wrapped and not _opens_paragraph(line.text, seen))
    if is_document_kind(last.text):
        return False
    if starts_lower or (last.marker and last.text.endswith(",") and is_upper(last.text) and is_upper(line.text)):  # "I. MỤC ĐÍCH,", "YÊU CẦU"
        return True
    if line.text[:1].isdecimal() and len(line.text.split()) >= _TAIL_WORDS and not is_upper(last.text) and len(last.text) > len(line.text) / 2:
        return True
    if _opens_paragraph(line.text, seen):
        return False
    if seen and _DANGLING.search(last.text[-_END:]) and not is_upper(line.text):
        return True
    if width and adjacent and len(previous_line.text) >= width * _FULL_LINE and is_upper(line.text) == is_upper(last.text):
        return True
    return bool(seen) and len(last.text) >= _SENTENCE_CHARS and _is_sentence(last) and not is_upper(line.text)


def _opens_paragraph(text: str, seen: Mapping[Kind, int]) -> bool:
    """Whether a line is one of those that never go on with the line above, however full that is; before the first number a recital is."""
    if not seen and _RECITAL.match(text):
        return True
    return is_state_head(text) or is_on_behalf(text) or bool(_NEVER_CONTINUES.match(fold(text)))


def _is_sentence(block: Block) -> bool:
    """A lettered, dashed or plain paragraph runs on; a long heading of a part or mục ends without a full stop."""
    heading_kinds = (Kind.PART, Kind.CHAPTER, Kind.MUC, Kind.ARTICLE, Kind.ROMAN, Kind.UPPER, Kind.APPENDIX)
    return not is_upper(block.text) and not (block.marker and block.marker.kind in heading_kinds)


def _is_next(marker: Marker, seen: dict[Kind, int]) -> bool:
    return marker.kind is not Kind.BULLET and marker.last in (1, seen.get(marker.kind, 0) + 1)


def _line_width(lines: Sequence[Line]) -> int:
    """The fixed width at which a file's lines were broken, 0 if every line is a paragraph of its own."""
    lengths = sorted(len(line.text) for line in lines if not line.cells)
    if len(lengths) < 20:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(length >= width * _FULL_LINE for length in lengths)
    goes_on = [
        below.text[:1].islower()
        for line, below in itertools.pairwise(lines)
        if below.number == line.number + 1
        and len(line.text) >= width * _FULL_LINE
        and not _CLOSED.search(line.text[-_END:])
        and not (below.cells or is_upper(below.text) or marker_of(below.text))
    ]
    enough = full >= len(lengths) * _FULL_LINES or sum(goes_on) >= _WRAPS
    return width if 40 <= width <= 130 and enough and sum(goes_on) >= len(goes_on) * _SMALL_LETTERS else 0


def _with_rest(marker: Marker | None, text: str) -> Marker | None:
    if marker is None:
        return None
    return Marker(marker.kind, marker.value, marker.token, marker.printed, f"{marker.rest} {text}")
