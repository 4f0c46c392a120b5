"""Where the parts of a document that carry no number begin: its unnumbered end, documents attached to it, appendices without that word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.letterhead import is_date_line, is_document_kind, is_state_head, opens_recipients, signs
from ingest.markers import Kind
from ingest.paragraphs import Block
from xhht_qa.text.normalise import fold, is_upper

_CLOSING_CUE = re.compile(
    r"tren day la|(?:trong )?qua trinh (?:trien khai|to chuc|thuc hien)|trong khi thuc hien|nhan duoc ke hoach"
    r"|(?:\S+ ){0,6}?(?:de nghi|yeu cau) (?:cac|ban|so|thu truong|chu tich|ubnd|uy ban|truong|giam doc|don vi|co quan)"
    r"|ke hoach nay|(?:bo luat|luat|phap lenh|nghi quyet) nay (?:da )?duoc .{0,80}thong qua"
    r"|(?:uy ban|ubnd|so|ban|bo|phong|chi cuc|cuc|thanh tra|vien|benh vien|trung tam|truong|cong ty)\b.{0,60}(?:de nghi|yeu cau)"
    r"|can cu ke hoach nay|giao \S+ .{0,60}(?:theo doi|don doc)"
)
_NOTE = re.compile(r"(?:luu y|ghi chu)\b")
_ATTACHED = re.compile(r"\(\s*(?:(?:ban hanh|duoc ban hanh|phe duyet) )?kem theo (?!phu luc|mau|bieu|danh)")
_HEAD_LINES = 8  # a letterhead and a title have no more
_LONGEST_AGENCY = 80
_NUMBER_OR_DATE = re.compile(r"so\s?:|ngay\b.{0,20}thang")


@dataclass(frozen=True)
class Boundaries:
    """Indexes of blocks."""

    closings: frozenset[int]
    attached: frozenset[int]  # a document behind the end of another: the plan that a decision issues
    appendices: frozenset[int]  # a title in capitals over "(Kèm theo Kế hoạch …)" behind the end


def boundaries(blocks: Sequence[Block]) -> Boundaries:
    """The parts of a document; every document in it has at most one closing."""
    attached, appendices = _behind_the_end(blocks)
    closings = set()
    for start, stop in zip([0, *attached], [*attached, len(blocks)], strict=True):
        cut = next((index for index in range(start, stop) if index in appendices or _is_appendix(blocks[index])), stop)
        closing = _closing_start(blocks, start, cut)
        if closing is not None:
            closings.add(closing)
    return Boundaries(frozenset(closings), frozenset(attached), frozenset(appendices))


def _is_appendix(block: Block) -> bool:
    return block.marker is not None and block.marker.kind is Kind.APPENDIX


def _is_numbered(block: Block) -> bool:
    return block.marker is not None and block.marker.kind not in (Kind.BULLET, Kind.APPENDIX, Kind.FORM)


def _ends(block: Block) -> bool:
    return block.marker is None and not block.cells and (opens_recipients(block.text) or signs(block.text))


def _behind_the_end(blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
    attached: list[int] = []
    appendices: list[int] = []
    numbered = ended = False
    for index, block in enumerate(blocks):
        if ended and block.marker and block.marker.kind in (Kind.APPENDIX, Kind.FORM):  # "BÁO CÁO" in a form is no document of its own
            break
        if _is_numbered(block):
            numbered, ended = True, ended and bool(block.marker and block.marker.kind not in (Kind.ROMAN, Kind.UPPER, Kind.PART, Kind.CHAPTER, Kind.ARTICLE))
        elif numbered and _ends(block):
            ended = True
        elif ended and block.marker is None and is_document_kind(block.text):
            attached.append(_title_start(blocks, index, letterhead=True))
            numbered = ended = False
        elif numbered and block.marker is None and not block.cells and _ATTACHED.match(fold(block.text)):
            start = _title_start(blocks, index, letterhead=False)
            if start < index:
                appendices.append(start)
    return attached, appendices


def _title_start(blocks: Sequence[Block], index: int, letterhead: bool) -> int:
    """The first of the lines in capitals that lead to a line; a signature and a signer's name stand before them."""
    start = index
    while start > max(0, index - _HEAD_LINES):
        block = blocks[start - 1]
        in_letterhead = is_state_head(block.text) or is_date_line(block.text) or bool(_NUMBER_OR_DATE.match(fold(block.text)))
        belongs = is_upper(block.text) or (letterhead and in_letterhead)
        if block.marker or block.cells or not belongs or _ends(block):
            break
        start -= 1
    return start


def _closing_start(blocks: Sequence[Block], first: int, cut: int) -> int | None:
    """Where the unnumbered end of a document begins: the closing paragraphs before "Nơi nhận" or the signature."""
    end = _signature_start(blocks, first, cut)
    while end is not None and end - 1 > first and _stands_above_signature(blocks[end - 1]) and not _is_number_alone(blocks[end - 2]):
        end -= 1
    start = end if end is not None else cut
    body_end = next((index for index in range(start - 1, first - 1, -1) if _is_numbered(blocks[index])), None)
    if body_end is None:
        return None
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


def _is_number_alone(block: Block) -> bool:
    return block.marker is not None and not block.marker.rest  # what stands below it is its title


def _stands_above_signature(block: Block) -> bool:
    """The date, or the agency that one of several signers signs for: "SỞ NỘI VỤ" over "KT. GIÁM ĐỐC"."""
    if block.marker or block.cells:
        return False
    return is_date_line(block.text) or (is_upper(block.text) and len(block.text) < _LONGEST_AGENCY and not any(map(str.isdecimal, block.text)))


def _signature_start(blocks: Sequence[Block], first: int, cut: int) -> int | None:
    """The first "Nơi nhận" or signature behind the last number; numbers below "Nơi nhận" count recipients."""
    last_number = recipients = None
    for index in range(first, cut):
        block = blocks[index]
        if block.marker is None and not block.cells and opens_recipients(block.text):
            recipients = index
        elif _is_numbered(block) and (
            recipients is None or (block.marker and block.marker.kind not in (Kind.ARABIC, Kind.PAREN, Kind.LETTER, Kind.LETTER_DOT))
        ):
            last_number, recipients = index, None
    if last_number is None:
        return None
    return next((index for index in range(last_number + 1, cut) if _ends(blocks[index])), None)
