"""What a question wants, and which part, clause or place of a plan gives it: the pieces that composers are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from ingest.parse import parse
from ingest.read import read_text
from xhht_qa import messages
from xhht_qa.extract import Extractor, definition, table, twins
from xhht_qa.extract.actors import actor_of, acts_otherwise, kinds_of_actor
from xhht_qa.extract.asked import asked_noun, counted_noun, prints
from xhht_qa.extract.material import Material
from xhht_qa.extract.parts import asks_for_one_value, halves_of, part_asked, without_grounds
from xhht_qa.extract.weights import Weights
from xhht_qa.index import Vocabulary
from xhht_qa.query.facets import facets_asked
from xhht_qa.query.slots import asks_to_compare, asks_to_confirm, slot_of
from xhht_qa.types import Passage, Plan, Query

ACTORS = [
    ("UBND cấp xã gửi UBND cấp huyện trước ngày 05/12", "UBND cấp xã", {"commune"}, "who sends, not to whom"),
    ("Báo cáo nhanh: Trạm Y tế gửi báo cáo", "Trạm Y tế", set(), "a label is nobody"),
    ("Báo cáo năm được UBND các xã gửi về Phòng Nội vụ", "UBND các xã", {"commune"}, "the passive"),
    ("Phòng Kinh tế chủ trì, các xã phối hợp", "Phòng Kinh tế", set(), "the first verb ends the name"),
    ("Sở Y tế tổng hợp; UBND các huyện gửi số liệu", "Sở Y tế", {"department", "district"}, "each clause has one who acts"),
    ("Gửi báo cáo về đâu", "", set(), "nobody before the verb"),
    ("Hội Nông dân", "", set(), "no verb, no actor"),
    ("", "", set(), "nothing at all"),
    ("Trường Mầm non Sao Mai báo cáo", "Trường Mầm non Sao Mai", {"school"}, "a school"),
    ("Phòng Tài nguyên và Môi trường tổng hợp", "Phòng Tài nguyên và Môi trường", set(), "“môi trường” is no school"),
    ("Trường hợp thiếu giống thì hợp tác xã báo cáo", "Trường hợp thiếu giống thì hợp tác xã", set(), "“trường hợp” is no school, “hợp tác xã” no commune"),
    ("Bảo hiểm xã hội cung cấp số liệu", "Bảo hiểm xã hội", set(), "“xã hội” is no commune"),
    ("Thị xã Bến Gỗ gửi báo cáo", "Thị xã Bến Gỗ", {"district"}, "“thị xã” is of the district's level, not of the commune's"),
    ("Cơ sở giáo dục gửi báo cáo", "Cơ sở giáo dục", {"school"}, "“cơ sở” is no department"),
]  # fmt: skip
NOUNS = [
    ("Đóng học phí bao nhiêu?", "học phí", "", "before the gap"),
    ("Tại bệnh viện nào?", "bệnh viện", "", "a place of a kind"),
    ("Thành lập mấy đội?", "", "đội", "behind the gap"),
    ("Thả bao nhiêu con giống?", "", "con giống", "two syllables that are one word"),
    ("Lệ phí là bao nhiêu?", "lệ phí", "", "“… là bao nhiêu” is asked of what stands first"),
    ("Mức hỗ trợ là bao nhiêu tiền?", "", "", "any sum answers; “nhiêu” is no noun"),
    ("Là bao nhiêu?", "", "", "nothing before the gap"),
    ("Chợ cá họp vào ngày nào?", "", "", "any day answers"),
    ("Giao cho cơ quan nào?", "", "", "any agency answers"),
    ("Trồng loại cây gì?", "cây", "", "the noun right before “gì”"),
    ("Mua mấy máy bơm và mấy xuồng?", "", "máy bơm", "the first of two"),
    ("mấy là", "", "", "the gap stands first"),
    ("gì", "", "", "nothing but the gap"),
    ("12 345", "", "", "digits alone"),
]
HALVES = [
    (
        "Gửi báo cáo cho ai, trước ngày nào?",
        ("Gửi báo cáo cho ai", "Gửi báo cáo cho trước ngày nào?"),
        "two gaps, a comma between them; the second has the first one's subject",
    ),
    ("Ai chủ trì và kinh phí bao nhiêu?", ("Ai chủ trì", "kinh phí bao nhiêu?"), "“và” between them"),
    ("Ai chủ trì?", None, "one gap"),
    ("Gửi ai, khi nào, ở đâu?", None, "three gaps"),
    ("Sở nào giúp xã nào?", None, "nothing parts the two"),
    ("Trồng rừng, trồng cỏ ở đâu?", None, "a comma and one gap"),
    ("", None, "nothing at all"),
]
ONE_VALUE = [
    ("Nộp báo cáo trước ngày nào?", True, "one date"),
    ("Có bao nhiêu trạm bơm?", True, "one amount"),
    ("Các mốc nộp báo cáo là ngày nào?", False, "several dates"),
    ("Bao nhiêu trạm bơm và bao nhiêu cống?", False, "two amounts"),
    ("Trồng bao nhiêu cây bưởi, cây cam?", False, "an amount of two things"),
    ("Đợt 2 ở đâu, có bao nhiêu người?", False, "a place and an amount"),
    ("Kinh phí là bao nhiêu, cộng lại có khớp không?", False, "whether they agree is seen where all are said"),
    ("Mục đích là gì?", False, "no value of a kind"),
]
REPORTS = "UBND các xã gửi báo cáo 6 tháng trước ngày 10/6/2025, báo cáo năm trước ngày 02/12/2025"
BOTH_REPORTS = "Hợp tác xã gửi báo cáo 6 tháng trước ngày 09/7 và báo cáo năm trước ngày 09/01"
WORKS = "Nạo vét 12 km kênh, tu sửa 04 trạm bơm và trồng 3.000 cây tràm"
CHAIN = "Thôn gửi xã trước ngày 05/11/2025, xã gửi huyện trước ngày 12/11/2025, huyện gửi Sở Xây dựng trước ngày 20/11/2025"
TOTAL = "Tổng kinh phí 900 triệu đồng, trong đó ngân sách tỉnh 600 triệu đồng, ngân sách huyện 300 triệu đồng"
ALARM = "Khi vỡ bờ bao, thôn báo xã trong 01 giờ; xã báo huyện trong 03 giờ; đội cứu hộ có mặt trong 04 giờ"
TESTS = "Mẫu nước được xét nghiệm 06 tháng một lần đối với trạm trên 500 hộ, 12 tháng một lần đối với trạm còn lại"
OPENED = "Trước ngày 15/12/2027, các xã họp sơ kết; quý IV năm 2030, họp tổng kết"
PARTS = [
    ("Báo cáo năm gửi trước ngày nào?", REPORTS, "báo cáo năm trước ngày 02/12/2025", "the year's"),
    ("Hợp tác xã gửi báo cáo năm trước ngày nào?", BOTH_REPORTS, "và báo cáo năm trước ngày 09/01", "the year's, behind “và”"),
    ("Báo cáo 6 tháng gửi trước ngày nào?", REPORTS, "UBND các xã gửi báo cáo 6 tháng trước ngày 10/6/2025", "the half-year's"),
    ("Các báo cáo gửi vào những ngày nào?", REPORTS, REPORTS, "all of them"),
    ("Ai gửi báo cáo năm?", REPORTS, REPORTS, "no value is asked for"),
    ("Tu sửa bao nhiêu trạm bơm?", WORKS, "tu sửa 04 trạm bơm", "by the noun that is counted"),
    ("Trồng bao nhiêu cây tràm?", WORKS, "và trồng 3.000 cây tràm", "the last part, with its “và”"),
    ("Xã gửi huyện trước ngày nào?", CHAIN, "xã gửi huyện trước ngày 12/11/2025", "by who acts, in the middle of a row"),
    ("Xã phải báo huyện trong mấy giờ khi vỡ bờ bao?", ALARM, "xã báo huyện trong 03 giờ", "the condition holds for all parts and tells none apart"),
    ("Trạm 600 hộ bao lâu xét nghiệm một lần?", TESTS, TESTS.partition(",")[0], "the range that the trạm falls in"),
    ("Tổng kinh phí bao nhiêu?", TOTAL, "Tổng kinh phí 900 triệu đồng", "the total, not a share"),
    ("Ngân sách huyện bao nhiêu?", TOTAL, "ngân sách huyện 300 triệu đồng", "a share, not the total"),
    ("Học kỳ I bắt đầu ngày nào?", "Học kỳ I từ ngày 05/9/2025, gồm 18 tuần", "Học kỳ I từ ngày 05/9/2025", "a day, not how many weeks"),
    ("Mua sắm xong trước ngày nào?", "Mua sắm xong trước ngày 15/9/2025", "Mua sắm xong trước ngày 15/9/2025", "one value, one part"),
    ("Trước ngày nào?", REPORTS, REPORTS, "nothing tells the parts apart: all is said"),
    ("Bao nhiêu?", "", "", "an empty text"),
    (
        "Khi nào họp sơ kết?",
        OPENED,
        "Trước ngày 15/12/2027, các xã họp sơ kết",
        "a day opens what it is the day of",
    ),
    ("Khi nào họp tổng kết?", OPENED, "quý IV năm 2030, họp tổng kết", "behind a semicolon, too"),
]  # fmt: skip
GLOSSARY = """KẾ HOẠCH
Phát triển chợ nổi

