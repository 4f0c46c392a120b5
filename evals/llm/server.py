"""A scripted OpenAI-compatible server over real HTTP: the model that a request names is the behaviour with which it is answered."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.llm.asked import Asked, read
from evals.llm.behaviours import BEHAVIOURS
from evals.llm.wires import Reply


@dataclass
class Adversary:
    """A running server: where it answers, and every request that came, in order."""

    base_url: str
    asked: list[Asked] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)  # of the same requests, names in small letters
    bodies: list[dict[str, Any]] = field(default_factory=list)  # of the same requests


@contextmanager
def adversary() -> Iterator[Adversary]:
    """The server on a port of its own, until the end of the block; a stream that is still open then is cut."""
    closing = threading.Event()
    attempts: Counter[bytes] = Counter()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 60

        def do_GET(self) -> None:
            """The list of models, as clients ask for it."""
            body = json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in BEHAVIOURS]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            """A completion, as the behaviour wants it."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                attempts[body] += 1
                asked = read(body, attempts[body])
                running.asked.append(asked)
                running.headers.append({name.lower(): value for name, value in self.headers.items()})
                running.bodies.append(json.loads(body))
            reply = Reply(self, closing, asked)
            try:
                BEHAVIOURS.get(asked.model, BEHAVIOURS["unknown-model"])(asked, reply)
            except OSError:  # whoever asked has gone
                self.close_connection = True

        def log_message(self, format: str, *values: object) -> None:
            """Nothing is logged."""

    server = _Server(("127.0.0.1", 0), Handler)
    running = Adversary(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield running
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up is no error here."""
