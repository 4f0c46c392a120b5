"""A plan seen as a whole: its parts, who reports to whom in it, who signed it."""

from __future__ import annotations

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract import clarify, confirm, document, lookup, refuse, reporting_lines, value
from xhht_qa.extract.material import Material
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.types import CLOSING, Passage

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG LAU
Số: 31/KH-UBND
KẾ HOẠCH
Phòng, chống đuối nước cho trẻ em năm 2026
I. MỤC TIÊU
Giảm số vụ đuối nước so với năm 2025.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Giáo dục và Đào tạo
- Tổng hợp, báo cáo UBND huyện trước ngày 15/12/2026.
2. Ủy ban nhân dân các xã
- Rà soát ao, hồ; gửi danh sách về Phòng Giáo dục và Đào tạo trước ngày 10/4/2026.
- Báo cáo Phòng Giáo dục và Đào tạo trước ngày 05/12/2026.
III. YÊU CẦU
- Làm thường xuyên.
- Không phô trương.
IV. KHEN THƯỞNG
1. Đối tượng khen thưởng
1.1. Tập thể: các thôn.
1.2. Cá nhân: người cứu người.
2. Tiêu chuẩn
a) Đối với thôn
- Có biển báo ở ao, hồ.
- Được công nhận “Thôn an toàn” theo tiêu chí của UBND tỉnh.
Nơi nhận:
- Phòng Giáo dục và Đào tạo;
- Lưu: VT.
"""
ASKED = [
    (lookup, "tom tat ke hoach cua huyen song lau", ["I. MỤC TIÊU", "II. TỔ CHỨC THỰC HIỆN", "2. Ủy ban nhân dân các xã"], "its parts and what is below them"),
    (lookup, "kế hoạch huyện Sông Lau gồm mấy phần?", ["II. TỔ CHỨC THỰC HIỆN"], "the parts are counted"),
    (lookup, "yeu cau ke hoach song lau", ["thường xuyên", "phô trương"], "a heading over bullets, asked for without a word that asks"),
    (lookup, "đối tượng khen thưởng ở Sông Lau là ai", ["các thôn", "người cứu người"], "a word of the heading that says little elsewhere"),
    (lookup, "đối tượng khen thưởng chống nước ở Sông Lau", None, "more than the heading, though the title has the words apart"),
    (lookup, "Tóm tắt kế hoạch đuối nước của trường học huyện Sông Lau", None, "of what is asked for, a part alone"),
    (
        reporting_lines,
        "ai bao cao cho ai o huyen song lau",
        ["Phòng Giáo dục và Đào tạo → UBND huyện (trước ngày 15/12/2026)", "Ủy ban nhân dân các xã → Phòng Giáo dục và Đào tạo (trước ngày 10/4/2026; "],
        "every pair once, with its days",
    ),
    (reporting_lines, "huyện Sông Lau báo cáo cho ai", ["Phòng Giáo dục và Đào tạo → UBND huyện", "Ủy ban nhân dân các xã → Phòng"], "the plan alone is named"),
    (reporting_lines, "Ai báo cáo UBND huyện Sông Lau?", None, "one body is named"),
    (reporting_lines, "Đơn vị nào báo cáo cho cơ quan nào về ao, hồ ở huyện Sông Lau?", None, "one thing is named"),
    (document, "ai ký kế hoạch của huyện Sông Lau", ["không ghi người ký"], "the signature is not printed"),
    (document, "ai ký hợp đồng ở huyện Sông Lau", None, "who signs something else"),
]


@pytest.mark.parametrize(("composer", "question", "said", "why"), ASKED, ids=[why for *_, why in ASKED])
def test_a_plan_is_told_as_a_whole(composer: object, question: str, said: list[str] | None, why: str) -> None:
    plan = parse(read_text("songlau", TEXT))
    plans = {plan.id: plan}
    query = Understander(plans).understand(question, (), ())
    draft = composer.compose(Material(query, [], plans, Vocabulary.of(plans), lambda _: []))  # type: ignore[attr-defined]  # a module
    if said is None:
        assert draft is None, why
        return
    assert draft, why
    text = "\n".join([draft.lead, *(statement.text for statement in draft.statements)])
    assert [words for words in said if words not in text] == [], text
    assert all(source.quote in TEXT for statement in draft.statements for source in statement.sources)


JOINT = """SỞ NỘI VỤ - HỘI NÔNG DÂN TỈNH SÔNG LAU
Số: 19/KHPH-SNV-HND
Sông Lau, ngày 11 tháng 3 năm 2026
KẾ HOẠCH PHỐI HỢP
Vận động bảo hiểm
I. MỤC TIÊU
Thêm 450 người.
SỞ NỘI VỤ
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Lò Thị Lau
HỘI NÔNG DÂN
TM. BAN THƯỜNG VỤ
CHỦ TỊCH
Mai H'Lan
"""


def test_every_signer_of_a_joint_plan_is_named() -> None:
    plan = parse(read_text("songlau", JOINT))
    query = Understander({plan.id: plan}).understand("kế hoạch của Hội Nông dân Sông Lau do ai ký", (), ())
    draft = document.compose(Material(query, [], {plan.id: plan}, Vocabulary.of({plan.id: plan}), lambda _: []))
    assert query.plans == (plan.id,), "any of its agencies names it"
    assert draft
    assert [(len(statement.sources), statement.text.partition(" do ")[2]) for statement in draft.statements] == [
        (
            2,
            "Phó Giám đốc Lò Thị Lau ký thay Giám đốc (bản in ghi: SỞ NỘI VỤ / KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC); "
            "Chủ tịch Mai H'Lan ký (bản in ghi: HỘI NÔNG DÂN / TM. BAN THƯỜNG VỤ / CHỦ TỊCH).",
        )
    ]


def test_to_whom_a_plan_is_sent_tells_nothing_of_them() -> None:
    plan = parse(read_text("songlau", TEXT))
    plans = {plan.id: plan}
    query = Understander(plans).understand("Phòng Giáo dục và Đào tạo tổng hợp gì?", (), ())
    passages = [Passage(plan.id, CLOSING, 1.0), Passage(plan.id, "II.1", 0.2)]
    assert Material(query, passages, plans, Vocabulary.of(plans), lambda _: []).best.section.address == "II.1"


def test_a_criterion_that_calls_itself_one_is_not_told_alone() -> None:
    plan = parse(read_text("songlau", TEXT))
    plans = {plan.id: plan}
    query = Understander(plans).understand("tiêu chí cho thôn ở Sông Lau", (), ())
    material = Material(query, [Passage(plan.id, "IV.2.a", 1.0)], plans, Vocabulary.of(plans), lambda _: [])
    statement = value.statement_of(material, material.best)
    assert "biển báo" in statement.text
    assert "Thôn an toàn" in statement.text


def test_a_piece_without_a_word_of_the_question_is_no_answer() -> None:
    plan = parse(read_text("songlau", TEXT))
    plans = {plan.id: plan}
    for question, refused in (("bệnh viện phải làm gì ở Sông Lau", True), ("ao, hồ ai rà soát ở Sông Lau", False)):
        query = Understander(plans).understand(question, (), ())
        draft = refuse.unheld(Material(query, [Passage(plan.id, "II.2", 1.0)], plans, Vocabulary.of(plans), lambda _: []))
        assert bool(draft) is refused, question


def test_each_of_several_plans_answers_as_if_it_had_been_named() -> None:
    text = "ỦY BAN NHÂN DÂN\nHUYỆN {}\nKẾ HOẠCH\nTrồng rừng ven hồ\nI. HỌP\nTổng kết phong trào ở xã.\nII. TIẾN ĐỘ\nTổng kết phong trào trong quý {}/2026.\n"
    plans = {plan.id: plan for plan in (parse(read_text("a", text.format("SÔNG LAU", "III"))), parse(read_text("b", text.format("ĐỒI SIM", "IV"))))}
    query = Understander(plans).understand("tổng kết phong trào khi nào", (), ())
    found = [Passage("a", "I", 1.0), Passage("b", "I", 0.95)]
    draft = clarify.compose(Material(query, found, plans, Vocabulary.of(plans), lambda asked: [Passage(asked.plans[0], "II", 1.0)]))
    assert draft
    assert [statement.text for statement in draft.statements] == [f"Tổng kết phong trào trong quý {quarter}/2026." for quarter in ("III", "IV")]


REPORTS = (
    "ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAU\nKẾ HOẠCH\nTrồng rừng ven hồ\nI. BÁO CÁO NĂM\n"
    "a) UBND các huyện gửi báo cáo về Sở Nội vụ trước ngày 08/12/2026.\nb) UBND cấp xã gửi báo cáo về UBND cấp huyện trước ngày 01/12/2026.\n"
    "II. BÁO CÁO KHÁC\na) UBND các huyện gửi báo cáo quý trước ngày 10/4/2026.\nb) Sở Y tế gửi báo cáo 6 tháng trước ngày 10/6/2026.\n"
)


@pytest.mark.parametrize(
    ("question", "address", "days", "why"),
    [
        ("Sông Lau báo cáo năm trước ngày nào", "I.b", ["08/12/2026", "01/12/2026"], "each body has its day, and none is named"),
        ("cấp xã Sông Lau báo cáo năm trước ngày nào", "I.b", ["01/12/2026"], "one is named"),
        ("Sông Lau báo cáo quý trước ngày nào", "II.a", ["10/4/2026"], "the other point is on another period"),
    ],
)
def test_the_day_of_each_body_is_told_where_none_is_named(question: str, address: str, days: list[str], why: str) -> None:
    plan = parse(read_text("a", REPORTS))
    query = Understander({plan.id: plan}).understand(question, (), ())
    material = Material(query, [Passage("a", address, 1.0)], {plan.id: plan}, Vocabulary.of({plan.id: plan}), lambda _: [])
    text = value.statement_of(material, material.best).text
    assert [day for day in ("08/12/2026", "01/12/2026", "10/4/2026", "10/6/2026") if day in text] == days, why


def test_a_claim_of_one_level_is_held_against_the_day_of_that_level() -> None:
    plan = parse(read_text("a", REPORTS))
    query = Understander({plan.id: plan}).understand("cấp huyện Sông Lau báo cáo năm trước 05/12 đúng không", (), ())
    found = [Passage("a", "I.b", 1.0), Passage("a", "I.a", 0.9)]
    draft = confirm.compose(Material(query, found, {plan.id: plan}, Vocabulary.of({plan.id: plan}), lambda _: []))
    assert draft
    assert draft.status == "corrected"
    assert "08/12/2026" in draft.statements[0].text
