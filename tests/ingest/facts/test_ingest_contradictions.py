"""Where a plan contradicts itself, and where it only looks so."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text

HEAD = "KẾ HOẠCH\nChăm sóc hồ sen\n\n"
CASES = [
    (
        "I. PHÂN CÔNG\n1. Phòng Kinh tế\nChủ trì cấp biển hiệu cho thuyền hoa.\n2. Phòng Văn hóa\nChủ trì cấp biển hiệu cho thuyền hoa.",
        [("I.1", "I.2")],
        "one task, two bodies in the lead",
    ),
    (
        "I. PHÂN CÔNG\n1. Phòng Kinh tế\nChủ trì cấp biển hiệu cho thuyền hoa.\n2. Phòng Văn hóa\nPhối hợp cấp biển hiệu cho thuyền hoa.",
        [],
        "one leads, the other takes part",
    ),
    (
        "I. GIẢI PHÁP\n1. Tổ chức kiểm tra chéo ao sen giữa các huyện vào quý III hằng năm.\nII. THỰC HIỆN\n"
        "1. Tổ chức kiểm tra chéo ao sen giữa các huyện vào quý II hằng năm.",
        [("I.1", "II.1")],
        "one thing at two times",
    ),
    (
        "I. GIẢI PHÁP\n1. Tổ chức kiểm tra chéo ao sen giữa các huyện trong tháng 9.\nII. THỰC HIỆN\n"
        "1. Tổ chức kiểm tra chéo ao sen giữa các huyện trước ngày 15/9.",
        [],
        "the day is in the month",
    ),
    (
        "I. BÁO CÁO\n1. Báo cáo 6 tháng\nUBND các xã gửi báo cáo về Phòng Kinh tế trước ngày 05/6.\n2. Báo cáo năm\n"
        "UBND các xã gửi báo cáo về Phòng Kinh tế trước ngày 05/12.",
        [],
        "the headings say of what",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_pairs_that_contradict_each_other(text: str, expected: list[tuple[str, str]], why: str) -> None:
    plan = parse(read_text("ho-sen.txt", HEAD + text))
    assert [(fact.other, fact.section) for fact in plan.facts if fact.kind == "contradiction"] == expected, why
