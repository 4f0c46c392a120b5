"""What a plan rests on, told whole; a cited document by its number, whoever issued it; a form is no document."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract import cited, grounds
from xhht_qa.extract.material import Material
from xhht_qa.extract.values import required_value
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.query.slots import slot_of
from xhht_qa.types import Draft, Passage, Query

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG LAU
Số: 31/KH-UBND
Sông Lau, ngày 02 tháng 3 năm 2026
KẾ HOẠCH
Phòng, chống đuối nước cho trẻ em năm 2026
Căn cứ Nghị quyết số 12-NQ/HU ngày 05/01/2026 của Huyện ủy Sông Lau; Kế hoạch số 8/KH-UBND ngày 20/01/2026 của UBND tỉnh Trúc Khê về phòng, chống đuối nước.
I. MỤC TIÊU
Giảm số vụ đuối nước so với năm 2025.
II. TIÊU CHUẨN
1. Thôn đạt chỉ tiêu theo Quyết định số 40/QĐ-SYT ngày 06/02/2026 của Sở Y tế; có hồ bơi đạt danh hiệu “Bến an toàn” theo Quyết định số 77/QĐ-SVH.
2. Xã đạt danh hiệu “Bến an toàn” theo Quyết định số 78/QĐ-SVH.
"""
OTHER = TEXT.replace("SÔNG LAU", "ĐỒI SIM").replace("Sông Lau", "Đồi Sim").replace("31/KH", "9/KH").replace("ngày 20/01/2026", "ngày 21/01/2026")
ASKED = [
    ("kế hoạch Sông Lau căn cứ gì", ["12-NQ/HU", "8/KH-UBND"], "all of them, none from further down"),
    ("song lau dua vao van ban nao", ["12-NQ/HU", "8/KH-UBND"], "typed without accents"),
    ("Cơ sở pháp lý của kế hoạch huyện Sông Lau là gì?", ["12-NQ/HU", "8/KH-UBND"], "by another word"),
    ("kế hoạch 8 của Trúc Khê ban hành ngày nào", ["20/01/2026"], "by its figures alone and whose it is"),
    ("nghi quyet so 12 do ai ban hanh", ["của Huyện ủy Sông Lau"], "by whom"),
    ("kế hoạch 8 của Mường Chanh ban hành ngày nào", [], "the number is another place's"),
    ("Kế hoạch 31 ban hành ngày nào?", None, "the plan's own number"),
    ("kế hoạch năm 2026 của Sông Lau ban hành ngày nào", None, "a year is no number"),
    ("Kế hoạch phòng, chống Covid-19 ban hành ngày nào?", None, "a number of the subject"),
    ("Kế hoạch triển khai Đề án 06 ban hành ngày nào?", None, "a number of what the plan carries out"),
    ("Sông Lau căn cứ gì để xét thôn an toàn?", None, "a standard, no document"),
]


def _compose(question: str, *texts: str) -> Draft | None:
    plans = {plan.id: plan for place, text in enumerate(texts) for plan in [parse(read_text(f"p{place}", text))]}
    query = Understander(plans).understand(question, (), ())
    return cited.compose(Material(query, [], plans, Vocabulary.of(plans), lambda _: []))


@pytest.mark.parametrize(("question", "said", "why"), ASKED, ids=[why for *_, why in ASKED])
def test_what_is_cited_is_told(question: str, said: list[str] | None, why: str) -> None:
    draft = _compose(question, TEXT)
    if said is None:
        assert draft is None, why
        return
    assert draft
    assert draft.status == ("answered" if said else "not_found")
    text = "\n".join(statement.text for statement in draft.statements)
    assert [words for words in (*said, "40/QĐ-SYT") if words not in text] == ["40/QĐ-SYT"], why


def test_a_title_that_has_the_number_is_not_quoted_for_its_day() -> None:
    text = TEXT.replace("Phòng, chống đuối nước cho trẻ em năm 2026\n", "Thực hiện Nghị quyết số 12-NQ/HU về đuối nước\n", 1)
    draft = _compose("nghị quyết 12 ban hành ngày nào", text)
    assert draft
    assert [statement.text for statement in draft.statements] == ["Nghị quyết số 12-NQ/HU ngày 05/01/2026 của Huyện ủy Sông Lau."]


def test_two_dates_of_one_number_are_told_apart() -> None:
    draft = _compose("kế hoạch 8 ban hành ngày nào", TEXT, OTHER)
    assert draft
    assert (draft.status, [statement.plan for statement in draft.statements]) == ("clarify", ["UBND huyện Sông Lau", "UBND huyện Đồi Sim"])


def test_the_document_is_the_one_that_stands_behind_the_words_asked() -> None:
    plan = parse(read_text("p", TEXT))
    passages = [Passage("p", address, score, {}) for address, score in (("II.1", 1.0), ("II.2", 0.7))]
    question = "Bến an toàn theo quyết định nào?"
    draft = grounds.compose(Material(Query(question, question, question, "legal_basis"), passages, {"p": plan}, Vocabulary.of({"p": plan}), lambda _: []))
    assert draft
    assert [statement.text for statement in draft.statements] == ["Quyết định số 77/QĐ-SVH.", "Quyết định số 78/QĐ-SVH."], "the plan gives both"


def test_the_number_of_a_form_is_that_of_no_document() -> None:
    question = "báo cáo thành tích theo mẫu số mấy"
    assert slot_of(question) == "content"
    printed = required_value(Query(question, question, question, "content"))
    assert printed
    sample = "trung tâm lấy mẫu nước ở hồ nào"
    assert required_value(Query(sample, sample, sample, "content")) is None, "a sample is no form"
    assert [bool(printed.search(text)) for text in ("theo Mẫu số 03", "theo Nghị định số 98/2023/NĐ-CP")] == [True, False]
