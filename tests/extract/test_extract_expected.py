"""What a question leaves open by its form, and whether a text shows it."""

from __future__ import annotations

import pytest

from xhht_qa.extract.expected import misses_attribute, misses_name, misses_office, misses_proper_name


@pytest.mark.parametrize(
    ("question", "text", "misses", "why"),
    [
        (
            "làm điểm ở những xã nào?",
            "làm điểm tại 12 xã, sơ kết trong quý IV/2027",
            True,
            "a number of xã is no name; the numeral of a quarter is none either",
        ),
        ("làm điểm ở những xã nào?", "làm điểm tại các xã Khe Sậy, Đồi Mơ", False, "names"),
        ("thí điểm ở trường nào?", "thí điểm tại trường tiểu học Khe Sậy", False, "small words stand between the kind and its name"),
        ("xã nào bỏ hoang đất thì bị gì?", "bị phê bình toàn huyện", False, "any xã that does: what follows is asked for"),
        ("khi nào xã báo cáo?", "xã báo cáo trước ngày 5/6", False, "no name is asked for"),
    ],
)
def test_one_of_a_kind_needs_its_name(question: str, text: str, misses: bool, why: str) -> None:
    assert misses_name(question, text) is misses, why


@pytest.mark.parametrize(
    ("question", "text", "misses", "why"),
    [
        ("Ai đang giữ chức Chi cục trưởng?", "người nhận: bà Khe Mai Sậy, Trưởng phòng Nghiệp vụ", True, "another person with another office"),
        ("Ai làm trưởng đoàn kiểm tra?", "Trưởng đoàn: Trưởng Ban Pháp chế", False, "the office is printed"),
        ("Trưởng đoàn nộp báo cáo ngày nào?", "Đoàn kiểm tra nộp báo cáo trước ngày 5/6", False, "no person is asked for"),
    ],
)
def test_the_holder_of_an_office_needs_the_office(question: str, text: str, misses: bool, why: str) -> None:
    assert misses_office(question, text) is misses, why


@pytest.mark.parametrize(
    ("question", "text", "misses", "why"),
    [
        ("Giá nước là bao nhiêu?", "hộ gia đình được hỗ trợ 6 triệu đồng", True, "“gia” is not “giá”"),
        ("Kinh phí bao nhiêu?", "Ngân sách 5 tỷ đồng", False, "“kinh phí” is no fee"),
        ("Diện tích trồng mới bao nhiêu?", "Diện tích trồng mới đạt 20 ha", False, "printed"),
        ("Tiền điện được trả bao nhiêu?", "chi 20 triệu đồng cho thiết bị điện", True, "the bill is not the device"),
    ],
)
def test_an_attribute_stands_in_its_own_words(question: str, text: str, misses: bool, why: str) -> None:
    assert misses_attribute(question, text) is misses, why


@pytest.mark.parametrize(
    ("question", "text", "misses", "why"),
    [
        ("Đảng ủy xã Cẩm Hạ do ai kiểm tra?", "Đảng ủy xã Cẩm Thượng", True, "another xã"),
        ("GVCN nộp báo cáo khi nào?", "Tổ trưởng nộp báo cáo trước ngày 5/6", True, "initials that nothing spells out"),
        ("UBND xã nộp báo cáo khi nào?", "Ủy ban nhân dân xã nộp báo cáo trước ngày 5/6", False, "initials that every office reads as the words"),
        ("Thứ mấy họp giao ban?", "Họp giao ban sáng thứ hai", False, "one capital begins a sentence"),
    ],
)
def test_a_proper_name_is_printed(question: str, text: str, misses: bool, why: str) -> None:
    assert misses_proper_name(question, text) is misses, why
