"""Take the pictures of docs/screenshots/ anew: ``python docs/screenshots.py`` (needs Chromium and the dev extra)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "screenshots"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
FIRST = "Theo kế hoạch của UBND tỉnh Lam Khê, UBND các huyện, thị xã gửi báo cáo năm trước ngày nào?"
FOLLOW_UP = "Còn báo cáo 6 tháng đầu năm thì sao?"
VIEWS = (
    ("deadlines", DESKTOP, "thoi-han?ngay=2025-06-01"),
    ("deadlines-dark", {**DESKTOP, "color_scheme": "dark"}, "thoi-han?ngay=2025-06-01"),
    ("phone-deadlines", PHONE, "thoi-han?ngay=2025-06-01#sap-toi"),
    ("reporting", DESKTOP, "dau-moi"),
    ("criteria", DESKTOP, "tieu-chi"),
    ("comparison", DESKTOP, "so-sanh?mot=ubnd-tinh-lamkhe-cds&hai=ubnd-huyen-suoimay-cds"),
    ("documents", DESKTOP, "van-ban"),
)
MANAGER = "ma-quan-ly-de-chup-hinh"
SEVERAL = "Kinh phí thực hiện của các kế hoạch là bao nhiêu?"


def main() -> int:
    """One picture for each state that a visitor meets, of the sample plans."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is not installed.", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as runs,
        fresh_index() as index,
        running_server(index, XHHT_ADMIN_TOKEN=MANAGER) as address,
        sync_playwright() as playwright,
    ):
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP *.example 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for name, options, questions, opens_source in (
            ("chat", DESKTOP, (), False),
            ("answer", DESKTOP, (FIRST, FOLLOW_UP), True),
            ("answer-dark", {**DESKTOP, "color_scheme": "dark"}, (FIRST, FOLLOW_UP), True),
            ("several-plans", DESKTOP, (SEVERAL,), False),
            ("phone-answer", PHONE, (FIRST,), False),
            ("phone-source", PHONE, (FIRST,), True),
        ):
            page = browser.new_page(**options)
            page.goto(address)
            for count, question in enumerate(questions, 1):
                page.fill("#box textarea", question)
                page.press("#box textarea", "Enter")
                page.locator("#thread [data-testid=bot]").nth(count - 1).locator(".sources").wait_for()
            if opens_source:
                page.locator("#thread a[href^='#src=']").last.click()
                page.locator("#source .marked").first.wait_for()
            keep(page, name)
        take_panels(browser, address)
        take_management(browser, address)
        take_portal(browser, index)
        page = browser.new_page(**DESKTOP)
        page.goto(f"{address}/doc/ubnd-tinh-lamkhe-cds#II.1/-1")
        keep(page, "plan")
        page = browser.new_page(**DESKTOP)
        page.goto(report_of_the_sample_plans(runs).as_uri())
        keep(page, "eval-report")
        for name, options, view in VIEWS:
            page = browser.new_page(**options)
            page.goto(f"{address}/{view}")
            keep(page, name)
        browser.close()
    return 0


def take_panels(browser: Any, address: str) -> None:
    """The plan filter and the list of conversations, on a desk and on a phone."""
    for prefix, options in (("", DESKTOP), ("phone-", PHONE)):
        page = browser.new_context(**options).new_page()
        for name, opener, shown in (("filter", "#filter-open", ".filter-plan"), ("conversations", "#history-open", "#history li")):
            page.goto(address)
            page.fill("#box textarea", FIRST)
            page.press("#box textarea", "Enter")
            page.locator("#thread .sources").wait_for()
            page.click(opener)
            page.locator(shown).first.wait_for()
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / f"{prefix}{name}.png")
        page.close()


