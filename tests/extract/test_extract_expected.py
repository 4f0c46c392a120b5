"""What a question leaves open by its form, and whether a text shows it."""

from __future__ import annotations

import pytest

from xhht_qa.extract.expected import misses_attribute, misses_name, misses_office, misses_proper_name, periods_reported, reports_on


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


@pytest.mark.parametrize(
    ("question", "text", "strictly", "tells", "why"),
    [
        ("báo cáo quý nộp ngày nào?", "báo cáo hằng năm trước ngày 05/12", False, False, "another period"),
        ("báo cáo quý nộp ngày nào?", "Xã báo cáo 6 tháng trước ngày 05/6, năm trước ngày 05/12", False, False, "two others"),
        ("báo cáo năm nộp ngày nào?", "Xã báo cáo 6 tháng trước ngày 05/6, năm trước ngày 05/12", True, True, "“năm” alone, before its day"),
        ("báo cáo tháng nộp ngày nào?", "Xã báo cáo 6 tháng trước ngày 05/6", False, False, "six months are no month"),
        ("báo cáo 6 tháng nộp ngày nào?", "gửi hồ sơ trước ngày 05/6", False, False, "no report"),
        ("báo cáo 6 tháng nộp ngày nào?", "gửi báo cáo trước ngày 05/6", False, True, "a report whose period is left open"),
        ("báo cáo 6 tháng nộp ngày nào?", "gửi báo cáo trước ngày 05/6", True, False, "its period is left open"),
    ],
)
def test_the_report_of_one_period_is_not_that_of_another(question: str, text: str, strictly: bool, tells: bool, why: str) -> None:
    assert reports_on(periods_reported(question), text, strictly=strictly) is tells, why


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("báo cáo kết quả hội nghị quý III nộp ngày nào?", "one quarter is a time"),
        ("kế hoạch 6 tháng trình ngày nào?", "no report"),
        ("báo cáo nộp ngày nào?", "no period"),
    ],
)
def test_no_period_is_reported_on(question: str, why: str) -> None:
    assert not periods_reported(question), why
