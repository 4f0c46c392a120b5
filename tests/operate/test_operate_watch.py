"""What a running server tells of itself: figures, traces and log lines, and nothing of what people asked."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from installation import PLAN, QUESTION, Installation, copied
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from ingest.build import build
from xhht_qa.access import Asker
from xhht_qa.archive import Archive
from xhht_qa.editions import Editions
from xhht_qa.embed import load_encoder
from xhht_qa.errors import ConversationsUnavailable, TooMany
from xhht_qa.live import LiveEngine
from xhht_qa.operate.logs import secrets_of
from xhht_qa.operate.metrics import Metrics
from xhht_qa.operate.requests import Requests
from xhht_qa.operate.traces import Traces
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.store import Store

TOKEN = "khoa-quan-tri-that-dai"
REQUEST, TRACE = "yeu-cau-0001", "4bf92f3577b34da6a3ce929d0e0e4736"


@contextmanager
def receiver() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """A collector of traces over HTTP: its address, and what it was sent."""
    received: list[ExportTraceServiceRequest] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(ExportTraceServiceRequest.FromString(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", received
        server.shutdown()
        thread.join()


Figures = dict[tuple[str, ...], float]


def figures(text: str) -> Figures:
    """(name, values of labels) → value."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *(value for name, value in sorted(sample.labels.items()) if name != "build")): sample.value for sample in samples}


class Watched:
    """The service over a real engine, watched, and asked as an HTTP request asks."""

    def __init__(self, installation: Installation) -> None:
        settings = installation.settings.model_copy(update={"questions_per_minute": 3})
        self.engine = LiveEngine.open(settings)
        self.archive = Archive(self.engine, Store.open(settings), Editions(settings.data_dir / "editions"))
        self.service = Service(settings, self.archive)
        self.metrics, self.traces = Metrics(self.engine, self.service, self.archive.store), Traces()
        self.service.observe(self.metrics)
        self.service.observe(self.traces)
        self.app = Requests(self._answer, who=lambda request: "an", responded=self.metrics.responded)

    def ask(self, **headers: str) -> httpx.Response:
        async def sent() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://here") as client:
                return await client.post("/ask", headers=headers)

        return asyncio.run(sent())

    @property
    def figures(self) -> Figures:
        return figures(self.metrics.text().decode())

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        answer = await self.service.asking(Asker("an"), self.engine, QUESTION)
        await send({"type": "http.response.start", "status": 200 if answer.status == "answered" else 500, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ExportTraceServiceRequest]]:
    """What a collector is sent that the environment names."""
    with receiver() as (address, received):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        yield received


@pytest.fixture
def watched(installation: Installation, collector: list[ExportTraceServiceRequest]) -> Iterator[Watched]:
    opened = Watched(installation)
    yield opened
    opened.traces.close()


def test_questions_steps_and_responses_are_counted(watched: Watched) -> None:
    for limit in ("rate", "queue"):
        assert watched.figures["xhht_refusals_total", limit] == 0
    assert [watched.ask().status_code for _ in range(3)] == [200] * 3
    with pytest.raises(TooMany):
        watched.ask()
    seen = watched.figures
    assert seen["xhht_questions_total", "api", "answered"] == 3
    assert seen["xhht_questions_total", "api", "too_many"] == seen["xhht_refusals_total", "rate"] == 1
    assert seen["xhht_http_responses_total", "POST", "200"] == 3
    for step, count in {"wait": 4, "understand": 3, "retrieve": 3, "compose": 3, "verify": 3, "total": 3}.items():
        assert seen["xhht_step_seconds_count", step] == seen["xhht_step_seconds_bucket", "+Inf", step] == count, step
    assert seen["xhht_index_plans",] == 1
    assert seen["xhht_index_passages",] == len(watched.engine.index.chunks)
    assert seen["xhht_questions_waiting",] == seen["xhht_questions_running",] == 0
    assert seen["process_resident_memory_bytes",] > 50_000_000
    assert seen["xhht_index_publishes_total",] == seen["xhht_store_errors_total",] == 0


def test_publishes_and_failures_of_the_database_are_counted(watched: Watched, installation: Installation) -> None:
    (installation.plans / "doc.txt").write_text(PLAN.replace("3/11", "4/11"), encoding="utf-8")
    build([installation.plans], installation.index, load_encoder(installation.settings))
    watched.engine.refresh()
    assert watched.figures["xhht_index_publishes_total",] == 1
    with closing(sqlite3.connect(installation.data / "conversations.sqlite")) as connection:
        connection.execute("ALTER TABLE conversation RENAME TO lost")
    with pytest.raises(ConversationsUnavailable):
        watched.archive.store.create("an")
    assert watched.figures["xhht_store_errors_total",] == 1


