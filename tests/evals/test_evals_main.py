"""The commands over one tiny plan: run, interrupted and gone on, score, compare, gate."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import COMMANDS, main
from evals.run import UNFINISHED
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.settings import load_settings
from xhht_qa.types import Answer, Turn

PLAN = """KẾ HOẠCH
Trồng cây quanh trụ sở Trạm Khí tượng Đồi Sim

I. MỤC ĐÍCH
Để sân trạm có bóng mát.
II. PHÂN CÔNG
1. Tổ Hành chính mua cây giống trước ngày 15/02/2025.
2. Tổ Quan trắc tưới cây vào thứ Hai hằng tuần.
III. KINH PHÍ
Trích từ quỹ công đoàn của trạm.
"""
GOLD: list[dict[str, Any]] = [
    {
        "id": "buy", "plans": ["trong-cay"], "type": "deadline", "style": "formal", "question": "Tổ Hành chính mua cây giống trước ngày nào?",
        "answer": "Trước ngày 15/2/2025.", "facts": [["15/2/2025"]], "sections": [["trong-cay", "II.1"]],
    },
    {
        "id": "buy-bare", "plans": ["trong-cay"], "type": "deadline", "style": "no_diacritics", "question": "to hanh chinh mua cay giong truoc ngay nao",
        "answer": "Trước ngày 15/2/2025.", "facts": [["15/2/2025"]], "sections": [["trong-cay", "II.1"]],
    },
    {
        "id": "then", "plans": ["trong-cay"], "type": "content", "style": "formal", "question": "Thế Tổ Quan trắc thì sao?",
        "history": [{"role": "user", "content": "Tổ Hành chính trạm Đồi Sim làm gì?"}, {"role": "assistant", "content": "Mua cây giống [1]"}],
        "answer": "Tưới cây vào thứ Hai hằng tuần.", "facts": [["tưới cây"]], "sections": [["trong-cay", "II.2"]],
    },
    {"id": "off", "plans": [], "type": "unanswerable", "style": "casual", "question": "Sông nào dài nhất châu Phi?", "answer": "Không có trong kế hoạch."},
]  # fmt: skip
GOLD[1]["twin_of"] = "buy"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with plans/, gold.jsonl and a finished run "first"."""
    folder = tmp_path_factory.mktemp("evals")
    (folder / "plans").mkdir()
    (folder / "plans" / "trong-cay.txt").write_text(PLAN, encoding="utf-8")
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    assert run(folder, "--name", "first") == 0
    return folder


def run(folder: Path, *arguments: str) -> int:
    return main(["run", "--gold", str(folder / "gold.jsonl"), "--plans", str(folder / "plans"), "--runs", str(folder / "runs"), *arguments])


def command(folder: Path, name: str, *arguments: str) -> int:
    return main([name, *arguments, "--runs", str(folder / "runs")])


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


KEPT = {"config.json", "questions.jsonl", "answers.jsonl", "alone.jsonl", "plans.json", "scores.jsonl", "report.json", "report.md", "report.html"}


def test_a_run_keeps_everything_and_finds_the_section(place: Path) -> None:
    kept = place / "runs" / "first"
    assert {file.name for file in kept.iterdir()} == KEPT
    answers = records(kept / "answers.jsonl")
    assert [answer["id"] for answer in answers] == ["buy", "buy-bare", "then", "off"]
    assert answers[0]["results"][0]["section"] == "II.1"
    report = json.loads((kept / "report.json").read_text(encoding="utf-8"))
    headline = report["headline"]
    assert headline["questions"] == 3, "the twin is told apart"
    assert (headline["recall@5"], headline["nDCG@10"], headline["verbatim"]) == (1.0, 1.0, 1.0)
    assert headline["latency_p50_ms"] > 0
    assert list(report["robustness"]) == ["no_diacritics: originals", "no_diacritics"]
    alone = records(kept / "alone.jsonl")
    assert [answer["id"] for answer in alone] == ["then"]
    assert report["conversation"]["standing alone"]["questions"] == 1
    plans = json.loads((kept / "plans.json").read_text(encoding="utf-8"))
    assert plans["trong-cay"]["sections"]["II.2"]["text"].startswith("2. Tổ Quan trắc"), "a page can be made from the folder alone"


