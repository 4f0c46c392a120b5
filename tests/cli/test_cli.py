"""``python -m xhht_qa`` as people and scripts run it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from prerequisites import ROOT
from toy_encoder import ToyEncoder

from ingest.build import build
from xhht_qa import messages
from xhht_qa.__main__ import main
from xhht_qa.index import open_index

ANSWER = {"id", "question", "standalone_question", "status", "answer", "citations", "options", "confidence", "mode", "timings_ms"}
QUESTION = "UBND cấp xã ở tỉnh Lam Khê gửi báo cáo năm trước ngày nào?"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xhht_qa", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60)


def run_here(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, for tables: to start a process for every row takes longer than the row."""
    status = main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())


def write(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def told_in_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == [], done.stderr


def test_a_reader_that_has_read_enough_is_no_error(sample_index: Path) -> None:
    command = [sys.executable, "-m", "xhht_qa", "outline", "ubnd-tinh-lamkhe-cds", "--json", "--index", str(sample_index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""


def test_an_explained_search_says_what_was_understood_and_what_each_part_gave(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["search", "huyen suoi may nop bao cao nam truoc ngay nao", "--explain", "-k", "3", "--index", sample_index]
    explained = json.loads(run_here(capsys, *asked, "--json").stdout)
    assert explained["query"]["text"] == "nộp báo cáo năm trước ngày nào"
    assert (explained["query"]["plans"], explained["query"]["slot"]) == (["ubnd-huyen-suoimay-cds"], "deadline")
    plain = run_here(capsys, "search", asked[1], "-k", "3", "--index", sample_index, "--json")
    assert [(result["plan"], result["section"]) for result in explained["results"]] == [(row["plan"], row["section"]) for row in json.loads(plain.stdout)]
    for result in explained["results"]:
        assert result["score"] == pytest.approx(0.7 * result["lexical"] + 0.3 * result["dense"] + sum(result["bonus"].values()), abs=1e-4)
    first = explained["results"][0]
    lines = run_here(capsys, *asked).stdout.splitlines()
    assert f"{first['plan']}  {first['section']}{first['bullet']}" in lines[lines.index("") + 2]


@pytest.mark.parametrize(
    ("lines", "page", "expected"),
    [((90, 90), None, "dòng 90"), ((195, 199), None, "dòng 195–199"), ((40, 41), 3, "trang 3")],
    ids=["a line", "lines", "a page"],
)
def test_where_a_quotation_stands(lines: tuple[int, int], page: int | None, expected: str) -> None:
    assert messages.place(*lines, page) == expected


def test_an_answer_is_readable_with_its_source(sample_index: Path) -> None:
    done = run("ask", QUESTION, "--index", sample_index)
    assert (done.returncode, done.stderr) == (0, "")
    assert "01/12/2025" in done.stdout
    assert "[1]" in done.stdout
    section = open_index(sample_index).plans["ubnd-tinh-lamkhe-cds"].section("IV.2.c")
    assert section is not None
    assert section.label in done.stdout
    assert section.text in done.stdout, "the quote, word for word"


def test_an_answer_as_json_keeps_the_contract(sample_index: Path) -> None:
    done = run("ask", QUESTION, "--plan", "ubnd-tinh-lamkhe-cds", "--json", "--index", sample_index)
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert set(record) == ANSWER
    assert record["question"] == QUESTION
    assert [(citation["plan"], citation["section"]) for citation in record["citations"]] == [("ubnd-tinh-lamkhe-cds", "IV.2.c")]


def test_the_plans_named_are_the_scope(sample_index: Path) -> None:
    done = run("search", QUESTION, "--plan", "cdc-mochai-sxh", "--plan", "so-noi-vu-lamkhe-cchc", "-k", "50", "--json", "--index", sample_index)
    assert {result["plan"] for result in json.loads(done.stdout)} <= {"cdc-mochai-sxh", "so-noi-vu-lamkhe-cchc"}


def test_search_gives_sections_best_first(sample_index: Path) -> None:
    done = run("search", QUESTION, "-k", "3", "--json", "--index", sample_index)
    results = json.loads(done.stdout)
    assert [set(result) for result in results] == [{"plan", "section", "score"}] * 3
    assert (results[0]["plan"], results[0]["section"]) == ("ubnd-tinh-lamkhe-cds", "IV.2.c")
    assert [result["score"] for result in results] == sorted((result["score"] for result in results), reverse=True)


def test_outline_gives_every_section_in_order(sample_index: Path) -> None:
    done = run("outline", "ubnd-huyen-khemoc-giamngheo", "--json", "--index", sample_index)
    sections = open_index(sample_index).plans["ubnd-huyen-khemoc-giamngheo"].sections
    assert json.loads(done.stdout) == [
        {"address": section.address, "title": section.title, "first_line": section.first_line, "last_line": section.last_line} for section in sections
    ]
    plain = run("outline", "ubnd-huyen-khemoc-giamngheo", "--index", sample_index)
    assert [line.split()[1] for line in plain.stdout.splitlines()] == [section.address for section in sections]


def test_a_batch_keeps_order_ids_history_and_scope(sample_index: Path, tmp_path: Path) -> None:
    history = [{"role": "user", "content": "Huyện Khê Mộc hỗ trợ nhà ở bao nhiêu?"}, {"role": "assistant", "content": "60 triệu đồng [1]"}]
    rows: list[dict[str, object]] = [
        {"id": "z", "question": QUESTION},
        {"id": "a", "question": "ai ký?", "history": history, "scope": None},
        {"id": "m-3", "question": "ai ký?", "scope": ["cdc-mochai-sxh"]},
        {"id": "b", "question": ""},
        {"id": "y", "question": "ai ký?", "scope": ["khong-co"]},
    ]
    batch = write(tmp_path / "in.jsonl", rows)
    batch.write_text(batch.read_text(encoding="utf-8").replace("\n", "\n\n", 2), encoding="utf-8")  # blank lines are passed over
    done = run("ask", "--batch", batch, "--out", tmp_path / "out.jsonl", "--index", sample_index)
    assert done.returncode == 0, done.stderr
    answers = read(tmp_path / "out.jsonl")
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert [answer["status"] for answer in answers] == ["answered", "answered", "answered", "failed", "failed"]
    assert all(set(answer) == ANSWER for answer in answers)
    assert "Hà Thị Nguồn" in str(answers[1]["answer"])
    assert "Trương Hoài Mộc" in str(answers[2]["answer"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_batch_of_searches(sample_index: Path, tmp_path: Path) -> None:
    batch = write(tmp_path / "in.jsonl", [{"id": 2, "question": QUESTION}, {"id": 1, "question": "kinh phí", "scope": ["cdc-mochai-sxh"]}])
    done = run("search", "--batch", batch, "--out", tmp_path / "out.jsonl", "-k", "2", "--index", sample_index)
    assert done.returncode == 0, done.stderr
    rows = read(tmp_path / "out.jsonl")
    assert [(row["id"], set(row)) for row in rows] == [(2, {"id", "results"}), (1, {"id", "results"})]
    for row in rows:
        assert isinstance(row["results"], list)
        assert len(row["results"]) == 2


BAD_LINES = [
    ('{"id": "b", "question"', "broken off"),
    ("hỏi gì đi", "no JSON"),
    ('["b", "kinh phí"]', "no object"),
    ('{"question": "kinh phí"}', "no id"),
    ('{"id": "b"}', "no question"),
    ('{"id": "b", "question": null}', "no text"),
    ('{"id": "b", "question": "kinh phí", "history": "x"}', "no list of turns"),
    ('{"id": "b", "question": "kinh phí", "history": [{"role": "user"}]}', "a turn without words"),
    ('{"id": "b", "question": "kinh phí", "history": [{"role": "system", "content": "x"}]}', "a turn of nobody in the conversation"),
    ('{"id": "b", "question": "kinh phí", "scope": 5}', "no list of plans"),
    ('{"id": "b", "question": "kinh phí", "scope": "cdc-mochai-sxh"}', "one plan, but no list"),
]


@pytest.mark.parametrize(("line", "why"), BAD_LINES)
def test_a_bad_line_is_named_and_the_output_left_alone(sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, why: str) -> None:
    batch = tmp_path / "in.jsonl"
    batch.write_text(f'{{"id": "a", "question": "kinh phí"}}\n{line}\n', encoding="utf-8")
    (tmp_path / "out.jsonl").write_text("of yesterday", encoding="utf-8")
    done = run_here(capsys, "ask", "--batch", batch, "--out", tmp_path / "out.jsonl", "--index", sample_index)
    told_in_one_line(done, "in.jsonl", "line 2")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "of yesterday", why
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"], "nothing half written"


def test_a_batch_that_is_killed_leaves_the_output_alone(sample_index: Path, tmp_path: Path) -> None:
    batch = write(tmp_path / "in.jsonl", [{"id": number, "question": QUESTION} for number in range(5000)])
    out = tmp_path / "out.jsonl"
    out.write_text("of yesterday", encoding="utf-8")
    started = [(path.name, path.stat().st_mtime_ns) for path in sorted(tmp_path.iterdir())]
    command = [sys.executable, "-m", "xhht_qa", "ask", "--batch", str(batch), "--out", str(out), "--index", str(sample_index)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        while started == [(path.name, path.stat().st_mtime_ns) for path in sorted(tmp_path.iterdir())]:
            assert process.poll() is None, "it ended before it wrote anything"
            time.sleep(0.02)
        process.kill()
    assert out.read_text(encoding="utf-8") == "of yesterday"


def test_no_index(tmp_path: Path) -> None:
    for command in (("ask", QUESTION), ("search", QUESTION), ("outline", "cdc-mochai-sxh")):
        told_in_one_line(run(*command, "--index", tmp_path / "none"), "none", "python -m ingest")


def test_an_index_of_another_encoder(tmp_path: Path) -> None:
    build([ROOT / "ingest" / "plans" / "cdc-mochai-sxh.txt"], tmp_path, ToyEncoder())
    told_in_one_line(run("ask", QUESTION, "--index", tmp_path), "toy/16", "XHHT_EMBED_MODEL")
    assert run("outline", "cdc-mochai-sxh", "--index", tmp_path).returncode == 0, "an outline needs no encoder"


def test_what_is_missing_is_named(sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = write(tmp_path / "in.jsonl", [{"id": 1, "question": "kinh phí"}])
    index = ("--index", str(sample_index))
    told_in_one_line(run_here(capsys, "ask", "--batch", tmp_path / "gone.jsonl", "--out", tmp_path / "o", *index), "gone.jsonl")
    told_in_one_line(run_here(capsys, "ask", "--batch", batch, *index), "--out")
    told_in_one_line(run_here(capsys, "ask", "--batch", batch, "--out", tmp_path / "no" / "folder", *index), "folder")
    told_in_one_line(run_here(capsys, "ask", *index), "question")
    told_in_one_line(run_here(capsys, "outline", "khong-co", *index), "khong-co", "cdc-mochai-sxh")
    told_in_one_line(run_here(capsys, "search", QUESTION, "--plan", "khong-co", *index), "khong-co")
    told_in_one_line(run_here(capsys, "search", QUESTION, "-k", "0", *index), "-k")


def test_a_question_that_cannot_be_asked_ends_with_1(sample_index: Path) -> None:
    unknown = run("ask", QUESTION, "--plan", "khong-co", "--index", sample_index)
    assert (unknown.returncode, unknown.stderr) == (1, "")
    assert "khong-co" in unknown.stdout
    assert run("ask", "  ", "--json", "--index", sample_index).returncode == 1


@pytest.mark.parametrize("arguments", [(), ("ask",), ("search",), ("outline",)])
def test_every_command_explains_itself(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage: python -m xhht_qa")
