"""``python -m ingest``: exit statuses, one line a plan, one line an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from prerequisites import ROOT

from ingest.__main__ import main

PLAN = "SỞ VĂN HÓA TỈNH LAM KHÊ\nSố: 7/KH-SVH\nKẾ HOẠCH\nĐọc sách\nI. MỤC ĐÍCH\n1. Mở thư viện xã.\nI. LẠI\n"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ingest", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False)


def test_build_then_skip(tmp_path: Path) -> None:
    plans, index = tmp_path / "plans", str(tmp_path / "index")
    plans.mkdir()
    (plans / "doc.txt").write_text(PLAN, encoding="utf-8")
    first = run(str(plans), "--index", index)
    assert (first.returncode, first.stderr) == (0, ""), "no progress where no person looks on"
    lines = first.stdout.splitlines()
    assert lines[0].split() == ["state", "plan", "format", "pages", "by", "OCR", "sections", "doubtful", "readable", "title"]
    assert " ".join(lines[1].split()) == "added doc .txt 4 100% Kế hoạch số 7/KH-SVH của Sở Văn hóa tỉnh Lam Khê"
    assert lines[2].strip() == "warning: I(2): the number I. is printed 2 times at one level"
    assert lines[3].startswith("4 chunks, 4 embedded, ")
    assert lines[3].endswith(f"{index}/reading.jsonl")
    (plans / "hong.txt").write_bytes(b"")
    (plans / "anh.pdf").write_bytes(b"\x00")
    (plans / "trang1.JPG").write_bytes(b"\xff\xd8")
    (plans / "doc.yaml").write_text("note: của kế hoạch bên cạnh", encoding="utf-8")
    (plans / "dco.yaml").write_text("signer: Trần Mai", encoding="utf-8")
    second = run(str(plans), XHHT_INDEX_DIR=index)
    assert second.returncode == 1
    assert " ".join(second.stdout.splitlines()[1].split()).startswith("unchanged doc .txt ")
    assert [line.split(":")[0] for line in second.stderr.splitlines()] == [
        *(f"left out  {plans / name}" for name in ("dco.yaml", "trang1.JPG")),
        *(f"skipped   {plans / name}" for name in ("anh.pdf", "hong.txt")),
    ]


def test_progress_and_outcome_for_programs(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "doc.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plans" / "hong.txt").write_bytes(b"")
    done = run(str(tmp_path / "plans"), "--index", str(tmp_path / "index"), "--json")
    assert (done.returncode, done.stderr) == (1, "")
    *steps, last = map(json.loads, done.stdout.splitlines())
    assert steps == [{"reading": "doc.txt", "done": 0, "of": 2}, {"reading": "hong.txt", "done": 1, "of": 2}, {"embedded": True, "done": 4, "of": 4}]
    report = last["report"]
    assert (report["added"], report["changed"], report["unchanged"], report["removed"], report["chunks"], report["embedded"]) == (["doc"], [], [], [], 4, 4)
    assert [Path(path).name for path in report["failures"]] == ["hong.txt"]


def test_a_model_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(PLAN, encoding="utf-8")
    done = run(str(tmp_path / "doc.txt"), "--index", str(tmp_path / "index"), XHHT_EMBED_MODEL=str(tmp_path / "none"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"ingest: {tmp_path / 'none'}: no sentence-transformers model")
    assert done.stderr.count("\n") == 1


def test_errors_are_one_line_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "doc.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "doc.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "file").write_text("")
    index = str(tmp_path / "index")
    attempts = [
        ([str(tmp_path / "missing"), "--index", index], "no such file", "a path that is not there"),
        ([str(tmp_path / "empty"), "--index", index], "no plan", "a folder without plans"),
        ([str(tmp_path / "doc.txt"), str(tmp_path / "doc.md"), "--index", index, "--only"], "plan id", "nothing but two files with one id"),
        ([str(tmp_path / "doc.txt"), "--index", str(tmp_path / "file")], "exists", "an index that is a file"),
    ]
    for arguments, words, why in attempts:
        assert main(arguments) == 2, why
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("ingest: "), why
        assert words in captured.err, why
        assert captured.err.count("\n") == 1, why
    monkeypatch.setenv("XHHT_PORT", "x")
    assert main([str(tmp_path / "doc.txt"), "--index", index]) == 2
    assert "XHHT_PORT" in capsys.readouterr().err


def test_no_path_is_a_matter_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "PATH" in capsys.readouterr().err
