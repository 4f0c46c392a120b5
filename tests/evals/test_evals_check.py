"""What the check of a question set finds, and that it finds nothing in what is right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from prerequisites import ROOT, shared_path

from evals.check import check, leaks, main, read_plans
from evals.gold import read
from xhht_qa.types import Plan

PLAN = """UBND XÃ ĐỒI SIM
KẾ HOẠCH
Làm sạch kênh mương năm 2026

I. MỤC ĐÍCH
Để nước về ruộng đúng vụ.
II. PHÂN CÔNG
1. Các thôn nạo vét kênh nhánh trước ngày 15/02/2026 và báo cáo UBND xã.
2. Tổ thủy nông
a) Vớt bèo trên kênh chính vào thứ Hai hằng tuần.
b) Khóa cống trước ngày 05 tháng 3 năm 2026.
III. KINH PHÍ
- Trích 12.500.000 đồng từ quỹ thủy lợi.
"""
OTHER = PLAN.replace("thôn", "bản").replace("15/02", "20/02")  # another file, the same plan but for a few words
STRANGER = """TRẠM Y TẾ XÃ NÀ MÂY
KẾ HOẠCH
Cân trẻ em đợt hai
I. THỜI GIAN
Cân trẻ từ ngày 02/6 đến ngày 06/6 tại nhà văn hóa bản.
II. NGƯỜI LÀM
Nữ hộ sinh cân và ghi sổ, cộng tác viên dinh dưỡng mời các gia đình.
"""
GOOD: dict[str, Any] = {
    "id": "q1", "plans": ["kenh-muong"], "type": "deadline", "style": "formal", "question": "Các thôn nạo vét kênh nhánh xong trước ngày nào?",
    "answer": "Trước ngày 15/2/2026.", "facts": [["15/2/2026", "15/2"]], "forbid": ["5/3"], "sections": [["kenh-muong", "II.1"]],
}  # fmt: skip
REFUSED = {"id": "q0", "plans": [], "type": "unanswerable", "style": "casual", "question": "Thôn nào chậm thì phạt bao nhiêu?"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    for name, plans in (("plans", {"kenh-muong": PLAN}), ("others", {"kenh-khac": OTHER, "can-tre": STRANGER})):
        (folder / name).mkdir()
        for plan, text in plans.items():
            (folder / name / f"{plan}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plans(folder: Path) -> dict[str, Plan]:
    return read_plans([folder / "plans"])


def write(path: Path, *records: Mapping[str, Any] | str) -> Path:
    path.write_text("\n".join(record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "words", "why"),
    [
        ({}, [], "nothing is wrong"),
        ({"sections": [["kenh-muong", "II.3"]]}, ["no section 'II.3'", "did you mean 'II.2'"], "an address that is not printed"),
        ({"plans": ["kenh-muon"], "sections": [["kenh-muon", "II.1"]]}, ["no plan 'kenh-muon'", "'kenh-muong'"], "a plan that is not there"),
        ({"scope": ["khong-co"]}, ["no plan 'khong-co'"], "a filter on a plan that is not there"),
        ({"bullets": ["II.1/-3"]}, ["no bullet 'II.1/-3'"], "a bullet that is not printed"),
        ({"facts": [["16/2/2026"]], "answer": "16/2/2026."}, ["16/2/2026 is printed in none"], "a fact that the section does not hold"),
        ({"facts": [["ngày 15 tháng 02 năm 2026"]]}, [], "one day however it is written"),
        (
            {"sections": [["kenh-muong", "III"]], "facts": [["12.500"]], "answer": "12.500", "forbid": []},
            ["printed in none"],
            "no number is cut out of a longer one",
        ),
        ({"sections": [["kenh-muong", "II.2"]], "facts": [["05/3/2026"]], "answer": "5/3/2026", "forbid": []}, [], "what stands below the section"),
        ({"sections": [["kenh-muong", "II.2.a"]], "facts": [["Tổ thủy nông"]], "answer": "tổ thủy nông"}, [], "what stands in the heading above"),
        ({"facts": [["15/2/2026"], ["3 việc"]], "answer": "15/2/2026, 3 việc"}, ["3 việc is printed in none"], "a count is printed nowhere"),
        ({"facts": [["15/2/2026"], ["3 việc"]], "answer": "15/2/2026, 3 việc", "derived": ["3 việc"]}, [], "and is marked as concluded"),
        ({"derived": ["3 việc"]}, ["not among its facts"], "a mark on nothing"),
        ({"answer": "Giữa tháng Hai."}, ["its answer lacks the fact 15/2/2026 / 15/2"], "the gold answer would itself be wrong"),
        ({"answer": "Trước 15/2/2026, không phải 5/3."}, ["forbidden '5/3' stands in its own answer"], "the answer says what is forbidden"),
        ({"forbid": ["15/2"], "answer": ""}, ["'15/2' is part of a fact"], "no answer could be right"),
        ({"facts": []}, ["no facts"], "anything would be right"),
        ({"history": [{"role": "user", "content": "Hạn nào?"}]}, ["turns of its history"], "a question without its answer"),
        ({"draft": True}, ["it is a draft"], "a draft is named"),
        ({"draft": True, "sections": [], "facts": [], "answer": ""}, ["it is a draft"], "and may be incomplete"),
    ],
)
def test_one_question(plans: dict[str, Plan], tmp_path: Path, change: dict[str, Any], words: list[str], why: str) -> None:
    problems = list(check(read([write(tmp_path / "gold.jsonl", GOOD | change)]), plans))
    assert len(problems) == bool(words), why
    for word in words:
        assert word in str(problems[0]), why
        assert str(problems[0]).startswith(f"{tmp_path / 'gold.jsonl'}:1: q1: "), why


@pytest.mark.parametrize(
    ("change", "words", "why"),
    [
        ({}, ["q2 asks the same as q1"], "word for word"),
        ({"question": "cac thon nao vet kenh nhanh xong truoc ngay nao"}, ["the same as"], "accents, case and punctuation tell no questions apart"),
        ({"question": "cac thon nao vet kenh nhanh xong truoc ngay nao", "style": "no_diacritics", "twin_of": "q1"}, [], "unless it says that it is a twin"),
        ({"question": "Các thôn nạo vét kênh nhánh xong trước ngày nào ạ vậy"}, ["nearly the same as"], "a word of courtesy"),
        ({"question": "Kênh nhánh thì bao giờ các thôn phải vét xong?"}, [], "a paraphrase is another question"),
        ({"history": [{"role": "user", "content": "Tổ thủy nông?"}, {"role": "assistant", "content": "Thứ Hai."}]}, [], "the same words in another talk"),
        ({"scope": ["kenh-muong"]}, ["nearly the same as"], "a filter alone changes little"),
        ({"id": "q1", "question": "Bao giờ vét xong kênh nhánh?"}, ["the id 'q1' is already taken by"], "an id given twice"),
    ],
)
def test_two_questions(plans: dict[str, Plan], tmp_path: Path, change: dict[str, Any], words: list[str], why: str) -> None:
    problems = list(check(read([write(tmp_path / "gold.jsonl", REFUSED, GOOD, GOOD | {"id": "q2"} | change)]), plans))
    assert [word in str(problem) for word, problem in zip(words, problems, strict=True)] == [True] * len(words), why
    assert all(problem.where == f"{tmp_path / 'gold.jsonl'}:3" for problem in problems), why


def test_every_problem_is_listed_not_the_first_alone(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write(tmp_path / "gold.jsonl", "{", GOOD | {"type": "due", "style": "posh"}, GOOD | {"facts": [["9/9"]]})
    assert main([str(gold), "--plans", str(folder / "plans")]) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0].removeprefix(f"{gold}:") for line in lines] == ["1", "2", "2", "3", "3"]
    assert last == "questions: 3, plans: 1, problems: 5"


@pytest.mark.parametrize("missing", ["gold", "plans"])
def test_what_is_not_there_is_no_clean_set(folder: Path, tmp_path: Path, missing: str) -> None:
    gold = write(tmp_path / "gold.jsonl", GOOD)
    assert main([str(tmp_path / "no" if missing == "gold" else gold), "--plans", str(tmp_path / "no" if missing == "plans" else folder / "plans")]) == 2


def test_a_test_set_shares_neither_questions_nor_plans(folder: Path, plans: dict[str, Plan], tmp_path: Path) -> None:
    others = read_plans([folder / "others"])
    tune = list(read([write(tmp_path / "tune.jsonl", GOOD)]))
    same_plan = {"plans": ["kenh-khac"], "sections": [["kenh-khac", "III"]], "facts": [["12.500.000 đồng"]], "answer": "12.500.000 đồng", "forbid": []}
    fresh = {"plans": ["can-tre"], "sections": [["can-tre", "I"]], "facts": [["02/6"]], "answer": "02/6", "question": "Đợt hai cân trẻ từ ngày mấy?"}
    for record, words, why in (
        (GOOD | same_plan | {"question": "Trích bao nhiêu tiền?"}, ["'kenh-khac' is the plan 'kenh-muong'"], "a plan by its words, not by its name"),
        (GOOD | fresh, [], "another plan, another question"),
        (GOOD | fresh | {"question": GOOD["question"]}, ["the same as q1"], "a question that was tuned on"),
        (GOOD | fresh | {"twin_of": "q1"}, ["another form of q1"], "and its twins"),
    ):
        found = list(leaks(tune, list(read([write(tmp_path / "test.jsonl", record | {"id": "t1"})])), plans, others))
        assert [word in str(problem) for word, problem in zip(words, found, strict=True)] == [True] * len(words), why


EVALS = ROOT / "evals"
SETS = [(EVALS / "gold", ROOT / "ingest" / "plans"), *((folder / "gold", folder / "plans") for folder in sorted((EVALS / "practice").glob("[0-9]")))]


@pytest.mark.parametrize(("gold", "shipped"), SETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_shipped_sets_are_clean(gold: Path, shipped: Path) -> None:
    assert list(map(str, check(read([gold]), read_plans([shipped])))) == []


@pytest.mark.shared
def test_the_set_over_the_real_plans_is_clean() -> None:
    assert list(map(str, check(read([shared_path("gold")]), read_plans([shared_path("plans")])))) == []
