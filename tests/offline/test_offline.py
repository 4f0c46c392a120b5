"""The product needs no network, and does not try to find out whether there is one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from prerequisites import missing

HERE = Path(__file__).parent
LOOPBACK_ONLY = ("sh", "-c", 'ip link set lo up && exec "$@"', "sh")


def environment(home: Path, **more: str) -> dict[str, str]:
    """That of a newly installed machine: no cache in the home folder, no setting, no switch that keeps a package at home."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONUTF8": "1", "XHHT_DATA_DIR": str(home / "data")} | more


def network_namespace() -> tuple[str, ...]:
    """The command that runs another one without any network but loopback."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        missing("the commands unshare and ip are needed to cut the network")
    for cut in (("unshare", "--net"), ("unshare", "--user", "--map-root-user", "--net")):
        if subprocess.run([*cut, *LOOPBACK_ONLY, "true"], capture_output=True).returncode == 0:
            return (*cut, *LOOPBACK_ONLY)
    missing("only root may cut the network off here")


def journey(folder: Path, *before: str, **more: str) -> list[str]:
    """Goes the whole way below ``folder`` and checks what it gave; the network interfaces that there were."""
    command = [*before, sys.executable, str(HERE / "journey.py"), str(folder)]
    done = subprocess.run(command, env=environment(folder, **more), capture_output=True, encoding="utf-8", timeout=500)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["answer"]["status"] == "answered"
    assert "20/10/2027" in seen["answer"]["answer"]
    assert [citation["section"] for citation in seen["answer"]["citations"]] == ["III.3.2.b"]
    assert json.loads(seen["pages"]["/health"]) == {"status": "ok"}
    assert "gradio" in seen["pages"]["/chat/"]
    assert "Tuần lễ học tập suốt đời" in seen["pages"]["/doc/so-gddt-hoaikhe-xhht"]
    return list(seen["interfaces"])


def test_everything_works_with_the_network_cut(tmp_path: Path) -> None:
    assert journey(tmp_path, *network_namespace()) == ["lo"]


def test_no_other_host_is_looked_up_or_reached(tmp_path: Path) -> None:
    watched = tmp_path / "watched"
    watched.touch()
    journey(tmp_path, PYTHONPATH=str(HERE / "watch"), WATCHED=str(watched))
    assert watched.read_text(encoding="utf-8") == ""


def test_the_watch_sees_an_attempt(tmp_path: Path) -> None:
    """A datagram socket that is only connected sends nothing, and the address belongs to nobody."""
    attempt = "import socket; [socket.socket(family, socket.SOCK_DGRAM).connect_ex((host, 9)) for family, host in ((2, '127.0.0.1'), (2, '192.0.2.1'))]"
    watched = tmp_path / "watched"
    subprocess.run([sys.executable, "-c", attempt], env=environment(tmp_path, PYTHONPATH=str(HERE / "watch"), WATCHED=str(watched)), check=True, timeout=30)
    lines = watched.read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in lines] == [["socket.connect", "192.0.2.1"]]
