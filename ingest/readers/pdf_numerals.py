"""The numbers that OCR reads at the head of lines, fitted as one sequence.

A misread numeral ("HI." for "III.", "ở)" for "đ)", "l." for "1.") stands out because the numbers around it count on. Each line
has its possible readings; a beam search over the document takes those that cost least together. A changed reading costs less
than a break in the count, and a numeral is only ever changed to what the same strokes may show: a break in the print stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.markers import ALPHABET, Kind, Marker, marker_of
from ingest.readers.pdf_layout import Printed
from xhht_qa.text.normalise import CAPITAL, is_upper
from xhht_qa.types import Line

_CHANGE = 1.0  # a reading other than the recognised one
_BREAK = 2.5  # a number that does not follow on: dearer than two changes
_RESTART = 1.2  # a list that begins again at its own level, under a dash for example
_PLAIN = 1.5  # a line that opens with something like a number and yet has none
_SPECK = 1.0  # on top of a change: the dash before a number was none
_WARNING = "{}: the number “{}” was taken for “{}” because the others count that way; compare it with the page"
_BEAM = 60  # readings of the lines so far that are kept
_LOST = 2  # strokes of a Roman numeral that may be lost

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")
_STROKES = {"H": "II", "M": "III", "N": "IV", "U": "II", "W": "VI", "Y": "V", "v": "V", "x": "X", **dict.fromkeys("lL|1TiJ!ïíìĩÏÍÌĨ", "I")}
_DIGITS = {"S": "5", "s": "5", "Z": "2", "z": "2", "B": "8", "g": "9", "O": "0", "o": "0", **dict.fromkeys("lI|iì!", "1")}
_ALIKE = {"3": "8", "8": "3", "1": "7", "7": "1", "5": "6", "6": "5"}  # digits, each with the one that it is mistaken for
_LETTERS = {
    "a": "áàảãạăâä4@", "b": "6h", "c": "eC", "d": "đD0", "đ": "dởớờỡợäăóôöðÐĐ", "e": "cêéèẽ€", "g": "8q9ø", "h": "bH", "i": "l1ìí", "k": "K", "l": "1iI"
}  # fmt: skip
_HEAD = re.compile(r"[-–—._'`‘’„“:,\"*]?\s?(\S{1,7}?)\s?([.,)/:}ỳ])(?=\s|[^\W\d_]|$)\s*")
_BARE = re.compile(r"([IVXLHM1lU]{1,5})(\s)(?=[^\W\d_])")  # a Roman numeral that has lost its dot, before a heading in capitals
# What nobody types: "Il.", "IlI.", "V1."; a small l alone stands for a one where it does not follow k.
_K = re.compile(r"\(?k\s?[.)/-]")
_MISREAD = re.compile(rf"(?:(l)|(?=[IVX1l|]*[1l|])(?=[1l|]*[IVXl|])[IVX1l|]{{2,5}})[.)/]\s+(?={CAPITAL})")
_OUTER = (Kind.PART, Kind.CHAPTER, Kind.MUC, Kind.ARTICLE, Kind.APPENDIX)

# The last number at each open level: Roman, figure, decimal, letter; an empty tuple where none is open.
State = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]
_START: State = ((), (), (), ())
_LEVELS = {Kind.ROMAN: 0, Kind.ARABIC: 1, Kind.DECIMAL: 2, Kind.LETTER: 3, Kind.LETTER_DOT: 3}


@dataclass(frozen=True)
class _Reading:
    """A number that a line may open with, or none; ``text`` is the whole line as it would then be printed."""

    level: int | None
    value: tuple[int, ...]
    text: str
    cost: float


@dataclass(frozen=True)
class _Path:
    """What was taken for the last line, and the path to the line before it."""

    cost: float
    taken: _Reading | None
    before: _Path | None

    def readings(self) -> list[_Reading | None]:
        """What was taken for each line, the first one first."""
        taken: list[_Reading | None] = []
        path = self
        while path.before:
            taken.append(path.taken)
            path = path.before
        return taken[::-1]


def mend_numerals(lines: Sequence[Printed]) -> tuple[list[Printed], tuple[str, ...]]:
    """The lines with the numbers that fit best, and a warning for each that was changed. Lines that were not recognised stay."""
    paths: dict[State, _Path] = {_START: _Path(0.0, None, None)}
    for line in lines:
        marker = None if line.cells else marker_of(line.text)
        readings: list[_Reading | None] = [] if line.cells else list(_readings(line, marker))
        grown: dict[State, _Path] = {}
        for state, path in paths.items():
            for reading in readings or [None]:
                cost, following = (0.0, _START if marker and marker.kind in _OUTER else state) if reading is None else _step(state, reading)
                total = path.cost + cost + (reading.cost if reading else 0.0)
                if following not in grown or total < grown[following].cost:
                    grown[following] = _Path(total, reading, path)
        paths = dict(sorted(grown.items(), key=lambda item: item[1].cost)[:_BEAM])
    best = min(paths.values(), key=lambda path: path.cost)
    mended, warnings = [], []
    for line, taken in zip(lines, best.readings(), strict=True):
        text = taken.text if taken else line.text
        if taken and taken.cost and taken.level is not None:
            was, now = line.text.split()[0], text.split()[0]
            warnings.append(_changed(line, was, now))
        mended.append(replace(line, text=text))
    for index, number in _miscounted(lines):
        cells = (number, *lines[index].cells[1:])
        mended[index] = replace(lines[index], text=" | ".join(cells), cells=cells)
        warnings.append(_changed(lines[index], lines[index].cells[0], number))
    return mended, tuple(warnings)


def mend_text(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """A text that another program recognised and handed on as typed: the numbers that nobody types, as the others count."""
    misread = _misread(lines)
    if not any(misread):
        return tuple(lines), ()
    mended, _ = mend_numerals([Printed(line.text, line.page or 0, line.cells, recognised=wrong) for line, wrong in zip(lines, misread, strict=True)])
    changed = {line.number: new.text for line, new, wrong in zip(lines, mended, misread, strict=True) if wrong and new.text.split()[0] != line.text.split()[0]}
    warnings = tuple(_WARNING.format(f"line {line.number}", line.text.split()[0], changed[line.number].split()[0]) for line in lines if line.number in changed)
    return tuple(replace(line, text=changed.get(line.number, line.text)) for line in lines), warnings


def _misread(lines: Sequence[Line]) -> list[bool]:
    misread, after_k = [], False
    for line in lines:
        found = None if line.cells else _MISREAD.match(line.text)
        misread.append(bool(found and not (after_k and found.group(1))))
        after_k = bool(_K.match(line.text)) or (after_k and found is None)
    return misread


def _changed(line: Printed, was: str, now: str) -> str:
    return _WARNING.format(f"page {line.page}", was, now)


def _miscounted(lines: Sequence[Printed]) -> Iterator[tuple[int, str]]:
    """The recognised table rows whose first cell is misread, with the number that it must hold: the rows around it count so."""
    before = 0
    for index, line in enumerate(lines):
        if not line.cells:
            before = 0
            continue
        number, expected = line.cells[0].rstrip("."), before + 1
        following = lines[index + 1].cells[0] if index + 1 < len(lines) and lines[index + 1].cells else ""
        counts_on = expected + 1 in _counts(following) if following else before > 0
        if line.recognised and number != str(expected) and expected in _counts(number) and counts_on:
            yield index, line.cells[0].replace(number, str(expected))
            number = str(expected)
        before = int(number) if number.isdecimal() else 0


def _counts(cell: str) -> set[int]:
    """The numbers that a first cell may hold."""
    figures = "".join(_DIGITS.get(figure, figure) for figure in cell.rstrip("."))
    return {int(alike) for alike in (figures, _ALIKE.get(figures, figures))} if figures.isdecimal() and len(figures) <= 3 else set()


def _step(state: State, reading: _Reading) -> tuple[float, State]:
    """What a reading costs behind the numbers so far, and the numbers behind it."""
    if reading.level is None:
        return 0.0, state
    before, value = state[reading.level], reading.value
    if reading.level == 2:
        follows = value[:-1] in (state[1], before[:-1], before) and value[-1] == (before[-1] + 1 if before[:-1] == value[:-1] else 1)
    else:
        follows = value[-1] == (before[-1] + 1 if before else 1)
    following = list(state)
    following[reading.level] = value
    following[reading.level + 1 :] = [()] * (3 - reading.level)
    cost = 0.0 if follows else _RESTART if value[-1] == 1 and reading.level in (1, 3) else _BREAK
    return cost, (following[0], following[1], following[2], following[3])


def _readings(line: Printed, marker: Marker | None) -> Iterator[_Reading]:
    """The numbers that a line may open with, the recognised one first; none for a line that no number can open."""
    if marker and marker.kind in _LEVELS:
        yield _Reading(_LEVELS[marker.kind], marker.value, f"{marker.printed} {marker.rest}" if line.recognised else line.text, 0.0)
    if not line.recognised or (marker and marker.kind in _OUTER):
        return
    head = _HEAD.match(line.text) or (_BARE.match(line.text) if is_upper(line.text) else None)
    other = [reading for reading in _other_readings(head, line.text[head.end() :]) if not marker or reading.value != marker.value] if head else []
    if marker and marker.kind is Kind.BULLET:  # a speck before a number looks like a dash; so does a dash before a number
        yield _Reading(None, (), line.text, 0.0)
        other = [replace(reading, cost=reading.cost + _SPECK) for reading in other]
    elif other and (not marker or marker.kind not in _LEVELS):
        yield _Reading(None, (), line.text, _PLAIN)
    yield from other


def _other_readings(head: re.Match[str], rest: str) -> Iterator[_Reading]:
    token, sign = head.group(1), head.group(2)
    dot = ")" if sign in ")}ỳ" else "/" if sign == "/" else "."
    for value, roman in enumerate(_ROMANS, start=1):
        # "IL." is "I." with its dot read twice, or "II."
        strokes = {token, token.removesuffix("L"), token.replace("H", "I")}
        found = [lost for read in strokes if (lost := _lost_strokes(read, roman)) is not None]
        for lost in sorted(found)[:1] if dot != ")" else ():
            yield _Reading(0, (value,), f"{roman}{dot} {rest}", _CHANGE * max(lost, 1))
    figures = "".join(_DIGITS.get(figure, figure) for figure in token).replace(",", ".")
    if figures.isdecimal() and len(figures) <= 2:
        for alike in (figures, *((_ALIKE[figures],) if figures in _ALIKE else ())):
            yield _Reading(1, (int(alike),), f"{alike}{dot} {rest}", _CHANGE)
    if re.fullmatch(r"[1-9]{2}", figures):  # the dot of "2.2" is lost
        yield _Reading(2, (int(figures[0]), int(figures[1])), f"{figures[0]}.{figures[1]}{dot} {rest}", _CHANGE)
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", figures):
        yield _Reading(2, tuple(map(int, figures.split("."))), f"{figures}{dot} {rest}", _CHANGE)
    for letter, looks in _LETTERS.items():
        if dot != "/" and token in (letter, *looks):
            yield _Reading(3, (ALPHABET.index(letter) + 1,), f"{letter}{dot} {rest}", _CHANGE)


def _lost_strokes(token: str, numeral: str) -> int | None:
    """How many strokes I of a Roman numeral are missing in what was read, None when it is not that numeral."""
    read = "".join(_STROKES.get(stroke, stroke) for stroke in token)
    lost = len(numeral) - len(read)
    if not read or not 0 <= lost <= _LOST:
        return None
    rest = iter(numeral)
    kept = all(stroke in rest for stroke in read)
    return lost if kept and numeral.count("I") - read.count("I") == lost else None
