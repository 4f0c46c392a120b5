"""Questions that lean on the ones before them: what is named anew replaces, the rest is carried."""

from __future__ import annotations

import pytest

from xhht_qa.query import Understander
from xhht_qa.types import Slot, Turn

PROVINCE, DISTRICT, POVERTY, DISASTER = "ubnd-tinh-lamkhe-cds", "ubnd-huyen-suoimay-cds", "ubnd-huyen-khemoc-giamngheo", "ubnd-tinh-vanchau-pctt"


def said(*questions: str) -> list[Turn]:
    """A conversation of these questions, each answered with words that name another plan."""
    return [turn for question in questions for turn in (Turn("user", question), Turn("assistant", "Xem Kế hoạch số 63/KH-KSBT, Mộc Hải [1]"))]


CARRIED: list[tuple[list[str], str, set[str], str]] = [
    (["UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"], "còn sinh kế thì sao?", {POVERTY}, "the plan is carried"),
    (["UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"], "ai ký?", {POVERTY}, "a bare question"),
    (["UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?", "còn sinh kế thì sao?"], "nộp cho ai?", {POVERTY}, "over several turns"),
    (["Chỉ tiêu của huyện Suối Mây là gì?"], "còn huyện Khê Mộc?", {POVERTY}, "a plan named anew replaces it"),
    (["Chỉ tiêu của huyện Suối Mây là gì?", "còn huyện Khê Mộc?"], "kinh phí bao nhiêu?", {POVERTY}, "the latest name counts"),
    (
        ["Chỉ tiêu của huyện Suối Mây là gì?"],
        "Kế hoạch phòng, chống thiên tai tỉnh Vân Châu năm 2025 có tổng nhu cầu kinh phí là bao nhiêu?",
        {DISASTER},
        "a question that stands on its own",
    ),
    ([], "còn kinh phí?", set(), "nothing was said before"),
    (["Xin chào"], "kinh phí bao nhiêu?", set(), "no plan was named before, and the assistant's own words name none"),
]


@pytest.mark.parametrize(("before", "question", "expected", "why"), CARRIED)
def test_the_plan_is_carried_or_replaced(understander: Understander, before: list[str], question: str, expected: set[str], why: str) -> None:
    assert set(understander.understand(question, said(*before)).plans) == expected, why


@pytest.mark.parametrize(
    ("before", "question", "expected", "why"),
    [
        ("Báo cáo năm của huyện Khê Mộc gửi khi nào?", "còn huyện Suối Mây thì sao?", "deadline", "the same is asked of another plan"),
        ("Báo cáo năm của huyện Khê Mộc gửi khi nào?", "gửi cho ai?", "recipient", "another thing is asked of the same plan"),
        ("Kinh phí của huyện Suối Mây là bao nhiêu?", "Còn Hoài Khê?", "budget", "the same is asked of another plan"),
    ],
)
def test_what_is_asked_is_carried_or_replaced(understander: Understander, before: str, question: str, expected: Slot, why: str) -> None:
    assert understander.understand(question, said(before)).slot == expected, why


def test_the_standalone_question_names_the_carried_plan(understander: Understander) -> None:
    query = understander.understand("ai ký?", said("UBND huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"))
    assert query.question == "ai ký?"
    assert query.standalone == "Kế hoạch của UBND huyện Khê Mộc ai ký?"


def test_a_question_without_history_stands_as_typed(understander: Understander) -> None:
    question = "Báo cáo năm của huyện Khê Mộc gửi khi nào?"
    assert understander.understand(question).standalone == question


def test_a_selection_is_not_left_by_what_was_said_before(understander: Understander) -> None:
    assert understander.understand("kinh phí bao nhiêu?", said("Chỉ tiêu của huyện Suối Mây là gì?"), [POVERTY]).plans == (POVERTY,)


def test_thanks_in_between_are_passed_over(understander: Understander) -> None:
    query = understander.understand("gửi cho ai?", said("Huyện Khê Mộc báo cáo tháng khi nào?", "Cảm ơn"))
    assert query.standalone == "Huyện Khê Mộc báo cáo tháng gửi cho ai?"


def test_an_endless_turn_does_not_make_an_endless_query(understander: Understander) -> None:
    assert len(understander.understand("còn kinh phí?", said("báo cáo " * 5000)).text) < 2000
