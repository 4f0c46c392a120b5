"""What is proposed to a person who writes questions, and feedback as drafts that never pass for finished gold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.drafts import drafts, main
from evals.gold import GoldError, load
from evals.proposals import neighbouring_values, style_of, type_of, values
from xhht_qa.feedback import Feedback, append, feedback_on
from xhht_qa.types import Answer, Citation, Metadata, Paragraph, Plan, Section, Turn


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("1. Nộp trước ngày 15/6/2025 hoặc trong tháng 7.", ["15/6/2025", "tháng 7"], "dates, and not the number of the heading"),
        ("a) Tuyển 02 thành viên, mở 05 lớp và 12 trạm.", ["02 thành viên", "05 lớp", "12 trạm"], "a unit is a word"),
        ("Chi 12.500.000 đồng, đạt 85% trong 05 ngày làm việc", ["12.500.000 đồng", "85%", "05 ngày làm việc"], "money, shares, periods"),
        ("Từ năm 2025 đến 2030 theo số 45/KH", [], "years and numbers of documents are no amounts"),
        ("Chi 3,5 tỷ đồng; 3,5 tỷ đồng nữa", ["3,5 tỷ đồng"], "each once"),
        ("Gửi Sở Khoa học và Công nghệ tổng hợp, báo cáo UBND tỉnh.", ["Sở Khoa học và Công nghệ", "UBND tỉnh"], "an agency without what it does"),
        ("1 | Lắp loa | Phòng Văn hóa | Tháng 7/2025", ["Tháng 7/2025", "Phòng Văn hóa"], "cells of a table apart"),
    ],
)
def test_values(text: str, expected: list[str], why: str) -> None:
    assert values(text) == expected, why


@pytest.mark.parametrize(
    ("question", "kind", "style"),
    [
        ("Các xã nộp báo cáo trước ngày nào?", "deadline", "formal"),
        ("xã gửi báo cáo cho ai vậy", "reports_to", "casual"),
        ("cac xa nop bao cao truoc ngay nao", "deadline", "no_diacritics"),
        ("Xã nộp BC trước ngày nào?", "deadline", "abbrev"),
        ("UBND xã nộp báo cáo trước ngày nào?", "deadline", "formal"),
        ("Ai ký kế hoạch?", "metadata", "formal"),
        ("Xã nộp trước 15/6 phải không?", "false_premise", "formal"),
        ("Kể tên các trạm bơm", "content", "casual"),
    ],
)
def test_type_and_style(question: str, kind: str, style: str) -> None:
    assert (type_of(question), style_of(question)) == (kind, style)


def test_what_a_near_miss_would_say_is_offered() -> None:
    sections = [
        Section(address, "II", "", "", False, (), (Paragraph(text, "", line, line),), line, line)
        for line, (address, text) in enumerate((("II.1", "Xã nộp trước 01/6, họp 03/6."), ("II.2", "Huyện nộp trước 10/6."), ("II.3", "Sở nộp trước 10/6.")))
    ]
    sections.append(Section("III.1", "III", "", "", False, (), (Paragraph("Chi 5 triệu đồng.", "", 9, 9),), 9, 9))
    plan = Plan("a", "A", "", "", Metadata(), tuple(sections))
    assert neighbouring_values(plan, ["II.1"], "Trước ngày 1/6.") == ["03/6", "10/6"], "beside it and in it, not elsewhere, and not the answer"


CITED = (Citation(1, "a", "A", "II.1", None, "", (), "Xã nộp trước 15/6.", 1, 1), Citation(2, "a", "A", "II.1", "/-1", "", (), "x", 1, 1))
GIVEN = Answer("id1", "còn xã?", "Xã nộp báo cáo trước ngày nào?", "answered", "Trước 15/6, gửi Phòng Văn hóa [1]", CITED)
REFUSED = replace(GIVEN, id="id2", status="not_found", answer="Kế hoạch không nêu.", citations=CITED[:1])
HISTORY = (Turn("user", "Huyện nộp báo cáo khi nào?"), Turn("assistant", "Trước 20/6"))


def judged(answer: Answer, verdict: str, corrected: str = "", comment: str = "") -> Feedback:
    return feedback_on(answer, HISTORY, verdict, "v1", comment=comment, corrected=corrected)  # type: ignore[arg-type]


def test_a_right_answer_gives_its_sections_and_facts() -> None:
    (draft,) = drafts([judged(GIVEN, "up")])
    assert (draft.id, draft.type, draft.style, draft.plans, draft.sections) == ("fb-id1", "deadline", "casual", ("a",), (("a", "II.1"),))
    assert (draft.answer, draft.facts, draft.forbid) == ("Trước 15/6, gửi Phòng Văn hóa", (("15/6",), ("Phòng Văn hóa",)), ())
    assert (draft.history, draft.draft) == (HISTORY, True)


def test_a_wrong_answer_gives_what_is_right_and_what_must_not_be_said() -> None:
    (draft,) = drafts([judged(GIVEN, "down", "Trước ngày 12 tháng 6, gửi Phòng Văn hóa.", "nhầm huyện")])
    assert (draft.sections, draft.plans) == ((), ()), "its citations are not to be trusted"
    assert (draft.facts, draft.forbid) == ((("ngày 12 tháng 6",), ("Phòng Văn hóa",)), ("15/6",))
    assert "nhầm huyện" in draft.note
    assert "Trước 15/6" in draft.note


def test_a_refusal_that_was_right_is_unanswerable() -> None:
    (draft,) = drafts([judged(REFUSED, "up")])
    assert (draft.type, draft.sections, draft.facts) == ("unanswerable", (), ())


def test_the_last_word_on_an_answer_counts() -> None:
    assert drafts([judged(GIVEN, "up"), judged(GIVEN, "withdrawn")]) == []
    assert [draft.answer for draft in drafts([judged(GIVEN, "up"), judged(GIVEN, "down", "Trước 12/6.")])] == ["Trước 12/6."]
    unnamed = replace(GIVEN, id="")
    assert len(drafts([judged(unnamed, "up"), judged(replace(unnamed, question="Khác?"), "up")])) == 2, "a record without an id is its question's"


def test_drafts_are_added_never_mixed_and_never_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, out, gold = tmp_path / "feedback.jsonl", tmp_path / "drafts.jsonl", tmp_path / "gold.jsonl"
    append(kept, judged(GIVEN, "up"))
    assert main([str(kept), "--out", str(out)]) == 0
    with pytest.raises(GoldError, match="is a draft"):
        load([out])
    edited = json.loads(out.read_text(encoding="utf-8")) | {"answer": "Trước ngày 15/6."}
    out.write_text(json.dumps(edited), encoding="utf-8")
    append(kept, judged(REFUSED, "up"))
    assert main([str(kept), "--out", str(out)]) == 0
    assert "1 new drafts" in capsys.readouterr().out.splitlines()[-1]
    assert [json.loads(line)["answer"] for line in out.read_text(encoding="utf-8").splitlines()] == ["Trước ngày 15/6.", "Kế hoạch không nêu."]
    finished = edited | {"draft": False}
    out.write_text(json.dumps(finished), encoding="utf-8")
    assert main([str(kept), "--out", str(out)]) == 2
    assert "is finished; move it" in capsys.readouterr().err
    out.unlink()
    gold.write_text(json.dumps(finished), encoding="utf-8")
    assert main([str(kept), "--out", str(out), "--gold", str(gold)]) == 0
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["fb-id2"], "what is finished is no draft again"
    assert main([str(tmp_path / "nowhere"), "--out", str(out)]) == 2
