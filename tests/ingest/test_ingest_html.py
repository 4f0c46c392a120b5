"""Web pages: what of a page is the document, and every number as a browser shows it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from prerequisites import ROOT, shared_path

from ingest.outline import parse_outline
from ingest.readers.html import read_html
from ingest.readers.reading import Reading
from ingest.readers.text import read_text
from xhht_qa.errors import ReadError

SAMPLES = sorted((ROOT / "ingest" / "plans").glob("*.txt"))
PARAGRAPHS = "".join(f"<p>Đoạn văn thứ {number} của một kế hoạch dài, đủ lời để là phần chính của trang này.</p>" for number in range(20))


def page(body: str, head: str = "") -> Reading:
    return read_html(Path("p.html"), f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode())


def lines(body: str, head: str = "") -> list[str]:
    return [line.text for line in page(body, head).lines]


NUMBERS = [
    ("<ol><li>Một<li>Hai</ol>", ["1. Một", "2. Hai"], "figures are what a list has by itself"),
    ("<ol type=I start=3><li>Ba<li>Bốn</ol>", ["III. Ba", "IV. Bốn"], "Roman figures from a start"),
    ("<ol type=a><li>A<li value=4>D<li>E</ol>", ["a. A", "d. D", "e. E"], "an item may set the number, and the list goes on from it"),
    ("<ol type=i><li>x<li>y</ol><ol type=A><li>z</ol>", ["i. x", "ii. y", "A. z"], "small Roman figures, capitals"),
    ("<ol style='list-style-type: lower-alpha'><li>x</ol>", ["a. x"], "a style instead of a type"),
    ("<ol style='list-style: none'><li>1. Tự đánh số</ol>", ["1. Tự đánh số"], "no number of its own"),
    ("<ol><li>Một<ol type=a><li>Nhỏ<li>Nhỏ hơn</ol><li>Hai</ol>", ["1. Một", "a. Nhỏ", "b. Nhỏ hơn", "2. Hai"], "a list in a list"),
    ("<ol type=I><li><p>Phần</p><p>Lời dẫn</p></li></ol>", ["I. Phần", "Lời dẫn"], "the number stands before the first paragraph only"),
    ("<ol type=I><li><ol><li>Một</ol></ol>", ["I.", "1. Một"], "an item without words of its own"),
    ("<ul><li>Gạch<ul><li>Cộng</ul><li>Gạch</ul>", ["- Gạch", "+ Cộng", "- Gạch"], "dots are dashes, below them plus signs"),
    ("<ol><ul><li>Gạch</ul></ol>", ["- Gạch"], "a list of dots in a list of numbers"),
    ("<ol start=x><li value=''>Một</ol>", ["1. Một"], "numbers that are none"),
]


@pytest.mark.parametrize(("body", "expected", "why"), NUMBERS)
def test_the_numbers_of_lists(body: str, expected: list[str], why: str) -> None:
    assert lines(body) == expected, why


WORD = [
    (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.1."
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Mục <b>tiêu</b><o:p></o:p></p>",
        ["2.1. Mục tiêu"],
        "the number that Word has printed",
    ),
    ("<p><span style='font-family:Symbol'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>Ý</p>", ["• Ý"], "a dot of the font of signs"),
    ("<p><span style='font-family:\"Courier New\"'>o<span>&nbsp;</span></span>Ý</p>", ["+ Ý"], "a hollow dot stands below a dot"),
    ("<p style='font-family:\".VnTime\"'>n\u00adíc <b style='font-family:.VnTimeH'>Hµ Néi</b></p>", ["nước HÀ NỘI"], "old fonts"),
    ("<p><font face='VNI-Times'>Haø No<b>ä</b>i</font></p>", ["Hà Nội"], "a letter and its sign in two elements"),
    ("<p>Dòng<br>sau   và\ncuối</p>", ["Dòng", "sau và cuối"], "line breaks of the page and of the file"),
    ("<pre>1. Một\n  2. Hai</pre>", ["1. Một", "2. Hai"], "text set as it was typed"),
    ("Đầu<div>Giữa</div>cuối", ["Đầu", "Giữa", "cuối"], "text between blocks"),
]


@pytest.mark.parametrize(("body", "expected", "why"), WORD)
def test_text_as_it_is_drawn(body: str, expected: list[str], why: str) -> None:
    assert lines(body) == expected, why


def test_fonts_of_classes() -> None:
    head = '<style>p.MsoNormal, li.MsoNormal {margin:0; font-family:".VnTime","serif";} .dau {font-family:.VnTimeH}</style>'
    assert lines("<p class=MsoNormal>Hµ Néi <span class=dau>kÕ</span></p><p>Hà</p>", head) == ["Hà Nội KẾ", "Hà"]


AROUND = [
    ("<nav><a href=/>Trang chủ</a></nav>", "navigation"),
    ("<aside>1. Tin liên quan</aside><footer>Cổng thông tin</footer>", "what stands beside and below"),
    (
        "<div><h3>Tin liên quan</h3><ul><li><a href=1>Tin một</a><li><a href=2>Tin hai</a><li><a href=3>Tin ba</a></ul></div>",
        "a list of links with its heading",
    ),
    ("<div class='main-menu'>Danh mục</div><div id=footer>Địa chỉ</div>", "named by class or id"),
    ("<ul><li><a href=a>Một</a><li><a href=b>Hai</a><li><a href=c>Ba</a></ul>", "a list of links"),
    ("<div role=navigation>Menu</div><script>var a='I. MỤC'</script><style>p{}</style>", "by its role; never drawn"),
    ("<button>In trang</button><select><option>Năm</select>", "controls"),
]


@pytest.mark.parametrize(("around", "why"), AROUND)
@pytest.mark.parametrize("frame", ["{}<div>{}</div>", "{}<article>{}</article>", "<form>{}<table><tr><td>{}</td></tr></table></form>"])
def test_the_page_around_is_left_out(around: str, why: str, frame: str) -> None:
    assert lines(frame.format(around, PARAGRAPHS)) == lines(PARAGRAPHS), why


KEPT = [
    ("<div class=menu>{}</div>", "a frame that holds the document, whatever its name"),
    ("<article><p>Tin ngắn</p></article><div>{}</div>", "an article that holds little"),
    ("<p>Căn cứ <a href=1>Luật một</a></p>{}", "links in a sentence"),
]


@pytest.mark.parametrize(("frame", "why"), KEPT)
def test_the_document_is_kept(frame: str, why: str) -> None:
    assert len(lines(frame.format(PARAGRAPHS))) >= 20, why
    assert [line for line in lines(frame.format(PARAGRAPHS)) if line.startswith("Đoạn")] == lines(PARAGRAPHS), why


@pytest.mark.parametrize("attribute", ["hidden", "style='display: none'", "style='visibility:hidden'", "style='mso-hide:all'", "aria-hidden=true"])
def test_hidden_text_is_left_out_and_reported(attribute: str) -> None:
    reading = page(f"<p>Thấy</p><p {attribute}>Giấu</p>")
    assert [line.text for line in reading.lines] == ["Thấy"]
    assert reading.warnings == ("hidden text of 4 characters was left out",)


TABLES = [
    (
        "<tr><th>TT<th>Việc<th>Chủ trì<tr><td>I<td colspan=2>Nhóm<tr><td>1<td>A<td rowspan=2>Sở<tr><td>2<td>B",
        [("TT", "Việc", "Chủ trì"), ("I", "Nhóm"), ("1", "A", "Sở"), ("2", "B", "Sở")],
        "a merged cell stands in every row that it covers",
    ),
    ("<tr><td rowspan=2>1<td>A<td>B<tr><td>C<td>D<tr><td>2<td>E<td>F", [("1", "A", "B"), ("1", "C", "D"), ("2", "E", "F")], "from above, in the first column"),
    ("<tr><td>1<td><p>a</p><p>b</p><tr><td>2<td><ul><li>c</ul>", [("1", "a b"), ("2", "- c")], "paragraphs in a cell are one line"),
    ("<thead><tr><th>TT<th>Việc</thead><tbody><tr><td>1<td>A</tbody>", [("TT", "Việc"), ("1", "A")], "head and body"),
    ("<tr><td colspan=99999>A<td>B<tr><td rowspan=99999>C<td>D", [(), ("A",), ("C", "D")], "absurd spans: what has no column left is a plain line"),
]


@pytest.mark.parametrize(("rows", "expected", "why"), TABLES)
def test_tables(rows: str, expected: list[tuple[str, ...]], why: str) -> None:
    assert [line.cells for line in page(f"<table>{rows}</table>").lines] == expected, why


def test_a_letterhead_is_read_column_by_column() -> None:
    head = "<table><tr><td>UBND HUYỆN<br>X</td><td>CỘNG HÒA XÃ HỘI</td></tr><tr><td>Số: 1/KH</td><td>X, ngày 1</td></tr></table>"
    assert lines(head) == ["UBND HUYỆN", "X", "Số: 1/KH", "CỘNG HÒA XÃ HỘI", "X, ngày 1"]


CHARSETS = [
    ("<p>Kế hoạch".encode("utf-16"), "a byte order mark"),
    ("<meta charset='utf-8'><p>Kế hoạch".encode(), "named in short"),
    ("<p>Kế hoạch".encode(), "not named"),
    ("<meta http-equiv=Content-Type content='text/html; charset=windows-1258'><p>Kê\u0301 hoa\u0323ch".encode("cp1258"), "named in full"),
    (b"<meta name=description content='\xc3'>" + f"<p>Kế hoạch<!--{'x' * 2000}-->".encode(), "a letter cut in two"),
    (b"<meta charset=nonsense><p>K&#7871; ho&#x1EA1;ch", "no such encoding; letters by number"),
]


@pytest.mark.parametrize(("data", "why"), CHARSETS)
def test_encodings(data: bytes, why: str) -> None:
    assert [line.text for line in read_html(Path("p.html"), data).lines] == ["Kế hoạch"], why


def test_a_page_in_an_old_encoding_is_decoded_and_reported() -> None:
    reading = read_html(Path("p.html"), "<p>KÕ ho¹ch cña ñy ban nh©n d©n tØnh</p><table><tr><td>ViÖc<td>H¹n<tr><td>Mét<td>Quý".encode("cp1252"))
    assert [line.text for line in reading.lines] == ["Kế hoạch của ủy ban nhân dân tỉnh", "Việc | Hạn", "Một | Quý"]
    assert reading.lines[1].cells == ("Việc", "Hạn")
    assert [warning.split(",")[0] for warning in reading.warnings] == ["the text was read as TCVN3"]


HOSTILE = [
    ("<div>" * 100_000, "deep"),
    ("<b>" * 100_000, "deep in letters"),
    ("<table><tr><td>" * 100_000, "tables in tables"),
]


@pytest.mark.parametrize(("body", "why"), HOSTILE)
def test_a_page_too_deep_is_refused_at_once(body: str, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadError, match=r"^p\.html: the page nests"):
        page(body)
    assert time.monotonic() - began < 2, why


STRANGE = [
    "",
    "<",
    "<p",
    "</p></div>",
    "<table>",
    "<table><td>x",
    "<li>x",
    "<ol><li>",
    "<!--",
    "<ul></li></ul>",
    "<table><tr></tr></table>",
    "<td></table></td>",
]


@pytest.mark.parametrize("body", STRANGE)
def test_broken_markup_is_read_as_far_as_it_goes(body: str) -> None:
    assert lines(f"<p>Đầu</p>{body}") in (["Đầu"], ["Đầu", "x"], ["Đầu", "<"], ["Đầu", "1."])


def test_the_deepest_page_that_is_read_needs_no_recursion() -> None:
    assert lines("<div>" * 500 + "<table><tr><td>" * 5 + "Đáy") == ["Đáy"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_plan_as_a_page_is_the_same_plan(path: Path) -> None:
    plain = read_text(path, path.read_bytes())
    body = "".join(f"<p>{line.text.replace('&', '&amp;').replace('<', '&lt;')}</p>\n" for line in plain.lines if line.text)
    found = page(f"<header><nav><a href=/>Trang chủ</a></nav></header><div class=wrap>{body}</div><footer>Chân trang</footer>")
    assert [line.text for line in found.lines] == [line.text for line in plain.lines if line.text]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["003_portal.html", "003_wordhtml.html"])
def test_a_real_plan_has_its_numbers_and_words(name: str) -> None:
    path = shared_path("formats", name)
    truth = json.loads(shared_path("formats", "003_typed.truth.json").read_text(encoding="utf-8"))
    reading = read_html(path, path.read_bytes())
    sections, _ = parse_outline(reading.lines)
    numbered = [block["addr"] for block in truth if block["kind"] not in ("dash", "para")]
    assert [section.address for section in sections if section.address not in ("mo-dau", "ket-thuc", "phu-luc")] == numbered
    texts = {line.text for line in reading.lines}
    printed = [f"{block['marker'] or ''} {block['text']}".strip() for block in truth]
    closing = [text for text in printed if text not in texts]
    assert len(closing) <= (name == "003_wordhtml.html"), closing  # the file leaves one closing paragraph out
    assert sum(len(line.cells) == 5 for line in reading.lines) == 6  # the head and five tasks
