"""Lines → paragraphs: what a page break or a line width has cut in two is one again."""

from __future__ import annotations

import textwrap

import pytest

from ingest.markers import Kind
from ingest.paragraphs import join_lines, page_numbers
from xhht_qa.types import Line

# A sentence of more than 100 characters that ends in the middle of a phrase, as a page break leaves it.
CUT = "b) Các thư viện xã mở cửa buổi tối để người đi làm mượn sách, nghe kể chuyện và học ngoại ngữ cùng giáo viên tình nguyện của"
JOINED = [
    (["I. MỤC ĐÍCH", "1. Mở thư viện.", "2. Mượn sách."], ["I. MỤC ĐÍCH", "1. Mở thư viện.", "2. Mượn sách."], "a line a paragraph"),
    (["Dịch tăng do", "", "muỗi nhiều."], ["Dịch tăng do muỗi nhiều."], "a small letter goes on with an open sentence"),
    (["Dịch tăng;", "", "muỗi nhiều."], ["Dịch tăng; muỗi nhiều."], "a small letter goes on behind a semicolon too"),
    (["Dịch tăng.", "muỗi nhiều."], ["Dịch tăng.", "muỗi nhiều."], "a full stop ends the paragraph"),
    (["I. HỌC", CUT, "", "Trường Cao đẳng."], ["I. HỌC", f"{CUT} Trường Cao đẳng."], "a long open sentence goes on with a capital: a name was cut"),
    (["I. HỌC", CUT, "", "- Trường Cao đẳng."], ["I. HỌC", CUT, "- Trường Cao đẳng."], "a dash opens a paragraph of its own"),
    (["I. HỌC", CUT, "", "Nơi nhận:"], ["I. HỌC", CUT, "Nơi nhận:"], "the recipients never go on"),
    (["I. HỌC", CUT, "TRƯỜNG"], ["I. HỌC", CUT, "TRƯỜNG"], "nor do capitals"),
    (["I. HỌC", CUT + ":", "Trường Cao đẳng."], ["I. HỌC", CUT + ":", "Trường Cao đẳng."], "a colon leads in"),
    (["1. Giám sát", "Trạm Y tế đi từng nhà."], ["1. Giám sát", "Trạm Y tế đi từng nhà."], "a short heading has its text below it"),
    (["- Gửi tin;", "- gọi điện."], ["- Gửi tin;", "- gọi điện."], "items in small letters are items"),
    (["KẾ HOẠCH", CUT[3:], "Căn cứ Luật;"], ["KẾ HOẠCH", CUT[3:], "Căn cứ Luật;"], "before the first number a long line is a title"),
    (["I. HỌC", "1. Theo quy định tại", "Điều 5 của Luật."], ["I. HỌC", "1. Theo quy định tại Điều 5 của Luật."], "no paragraph ends with “tại”"),
    (["1. Học từ năm", "2025 là năm đầu."], ["1. Học từ năm 2025 là năm đầu."], "a year that the width brought to the head of a line"),
    (["I. MỤC ĐÍCH,", "YÊU CẦU"], ["I. MỤC ĐÍCH, YÊU CẦU"], "a heading that ends with a comma goes on"),
    (["KẾ HOẠCH", "thực hiện Nghị quyết"], ["KẾ HOẠCH", "thực hiện Nghị quyết"], "a title in small letters does not go on with the kind of document"),
    (["1. Tuyên truyền", "15"], ["1. Tuyên truyền", "15"], "a lone figure may be a cell of a table that has lost its lines"),
    (["12. Một", "và hai"], ["12. Một và hai"], "an item is a paragraph too"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), JOINED)
def test_join_lines(lines: list[str], expected: list[str], why: str) -> None:
    blocks = join_lines([Line(number, text) for number, text in enumerate(lines, start=1) if text])
    assert [block.text for block in blocks] == expected, why


