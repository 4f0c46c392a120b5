"""Conversations and their markdown, without a browser."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from xhht_qa.access import Asker
from xhht_qa.conversation import Conversation
from xhht_qa.messages import NO_CHOSEN_PLAN_LEFT, PENDING, UNEXPECTED, chosen_plans_gone
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Citation, Metadata, Plan, Turn
from xhht_qa.ui import without_stubs
from xhht_qa.ui.markdown import escape, escape_answer, render, source_link
from xhht_qa.ui.questions import example_questions
from xhht_qa.ui.thread import Chat, shown


def plan(plan_id: str, issuer: str, **metadata: Any) -> Plan:
    return Plan(plan_id, f"Kế hoạch {plan_id}", "", "", Metadata(issuer=issuer, **metadata), ())


def citation(
    marker: int, plan_id: str = "a", section: str = "III.2.1", bullet: str | None = None, label: str = "khoản 2.1 mục 2 phần III", quote: str = "Lời"
) -> Citation:
    return Citation(marker, plan_id, f"Kế hoạch {plan_id}", section, bullet, label, (), quote, 1, 1)


def answered(text: str, *citations: Citation, **changes: Any) -> Answer:
    return replace(Answer("1", "Hỏi?", "Hỏi?", "answered", text, citations), **changes)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Trước ngày 15/6/2025", r"Trước ngày 15\/6\/2025", "letters stay, punctuation is escaped"),
        ("![x](http://y)", r"\!\[x\]\(http\:\/\/y\)", "no image"),
        ("<b>&lt;", r"\<b\>\&lt\;", "no tag, no entity"),
        ("    mã", "mã", "no code block by indentation"),
        ("a\n\n# b", "a\n\n\\# b", "line breaks stay, headings do not arise"),
        ("1. một", r"1\. một", "no list"),
        ("", "", "nothing"),
    ],
)
def test_escape(text: str, expected: str, why: str) -> None:
    assert escape(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Ngày 1/6 [1].", r"Ngày 1\/6 1\.", "a marker becomes its link"),
        ("Ngày 1/6 [1] [2][1].", r"Ngày 1\/6 1+2+1\.", "markers that stand together are linked together"),
        ("Ngày 1/6 [7].", r"Ngày 1\/6 \[7\]\.", "a marker without a citation is plain text"),
        ("- một [1]\n  - hai", "- một 1\n  - hai", "lists stay"),
        ("1. một", "1. một", "numbered lists stay"),
        ("**Đậm *x*:** y", "**Đậm \\*x\\*\\:** y", "bold stays, what it holds is escaped"),
        ("| a | b* |\n|---|:-:|\n| [1] | <i> |", "| a | b\\* |\n|---|:-:|\n| 1 | \\<i\\> |", "tables stay"),
        (r"| a\|b | c |", r"| a\|b | c |", "an escaped bar stays inside its cell"),
        ("2 * 3 [x](http://y)", r"2 \* 3 \[x\]\(http\:\/\/y\)", "no other link"),
        ("# Lớn\n> lời\n`mã`", "\\# Lớn\n\\> lời\n\\`mã\\`", "no headings, quotes or code"),
    ],
)
def test_escape_answer(text: str, expected: str, why: str) -> None:
    assert escape_answer(text, lambda markers: "+".join(str(marker) for marker in markers if marker < 7)) == expected, why


@pytest.mark.parametrize(
    ("section", "bullet", "label", "name", "expected"),
    [
        ("III.2.1", None, "khoản 2.1 mục 2 phần III", "", r"[Mục III\.2\.1](#src=a/III.2.1)"),
        ("III(2).1.đ", "/-2", "…", "", r"[Mục III\(2\)\.1\.đ](#src=a/III%282%29.1.%C4%91%2F-2)"),
        ("C.3", None, "mục 3 phần C", "", r"[Mục C\.3](#src=a/C.3)"),
        ("4", None, "mục 4", "UBND xã", r"[Mục 4\, UBND xã](#src=a/4)"),
        ("mo-dau", None, "phần mở đầu", "", "[Phần mở đầu](#src=a/mo-dau)"),
        ("Đ5.2", None, "khoản 2 Điều 5", "", "[Khoản 2 Điều 5](#src=a/%C4%905.2)"),
        ("P1.I", None, "mục I phần thứ nhất", "", "[Mục I phần thứ nhất](#src=a/P1.I)"),
        ("C-I", None, "chương I", "", "[Chương I](#src=a/C-I)"),
        ("phu-luc-2", "/r5", "phụ lục 2", "", "[Phụ lục 2](#src=a/phu-luc-2%2Fr5)"),
    ],
)
def test_source_link(section: str, bullet: str | None, label: str, name: str, expected: str) -> None:
    assert source_link([citation(1, section=section, bullet=bullet, label=label)], name) == expected


def test_links_name_the_plans_only_where_several_are_cited() -> None:
    plans = {name: plan(name, issuer) for name, issuer in (("a", "Sở X"), ("b", "Sở Y"), ("c", "Sở Y"))}
    one = render(answered("Ở [1] và [2].", citation(1), citation(2, section="IV")), plans)
    assert "Ở [Mục III\\.2\\.1](#src=a/III.2.1) và [Mục IV](#src=a/IV)" in one
    three = render(answered("Ở [1], [2] và [3].", citation(1), citation(2, "b"), citation(3, "c")), plans)
    assert "[Mục III\\.2\\.1\\, Sở X](#src=a/" in three
    assert "[Mục III\\.2\\.1\\, Kế hoạch b](#src=b/" in three, "one issuer, two plans: the title tells them apart"
    assert "[Mục III\\.2\\.1\\, Kế hoạch c](#src=c/" in three


def test_every_citation_is_listed_with_its_quote() -> None:
    written = render(answered("Ở [1].", citation(1, quote="Dòng *một*\nDòng hai ![x](http://y)")), {})
    assert "**Nguồn**" in written
    assert '- [Khoản 2\\.1 mục 2 phần III\\, Kế hoạch a](#src=a/III.2.1 "theo khoản 2\\.1 mục 2 phần III Kế hoạch a")' in written
    assert "\n\n  > Dòng \\*một\\*\n  > Dòng hai \\!\\[x\\]" in written


@pytest.mark.parametrize(
    ("bullets", "address", "why"),
    [
        ((None, None), "#src=a/III.2.1", "two quotes of one section"),
        (("/-1", "/-1"), "#src=a/III.2.1%2F-1", "two quotes of one bullet"),
        (("/-1", "/-2"), "#src=a/III.2.1", "two bullets: the section that holds both"),
    ],
)
def test_a_section_cited_twice_is_linked_once_and_listed_once_with_both_quotes(bullets: Sequence[str | None], address: str, why: str) -> None:
    written = render(answered("Ở [1] [2].", *(citation(marker, bullet=bullets[marker - 1], quote=f"Lời {marker}") for marker in (1, 2))), {})
    assert written.count("#src=") == written.count(address) == 2, why
    assert "  > Lời 1\n\n  > Lời 2" in written


def test_a_link_names_the_edition_that_the_answer_was_given_from() -> None:
    answer = answered("Ở [1].", citation(1, bullet="/-1"))
    for known in ({}, {"a": plan("a", "Sở X")}):
        assert render(answer, known, {"a": "0a1b"}).count("#src=a/III.2.1%2F-1@0a1b") == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "not_found", "citations": (citation(1),)}, ["Kế hoạch không nêu nội dung này", "**Mục gần nhất**"]),
        ({"status": "corrected"}, ["Câu hỏi có điểm khác với kế hoạch"]),
        ({"status": "clarify", "options": ("Sở X (1)?",)}, ["Cần nói rõ là kế hoạch nào"]),
        ({"standalone_question": "Hỏi *gì*?"}, ["<small>Hiểu là: Hỏi \\*gì\\*\\?</small>"]),
    ],
)
def test_the_status_is_told_in_words(changes: Mapping[str, Any], words: Sequence[str]) -> None:
    written = render(answered("Trả lời.", **changes), {})
    assert all(word in written for word in words)


def test_a_plain_answer_carries_no_label() -> None:
    assert render(answered("Chào."), {}) == "Chào\\."


class Oracle:
    """Answers with what it was asked; raises at "hỏng"."""

    def __init__(self) -> None:
        self.plans = {"a": plan("a", "Sở X")}

    def ask(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = (), told: object = None) -> Answer:
        if question == "hỏng":
            raise RuntimeError
        heard = f"{question} | {' '.join(turn.content for turn in history)} | {' '.join(scope)}"
        return Answer("", question, question, "answered", heard)


def steps(asked: AsyncIterator[Conversation]) -> list[Conversation]:
    async def gathered() -> list[Conversation]:
        return [step async for step in asked]

    return asyncio.run(gathered())


def talk(*questions: str, scope: Sequence[str] = (), **settings: Any) -> Conversation:
    chat = Chat(Oracle(), Settings(_env_file=None, **settings))  # type: ignore[arg-type, call-arg]
    conversation = Conversation()
    for question in questions:
        *_, conversation = conversation, *steps(chat.ask(question, replace(conversation, scope={plan: f"Kế hoạch {plan}" for plan in scope})))
    return conversation


@pytest.mark.parametrize(
    ("questions", "options", "heard", "why"),
    [
        (["một"], {}, "một |  | ", "no history at first"),
        (["một", "hai"], {}, "hai | một một |  |  | ", "both sides of the last exchange"),
        (["một", "hai"], {"max_history_turns": 0}, "hai |  | ", "no history wanted"),
        (["một", "hỏng", "hai"], {}, "hai | một một |  |  | ", "a failed question is not part of the talk"),
        (["  một \n"], {"scope": ["a"]}, "một |  | a", "trimmed, and held to the chosen plans"),
        (["một"], {"scope": ["a", "z"]}, "một |  | a", "answered from the chosen plans that are left"),
        (["một"], {"scope": ["z"]}, NO_CHOSEN_PLAN_LEFT, "never from all plans because the chosen one is gone"),
        (["một", "   "], {}, "một |  | ", "a blank question is no question"),
        (["hỏng"], {}, UNEXPECTED, "a defect is told courteously"),
        (["m" * 5000], {"max_question_chars": 10}, f"{'m' * 11} |  | ", "no more is passed on than shows that it is too long"),
    ],
)
def test_conversation(questions: list[str], options: dict[str, Any], heard: str, why: str) -> None:
    conversation = talk(*questions, **options)
    assert conversation.exchanges[-1].answer == heard, why
    assert conversation.pending == ""


@pytest.mark.parametrize(
    ("scope", "notice", "why"),
    [
        (["a"], "", "all are there"),
        ([], "", "none was chosen"),
        (["a", "z"], chosen_plans_gone(["Kế hoạch z"]), "one that is gone is named"),
    ],
)
def test_a_chosen_plan_that_is_gone_is_told_of(scope: Sequence[str], notice: str, why: str) -> None:
    assert talk("một", scope=scope).notice == notice, why


@pytest.mark.parametrize(
    ("held", "private", "why"),
    [
        ("", False, "a new page"),
        ("-", True, "a private conversation stays private when the server has forgotten it"),
        ("0" * 32, False, "nothing is kept here"),
    ],
)
def test_what_the_browser_holds_survives_a_restart(held: str, private: bool, why: str) -> None:
    chat = Chat(Oracle(), Settings(_env_file=None))  # type: ignore[arg-type, call-arg]
    assert chat.resumed(Conversation(), held).private is private, why
    assert chat.resumed(Conversation(id="1"), held) == Conversation(id="1"), "what the server knows is not asked for again"


def test_history_keeps_the_latest_turns() -> None:
    turns = talk("một", "hai", "ba", max_history_turns=3).turns(3)
    assert [turn.role for turn in turns] == ["assistant", "user", "assistant"]
    assert turns[1].content == "ba"


def test_a_question_is_shown_while_it_is_being_answered() -> None:
    first = steps(Chat(Oracle(), Settings(_env_file=None)).ask("một *", Conversation()))[0]  # type: ignore[arg-type, call-arg]
    assert [message["content"] for message in shown(first, {})] == ["một \\*", PENDING]


def test_one_who_waits_is_told_the_place_in_the_queue() -> None:
    service = Service(Settings(_env_file=None, questions_at_once=1))  # type: ignore[call-arg]
    chat = Chat(Oracle(), Settings(_env_file=None), service=service)  # type: ignore[arg-type, call-arg]
    before = service.queue.enter("another", lambda: None)

    async def said() -> list[str]:
        told = []
        async for step in chat.ask("một", Conversation()):
            told.append(shown(step, {})[-1]["content"])
            if len(told) == 2:
                service.queue.leave(before)
        return told

    assert asyncio.run(said())[:2] == [PENDING, "Đang có nhiều người cùng hỏi; Anh/Chị đang ở vị trí thứ 1 trong hàng chờ…"]
    assert service.queue.load == (0, 0)


def test_one_who_asks_too_often_is_told_when_to_ask_again() -> None:
    chat = Chat(Oracle(), Settings(_env_file=None, questions_per_minute=1), asker=Asker("an"))  # type: ignore[arg-type, call-arg]
    first = steps(chat.ask("một", Conversation()))[-1]
    second = steps(chat.ask("hai", first))[-1]
    assert [answer.status for answer in second.exchanges] == ["answered", "failed"]
    assert "quá nhiều câu trong một phút" in second.exchanges[-1].answer
    assert second.pending == ""


@pytest.mark.parametrize(
    ("plans", "expected", "why"),
    [
        (
            [plan("a", "Sở X", signer="Lê A"), plan("b", "", signer="Lê B"), plan("c", "Sở Z", recipients=("UBND",))],
            ["Kế hoạch của Sở X do ai ký?", "Kế hoạch của Sở Z được gửi đến những nơi nào?"],
            "only what a named issuer's plan says of itself",
        ),
        (
            [plan("a", "Sở X", signer="Lê A", recipients=("UBND",))],
            ["Kế hoạch của Sở X do ai ký?", "Kế hoạch của Sở X được gửi đến những nơi nào?"],
            "several questions about one plan where there is only one",
        ),
        (
            [plan(str(number), f"Sở {number}", signer="Lê A") for number in range(4)],
            [f"Kế hoạch của Sở {number} do ai ký?" for number in (0, 3, 2)],
            "no more than three",
        ),
        ([], [], "no plans, no examples"),
    ],
)
def test_example_questions(plans: Sequence[Plan], expected: list[str], why: str) -> None:
    assert example_questions({each.id: each for each in plans}) == expected, why


def test_gradio_is_not_told_where_its_components_stand_while_it_is_imported() -> None:
    component = type("ComponentMeta", (type,), {})("Component", (), {"__module__": __name__})
    with without_stubs(), pytest.raises(OSError):  # noqa: PT011 - what Gradio looks for
        inspect.getfile(component)
    with without_stubs():
        assert inspect.getfile(Asker).endswith(".py"), "others are told"
    assert inspect.getfile(component) == __file__
