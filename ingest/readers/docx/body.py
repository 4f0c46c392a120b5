"""The body of a Word file as lines: what the page prints, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from xml.etree.ElementTree import Element

from ingest.readers.docx.markup import is_on, is_shaded, printed, w
from ingest.readers.docx.numbering import Numbering, sign
from ingest.readers.docx.package import Package
from ingest.readers.docx.styles import Styles, font_of, is_invisible, is_switched_on
from ingest.readers.docx.tables import Row, grid, table_rows
from ingest.readers.legacy import decode_font
from ingest.readers.side_by_side import columns

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-", w("softHyphen"): "\u00ad"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CHANGES = {w("ins"), w("del"), w("moveFrom"), w("moveTo")}
_NOTES = {w("footnoteReference"), w("endnoteReference")}


class Body:
    """Reads one document once: ``rows`` first, then ``warnings``."""

    def __init__(self, package: Package) -> None:
        self._document = package.document
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering, self._styles)
        self._hidden = 0  # characters that are in the file and not on the page
        self._contents = False

    def rows(self) -> Iterator[Row]:
        """A line for each paragraph, each part of one that a line break cuts, and each row of a data table; empty ones included."""
        for body in self._document.findall(w("body")):
            yield from self._blocks(body, self._numbering, False)

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each thing that the file holds and the lines do not show as it stands there."""
        tags = {element.tag for element in self._document.iter()}
        said = (
            (tags & _CHANGES, "the file holds tracked changes; it was read as if all of them were accepted"),
            (self._hidden, f"hidden or white text was left out ({self._hidden} characters)"),
            (tags & _NOTES, "footnotes and endnotes were left out"),
            (self._contents, "the table of contents was left out"),
            (w("altChunk") in tags, "a document that is embedded in the file was left out"),
        )
        return tuple(sentence for holds, sentence in said if holds)

    def _blocks(self, parent: Element, numbering: Numbering, shaded: bool) -> Iterator[Row]:
        held = ""  # the text of a paragraph whose end is not printed: the next one goes on with it
        for block in printed(parent):
            if block.tag == w("tbl"):
                yield from self._table(block, numbering, shaded)
            if block.tag != w("p"):
                continue
            properties = block.find(w("pPr"))
            if self._styles.is_contents(properties):
                self._contents = True
                continue
            paragraph = _Text(self._styles, properties, shaded or self._styles.shades_paragraph(properties))
            paragraph.read(block)
            self._hidden += paragraph.hidden
            for box in paragraph.boxes[: paragraph.boxes_before]:
                yield from self._blocks(box, numbering.aside(), True)
            text, runs_on = paragraph.text(), self._runs_on(properties)
            if not held and (text.strip() or not runs_on):
                text = numbering.marker(properties) + text
            held += text
            if not runs_on:
                yield from _lines(held)
                held = ""
            for box in paragraph.boxes[paragraph.boxes_before :]:
                yield from self._blocks(box, numbering.aside(), True)
        if held:
            yield from _lines(held)

    def _runs_on(self, properties: Element | None) -> bool:
        """Whether the end of a paragraph is deleted or hidden, or the paragraph is a large initial beside the next one."""
        if properties is None:
            return False
        mark, frame = properties.find(w("rPr")), properties.find(w("framePr"))
        if frame is not None and frame.get(w("dropCap"), "none") != "none":
            return True
        return mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None or is_on(mark.find(w("vanish"))))

    def _table(self, table: Element, numbering: Numbering, shaded: bool) -> Iterator[Row]:
        shaded = shaded or self._styles.shades_table(table.find(w("tblPr")))
        return table_rows(grid(table, lambda cell: list(self._blocks(cell, numbering, shaded or is_shaded(cell.find(w("tcPr")))))))


class _Text:
    """The text of one paragraph while it is read; ``shaded`` says that white letters would show on what is behind it."""

    def __init__(self, styles: Styles, properties: Element | None, shaded: bool) -> None:
        self._styles = styles
        self._properties = properties
        self._shaded = shaded
        self._pieces: list[tuple[str, tuple[str, bool]]] = []  # text with its font and whether it is drawn in capitals
        self._fields: list[bool] = []  # for each field that is open: whether its result has begun
        self.hidden = 0
        self.boxes: list[Element] = []  # text boxes anchored here
        self.boxes_before = 0  # how many of them stand before the first word

    def text(self) -> str:
        """What is printed, a line break as "\\n"."""
        decoded = []
        for (font, capitals), pieces in groupby(self._pieces, key=itemgetter(1)):
            # joined before it is decoded: a letter and its sign may stand in two runs, and an old font's "ư" is a soft hyphen
            text = decode_font("".join(piece for piece, _ in pieces), font).translate(_INVISIBLE)
            decoded.append(text.upper() if capitals else text)
        return "".join(decoded)

    def read(self, element: Element, run: Element | None = None) -> None:
        """Everything below an element, the hidden left out; ``run`` is the run that it stands in."""
        for child in printed(element):
            if child.tag == w("r"):
                self.read(child, child)
            elif child.tag == w("txbxContent"):
                self.boxes.append(child)
                self.boxes_before += not any(piece.strip() for piece, _ in self._pieces)
            elif child.tag == w("fldChar"):
                self._field(child.get(w("fldCharType")))
            elif piece := _piece(child):
                self._add(piece, run)
            else:
                self.read(child, run)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _add(self, piece: str, run: Element | None) -> None:
        if not all(self._fields):
            return  # the instruction of a field, not its result
        holding = self._styles.of_run(None if run is None else run.find(w("rPr")), self._properties)
        if is_invisible(holding, self._shaded):
            self.hidden += len(piece.strip())
        else:
            self._pieces.append((piece, (font_of(holding), is_switched_on(holding, "caps"))))


def _lines(text: str) -> Iterator[Row]:
    for line in text.split("\n"):
        yield from ((column, ()) for column in columns(line))


def _piece(element: Element) -> str:
    """What one element of a run prints: its text, a break, a sign of a symbol font; "" for all that has no text of its own."""
    if element.tag in (w("t"), _MATH_TEXT):
        # a line end inside the markup is white space; only an element breaks a line
        return "".join(sign(letter) if "\uf000" <= letter <= "\uf0ff" else letter for letter in (element.text or "").replace("\n", " "))
    if element.tag == w("sym"):
        code = element.get(w("char"), "")
        return sign(chr(int(code, 16))) if len(code) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in code) else ""
    return _BREAKS.get(element.tag, "")
