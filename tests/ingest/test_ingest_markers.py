"""The printed number at the head of a line, and sentences that only look as if they had one."""

from __future__ import annotations

import pytest

from ingest.markers import Kind, alternatives, marker_of, roman_value

MARKERS = [
    ("Phần thứ nhất", Kind.PART, (1,), "P1", "", "alone on its line"),
    ("PHẦN II. MỤC TIÊU", Kind.PART, (2,), "P2", "MỤC TIÊU", "a Roman figure"),
    ("Phần thứ tư: Kinh phí", Kind.PART, (4,), "P4", "Kinh phí", "an ordinal and a colon"),
    ("PHẦN 3 - TỔ CHỨC", Kind.PART, (3,), "P3", "TỔ CHỨC", "a figure and a dash"),
    ("Chương I", Kind.CHAPTER, (1,), "C-I", "", "alone on its line"),
    ("CHƯƠNG 2. ĐIỀU KHOẢN", Kind.CHAPTER, (2,), "C-2", "ĐIỀU KHOẢN", "a figure"),
    ("Mục 1. Tình hình", Kind.MUC, (1,), "1", "Tình hình", "a figure"),
    ("MỤC II: KINH PHÍ", Kind.MUC, (2,), "II", "KINH PHÍ", "a Roman figure"),
    ("Điều 5. Trách nhiệm", Kind.ARTICLE, (5,), "Đ5", "Trách nhiệm", "an article"),
    ("Điều 12a: Bổ sung", Kind.ARTICLE, (12,), "Đ12a", "Bổ sung", "an article put in later"),
    ("PHỤ LỤC", Kind.APPENDIX, (0,), "", "", "alone on its line"),
    ("Phụ lục số 2", Kind.APPENDIX, (0,), "2", "", "numbered"),
    ("PHỤ LỤC I: CHỈ TIÊU", Kind.APPENDIX, (0,), "I", "CHỈ TIÊU", "with a title"),
    ("PHỤ LỤC - DANH MỤC", Kind.APPENDIX, (0,), "", "DANH MỤC", "a title in capitals"),
    ("I. MỤC ĐÍCH", Kind.ROMAN, (1,), "I", "MỤC ĐÍCH", "a part"),
    ("IV/ Kinh phí", Kind.ROMAN, (4,), "IV", "Kinh phí", "a stroke"),
    ("II- Nhiệm vụ", Kind.ROMAN, (2,), "II", "Nhiệm vụ", "a dash"),
    ("III.Giải pháp", Kind.ROMAN, (3,), "III", "Giải pháp", "no space"),
    ("XIV. Lưu", Kind.ROMAN, (14,), "XIV", "Lưu", "a long figure"),
    ("A. Đặc điểm", Kind.UPPER, (1,), "A", "Đặc điểm", "a capital"),
    ("B) Kết quả", Kind.UPPER, (2,), "B", "Kết quả", "a capital and a bracket"),
    ("1. Mục đích", Kind.ARABIC, (1,), "1", "Mục đích", "a figure"),
    ("2/ Yêu cầu", Kind.ARABIC, (2,), "2", "Yêu cầu", "a stroke"),
    ("3.Tên", Kind.ARABIC, (3,), "3", "Tên", "no space"),
    ("05. Họp", Kind.ARABIC, (5,), "5", "Họp", "a leading zero is not part of the address"),
    ("1) Sở Y tế", Kind.PAREN, (1,), "1", "Sở Y tế", "a bracket"),
    ("(2) Sở Tài chính", Kind.PAREN, (2,), "2", "Sở Tài chính", "two brackets"),
    ("2.1. Lịch", Kind.DECIMAL, (2, 1), "2.1", "Lịch", "with a dot"),
    ("2.2 Cách làm", Kind.DECIMAL, (2, 2), "2.2", "Cách làm", "without a dot"),
    ("1.2.3) Nội dung", Kind.DECIMAL, (1, 2, 3), "1.2.3", "Nội dung", "three figures"),
    ("a) Ở xã", Kind.LETTER, (1,), "a", "Ở xã", "a point"),
    ("đ) Ở tỉnh", Kind.LETTER, (5,), "đ", "Ở tỉnh", "đ comes after d"),
    ("e)Ở huyện", Kind.LETTER, (6,), "e", "Ở huyện", "e after đ, no space"),
    ("g) Ở phường", Kind.LETTER, (7,), "g", "Ở phường", "there is no f"),
    ("f) Ở thôn", Kind.LETTER, (7,), "f", "Ở thôn", "Word's own lists print f where g stands"),
    ("(b) Hai", Kind.LETTER, (2,), "b", "Hai", "two brackets"),
    ("c. Ba", Kind.LETTER_DOT, (3,), "c", "Ba", "a letter and a dot"),
    ("ii) Hai", Kind.LOWER_ROMAN, (2,), "ii", "Hai", "small Roman figures"),
    ("- Một", Kind.BULLET, (0,), "-", "Một", "a dash"),
    ("– Một", Kind.BULLET, (0,), "-", "Một", "a long dash is a dash"),
    ("− Một", Kind.BULLET, (0,), "-", "Một", "a minus sign too"),
    ("+ Hai", Kind.BULLET, (0,), "+", "Hai", "a plus"),
    ("* Ba", Kind.BULLET, (0,), "*", "Ba", "an asterisk"),
    ("•Bốn", Kind.BULLET, (0,), "•", "Bốn", "a dot without a space"),
    ("Phần A", Kind.UPPER, (1,), "A", "", "a part with a letter"),
    ("Phần C. KẾT LUẬN", Kind.UPPER, (3,), "C", "KẾT LUẬN", "a letter that is a Roman hundred too"),
    ("CHƯƠNG I QUY ĐỊNH CHUNG", Kind.CHAPTER, (1,), "C-I", "QUY ĐỊNH CHUNG", "all in capitals needs no stop"),
    ("Khoản 2. Phòng sạch", Kind.ARABIC, (2,), "2", "Phòng sạch", "a clause by name"),
    ("Bước 1: Khảo sát", Kind.NAMED, (1,), "buoc-1", "Khảo sát", "a step"),
    ("Quý II:", Kind.NAMED, (2,), "quy-2", "", "a quarter"),
    ("Tháng 01/2026:", Kind.NAMED, (1,), "thang-1", "", "a month of a year"),
    ("Tháng 5 năm 2026: Họp", Kind.NAMED, (5,), "thang-5", "Họp", "the year in words"),
    ("Giai đoạn 2 (2027 - 2028): Nhân rộng", Kind.NAMED, (2,), "giai-doan-2", "(2027 - 2028): Nhân rộng", "years in brackets"),
    ("GIAI ĐOẠN I", Kind.NAMED, (1,), "giai-doan-1", "", "in capitals"),
    ("Nhiệm vụ 3. Trồng rừng", Kind.NAMED, (3,), "nhiem-vu-3", "Trồng rừng", "a task"),
    ("Năm 2026:", Kind.NAMED, (2026,), "nam-2026", "", "a year alone on its line"),
    ("Biểu số 1", Kind.FORM, (1,), "bieu-1", "", "a table of figures"),
    ("MẪU SỐ 02: ĐƠN", Kind.FORM, (2,), "mau-2", "ĐƠN", "a form"),
    ("I . Thuận lợi", Kind.ROMAN, (1,), "I", "Thuận lợi", "a space that OCR puts in"),
    ("1 . Một", Kind.ARABIC, (1,), "1", "Một", "before the dot"),
    ("a ) Một", Kind.LETTER, (1,), "a", "Một", "before the bracket"),
    ("A/ Chung", Kind.UPPER, (1,), "A", "Chung", "a capital and a stroke"),
    ("a/ Ở xã", Kind.LETTER_DOT, (1,), "a", "Ở xã", "a letter and a stroke"),
    ("b- Ở huyện", Kind.LETTER_DOT, (2,), "b", "Ở huyện", "a letter and a dash"),
    ("1- Quán triệt", Kind.ARABIC, (1,), "1", "Quán triệt", "a figure and a dash"),
    ("2-Sở Y tế", Kind.ARABIC, (2,), "2", "Sở Y tế", "without a space"),
    ("1.2- Tuyên truyền", Kind.DECIMAL, (1, 2), "1.2", "Tuyên truyền", "a decimal and a dash"),
    ("I.1. Thực trạng", Kind.DECIMAL, (1, 1), "I.1", "Thực trạng", "a decimal that begins with its part"),
    ("A.2.1 Chợ", Kind.DECIMAL, (0, 2, 1), "A.2.1", "Chợ", "or with its capital"),
    ("1a. Biển báo", Kind.ARABIC, (1,), "1a", "Biển báo", "a clause put in later"),
    ("a1) Giờ chạy", Kind.LETTER, (1,), "a1", "Giờ chạy", "a point put in later"),
    ("iii. Ba", Kind.LOWER_ROMAN, (3,), "iii", "Ba", "small Roman figures and a dot"),
    ("3. 150 hộ dân", Kind.ARABIC, (3,), "3", "150 hộ dân", "an item that begins with a figure"),
    ("o Toán", Kind.BULLET, (0,), "o", "Toán", "Word's bullet of the second level"),
    ("▪ Ghi sổ", Kind.BULLET, (0,), "▪", "Ghi sổ", "of the third"),
    ("\uf0b7 Một", Kind.BULLET, (0,), "•", "Một", "a dot of a font of symbols"),
    ("Ø Hai", Kind.BULLET, (0,), "➢", "Hai", "an arrow that lost its font"),
    ("✔ Nước uống", Kind.BULLET, (0,), "✓", "Nước uống", "a tick"),
    ("● Năm", Kind.BULLET, (0,), "•", "Năm", "every dot is one sign"),
    ("I/- MỤC ĐÍCH", Kind.ROMAN, (1,), "I", "MỤC ĐÍCH", "a stroke and a dash"),
    ("II – Nội dung", Kind.ROMAN, (2,), "II", "Nội dung", "a long dash"),
    ("III: KINH PHÍ", Kind.ROMAN, (3,), "III", "KINH PHÍ", "a colon before capitals"),
    ("IV, KINH PHÍ", Kind.ROMAN, (4,), "IV", "KINH PHÍ", "so with a comma"),
    ("A/- Chung", Kind.UPPER, (1,), "A", "Chung", "a capital, a stroke and a dash"),
    ("1/- Mục đích", Kind.ARABIC, (1,), "1", "Mục đích", "a figure, a stroke and a dash"),
    ("2.- Yêu cầu", Kind.ARABIC, (2,), "2", "Yêu cầu", "a dot and a dash"),
    ("3, Tuyên truyền", Kind.ARABIC, (3,), "3", "Tuyên truyền", "a comma, as in writing by hand"),
    ("4: Mục tiêu riêng", Kind.ARABIC, (4,), "4", "Mục tiêu riêng", "a colon"),
    ("1.2/- Lịch", Kind.DECIMAL, (1, 2), "1.2", "Lịch", "a decimal, a stroke and a dash"),
    ("a/- Ở xã", Kind.LETTER_DOT, (1,), "a", "Ở xã", "a letter, a stroke and a dash"),
    ("b – Ở huyện", Kind.LETTER_DOT, (2,), "b", "Ở huyện", "a letter and a long dash"),
    ("2.a) Ở xã", Kind.DECIMAL, (2, 1), "2.a", "Ở xã", "a point with its number"),
    ("I.2.đ. Ở xã", Kind.DECIMAL, (1, 2, 5), "I.2.đ", "Ở xã", "and with its part"),
    ("III — Nội dung", Kind.ROMAN, (3,), "III", "Nội dung", "a dash of a printer"),
    ("c, Ở tỉnh", Kind.LETTER_DOT, (3,), "c", "Ở tỉnh", "a letter and a comma"),
    ("Điều 1 - Phạm vi", Kind.ARTICLE, (1,), "Đ1", "Phạm vi", "an article and a dash"),
    ("Điều 2", Kind.ARTICLE, (2,), "Đ2", "", "alone on its line"),
    ("Mẫu số 02/BC-VP", Kind.FORM, (2,), "mau-2", "", "a form with its code"),
    ("Phụ lục kèm theo", Kind.APPENDIX, (0,), "", "", "alone on its line"),
]


