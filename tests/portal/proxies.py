"""The example portal of ``docs/portal`` behind a real nginx or Caddy: the files of the documentation, with ports and folders of this machine in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prerequisites import ROOT, missing
from programs import free_port, running

EXAMPLE = ROOT / "docs" / "portal"
PORTAL, ASSISTANT = "cong.doimay.example", "tro-ly.doimay.example"
NGINX = """{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
    types {{ text/html html; text/css css; }}
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/portal.conf;
}}"""


@dataclass(frozen=True)
class Portal:
    """Where a proxy shows the portal and the assistant that has a host of its own."""

    scheme: str
    port: int

    @property
    def address(self) -> str:
        return f"{self.scheme}://{PORTAL}:{self.port}"

    @property
    def assistant(self) -> str:
        return f"{self.scheme}://{ASSISTANT}:{self.port}"


def replaced(text: str, changes: Mapping[str, str]) -> str:
    for printed, here in changes.items():
        assert printed in text, f"the example does not say {printed!r} any more"
        text = text.replace(printed, here)
    return text


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of the two hosts, signed by itself, and its key."""
    if not (folder / "doimay.pem").exists():
        names = f"subjectAltName=DNS:{PORTAL},DNS:{ASSISTANT}"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=doimay"]
        subprocess.run([*command, "-addext", names, "-keyout", folder / "doimay.key", "-out", folder / "doimay.pem"], check=True, capture_output=True)
    return folder / "doimay.pem", folder / "doimay.key"


def pages(folder: Path, portal: Portal) -> Path:
    """The pages of the portal, which name the other host as it is called here."""
    copied = Path(shutil.copytree(EXAMPLE, folder / "pages"))
    for name in ("trong-trang.html", "khung.html"):
        text = (copied / name).read_text(encoding="utf-8")
        (copied / name).write_text(replaced(text, {f"https://{ASSISTANT}": portal.assistant}), encoding="utf-8")
    return copied


@contextmanager
def nginx(folder: Path, scheme: str, below: int, own: int, strips: bool = False, more: Mapping[str, str] = {}) -> Iterator[Portal]:
    """nginx before the assistants at two ports: one below the portal, and one at a host of its own; ``more`` is changed in its file first."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        missing("nginx is not installed; the example portal cannot be served")
    http, https = free_port(), free_port()
    portal = Portal(scheme, https if scheme == "https" else http)
    pem, key = certificate(folder)
    changes = {
        "127.0.0.1:7860": f"127.0.0.1:{below}",
        "127.0.0.1:7861": f"127.0.0.1:{own}",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "/etc/ssl/doimay/doimay.pem": str(pem),
        "/etc/ssl/doimay/doimay.key": str(key),
        "/var/www/cong": str(pages(folder, portal)),
        f"'self' {ASSISTANT}": f"'self' {ASSISTANT}:{portal.port}",
    } | ({"proxy_pass http://tro_ly;": "proxy_pass http://tro_ly/;"} if strips else {})
    text = replaced((EXAMPLE / "nginx.conf").read_text(encoding="utf-8"), more)
    (folder / "portal.conf").write_text(replaced(text, changes), encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
    with running([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], portal.port):
        yield portal


@contextmanager
def caddy(folder: Path, below: int, own: int) -> Iterator[Portal]:
    """Caddy before the same, over https."""
    program = shutil.which("caddy")
    if program is None:
        missing("Caddy is not installed; the example portal cannot be served by it")
    portal = Portal("https", free_port())
    pem, key = certificate(folder)
    changes = {
        "127.0.0.1:7860": f"127.0.0.1:{below}",
        "127.0.0.1:7861": f"127.0.0.1:{own}",
        f"\n{PORTAL} {{": f"\n{PORTAL}:{portal.port} {{",
        f"\n{ASSISTANT} {{": f"\n{ASSISTANT}:{portal.port} {{",
        "/etc/ssl/doimay/doimay.pem": str(pem),
        "/etc/ssl/doimay/doimay.key": str(key),
        "/var/www/cong": str(pages(folder, portal)),
        f"'self' {ASSISTANT}": f"'self' {ASSISTANT}:{portal.port}",
    }
    text = replaced((EXAMPLE / "Caddyfile").read_text(encoding="utf-8"), changes)
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + text, encoding="utf-8")
    homes = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
    with running([program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], portal.port, homes):
        yield portal
