"""Whatever a file holds, reading it ends in bounded time and memory, and the batch goes on."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from prerequisites import shared_path

from ingest.readers.progress import Page
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


@pytest.fixture
def doing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a file that the child, whose reader of .txt runs it, does something by."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "sitecustomize.py").write_text(
        "from ingest.readers import READERS\nread = READERS['.txt']\nREADERS['.txt'] = lambda path, data: exec(data) or read(path, b'I. M')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def file(code: str) -> Path:
        path = tmp_path / f"{hashlib.sha256(code.encode()).hexdigest()}.txt"
        path.write_text(code, encoding="utf-8")
        return path

    return file


@pytest.mark.parametrize(
    ("code", "outcome", "why"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', {port}))", "PermissionError", "a connection"),
        ("import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', {port}))", "PermissionError", "a packet"),
        ("import socket; socket.getaddrinfo('example.org', 80)", "PermissionError", "a name to look up"),
        ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}')", "PermissionError", "a page"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGINT)", "indexed", "Ctrl-C is for the parent"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "memory or failed", "the system kills the child"),
        ("raise BrokenPipeError", "BrokenPipeError", "a program that a reader started has gone"),
        ("raise SystemExit", "memory or failed", "a library ends the process"),
    ],
)
def test_what_a_reader_may_not_do(doing: Callable[[str], Path], capfd: pytest.CaptureFixture[str], code: str, outcome: str, why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, Sandbox() as sandbox:
        server.settimeout(0.1)
        result = sandbox.parse(doing(code.format(port=server.getsockname()[1])))
        with pytest.raises(TimeoutError):
            server.accept()
        assert isinstance(sandbox.parse(doing("0")), Plan), why
    assert outcome in ("indexed" if isinstance(result, Plan) else str(result)), why
    assert capfd.readouterr().err == "", why


def parsed_elsewhere(path: Path, before: str = "", seconds: float = 18) -> subprocess.CompletedProcess[str]:
    """What a process of its own, and the child that it starts, print while they parse a file; it returns when both have ended."""
    code = (
        f"{before}\nfrom pathlib import Path\nfrom ingest.sandbox import Sandbox\nwith Sandbox({seconds}) as sandbox: print(sandbox.parse(Path({str(path)!r})))"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


ORPHAN = "import os, time\nfrom ingest.readers import progress\nos.kill(os.getppid(), 9)\ntime.sleep(0.2)\n"


@pytest.mark.parametrize("code", ["raise ValueError", "0", "progress.page_done(1, 2)", "raise SystemExit"])
def test_a_child_without_its_parent_ends_and_tidies_up(doing: Callable[[str], Path], code: str) -> None:
    assert parsed_elsewhere(doing(ORPHAN + code)).stderr == ""
    assert list(Path(os.environ["TMPDIR"]).iterdir()) == []


def test_a_child_that_hangs_without_its_parent_ends(doing: Callable[[str], Path]) -> None:
    began = time.monotonic()
    parsed_elsewhere(doing(ORPHAN + "while True: pass"), seconds=1)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(("what", "most"), [("FSIZE", 100_000_000), ("AS", 900_000_000), ("CPU", 10), ("CORE", 0)])
def test_where_the_system_allows_less_files_are_read_all_the_same(doing: Callable[[str], Path], what: str, most: int) -> None:
    ended = parsed_elsewhere(doing("0"), f"import resource; resource.setrlimit(resource.RLIMIT_{what}, ({most}, {most}))")
    assert ended.stdout.startswith("Plan("), ended.stdout + ended.stderr


def test_a_silent_child_is_stopped_and_the_next_file_is_read(doing: Callable[[str], Path]) -> None:
    with Sandbox(seconds=3) as sandbox:
        assert isinstance(sandbox.parse(doing("0")), Plan)
        assert "took too long; save it again" in str(sandbox.parse(doing("while True: pass")))
        assert isinstance(sandbox.parse(doing("0")), Plan)


def test_a_child_that_is_given_up_while_it_starts_reads_nothing(doing: Callable[[str], Path]) -> None:
    with Sandbox(seconds=60) as sandbox:
        sandbox.give_up()
        began = time.monotonic()
        assert not isinstance(sandbox.parse(doing("import time; time.sleep(50)")), Plan)
        assert time.monotonic() - began < 30


def test_a_page_is_not_credited_with_the_file_before(doing: Callable[[str], Path]) -> None:
    pages: list[Page] = []
    with Sandbox() as sandbox:
        sandbox.parse(doing("import time; time.sleep(0.5)"))
        time.sleep(0.5)
        sandbox.parse(doing("from ingest.readers import progress; progress.page_done(1, 1)"), pages.append)
    assert [page.seconds < 0.4 for page in pages] == [True]


@pytest.mark.parametrize(
    ("number_of_bytes", "recognised", "outcome", "why"),
    [
        (5_000, True, "indexed", "a slow scan goes on while its pages come"),
        (500, True, "of its 8 pages were done", "its pages are too slow for so small a file"),
        (5_000, False, "of its 8 pages were done", "text is no slow work"),
    ],
)
def test_pages_bring_time(doing: Callable[[str], Path], number_of_bytes: int, recognised: bool, outcome: str, why: str) -> None:
    code = f"import time\nfrom ingest.readers import progress\nfor at in range(1, 9): time.sleep(0.7) or progress.page_done(at, 8, {recognised})"
    with Sandbox(seconds=1.2) as sandbox:
        sandbox.parse(doing("0"))
        result = sandbox.parse(doing(f"{code:<{number_of_bytes}}"))
    assert outcome in ("indexed" if isinstance(result, Plan) else str(result)), why
