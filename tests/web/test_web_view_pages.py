"""The views as a person meets them: in a real browser, with a keyboard, on a phone, without scripts; axe-core finds nothing to mend."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PROVINCE, SCHOOLS = "ubnd-tinh-lamkhe-cds", "so-gddt-hoaikhe-xhht"
PAGES = (
    "thoi-han?ngay=2025-06-01",
    "thoi-han?co_quan=zzz",
    "thoi-han?ngay=x",
    "dau-moi",
    "tieu-chi",
    "so-sanh",
    f"so-sanh?mot={PROVINCE}&hai={SCHOOLS}",
    "van-ban",
    f"doc/{PROVINCE}",
    "khong-co",
)
NO_OVERFLOW = "() => document.documentElement.scrollWidth <= innerWidth"
VIOLATIONS = """async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  .violations.map(found => `${found.id}: ${found.nodes[0].html}`)"""
# A pointer meets at least 24 by 24 pixels, or a link within a line of text.
SMALL_TARGETS = """() => [...document.querySelectorAll('button, select, input, .button, .dot, .site a, summary')].filter(e => e.checkVisibility())
  .filter(e => { const box = e.getBoundingClientRect(); return box.height < 24 || box.width < 24; }).map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core, which the package for Playwright carries."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "visitor",
    [{"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}, {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}, PHONE],
    indirect=True,
    ids=["light", "dark", "phone"],
)
def test_every_view_is_accessible_and_fits(visitor: Any, axe: str) -> None:
    page = visitor.page
    for address in PAGES:
        page.goto(f"{visitor.server}/{address}")
        page.evaluate("() => document.fonts.ready")
        assert page.evaluate(NO_OVERFLOW), address
        assert page.evaluate(SMALL_TARGETS) == [], address
        page.evaluate(axe)
        assert page.evaluate(VIOLATIONS) == [], address
    visitor.errors.clear()  # the pages that are refused come with a status that the browser notes


@pytest.mark.parametrize("visitor", [PHONE, {"viewport": {"width": 360, "height": 740}}, {"viewport": {"width": 1280, "height": 800}}], indirect=True)
def test_the_map_of_reports_is_whole(visitor: Any) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/dau-moi")
    page.evaluate("() => document.fonts.ready")
    maps = page.locator(".drawing svg:visible")
    assert maps.count() == page.locator(".drawing[open]").count() > 0
    assert maps.evaluate_all("all => all.every(map => map.parentElement.scrollWidth <= map.parentElement.clientWidth)"), "nothing is cut"
    assert (
        page.evaluate("""() => [...document.querySelectorAll('.drawing g text')].filter(text => text.checkVisibility()).filter(text => {
        const words = text.getBoundingClientRect(), box = text.parentElement.querySelector('rect').getBoundingClientRect();
        return words.left < box.left || words.right > box.right; }).map(text => text.textContent)""")
        == []
    ), "names stay in their boxes"


def test_the_keyboard_alone_skips_the_links_filters_and_opens_a_section(visitor: Any) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/thoi-han?ngay=2025-06-01")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Đến nội dung chính"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0"), "it is seen once it is reached"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "ke_hoach"
    page.keyboard.press("Tab")
    page.keyboard.type("van phong so")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "co_quan=van+phong+so" in page.url
    link = page.locator("table.sheet tbody a").first
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    target = link.get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(target)
    page.wait_for_function("() => document.querySelector('.marked')")


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True)
def test_a_view_works_without_scripts(visitor: Any) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/thoi-han?ngay=2025-06-01")
    everything = page.locator("table.sheet tbody tr").count()
    page.select_option("#ke_hoach", PROVINCE)
    page.click(".filters button")
    assert f"ke_hoach={PROVINCE}" in page.url
    assert 0 < page.locator("table.sheet tbody tr").count() < everything
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "thoi-han.xlsx"
    page.locator("a.dot").first.click()
    assert "thang=2025-" in page.url
    page.get_by_role("link", name="Bỏ lọc").first.click()
    assert page.url.endswith("/thoi-han")


def test_the_chat_and_the_views_lead_to_each_other(visitor: Any) -> None:
    page = visitor.open_chat()
    page.locator("#pages").get_by_role("link", name="Thời hạn").click()
    page.wait_for_url("**/thoi-han")
    page.get_by_role("navigation", name="Các trang").get_by_role("link", name="Hỏi đáp").click()
    page.wait_for_url("**/chat/")


def test_the_head_of_a_table_stays_in_sight(visitor: Any) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/thoi-han?ngay=2025-06-01")
    page.locator("table.sheet").first.locator("tbody tr").nth(8).evaluate("e => e.scrollIntoView({ block: 'center' })")
    assert abs(page.locator("table.sheet th").first.bounding_box()["y"]) < 2
