"""Which plans a question names, by any of their usual names."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.read import read
from xhht_qa.index import PrintedRuns
from xhht_qa.query import Understander
from xhht_qa.query.scope import ScopeFinder

PROVINCE, DISTRICT, HOME_AFFAIRS = "ubnd-tinh-lamkhe-cds", "ubnd-huyen-suoimay-cds", "so-noi-vu-lamkhe-cchc"
POVERTY, EDUCATION, DENGUE = "ubnd-huyen-khemoc-giamngheo", "so-gddt-hoaikhe-xhht", "cdc-mochai-sxh"
FOOD, DISASTER = "chicuc-attp-vanchau", "ubnd-tinh-vanchau-pctt"

NAMED = [
    ("Kế hoạch số 118/KH-UBND nêu gì?", {DISASTER}, "its number"),
    ("KH 152/kh-snv nêu gì?", {HOME_AFFAIRS}, "its number in small letters"),
    ("kế hoạch 63 / KH-KSBT nêu gì", {DENGUE}, "its number with blanks"),
    ("UBND huyện Khê Mộc hỗ trợ nhà ở thế nào?", {POVERTY}, "its issuer in short"),
    ("Ủy ban nhân dân huyện Khê Mộc hỗ trợ nhà ở thế nào?", {POVERTY}, "its issuer in full"),
    ("Uỷ ban nhân dân tỉnh Vân Châu sơ tán ai?", {DISASTER}, "the other spelling of ủy; the place's other plan has its own issuer"),
    ("ubnd huyen suoi may giao ai", {DISTRICT}, "without accents"),
    ("Sở Nội vụ tỉnh Lam Khê chấm điểm thế nào?", {HOME_AFFAIRS}, "one of two agencies of a province"),
    ("Sở Nội vụ Lam Khê chấm điểm thế nào?", {HOME_AFFAIRS}, "without the level"),
    ("SNV Lam Khê chấm điểm thế nào?", {HOME_AFFAIRS}, "by the initials of the agency"),
    ("huyện Suối Mây có bao nhiêu lớp?", {DISTRICT}, "the place"),
    ("Mộc Hải chi bao nhiêu tiền?", {DENGUE}, "the place without its level"),
    ("Trung tâm Kiểm soát bệnh tật dự trữ bao nhiêu hóa chất?", {DENGUE}, "the agency without its place"),
    ("ATTP báo cáo khi nào?", {FOOD}, "the acronym in the plan's number"),
    ("KSBT dự trữ bao nhiêu lít?", {DENGUE}, "the acronym in the plan's number"),
    ("Kế hoạch huyện nêu chỉ tiêu gì?", {DISTRICT, POVERTY}, "every plan of a level"),
    ("Vân Châu chi bao nhiêu tiền?", {DISASTER, FOOD}, "both plans of a place"),
    ("kế hoạch an toàn thực phẩm tỉnh Vân Châu có mục tiêu gì?", {FOOD}, "both are of the place, one is of the topic"),
    ("Kế hoạch phòng, chống thiên tai tỉnh Vân Châu có kinh phí bao nhiêu?", {DISASTER}, "both are of the place, one is of the topic"),
    ("pctt Vân Châu báo cáo khi nào?", {DISASTER}, "both are of the place, one has the initials in its subject"),
    ("kế hoạch giảm nghèo bền vững có mục tiêu gì?", {POVERTY}, "the topic alone"),
    ("kế hoạch tỉnh Lam Khê nói gì?", {PROVINCE}, "the province's own plan, though that of its agency has the place in its subject"),
    ("thiên tai Vân Châu gửi báo cáo nhanh trong mấy giờ?", {DISASTER}, "two words of a subject, which the other plan of the place never prints"),
    ("Ở tỉnh Vân Châu, ngộ độc thực phẩm thì báo cho ai?", {FOOD}, "a place, not an issuer; the topic tells"),
    ("Ở tỉnh Vân Châu báo cáo năm gửi khi nào?", {DISASTER, FOOD}, "a place, not an issuer; no topic"),
    ("đề án giảm nghèo bền vững có mục tiêu gì?", set(), "of that kind there is none"),
    ("Báo cáo năm gửi khi nào?", set(), "none is named"),
    ("ngộ độc thực phẩm phải báo trong mấy giờ?", set(), "a subject is not a plan"),
    ("UBND cấp xã gửi báo cáo khi nào?", set(), "an actor inside the plans is not their issuer"),
]


@pytest.mark.parametrize(("question", "expected", "why"), NAMED)
def test_plans_are_found_by_name(understander: Understander, question: str, expected: set[str], why: str) -> None:
    query = understander.understand(question)
    assert set(query.plans) == expected, why
    assert query.named is bool(expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hạn báo cáo năm của huyện Suối Mây và huyện Khê Mộc", {DISTRICT, POVERTY}),
        ("So sánh kinh phí của Mộc Hải với Hoài Khê", {DENGUE, EDUCATION}),
        ("kinh phi cua moc hai va hoai khe khac nhau the nao", {DENGUE, EDUCATION}),
        ("so sánh kinh phí suối mây và lam khê", {DISTRICT, PROVINCE}),  # a committee is set beside a committee, not beside the agency of its province
        ("van chau vs lam khe kinh phi", {DISASTER, PROVINCE}),
        ("so sánh an toàn thực phẩm vân châu với suối mây", {FOOD, DISTRICT}),  # the topic comes first
        ("so sánh kinh phí hoài khê với lam khê", {EDUCATION, HOME_AFFAIRS, PROVINCE}),  # nothing is like
    ],
)
def test_two_places_are_compared(understander: Understander, question: str, expected: set[str]) -> None:
    query = understander.understand(question)
    assert set(query.plans) == expected
    assert query.compare


def test_plans_are_in_the_order_in_which_they_are_named(understander: Understander) -> None:
    assert understander.understand("So sánh kinh phí của Suối Mây với Hoài Khê").plans == (DISTRICT, EDUCATION)
    assert understander.understand("So sánh kinh phí của Hoài Khê với Suối Mây").plans == (EDUCATION, DISTRICT)


def test_plans_of_one_place_are_not_compared_unasked(understander: Understander) -> None:
    query = understander.understand("Vân Châu chi bao nhiêu tiền?")
    assert len(query.plans) == 2
    assert not query.compare


@pytest.mark.parametrize(
    ("question", "scope", "expected", "why"),
    [
        ("Báo cáo năm gửi khi nào?", [DISTRICT], {DISTRICT}, "the selection is the scope"),
        ("Báo cáo năm gửi khi nào?", [DISTRICT, DENGUE], {DISTRICT, DENGUE}, "all that is selected"),
        ("Vân Châu chi bao nhiêu tiền?", [FOOD], {FOOD}, "the name chooses among the selected"),
        ("Lam Khê chi bao nhiêu tiền?", [DENGUE], {DENGUE}, "a name never leads out of the selection"),
    ],
)
def test_a_selection_is_never_left(understander: Understander, question: str, scope: list[str], expected: set[str], why: str) -> None:
    assert set(understander.understand(question, (), scope).plans) == expected, why


@pytest.mark.parametrize(
    ("question", "kept", "why"),
    [
        ("Kinh phí của UBND huyện Khê Mộc năm 2025 là bao nhiêu?", ["Kinh phí", "năm 2025 là bao nhiêu"], "the filter has done the name's work"),
        ("Tại huyện Suối Mây, chỉ tiêu chữ ký số là bao nhiêu?", ["chỉ tiêu chữ ký số là bao nhiêu"], "the place at the beginning"),
        ("Phòng Tài chính - Kế hoạch huyện Suối Mây lo việc gì?", ["Phòng Tài chính - Kế hoạch lo việc gì"], "a planning office is no plan"),
        ("Báo cáo Suối Mây gửi ai trước ngày nào?", ["Báo cáo gửi ai"], "“báo cáo” is no newspaper"),
        ("Mùa mưa bão và thiên tai của Vân Châu thế nào?", ["thiên tai"], "the word before the name is no preposition"),
    ],
)
def test_the_name_is_not_searched_for(understander: Understander, question: str, kept: list[str], why: str) -> None:
    query = understander.understand(question)
    assert len(query.plans) > 0
    assert all(words in query.text for words in kept), (query.text, why)
    assert not any(place in query.text for place in ("Khê Mộc", "Suối Mây", "Vân Châu")), query.text


@pytest.mark.parametrize("question", ["Báo Lam Khê phải làm gì?", "bao lam khe phai lam gi", "đài lam khê có nhiệm vụ gì", "nhiệm vụ của báo lam khê là gì"])
def test_the_place_is_all_the_name_that_a_newspaper_has(understander: Understander, question: str) -> None:
    query = understander.understand(question)
    assert PROVINCE in query.plans
    assert "Lam Khê" in query.text


def test_a_commune_is_asked_about_in_the_plans_of_its_district_too(tmp_path: Path) -> None:
    head = "ỦY BAN NHÂN DÂN\n{issuer}\nSố: {number}/KH-UBND\n{place}, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\n{subject}\nI. VIỆC LÀM\n1. {task}\n"
    for name, issuer, number, place, subject, task in (
        ("hoa", "XÃ BÌNH SƠN", "15", "Bình Sơn", "Làm đường hoa các thôn", "Trồng hoa mười giờ."),
        ("rac", "HUYỆN TÂN LĨNH", "58", "Tân Lĩnh", "Phân loại rác thải tại nguồn", "Phát cho xã Bình Sơn 2.450 tờ rơi."),
        ("ngap", "HUYỆN TÂN LĨNH", "61", "Tân Lĩnh", "Chống ngập đô thị mùa mưa", "Nạo vét mương."),
    ):
        (tmp_path / f"{name}.txt").write_text(head.format(issuer=issuer, number=number, place=place, subject=subject, task=task), encoding="utf-8")
    plans = {plan.id: plan for plan in (parse(read(path)) for path in sorted(tmp_path.iterdir()))}
    finder = ScopeFinder(plans, PrintedRuns.of(plans))
    for question, expected, why in (
        ("xã Bình Sơn được bao nhiêu tờ rơi", ("hoa", "rac"), "its own plan, and that of the district that gives it a task"),
        ("kế hoạch của UBND xã Bình Sơn", ("hoa",), "the issuer in full"),
        ("huyện Tân Lĩnh", ("ngap", "rac"), "a district is not looked for in the plans of its communes"),
        ("kế hoạch chống ngập do ai ký", ("ngap",), "a long subject, named by its rare words"),
        ("kế hoạch 58 nói gì", ("rac",), "the number alone"),
        ("kế hoạch này số mấy", (), "no words of a subject"),
        ("kế hoạch năm 2026", (), "a year is no number of a plan"),
    ):
        assert finder.find(question) == expected, why


def test_a_slip_that_two_places_are_as_near_to_is_left_alone(tmp_path: Path) -> None:
    head = "ỦY BAN NHÂN DÂN\nHUYỆN {issuer}\nSố: 5/KH-UBND\n{place}, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nLàm đường hoa\nI. VIỆC LÀM\n1. Trồng hoa.\n"
    for place in ("Suối Mây", "Suối Mam", "Khê Mộc", "Thanh Trà", "Hải Lân"):
        (tmp_path / f"{place}.txt").write_text(head.format(issuer=place.upper(), place=place), encoding="utf-8")
    plans = {plan.id: plan for plan in (parse(read(path)) for path in sorted(tmp_path.iterdir()))}
    finder = ScopeFinder(plans, PrintedRuns.of(plans))
    for typed, expected, why in (
        ("huyen khe moch", "huyen Khê Mộc", "one place is near"),
        ("huyen suoi mai va huyen khe moch", "huyen suoi mai va huyen Khê Mộc", "the other slip has two readings"),
        ("huyện thanh tra xã nào", "huyện thanh tra xã nào", "a word of the dictionary is no slip"),
        ("huyện hai lần kiểm tra", "huyện hai lần kiểm tra", "a figure and its noun are no slip"),
    ):
        assert finder.mended(typed) == expected, why


def test_a_place_is_named_with_its_own_accents(tmp_path: Path) -> None:
    head = "ỦY BAN NHÂN DÂN\n{issuer}\nSố: 5/KH-UBND\n{place}, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nLàm đường hoa\nI. VIỆC LÀM\n1. Trồng hoa.\n"
    for level, place in (("TỈNH", "Nam Đĩnh"), ("XÃ", "Đồng Lòng")):
        (tmp_path / f"{place}.txt").write_text(head.format(issuer=f"{level} {place.upper()}", place=place), encoding="utf-8")
    plans = {plan.id: plan for plan in (parse(read(path)) for path in sorted(tmp_path.iterdir()))}
    finder = ScopeFinder(plans, PrintedRuns.of(plans))
    for question, expected, why in (
        ("Báo cáo năm định kỳ gửi ai?", (), "a year and an adjective"),
        ("bao cao cua nam dinh gui ai", ("nam-dinh",), "typed without accents"),
        ("báo cáo của nam đĩnh gửi ai", ("nam-dinh",), "typed in small letters with its accents"),
        ("Báo cáo của tỉnh Nam Đĩnh gửi ai?", ("nam-dinh",), "as printed"),
        ("NAM ĐĨNH BÁO CÁO AI", ("nam-dinh",), "typed in capitals"),
        ("Người dân đồng lòng làm gì?", (), "an everyday word in small letters"),
        ("người dân ở đồng lòng làm gì", ("dong-long",), "a place behind the word that leads to one"),
        ("Người dân Đồng Lòng làm gì?", ("dong-long",), "a name in capitals"),
    ):
        assert finder.find(question) == expected, why
