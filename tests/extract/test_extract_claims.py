"""What a yes-or-no question claims, against the sentence or the row that is about it."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract.claims import Acting, counts_in, verdicts, without_claims
from xhht_qa.extract.units import Unit

PLAN = """KẾ HOẠCH
Chăm sóc hồ sen

I. NHIỆM VỤ
1. Mỗi huyện có 02 đội, mỗi quận có 03 đội; số ca giảm 21%.
2. Sở Nội vụ mở 03 lớp tại Lũng Mây trước ngày 15/9/2025.
3. Các sở, ban, ngành gửi báo cáo trước ngày 05/12/2025.
4. Sở Nội vụ chủ trì, phối hợp với Hội Sinh vật cảnh thả giống sen.
5. Mở lớp theo Nghị định số 71/2024/NĐ-CP ngày 15/6/2024 của Chính phủ.
"""
LEADS = "Sở Nội vụ; Hội Sinh vật cảnh"  # the second one helps
CLAIMS = [
    ("Mỗi huyện có 02 đội", 0, "", ["borne out"], "the figure beside the same words"),
    ("Mỗi huyện có 03 đội", 0, "", ["contradicted"], "three is the number of the quận"),
    ("Mỗi huyện có 05 xe", 0, "", ["unsaid"], "nothing is said of xe"),
    ("Số ca tăng 21%", 0, "", ["borne out", "contradicted"], "the figure is right, the direction is not"),
    ("Sở Nội vụ mở ba lớp", 1, "Sở Nội vụ", ["borne out", "borne out"], "a number in letters"),
    ("Sở Tài chính mở 03 lớp", 1, "Sở Nội vụ", ["borne out", "contradicted"], "another body"),
    ("Lớp mở ở Đồi Sim", 1, "", ["contradicted"], "another place"),
    ("Lớp mở ở Lũng Mây trước 15/9/2025", 1, "", ["borne out", "borne out"], "date and place"),
    ("Lớp mở trước 20/9/2025", 1, "", ["contradicted"], "another date"),
    ("Sở Tài chính gửi báo cáo trước 05/12/2025", 2, "Các sở, ban, ngành", ["borne out", "unsaid"], "one of the sở"),
    ("Mở lớp trước ngày 20/9/2025", 4, "", ["unsaid"], "its only day is that of a document"),
    ("Nghị định số 71/2024/NĐ-CP ban hành ngày 15/6/2024", 4, "", ["borne out"], "the day of the document itself"),
    ("Sở Nội vụ chủ trì thả giống sen", 3, LEADS, ["borne out"], "it leads"),
    ("Hội Sinh vật cảnh chủ trì thả giống sen", 3, LEADS, ["contradicted"], "it only helps"),
    ("Hội Sinh vật cảnh phối hợp thả giống sen", 3, LEADS, ["borne out"], "it helps"),
    ("Sở Tài chính chủ trì thả giống sen", 3, LEADS, ["contradicted"], "another one leads"),
    ("Sở Nội vụ chủ trì quan trắc nước hồ", 3, LEADS, ["unsaid"], "the work is another one, though the body acts"),
]


@pytest.mark.parametrize(("question", "place", "acting", "expected", "why"), CLAIMS)
def test_each_claim_has_a_verdict(question: str, place: int, acting: str, expected: list[str], why: str) -> None:
    plan = parse(read_text("ho-sen.txt", PLAN))
    section = next(section for section in plan.sections if section.address == f"I.{place + 1}")
    paragraph = section.paragraphs[0]
    unit = Unit(plan.id, section, paragraph, paragraph.text, "", 1.0, 1.0)
    bodies = acting.split("; ") if acting else []
    asked = set(without_claims(question).lower().split())
    found = verdicts(question, question, unit, Acting(bodies, bodies[1:]), lambda text: len(asked & set(text.lower().split())))
    assert list(found) == expected, why


def test_a_date_or_a_year_counts_nothing() -> None:
    assert counts_in("Năm 2025 mở hai lớp trước ngày 15/9/2025") == [("2", "lop")]
