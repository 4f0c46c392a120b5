"""The numbers that Word prints before the paragraphs of automatic lists; they stand nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.docx.markup import is_on, value, w, whole
from ingest.readers.docx.styles import Styles, font_of
from ingest.readers.legacy import decode_font

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LAST_LEVEL, _LONGEST_PATTERN = 8, 255  # Word's own limits
_VIETNAMESE = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# Signs of the symbol fonts, which hold them at U+F000 and above. Word's hollow "o" stands under a dot, as "+" stands under "-".
_SIGNS = {"-": "-", "–": "-", "—": "-", "−": "-", "\xbe": "-", "+": "+", "o": "+", "*": "*", "\xe0": "→", "\xe8": "→"}


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts and looks: ``pattern`` "%1.%2." takes the number of each level named."""

    start: int
    format: str
    pattern: str
    restart: int | None  # 0: never; n: only below the first n levels; None: below every higher level
    legal: bool  # prints every number in figures: "1.2" below "I", "1.02" where the level has a leading zero
    apart: bool  # a tab or a space follows the number
    style: str  # the paragraph style that stands for this level
    properties: tuple[Element, ...]  # the ``w:rPr`` of the number itself


@dataclass(frozen=True)
class _List:
    """A list as paragraphs name it (``w:num``): the levels of a common definition, some of them its own, some with their own start."""

    definition: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]

    def start(self, index: int) -> int:
        """The number that a level begins with, also each time it begins anew."""
        return self.starts.get(index, self.levels[index].start if index in self.levels else 1)


class _Counts:
    """The numbers that one list has reached: the last of each level, and the levels that begin anew when next used."""

    def __init__(self) -> None:
        self.last: dict[int, int] = {}
        self.renewed: set[int] = set()

    def count(self, listed: _List, index: int, start: int | None) -> None:
        """One more item at a level; ``start`` is the number that it begins with, if it begins here."""
        if start is not None:
            self.last[index] = start
        elif index not in self.last:
            self.last[index] = listed.start(index)
        elif index not in self.renewed:
            self.last[index] += 1
        self.renewed.discard(index)
        for higher in range(index):  # a level that was skipped and never used before counts as begun
            if higher in listed.levels:
                self.last.setdefault(higher, listed.start(higher))
        for lower in self.last:
            restart = listed.levels[lower].restart if lower in listed.levels else None
            if lower > index and (restart is None or index < restart):
                self.last[lower] = listed.start(lower)
                self.renewed.add(lower)


