"""What a chat that stays open offers, and to which plans it holds a question, while plans come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from server_thread import served
from toy_encoder import ToyEncoder
from web_visitor import Visitor

from ingest.build import build
from xhht_qa import messages
from xhht_qa.api import create_app
from xhht_qa.api.conversations import add_conversations
from xhht_qa.archive import Archive
from xhht_qa.editions import Editions
from xhht_qa.live import LiveEngine
from xhht_qa.settings import Settings
from xhht_qa.store import Store
from xhht_qa.ui import mount_chat

pytestmark = pytest.mark.browser

DOI_MAY, KHE_MOC, SUOI_DA = "Đồi Mây", "Khe Mộc", "Suối Đá"
IDS = {DOI_MAY: "doi-may", KHE_MOC: "khe-moc", SUOI_DA: "suoi-da"}
QUESTION = "Kế hoạch do ai ký?"
ANSWERS = "#thread [data-testid=bot]"


def plan(place: str) -> str:
    number = 11 + list(IDS).index(place)
    lines = (
        f"UBND HUYỆN {place.upper()}", f"Số: {number}/KH-UBND", f"{place}, ngày 20 tháng 01 năm 2025", "KẾ HOẠCH", "Phát triển văn hóa đọc", "I. BÁO CÁO",
        "1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 03/11/2025.", "Nơi nhận:", "- Các xã;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
        f"Lò Văn {place.split()[0]}",
    )  # fmt: skip
    return "\n".join(lines)


class Press:
    """A server whose plans are published anew at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(index_dir=folder / "index", data_dir=folder / "data")
        self.build(DOI_MAY)
        self.engine = LiveEngine(self.settings, ToyEncoder())
        self.archive = Archive(self.engine, Store.open(self.settings), Editions(self.settings.data_dir / "editions"))
        self.app = create_app(self.engine, self.settings, self.archive)
        add_conversations(self.app, self.archive)
        mount_chat(self.app, self.settings, self.archive)

    def build(self, *places: str) -> None:
        plans = self.folder / "plans"
        plans.mkdir(exist_ok=True)
        for old in plans.iterdir():
            old.unlink()
        for place in places:
            (plans / f"{IDS[place]}.txt").write_text(plan(place), encoding="utf-8")
        build([plans], self.settings.index_dir, ToyEncoder(), only=True)

    def publish(self, *places: str) -> None:
        self.build(*places)
        self.engine.refresh()
        assert set(self.engine.plans) == {IDS[place] for place in places}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def server(press: Press) -> Iterator[str]:
    with served(press.app) as address:
        yield address


def choose(page: Any, *places: str) -> None:
    page.click("#filter-open")
    for place in places:
        page.locator(f".filter-plan input[value={IDS[place]}]").check()
    page.click("#filter .panel-close")


def offered(page: Any, place: str) -> list[str]:
    """The first questions, once there is one about the place."""
    page.locator("#examples button", has_text=place).first.wait_for(timeout=60_000)
    return list(page.locator("#examples button:visible").all_inner_texts())


def test_the_first_questions_are_about_the_plans_that_are_published_now(visitor: Visitor, press: Press) -> None:
    press.publish(DOI_MAY)
    page = visitor.open_chat()
    assert all(DOI_MAY in question for question in offered(page, DOI_MAY))
    press.publish(KHE_MOC)
    page.click("#clear")
    assert all(KHE_MOC in question for question in offered(page, KHE_MOC)), "a new conversation in a page that stayed open"
    assert KHE_MOC in page.locator("#catalogue").inner_text() or "12/KH-UBND" in page.locator("#catalogue").inner_text()
    press.publish(SUOI_DA)
    page.reload()
    assert all(SUOI_DA in question for question in offered(page, SUOI_DA)), "a page that is opened anew"
    page.locator("#examples button", has_text="do ai ký").click()
    page.get_by_text("Lò Văn Suối").first.wait_for(timeout=60_000)


def test_a_question_is_never_widened_because_a_chosen_plan_is_gone(visitor: Visitor, press: Press) -> None:
    press.publish(DOI_MAY, KHE_MOC, SUOI_DA)
    page = visitor.open_chat()
    choose(page, DOI_MAY, KHE_MOC)
    titles = page.locator("#filter-bar .chip > span").all_inner_texts()
    press.publish(KHE_MOC, SUOI_DA)
    assert "Lò Văn Khe" in visitor.ask(QUESTION).inner_text(), "answered from the one that is left"
    notice = page.locator("[data-testid=toast-text]").first
    notice.wait_for(timeout=60_000)
    assert notice.inner_text() == messages.chosen_plans_gone(titles[:1])
    page.locator("#filter-bar .chip.gone").wait_for(timeout=60_000)
    assert page.locator("#filter-bar .chip.gone").inner_text().startswith(titles[0])
    press.publish(SUOI_DA)
    assert messages.NO_CHOSEN_PLAN_LEFT in visitor.ask(QUESTION).inner_text()
    page.wait_for_function("() => document.querySelectorAll('#filter-bar .chip.gone').length === 2")
    page.reload()
    page.locator(ANSWERS).first.wait_for(timeout=60_000)
    assert "không còn trong danh mục" in page.locator("#filter-bar .chip").inner_text(), "the conversation that is opened again is held to it still"
    assert messages.NO_CHOSEN_PLAN_LEFT in visitor.ask(QUESTION).inner_text()
    page.locator("#filter-bar .chip button").click()
    assert "Lò Văn Suối" in visitor.ask(QUESTION).inner_text()


def test_the_list_of_the_filter_is_the_one_of_now(visitor: Visitor, press: Press) -> None:
    press.publish(DOI_MAY, KHE_MOC)
    page = visitor.open_chat()
    choose(page, DOI_MAY)
    press.publish(KHE_MOC, SUOI_DA)
    page.click("#filter-open")
    page.locator(f".filter-plan input[value={IDS[SUOI_DA]}]").wait_for()
    assert page.locator(".filter-plan").count() == 2
    assert page.locator("#filter-bar .chip.gone").count() == 1
