"""What a person sees and does, in a real browser against a real server."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from web_plans import PRINTED

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PLAN = "ubnd-tinh-lamkhe-cds"
QUESTION = "Theo kế hoạch của UBND tỉnh Lam Khê, UBND các huyện, thị xã gửi báo cáo năm trước ngày nào?"
CITATION = f"a[href^='#src={PLAN}/']"

SHOWN = """element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return style.visibility === 'visible' && box.height > 0 && box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.left < innerWidth;
}"""
NO_OVERFLOW = "() => document.documentElement.scrollWidth <= innerWidth"
# Text smaller than 4.5 : 1 against the nearest painted background, for every visible piece of text on the page.
POOR_CONTRAST = r"""() => {
  const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = c => (c.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0.99) return c; } return [255, 255, 255]; };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('script, style, .sr-only')) continue;
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
    const back = ground(element), front = parse(getComputedStyle(element).color).slice(0, 3).map((v, i) => v * opacity + back[i] * (1 - opacity));
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${node.data.trim().slice(0, 40)}`);
  }
  return poor;
}"""
WORDS_FOR_PEOPLE = """() => [...document.querySelectorAll('*')].filter(e => e.checkVisibility()).flatMap(e => [
  e.getAttribute('aria-label'), e.getAttribute('title'), e.getAttribute('placeholder'), e.getAttribute('alt'),
  ...[...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE && !['SCRIPT', 'STYLE'].includes(e.tagName)).map(n => n.data.trim())]).filter(Boolean)"""


def choose_plan(page: Any, words: str) -> None:
    page.click("#filter-open")
    page.locator(".filter-plan").first.wait_for()
    page.fill("#filter-words", words)
    assert page.locator(".filter-plan").count() == 1
    page.locator(".filter-plan input").check()
    page.click("#filter .panel-close")


def test_a_citation_opens_the_plan_at_the_highlighted_section(visitor: Any) -> None:
    page = visitor.open_chat()
    answer = visitor.ask(QUESTION)
    assert re.search(r"0?8/12/2025", answer.inner_text())
    citation = answer.locator(CITATION).first
    assert citation.inner_text() == "Mục IV.2.b"
    assert answer.locator(".sources blockquote").first.inner_text().startswith("b)")

    citation.click()

    marked = page.locator("#source [data-section].marked")
    marked.wait_for()
    assert marked.get_attribute("data-section") == "IV.2.b"
    assert marked.evaluate(SHOWN)
    assert marked.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert page.evaluate("document.querySelector('#source').contains(document.activeElement)"), "the keyboard goes where the eye goes"
    assert page.locator("#source .source-page-link").get_attribute("href").endswith(f"/doc/{PLAN}#IV.2.b")
    assert re.search(r"/chat/\?hoi-thoai=\w+$", page.url), "reading a source must not leave the conversation"


@pytest.mark.parametrize("address", ["IV.2.b", "V.1.a", "V.2"])
def test_no_line_is_half_hidden_by_the_outline(visitor: Any, address: str) -> None:
    page = visitor.open_chat()
    page.locator(f"#catalogue a[href='#src={PLAN}/']").click()
    page.locator("#source .plan-outline").wait_for()
    page.evaluate("address => { const link = document.querySelector('#source .plan-outline a'); link.href = `#${address}`; link.click() }", address)
    page.locator("#source .marked").first.wait_for()
    cut = """() => { const edge = document.querySelector('#source .plan-outline').getBoundingClientRect().bottom;
        return [...document.querySelectorAll('#source .plan-text :is(p, h2, h3, h4, h5, h6)')].map(line => [line.getBoundingClientRect(), line.textContent])
            .filter(([box]) => box.top < edge - 1 && box.bottom > edge + 1).map(([, text]) => text); }"""
    assert page.evaluate(cut) == []
    assert page.locator("#source .marked").first.evaluate(SHOWN)


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 1280, "height": 800}}, PHONE], indirect=True, ids=["desk", "phone"])
def test_after_a_long_question_its_end_and_the_beginning_of_the_answer_are_in_view(visitor: Any) -> None:
    page = visitor.open_chat()
    answer = visitor.ask(f"{QUESTION} {'Xin cho biết rõ nơi nhận và thời hạn. ' * 45}".strip())
    seen = page.locator("#thread .bubble-wrap").bounding_box()
    question = page.locator("#thread .user-row").last.bounding_box()
    assert question["height"] > seen["height"] / 2, "a long one"
    assert seen["y"] < question["y"] + question["height"] < seen["y"] + seen["height"] / 2
    assert seen["y"] < answer.bounding_box()["y"] < seen["y"] + seen["height"] - 100


def test_the_keyboard_alone_opens_and_leaves_a_source(visitor: Any) -> None:
    page = visitor.open_chat()
    citation = visitor.ask(QUESTION).locator(CITATION).first
    citation.focus()
    page.keyboard.press("Enter")
    page.locator("#source .marked").first.wait_for()
    page.keyboard.press("Escape")
    assert citation.evaluate("e => e === document.activeElement")
    assert page.locator("#catalogue").is_visible()


