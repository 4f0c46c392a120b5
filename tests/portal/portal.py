"""An assistant that portals frame, portals of other origins, and a browser in which they are other hosts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from prerequisites import ROOT, missing

PORTAL = "cong.doimay.test"  # the host of the portal, which the browser takes to this machine as every other
ASSISTANT = "tro-ly.doimay.test"
HOSTS = f"{PORTAL} {ASSISTANT} cong.doimay.example tro-ly.doimay.example"
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.example 127.0.0.1",
]
PLANS = {
    "doi-may": "UBND HUYỆN ĐỒI MÂY\nSố: 12/KH-UBND\nĐồi Mây, ngày 20 tháng 01 năm 2025\nKẾ HOẠCH\nPhát triển văn hóa đọc\nI. BÁO CÁO\n1. Thời hạn\n"
    "a) UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 15/11/2025.\nb) Phòng Văn hóa tổng hợp, gửi UBND huyện trước ngày 25/11/2025.\n",
    "suoi-lau": "UBND HUYỆN SUỐI LAU\nSố: 31/KH-UBND\nSuối Lau, ngày 22 tháng 01 năm 2025\nKẾ HOẠCH\nPhát triển văn hóa đọc\nI. BÁO CÁO\n"
    "1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 10/12/2025.\n2. Phòng Văn hóa tổng hợp.\n",
}
QUESTION = "UBND các xã huyện Đồi Mây gửi báo cáo năm trước ngày nào?"
DAY = "15/11/2025"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}
WAIT = 60_000  # milliseconds: others work on this machine too

Open = Callable[..., Any]  # the page at an address, in a window of its own


@contextmanager
def assistant(index: Path, data: Path, port: int, settings: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """``app.py`` on a port, once it answers."""
    command = [sys.executable, "app.py", "--port", str(port), "--index", str(index)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, env=os.environ | {"XHHT_DATA_DIR": str(data), "XHHT_HOSTS": HOSTS} | settings)
    try:
        await_address(f"http://127.0.0.1:{port}/health", process)
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


def await_address(address: str, process: subprocess.Popen[Any]) -> None:
    """Until a server that was just started answers there."""
    deadline = time.monotonic() + 120
    while True:
        assert process.poll() is None, f"{process.args} ended before it was ready"
        try:
            httpx.get(address, timeout=5, verify=False)
            return
        except httpx.HTTPError:
            assert time.monotonic() < deadline, f"{address} was not ready in time"
            time.sleep(0.2)


class Portal:
    """The pages of a portal, by their paths, under a strict policy of its own: no script or style that stands in the page."""

    def __init__(self, port: int, assistant: str) -> None:
        self.address = f"http://{PORTAL}:{port}"
        self.policy = f"default-src 'self'; script-src 'self' {assistant}; style-src 'self'; frame-src {assistant}"
        self.pages: dict[str, str] = {}

    def page(self, path: str, body: str, head: str = "") -> str:
        """The address of a page that is there from now on."""
        self.pages[path] = (
            '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>Cổng Đồi Mây</title>{head}</head><body><main><h1>Cổng thông tin huyện Đồi Mây</h1>{body}</main></body></html>"
        )
        return f"{self.address}{path}"


@contextmanager
def portal(assistant: str) -> Iterator[Portal]:
    """A portal on an origin of its own."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = site.pages.get(self.path)
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/css" if self.path.endswith(".css") else "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", site.policy)
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        site = Portal(server.server_port, assistant)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


@contextmanager
def chromium(*arguments: str) -> Iterator[Any]:
    """A browser for which each host of .test and .example is this machine."""
    executable = shutil.which("chromium")
    if executable is None:
        missing("Chromium is not installed; a portal cannot be tested as a person sees it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM_ARGUMENTS, *arguments])
        yield browser
        browser.close()


def script(home: str, **data: str) -> str:
    return f'<script src="{home}/widget.js" {" ".join(f"data-{name}={value!r}" for name, value in data.items())} defer></script>'


def ask(frame: Any, question: str) -> Any:
    """The answer to a question that is typed into a frame."""
    frame.locator("#send:enabled").wait_for(timeout=WAIT)
    before = frame.locator("[data-testid=bot]").count()
    frame.locator("#box").fill(question)
    frame.locator("#box").press("Enter")
    answer = frame.locator("[data-testid=bot]").nth(before)
    answer.wait_for(timeout=WAIT)
    return answer
