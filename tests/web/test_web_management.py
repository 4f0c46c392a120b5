"""Plans are managed on a page of a real server by a real browser, while a colleague asks in the chat."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_thread import served

from app import compose
from ingest.build import build
from xhht_qa import messages
from xhht_qa.embed import load_encoder
from xhht_qa.settings import Settings

pytestmark = pytest.mark.browser

TOKEN = "ma-quan-ly-cua-phong"
DESK = {"viewport": {"width": 1280, "height": 800}}
DARK_PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "color_scheme": "dark"}
VIOLATIONS = """async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  .violations.map(found => `${found.id}: ${found.nodes[0].html}`)"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, select, .button, summary')].filter(e => e.checkVisibility())
  .filter(e => { const box = e.getBoundingClientRect(); return box.height < 24 || box.width < 24; }).map(e => e.outerHTML.slice(0, 80))"""


def plan(place: str, day: int, number: int = 12, more: str = "") -> bytes:
    lines = (
        f"UBND HUYỆN {place.upper()}", f"Số: {number}/KH-UBND", f"{place}, ngày 20 tháng 01 năm 2025", "KẾ HOẠCH", "Phát triển văn hóa đọc", "I. BÁO CÁO",
        f"1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày {day}/11/2025.", "2. Phòng Văn hóa tổng hợp, báo cáo UBND huyện.", "II. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Văn hóa chủ trì thực hiện.", *([more] if more else ()), "Nơi nhận:", "- Các xã;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lò Văn Tính",
    )  # fmt: skip
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the plans are that the server answers from."""
    folder = tmp_path_factory.mktemp("managed")
    for place, name in (("Đồi Mây", "doi-may.txt"), ("Khe Mộc", "khe-moc.txt")):
        (folder / name).write_bytes(plan(place, 3))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("management")
    limits: dict[str, Any] = {"admin_token": TOKEN, "max_upload_mb": 1, "frame_ancestors": "*"}
    settings = Settings(_env_file=None, index_dir=place / "index", data_dir=place / "data", plans_dir=folder, **limits)
    build([folder], settings.index_dir, load_encoder(settings))
    with served(compose(settings)) as address:
        yield address


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core, which the package for Playwright carries."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def manager(server: str) -> Iterator[httpx.Client]:
    """Another manager, who works by the API; leaves no file waiting."""
    with httpx.Client(base_url=server, timeout=300, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client
        for proposal in client.get("/api/library").json()["proposals"]:
            client.delete(f"/api/library/proposals/{proposal['id']}")


def sign_in(visitor: Any) -> Any:
    page = visitor.page
    page.goto(f"{visitor.server}/quan-ly")
    page.fill("#token", TOKEN)
    page.click("#sign-in button")
    page.wait_for_selector("#plans")
    page.wait_for_load_state("load")  # with its script
    return page


def given(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def row(page: Any, name: str) -> Any:
    return page.locator("#waiting li", has_text=name)


def finished(page: Any) -> str:
    """What the page says when the change that is under way has ended."""
    page.wait_for_selector("#job :is(.done, .failed)", timeout=120_000)
    return str(page.inner_text("#job-told"))


@pytest.mark.parametrize("visitor", [DESK, DARK_PHONE], indirect=True, ids=["desk", "dark phone"])
def test_every_state_is_accessible_and_fits(visitor: Any, manager: httpx.Client, axe: str) -> None:
    page = visitor.page

    def sound(state: str) -> None:
        page.evaluate(axe)
        assert page.evaluate(VIOLATIONS) == [], state
        assert page.evaluate(SMALL_TARGETS) == [], state
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state

    page.goto(f"{visitor.server}/quan-ly")
    sound("sign-in")
    page.fill("#token", "sai")
    page.click("#sign-in button")
    page.wait_for_function("sentence => document.getElementById('said').textContent === sentence", arg=messages.WRONG_TOKEN)
    sound("a wrong token")
    visitor.errors.clear()  # browsers note refusals
    page = sign_in(visitor)
    sound("the page")
    page.set_input_files("#files", [given("hong.docx", b"PK\x03\x04 x" * 100), given("lon.pdf", b"x" * 1_100_000), given("ban-moi.txt", plan("Đồi Mây", 9))])
    row(page, "ban-moi.txt").wait_for(timeout=60_000)
    rows = page.locator("#uploads li").all_inner_texts()
    assert [text.split("\n")[:2] for text in rows] == [
        ["hong.docx", messages.unreadable("hong.docx", "is damaged")],
        ["lon.pdf", messages.too_large_file(1)],
    ]
    visitor.errors.clear()
    sound("files were refused, one waits")
    page.locator("#uploads button").first.click()
    assert page.locator("#uploads li").count() == 1
    row(page, "ban-moi.txt").get_by_role("link", name="Xem trước").click()
    page.wait_for_url("**/quan-ly/*")
    sound("preview")
    page.get_by_role("button", name="Thay kế hoạch này").click()
    page.get_by_text("Tệp này sẽ thay").wait_for(timeout=60_000)
    sound("preview of a replacement")
    page.get_by_role("button", name="Thay và công bố").click()
    sound("confirmation")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "publish", "where the question was asked"
    page.goto(f"{visitor.server}/quan-ly")
    begun = manager.post("/api/library/read")
    assert begun.status_code == 202
    page.reload()
    sound("a change, under way or over")
    assert finished(page) == messages.NOTHING_CHANGED
    sound("a change is over")


def test_a_plan_is_sent_published_replaced_and_removed_while_a_colleague_asks(visitor: Any, browser: Any, server: str, manager: httpx.Client) -> None:
    colleague = type(visitor)(browser, server, **DESK)
    chat = colleague.open_chat()
    assert chat.locator("#pages").get_by_text("Quản lý").count() == 0, "for managers only"
    page = sign_in(visitor)
    page.set_input_files("#files", [given("Suối Đá.txt", plan("Suối Đá", 8, number=31))])
    row(page, "Suối Đá.txt").get_by_role("link", name="Xem trước").click(timeout=60_000)
    about = page.locator(".about").inner_text()
    assert {"31/KH-UBND", "UBND huyện Suối Đá", "20/1/2025", "Cấp huyện"} <= set(about.split("\n"))
    assert page.locator(".outline .address").all_inner_texts() == ["phần mở đầu", "I", "I.1", "I.2", "II", "II.1", "phần kết thúc"]
    assert "kế hoạch mới" in page.get_by_role("region", name="Thay đổi").inner_text()
    page.click("#publish")
    page.wait_for_selector("#job")
    assert "Suối Đá" in finished(page)
    assert page.inner_text("#spoken") == page.inner_text("#job-told"), "a screen reader is told as well"
    assert page.locator("#plans tbody tr").count() == 3

    question = "UBND các xã huyện Suối Đá gửi báo cáo năm trước ngày nào?"
    colleague.page.reload()
    chat = colleague.open_chat()
    chat.locator("#catalogue").get_by_text("Suối Đá").wait_for()
    assert "8/11/2025" in colleague.ask(question).inner_text()

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Thay bằng bản mới: Kế hoạch số 31/KH-UBND").click()
    chooser.value.set_files([given("ban 2.txt", plan("Suối Đá", 21, number=32, more="2. Phòng Tài chính bố trí kinh phí."))])
    row(page, "ban 2.txt").get_by_role("link", name="Xem trước").click(timeout=60_000)
    changes = page.get_by_role("region", name="Thay đổi").get_by_role("listitem").all_inner_texts()
    assert "Số, ký hiệu: “31/KH-UBND” thành “32/KH-UBND”." in changes
    assert "Thêm 1 mục: II.2." in changes
    assert any(change.startswith("Sửa") and "I.1" in change for change in changes)
    page.click("#publish")
    page.get_by_role("button", name="Thay và công bố").last.click()
    page.wait_for_url("**/quan-ly#job-told")
    assert "cập nhật" in finished(page)
    old = chat.locator("#thread [data-testid=bot]").first
    old.locator("a[href^='#src=']").first.click()
    chat.locator("#source .marked").first.wait_for()
    assert "8/11/2025" in chat.locator("#source .marked").first.inner_text(), "an old answer opens what it cited"
    assert "21/11/2025" in colleague.ask(question).inner_text()

    page.get_by_role("button", name="Gỡ Kế hoạch số 32/KH-UBND").click()
    page.get_by_role("button", name="Thôi").click()
    assert page.locator("#plans tbody tr").count() == 3, "nothing is lost by a slip"
    page.get_by_role("button", name="Gỡ Kế hoạch số 32/KH-UBND").click()
    page.get_by_role("button", name="Gỡ kế hoạch", exact=True).click()
    page.locator("#plans tbody tr").nth(2).wait_for(state="detached", timeout=120_000)
    assert "gỡ 1 kế hoạch" in finished(page)
    assert "21/11/2025" not in colleague.ask(question).inner_text()
    old.locator("a[href^='#src=']").first.click()
    assert "8/11/2025" in chat.locator("#source .marked").first.inner_text(), "also when the plan is gone"
    assert colleague.foreign == []
    assert colleague.errors == []
    colleague.context.close()


def test_two_managers_at_once(visitor: Any, manager: httpx.Client) -> None:
    page = sign_in(visitor)
    page.set_input_files("#files", [given("a.txt", plan("Suối Đá", 8)), given("b.txt", plan("Lũng Hoa", 9))])
    row(page, "b.txt").wait_for(timeout=60_000)
    ids = {proposal["name"]: proposal["id"] for proposal in manager.get("/api/library").json()["proposals"]}
    other = visitor.context.new_page()
    other.goto(f"{visitor.server}/quan-ly/{ids['a.txt']}")
    manager.delete(f"/api/library/proposals/{ids['a.txt']}")
    other.click("#publish")
    other.wait_for_function("sentence => document.getElementById('said').textContent === sentence", arg=messages.UNKNOWN_PROPOSAL)
    row(page, "a.txt").get_by_role("button", name="Bỏ").click()
    page.get_by_role("button", name="Bỏ tệp", exact=True).click()
    page.wait_for_function("sentence => document.getElementById('said').textContent === sentence", arg=messages.UNKNOWN_PROPOSAL)
    row(page, "a.txt").wait_for(state="detached")
    visitor.errors.clear()  # the browser notes refusals
    other.goto(f"{visitor.server}/quan-ly/{ids['b.txt']}")
    assert manager.post("/api/library/read").status_code == 202
    other.click("#publish")
    other.wait_for_function("sentence => document.getElementById('said').textContent === sentence", arg=messages.LIBRARY_BUSY)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    finished(page)
    row(page, "b.txt").get_by_role("button", name="Bỏ").click()
    page.get_by_role("button", name="Bỏ tệp", exact=True).click()
    page.get_by_text("Không có tệp nào chờ công bố.").wait_for()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_selector("#sign-in")
    other.goto(f"{visitor.server}/quan-ly/{ids['b.txt']}")
    assert other.url.endswith("/quan-ly")
    assert other.locator("#sign-in").count() == 1
    visitor.errors.clear()


def test_by_the_keyboard_alone(visitor: Any, manager: httpx.Client) -> None:
    page = visitor.page
    page.goto(f"{visitor.server}/quan-ly")
    page.keyboard.type(TOKEN)  # the field has the focus
    page.keyboard.press("Enter")
    page.wait_for_selector("#plans")
    page.set_input_files("#files", [given("c.txt", plan("Suối Đá", 8))])
    row(page, "c.txt").wait_for(timeout=60_000)
    page.locator("#files").focus()
    assert page.locator("label[for=files]").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    while not page.evaluate("document.activeElement.textContent === 'Bỏ'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Thôi", "what loses nothing is nearest"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Không có tệp nào chờ công bố.").wait_for()
    assert page.evaluate("document.activeElement.id") == "waiting-title", "the focus is not lost with its button"
    assert page.inner_text("#spoken") == "Đã bỏ tệp."


def test_files_are_dropped_and_one_is_called_back(visitor: Any, manager: httpx.Client) -> None:
    page = sign_in(visitor)
    sent: list[Any] = []
    page.route("**/api/library/proposals", lambda request: sent.append(request))  # the first file is under way until the second is called back
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          for (const name of ["d.txt", "e.txt"]) data.items.add(new File([text.replace("SUỐI", name)], name));
          for (const type of ["dragover", "drop"]) document.getElementById("drop").dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        plan("Suối Đá", 8).decode(),
    )
    page.get_by_role("button", name="Hủy e.txt").click()
    while not sent:
        page.wait_for_timeout(20)
    sent[0].continue_()
    page.unroute("**/api/library/proposals")
    row(page, "d.txt").wait_for(timeout=60_000)
    assert page.locator("#uploads li").all_inner_texts() == ["e.txt\nĐã hủy.\nẨn"]
    assert [proposal["name"] for proposal in manager.get("/api/library").json()["proposals"]] == ["d.txt"]


@pytest.mark.parametrize("visitor", [DESK], indirect=True)
def test_a_lost_connection_is_told_and_mended(visitor: Any, manager: httpx.Client) -> None:
    page = sign_in(visitor)
    visitor.context.set_offline(True)
    page.set_input_files("#files", [given("f.txt", plan("Suối Đá", 8))])
    page.locator("#uploads li", has_text="Mất kết nối với máy chủ").wait_for()
    page.click("#read")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('Mất kết nối')")
    visitor.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => document.getElementById('said').textContent === ''")
    visitor.errors.clear()


@pytest.fixture
def portal(server: str, tmp_path: Path) -> Iterator[str]:
    """The page of another site, as a browser counts sites, that shows the chat in a frame."""
    (tmp_path / "cong.html").write_text(f'<iframe src="{server}/chat/" width="1000" height="700"></iframe>', encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path))) as portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        yield f"http://localhost:{portal.server_port}/cong.html"
        portal.shutdown()


def test_in_a_frame_of_another_site_nothing_pretends_to_be_kept(visitor: Any, portal: str) -> None:
    page = visitor.page
    page.goto(portal)
    frame = page.frame_locator("iframe")
    frame.get_by_text(messages.NOT_KEPT_HERE).wait_for(timeout=60_000)
    assert not frame.locator("#history-open").is_visible()
    assert not frame.locator("#private").is_visible()
    assert {address.partition("/cong.html")[0] for address in visitor.foreign} <= {
        portal.partition("/cong.html")[0],
        f"{portal.rpartition('/')[0]}/favicon.ico",
    }
    visitor.foreign.clear()
    visitor.errors.clear()  # the portal has no icon
    visitor.open_chat()
    page.locator("#history-open").wait_for()
    assert page.locator("#unkept p").count() == 0
