"""No answer of any eval run says what it does not cite: checked with code of its own, not with the gate's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from invariants import quotes_printed, values_printed
from prerequisites import ROOT, shared_path

from evals.gold import load
from xhht_qa.engine import Engine
from xhht_qa.settings import load_settings


def checked(index: Path, gold: Path) -> int:
    """How many answers were given to the questions of a folder, each of them checked."""
    engine = Engine.open(load_settings(index_dir=index))
    answers = [engine.ask(question.question, question.history, question.scope or ()) for question in load([gold])]
    for answer in answers:
        quotes_printed(engine.plans, answer)
        values_printed(engine.plans, answer)
    return sum(bool(answer.citations) for answer in answers)


def test_every_value_of_every_answer_over_the_sample_plans_is_printed(sample_index: Path) -> None:
    assert checked(sample_index, ROOT / "evals" / "gold") > 200


@pytest.mark.parametrize("group", ["1", "2", "3"])
def test_every_value_of_every_answer_over_the_practice_plans_is_printed(group: str, indexed: Callable[[str, Sequence[Path]], Path]) -> None:
    folder = ROOT / "evals" / "practice" / group
    assert checked(indexed(f"practice-{group}", [folder / "plans"]), folder / "gold") > 40


@pytest.mark.shared
def test_every_value_of_every_answer_over_the_real_plans_is_printed(indexed: Callable[[str, Sequence[Path]], Path]) -> None:
    gold = shared_path("gold")
    assert checked(indexed("real", [shared_path("plans")]), gold) > 90


SPOILT = [
    ("01/12/2025", "02/12/2025", "another date"),
    ("gửi", "gửi “bản đỏ”", "a quotation that is printed nowhere"),
    ("gửi", "gửi Sở Y tế", "an agency that is named elsewhere"),
]


@pytest.mark.parametrize(("printed", "said", "why"), SPOILT)
def test_the_check_sees_what_is_not_printed(printed: str, said: str, why: str, sample_index: Path) -> None:
    engine = Engine.open(load_settings(index_dir=sample_index))
    answer = engine.ask("UBND cấp xã ở tỉnh Lam Khê gửi báo cáo năm trước ngày nào?")
    values_printed(engine.plans, answer)
    assert printed in answer.answer, why
    with pytest.raises(AssertionError):
        values_printed(engine.plans, replace(answer, answer=answer.answer.replace(printed, said)))
