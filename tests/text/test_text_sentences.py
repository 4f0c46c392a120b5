"""Sentences and clauses as exact substrings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xhht_qa.text.normalise import compose
from xhht_qa.text.sentences import clauses, sentences

SENTENCES = [
    ("Họp ngày 15/3. Báo cáo tháng 6.", ["Họp ngày 15/3.", "Báo cáo tháng 6."], "a figure may end a sentence"),
    ("Gửi UBND huyện. thành phố tổng hợp.", ["Gửi UBND huyện. thành phố tổng hợp."], "a stray stop before a small letter"),
    ("Do Q. Chủ tịch ký.", ["Do Q. Chủ tịch ký."], "one letter and a stop is an abbreviation"),
    ("Ra khẩu hiệu “Học đi!” Treo ở cổng.", ["Ra khẩu hiệu “Học đi!”", "Treo ở cổng."], "the closing mark stays with its sentence"),
    ("Kinh phí 1.500 triệu đồng.", ["Kinh phí 1.500 triệu đồng."], "a stop inside a figure"),
    ("Xong chưa? Chưa… Đợi!", ["Xong chưa?", "Chưa…", "Đợi!"], "every sign that ends a sentence"),
    ("Nêu rõ. “Ai làm” được ghi sổ.", ["Nêu rõ.", "“Ai làm” được ghi sổ."], "a sentence may open with a quotation"),
    (" | Đọc. Viết | ", [" | Đọc.", "Viết | "], "the empty cells at the ends of a table row stay"),
    ("", [], "nothing to split"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SENTENCES)
def test_sentences(text: str, expected: list[str], why: str) -> None:
    assert sentences(text) == expected, why


CLAUSES = [
    ("Lập danh sách; gửi hồ sơ; lưu sổ.", ["Lập danh sách;", "gửi hồ sơ;", "lưu sổ."], "each semicolon ends one"),
    ("Một câu, hai vế.", ["Một câu, hai vế."], "a comma does not"),
    ("a;b", ["a;b"], "a semicolon without a space is a slip or a code"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CLAUSES)
def test_clauses(text: str, expected: list[str], why: str) -> None:
    assert clauses(text) == expected, why


@given(st.lists(st.sampled_from(["Học", "tập", "suốt", "Đời", "1.500", ".", ";", "!", "”", "“", "…", "Q."]), max_size=25).map(" ".join) | st.text())
def test_joined_again_the_pieces_are_the_text(text: str) -> None:
    text = compose(text)
    for split in (sentences, clauses):
        assert " ".join(split(text)) == text
