"""The assistant in the page of a portal on another origin, as people meet it there."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from portal import DAY, DESKTOP, PHONE, QUESTION, WAIT, Open, Portal, ask, script

HOSTILE = "* { all: unset !important; display: inline !important; color: lime !important; font-size: 40px !important } body { transform: rotate(2deg); filter: blur(2px) }"


def test_the_button_opens_a_panel_that_answers_and_shows_where_it_is_written(visit: Open, site: Portal, home: str) -> None:
    page = visit(site.page("/nut", script(home, position="bottom-right", title="Trợ lý Đồi Mây")))
    button = page.get_by_role("button", name="Trợ lý Đồi Mây")
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    frame = page.frame_locator("xhht-qa iframe")
    frame.locator("#box:focus").wait_for(timeout=WAIT)  # what is typed now is a question
    answer = ask(frame, QUESTION)
    assert DAY in answer.inner_text()
    answer.locator("p a[href^='#src=']").first.click()
    frame.locator("#source .marked").first.wait_for(timeout=WAIT)
    assert DAY in frame.locator("#source .marked").first.inner_text()
    assert frame.locator("#source .source-page-link").get_attribute("href") == f"{home}/doc/doi-may#I.1.a"
    page.keyboard.press("Escape")  # the plan
    assert frame.locator("#source.open").count() == 0
    page.keyboard.press("Escape")  # the panel
    page.wait_for_function("() => !document.querySelector('xhht-qa').open")
    assert page.evaluate("() => document.querySelector('xhht-qa').shadowRoot.activeElement.className") == "button"


def test_a_follow_up_is_understood_and_a_reload_keeps_the_conversation(visit: Open, site: Portal, home: str) -> None:
    page = visit(site.page("/giu", script(home, position="bottom-left")))
    frame = page.frame_locator("xhht-qa iframe")
    page.locator("xhht-qa button.button").click()
    ask(frame, QUESTION)
    follow_up = ask(frame, "Còn huyện Suối Lau?")
    assert "10/12/2025" in follow_up.inner_text()
    assert "Hiểu là:" in follow_up.locator("small").inner_text()
    page.reload()
    page.locator("xhht-qa button.button").click()
    frame.locator(".question").nth(1).wait_for(timeout=WAIT)
    assert "10/12/2025" in frame.locator("[data-testid=bot]").nth(1).inner_text()
    frame.locator("#clear").click()
    page.reload()
    page.locator("xhht-qa button.button").click()
    frame.locator("#welcome").wait_for(timeout=WAIT)
    assert frame.locator(".question").count() == 0


def test_what_plans_tell_differently_can_be_chosen(visit: Open, site: Portal, home: str) -> None:
    page = visit(site.page("/chon", f"<xhht-qa></xhht-qa>{script(home)}"))
    frame = page.frame_locator("xhht-qa iframe")
    asked = ask(frame, "UBND các xã gửi báo cáo năm trước ngày nào?")
    assert "Cần nói rõ là kế hoạch nào" in asked.inner_text()
    choice = frame.get_by_role("group", name="Anh/Chị muốn hỏi về:").get_by_role("button").filter(has_text="Suối Lau")
    choice.click()
    answer = frame.locator("[data-testid=bot]").nth(1)
    answer.wait_for(timeout=WAIT)
    assert "10/12/2025" in answer.inner_text()
    assert "15/11/2025" not in answer.inner_text()


@pytest.mark.parametrize(
    ("body", "panels", "buttons", "why"),
    [
        ("{script}{script}", 0, 1, "a script that is there twice draws one button"),
        ("<xhht-qa id='a' plans='doi-may'></xhht-qa><xhht-qa id='b' plans='suoi-lau'></xhht-qa>{script}", 2, 1, "two panels and a button"),
        ("{plain}<xhht-qa></xhht-qa>{plain}", 1, 0, "without a position the script draws no button"),
    ],
)
def test_as_many_as_were_asked_for(visit: Open, site: Portal, home: str, body: str, panels: int, buttons: int, why: str) -> None:
    page = visit(site.page("/nhieu", body.format(script=script(home, position="bottom-right"), plain=script(home))))
    page.wait_for_function("() => customElements.get('xhht-qa')")
    assert (page.locator("xhht-qa section.panel").count(), page.locator("xhht-qa button.button").count()) == (panels, buttons), why


def test_each_panel_has_its_plans_and_its_conversation(visit: Open, site: Portal, home: str) -> None:
    page = visit(site.page("/hai", f"<xhht-qa id='a' plans='doi-may'></xhht-qa><xhht-qa id='b' plans='suoi-lau'></xhht-qa>{script(home)}"))
    question = "UBND các xã gửi báo cáo năm trước ngày nào?"
    for which, day in (("a", "15/11/2025"), ("b", "10/12/2025")):
        assert day in ask(page.frame_locator(f"#{which} iframe"), question).inner_text(), which
    page.reload()
    for which, day in (("a", "15/11/2025"), ("b", "10/12/2025")):
        answer = page.frame_locator(f"#{which} iframe").locator("[data-testid=bot]")
        answer.wait_for(timeout=WAIT)
        assert day in answer.inner_text(), which


@pytest.mark.parametrize("options", [DESKTOP, {**DESKTOP, "color_scheme": "dark"}, PHONE], ids=["desktop", "dark", "phone"])
def test_everyone_can_use_it(visit: Open, site: Portal, home: str, options: dict[str, Any]) -> None:
    page = visit(site.page("/moi-nguoi", script(home, position="bottom-right", accent="#ffb300")), options)
    assert Axe().run(page).response["violations"] == []
    page.locator("xhht-qa button.button").click()
    frame = page.frame_locator("xhht-qa iframe")
    answer = ask(frame, QUESTION)
    frame.locator("#announcer").filter(has_text=DAY).wait_for(state="attached", timeout=WAIT)
    assert Axe().run(page).response["violations"] == []
    answer.locator("p a[href^='#src=']").first.click()
    frame.locator("#source .marked").first.wait_for(timeout=WAIT)
    assert Axe().run(page).response["violations"] == []


def test_on_a_phone_the_panel_covers_the_portal_and_keeps_the_focus(visit: Open, site: Portal, home: str) -> None:
    page = visit(site.page("/dien-thoai", f"<a href='/khac'>Một liên kết của cổng</a>{script(home, position='bottom-right')}"), PHONE)
    page.locator("xhht-qa button.button").tap()
    box = page.locator("xhht-qa dialog").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    frame = page.frame_locator("xhht-qa iframe")
    frame.locator("#send:enabled").wait_for(timeout=WAIT)  # its script has come
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.tagName") in ("XHHT-QA", "BODY"), "never a link of the portal"
    frame.locator("#close").tap()
    page.wait_for_function("() => !document.querySelector('xhht-qa').open")


def test_styles_of_the_portal_stay_outside(visit: Open, site: Portal, home: str) -> None:
    site.pages["/xau.css"] = HOSTILE
    page = visit(site.page("/xau", f"<xhht-qa height='480px'></xhht-qa>{script(home, position='bottom-right')}", '<link rel="stylesheet" href="/xau.css">'))
    button = page.locator("xhht-qa button.button")
    button.wait_for()
    box = button.bounding_box()
    assert (round(1280 - box["x"] - box["width"]), round(800 - box["y"] - box["height"])) == (20, 20), "in its corner"
    assert button.evaluate("button => getComputedStyle(button).color") == "rgb(255, 255, 255)"
    assert page.locator("xhht-qa section.panel").bounding_box()["height"] == 480
    button.click()
    assert DAY in ask(page.frame_locator("xhht-qa[position] iframe"), QUESTION).inner_text()


def test_a_printed_portal_has_no_button(visit: Open, site: Portal, home: str) -> None:
    page = visit(site.page("/in", script(home, position="bottom-right")))
    page.locator("xhht-qa button.button").wait_for()
    page.emulate_media(media="print")
    assert not page.locator("xhht-qa").is_visible()


def test_the_script_is_small_stays_at_its_address_and_is_asked_for_once(home: str) -> None:
    address = home.replace("tro-ly.doimay.test", "127.0.0.1")
    first = httpx.get(f"{address}/widget.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert len(first.content) < 13_000
    assert httpx.get(f"{address}/widget.js", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert httpx.head(f"{address}/widget.js").status_code == 200
