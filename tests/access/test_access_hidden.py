"""A plan of another group, asked after by every door: each tells what it would tell of a plan that there never was, and takes as long."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urljoin

import pytest
from gate import QUESTION, SECRET, Gate
from starlette.testclient import TestClient

from xhht_qa import messages

OUTSIDE = {"X-Remote-User": "an", "X-Remote-Groups": "van-phong"}
MEMBER = {"X-Remote-User": "dung", "X-Remote-Groups": "to-chuc"}
HIDDEN, MISSING = "kin-01", "xyz-01"
TELLING = (HIDDEN, SECRET, "Đồi Sương", "Luân chuyển", "luân chuyển cán bộ")
PAIRS, WARM_UP = 250, 20
MOST_SHIFT = 0.15  # of the chance, 0.5, that one is slower than the other; six times what chance alone makes of so many pairs


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    with ExitStack() as stack:
        yield Gate(tmp_path_factory.mktemp("hidden"), stack, sign_in="proxy")


@pytest.fixture(scope="module")
def outside(gate: Gate) -> TestClient:
    return gate.comes(**OUTSIDE)


def tool(name: str, **given: Any) -> Callable[[TestClient, str], Any]:
    """A call of a tool of the Model Context Protocol, in which "{}" stands for the plan."""

    def call(client: TestClient, plan: str) -> Any:
        arguments = json.loads(json.dumps(given).replace("{}", plan))
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
        headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
        return client.post("/mcp", json=body, headers=headers)

    return call


def post(path: str, **body: Any) -> Callable[[TestClient, str], Any]:
    return lambda client, plan: client.post(path.replace("{}", plan), json=json.loads(json.dumps(body).replace("{}", plan)))


def get(path: str) -> Callable[[TestClient, str], Any]:
    return lambda client, plan: client.get(path.replace("{}", plan), headers={"Accept": "text/html"})


def kept_question(client: TestClient, plan: str) -> Any:
    conversation = client.post("/api/conversations").json()["id"]
    return client.post(f"/api/conversations/{conversation}/questions", json={"question": QUESTION, "scope": [plan]})


def same(told: str, plan: str) -> str:
    """Without what differs whenever it is asked."""
    varies = "id|created|when|asked|timings_ms|understand|retrieve|compose|verify|total|build|question_id"
    told = re.sub(rf'"({varies})": ?("[^"]*"|[\d.]+|\{{[^}}]*\}})', '"…"', told.replace('\\"', '"'))
    return told.replace(plan, "…")


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (post("/api/ask", question=QUESTION, scope=["{}"]), 200),
        (post("/api/ask/stream", question=QUESTION, scope=["{}"]), 200),
        (post("/api/search", question=QUESTION, scope=["{}"]), 422),
        (kept_question, 201),
        (post("/v1/chat/completions", model="xhht-qa:{}", messages=[{"role": "user", "content": QUESTION}]), 404),
        (get("/v1/models/xhht-qa:{}"), 404),
        (tool("ask", question=QUESTION, plans=["{}"]), 200),
        (tool("search", question=QUESTION, plans=["{}"]), 200),
        (tool("section", plan="{}", address="I.1"), 200),
        (tool("deadlines", plans=["{}"]), 200),
        (post("/api/feedback", question="a", answer="b", status="answered", verdict="up", citations=[{"plan": "{}", "section": "I.1"}]), 422),
        (get("/doc/{}"), 404),
        (get("/doc/{}/original"), 404),
        (get("/doc/{}/page/1.png"), 404),
        (get("/api/plans/{}"), 404),
        (get("/api/plans/{}/outline"), 404),
        (get("/api/plans/{}/sections/I.1"), 404),
        (get("/api/plans/{}/fragment"), 404),
        (get("/api/facts?plan={}"), 422),
        (get("/api/deadlines.ics?plan={}"), 422),
        (get("/so-sanh?trai={}&phai=mo"), None),
        (get("/thoi-han?ke_hoach={}"), None),
        (get("/thoi-han.csv?ke_hoach={}"), None),
        (get("/thoi-han.ics?ke_hoach={}"), None),
        (get("/dau-moi?ke_hoach={}"), None),
        (get("/tieu-chi?ke_hoach={}"), None),
        (get("/van-ban?tim={}"), None),
        (get("/embed?plans={}"), 200),
    ],
)
def test_it_is_told_of_as_of_one_that_is_not_there(outside: TestClient, call: Callable[[TestClient, str], Any], status: int | None) -> None:
    hidden, missing = call(outside, HIDDEN), call(outside, MISSING)
    assert hidden.status_code == missing.status_code
    assert status in (None, hidden.status_code), hidden.text
    assert same(hidden.text, HIDDEN) == same(missing.text, MISSING)
    assert not any(word in hidden.text.replace(QUESTION, "") for word in TELLING[1:])


def test_no_page_that_can_be_reached_tells_of_it(outside: TestClient, gate: Gate) -> None:
    def reached(client: TestClient) -> dict[str, str]:
        waiting, seen = ["/van-ban", "/thoi-han", "/dau-moi", "/tieu-chi", "/so-sanh", "/embed", "/openapi.json", "/api/plans", "/api/facts"], {}
        while waiting and len(seen) < 150:
            path = waiting.pop(0)
            told = client.get(path, headers={"Accept": "text/html"})
            seen[path] = told.text
            links = re.findall(r'href="([^"#]+)', told.text) if told.headers.get("content-type", "").startswith("text/html") else []
            found = (urljoin(path, link.replace("&amp;", "&")) for link in links)
            waiting += [link for link in found if link.startswith("/") and "/static/" not in link and link not in seen and link not in waiting]
        return seen

    pages = reached(outside)
    assert len(pages) > 15
    assert {path: word for path, told in pages.items() for word in TELLING if word in told} == {}
    assert sum(SECRET in told for told in reached(gate.comes(**MEMBER)).values()) > 3, "a member reaches it by the same links"


@pytest.mark.parametrize(
    "question",
    [
        "có những kế hoạch nào",
        "bao nhiêu kế hoạch?",
        QUESTION,
        "huyện Đồi Sương có kế hoạch gì?",
        "hồ sơ luân chuyển cán bộ gửi trước ngày nào?",
        "việc gì đến hạn trong tháng 9/2025?",
        "so sánh hạn gửi hồ sơ của các kế hoạch",
        "Kế hoạch số 12/KH-UBND nói gì?",
    ],
)
def test_no_answer_is_drawn_from_it(outside: TestClient, gate: Gate, question: str) -> None:
    answer = outside.post("/api/ask", json={"question": question}).json()
    said = " ".join((answer["answer"], *answer["options"]))
    assert SECRET not in said
    assert HIDDEN not in str(answer["citations"])
    assert "UBND huyện Đồi Sương" not in said
    before = gate.comes(**MEMBER).post("/api/ask", json={"question": question}).json()
    assert before["citations"] != answer["citations"] or HIDDEN not in str(before["citations"])


@pytest.mark.parametrize(
    "question",
    ["có những kế hoạch nào", "bao nhiêu kế hoạch?", QUESTION, "Hồ sơ gửi trước ngày nào?", "huyện Đồi Sương có kế hoạch gì?", "xin chào", "mục I.1 nói gì?"],
)
def test_what_was_answered_before_is_read_back_without_it(gate: Gate, question: str) -> None:
    """Whatever the answer was: one that says anything of the plan is withheld when one is let out of the group."""
    who = {"X-Remote-User": f"u{abs(hash(question))}"}
    member, after = gate.comes(**who, **{"X-Remote-Groups": "to-chuc"}), gate.comes(**who)
    kept = member.post("/api/conversations").json()["id"]
    told = member.post(f"/api/conversations/{kept}/questions", json={"question": question, "scope": []}).json()
    renamed = after.patch(f"/api/conversations/{kept}", json={"title": "Tên khác"})
    assert (renamed.status_code, SECRET in renamed.text) == (200, False)
    for path in ("", "/export.md", "/export.docx"):
        read = after.get(f"/api/conversations/{kept}{path}")
        assert read.status_code == 200
        assert not any(word in read.text.replace(question, "") for word in TELLING), (path, told["answer"]["answer"])
    listed = after.get("/api/conversations", params={"words": "17/9/2025"})
    assert listed.json()["conversations"] == []
    follow_up = after.post(f"/api/conversations/{kept}/questions", json={"question": "còn gì nữa không?"})
    assert not any(word in follow_up.text.replace(question, "") for word in TELLING)
    if HIDDEN in str(told["answer"]["citations"]):
        assert after.get(f"/api/conversations/{kept}").json()["exchanges"][0]["answer"]["answer"] == messages.WITHHELD


def kept_and_read(client: TestClient, question: str, scope: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The exchange as it was answered, and as it is read back."""
    kept = client.post("/api/conversations").json()["id"]
    answered = client.post(f"/api/conversations/{kept}/questions", json={"question": question, "scope": scope}).json()
    (read,) = client.get(f"/api/conversations/{kept}").json()["exchanges"]
    return answered, read


