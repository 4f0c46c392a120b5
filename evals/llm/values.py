"""The numbers and dates of a text, however they are written, for a judge that reads them without the product's own code."""

from __future__ import annotations

import re
from typing import NamedTuple

_DAY, _MONTH, _YEAR = r"(?P<day>0?[1-9]|[12]\d|3[01])", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<year>(?:19|20|21)\d\d)"
_SIGN = r"\s?[/.-]\s?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){_DAY}\s+tháng\s+{_MONTH}(?:,?\s+năm\s+{_YEAR}|\s?/\s?{_YEAR.replace('year', 'year2')})?(?!\d)",
        rf"(?<![\d/.,-]){_DAY}{_SIGN}{_MONTH}{_SIGN}{_YEAR}(?!\d)",
        rf"(?<![\d/.,-]){_DAY}\s?/\s?{_MONTH}(?!\s?[/]?\d)(?:\s+năm\s+{_YEAR})?",
        rf"(?<![\d/.,-]){_MONTH}\s?[/.]\s?{_YEAR}(?!\d)",
        rf"(?<!\w)tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?(?!\d)",
        rf"(?<!\w)quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])(?!\w)(?:\s?(?:/|năm)\s?{_YEAR})?",
        rf"(?<![\d/.,-]){_YEAR}(?!\d|[.,]\d)",
    )
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ROMAN = re.compile(r"(?<!\w)(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?!\w)")
_UNIT = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "lăm": 5, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_ONE = "|".join(_UNIT)
_TENS = re.compile(rf"(?<!\w)(?:(?P<tens>hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi|mười)(?: (?P<ones>{_ONE}))?(?!\w)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?<!\w)(hai|ba|bốn|năm|sáu|bảy|tám|chín) (?=(?:ngày|tuần|tháng|lần|người|bản|bộ|hộ|lớp|xã|buổi|đợt|đội|triệu|tỷ|nghìn|trăm|phần trăm|giờ|đồng)(?!\w))",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A date as far as it is said."""

    year: int | None
    quarter: str | None
    month: int | None
    day: int | None


def dates(text: str) -> frozenset[Day]:
    """Every date of a text, the longest reading first."""
    return frozenset(_read(text)[0])


def numbers(text: str) -> frozenset[str]:
    """Every number of a text that is no date, in figures, Roman numerals or words, without leading zeros."""
    rest = _read(text)[1]
    spelt = {str(_spelt(found)) for found in _TENS.finditer(rest)} | {str(_UNIT[found[1].lower()]) for found in _COUNTED.finditer(_TENS.sub(" ", rest))}
    return frozenset({number.lstrip("0") or "0" for number in _NUMBER.findall(rest)} | {*_ROMAN.findall(rest)} | spelt)


def without(text: str) -> str:
    """The text without its dates and figures."""
    return _NUMBER.sub(" ", _read(text)[1])


def stands(said: Day, printed: frozenset[Day]) -> bool:
    """Whether a printed date says all that is said."""
    return any(all(mine is None or mine == theirs for mine, theirs in zip(said, other, strict=True)) for other in printed)


def _read(text: str) -> tuple[list[Day], str]:
    """The dates, and the text with blanks in their stead."""
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            named = match.groupdict()
            year, quarter = named.get("year") or named.get("year2"), named.get("quarter")
            month, day = named.get("month"), named.get("day")
            roman = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
            found.append(
                Day(
                    int(year) if year else None,
                    roman.get(quarter, quarter.lower()) if quarter else None,
                    int(month) if month else None,
                    int(day) if day else None,
                )
            )
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return found, text


def _spelt(found: re.Match[str]) -> int:
    tens = _UNIT[found["tens"].lower()] if found["tens"] else 1
    return 10 * tens + (_UNIT[found["ones"].lower()] if found["ones"] else 0)
