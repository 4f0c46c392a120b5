"""The real server, as a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from prerequisites import ROOT


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running(index: Path, **settings: str) -> Iterator[str]:
    """The address of ``app.py`` over an index, with ``XHHT_*`` settings; it answers."""
    port = free_port()
    command = [sys.executable, "app.py", "--port", str(port), "--index", str(index)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | settings)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 120
        while True:
            assert process.poll() is None, "app.py ended before it was ready"
            try:
                if httpx.get(f"{address}/health", timeout=5).status_code == 200:
                    break
            except httpx.HTTPError:
                assert time.monotonic() < deadline, "app.py was not ready in time"
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
