"""A conversation as a document to file or to send: markdown, or Word in the form of an official letter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xhht_qa import messages
from xhht_qa.store import Exchange
from xhht_qa.types import Citation, Plan

if TYPE_CHECKING:
    import docx.document
    import docx.text.paragraph

_FONT, _LANGUAGE = "Times New Roman", "vi-VN"
_BODY_POINTS, _CITATION_POINTS = 14, 13
_PAGE_MM = (210, 297)
_MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}  # of official letters
_HANGING_MM = 10
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Block:
    """A piece of an answer: a paragraph (``depth`` 0), an item of a list (1, 2 …) or a table."""

    text: str = ""
    depth: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(answer: str) -> Iterator[Block]:
    """An answer's lines taken apart: "- " begins an item, two spaces further in one of a list inside it, bars make a table."""
    rows: list[tuple[str, ...]] = []
    for line in [*answer.splitlines(), ""]:
        if re.fullmatch(r"\s*\|.*\|\s*", line):
            if not re.fullmatch(r"[\s|:-]+", line):
                rows.append(tuple(cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])))
            continue
        if rows:
            yield Block(rows=tuple(rows))
            rows = []
        item = re.match(r"( *)- ", line)
        if item:
            yield Block(line[item.end() :].strip(), len(item[1]) // 2 + 1)
        elif line.strip():
            yield Block(line.strip())


def quotations(exchange: Exchange, plans: Mapping[str, Plan]) -> Iterator[tuple[int, str]]:
    """(marker, formatted quotation) of each citation; ``plans`` are by the digests of their files."""
    for citation in exchange.answer.citations if exchange.answer else ():
        metadata = plans[digest].metadata if (digest := exchange.editions.get(citation.plan, "")) in plans else None
        yield citation.marker, _quotation(citation, metadata.number if metadata else "", metadata.date if metadata else "")


def _quotation(citation: Citation, number: str, date: str) -> str:
    return messages.quotation(citation.label, citation.plan_title, number, date, citation.page, citation.quote)


def markdown(title: str, exchanges: Sequence[Exchange], plans: Mapping[str, Plan], now: datetime) -> str:
    """The conversation in markdown; ``plans`` are by the digests of their files."""
    parts = [f"# {_escaped(title or messages.UNTITLED)}", f"*{messages.exported(now, len(exchanges))}*"]
    for number, exchange in enumerate(exchanges, start=1):
        parts.append(f"## {_escaped(' '.join(messages.question_heading(number, exchange.question).split()))}")
        if exchange.answer is None:
            parts.append(f"*{messages.UNANSWERED}*")
            continue
        if exchange.answer.standalone_question.strip() != exchange.question.strip():
            parts.append(f"*{messages.UNDERSTOOD} {_escaped(exchange.answer.standalone_question)}*")
        parts.append("\n".join(_lines(exchange.answer.answer)))
        entries = [f"[{marker}] " + _escaped(text).replace("\n", "  \n") for marker, text in quotations(exchange, plans)]
        if entries:
            parts += [f"### {messages.CITATIONS}", *entries]
    return "\n\n".join([*parts, "---", messages.CHECK_ORIGINAL]) + "\n"


def _lines(answer: str) -> Iterator[str]:
    """An answer's own marks stay; what plans bring along is none."""
    before = 0
    for block in blocks(answer):
        if block.rows:
            head, *rows = [f"| {' | '.join(_escaped(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in block.rows]
            yield from ("", head, "|" + " --- |" * len(block.rows[0]), *rows)
        else:
            text = _escaped(block.text)
            yield from ([""] if not block.depth or not before else []) + ["  " * (block.depth - 1) + f"- {text}" if block.depth else text]
        before = block.depth


def _escaped(text: str) -> str:
    """Text in which nothing is markup but bold words and ``[n]``."""
    text = re.sub(r"[\\`_<]|\*(?!\*)(?<!\*\*)|\[(?!\d+\](?![(:\[]))", r"\\\g<0>", text)
    return f"\\{text}" if text[:1] in "#>+-" and text else text


def word(title: str, exchanges: Sequence[Exchange], plans: Mapping[str, Plan], now: datetime) -> bytes:
    """The conversation as a .docx file: A4, Times New Roman, Word's own styles; ``plans`` are by the digests of their files."""
    import docx

    document = docx.Document()
    _lay_out(document, title or messages.UNTITLED)
    document.add_paragraph(_clean(title or messages.UNTITLED), "Title")
    document.add_paragraph(messages.exported(now, len(exchanges)), "Subtitle")
    for number, exchange in enumerate(exchanges, start=1):
        document.add_paragraph(_clean(" ".join(messages.question_heading(number, exchange.question).split())), "Heading 1")
        if exchange.answer is None:
            document.add_paragraph(messages.UNANSWERED)
            continue
        if exchange.answer.standalone_question.strip() != exchange.question.strip():
            document.add_paragraph(_clean(f"{messages.UNDERSTOOD} {exchange.answer.standalone_question}"), "Subtitle")
        for block in blocks(exchange.answer.answer):
            _add(document, block)
        entries = list(quotations(exchange, plans))
        if entries:
            document.add_paragraph(messages.CITATIONS, "Heading 2")
        for marker, text in entries:
            document.add_paragraph(_clean(f"[{marker}]\t{text}"), "Quote")
    document.add_paragraph(messages.CHECK_ORIGINAL, "Subtitle")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: docx.document.Document, block: Block) -> None:
    if not block.rows:
        style = "Normal" if not block.depth else "List Bullet" if block.depth == 1 else f"List Bullet {min(block.depth, 3)}"
        _write(document.add_paragraph(style=style), block.text)
        return
    columns = max(map(len, block.rows))
    table = document.add_table(0, columns, "Table Grid")
    for number, row in enumerate(block.rows):
        for cell, text in zip(table.add_row().cells, row, strict=False):
            _write(cell.paragraphs[0], text, bold=number == 0)
    document.add_paragraph()


def _write(paragraph: docx.text.paragraph.Paragraph, text: str, bold: bool = False) -> None:
    """Every second piece stands between two pairs of stars."""
    for place, piece in enumerate(re.split(r"\*\*(\S.*?\S|\S)\*\*", text)):
        if piece:
            paragraph.add_run(_clean(piece)).bold = True if bold or place % 2 else None


def _lay_out(document: docx.document.Document, title: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    (section,) = document.sections
    section.page_width, section.page_height = map(Mm, _PAGE_MM)
    for margin, length in _MARGINS_MM.items():
        setattr(section, margin, Mm(length))
    for name, points, bold, italic in (
        ("Normal", _BODY_POINTS, None, None),
        ("Title", _BODY_POINTS + 2, True, None),
        ("Subtitle", _CITATION_POINTS, None, True),
        ("Heading 1", _BODY_POINTS, True, None),
        ("Heading 2", _BODY_POINTS, True, True),
        ("Quote", _CITATION_POINTS, None, False),
    ):
        _set_type(document.styles[name], points, bold, italic)
    spacing = {"Normal": (0, 6), "Title": (0, 6), "Subtitle": (0, 12), "Heading 1": (12, 6), "Heading 2": (6, 6), "Quote": (0, 6)}
    for name, (before, after) in spacing.items():
        form = document.styles[name].paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
    for border in document.styles["Title"].element.pPr.findall(qn("w:pBdr")):
        document.styles["Title"].element.pPr.remove(border)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    quote = document.styles["Quote"].paragraph_format
    quote.left_indent, quote.first_line_indent = Mm(_HANGING_MM), -Mm(_HANGING_MM)
    _add_page_number(section.footer.paragraphs[0])
    document.core_properties.title = _clean(title)[:255]
    document.core_properties.language = _LANGUAGE
    document.core_properties.author = document.core_properties.comments = ""  # the library names itself there


def _set_type(style: Any, points: int, bold: bool | None, italic: bool | None) -> None:
    """The font for every script, in the place of the theme's, and black."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.size, font.bold, font.italic, font.color.rgb = Pt(points), bold, italic, RGBColor(0, 0, 0)
    form = style.element.get_or_add_rPr()
    for own in (*form.findall(qn("w:lang")), *form.findall(qn("w:spacing"))):
        form.remove(own)
    fonts = form.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    form.append(form.makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGE}))


def _add_page_number(paragraph: docx.text.paragraph.Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
