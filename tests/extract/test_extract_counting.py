"""How many there are: all that stand under the heading of their kind, counted; no number where more is asked for than that."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract import counting
from xhht_qa.extract.material import Material
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.types import Draft

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG LAU
KẾ HOẠCH
Phòng, chống đuối nước cho trẻ em năm 2026
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Giảm số vụ đuối nước.
b) Nội dung học bơi đến được từng thôn.
c) Người lớn biết sơ cứu.
2. Yêu cầu
- Làm thường xuyên.
- Không phô trương.
II. TIÊU CHÍ XÉT CHỌN VÀ HÌNH THỨC KHEN
1. Thôn an toàn
Không có vụ đuối nước nào.
2. Giấy khen
Tặng 03 thôn.
III. NHIỆM VỤ, GIẢI PHÁP
1. Mở lớp dạy bơi.
2. Cắm biển báo ở ao, hồ.
3. Trực cứu hộ mùa hè.
4. Rào giếng.
IV. NỘI DUNG KIỂM TRA
- Biển báo.
- Rào giếng.
"""
OTHER = TEXT.replace("ỦY BAN NHÂN DÂN\nHUYỆN SÔNG LAU", "CÔNG AN\nHUYỆN SÔNG LAU").replace("4. Rào giếng.\n", "")
COUNTED = [
    ("kế hoạch huyện Sông Lau có mấy giải pháp", "Có 4 mục", "Trực cứu hộ", "the heading joins what is one list"),
    ("song lau co may muc dich", "Có 3 mục", "sơ cứu", "points; one that opens with the word for a kind is no heading of it"),
    ("Sông Lau có bao nhiêu yêu cầu?", "Có 2 mục", "phô trương", "bullets"),
    ("kế hoạch phòng, chống đuối nước có mấy nội dung kiểm tra", "Có 2 mục", "Rào giếng", "the heading says the rest"),
    ("Sông Lau có mấy tiêu chí?", None, "", "the heading joins two lists"),
    ("Sông Lau có mấy giải pháp giao cho công an?", None, "", "some of them alone"),
    ("Sông Lau có mấy giải pháp, đúng 4 không?", None, "", "a number is to be confirmed"),
    ("Sông Lau có mấy lớp dạy bơi?", None, "", "no kind of part"),
]


def _compose(question: str, *texts: str) -> Draft | None:
    plans = {plan.id: plan for place, text in enumerate(texts) for plan in [parse(read_text(f"songlau{place}", text))]}
    query = Understander(plans).understand(question, (), ())
    return counting.compose(Material(query, [], plans, Vocabulary.of(plans), lambda _: []))


@pytest.mark.parametrize(("question", "lead", "said", "why"), COUNTED, ids=[why for *_, why in COUNTED])
def test_what_stands_under_the_heading_is_counted(question: str, lead: str | None, said: str, why: str) -> None:
    draft = _compose(question, TEXT)
    if lead is None:
        assert draft is None, why
        return
    assert draft, why
    assert lead in draft.lead
    assert said in draft.statements[0].text


def test_the_one_of_several_plans_that_has_the_heading_is_named() -> None:
    draft = _compose("Sông Lau có mấy giải pháp", TEXT, OTHER.replace("III. NHIỆM VỤ, GIẢI PHÁP", "III. VIỆC LÀM"))
    assert draft
    assert [statement.plan for statement in draft.statements] == ["UBND huyện Sông Lau"]


def test_of_several_plans_each_tells_its_own() -> None:
    draft = _compose("có mấy giải pháp phòng đuối nước", TEXT, OTHER)
    assert draft
    assert draft.status == "clarify"
    assert [statement.plan for statement in draft.statements] == ["UBND huyện Sông Lau (4 mục)", "Công an huyện Sông Lau (3 mục)"]
