"""Ctrl-C ends every command in one line, without a traceback, and leaves nothing half done behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from prerequisites import ROOT

PLAN = "SỞ VĂN HÓA TỈNH LAM KHÊ\nSố: 7/KH-SVH\nKẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\n"


def interrupted(arguments: list[str], at_work: Path, **environment: str) -> tuple[int, str]:
    """The exit status and what stands on stderr when a command, and all that it started, gets SIGINT once ``at_work`` is there."""
    command = [sys.executable, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, process_group=0
    ) as running:
        end = time.monotonic() + 60
        while not at_work.exists() and time.monotonic() < end and running.poll() is None:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        _, said = running.communicate(timeout=30)
    return running.returncode, said


def test_reading_plans(tmp_path: Path) -> None:
    for name in ("plans", "modules", "temporary"):
        (tmp_path / name).mkdir()
    (tmp_path / "plans" / "a.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plans" / "b.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "modules" / "sitecustomize.py").write_text(
        "import os, time\nfrom pathlib import Path\nfrom ingest.readers import READERS\nread = READERS['.txt']\n"
        "def slow(path, data):\n    if path.name == 'b.txt':\n        Path(os.environ['AT_WORK']).touch()\n        time.sleep(60)\n    return read(path, data)\n"
        "READERS['.txt'] = slow\n",
        encoding="utf-8",
    )
    index, at_work = tmp_path / "index", tmp_path / "at-work"
    path = os.pathsep.join([str(tmp_path / "modules"), *sys.path])
    arguments = ["-m", "ingest", str(tmp_path / "plans"), "--index", str(index)]
    ended = interrupted(arguments, at_work, PYTHONPATH=path, TMPDIR=str(tmp_path / "temporary"), AT_WORK=str(at_work))
    assert ended == (130, "ingest: interrupted; nothing was published, run it again\n")
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (index / "CURRENT").exists()


def test_answering_a_file_of_questions(tmp_path: Path, sample_index: Path) -> None:
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text("".join(f"{json.dumps({'id': at, 'question': f'Báo cáo năm nào, lần {at}?'})}\n" for at in range(20_000)), encoding="utf-8")
    arguments = ["-m", "xhht_qa", "ask", "--batch", str(questions), "--out", str(out), "--index", str(sample_index)]
    assert interrupted(arguments, tmp_path / "out.jsonl.part") == (130, "xhht_qa: interrupted; nothing was written, run it again\n")
    assert sorted(tmp_path.iterdir()) == [questions]


def test_serving(sample_index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port), "--index", str(sample_index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0) as running:
        assert running.stdout
        assert str(port) in running.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            assert page.status == 200
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (0, "Đã dừng.\n")
