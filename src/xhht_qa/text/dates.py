"""Dates as plans print them. Partial dates stay partial: "tháng 12/2025" has no day, "30/6 hằng năm" no year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xhht_qa.text.normalise import compose
from xhht_qa.text.remembered import remembered
from xhht_qa.types import Date

_DAY, _MONTH_FIGURE, _YEAR = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])", r"((?:19|20)\d\d)"
_STROKES = re.compile(rf"(?<![\d/.]){_DAY}\s?/\s?{_MONTH_FIGURE}(?:\s?/\s?{_YEAR})?(?![\d/]|\.\d)")
# "2.1" is a section and "5-7" a span, unless a year or the word "ngày" makes a date of them.
_DOTS = re.compile(rf"(?<![\d/.]){_DAY}(?P<sign>\s?[.-]\s?){_MONTH_FIGURE}(?P=sign){_YEAR}(?!\d|[/.-]\d)")
_DAY_DOTS = re.compile(rf"(?<=ngày\s){_DAY}[.-]{_MONTH_FIGURE}(?![\d/]|[.-]\d)", re.IGNORECASE)
_WORDS = re.compile(
    r"(?<!\w)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?(?!\w)|(?<!\w)(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?(?!\w)",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<!\w)tháng\s+(\d{1,2})(?:\s*/\s*|\s+năm\s+|[.-])(\d{4})(?!\w)|(?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])", re.IGNORECASE)
_QUARTER = re.compile(r"(?<!\w)quý\s+(IV|III|II|I|[1-4])(?:\s*(?:/|năm)\s*(\d{4}))?(?!\w)", re.IGNORECASE)
_BARE_MONTH = re.compile(r"(?<!\w)tháng\s+(\d{1,2})(?![\d/])", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CITED = re.compile(r"((?<!\w)số:?\s+\d[\w.&-]*[/-][\w/&-]*),?\s+ngày\s+\d{1,2}\s*(?:[/.-]\s*\d{1,2}\s*[/.-]|tháng\s+\d{1,2}\s+năm)\s*\d{4}", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class DateMention:
    """A date with the offsets of its words in the text that was searched."""

    date: Date
    start: int
    end: int


@remembered
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Every date of the text in order, the longest reading first ("15 tháng 6 năm 2025" is one date, not a month)."""
    found: list[DateMention] = []
    taken = bytearray(len(text))  # to compare each with all others would take quadratic time on a long line
    for mention in _candidates(text):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def without_citations(text: str) -> str:
    """The text without the days of the documents that it cites by number: nothing is due on them."""
    return _CITED.sub(r"\1 ", text)


def years_in(text: str) -> frozenset[str]:
    """The years that the text names, in figures: {"2026"}."""
    return frozenset(_ANY_YEAR.findall(text))


@remembered
def dates_in(text: str) -> frozenset[Date]:
    """The set of dates that the text names."""
    return frozenset(mention.date for mention in find_dates(compose(text)))


def _candidates(text: str) -> Iterator[DateMention]:
    for match in _WORDS.finditer(text):
        day, month, year = match.groups()[:3] if match.group(1) else match.groups()[3:]
        yield from _valid(match, day, month, year)
    for match in _STROKES.finditer(text):
        # "09/2023" after a document's "số" is a number, not a day; such numbers carry letters behind the slash, so none match here
        yield from _valid(match, *match.groups())
    for match in _DOTS.finditer(text):
        yield from _valid(match, match.group(1), match.group(3), match.group(4))
    for match in _DAY_DOTS.finditer(text):
        yield from _valid(match, match.group(1), match.group(2), None)
    for match in _MONTH.finditer(text):
        month, year = match.groups()[:2] if match.group(1) else match.groups()[2:]
        yield from _valid(match, None, month, year)
    for match in _QUARTER.finditer(text):
        quarter = match.group(1).lower()
        yield DateMention(Date(year=_int(match.group(2)), quarter=_QUARTERS.get(quarter) or int(quarter)), match.start(), match.end())
    for match in _BARE_MONTH.finditer(text):
        yield from _valid(match, None, match.group(1), None)


def _valid(match: re.Match[str], day: str | None, month: str | None, year: str | None) -> Iterator[DateMention]:
    date = Date(year=_int(year), month=_int(month), day=_int(day))
    if (date.day is None or 1 <= date.day <= 31) and (date.month is None or 1 <= date.month <= 12):
        yield DateMention(date, match.start(), match.end())


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None
