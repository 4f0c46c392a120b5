"""One form of a text: composed, folded, a slug."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xhht_qa.text.normalise import compose, fold, has_diacritics, is_upper, slug, tones_apart

COMPOSED = [
    (unicodedata.normalize("NFD", "Hằng năm"), "Hằng năm", "combining marks become letters"),
    (" Sở\u00a0 Y\t tế \n", "Sở Y tế", "no-break spaces, tabs and line ends are one space"),
    ("a\u2028b", "a b", "a line separator is white space"),
    ("giáo\u00ad dục\u200b\ufeff", "giáo dục", "what nobody sees goes"),
    ("", "", "nothing stays nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), COMPOSED)
def test_compose(text: str, expected: str, why: str) -> None:
    assert compose(text) == expected, why


FOLDED = [
    ("Hằng năm", "hang nam", "diacritics and case go"),
    ("HÀNG NĂM", "hang nam", "hàng and hằng are one"),
    ("văn hóa", "van hoa", "tone on either vowel …"),
    ("văn hoá", "van hoa", "… is one"),
    ("Đường Ủy ỹ ơ Ư", "duong uy y o u", "đ, horns and hooks"),
    (unicodedata.normalize("NFD", "Ủy ban"), "uy ban", "combining marks are folded too"),
    ("İ 15/6 & ß", "i 15/6 & ß", "a letter that lower() would make two stays one"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOLDED)
def test_fold(text: str, expected: str, why: str) -> None:
    assert fold(text) == expected, why


@given(st.text())
def test_offsets_in_a_folded_text_are_those_of_the_composed_one(text: str) -> None:
    composed = compose(text)
    assert len(fold(composed)) == len(composed)


@given(st.text())
def test_folding_and_composing_twice_changes_nothing(text: str) -> None:
    assert compose(compose(text)) == compose(text)
    assert fold(fold(compose(text))) == fold(compose(text))


SLUGS = [
    ("ubnd-thanhtri", "ubnd-thanhtri", "a slug stays"),
    ("Kế hoạch số 172_KH-UBND (bản cuối)", "ke-hoach-so-172-kh-ubnd-ban-cuoi", "accents folded, every run of other characters one dash"),
    ("--Đề án--", "de-an", "no dash at the ends"),
    ("…", "", "no letter or digit, no id"),
]


@pytest.mark.parametrize(("name", "expected", "why"), SLUGS)
def test_slug(name: str, expected: str, why: str) -> None:
    assert slug(name) == expected, why


@pytest.mark.parametrize(("text", "expected"), [("bao cao", False), ("báo cáo", True), ("di", False), ("đi", True), ("BAO CAO 15/6", False)])
def test_has_diacritics(text: str, expected: bool) -> None:
    assert has_diacritics(text) is expected


@pytest.mark.parametrize(("text", "expected"), [("MỤC ĐÍCH, YÊU CẦU", True), ("Mục đích", False), ("15/6", False), ("II", True), ("KẾ HOẠCH số 5", False)])
def test_is_upper(text: str, expected: bool) -> None:
    assert is_upper(text) is expected


def test_endless_accents_on_one_letter_are_cut() -> None:
    started = time.monotonic()
    assert compose("ê" + "\u0323\u0301" * 200_000)[0] == "ệ"
    assert time.monotonic() - started < 1.0, "sorting them all takes minutes"


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("hòa", "hoà", True, "the tone stands on either vowel"),
        ("Hằng", "hàng", True, "two spellings of one word"),
        ("mỹ", "mĩ", True, "one sound"),
        ("mai", "mái", False, "another tone"),
        ("dân", "dẫn", False, "another tone on one letter"),
        ("đàn", "dàn", False, "another letter"),
        ("", "", True, "nothing"),
    ],
)
def test_words_are_told_apart_by_their_tones(one: str, other: str, same: bool, why: str) -> None:
    assert (tones_apart(one) == tones_apart(other)) is same, why
