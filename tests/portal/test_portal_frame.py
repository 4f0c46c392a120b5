"""The page that portals frame, over a server in a thread: what one sees while one waits, and verdicts on answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from portal import DAY, DESKTOP, PHONE, QUESTION, WAIT, Open, ask
from server_thread import served

from evals.llm.server import adversary
from xhht_qa import messages
from xhht_qa.api import create_app
from xhht_qa.feedback import Feedback, read
from xhht_qa.live import LiveEngine
from xhht_qa.service import Service
from xhht_qa.settings import Settings


@pytest.fixture(scope="module")
def settings(portal_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("frame")
    return Settings(_env_file=None, index_dir=portal_index, data_dir=folder, feedback_file=folder / "feedback.jsonl")  # type: ignore[call-arg]


@pytest.fixture(scope="module")
def service(settings: Settings) -> Service:
    return Service(settings)


@pytest.fixture(scope="module")
def frame(settings: Settings, service: Service) -> Iterator[str]:
    with served(create_app(LiveEngine.open(settings), settings, service=service)) as address:
        yield f"{address}/embed"


def test_the_place_in_the_queue_is_told(visit: Open, frame: str, service: Service) -> None:
    held = [service.queue.enter(f"người {number}", lambda: None) for number in range(service.queue.slots + 1)]
    page = visit(frame)
    page.locator("#send:enabled").wait_for(timeout=WAIT)
    page.locator("#box").fill(QUESTION)
    page.locator("#box").press("Enter")
    page.locator(".pending", has_text=messages.waiting(2)).wait_for()
    assert page.locator("#announcer").inner_text() == messages.waiting(2), "it is read out too"
    assert Axe().run(page).response["violations"] == []
    service.queue.leave(held.pop())
    page.locator(".pending", has_text=messages.waiting(1)).wait_for()
    page.locator("#stop").click()
    page.wait_for_function("() => !document.querySelector('.pending')")
    assert page.locator("#box").input_value() == QUESTION
    for place in held:
        service.queue.leave(place)
    assert DAY in ask(page, QUESTION).inner_text()
    assert service.queue.load == (0, 0), "who has stopped waits no more"


@pytest.mark.parametrize(("model", "said"), [("honest", messages.SCRIPT["rephrased"].format(sentences=1)), ("negated", messages.SCRIPT["not_rephrased"])])
def test_the_frame_says_whose_words_an_answer_says(visit: Open, settings: Settings, model: str, said: str) -> None:
    with adversary() as server:
        asked = settings.model_copy(update={"llm_base_url": server.base_url, "llm_model": model})
        with served(create_app(LiveEngine.open(asked), asked)) as address:
            answer = ask(visit(f"{address}/embed"), QUESTION)
            assert answer.locator(".mode").inner_text() == said


@pytest.mark.parametrize("options", [{**DESKTOP, "color_scheme": "light"}, {**DESKTOP, "color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_an_answer_is_judged_as_on_the_chat_page(visit: Open, frame: str, settings: Settings, options: dict[str, Any]) -> None:
    def given() -> list[Feedback]:
        return list(read(settings.feedback_file)) if settings.feedback_file.exists() else []

    before = len(given())
    page = visit(frame, options)
    ask(page, QUESTION)
    ask(page, "Còn huyện Suối Lau?")
    up, down = (page.get_by_role("button", name=messages.GRADIO[name]).last for name in ("Like", "Dislike"))
    up.click()
    page.get_by_text(messages.JUDGED).wait_for()
    assert up.get_attribute("aria-pressed") == "true"
    up.press("Enter")
    page.get_by_text(messages.JUDGED_WITHDRAWN).wait_for()
    down.press("Enter")
    form = page.locator("form.report")
    form.wait_for()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    assert form.count() == 0, "the form, and not the panel around"
    assert down.evaluate("button => button === document.activeElement")
    down.click()
    page.get_by_text(messages.JUDGED_WITHDRAWN).wait_for()
    down.click()
    form.get_by_label(messages.REPORT_REASONS["incomplete"]).check()
    form.get_by_label(messages.REPORT_COMMENT).fill("Thiếu nơi nhận <b>")
    form.get_by_role("button", name=messages.REPORT_SEND).click()
    page.get_by_text(messages.REPORTED).wait_for()
    assert form.count() == 0
    kept = given()[before:]
    assert [(one.verdict, one.reason, one.comment) for one in kept] == [
        *[(verdict, "", "") for verdict in ("up", "withdrawn", "down", "withdrawn", "down")],
        ("down", "incomplete", "Thiếu nơi nhận <b>"),
    ]
    assert {one.question for one in kept} == {"Còn huyện Suối Lau?"}
    assert [turn.role for turn in kept[-1].history] == ["user", "assistant"]
    assert kept[-1].citations[0].plan == "suoi-lau"
    page.reload()
    page.locator(".question").nth(1).wait_for()
    assert down.get_attribute("aria-pressed") == "true", "a reload keeps it"


def test_a_verdict_that_is_not_kept_is_told(visit_in_trouble: Open, frame: str, settings: Settings) -> None:
    page = visit_in_trouble(frame)
    ask(page, QUESTION)
    page.context.set_offline(True)
    page.get_by_role("button", name=messages.GRADIO["Like"]).click()
    page.get_by_text(messages.NOT_REPORTED).wait_for()
    assert page.get_by_role("button", name=messages.GRADIO["Like"]).get_attribute("aria-pressed") == "false"
