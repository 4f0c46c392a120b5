"""The numbers that Word prints and no file holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from prerequisites import ROOT
from word_markup import NAMES, definition, item, level, number, p, reading, restart, rows

from ingest.markers import Kind, Marker, marker_of
from ingest.parse import parse
from ingest.read import read
from xhht_qa.types import Line

PLAN = definition(
    0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "decimal", "%2.%3."), level(3, "lowerLetter", "%4)"), level(4, "bullet", "-")
)
LETTERS = definition(1, level(0, "lowerLetter", "%1)"))


@pytest.mark.parametrize(
    ("numbering", "items", "expected", "why"),
    [
        (
            PLAN + number(1, 0),
            [(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 3), (1, 2), (1, 1), (1, 0), (1, 1)],
            "I. 1. 1.1. a) - b) 1.2. 2. II. 1.",
            "one list of many levels",
        ),
        (PLAN + number(1, 0), [(1, 0), (1, 3), (1, 3), (1, 0), (1, 3)], "I. a) b) II. a)", "a letter directly under a part"),
        (PLAN + number(1, 0), [(1, 2), (1, 1)], "1.1. 2.", "a skipped level counts as begun"),
        (PLAN + number(1, 0), [(1, 0), (1, 1), (1, 0), (1, 2), (1, 1), (1, 1)], "I. 1. II. 1.1. 1. 2.", "a skipped level that begins anew does not count"),
        (PLAN + number(1, 0, restart(0, 3)), [(1, 0), (1, 0)], "III. IV.", "a start of its own is taken once"),
        (LETTERS + number(1, 1) + number(2, 1), [(1, 0), (1, 0), (2, 0)], "a) b) c)", "lists of one definition count on together"),
        (LETTERS + number(1, 1) + number(2, 1, restart(0)), [(1, 0), (1, 0), (2, 0), (2, 0)], "a) b) a) b)", "a restart"),
        (LETTERS + number(1, 1) + number(2, 1, restart(0, 5)), [*[(1, 0)] * 4, None, (2, 0), (2, 0)], "a) b) c) d) đ) e) f)", "đ) typed by hand; Word knows f"),
        (LETTERS + number(1, 1), [*[(1, 0)] * 4, None, (1, 0)], "a) b) c) d) đ) e)", "đ) typed into a list that goes on"),
        (
            definition(0, level(0, "decimal", "%1.", start=4), level(1, "lowerLetter", "%2)")) + number(1, 0, restart(1, 2)),
            [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
            "4. b) c) 5. b)",
            "a start of its own holds again below the next number",
        ),
        (
            definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + number(1, 0),
            [(1, 0), (1, 0), (1, 1)],
            "I. II. 2.1",
            "legal numbers are figures",
        ),
        (
            definition(0, level(0, "upperRoman", "%1."), level(1, "decimalZero", "%1.%2", "<w:isLgl/>")) + number(1, 0),
            [(1, 0), (1, 1)],
            "I. 1.01",
            "… with zeros",
        ),
        (
            definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')) + number(1, 0),
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            "I. 1. II. 2.",
            "numbers that never restart",
        ),
        (
            definition(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)"), level(2, "lowerLetter", "%3.", '<w:lvlRestart w:val="1"/>')) + number(1, 0),
            [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            "1. 1) a. 2) b. 2. a.",
            "restarts below the first level only",
        ),
        (
            PLAN + number(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "Điều %1.", start=7)}</w:lvlOverride>'),
            [(1, 0), (1, 1)],
            "Điều 7. 1.",
            "a level of its own",
        ),
        (
            definition(0, '<w:styleLink w:val="S"/>', level(0, "decimal", "%1/")) + definition(1, '<w:numStyleLink w:val="S"/>') + number(1, 1),
            [(1, 0)],
            "1/",
            "a list style",
        ),
        (
            definition(0, level(0, "decimalZero", "%1."), level(1, "lowerRoman", "%2)")) + number(1, 0),
            [(1, 0), (1, 1), *[(1, 1)] * 3],
            "01. i) ii) iii) iv)",
            "other figures",
        ),
        (definition(0, level(0, "vietnameseCounting", "Phần %1:")) + number(1, 0), [(1, 0), (1, 0)], "Phần một: Phần hai:", "numbers in words"),
        (definition(0, level(0, "upperLetter", "%1.", start=26)) + number(1, 0), [(1, 0), (1, 0)], "Z. AA.", "after z"),
        (definition(0, level(0, "lowerRoman", "%1.", start=9_999)) + number(1, 0), [(1, 0)], "9999.", "Romans end before four thousand"),
        (
            definition(0, level(0, "bullet", "\uf02d"), level(1, "bullet", "\uf0b7"), level(2, "bullet", "+"), level(3, "bullet", "–")) + number(1, 0),
            [(1, 0), (1, 1), (1, 2), (1, 3)],
            "- • + -",
            "bullets",
        ),
        (
            definition(0, level(0, "bullet", "§"), level(1, "bullet", "o")) + number(1, 0),
            [(1, 0), (1, 1)],
            "• +",
            "a hollow dot stands under a dot as + stands under -",
        ),
        (definition(0, level(0, "none", "")) + number(1, 0), [(1, 0)], "", "a level that prints nothing"),
        (PLAN + number(1, 0), [(0, 0), (9, 0), (1, 8)], "", "no list, an unknown list, an unknown level"),
        (definition(0, level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + number(1, 0), [(1, 0)], "1.x", "nothing between number and text"),
        (
            definition(0, level(0, "decimal", "§iÒu %1.", '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>')) + number(1, 0),
            [(1, 0)],
            "Điều 1.",
            "a number in an old font",
        ),
    ],
)
def test_the_numbers_that_word_prints(numbering: str, items: Sequence[tuple[int, int] | None], expected: str, why: str) -> None:
    body = "".join(p("đ) x") if place is None else item(*place) for place in items)
    printed = [
        line.text.removesuffix(" x").removesuffix("x") if " x" in line.text or line.text == "x" else line.text for line in reading(body, numbering).lines
    ]
    assert " ".join(filter(None, printed)) == expected, why


STYLED = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="L4"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="None"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
"""


