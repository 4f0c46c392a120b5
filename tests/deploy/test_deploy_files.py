"""The unit, the container and the compose file, as far as they can be checked without systemd or a container engine running."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import yaml
from prerequisites import ROOT, missing
from programs import free_port, running

from xhht_qa.settings import Settings

DEPLOY = ROOT / "deploy"
UNITS = ("xhht.service", "xhht-api@.service", "xhht-backup.service", "xhht-backup.timer")
ALLOWED_EXPOSURE = 2.5  # of systemd's 10; 1.9 when it was written


def tool(name: str) -> str:
    beside_python = Path(sys.executable).parent
    return shutil.which(name, path=f"{beside_python}{os.pathsep}{os.environ['PATH']}") or missing(f"the program {name} is not installed")


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_each_unit(unit: str, tmp_path: Path) -> None:
    """The program that a unit starts is not installed here; another one stands in for it."""
    copied = tmp_path / unit
    copied.write_text((DEPLOY / unit).read_text(encoding="utf-8").replace("/opt/xhht-qa/.venv/bin/python", "/bin/true"), encoding="utf-8")
    if unit.endswith(".timer"):
        shutil.copy(DEPLOY / unit.replace(".timer", ".service"), tmp_path)
    done = subprocess.run([tool("systemd-analyze"), "verify", "--man=no", copied], capture_output=True, text=True, timeout=60)
    assert [line for line in done.stderr.splitlines() if "xhht" in line] == []
    assert done.returncode == 0, done.stderr


def test_the_service_is_locked_in() -> None:
    command = [tool("systemd-analyze"), "security", "--offline=true", "--no-pager", DEPLOY / "xhht.service"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    level = re.search(r"Overall exposure level for xhht\.service: ([\d.]+)", done.stdout)
    assert level, done.stderr
    assert float(level[1]) <= ALLOWED_EXPOSURE


def test_the_container_file_has_no_fault_that_a_linter_knows() -> None:
    done = subprocess.run([tool("hadolint"), DEPLOY / "Dockerfile"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_names_what_there_is() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert {name: service.get("profiles") for name, service in services.items()} == {
        "app": None,
        "nginx": ["portal"],
        "postgres": ["postgres"],
        "chroma": ["chroma"],
    }
    mounts = [volume.split(":")[0] for service in services.values() for volume in service["volumes"]]
    assert {mount for mount in mounts if not mount.startswith(".")} == set(compose["volumes"])
    assert all((DEPLOY / mount).is_file() for mount in mounts if mount.startswith("."))
    assert (DEPLOY / services["app"]["build"]["context"] / services["app"]["build"]["dockerfile"]).is_file()
    published = services["app"]["ports"]
    assert all(port.startswith("127.0.0.1:") for port in published), "only the proxy is open to others"
    assert services["nginx"]["ports"] == ["${PORTAL_ADDRESS:-127.0.0.1}:80:80"], "and it only where that is meant"
    assert services["app"]["environment"]["XHHT_TRUSTED_PROXIES"] == services["nginx"]["networks"]["default"]["ipv4_address"]


def test_the_api_alone_runs_as_the_server_does_but_for_its_role_and_port() -> None:
    whole, alone = ((DEPLOY / unit).read_text(encoding="utf-8").splitlines() for unit in ("xhht.service", "xhht-api@.service"))
    own = [line for line in alone if line not in whole and not line.startswith(("#", "Description=", "After="))]
    assert own == ["Environment=XHHT_ROLE=api", "ExecStart=/opt/xhht-qa/.venv/bin/python app.py --port %i"]
    assert {line.partition("=")[0] for line in whole if line not in alone} <= {"Description", "After", "ExecStart"} | {whole[0]}


def written(folder: Path, server: str) -> Path:
    """A whole configuration of nginx around that of the server."""
    whole = folder / "nginx.conf"
    folders = "".join(f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole.write_text(f"daemon off; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off; {folders}{server} }}", encoding="utf-8")
    return whole


@pytest.mark.parametrize("file", ["nginx.conf", "nginx-processes.conf"])
def test_nginx_understands_its_file(file: str, tmp_path: Path) -> None:
    server = (DEPLOY / file).read_text(encoding="utf-8").replace("//app:", "//127.0.0.1:")
    done = subprocess.run([tool("nginx"), "-t", "-p", tmp_path, "-c", written(tmp_path, server)], capture_output=True, text=True, timeout=60)
    assert "syntax is ok" in done.stderr, done.stderr
    assert {f'proxy_set_header X-Remote-{name} "";' for name in ("User", "Name", "Groups")} <= {line.strip() for line in server.splitlines()}


class Told(BaseHTTPRequestHandler):
    """A server that says which headers it was sent."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({name.lower(): value for name, value in self.headers.items()}).encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("path", ["/thoi-han", "/chat/gradio_api/x", "/api/plans", "/api/search", "/api/library", "/v1/models"])