@pytest.mark.parametrize(("text", "kind", "value", "token", "rest", "why"), MARKERS)
def test_marker(text: str, kind: Kind, value: tuple[int, ...], token: str, rest: str, why: str) -> None:
    marker = marker_of(text)
    assert marker is not None, why
    assert (marker.kind, marker.value, marker.token, marker.rest) == (kind, value, token, rest), why
    assert text.startswith(marker.printed)
    assert text.endswith(marker.rest)


NO_MARKERS = [
    ("Phần mềm dùng chung được cài tại xã.", "a word that begins like a part"),
    ("Phần lớn học viên là nông dân", "a word behind it that is no ordinal"),
    ("Mục 2 phần III quy định rõ", "a reference"),
    ("Điều 5 Luật Giáo dục", "a reference"),
    ("Chương trình số 12", "a word that begins like a chapter"),
    ("Phụ lục kèm theo Kế hoạch", "a reference"),
    ("Phụ lục: các mẫu biểu", "a title in small letters without a number is a sentence"),
    ("15/6/2025", "a date"),
    ("01/12 hằng năm", "a date without a year"),
    ("1.500 triệu đồng", "a sum"),
    ("12 lớp học", "a number"),
    ("2025. Năm học", "a year"),
    ("100. Bảng", "three figures are no item of a plan"),
    ("IIII. Sai", "no Roman figure"),
    ("a)", "nothing behind it"),
    ("-", "nothing behind it"),
    ("-5 độ", "a negative number"),
    ("Căn cứ Luật", "plain words"),
    ("TM. ỦY BAN", "a capacity"),
    ("Q. GIÁM ĐỐC", "a capacity: acting"),
    ("P. HIỆU TRƯỞNG", "a capacity: deputy"),
    ("15/KH-UBND ngày 05/3", "the number of a document"),
    ("5. 000 đồng", "a sum that OCR has parted"),
    ("Tháng 9 năm 2025, nhà trường họp", "a sentence that begins with a month"),
    ("tháng 12: họp", "words of a sentence that goes on"),
    ("Năm 2026: phấn đấu 80%", "a sentence that begins with a year"),
    ("Giai đoạn 1 và 2 gộp lại", "a sentence"),
    ("Biểu 1 cho thấy", "a reference"),
    ("ông Khê", "a word that begins with o"),
    ("a/c Khê", "an abbreviation"),
    ("*", "the ornament of the Party's letterhead"),
    ("V/v học tập", "about"),
    ("10, 11 và 12 năm 2026", "figures that go on"),
    ("3, Điều 5 Luật Giáo dục", "a reference that was broken"),
    ("I, II và III năm 2026", "quarters"),
    ("a, b và c", "points that are counted up"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), NO_MARKERS)
