"""What is asked for, whether plans are compared, whether a statement is to be confirmed."""

from __future__ import annotations

import pytest

from xhht_qa.query.slots import asks_to_compare, asks_to_confirm, slot_of
from xhht_qa.types import Slot

SLOTS: list[tuple[str, Slot]] = [
    ("Báo cáo tổng kết gửi khi nào?", "deadline"),
    ("hạn nộp hồ sơ là ngày nào", "deadline"),
    ("bao gio khoi cong", "deadline"),
    ("chậm nhất là bao giờ phải xong", "deadline"),
    ("Báo cáo 6 tháng gửi về đâu?", "recipient"),
    ("phải gửi báo cáo cho ai", "recipient"),
    ("Ai chủ trì diễn tập?", "responsible"),
    ("cơ quan nào theo dõi việc thực hiện", "responsible"),
    ("Tiêu chí xét đối với tập thể là gì?", "criteria"),
    ("dieu kien tham gia du an", "criteria"),
    ("Điều kiện để sang giai đoạn sau là gì?", "criteria"),
    ("kiểm kê ao hồ để làm gì", "content"),
    ("tiền đâu ra để sửa mấy cái cầu", "budget"),
    ("Hồ sơ đề nghị gồm những gì?", "dossier"),
    ("cần giấy tờ gì", "dossier"),
    ("có mấy loại giấy tờ", "dossier"),
    ("trình tự cấp giấy chứng nhận", "procedure"),
    ("quy trinh tham dinh the nao", "procedure"),
    ("Kinh phí thực hiện là bao nhiêu?", "budget"),
    ("lấy từ nguồn vốn nào", "budget"),
    ("Văn bản này căn cứ quyết định số mấy?", "legal_basis"),
    ("kế hoạch rừng dựa trên tờ trình số mấy của hạt kiểm lâm", "legal_basis"),
    ("Ký kế hoạch Suối Mây ngày nào?", "number"),
    ("góp bao nhiêu tiền thì đủ tiêu chuẩn khen", "criteria"),
    ("đạt giải nhất thì được khen thưởng bao nhiêu tiền", "budget"),
    ("quê phải cách bao xa", "count"),
    ("Kế hoạch do ai ký?", "signer"),
    ("Người ký văn bản này là ai?", "signer"),
    ("Kế hoạch có số hiệu gì?", "number"),
    ("kế hoạch ban hành ngày nào", "number"),
    ("Nơi nhận gồm những ai?", "copies"),
    ("kế hoạch này lưu ở đâu", "copies"),
    ("báo cáo của các xã theo kế hoạch huyện Suối Mây gửi về đâu", "recipient"),
    ("Lộ trình chia làm mấy bước?", "phase"),
    ("Tỉ lệ hộ nghèo giảm còn mấy phần trăm?", "count"),
    ("Hình thức khen thưởng là gì?", "award"),
    ("Mục đích là gì?", "content"),
    ("Kỹ năng số là gì?", "content"),
    ("xin chào", "greeting"),
    ("Cảm ơn nhé", "greeting"),
    ("ok", "greeting"),
    ("Vâng, em hiểu rồi ạ.", "greeting"),
    ("anh chị nào", "content"),
    ("Bạn là ai?", "greeting"),
    ("Có những kế hoạch nào?", "plans"),
    ("Kế hoạch này ký ngày nào?", "number"),
    ("Số và ngày của văn bản là gì?", "number"),
    ("Phải trả kết quả trong mấy ngày?", "deadline"),
    ("Huyện chi bao nhiêu cho đào tạo?", "budget"),
    ("được thưởng gì", "award"),
    ("danh sách kế hoạch", "plans"),
    ("thế số mấy", "number"),
    ("ra một cửa thì cầm theo giấy gì", "dossier"),
]
MISREAD: list[tuple[str, Slot, str]] = [
    ("Truyền thông từ ngày nào?", "deadline", "“thông từ” is not “thông tư”, a kind of document"),
    ("Kế hoạch căn cứ văn bản được ban hành ngày nào?", "legal_basis", "the day of a document that is cited"),
    ("Ủy ban nhân dân cấp xã gửi báo cáo khi nào?", "deadline", "“dân” is not “dẫn”, to cite"),
    ("Hội Nông dân gửi báo cáo về đơn vị nào?", "recipient", "“dân” is not “dẫn”, to cite"),
    ("Phường Mộc Sơn gồm những gì?", "content", "“Mộc” is not “mốc”"),
    ("Trẻ không đến trường thì ai vận động?", "responsible", "“trẻ” is a child, “trễ” is late"),
    ("Ai phụ trách Quỹ Nhân ái?", "responsible", "who, in so many words"),
    ("Quỹ Nhân ái dùng thế nào?", "content", "“ái” is not “ai”"),
    ("Đơn vị nào giúp Văn phòng Đăng ký nhận hồ sơ, ai trả?", "responsible", "“đăng ký”, to register, is not “ký”, to sign"),
    ("Báo cáo năm của Văn phòng trình ai ký, trước ngày nào?", "deadline", "who signs a report is not who has signed the plan"),
    ("Trung tâm lấy mẫu nước trước ngày nào?", "deadline", "a sample is no form"),
    ("Thôn kiểu mẫu được công nhận khi nào?", "deadline", "a model is no form"),
    ("Cán bộ vòi thêm giấy tờ thì bị xử lý thế nào?", "content", "papers are spoken of, no dossier is asked for"),
]