def test_the_outline_of_the_pane_stays_in_the_pane(visitor: Any) -> None:
    page = visitor.open_chat()
    page.locator(f"#catalogue a[href='#src={PLAN}/']").click()
    page.locator("#source .plan-outline summary").click()
    page.locator("#source .plan-outline a", has_text="KINH PHÍ").click()
    assert page.locator("#source .marked").get_attribute("data-section") == "VI"
    assert page.locator("#source .marked").evaluate(SHOWN)
    assert page.url.endswith("/chat/")


def test_a_citation_of_a_pdf_names_its_page_and_leads_to_the_original(visitor: Any) -> None:
    page = visitor.open_chat()
    answer = visitor.ask("Trường THCS Bình Khê báo cáo Hiệu trưởng trước ngày nào?")
    assert "25/5/2026" in answer.inner_text()
    assert "(trang 2)" in answer.locator(".sources").inner_text()
    answer.locator("a[href^='#src=thcs']").first.click()
    page.locator("#source .marked").first.wait_for()
    assert page.locator("#source .page-mark").last.get_attribute("href") == f"/doc/{PRINTED.stem}/original#page=2"


def test_a_follow_up_is_answered_in_the_same_plan(visitor: Any) -> None:
    visitor.open_chat()
    visitor.ask(QUESTION)
    answer = visitor.ask("Còn báo cáo 6 tháng đầu năm thì sao?")
    assert "12/6/2025" in answer.inner_text()
    links = [link.get_attribute("href") for link in answer.locator("a[href^='#src=']").all()]
    assert links
    assert all(link.startswith(f"#src={PLAN}/") for link in links)


def test_a_new_conversation_forgets_the_old_one(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION)
    page.click("#clear")
    page.wait_for_function("() => document.querySelectorAll('#thread [data-testid=bot]').length === 0")
    page.locator("#examples button").first.wait_for()
    answer = visitor.ask("Còn báo cáo 6 tháng đầu năm thì sao?")
    assert "Hiểu là" not in answer.inner_text()


def test_the_plan_filter_holds_the_answer_to_the_chosen_plan(visitor: Any) -> None:
    page = visitor.open_chat()
    choose_plan(page, "so noi vu")
    assert "Sở Nội vụ" in page.locator("#filter-bar .chip").inner_text()
    answer = visitor.ask("Kế hoạch do ai ký?")
    assert "Tô Lam Vân" in answer.inner_text()
    assert all("#src=so-noi-vu-lamkhe-cchc/" in link.get_attribute("href") for link in answer.locator("a[href^='#src=']").all())


def test_an_example_question_is_answered(visitor: Any) -> None:
    page = visitor.open_chat()
    buttons = page.locator("#examples button")
    page.wait_for_function("() => document.querySelectorAll('#examples button').length === 3")
    buttons.first.click()
    page.locator("#thread a[href^='#src=']").first.wait_for()
    assert not buttons.first.is_visible()


def test_after_a_refused_question_the_box_is_ready_again(visitor: Any) -> None:
    page = visitor.open_chat()
    answer = visitor.ask("???")
    assert "Chưa trả lời được" in answer.inner_text()
    assert page.locator("#box textarea").is_editable()
    assert "08/12/2025" in visitor.ask(QUESTION).inner_text()


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
def test_on_a_phone_the_source_is_a_sheet_over_the_chat(visitor: Any) -> None:
    page = visitor.open_chat()
    assert page.evaluate(NO_OVERFLOW)
    citation = visitor.ask(QUESTION).locator(CITATION).first
    assert page.evaluate(NO_OVERFLOW)
    sheet = page.locator("#source")
    for leave, argument in ((page.click, "#source .source-close"), (page.keyboard.press, "Escape")):
        assert not sheet.is_visible()
        citation.click()
        page.locator("#source .marked").first.wait_for()
        assert sheet.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
        assert sheet.get_attribute("role") == "dialog"
        assert page.locator("#source .marked").first.evaluate(SHOWN)
        assert page.locator("#talk").evaluate("e => e.inert")
        assert page.evaluate(NO_OVERFLOW)
        leave(argument)
        assert not sheet.is_visible()
        assert citation.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)> báo cáo năm?",
        "<script>alert(1)</script> báo cáo năm?",
        "![ảnh](http://example.invalid/a.png) báo cáo năm?",
        "[bấm vào đây](http://example.invalid/) báo cáo năm?",
        "[x](#src=" + PLAN + "/I) http://example.invalid www.example.invalid a@example.invalid",
        "# Lớn\n- mục\n\n| a | b |\n|---|---|\n| **c** | `d` |\n\n<details open><summary>x</summary></details> &lt;b&gt;",
    ],
)
def test_markup_in_a_question_stays_inert(visitor: Any, question: str) -> None:
    page = visitor.open_chat()
    visitor.ask(question)
    shown = page.locator("#thread [data-testid=user]").first
    assert shown.inner_text().split() == question.split(), "it is shown as it was typed"
    assert shown.locator("a, img, script, h1, table, strong, code, details, li").count() == 0
    assert page.locator("#thread img").count() == 0
    assert all(link.get_attribute("href").startswith(("#src=", "#ask=")) for link in page.locator("#thread a").all())


