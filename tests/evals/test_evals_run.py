"""The folder of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.run import Run, RunError


def finished(runs: Path, name: str, answer: str) -> Run:
    run = Run.unfinished(runs, name)
    run.write_config({"gold": ["a.jsonl"], "index": Path("index")})
    run.append("answers.jsonl", {"id": "q1", "answer": answer})
    return run.finish(runs)


def test_a_run_gives_back_what_it_kept(tmp_path: Path) -> None:
    finished(tmp_path, "first", "một\u2028hai\u0085ba")
    found = Run.find(tmp_path, "first")
    assert found.records("answers.jsonl") == [{"id": "q1", "answer": "một\u2028hai\u0085ba"}], "separators inside a text end no line"
    assert found.config() == {"gold": ["a.jsonl"], "index": "index"}
    assert Run.find(tmp_path, str(found.folder)).folder == found.folder, "a folder names its run too"


def test_a_run_takes_the_place_of_an_earlier_one_when_it_is_whole(tmp_path: Path) -> None:
    finished(tmp_path, "first", "cũ")
    run = Run.unfinished(tmp_path, "first")
    run.write_config({})
    run.append("answers.jsonl", {"id": "q1", "answer": "mới"})
    assert Run.find(tmp_path, "first").records("answers.jsonl")[0]["answer"] == "cũ"
    run.finish(tmp_path)
    assert Run.find(tmp_path, "first").records("answers.jsonl")[0]["answer"] == "mới"
    assert list((tmp_path / ".unfinished").iterdir()) == []


def test_a_run_is_asked_by_one_process_at_a_time(tmp_path: Path) -> None:
    run = Run.unfinished(tmp_path, "first")
    with run.alone():
        with pytest.raises(RunError, match="another process is asking the run 'first'"), Run.unfinished(tmp_path, "first").alone():
            pass
        with Run.unfinished(tmp_path, "second").alone():
            pass
    with run.alone():
        pass


@pytest.mark.parametrize(
    ("text", "ids", "why"),
    [
        ('{"id": 1}\n{"id": 2}\n', [1, 2], "whole lines"),
        ('{"id": 1}\n{"id": 2', [1], "killed in the middle of a line"),
        ('{"id"', [], "killed in the first one"),
        ("", [], "nothing yet"),
    ],
)
def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path, text: str, ids: list[int], why: str) -> None:
    (tmp_path / "answers.jsonl").write_text(text)
    run = Run(tmp_path)
    assert [record["id"] for record in run.begun("answers.jsonl")] == ids, why
    run.append("answers.jsonl", {"id": 9})
    assert [record["id"] for record in run.begun("answers.jsonl")] == [*ids, 9], why


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", ".."])
def test_a_run_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(RunError):
        Run.unfinished(tmp_path, name)


def test_missing_and_unfinished_runs_are_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="'gone'"):
        Run.find(tmp_path, "gone")
    run = Run.unfinished(tmp_path, "half")
    run.write_config({})
    with pytest.raises(RunError, match="'half' was interrupted"):
        Run.find(tmp_path, "half")
    with pytest.raises(RunError, match=r"answers\.jsonl"):
        run.records("answers.jsonl")


@pytest.mark.parametrize("line", ["{half", "[1]", '"text"'])
def test_a_line_that_is_broken_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "answers.jsonl").write_text(f'{{"id": 1}}\n{line}\n')
    with pytest.raises(RunError, match=r"answers\.jsonl:2 .* run it again"):
        Run(tmp_path).begun("answers.jsonl")
    (tmp_path / "config.json").write_text(line)
    with pytest.raises(RunError, match=r"config\.json .* run it again"):
        Run(tmp_path).config()


def test_scores_of_another_form_are_named(tmp_path: Path) -> None:
    run = finished(tmp_path, "old", "cũ")
    run.append("scores.jsonl", {"id": "q1", "right": True})
    with pytest.raises(RunError, match="evals score old"):
        run.scores()