@pytest.mark.parametrize(("question", "expected"), SLOTS)
def test_the_slot_is_read_from_the_words_that_ask(question: str, expected: Slot) -> None:
    assert slot_of(question) == expected


@pytest.mark.parametrize(("question", "expected", "why"), MISREAD)
def test_words_that_fold_alike_are_told_apart(question: str, expected: Slot, why: str) -> None:
    assert slot_of(question) == expected, why


@pytest.mark.parametrize(
    ("question", "expected", "why"),
    [
        ("So sánh kinh phí của hai huyện", True, "asked outright"),
        ("doi chieu han bao cao cua hai noi", True, "without accents"),
        ("Hạn nộp của hai nơi khác nhau thế nào?", True, "how they differ"),
        ("Kế hoạch nào có phụ lục?", True, "seeks the plans that hold something"),
        ("Những kế hoạch nào quy định báo cáo quý?", True, "the same in the plural"),
        ("Báo cáo năm gửi khi nào?", False, "one value of one plan"),
        ("Kinh phí là bao nhiêu?", False, "one value of one plan"),
        ("Tiêu chí nào áp dụng cho tập thể?", False, "“nào” asks for a criterion, not for plans"),
        ("Sở Giáo dục và Đào tạo tổ chức tuần lễ khi nào?", False, "“Sở … và” names an agency, “so … và” compares"),
    ],
)
def test_comparison_is_told_from_a_single_question(question: str, expected: bool, why: str) -> None:
    assert asks_to_compare(question) is expected, why


@pytest.mark.parametrize(
    ("question", "expected", "why"),
    [
        ("Báo cáo năm gửi trước ngày 10/12 phải không?", True, "states a date"),
        ("hạn 5/12 đúng không", True, "short"),
        ("co phai so noi vu chu tri khong", True, "without accents"),
        ("Vì sao báo cáo phải nộp trước ngày 01/7?", True, "why presupposes that it is so"),
        ("Báo cáo năm gửi trước ngày nào?", False, "asks for the value"),
        ("Mức hỗ trợ là bao nhiêu?", False, "asks for the value"),
    ],
)
def test_a_statement_to_confirm_is_told_from_an_open_question(question: str, expected: bool, why: str) -> None:
    assert asks_to_confirm(question) is expected, why
