"""Verdicts on answers: the file, the door for machines, and the thumbs and the form of the page."""

from __future__ import annotations

import json
import multiprocessing
import re
import stat
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from test_web_page import POOR_CONTRAST, WORDS_FOR_PEOPLE

from xhht_qa import messages
from xhht_qa.conversation import Conversation
from xhht_qa.errors import FeedbackError
from xhht_qa.feedback import MOST_BYTES, MOST_CHARS, Feedback, append, feedback_on, index_version, read
from xhht_qa.index import Manifest
from xhht_qa.judging import Judging
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Citation, Turn

CITED = Citation(1, "a", "Kế hoạch a", "II.1", "/-2", "khoản 1 mục II", (), "- trước 15/6", 3, 3)
ANSWER = Answer("id1", "Hạn?", "Hạn nộp?", "answered", "Trước 15/6 [1]", (CITED,))
MANIFEST = Manifest(1, "e5", {"a": "00"}, 9)
PLAN = "ubnd-tinh-lamkhe-cds"
QUESTION = "Theo kế hoạch của UBND tỉnh Lam Khê, UBND các huyện, thị xã gửi báo cáo năm trước ngày nào?"


def test_what_is_stored_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    told = feedback_on(ANSWER, [Turn("user", "x" * 9000)], "down", "v1", "incomplete", "  thiếu ý ", "Trước 15/6/2025.")
    append(path, told)
    append(path, replace(told, verdict="withdrawn", question="nửa chữ \ud83d"))
    first, second = read(path)
    assert first == told
    assert (first.comment, len(first.history[0].content), first.citations[0].section) == ("thiếu ý", MOST_CHARS, "II.1")
    assert (second.verdict, second.question) == ("withdrawn", "nửa chữ ")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "questions may name people"


def _give(path: Path, writer: int) -> None:
    for number in range(50):
        append(path, feedback_on(ANSWER, (), "up", "v1", comment=f"{writer}-{number} " + "chữ " * 400))


