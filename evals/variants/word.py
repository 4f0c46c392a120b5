"""A plan as a Word file: a letterhead and a signature in tables, a page number in the foot, numbers typed or counted by Word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, Protocol

from evals.variants.letters import needs_capital_font, to_tcvn3, to_vni
from evals.variants.source import Item, Source
from ingest.markers import Kind
from xhht_qa.text.normalise import is_upper

# python-docx's objects; the package is for development, so it loads when a file is made.
Document = Any
Paragraph = Any
Runs = Callable[[Paragraph, str, bool], None]

_FONT, _SIZE = "Times New Roman", 13
_COLUMNS = (7.0, 9.5)  # centimetres, of the letterhead and of the foot
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # in the order in which Word counts them
_BULLETS = ("-", "+")
_PLAN, _DASHES = 90, 91  # definitions of lists, beside those of python-docx's template


class Numbers(Protocol):
    """How the numbers of a file come to be printed."""

    def place(self, paragraph: Paragraph, item: Item) -> str:
        """Give the paragraph its number, and the text that is left to type."""


def typed(plan: Source, path: Path) -> None:
    """Every number typed by hand."""
    write(plan, path, Typed(), in_unicode)


def automatic(plan: Source, path: Path) -> None:
    """One multi-level list and automatic dashes; what Word cannot count, such as "đ)", is typed, and the list then starts at its own number."""
    write(plan, path, Automatic(), in_unicode)


def styled(plan: Source, path: Path) -> None:
    """The same list, held in the styles Heading 1 to 4 and List Bullet."""
    write(plan, path, Automatic(styles=("Heading 1", "Heading 2", "Heading 3", "Heading 4")), in_unicode)


def tcvn3(plan: Source, path: Path) -> None:
    """Typed in .VnTime, and its capitals with tones in .VnTimeH."""
    write(plan, path, Typed(), in_tcvn3)


def vni(plan: Source, path: Path) -> None:
    """Typed in VNI-Times."""
    write(plan, path, Typed(), in_vni)


def changed(plan: Source, path: Path) -> None:
    """With insertions and deletions that nobody has accepted yet, and with hidden and white text."""
    write(plan, path, Typed(), in_changes)


def broken(plan: Source, path: Path) -> None:
    """A tab behind each number, and a section's paragraphs one paragraph with line breaks (Shift+Enter)."""
    sections = groupby(plan.body, key=lambda item: (item.section, bool(item.cells)))
    body = tuple(joined for (_, is_table), items in sections for joined in (items if is_table else [_with_breaks(list(items))]))
    write(replace(plan, body=body), path, Typed(), in_unicode)


def tabbed(plan: Source, path: Path) -> None:
    """Without tables: the two columns of the letterhead and of the foot stand side by side with tabs."""
    head, foot = _side_by_side(plan.left, plan.right), _side_by_side(plan.recipients, plan.signature)
    write(replace(plan, left=(), right=(), body=(*head, *plan.body, *foot), recipients=(), signature=()), path, Typed(), in_unicode)