@pytest.mark.parametrize(
    ("question", "scope", "why"),
    [
        ("Nội dung của Kế hoạch số 12/KH-UBND của UBND huyện Đồi Sương là gì?", [], "the title of the plan in the asker's own words"),
        ("Nội dung của Kế hoạch số 12/KH-UBND của UBND huyện Đồi Sim là gì?", [], "one that there never was"),
        (QUESTION, [HIDDEN], "its id"),
        (QUESTION, [MISSING], "an id that there never was"),
        ("Kế hoạch số 12/KH-UBND của UBND huyện Đồi Mây nói gì?", ["mo"], "a plan that one may see"),
    ],
)
def test_what_one_has_written_oneself_is_read_back_as_it_was_answered(outside: TestClient, gate: Gate, question: str, scope: list[str], why: str) -> None:
    answered, read = kept_and_read(outside, question, scope)
    assert answered | {"asked": ""} == read | {"asked": ""}, why
    assert read["scope"] == scope, why
    member = kept_and_read(gate.comes(**MEMBER), question, [])[0]
    assert [len(exchange["build"]) for exchange in (answered, member)] == [16, 16], "nor does the name of what answered tell that it is a part"


def test_a_question_that_was_offered_is_read_back_without_its_words(gate: Gate) -> None:
    who = {"X-Remote-User": "chon"}
    member, after = gate.comes(**who, **{"X-Remote-Groups": "to-chuc"}), gate.comes(**who)
    kept = member.post("/api/conversations").json()["id"]
    asked = f"/api/conversations/{kept}/questions"
    offered = member.post(asked, json={"question": "Hồ sơ gửi trước ngày nào?"}).json()["answer"]["options"]
    picked = next(option for option in offered if "Đồi Sương" in option)
    for question in (picked, "Còn Đồi Mây?"):
        assert member.post(asked, json={"question": question}).status_code == 201
    assert picked in member.get(f"/api/conversations/{kept}").text
    for path in ("", "/export.md", "/export.docx"):
        assert "Đồi Sương" not in after.get(f"/api/conversations/{kept}{path}").text, path
    questions = [exchange["question"] for exchange in after.get(f"/api/conversations/{kept}").json()["exchanges"]]
    assert questions == ["Hồ sơ gửi trước ngày nào?", messages.WITHHELD_QUESTION, "Còn Đồi Mây?"]
    assert after.get("/api/conversations", params={"words": "Sương"}).json()["conversations"] == []


