"""On which days of the calendar a due falls.

A due that leaves the day open stands for the whole month, and in a quarter, half or week for its last day (of a week its Friday): that is
when it must be done. "Trước ngày 15/6" stands for the 15th, the day that is printed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from xhht_qa.text.dates import find_dates
from xhht_qa.text.due import find_dues
from xhht_qa.types import Date, Due, Plan

_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)-(\d\d))?\Z")
_FRIDAY = 5
_LEAP_CYCLE = 8  # years in which every day of the calendar occurs
_FIRST_MONTH = re.compile(r"tháng đầu", re.IGNORECASE)
_END = re.compile(r"(?:nửa )?cuối|(?:tháng|quý|tuần) (?:sau|kế|tiếp|liền|cuối)", re.IGNORECASE)  # a part of a period that ends with it, or a whole one
_NEXT_YEAR = re.compile(r"năm (?:sau|kế|tiếp|liền)", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """The days that a plan is for; None where it does not say."""

    first: date | None = None
    last: date | None = None

    @property
    def year(self) -> int | None:
        """The only year, if there is one: in it fall the dates that are printed without a year."""
        return self.first.year if self.first and self.last and self.first.year == self.last.year else None


def period_of(plan: Plan) -> Period:
    """From the day on which a plan was issued, or the first year of its subject if that is later, to the last year of its subject."""
    return _period(plan.metadata.subject, plan.metadata.date)


def years_of(plan: Plan) -> tuple[int, ...]:
    """The first and the last year that a plan is for, as its subject prints them, though it may have been issued later than it begins; failing them those of its period."""
    printed, period = _printed_years(plan.metadata.subject), period_of(plan)
    years = [year or (day.year if day else None) for year, day in zip(printed, (period.first, period.last), strict=True)]
    return tuple(dict.fromkeys(year for year in years if year))


@lru_cache(maxsize=4096)  # asked of every plan for every view
def _printed_years(subject: str) -> tuple[int | None, int | None]:
    dues = [mention.due for mention in find_dues(subject)]
    years = [day.year for due in dues for day in (due.start, due.date) if day and day.year]
    first_years = [year for due in dues if due.relation != "by" and (year := printed_year(due))]  # "đến năm 2030" only ends
    return min(first_years, default=None), max(years, default=None)


@lru_cache(maxsize=4096)
def _period(subject: str, issued_on: str) -> Period:
    first_year, last_year = _printed_years(subject)
    begins = [day for day in (first_year and date(first_year, 1, 1), _issued(issued_on)) if day]
    first, last = max(begins, default=None), date(last_year, 12, 31) if last_year else None
    return Period(first, last if first and last and first <= last else None)


def _issued(printed: str) -> date | None:
    """The day of a plan's date line, "14/2/2025"; where the day or the month is blank the first that it can be."""
    day, month, year = ([""] * 3 + printed.split("/"))[-3:]
    span = _whole(Date(int(year), None, _number(month), _number(day) if month else None)) if _YEAR.fullmatch(year) else None
    return span.first if span else None


def _number(digits: str) -> int | None:
    return int(digits) if digits.isdecimal() else None


def named_days(text: str) -> Span | None:
    """The days that a person names: "15/6/2025", "2025-06-15", "6/2025", "quý II/2025" or "2025"; None where it is no whole date."""
    iso = _ISO.match(text.strip())
    if iso:
        year, month, day = (int(part) if part else None for part in iso.groups())
        return _whole(Date(year, None, month, day))
    found = find_dates(text.strip())
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text.strip())) and found[0].date.year is not None
    return _whole(found[0].date) if whole else None


def is_dated(due: Due) -> bool:
    """Whether a due has its place in a calendar: not one that only names a year, or hangs on an event."""
    if due.amount or due.every in ("day", "always") or (due.times or 1) > 1 or (due.weekday and due.every not in (None, "week", "year")):
        return False
    if due.date and (due.date.month or due.date.quarter):
        return True
    if due.every is None or due.every == "year":
        return False
    if due.date and due.date.day:
        return due.every == "month" or (due.every == "quarter" and bool(due.anchor))
    return not due.anchor or bool(_END.match(due.anchor))


def printed_year(due: Due) -> int | None:
    """The year that a due prints, of a span the one in which it begins."""
    return next((day.year for day in (due.start, due.date) if day and day.year), None)


def days_in(due: Due, year: int) -> list[Span]:
    """Where a due begins to fall in a year, in order; one that prints another year falls nowhere, one that prints none in every year.

    What is due "năm sau" falls in the year after it.
    """
    if due.amount or printed_year(due) not in (None, year):
        return []
    year += 1 if _NEXT_YEAR.match(due.anchor) else 0
    if due.every in ("month", "quarter", "half") and not (due.date and (due.date.month or due.date.quarter)):
        return [_of_month(due, year, month) for month in _months(due)]
    if due.start and due.date:
        return _between(due.start, due.date, year)
    if due.date and (due.date.month or due.date.quarter):
        return _of_date(due, replace(due.date, year=year))
    if due.every == "week":
        return _weekly(due.weekday or _FRIDAY, year)
    return [Span(date(year, 1, 1), date(year, 12, 31))] if due.date or due.every else []