def test_writers_at_once_lose_and_mix_nothing(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    context = multiprocessing.get_context("spawn")
    writers: list[Any] = [context.Process(target=_give, args=(path, number)) for number in range(2)]
    writers += [threading.Thread(target=_give, args=(path, number)) for number in range(2, 6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(record.comment.split()[0] for record in read(path)) == sorted(f"{writer}-{number}" for writer in range(6) for number in range(50))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"verdict": "up"}', "not whole"),
        ('{"verdict": "maybe", "history": [], "citations": []}', "a verdict that is none"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "feedback.jsonl"
    append(path, feedback_on(ANSWER, (), "up", "v1"))
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(FeedbackError, match=f"{path}:2 "):
        list(read(path))


def test_what_cannot_be_stored_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedbackError, match="XHHT_FEEDBACK_FILE"):
        append(tmp_path / "file" / "feedback.jsonl", feedback_on(ANSWER, (), "up", "v1"))
    with pytest.raises(FeedbackError, match="limit"):
        append(tmp_path / "feedback.jsonl", feedback_on(replace(ANSWER, answer="x" * MOST_BYTES), (), "up", "v1"))
    with pytest.raises(FeedbackError, match="cannot be read"):
        list(read(tmp_path / "nowhere"))


def test_the_version_of_an_index_changes_with_its_plans() -> None:
    others = (replace(MANIFEST, plans={"a": "01"}), replace(MANIFEST, encoder="e6"), replace(MANIFEST, plans={"b": "00"}))
    assert len({index_version(manifest) for manifest in (MANIFEST, *others)}) == 4
    assert index_version(MANIFEST) == index_version(replace(MANIFEST))


@pytest.mark.parametrize(
    ("number", "kept", "why"),
    [
        (0, ("Một?", []), "the first answer has no history"),
        (1, ("Hai?", ["Một?", "1"]), "the second has the first before it, and nothing that came after"),
        (2, None, "what is still being answered has no verdict"),
    ],
)
def test_a_verdict_is_on_the_answer_it_was_given_to(tmp_path: Path, number: int, kept: tuple[str, list[str]] | None, why: str) -> None:
    settings = Settings(_env_file=None, feedback_file=tmp_path / "feedback.jsonl")  # type: ignore[call-arg]
    engine: Any = SimpleNamespace(index=SimpleNamespace(manifest=MANIFEST))
    talk = Conversation(tuple(Answer(answer, question, question, "answered", answer) for question, answer in (("Một?", "1"), ("Hai?", "2"))), "Ba?")
    assert Judging(settings).keep(engine, talk, number, "up") is (kept is not None), why
    if kept:
        (record,) = read(settings.feedback_file)
        assert (record.question, [turn.content for turn in record.history]) == kept, why


def test_a_verdict_that_cannot_be_stored_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    engine: Any = SimpleNamespace(index=SimpleNamespace(manifest=MANIFEST))
    judging = Judging(Settings(_env_file=None, feedback_file=tmp_path / "file" / "x"))  # type: ignore[call-arg]
    assert judging.keep(engine, Conversation((ANSWER,)), 0, "up") is False


BODY: dict[str, Any] = {
    "answer_id": "id7", "question": "Hạn?", "standalone_question": "Hạn nộp?", "history": [{"role": "user", "content": "Ai nộp?"}],
    "status": "answered", "answer": "Trước 15/6 [1]", "citations": [{"plan": PLAN, "section": "IV.2.b"}], "verdict": "down",
    "reason": "wrong_content", "comment": "Sai ngày", "corrected_answer": "Trước 16/6.",
}  # fmt: skip


def stored(path: Path, answer_id: str) -> list[Feedback]:
    return [record for record in read(path) if record.answer_id == answer_id] if path.exists() else []


def test_the_door_keeps_a_verdict(server: str, feedback_file: Path) -> None:
    response = httpx.post(f"{server}/api/feedback", json=BODY)
    assert (response.status_code, response.json()) == (201, {"message": messages.REPORTED})
    (record,) = stored(feedback_file, "id7")
    assert (record.verdict, record.reason, record.corrected_answer, record.citations[0].section) == ("down", "wrong_content", "Trước 16/6.", "IV.2.b")
    assert len(record.index) == 12
    assert record.when.endswith("+00:00")


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"verdict": "perhaps"}, 422, "“verdict”"),
        ({"verdict": None}, 422, "“verdict”"),
        ({"reason": "vì thế"}, 422, "“reason”"),
        ({"question": ""}, 422, "“question”"),
        ({"comment": "x" * (MOST_CHARS + 1)}, 422, "“comment”"),
        ({"history": [{"role": "system", "content": ""}]}, 422, "“history.0.role”"),
        ({"history": [{"role": "user", "content": "x"}] * 101}, 422, "“history”"),
        ({"citations": [{"plan": "khong-co", "section": "I"}]}, 422, "Không có kế hoạch nào mang mã “khong-co”"),
        ({"who": "tôi"}, 422, "“who”"),
        ({"answer": "x" * 2 * MOST_BYTES}, 413, "quá dài"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_the_door_refuses_it_explains_in_vietnamese(server: str, feedback_file: Path, change: dict[str, Any], status: int, words: str) -> None:
    response = httpx.post(f"{server}/api/feedback", json=BODY | {"answer_id": "refused"} | change)
    assert response.status_code == status
    assert words in response.json()["detail"]
    assert stored(feedback_file, "refused") == []


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", json.dumps(BODY), 415),  # what a form of another site could send unasked
        ("application/x-www-form-urlencoded", "verdict=up", 415),
        ("application/json", "{", 422),
        ("application/json", "[]", 422),
    ],
)
def test_only_json_comes_in(server: str, kind: str, body: str, status: int) -> None:
    response = httpx.post(f"{server}/api/feedback", content=body, headers={"Content-Type": kind})
    assert response.status_code == status
    assert "Nội dung gửi lên" in response.json()["detail"]


def test_the_schema_of_the_door_is_whole(server: str) -> None:
    schema = httpx.get(f"{server}/openapi.json").json()
    body = schema["paths"]["/api/feedback"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    for reference in (body["properties"]["history"]["items"]["$ref"], body["properties"]["citations"]["items"]["$ref"]):
        place: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            place = place[step.replace("~1", "/")]
        assert place["type"] == "object"
    operations = [operation for item in schema["paths"].values() for operation in item.values()]
    assert not [operation["operationId"] for operation in operations if operation["summary"].isascii()], "every address is told of in Vietnamese"


def verdicts(path: Path, question: str) -> Sequence[Feedback]:
    return [record for record in read(path) if record.question == question] if path.exists() else []


def wait_for(page: Any, path: Path, question: str, count: int) -> Sequence[Feedback]:
    for _ in range(100):
        if len(found := verdicts(path, question)) >= count:
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(verdicts(path, question))} verdicts instead of {count}")


