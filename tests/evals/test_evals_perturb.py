"""Twins of questions: what each kind changes, what it never touches, and that equal seeds give equal twins."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from evals.edit_distance import edit_distance
from evals.gold import Question, load
from evals.perturb import Shortener, main, mistyped, twins, without_accents
from xhht_qa.text.normalise import fold
from xhht_qa.types import Metadata, Paragraph, Plan, Section, Turn

NAME = "Chi cục Trồng trọt và Bảo vệ thực vật"
PRINTED = (f"{NAME} báo cáo Sở Nông nghiệp và Môi trường.", "Sở Nông nghiệp và Môi trường tổng hợp.", f"{NAME} theo dõi.")
PLANS = {
    "a": Plan(
        "a", "Kế hoạch a", "", "", Metadata(),
        (Section("I", None, "phần I", "", False, ("",), tuple(Paragraph(text, "", line, line) for line, text in enumerate(PRINTED)), 0, 2),),
    )
}  # fmt: skip
GOOD: dict[str, Any] = {
    "id": "q1", "plans": ["a"], "type": "deadline", "style": "formal", "history": [{"role": "user", "content": "Hạn nào?"}],
    "question": "Các xã gửi báo cáo kế hoạch cho cơ quan nào?", "answer": "Sở.", "facts": [["Sở"]], "forbid": ["Phòng"], "sections": [["a", "I"]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Đơn vị nào nộp trước 15/6?", "don vi nao nop truoc 15/6?", "figures stay"),
        ("bao cao nop luc nao", "bao cao nop luc nao", "nothing to take away"),
        ("Ai?", "Ai?", "a capital is no accent"),
    ],
)
def test_without_accents(text: str, expected: str, why: str) -> None:
    assert without_accents(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Báo cáo kết quả kế hoạch", {"BC KQ KH"}, "phrases of the office"),
        ("bao cao ket qua", {"BC KQ"}, "typed without accents too"),
        ("phòng cháy ở đâu", {"phòng cháy ở đâu"}, "one syllable of the office may be the half of another word"),
        ("có được không", {f"có {a} {b}" for a in ("dc", "đc") for b in ("ko", "hok")}, "what people jot down"),
        ("duoc khong", {"duoc khong"}, "a single word only as it is spelt"),
        ("Sở Nông nghiệp và Môi trường nhận gì", {"SNNMT nhận j", "Sở NNMT nhận j"}, "an agency by its initials"),
        (f"{NAME} nhận gì", {"CCTTBVTV nhận j", "Chi cục TTBVTV nhận j"}, "the kind of agency may have two syllables"),
        ("Phong trào thi đua của công chức", {"PT TĐ của CC"}, "each phrase by itself"),
    ],
)
def test_shortened(text: str, expected: set[str], why: str) -> None:
    shortener = Shortener(PLANS)
    assert {shortener.shorten(text, Random(seed)) for seed in range(40)} == expected, why


def test_a_slip_changes_little_and_no_name_or_figure() -> None:
    text = "Theo Kế hoạch 45/KH-UBND của huyện Suối Mây, các xã gửi hồ sơ khen thưởng trước ngày 15/6/2025 phải không?"
    seen = set()
    for seed in range(60):
        slipped = mistyped(text, Random(seed))
        changed = [(word, other) for word, other in zip(text.split(), slipped.split(), strict=True) if word != other]
        assert 1 <= len(changed) <= 3
        assert all(word[0].islower() and edit_distance(word, other) <= 2 for word, other in changed)
        seen |= set(changed)
    assert any(fold(word) == fold(other) for word, other in seen), "a tone that is lost or wrong"
    assert any(fold(other) != fold(word) and len(other) > len(word) for word, other in seen), "a letter or a tone key too many"
    assert any(other[-1].isdigit() for _, other in seen), "VNI's keys"


def test_a_twin_asks_the_same() -> None:
    question = Question.model_validate(GOOD, strict=False)
    made = {twin.style: twin for twin in twins([question], ["no_diacritics", "abbrev", "typo"], PLANS)}
    assert {twin.id for twin in made.values()} == {"q1~no_diacritics", "q1~abbrev", "q1~typo"}
    assert made["no_diacritics"].question == "cac xa gui bao cao ke hoach cho co quan nao?"
    assert made["abbrev"].question == "Các xã gửi BC KH cho CQ nào?"
    for twin in made.values():
        changed = {name for name in Question.model_fields if getattr(twin, name) != getattr(question, name)}
        assert changed == {"id", "style", "question", "twin_of"}
        assert twin.twin_of == "q1"
        assert twin.history == (Turn("user", "Hạn nào?"),)


@pytest.mark.parametrize(
    ("change", "styles", "why"),
    [
        ({"question": "ai ky"}, ["typo"], "no accents to lose, nothing to shorten"),
        ({"question": "Quý III?"}, ["no_diacritics"], "names and figures are not mistyped"),
        ({"twin_of": "q0"}, [], "a twin has no twins"),
    ],
)
def test_what_a_kind_does_not_change_is_left_out(change: dict[str, Any], styles: list[str], why: str) -> None:
    question = Question.model_validate(GOOD | change, strict=False)
    assert [twin.style for twin in twins([question], ["no_diacritics", "abbrev", "typo"], PLANS)] == styles, why


def test_the_command_writes_the_same_twins_again_and_never_over_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "twins.jsonl"
    gold.write_text("\n".join(json.dumps(GOOD | {"id": f"q{number}"}) for number in range(5)), encoding="utf-8")
    arguments = ["--kinds", "no_diacritics", "typo", "--out"]
    texts = []
    for seed in ("1", "1", "2"):
        assert main([str(gold), *arguments, str(out), "--seed", seed]) == 0
        texts.append(out.read_text(encoding="utf-8"))
    assert texts[0] == texts[1] != texts[2]
    assert "10 twins of 5 questions" in capsys.readouterr().out
    assert len({twin.question for twin in load([out]) if twin.style == "typo"}) > 1, "each question has slips of its own"
    before = gold.read_text(encoding="utf-8")
    assert main([str(gold), *arguments, str(gold)]) == 2
    assert "holds questions that are no twins" in capsys.readouterr().err
    assert gold.read_text(encoding="utf-8") == before
    assert {path.name for path in tmp_path.iterdir()} == {"gold.jsonl", "twins.jsonl"}
