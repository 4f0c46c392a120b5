"""Hundreds of plans: pages stay light, answer soon, and leave nothing out of reach."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from many_plans import written
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from server_thread import served
from toy_encoder import ToyEncoder

from ingest.build import build
from ingest.library import PlanFolder
from xhht_qa import messages
from xhht_qa.api import create_app
from xhht_qa.engine import Engine
from xhht_qa.index import open_index
from xhht_qa.settings import Settings
from xhht_qa.text.normalise import fold
from xhht_qa.ui import mount_chat

MANY, ROWS = 300, 100  # plans, and rows of a page
TOKEN = "ma-quan-ly-cua-phong"
DEADLINES = "/thoi-han?ngay=2025-06-01"
HEAVIEST = 200_000  # bytes of a page without its pictures: a second over a slow line
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder, encoder = tmp_path_factory.mktemp("many"), ToyEncoder()
    settings = Settings(index_dir=folder / "index", data_dir=folder / "data", plans_dir=written(folder / "plans", MANY), admin_token=TOKEN)
    build([settings.plans_dir], settings.index_dir, encoder)
    return Engine(open_index(folder / "index", encoder.name), encoder, settings)


@pytest.fixture(scope="module")
def app(engine: Engine) -> FastAPI:
    return create_app(engine, engine.settings, library=PlanFolder(engine.settings, lambda: engine.plans, lambda: None))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as opened:
        yield opened


def page(client: TestClient, address: str) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return LexborHTMLParser(response.text)


def pages(client: TestClient, address: str, label: str) -> list[LexborHTMLParser]:
    """The page and all that follow it by the link of the list that ``label`` names."""
    found = [page(client, address)]
    while link := found[-1].css_first(f'nav[aria-label="{label}, theo trang"] a[rel=next]'):
        found.append(page(client, str(link.attributes["href"]).partition("#")[0]))
    return found


def sentence(shown: LexborHTMLParser, label: str) -> str:
    found = shown.css_first(f'nav[aria-label="{label}, theo trang"] p')
    return found.text() if found else ""


@pytest.mark.parametrize(
    ("address", "most", "why"),
    [
        (DEADLINES, ROWS, "the labels of its rows"),
        (f"{DEADLINES}&trang=7&bang=3", ROWS, "of a later page"),
        ("/dau-moi", 10, "it shows so many plans"),
        ("/tieu-chi", MANY + 60, "the headings above all criteria, by which they are grouped, then its columns"),
        ("/van-ban", ROWS, "the sections of its rows"),
        ("/so-sanh", 0, "nothing is chosen yet"),
        ("/so-sanh?mot=xa-001&hai=xa-002", 2, "the two"),
    ],
)
def test_a_page_stays_light_and_reads_what_it_shows(client: TestClient, engine: Engine, address: str, most: int, why: str) -> None:
    """Facts are read of each plan once and no more, the sections of those that are shown: fewer are kept in memory than there are plans."""
    shelf = engine.index.shelf
    shelf.plan.cache_clear()
    shelf.facts.cache_clear()
    assert len(client.get(address).content) < HEAVIEST
    assert shelf.plan.cache_info().misses <= most, why
    assert shelf.facts.cache_info().misses <= MANY


@pytest.mark.parametrize(
    ("address", "label", "row", "total", "first", "why"),
    [
        (f"{DEADLINES}&co_quan=phu+nu", "Dòng", "table.sheet tbody tr", MANY, "Dòng 1–100 trong 300", "deadlines"),
        (f"{DEADLINES}&co_quan=phu+nu", "Kế hoạch", ".timeline tbody tr", MANY // 2, "Kế hoạch 1–20 trong 150", "the timeline of the year of half of them"),
        ("/van-ban", "Văn bản", "table.sheet tbody tr", MANY, "Văn bản 1–100 trong 300", "documents"),
        ("/dau-moi", "Kế hoạch", "section.group", MANY, "Kế hoạch 1–10 trong 300", "who reports to whom"),
        ("/tieu-chi", "Nhóm nội dung", "article.column", MANY, "Nhóm nội dung 1–60 trong 300", "criteria"),
    ],
)
def test_every_row_is_on_one_page(client: TestClient, address: str, label: str, row: str, total: int, first: str, why: str) -> None:
    shown = pages(client, address, label)
    assert sentence(shown[0], label) == first, why
    texts = [" ".join(found.html.split()) for each in shown for found in each.css(row) if found.html]
    assert (len(texts), len(set(texts))) == (total, total), why
    back = shown[-1].css_first(f'nav[aria-label="{label}, theo trang"] a[rel=prev]')
    assert back is not None
    assert sentence(page(client, str(back.attributes["href"])), label) == sentence(shown[-2], label)


def test_every_plan_is_managed_on_one_page(app: FastAPI) -> None:
    manager = TestClient(app, headers={"Authorization": f"Bearer {TOKEN}"})
    shown = pages(manager, "/quan-ly", "Kế hoạch")
    assert [sentence(each, "Kế hoạch") for each in shown] == [f"Kế hoạch {first}–{first + 99} trong 300" for first in (1, 101, 201)]
    removable = [button.attributes["id"] for each in shown for button in each.css("#plans tbody button[data-confirm]")]
    assert (len(removable), len(set(removable))) == (MANY, MANY)
    assert {each.css_first("#plans-title .count").text() for each in shown} == {"300"}  # type: ignore[union-attr]
    assert max(len(manager.get(f"/quan-ly?trang={number}").content) for number in (1, 2, 3)) < HEAVIEST
    refused = manager.get("/quan-ly?trang=-1")
    assert refused.status_code == 400
    assert messages.wrong_page("-1") in refused.text


@pytest.mark.parametrize(
    ("query", "expected", "why"),
    [
        ("&trang=2", "Dòng 101–200 trong 1.800", "the second page"),
        ("&trang=18", "Dòng 1.701–1.800 trong 1.800", "the last one"),
        ("&trang=99", "Dòng 1.701–1.800 trong 1.800", "a page behind the last one, as a filter leaves it"),
        ("&trang=2&tinh_trang=da-qua", "Dòng 101–200 trong", "another filter"),
        ("&ke_hoach=xa-007", "", "one plan has one page"),
    ],
)
def test_what_part_is_shown_is_told(client: TestClient, query: str, expected: str, why: str) -> None:
    assert sentence(page(client, DEADLINES + query), "Dòng").startswith(expected), why
    assert bool(sentence(page(client, DEADLINES + query), "Dòng")) is bool(expected)


def test_a_page_that_is_no_number_is_refused_in_a_sentence(client: TestClient) -> None:
    response = client.get(f"{DEADLINES}&trang=-1")
    assert response.status_code == 400
    assert messages.wrong_page("-1") in response.text


def test_links_between_pages_keep_the_filters_and_another_filter_begins_anew(client: TestClient) -> None:
    shown = page(client, f"{DEADLINES}&co_quan=thanh+nien&trang=2&bang=2")
    following = str(shown.css_first('nav[aria-label="Dòng, theo trang"] a[rel=next]').attributes["href"])  # type: ignore[union-attr]
    assert all(part in following for part in ("ngay=2025-06-01", "co_quan=thanh+nien", "trang=3", "bang=2", "#ket-qua"))
    dot = str(shown.css_first("a.dot").attributes["href"])  # type: ignore[union-attr]
    assert "co_quan=thanh+nien" in dot
    assert "trang=" not in dot
    assert "bang=" not in dot


def test_files_hold_everything_from_any_page(client: TestClient) -> None:
    query = DEADLINES.partition("?")[2] + "&co_quan=phu+nu&trang=3"
    rows = list(csv.reader(io.StringIO(client.get(f"/thoi-han.csv?{query}").text)))
    sheet = load_workbook(io.BytesIO(client.get(f"/thoi-han.xlsx?{query}").content)).active
    assert sheet is not None
    assert (len(rows), sheet.max_row) == (MANY + 1, MANY + 1)
    events = Calendar.from_ical(client.get(f"/thoi-han.ics?{query}").content).walk("VEVENT")
    assert len(events) == MANY
    offered = [str(link.attributes["href"]) for link in page(client, f"/thoi-han?{query}").css(".files a")]
    assert len(offered) == 3
    assert not any("trang=" in address for address in offered)


def test_the_choices_are_found_by_the_letters_of_who_issued_them(client: TestClient) -> None:
    options = [option.text() for option in page(client, "/so-sanh").css("#mot optgroup option")]
    assert len(options) == MANY
    assert all(text.startswith("UBND xã ") for text in options), "as the eye looks for them"
    assert options == sorted(options, key=fold)


@pytest.fixture(scope="module")
def address(app: FastAPI, engine: Engine) -> Iterator[str]:
    """A real server with the chat over the three hundred plans."""
    with served(mount_chat(app, engine.settings)) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("view", [{"viewport": {"width": 1280, "height": 800}}, PHONE], ids=["desk", "phone"])
def test_the_chat_lists_some_plans_and_finds_any(browser: Any, address: str, view: dict[str, Any]) -> None:
    context = browser.new_context(**view)
    try:
        shown = context.new_page()
        shown.goto(f"{address}/chat/")
        more = shown.locator("#catalogue a[href='../van-ban']")
        more.wait_for(state="attached", timeout=60_000)
        assert shown.locator("#catalogue li").count() == messages.CATALOGUE_LISTED
        assert more.inner_text() == messages.more_plans(MANY - messages.CATALOGUE_LISTED)
        shown.click("#filter-open")
        shown.wait_for_function("() => document.querySelectorAll('.filter-plan').length === 100")
        assert f"100 trong {MANY}" in shown.locator(".filter-count").inner_text()
        shown.fill("#filter-words", "xa 288/KH")
        shown.wait_for_function("() => document.querySelectorAll('.filter-plan').length === 1")
        shown.locator(".filter-plan input").check()
        shown.click("#filter .panel-close")
        assert "288" in shown.locator("#filter-bar .chip").inner_text()
        assert shown.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    finally:
        context.close()
