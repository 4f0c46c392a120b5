"""What a body has to do is given whole, under its own name and elsewhere, and nothing of another body's as its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.extract import assignment, duties
from xhht_qa.extract.material import Material
from xhht_qa.index import Vocabulary
from xhht_qa.query import Understander
from xhht_qa.types import Draft

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG LAU
Số: 31/KH-UBND
KẾ HOẠCH
Phòng, chống đuối nước cho trẻ em năm 2026
Thực hiện Hướng dẫn số 5/HD-SLĐ ngày 02/02/2026 của Sở Lao động về dạy bơi, UBND huyện tổ chức thực hiện Kế hoạch gồm các nội dung sau:
I. MỤC TIÊU
Giảm số vụ đuối nước so với năm 2025.
II. NHIỆM VỤ
1. Dạy bơi
Phòng Giáo dục và Đào tạo chủ trì, phối hợp với Phòng Nội vụ mở 12 lớp bơi trước ngày 30/6/2026.
2. Cắm biển báo
Giao Phòng Kinh tế lắp 40 biển báo nguy hiểm ở các hồ, ao.
3. Trực ở các bến
Cử người trực vào mùa lũ.
Chủ trì: Các đội, trạm thuộc huyện
III. TỔ CHỨC THỰC HIỆN
1. Phòng Giáo dục và Đào tạo
- Theo dõi, đôn đốc các trường.
- Tổng hợp, báo cáo UBND huyện trước ngày 15/12/2026.
2. Phòng Nội vụ
Thẩm định hồ sơ khen thưởng.
3. Các cơ quan khác
- Công an huyện: Kiểm tra các bến đò.
- Huyện đoàn: Vận động thanh niên trực ở bãi tắm.
4. Đề nghị Ủy ban Mặt trận Tổ quốc huyện
Giám sát các bến bãi.
5. Ủy ban nhân dân các xã, thị trấn
Rà soát ao, hồ.
6. Cơ quan tỉnh
- Sở Công nghiệp: Điều xuồng cứu hộ khi có bão.
7. Phòng Tài chính, Kế hoạch và Theo dõi đầu tư
Bố trí kinh phí.
8. Báo và Đài Truyền thanh Sông Lau
Mở chuyên mục dạy bơi.
9. Giao Văn phòng
- Lập sổ trực.
- Đặt loa ở bến.
IV. PHÂN CÔNG TRỰC
Trạm Thủy văn xã
- Đo mực nước hai giờ một lần.
- Báo động khi nước dâng.
Đội xung kích
- Tuần tra bờ sông.
Trên đây là Kế hoạch của UBND huyện. Huyện đoàn báo cáo Phòng Giáo dục và Đào tạo số buổi trực trước ngày 10 hằng tháng.
"""
ASKED = [
    (
        "Phòng Giáo dục và Đào tạo phải làm những gì?",
        ["12 lớp bơi", "đôn đốc các trường", "15/12/2026"],
        ["khen thưởng", "biển báo"],
        "under its heading and elsewhere",
    ),
    ("phòng giáo dục có nhiệm vụ gì", ["12 lớp bơi", "đôn đốc các trường"], ["khen thưởng"], "the name in short"),
    ("Nhiệm vụ của Phòng Nội vụ là gì?", ["hồ sơ khen thưởng", "Phòng Giáo dục và Đào tạo chủ trì"], ["đôn đốc"], "who leads what it works on is said"),
    ("P.GDĐT lo việc gì", ["12 lớp bơi", "đôn đốc các trường"], ["khen thưởng"], "initials behind the initial of its kind"),
    ("Trách nhiệm của Phòng Kinh tế?", ["40 biển báo"], ["khen thưởng"], "no heading is its own"),
    ("Công an huyện làm gì?", ["bến đò"], ["bãi tắm"], "a label in a list"),
    ("Trạm Thủy văn xã phải làm gì?", ["mực nước", "Báo động"], ["Tuần tra"], "a heading without a number"),
    ("MTTQ huyện được giao việc gì", ["bến bãi"], ["bãi tắm"], "the heading opens with a request"),
    ("các xã ở huyện sông lau phải làm gì", ["ao, hồ"], ["bãi tắm"], "a level alone is its committee"),
    ("Các xã Sông Lau làm gì theo kế hoạch của UBND huyện Sông Lau?", ["ao, hồ"], ["bãi tắm"], "the plan is named once more behind it"),
    ("phòng theo dõi đầu tư có nhiệm vụ gì", ["kinh phí"], ["ao, hồ"], "the last half of a name"),
    ("Công an huyện Sông Lau làm gì?", ["bến đò"], ["bãi tắm"], "the place of the plan behind the name"),
    ("ubnd xã phải làm gì", ["ao, hồ"], ["bãi tắm"], "a committee by its initials, and one of several of its level"),
    ("phòng tài chính kế hoạch theo dõi đầu tư làm gì", ["kinh phí"], ["ao, hồ"], "what joins is left out, and a word that asks elsewhere"),
    ("các đội, trạm thuộc UBND huyện làm gì", ["Cử người trực", "Chủ trì"], ["bãi tắm"], "a line that only names the body stands below its work"),
    ("Sở CN phải làm gì?", ["Điều xuồng"], ["ao, hồ"], "initials of a body that is spelt out"),
    ("bao song lau phai lam gi", ["chuyên mục"], ["ao, hồ"], "a newspaper is told by the place of the plan alone"),
    ("đài sông lau có nhiệm vụ gì", ["chuyên mục"], ["ao, hồ"], "a broadcaster, too, and second in its heading"),
    (
        "UBND huyện Sông Lau phải làm gì?",
        ["I. MỤC TIÊU", "II. NHIỆM VỤ"],
        ["ao, hồ"],
        "the issuer, whom the plan gives nothing by name, and no office of its own",
    ),
    ("mttq song lau lam gi", ["bến bãi"], ["bãi tắm"], "a front without its committee, by its initials"),
    ("Huyện đoàn có nhiệm vụ gì?", ["bãi tắm", "số buổi trực"], ["khen thưởng"], "what it reports is a duty too"),
]
OTHERWISE = [
    ("các phòng ban khác của huyện Sông Lau phải làm gì", "no one's name: the signs of an answer decide"),
    ("Phòng Huyện phải làm gì?", "no name of a body"),
    ("Phòng Nội vụ thẩm định hồ sơ gì?", "one thing is asked, not all"),
    ("Các đội thuộc huyện muốn có thêm xuồng vì lý do riêng thì phải làm gì?", "what a body has to do in one case of its own"),
    ("Phòng Nội vụ phải làm gì khi có đuối nước?", "what is to be done in one case"),
    ("Lắp biển báo để làm gì?", "a purpose"),
    ("Phòng Nội vụ thẩm định hồ sơ khen thưởng, đúng không?", "something is to be confirmed"),
    ("Ủy ban phải làm gì?", "the issuer by the word for its kind: none of the others is meant"),
]


