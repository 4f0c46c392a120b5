"""Word files: what the page prints, whatever way the file holds it."""

from __future__ import annotations

import json

import pytest
from prerequisites import shared_path
from word_markup import Rows, control, definition, item, level, number, p, reading, rows, run, tbl, tc, tr, wide

from ingest.parse import parse
from ingest.read import read


def box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return f"<w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback><v:textbox>{inside}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CHANGED = "the file holds tracked changes; it was read as if all of them were accepted"
HIDDEN = "hidden or white text was left out (1 characters)"
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("body", "expected", "warnings", "why"),
    [
        (p("a") + p("") + p("b"), ["a", "", "b"], [], "an empty paragraph keeps its place"),
        (p(run("1") + run(".") + "<w:r><w:tab/></w:r>" + run("Tên")), ["1. Tên"], [], "a number cut into runs"),
        (p(run("a") + "<w:r><w:br/></w:r>" + run("b")), ["a", "b"], [], "Shift+Enter"),
        (p(run("a\nb")), ["a b"], [], "a line end in the markup is no line break"),
        (p(run("a") + "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>" + run("b\u00ad\u200bc")), ["a-bc"], [], "hyphens that show and such that do not"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(" \uf0b7 ")), ["→ •"], [], "signs of symbol fonts"),
        (p(run("a") + f"<w:del>{run('b')}</w:del><w:ins>{run('c')}</w:ins>"), ["ac"], [CHANGED], "a tracked change"),
        (p(f"<w:moveFrom>{run('a')}</w:moveFrom>") + p(f"<w:moveTo>{run('a')}</w:moveTo>"), ["", "a"], [CHANGED], "a move"),
        (p("a", "<w:rPr><w:del/></w:rPr>") + p("b"), ["ab"], [CHANGED], "a deleted end of paragraph"),
        (p(f"<w:del>{run('a')}</w:del>", "<w:rPr><w:del/></w:rPr>") + p("b"), ["b"], [CHANGED], "a deleted paragraph"),
        (p("a", "<w:rPr><w:ins/></w:rPr>") + p("b"), ["a", "b"], [CHANGED], "an inserted end of paragraph"),
        (control(p("a")) + f"<w:customXml>{p('b')}</w:customXml>", ["a", "b"], [], "content controls around paragraphs"),
        (
            p(f"<w:hyperlink>{run('a')}</w:hyperlink><w:smartTag>{run('b')}</w:smartTag>" + control(run("c"))),
            ["abc"],
            [],
            "… and inside",
        ),
        (p(f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>'), ["7"], [], "a simple field shows its result"),
        (
            p(field("begin") + "<w:r><w:instrText>X</w:instrText></w:r>" + run("x") + field("separate") + run("7") + field("end") + run("!")),
            ["7!"],
            [],
            "a field",
        ),
        (
            p(field("begin") + field("begin") + field("separate") + run("x") + field("end") + field("separate") + run("7") + field("end")),
            ["7"],
            [],
            "a field in the instruction of a field",
        ),
        (p(field("begin")) + p("a") + p(field("end") + run("b")), ["", "a", "b"], [], "a field that is never closed hides nothing after its paragraph"),
        (p(run("a") + run("b", "<w:vanish/>")), ["a"], [HIDDEN], "hidden text"),
        (p(run("a", '<w:vanish w:val="0"/>')), ["a"], [], "shown again"),
        (p(run("a", '<w:rStyle w:val="Secret"/>')), [""], [HIDDEN], "hidden by its style"),
        (p("a", "<w:rPr><w:vanish/></w:rPr>") + p("b"), ["ab"], [], "a hidden end of paragraph"),
        (p(run("a") + run("b", WHITE)), ["a"], [HIDDEN], "white on white"),
        (p(run("a", '<w:color w:val="FEFEFE"/>')), [""], [HIDDEN], "nearly white"),
        (p(run("a", WHITE + '<w:shd w:fill="0000FF"/>')), ["a"], [], "white on blue"),
        (p(run("a", WHITE + '<w:highlight w:val="black"/>')), ["a"], [], "white on black"),
        (p(run("a", WHITE), '<w:shd w:fill="C00000"/>'), ["a"], [], "white on a red paragraph"),
        (p(run("a", WHITE + '<w:shd w:fill="FFFFFF"/>')), [""], [HIDDEN], "white on a white ground"),
        (p(run("Mục", "<w:caps/>")), ["MỤC"], [], "drawn in capitals"),
        (p(box("DỰ THẢO") + run("5. a")), ["DỰ THẢO", "5. a"], [], "a text box before the words, once"),
        (p(run("5. a") + box("b")), ["5. a", "b"], [], "a text box behind them"),
        (
            p("<w:r><w:pict><v:textbox><w:txbxContent>" + p(box("a") + run("b")) + "</w:txbxContent></v:textbox></w:pict></w:r>"),
            ["a", "b", ""],
            [],
            "a box in a box",
        ),
        (p(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), ["a"], ["footnotes and endnotes were left out"], "a footnote"),
        (p("I. A\t1", '<w:pStyle w:val="TOC1"/>') + p("I. A"), ["I. A"], ["the table of contents was left out"], "headings are not numbered twice"),
        ("<w:altChunk/>" + p("a"), ["a"], ["a document that is embedded in the file was left out"], "an embedded document"),
        (p("B", '<w:framePr w:dropCap="drop"/>') + p("an"), ["Ban"], [], "a large initial"),
        (p("<m:oMath><m:r><m:t>≥ 5</m:t></m:r></m:oMath>"), ["≥ 5"], [], "a formula"),
        (
            p(run("KÕ ho¹ch", '<w:rFonts w:ascii=".VnTime"/>') + run(" \u00ad", '<w:rFonts w:ascii=".VnTimeH"/>')),
            ["Kế hoạch Ư"],
            [],
            "TCVN3, whose ư is a soft hyphen",
        ),
        (
            p(run("Keá hoa", '<w:rFonts w:ascii="VNI-Times"/>') + run("ïch", '<w:rFonts w:hAnsi="VNI-Times"/>')),
            ["Kế hoạch"],
            [],
            "VNI, a letter and its sign in two runs",
        ),
    ],
)
def test_what_the_page_prints(body: str, expected: Rows, warnings: list[str], why: str) -> None:
    styles = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    result = reading(body, styles=styles)
    assert (rows(result), list(result.warnings)) == (expected, warnings), why


STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        (f"UBND HUYỆN\t{STATE}", ["UBND HUYỆN", STATE], "the head"),
        ("Số: 1/KH-UBND        Lam Khê, ngày 05 tháng 4 năm 2025", ["Số: 1/KH-UBND", "Lam Khê, ngày 05 tháng 4 năm 2025"], "spaces"),
        ("Nơi nhận:\t\tTM. ỦY BAN NHÂN DÂN", ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"], "the foot"),
        ("- Lưu: VT.\tThượng tá Lê Mộc", ["- Lưu: VT.", "Thượng tá Lê Mộc"], "whatever stands beside a recipient"),
        ("- Sở Y tế;\tPGS.TS. Lê Mộc", ["- Sở Y tế;", "PGS.TS. Lê Mộc"], "a name with its degrees"),
        ("- Như trên;\tPHÓ CHỦ TỊCH", ["- Như trên;", "PHÓ CHỦ TỊCH"], "a capacity"),
        ("- Lưu: VT.\tNguyễn Văn A", ["- Lưu: VT.", "Nguyễn Văn A"], "a name"),
        ("VIII.\tTỔ CHỨC", ["VIII. TỔ CHỨC"], "a tab behind a number"),
        ("-\tSở Nội Vụ", ["- Sở Nội Vụ"], "a tab behind a dash"),
        ("Chủ trì:\tcác phòng", ["Chủ trì: các phòng"], "a tab in a sentence"),
        ("a\tB\tC", ["a B C"], "tab stops"),
    ],
)
def test_two_columns_without_a_table(line: str, expected: Rows, why: str) -> None:
    assert rows(reading(p(line))) == expected, why


DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("table", "expected", "why"),
    [
        (tbl(tr("a", "b"), tr("c", "")), [("a", "b"), ("c", "")], "an empty cell keeps its column"),
        (tbl(tr("a", "b"), tr("", "")), [("a", "b"), ""], "an empty row is an empty line"),
        (tbl(tr("a", "b"), tr(p("c") + p("d"), "e")), [("a", "b"), ("c d", "e")], "paragraphs of one cell"),
        (tbl(tr("a", "b", "c"), tr(tc("d", wide(3)))), [("a", "b", "c"), ("d",)], "a row merged across the table"),
        (tbl(tr("a", "b", "c", "d", "e"), tr("I", tc("f", wide(4)))), [("a", "b", "c", "d", "e"), ("I", "f")], "a group of rows under one heading"),
        (tbl(tr("a", "b", "c", "d"), tr("e", tc("f", wide(2)), "g")), [("a", "b", "c", "d"), ("e", "f", "f", "g")], "one value for two columns"),
        (tbl(tr("a", tc("b", wide(2))), tr("c", tc("d", wide(2)))), [("a", "b"), ("c", "d")], "a border that no row draws"),
        (tbl(tr(tc("a", DOWN), "b"), tr(tc("", GOES_ON), "c"), tr("d", "e")), [("a", "b"), ("a", "c"), ("d", "e")], "one value for two rows"),
        (tbl(tr("a", "b", "c"), tr("d", "e", properties='<w:gridBefore w:val="1"/>')), [("a", "b", "c"), ("", "d", "e")], "a row that begins late"),
        (
            tbl(tr("a", "b"), tr("c", "d", properties="<w:del/>"), tr("e", "f", properties="<w:hidden/>"), tr("g", "h")),
            [("a", "b"), ("g", "h")],
            "a deleted and a hidden row",
        ),
        (tbl(tr(tc("a"), tc("b", "<w:cellDel/>")), tr("c", "d")), [("a",), ("c", "d")], "a deleted cell"),
        (
            control(tbl(control(tr("a", "b")), tr("c", "d"))),
            [("a", "b"), ("c", "d")],
            "controls",
        ),
        (tbl(tr(p("ỦY BAN") + p("Số: 1"), p(STATE) + p("")), tr("", "ngày 1")), ["ỦY BAN", "Số: 1", STATE, "ngày 1"], "a letterhead, column by column"),
        (tbl(tr("UBND", tc(STATE, wide(2))), tr(tc("Số: 1", wide(2)), "ngày 1")), ["UBND", "Số: 1", STATE, "ngày 1"], "… drawn askew"),
        (tbl(tr(p("Nơi nhận:") + p("- Như trên;"), p("TM. ỦY BAN") + p("A"))), ["Nơi nhận:", "- Như trên;", "TM. ỦY BAN", "A"], "a signature"),
        (tbl(tr("Báo cáo", "Nơi nhận"), tr("sơ kết", "Sở")), [("Báo cáo", "Nơi nhận"), ("sơ kết", "Sở")], "a table of data that names recipients"),
        (tbl(tr("a"), tr(p("b") + p("c"))), ["a", "b", "c"], "a frame of one column"),
        (tbl(tr(tbl(tr("a", "b"), tr("c", "d")) + p("e"))), [("a", "b"), ("c", "d"), "e"], "a table of data in a frame"),
        (tbl(tr("a", tbl(tr("b", "c"), tr("d", "e")) + p("")), tr("f", "g")), [("a", "b | c d | e"), ("f", "g")], "a table in a cell"),
        (tbl(tr("a", "b"), tr(item(1), "c"), tr(item(1), "d")), [("a", "b"), ("1. x", "c"), ("2. x", "d")], "numbers of rows counted by Word"),
        (tbl(tr(tc(p(run("a", WHITE)), '<w:shd w:fill="0070C0"/>'), p(run("b", WHITE))), tr("c", "d")), [("a", ""), ("c", "d")], "white on a coloured cell"),
        (tbl(tr(p(run("a", WHITE)), "b"), tr("c", "d"), properties='<w:tblStyle w:val="Blue"/>'), [("a", "b"), ("c", "d")], "white on a table's style"),
        (tbl(tr("a", "b"), tr(tc("c", wide(10**9)))), [("a", "b"), ("c",)], "a width beyond Word's"),
        (tbl(), [], "no rows"),
    ],
)
def test_tables(table: str, expected: Rows, why: str) -> None:
    styles = '<w:style w:type="table" w:styleId="Blue"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>'
    assert rows(reading(table, definition(0, level(0, "decimal", "%1.")) + number(1, 0), styles)) == expected, why