def write(plan: Source, path: Path, numbers: Numbers, runs: Runs, head: str = "", ruled: bool = True) -> None:
    """Write a .docx file; ``head`` runs along the top of every page, and tables have lines where they are ``ruled``."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE)
    normal.paragraph_format.space_after = Pt(6)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    if head:
        section.header.paragraphs[0].add_run(head).italic = True
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_number(section.footer.paragraphs[0])
    if isinstance(numbers, Automatic):
        numbers.define(document)

    def add(items: Iterable[Item], holder: Any, centred: bool) -> None:
        for item in items:
            paragraph = holder.add_paragraph()
            text = numbers.place(paragraph, item)
            centre = centred or (item.marker is None and is_upper(item.text))
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.JUSTIFY
            if not centre and paragraph._p.pPr.numPr is None:
                paragraph.paragraph_format.first_line_indent = Cm(1.27)
            runs(paragraph, text, item.is_heading or is_upper(item.text))

    def add_columns(left: tuple[Item, ...], right: tuple[Item, ...], centred: bool) -> None:
        if not left or not right:
            add((*left, *right), document, centred)
            return
        row = document.add_table(1, 2).rows[0]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, items, centre, width in zip(row.cells, (left, right), (centred, True), _COLUMNS, strict=True):
            cell.width = Cm(width)
            add(items, cell, centre)
            cell._tc.remove(cell.paragraphs[0]._p)

    def add_blocks(items: Iterable[Item]) -> None:
        for is_table, block in groupby(items, key=lambda item: bool(item.cells)):
            if is_table:
                _add_table(document, list(block), runs, ruled)
            else:
                add(block, document, False)

    add_columns(plan.left, plan.right, True)
    add_blocks(plan.body)
    add_columns(plan.recipients, plan.signature, False)
    add_blocks(plan.appendix)
    document.save(str(path))


def in_unicode(paragraph: Paragraph, text: str, bold: bool) -> None:
    """One run."""
    paragraph.add_run(text).bold = bold


def in_tcvn3(paragraph: Paragraph, text: str, bold: bool) -> None:
    """A run for each stretch that one font can draw; a heading in capitals stands in the capital font as a whole."""
    if is_upper(text):
        _add_run(paragraph, to_tcvn3(text.lower()), bold, ".VnTimeH")
        return
    for capital, letters in groupby(text, key=needs_capital_font):
        _add_run(paragraph, to_tcvn3("".join(letters)), bold, ".VnTimeH" if capital else ".VnTime")


def in_vni(paragraph: Paragraph, text: str, bold: bool) -> None:
    """One run."""
    _add_run(paragraph, to_vni(text), bold, "VNI-Times")


def in_changes(paragraph: Paragraph, text: str, bold: bool) -> None:
    """The middle third of a long text is inserted, for words that are deleted; hidden and white words stand behind it."""
    from docx.oxml import parse_xml
    from docx.shared import RGBColor

    words = text.split(" ")
    if len(words) < _CHANGED_WORDS:
        paragraph.add_run(text).bold = bold
        return
    third = len(words) // 3
    before, middle, after = " ".join(words[:third]) + " ", " ".join(words[third : 2 * third]), " " + " ".join(words[2 * third :])
    paragraph.add_run(before).bold = bold
    author = f'xmlns:w="{_WORD}" w:id="1" w:author="Người soát" w:date="2025-01-01T00:00:00Z"'
    paragraph._p.append(parse_xml(f"<w:del {author}><w:r><w:delText>chữ cũ đã bỏ</w:delText></w:r></w:del>"))
    inserted = parse_xml(f"<w:ins {author}/>")
    paragraph._p.append(inserted)
    run = paragraph.add_run(middle)
    run.bold = bold
    inserted.append(run._r)
    paragraph.add_run(" chữ ẩn").font.hidden = True
    paragraph.add_run(after).bold = bold
    paragraph.add_run(" chữ trắng").font.color.rgb = RGBColor(255, 255, 255)


_CHANGED_WORDS = 12  # of a paragraph in which something is changed


class Typed:
    """Numbers are text like any other."""

    def place(self, paragraph: Paragraph, item: Item) -> str:
        """All of the text."""
        return item.text


class Automatic:
    """Numbers that Word counts: I. / 1. / 1.1. / a), and dashes; each level in a style of its own when ``styles`` names them.

    Word has an item print its level's last number and one; where a plan prints another number, a list of the same levels starts with it,
    or, without ``restarts``, the number is typed.
    """

    def __init__(self, styles: tuple[str, ...] = (), restarts: bool = True) -> None:
        self._styles = styles
        self._restarts = restarts
        self._numbering: Any = None
        self._list = _PLAN
        self._last: dict[int, int | None] = {}  # of each level; None for one that was skipped: what it prints next depends on the program
        self._starts: dict[int, int] = {}  # the number that a level of this list begins with, also whenever it begins anew

    def define(self, document: Document) -> None:
        """Add the definitions of the lists to a document, and put them in its styles."""
        from docx.oxml import parse_xml

        self._numbering = document.part.numbering_part.element
        heading_ids = [document.styles[name].style_id for name in self._styles]
        plan = _definition(_PLAN, [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)")], heading_ids)
        dashes = _definition(_DASHES, [("bullet", sign) for sign in _BULLETS], [])
        first = self._numbering.find(f"{{{_WORD}}}num")  # definitions stand before the lists that use them
        for definition in (plan, dashes):
            first.addprevious(parse_xml(definition))
        for number in (_PLAN, _DASHES):
            self._numbering.append(parse_xml(f'<w:num xmlns:w="{_WORD}" w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
        for level, name in enumerate(self._styles):
            _set_list(document.styles[name].element.get_or_add_pPr(), _PLAN, level)
        if self._styles:
            _set_list(document.styles["List Bullet"].element.get_or_add_pPr(), _DASHES, 0)

    def place(self, paragraph: Paragraph, item: Item) -> str:
        """The text behind the number where Word prints exactly the plan's, else all of it."""
        found = self._printed_by_word(item)
        if found is None:
            return item.text
        level, number = found
        if number is None:
            self._set(paragraph, "List Bullet" if self._styles and level == 0 else "", _DASHES, level)
        else:
            self._set(paragraph, self._styles[level] if self._styles else "", self._count(level, number), level)
        return item.rest

    def _printed_by_word(self, item: Item) -> tuple[int, int | None] | None:
        """The level of an item and its number, None for a dash; None when its number has to be typed."""
        marker = item.marker
        if marker is None or item.cells or not item.text.startswith(f"{marker.printed} "):
            return None
        if marker.kind is Kind.BULLET:
            return (_BULLETS.index(marker.printed), None) if marker.printed in _BULLETS else None
        number = _LETTERS.find(marker.token) + 1 if marker.kind is Kind.LETTER else marker.last
        above = self._last.get(1)
        forms = {
            Kind.ROMAN: (0, f"{marker.token}."),
            Kind.ARABIC: (1, f"{number}."),
            Kind.DECIMAL: (2, f"{above}.{number}."),
            Kind.LETTER: (3, f"{marker.token})"),
        }
        level, printed = forms.get(marker.kind, (0, ""))
        counted = self._restarts or self._follows(level, number)
        return (level, number) if number and printed == marker.printed and counted else None

    def _follows(self, level: int, number: int) -> bool:
        last = self._last.get(level, self._starts.get(level, 1) - 1)
        return last is not None and last + 1 == number

    def _count(self, level: int, number: int) -> int:
        """The list in which the next item of a level prints this number."""
        from docx.oxml import parse_xml

        if not self._follows(level, number):
            self._list = max(self._list, _DASHES) + 1
            self._starts = {level: number}
            start = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{number}"/></w:lvlOverride>'
            self._numbering.append(
                parse_xml(f'<w:num xmlns:w="{_WORD}" w:numId="{self._list}"><w:abstractNumId w:val="{_PLAN}"/>{start}</w:num>'),
            )
        self._last = {at: self._last.get(at) for at in range(level)} | {level: number}
        return self._list

    def _set(self, paragraph: Paragraph, style: str, name: int, level: int) -> None:
        if style:
            paragraph.style = style
        if not style or name not in (_PLAN, _DASHES):
            _set_list(paragraph._p.get_or_add_pPr(), name, level)