PAGES = [
    ({5: "1", 25: "2", 45: "3"}, {5, 25, 45}, "one page after another"),
    ({5: "- 7 -", 25: "- 8 -"}, {5, 25}, "between dashes, the first pages without"),
    ({5: "Trang 1/3", 25: "Trang 2/3"}, {5, 25}, "with the word"),
    ({5: "1", 8: "2", 11: "3"}, set(), "too near to each other: the numbers of a table's rows"),
    ({5: "1", 25: "2", 30: "150"}, set(), "another figure alone: cells of a table"),
    ({5: "2", 25: "1"}, set(), "not one more than the last"),
    ({5: "3"}, set(), "once is no sequence"),
]


@pytest.mark.parametrize(("figures", "expected", "why"), PAGES)
def test_page_numbers(figures: dict[int, str], expected: set[int], why: str) -> None:
    lines = [Line(number, figures.get(number, f"Việc {number} đã xong.")) for number in range(1, 51)]
    assert page_numbers(lines) == expected, why
    assert {number for block in join_lines(lines) for number in range(block.first_line, block.last_line + 1)} >= set(range(1, 51)) - expected


def test_a_page_number_does_not_cut_a_sentence() -> None:
    lines = [Line(1, "1. Mở lớp"), Line(3, "1"), Line(5, "buổi tối."), Line(20, "2")]
    assert [block.text for block in join_lines(lines)] == ["1. Mở lớp buổi tối."]


def test_a_joined_paragraph_keeps_its_marker_and_spans_its_lines() -> None:
    (block,) = join_lines([Line(3, "a) Mở lớp"), Line(5, "buổi tối.")])
    assert block.marker is not None
    assert (block.marker.kind, block.marker.rest, block.first_line, block.last_line) == (Kind.LETTER, "Mở lớp buổi tối.", 3, 5)


def test_table_rows_are_never_joined() -> None:
    rows = [Line(1, "Việc | Nơi làm", ("Việc", "Nơi làm")), Line(2, "học | xã", ("học", "xã")), Line(3, "và chơi")]
    assert [block.text for block in join_lines(rows)] == ["Việc | Nơi làm", "học | xã", "và chơi"]


PARAGRAPHS = 3 * [
    "KẾ HOẠCH",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Thư viện xã mở cửa ba buổi tối mỗi tuần để người lao động tới đọc, mượn sách và học cách tìm tài liệu trên mạng cùng cán bộ.",
    "2. Mỗi thôn chọn một nhà văn hóa làm điểm đọc; người trông điểm đọc ghi sổ mượn, ngày 25 hằng tháng nộp bản sao về thư viện xã để cộng.",
    "a) Thư viện tỉnh luân chuyển ít nhất 300 bản sách tới mỗi huyện trong một quý. Sách luân chuyển dán nhãn màu để khỏi lẫn với sách sẵn có.",
    "b) Trường học cho điểm đọc mượn bàn ghế trong hè, trả lại trước ngày 31 tháng 8 và hai bên ký biên bản giao nhận theo mẫu của thư viện.",
    "- Đoàn Thanh niên cử bạn đọc trẻ kể chuyện cho thiếu nhi vào sáng Chủ nhật, mỗi buổi một cuốn sách, có quà là vở viết và bút chì màu.",
    "+ Phòng Nội vụ, Phòng Y tế, Hội Khuyến học, Đoàn Thanh niên, Hội Phụ nữ, Hội Nông dân, Công an và Ban Chỉ huy quân sự giai đoạn 2026 - 2030.",
    "c) UBND Lam Khê, UBND Vân Châu, UBND Mộc Hải, UBND Hoài Khê, UBND Suối Mây, UBND Khê Mộc cùng ký trước ngày 30. Sau đó lưu sổ chung.",
    "II. KINH PHÍ",
    "Kinh phí lấy từ nguồn sự nghiệp văn hóa, phần còn lại do các nhà hảo tâm ủng hộ bằng sách, kệ gỗ, máy tính cũ và công vận chuyển.",
]


@pytest.mark.parametrize("width", [48, 60, 72, 90, 110])
def test_text_broken_at_a_width_is_whole_again(width: int) -> None:
    """Whatever the width: figures and names that it brings to the head of a line open nothing."""
    lines = [line for paragraph in PARAGRAPHS for line in textwrap.wrap(paragraph, width, break_on_hyphens=False)]
    assert [block.text for block in join_lines([Line(number, text) for number, text in enumerate(lines, start=1)])] == PARAGRAPHS


