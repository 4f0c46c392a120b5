"""How a plan's file was read, in a sentence for a person who never saw the program that read it."""

from __future__ import annotations

import re

_LATER = "Khi đọc tệp có điểm cần lưu ý; xin đối chiếu với bản gốc."
# What the readers say → what is told; a page number and quoted words of the file are carried over.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (
            r"(?P<place>.*): the number (?P<printed>.+) is printed (?P<times>\d+) times at one level",
            "{place}: số “{printed}” được in {times} lần trong cùng một cấp.",
        ),
        (r"(?P<place>.*): the number (?P<printed>.+) does not follow on", "{place}: số “{printed}” không nối tiếp số đứng trước."),
        (r"only (?P<share>\d+%) of the words", "Chỉ {share} số từ đọc được là tiếng Việt; xin đối chiếu với bản gốc."),
        (r"the file is named (?P<name>\S+) but its content is (?P<kind>\S+);", "Tệp mang đuôi {name} nhưng nội dung là {kind}; đã đọc theo nội dung."),
        (r"the text was read as ", "Bảng mã chữ của tệp được suy đoán từ nội dung; xin đối chiếu với bản gốc."),
        (r"the file holds tracked changes", "Tệp còn các sửa đổi đang theo dõi; đã đọc như khi chấp nhận tất cả."),
        (r"hidden (?:or white )?text", "Chữ ẩn trong tệp đã được bỏ qua."),
        (r"footnotes and endnotes", "Chú thích cuối trang và cuối văn bản đã được bỏ qua."),
        (r"the table of contents", "Mục lục in trong tệp đã được bỏ qua."),
        (r"a document that is embedded", "Văn bản nhúng trong tệp đã được bỏ qua."),
        (r"the front matter's “(?P<field>.+)” is not known", "Thông tin khai báo “{field}” không được dùng đến."),
        (r"(?:page|each of pages) (?P<pages>[\d, –-]+) is damaged", "Trang {pages} bị hỏng và đã bỏ qua; xin in lại văn bản sang PDF."),
        (r"(?:page|each of pages) (?P<pages>[\d, –-]+) is a picture and left out", "Trang {pages} là ảnh và chưa đọc được."),
        (
            r"(?:page|each of pages) (?P<pages>[\d, –-]+) is a picture and was read",
            "Trang {pages} là ảnh, được nhận dạng chữ; xin đối chiếu số và ngày với bản gốc.",
        ),
        (r"(?:page|each of pages) (?P<pages>[\d, –-]+) is a picture, so", "Trang {pages} là ảnh quét kèm lớp chữ của máy quét; xin đối chiếu với bản gốc."),
        (r"(?:page|each of pages) (?P<pages>[\d, –-]+) is garbled", "Trang {pages} thiếu phông chữ nên có thể đọc sai; xin đối chiếu với bản gốc."),
        (r"(?:page|each of pages) (?P<pages>[\d, –-]+) is partly hidden", "Trang {pages} có chữ ẩn; phần ẩn đã được bỏ qua."),
        (r"(?:page|each of pages) (?P<pages>[\d, –-]+) is hard to make out", "Trang {pages} mờ, khó nhận dạng; xin quét lại với độ phân giải từ 200 dpi."),
        (r"page (?P<page>\d+): “(?P<words>.+)” was hard to make out", "Trang {page}: “{words}” khó nhận dạng; xin đối chiếu với bản gốc."),
        (r"page (?P<page>\d+): .*“(?P<was>.+)” was taken for “(?P<now>.+?)”", "Trang {page}: “{was}” được hiểu là “{now}”; xin đối chiếu với bản gốc."),
        (r"page (?P<page>\d+): (?P<count>\d+) words? (?:was|were) respelt", "Trang {page}: {count} từ được sửa lỗi nhận dạng; xin đối chiếu với bản gốc."),
        (r"(?P<count>\d+) more lines were hard to make out", "Còn {count} dòng khác khó nhận dạng."),
        (r"the pages are pictures;", "Các trang là ảnh và chưa đọc được."),
    )
)


def reading_warning(warning: str) -> str:
    """The warning as a person of the office is told it; one of an unknown kind sends to the original."""
    for pattern, sentence in _SENTENCES:
        if match := pattern.match(warning):
            return sentence.format_map(match.groupdict())
    return _LATER
