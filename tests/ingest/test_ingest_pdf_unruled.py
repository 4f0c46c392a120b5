"""Tables without ruling lines in PDF files: what is one, and which line belongs to which of its rows."""

from __future__ import annotations

import time

import pytest
from pdf_sheets import sheet

from ingest.readers.pdf_bands import Line, bands
from ingest.readers.pdf_layout import lay_out
from ingest.readers.pdf_page import Box, Page

FULL = "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín"
LEFTS = (50, 90, 250, 370)
HEAD = ("STT", "Nội dung", "Chủ trì", "Thời hạn")


def lines(*texts: tuple[str, ...], top: float = 100, step: float = 12, lefts: tuple[int, ...] = LEFTS) -> list[tuple[float, float, str]]:
    """Each text on a line of its own, each cell in a column of its own."""
    return [(left, top + step * at, cell) for at, cells in enumerate(texts) for left, cell in zip(lefts, cells, strict=False) if cell]


def page(rows: list[tuple[float, float, str]], number: int = 1, rulings: tuple[Box, ...] = ()) -> Page:
    return sheet(rows, number, rulings, space=2.5)


def cells(*pages: Page) -> list[tuple[str, ...]]:
    return [line.cells for line in lay_out(pages) if line.cells]


@pytest.mark.parametrize(
    ("texts", "rows", "why"),
    [
        (
            [("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II")],
            [("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II")],
            "a line a row",
        ),
        (
            [("1", "Họp bàn", "Phòng", "Quý I"), ("", "kế hoạch", "Tổng hợp", ""), ("2", "Làm", "", "Quý II")],
            [("1", "Họp bàn kế hoạch", "Phòng Tổng hợp", "Quý I"), ("2", "Làm", "", "Quý II")],
            "cells that begin beside the number",
        ),
        (
            [
                ("", "Họp bàn", "", ""),
                ("1", "kế hoạch", "Phòng A", "Quý I"),
                ("", "năm", "", ""),
                ("", "Làm", "", ""),
                ("2", "đường", "Phòng B", "Quý II"),
                ("", "thôn", "", ""),
            ],
            [("1", "Họp bàn kế hoạch năm", "Phòng A", "Quý I"), ("2", "Làm đường thôn", "Phòng B", "Quý II")],
            "cells that are centred on the number",
        ),
        (
            [("", "Họp bàn", "", ""), ("1", "kế hoạch", "Phòng A", "Quý I"), ("", "Làm", "", ""), ("", "đường", "", ""), ("2", "thôn", "Phòng B", "Quý II")],
            [("1", "Họp bàn kế hoạch", "Phòng A", "Quý I"), ("2", "Làm đường thôn", "Phòng B", "Quý II")],
            "cells that end beside the number, as a spreadsheet prints them",
        ),
        (
            [("I", "Việc chung của các đơn vị trong toàn xã"), ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II")],
            [("I", "Việc chung của các đơn vị trong toàn xã"), ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II")],
            "the title of a group goes over the columns",
        ),
        (
            [("1", "Họp", "Phòng A", "12"), ("2", "Làm", "Phòng B", "30"), ("", "Cộng", "", "42")],
            [("1", "Họp", "Phòng A", "12"), ("2", "Làm", "Phòng B", "30"), ("", "Cộng", "", "42")],
            "a sum has no number",
        ),
    ],
)
def test_the_rows_of_a_counted_table(texts: list[tuple[str, ...]], rows: list[tuple[str, ...]], why: str) -> None:
    assert cells(page([(50, 80, FULL), *lines(HEAD, *texts), (50, 300, FULL)])) == [HEAD, *rows], why


def test_two_rows_of_one_height_are_two() -> None:
    rows = [("1", "Họp"), ("2", "Làm"), ("3", "Tổng kết")]
    assert list(bands([Line(top, 10, cells) for top, cells in zip((84, 84, 96), rows, strict=True)], ())) == rows


def test_a_head_over_nothing_but_a_sum_is_no_table() -> None:
    assert cells(page([(50, 60, FULL), *lines(HEAD), (50, 112, "1 Tổng cộng các khoản của bảng"), (420, 112, "42")])) == []


def test_a_head_on_two_levels_is_said_of_each_of_its_columns() -> None:
    head = [(50, 106, "STT"), (90, 106, "Nội dung"), (262, 100, "Cơ quan, đơn vị trong toàn xã"), (250, 112, "chủ trì"), (370, 112, "phối hợp")]
    rows = lines(("1", "Họp", "Phòng A", "Phòng B"), ("2", "Làm đường", "Phòng C", "Phòng D"), top=130)
    assert cells(page([*head, *rows]))[0] == ("STT", "Nội dung", "Cơ quan, đơn vị trong toàn xã chủ trì", "Cơ quan, đơn vị trong toàn xã phối hợp")


@pytest.mark.parametrize(
    ("step", "texts", "why"),
    [
        (20, [("Họp bàn", "Phòng A", "Quý I"), ("Làm đường", "Phòng B", "Quý II")], "every line fills the columns"),
        (12, [("Họp bàn", "Phòng A", "Quý I"), ("kế hoạch", "", ""), ("Làm đường", "Phòng B", "Quý II"), ("thôn", "và C", "")], "all columns begin anew"),
    ],
)
def test_the_rows_of_a_table_that_is_not_counted(step: float, texts: list[tuple[str, ...]], why: str) -> None:
    found = cells(page(lines(("Nội dung", "Đơn vị", "Thời hạn"), *texts, step=step, lefts=(50, 200, 350))))
    assert [row[2] for row in found] == ["Thời hạn", "Quý I", "Quý II"], why


def test_level_lines_part_rows() -> None:
    texts = [("Nội dung", "Đơn vị", "Thời hạn"), ("Họp bàn", "Phòng A", "Quý I"), ("Tổng kết", "Phòng B", "Quý II"), ("Làm đường", "Phòng C", "Quý III")]
    rulings = tuple((50.0, y, 420.0, y) for y in (104.0, 128.0, 140.0))
    assert cells(page(lines(*texts, lefts=(50, 200, 350)), rulings=rulings)) == [
        texts[0],
        ("Họp bàn Tổng kết", "Phòng A Phòng B", "Quý I Quý II"),
        texts[3],
    ]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_behind_the_page_break(repeated: bool) -> None:
    above = [(50, 560, FULL), *lines(HEAD, ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý"), top=600)]
    below = [*([HEAD] if repeated else []), ("", "đường liên thôn", "", "II"), ("3", "Tổng kết", "Phòng C", "Quý IV")]
    found = lay_out([page(above, 1), page([*lines(*below), (50, 300, FULL)], 2)])
    rows = [HEAD, ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm đường liên thôn", "Phòng B", "Quý II"), ("3", "Tổng kết", "Phòng C", "Quý IV")]
    assert [line.cells for line in found] == [(), *rows, ()]
    assert [line.page for line in found] == [1, 1, 1, 1, 2, 2]


def test_cells_at_the_edge_of_a_page_are_no_page_numbers_and_no_running_head() -> None:
    rows = [(str(number), f"Họp {'abcd'[number]}", str(number * 9), "Quý I") for number in range(4)]
    pages = [page(lines(*([HEAD] if number == 0 else []), rows[number], top=28), number + 1) for number in range(4)]
    assert cells(*pages) == [HEAD, *rows]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ([("NGƯỜI LẬP", "KẾ TOÁN TRƯỞNG", "GIÁM ĐỐC"), ("(Ký tên)", "(Ký tên)", "(Ký tên)"), ("Lê Văn Tư", "Trần Thị Ba", "Phạm Văn Năm")], "a signature"),
        ([("Họ và tên: …", "Chức vụ: …", "Năm: …"), ("Địa chỉ: …", "Xã: …", "Tỉnh: …"), ("Ngày: …", "Quý: …", "Tháng: …")], "a form"),
        ([("1. Ông Tư", "Chủ tịch", "Trưởng ban"), ("2. Bà Ba", "Văn thư", "Thư ký"), ("3. Ông Năm", "Kế toán", "Thành viên")], "items of a list"),
        ([("Đơn vị", "Nội dung", "Thời hạn")], "names without a row"),
        ([("1", "Mở đầu", "3"), ("2", "Kết luận", "9")], "too few to tell"),
    ],
)
def test_what_is_no_table(texts: list[tuple[str, ...]], why: str) -> None:
    assert cells(page([(50, 60, FULL), *lines(*texts, lefts=(50, 200, 350)), (50, 300, FULL)])) == [], why


def test_a_table_ends_before_text_that_its_gutters_leave_room_for() -> None:
    rows = [
        *lines(HEAD, ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II")),
        (90, 150, "II. TỔ CHỨC"),
        (90, 164, "Giao Phòng A."),
        (50, 180, FULL),
    ]
    assert [line.text for line in lay_out([page(rows)])][3:] == ["II. TỔ CHỨC", "Giao Phòng A.", FULL]


def test_a_signature_in_the_columns_of_a_table_is_none_of_its_rows() -> None:
    rows = lines(
        HEAD, ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II"), ("", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"), ("", "- Lưu: VT.", "Lê Văn Tư")
    )
    assert cells(page(rows)) == [HEAD, ("1", "Họp", "Phòng A", "Quý I"), ("2", "Làm", "Phòng B", "Quý II")]


@pytest.mark.parametrize("text", [("STT", "", "x", "y"), ("1", "x", "y", ""), ("", "a", "b", "c"), ("STT", "Nội dung", "Chủ trì", "x")])
def test_a_page_full_of_cells_takes_little_time(text: tuple[str, ...]) -> None:
    full = Page(1, 500, 2000, page(lines(*[text] * 240, step=8)).words)
    began = time.monotonic()
    lay_out([full])
    assert time.monotonic() - began < 3
