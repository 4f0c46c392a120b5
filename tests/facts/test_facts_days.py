"""Where dues fall in the calendar, and that the rule of a recurrence says the same."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from icalendar import vRecur

from xhht_qa.facts.choose import falls_between
from xhht_qa.facts.days import Period, Span, days_in, is_dated, named_days, period_of, rule, years_of
from xhht_qa.text.due import find_dues
from xhht_qa.types import Due, Metadata, Plan


def due(text: str) -> Due:
    (mention,) = find_dues(text)
    return mention.due


def span(first: str, last: str = "") -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last or first))


FALLS = [
    ("trước ngày 15/6/2025", [span("2025-06-15")], "the day that is printed"),
    ("trước ngày 15/6/2024", [], "of another year"),
    ("trước ngày 15/6", [span("2025-06-15")], "of any year"),
    ("trong tháng 2/2025", [span("2025-02-01", "2025-02-28")], "a whole month"),
    ("quý II/2025", [span("2025-06-30")], "the last day of a quarter"),
    ("đầu quý II/2025", [span("2025-04-01", "2025-06-30")], "its beginning ends on no printed day"),
    ("từ ngày 01/5 đến ngày 30/9/2025", [span("2025-05-01", "2025-09-30")], "from … to"),
    ("từ 15/11/2025 đến 15/3/2026", [span("2025-11-15", "2026-03-15")], "over the turn of the year"),
    ("từ 15/11 đến 15/3 hằng năm", [span("2025-11-15", "2026-03-15")], "the same, every year"),
    ("trong 6 tháng đầu năm 2025", [span("2025-01-01", "2025-06-30")], "half a year"),
    ("giai đoạn 2025-2030", [span("2025-01-01", "2030-12-31")], "years"),
    ("hết năm 2025", [span("2025-01-01", "2025-12-31")], "a year"),
    ("hằng quý", [span("2025-03-31"), span("2025-06-30"), span("2025-09-30"), span("2025-12-31")], "the last day of each"),
    ("định kỳ 6 tháng", [span("2025-06-30"), span("2025-12-31")], "the last day of each half"),
    ("ngày 20 của tháng cuối quý", [span("2025-03-20"), span("2025-06-20"), span("2025-09-20"), span("2025-12-20")], "in the last month of each"),
    ("ngày 05 tháng đầu quý", [span("2025-01-05"), span("2025-04-05"), span("2025-07-05"), span("2025-10-05")], "in the first month of each"),
    ("trong tháng 01 năm sau", [span("2026-01-01", "2026-01-31")], "the year after"),
    ("ngày 31/6/2025", [], "no such day"),
    ("trong thời hạn 05 ngày kể từ ngày ký", [], "of an event"),
    ("vào cuối năm", [], "of no year"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FALLS)
def test_where_a_due_falls(text: str, expected: list[Span], why: str) -> None:
    assert days_in(due(text), 2025) == expected, why


DATED = [
    ("trước ngày 15/6", True, "a day"),
    ("tháng 6/2025", True, "a month"),
    ("hằng tuần", True, "a Friday"),
    ("cuối mỗi quý", True, "the last day"),
    ("ngày 25 hằng tháng", True, "a day of every month"),
    ("năm 2025", False, "a year"),
    ("hằng năm", False, "every year"),
    ("hằng ngày", False, "every day would hide all others"),
    ("thường xuyên", False, "all the time"),
    ("02 lần/năm", False, "two days that nobody names"),
    ("đầu mỗi quý", False, "its beginning ends on no printed day"),
    ("trước ngày khai mạc 15 ngày", False, "an event"),
    ("trước ngày 10/3 âm lịch hằng năm", False, "a day of the lunar calendar"),
]


@pytest.mark.parametrize(("text", "expected", "why"), DATED)
def test_what_has_a_place_in_a_calendar(text: str, expected: bool, why: str) -> None:
    assert is_dated(due(text)) is expected, why


RECURRENCES = [
    "trước ngày 15/6 hằng năm", "ngày 29/2 hằng năm", "tháng 12 hằng năm", "quý III hằng năm", "hằng quý", "cuối mỗi quý", "định kỳ 6 tháng", "hằng tháng",
    "ngày 25 hằng tháng", "ngày 30 hằng tháng", "ngày 31 hằng tháng", "trước ngày 05 tháng sau", "ngày 20 của tháng cuối quý", "ngày 05 tháng đầu quý",
    "ngày làm việc cuối cùng của tháng", "ngày làm việc cuối cùng của quý", "ngày cuối cùng của tháng 2 hằng năm", "hằng tuần", "thứ Hai hằng tuần",
    "mỗi quý một lần", "từ ngày 01 đến ngày 05 hằng tháng", "từ ngày 01 đến ngày 07/10 hằng năm",
]  # fmt: skip


@pytest.mark.parametrize("text", RECURRENCES)
def test_the_rule_of_a_recurrence_gives_the_same_days(text: str) -> None:
    days = [span.first for year in range(2024, 2033) for span in days_in(due(text), year)]
    printed = vRecur(rule(due(text))).to_ical().decode()
    begins = datetime(days[0].year, days[0].month, days[0].day)
    assert [day.date() for day in rrulestr(printed, dtstart=begins).between(begins, datetime(2032, 12, 31), inc=True)] == days


PERIODS = [
    ("14/2/2025", "về chuyển đổi số năm 2025", Period(date(2025, 2, 14), date(2025, 12, 31)), 2025, "from its day to the end of its year"),
    ("20/12/2024", "công tác năm 2025", Period(date(2025, 1, 1), date(2025, 12, 31)), 2025, "issued before its year"),
    ("/4/2024", "giai đoạn 2021 - 2030", Period(date(2024, 4, 1), date(2030, 12, 31)), None, "issued in the middle, the day blank"),
    ("/2024", "đến năm 2030", Period(date(2024, 1, 1), date(2030, 12, 31)), None, "day and month blank"),
    ("14/2/2025", "về chuyển đổi số", Period(date(2025, 2, 14)), None, "no year in the subject: no end"),
    ("14/2/2025", "tổng kết năm 2024", Period(date(2025, 2, 14)), None, "about a year that has passed"),
    ("", "giai đoạn 2026-2030", Period(date(2026, 1, 1), date(2030, 12, 31)), None, "no date"),
    ("", "", Period(), None, "nothing said"),
]


@pytest.mark.parametrize(("printed", "subject", "expected", "year", "why"), PERIODS)
def test_the_days_that_a_plan_is_for(printed: str, subject: str, expected: Period, year: int | None, why: str) -> None:
    period = period_of(Plan("a", "A", "a.txt", "", Metadata(date=printed, subject=subject), ()))
    assert (period, period.year) == (expected, year), why


@pytest.mark.parametrize(
    ("printed", "subject", "expected", "why"),
    [
        ("/4/2024", "giai đoạn 2023 - 2030", (2023, 2030), "as printed, though it was issued a year later"),
        ("20/12/2024", "công tác năm 2025", (2025,), "one year"),
        ("/2024", "đến năm 2030", (2024, 2030), "no beginning is printed"),
        ("14/2/2025", "về chuyển đổi số", (2025,), "no year is printed"),
        ("", "", (), "nothing said"),
    ],
)
def test_the_years_that_a_plan_is_for(printed: str, subject: str, expected: tuple[int, ...], why: str) -> None:
    assert years_of(Plan("a", "A", "a.txt", "", Metadata(date=printed, subject=subject), ())) == expected, why


WINDOWS = [
    ("trước ngày 15/6/2025", "2025-06-01", "2025-06-30", True, "inside"),
    ("trước ngày 15/6/2025", "2025-06-16", "", False, "after it"),
    ("trước ngày 15/6 hằng năm", "2027-06-15", "2027-06-15", True, "in a later year"),
    ("trước ngày 15/6 hằng năm", "2031-01-01", "2031-12-31", False, "when the plan is over"),
    ("trong tháng 6/2025", "2025-06-30", "", True, "its last day"),
    ("ngày 25 hằng tháng", "2026-03-01", "2026-03-20", False, "between two of them"),
    ("giai đoạn 2021-2030", "2025-01-01", "2025-12-31", True, "in the middle of it"),
    ("trước ngày 15/6 hằng năm", "2001-01-01", "2028-12-31", True, "in a window that opens long before the plan"),
    ("thường xuyên", "2025-03-01", "2025-03-02", True, "at any time"),
    ("trong vòng 48 giờ", "2025-01-01", "", False, "of an unknown day"),
    ("trước ngày 15/6", "", "2024-12-31", False, "before the plan begins"),
]


@pytest.mark.parametrize(("text", "first", "last", "expected", "why"), WINDOWS)
def test_what_can_fall_between_two_days(text: str, first: str, last: str, expected: bool, why: str) -> None:
    period = Period(date(2025, 2, 14), date(2030, 12, 31))
    assert falls_between(due(text), period, date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None) is expected, why


NAMED = [
    ("15/6/2025", span("2025-06-15"), "as plans print it"),
    ("2025-06-15", span("2025-06-15"), "as computers print it"),
    (" 6/2025 ", span("2025-06-01", "2025-06-30"), "a month"),
    ("quý II/2025", span("2025-04-01", "2025-06-30"), "a quarter"),
    ("2025", span("2025-01-01", "2025-12-31"), "a year"),
    ("15/6", None, "no year"),
    ("31/6/2025", None, "no such day"),
    ("2025-13-01", None, "no such month"),
    ("ngày mai", None, "words"),
    ("15/6/2025 hoặc 16/6/2025", None, "two"),
]


@pytest.mark.parametrize(("text", "expected", "why"), NAMED)
def test_the_days_that_a_person_names(text: str, expected: Span | None, why: str) -> None:
    assert named_days(text) == expected, why
