"""Printed numbers → addresses, ranges, bullets, titles."""

from __future__ import annotations

import pytest

from ingest.outline import parse_outline
from xhht_qa.types import Line, Section


def outline(text: str) -> tuple[Section, ...]:
    """The sections of a text with one paragraph a line; "|" parts the cells of a table row."""
    lines = [
        Line(number, line.strip(), tuple(cell.strip() for cell in line.split("|")) if "|" in line else ())
        for number, line in enumerate(text.strip("\n").split("\n"), start=1)
        if line.strip()
    ]
    return parse_outline(lines)[0]


def items(text: str) -> str:
    """ "I./1./a)" → a line each, with a word behind it."""
    return "\n".join(f"{item} Việc" for item in text.split())


ADDRESSES = [
    ("I. 1. 2. II. 1.", "I I.1 I.2 II II.1", "parts and numbers"),
    ("I. 1. a) b) 2. a)", "I I.1 I.1.a I.1.b I.2 I.2.a", "points begin anew under each number"),
    ("I. 1. a) b) c) d) đ) e) g) h) i) k)", "I I.1 I.1.a I.1.b I.1.c I.1.d I.1.đ I.1.e I.1.g I.1.h I.1.i I.1.k", "the order of points: đ after d, no f, no j"),
    ("I. 1. 1.1. 1.2. 2. 2.1 2.2", "I I.1 I.1.1 I.1.2 I.2 I.2.1 I.2.2", "a decimal does not repeat its parent; with and without a dot"),
    ("I. 1. 1.1. 1.1.1. 1.1.2. 1.2.", "I I.1 I.1.1 I.1.1.1 I.1.1.2 I.1.2", "three figures"),
    ("I. 1. 1.1. a) b) 1.2. a)", "I I.1 I.1.1 I.1.1.a I.1.1.b I.1.2 I.1.2.a", "points under decimals"),
    ("I. a) b) II. a)", "I I.a I.b II II.a", "a letter directly under a part"),
    ("III. 3.1. 3.2.", "III III.3.1 III.3.2", "a decimal whose number is not printed keeps both figures"),
    ("I. 2. 2.1. 2.2.", "I I.2 I.2.1 I.2.2", "a list need not begin at 1"),
    ("A. I. 1. a) II. B. I. 1.", "A A.I A.I.1 A.I.1.a A.II B B.I B.I.1", "capitals above Roman figures"),
    ("A. I. B. C. D. I.", "A A.I B C D D.I", "C. and D. go on after B., they are no Roman figures"),
    ("XCIX. C. CI.", "XCIX C CI", "but C. goes on after XCIX. as a Roman hundred"),
    ("I. 1) 2) II. (1) (2)", "I I.1 I.2 II II.1 II.2", "brackets"),
    ("I. 1. a) 1) 2) b) 2.", "I I.1 I.1.a I.1.a.1 I.1.a.2 I.1.b I.2", "figures in brackets below a point"),
    ("I. 1. a) 1. 2. b) 2.", "I I.1 I.1.a I.1.a.1 I.1.a.2 I.1.b I.2", "a list below a point, when the next point follows on it"),
    ("I. 1. a) b) 1. 2.", "I I.1 I.1.a I.1.b I.1(2) I.2", "a number printed again, when none does"),
    ("I. 1. a) i) ii) iii) b)", "I I.1 I.1.a I.1.a.i I.1.a.ii I.1.a.iii I.1.b", "small Roman figures below a point"),
    ("I. 1. a. b. c. 2.", "I I.1 I.1.a I.1.b I.1.c I.2", "letters with a dot"),
    ("I. 1. 2) 3.", "I I.1 I.2 I.3", "a bracket for a dot is a slip"),
    ("I. II. III. IV. V. III. 1. VI.", "I II III IV V III(2) III(2).1 VI", "a number printed twice"),
    ("I. 1. 2. 2. a) 3.", "I I.1 I.2 I.2(2) I.2(2).a I.3", "twice below a part"),
    ("I. 1. 1. 1.", "I I.1 I.1(2) I.1(3)", "three times"),
    ("I. 1. 3. 5.", "I I.1 I.3 I.5", "numbers that are left out"),
    ("I. 1. g) h) i) k)", "I I.1 I.1.g I.1.h I.1.i I.1.k", "i) behind h) is a point"),
    ("1. 2. 3.", "1 2 3", "numbers at the top"),
    ("1. 1.1. a) 2. 2.1.", "1 1.1 1.1.a 2 2.1", "decimals at the top"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), ADDRESSES)
def test_addresses(printed: str, expected: str, why: str) -> None:
    assert [section.address for section in outline(items(printed))] == expected.split(), why


