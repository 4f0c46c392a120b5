"""Writing questions with the helper: what is asked again, what is offered, what is kept, and the guide that shows it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from prerequisites import ROOT

from evals.gold import Question, load
from evals.indexed import indexed
from evals.new import converse
from xhht_qa.engine import Engine

PLANS = ROOT / "docs" / "vi-du" / "ke-hoach"
ASKED = "Trong bao lâu UBND xã ở Sông Trầm phải báo khi có chó nghi dại?"
ANSWER = "Trong 24 giờ kể từ khi có chó nghi dại."


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("new")


@pytest.fixture(scope="module")
def engine(runs: Path) -> Engine:
    return Engine.open(indexed(PLANS, runs))


def talk(engine: Engine, out: Path, answers: Sequence[str]) -> tuple[list[Question], str]:
    """The questions that were kept, and all that was said."""
    said: list[str] = []
    rest = iter(answers)

    def ask(prompt: str) -> str:
        said.append(prompt)
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return list(converse(engine, out, ask, said.append)), "\n".join(said)


def test_a_whole_question(engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "new" / "gold.jsonl"
    kept, said = talk(engine, out, ["1", ASKED, "II.3", ANSWER, "1; khoanh vùng|cách ly", "1; 2 ngày", "", "", "c"])
    (question,) = kept
    assert "II.3 (mục 3 phần II, dòng 23)" in said, "the section is found, with its place"
    assert "Trong 24 giờ kể từ khi có chó nghi dại, UBND xã báo" in said, "and its words"
    assert question.id == "huyen-song-tram-benh-dai-deadline-01"
    assert question.sections == (("huyen-song-tram-benh-dai", "II.3"),)
    assert question.facts == (("24 giờ",), ("khoanh vùng", "cách ly")), "one that was offered, one that was typed in two ways"
    assert question.forbid[-1] == "2 ngày"
    assert "its answer lacks the fact khoanh vùng / cách ly" in said, "the check speaks before anything is kept"
    assert "Ghi câu hỏi này (c/k) [k]" in said, "and nothing that it blames is kept by default"


@pytest.mark.parametrize(
    ("answers", "words", "why"),
    [
        (["1", ASKED, "II.3", ANSWER, "1", "", "", "", ""], "Đã ghi huyen-song-tram-benh-dai-deadline-01", "all by default"),
        (["7", "x", "1", ASKED, "II.3", ANSWER, "1", "", "", "", ""], "Không hiểu “7”", "a plan that is not on the list"),
        (["1", "", ASKED, "II.3", ANSWER, "1", "", "", "", ""], "Không được bỏ trống", "no question"),
        (["1", ASKED, "II.9", "II.3", ANSWER, "1", "", "", "", ""], "không có mục “II.9”", "a section that is not printed"),
        (["1", ASKED, "II.3", ANSWER, "", "1", "", "", "", ""], "Không được bỏ trống", "no fact"),
        (["1", ASKED, "II.3", ANSWER, "1", "", "hạn", "deadline", "", ""], "Xin chọn một trong: deadline", "no type"),
        (["1", ASKED, "II.3", ANSWER, "1", "", "", "", "ừ", "c"], "Không hiểu “ừ”", "neither yes nor no"),
    ],
)
def test_what_is_not_understood_is_asked_again(engine: Engine, tmp_path: Path, answers: list[str], words: str, why: str) -> None:
    kept, said = talk(engine, tmp_path / "gold.jsonl", answers)
    assert words in said, why
    assert [question.facts for question in kept] == [(("24 giờ",),)], why


def test_no_section_makes_an_unanswerable_question_and_several_may_all_be_needed(engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    refused = ["1", "Không rọ mõm chó thì phạt bao nhiêu?", "", "Kế hoạch không nêu mức phạt.", "", ""]
    several = [
        "2",
        "Các phòng báo cáo Giám đốc hạn nào, gửi danh sách thi hạn nào?",
        "P3.2, P2.2.2",
        "c",
        "10/6/2026; 30/4/2026",
        "10/6/2026; 30/4/2026",
        "",
        "",
        "",
        "c",
    ]
    kept, _ = talk(engine, out, [*refused, *several, ""])
    assert [(question.type, question.plans, question.need_all) for question in kept] == [
        ("unanswerable", (), False),
        ("deadline", ("thu-vien-vinh-sa-van-hoa-doc",), True),
    ]
    assert load([out]) == tuple(kept)


def test_what_is_there_stays_and_is_not_asked_twice(engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    answers = ["1", ASKED, "II.3", ANSWER, "1", "", "", "", ""]
    talk(engine, out, answers)
    before = out.read_text(encoding="utf-8").rstrip("\n")
    out.write_text(before, encoding="utf-8")  # a file whose last line has no end
    kept, said = talk(engine, out, answers)
    assert kept == [], "a doubtful question is not kept unless the person insists"
    assert "asks the same as huyen-song-tram-benh-dai-deadline-01" in said
    kept, _ = talk(engine, out, [*answers[:1], "Phát hiện chó dại thì xã báo trong mấy tiếng?", *answers[2:]])
    assert [question.id for question in kept] == ["huyen-song-tram-benh-dai-deadline-02"]
    assert out.read_text(encoding="utf-8").split("\n")[0] == before


def test_answers_may_come_from_a_file(runs: Path, engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    command = [sys.executable, "-m", "evals", "new", "--plans", str(PLANS), "--out", str(out), "--runs", str(runs)]
    answers = "\n".join(["1", ASKED, "II.3", ANSWER, "1", "", "", "", "", ""])
    done = subprocess.run(command, input=answers, cwd=ROOT, capture_output=True, text=True, timeout=120, env=os.environ | {"PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stderr
    assert f"Câu trả lời đúng, ngắn gọn: {ANSWER}\n" in done.stdout, "a transcript reads like a talk"
    assert "1 câu hỏi mới" in done.stdout
    assert len(load([out])) == 1


GUIDE = ROOT / "docs" / "bo-cau-hoi-chuan.md"


def test_the_questions_of_the_guide_are_those_of_its_files_and_are_clean() -> None:
    from evals.check import check, read_plans
    from evals.gold import read

    assert list(map(str, check(read([ROOT / "docs" / "vi-du" / "cau-hoi.jsonl"]), read_plans([PLANS])))) == []
    shown = [json.loads(line) for line in re.findall(r"^\{\"id\".*\}$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)]
    shipped = [json.loads(line) for line in (ROOT / "docs" / "vi-du" / "cau-hoi.jsonl").read_text(encoding="utf-8").splitlines()]
    assert shown
    assert all(record in shipped for record in shown)
