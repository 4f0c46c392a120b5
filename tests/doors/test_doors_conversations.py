"""Conversations over HTTP, asked of a real server."""

from __future__ import annotations

import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import docx
import httpx
import pytest
from desk import Desk

from xhht_qa import messages
from xhht_qa.access.visitors import COOKIE

QUESTION = "UBND các xã gửi báo cáo năm trước ngày nào?"


def started(visitor: httpx.Client, **body: str) -> str:
    made = visitor.post("/api/conversations", json=body)
    assert made.status_code == 201
    return str(made.json()["id"])


def ask(visitor: httpx.Client, conversation: str, question: str = QUESTION) -> dict[str, Any]:
    answered = visitor.post(f"/api/conversations/{conversation}/questions", json={"question": question})
    assert answered.status_code == 201, answered.text
    exchange: dict[str, Any] = answered.json()
    return exchange


def titles(visitor: httpx.Client, **query: str | int) -> list[str]:
    return [kept["title"] for kept in visitor.get("/api/conversations", params=query).json()["conversations"]]


def test_a_conversation_from_its_beginning_to_its_end(desk: Desk, visitor: httpx.Client) -> None:
    id_ = started(visitor)
    exchange = ask(visitor, id_)
    assert exchange["answer"]["status"] == "answered"
    assert "checked" not in exchange["answer"], "no language model was to be asked"
    assert "3/11/2025" in exchange["answer"]["answer"]
    assert exchange["build"] == desk.archive.engine.index.contents
    assert exchange["plans"] == ["doc"]
    assert exchange["editions"] == {"doc": desk.archive.engine.plans["doc"].digest}
    assert ask(visitor, id_, "Gửi về đâu?")["answer"]["standalone_question"] != "Gửi về đâu?", "the history came along"
    read = visitor.get(f"/api/conversations/{id_}").json()
    assert read["title"] == QUESTION
    assert [kept["question"] for kept in read["exchanges"]] == [QUESTION, "Gửi về đâu?"]
    assert read["exchanges"][0] | {"asked": ""} == exchange | {"asked": ""}
    assert visitor.patch(f"/api/conversations/{id_}", json={"title": "Báo cáo năm"}).json()["title"] == "Báo cáo năm"
    assert titles(visitor, words="bao cao NAM") == ["Báo cáo năm"]
    assert titles(visitor, words="khong co") == []
    assert visitor.delete(f"/api/conversations/{id_}").status_code == 204
    gone = visitor.get(f"/api/conversations/{id_}")
    assert (gone.status_code, gone.json()) == (404, {"detail": messages.UNKNOWN_CONVERSATION})
    assert titles(visitor) == []


def test_pages_of_the_list(visitor: httpx.Client) -> None:
    for number in range(4):
        started(visitor, title=f"Số {number}")
    assert titles(visitor, limit=2, offset=1) == ["Số 2", "Số 1"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"title": "Của tôi"}),
        ("DELETE", "", None),
        ("POST", "/questions", {"question": QUESTION}),
        ("GET", "/export.md", None),
        ("GET", "/export.docx", None),
    ],
)
def test_what_belongs_to_another_is_not_there(desk: Desk, method: str, path: str, body: dict[str, str] | None) -> None:
    owner, other = desk.visitor(), desk.visitor()
    id_ = started(owner, title="Của chủ")
    ask(owner, id_)
    stolen = other.request(method, f"/api/conversations/{id_}{path}", json=body)
    missing = other.request(method, f"/api/conversations/{'0' * 32}{path}", json=body)
    assert (stolen.status_code, stolen.json()) == (missing.status_code, missing.json()) == (404, {"detail": messages.UNKNOWN_CONVERSATION})
    assert titles(owner) == ["Của chủ"]
    assert len(owner.get(f"/api/conversations/{id_}").json()["exchanges"]) == 1