def test_no_marker(text: str, why: str) -> None:
    assert marker_of(text) is None, why


ROMANS = [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("XC", 90), ("C", 100), ("IIII", 0), ("VX", 0), ("", 0), ("A", 0), ("iv", 0)]


@pytest.mark.parametrize(("numeral", "value"), ROMANS)
def test_roman_value(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


READINGS = [
    ("C. Ba", [(Kind.ROMAN, 100), (Kind.UPPER, 3)], "a Roman hundred, or what follows A and B"),
    ("I. Một", [(Kind.ROMAN, 1), (Kind.UPPER, 8)], "one, or what follows H"),
    ("i) Một", [(Kind.LETTER, 9), (Kind.LOWER_ROMAN, 1)], "what follows h, or one"),
    ("II. Hai", [(Kind.ROMAN, 2)], "two letters have one reading"),
    ("b) Hai", [(Kind.LETTER, 2)], "no figure"),
]


FOLLOWS = [
    ("1. A", "2. B", True, "figures"),
    ("d) A", "đ) B", True, "documents count d, đ, e"),
    ("d) A", "e) B", True, "Word counts d, e, f, g"),
    ("e) A", "g) B", True, "documents leave f out"),
    ("f) A", "g) B", True, "Word does not"),
    ("i) A", "k) B", True, "documents leave j out"),
    ("b) A", "d) B", False, "c is missing"),
    ("1. A", "1a. B", True, "put in later"),
    ("1a. A", "2. B", True, "and on"),
    ("Tháng 12/2025:", "Tháng 1/2026:", True, "the year goes on"),
    ("C. A", "Đ. B", False, "D is missing"),
    ("E. A", "F. B", True, "capitals in Word's order"),
]


@pytest.mark.parametrize(("earlier", "later", "expected", "why"), FOLLOWS)
def test_follows(earlier: str, later: str, expected: bool, why: str) -> None:
    first, second = marker_of(earlier), marker_of(later)
    assert first is not None
    assert second is not None
    readings = [(before, after) for before in alternatives(first) for after in alternatives(second) if before.series == after.series]
    assert any(after.follows(before) for before, after in readings) is expected, why


@pytest.mark.parametrize(("text", "expected", "why"), READINGS)
def test_alternatives(text: str, expected: list[tuple[Kind, int]], why: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert [(reading.kind, reading.last) for reading in alternatives(marker)] == expected, why