NAMED = [
    ("Phần thứ nhất\nI. A\n1. B\nPhần thứ hai\nI. C", "P1 P1.I P1.I.1 P2 P2.I", "parts by name"),
    ("PHẦN I. MỘT\n1. B\nPHẦN II. HAI\na) C", "P1 P1.1 P2 P2.a", "parts by figure"),
    ("Chương I\nMỘT\nĐiều 1. A\n1. B\na) C\nChương II\nĐiều 2. D\n1. E", "C-I Đ1 Đ1.1 Đ1.1.a C-II Đ2 Đ2.1", "articles count through the chapters"),
    ("Chương I\nMục 1. A\nĐiều 1. B\nMục 2. C\nĐiều 2. D", "C-I C-I.1 Đ1 C-I.2 Đ2", "a mục below a chapter"),
    ("Điều 1. A\na) B\nĐiều 2. C\nĐiều 2. D\n1. E", "Đ1 Đ1.a Đ2 Đ2(2) Đ2(2).1", "an article printed twice"),
    ("Mục 1. A\n1.1. B\n1.2. C\nMục 2. D\na) E\n1. F", "1 1.1 1.2 2 2.a 2.a.1", "a mục at the top"),
    ("1.1. A\nMục 1. B\n1. C", "1.1 1 1.1(2)", "two ways to one address: the second is told apart"),
    ("KẾ HOẠCH\nHọc tập\nI. A\n1. B", "mo-dau I I.1", "what stands before the first number"),
    ("Họp ngày\n12. Bàn về sách.\nI. A", "mo-dau I", "a lone number in the opening is text"),
    ("Căn cứ Luật;\nb) Xét nhu cầu\nI. A", "mo-dau I", "so is a lone letter"),
]


@pytest.mark.parametrize(("text", "expected", "why"), NAMED)
def test_addresses_of_named_levels(text: str, expected: str, why: str) -> None:
    assert [section.address for section in outline(text)] == expected.split(), why


CLOSINGS = [
    ("I. A\n1. Mở lớp.\nTrên đây là Kế hoạch./.\nNơi nhận:\n- Sở;", "I I.1 ket-thuc", 3, "a cue and recipients"),
    ("I. A\n1. Mở lớp.\n- Ở xã;\nBáo cáo gửi trước ngày 10/12./.\nNơi nhận:\n- Sở;", "I I.1 ket-thuc", 4, "plain text behind the last dash, no cue"),
    ("I. A\n1. Mở lớp.\nTrên đây là Kế hoạch.", "I I.1 ket-thuc", 3, "a cue without recipients"),
    ("I. A\n1. Mở lớp.\n- Ở xã;\nHết quý báo cáo./.", "I I.1 ket-thuc", 4, "no cue, no recipients: the sign of the end"),
    ("I. A\n1. Mở lớp.\nNơi nhận:\n- Sở;", "I I.1 ket-thuc", 3, "recipients alone"),
    ("I. A\n1. Mở lớp.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A", "I I.1 ket-thuc", 3, "a signature alone"),
    ("I. A\n1. Lớp học\nMở ở mọi xã.\nNơi nhận:\n- Sở;", "I I.1 ket-thuc", 4, "the only text under the last heading belongs to it"),
    ("I. A\n1. Mở lớp.\n- Ở xã;\nLưu ý: đóng cửa ngày lễ.\n- Ở huyện.\nNơi nhận:\n- Sở;", "I I.1 ket-thuc", 6, "a note between bullets closes nothing"),
    (
        "I. A\n1. Mở lớp.\n- Ở xã;\nLưu ý: đóng cửa ngày lễ.\nBáo cáo gửi trước ngày 10/12./.\nNơi nhận:\n- Sở;",
        "I I.1 ket-thuc",
        5,
        "a note behind the last bullet belongs to it",
    ),
    (
        "I. A\n1. Lớp học\nMở ở mọi xã.\nHết năm có tổng kết./.\nNơi nhận:\n- Sở;",
        "I I.1 ket-thuc",
        4,
        "the last paragraph closes by its sign, the one before it does not",
    ),
    ("I. A\n1. Mở lớp.", "I I.1", 0, "no closing at all"),
    ("Nơi nhận:\n- Sở;", "mo-dau", 0, "a document without a number is one section"),
]


@pytest.mark.parametrize(("text", "expected", "first_line", "why"), CLOSINGS)
def test_closing(text: str, expected: str, first_line: int, why: str) -> None:
    sections = outline(text)
    assert [section.address for section in sections] == expected.split(), why
    if sections[-1].address == "ket-thuc":
        assert sections[-1].first_line == first_line, why


APPENDICES = """
I. CHUNG
1. Mở lớp.
Trên đây là Kế hoạch./.
Nơi nhận:
- Sở;
PHỤ LỤC I
CHỈ TIÊU
STT | Việc | Nơi làm
1 | Đọc | Xã
2 | Viết | Huyện
Ghi chú dưới bảng
Tên | Hạn
Họp | 15/6
PHỤ LỤC II. MẪU BIỂU
I. MẪU MỘT
1. Họ tên
II. MẪU HAI
"""


def test_appendices_and_their_rows() -> None:
    sections = outline(APPENDICES)
    assert [section.address for section in sections] == ["I", "I.1", "ket-thuc", "phu-luc", "phu-luc-2", "phu-luc-2.I", "phu-luc-2.I.1", "phu-luc-2.II"]
    appendix = sections[3]
    assert [paragraph.bullet for paragraph in appendix.paragraphs] == ["", "", "", "/r1", "/r2", "", "", "/r3"], (
        "the head of a table is no row; rows count through the appendix"
    )
    assert (appendix.first_line, appendix.last_line) == (6, 13)
    assert sections[2].last_line == 5


