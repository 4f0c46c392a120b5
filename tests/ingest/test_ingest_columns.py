"""Which rows head a table, and what the cells below are called."""

from __future__ import annotations

import pytest

from ingest.columns import name_cells
from ingest.paragraphs import join_lines
from xhht_qa.types import Line

HEAD = "head"
TABLES = [
    ("Việc | Hạn / Đọc | 15/6", ["head", "Việc=Đọc Hạn=15/6"], "the first row names the columns"),
    ("TT | Việc / 1 | Đọc", ["head", "TT=1 Việc=Đọc"], "a counter is a column"),
    ("1 | Đọc | Xã / 2 | Viết | Huyện", ["=1 =Đọc =Xã", "=2 =Viết =Huyện"], "a number leads a row of values"),
    ("Đọc | 200 | xã / Viết | 300 | xã", ["=Đọc =200 =xã", "=Viết =300 =xã"], "a sum is a value"),
    ("Việc | 2025 | 2026 / Đọc | 5 | 6", ["head", "Việc=Đọc 2025=5 2026=6"], "a year names a column"),
    ("Đọc sách ở mọi thôn. | Xã | 5 / Viết. | Xã | 6", ["=Đọc sách ở mọi thôn. =Xã =5", "=Viết. =Xã =6"], "a sentence is a value"),
    ("Điện thoại: | 0200 / Thư: | a@b", ["=Điện thoại: =0200", "=Thư: =a@b"], "a form: what stands left asks for what stands right"),
    ("Họ tên | Lê Khê / Chức vụ | Giám đốc", ["=Họ tên =Lê Khê", "=Chức vụ =Giám đốc"], "a form without colons"),
    ("Xã | Số hộ / Khê | 20 / Mộc | 30", ["head", "Xã=Khê Số_hộ=20", "Xã=Mộc Số_hộ=30"], "two columns with a head"),
    (
        "TT | Khối | Học sinh |  /  |  | Nam | Nữ / 1 | 6 | 51 | 47",
        ["head", "head", "TT=1 Khối=6 Học_sinh_-_Nam=51 Học_sinh_-_Nữ=47"],
        "a head of two rows, blank where a cell is merged",
    ),
    (
        "TT | Khối | Học sinh | Học sinh / TT | Khối | Nam | Nữ / 1 | 6 | 51 | 47",
        ["head", "head", "TT=1 Khối=6 Học_sinh_-_Nam=51 Học_sinh_-_Nữ=47"],
        "the merged cell drawn again",
    ),
    ("TT | Việc | Kết quả / TT | Việc | Quý I | Quý II / 1 | Đọc | 5 | 6", ["head", "head", "TT=1 Việc=Đọc Quý_I=5 Quý_II=6"], "a merged cell stands once"),
    ("TT | Việc | Hạn / (1) | (2) | (3) / 1 | Đọc | 15/6", ["head", "head", "TT=1 Việc=Đọc Hạn=15/6"], "the numbers of the columns"),
    ("TT | Việc | Số / A | B | 1 / 1 | Đọc | 5", ["head", "head", "TT=1 Việc=Đọc Số=5"], "and letters"),
    ("TT | Việc / 1 | Đọc / TT | Việc / 2 | Viết", ["head", "TT=1 Việc=Đọc", "head", "TT=2 Việc=Viết"], "a head that a new page repeats"),
    ("TT | Việc | Hạn / Nhóm một / 1 | Đọc | 15/6", ["head", "=Nhóm_một", "TT=1 Việc=Đọc Hạn=15/6"], "a row merged across the table"),
    ("TT | Việc / 1 | Đọc / # Còn tiếp / 2 | Viết", ["head", "TT=1 Việc=Đọc", "TT=2 Việc=Viết"], "the table goes on below a line of text"),
    ("TT | Việc / 1 | Đọc / # I. B / 2 | Viết", ["head", "TT=1 Việc=Đọc", "=2 =Viết"], "not in another section"),
    ("Việc | Nhóm / Đọc | Một / # Hết. / Tên | Hạn / Họp | 15/6", ["head", "Việc=Đọc Nhóm=Một", "head", "Tên=Họp Hạn=15/6"], "a table of its own"),
]


@pytest.mark.parametrize(("table", "expected", "why"), TABLES, ids=[why for _, _, why in TABLES])
def test_cells_keep_the_names_of_their_columns(table: str, expected: list[str], why: str) -> None:
    """ " / " parts rows, "#" opens a line of text; a cell is written name=text, with _ for a space in it."""
    lines = [
        Line(number, row.strip("# "), () if row.strip().startswith("#") else tuple(cell.strip() for cell in row.split("|")))
        for number, row in enumerate(table.split(" / "), start=1)
    ]
    named = name_cells(join_lines(lines)).values()
    written = [HEAD if cells is None else [f"{name}={text}" for name, text in cells] for cells in named]
    wanted = [HEAD if row == HEAD else row for row in expected]
    assert [row if row == HEAD else " ".join(row).replace(" ", "_") for row in written] == [row.replace(" ", "_") for row in wanted], why
