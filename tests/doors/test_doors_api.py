"""What programs read over HTTP, asked of a real server."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import httpx
import icalendar
import pytest
from desk import Desk
from server_thread import served

from xhht_qa import messages
from xhht_qa.api import create_app
from xhht_qa.service import Service
from xhht_qa.types import Answer, Fact

QUESTION = "UBND các xã gửi báo cáo năm trước ngày nào?"


@pytest.mark.parametrize(
    ("path", "expected", "why"),
    [
        ("/health", {"status": "ok"}, "the process answers"),
        ("/readiness", {"status": "ready", "index": True, "encoder": True, "store": True}, "a question could be answered"),
        ("/version", {"version": "0.1.0", "encoder": "toy/16"}, "which program answers"),
        (
            "/api/plans",
            {
                "plans": [
                    {
                        "id": "doc",
                        "title": "Kế hoạch số 12/KH-UBND của UBND huyện Đồi Mây",
                        "subject": "Đọc sách",
                        "issuer": "UBND huyện Đồi Mây",
                        "level": "Cấp huyện",
                        "years": "2025",
                    }
                ]
            },
            "the catalogue",
        ),
        (
            "/api/plans/doc/sections/I.1",
            {
                "plan": "doc",
                "plan_title": "Kế hoạch số 12/KH-UBND của UBND huyện Đồi Mây",
                "section": "I.1",
                "label": "mục 1 phần I",
                "title": "UBND các xã gửi báo cáo năm về",
                "path": ["I. BÁO CÁO", "1. UBND các xã gửi báo cáo năm về"],
                "parent": "I",
                "children": [],
                "text": "1. UBND các xã gửi báo cáo năm về Phòng Văn hóa trước ngày 3/11/2025.",
                "first_line": 7,
                "last_line": 7,
                "page": None,
                "link": "/doc/doc#I.1",
            },
            "a section word for word",
        ),
    ],
)
def test_what_is_read(desk: Desk, path: str, expected: dict[str, Any], why: str) -> None:
    got = httpx.get(desk.address + path)
    assert (got.status_code, got.json()) == (200, expected), why


def test_an_outline_leads_to_every_section(desk: Desk) -> None:
    outline = httpx.get(f"{desk.address}/api/plans/doc/outline").json()
    assert [section["address"] for section in outline["sections"]] == ["mo-dau", "I", "I.1", "I.2"]
    details = httpx.get(f"{desk.address}/api/plans/doc").json()
    assert (details["sections"], details["metadata"]["number"]) == (len(outline["sections"]), "12/KH-UBND")
    for section in outline["sections"]:
        text = httpx.get(f"{desk.address}/api/plans/doc/sections/{section['address']}").json()
        assert {name: text[name] for name in ("title", "label", "first_line", "last_line")} | {"address": text["section"]} == section


@pytest.mark.parametrize(
    ("query", "total", "why"),
    [
        ("", 4, "everything"),
        ("kind=deadline", 1, "one kind"),
        ("kind=deadline&kind=reporting&plan=doc", 1, "a report with a deadline is one statement"),
        ("actor=ubnd cac xa", 1, "the actor without accents"),
        ("kind=deadline&from=11/2025&to=11/2025", 1, "in the month"),
        ("kind=deadline&from=12/2025", 0, "after it"),
        ("limit=1&offset=1", 4, "a page of them"),
    ],
)
def test_facts_are_picked_out_as_on_the_command_line(desk: Desk, query: str, total: int, why: str) -> None:
    got = httpx.get(f"{desk.address}/api/facts?{query}").json()
    assert got["total"] == total, why
    assert len(got["facts"]) == (1 if "limit" in query else total)
    for fact in got["facts"]:
        assert list(fact) == [*Fact.__dataclass_fields__, "kinds", "plan_title", "label"]


def test_the_calendar_can_be_subscribed_to(desk: Desk) -> None:
    got = httpx.get(f"{desk.address}/api/deadlines.ics")
    assert got.headers["content-type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(got.content).walk("VEVENT")
    assert [event.decoded("DTSTART").isoformat() for event in events] == ["2025-11-03"]


@pytest.mark.parametrize(
    ("method", "path", "status", "detail", "why"),
    [
        ("GET", "/api/plans/khong-co", 404, messages.no_plan("khong-co"), "no such plan"),
        ("GET", "/api/plans/khong-co/outline", 404, messages.no_plan("khong-co"), "the same of its outline"),
        ("GET", "/api/plans/doc/sections/IX", 404, messages.no_section("doc", "IX"), "no such section"),
        ("GET", "/api/facts?plan=khong-co", 422, messages.unknown_plan("khong-co"), "a filter by no plan"),
        ("GET", "/api/facts?kind=khac", 422, messages.bad_field("kind"), "no such kind"),
        ("GET", "/api/facts?from=hom-nay", 422, messages.no_such_day("from"), "no such day"),
        ("GET", "/api/facts?from=2026&to=2025", 422, messages.FROM_AFTER_TO, "backwards"),
        ("GET", "/api/facts?limit=0", 422, messages.bad_field("limit"), "no page"),
        ("GET", "/api/khong-co", 404, messages.NO_PAGE, "no such address"),
        ("PUT", "/api/plans", 405, messages.NO_METHOD, "no such way to call it"),
        ("POST", "/api/ask", 422, messages.NOT_JSON, "not JSON"),
        ("POST", "/api/ask/stream", 422, messages.NOT_JSON, "refused before the stream begins"),
    ],
)
def test_refusals_are_one_vietnamese_sentence(desk: Desk, method: str, path: str, status: int, detail: str, why: str) -> None:
    got = httpx.request(method, desk.address + path, content=b"{" if method == "POST" else None, headers={"Content-Type": "application/json"})
    assert (got.status_code, got.json()) == (status, {"detail": detail}), why
    assert ("allow" in got.headers) == (status == 405)


def test_the_description_of_the_api_is_whole(desk: Desk) -> None:
    told = httpx.get(f"{desk.address}/openapi.json").json()
    operations = [(path, method, operation) for path, item in told["paths"].items() for method, operation in item.items()]
    assert len({operation["operationId"] for _, _, operation in operations}) == len(operations) > 15
    assert not [operation["operationId"] for _, _, operation in operations if operation["summary"].isascii()], "it is read in Vietnamese"
    assert "HTTPValidationError" not in json.dumps(told)
    always = [key for key in Answer.__dataclass_fields__ if key != "checked"]
    assert told["components"]["schemas"]["Answer"]["required"] == always, "checked is there where a language model was asked"
    assert [
        path for path, method, operation in operations if path.startswith("/api/") and not {"401", "403", "422", "429"} <= set(operation["responses"])
    ] == []


def test_the_page_of_the_description_asks_no_other_host(desk: Desk) -> None:
    page = httpx.get(f"{desk.address}/docs")
    assert re.findall(r'(?:src|href)="([^"]+)"', page.text) == ["/docs/static/swagger-ui.css", "/static/icon.svg", "/docs/static/swagger-ui-bundle.js"]
    assert "http" not in page.text.replace("http-equiv", "")
    assert "'sha256-" in page.headers["content-security-policy"]
    for path in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert httpx.get(desk.address + path).status_code == 200


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, without its heartbeats."""
    parts = [part for part in text.split("\n\n") if part.strip() and not part.startswith(":")]
    return [(part.split("\n")[0].removeprefix("event: "), json.loads(part.split("\n")[1].removeprefix("data: "))) for part in parts]