@pytest.mark.parametrize("file", ["nginx.conf", "nginx-processes.conf"])
def test_nginx_passes_nothing_on_that_a_browser_says_of_itself(file: str, path: str, tmp_path: Path) -> None:
    claimed = {
        "X-Remote-User": "giám đốc".encode(),
        "X-Remote-Name": b"x",
        "X-Remote-Groups": b"quan-tri",
        "X-Forwarded-For": b"192.0.2.7",
        "X-Forwarded-Proto": b"https",
    }
    with ThreadingHTTPServer(("127.0.0.1", 0), Told) as behind:
        threading.Thread(target=behind.serve_forever, daemon=True).start()
        port = free_port()
        server = re.sub(r"(app|127\.0\.0\.1):786\d", f"127.0.0.1:{behind.server_port}", (DEPLOY / file).read_text(encoding="utf-8"))
        whole = written(tmp_path, server.replace("listen 80;", f"listen 127.0.0.1:{port};"))
        with running([tool("nginx"), "-p", str(tmp_path), "-c", str(whole)], port):
            told = httpx.get(f"http://127.0.0.1:{port}{path}", headers=claimed).json()
        behind.shutdown()
    assert not [name for name in told if name.startswith("x-remote")]
    assert {name: told[name] for name in ("host", "x-forwarded-for", "x-forwarded-proto")} == {
        "host": f"127.0.0.1:{port}", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http"
    }  # fmt: skip


HTML, ANY, JSON = "text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "application/json"
CLOSED = [
    ("/thoi-han", HTML, "text/html; charset=utf-8", 'http-equiv="refresh"', "a page opens again by itself"),
    ("/chat/", HTML, "text/html; charset=utf-8", 'http-equiv="refresh"', "the chat's page too"),
    ("/thoi-han.csv", ANY, "application/json", "đang khởi động lại", "a program reads why"),
    ("/api/plans", JSON, "application/json", "đang khởi động lại", "the API's processes"),
    ("/api/ask", JSON, "application/json", "đang khởi động lại", "where the next process is asked first"),
    ("/api/library", JSON, "application/json", "đang khởi động lại", "what only the page's process has"),
    ("/v1/models", ANY, "application/json", "đang khởi động lại", "the compatible API"),
    ("/chat/gradio_api/x", HTML, "", "", "the open chat says it itself, and waits"),
]


@pytest.fixture(scope="module")
def nobody_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx, while no process of the assistant runs."""
    port, dead, folder = free_port(), free_port(), tmp_path_factory.mktemp("nginx")
    server = re.sub(r"127\.0\.0\.1:786\d", f"127.0.0.1:{dead}", (DEPLOY / "nginx-processes.conf").read_text(encoding="utf-8"))
    whole = written(folder, server.replace("listen 80;", f"listen 127.0.0.1:{port};"))
    with running([tool("nginx"), "-p", str(folder), "-c", str(whole)], port):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("path", "accept", "form", "sentence", "why"), CLOSED, ids=[why for *_, why in CLOSED])
def test_while_nobody_answers_nginx_says_so(nobody_behind: str, path: str, accept: str, form: str, sentence: str, why: str) -> None:
    if not form:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{nobody_behind}{path}", headers={"Accept": accept})
        return
    told = httpx.get(f"{nobody_behind}{path}", headers={"Accept": accept})
    assert (told.status_code, told.headers["retry-after"], told.headers["content-type"]) == (503, "5", form), why
    assert sentence in told.text
    assert form.startswith("text/html") or list(told.json()) == ["detail"]


@pytest.mark.parametrize("file", [*UNITS, "nginx-processes.conf", "paths.env", "Dockerfile", "compose.yaml"])
def test_only_settings_that_exist_are_set(file: str) -> None:
    named = set(re.findall(r"\bXHHT_(\w+)\b", (DEPLOY / file).read_text(encoding="utf-8")))
    assert {name for name in named if name.lower() not in Settings.model_fields} == set()
