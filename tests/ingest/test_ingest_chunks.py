"""Plan → chunks: budget, bullets, contexts, ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from invariants import budget_kept, chunks_within_sections, text_rebuilt_from_chunks
from prerequisites import ROOT, shared_path

from ingest.chunks import TOKEN_BUDGET, chunk
from ingest.parse import parse
from ingest.read import read, read_text
from xhht_qa.text.model_tokens import count_tokens
from xhht_qa.types import Chunk

SENTENCE = "Thư viện xã mở cửa ba buổi tối mỗi tuần, người trông điểm đọc ghi sổ mượn và nộp bản sao."
CLAUSE = "mỗi thôn chọn một nhà văn hóa làm điểm đọc có bàn, ghế, đèn và người trông nom;"


def chunks_of(text: str) -> list[Chunk]:
    return chunk(parse(read_text("p.txt", text)))


def sample_paths() -> list[Path]:
    return sorted(path for path in (ROOT / "ingest" / "plans").iterdir() if path.stem != "README")


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_what_holds_for_the_chunks_of_every_sample_plan(path: Path) -> None:
    plan = parse(read(path))
    chunks = chunk(plan)
    text_rebuilt_from_chunks(plan, chunks)
    chunks_within_sections(plan, chunks)
    budget_kept(chunks)
    assert {chunk_.section for chunk_ in chunks} == {section.address for section in plan.sections}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["bandantoc-bacgiang", "sotuphap-hatinh", "thanhtra-dongnai", "ubnd-dongnai", "ubnd-thanhtri"])
def test_what_holds_for_the_chunks_of_every_real_plan(name: str) -> None:
    plan = parse(read(shared_path("plans", f"{name}.txt")))
    chunks = chunk(plan)
    text_rebuilt_from_chunks(plan, chunks)
    chunks_within_sections(plan, chunks)
    budget_kept(chunks)


def test_a_short_section_is_one_chunk_below_its_headings() -> None:
    (part, point) = chunks_of("I. MỤC ĐÍCH\n1. Yêu cầu\na) Mở lớp buổi tối cho người đi làm xa ở mọi xã và mọi thôn.")[1:]
    assert (part.id, part.context, part.text) == ("p#I.1", "I. MỤC ĐÍCH > 1. Yêu cầu", "1. Yêu cầu")
    assert (point.id, point.context) == ("p#I.1.a", "I. MỤC ĐÍCH > 1. Yêu cầu"), "opening words are no heading"
    assert point.embedded_text == f"{point.context}\n{point.text}"


def test_head_and_tail_are_found_by_the_words_for_them() -> None:
    head, *_, tail = chunks_of("KẾ HOẠCH\nHọc tập\nI. A\n1. Mở lớp.\nNơi nhận:\n- Lưu: VT.")
    assert "trích yếu" in head.context
    assert "người ký" in tail.context


LONG = [
    (" ".join([SENTENCE] * 40), "sentences"),
    (" ".join([CLAUSE] * 39) + " hết.", "clauses of one sentence"),
    ("\n".join(f"- {SENTENCE}" for _ in range(40)), "bullets"),
    (f"{SENTENCE}\n" + "\n".join(f"{SENTENCE} {SENTENCE}" for _ in range(15)), "paragraphs"),
]


@pytest.mark.parametrize(("body", "why"), LONG, ids=[why for _, why in LONG])
def test_a_long_section_is_split_where_the_language_allows(body: str, why: str) -> None:
    plan = parse(read_text("p.txt", f"I. CHUNG\n1. {body}"))
    chunks = chunk(plan)
    parts = [part for part in chunks if part.section == "I.1" and not part.bullet]
    assert len(parts) > 3
    assert [part.id for part in parts] == ["p#I.1", *(f"p#I.1~{number}" for number in range(2, len(parts) + 1))]
    assert max(count_tokens(part.text) for part in parts) <= TOKEN_BUDGET
    assert min(count_tokens(part.text) for part in parts[:-1]) > TOKEN_BUDGET / 2, "parts are filled"
    text_rebuilt_from_chunks(plan, chunks)
    chunks_within_sections(plan, chunks)


def test_a_clause_without_any_stop_is_split_between_words() -> None:
    plan = parse(read_text("p.txt", "I. CHUNG\n1. " + "học " * 600 + "xong.\n- " + "đọc " * 600 + "xong.\n- Hết."))
    chunks = chunk(plan)
    assert all(count_tokens(chunk_.text) <= TOKEN_BUDGET for chunk_ in chunks)
    assert chunks[1].id == "p#I.1"
    assert chunks[2].continues
    text_rebuilt_from_chunks(plan, chunks)


def test_bullets_have_chunks_of_their_own_when_they_are_several() -> None:
    chunks = chunks_of("I. A\n1. Một\n- Gạch duy nhất.\n2. Hai\n- Giao Văn phòng Sở:\n+ Mua sách;\n+ Mua kệ.\n- Giao phòng ban.")
    assert [c.id for c in chunks] == ["p#I", "p#I.1", "p#I.2", "p#I.2/-1", "p#I.2/-1/+1", "p#I.2/-1/+2", "p#I.2/-2"], (
        "a lone bullet says the same as its section"
    )
    plus = chunks[4]
    assert plus.context == "I. A > 2. Hai > - Giao Văn phòng Sở:", "a plus is read below the dash that it stands under"
    assert (plus.text, plus.first_line, plus.last_line) == ("+ Mua sách;", 6, 6)


def test_a_table_row_is_read_below_its_columns() -> None:
    rows = [c for c in chunks_of("I. A\n1. B\nPHỤ LỤC\n| Việc | Hạn |\n|---|---|\n| Đọc | 15/6 |\n| Gộp |\n") if c.bullet]
    assert [(row.id, row.context, row.text) for row in rows] == [("p#phu-luc/r1", "PHỤ LỤC > Việc; Hạn", "Đọc | 15/6"), ("p#phu-luc/r2", "PHỤ LỤC", "Gộp")]
    assert rows[0].section == "phu-luc"


def test_a_row_is_read_below_the_row_that_heads_its_group() -> None:
    table = "| TT | Việc | Hạn |\n|---|---|---|\n| I | Thể chế | |\n| 1 | Soạn | 15/6 |\n| Hạ tầng |\n| 2 | Kéo mạng | 30/6 |\n"
    rows = {c.bullet: c.context for c in chunks_of(f"I. A\n1. B\n{table}") if c.bullet}
    assert rows["/r2"] == "I. A > 1. B > TT; Việc; Hạn > I Thể chế"
    assert rows["/r4"] == "I. A > 1. B > TT; Việc; Hạn > Hạ tầng"


def test_tokens_are_counted_without_a_download() -> None:
    assert count_tokens("Sở Y tế") == count_tokens("Sở Y tế<|endoftext|>") - count_tokens("<|endoftext|>") > 0, "markup of the tokeniser in a plan is text"