def test_a_run_says_what_it_was_made_with(place: Path) -> None:
    config = json.loads((place / "runs" / "first" / "config.json").read_text(encoding="utf-8"))
    assert (config["mode"], config["encoder"], config["questions"]) == ("extractive", load_encoder(load_settings()).name, 4)
    assert {"commit", "versions", "seed", "date", "gold_digest", "plans_digest", "code_digest", "settings"} <= config.keys()


def untimed(folder: Path) -> dict[str, str]:
    """The files of a run without its times, name and day."""
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()) if file.name not in ("config.json", "report.html")}
    times = r'"timings_ms": {[^}]*}|"latency\w*": [\d.]+|latency p50 \d+ ms, p95 \d+ ms'
    return {name: re.sub(times, "", text) for name, text in texts.items()}


def test_the_same_again_gives_the_same_files(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--name", "second", "--compare", "first") == 0
    assert "now right: 0\nno longer right: 0" in capsys.readouterr().out
    assert untimed(place / "runs" / "first") == untimed(place / "runs" / "second")


def break_off(monkeypatch: pytest.MonkeyPatch, at: int) -> list[str]:
    """Ctrl-C at the n-th question from here; the questions asked."""
    asked: list[str] = []
    ask = Engine.ask

    def broken(self: Engine, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> Answer:
        asked.append(question)
        if len(asked) == at:
            raise KeyboardInterrupt
        return ask(self, question, history, scope)

    monkeypatch.setattr(Engine, "ask", broken)
    return asked


def test_an_interrupted_run_goes_on_where_it_stopped(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with monkeypatch.context() as patch:
        break_off(patch, at=3)
        assert run(place, "--name", "third") == 2
    assert capsys.readouterr().err == "evals: interrupted after 2 of 4 questions; “python -m evals run --name third …” goes on from there\n"
    assert not (place / "runs" / "third").exists(), "what stands there is whole"
    assert command(place, "score", "third") == 2
    assert "'third' was interrupted" in capsys.readouterr().err
    answers = place / "runs" / UNFINISHED / "third" / "answers.jsonl"
    with answers.open("a", encoding="utf-8") as file:
        file.write('{"id": "then", "answ')  # cut off in the middle of a line
    with monkeypatch.context() as patch:
        asked = break_off(patch, at=0)
        assert run(place, "--name", "third") == 0
        assert len(asked) == 3, "two that were missing, and the stand-alone reading of one"
    assert "interrupted after 2 of 4 questions and goes on" in capsys.readouterr().err
    assert untimed(place / "runs" / "third") == untimed(place / "runs" / "first")


def test_an_interrupted_run_starts_anew_when_its_gold_has_changed(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with monkeypatch.context() as patch:
        break_off(patch, at=3)
        assert run(place, "--name", "fourth") == 2
    write(place / "less.jsonl", GOLD[:1])
    capsys.readouterr()
    assert main(["--gold", str(place / "less.jsonl"), "--plans", str(place / "plans"), "--runs", str(place / "runs"), "--name", "fourth"]) == 0
    assert capsys.readouterr().err.endswith("after 2 questions; it starts anew, because this changed since: gold, questions\n")
    assert [answer["id"] for answer in records(place / "runs" / "fourth" / "answers.jsonl")] == ["buy"]


def test_an_interrupted_run_leaves_the_finished_one_of_its_name(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = untimed(place / "runs" / "first")
    with monkeypatch.context() as patch:
        break_off(patch, at=2)
        assert run(place, "--name", "first") == 2
    assert untimed(place / "runs" / "first") == before


def test_the_stock_recipe_is_a_row_of_the_same_run(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--name", "beside", "--baseline", "stock") == 0
    kept = place / "runs" / "beside"
    report = json.loads((kept / "report.json").read_text(encoding="utf-8"))
    assert report["headline"] | report["system"]["this assistant"] == report["headline"]
    stock = report["system"]["stock LlamaIndex recipe"]
    assert (stock["questions"], stock["facts"], stock["citation"], stock["verbatim"]) == (3, 1.0, 1.0, 1.0), "the plan is one chunk: it holds everything"
    assert stock["refusal_recall"] == 0.0, "it never refuses"
    capsys.readouterr()
    assert command(place, "score", "beside") == 0
    assert "stock LlamaIndex recipe" in capsys.readouterr().out.rpartition("by system")[2]


def test_a_step_taken_out_is_a_row_set_beside_us(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--name", "without", "--baseline", "verify", "bm25")
    with monkeypatch.context() as patch:
        break_off(patch, at=8)  # four questions, one standing alone, and the third without BM25's companion
        assert run(place, *arguments) == 2
    with monkeypatch.context() as patch:
        asked = break_off(patch, at=0)
        assert run(place, *arguments) == 0
        assert len(asked) == 2 + 4, "the rest of the one, all of the other"
    kept = place / "runs" / "without"
    assert {file.name for file in (kept / "baselines").iterdir()} == {"bm25.jsonl", "verify.jsonl"}
    report = json.loads((kept / "report.json").read_text(encoding="utf-8"))
    assert list(report["system"]) == ["this assistant", "BM25 arm only", "without verify"]
    assert report["paired"]["without verify − this assistant"]["right"] == {"by": 0.0, "interval": [0.0, 0.0]}
    assert "BM25 arm only − this assistant, in points: right" in (kept / "report.md").read_text(encoding="utf-8")


def test_answers_can_be_judged_again_without_asking(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--name", "spoilt") == 0
    baseline = place / "baseline.json"
    assert command(place, "gate", "first", "--baseline", str(baseline), "--accept") == 0
    answers = place / "runs" / "spoilt" / "answers.jsonl"
    spoilt = {"status": "answered", "answer": "Trước ngày 16/2/2025.", "citations": [{"plan": "trong-cay", "section": "II.1", "quote": "16/02/2025"}]}
    write(answers, [record | (spoilt if record["id"] == "buy" else {}) for record in records(answers)])
    assert command(place, "score", "spoilt") == 0
    capsys.readouterr()
    assert command(place, "compare", "first", "spoilt") == 0
    assert "- buy (now: status answered, lacks “15/2/2025”)" in capsys.readouterr().out
    assert command(place, "gate", "first", "--baseline", str(baseline)) == 0
    capsys.readouterr()
    assert command(place, "gate", "spoilt", "--baseline", str(baseline)) == 1
    assert capsys.readouterr().err == "gate: verbatim is 66.7 %, it has to be at least 100 % (buy)\n", "one question of three is no evidence"


BAD = [
    (["run", "--gold", "nowhere.jsonl"], "nowhere.jsonl", "no such gold"),
    (["run", "--compare", "never"], "'never'", "no such run"),
    (["run", "--plans", "nowhere"], "nowhere", "no such plans"),
    (["run", "--index", "nowhere"], "nowhere", "no such index"),
    (["run", "--name", "../up"], "'../up'", "a name that leaves the folder"),
    (["run", "--gold", "{place}/other.jsonl"], "other.jsonl:2: the plan 'khac'", "a plan that is not in the index"),
    (["run", "--gold", "{place}/broken.jsonl"], "broken.jsonl:2: ", "a line that is none"),
    (["score", "never"], "'never'", "no such run"),
    (["compare", "first", "never"], "'never'", "no such run"),
    (["gate", "first", "--baseline", "{place}/none.json"], "none.json", "no such baseline"),
    (["gate", "first", "--baseline", "{place}/gold.jsonl"], "no baseline", "not a baseline"),
    (["gte", "first"], "there is no command 'gte'", "a slip"),
]


@pytest.mark.parametrize(("arguments", "named", "why"), BAD)
def test_bad_input_ends_in_one_line(place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str, why: str) -> None:
    write(place / "other.jsonl", [GOLD[0], GOLD[0] | {"id": "strange", "plans": ["khac"], "sections": [["khac", "I"]]}])
    (place / "broken.jsonl").write_text(f"{json.dumps(GOLD[0])}\nkhông phải JSON\n", encoding="utf-8")
    name, *rest = [argument.format(place=place) for argument in arguments]
    assert (run(place, *rest) if name == "run" else command(place, name, *rest)) == 2, why
    err = capsys.readouterr().err
    assert named in err, why
    assert err.startswith("evals: "), why
    assert err.count("\n") == 1, why


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert [name for name in COMMANDS if f"  {name} " not in out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert capsys.readouterr().out.startswith(f"usage: python -m evals {name}")