BULLETS = [
    ("- a\n- b\n- c", "/-1 /-2 /-3", "dashes"),
    ("- a\n+ b\n+ c\n- d\n+ e", "/-1 /-1/+1 /-1/+2 /-2 /-2/+1", "pluses stand under dashes"),
    ("+ a\n+ b\n- c\n- d", "/+1 /+2 /-1 /-2", "pluses alone, then dashes: a list behind a list"),
    ("- a\n* b\n* c\n- d", "/-1 /-1/*1 /-1/*2 /-2", "asterisks nest where they appear under dashes"),
    ("* a\n- b\n- c\n* d\n- e", "/*1 /*1/-1 /*1/-2 /*2 /*2/-1", "and dashes under asterisks"),
    ("- a\n+ b\n• c\n+ d\n- e", "/-1 /-1/+1 /-1/+1/•1 /-1/+2 /-2", "three levels"),
    ("- a\nLưu ý: chỉ ở xã.\n- b", "/-1 - /-2", "a note between bullets does not break the count"),
    ("- a\n+ b\nLưu ý: chỉ ở xã.\n+ c\n- d", "/-1 /-1/+1 - /-1/+2 /-2", "nor the count below"),
    ("– a\n- b\n— c", "/-1 /-2 /-3", "every dash is a dash"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BULLETS)
def test_bullets(text: str, expected: str, why: str) -> None:
    (section,) = outline(f"I. CHUNG\n{text}".replace(" a", " Một.").replace(" b", " Hai.").replace(" c", " Ba.").replace(" d", " Bốn.").replace(" e", " Năm."))
    assert [paragraph.bullet or "-" for paragraph in section.paragraphs[1:]] == expected.split(), why


def test_text_of_a_parent_before_its_children_and_ranges_of_subtrees() -> None:
    sections = outline("KẾ HOẠCH\n\nI. CHUNG\n\nLời dẫn chung.\n\n1. Mở lớp\n\n- Ở xã.\n\n2. Mượn sách.\n\nII. RIÊNG")
    assert [(s.address, s.parent, s.first_line, s.last_line) for s in sections] == [
        ("mo-dau", None, 1, 1),
        ("I", None, 3, 11),
        ("I.1", "I", 7, 9),
        ("I.2", "I", 11, 11),
        ("II", None, 13, 13),
    ]
    assert sections[1].text == "I. CHUNG\nLời dẫn chung."
    assert sections[2].path == ("I. CHUNG", "1. Mở lớp")


TITLES = [
    ("I. MỤC ĐÍCH, YÊU CẦU\n1. Học.", "MỤC ĐÍCH, YÊU CẦU", True, "capitals"),
    ("I. Mục đích\nHọc.", "Mục đích", True, "words over a body"),
    ("I. Giai đoạn 1 (2024 - 2025): Ban Dân vận chủ trì việc học.", "Giai đoạn 1 (2024 - 2025)", True, "what stands before the colon"),
    ("I. Hồ sơ cấp xã thực hiện theo mẫu của huyện.", "Hồ sơ cấp xã", True, "what stands before the verb"),
    ("I. Mỗi xã mở ít nhất hai lớp học buổi tối cho người đi làm xa.", "Mỗi xã mở ít nhất hai lớp học", False, "a sentence lends its first eight syllables"),
    ("I. Mở lớp;\n- Ở xã.", "Mở lớp", True, "no stop in a title"),
    (f"I. {'học ' * 40}tập\n1. Một", "học " * 40 + "tập", True, "a long heading over items"),
    (f"I. {'học ' * 50}tập\n1. Một", "học học học học học học học học", False, "too long for a heading"),
    ("Phần thứ nhất\nĐẶC ĐIỂM\nI. MỘT", "ĐẶC ĐIỂM", True, "the title stands on the next line"),
    ("Phần thứ nhất\nTrong năm qua, học.", "", True, "plain text on the next line is no title; the number alone is the heading"),
    ("KẾ HOẠCH\nHọc tập suốt đời năm 2025\nCăn cứ Luật;", "Học tập suốt đời năm 2025", True, "the opening is titled by what stands under KẾ HOẠCH"),
]


@pytest.mark.parametrize(("text", "title", "is_heading", "why"), TITLES)
def test_title(text: str, title: str, is_heading: bool, why: str) -> None:
    section = outline(text)[0]
    assert (section.title, section.is_heading) == (title, is_heading), why


WARNINGS = [
    ("I. 1. 2. II.", (), "all well"),
    ("I. II. I.", ("I(2): the number I. is printed 2 times at one level",), "printed twice"),
    ("I. 1. 3.", ("I.3: the number 3. does not follow on",), "left out"),
    ("I. b) c)", ("I.b: the number b) does not follow on",), "does not begin at the beginning"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), WARNINGS)
def test_warnings(printed: str, expected: tuple[str, ...], why: str) -> None:
    assert parse_outline([Line(n, text) for n, text in enumerate(items(printed).split("\n"), start=1)])[1] == expected, why
