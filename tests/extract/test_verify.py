"""The last gate: a statement that its sources do not print is dropped, whatever composed it."""

from __future__ import annotations

import pytest

from xhht_qa.types import Draft, Fact, Metadata, Paragraph, Plan, Section, Source, Statement, Status
from xhht_qa.verify import verify

TEXT = "b) Tổ xe gửi báo cáo trước ngày 05/12/2025, mỗi kỳ 03 bản.\n- Chi 1.250.000 đồng, đạt 8,5%."
PLANS = {
    "xe": Plan(
        "xe", "Kế hoạch số 17/KH-XE của Trạm xe Đồi Sim", "xe.txt", "", Metadata(number="17/KH-XE", date="9/4/2025"),
        (
            Section("II.1.b", "II.1", "điểm b", "", False, ("II. BÁO CÁO NĂM 2025", "1. Kỳ hạn"), tuple(Paragraph(line, "", 1, 1) for line in TEXT.split("\n")), 1, 2),
            Section("II.1.c", "II.1", "điểm c", "", False, (), (Paragraph("c) Tổ kho gửi trước ngày 20/12/2025.", "", 3, 3),), 3, 3),
        ),
    )
}  # fmt: skip
QUOTE = "Tổ xe gửi báo cáo trước ngày 05/12/2025"
HERE = Source("xe", "II.1.b", "", QUOTE)
OTHER = Source("xe", "II.1.c", "", "Tổ kho gửi trước ngày 20/12/2025")
JUDGED = [
    ("Tổ xe gửi báo cáo trước ngày 05/12/2025.", (HERE,), True, "as printed"),
    ("Tổ xe gửi báo cáo trước ngày 5/12/2025.", (HERE,), True, "the same date without its zero"),
    ("Tổ xe gửi báo cáo trước ngày 5 tháng 12 năm 2025.", (HERE,), True, "the same date in words"),
    ("Tổ xe gửi báo cáo trước ngày 05/12.", (HERE,), True, "less than is printed is not more"),
    ("Mỗi kỳ 3 bản, chi 1.250.000 đồng.", (HERE,), True, "figures of the section beyond the quote"),
    ("Kế hoạch số 17/KH-XE: 03 bản.", (HERE,), True, "the head of the plan may be named"),
    ("Theo mục 1, mỗi kỳ 03 bản.", (HERE,), True, "a heading above may be named"),
    ("Tổ xe gửi báo cáo trước ngày 06/12/2025.", (HERE,), False, "another day"),
    ("Tổ xe gửi báo cáo trước ngày 05/11/2025.", (HERE,), False, "another month: its figures alone are all printed elsewhere"),
    ("Tổ xe gửi báo cáo trước ngày 05/12/2026.", (HERE,), False, "another year"),
    ("Tổ xe gửi báo cáo trước ngày 20/12/2025.", (HERE,), False, "the date of a section that is not cited"),
    ("Mỗi kỳ 07 bản.", (HERE,), False, "another figure"),
    ("Chi 1.350.000 đồng.", (HERE,), False, "another sum"),
    ("Đạt 85%.", (HERE,), False, "8,5 is not 85"),
    ("Mỗi kỳ 12 bản.", (HERE,), False, "12 is only the month of a date"),
    ("Mỗi kỳ 04 bản.", (HERE,), False, "04 is only the month in which the plan was issued"),
    ("Chi 250.000 đồng.", (HERE,), False, "a piece of 1.250.000"),
    ("Đạt 5,8%.", (HERE,), False, "8,5 the other way round"),
    ("Theo Quyết định số 90, mỗi kỳ 03 bản.", (HERE,), False, "a number that stands nowhere"),
    ("Tổ xe và tổ kho gửi trước ngày 05/12/2025 và 20/12/2025.", (HERE, OTHER), True, "both sections are cited"),
    ("Tổ xe gửi báo cáo.", (), False, "nothing is cited"),
    ("Tổ xe gửi báo cáo.", (Source("xe", "II.1.b", "", "Tổ xe gửi báo cáo trước ngày 15/12/2025"),), False, "the quote has another date"),
    ("Tổ xe gửi báo cáo.", (Source("xe", "II.1.b", "", "tổ xe gửi báo cáo"),), False, "the quote is not letter for letter"),
    ("Tổ xe gửi báo cáo.", (Source("xe", "II.1.b", "", ""),), False, "an empty quote"),
    ("Tổ xe gửi báo cáo.", (Source("xe", "II.1.c", "", QUOTE),), False, "the quote stands in another section"),
    ("Tổ xe gửi báo cáo.", (Source("xe", "IX", "", QUOTE),), False, "no such section"),
    ("Tổ xe gửi báo cáo.", (Source("la", "II.1.b", "", QUOTE),), False, "no such plan"),
    ("Tổ xe gửi báo cáo.", (HERE, Source("xe", "II.1.c", "", QUOTE)), False, "one of two sources is wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sources", "holds", "why"), JUDGED)
def test_a_statement_must_stand_in_what_it_cites(text: str, sources: tuple[Source, ...], holds: bool, why: str) -> None:
    sound = Statement("Tổ kho gửi trước ngày 20/12/2025.", (OTHER,))
    verified = verify(Draft("answered", "Đúng.", (Statement(text, sources), sound), "Hết.", confidence=0.5), PLANS)
    assert [statement.text for statement in verified.statements] == [text] * holds + [sound.text], why
    assert (verified.status, verified.lead, verified.tail, verified.confidence) == ("answered", "Đúng.", "Hết.", 0.5), "the rest stays"


