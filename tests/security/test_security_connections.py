"""Slow clients, endless headers and floods against real sockets: they are cut off or refused, and everyone else is served meanwhile."""

from __future__ import annotations

import http.client
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from house import QUESTION, House
from starlette.testclient import TestClient

from xhht_qa import messages
from xhht_qa.door import connections, guard
from xhht_qa.settings import Settings

REQUESTS = 10_000
MOST_GROWTH = 64_000_000  # bytes, of a server that has answered them


def small_app(**given: Any) -> FastAPI:
    app = FastAPI()

    @app.get("/much")
    def much() -> str:
        return "x" * 50_000_000

    @app.get("/")
    def little() -> str:
        return "đây"

    @app.post("/api/ask")
    async def read(request: Request) -> int:
        return len(await request.body())

    guard(app, Settings(_env_file=None, **given), "/chat")  # type: ignore[call-arg]
    return app


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that waits for half a second where the product waits for many."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "READING_SECONDS", "REST_SECONDS"):
        monkeypatch.setattr(connections, name, 0.5)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        config = uvicorn.Config(small_app(), log_level="error", http=connections.bounded_protocol(10_000, 60), ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


def opened(address: str) -> socket.socket:
    host, port = address.split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def is_cut(connection: socket.socket) -> bool:
    """Whether the server ends the connection without a whole answer."""
    try:
        return b"200 OK" not in connection.recv(65536)
    except ConnectionResetError:
        return True


def sent_until_cut(connection: socket.socket, piece: bytes, most: int, pause: float = 0) -> int:
    """How many pieces the server took."""
    for taken in range(most):
        try:
            connection.sendall(piece)
        except (ConnectionResetError, BrokenPipeError):
            return taken
        time.sleep(pause)
    return most


def received_until_cut(connection: socket.socket) -> int:
    """How many bytes came."""
    received = 0
    try:
        while piece := connection.recv(1_000_000):
            received += len(piece)
    except ConnectionResetError:
        pass
    return received


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "silence"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Never: ", "headers without an end"),
        (b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nabc", "a body that does not come"),
        (b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", "pieces without an end"),
    ],
)
def test_who_sends_drop_by_drop_is_cut_off_while_others_are_served(impatient: str, sent: bytes, why: str) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(closing(opened(impatient))) for _ in range(40)]
        for connection in slow:
            connection.sendall(sent)
        assert httpx.get(f"http://{impatient}/", timeout=30).status_code == 200
        started = time.monotonic()
        assert all(is_cut(connection) for connection in slow), why
        assert time.monotonic() - started < 20


def test_a_drop_now_and_then_gives_no_more_time(impatient: str) -> None:
    with closing(opened(impatient)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        assert sent_until_cut(connection, b"X-Drop: x\r\n", 200, pause=0.05) < 200


def test_headers_are_kept_up_to_a_bound_only(impatient: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 60)
    with closing(opened(impatient)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert sent_until_cut(connection, b"X-More: " + b"x" * 1000 + b"\r\n", 20_000) < 20_000
    long = httpx.get(f"http://{impatient}/", headers={"X-Long": "x" * 40_000}, timeout=30)
    assert (long.status_code, long.json()) == (431, {"detail": messages.TOO_LARGE})


def test_who_does_not_read_the_answer_is_cut_off(impatient: str) -> None:
    with closing(opened(impatient)) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(3)
        assert received_until_cut(connection) < 50_000_000


def test_connections_are_bounded_and_free_again(impatient: str) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(closing(opened(impatient)))
    deadline = time.monotonic() + 30
    while True:
        try:
            assert httpx.get(f"http://{impatient}/", timeout=5).status_code == 200
            break
        except httpx.HTTPError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_whole_slow_upload_within_its_time_arrives(impatient: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_SECONDS", 20)
    with closing(opened(impatient)) as connection:
        connection.sendall(b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 10\r\n\r\n")
        for _ in range(10):
            connection.sendall(b"x")
            time.sleep(0.1)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    ("path", "length", "chunked", "status", "sentence"),
    [
        ("/api/ask", 1_000_001, False, 413, messages.TOO_LARGE),
        ("/api/ask", 1_000_001, True, 413, messages.TOO_LARGE),
        ("/chat/gradio_api/queue/join", 1_000_001, False, 413, messages.TOO_LARGE),
        ("/api/library/proposals", 2_100_000, False, 413, messages.too_large_file(2)),
        ("/api/ask", 1000, True, 200, ""),
    ],
)
def test_a_body_is_read_no_further_than_its_bound(path: str, length: int, chunked: bool, status: int, sentence: str) -> None:
    with TestClient(small_app(max_upload_mb=2)) as client:
        body = (b"x" * 1000 for _ in range(length // 1000 + 1)) if chunked else b"x" * length
        answer = client.post(path, content=body)
        assert answer.status_code == status
        assert not sentence or answer.json()["detail"] == sentence


@pytest.mark.parametrize(("address", "taken", "why"), [("10.0.0.9", 5, "one address"), ("127.0.0.1", 30, "this machine, from which a proxy may ask for all")])
def test_one_address_comes_so_often_and_no_more(address: str, taken: int, why: str) -> None:
    with TestClient(small_app(requests_per_minute_address=5), client=(address, 5000)) as client:
        answers = [client.get("/") for _ in range(30)]
    assert [answer.status_code for answer in answers] == [200] * taken + [429] * (30 - taken), why
    for refused in answers[taken:]:
        assert 1 <= int(refused.headers["retry-after"]) <= 120
        assert refused.json()["detail"].startswith("Có quá nhiều yêu cầu")


def test_ten_thousand_requests_leave_the_server_as_it_was(home: House) -> None:
    paths = ("/health", "/api/plans", "/khong-co", "/chat/gradio_api/upload", "/static/chat.js", "/doc/khe-moc", "/api/conversations")
    host = home.address.removeprefix("http://")

    def flood(requests: int) -> int:
        connection = http.client.HTTPConnection(host, timeout=120)
        failures = 0
        for number in range(requests):
            connection.request("GET", paths[number % len(paths)])
            response = connection.getresponse()
            response.read()
            failures += response.status >= 500
        connection.close()
        return failures

    flood(700)  # what is loaded at the first request of each kind
    httpx.post(f"{home.address}/api/ask", json={"question": QUESTION}, timeout=60)
    before = home.memory
    waited = []
    with ThreadPoolExecutor(4) as pool:
        floods = [pool.submit(flood, REQUESTS // 4) for _ in range(4)]
        while not all(running.done() for running in floods):
            started = time.monotonic()
            answer = httpx.post(f"{home.address}/api/ask", json={"question": QUESTION}, timeout=60)
            waited.append(time.monotonic() - started)
            assert answer.json()["status"] == "answered", "others are served"
            time.sleep(0.5)
    assert [running.result() for running in floods] == [0] * 4
    assert home.memory - before < MOST_GROWTH
    assert statistics.median(waited) < 10
