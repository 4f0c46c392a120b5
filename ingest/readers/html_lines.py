"""Elements → lines: blocks end lines, list items get the number that a browser draws, table cells keep their column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from ingest.readers.docx.numbering import figure, sign
from ingest.readers.docx.tables import Cell, Row, table_rows
from ingest.readers.html_page import Node
from ingest.readers.legacy import decode_font

_MAX_COLUMNS = 63  # as in a Word table; what is beyond is read as plain lines
_MAX_TABLES = 8  # tables inside one another; deeper ones are read as plain blocks

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote br caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr legend li main"
        " ol p pre section summary table td th tr ul",
    )
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FIGURES = re.compile(r"\s*(-?\d{1,6})")

_FONT = re.compile(r"font(?:-family)?\s*:[^;\"'}]{0,100}[\"']([^\"']+)|font-family\s*:\s*([^;,\"'}]+)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)\s*(?=,|$)")
_SIGN_FONT = re.compile(r"symbol|wingdings|webdings|courier", re.IGNORECASE)

_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,100}?(decimal-leading-zero|decimal|(?:lower|upper)-(?:alpha|latin|roman)|none|disc|circle|square)", re.IGNORECASE
)
_FORMATS = {
    **{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal"},
    **{"lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman", "decimal-leading-zero": "decimalZero"},
    **{"upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman"},
    **{"none": "none", "disc": "bullet", "circle": "bullet", "square": "bullet"},
}
_BULLETS = ("- ", "+ ", "• ")  # what the plan prints for the dots of a page, by their depth


@dataclass
class _List:
    """An open list: ``last`` is the number of the item before."""

    format: str
    last: int
    depth: int  # of bullets in bullets


@dataclass
class _Table:
    """An open table; ``below`` holds, by its first column, how many rows a cell still goes down and how many columns it covers."""

    cells: list[list[Cell]] = field(default_factory=list)
    column: int = 0
    below: dict[int, tuple[int, int]] = field(default_factory=dict)  # of the row above
    started: dict[int, tuple[int, int]] = field(default_factory=dict)  # of this row

    def add(self, rows: tuple[Row, ...], columns: int, deep: int) -> bool:
        """Set a cell into the first column that none above reaches down to; False when there is none left."""
        while self.column in self.below:
            self._continue(self.column)
        if self.column >= _MAX_COLUMNS:
            return False
        columns = min(max(columns, 1), _MAX_COLUMNS - self.column)
        self.cells[-1].append(Cell(self.column, columns, False, rows))
        if deep > 1:
            self.started[self.column] = (deep - 1, columns)
        self.column += columns
        return True

    def end_row(self) -> None:
        """Set the cells that come down from above behind the last one of the row."""
        for column in sorted(self.below):
            self._continue(column)
        self.below, self.started = self.started, {}

    def _continue(self, column: int) -> None:
        deep, columns = self.below.pop(column)
        self.cells[-1].append(Cell(column, columns, True, ()))
        if deep > 1:
            self.started[column] = (deep - 1, columns)
        self.column = max(self.column, column + columns)


def class_fonts(style_sheet: str) -> dict[str, str]:
    """The fonts that a style sheet gives to classes, as Word writes them: ``p.MsoNormal, li.MsoNormal {font-family:".VnTime"}``."""
    fonts: dict[str, str] = {}
    for rule in style_sheet.split("}"):
        selectors, _, properties = rule.rpartition("{")
        if font := _font(properties):
            fonts |= dict.fromkeys((name for selector in selectors.split(",") for name in _CLASS.findall(selector.strip())), font)
    return fonts


class Lines:
    """Takes the nodes of a page as they open and close, and gives its lines."""

    def __init__(self, class_fonts: Mapping[str, str]) -> None:
        self._class_fonts = class_fonts
        self._fonts = [""]
        self._kept_spaces = 0  # how many <pre> are open
        self._line: list[tuple[str, str]] = []  # pieces of text, each with its font
        self._marker = ""  # of a list item whose text has not begun
        self._lists: list[_List] = []
        self._tables: list[_Table | None] = []  # None for a table that is read as plain blocks
        self._rows: list[list[Row]] = [[]]  # of the page, then of each open cell

    def rows(self) -> list[Row]:
        """The lines so far."""
        self._end_line()
        return self._rows[0]

    def take(self, node: Node, opening: bool) -> None:
        """Take one node when it opens, and again when it closes."""
        tag = node.tag or ""
        if tag == "-text":
            if opening:
                self._text(node.text_content or "")
            return
        if tag in _BLOCKS:
            self._end_line()
        if opening:
            self._fonts.append(self._font_of(node))
            self._open(tag, node)
        else:
            self._fonts.pop()
            self._close(tag, node)

    def _text(self, text: str) -> None:
        if not self._kept_spaces:
            self._line.append((self._fonts[-1], _SPACES.sub(" ", text)))
            return
        for index, part in enumerate(text.split("\n")):
            if index:
                self._end_line()
            self._line.append((self._fonts[-1], part))

    def _end_line(self) -> None:
        # a letter and its sign may stand in two elements of one old font
        pieces = [(font, "".join(text for _, text in same)) for font, same in groupby(self._line, key=itemgetter(0))]
        text = " ".join("".join(_drawn(text, font, index == 0) for index, (font, text) in enumerate(pieces)).split())
        self._line = []
        if text:
            self._rows[-1].append((self._marker + text, ()))
            self._marker = ""

    def _open(self, tag: str, node: Node) -> None:
        if tag in ("ol", "ul", "li", "table"):
            self._end_marker()
        if tag in ("ol", "ul"):
            self._open_list(tag, node)
        elif tag == "li":
            self._marker = self._item_marker(node)
        elif tag == "pre":
            self._kept_spaces += 1
        elif tag == "table":
            self._tables.append(_Table() if len(self._tables) < _MAX_TABLES else None)
        elif self._tables and (table := self._tables[-1]):
            if tag == "tr":
                table.cells.append([])
                table.column = 0
            elif tag in ("td", "th") and table.cells:
                self._rows.append([])

    def _close(self, tag: str, node: Node) -> None:
        if tag in ("ol", "ul"):
            self._end_marker()
            self._lists.pop()
        elif tag == "pre":
            self._kept_spaces -= 1
        elif tag == "table":
            if table := self._tables.pop():
                self._rows[-1] += table_rows(table.cells)
        elif self._tables and (table := self._tables[-1]):
            if tag in ("td", "th") and table.cells:
                self._end_marker()
                rows = self._rows.pop()
                if not table.add(tuple(rows), _number(node, "colspan", 1), _number(node, "rowspan", 1)):
                    self._rows[-1] += rows
            elif tag == "tr":
                table.end_row()

    def _end_marker(self) -> None:
        """An item that opens with a list or a table of its own shows its number on a line alone."""
        if self._marker.strip(" -+•"):
            self._rows[-1].append((self._marker.strip(), ()))
        self._marker = ""

    def _open_list(self, tag: str, node: Node) -> None:
        style = _list_format(node)
        if tag == "ul" and style != "none":
            style = "bullet"
        depth = sum(opened.format == "bullet" for opened in self._lists)
        self._lists.append(_List(style or "decimal", _number(node, "start", 1) - 1, depth))

    def _item_marker(self, node: Node) -> str:
        """What a browser draws before an item: "1. ", "a. ", "IV. "; a dash, or a plus below a dash, for a dot."""
        if not self._lists:
            return ""
        opened = self._lists[-1]
        opened.last = _number(node, "value", opened.last + 1)
        style = _list_format(node) or opened.format
        if style == "none":
            return ""
        return _BULLETS[min(opened.depth, len(_BULLETS) - 1)] if style == "bullet" else f"{figure(opened.last, style)}. "

    def _font_of(self, node: Node) -> str:
        """The font that an element names itself, by its style or by its class, else the one around it."""
        attributes = node.attributes
        own = attributes.get("face") or _font(attributes.get("style") or "")
        named = (self._class_fonts[name] for name in (attributes.get("class") or "").split() if name in self._class_fonts)
        return own or next(named, self._fonts[-1])


def _drawn(text: str, font: str, first: bool) -> str:
    """A piece of text as its font draws it; a letter alone in a font of signs is a bullet when it opens the line."""
    if first and _SIGN_FONT.search(font) and len(text.strip()) == 1:
        return f"{sign(text.strip())} "
    return decode_font(text, font)


def _font(style: str) -> str:
    found = _FONT.search(style)
    return (found.group(1) or found.group(2)).strip() if found else ""


def _list_format(node: Node) -> str:
    """How a list or an item numbers, by its style or its type; "" when it does not say."""
    attributes = node.attributes
    styled = _LIST_STYLE.search(attributes.get("style") or "")
    name = styled.group(1).lower() if styled else (attributes.get("type") or "").strip()
    return _FORMATS.get(name) or _FORMATS.get(name.lower(), "")


def _number(node: Node, name: str, default: int) -> int:
    found = _FIGURES.match(node.attributes.get(name) or "")
    return int(found.group(1)) if found else default
