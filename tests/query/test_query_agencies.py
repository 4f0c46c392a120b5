"""What people call agencies, over the sample plans: short names in small letters, initials, the beginning of a long name."""

from __future__ import annotations

from pathlib import Path

import pytest

from xhht_qa.index import open_index
from xhht_qa.query import Understander
from xhht_qa.query.agencies import Agencies

PROVINCE, DISTRICT, POVERTY = "ubnd-tinh-lamkhe-cds", "ubnd-huyen-suoimay-cds", "ubnd-huyen-khemoc-giamngheo"


@pytest.fixture(scope="module")
def agencies(sample_index: Path) -> Agencies:
    return Agencies(open_index(sample_index).lexicon().bodies)


@pytest.mark.parametrize(
    ("question", "plans", "expected", "why"),
    [
        ("phòng văn hoá làm gì", [DISTRICT], {"khoa", "học", "và", "thông", "tin", "vhkhtt"}, "the beginning of a name, and its short form in print"),
        ("sở khoa học làm gì", [PROVINCE], {"và", "công", "nghệ", "khcn"}, "the beginning of a name, and its short form in print"),
        ("Sở KHCN làm gì", [PROVINCE], {"khoa", "học", "và", "công", "nghệ"}, "the short form, and the name in full"),
        ("phòng giáo dục làm gì", [DISTRICT], {"và", "đào", "tạo"}, "a name of the plan in scope"),
        ("phòng dân tộc làm gì", [POVERTY], {"và", "tôn", "giáo"}, "the typed words are not repeated"),
        ("phòng văn hoá làm gì", [POVERTY], set(), "that plan prints no such agency"),
        ("số cộng đồng là mấy", [], set(), "“số” is no “sở”"),
        ("trung tâm nào làm", [], set(), "what opens many names is no name"),
        ("phòng ban nào làm", [], set(), "no name"),
    ],
)
def test_the_words_that_a_short_name_leaves_out(agencies: Agencies, question: str, plans: list[str], expected: set[str], why: str) -> None:
    assert set(agencies.other_words(question, plans)) == expected, why


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("SKHCN làm gì", "Sở Khoa học và Công nghệ làm gì", "initials of a whole name, “và” left out"),
        ("snv làm gì", "Sở Nội vụ làm gì", "in small letters"),
        ("Sở KHCN làm gì", "Sở Khoa học và Công nghệ làm gì", "behind the word that opens the name"),
        ("nhiệm vụ của sở khcn", "nhiệm vụ của Sở Khoa học và Công nghệ", "whatever stands before it"),
        ("giao S.KHCN, sở khcn", "giao Sở Khoa học và Công nghệ, Sở Khoa học và Công nghệ", "behind the initial of that word, and twice"),
        ("phòng khcn làm gì", "phòng khcn làm gì", "no such agency of that kind"),
        ("QZX làm gì", "QZX làm gì", "initials of nothing"),
        ("sao làm thế", "sao làm thế", "a syllable is no initials"),
    ],
)
def test_initials_of_agencies_are_spelt_out(agencies: Agencies, typed: str, expected: str, why: str) -> None:
    assert agencies.spelt_out(typed) == expected, why


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("sở y tế gửi ai", "Sở Y tế gửi ai", "as printed"),
        ("phòng văn hoá làm gì", "Phòng Văn hoá làm gì", "the beginning of a name; the tone stays where it was put"),
        ("công nghệ số cộng đồng", "công nghệ số cộng đồng", "no agency"),
    ],
)
def test_agencies_get_the_capitals_of_print(agencies: Agencies, typed: str, expected: str, why: str) -> None:
    assert agencies.capitalised(typed) == expected, why


def test_an_agency_by_the_beginning_of_its_name_is_searched_with_its_other_words(understander: Understander) -> None:
    query = understander.understand("phong van hoa suoi may lam gi")
    assert "Phòng Văn hoá" in query.text or "Phòng Văn hóa" in query.text, "what was typed stays"
    assert "vhkhtt" in query.synonyms.split()
