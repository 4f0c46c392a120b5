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
    """ "I./1./Điều_2." → a line each, with a word behind it."""
    return "\n".join(f"{item.replace('_', ' ')} Việc" for item in text.split())


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
    ("I. I.1. I.2. II. II.1.", "I I.1 I.2 II II.1", "a decimal repeats its part"),
    ("A. A.1. A.1.1. A.2. B.", "A A.1 A.1.1 A.2 B", "or its capital"),
    ("I. 2. 2.1.1. 2.1.2.", "I I.2 I.2.1.1 I.2.1.2", "a level of decimals left out stands in the address"),
    ("I. 1. a) b) c) d) e) f) g) h) i) j) k)", "I I.1 I.1.a I.1.b I.1.c I.1.d I.1.e I.1.f I.1.g I.1.h I.1.i I.1.j I.1.k", "Word's own order"),
    ("I. 1. h) i) ii) iii) i) k)", "I I.1 I.1.h I.1.h.i I.1.h.ii I.1.h.iii I.1.i I.1.k", "i) behind h) opens i, ii, iii when ii) is next"),
    ("I. 1. a. i. ii. b.", "I I.1 I.1.a I.1.a.i I.1.a.ii I.1.b", "with dots"),
    ("I. 1. 1a. 2. a) a1) b)", "I I.1 I.1a I.2 I.2.a I.2.a1 I.2.b", "clauses and points put in later"),
    ("I. 1. a) a.1) a.2) b) b.1.", "I I.1 I.1.a I.1.a.1 I.1.a.2 I.1.b I.1.b.1", "points counted on below a point"),
    ("I. 1. 2. 2.a) 2.b) 3.", "I I.1 I.2 I.2.a I.2.b I.3", "points that repeat their number"),
    ("I. I.1. I.1.a) I.1.b) I.2.", "I I.1 I.1.a I.1.b I.2", "and their part"),
    ("I. 1- 2- 2.1- II. 1-", "I I.1 I.2 I.2.1 II II.1", "with dashes"),
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
    ("Phần A\nCHUNG\n1. B\nPhần B\nRIÊNG\n1. C\nPhần C\n1. D", "A A.1 B B.1 C C.1", "parts with letters"),
    ("I. A\nBước 1: B\n- b\nBước 2: C\n1. D\n2. E\nBước 3: F\nII. G", "I I.buoc-1 I.buoc-2 I.buoc-2.1 I.buoc-2.2 I.buoc-3 II", "steps"),
    ("I. A\nQuý I:\nTháng 01: B\nTháng 3: C\nQuý II:\nTháng 4: D", "I I.quy-1 I.quy-1.thang-1 I.quy-1.thang-3 I.quy-2 I.quy-2.thang-4", "months in quarters"),
    ("1. A\nTháng 12/2025:\n- a\nTháng 1/2026:\n- b\n2. B", "1 1.thang-12 1.thang-1 2", "months of a school year"),
    ("I. A\n1. B\nNhiệm vụ 1: C\n1.1. D\nNhiệm vụ 2: E\n2. F", "I I.1 I.1.nhiem-vu-1 I.1.nhiem-vu-1.1 I.1.nhiem-vu-2 I.2", "tasks with decimals"),
    ("KẾ HOẠCH\nTrồng rừng\nGiai đoạn 1 (2026 - 2027)\nI. A", "mo-dau I", "a phase below the title belongs to it"),
    ("Điều 1. A\nKhoản 1. B\na) C\nKhoản 2. D", "Đ1 Đ1.1 Đ1.1.a Đ1.2", "clauses by name"),
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
    ("I. A\n1. Mở lớp.\nNơi nhận:\n1. Sở;\n2. Lưu.\nGIÁM ĐỐC", "I I.1 ket-thuc", 3, "numbered recipients"),
    ("I. A\n1. Mở lớp.\nQ. GIÁM ĐỐC\nLê Khê\nNơi nhận:\n- Sở;", "I I.1 ket-thuc", 3, "a signature above the recipients"),
    ("I. A\n1. Mở lớp.\nLam Khê, ngày 5 tháng 3 năm 2026\nHIỆU TRƯỞNG\nLê Khê", "I I.1 ket-thuc", 3, "the date above the signature"),
    ("I. A\n1. Mở lớp.\nT/M ĐẢNG ỦY\nBÍ THƯ\nLê Khê", "I I.1 ket-thuc", 3, "the Party's signature"),
    ("I. A\n1. Hồ sơ\nNơi nhận hồ sơ là xã.\n2. Hết.", "I I.1 I.2", 0, "where files are handed in is no end"),
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


