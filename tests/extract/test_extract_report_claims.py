"""Who is said to report where, against the lines of the plan: never a yes to another body's desk, never the words of another matter."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract import report_claims
from xhht_qa.extract.material import Material
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.types import Draft

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG LAU
KẾ HOẠCH
Phòng, chống đuối nước cho trẻ em năm 2026
I. BÁO CÁO
1. UBND các xã, thị trấn gửi báo cáo năm về Phòng VHKHTT trước ngày 05/12/2026.
2. Phòng Nội vụ gửi hồ sơ khen thưởng về Sở Nội vụ trước ngày 15/12/2026.
3. Các cơ quan, đơn vị báo cáo về Phòng Kinh tế trước ngày 01/12/2026.
4. Báo cáo năm của Công an huyện gửi về Phòng Nội vụ.
5. Trạm Thủy văn gửi báo cáo về cấp trên trước ngày 01/11/2026.
II. VIỆC LÀM
Phòng Y tế mở lớp dạy bơi.
"""
VHKHTT, INNER, GENERAL = "Phòng VHKHTT", "Sở Nội vụ", "Phòng Kinh tế"
CLAIMS = [
    ("ubnd xã sông lau báo cáo về phòng nội vụ đúng không", "corrected", "Không đúng", VHKHTT, "another desk than the plan says"),
    ("cac xa o song lau gui bao cao ve phong vhkhtt phai khong", "answered", "Đúng.", VHKHTT, "the desk that the plan says, typed without accents"),
    ("Các xã ở Sông Lau nộp báo cáo cho Phòng Văn hóa đúng không?", "answered", "Đúng.", VHKHTT, "by the beginning of a name printed as initials"),
    ("phòng nội vụ sông lau gửi hồ sơ về sở y tế đúng không", "corrected", "Không đúng", INNER, "papers, not reports"),
    ("Phòng Y tế Sông Lau báo cáo về Phòng Nội vụ đúng không?", "corrected", "không nêu đầu mối báo cáo này", GENERAL, "no line of its own: that of all"),
]
OTHERWISE = [
    ("UBND xã Sông Lau gửi báo cáo về Phòng VHKHTT trước ngày 01/12/2026 đúng không?", "a day is claimed, too"),
    ("UBND xã Sông Lau báo cáo về trẻ em đuối nước đúng không?", "a subject, no desk"),
    ("Phòng Y tế Sông Lau báo cáo về Phòng Kinh tế đúng không?", "it may be one of all"),
    ("Trạm Thủy văn Sông Lau báo cáo về Sở Nội vụ đúng không?", "it may be the one above"),
    ("UBND xã Sông Lau báo cáo về phòng nào?", "nothing is claimed"),
]


def _compose(question: str) -> Draft | None:
    plan = parse(read_text("songlau", TEXT))
    plans = {plan.id: plan}
    query = Understander(plans).understand(question, (), ())
    return report_claims.compose(Material(query, [], plans, Vocabulary.of(plans), lambda _: []))


@pytest.mark.parametrize(("question", "status", "lead", "said", "why"), CLAIMS, ids=[why for *_, why in CLAIMS])
def test_a_reporting_line_is_judged_by_the_lines_of_the_plan(question: str, status: str, lead: str, said: str, why: str) -> None:
    draft = _compose(question)
    assert draft, why
    assert draft.status == status
    assert lead in draft.lead
    assert [statement for statement in draft.statements if said not in statement.text] == []


@pytest.mark.parametrize(("question", "why"), OTHERWISE, ids=[why for _, why in OTHERWISE])
def test_more_than_a_line_is_left_to_others(question: str, why: str) -> None:
    assert _compose(question) is None, why
