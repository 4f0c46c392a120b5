"""Places inside a plan that a question names, against the sections that plans have."""

from __future__ import annotations

import time

import pytest

from xhht_qa.query.positions import addresses_named, levels_spelt, ordinal_named
from xhht_qa.types import Metadata, Paragraph, Plan, Section


def plan(name: str, *addresses: str) -> Plan:
    sections = tuple(
        Section(address, None, address, address, True, (address,), (Paragraph(address, "", line, line),), line, line)
        for line, address in enumerate(addresses, 1)
    )
    return Plan(name, name, "", "", Metadata(), sections)


PLANS = [
    plan("parts", "mo-dau", "I", "I.a", "III", "III.1", "III.1.b", "III.2", "III.2.1", "III.2.1.a", "III.2.b", "III.2.đ", "III(2)", "III(2).2", "ket-thuc", "phu-luc", "phu-luc-2"),
    plan("articles", "C-I", "Đ3", "Đ5", "Đ5.2", "Đ5.2.a", "Đ5.2.a1", "P1", "P1.I", "P2", "P2.I", "P2.I.3"),
    plan("letters", "A", "A.II", "A.II.2", "B", "B.II", "B.II.2"),
]  # fmt: skip


def addresses() -> list[str]:
    return [section.address for one in PLANS for section in one.sections]


NAMED = [
    ("điểm b mục 2 phần III nói gì", ("III.2.b",), "from the bottom up"),
    ("muc iii.2.b noi gi", ("III.2.b",), "a whole number in small letters"),
    ("chuyên mục vi phạm", (), "a word that looks like a number"),
    ("điểm đ mục 2 phần III", ("III.2.đ",), "đ is a letter of its own"),
    ("Điểm a khoản 2 Điều 5", ("Đ5.2.a",), "an article, its clause, its point"),
    ("khoản 2 Điều 5 quy định gì", ("Đ5.2",), "not its points"),
    ("Điều 3 là gì", ("Đ3",), "articles are addressed by themselves"),
    ("diem b muc 2 phan III", ("III.2.b",), "without accents"),
    ("mục III.2.1.a có gì", ("III.2.1.a",), "the address itself"),
    ("III.2.1 nêu gì", ("III.2.1",), "the address without a word before it"),
    ("khoản 2.1 mục 2 phần III", ("III.2.1",), "a printed decimal repeats its parent"),
    ("điểm a phần I", ("I.a",), "a level that the plan skips"),
    ("phần III nói gì", ("III", "III(2)"), "a number printed twice stands for both"),
    ("chương I", ("C-I",), "a chapter"),
    ("chuong 1 noi gi", ("C-I",), "its Roman number in figures"),
    ("phần thứ nhất nói gì", ("P1",), "a part counted in words"),
    ("mục I phần thứ hai", ("P2.I",), "an item of it"),
    ("phụ lục có gì", ("phu-luc",), "the only or first appendix"),
    ("phụ lục 2 có gì", ("phu-luc-2",), "the second"),
    ("phần mở đầu nêu gì", ("mo-dau",), "the opening has no number"),
    ("phần kết thúc nói gì", ("ket-thuc",), "nor has the end"),
    ("mục 9 phần IX", (), "no such section"),
    ("báo cáo năm gửi khi nào", (), "no place is named"),
    ("hạn là ngày 15/6", (), "a date is no address"),
    ("mỗi đơn vị mua 2 máy", (), "a number is no address"),
    ("phần III mục 2 điểm b", ("III.2.b",), "from the top down"),
    ("Điều 5 khoản 2", ("Đ5.2",), "from the top down"),
    ("điểm b mục 2 phần 3", ("III.2.b",), "a Roman number in figures"),
    ("khoản 3 mục I phần 2", ("P2.I.3",), "a part whose number is printed in words"),
    ("phan iii muc 2", ("III.2", "III(2).2"), "a Roman number in small letters"),
    ("mục B.II.2 nói gì", ("B.II.2",), "parts by letter; not another part's II.2"),
    ("phần b mục II khoản 2", ("B.II.2",), "the letter of a part typed small"),
    ("điểm a1 khoản 2 Điều 5", ("Đ5.2.a1",), "a point that was put in later"),
    ("điểm b, điểm đ mục 2 phần III", ("III.2.b", "III.2.đ"), "two points of one item"),
    ("mục 1 phần III với mục I phần thứ hai", ("III.1", "P2.I"), "two places, not four"),
    ("phần thứ nhất, phần thứ hai", ("P1", "P2"), "two parts, and not an item of one"),
    ("phụ lục số 02", ("phu-luc-2",), "a number with a nought"),
    ("phụ lục II có gì", ("phu-luc-2",), "a Roman number"),
    ("mục 2 có gì", (), "may be any part's"),
]


@pytest.mark.parametrize(("question", "expected", "why"), NAMED)
def test_addresses_are_read(question: str, expected: tuple[str, ...], why: str) -> None:
    assert addresses_named(question, addresses) == expected, why


@pytest.mark.parametrize(
    ("typed", "expected", "why"),
    [
        ("diem b khoan 2 dieu 5", "điểm b khoản 2 điều 5", "no “mức”, no “điệu”"),
        ("Muc II phan a", "Mục II phần a", "a capital stays"),
        ("phan thu hai", "phần thu hai", "a number in words"),
        ("muc 60 trieu dong", "muc 60 trieu dong", "a sum of money: “mức”"),
        ("muc chi bao nhieu", "muc chi bao nhieu", "no number behind it"),
    ],
)
def test_places_typed_bare_get_their_accents(typed: str, expected: str, why: str) -> None:
    assert levels_spelt(typed) == expected, why


@pytest.mark.parametrize(
    ("question", "expected", "why"),
    [
        ("giải pháp thứ ba là gì", ("giai phap", 3), "spelt out"),
        ("giải pháp thứ 3", ("giai phap", 3), "in figures"),
        ("chỉ tiêu thu năm 2025", None, "“thu” is no “thứ”"),
        ("nội dung thu từ đất", None, "“thu từ” is no “thứ tư”"),
        ("giai đoạn đầu tư kéo dài bao lâu", None, "investment, not the first phase"),
        ("giải pháp số 2", ("giai phap", 2), "by number"),
        ("giải pháp 5", ("giai phap", 5), "a figure alone"),
        ("nhiệm vụ cuối cùng", ("nhiem vu", -1), "the last"),
        ("Yêu cầu đầu tiên là gì?", ("yeu cau", 1), "the first"),
        ("giai đoạn hai làm gì", ("giai doan", 2), "a phase needs no “thứ”"),
        ("mục tiêu năm 2025", None, "“năm” is a year, not five"),
        ("mục đích năm nay", None, "“năm” is a year, not five"),
        ("giai đoạn 2025 - 2030", None, "a span of years is no ordinal"),
        ("nêu các giải pháp", None, "all of them"),
    ],
)  # fmt: skip
def test_ordinals_are_read(question: str, expected: tuple[str, int] | None, why: str) -> None:
    assert ordinal_named(question) == expected, why


def test_a_question_of_nothing_but_places_names_no_endless_number_of_them() -> None:
    question = " ".join(f"điểm {letter} mục {number} phần {number} chương {number}" for letter in "abcdeghiklm" for number in range(40)) + " điều 5"
    started = time.monotonic()
    addresses_named(question, addresses)
    assert time.monotonic() - started < 2.0, "their combinations are millions"