def _with_breaks(items: list[Item]) -> Item:
    """One item of many; python-docx makes a tab and a line break of the characters."""
    return replace(items[0], text="\n".join(item.text.replace(" ", "\t", 1) if item.marker else item.text for item in items))


def _side_by_side(left: tuple[Item, ...], right: tuple[Item, ...]) -> Iterator[Item]:
    for one, other in zip_longest(left, right):
        yield replace(one, text=f"{one.text}\t{other.text}") if one and other else one or replace(other, text=f"\t\t\t{other.text}")


def _definition(name: int, levels: list[tuple[str, str]], styles: list[str]) -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{_style(styles, at)}<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (at + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    return f'<w:abstractNum xmlns:w="{_WORD}" w:abstractNumId="{name}"><w:multiLevelType w:val="multilevel"/>{inside}</w:abstractNum>'


def _style(styles: list[str], at: int) -> str:
    return f'<w:pStyle w:val="{styles[at]}"/>' if at < len(styles) else ""


def _set_list(properties: Any, name: int, level: int) -> None:
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = name


def _add_run(paragraph: Paragraph, text: str, bold: bool, font: str) -> None:
    run = paragraph.add_run(text)
    run.bold, run.font.name = bold, font


def _add_page_number(paragraph: Paragraph) -> None:
    from docx.oxml import parse_xml

    paragraph._p.append(parse_xml(f'<w:fldSimple xmlns:w="{_WORD}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _add_table(document: Document, rows: list[Item], runs: Runs, ruled: bool) -> None:
    """A table; the last cell of a row that has fewer than the others goes to the edge."""
    width = max(len(row.cells) for row in rows)
    table = document.add_table(0, width, "Table Grid" if ruled else None)
    for at, row in enumerate(rows):
        drawn = table.add_row()
        if len(row.cells) < width:
            drawn.cells[len(row.cells) - 1].merge(drawn.cells[-1])
        for cell, text in zip(_distinct(drawn.cells), row.cells, strict=True):
            runs(cell.paragraphs[0], text, at == 0)


def _distinct(cells: Iterable[Any]) -> Iterator[Any]:
    """The cells of a row once each; python-docx repeats a merged one for every column."""
    for _, same in groupby(cells, key=lambda cell: cell._tc):
        yield next(same)