def test_numbers_held_in_styles() -> None:
    linked = PLAN.replace('<w:lvlText w:val="%4)"/>', '<w:lvlText w:val="%4)"/><w:pStyle w:val="L4"/>')
    table = [
        ("H1", "", "I. x", "the list of the style"),
        ("H2", "", "1. x", "its level; the list is that of the style below it"),
        ("H3", "", "2. x", "both inherited"),
        ("L4", "", "a) x", "the level that names the style"),
        ("None", "", "x", "a style that takes its paragraphs out of the list"),
        ("H1", '<w:numPr><w:numId w:val="0"/></w:numPr>', "x", "a paragraph taken out of the list"),
        ("H1", '<w:numPr><w:ilvl w:val="4"/></w:numPr>', "- x", "a level of its own in the list of its style"),
        ("Round", "", "x", "a style based on itself"),
        ("Gone", "", "x", "a style that is not there"),
        ("H1", "", "II. x", "and on it goes"),
    ]
    body = "".join(p("x", f'<w:pStyle w:val="{style}"/>{own}') for style, own, _, _ in table)
    for line, (_, _, expected, why) in zip(reading(body, linked + number(1, 0), STYLED).lines, table, strict=True):
        assert line.text == expected, why


def test_a_deleted_item_is_not_counted() -> None:
    gone = item(1).replace("<w:numPr>", "<w:rPr><w:del/></w:rPr><w:numPr>").replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>")
    assert rows(reading(item(1) + gone + item(1), PLAN + number(1, 0))) == ["I. x", "II. x"]


def test_an_empty_item_prints_its_number_and_an_empty_bullet_nothing_to_cite() -> None:
    assert rows(reading(item(1, 1, "") + item(1, 1), PLAN + number(1, 0))) == ["1.", "2. x"]


SAMPLES = sorted(path for path in (ROOT / "ingest" / "plans").iterdir() if path.suffix in (".txt", ".md") and path.stem != "README")
# The kinds of number that authors leave to Word, with the format and pattern of their level.
LEVELS = {
    Kind.ROMAN: ("upperRoman", "%1."),
    Kind.ARABIC: ("decimal", "%2."),
    Kind.DECIMAL: ("decimal", "%2.%3."),
    Kind.LETTER: ("lowerLetter", "%4)"),
    Kind.BULLET: ("bullet", "-"),
}
DEFINITIONS = {Kind.ROMAN: 0, Kind.ARABIC: 1, Kind.DECIMAL: 1, Kind.LETTER: 2, Kind.BULLET: 3}  # where each kind is a list; "2.1." counts with "2."


