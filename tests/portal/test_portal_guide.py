"""What the guide for portals tells to copy, copied."""

from __future__ import annotations

import re

import pytest
from portal import DAY, DESKTOP, QUESTION, Open, Portal, ask
from prerequisites import ROOT

GUIDE = (ROOT / "docs" / "nhung.md").read_text(encoding="utf-8")
WIDGET = (ROOT / "src" / "xhht_qa" / "web" / "static" / "widget.js").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```html\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=["button", "panel", "frame"])
def test_each_way_works_as_it_is_printed(visit: Open, site: Portal, home: str, snippet: str) -> None:
    page = visit(site.page("/huong-dan", snippet.replace("https://tro-ly.doimay.example", home)))
    if "data-position" in snippet:
        page.locator("xhht-qa button.button").click()
    frame = page.frame_locator("iframe" if "<iframe" in snippet else "xhht-qa iframe")
    assert DAY in ask(frame, QUESTION).inner_text()


def test_the_plans_and_the_theme_of_a_frame_stand_in_its_address(visit: Open, home: str) -> None:
    page = visit(f"{home}/embed?plans=suoi-lau&theme=dark&accent=8c1d18&title=Suối Lau", {**DESKTOP, "color_scheme": "light"})
    assert page.locator("h1").inner_text() == "Suối Lau"
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(24, 32, 39)"
    answer = ask(page, "UBND các xã gửi báo cáo năm trước ngày nào?").inner_text()
    assert "10/12/2025" in answer
    assert DAY not in answer


def test_every_attribute_is_told() -> None:
    known = set(re.findall(r'"(\w+)"', re.search(r"const ATTRIBUTES = \[(.*?)\]", WIDGET)[1]))  # type: ignore[index]
    told = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert told == known | {"id"}
