"""The bundle, made and installed where no network is. It takes minutes and gigabytes: run it with XHHT_TEST_BUNDLE=1."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from prerequisites import ROOT, missing

LOOPBACK_ONLY = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


def test_a_folder_that_is_no_bundle_is_told_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    done = subprocess.run([tmp_path / "deploy" / "install"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "unpack a bundle" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(("made_for", "sums", "words"), [("python 2.7 vax", "", "the bundle is for python 2.7 vax"), ("", "0" * 64 + "  app.py\n", "damaged")])
def test_a_bundle_of_another_machine_or_a_damaged_one_is_refused(tmp_path: Path, made_for: str, sums: str, words: str) -> None:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    (tmp_path / "wheels").mkdir()
    here = 'import platform, sys; print(f"python {sys.version_info.major}.{sys.version_info.minor} {platform.machine()}")'
    this = subprocess.run(["python3", "-c", here], capture_output=True, text=True, check=True, timeout=60).stdout
    (tmp_path / "wheels" / "MADE_FOR").write_text(made_for or this)
    (tmp_path / "app.py").write_text("changed")
    (tmp_path / "SHA256SUMS").write_text(sums)
    done = subprocess.run([tmp_path / "deploy" / "install"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(not os.environ.get("XHHT_TEST_BUNDLE"), reason="makes and installs a whole bundle only when XHHT_TEST_BUNDLE is set")
def test_it_is_installed_and_answers_with_no_network(tmp_path: Path) -> None:
    if not (shutil.which("unshare") and shutil.which("ip")):
        missing("the commands unshare and ip are needed to cut the network")
    made = subprocess.run([ROOT / "deploy" / "bundle", tmp_path / "bundle.tar.gz"], capture_output=True, text=True, timeout=1800)
    assert made.returncode == 0, made.stderr
    with tarfile.open(tmp_path / "bundle.tar.gz") as bundle:
        bundle.extractall(tmp_path / "there", filter="data")
    (there,) = (tmp_path / "there").iterdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def offline(*command: str | Path) -> str:
        return subprocess.run([*LOOPBACK_ONLY, *command], cwd=there, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=1800).stdout

    offline(there / "deploy" / "install")
    python = there / ".venv" / "bin" / "python"
    offline(python, "-m", "ingest", "--only", "ingest/plans/so-gddt-hoaikhe-xhht.md")
    assert "20/10/2027" in offline(python, "-m", "xhht_qa", "ask", "Hồ sơ khen thưởng sơ kết ở Hoài Khê gửi trước ngày nào?")
