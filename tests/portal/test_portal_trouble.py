"""What a portal's page shows when the assistant is down, slow or not allowed there, and what hostile pages get out of it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from portal import ASSISTANT, DAY, PORTAL, QUESTION, WAIT, Open, Portal, ask, assistant, portal, script
from programs import free_port

SETTINGS = {"XHHT_FRAME_ANCESTORS": f"'self' http://{PORTAL}:*"}
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def elsewhere(port: int) -> Iterator[Portal]:
    """A portal whose assistant each test starts and stops itself."""
    with portal(f"http://{ASSISTANT}:{port}") as opened:
        yield opened


def test_an_assistant_that_is_down_is_told_and_tried_again(visit_in_trouble: Open, elsewhere: Portal, port: int, portal_index: Path, tmp_path: Path) -> None:
    home = f"http://{ASSISTANT}:{port}"
    address = elsewhere.page("/tat", script(home, position="bottom-right"))
    with assistant(portal_index, tmp_path, port, SETTINGS):
        page = visit_in_trouble(address)
        page.locator("xhht-qa button.button").wait_for()
    page.locator("xhht-qa button.button").click()
    alert = page.locator("xhht-qa [role=alert]")
    alert.filter(has_text="Chưa mở được trợ lý hỏi đáp").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('xhht-qa').open")
    page.locator("xhht-qa button.button").click()
    with assistant(portal_index, tmp_path, port, SETTINGS) as server:
        page.get_by_role("button", name="Thử lại").click()
        frame = page.frame_locator("xhht-qa iframe")
        assert DAY in ask(frame, QUESTION).inner_text()

        server.send_signal(signal.SIGSTOP)  # an answer that does not come
        frame.locator("#box").fill("Còn huyện Suối Lau?")
        frame.locator("#box").press("Enter")
        frame.locator("#stop").click()
        assert frame.locator("#box").input_value() == "Còn huyện Suối Lau?"
        assert frame.locator(".question").count() == 1
        server.send_signal(signal.SIGCONT)
        assert "10/12/2025" in ask(frame, "Còn huyện Suối Lau?").inner_text()
    frame.locator("#box").fill("Còn năm 2026?")
    frame.locator("#box").press("Enter")
    frame.locator("#notice").filter(has_text="Chưa kết nối được với máy chủ").wait_for()
    assert frame.locator("#box").input_value() == "Còn năm 2026?"


def test_a_page_that_may_not_frame_it_shows_nothing_of_it(visit_in_trouble: Open, site: Portal, home: str) -> None:
    address = site.page("/la", f"{script(home)}<xhht-qa></xhht-qa>").replace(PORTAL, "trang-la.test")
    page = visit_in_trouble(address)
    page.locator("xhht-qa [role=alert]").filter(has_text="Chưa mở được trợ lý hỏi đáp").wait_for()
    assert page.locator("xhht-qa iframe").count() == 0


def test_only_its_own_frame_closes_the_panel(visit_in_trouble: Open, site: Portal, home: str) -> None:
    page = visit_in_trouble(site.page("/thu", script(home, position="bottom-right", open="")))
    page.frame_locator("xhht-qa iframe").locator("#send:enabled").wait_for()
    page.evaluate("() => document.body.append(document.createElement('iframe'))")
    for stranger in (page.main_frame, page.frames[-1]):
        stranger.evaluate("() => parent.postMessage({'xhht-qa': 'close'}, '*')")
    page.wait_for_timeout(500)
    assert page.evaluate("() => document.querySelector('xhht-qa').open")


def test_nothing_that_a_portal_brings_is_markup(visit: Open, site: Portal, home: str) -> None:
    address = site.page("/xss", script(home, position="bottom-right", title=MARKUP, accent="red;}*{display:none", height="1px;}"))
    page = visit(address)
    page.locator("xhht-qa button.button").click()
    frame = page.frame_locator("xhht-qa iframe")
    assert frame.locator("h1").inner_text() == MARKUP
    answer = {
        "question": MARKUP, "standalone_question": f"{MARKUP} nữa", "status": "answered", "answer": f"**{MARKUP}** [1]\n| {MARKUP} |\n| --- |\n- {MARKUP}",
        "citations": [{"marker": 1, "plan": f"x{MARKUP}", "plan_title": MARKUP, "section": MARKUP, "bullet": None, "label": MARKUP, "quote": MARKUP, "page": None}],
        "options": [MARKUP],
    }  # fmt: skip
    page.evaluate("kept => sessionStorage.setItem(document.querySelector('xhht-qa').frame.src, kept)", json.dumps([answer]))
    page.reload()
    page.locator("xhht-qa button.button").click()
    frame.locator(".option").wait_for(timeout=WAIT)
    assert frame.locator("img").count() == 0
    assert frame.locator(".option").inner_text() == MARKUP


@pytest.mark.parametrize("kept", ["{", "null", "[1]", '[{"answer": 3}]'])
def test_a_conversation_that_cannot_be_read_is_a_new_one(visit: Open, site: Portal, home: str, kept: str) -> None:
    page = visit(site.page("/hong", script(home, position="bottom-right")))
    page.locator("xhht-qa button.button").click()
    page.frame_locator("xhht-qa iframe").locator("#send:enabled").wait_for()
    page.evaluate("kept => sessionStorage.setItem(document.querySelector('xhht-qa').frame.src, kept)", kept)
    page.reload()
    page.locator("xhht-qa button.button").click()
    frame = page.frame_locator("xhht-qa iframe")
    frame.locator("#send:enabled").wait_for()
    assert DAY in ask(frame, QUESTION).inner_text()
    assert frame.locator(".question").count() == 1
