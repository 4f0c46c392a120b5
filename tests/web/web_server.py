"""The real server, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from prerequisites import ROOT
from programs import free_port


def started(port: int, index: Path, **settings: str) -> subprocess.Popen[str]:
    """``app.py`` over an index, with ``XHHT_*`` settings; it answers at the port."""
    command = [sys.executable, "app.py", "--port", str(port), "--index", str(index)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, text=True, env=os.environ | settings)
    deadline = time.monotonic() + 120
    while True:
        assert process.poll() is None, "app.py ended before it was ready"
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).status_code == 200:
                return process
        except httpx.HTTPError:
            assert time.monotonic() < deadline, "app.py was not ready in time"
            time.sleep(0.2)


@contextmanager
def running(index: Path, **settings: str) -> Iterator[str]:
    """The address of ``app.py`` over an index, with ``XHHT_*`` settings; it answers."""
    port = free_port()
    process = started(port, index, **settings)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
