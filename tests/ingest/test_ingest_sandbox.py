"""Whatever a file holds, reading it ends in bounded time and memory, and the batch goes on."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from prerequisites import shared_path

from ingest.sandbox import Sandbox, parse_all
from xhht_qa.errors import ReadError
from xhht_qa.types import Plan

TEXT = "KẾ HOẠCH\nDọn kênh\n\nI. MỤC ĐÍCH\n\nKhơi dòng trước ngày 05/6.\n"
SLOWEST_SECONDS = 30.0  # twenty of silence, and a margin for a busy machine


@pytest.mark.shared
def test_every_hostile_file_ends_and_the_plan_behind_them_is_read(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    for path in sorted(shared_path("formats", "hostile").iterdir()):
        (tmp_path / f"a-{path.name}").write_bytes(path.read_bytes())
    slowest = 0.0
    started = time.monotonic()
    results = {}
    for path, result in parse_all([tmp_path]):
        results[path.name] = result
        slowest, started = max(slowest, time.monotonic() - started), time.monotonic()
    assert isinstance(results["plan.txt"], Plan), "the last of the batch"
    assert slowest < SLOWEST_SECONDS
    for name, result in results.items():
        if isinstance(result, ReadError):
            assert name in str(result)
            assert "\n" not in str(result)


def test_a_silent_child_is_stopped_and_the_next_file_is_read(tmp_path: Path) -> None:
    slow = tmp_path / "slow.txt"
    slow.write_text(TEXT * 40_000, encoding="utf-8")
    quick = tmp_path / "quick.txt"
    quick.write_text(TEXT, encoding="utf-8")
    with Sandbox(seconds=0.6) as sandbox:
        assert isinstance(sandbox.parse(quick), Plan)
        stopped = sandbox.parse(slow)
        assert isinstance(stopped, ReadError)
        assert "too long" in str(stopped)
    with Sandbox() as sandbox:
        assert isinstance(sandbox.parse(quick), Plan)


def test_a_file_that_needs_too_much_memory_is_refused_by_name(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text(TEXT * 100_000, encoding="utf-8")
    quick = tmp_path / "quick.txt"
    quick.write_text(TEXT, encoding="utf-8")
    with Sandbox(memory_bytes=300_000_000) as sandbox:
        refused = sandbox.parse(large)
        assert isinstance(refused, ReadError)
        assert "memory" in str(refused)
        assert str(large) in str(refused)
        assert isinstance(sandbox.parse(quick), Plan)


@pytest.mark.parametrize("entry", ["", ".", "{here}"])
def test_a_module_that_lies_where_the_parent_was_started_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    (tmp_path / "yaml.py").write_text("from pathlib import Path\nPath(__file__).with_name('run').touch()\n", encoding="utf-8")
    (tmp_path / "plan.md").write_text(f"---\ntitle: Kênh\n---\n{TEXT}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [entry.format(here=tmp_path), *sys.path])
    with Sandbox() as sandbox:
        plan = sandbox.parse(tmp_path / "plan.md")
    assert isinstance(plan, Plan)
    assert plan.title == "Kênh"
    assert not (tmp_path / "run").exists()


def test_a_child_has_no_network(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import sys, socket; from ingest.sandbox import _refuse_network; sys.addaudithook(_refuse_network); socket.getaddrinfo('example.org', 80)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert "tried to reach the network" in ended.stderr