HEAD = [
    "KẾ HOẠCH",
    "Phát triển thư viện xã và điểm đọc của thôn trên địa bàn huyện Lam Khê, giai đoạn 2026 - 2030",
    "Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019 và các văn bản hướng dẫn Luật của Chính phủ, của Bộ quản lý ngành;",
    "Xét đề nghị của Phòng Văn hóa và Thông tin tại Tờ trình số 15/TTr-VHTT ngày 02 tháng 3 năm 2026 về việc mở rộng thư viện,",
    "Thực hiện Nghị quyết của Hội đồng nhân dân huyện Lam Khê, Ủy ban nhân dân huyện ban hành kế hoạch với các nội dung sau:",
]


@pytest.mark.parametrize("width", [46, 52, 60, 71, 80, 94])
def test_the_subject_of_a_wrapped_file_ends_where_the_recitals_begin(width: int) -> None:
    lines = [line for paragraph in [*HEAD, *PARAGRAPHS[1:]] for line in textwrap.wrap(paragraph, width, break_on_hyphens=False)]
    blocks = [block.text for block in join_lines([Line(number, text) for number, text in enumerate(lines, start=1)])]
    assert blocks[: len(HEAD)] == HEAD


SHORT = [f"{number}. Việc thứ {number}" for number in range(1, 41)]
FEW_FULL_LINES = [
    "41. Thư viện xã mở cửa ba buổi tối mỗi tuần cho người đọc ở Lam Khê và Vân Châu, mỗi buổi có một cán bộ trực.",
    "42. Mỗi điểm đọc ghi sổ mượn rồi nộp bản sao về Phòng Văn hóa và Thông tin huyện trước ngày 25 của mỗi quý.",
    "43. Trường học cho mượn bàn ghế trong hè, ký biên bản giao nhận với điểm đọc của Khê Mộc và trả lại trước ngày 31.",
    "44. Đoàn Thanh niên kể chuyện cho thiếu nhi vào sáng Chủ nhật, mỗi buổi một cuốn sách do thư viện huyện Suối Mây chọn.",
]


@pytest.mark.parametrize("width", [44, 48, 56])
def test_a_width_shows_where_few_lines_are_full(width: int) -> None:
    paragraphs = [*SHORT, *FEW_FULL_LINES]
    lines = [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width, break_on_hyphens=False)]
    assert [block.text for block in join_lines([Line(number, text) for number, text in enumerate(lines, start=1)])] == paragraphs


def test_headings_without_stops_show_no_width() -> None:
    lines = [text for number in range(1, 21) for text in (f"{number}. Tổ chức thực hiện các nhiệm vụ của thư viện", "Phòng Văn hóa chủ trì")]
    assert [block.text for block in join_lines([Line(number, text) for number, text in enumerate(lines, start=1)])] == lines


FILLER = [f"{number}. " + "học " * 14 for number in range(1, 31)]  # full lines that no stop ends
AT_FULL_WIDTH = [
    (["31. Một"], ["31. Một"], "the next number opens an item, however full the line before it"),
    (["45. Một"], None, "another number was brought to the head of the line by the width"),
    (["TIẾNG VIỆT " * 5 + "VÀ", "TIẾNG MƯỜNG"], ["TIẾNG VIỆT " * 5 + "VÀ TIẾNG MƯỜNG"], "a title in capitals goes on in capitals"),
    (["TIẾNG VIỆT " * 5 + "VÀ", "Sở Nội vụ"], ["TIẾNG VIỆT " * 5 + "VÀ", "Sở Nội vụ"], "but not in small letters"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), AT_FULL_WIDTH)
def test_lines_behind_a_full_line(lines: list[str], expected: list[str] | None, why: str) -> None:
    blocks = [block.text for block in join_lines([Line(number, text) for number, text in enumerate([*FILLER, *lines], start=1)])]
    assert blocks == ([*FILLER, *expected] if expected is not None else [*FILLER[:-1], " ".join([FILLER[-1], *lines])]), why
