"""The printed number at the head of a line: what kind it is, its value, and the words after it.

Each kind is one small rule with its case in the docstring; whether a marker fits where it stands is the outline's decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from xhht_qa.text.normalise import CAPITAL, fold, is_upper

ALPHABET = "abcdđeghiklmnopqrstuvxy"  # the order of điểm in Vietnamese documents: no f, j, w, z
_LATIN = "abcdefghijklmnopqrstuvwxyz"  # the order of Word's own lists
_LATIN_ONLY = {"f": "g", "j": "k", "w": "x", "z": "y"}  # each stands where the letter beside it does
CAPITALS = "ABCDEGHIKLMNOPQRSTUVXY"  # of headings; Đ is left out more often than not
# Steps, periods and tasks that are numbered by name: "Bước 1:", "Quý II:", "Nhiệm vụ 3."
_NAMED = (
    "Bước|Tháng|Quý|Tuần|Năm|Giai đoạn|Đợt|Vòng|Buổi|Nhiệm vụ|Nội dung|Giải pháp|Mục tiêu|Chỉ tiêu|Tiêu chí|Dự án|Tiểu dự án|Hợp phần|Chuyên đề|Hoạt động"
    "|Hạng mục|Nhóm|Phương án|Tình huống|Mô hình"
)
# Word's bullets as they are drawn, and as they come out where the font of symbols is lost; solid dots are one sign, and so are all dashes.
_SIGNS = (
    dict.fromkeys("-–—−‑\uf02d\uf0be", "-")
    | dict.fromkeys("•●·∙\uf0b7\uf06c", "•")
    | dict.fromkeys("▪■§\uf0a7\uf06e", "▪")
    | dict.fromkeys("o○◦", "o")
    | dict.fromkeys("✓✔ü\uf0fc", "✓")
    | dict.fromkeys("➢➤►‣▶Ø\uf0d8", "➢")
    | dict.fromkeys("❖◆♦\uf076", "❖")
    | {"+": "+", "*": "*", "→": "→", "⇒": "⇒", "□": "□", "☐": "☐"}
)
_LETTER_SIGNS = "oØü§"  # signs that are letters too: text goes on with a capital behind them
_ACTING = re.compile(r"[QP]\s?\.\s?(?:GIÁM|CHỦ|TỔNG|CHÁNH|BÍ|VIỆN|CỤC|CHI CỤC|VỤ|BỘ|HIỆU|TRƯỞNG|CHỈ HUY)\b")  # "Q. GIÁM ĐỐC" signs, it numbers nothing
_STOPS = "[./][-–—]?"  # "1/- Tên", "I.- TÊN"
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
    NAMED = "bước"
    FORM = "mẫu"
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

    @property
    def series(self) -> str:
        """What the number counts in: its kind, and for "Quý I" and "Mẫu số 1" their noun."""
        return self.token.rpartition("-")[0] if self.kind in (Kind.NAMED, Kind.FORM) else self.kind

    def follows(self, earlier: Marker) -> bool:
        """Whether this number comes next after another of its series, in the alphabet of documents or in Word's."""
        if earlier.last + 1 == self.last or (earlier.last == self.last and self.token[:-1] == earlier.token):  # 2 after 1; 1a after 1, a1 after a
            return True
        if self.kind in (Kind.LETTER, Kind.LETTER_DOT, Kind.UPPER):
            return f"{earlier.token}{self.token}".lower() in _LATIN
        return self.series == "thang" and (earlier.last, self.last) == (12, 1)


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
    elif marker.kind in (Kind.LETTER, Kind.LETTER_DOT) and roman_value(marker.token.upper()):
        other = Marker(Kind.LOWER_ROMAN, (roman_value(marker.token.upper()),), marker.token, marker.printed, marker.rest)
    return (marker,) if other is None else (marker, other)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in capitals, 0 when it is none."""
    if not _ROMAN.match(numeral):
        return 0
    values = [_ROMAN_DIGITS[digit] for digit in numeral]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))


def part(text: str) -> Marker | None:
    """ "Phần thứ nhất", "PHẦN II. …", "Phần 1:" → P1, P2, P1; "Phần A" → A.

    "Phần C" may go on after B or be a hundredth part; who wrote the former is far more likely.
    """
    match = _heading(r"phần\s+(?:thứ\s+)?(\w+)", text)
    if not match:
        return None
    word = match.group(2)
    if len(word) == 1 and word in CAPITALS and word not in "IVX":
        return Marker(Kind.UPPER, (CAPITALS.index(word) + 1,), word, match.group(1), text[match.end() :])
    value = _ORDINALS.get(fold(word)) or roman_value(word) or (int(word) if word.isdecimal() else 0)
    return Marker(Kind.PART, (value,), f"P{value}", match.group(1), text[match.end() :]) if value else None


def chapter(text: str) -> Marker | None:
    """ "Chương I", "CHƯƠNG 2. …" → C-I, C-2."""
    match = _heading(r"chương\s+([IVXLC]+|\d{1,2})", text)
    if not match or not (value := _figure(match.group(2))):
        return None
    return Marker(Kind.CHAPTER, (value,), f"C-{match.group(2).upper()}", match.group(1), text[match.end() :])


def muc(text: str) -> Marker | None:
    """ "Mục 1. …", "MỤC II:", "Mục 3" alone on its line → 1, II, 3. "Mục 2 phần III quy định …" is a sentence."""
    match = _heading(r"mục\s+([IVXLC]+|\d{1,2})", text)
    if not match or not (value := _figure(match.group(2))):
        return None
    return Marker(Kind.MUC, (value,), match.group(2).upper().lstrip("0"), match.group(1), text[match.end() :])


def article(text: str) -> Marker | None:
    """ "Điều 5. …", "Điều 6 - …", "Điều 7" alone on its line → Đ5, Đ6, Đ7; "Điều 12a." → Đ12a."""
    match = re.match(r"(điều\s+(\d{1,3})([a-zđ]?))(?:\s*[.:]\s*|\s+[-–]\s+|\s*$)", text, re.IGNORECASE)
    if not match:
        return None
    return Marker(Kind.ARTICLE, (int(match.group(2)),), f"Đ{match.group(2)}{match.group(3).lower()}", match.group(1), text[match.end() :])


def clause(text: str) -> Marker | None:
    """ "Khoản 1. …" → 1, as "1." would be."""
    match = re.match(r"(Khoản\s+(\d{1,2}))\s*[.:]\s*", text, re.IGNORECASE)
    return Marker(Kind.ARABIC, (int(match.group(2)),), str(int(match.group(2))), match.group(1), text[match.end() :]) if match else None


def appendix(text: str) -> Marker | None:
    """ "PHỤ LỤC", "Phụ lục 2", "PHỤ LỤC I: …", "Phụ lục kèm theo" as a heading; "Phụ lục kèm theo …" in a sentence is none."""
    match = _heading(r"phụ\s+lục(?:\s+(?:số\s+)?([IVXLC]+|\d{1,2}[A-Za-z]?)|\s+kèm theo(?=\s*$))?", text)
    if not match or (not match.group(2) and text[match.end() :] and not is_upper(text)):
        return None
    return Marker(Kind.APPENDIX, (0,), match.group(2) or "", match.group(1), text[match.end() :])


def form(text: str) -> Marker | None:
    """ "Biểu số 1", "Mẫu số 02/BC: …", "BIỂU MẪU 3" → bieu-1, mau-2, bieu-mau-3; only behind the end of a plan are they headings."""
    match = _heading(r"(?:biểu mẫu|biểu|mẫu|bảng)\s+(?:số\s*:?\s*)?([IVXLC]+|\d{1,2}[A-Za-z]?)(?:/[A-ZĐ][\w-]*)?", text)
    if not match or not (value := _figure(match.group(2).rstrip("abcdeABCDE"))):
        return None
    noun = fold(match.group(1)).split()
    noun = noun[:2] if noun[1] == "mau" else noun[:1]
    return Marker(Kind.FORM, (value,), "-".join([*noun, match.group(2).lstrip("0")]), match.group(1), text[match.end() :])


def named(text: str) -> Marker | None:
    """ "Bước 1: …", "Quý I:", "Tháng 9/2025:", "Giai đoạn 1 (2026 - 2027): …" → buoc-1, quy-1, thang-9, giai-doan-1.

    "Tháng 9 năm 2025, …" is a sentence, and so is what follows "Năm 2026:" on its line.
    """
    match = re.match(
        rf"(({_NAMED})\s+(?:thứ\s+)?([IVX]+|\d{{1,4}}|nhất|hai|ba|tư|năm)(?:/\d{{4}}| năm \d{{4}})?)\s*(?:[.:](?!\d)\s*|$|(?=\([^()]*\)\s*(?::|$)))", text
    )
    if not match and is_upper(text):
        match = re.match(rf"(({_NAMED.upper()})\s+([IVX]+|\d{{1,4}})(?:/\d{{4}}| NĂM \d{{4}})?)\s*(?:[.:](?!\d)\s*|$)", text)
    if not match:
        return None
    noun = fold(match.group(2))
    value = _ORDINALS.get(fold(match.group(3))) or _figure(match.group(3))
    rest = text[match.end() :]
    if not value or (noun == "nam" and (rest or value < 1000)):
        return None
    return Marker(Kind.NAMED, (value,), f"{noun.replace(' ', '-')}-{value}", match.group(1), rest)


def roman(text: str) -> Marker | None:
    """ "I. …", "IV/ …", "II- …", "I . …", "V/- …", "I – …", "II: TÊN", "III, TÊN" → I, IV, II, I, V, I, II, III."""
    match = re.match(rf"([IVXLC]+)\s?(?:(?:{_STOPS}|[)–—-])(?:\s+|(?=[^\W\d_]{{2}})|$)|[:,]\s+(?={CAPITAL}{{2}})(?![IVXLC]+\b))", text)
    if not match or not (value := roman_value(match.group(1))):
        return None
    return Marker(Kind.ROMAN, (value,), match.group(1), match.group().strip(), text[match.end() :])


def upper(text: str) -> Marker | None:
    """ "A. …", "B) …", "C/ …", "D - …", "E/- …" → A, B, C, D, E. "Q. GIÁM ĐỐC" signs."""
    match = re.match(rf"([A-ZĐ])\s?(?:{_STOPS}|\)|[-–—](?=\s))\s+", text)
    if not match or _ACTING.match(text):
        return None
    letter = match.group(1)
    return Marker(Kind.UPPER, (CAPITALS.find(letter) + 1 or 99,), letter, match.group().strip(), text[match.end() :])


def decimal(text: str) -> Marker | None:
    """ "2.1. …", "2.2 …", "1.1.3) …", "2.1- …", "II.2.1. …", "A.1 …", "a.1) …", "2.a) …" → the last figure is the address part, the others name its parents."""
    match = re.match(
        rf"((?:(?:[IVXLC]+|[A-ZĐa-zđ])\.\s?)?\d{{1,2}}(?:\.\d{{1,2}})*(?:\.[a-zđ](?=[.)]\s))?)(?:\s?(?:{_STOPS}|\))\s*|\s?-\s*(?=[^\W\d_])|\s+)(?=\D|$)", text
    )
    if not match or "." not in match.group(1):
        return None
    printed = match.group(1).replace(" ", "")
    if printed[0].isalpha() and len(printed.split(".")[0]) > 1 and not roman_value(printed.split(".")[0]):
        return None
    figures = tuple(str(int(figure)) if figure.isdecimal() else figure for figure in printed.split("."))
    value = tuple(int(figure) if figure.isdecimal() else roman_value(figure) for figure in figures)
    if figures[-1].isalpha():
        value = (*value[:-1], ALPHABET.index(_LATIN_ONLY.get(figures[-1], figures[-1])) + 1)
    return Marker(Kind.DECIMAL, value, ".".join(figures), match.group().strip(), text[match.end() :])


def arabic(text: str) -> Marker | None:
    """ "1. …", "2/ …", "3.Tên", "4- Tên", "5 . Tên", "6/- …", "7, Tên", "1a. …" → 1, 2, 3, 4, 5, 6, 7, 1a. Dates, sums, years and "15/KH-UBND" are none."""
    match = re.match(
        rf"(\d{{1,2}})([a-zđ]?)\s?(?:{_STOPS}(?:\s+(?!0\d\d\b)|(?=[^\W\d_])(?!\w+-)|$)|[-–—]\s+(?={CAPITAL})|-(?={CAPITAL}[^\W\d_A-Z])"
        rf"|[,:]\s+(?={CAPITAL})(?!(?:Điều|Chương|Mục|Phần) [\dIVX]))",
        text,
    )
    if not match:
        return None
    token = f"{int(match.group(1))}{match.group(2)}"
    return Marker(Kind.ARABIC, (int(match.group(1)),), token, match.group().strip(), text[match.end() :])


def paren(text: str) -> Marker | None:
    """ "1) …", "(2) …", "3 ) …", "4)Tên" → 1, 2, 3, 4."""
    match = re.match(r"\(?(\d{1,2})\s?\)(?:\s+|(?=[^\W\d_]))", text)
    if not match:
        return None
    return Marker(Kind.PAREN, (int(match.group(1)),), str(int(match.group(1))), match.group().strip(), text[match.end() :])


def letter(text: str) -> Marker | None:
    """ "a) …", "đ. …", "(b) …", "c/ …", "d ) …", "e- Tên", "g/- …", "h, Tên", "a1) …" → a, đ, b, c, d, e, g, h, a1; "ii) …", "iii. …" → ii, iii."""
    match = re.match(rf"\(?([a-zđ])(\d?)\s?({_STOPS}|\)|[-–—,:](?=\s+{CAPITAL}))\s*(?=\S)", text)
    if match and (match.group(3) != "/" or text[match.end(3)] == " "):
        place = _LATIN_ONLY.get(match.group(1), match.group(1))
        kind = Kind.LETTER if match.group(3) == ")" else Kind.LETTER_DOT
        return Marker(kind, (ALPHABET.index(place) + 1,), match.group(1) + match.group(2), match.group().strip(), text[match.end() :])
    match = re.match(r"\(?([ivx]{2,5})\s?[.)/]\s+", text)
    if match and (value := roman_value(match.group(1).upper())):
        return Marker(Kind.LOWER_ROMAN, (value,), match.group(1), match.group().strip(), text[match.end() :])
    return None


def bullet(text: str) -> Marker | None:
    """ "- …", "+ …", "* …", "• …", "o Tên", "✓ …"; every dash is "-", every solid dot "•"."""
    token = _SIGNS.get(text[:1])
    rest = text[1:].lstrip()
    if token is None or not rest or (text[0] in _LETTER_SIGNS and not re.match(rf" {CAPITAL}", text[1:])):
        return None
    if not text[1].isspace() and not (text[0] in "-–—•+\uf0b7" and rest[0].isalpha()):
        return None
    return Marker(Kind.BULLET, (0,), token, text[0], rest)


def _heading(pattern: str, text: str) -> re.Match[str] | None:
    """A noun and its number with a stop, a dash or the line's end behind it, or in capitals with capitals behind it."""
    match = re.match(rf"({pattern})(?!\w)(?:\s*(?:[.:–-]\s*|$)|\s+)", text, re.IGNORECASE)
    if match and match.end() < len(text) and match.group().endswith(" ") and match.group().rstrip() == match.group(1) and not is_upper(text):
        return None
    return match


def _figure(numeral: str) -> int:
    """The value of arabic or Roman figures."""
    return int(numeral) if numeral.isdecimal() else roman_value(numeral.upper())


_RULES: tuple[Callable[[str], Marker | None], ...] = (
    part,
    chapter,
    muc,
    article,
    clause,
    appendix,
    form,
    named,
    roman,
    upper,
    decimal,
    arabic,
    paren,
    letter,
    bullet,
)