def test_a_visitor_is_known_by_a_cookie_that_no_script_reads(desk: Desk, visitor: httpx.Client) -> None:
    cookie = visitor.get("/api/conversations").headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}=[0-9a-f]{{32}}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax", cookie)
    assert "set-cookie" not in visitor.get("/api/conversations").headers, "it is brought back"
    assert COOKIE in httpx.get(f"{desk.address}/doc/doc").headers["set-cookie"], "a page is a first visit"
    assert "set-cookie" not in httpx.get(f"{desk.address}/health").headers
    forged = httpx.get(f"{desk.address}/api/conversations", headers={"Cookie": f"{COOKIE}=' OR 1=1"})
    assert COOKIE in forged.headers["set-cookie"], "what is none is replaced"
    started(visitor)
    kept = (desk.settings.data_dir / "conversations.sqlite").read_bytes() + (desk.settings.data_dir / "conversations.sqlite-wal").read_bytes()
    assert visitor.cookies[COOKIE].encode() not in kept, "who reads the file cannot bring the cookie"


@pytest.mark.parametrize(
    ("headers", "allowed", "why"),
    [
        ({}, True, "a program"),
        ({"Sec-Fetch-Site": "same-origin"}, True, "our page"),
        ({"Sec-Fetch-Site": "cross-site"}, False, "a page of others"),
        ({"Sec-Fetch-Site": "same-site"}, False, "a page of a neighbour"),
        ({"Sec-Fetch-Site": "none"}, False, "no page changes anything by an address that is typed"),
        ({"Origin": "{ours}"}, True, "our page in a browser without a safe connection"),
        ({"Origin": "http://xau.example"}, False, "a page of others there"),
        ({"Origin": "null"}, False, "a page without an address"),
        ({"Origin": "{ours}", "Sec-Fetch-Site": "cross-site"}, False, "the stricter one counts"),
    ],
)
def test_another_page_changes_nothing(desk: Desk, visitor: httpx.Client, headers: dict[str, str], allowed: bool, why: str) -> None:
    id_ = started(visitor, title="Cũ")
    given = {name: value.format(ours=desk.address) for name, value in headers.items()}
    statuses = [
        visitor.post("/api/conversations", json={}, headers=given).status_code,
        visitor.patch(f"/api/conversations/{id_}", json={"title": "Mới"}, headers=given).status_code,
        visitor.post("/api/ask", json={"question": QUESTION}, headers=given).status_code,
        visitor.delete(f"/api/conversations/{id_}", headers=given).status_code,
    ]
    assert statuses == ([201, 200, 200, 204] if allowed else [403] * 4), why
    assert visitor.get("/api/conversations", headers=given).status_code == 200, "reading is kept apart by the browser itself"


def test_asked_privately_nothing_is_kept(own_desk: Desk) -> None:
    visitor = own_desk.visitor()
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "Trước ngày 3/11/2025."}]
    answer = visitor.post("/api/ask", json={"question": "Gửi về đâu?", "history": history, "scope": ["doc"]})
    assert answer.json()["status"] == "answered"
    assert answer.json()["standalone_question"] != "Gửi về đâu?"
    assert titles(visitor) == []
    on_disk = b"".join(path.read_bytes() for path in own_desk.settings.data_dir.rglob("*") if path.is_file())
    assert "Gửi về".encode() not in on_disk
    assert not (own_desk.settings.data_dir / "editions").exists()


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/api/ask", {"question": "  "}, 422, messages.EMPTY_QUESTION),
        ("/api/ask", {"question": "x" * 2001}, 422, messages.too_long(2000)),
        ("/api/ask", {}, 422, messages.bad_field("question")),
        ("/api/ask", {"question": QUESTION, "history": [{"role": "system", "content": "x"}]}, 422, messages.bad_field("role")),
        ("/api/conversations", {"title": "x" * 201}, 409, messages.title_too_long(200)),
        ("/api/conversations/{id}/questions", {"question": " "}, 422, messages.EMPTY_QUESTION),
        ("/api/conversations/khong-co/questions", {"question": QUESTION}, 404, messages.UNKNOWN_CONVERSATION),
    ],
)
def test_what_is_refused_is_told_in_a_sentence(visitor: httpx.Client, path: str, body: dict[str, Any], status: int, words: str) -> None:
    refused = visitor.post(path.format(id=started(visitor)), json=body)
    assert (refused.status_code, refused.json()) == (status, {"detail": words})


def test_a_request_without_end_is_not_read(visitor: httpx.Client) -> None:
    large = b'{"question": "' + b"x" * 1_100_000 + b'"}'
    for body in (large, iter([large])):  # its length told beforehand, and not
        refused = visitor.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
        assert (refused.status_code, refused.json()) == (413, {"detail": messages.TOO_LARGE})


