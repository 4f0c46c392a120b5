"""A server of our own while it is measured: ``app.py``, or any program that answers at an address."""

from __future__ import annotations

import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.bench.measure import BenchError, process

READY_SECONDS = 120
# One address stands for many people, and asks faster than anyone types.
UNLIMITED = {"XHHT_QUESTIONS_PER_MINUTE": "0", "XHHT_QUESTIONS_PER_MINUTE_ADDRESS": "0"}


@dataclass(frozen=True)
class Server:
    """Where it answers, the number of its process, and the seconds that it took to be ready."""

    address: str
    process: int
    seconds: float


@contextmanager
def served(index: Path, role: str = "all") -> Iterator[Server]:
    """``app.py`` over an index, with a folder of its own for what users leave behind; ``role`` as in the settings. Raises BenchError."""
    with tempfile.TemporaryDirectory() as data:
        environment = {"XHHT_DATA_DIR": data, "XHHT_FEEDBACK_FILE": f"{data}/feedback.jsonl", "XHHT_ROLE": role, **UNLIMITED}
        port = free_port()
        with answering(["app.py", "--host", "127.0.0.1", "--port", str(port), "--index", str(index)], port, "/health", environment) as server:
            yield server


@contextmanager
def answering(arguments: Sequence[str], port: int, path: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Python with these arguments, once it answers at ``path``. Raises BenchError."""
    start = time.perf_counter()
    with process(arguments, environment) as started:
        address = f"http://127.0.0.1:{port}"
        while not _answers(f"{address}{path}"):
            if started.poll() is not None or time.perf_counter() - start > READY_SECONDS:
                raise BenchError(f"python {arguments[0]} was not ready within {READY_SECONDS} s (exit code {started.poll()})")
            time.sleep(0.05)
        yield Server(address, started.pid, time.perf_counter() - start)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
