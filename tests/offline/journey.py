"""A whole day's work in a process of its own: index two plans, ask, serve the page. Prints what it saw as one JSON object."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[2]
PLANS = ("so-noi-vu-lamkhe-cchc.docx", "so-gddt-hoaikhe-xhht.md")
QUESTION = "Hồ sơ khen thưởng sơ kết ở Hoài Khê gửi trước ngày nào?"


def main(folder: str) -> None:
    """Leaves an index in ``folder``. Raises CalledProcessError for a step that fails."""
    index = ("--index", str(Path(folder) / "index"))
    run("-m", "ingest", *(str(ROOT / "ingest" / "plans" / plan) for plan in PLANS), *index)
    answer = json.loads(run("-m", "xhht_qa", "ask", QUESTION, "--json", *index))
    pages = served(index)
    print(json.dumps({"interfaces": [name for _, name in socket.if_nameindex()], "answer": answer, "pages": pages}, ensure_ascii=False))


def run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8", timeout=200).stdout


def served(index: tuple[str, str]) -> dict[str, str]:
    """The pages of a server that is started for them, by path."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "app.py", "--port", str(port), *index], cwd=ROOT, stdout=sys.stderr)
    try:
        deadline = time.monotonic() + 120
        while not (health := page(port, "/health")):
            assert server.poll() is None, "app.py ended before it was ready"
            assert time.monotonic() < deadline, "app.py was not ready in time"
            time.sleep(0.1)
        return {"/health": health} | {path: page(port, path) for path in ("/chat/", "/doc/so-gddt-hoaikhe-xhht")}
    finally:
        server.terminate()
        server.wait(timeout=30)


def page(port: int, path: str) -> str:
    """The body, "" while nobody answers."""
    try:
        with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
            return str(response.read().decode("utf-8"))
    except URLError:
        return ""


if __name__ == "__main__":
    main(sys.argv[1])
