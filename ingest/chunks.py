"""Plan → chunks: one a section, split at bullets and sentences when long, and one a bullet. Never across sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xhht_qa.text.model_tokens import count_tokens
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.types import CLOSING, OPENING, Chunk, Paragraph, Plan, Section

# About 110 Vietnamese syllables: the bundled encoder needs 80 ms for 60 syllables but 630 ms for 240, and a long passage blurs.
TOKEN_BUDGET = 240
_NUMERAL_CHARS = 5  # "VIII."
# What stands in the head and tail of every plan, in the words in which it is asked for; the print itself often has no heading there.
_WHOLE_CONTEXT = {
    OPENING: "Mở đầu: cơ quan ban hành, số hiệu, ngày ban hành, trích yếu, căn cứ ban hành",
    CLOSING: "Kết thúc: nơi nhận, lưu, người ký, chức vụ người ký",
}


def chunk(plan: Plan) -> list[Chunk]:
    """The chunks of a plan in document order; the parts of each section joined give its text back (see ``rebuilt_text``)."""
    return [chunk for section in plan.sections for chunk in _section_chunks(plan, section)]


def rebuilt_text(chunks: Iterable[Chunk]) -> str:
    """The plan's text from its chunks: one line a paragraph, as in ``Section.text``, bullets' own chunks left out."""
    text = ""
    for part in chunks:
        if not part.bullet:
            text += (" " if part.continues else "\n") * bool(text) + part.text
    return text


def _section_chunks(plan: Plan, section: Section) -> Iterator[Chunk]:
    context = _context(section)
    parts = list(_parts(section.paragraphs))
    for number, part in enumerate(parts, start=1):
        suffix = "" if number == 1 else f"~{number}"
        yield Chunk(
            id=f"{plan.id}#{section.address}{suffix}",
            plan=plan.id,
            section=section.address,
            bullet="",
            part=number,
            continues=part.continues,
            text=part.text,
            context=context,
            first_line=part.first_line,
            last_line=part.last_line,
        )
    group = ""
    for paragraph in section.paragraphs:
        if not paragraph.bullet:
            continue
        # A lone bullet says the same as its section; several are told apart only by chunks of their own.
        if len(section.paragraphs) > 2 or len(parts) > 1:
            row = _row_context(paragraph, group)
            lead = _lead_in(section, paragraph)
            for number, part in enumerate(_parts((paragraph,)), start=1):
                yield Chunk(
                    id=f"{plan.id}#{section.address}{paragraph.bullet}" + (f"~{number}" if number > 1 else ""),
                    plan=plan.id,
                    section=section.address,
                    bullet=paragraph.bullet,
                    part=number,
                    continues=part.continues,
                    text=part.text,
                    context=" > ".join(filter(None, (context, lead, row))),
                    first_line=part.first_line,
                    last_line=part.last_line,
                )
        group = _group(paragraph) or group


def _context(section: Section) -> str:
    """The headings above and of the section, without the plan's name: the scope picks the plan, the path the section."""
    return _WHOLE_CONTEXT.get(section.address.partition("(")[0]) or " > ".join(section.path if section.is_heading else section.path[:-1])


def _lead_in(section: Section, paragraph: Paragraph) -> str:
    """The dash that a plus stands under: "- Giao Văn phòng Sở:" is the subject of every plus below it."""
    outer, _, inner = paragraph.bullet.rpartition("/")
    return next((other.text for other in section.paragraphs if outer and inner and other.bullet == outer), "")


def _group(row: Paragraph) -> str:
    """The words of a row that heads a group: one cell across the table, or alone in its row but for a number."""
    texts = [text for _, text in row.cells if text]
    alone = len(texts) == 1 or (len(texts) == 2 < len(row.cells) and len(texts[0]) <= _NUMERAL_CHARS)
    return " ".join(texts) if alone and len(row.cells) != 2 else ""


def _row_context(row: Paragraph, group: str) -> str:
    """The names of a row's columns and the row above that heads its group: "Nhiệm vụ; Thời hạn > I. Về thể chế"."""
    names = "; ".join(name for name, _ in row.cells if name)
    return " > ".join(filter(None, (names, group if names else "")))


@dataclass
class _Part:
    """A part while it grows."""

    continues: bool
    first_line: int
    last_line: int
    text: str = ""
    tokens: int = 0


def _parts(paragraphs: tuple[Paragraph, ...]) -> Iterator[_Part]:
    """Runs of paragraphs within the budget; a paragraph over the budget is split at its sentences, then at its clauses."""
    part: _Part | None = None
    for paragraph in paragraphs:
        for index, piece in enumerate(_pieces(paragraph.text)):
            tokens = count_tokens(piece) + 1  # and what joins it to the next
            if part and part.tokens + tokens > TOKEN_BUDGET:
                yield part
                part = None
            if part is None:
                part = _Part(index > 0, paragraph.first_line, paragraph.last_line)
            part.text += (" " if index else "\n") * bool(part.text) + piece
            part.tokens += tokens
            part.last_line = paragraph.last_line
    if part:
        yield part


def _pieces(text: str) -> list[str]:
    """A paragraph whole if it fits the budget; else its sentences, their clauses, and in the end runs of words."""
    pieces = [text]
    for split in (sentences, clauses, _words):
        pieces = [part for piece in pieces for part in (split(piece) if count_tokens(piece) > TOKEN_BUDGET else [piece])]
    return pieces


def _words(text: str) -> list[str]:
    """Runs of words that fit the budget; a Vietnamese syllable takes two tokens, or three with rare letters."""
    words = text.split(" ")
    size = TOKEN_BUDGET // 3
    return [" ".join(words[start : start + size]) for start in range(0, len(words), size)]
