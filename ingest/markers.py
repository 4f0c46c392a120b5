"""The printed number at the head of a line: what kind it is, its value, and the words after it.

Each kind is one small rule with its case in the docstring; whether a marker fits where it stands is the outline's decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from xhht_qa.text.normalise import fold, is_upper

ALPHABET = "abcdđeghiklmnopqrstuvxy"  # the order of điểm in Vietnamese documents: no f, j, w, z
_LATIN_ONLY = {"f": "g", "j": "k", "w": "x", "z": "y"}  # Word's own lists print them; each stands where the letter beside it does
CAPITALS = "ABCDEGHIKLMNOPQRSTUVXY"  # of headings; Đ is left out more often than not
_ORDINALS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")


class Kind(StrEnum):
    """Kinds of printed numbers, named as Vietnamese documents name them where they do."""

    PART = "phần"
    CHAPTER = "chương"
    MUC = "mục"
    ARTICLE = "điều"
    APPENDIX = "phụ lục"
    UPPER = "A."
    ROMAN = "I."
    ARABIC = "1."
    PAREN = "1)"
    DECIMAL = "1.1"
    LETTER = "a)"
    LETTER_DOT = "a."
    LOWER_ROMAN = "i)"
    BULLET = "-"


@dataclass(frozen=True)
class Marker:
    """A number as printed: ``value`` has one figure a level (several for decimals), ``token`` is its part of an address."""

    kind: Kind
    value: tuple[int, ...]
    token: str
    printed: str
    rest: str

    @property
    def last(self) -> int:
        """The lowest figure: 2 of "3.2"."""
        return self.value[-1]


def marker_of(text: str) -> Marker | None:
    """The marker that opens a line of text, or None."""
    for rule in _RULES:
        marker = rule(text)
        if marker is not None:
            return marker
    return None


def alternatives(marker: Marker) -> tuple[Marker, ...]:
    """The marker and its other reading, if it has one: "C." may go on A, B or be a Roman hundred; "i)" may follow h) or open i, ii."""
    other: Marker | None = None
    if marker.kind is Kind.ROMAN and len(marker.token) == 1:
        other = Marker(Kind.UPPER, (CAPITALS.find(marker.token) + 1,), marker.token, marker.printed, marker.rest)
    elif marker.kind is Kind.LETTER and roman_value(marker.token.upper()):
        other = Marker(Kind.LOWER_ROMAN, (roman_value(marker.token.upper()),), marker.token, marker.printed, marker.rest)
    return (marker,) if other is None else (marker, other)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in capitals, 0 when it is none."""
    if not _ROMAN.match(numeral):
        return 0
    values = [_ROMAN_DIGITS[digit] for digit in numeral]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))


def part(text: str) -> Marker | None:
    """ "Phần thứ nhất", "PHẦN II. …", "Phần 1:" → P1, P2, P1."""
    match = re.match(r"(phần\s+(?:thứ\s+)?(\w+))\s*(?:[.:–-]\s*|$)", text, re.IGNORECASE)
    if not match:
        return None
    word = match.group(2)
    value = _ORDINALS.get(fold(word)) or roman_value(word) or (int(word) if word.isdecimal() else 0)
    return Marker(Kind.PART, (value,), f"P{value}", match.group(1), text[match.end() :]) if value else None


def chapter(text: str) -> Marker | None:
    """ "Chương I", "CHƯƠNG 2. …" → C-I, C-2."""
    match = re.match(r"(chương\s+([IVXLC]+|\d{1,2}))\s*(?:[.:–-]\s*|$)", text, re.IGNORECASE)
    if not match:
        return None
    numeral = match.group(2).upper()
    value = int(numeral) if numeral.isdecimal() else roman_value(numeral)
    return Marker(Kind.CHAPTER, (value,), f"C-{numeral}", match.group(1), text[match.end() :]) if value else None


def muc(text: str) -> Marker | None:
    """ "Mục 1. …", "MỤC II:", "Mục 3" alone on its line → 1, II, 3. "Mục 2 phần III quy định …" is a sentence."""
    match = re.match(r"(mục\s+([IVXLC]+|\d{1,2}))\s*(?:[.:]\s*|$)", text, re.IGNORECASE)
    if not match:
        return None
    numeral = match.group(2).upper()
    value = int(numeral) if numeral.isdecimal() else roman_value(numeral)
    return Marker(Kind.MUC, (value,), numeral, match.group(1), text[match.end() :]) if value else None