ATTACHED = [
    (
        "QUYẾT ĐỊNH\nĐiều 1. A\nĐiều 2. B\nGIÁM ĐỐC\nLê Khê\nSỞ Y TẾ\nKẾ HOẠCH\nHọc\nI. C\n1. D\nNơi nhận:\n- Sở;",
        "mo-dau Đ1 Đ2 ket-thuc mo-dau(2) I I.1 ket-thuc(2)",
        "the plan that a decision issues",
    ),
    ("Điều 1. A\nGIÁM ĐỐC\nLê Khê\nQUY CHẾ\nHọc\nĐiều 1. B\n1. C", "Đ1 ket-thuc mo-dau(2) Đ1(2) Đ1(2).1", "both count from 1"),
    ("I. A\n1. B\nGIÁM ĐỐC\nLê Khê\nDANH MỤC\n(Kèm theo Kế hoạch số 1/KH)\n1. C", "I I.1 ket-thuc phu-luc phu-luc.1", "an appendix without the word"),
    ("I. A\n1. B\n(Kèm theo Phụ lục 1)\n2. C", "I I.1 I.2", "a remark in brackets"),
    ("I. A\nNơi nhận:\n- Sở;\nBiểu số 1\nSỐ LIỆU\n1. B\nMẫu số 02\n1. C", "I ket-thuc phu-luc phu-luc.1 phu-luc-2 phu-luc-2.1", "forms behind the end"),
    (
        "I. A\nNơi nhận:\n- Sở;\nMẫu số 01/BC\nBÁO CÁO\n1. B\nMẫu số 02/TB\nTHÔNG BÁO\n1. C",
        "I ket-thuc phu-luc phu-luc.1 phu-luc-2 phu-luc-2.1",
        "a form is no document",
    ),
    (
        "I. A\nNơi nhận:\n- Sở;\nPHỤ LỤC I\nMẫu số 1\n1. B\nMẫu số 2\n1. C",
        "I ket-thuc phu-luc phu-luc.mau-1 phu-luc.mau-1.1 phu-luc.mau-2 phu-luc.mau-2.1",
        "and in an appendix",
    ),
    (
        "Điều 1. A\nGIÁM ĐỐC\nPHỤ LỤC II\nĐiều 1. B\n1. C",
        "Đ1 ket-thuc phu-luc phu-luc.Đ1 phu-luc.Đ1.1",
        "a draft contract in an appendix has articles of its own",
    ),
    ("I. A\n1. B\nBảng 1: Số liệu\n2. C", "I I.1 I.2", "a caption in the body"),
    ("I. A\nViệc.\nII.\nTỔ CHỨC\nGIÁM ĐỐC\nLê Khê", "I II ket-thuc", "a title below its number is none"),
    ("I. A\nViệc.\nSỞ NỘI VỤ\nKT. GIÁM ĐỐC\nLê Khê", "I ket-thuc", "the agency above a signature"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ATTACHED)
def test_what_is_attached(text: str, expected: str, why: str) -> None:
    assert [section.address for section in outline(text)] == expected.split(), why


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
    ("CHƯƠNG II\nNgười lái đò\nĐiều 1. A", "Người lái đò", True, "a short line that is no sentence"),
    ("PHẦN I\nSỰ CẦN THIẾT\nVÀ CƠ SỞ\nI. A", "SỰ CẦN THIẾT VÀ CƠ SỞ", True, "a title on two lines"),
    ("1.\nMục tiêu chung\nMọi người học.", "Mục tiêu chung", True, "below any number"),
    ("Phần thứ nhất\nTrong năm qua, học.", "", True, "plain text on the next line is no title; the number alone is the heading"),
    ("KẾ HOẠCH\nHỌC TẬP SUỐT ĐỜI\nNĂM 2025\nỦY BAN NHÂN DÂN TỈNH", "HỌC TẬP SUỐT ĐỜI NĂM 2025", True, "a title in capitals on two lines"),
    ("KẾ HOẠCH HỌC TẬP NĂM 2025\nCăn cứ Luật;", "HỌC TẬP NĂM 2025", True, "behind the kind of document on its line"),
    ("SỞ Y TẾ\nV/v học tập\nKính gửi: Các xã.", "V/v học tập", True, "a letter says what it is about"),
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
    ("I. a) b) d) đ) e) g)", ("I.d: the number d) does not follow on",), "a letter left out"),
    ("I. a) b) c) d) e) f) g)", (), "Word's order is no slip"),
    ("Điều_3. Điều_4. Điều_6.", ("Đ6: the number Điều 6 does not follow on",), "an article left out; a part of a law may begin at any"),
    ("I. b) c)", ("I.b: the number b) does not follow on",), "does not begin at the beginning"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), WARNINGS)
def test_warnings(printed: str, expected: tuple[str, ...], why: str) -> None:
    assert parse_outline([Line(n, text) for n, text in enumerate(items(printed).split("\n"), start=1)])[1] == expected, why