@pytest.mark.parametrize(
    ("call", "is_costly"),
    [
        (get("/api/plans/{}"), False),
        (get("/doc/{}"), False),
        (get("/doc/{}?ban=" + "a" * 64), False),
        (post("/api/ask", question=QUESTION, scope=["{}"]), True),
    ],
    ids=["api", "page", "edition", "ask"],
)
def test_it_takes_as_long_as_for_one_that_is_not_there(outside: TestClient, call: Callable[[TestClient, str], Any], is_costly: bool) -> None:
    """``is_costly``: a plan that is there takes so much longer that the clock must see it."""
    plans = (HIDDEN, MISSING, "mo")
    took: dict[str, list[float]] = {plan: [] for plan in plans}
    for turn in range(PAIRS + WARM_UP):
        for plan in plans[turn % 3 :] + plans[: turn % 3]:  # by turns, so that whatever else goes on falls on all
            started = time.process_time()  # of our own work alone, in all threads
            call(outside, plan)
            took[plan].append(time.process_time() - started)
    hidden, missing, there = (seconds[WARM_UP:] for seconds in took.values())
    assert abs(slower(hidden, missing) - 0.5) < MOST_SHIFT
    assert not is_costly or slower(there, missing) > 0.5 + MOST_SHIFT


def slower(one: list[float], other: list[float]) -> float:
    """The chance that one of the first is slower than one of the second: 0.5 where nothing can be told of the time."""
    return sum((a > b) + (a == b) / 2 for a in one for b in other) / (len(one) * len(other))
