"""Dates as printed; what the print leaves open stays open."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xhht_qa.text.dates import dates_in, find_dates
from xhht_qa.types import Date

FOUND = [
    ("trước ngày 15/6/2025", [Date(2025, None, 6, 15)], "figures"),
    ("trước ngày 05/06/2025.", [Date(2025, None, 6, 5)], "leading zeros, a full stop behind"),
    ("ngày 15 tháng 6 năm 2025", [Date(2025, None, 6, 15)], "words: one date, not a date and a month"),
    ("Ngày 1 Tháng 12", [Date(None, None, 12, 1)], "capitals, no year"),
    ("01 tháng 12 hằng năm", [Date(None, None, 12, 1)], "without the word “ngày”"),
    ("trước 30/6 hằng năm", [Date(None, None, 6, 30)], "every year is no year"),
    ("15-6-2025; 15.6.2025", [Date(2025, None, 6, 15)] * 2, "dashes and dots, with a year"),
    ("ngày 30.6 và ngày 7-3", [Date(None, None, 6, 30), Date(None, None, 3, 7)], "dots and dashes without a year, where “ngày” says so"),
    ("05 / 6 / 2025", [Date(2025, None, 6, 5)], "spaces around the strokes"),
    ("tháng 12/2025", [Date(2025, None, 12)], "a month is not its 21st day"),
    ("tháng 02 năm 2025", [Date(2025, None, 2)], "a month in words"),
    ("12/2025", [Date(2025, None, 12)], "a month in figures"),
    ("tháng 6, tháng 9", [Date(month=6), Date(month=9)], "months alone"),
    ("quý IV/2025", [Date(2025, 4)], "a quarter of a year"),
    ("Quý 3 năm 2025", [Date(2025, 3)], "in figures and words"),
    ("quý I và quý II", [Date(None, 1), Date(None, 2)], "quarters alone"),
    ("từ 01/5-30/6", [Date(None, None, 5, 1), Date(None, None, 6, 30)], "a span without spaces has two ends"),
    ("15/6/2025-20/6/2025", [Date(2025, None, 6, 15), Date(2025, None, 6, 20)], "so has one with years"),
    ("09/11/2023 – 11/2024", [Date(2023, None, 11, 9), Date(2024, None, 11)], "a date and a month"),
]
NOT_DATES = [
    ("mục 2.1 phần III", "a section number"),
    ("khoản 5.3 mục 5", "a section number"),
    ("1.2.3. Nội dung", "a section number of three figures"),
    ("10.2 triệu đồng", "a sum"),
    ("1.500 người", "a number"),
    ("tỷ lệ 1/2.5", "a ratio"),
    ("từ 5-7 người", "a span of numbers"),
    ("giai đoạn 2024 - 2030", "a span of years"),
    ("Nghị định số 12/2024/NĐ-CP", "the number of a document"),
    ("Kế hoạch số 172/KH-UBND", "the number of a document"),
    ("ngày 32/1, tháng 13, ngày 31 tháng 0", "no such day or month"),
    ("ngày 05 hằng tháng", "a day of no month"),
    ("6 tháng đầu năm", "a length of time"),
    ("quý vị đại biểu", "a word that begins like a quarter"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND)
def test_dates_found(text: str, expected: list[Date], why: str) -> None:
    assert [mention.date for mention in find_dates(text)] == expected, why


@pytest.mark.parametrize(("text", "why"), NOT_DATES)
def test_what_is_no_date(text: str, why: str) -> None:
    assert find_dates(text) == (), why


def test_offsets_point_at_the_words() -> None:
    text = "Báo cáo quý I/2025 trước ngày 15 tháng 6 năm 2025, tổng kết tháng 12/2025."
    assert [text[mention.start : mention.end] for mention in find_dates(text)] == ["quý I/2025", "ngày 15 tháng 6 năm 2025", "tháng 12/2025"]


COVERS = [
    (Date(None, None, 6, 15), Date(2025, None, 6, 15), True, "the year is left open"),
    (Date(2025, None, 6, 15), Date(None, None, 6, 15), False, "the other does not say the year"),
    (Date(None, None, 6), Date(None, None, 7), False, "another month"),
    (Date(2025, 4), Date(2025, 4), True, "the same quarter"),
    (Date(), Date(2025, 4), True, "nothing said, nothing against"),
]


@pytest.mark.parametrize(("mine", "other", "expected", "why"), COVERS)
def test_covers(mine: Date, other: Date, expected: bool, why: str) -> None:
    assert mine.covers(other) is expected, why


def test_dates_in_reads_combining_marks_and_says_each_date_once() -> None:
    assert dates_in("nga\u0300y 15/6/2025 (15 tha\u0301ng 6 năm 2025)") == {Date(2025, None, 6, 15)}


DAYS = st.integers(0, 50_000).map(lambda days: date(1930, 1, 1) + timedelta(days))
PRINTS = ["ngày {d} tháng {m} năm {y}", "ngày {d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", "{d:02} tháng {m} năm {y}"]


@given(DAYS, st.sampled_from(PRINTS), st.sampled_from(["", "trước ", "(", "Kế hoạch ngày 1/1; "]), st.sampled_from(["", ".", ")", "; mục 2.1", " hoặc sau"]))
def test_every_print_of_a_day_is_read_back(day: date, form: str, before: str, after: str) -> None:
    text = before + form.format(d=day.day, m=day.month, y=day.year) + after
    assert Date(day.year, None, day.month, day.day) in dates_in(text)


@given(
    st.text()
    | st.text("0123456789/.- ngàythánmquýIV")
    | st.lists(st.sampled_from(["ngày", "tháng", "năm", "quý", "15", "6", "2025", "/", "-", "IV"])).map(" ".join)
)
def test_any_text_can_be_searched(text: str) -> None:
    mentions = find_dates(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
