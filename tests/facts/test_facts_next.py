"""Where a due falls next, seen from a day."""

from __future__ import annotations

from datetime import date

import pytest

from xhht_qa.facts.days import Period, Span, falls_next
from xhht_qa.text.due import find_dues

YEAR = Period(date(2025, 1, 15), date(2025, 12, 31))
YEARS = Period(date(2025, 3, 11), date(2030, 12, 31))


def on(year: int, month: int, day: int) -> Span:
    return Span(date(year, month, day), date(year, month, day))


@pytest.mark.parametrize(
    ("text", "period", "day", "expected", "why"),
    [
        ("trước ngày 15/6/2025", YEAR, date(2025, 6, 1), on(2025, 6, 15), "ahead"),
        ("trước ngày 15/6/2025", YEAR, date(2026, 1, 1), on(2025, 6, 15), "what is past stays on its day"),
        ("trước ngày 15/6", YEAR, date(2026, 1, 1), on(2025, 6, 15), "without a year it is in the only year of its plan"),
        ("trước ngày 15/6", YEARS, date(2025, 6, 1), None, "and nowhere where the plan has several"),
        ("trước ngày 15/6 hằng năm", YEARS, date(2027, 6, 16), on(2028, 6, 15), "the next time"),
        ("trước ngày 15/6 hằng năm", YEARS, date(2027, 6, 15), on(2027, 6, 15), "the day itself counts"),
        ("trước ngày 15/6 hằng năm", YEARS, date(2031, 1, 1), on(2030, 6, 15), "the last time once the plan has ended"),
        ("trước ngày 15/6 hằng năm", YEARS, date(2020, 1, 1), on(2025, 6, 15), "the first time before it begins"),
        ("trước ngày 25 của tháng cuối quý", YEAR, date(2025, 6, 26), on(2025, 9, 25), "a day of a quarter"),
        ("trước ngày 05 hằng tháng", YEAR, date(2025, 12, 6), on(2025, 12, 5), "the plan ends before the next one"),
        ("tháng 6/2025", YEAR, date(2025, 6, 20), Span(date(2025, 6, 1), date(2025, 6, 30)), "a month is all of its days"),
        ("trong thời hạn 05 ngày làm việc kể từ ngày nhận hồ sơ", YEAR, date(2025, 6, 20), None, "counted from an event"),
        ("thường xuyên", YEAR, date(2025, 6, 20), None, "at no time"),
    ],
)
def test_falls_next(text: str, period: Period, day: date, expected: Span | None, why: str) -> None:
    assert falls_next(find_dues(text)[0].due, period, day) == expected, why
