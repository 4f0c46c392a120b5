"""GOLD's comparison of texts, row by row and over random dates."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.normalise import comparable, holds, plain, printed

ONE_FORM = [
    ("ngày 15 tháng 6 năm 2025", "15/6/2025", "spelt out"),
    ("Ngày 15 tháng 06 năm 2025", "15/6/2025", "a leading zero in the month"),
    ("15/06/2025", "15/6/2025", "slashes"),
    ("ngày 15/6/2025", "15/6/2025", "the word before a date says nothing"),
    ("15-06-2025", "15/6/2025", "hyphens"),
    ("15.6.2025", "15/6/2025", "full stops"),
    ("15/ 6/ 2025", "15/6/2025", "spaces after the slashes"),
    ("ngày 15/6 năm 2025", "15/6/2025", "half spelt"),
    ("01 tháng 12", "1/12", "no year"),
    ("ngày 01/12", "1/12", "no year, slashes"),
    ("mùng 5 tháng 9", "5/9", "the first ten days have a word of their own"),
    ("tháng 06 năm 2025", "tháng 6/2025", "a month of a year"),
    ("tháng 6/2025", "tháng 6/2025", "the same, already short"),
    ("trước ngày 15 tháng 6, gửi", "trước 15/6, gửi", "a comma ends a date"),
    ("từ 01/12-05/12/2025", "từ 1/12-5/12/2025", "a range of dates"),
    ("Hàng năm", "hằng năm", "two spellings of every year"),
    ("mặt hàng nămnhăm", "mặt hàng nămnhăm", "only the whole phrase"),
    ("172/KH-UBND", "172/kh-ubnd", "a document's number is no date"),
    ("02/2024/TT-BNV", "02/2024/tt-bnv", "nor is one with a year"),
    ("45/2023", "45/2023", "nor this"),
    ("32/13", "32/13", "there is no such day"),
    ("06 tháng đầu năm", "06 tháng đầu năm", "a length of time is no date"),
    ("**Trước** _ngày_ `15/6` [1]", "trước 15/6", "markdown and a marker"),
    ("A [1, 2] B [3](#src=ke-hoach/III(2).1) C", "a b c", "markers that are lists or links"),
    ("[[1]](#src=x/I.1)", "", "a marker in a link's brackets"),
    ("[Mục III.2](#src=ke-hoach/III(2).2)", "mục iii.2", "a link is its text"),
    ("## I. MỤC ĐÍCH\n> trích", "i. mục đích trích", "heading and quotation marks of markdown"),
    ("| Mốc | Việc |\n|---|:--|\n| 01/12 | nộp |", "mốc việc 1/12 nộp", "a table is its cells"),
    ("Số: *172*/KH", "số: 172/kh", "asterisks inside a number"),
    ("1\\. Mục\u00a0đích\n\n rõ", "1. mục đích rõ", "an escape, a hard space, line ends"),
    (unicodedata.normalize("NFD", "Kế hoạch"), "kế hoạch", "combining marks"),
    ("2021 - 2030", "2021 - 2030", "a dash between numbers stays"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ONE_FORM)
def test_comparable(text: str, expected: str, why: str) -> None:
    assert comparable(text) == expected, why


HOLDS = [
    ("trước ngày 15 tháng 6 năm 2025", "15/06/2025", True, "one date, two spellings"),
    ("trước 15/6/2025", "15/6", True, "a date without its year is in the whole date"),
    ("trước 15/6", "5/6", False, "5 cut out of 15"),
    ("trước 1/12", "1/1", False, "1 cut out of 12"),
    ("trước 11 tháng 12", "01 tháng 12", False, "the first is not the eleventh"),
    ("Kế hoạch 115/KH-UBND", "15/KH-UBND", False, "15 cut out of 115"),
    ("kinh phí 1.500.000 đồng", "500.000 đồng", False, "cut out behind a separator"),
    ("đạt 3,5 điểm", "3", False, "cut off before a decimal comma"),
    ("trong 3 năm.", "3 năm", True, "words at the end of a fact need no edge"),
    ("năm 2030.", "2030", True, "a full stop ends a number"),
    ("gửi về Sở Nội vụ", "sở nội vụ", True, "capitals"),
    ("gửi về Sở **Nội** vụ [2]", "Sở Nội vụ", True, "markdown inside a name"),
    ("thực hiện hàng năm", "hằng năm", True, "two spellings"),
    ("bất cứ điều gì", "[1]", False, "a fact of nothing but a marker is nowhere"),
]


@pytest.mark.parametrize(("text", "fact", "expected", "why"), HOLDS)
def test_holds(text: str, fact: str, expected: bool, why: str) -> None:
    assert holds(comparable(text), comparable(fact)) is expected, why


def test_printed_ignores_list_marks_and_line_ends_only() -> None:
    assert printed("giai đoạn 2023\n\n- 2030") == printed("giai đoạn 2023 - 2030")
    assert printed("- Một;\n+ Hai.") == "Một; Hai."
    assert printed("Hàng năm, ngày 01/12") == "Hàng năm, ngày 01/12"


days = st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31))
spellings = st.sampled_from(
    [
        "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "ngày {d} tháng {m} năm {y}", "ngày {d:02} tháng {m:02} năm {y}",
        "{d} tháng {m:02}, năm {y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "Ngày {d:02}/{m}/{y}",
    ]
)  # fmt: skip
frames = st.sampled_from(["{}", "trước {}.", "({}),", "“{}”", "từ {}; sau đó", "**{}** [1]"])


@given(days, spellings, spellings, frames)
def test_every_spelling_of_a_day_is_found_under_every_other(day: date, one: str, other: str, frame: str) -> None:
    parts = {"d": day.day, "m": day.month, "y": day.year}
    assert holds(comparable(frame.format(one.format(**parts))), comparable(other.format(**parts)))


@given(days, days, spellings, spellings, frames)
def test_two_days_are_never_one(day: date, another: date, one: str, other: str, frame: str) -> None:
    text = frame.format(one.format(d=day.day, m=day.month, y=day.year))
    fact = other.format(d=another.day, m=another.month, y=another.year)
    assert holds(comparable(text), comparable(fact)) is (day == another)


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.sampled_from(["{}", "số {} ạ", "{}/KH", "({})", "KH-{}.", "{}%"]))
def test_a_number_is_found_only_whole(number: int, sought: int, frame: str) -> None:
    assert holds(comparable(frame.format(number)), comparable(str(sought))) is (number == sought)


pieces = st.lists(
    st.sampled_from(
        ["hàng năm", "Ngày 05 tháng 09 năm 2025", "01/12", "[1]", "**Sở", "Nội vụ**", "-", "| a |", "\n", "15.6.2025", "1.", "III(2)"]
    ),
    max_size=12,
)  # fmt: skip


@given(pieces)
def test_levelling_twice_changes_nothing(words: list[str]) -> None:
    text = " ".join(words)
    for level in (plain, printed, comparable):
        assert level(level(text)) == level(text)


@given(st.text(max_size=60))
def test_a_text_holds_itself(text: str) -> None:
    level = comparable(text)
    assert holds(level, level) is bool(level)
    assert "  " not in level
    assert level == level.strip()