@pytest.mark.parametrize(
    ("plan", "fragment", "section"),
    [
        (PLAN, "IV.2.b", "IV.2.b"),
        (PLAN, "III.2.2.đ", "III.2.2.đ"),
        (PLAN, quote("III.2.2.đ"), "III.2.2.đ"),
        (PLAN, "II.1/-1", "II.1"),
        (PLAN, quote("II.1/-2/+3", safe=""), "II.1"),
        (PLAN, "phu-luc/r2", "phu-luc"),
        ("so-gddt-hoaikhe-xhht", "IV(2)", "IV(2)"),
        ("so-gddt-hoaikhe-xhht", quote("IV(2)"), "IV(2)"),
        (PLAN, "II.1.z", "II.1"),
    ],
)
def test_a_plan_page_opens_at_the_section_in_its_address(visitor: Any, plan: str, fragment: str, section: str) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/doc/{plan}#{fragment}")
    marked = page.locator(f"[data-section='{section}']").first
    page.wait_for_function("() => document.querySelector('.marked')")
    assert "marked" in marked.get_attribute("class").split()
    target = page.locator(".bullet.marked") if "/" in fragment or "%2F" in fragment else marked
    assert target.evaluate(SHOWN)
    page.evaluate("location.hash = 'ket-thuc'")
    page.wait_for_function("() => document.querySelector('[data-section=ket-thuc]').classList.contains('marked')")
    assert page.evaluate("new Set([...document.querySelectorAll('[data-section].marked')].map(e => e.dataset.section)).size") == 1


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True)
def test_a_plan_page_reads_and_highlights_without_scripts(visitor: Any) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/doc/{PLAN}#IV.2.b")
    section = page.locator("[id='IV.2.b']")
    assert section.is_visible()
    assert section.bounding_box()["y"] < page.viewport_size["height"]
    page.screenshot()  # styles are settled once painted
    assert "08/12/2025" in section.inner_text()


@pytest.mark.parametrize(
    "visitor", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {**PHONE, "color_scheme": "dark"}], indirect=True, ids=["light", "dark", "phone"]
)
def test_every_text_stands_out_from_its_background(visitor: Any) -> None:
    page = visitor.open_chat()
    page.wait_for_timeout(500)
    assert page.evaluate(POOR_CONTRAST) == []
    visitor.ask("Giá vàng hôm nay?")
    answer = visitor.ask(QUESTION)
    assert page.evaluate(POOR_CONTRAST) == []
    for citation in (answer.locator(CITATION).first, answer.locator(CITATION).last):
        citation.click()
        page.locator("#source .marked").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate(POOR_CONTRAST) == []
        page.keyboard.press("Escape")
        citation.hover()
        page.wait_for_timeout(300)
        assert page.evaluate(POOR_CONTRAST) == []
    page.goto(f"{visitor.server}/doc/{PLAN}#II.1/-1")
    assert page.evaluate(POOR_CONTRAST) == []


def test_the_page_speaks_vietnamese_only(visitor: Any) -> None:
    page = visitor.open_chat()
    visitor.ask(QUESTION).locator(CITATION).first.click()
    page.locator("#source .marked").first.wait_for()
    choose_plan(page, "so noi vu")
    page.click("#filter-open")
    english = re.compile(
        r"\b(clear|remove|submit|copy|message|loading|processing|send|stop|chatbot|close|open|select|built|use|settings|user|bot|error)\b", re.IGNORECASE
    )
    assert [words for words in page.evaluate(WORDS_FOR_PEOPLE) if english.search(words)] == []
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.title() == "Hỏi đáp kế hoạch"


def test_the_page_uses_its_own_font_for_every_letter(visitor: Any) -> None:
    page = visitor.open_chat()
    assert page.evaluate("""async () => {
      const letters = 'ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ';
      for (const weight of [400, 600]) await document.fonts.load(`${weight} 16px "Be Vietnam Pro"`, letters + letters.toLowerCase());
      const loaded = [...document.fonts].filter(f => f.family.includes('Be Vietnam Pro') && f.status === 'loaded');
      return [loaded.length, getComputedStyle(document.querySelector('#box textarea')).fontFamily.includes('Be Vietnam Pro')];
    }""") == [4, True]


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 1280, "height": 800}}, {"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_nothing_moves_while_the_page_comes(visitor: Any) -> None:
    visitor.context.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    for visit in ("first", "next"):
        page = visitor.open_chat()
        page.wait_for_selector("#examples button:visible")
        page.wait_for_selector("#filter-open")
        page.wait_for_timeout(300)
        assert page.evaluate("window.moved") < 0.03, f"{visit} visit: 0.1 is what browsers call good"
