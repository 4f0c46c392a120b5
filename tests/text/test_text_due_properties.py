"""What holds for every due expression, whatever stands around it."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xhht_qa.text.due import find_dues
from xhht_qa.types import Date, DueRelation, Recurrence

DAYS = st.integers(0, 50_000).map(lambda days: date(1930, 1, 1) + timedelta(days))
WHOLE = ["ngày {d} tháng {m} năm {y}", "ngày {d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", "ngày {d:02} tháng {m:02} năm {y}"]
PARTIAL = ["ngày {d}/{m}", "ngày {d:02}/{m:02}", "ngày {d} tháng {m}", "ngày {d:02}-{m:02}", "{d:02}/{m:02}"]
PREPOSITIONS: list[tuple[str, DueRelation]] = [
    ("trước ", "before"), ("chậm nhất là ", "by"), ("muộn nhất ", "by"), ("đến hết ", "by"), ("đến ", "by"),
    ("hạn cuối: ", "by"), ("vào ", "in"), ("trong ", "in"), ("từ ", "from"), ("kể từ ", "from"),
]  # fmt: skip
RECURRENCES: list[tuple[str, Recurrence | None]] = [("", None), (" hằng năm", "year"), (" hàng năm", "year"), (" mỗi năm", "year")]
BEFORE = ["", "Các xã gửi báo cáo ", "Sở Nội vụ tổng hợp, ", "(", "- ", "“", "1. ", "Kế hoạch số 45/KH-UBND: ", "III.2. Nộp hồ sơ "]
AFTER = ["", ".", ";", ")", " về Phòng Nội vụ.", "; mục 2.1", " (qua Văn phòng)", ", các xã báo cáo Ủy ban", " gửi 02 bản", "”"]


@given(DAYS, st.sampled_from(WHOLE), st.sampled_from(PREPOSITIONS), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_every_print_of_a_whole_date_is_read_back(day: date, form: str, preposition: tuple[str, DueRelation], before: str, after: str) -> None:
    words, relation = preposition
    printed = words + form.format(d=day.day, m=day.month, y=day.year)
    (mention,) = find_dues(before + printed + after)
    assert (mention.due.text, mention.due.relation) == (printed, relation)
    assert (mention.due.date, mention.due.every, mention.due.start) == (Date(day.year, None, day.month, day.day), None, None)


@given(
    DAYS, st.sampled_from(PARTIAL), st.sampled_from(PREPOSITIONS), st.sampled_from(RECURRENCES), st.sampled_from(BEFORE), st.sampled_from(AFTER)
)  # fmt: skip
def test_a_date_without_a_year_stays_without_one(
    day: date, form: str, preposition: tuple[str, DueRelation], recurrence: tuple[str, Recurrence | None], before: str, after: str
) -> None:
    printed = preposition[0] + form.format(d=day.day, m=day.month) + recurrence[0]
    (mention,) = find_dues(before + printed + after)
    assert (mention.due.text, mention.due.relation, mention.due.every) == (printed, preposition[1], recurrence[1])
    assert mention.due.date == Date(None, None, day.month, day.day)


@given(DAYS, DAYS, st.sampled_from(["từ ngày {0} đến ngày {1}", "từ {0} đến hết ngày {1}", "từ ngày {0}-{1}"]))
def test_a_span_keeps_both_its_ends(one: date, two: date, form: str) -> None:
    first, last = sorted((one, two))
    (mention,) = find_dues(form.format(f"{first.day}/{first.month}/{first.year}", f"{last.day}/{last.month}/{last.year}"))
    assert mention.due.relation == "during"
    assert (mention.due.start, mention.due.date) == (Date(first.year, None, first.month, first.day), Date(last.year, None, last.month, last.day))


AMOUNTS = st.tuples(
    st.integers(1, 99), st.sampled_from([("ngày", "day"), ("ngày làm việc", "working_day"), ("giờ", "hour"), ("tháng", "month"), ("phút", "minute")])
)


@given(
    AMOUNTS,
    st.sampled_from(["ngày nhận đủ hồ sơ", "khi phát hiện sự cố", "ngày Kế hoạch được ban hành"]),
    st.sampled_from(["", ", Sở xem xét", ".", "; gửi về Sở"]),
)
def test_a_period_keeps_its_length_and_its_anchor(amount: tuple[int, tuple[str, str]], anchor: str, after: str) -> None:
    number, (word, unit) = amount
    printed = f"trong thời hạn {number:02} {word} kể từ {anchor}"
    (mention,) = find_dues("Phòng trả lời " + printed + after)
    assert (mention.due.text, mention.due.relation, mention.due.amount, mention.due.unit, mention.due.anchor) == (printed, "within", number, unit, anchor)


FORMS = [
    "trước ngày 15/6", "tháng 12 hằng năm", "quý I/2026", "6 tháng đầu năm 2025", "giai đoạn 2021 - 2030", "đến hết năm 2025", "cuối năm 2025",
    "02 lần/năm", "mỗi quý một lần", "ngày 25 hằng tháng", "trước ngày 20 của tháng cuối quý", "ngày làm việc cuối cùng của tháng", "thứ Sáu hằng tuần",
    "từ 01 đến 05/6", "từ tháng 3 đến tháng 5/2026", "trước ngày khai mạc 15 ngày", "trước 17 giờ 00 ngày 12/5", "trước ngày 05 tháng sau",
]  # fmt: skip


@given(st.sampled_from(FORMS), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_words_around_do_not_change_the_reading(form: str, before: str, after: str) -> None:
    assert [mention.due for mention in find_dues(before + form + after)] == [mention.due for mention in find_dues(form)]


PIECES = [
    "ngày", "tháng", "năm", "quý", "trước", "đến", "từ", "và", "hằng", "cuối", "trong", "thời hạn", "kể từ", "15", "6", "2025", "15/6", "IV", "lần", "thứ", "giờ",
    "/", "-", ",", "(", ")", "45/KH-UBND", "6 tháng", "một", "sau", "của", "học", "tuần", "định kỳ", "ngày làm việc", "so với", "âm lịch", "giai đoạn 2021-2030",
    "mỗi", "năm học", "I", "III", "sáng", "Thứ Sáu", "chủ nhật", "17h30", "05 (năm)", "không quá", "tiếp theo", "đầu", "chậm nhất", "hết", "32", "tháng cuối quý",
]  # fmt: skip


@settings(max_examples=400)
@given(st.text() | st.text("0123456789/.-, ()ngàythánmquýIVtrướcđến") | st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join))
def test_any_text_can_be_searched(text: str) -> None:
    mentions = find_dues(text)
    assert all(text[mention.start : mention.end] == mention.due.text != "" for mention in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    for due in (mention.due for mention in mentions):
        assert due.date or due.every or due.amount or due.anchor, due
        assert all(1 <= (date.month or 1) <= 12 and 1 <= (date.day or 1) <= 31 for date in (due.date, due.start) if date), due


@pytest.mark.parametrize(
    "piece",
    [
        "trước ngày 15/6, ",
        "và ",
        "( ",
        "1",
        " ",
        "ngày ",
        "15/6 ",
        "a",
        "từ ngày ",
        "tháng 3, 6, ",
        "hằng năm (",
        "05 ngày kể từ ngày nhận ",
        "45/KH-",
        "2025-",
        "1/1",
        "1.",
        "1-a",
        "năm học ",
        "I, ",
        "12 ",
        "quý ",
    ],
)
def test_a_long_line_takes_time_by_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        began = time.process_time()
        find_dues(text)
        return time.process_time() - began

    short, long = min(seconds(10_000) for _ in range(3)), min(seconds(40_000) for _ in range(2))
    assert long < 10 * short + 0.05, f"{short:.3f} s for 10,000 characters, {long:.3f} s for 40,000"