class Author:
    """Writes a plan as Word does when its author clicks on the list buttons; what Word cannot count is typed."""

    def __init__(self, way: str) -> None:
        self.document = docx.Document()
        self.way = way
        part = self.document.part.numbering_part.element
        part.clear()
        self.numbering = part
        self.counts: dict[Kind, int] = {}
        self.lists: dict[Kind, int] = {}
        self.made = 0
        self.counted = 0
        levels = [level(index, form, pattern) for index, (form, pattern) in enumerate(LEVELS.values())]
        for index, kind in enumerate(LEVELS):
            self._add(definition(index, *levels))
            self.lists[kind] = self._new_list(DEFINITIONS[kind])
        if way == "styles":
            for index in (0, 1):
                style = self.document.styles[f"Heading {index + 1}"].element
                style.get_or_add_pPr().append(parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="{index}"/><w:numId w:val="1"/></w:numPr>'))

    def write(self, line: Line) -> None:
        if line.cells:
            self._row(line.cells)
            return
        marker = marker_of(line.text)
        kind = marker.kind if marker else None
        printed = marker.printed if marker else ""
        if marker is None or kind not in LEVELS or not self._counts_to(kind, marker, printed):
            self.document.add_paragraph(line.text)
            return
        index = list(LEVELS).index(kind)
        styled = self.way == "styles" and index < 2 and self.lists[kind] == 1
        paragraph = self.document.add_paragraph(marker.rest, style=f"Heading {index + 1}" if styled else None)
        if not styled:
            paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="{index}"/><w:numId w:val="{self.lists[kind]}"/></w:numPr>'))

    def _counts_to(self, kind: Kind, marker: Marker, printed: str) -> bool:
        """Whether Word prints this marker, in a list that goes on or begins anew at this number."""
        figure = ord(marker.token) - ord("a") + 1 if kind is Kind.LETTER else marker.last
        pattern = {Kind.ROMAN: f"{marker.token}.", Kind.ARABIC: f"{figure}.", Kind.LETTER: f"{marker.token})", Kind.BULLET: "-"}
        pattern[Kind.DECIMAL] = f"{self.counts.get(Kind.ARABIC, 0)}.{figure}."
        if printed != pattern[kind] or figure > 26:
            return False
        one_list = self.way != "lists"
        if kind is not Kind.BULLET and figure != self.counts.get(kind, 0) + 1:
            self.lists[kind] = self._new_list(DEFINITIONS[kind], restart(list(LEVELS).index(kind), figure))
        self.counts[kind] = figure
        self.counted += 1
        for higher in list(LEVELS)[: list(LEVELS).index(kind)] if one_list else ():
            self.counts.setdefault(higher, 1)
        for lower in list(LEVELS)[list(LEVELS).index(kind) + 1 :]:  # counts that begin again by themselves
            if lower in self.counts and (one_list or (kind is Kind.ARABIC and lower is Kind.DECIMAL)):
                self.counts[lower] = 0
        return True

    def _new_list(self, of: int, *overrides: str) -> int:
        self.made += 1
        self._add(number(self.made, 0 if self.way != "lists" else of, *overrides))
        return self.made

    def _row(self, cells: Sequence[str]) -> None:
        last = self.document.element.body[-2] if len(self.document.element.body) > 1 else None
        table = self.document.tables[-1] if last is not None and last.tag.endswith("}tbl") else self.document.add_table(0, len(cells))
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text

    def _add(self, markup: str) -> None:
        self.numbering.append(parse_xml(markup.replace(" ", f" {NAMES} ", 1)))


@pytest.mark.parametrize("way", ["one list", "lists", "styles"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_plan_with_automatic_numbers_is_the_same_plan(path: Path, way: str, tmp_path: Path) -> None:
    typed = read(path)
    author = Author(way)
    for line in typed.lines:
        author.write(line)
    author.document.save(str(tmp_path / f"{path.stem}.docx"))
    found = read(tmp_path / f"{path.stem}.docx")
    assert author.counted >= 20, "most numbers are Word's"
    assert [line.text for line in found.lines] == [line.text for line in typed.lines]
    assert [section.address for section in parse(found).sections] == [section.address for section in parse(typed).sections]
