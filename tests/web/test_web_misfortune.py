"""What happens to people when the server dies, the line breaks, a page is loaded again or plans are published in the middle of it all."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prerequisites import ROOT
from programs import free_port
from test_web_page import CITATION, PHONE, PLAN, QUESTION
from web_plans import PLANS, PRINTED
from web_server import started
from web_visitor import Visitor

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}}
FOLLOW_UP = "Còn báo cáo 6 tháng đầu năm thì sao?"
SLOW = f"{FOLLOW_UP} {'Xin cho biết rõ nơi nhận và thời hạn. ' * 45}".strip()  # a long question takes long to read
LOST = "Mất kết nối với máy chủ"
PATIENCE = 60_000
ANSWERS = "#thread [data-testid=bot]"
QUESTIONS = "#thread [data-testid=user]"


class House:
    """A server at one address that can be killed and started anew over the same index and the same conversations."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def start(self) -> None:
        self.process = started(self.port, self.index, XHHT_DATA_DIR=str(self.folder / "data"))

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def publish(self, plans: list[Path]) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "ingest", *map(str, plans), "--only", "--index", str(self.index)], cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def house(web_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(web_index, folder / "index")
    built = House(folder)
    built.start()
    yield built
    built.kill()


@contextmanager
def visiting(browser: Any, house: House, **view: Any) -> Iterator[Visitor]:
    """A visitor of that server; that requests fail, and that Gradio says so, belongs to it; an error of a script of ours does not."""
    opened = Visitor(browser, house.address, **view)
    yield opened
    opened.context.close()
    assert opened.foreign == []
    assert [error for error in opened.errors if "/static/" in error] == []


@pytest.fixture
def guest(browser: Any, house: House, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    with visiting(browser, house, **getattr(request, "param", DESK)) as opened:
        yield opened


def begun(page: Any, question: str) -> None:
    """Asked, and in the middle of being answered."""
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")
    shown = f"words => [...document.querySelectorAll('{QUESTIONS}')].some(shown => shown.innerText.trim() === words)"
    page.wait_for_function(shown, arg=question, timeout=PATIENCE)


def sentence(page: Any) -> str:
    """What the page says in its notice."""
    notice = page.locator("[data-testid=toast-text]").first
    notice.wait_for(timeout=PATIENCE)
    return str(notice.inner_text())


def asked(page: Any) -> list[str]:
    return [" ".join(shown.inner_text().split()) for shown in page.locator(QUESTIONS).all()]


def in_the_box(page: Any, question: str) -> None:
    page.wait_for_function("words => document.querySelector('#box textarea')?.value === words", arg=question, timeout=PATIENCE)


def not_lost(page: Any, question: str) -> None:
    """It is in the box again, or it was answered all the same."""
    page.wait_for_function(
        f"""words => document.querySelector('#box textarea')?.value === words
          || [...document.querySelectorAll('{QUESTIONS}')].some(shown => shown.innerText.trim() === words)""",
        arg=question,
        timeout=PATIENCE,
    )


def restored(page: Any, answers: int) -> None:
    page.wait_for_function(f"count => document.querySelectorAll('{ANSWERS}').length >= count", arg=answers, timeout=PATIENCE)


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_a_server_that_dies_loses_neither_question_nor_conversation(browser: Any, house: House, view: dict[str, Any]) -> None:
    """One waits for an answer, one asks while it is dead, and one does not notice: a server takes long to start, so they meet the same death."""
    with visiting(browser, house, **view) as waiting, visiting(browser, house, **view) as asking, visiting(browser, house, **view) as unaware:
        for visitor in (unaware, asking, waiting):
            visitor.open_chat()
            visitor.ask(QUESTION)
        begun(waiting.page, SLOW)
        house.kill()
        assert LOST in sentence(waiting.page)
        page = asking.page
        page.fill("#box textarea", FOLLOW_UP)
        page.press("#box textarea", "Enter")
        assert LOST in sentence(page)
        assert page.input_value("#box textarea") == FOLLOW_UP
        house.start()
        in_the_box(waiting.page, SLOW)  # the page came back by itself
        restored(waiting.page, 1)
        assert asked(waiting.page)[0] == QUESTION
        assert "12/6/2025" in waiting.ask(FOLLOW_UP).inner_text(), "it is understood by what was said before"
        page.wait_for_function("() => !document.querySelector('[data-testid=toast-body]')", timeout=PATIENCE)
        restored(page, 1)
        in_the_box(page, FOLLOW_UP)
        page.press("#box textarea", "Enter")
        page.get_by_text("12/6/2025").first.wait_for(timeout=PATIENCE)
        assert asked(page) == [QUESTION, FOLLOW_UP]
        assert "12/6/2025" in unaware.ask(FOLLOW_UP).inner_text()


@pytest.mark.parametrize("guest", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_a_line_that_breaks_in_mid_answer(guest: Visitor) -> None:
    page = guest.open_chat()
    guest.ask(QUESTION)
    begun(page, SLOW)
    guest.context.set_offline(True)
    page.wait_for_function("() => document.querySelector('[data-testid=toast-body]') || document.querySelector('#send')?.checkVisibility()", timeout=PATIENCE)
    guest.context.set_offline(False)
    not_lost(page, SLOW)
    page.wait_for_selector("#send:visible", timeout=PATIENCE)
    assert "08/12/2025" in guest.ask(QUESTION).inner_text()
    assert asked(page)[0] == QUESTION


def test_a_line_that_breaks_between_questions(guest: Visitor) -> None:
    page = guest.open_chat()
    guest.ask(QUESTION)
    guest.context.set_offline(True)
    page.fill("#box textarea", FOLLOW_UP)
    page.press("#box textarea", "Enter")
    assert LOST in sentence(page)
    page.locator(CITATION).first.click()
    page.get_by_text("Chưa mở được kế hoạch").wait_for()
    guest.context.set_offline(False)
    page.wait_for_function("() => !document.querySelector('[data-testid=toast-body]')", timeout=PATIENCE)
    restored(page, 1)
    in_the_box(page, FOLLOW_UP)
    page.press("#box textarea", "Enter")
    page.get_by_text("12/6/2025").first.wait_for(timeout=PATIENCE)
    page.locator(CITATION).first.click()
    page.locator("#source .marked").first.wait_for()


@pytest.mark.parametrize("first", [True, False], ids=["the first question", "a later question"])
def test_a_page_loaded_again_in_mid_answer_has_the_question_still(guest: Visitor, first: bool) -> None:
    page = guest.open_chat()
    if not first:
        guest.ask(QUESTION)
    begun(page, SLOW)
    page.reload()
    not_lost(page, SLOW)
    if not first:
        restored(page, 1)
        assert asked(page)[0] == QUESTION
    answer = guest.ask(QUESTION)
    assert "08/12/2025" in answer.inner_text()


def test_two_windows_of_one_conversation_keep_what_was_said_in_either(guest: Visitor) -> None:
    one = guest.open_chat()
    guest.ask(QUESTION)
    one.wait_for_function("() => location.search.includes('hoi-thoai=')")
    two = guest.context.new_page()
    two.goto(one.url)
    restored(two, 1)
    guest.ask(FOLLOW_UP)
    for page, question in ((two, "Kế hoạch do ai ký?"), (one, "Kế hoạch này căn cứ vào những văn bản nào?")):
        guest.page = page
        guest.ask(question)
    for page in (one, two):
        page.reload()
        restored(page, 4)
        assert asked(page) == [QUESTION, FOLLOW_UP, "Kế hoạch do ai ký?", "Kế hoạch này căn cứ vào những văn bản nào?"]


def test_two_windows_of_two_conversations_do_not_mix(guest: Visitor) -> None:
    one = guest.open_chat()
    guest.ask(QUESTION)
    guest.page = two = guest.context.new_page()
    guest.open_chat()
    guest.ask("Trường THCS Bình Khê báo cáo Hiệu trưởng trước ngày nào?")
    guest.page = one
    assert "12/6/2025" in guest.ask(FOLLOW_UP).inner_text()
    assert len(asked(one)) == 2
    assert len(asked(two)) == 1
    assert one.url != two.url


def test_a_publish_in_mid_conversation_loses_nothing_and_old_citations_open_what_they_cited(guest: Visitor, house: House, tmp_path: Path) -> None:
    page = guest.open_chat()
    before = guest.ask(QUESTION)
    assert "08/12/2025" in before.inner_text()
    citation = before.locator(CITATION).first
    original = next(path for path in PLANS if path.stem == PLAN)
    changed = tmp_path / original.name
    changed.write_text(original.read_text(encoding="utf-8").replace("08/12/2025", "09/12/2025"), encoding="utf-8")
    publishing = house.publish([changed, *(path for path in PLANS if path != original), PRINTED])
    said, count = "", 1
    deadline = time.monotonic() + 120
    while "09/12/2025" not in said:  # in the middle of the publish and of the taking over, everyone is answered
        assert time.monotonic() < deadline
        said = guest.ask(QUESTION).inner_text()
        count += 1
        assert "08/12/2025" in said or "09/12/2025" in said
    assert publishing.wait(timeout=60) == 0
    assert asked(page) == [QUESTION] * count
    assert "12/6/2025" in guest.ask(FOLLOW_UP).inner_text()
    for link, day in ((citation, "08/12/2025"), (page.locator(ANSWERS).nth(count - 1).locator(CITATION).first, "09/12/2025")):
        link.click()
        page.wait_for_function("day => document.querySelector('#source .marked')?.innerText.includes(day)", arg=day)
    page.reload()
    restored(page, count + 1)
    page.locator(CITATION).first.click()
    page.wait_for_function("() => document.querySelector('#source .marked')?.innerText.includes('08/12/2025')")
    assert page.get_by_text("Đây là bản cũ").is_visible()