@lru_cache(maxsize=65_536)  # a view of hundreds of plans asks for thousands of times, and for the same ones on each of its pages
def falls_next(due: Due, period: Period, day: date) -> Span | None:
    """Where a due falls next, seen from a day, or the last time before it when it does not fall again; None when no calendar can show it.

    What recurs does so while its plan lasts; a date without a year falls in the only year of its plan.
    """
    if not is_dated(due):
        return None
    printed = printed_year(due)
    if due.every and not printed:
        near = max(filter(None, (period.first, min(filter(None, (period.last, day)))))).year
        years = range(near - 1, near + _LEAP_CYCLE)
    else:
        year = printed or period.year
        years = range(year, year + 1) if year else range(0)
    latest = None
    for span in (span for year in years for span in days_in(due, year)):
        if not due.every or ((period.first is None or period.first <= span.last) and (period.last is None or span.first <= period.last)):
            latest = span
            if span.last >= day:
                break
    return latest


def rule(due: Due) -> dict[str, object]:
    """How a due recurs, in the terms of RFC 5545; empty if it does not."""
    if due.every is None or printed_year(due):
        return {}
    if due.every == "week":
        return {"FREQ": "WEEKLY", "BYDAY": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][(due.weekday or _FRIDAY) - 1]}
    if due.date and (due.date.month or due.date.quarter):
        last = {"BYMONTH": due.date.month or 3 * (due.date.quarter or 0)} | _by_day(due) if due.last else {}
        return {"FREQ": "YEARLY"} | last
    if due.every == "year":
        return {"FREQ": "YEARLY"}
    return {"FREQ": "MONTHLY", "INTERVAL": 12 // len(_months(due))} | _by_day(due)


def _by_day(due: Due) -> dict[str, object]:
    begins = due.start or due.date
    day = begins.day if begins else None
    if due.last == "working_day":
        return {"BYDAY": ["MO", "TU", "WE", "TH", "FR"], "BYSETPOS": -1}
    if day is None:
        return {"BYMONTHDAY": -1}
    # RFC 5545 leaves out the months that have no 31st; here it is their last day
    return {"BYMONTHDAY": day} if day <= 28 else {"BYMONTHDAY": list(range(28, day + 1)), "BYSETPOS": -1}


def _months(due: Due) -> list[int]:
    """The months of a year in which a recurring due falls."""
    if due.every == "month":
        return list(range(1, 13))
    if due.every == "half":
        return [6, 12]
    return [1, 4, 7, 10] if _FIRST_MONTH.match(due.anchor) else [3, 6, 9, 12]


def _of_month(due: Due, year: int, month: int) -> Span:
    """The days of a month, or its last one; a day that the month does not have is its last one too."""
    days = monthrange(year, month)[1]
    last = date(year, month, min(due.date.day, days) if due.date and due.date.day else days)
    while due.last == "working_day" and last.isoweekday() > _FRIDAY:
        last -= timedelta(1)
    return Span(date(year, month, min(due.start.day, last.day)) if due.start and due.start.day else last, last)


def _of_date(due: Due, day: Date) -> list[Span]:
    whole = _whole(day)
    if whole is None:
        return []
    if due.last or (day.quarter and (not due.anchor or _END.match(due.anchor))):
        return [_of_month(replace(due, date=None, start=None), whole.last.year, whole.last.month)]
    return [whole]


def _between(start: Date, end: Date, year: int) -> list[Span]:
    """A span that begins in the year; without a year of its own it may end in the next."""
    first = _whole(replace(start, year=year))
    last = _whole(end if end.year else replace(end, year=year))
    if first and last and last.last < first.first and end.year is None:
        last = _whole(replace(end, year=year + 1))
    return [Span(first.first, last.last)] if first and last and first.first <= last.last else []


def _whole(day: Date) -> Span | None:
    """The days of a date that has a year; None for one that does not exist, as 31/6."""
    year = day.year or 0
    months = (day.month, day.month) if day.month else (3 * day.quarter - 2, 3 * day.quarter) if day.quarter else (1, 12)
    try:
        return Span(date(year, months[0], day.day or 1), date(year, months[1], day.day or monthrange(year, months[1])[1]))
    except ValueError:
        return None


def _weekly(weekday: int, year: int) -> list[Span]:
    day = date(year, 1, 1)
    day += timedelta((weekday - day.isoweekday()) % 7)
    spans = []
    while day.year == year:
        spans.append(Span(day, day))
        day += timedelta(7)
    return spans