def take_management(browser: Any, address: str) -> None:
    """The page on which plans are managed with a file that waits, and its preview as the new edition of a plan."""
    text = (ROOT / "ingest" / "plans" / "ubnd-tinh-lamkhe-cds.txt").read_text(encoding="utf-8")
    edition = text.replace("UBND các huyện, thị xã gửi báo cáo", "UBND các huyện, thị xã, thành phố gửi báo cáo")
    for prefix, options in (("", DESKTOP), ("phone-", PHONE)):
        page = browser.new_context(**options).new_page()
        page.goto(f"{address}/quan-ly")
        page.fill("#token", MANAGER)
        page.click("#sign-in button")
        files = [
            {"name": "hong.docx", "mimeType": "", "buffer": b"PK\x03\x04 x" * 100},
            {"name": "Chuyển đổi số (bản sửa).txt", "mimeType": "", "buffer": edition.encode()},
        ]
        page.locator("#files").set_input_files(files)
        page.locator("#waiting .name").wait_for()
        page.screenshot(path=PICTURES / f"{prefix}management.png")
        page.locator("#waiting .button").click()
        page.get_by_role("button", name="Thay kế hoạch này").click()
        page.get_by_text("Tệp này sẽ thay").wait_for()
        page.screenshot(path=PICTURES / f"{prefix}preview.png")
        page.get_by_role("button", name="Bỏ tệp này").click()
        page.click("#confirm-yes")
        page.locator("#waiting .empty").wait_for()
        page.context.close()


def take_portal(browser: Any, index: str) -> None:
    """The example portal behind nginx, with the panel that its button opens, and with the panel in a page."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "portal")]
    from proxies import ASSISTANT, PORTAL, nginx

    with (
        running_server(index, XHHT_ROOT_PATH="/tro-ly", XHHT_HOSTS=PORTAL) as below,
        running_server(index, XHHT_FRAME_ANCESTORS=f"{PORTAL}:*", XHHT_HOSTS=ASSISTANT) as own,
        tempfile.TemporaryDirectory() as folder,
        nginx(Path(folder), "http", *(int(address.rpartition(":")[2]) for address in (below, own))) as portal,
    ):
        for name, options, path, opens_source in (
            ("portal", DESKTOP, "/", False),
            ("portal-source", DESKTOP, "/", True),
            ("portal-panel", DESKTOP, "/trong-trang.html", True),
            ("phone-portal", PHONE, "/", False),
        ):
            page = browser.new_page(**options)
            page.goto(f"{portal.address}{path}")
            if path == "/":
                page.locator("xhht-qa button.button").click()
            frame = page.frame_locator("xhht-qa iframe")
            frame.locator("#send:enabled").wait_for()
            frame.locator("#box").fill(FIRST)
            frame.locator("#box").press("Enter")
            frame.locator(".sources").wait_for()
            if opens_source:
                frame.locator("#thread a[href^='#src=']").first.click()
                frame.locator("#source .marked").first.wait_for()
            keep(page, name)


def keep(page: Any, name: str) -> None:
    """The page as it has settled, fonts loaded."""
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(800)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def report_of_the_sample_plans(runs: str) -> Path:
    """The page of a run over them, asked for the purpose."""
    subprocess.run([sys.executable, "-m", "evals", "run", "--name", "sample", "--runs", runs], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return Path(runs, "sample", "report.html")


@contextmanager
def fresh_index() -> Iterator[str]:
    """The folder of a new index of the sample plans."""
    with tempfile.TemporaryDirectory() as index:
        subprocess.run([sys.executable, "-m", "ingest", "ingest/plans", "--index", index], cwd=ROOT, check=True)
        yield index


@contextmanager
def running_server(index: str, **settings: str) -> Iterator[str]:
    """The address of ``app.py`` over an index."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port), "--index", index]
    with tempfile.TemporaryDirectory() as data:
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"XHHT_DATA_DIR": data} | settings)
        try:
            assert server.stdout is not None
            print(server.stdout.readline(), end="")  # said once it accepts
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    raise SystemExit(main())
