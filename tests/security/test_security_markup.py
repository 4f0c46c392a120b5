"""Markup in a plan, in the name of its file and in a question is text on every page, seen in a real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import docx
import httpx
import pytest
from house import DUE, EVIL, QUESTION, TOKEN, House

pytestmark = pytest.mark.browser

WAIT = 60_000
EVIL_QUESTION = f"<img src=x onerror=alert(7)> [bấm](javascript:alert(8)) ![a](http://xau.invalid/q.png) <script>alert(9)</script> {QUESTION}"
# What the texts would be if anything took them for markup.
LIVE = "img[src='x'], img[src*='xau'], svg[onload], iframe[src*='xau'], [onmouseover], [onerror], a[href^='javascript']:not([href='javascript:void(0)']), a[href*='xau']"


class Window:
    """A browser window that notes what should never happen."""

    def __init__(self, browser: Any, home: House) -> None:
        self.home = home
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.page = self.context.new_page()
        self.alarms: list[str] = []
        self.context.on("request", lambda request: request.url.startswith((home.address, "data:", "blob:")) or self.alarms.append(request.url))
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def is_harmless(self, why: str) -> None:
        self.page.wait_for_timeout(300)
        assert self.page.locator(LIVE).count() == 0, why
        assert self.alarms == [], why


@pytest.fixture
def window(browser: Any, home: House) -> Iterator[Window]:
    opened = Window(browser, home)
    yield opened
    opened.context.close()


def test_in_the_chat_and_the_plan_beside_it(window: Window) -> None:
    page = window.page
    page.goto(f"{window.home.address}/chat/")
    for asked in (QUESTION, EVIL_QUESTION):
        page.wait_for_selector("#send:visible", timeout=WAIT)
        page.fill("#box textarea", asked)
        page.press("#box textarea", "Enter")
        page.wait_for_function("asked => document.querySelector('#thread')?.innerText.includes(asked)", arg=asked[:20], timeout=WAIT)
        page.wait_for_selector("#send:visible", timeout=WAIT)
        window.is_harmless(asked)
    assert DUE in page.locator("#thread [data-testid=bot]").first.inner_text()
    assert "<img src=x onerror=alert(7)>" in page.locator("#thread [data-testid=user]").last.inner_text(), "the question is shown as it was typed"
    page.locator(f"#thread a[href^='#src={EVIL}/']").first.click()
    page.locator("#source [data-section].marked").wait_for(timeout=WAIT)
    assert "<svg onload=alert(5)>" in page.locator("#source").inner_text()
    window.is_harmless("the plan beside the chat")
    page.reload()
    page.wait_for_selector("#thread [data-testid=bot]", timeout=WAIT)
    window.is_harmless("a conversation that is opened again")


@pytest.mark.parametrize(
    "path",
    [
        f"doc/{EVIL}",
        "van-ban",
        "thoi-han",
        "dau-moi",
        "tieu-chi",
        f"so-sanh?mot={EVIL}&hai=khe-moc",
        *(f"{view}?tim={{}}" for view in ("van-ban", "tieu-chi")),
        "doc/{}",
        "{}",
        "embed?title={}&plans={}",
    ],
)
def test_on_every_page(window: Window, path: str) -> None:
    markup = quote('"><img src=x onerror=alert(10)>', safe="")
    window.page.goto(f"{window.home.address}/{path.replace('{}', markup)}")
    assert len(window.page.locator("body").inner_text()) > 20
    window.is_harmless(path)


def test_in_the_frame_of_portals(window: Window) -> None:
    page = window.page
    page.goto(f"{window.home.address}/embed")
    page.fill("#box", EVIL_QUESTION)
    page.press("#box", "Enter")
    page.locator("[data-testid=bot]").first.wait_for(timeout=WAIT)
    page.locator("#send:enabled").wait_for(timeout=WAIT)
    window.is_harmless("the question")
    page.fill("#box", QUESTION)
    page.press("#box", "Enter")
    page.locator("[data-testid=bot] a[href^='#src=']").first.click(timeout=WAIT)
    page.locator("#source .marked").first.wait_for(timeout=WAIT)
    window.is_harmless("the plan")


def test_on_the_page_of_managers_with_the_name_of_a_file(window: Window) -> None:
    document, content = docx.Document(), io.BytesIO()
    for line in ("UBND HUYỆN <b onmouseover=alert(11)>MÂY</b>", "KẾ HOẠCH", "Trồng hoa", "I. MỤC ĐÍCH <img src=x onerror=alert(12)>", "1. Trồng hoa ở trường."):
        document.add_paragraph(line)
    document.save(content)
    name = 'ke hoach "><img src=x onerror=alert(13)>.docx'
    key = {"Authorization": f"Bearer {TOKEN}"}
    sent = httpx.post(f"{window.home.address}/api/library/proposals", files={"file": (name, content.getvalue())}, headers=key, timeout=120)
    assert sent.status_code == 201, sent.text
    assert window.context.request.post(f"{window.home.address}/api/library/session", data={"token": TOKEN}).status == 204
    for path, shown in (("quan-ly", "alert(13)"), (f"quan-ly/{sent.json()['id']}", "alert(12)")):
        window.page.goto(f"{window.home.address}/{path}")
        assert shown in window.page.locator("body").inner_text(), path
        window.is_harmless(path)
    httpx.delete(f"{window.home.address}/api/library/proposals/{sent.json()['id']}", headers=key)


def test_in_what_is_taken_away(home: House) -> None:
    with httpx.Client(base_url=home.address, timeout=60) as visitor:
        id_ = visitor.post("/api/conversations", json={"title": "<script>alert(14)</script>"}).json()["id"]
        visitor.post(f"/api/conversations/{id_}/questions", json={"question": EVIL_QUESTION})
        written = visitor.get(f"/api/conversations/{id_}/export.md")
        assert written.headers["content-disposition"].startswith("attachment"), "no browser shows it as a page of ours"
        for address in (f"/doc/{EVIL}/original", "/thoi-han.ics", "/thoi-han.csv", "/api/deadlines.ics"):
            taken = visitor.get(address)
            assert taken.headers["content-type"].partition(";")[0] not in ("text/html", "image/svg+xml"), address
            assert taken.headers["x-content-type-options"] == "nosniff"
