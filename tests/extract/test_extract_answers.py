"""What is said for each kind of question, over the sample plans."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from invariants import quotes_printed

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.engine import Engine
from xhht_qa.extract import grounds
from xhht_qa.extract.material import Material
from xhht_qa.extract.value import statement_of
from xhht_qa.extract.values import misses_rate
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.settings import load_settings
from xhht_qa.text.dates import dates_in
from xhht_qa.types import Answer, Passage, Query


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(load_settings(index_dir=sample_index))


def cited(answer: Answer) -> set[tuple[str, str]]:
    return {(citation.plan, citation.section) for citation in answer.citations}


VALUES = [
    ("UBND cấp xã ở tỉnh Lam Khê gửi báo cáo năm trước ngày nào?", "01/12/2025", ["05/12", "08/12", "05/6"], ("ubnd-tinh-lamkhe-cds", "IV.2.c"), "not another level's, not the half-year's"),
    ("Các sở, ban, ngành tỉnh Lam Khê gửi báo cáo 6 tháng đầu năm trước ngày nào?", "10/6/2025", ["12/6", "05/12"], ("ubnd-tinh-lamkhe-cds", "IV.1.a"), "not the districts', not the year's"),
    ("o huyen khe moc muc ho tro sua chua nha o la bao nhieu", "30 triệu", ["60 triệu"], ("ubnd-huyen-khemoc-giamngheo", "Đ4.1.b"), "not that of a new house; typed without accents"),
    ("Hồ sơ khen thưởng sơ kết ở Hoài Khê gửi trước ngày nào?", "20/10/2027", ["15/6", "20/9/2030"], ("so-gddt-hoaikhe-xhht", "III.3.2.b"), "not the yearly, not the final one"),
    ("Khi phát hiện sự cố, huyện Suối Mây yêu cầu báo trong thời hạn bao nhiêu giờ?", "12 giờ", ["24 giờ"], ("ubnd-huyen-suoimay-cds", "III.4"), "not the province's"),
    ("Mỗi xã ở Vân Châu duy trì đội xung kích tối thiểu bao nhiêu người?", "50 người", ["620", "05 người"], ("ubnd-tinh-vanchau-pctt", "P2.II.1.d"), "not the soldiers, not the other plan's team"),
]  # fmt: skip
LISTS = [
    (
        "Hồ sơ cấp Giấy chứng nhận an toàn thực phẩm ở Vân Châu gồm những gì?",
        ("chicuc-attp-vanchau", "B.III.1"),
        ["Đơn đề nghị theo mẫu", "Bản thuyết minh", "Giấy xác nhận đủ sức khỏe", "Danh sách người đã được tập huấn"],
        ["01 bộ hồ sơ", "thẩm xét"],
    ),
    (
        "Hồ sơ đề nghị hỗ trợ sinh kế của huyện Khê Mộc gồm những gì?",
        ("ubnd-huyen-khemoc-giamngheo", "Đ5.3"),
        ["Đơn đăng ký", "Biên bản họp cộng đồng", "Thuyết minh dự án", "Cam kết bao tiêu"],
        ["dê sinh sản", "10 ngày làm việc"],
    ),
    (
        "Tiêu chí bình xét đối với trường phổ thông ở Hoài Khê là gì?",
        ("so-gddt-hoaikhe-xhht", "III.1.1.a"),
        ["02 buổi mỗi tuần", "90% viên chức"],
        ["06 chuyên đề", "25% dân số", "60 tiết"],
    ),
    (
        "Lịch chiến dịch diệt lăng quăng của Mộc Hải gồm những đợt nào?",
        ("cdc-mochai-sxh", "3.2.1"),
        ["Tháng 3", "Tháng 5", "Tháng 7", "Tháng 9", "Tháng 11"],
        ["300 mẫu", "03 ngày"],
    ),
]
DOCUMENTS = [
    ("Kế hoạch của UBND tỉnh Lam Khê do ai ký?", ["Đoàn Mộc Lâm", "Phó Chủ tịch", "thay"], "KT. CHỦ TỊCH: the deputy signs for the chair"),
    ("Ai ký kế hoạch của huyện Suối Mây?", ["Lò Vân Sinh", "Chủ tịch"], "the chair signs himself"),
    ("ai ky ke hoach cua huyen khe moc", ["Hà Thị Nguồn"], "without accents"),
    ("Nơi nhận của kế hoạch Sở Nội vụ Lam Khê gồm những ai?", ["UBND tỉnh", "Ban Giám đốc Sở", "Các phòng, đơn vị thuộc Sở"], "all recipients"),
    ("ke hoach cua moc hai do ai ky ngay nao", ["Trương Hoài Mộc", "để trống ngày ban hành"], "of two things asked the print leaves one blank"),
    ("Kế hoạch cải cách hành chính của Sở Nội vụ tỉnh Lam Khê có số hiệu nào?", ["152/KH-SNV"], "its number"),
]
CITING = [
    ("kế hoạch nào căn cứ quyết định 749", {"ubnd-tinh-lamkhe-cds"}, "by the number alone"),
    ("nhung ke hoach nao nhac den thong tu 54", {"cdc-mochai-sxh"}, "without accents"),
    ("Các kế hoạch nào viện dẫn Nghị định số 15/2018/NĐ-CP?", {"chicuc-attp-vanchau"}, "by the whole number"),
    ("kế hoạch nào căn cứ quyết định 74", set(), "a number is no beginning of another"),
]
SILENT = [
    ("Giá vàng hôm nay là bao nhiêu?", "off the topic"),
    ("Cách nấu phở bò?", "off the topic"),
    ("phi gui xe o so noi vu lam khe bao nhieu", "“kinh phí” is no “phí”"),
    ("Số điện thoại của Sở Nội vụ Lam Khê là gì?", "no telephone number is printed"),
    ("Lệ phí cấp Giấy chứng nhận an toàn thực phẩm ở Vân Châu là bao nhiêu?", "no such sum"),
    ("Sở Tư pháp tỉnh Lam Khê được cấp bao nhiêu tiền để số hóa sổ hộ tịch?", "the right topic, no such sum"),
    ("Trưởng Ban Chỉ đạo chuyển đổi số huyện Suối Mây tên là gì?", "no person is named"),
    ("Kế hoạch của huyện Suối Mây mang số bao nhiêu?", "the print leaves it blank"),
    ("Kế hoạch của Mộc Hải ban hành ngày nào?", "the print leaves it blank"),
    ("Kế hoạch của tỉnh Ninh Sơn quy định gì?", "no such plan"),
    ("bao cao quy cua hoai khe nop truoc ngay nao", "the day of the yearly report is another"),
    ("Lam Khê báo cáo tháng về chuyển đổi số trước ngày nào?", "no monthly report"),
    ("Hoài Khê có báo cáo quý không?", "whether there is a report of that period, too"),
    ("giao vien day xoa mu chu o hoai khe duoc tra bao nhieu tien mot tiet", "a sum for all classes is no rate"),
    ("Hoài Khê tổng kết trước ngày 30/9/2030 đúng không?", "when dossiers are due says nothing of the review"),
]
AMBIGUOUS = [
    ("Mỗi lớp bồi dưỡng có bao nhiêu học viên?", {"ubnd-huyen-suoimay-cds": "30", "ubnd-tinh-lamkhe-cds": "40"}),
    ("Khi phát hiện sự cố phải báo trong bao nhiêu giờ?", {"ubnd-huyen-suoimay-cds": "12 giờ", "ubnd-tinh-lamkhe-cds": "24 giờ"}),
    ("Số hóa sổ hộ tịch lịch sử xong trước ngày nào?", {"ubnd-huyen-suoimay-cds": "15/6/2025", "ubnd-tinh-lamkhe-cds": "30/6/2025"}),
]


@pytest.mark.parametrize(("question", "value", "siblings", "section", "why"), VALUES)
def test_one_value_is_given_and_not_its_siblings(engine: Engine, question: str, value: str, siblings: list[str], section: tuple[str, str], why: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered", answer.answer
    assert value in answer.answer, why
    assert [sibling for sibling in siblings if sibling in answer.answer] == [], why
    assert cited(answer) == {section}
    quotes_printed(engine.plans, answer)


@pytest.mark.parametrize(("question", "section", "items", "neighbours"), LISTS)
def test_a_list_is_whole_and_holds_nothing_of_its_neighbours(
    engine: Engine, question: str, section: tuple[str, str], items: list[str], neighbours: list[str]
) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert [item for item in items if item not in answer.answer] == [], "missing"
    assert [words for words in neighbours if words in answer.answer] == [], "of a neighbour"
    assert cited(answer) == {section}


@pytest.mark.parametrize(("question", "said", "why"), DOCUMENTS)
def test_questions_about_a_plan_as_a_document(engine: Engine, question: str, said: list[str], why: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert [words for words in said if words.lower() not in answer.answer.lower()] == [], why
    assert {citation.section for citation in answer.citations} <= {"mo-dau", "ket-thuc"}
    assert answer.citations
    quotes_printed(engine.plans, answer)


@pytest.mark.parametrize("plan", ["27/KH-ATTP", "381/KH-SGDĐT", "63/KH-KSBT"])
def test_the_quote_beside_a_number_is_the_line_that_prints_it(engine: Engine, plan: str) -> None:
    answer = engine.ask(f"Kế hoạch số {plan} có số hiệu là gì?")
    assert [plan in citation.quote.replace("*", "") for citation in answer.citations] == [True]


@pytest.mark.parametrize(("question", "why"), SILENT)
def test_what_the_plans_do_not_state_is_not_answered(engine: Engine, question: str, why: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "not_found", (why, answer.answer)
    assert answer.answer
    assert dates_in(answer.answer) == frozenset(), "no guess"


def test_when_a_report_or_a_review_is_due_is_not_told_by_other_papers() -> None:
    plan = parse(
        read_text(
            "a.txt",
            "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG SẬY\nKẾ HOẠCH\nDạy bơi\nI. THỰC HIỆN\n"
            "1. Hồ sơ khen thưởng hằng năm các thôn nộp, gửi cho Văn phòng trước ngày 15/7.\n"
            "2. Các thôn báo cáo kết quả hằng năm về Phòng Văn hóa trước ngày 05/12.\n"
            "3. Hồ sơ khen thưởng sơ kết gửi Văn phòng trước ngày 31/5/2027.\n"
            "4. Các thôn tiến hành sơ kết phong trào trước ngày 20/5/2027.\n",
        )
    )
    plans = {plan.id: plan}
    understander = Understander(plans)
    for question, section in (
        ("báo cáo hằng năm nộp trước ngày nào, gửi cho ai?", "I.2"),
        ("hồ sơ khen thưởng hằng năm nộp trước ngày nào, gửi cho ai?", "I.1"),
        ("sơ kết trước ngày 30/5/2027 đúng không?", "I.4"),
        ("hồ sơ sơ kết gửi trước ngày 30/5/2027 đúng không?", "I.3"),
    ):
        query = understander.understand(question, (), ())
        passages = [Passage(plan.id, address, score=1.0) for address in ("I.1", "I.2", "I.3", "I.4")]
        assert Material(query, passages, plans, Vocabulary.of(plans), lambda _: []).best.section.address == section, question


FISH = (
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG SẬY\nSố: 21/KH-UBND\nKẾ HOẠCH\nNuôi cá\nI. THỰC HIỆN\n1. Trình tự cấp mã ao\na) Văn phòng nhận tờ khai.\nb) Tổ thú y xem ao.\n"
    "2. Người trông ao được bồi dưỡng 120.000 đồng/ngày.\nII. KINH PHÍ\n1. Tổng kinh phí là 412 triệu đồng, gồm:\na) Bồi dưỡng người trông ao: 290 triệu đồng;\n"
    "b) Con giống: 122 triệu đồng.\nIII. BÁO CÁO\n1. Danh sách đề nghị gửi Phòng Nội vụ trước ngày 25/11/2026.\n2. Lễ ra quân làm tại thôn.\n"
    "3. Điểm nuôi báo cáo nhanh về Hội đồng nuôi cá trước 10 giờ.\n4. Hội đồng nuôi cá báo cáo UBND huyện trước 11 giờ.\n"
    "5. Khen 10 tổ, 25 cá nhân; tiền thưởng 6 triệu đồng/tổ và 1,5 triệu đồng/cá nhân, lấy từ quỹ của xã.\n"
    "6. Lịch dạy\nNgày | Nội dung | Giờ\n11/6 | Ủ phân (90 phút) | 14 giờ 20\n12/6 | Bài dạy tự chọn mỗi môn (50 phút) | 7 giờ 30\n"
)


@pytest.mark.parametrize(
    ("question", "sections", "value", "why"),
    [
        ("Tổng kinh phí là bao nhiêu?", ("II.1.a", "II.1.b"), "412 triệu", "the total, which stands above its parts"),
        ("Trong tổng kinh phí, tiền con giống là bao nhiêu?", ("II.1.a", "II.1.b"), "122 triệu", "the part that is asked for"),
        ("Người trông ao một ngày được bồi dưỡng bao nhiêu?", ("II.1.a", "I.2"), "120.000 đồng/ngày", "a rate, not the sum for all"),
        ("Hội đồng nuôi cá báo cáo nhanh cho cơ quan nào, trước mấy giờ?", ("III.3", "III.4"), "11 giờ", "what the body hands in, not what it gets"),
        ("Xã thưởng mỗi cá nhân bao nhiêu tiền?", ("III.5",), "1,5 triệu đồng/cá nhân", "of two rates the one by its unit"),
        ("Môn ủ phân dạy ngày nào, mấy giờ?", ("III.6",), "11/6", "the row that has what is named for itself"),
        (
            "Đề nghị nêu trình tự cấp mã ao theo Kế hoạch số 21/KH-UBND của xã Đồng Sậy.",
            ("I.1", "I.1.b", "I.1.a"),
            "tờ khai",
            "a courtesy and the plan's own number ask for nothing",
        ),
    ],
)
def test_what_is_asked_of_money_and_order_is_told(question: str, sections: tuple[str, ...], value: str, why: str) -> None:
    plan = parse(read_text("a.txt", FISH))
    plans = {plan.id: plan}
    query = Understander(plans).understand(question, (), ())
    material = Material(query, [Passage(plan.id, section, 1.0) for section in sections], plans, Vocabulary.of(plans), lambda _: [])
    assert value in statement_of(material, material.best).text, why


@pytest.mark.parametrize(
    ("question", "text", "expected", "why"),
    [
        ("trả bao nhiêu tiền một tiết", "Tổng tiền dạy là 9 triệu đồng.", True, "a sum for all"),
        ("trả bao nhiêu tiền một tiết", "Mức trả 90.000 đồng/tiết.", False, "by its unit"),
        ("hỗ trợ bao nhiêu một cháu", "Hỗ trợ 360.000 đồng/trẻ/tháng.", False, "who gets it has many names"),
        ("mua bao nhiêu một cân", "Giá mua là 7.000 đồng/kg.", False, "and so has the kilogramme"),
        ("thu bao nhiêu một hộp", "Tổng tiền thu là 9 triệu đồng.", True, "a box is no household"),
    ],
)
def test_a_rate_is_told_by_its_unit(question: str, text: str, expected: bool, why: str) -> None:
    assert misses_rate(Query(question, question, question, "budget"), text) is expected, why


def test_a_heading_without_text_of_its_own_is_no_answer(engine: Engine) -> None:
    answer = engine.ask("KP giam ngheo khe moc nam 2025 lay o dau")
    assert answer.citations
    assert all(citation.section.startswith("Đ8.") for citation in answer.citations), "the clauses below “Điều 8. Kinh phí”, not that line"


def test_an_off_topic_question_with_common_words_is_refused(engine: Engine) -> None:
    assert engine.ask("Sông nào dài nhất châu Phi?").status == "not_found"


def test_a_refusal_names_sections_that_exist(engine: Engine) -> None:
    answer = engine.ask("Số điện thoại của Sở Nội vụ Lam Khê là gì?")
    labels = {section.label.lower() for section in engine.plans["so-noi-vu-lamkhe-cchc"].sections}
    named = [line.removeprefix("- ").split(", Kế hoạch")[0].lower() for line in answer.answer.split("\n") if line.startswith("- ")]
    assert named
    assert set(named) <= labels


@pytest.mark.parametrize(("question", "values"), AMBIGUOUS)
def test_an_ambiguous_question_lists_each_plan(engine: Engine, question: str, values: dict[str, str]) -> None:
    answer = engine.ask(question)
    assert answer.status == "clarify"
    assert {citation.plan for citation in answer.citations} == set(values)
    for option in answer.options:
        picked = engine.ask(option)
        assert picked.status == "answered", "a reading is a question that can be asked as it stands"
        assert len({citation.plan for citation in picked.citations}) == 1
    assert len(answer.options) == len(values)
    for plan, value in values.items():
        lines = [line for line in answer.answer.split("\n") if engine.plans[plan].metadata.issuer in line]
        assert len(lines) == 1, plan
        assert value in lines[0], plan
    picked = engine.ask(question, scope=list(values)[:1])
    assert picked.status == "answered", "with one plan picked nothing is ambiguous"


@pytest.mark.parametrize(
    ("question", "plans"),
    [
        ("Huyện Suối Mây và tỉnh Lam Khê yêu cầu báo sự cố an toàn thông tin trong mấy giờ?", {"ubnd-huyen-suoimay-cds": "12 giờ", "ubnd-tinh-lamkhe-cds": "24 giờ"}),
        ("Kinh phí của Mộc Hải và Hoài Khê khác nhau thế nào?", {"cdc-mochai-sxh": "2.760 triệu", "so-gddt-hoaikhe-xhht": "5,8 tỷ"}),
    ],
)  # fmt: skip
def test_plans_are_set_side_by_side(engine: Engine, question: str, plans: dict[str, str]) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert {citation.plan for citation in answer.citations} >= set(plans)
    assert [value for value in plans.values() if value not in answer.answer] == []


@pytest.mark.parametrize(
    ("question", "status", "why"),
    [
        ("Báo cáo năm của UBND cấp xã tỉnh Lam Khê gửi trước ngày 01/12/2025 phải không?", "answered", "as printed"),
        ("Báo cáo năm của UBND cấp xã tỉnh Lam Khê gửi trước ngày 05/12/2025 phải không?", "corrected", "the date is a sibling's"),
        ("Báo cáo năm của UBND cấp xã tỉnh Lam Khê gửi trước ngày 15/8/2026 phải không?", "corrected", "the date is nowhere"),
    ],
)
def test_a_statement_is_confirmed_or_corrected(engine: Engine, question: str, status: str, why: str) -> None:
    answer = engine.ask(question)
    assert answer.status == status, why
    assert "01/12/2025" in answer.answer, "what the plan says is said in either case"
    assert cited(answer) == {("ubnd-tinh-lamkhe-cds", "IV.2.c")}


@pytest.mark.parametrize(
    ("question", "status", "said", "why"),
    [
        ("Chủ tịch tỉnh Lam Khê là ông Đoàn Mộc Lâm phải không?", "corrected", "Phó Chủ tịch Đoàn Mộc Lâm", "a deputy who signs for the head is not the head"),
        ("Phó Chủ tịch tỉnh Lam Khê là ông Đoàn Mộc Lâm phải không?", "answered", "Đúng.", "his own office"),
        ("Đoàn Mộc Lâm ở Lam Khê giữ chức gì?", "answered", "Phó Chủ tịch Đoàn Mộc Lâm", "his office is told by how he signs"),
        ("ai là chủ tịch huyện suối mây", "answered", "Lò Vân Sinh", "the head signs himself"),
        ("chủ tịch tỉnh lam khê tên gì", "not_found", "", "the head's name is nowhere printed"),
        (
            "UBND cấp xã tỉnh Lam Khê gửi báo cáo năm về Sở Tài chính trước ngày 01/12/2025 phải không?",
            "corrected",
            "01/12/2025",
            "the day is right, the recipient is not",
        ),
    ],
)
def test_who_signs_and_to_whom_is_judged(engine: Engine, question: str, status: str, said: str, why: str) -> None:
    answer = engine.ask(question)
    assert answer.status == status, (why, answer.answer)
    assert said in answer.answer, why


@pytest.mark.parametrize("question", ["Xin chào", "có những kế hoạch nào?", "Danh sách kế hoạch", "bạn là ai"])
def test_a_greeting_and_the_list_of_plans_guide(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "guide"
    assert answer.citations == ()
    assert [plan.title for plan in engine.plans.values() if plan.title not in answer.answer] == []


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Điểm b khoản 1 Điều 4 của kế hoạch huyện Khê Mộc quy định gì?", ("ubnd-huyen-khemoc-giamngheo", "Đ4.1.b")),
        ("Mục III.4 kế hoạch huyện Suối Mây nêu gì?", ("ubnd-huyen-suoimay-cds", "III.4")),
        ("Khoản 1 Điều 4 của kế hoạch huyện Khê Mộc quy định gì?", ("ubnd-huyen-khemoc-giamngheo", "Đ4.1")),
    ],
)
def test_a_section_named_by_its_number_answers(engine: Engine, question: str, section: tuple[str, str]) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert all(citation.plan == section[0] and citation.section.startswith(section[1]) for citation in answer.citations), cited(answer)


@pytest.mark.parametrize(
    ("question", "plan", "sections", "why"),
    [
        (
            "Tóm tắt mục đích, yêu cầu của kế hoạch chuyển đổi số tỉnh Lam Khê",
            "ubnd-tinh-lamkhe-cds", ["I", "I.1", "I.1.a", "I.1.b", "I.2", "I.2.a", "I.2.b", "I.2.c"], "both halves of the heading, with their points",
        ),
        ("yeu cau cua ke hoach chuyen doi so tinh lam khe", "ubnd-tinh-lamkhe-cds", ["I.2", "I.2.a", "I.2.b", "I.2.c"], "one half"),
        ("mục tiêu phòng chống sốt xuất huyết ở Mộc Hải là gì", "cdc-mochai-sxh", ["2", "2.a", "2.b", "2.c", "2.d", "2.đ"], "all the points below"),
    ],
)  # fmt: skip
def test_a_section_named_by_its_heading_is_given_whole(engine: Engine, question: str, plan: str, sections: list[str], why: str) -> None:
    assert [(citation.plan, citation.section) for citation in engine.ask(question).citations] == [(plan, section) for section in sections], why


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Kinh phí của huyện Suối Mây?", "4,2 tỷ"),
        ("Kinh phí của Mộc Hải?", "2.760 triệu"),
    ],
)
def test_a_heading_is_no_answer(engine: Engine, question: str, value: str) -> None:
    assert value in engine.ask(question).answer


def test_no_sentence_is_said_twice(engine: Engine) -> None:
    for question in [*(row[0] for row in VALUES), *(row[0] for row in LISTS), *(row[0] for row in AMBIGUOUS)]:
        answer = engine.ask(question)
        sentences = [sentence.strip() for sentence in re.split(r"(?<=[.;])\s+|\n", answer.answer) if len(sentence.split()) > 5]
        assert len(sentences) == len(set(sentences)), answer.answer


def test_plans_side_by_side_are_a_table_with_a_citation_in_every_row(engine: Engine) -> None:
    answer = engine.ask("So sánh kinh phí của Mộc Hải và Hoài Khê")
    rows = [line for line in answer.answer.split("\n") if line.startswith("| ") and "[" in line]
    assert len(rows) == 2, "a plan a row"
    assert {citation.plan for citation in answer.citations} == {"cdc-mochai-sxh", "so-gddt-hoaikhe-xhht"}


def test_how_many_items_a_list_has_is_said_before_it(engine: Engine) -> None:
    answer = engine.ask("Bộ hồ sơ hỗ trợ sinh kế của Khê Mộc có mấy loại giấy tờ?")
    assert answer.answer.startswith("Có 4 mục"), answer.answer
    assert answer.answer.count("\n- ") == 4


@pytest.mark.parametrize(
    ("question", "section", "why"),
    [
        (
            "Những kế hoạch nào do Phó Chủ tịch ký?",
            {"ubnd-huyen-khemoc-giamngheo", "ubnd-tinh-lamkhe-cds", "ubnd-tinh-vanchau-pctt"},
            "deputies of a chair only",
        ),
        (
            "Kế hoạch nào do cấp phó ký thay?",
            {"ubnd-huyen-khemoc-giamngheo", "ubnd-tinh-lamkhe-cds", "ubnd-tinh-vanchau-pctt", "so-noi-vu-lamkhe-cchc"},
            "all deputies",
        ),
    ],
)
def test_plans_are_sought_by_who_signed_them(engine: Engine, question: str, section: set[str], why: str) -> None:
    assert {citation.plan for citation in engine.ask(question).citations} == section, why


def test_a_plan_that_is_only_compared_with_is_not_what_a_premise_is_about(engine: Engine) -> None:
    answer = engine.ask("UBND các xã huyện Suối Mây nộp báo cáo năm trước ngày 15/12/2025 như huyện Khê Mộc, đúng không?")
    assert {citation.plan for citation in answer.citations} == {"ubnd-huyen-suoimay-cds"}, answer.answer
    assert answer.status == "corrected"


@pytest.mark.parametrize("question", ["suoi may giong gi lam khe", "So sánh huyện Suối Mây với tỉnh Lam Khê"])
def test_plans_compared_in_nothing_are_set_side_by_side_by_their_parts(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert cited(answer) >= {("ubnd-huyen-suoimay-cds", "V"), ("ubnd-tinh-lamkhe-cds", "VI")}
    assert "/so-sanh" in answer.answer
    assert "4,2 tỷ" not in answer.answer


def test_a_part_is_told_by_its_title_though_that_stands_below_its_number(engine: Engine) -> None:
    answer = engine.ask("So sánh Khê Mộc và Suối Mây")
    assert "Chương II. NỘI DUNG HỖ TRỢ" in answer.answer
    assert any(citation.quote == "NỘI DUNG HỖ TRỢ" for citation in answer.citations)


@pytest.mark.parametrize("question", ["Hoài Khê căn cứ chỉ thị số mấy?", "khe moc theo CT số mấy"])
def test_a_kind_of_document_that_the_plan_never_cites_is_refused(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "not_found"


@pytest.mark.parametrize(("question", "plans", "why"), CITING, ids=[why for *_, why in CITING])
def test_the_plans_that_cite_a_document_are_told_with_its_number(engine: Engine, question: str, plans: set[str], why: str) -> None:
    answer = engine.ask(question)
    assert {citation.plan for citation in answer.citations} == plans, why
    assert answer.status == ("answered" if plans else "not_found")


NOT_CITING = [
    ("Các kế hoạch thực hiện Quyết định 749 gửi báo cáo về đâu?", "to whom such plans report"),
    ("Nhung van ban theo quyet dinh 749 phai nop truoc ngay nao?", "by when"),
    ("Các kế hoạch theo Quyết định 749 do ai ký?", "who signs them"),
    ("Văn bản nào hướng dẫn thực hiện Quyết định 749?", "what guides the document, not what cites it"),
    ("Theo Quyết định 749, các kế hoạch được thưởng bao nhiêu tiền?", "a sum"),
]


@pytest.mark.parametrize(("question", "why"), NOT_CITING, ids=[why for _, why in NOT_CITING])
def test_plans_are_not_told_where_more_is_asked_than_which_cite_a_document(question: str, why: str) -> None:
    plan = parse(read_text("a.txt", "KẾ HOẠCH\nDạy bơi\nCăn cứ Quyết định số 749/QĐ-TTg.\nI. VIỆC LÀM\nDạy bơi.\n"))
    plans = {plan.id: plan}
    query = Understander(plans).understand(question, (), ())
    assert grounds.citing(Material(query, [], plans, Vocabulary.of(plans), lambda _: [])) is None, why


def test_all_plans_that_cite_a_document_are_told() -> None:
    plans = {}
    for name, opening in (
        ("a", "Căn cứ Quyết định số 88/QĐ-UBND ngày 02/01/2026 của UBND tỉnh về việc dạy bơi; Luật Trẻ em."),
        ("b", "Thực hiện Quyết định số: 88/QĐ-UBND, UBND xã đặt ra các việc sau."),
        ("c", "Căn cứ Quyết định số 188/QĐ-UBND của UBND tỉnh."),
    ):
        plan = parse(read_text(f"{name}.txt", f"ỦY BAN NHÂN DÂN\nXÃ {name.upper()}\nKẾ HOẠCH\nDạy bơi\n{opening}\nI. VIỆC LÀM\nDạy bơi.\n"))
        plans[plan.id] = plan
    query = Understander(plans).understand("kế hoạch nào căn cứ quyết định 88", (), ())
    draft = grounds.citing(Material(query, [], plans, Vocabulary.of(plans), lambda _: []))
    assert draft
    assert [statement.text for statement in draft.statements] == ["Quyết định số 88/QĐ-UBND ngày 02/01/2026 của UBND tỉnh.", "Quyết định số: 88/QĐ-UBND."]
