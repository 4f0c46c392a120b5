"""Where a plan contradicts itself, and where it only looks so."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text

HEAD = "KẾ HOẠCH\nChăm sóc hồ sen\n\n"
PERIODS = [
    ("Thời gian thực hiện: từ năm 2025 đến năm 2031.", 1, "beyond the plan's period"),
    ("Thời gian thực hiện: từ năm 2026 đến năm 2027.", 0, "a task within it"),
    ("Kế hoạch này được thực hiện từ năm 2026 đến năm 2027.", 1, "the plan itself"),
    ("Trên đây là Kế hoạch chăm sóc và bảo vệ hồ sen giai đoạn 2026 - 2029.", 1, "the plan's name said otherwise"),
    ("Trên đây là Kế hoạch chăm sóc và bảo vệ hồ sen giai đoạn 2025-2028.", 0, "the plan's name"),
    ("Trên đây là Kế hoạch bảo vệ và chăm sóc hồ sen trên địa bàn giai đoạn 2026 - 2029.", 1, "the plan's name in other words"),
    ("Thực hiện Kế hoạch phát triển du lịch giai đoạn 2021 - 2030 của tỉnh.", 0, "another plan"),
]
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
    (
        "I. SỰ KIỆN\n1. Ngày hội hái sen ven hồ: dự kiến ngày 15/11/2025.\n2. Khác.\nII. DANH MỤC\n"
        "| TT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n| 1 | Ngày hội hái sen ven hồ | Đoàn xã | Tháng 12/2025 |",
        [("I.1", "II")],
        "a row of a table against the text",
    ),
    (
        "I. SỰ KIỆN\n1. Ngày hội hái sen ven hồ: dự kiến ngày 15/12/2025.\n2. Khác.\nII. DANH MỤC\n"
        "| TT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n| 1 | Ngày hội hái sen ven hồ | Đoàn xã | Tháng 12/2025 |",
        [],
        "the day is in the month of the row",
    ),
    (
        "I. MỤC ĐÍCH\n1. Nạo vét dứt điểm 4.520 mét kênh bồi lắng.\n2. Khác.\nII. CHỈ TIÊU\n1. Khối lượng phải nạo vét là 4.250 mét kênh, chia hai năm.",
        [("I.1", "II.1")],
        "two digits have changed places",
    ),
    (
        "I. MỤC ĐÍCH\n1. Nạo vét 4.520 mét kênh bồi lắng.\n2. Khác.\nII. CHỈ TIÊU\n1. Năm đầu nạo vét 2.450 mét kênh.",
        [],
        "another figure for something else",
    ),
    (
        "I. NGUỒN\n1. Tổng kinh phí thực hiện là 5 tỷ đồng.\n2. Khác.\nII. KINH PHÍ\n1. Tổng kinh phí thực hiện là 6 tỷ đồng.",
        [("I.1", "II.1")],
        "one total, two sums",
    ),
    (
        "I. NĂM 2025\n1. Tổng kinh phí năm 2025 là 5 tỷ đồng.\n2. Khác.\nII. NĂM 2026\n1. Tổng kinh phí năm 2026 là 6 tỷ đồng.",
        [],
        "totals of two years",
    ),
    ("I. KINH PHÍ\n1. Tổng kinh phí là 5 tỷ đồng, gồm ngân sách tỉnh 3 tỷ đồng và vốn vận động 1,5 tỷ đồng.", [("I.1", "I.1")], "parts that do not add up"),
    ("I. KINH PHÍ\n1. Tổng kinh phí là 5 tỷ đồng, gồm ngân sách tỉnh 3 tỷ đồng và vốn vận động 2.000 triệu đồng.", [], "two scales"),
    ("I. KINH PHÍ\n1. Tổng kinh phí là 5 tỷ đồng, gồm ngân sách tỉnh 3 và vốn vận động 2 tỷ đồng.", [], "a part whose unit stands behind the next"),
    ("I. KINH PHÍ\n1. Tổng kinh phí là 5 tỷ đồng, trong đó tỉnh 3 tỷ đồng, huyện 1 tỷ đồng.", [], "“trong đó” need not name all"),
    ("I. KINH PHÍ\n1. Tổng kinh phí là 5 tỷ đồng, trong đó tỉnh 3 tỷ đồng, huyện 2,5 tỷ đồng.", [("I.1", "I.1")], "but no more than all"),
    ("I. LỚP\n1. Lớp có 45 người, trong đó 20 người là nữ và 30 người dưới 30 tuổi.", [], "people are counted in two parts"),
    ("I. ĐỘI\n1. Mỗi đội có 12 người, gồm 2 lái xe, 5 người bốc xếp và 4 người trực.", [], "not all are named alike"),
    ("I. HỘ\n1. Hỗ trợ 120 hộ nghèo, gồm:\na) Xã An 50 hộ nghèo;\nb) Xã Bình 60 hộ nghèo.", [("I.1.a", "I.1")], "a list under its lead-in"),
    ("I. HỘ\n1. Hỗ trợ 120 hộ nghèo, gồm:\n- Xã An 50 hộ;\n- Xã Bình 60 hộ;\n- Các xã còn lại.", [], "an item without a figure"),
    (
        "I. KINH PHÍ\n| TT | Việc | Tỉnh | Huyện | Cộng |\n|---|---|---|---|---|\n| 1 | A | 10 | 20 | 30 |\n| 2 | B | 5 | 6 | 11 |\n| 3 | C | 1 | 1 | 2 |\n"
        "| | Cộng | 16 | 28 | 44 |",
        [("I", "I")],
        "a column of a table",
    ),
    (
        "I. CHỈ TIÊU\n| TT | Chỉ tiêu | 2025 | 2026 |\n|---|---|---|---|\n| 1 | Xã đạt chuẩn | 10 | 20 |\n| 2 | Lớp | 5 | 6 |\n| 3 | Tổng lượt khách | 700 | 800 |",
        [],
        "a row that only begins like a total",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_pairs_that_contradict_each_other(text: str, expected: list[tuple[str, str]], why: str) -> None:
    plan = parse(read_text("ho-sen.txt", HEAD + text))
    assert [(fact.other, fact.section) for fact in plan.facts if fact.kind == "contradiction"] == expected, why


@pytest.mark.parametrize(("text", "expected", "why"), PERIODS)
def test_a_period_that_claims_to_be_the_plans_own(text: str, expected: int, why: str) -> None:
    plan = parse(read_text("ho-sen.txt", f"UBND TỈNH HÀ KHÊ\nKẾ HOẠCH\nChăm sóc và bảo vệ hồ sen giai đoạn 2025 - 2028\n\nI. NHIỆM VỤ\n1. {text}\n2. Khác."))
    assert sum(fact.kind == "contradiction" for fact in plan.facts) == expected, why
