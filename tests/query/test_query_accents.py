"""Words that differ by their accents alone ask for different things; typed without accents, they are read by their neighbours."""

from __future__ import annotations

import pytest

from xhht_qa.query import Understander
from xhht_qa.types import Slot

ACCENTED: list[tuple[str, Slot, str]] = [
    ("Huy động nguồn lực nào để thực hiện?", "content", "“lực nào” is not “lúc nào”"),
    ("Kinh phí lấy từ quỹ nào?", "budget", "“quỹ” is a fund, “quý” a quarter"),
    ("Kiểm định thang máy do ai chịu trách nhiệm?", "responsible", "“thang máy” is a lift, “tháng mấy” asks for a month"),
    ("Nhiệm vụ, quyền hạn là gì?", "responsible", "“quyền hạn” is a power, no deadline"),
    ("Tiền do ai chi trả?", "responsible", "“tiền do” is not “tiến độ”"),
    ("Lễ hội du lịch tổ chức ở đâu?", "content", "“hội du (lịch)” is not “hội đủ”"),
    ("Trang bị máy loại nào?", "content", "“máy” is a machine, “mấy” counts"),
    ("Báo cáo 6 tháng đầu năm có nội dung gì?", "content", "“đầu” is the beginning, “đâu” asks where to"),
    ("Báo cáo về đấu thầu có nội dung gì?", "content", "“đấu (thầu)” is not “đâu”"),
    ("Kế hoạch sở nào ban hành?", "responsible", "“sở nào” is not “số nào”"),
    ("Ngày kỷ niệm thành lập ngành có hoạt động gì?", "content", "“ngày kỷ (niệm)” is not “ngày ký”"),
    ("Có bao nhiêu đồng chí tham gia?", "count", "“đồng chí” is a person, “đồng” is money"),
    ("Công trình điện nào được đầu tư?", "content", "“điện” is power, “diện” a group of people"),
    ("bản nào giải ngân chậm thì xử lý sao?", "responsible", "a village, which acts as any body does"),
]
BARE: list[tuple[str, Slot, str]] = [
    ("luc nao nop bao cao nam", "deadline", "“lúc nào”"),
    ("quy nao phai bao cao", "deadline", "“quý nào”"),
    ("thang may nop bao cao", "deadline", "“tháng mấy”"),
    ("huy dong nguon luc nao de thuc hien", "content", "“nguồn lực nào”"),
    ("nop tre co bi phat khong", "content", "“nộp trễ” without “hạn”"),
    ("tre han co bi phat khong", "deadline", "“trễ hạn”"),
    ("tien do thuc hien the nao", "phase", "“tiến độ”"),
    ("gui bao cao cho ai", "recipient", "“ai” behind who is reported to"),
    ("nop ho so o dau", "recipient", "“ở đâu”"),
    ("don vi nao chu tri", "responsible", "“đơn vị nào”"),
    ("chi bao nhieu tien cho tuyen truyen", "budget", "“bao nhiêu tiền”"),
]
# question, compares, asks to confirm, why
ASKED_HOW: list[tuple[str, bool, bool, str]] = [
    ("Nhiệm vụ của Phòng Quản lý xây dựng là gì?", False, False, "“dựng là” is not “đúng là”"),
    ("Cơ quan nào cung cấp số liệu?", False, False, "“cung cấp” provides, “cùng” shares"),
    ("Đơn vị nào phụ trách giáo dục?", False, False, "“giáo (dục)” is not “giao”"),
    ("Đơn vị nào làm dân vận?", False, False, "“dân” is not “dẫn”"),
    ("Có trung tâm nào tham gia?", False, False, "“có trung (tâm)” is not “có trùng”"),
    ("Đổi mới kế hoạch thế nào?", False, False, "“mới kế hoạch” is not “mỗi kế hoạch”"),
    ("han nop co trung khong", True, False, "“có trùng không” typed in haste"),
    ("nop cho so noi vu dung khong", False, True, "“đúng không” typed in haste"),
    ("nop cho so noi vu phai khong", False, True, "“phải không” typed in haste"),
]


@pytest.mark.parametrize(("question", "expected", "why"), [*ACCENTED, *BARE])
def test_what_is_asked_for_is_told_by_its_accents(understander: Understander, question: str, expected: Slot, why: str) -> None:
    assert understander.understand(question).slot == expected, why


@pytest.mark.parametrize(("question", "compares", "confirms", "why"), ASKED_HOW)
def test_comparing_and_confirming_are_told_by_their_accents(understander: Understander, question: str, compares: bool, confirms: bool, why: str) -> None:
    query = understander.understand(question)
    assert (query.compare, query.confirm) == (compares, confirms), why


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Kế hoạch tinh giản biên chế có chỉ tiêu nào?", "“tinh” is not “tỉnh”"),
        ("Kế hoạch xã hội hóa giáo dục có chỉ tiêu nào?", "society, no commune"),
        ("Kế hoạch tình nguyện hè có hoạt động nào?", "“tình” is not “tỉnh”"),
        ("Kế hoạch phương án di dời có nội dung nào?", "“phương” is not “phường”"),
    ],
)
def test_a_level_is_named_with_its_accents(understander: Understander, question: str, why: str) -> None:
    assert not understander.understand(question).compare, why


def test_a_level_typed_bare_is_restored(understander: Understander) -> None:
    assert understander.understand("ke hoach tinh co muc tieu gi").plans == understander.understand("Kế hoạch tỉnh có mục tiêu gì?").plans != ()
