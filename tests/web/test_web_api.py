"""The HTTP door and the start of the server."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from web_plans import PLANS, PRINTED

from xhht_qa.api.blocks import blocks, runs
from xhht_qa.api.documents import printed_date
from xhht_qa.types import Metadata, Paragraph, Plan, Section

ROOT = Path(__file__).parents[2]
PLAN = "ubnd-tinh-lamkhe-cds"


def section(address: str, parent: str | None, *paragraphs: Paragraph, is_heading: bool = True) -> Section:
    return Section(address, parent, f"mục {address}", address, is_heading, (address,), paragraphs, paragraphs[0].first_line, paragraphs[-1].last_line)


def line(number: int, text: str = "x", bullet: str = "") -> Paragraph:
    return Paragraph(text, bullet, number, number)


def test_blocks_follow_the_print_and_cover_every_paragraph_once() -> None:
    plan = Plan(
        "a", "A", "", "", Metadata(),
        (
            section("mo-dau", None, line(1)),
            section("I", None, line(2), line(5)),  # its text goes on after its child
            section("I.1", "I", line(3), line(4)),
            section("ket-thuc", None, line(6)),
        ),
    )  # fmt: skip
    shown = blocks(plan)
    assert [(block.section.address, block.depth, block.opens) for block in shown] == [
        ("mo-dau", 0, True), ("I", 0, True), ("I.1", 1, True), ("I", 0, False), ("ket-thuc", 0, True),
    ]  # fmt: skip
    assert [paragraph.first_line for block in shown for run in block.runs for paragraph in run.paragraphs] == [1, 2, 3, 4, 5, 6]
    assert [block.has_heading for block in shown] == [False, True, True, False, False]
    assert [block.outline_title for block in shown] == ["Mục mo-dau", "I", "I.1", "", "Mục ket-thuc"]


def test_rows_of_a_table_are_kept_together() -> None:
    given = [line(1, "Bảng"), line(2, "STT | Việc"), line(3, "I. Nhóm", "/r1"), line(4, "1 | Họp", "/r2"), line(5, "- Hết", "/-1"), line(6, "Chia 3 | 4")]
    found = list(runs(given))
    assert [(run.is_table, len(run.paragraphs)) for run in found] == [(False, 1), (True, 3), (False, 2)], "a bar alone makes no table"
    assert found[1].columns == 2
    assert [found[1].cells(row) for row in found[1].paragraphs] == [["STT", "Việc"], ["I. Nhóm"], ["1", "Họp"]]


@pytest.mark.parametrize(("date", "expected"), [("25/4/2024", "ngày 25/4/2024"), ("/4/2024", "tháng 4/2024"), ("/2024", "năm 2024"), ("", "")])
def test_printed_date(date: str, expected: str) -> None:
    assert printed_date(Metadata(date=date)) == expected


def test_the_description_of_the_api_is_shown_under_our_policy_and_asks_no_other_host(visitor: Any) -> None:
    visitor.page.goto(f"{visitor.server}/docs")
    visitor.page.get_by_text("/api/ask/stream").wait_for(timeout=60_000)
    visitor.page.locator("#operations-ask-ask").click()
    visitor.page.locator("#operations-ask-ask").get_by_role("button", name="Try it out").click()
    visitor.page.get_by_role("button", name="Execute").click()
    visitor.page.locator(".live-responses-table .response-col_status", has_text="200").wait_for(timeout=60_000)


@pytest.mark.parametrize(
    ("path", "status", "kind", "words"),
    [
        ("/health", 200, "application/json", '{"status":"ok"}'),
        (f"/doc/{PLAN}", 200, "text/html", 'id="IV.2.b"'),
        (f"/doc/{PLAN}", 200, "text/html", 'id="II.1/-2/+3"'),
        (f"/doc/{PLAN}", 200, "text/html", '<tr id="phu-luc/r2"'),
        (f"/api/plans/{PLAN}/fragment", 200, "text/html", 'data-section="IV.2.b"'),
        ("/doc/khong-co", 404, "text/html", "Danh mục không có kế hoạch “khong-co”"),
        ("/doc/%3Cb%3E", 404, "text/html", "“&lt;b&gt;”"),
        ("/khong/co/gi", 404, "text/html", "Không tìm thấy trang"),
        ("/api/plans/khong-co/fragment", 404, "application/json", "Danh mục không có kế hoạch"),
        ("/static/../api.py", 404, "text/html", "Không tìm thấy trang"),
        ("/favicon.ico", 200, "image/svg+xml", "<svg"),
    ],
)
def test_answers_of_the_door(server: str, path: str, status: int, kind: str, words: str) -> None:
    response = httpx.get(server + path)
    assert (response.status_code, response.headers["content-type"].split(";")[0]) == (status, kind)
    assert words in response.text


@pytest.mark.parametrize(
    ("plan", "file", "kind", "disposition", "policy"),
    [
        (PRINTED.stem, PRINTED, "application/pdf", 'inline; filename="thcs-binhkhe-trongcay.pdf"', "frame-ancestors 'self'"),
        ("so-noi-vu-lamkhe-cchc", PLANS[1], "application/octet-stream", 'attachment; filename="so-noi-vu-lamkhe-cchc.docx"', "default-src 'self'; "),
    ],
    ids=["a browser shows a PDF by its own viewer", "what browsers do not show is saved"],
)
def test_the_original_file(server: str, plan: str, file: Path, kind: str, disposition: str, policy: str) -> None:
    response = httpx.get(f"{server}/doc/{plan}/original")
    assert (response.status_code, response.headers["content-type"], response.headers["content-disposition"]) == (200, kind, disposition)
    assert response.headers["content-security-policy"].startswith(policy)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content == file.read_bytes()


def test_the_pages_of_a_pdf_lead_to_its_original(server: str) -> None:
    text = httpx.get(f"{server}/doc/{PRINTED.stem}").text
    assert re.findall(r'class="page-mark" href="([^"]*)"', text) == [f"/doc/{PRINTED.stem}/original#page={number}" for number in (1, 2)]
    assert "(2 trang)" in text
    assert "page-mark" not in httpx.get(f"{server}/doc/{PLAN}").text, "a text file has no pages"


def test_the_root_leads_to_the_chat(server: str) -> None:
    assert httpx.get(server).headers["location"] == "/chat/"


@pytest.mark.parametrize("path", ["/chat/", f"/doc/{PLAN}", f"/api/plans/{PLAN}/fragment", "/health", "/khong-co", "/static/chat.js", "/chat/config"])
def test_every_response_keeps_the_browser_at_home(server: str, path: str) -> None:
    headers = httpx.get(server + path, headers={"Accept": "text/html", "Origin": "http://example.invalid"}).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in re.search(r"script-src ([^;]*)", policy)[1]  # type: ignore[index]
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


def test_the_chat_has_no_other_way_in(server: str) -> None:
    config = httpx.get(f"{server}/chat/config").json()
    assert config["dependencies"], "the page has events"
    assert not [event for event in config["dependencies"] if event["api_visibility"] == "public"]
    for event in config["dependencies"]:
        if not event["queue"]:
            continue  # "stop" and "new conversation" ask nothing of the engine
        answer = httpx.post(f"{server}/chat/gradio_api/run/{event['api_name']}", json={"data": ["Xin chào", [], None]})
        assert answer.status_code >= 400, "the queue and its limits cannot be walked around"
    upload = httpx.post(f"{server}/chat/gradio_api/upload", files={"files": ("a.txt", b"x" * 5000)})
    assert upload.status_code >= 400
    assert httpx.get(f"{server}/chat/monitoring/summary").status_code >= 400


@pytest.mark.parametrize(
    ("options", "words", "why"),
    [
        (["--index", "/khong/co/gi"], "", "no index"),
        (["--port", "0"], "XHHT_PORT", "a port that is none"),
        (["--host", "256.0.0.1"], "256.0.0.1", "a host that is none"),
        (["--port", "{taken}"], "XHHT_PORT=8000 make run", "a port in use, told to those who run make and those who run app.py"),
    ],
)
def test_a_start_that_fails_says_why_in_one_sentence(options: list[str], words: str, why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        given = ["--port", str(port), *(option.format(taken=taken.getsockname()[1]) for option in options)]
        ended = subprocess.run([sys.executable, "app.py", *given], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 2, why
    assert len(ended.stderr.strip().splitlines()) == 1
    assert words in ended.stderr
    assert ended.stdout == ""


def test_a_picture_of_a_page_is_asked_for_again_and_not_sent_again(server: str) -> None:
    address = f"{server}/doc/{PRINTED.stem}/page/1.png"
    first = httpx.get(address, timeout=60)
    assert (first.status_code, first.headers["cache-control"]) == (200, "private, no-cache")
    again = httpx.get(address, headers={"If-None-Match": first.headers["etag"]}, timeout=60)
    assert (again.status_code, again.content) == (304, b"")
    assert httpx.get(f"{server}/doc/{PRINTED.stem}/page/2.png", timeout=60).headers["etag"] != first.headers["etag"]