def test_each_question_is_a_trace_under_that_of_its_request(watched: Watched, collector: list[ExportTraceServiceRequest]) -> None:
    watched.ask(traceparent=f"00-{TRACE}-00f067aa0ba902b7-01")
    watched.ask()
    watched.traces.close()
    spans = [span for batch in collector for resource in batch.resource_spans for scope in resource.scope_spans for span in scope.spans]
    wholes = [span for span in spans if span.name == "ask"]
    assert len(wholes) == 2
    whole = next(span for span in wholes if span.trace_id.hex() == TRACE)
    inside = [span for span in spans if span.parent_span_id == whole.span_id]
    assert [span.name for span in inside] == ["wait", "understand", "retrieve", "compose", "verify"]
    assert all(first.end_time_unix_nano <= second.start_time_unix_nano for first, second in itertools.pairwise(inside))
    assert whole.start_time_unix_nano <= inside[0].start_time_unix_nano
    assert {attribute.key for attribute in whole.attributes} == {"xhht.door", "xhht.outcome", "xhht.kept", "xhht.plans"}
    assert "Phòng Văn hóa" not in str(collector)


class Served:
    """A running server that was visited by someone with a secret and a private question."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.address = f"http://127.0.0.1:{installation.port}"
        with httpx.Client(base_url=self.address, timeout=60) as visitor:
            visitor.get("/doc/doc")
            self.cookie = visitor.cookies["xhht_visitor"]
            self.answered = visitor.post("/api/ask", json={"question": QUESTION}, headers={"X-Request-ID": REQUEST})
            self.other = visitor.post("/api/ask", json={"question": QUESTION}, headers={"X-Request-ID": "<script>"})
            visitor.get("/api/conversations", params={"words": "điều riêng tư"})
            visitor.get("/x%0a2026-01-01 INFO xhht_qa.access [-] FORGED%e2%80%a8")
            visitor.get("/api/library", headers={"Authorization": f"Bearer {TOKEN}"})

    @property
    def log(self) -> str:
        return (self.installation.folder / "server.log").read_text(encoding="utf-8")

    def metrics(self, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.address}/metrics", headers=headers, timeout=60)


@pytest.fixture(scope="module")
def server(pattern: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    installation = copied(pattern, tmp_path_factory.mktemp("watched") / "here")
    with installation.served(XHHT_LOG_FORMAT="json", XHHT_LOG_LEVEL="info", XHHT_ADMIN_TOKEN=TOKEN):
        yield Served(installation)


def test_each_line_of_the_log_is_json_with_its_request(server: Served) -> None:
    lines = [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]
    asked = [line for line in lines if line.get("path") == "/api/ask"]
    assert [line["request_id"] for line in asked] == [REQUEST, server.other.headers["X-Request-ID"]]
    assert server.answered.headers["X-Request-ID"] == REQUEST
    assert len(server.other.headers["X-Request-ID"]) == 32, "an id that could break a log is replaced"
    assert {(line["method"], line["status"], line["level"]) for line in asked} == {("POST", 200, "INFO")}
    assert len({line["user"] for line in asked}) == 1
    assert asked[0]["user"]
    assert any("uvicorn" in line["logger"] for line in lines)


def test_no_question_and_no_secret_is_in_the_log(server: Served) -> None:
    assert "/api/conversations" in server.log
    assert [word for word in (QUESTION, "riêng tư", "ri%C3%AAng", server.cookie, TOKEN, "visitor:") if word in server.log] == []


def test_figures_are_read_on_this_machine_and_not_through_a_proxy(server: Served) -> None:
    seen = figures(server.metrics().text)
    assert seen["xhht_http_responses_total", "POST", "200"] == seen["xhht_questions_total", "api", "answered"] == 2
    for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        assert server.metrics(**{header: "192.0.2.7"}).status_code == 403


def test_figures_are_read_by_admins(installation: Installation) -> None:
    """Another server: lines for people, figures for admins alone, and no trace is sent although a collector is there."""
    with receiver() as (collector, spans):
        settings = {"XHHT_METRICS_ADDRESSES": "192.0.2.9", "XHHT_ADMIN_TOKEN": TOKEN, "XHHT_LOG_LEVEL": "info", "OTEL_EXPORTER_OTLP_ENDPOINT": collector}
        with installation.served(**settings):
            server = Served(installation)
            assert server.metrics().status_code == 403
            assert server.metrics(Authorization=f"Bearer {TOKEN}").status_code == 200
        assert spans == []
    assert f"INFO    xhht_qa.operate.requests [{REQUEST}] POST /api/ask 200 " in server.log
    assert TOKEN not in server.log


def test_a_stranger_begins_no_line_of_the_log(server: Served) -> None:
    forged = [line for line in server.log.splitlines() if "FORGED" in line]
    assert len(forged) == 1
    assert "/x%0A2026-01-01" in json.loads(forged[0])["message"]


def test_secrets_are_known_by_their_settings() -> None:
    address = "postgresql://xhht:m%40t-khau@db/xhht"
    settings = Settings(admin_token=TOKEN, database_url=address)
    assert secrets_of(settings) >= {TOKEN, "m%40t-khau", "m@t-khau"}
    assert secrets_of(Settings()) == frozenset()
