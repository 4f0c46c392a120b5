"""The last gate: a statement that its sources do not print is dropped, whatever composed it."""

from __future__ import annotations

import pytest

from xhht_qa.types import Draft, Metadata, Paragraph, Plan, Section, Source, Statement, Status
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