def _draft(question: str, text: str = TEXT, composer: Callable[[Material], Draft | None] = duties.compose) -> Draft | None:
    plan = parse(read_text("songlau", text))
    plans = {plan.id: plan}
    query = Understander(plans).understand(question, (), ())
    return composer(Material(query, [], plans, Vocabulary.of(plans), lambda _: []))


@pytest.mark.parametrize(("question", "given", "kept_back", "why"), ASKED, ids=[why for *_, why in ASKED])
def test_all_duties_of_a_body_are_given(question: str, given: list[str], kept_back: list[str], why: str) -> None:
    draft = _draft(question)
    assert draft, why
    said = "\n".join(statement.text for statement in draft.statements)
    assert [words for words in given if words not in said] == [words for words in kept_back if words in said] == [], said
    assert all(source.quote in TEXT or "\n" in source.quote for statement in draft.statements for source in statement.sources)


def test_a_list_of_duties_that_is_cut_says_so() -> None:
    for count, is_cut in ((15, False), (16, True)):
        works = "\n".join(f"{number}. Việc thứ {number}\nPhòng Kinh tế kiểm tra hồ số {number} trước mùa mưa." for number in range(3, 2 + count))
        draft = _draft("Trách nhiệm của Phòng Kinh tế?", TEXT.replace("III. TỔ CHỨC", f"{works}\nIII. TỔ CHỨC"))
        assert draft
        assert len(draft.statements) == 15, "the sign of the first work, and those here"
        assert bool(draft.tail) is is_cut


def test_no_duty_is_said_twice() -> None:
    for question, *_ in ASKED:
        draft = _draft(question)
        assert draft
        said = [source.quote for statement in draft.statements for source in statement.sources]
        assert len(said) == len(set(said)), question


@pytest.mark.parametrize(("question", "why"), OTHERWISE, ids=[why for _, why in OTHERWISE])
def test_nothing_is_listed_where_not_all_duties_are_asked_for(question: str, why: str) -> None:
    assert _draft(question) is None, why


@pytest.mark.parametrize(
    "question",
    [
        "Phòng Y tế phải làm gì?",
        "hội làm vườn được giao việc gì",
        "ban giáo dục phải làm gì",  # there is a room of that name
        "Hội Phòng chống đuối nước làm gì?",  # a subject is no name
        "báo Tân Phú phải làm gì",
        "Sở Lao động phải làm gì?",  # only the documents that the plan rests on are of it
    ],
)
def test_a_body_that_the_plan_never_names_is_refused(question: str) -> None:
    draft = _draft(question)
    assert draft, "another body's duties are no answer"
    assert draft.status == "not_found"


def test_an_office_of_the_issuer_is_told_by_its_name_too() -> None:
    text = TEXT.replace("ỦY BAN NHÂN DÂN\nHUYỆN SÔNG LAU", "SỞ THỦY LỢI\nTỈNH SÔNG LAU")
    for question in ("Văn phòng Sở Thủy lợi có nhiệm vụ gì?", "van phong so thuy loi lam gi"):
        draft = _draft(question, text)
        assert draft
        assert "Đặt loa ở bến" in draft.statements[0].text


@pytest.mark.parametrize(
    ("question", "given", "why"),
    [
        ("ai phải làm gì", ["III. TỔ CHỨC", "Thẩm định hồ sơ", "IV. PHÂN CÔNG", "Tuần tra"], "every part that hands out the work"),
        ("o song lau ai lam gi", ["Thẩm định hồ sơ"], "typed without accents"),
        ("kế hoạch Sông Lau phân công nhiệm vụ thế nào", ["Thẩm định hồ sơ"], "by the word for it"),
        ("ai làm gì khi có đuối nước", [], "one case"),
        ("Phòng Nội vụ phải làm gì", [], "one body"),
        ("ai làm trưởng đoàn", [], "an office"),
    ],
)
def test_who_does_what_is_told_body_by_body(question: str, given: list[str], why: str) -> None:
    draft = _draft(question, composer=assignment.compose)
    assert bool(draft) is bool(given), why
    said = "\n".join(f"{statement.sources[0].section}. {statement.text}" for statement in draft.statements) if draft else ""
    assert [words for words in given if words not in said] == [], said
