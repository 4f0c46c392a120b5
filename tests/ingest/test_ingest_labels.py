"""How an address is spoken."""

from __future__ import annotations

import pytest

from ingest.labels import label_of
from ingest.markers import Kind

LABELS = [
    ([(None, "mo-dau", 1)], "phần mở đầu", "the head"),
    ([(None, "ket-thuc", 1)], "phần kết thúc", "the tail"),
    ([(Kind.ROMAN, "III", 1)], "phần III", "a part"),
    ([(Kind.ROMAN, "III", 1), (Kind.ARABIC, "5", 1)], "mục 5 phần III", "its number"),
    ([(Kind.ROMAN, "III", 1), (Kind.ARABIC, "5", 1), (Kind.DECIMAL, "5.3", 1), (Kind.LETTER, "a", 1)], "điểm a khoản 5.3 mục 5 phần III", "down to the point"),
    ([(Kind.ROMAN, "III", 2), (Kind.ARABIC, "1", 1)], "mục 1 phần III (in lần thứ hai)", "a number printed twice"),
    ([(Kind.PART, "P1", 1), (Kind.ROMAN, "II", 1), (Kind.ARABIC, "3", 1)], "khoản 3 mục II phần thứ nhất", "below a named part a Roman figure is a mục"),
    ([(Kind.PART, "P11", 1)], "phần 11", "beyond the ordinals"),
    ([(Kind.UPPER, "B", 1), (Kind.ROMAN, "I", 1)], "mục I phần B", "a capital is a part"),
    (
        [(Kind.CHAPTER, "C-II", 1), (Kind.ARTICLE, "Đ5", 1), (Kind.ARABIC, "2", 1), (Kind.LETTER, "a", 1)],
        "điểm a khoản 2 Điều 5",
        "no chapter before an article",
    ),
    ([(Kind.CHAPTER, "C-II", 1)], "chương II", "a chapter alone"),
    ([(Kind.APPENDIX, "PHỤ LỤC I", 1), (Kind.ARTICLE, "Đ1", 1), (Kind.ARABIC, "2", 1)], "khoản 2 Điều 1 phụ lục I", "an article of an appendix"),
    ([(Kind.ARTICLE, "Đ1", 1), (Kind.LETTER, "a", 1), (Kind.DECIMAL, "a.1", 1)], "điểm a.1 điểm a Điều 1", "a point below a point"),
    ([(Kind.UPPER, "A", 1), (Kind.ROMAN, "I", 1), (Kind.ARABIC, "1", 1)], "khoản 1 mục I phần A", "three levels"),
    ([(Kind.MUC, "1", 1), (Kind.ARABIC, "2", 1)], "khoản 2 mục 1", "a number below a mục is a khoản"),
    ([(Kind.ROMAN, "I", 1), (Kind.LETTER, "a", 1), (Kind.LOWER_ROMAN, "ii", 1)], "tiết ii điểm a phần I", "small Roman figures"),
    ([(Kind.APPENDIX, "", 1)], "phụ lục", "the first appendix, without a number"),
    ([(Kind.APPENDIX, "", 2), (Kind.ARABIC, "1", 1)], "mục 1 phụ lục 2", "the second"),
    ([(Kind.APPENDIX, "PHỤ LỤC II", 2), (Kind.FORM, "Mẫu số 02", 1)], "mẫu số 02 phụ lục II", "numbers as printed"),
    ([(Kind.ROMAN, "II", 1), (Kind.NAMED, "Quý I", 1), (Kind.NAMED, "Tháng 9/2025", 1)], "tháng 9/2025 quý I phần II", "periods"),
    ([(Kind.UPPER, "A", 1), (Kind.NAMED, "GIAI ĐOẠN 1", 1)], "giai đoạn 1 phần A", "a noun in capitals"),
    ([(None, "mo-dau(2)", 1)], "phần mở đầu (văn bản kèm theo)", "the head of what is attached"),
]


@pytest.mark.parametrize(("levels", "expected", "why"), LABELS)
def test_label(levels: list[tuple[Kind | None, str, int]], expected: str, why: str) -> None:
    assert label_of(levels) == expected, why