class Numbering:
    """Counts through a text: ask for the marker of every paragraph once, in the order of the file.

    The rules are those that others have measured in Word: lists of one definition count on together, the start that a list sets for
    itself is taken when the list first comes to that level, every text box counts on its own.
    """

    def __init__(self, part: Element, styles: Styles) -> None:
        self._styles = styles
        definitions = {definition.get(w("abstractNumId"), ""): definition for definition in part.iter(w("abstractNum"))}
        linked = {value(definition, "styleLink"): definition for definition in definitions.values()}
        levels = {name: _levels(definition) for name, definition in definitions.items()}
        self._lists: dict[str, _List] = {}
        for number in part.findall(w("num")):
            name = value(number, "abstractNumId") or ""
            link = value(definitions.get(name), "numStyleLink")
            definition = linked.get(link) if link else definitions.get(name)
            if definition is not None:
                self._lists[number.get(w("numId"), "")] = _list(name, levels[definition.get(w("abstractNumId"), "")], number)
        self._restart()

    def _restart(self) -> None:
        self._counts: defaultdict[str, _Counts] = defaultdict(_Counts)  # by definition
        self._started: set[tuple[str, int]] = set()  # the levels of each list whose own start was taken

    def aside(self) -> Numbering:
        """The same lists at their beginning, for a text box."""
        other = copy(self)
        other._restart()
        return other

    def marker(self, paragraph: Element | None) -> str:
        """What the page prints before the text of a paragraph with these ``w:pPr``, with its space: "2.1. ", "a) ", "- ", or ""."""
        name, index = self._place(paragraph)
        listed = self._lists.get(name)
        level = listed.levels.get(index) if listed else None
        if listed is None or level is None:
            return ""
        counts = self._counts[listed.definition]
        counts.count(listed, index, None if (name, index) in self._started else listed.starts.get(index))
        self._started.add((name, index))
        if level.format == "bullet":
            return f"{sign(level.pattern)} ".lstrip()
        pattern = decode_font(level.pattern, font_of([*level.properties, *self._styles.of_run(_find(paragraph, "rPr"), paragraph)]))
        printed = re.sub(r"%([1-9])", lambda at: _level_figure(listed, counts.last, int(at[1]) - 1, level.legal), pattern)
        return printed + (" " if printed and level.apart else "")

    def _place(self, paragraph: Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style; list "0" takes it out of every list."""
        own = _find(paragraph, "numPr")
        name, index = value(own, "numId"), value(own, "ilvl")
        for style, element in self._styles.of_paragraph(paragraph):
            if name is not None:
                break
            inherited = element.find(f"{w('pPr')}/{w('numPr')}")
            name = value(inherited, "numId")
            index = index or value(inherited, "ilvl")
            if name in self._lists and index is None:
                index = next((str(at) for at, level in self._lists[name].levels.items() if level.style == style), None)
        return name or "", whole(index, 0, _LAST_LEVEL)


def figure(number: int, style: str) -> str:
    """A number in one of Word's number formats; in figures where Word has none for it or none that plans use."""
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    if style in ("upperLetter", "lowerLetter") and 0 < number <= 780:  # z is followed by aa, bb, cc, up to thirty letters
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style == "vietnameseCounting" and 0 < number < len(_VIETNAMESE):
        return _VIETNAMESE[number]
    return str(number)


def sign(glyph: str) -> str:
    """The bullet that a reader sees for a glyph of any font: a dash, a plus, an asterisk, an arrow, or a dot for every other."""
    if not glyph.strip():
        return ""
    code = ord(glyph.strip()[0])
    return _SIGNS.get(chr(code - 0xF000) if 0xF000 <= code <= 0xF0FF else chr(code), "•")


def _roman(number: int) -> str:
    letters = ""
    for size, letter in _ROMAN:
        letters += letter * (number // size)
        number %= size
    return letters


def _find(parent: Element | None, name: str) -> Element | None:
    return None if parent is None else parent.find(w(name))


def _level_figure(listed: _List, counts: Mapping[int, int], index: int, legal: bool) -> str:
    level = listed.levels.get(index)
    if level is None or index not in counts or level.format in ("none", "bullet"):
        return ""
    return figure(counts[index], "decimal" if legal and level.format != "decimalZero" else level.format)


def _list(name: str, common: Mapping[int, _Level], number: Element) -> _List:
    levels, starts = dict(common), {}
    for override in number.findall(w("lvlOverride")):
        levels |= _levels(override)
        start = value(override, "startOverride")
        if start is not None:
            starts[whole(override.get(w("ilvl")), 0, _LAST_LEVEL)] = whole(start, 1)
    return _List(name, levels, starts)


def _levels(parent: Element) -> dict[int, _Level]:
    return {whole(level.get(w("ilvl")), 0, _LAST_LEVEL): _level(level) for level in parent.findall(w("lvl"))}


def _level(level: Element) -> _Level:
    formats = [found.get(w("val"), "") for found in level.iter(w("numFmt"))]  # where there are alternatives, the last is the plain one
    restart = value(level, "lvlRestart")
    picture = level.find(w("lvlPicBulletId")) is not None
    return _Level(
        start=whole(value(level, "start"), 0),
        format="bullet" if picture else formats[-1] if formats else "decimal",
        pattern="•" if picture else (value(level, "lvlText") or "")[:_LONGEST_PATTERN],
        restart=None if restart is None else whole(restart, 0),
        legal=is_on(level.find(w("isLgl"))),
        apart=value(level, "suff") != "nothing",
        style=value(level, "pStyle") or "",
        properties=tuple(level.findall(w("rPr"))),
    )