def article(text: str) -> Marker | None:
    """ "Điều 5. …" → Đ5; "Điều 12a." → Đ12a."""
    match = re.match(r"(điều\s+(\d{1,3})([a-zđ]?))\s*[.:]\s*", text, re.IGNORECASE)
    if not match:
        return None
    return Marker(Kind.ARTICLE, (int(match.group(2)),), f"Đ{match.group(2)}{match.group(3).lower()}", match.group(1), text[match.end() :])


def appendix(text: str) -> Marker | None:
    """ "PHỤ LỤC", "Phụ lục 2", "PHỤ LỤC I: …" as a heading; "Phụ lục kèm theo …" in a sentence is none."""
    match = re.match(r"(phụ\s+lục(?:\s+(?:số\s+)?([IVXLC]+|\d{1,2}))?)\s*(?:[.:–-]\s*|$)", text, re.IGNORECASE)
    if not match or (not match.group(2) and text[match.end() :] and not is_upper(text)):
        return None
    return Marker(Kind.APPENDIX, (0,), "phu-luc", match.group(1), text[match.end() :])


def roman(text: str) -> Marker | None:
    """ "I. …", "IV/ …", "II- …" → I, IV, II."""
    match = re.match(r"([IVXLC]+)\s?[./)-](?:\s+|(?=[^\W\d_]{2})|$)", text)
    if not match or not (value := roman_value(match.group(1))):
        return None
    return Marker(Kind.ROMAN, (value,), match.group(1), match.group().strip(), text[match.end() :])


def upper(text: str) -> Marker | None:
    """ "A. …", "B) …" → A, B."""
    match = re.match(r"([A-ZĐ])[.)]\s+", text)
    if not match:
        return None
    letter = match.group(1)
    return Marker(Kind.UPPER, (CAPITALS.find(letter) + 1 or 99,), letter, match.group().strip(), text[match.end() :])


def decimal(text: str) -> Marker | None:
    """ "2.1. …", "2.2 …", "1.1.3) …" → the last figure is the address part, the others name its parents."""
    match = re.match(r"(\d{1,2}(?:\.\d{1,2})+)(?:[.)]\s*|\s+)(?=\D|$)", text)
    if not match:
        return None
    value = tuple(int(figure) for figure in match.group(1).split("."))
    return Marker(Kind.DECIMAL, value, match.group(1), match.group().strip(), text[match.end() :])


def arabic(text: str) -> Marker | None:
    """ "1. …", "2/ …", "3.Tên" → 1, 2, 3. A figure before another figure is a date, a sum or a year."""
    match = re.match(r"(\d{1,2})[./](?:\s+|(?=[^\W\d_])|$)", text)
    if not match:
        return None
    return Marker(Kind.ARABIC, (int(match.group(1)),), str(int(match.group(1))), match.group().strip(), text[match.end() :])


def paren(text: str) -> Marker | None:
    """ "1) …", "(2) …" → 1, 2."""
    match = re.match(r"\(?(\d{1,2})\)\s+", text)
    if not match:
        return None
    return Marker(Kind.PAREN, (int(match.group(1)),), str(int(match.group(1))), match.group().strip(), text[match.end() :])


def letter(text: str) -> Marker | None:
    """ "a) …", "đ. …", "(b) …" → a, đ, b; "ii) …" → ii."""
    match = re.match(r"\(?([a-zđ])([.)])\s*(?=\S)", text)
    if match:
        place = _LATIN_ONLY.get(match.group(1), match.group(1))
        kind = Kind.LETTER if match.group(2) == ")" else Kind.LETTER_DOT
        return Marker(kind, (ALPHABET.index(place) + 1,), match.group(1), match.group().strip(), text[match.end() :])
    match = re.match(r"\(?([ivx]{2,5})\)\s+", text)
    if match and (value := roman_value(match.group(1).upper())):
        return Marker(Kind.LOWER_ROMAN, (value,), match.group(1), match.group().strip(), text[match.end() :])
    return None


def bullet(text: str) -> Marker | None:
    """ "- …", "+ …", "* …", "• …"; every dash is "-", every dot "•"."""
    match = re.match(r"([-–—−+*•●▪·])\s+(?=\S)|([-–—•+])(?=[^\W\d_])", text)
    if not match:
        return None
    sign = match.group(1) or match.group(2)
    token = "-" if sign in "-–—−" else "•" if sign in "•●▪·" else sign
    return Marker(Kind.BULLET, (0,), token, sign, text[match.end() :])


_RULES: tuple[Callable[[str], Marker | None], ...] = (
    part,
    chapter,
    muc,
    article,
    appendix,
    roman,
    upper,
    decimal,
    arabic,
    paren,
    letter,
    bullet,
)