@pytest.mark.parametrize(
    ("status", "expected", "why"),
    [
        ("answered", "not_found", "nothing is left to say"),
        ("corrected", "not_found", "a correction without what is right is none"),
        ("clarify", "not_found", "no reading is left"),
    ],
)
def test_a_draft_without_support_becomes_a_refusal(status: Status, expected: Status, why: str) -> None:
    verified = verify(Draft(status, "Đúng.", (Statement("Trước ngày 06/12/2025.", (HERE,)),), confidence=0.9), PLANS)
    assert verified.status == expected, why
    assert verified.statements == ()
    assert "06/12" not in verified.lead + verified.tail
    assert "Đúng" not in verified.lead


@pytest.mark.parametrize("draft", [Draft("guide", "Xin chào."), Draft("not_found", "Không nêu.", tail="Gần nhất: mục 1.")])
def test_a_draft_that_states_nothing_passes(draft: Draft) -> None:
    assert verify(draft, PLANS) == draft


DUTY = "2. Sở Công Thương gửi “Thẻ xanh” cho Công an huyện Đồi Sim; UBKT xã tổng hợp, báo cáo Ủy ban nhân dân các xã và Ban TĐ-KT."
OFFICES = {
    "cho": Plan(
        "cho", "Kế hoạch của UBND huyện Đồi Sim", "cho.txt", "", Metadata(issuer="UBND huyện Đồi Sim"),
        (Section("IV.2", "IV", "mục 2 phần IV", "", False, ("IV. PHÂN CÔNG VĂN PHÒNG UBND",), (Paragraph(DUTY, "", 9, 9),), 9, 9),),
        facts=(Fact("definition", "cho", "I", "", 1, 1, "Ủy ban Kiểm tra (UBKT)", object="UBKT", value="Ủy ban Kiểm tra"),
               Fact("definition", "cho", "I", "", 1, 1, "Sở Công Thương (sau đây gọi là Sở)", object="Sở", value="Sở Công Thương")),
    )
}  # fmt: skip
NAMED = [
    (DUTY, True, "as printed"),
    ("Sở Công Thương nộp cho công an huyện Đồi Sim.", True, "a verb behind a name is no part of it; capitals of the head do not matter"),
    ("Sở Công thương gửi.", True, "nor do those within a name"),
    ("UBND các xã nhận báo cáo.", True, "the short form of office language"),
    ("Ủy ban Kiểm tra xã tổng hợp.", True, "the long form of what the plan shortens"),
    ("Ủy ban nhân dân huyện Đồi Sim giao việc.", True, "the head of the plan"),
    ("Văn phòng UBND thực hiện.", True, "a heading above, in capitals"),
    ("Ban TĐ-KT nhận “Thẻ xanh”.", True, "a name of initials and a printed quotation"),
    ("Các sở, ban, ngành phối hợp.", True, "no name, nothing to check"),
    ("Sở Công an gửi.", False, "another name that begins alike"),
    ("Sở Y tế gửi.", False, "another department"),
    ("UBND các huyện nhận báo cáo.", False, "another level"),
    ("Công an huyện Đồi Mây nhận.", False, "the same body of another place"),
    ("Phòng Công Thương gửi.", False, "the same field, another body"),
    ("Sở Công Thương và Du lịch gửi.", False, "more than the name that is printed"),
    ("Ủy ban Mặt trận xã tổng hợp.", False, "not what the short form stands for"),
    ("Sở Công Thương gửi “Thẻ vàng”.", False, "another title"),
    ('Sở Công Thương gửi "Thẻ xanh hạng nhất".', False, "more than the title that is printed"),
]


@pytest.mark.parametrize(("text", "holds", "why"), NAMED)
def test_agencies_and_titles_must_stand_in_what_is_cited(text: str, holds: bool, why: str) -> None:
    statement = Statement(text, (Source("cho", "IV.2", "", DUTY),))
    assert bool(verify(Draft("answered", statements=(statement,)), OFFICES).statements) is holds, why


FRAMES = [
    ("Kế hoạch nêu 2 nội dung:", True, "as many as stand below"),
    ("Kế hoạch số 17/KH-XE của Trạm xe Đồi Sim:", True, "the plan's own name"),
    ("Hạn là 05/12/2025:", True, "what a cited section prints"),
    ("Kế hoạch nêu 5 nội dung:", False, "more than stand below"),
    ("Hạn là 06/12/2025:", False, "a date that no cited section prints"),
    ("Sở Y tế nhận:", False, "an agency that no cited section names"),
]


@pytest.mark.parametrize(("frame", "stays", "why"), FRAMES)
def test_lead_and_tail_carry_no_value_of_their_own(frame: str, stays: bool, why: str) -> None:
    statements = (Statement("Trước ngày 05/12/2025.", (HERE,)), Statement("Trước ngày 20/12/2025.", (OTHER,)))
    verified = verify(Draft("answered", frame, statements, frame), PLANS)
    assert (verified.lead, verified.tail) == ((frame, frame) if stays else ("", "")), why
    assert verified.statements == statements, why


def test_one_reading_that_is_left_is_the_answer() -> None:
    sound, unsound = Statement("Trước ngày 20/12/2025.", (OTHER,)), Statement("Trước ngày 06/12/2025.", (HERE,))
    verified = verify(Draft("clarify", "Nhiều kế hoạch:", (sound, unsound), options=("A?", "B?")), PLANS)
    assert (verified.status, verified.lead, verified.statements, verified.options) == ("answered", "", (sound,), ())
