"""Paper: what is printed of the chat, of a plan and of each view, by the browser's own print styles, on a screen that is light or dark."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
import pytest
from test_web_page import CITATION, PHONE, PLAN, QUESTION

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}}
DARK = {**DESK, "color_scheme": "dark"}
SCREENS = pytest.mark.parametrize("visitor", [DESK, DARK, {**PHONE, "color_scheme": "dark"}], indirect=True, ids=["desk", "dark", "phone in the dark"])
CONTROLS = "nav, header.site, form.filters, textarea, #top button, #ask button, #examples button, .message-buttons, .options, .copy-quotation, .source-close, .files, .doc-tools, .skip"
PALE = """() => {
  const parse = c => (c.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = c => { const [r, g, b, a = 1] = parse(c); return a < 0.05 ? 1 : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('script, style, svg, .unseen, .sr-only')) continue;
    if (light(getComputedStyle(element).color) > 0.45) bad.push(`pale ${node.data.trim().slice(0, 40)}`);
    for (let e = element; e; e = e.parentElement) if (light(getComputedStyle(e).backgroundColor) < 0.8) { bad.push(`dark behind ${node.data.trim().slice(0, 40)}`); break; }
  }
  return [...new Set(bad)].slice(0, 10);
}"""
# What holds more than it shows would be cut on paper, where nobody scrolls; two pixels are rounding, and one pixel holds what is said to screen readers alone.
CUT = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.clientHeight > 1 && !e.closest('svg, .unseen, .sr-only, .skip')
  && ((/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 2)
   || (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 2))
  && e.textContent.trim()).map(e => `${e.tagName} ${e.id || e.className}`)"""


def printed(page: Any) -> str:
    """The words of the paper, after what a reader must not miss was looked for."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1047})  # A4 without its margins
    page.wait_for_timeout(400)
    assert [shown.evaluate("e => e.id || e.className || e.tagName") for shown in page.locator(CONTROLS).all() if shown.is_visible()] == []
    assert page.evaluate(PALE) == []
    assert page.evaluate(CUT) == []
    paper = page.pdf(format="A4")
    page.emulate_media(media="screen")
    document = pypdfium2.PdfDocument(io.BytesIO(paper))
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    document.close()
    return re.sub(r"\s+", " ", text)


@SCREENS
def test_an_answer_is_printed_with_its_citations(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    visitor.ask("Kế hoạch được gửi đến những nơi nào?")
    paper = printed(page)
    assert QUESTION in paper
    assert "08/12/2025" in paper
    assert "Điểm b mục 2 phần IV, Kế hoạch số 45/KH-UBND" in paper, "the places that are cited"
    assert paper.count("Nguồn") == 2
    assert "Nhập câu hỏi" not in paper


@pytest.mark.parametrize("visitor", [DESK, DARK], indirect=True, ids=["desk", "dark"])
def test_who_reads_a_plan_prints_the_plan(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION).locator(CITATION).first.click()
    page.locator("#source .marked").first.wait_for()
    paper = printed(page)
    assert "08/12/2025" in paper
    assert "KINH PHÍ" in paper, "the whole plan, not the part on the screen"


@pytest.mark.parametrize("visitor", [DESK, {**PHONE, "color_scheme": "dark"}], indirect=True, ids=["desk", "phone in the dark"])
@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"doc/{PLAN}#IV.2.b", "08/12/2025"),
        ("thoi-han?ngay=2025-06-01", "12/06/2025"),
        ("dau-moi", "UBND tỉnh Lam Khê"),
        ("tieu-chi", "Tiêu chí"),
        (f"so-sanh?mot={PLAN}&hai=so-noi-vu-lamkhe-cchc", "Sở Nội vụ"),
        ("van-ban", "Sở Nội vụ"),
    ],
)
def test_a_plan_and_each_view_are_printed_as_documents(visitor: Any, address: str, words: str) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/{address}")
    assert words in printed(page)
