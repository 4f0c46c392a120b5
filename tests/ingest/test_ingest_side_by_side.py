"""A line that sets two columns side by side is two lines; a gap in a sentence, a list or a table is a gap."""

from __future__ import annotations

import time

import pytest

from ingest.readers.side_by_side import columns

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        (f"UBND TỈNH LAM KHÊ        {STATE}", ["UBND TỈNH LAM KHÊ", STATE], "spaces"),
        (f"UBND TỈNH LAM KHÊ\u00a0\u00a0\u00a0\u00a0\u00a0{STATE}", ["UBND TỈNH LAM KHÊ", STATE], "no-break spaces"),
        (f"  SỞ NỘI VỤ \t \t{STATE}", ["SỞ NỘI VỤ", STATE], "tabs with spaces between them"),
        ("Số:      /KH-SNV\t\tLam Khê, ngày 5 tháng 3", ["Số:      /KH-SNV", "Lam Khê, ngày 5 tháng 3"], "a number that is left blank"),
        ("Số: 5/KH-SNV\t\tLam Khê, ngày      tháng     năm 2025", ["Số: 5/KH-SNV", "Lam Khê, ngày      tháng     năm 2025"], "blanks in the date are none"),
        ("-\tLưu: VT.\tHoàng Thị Lam", ["-\tLưu: VT.", "Hoàng Thị Lam"], "a tab behind the dash"),
        ("Nơi nhận:\tKT CHỦ TỊCH", ["Nơi nhận:", "KT CHỦ TỊCH"], "a capacity without its dot"),
        ("STT\tNỘI DUNG", ["STT\tNỘI DUNG"], "the head of a table"),
        ("Giai đoạn\tThời gian\tKinh phí", ["Giai đoạn\tThời gian\tKinh phí"], "three columns"),
        ("I. MỤC ĐÍCH      YÊU CẦU", ["I. MỤC ĐÍCH      YÊU CẦU"], "a heading"),
        ("Chủ đề\tHọc", ["Chủ đề\tHọc"], "one word is no name"),
    ],
)
def test_two_columns_are_told_from_gaps(line: str, expected: list[str], why: str) -> None:
    assert columns(line) == expected, why


@pytest.mark.parametrize(
    "line", ["abc " + "    A" * 2_000, "abcd    " + "A" * 20_000 + "b", "abcd    A" + "b" * 20_000 + "1", "abcd" + " \t" * 20_000 + "b", " " * 50_000 + "b"]
)
def test_no_line_takes_long(line: str) -> None:
    began = time.monotonic()
    columns(line)
    assert time.monotonic() - began < 2