def test_the_text_of_a_row_is_its_cells() -> None:
    assert [line.text for line in reading(tbl(tr("a", "b"), tr("c", "d"))).lines] == ["a | b", "c | d"]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["003_typed", "003_auto", "003_auto_style", "003_tcvn3", "003_vni"])
def test_one_plan_in_every_word_file_is_its_truth(name: str) -> None:
    """All 75 addresses and all 147 paragraphs, to the letter."""
    truth_name = name if name in ("003_auto", "003_auto_style") else "003_typed"
    truth = json.loads(shared_path("formats", f"{truth_name}.truth.json").read_text(encoding="utf-8"))
    found = read(shared_path("formats", f"{name}.docx"))
    texts = [line.text for line in found.lines]
    expected = [f"{block['marker']} {block['text']}".strip() for block in truth]
    start = texts.index(expected[0])
    assert texts[start : start + len(expected)] == expected
    addresses = [section.address for section in parse(found).sections]
    assert addresses == ["mo-dau", *(block["addr"] for block in truth if block["kind"] not in ("dash", "para")), "ket-thuc", "phu-luc"]
    assert [len(line.cells) for line in found.lines if line.cells] == [5, 2, 5, 5, 2, 5, 5, 5], "two rows head groups"
    assert [line.cells[2] for line in found.lines if len(line.cells) == 5][-2:] == ["Phòng Nội vụ"] * 2, "one cell over two rows"


@pytest.mark.shared
def test_a_plan_in_block_layout_is_its_paragraphs() -> None:
    truth = json.loads(shared_path("formats", "000_block.paras.json").read_text(encoding="utf-8"))
    assert [line.text for line in read(shared_path("formats", "000_block.docx")).lines] == [" ".join(text.split()) for text in truth]


@pytest.mark.shared
def test_the_file_of_tricks() -> None:
    found = read(shared_path("formats", "tricky.docx"))
    assert [section.address for section in parse(found).sections] == ["I", *(f"I.{figure}" for figure in range(1, 11)), "II", "II.1", "II.2"]
    texts = [line.text for line in found.lines]
    assert {"1. Báo cáo trước ngày 30/11 hằng năm", "3. Có liên kết ngày 09/11/2023", "4. Đơn vị KẾT QUẢ TRƯỜNG", "5. Sau hộp văn bản"} < set(texts)
    assert texts.count("DỰ THẢO") == 1
    assert not any("HIDDEN" in text for text in texts)
    assert len(found.warnings) == 2


def test_a_text_box_counts_on_its_own() -> None:
    boxed = p(f"<w:r><w:pict><w:txbxContent>{item(1) * 2}</w:txbxContent></w:pict></w:r>" + run("y"))
    assert rows(reading(item(1) + boxed + item(1), definition(0, level(0, "decimal", "%1.")) + number(1, 0))) == ["1. x", "1. x", "2. x", "y", "2. x"]