I. GIẢI THÍCH TỪ NGỮ
1. “Bến chợ” là nơi thuyền buôn cập bờ để bốc dỡ hàng hóa.
2. “Bến chợ đêm” là bến chợ mở cửa sau 18 giờ.
II. NHIỆM VỤ
1. Sửa sang bến chợ
Nạo vét lòng sông quanh bến chợ trước ngày 15/9/2025.
"""
DEFINED = [
    ("Bến chợ là gì?", "nơi thuyền buôn", "asked outright"),
    ("Thế nào là bến chợ?", "nơi thuyền buôn", "the word stands last"),
    ("Bến chợ được hiểu là gì?", "nơi thuyền buôn", "the word stands first"),
    ("Nêu định nghĩa của bến chợ", "nơi thuyền buôn", "“định nghĩa” leads to the word and does not follow it"),
    ("Theo kế hoạch, thế nào là bến chợ?", "nơi thuyền buôn", "words before it"),
    ("Nghĩa vụ của bến chợ?", None, "“nghĩa vụ” asks for no meaning"),
    ("“Bến chợ đêm” là gì?", "sau 18 giờ", "the longer word, not the one that stands in it"),
    ("Bến phà là gì?", None, "a word that nothing explains"),
    ("Nhiệm vụ của ban quản lý bến chợ là gì?", None, "the word merely stands in what is asked about"),
    ("Nạo vét bến chợ trước ngày nào?", None, "no definition is asked for"),
    ("? là gì", None, "no word at all"),
    ("“” là gì?", None, "quotation marks around nothing"),
]
DUTIES = """KẾ HOẠCH
Phát triển chợ nổi

I. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Kiểm tra giá hàng hóa tại chợ nổi hằng tuần.
- Lập danh sách thuyền buôn.
2. Ban Quản lý chợ
- Kiểm tra giá hàng hóa tại chợ nổi mỗi ngày.
- Thu gom rác trên sông.
"""
TWINS = [
    ("Cơ quan nào kiểm tra giá hàng hóa tại chợ nổi?", {"I.1", "I.2"}, "two bodies have the duty"),
    ("Đơn vị nào thu gom rác trên sông?", set(), "one body has it"),
    ("Kiểm tra giá hàng hóa tại chợ nổi thế nào?", set(), "nobody is asked for"),
    ("Có phải đơn vị nào cũng kiểm tra giá hàng hóa tại chợ nổi không?", set(), "something is to be confirmed"),
]


def asked(question: str) -> Query:
    return Query(
        question,
        question,
        question,
        slot_of(question),
        compare=asks_to_compare(question),
        confirm=asks_to_confirm(question),
        facets=facets_asked(question),
    )


def plan_of(text: str, name: str = "p") -> Plan:
    return replace(parse(read_text(f"{name}.txt", text)), id=name)


@dataclass(frozen=True)
class Shelf:
    """Plans of which every section with text is found, in the order of print."""

    plans: dict[str, Plan]

    def search(self, query: Query) -> list[Passage]:
        chosen = query.plans or tuple(self.plans)
        return [Passage(plan, section.address, 1.0) for plan in chosen for section in self.plans[plan].sections if section.paragraphs]

    def material(self, query: Query) -> Material:
        return Material(query, self.search(query), self.plans, Vocabulary.of(self.plans), self.search)


def weighed(query: Query, texts: Sequence[str]) -> Weights:
    plan = plan_of("KẾ HOẠCH\nI. CHUNG\n" + "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1)))
    return Weights(query, Vocabulary.of({plan.id: plan}), (plan.id,))


@pytest.mark.parametrize(("text", "actor", "kinds", "why"), ACTORS)
def test_who_acts_stands_before_the_verb(text: str, actor: str, kinds: set[str], why: str) -> None:
    assert actor_of(text).strip() == actor, why
    assert kinds_of_actor(text) == kinds, why


@pytest.mark.parametrize(
    ("asks", "says", "otherwise"),
    [({"commune"}, {"district"}, True), ({"commune"}, {"district", "commune"}, False), (set(), {"district"}, False), ({"commune"}, set(), False)],
)
def test_actors_differ_where_both_are_known_and_do_not_meet(asks: set[str], says: set[str], otherwise: bool) -> None:
    assert acts_otherwise(frozenset(asks), frozenset(says)) is otherwise


@pytest.mark.parametrize(("question", "noun", "counted", "why"), NOUNS)
def test_the_noun_whose_value_is_wanted(question: str, noun: str, counted: str, why: str) -> None:
    assert (asked_noun(question), counted_noun(question)) == (noun, counted), why


@pytest.mark.parametrize(
    ("text", "noun", "held", "why"),
    [
        ("Thu học phí theo kỳ", "học phí", True, "as printed"),
        ("thu hoc phi theo ky", "Học phí", True, "without accents, in small letters"),
        ("Học sinh nộp phí", "học phí", False, "its syllables apart"),
        ("Phân bón", "phân bó", False, "half a syllable"),
        ("", "học phí", False, "an empty text"),
    ],
)
def test_a_noun_is_printed_as_whole_syllables_in_a_row(text: str, noun: str, held: bool, why: str) -> None:
    assert prints(text, noun) is held, why


@pytest.mark.parametrize(("question", "halves", "why"), HALVES)
def test_a_question_with_two_gaps_has_halves(question: str, halves: tuple[str, str] | None, why: str) -> None:
    assert halves_of(question) == halves, why


@pytest.mark.parametrize(("question", "one", "why"), ONE_VALUE)
def test_one_value_is_told_from_several(question: str, one: bool, why: str) -> None:
    assert asks_for_one_value(asked(question)) is one, why


@pytest.mark.parametrize(("question", "text", "part", "why"), PARTS)
def test_the_part_of_a_sentence_that_answers(question: str, text: str, part: str, why: str) -> None:
    query = asked(question)
    found = part_asked(query, text, weighed(query, [REPORTS, WORKS, CHAIN, TOTAL]))
    assert found == part, why
    assert found in text


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("Trên cơ sở kết quả, Sở Y tế tổng hợp trước ngày 05/9", "Sở Y tế tổng hợp trước ngày 05/9", "who acts stands behind the grounds"),
        ("Trên cơ sở kết quả, tổng hợp trước ngày 05/9", "Trên cơ sở kết quả, tổng hợp trước ngày 05/9", "nobody acts behind them"),
        ("Căn cứ báo cáo ngày 02/9, Sở Y tế tổng hợp", "Căn cứ báo cáo ngày 02/9, Sở Y tế tổng hợp", "the grounds hold a date"),
        ("Sở Y tế tổng hợp, UBND xã gửi", "Sở Y tế tổng hợp, UBND xã gửi", "no grounds"),
    ],
)
def test_the_grounds_of_a_duty_are_left_out(text: str, said: str, why: str) -> None:
    assert without_grounds(text) == said, why


@pytest.mark.parametrize(("question", "said", "why"), DEFINED)
def test_a_word_is_explained_by_its_own_definition(question: str, said: str | None, why: str) -> None:
    draft = definition.compose(Shelf({"p": plan_of(GLOSSARY)}).material(asked(question)))
    assert (draft is None) is (said is None), why
    assert said is None or (draft is not None and [said in statement.text for statement in draft.statements] == [True]), why


def test_a_word_that_two_plans_explain_is_left_to_the_user() -> None:
    shelf = Shelf({name: plan_of(GLOSSARY, name) for name in ("p", "q")})
    assert definition.compose(shelf.material(asked("Bến chợ là gì?"))) is None
    named = definition.compose(shelf.material(replace(asked("Bến chợ là gì?"), plans=("q",))))
    assert named is not None
    assert {source.plan for statement in named.statements for source in statement.sources} == {"q"}


@pytest.mark.parametrize(("question", "sections", "why"), TWINS)
def test_a_duty_of_two_bodies_is_said_of_both(question: str, sections: set[str], why: str) -> None:
    draft = twins.compose(Shelf({"p": plan_of(DUTIES)}).material(asked(question)))
    assert {source.section for statement in draft.statements for source in statement.sources} == sections if draft else not sections, why


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Kế hoạch do (a b ký phải không?", "a bracket that nothing closes is no pattern"),
        ("Kế hoạch do * ký phải không?", "an asterisk is none"),
        ("Có phải “ ” không?", "nothing is quoted"),
        ("9" * 1900, "digits alone"),
        ("nghĩa " * 300, "one word all the time"),
        ("bến" + " " * 1900 + "chợ", "hardly anything but space"),
        ("mục đích và " * 150 + "là gì?", "a question as long as may be"),
    ],
)
@pytest.mark.parametrize("text", ["KẾ HOẠCH", GLOSSARY, DUTIES, GLOSSARY + "\nNơi nhận:\n- Lưu: VT.\nTRƯỞNG BAN\nLê Văn Bến"])
def test_whatever_is_asked_of_whatever_plan_some_draft_answers(question: str, why: str, text: str) -> None:
    shelf = Shelf({"p": plan_of(text)})
    extractor = Extractor(shelf.plans)
    for query in (asked(question), replace(asked(question), plans=("p",)), replace(asked(question), slot="signer", confirm=True)):
        for passages in (shelf.search(query), []):
            assert extractor.compose(query, passages, shelf.search).status in ("answered", "corrected", "clarify", "not_found", "guide"), why


def test_of_many_plans_only_those_found_are_read_one_by_one() -> None:
    shelf = Shelf({f"p{number}": plan_of(DUTIES, f"p{number}") for number in range(40)})
    query = replace(asked("Những kế hoạch nào có thu gom rác trên sông?"), compare=True)
    searched: list[Query] = []

    def search(of: Query) -> list[Passage]:
        searched.append(of)
        return shelf.search(of)

    found = shelf.search(replace(query, plans=("p7", "p3")))
    draft = Extractor(shelf.plans).compose(query, found, search)
    assert {source.plan for statement in draft.statements for source in statement.sources} == {"p7", "p3"}
    assert len(searched) == 2
    named = Extractor(shelf.plans).compose(replace(query, plans=tuple(shelf.plans)), found, search)
    assert {source.plan for statement in named.statements for source in statement.sources} == {"p7", "p3"}
    assert messages.NARROWER in named.tail, "whoever names forty is told that not all of them were read"


def test_a_comparison_that_nothing_answers_names_every_plan_compared() -> None:
    shelf = Shelf({name: replace(plan_of(DUTIES, name), title=f"Kế hoạch {name}") for name in ("p", "q")})
    query = replace(asked("So sánh chợ nổi của hai bên"), plans=("p", "q"), compare=True)
    silent = replace(shelf.material(query), search=lambda of: [])
    draft = table.compose(silent)
    assert draft is not None
    assert draft.status == "not_found"
    assert [plan.title for plan in shelf.plans.values() if plan.title not in draft.lead] == []


@pytest.mark.parametrize(("question", "why"), [("15/9/2025", "a date that a section prints"), ("18", "a figure that a section prints"), ("1 2 3", "several")])
def test_figures_alone_ask_nothing(question: str, why: str) -> None:
    shelf = Shelf({"p": plan_of(GLOSSARY)})
    assert Extractor(shelf.plans).compose(asked(question), shelf.search(asked(question)), shelf.search).status == "not_found", why
