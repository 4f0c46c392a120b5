"""Gold files: what loads, and the one sentence for each that does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.gold import GoldError, load
from ingest.sandbox import parse_all
from xhht_qa.types import Plan, Turn

GOOD: dict[str, Any] = {
    "id": "q1", "plans": ["a"], "scope": None, "type": "deadline", "style": "formal",
    "history": [{"role": "user", "content": "Nộp ở đâu?"}, {"role": "assistant", "content": "Ở văn thư."}],
    "question": "Còn hạn nộp?", "answer": "Trước 1/12.", "facts": [["1/12", "01 tháng 12"]], "forbid": ["1/6"],
    "sections": [["a", "II.1"]], "bullets": ["II.1/-2"], "need_all": False,
}  # fmt: skip
REFUSED = {"id": "q2", "plans": [], "type": "unanswerable", "style": "casual", "question": "Ai ký?"}


def write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(record if isinstance(record, str) else json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_a_whole_question_and_a_short_one(tmp_path: Path) -> None:
    first, second = load([write(tmp_path / "a.jsonl", GOOD, "", REFUSED)])
    assert first.history == (Turn("user", "Nộp ở đâu?"), Turn("assistant", "Ở văn thư."))
    assert first.facts == (("1/12", "01 tháng 12"),)
    assert first.sections == (("a", "II.1"),)
    assert (second.scope, second.history, second.facts, second.need_all) == (None, (), (), False)


def test_a_folder_gives_its_own_jsonl_in_order_and_nothing_deeper(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", GOOD | {"id": "b"})
    write(tmp_path / "a.jsonl", GOOD | {"id": "a"})
    write(tmp_path / "notes.json", "{}")
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "deeper" / "c.jsonl", GOOD | {"id": "c"})
    assert [question.id for question in load([tmp_path])] == ["a", "b"]
    assert [question.id for question in load([tmp_path / "deeper", tmp_path / "b.jsonl"])] == ["c", "b"]


BAD = [
    ("{not json", ":1: ", "Invalid JSON", "no JSON"),
    ("[]", ":1: ", "object", "no object"),
    ({key: value for key, value in GOOD.items() if key != "question"}, "question", "required", "a field is missing"),
    (GOOD | {"fact": []}, "fact", "not permitted", "a misspelt field"),
    (GOOD | {"type": "unanswerable "}, "type", "deadline", "a misspelt type"),
    (GOOD | {"style": "posh"}, "style", "formal", "an unknown style"),
    (GOOD | {"facts": ["1/12"]}, "facts.0", "array", "alternatives not in a list"),
    (GOOD | {"facts": [[]]}, "facts.0", "at least 1", "a fact without alternatives"),
    (GOOD | {"facts": [[""]]}, "facts.0.0", "at least 1", "an empty alternative is in every answer"),
    (GOOD | {"sections": [["a"]]}, "sections.0.1", "required", "a section without its address"),
    (GOOD | {"sections": []}, ":1: ", "at least one section", "nothing to cite"),
    (GOOD | {"sections": [["b", "I"]]}, ":1: ", "'b'", "a section of a plan that is not listed"),
    (GOOD | {"history": [{"role": "system", "content": ""}]}, "history.0.role", "user", "an unknown role"),
    (REFUSED | {"sections": [["a", "I"]], "plans": ["a"]}, ":1: ", "neither", "unanswerable, yet with a section"),
    (GOOD | {"need_all": "yes"}, "need_all", "boolean", "words for a truth value"),
]


@pytest.mark.parametrize(("record", "place", "reason", "why"), BAD)
def test_a_bad_line_is_named(tmp_path: Path, record: object, place: str, reason: str, why: str) -> None:
    path = write(tmp_path / "bad.jsonl", record)
    with pytest.raises(GoldError) as caught:
        load([path])
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}:1: "), why
    assert place in sentence, why
    assert reason in sentence, why
    assert "\n" not in sentence, why


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a.jsonl", GOOD), write(tmp_path / "b.jsonl", REFUSED, GOOD)
    with pytest.raises(GoldError, match="'q1'") as caught:
        load([tmp_path])
    assert f"{other}:2" in str(caught.value)
    assert f"{one}:1" in str(caught.value)


def test_missing_empty_and_unreadable_paths_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "legacy.jsonl").write_bytes("Kế hoạch".encode("utf-16"))
    for path in (tmp_path / "nowhere", tmp_path / "empty", tmp_path / "legacy.jsonl"):
        with pytest.raises(GoldError, match=str(path)):
            load([path])


EVALS = Path(__file__).parents[2] / "evals"
SETS = [(EVALS / "gold", EVALS.parent / "ingest" / "plans"), *((folder / "gold", folder / "plans") for folder in (*sorted((EVALS / "practice").glob("[0-9]")), EVALS / "heldout"))]  # fmt: skip


@pytest.mark.parametrize(("gold", "plans"), SETS, ids=lambda path: str(path.relative_to(EVALS.parent)))
def test_every_gold_section_and_scope_stands_in_the_plans_beside_it(gold: Path, plans: Path) -> None:
    """Only ids are named: nobody reads what is held out, not even where it fails."""
    parsed = {plan.id: plan for _, plan in parse_all([plans]) if isinstance(plan, Plan)}
    addresses = {(plan.id, section.address) for plan in parsed.values() for section in plan.sections}
    questions = load([gold])
    assert [question.id for question in questions if not set(question.sections) <= addresses] == []
    assert [question.id for question in questions if not {*question.plans, *(question.scope or ())} <= parsed.keys()] == []
    assert len({question.question for question in questions if not question.history}) == sum(not question.history for question in questions), "one asked twice"