@pytest.mark.browser
def test_a_thumb_up_is_kept_and_thanked_for(visitor: Any, feedback_file: Path) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    question = "Còn báo cáo 6 tháng đầu năm thì sao? (lần 1)"
    visitor.ask(question)
    assert all(button.bounding_box()["width"] > 60 for button in page.locator("#thread .message-buttons button").all()), "each thumb with its words"
    page.get_by_role("button", name="Câu trả lời đúng").last.click()
    page.get_by_text(messages.JUDGED).wait_for()
    (record,) = wait_for(page, feedback_file, question, 1)
    assert record.verdict == "up"
    assert [turn.role for turn in record.history] == ["user", "assistant"]
    assert record.standalone_question != question
    assert record.citations[0].plan == PLAN
    assert page.locator("#report").count() == 0
    page.get_by_role("button", name="Đã đánh giá là đúng").click()
    page.get_by_text(messages.JUDGED_WITHDRAWN).wait_for()
    assert wait_for(page, feedback_file, question, 2)[-1].verdict == "withdrawn"


@pytest.mark.browser
def test_a_wrong_answer_is_reported_by_the_keyboard_alone(visitor: Any, feedback_file: Path) -> None:
    page = visitor.open_chat()
    question = f"{QUESTION} (bàn phím)"
    visitor.ask(question)
    page.get_by_role("button", name="Báo sai").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.type === 'radio'")
    assert question in page.locator("#report").inner_text(), "it says which answer is meant"
    assert page.locator("#report").get_attribute("aria-label") == "Góp ý về câu trả lời"
    page.keyboard.press("Space")
    for text in ("Sai ngày <b>", "Trước ngày 01/12/2025."):
        while not page.evaluate("document.activeElement.matches('#report textarea') && !document.activeElement.value"):
            page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "report-send"
    page.keyboard.press("Enter")
    page.get_by_text(messages.REPORTED).wait_for()
    page.wait_for_function("() => document.activeElement.title === 'Đã báo sai'")
    first, last = wait_for(page, feedback_file, question, 2)
    assert first.answer_id == last.answer_id
    assert (first.verdict, first.reason) == ("down", "")
    assert (last.verdict, last.reason, last.comment, last.corrected_answer) == ("down", "wrong_content", "Sai ngày <b>", "Trước ngày 01/12/2025.")


@pytest.mark.browser
def test_the_form_closes_with_escape_and_with_a_new_conversation_and_forgets(visitor: Any) -> None:
    page = visitor.open_chat()
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.click("#report-close"), lambda: page.click("#clear")):
        visitor.ask(QUESTION)
        page.get_by_role("button", name="Báo sai").last.click()
        page.locator("#report textarea").first.fill("Bỏ dở")
        leave()
        page.wait_for_function("() => !document.querySelector('#report')")
    page.wait_for_function("() => !document.querySelector('#thread [data-testid=bot]')")
    visitor.ask(QUESTION)
    page.get_by_role("button", name="Báo sai").last.click()
    page.locator("#report textarea").first.wait_for()
    assert [box.input_value() for box in page.locator("#report textarea").all()] == ["", ""]
    assert page.locator("#report input:checked").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("visitor", [{"viewport": {"width": 390, "height": 844}}, {"viewport": {"width": 390, "height": 500}}], indirect=True)
def test_on_a_small_screen_the_form_leaves_room_to_send_it_and_to_ask_on(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    page.get_by_role("button", name="Báo sai").click()
    page.locator("#report-send").scroll_into_view_if_needed()
    for name in ("#report-send", "#box textarea", "#send"):
        box, height = page.locator(name).bounding_box(), page.viewport_size["height"]
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= height, name
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@pytest.mark.parametrize("visitor", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"])
def test_the_form_is_legible_and_speaks_vietnamese(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    page.get_by_role("button", name="Báo sai").click()
    page.locator("#report textarea").first.fill("Sai")
    page.locator("#report input[type=radio]").first.check()
    page.wait_for_timeout(300)
    assert page.evaluate(POOR_CONTRAST) == []
    assert [
        words for words in page.evaluate(WORDS_FOR_PEOPLE) if re.search(r"\b(like|dislike|liked|disliked|feedback|submit|radio|close)\b", words, re.IGNORECASE)
    ] == []
    page.click("#report-send")
    page.get_by_text(messages.REPORTED).wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate(POOR_CONTRAST) == []