def test_an_answer_is_streamed_step_by_step(desk: Desk) -> None:
    given = {"question": QUESTION}
    with httpx.stream("POST", f"{desk.address}/api/ask/stream", json=given, timeout=60) as streamed:
        assert streamed.headers["content-type"].startswith("text/event-stream")
        assert (streamed.headers["cache-control"], streamed.headers["x-accel-buffering"]) == ("no-store", "no")
        told = events(streamed.read().decode())
    assert [data["step"] for name, data in told if name == "step"] == ["understand", "retrieve", "compose", "verify"]
    assert [name for name, _ in told if name != "step"] == ["sentence", "answer", "done"]
    plain = httpx.post(f"{desk.address}/api/ask", json=given, timeout=60).json()
    answer = dict(told)["answer"]
    assert {**answer, "id": "", "timings_ms": {}} == {**plain, "id": "", "timings_ms": {}}
    assert " ".join(data["text"] for name, data in told if name == "sentence") == answer["answer"]
    assert list(answer) == [name for name in Answer.__dataclass_fields__ if name != "checked"], "no language model was asked"


def test_what_is_searched_for_comes_with_its_text(desk: Desk) -> None:
    found = httpx.post(f"{desk.address}/api/search", json={"question": QUESTION, "k": 2}, timeout=60).json()
    assert found["standalone_question"] == QUESTION
    assert found["results"][0]["section"] == "I.1"
    best = found["results"][0]
    assert {name: best[name] for name in best if name != "score"} == httpx.get(f"{desk.address}/api/plans/doc/sections/I.1").json()
    assert len(found["results"]) == 2
    assert best["score"] >= found["results"][1]["score"] > 0


def test_who_goes_away_gives_up_the_place_in_the_queue(desk: Desk) -> None:
    service = Service(desk.settings)
    held = [service.queue.enter(f"người {number}", lambda: None) for number in range(desk.settings.questions_at_once)]
    with served(create_app(desk.archive.engine, desk.settings, service=service)) as address:
        with httpx.stream("POST", f"{address}/api/ask/stream", json={"question": QUESTION}, timeout=60) as streamed:
            parts = streamed.iter_text()  # named: httpx goes away as soon as nobody holds it
            first = next(part for part in parts if part)
            assert events(first)[0] == ("step", {"step": "queued", "position": 1, "message": messages.waiting(1)})
            assert sum(service.queue.load) == len(held) + 1
        deadline = time.monotonic() + 30
        while sum(service.queue.load) > len(held):
            assert time.monotonic() < deadline, "the place is still taken"
            time.sleep(0.02)
        for place in held:
            service.queue.leave(place)
        assert httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=60).json()["status"] == "answered"