def test_the_number_of_conversations_is_limited(visitor: httpx.Client) -> None:
    for _ in range(5):
        started(visitor)
    refused = visitor.post("/api/conversations", json={})
    assert (refused.status_code, refused.json()["detail"]) == (409, messages.too_many_conversations(5))


def test_export(visitor: httpx.Client) -> None:
    id_ = started(visitor, title="Báo cáo")
    ask(visitor, id_)
    written = visitor.get(f"/api/conversations/{id_}/export.md")
    assert written.headers["content-disposition"] == 'attachment; filename="hoi-thoai.md"'
    cited = "Mục 1 phần I Kế hoạch số 12/KH-UBND ngày 20/1/2025 của UBND huyện Đồi Mây: “1. UBND các xã gửi báo cáo năm"
    assert cited in written.text
    word = visitor.get(f"/api/conversations/{id_}/export.docx")
    assert word.headers["content-disposition"] == 'attachment; filename="hoi-thoai.docx"'
    assert cited in "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert {response.headers["cache-control"] for response in (written, word, visitor.get(f"/api/conversations/{id_}"))} == {"no-store"}


def test_an_old_answer_keeps_the_edition_that_it_cited(own_desk: Desk) -> None:
    visitor = own_desk.visitor()
    id_ = started(visitor)
    old = ask(visitor, id_)["editions"]["doc"]
    own_desk.publish(17)
    assert own_desk.archive.engine.refresh()
    new = ask(visitor, id_)
    assert "17/11/2025" in new["answer"]["answer"]
    pages = {ban: visitor.get("/doc/doc", params={"ban": ban}) for ban in ("", old, new["editions"]["doc"])}
    assert {ban: sorted(set(re.findall(r"(\d+)/11/2025", page.text))) for ban, page in pages.items()} == {
        "": ["17"],
        old: ["3"],
        new["editions"]["doc"]: ["17"],
    }
    assert [ban for ban, page in pages.items() if "Đây là bản cũ" in page.text] == [old]
    assert "3/11/2025" in visitor.get("/api/plans/doc/fragment", params={"ban": old}).text
    assert "3/11/2025" in visitor.get("/doc/doc/original", params={"ban": old}).text
    assert f"original?ban={old}" in pages[old].text
    assert "ngày 20/1/2025" in visitor.get(f"/api/conversations/{id_}/export.md").text.split("## Câu hỏi 2")[0], "of the edition that is kept"
    own_desk.archive.tidy()
    assert visitor.get("/doc/doc", params={"ban": old}).status_code == 200
    for unknown in ("0" * 64, "../../etc/passwd", "x"):
        refused = visitor.get("/doc/doc", params={"ban": unknown})
        assert refused.status_code == 404
        assert "không còn được lưu" in refused.text


def test_an_edition_that_nothing_cites_any_more_goes(own_desk: Desk) -> None:
    visitor = own_desk.visitor()
    id_ = started(visitor)
    old = ask(visitor, id_)["editions"]["doc"]
    own_desk.publish(17)
    own_desk.archive.engine.refresh()
    visitor.delete(f"/api/conversations/{id_}")
    own_desk.archive.tidy()
    assert visitor.get("/doc/doc", params={"ban": old}).status_code == 200, "young ones stay: their answer may be on its way"
    for path in (own_desk.settings.data_dir / "editions").rglob("*.*"):
        os.utime(path, (0, 0))
    own_desk.archive.tidy()
    assert visitor.get("/doc/doc", params={"ban": old}).status_code == 404


def test_many_ask_while_plans_are_published(own_desk: Desk) -> None:
    def work(_: int) -> list[tuple[int, str]]:
        visitor = own_desk.visitor()
        id_ = started(visitor)
        return [
            (exchange["answer"]["citations"][0]["quote"].count("/11/2025"), exchange["answer"]["answer"]) for exchange in [ask(visitor, id_) for _ in range(6)]
        ]

    with ThreadPoolExecutor(4) as pool:
        working = [pool.submit(work, number) for number in range(4)]
        for day in (10, 11, 12):
            own_desk.publish(day)
            assert own_desk.archive.engine.refresh()
        answers = [answer for future in working for answer in future.result()]
    assert len(answers) == 24
    assert all(count == 1 and re.search(r"\b(3|10|11|12)/11/2025", text) for count, text in answers)
