"""Files → documents: every way in which a file may come, and one clear sentence for those that cannot be read."""

from __future__ import annotations

import codecs
import io
import os
import resource
import unicodedata
import zipfile
from pathlib import Path

import pytest
from prerequisites import ROOT, shared_path

from ingest.letterhead import is_of_letterhead
from ingest.read import find_files, read, read_text
from ingest.sandbox import parse_all
from xhht_qa.errors import NoPlans, ReadError
from xhht_qa.types import Document, Plan

TEXT = "KẾ HOẠCH\nPhòng, chống sốt rét\n\nI. MỤC ĐÍCH\n1. Diệt muỗi trước ngày 15/6.\n"


def document(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path)


ENCODINGS = [
    (TEXT.encode(), "UTF-8"),
    (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8 with its mark"),
    (TEXT.encode("utf-16"), "UTF-16"),
    (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16, the other byte order"),
    (unicodedata.normalize("NFD", TEXT).encode(), "combining marks"),
    (TEXT.replace("\n", "\r\n").encode(), "line ends of Windows"),
    (TEXT.replace("\n", "\r").encode(), "line ends of old Macs"),
    (TEXT.replace(" ", "\u00a0").encode(), "no-break spaces"),
    (TEXT.replace("\nI.", "\n\fI.").encode(), "a form feed opens a page, not a line"),
]


@pytest.mark.parametrize(("data", "why"), ENCODINGS)
def test_one_text_in_every_encoding(tmp_path: Path, data: bytes, why: str) -> None:
    lines = [(line.number, line.text) for line in document(tmp_path, "p.txt", data).lines]
    assert lines == [(1, "KẾ HOẠCH"), (2, "Phòng, chống sốt rét"), (4, "I. MỤC ĐÍCH"), (5, "1. Diệt muỗi trước ngày 15/6.")], why


MARKDOWN = [
    ("#### I. MỤC ĐÍCH", "I. MỤC ĐÍCH", "a heading of any depth"),
    ("**I. MỤC ĐÍCH**", "I. MỤC ĐÍCH", "bold around a heading"),
    ("***II. Yêu cầu***", "II. Yêu cầu", "bold italics"),
    ("_1. Mục tiêu_", "1. Mục tiêu", "italics by underscores"),
    ("Số: *172*/KH-UBND", "Số: 172/KH-UBND", "italics around a figure"),
    ("* Phát tờ rơi", "* Phát tờ rơi", "an asterisk and a space open a bullet"),
    ("Hạn (*) nộp", "Hạn (*) nộp", "an asterisk in brackets is a footnote"),
    (r"1\. Mục tiêu \- a", "1. Mục tiêu - a", "escaped signs"),
    ("**KT. CHỦ TỊCH**\\", "KT. CHỦ TỊCH", "the sign that ends a line"),
    ("tệp bao_cao_quy.xlsx", "tệp bao_cao_quy.xlsx", "underscores inside a name"),
    ("  -  Một   hai ", "- Một hai", "spaces"),
]


@pytest.mark.parametrize(("raw", "expected", "why"), MARKDOWN)
def test_markdown_marks_go(tmp_path: Path, raw: str, expected: str, why: str) -> None:
    assert [line.text for line in document(tmp_path, "p.md", raw.encode()).lines] == [expected], why


@pytest.mark.parametrize(
    ("text", "cells", "why"),
    [
        ("TT | Việc\n1 | Đọc\n2 | Viết", [("TT", "Việc"), ("1", "Đọc"), ("2", "Viết")], "bars between the cells alone"),
        ("TT\tViệc\tHạn\n1\tĐọc\t\n2\tViết\t6/6", [("TT", "Việc", "Hạn"), ("1", "Đọc", ""), ("2", "Viết", "6/6")], "tabs, as a table copied from a word processor has"),
        ("Hạn nộp | Sở | Ghi chú", [()], "one line is no table"),
        ("a | b | c\nd | e", [(), ()], "nor are lines with different counts"),
        ("1.\tMục tiêu\t3\n2.\tGiải pháp\t5", [(), ()], "nor is a table of contents"),
        ("-\tĐọc\n-\tViết", [(), ()], "nor are bullets"),
        ("SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-SYT | Đồi Sim, ngày 05 tháng 3 năm 2026", [(), (), (), ()], "nor are the two columns of a letterhead"),
        ("- Như trên; | TM. ỦY BAN NHÂN DÂN\n- Lưu: VT. | CHỦ TỊCH", [(), (), ()], "nor are recipients beside a signature"),
    ],
)  # fmt: skip
def test_tables_without_a_frame(tmp_path: Path, text: str, cells: list[tuple[str, ...]], why: str) -> None:
    (tmp_path / "a.txt").write_text(f"Kế hoạch\n\n{text}\n\nHết", encoding="utf-8")
    found = [line.cells for line in read(tmp_path / "a.txt").lines if line.text]
    assert found[1:-1] == cells, why


def test_table_rows_keep_their_cells(tmp_path: Path) -> None:
    table = "| STT | **Việc** |\n|---|:---:|\n| 1 | Đọc |\n|  | Viết |\n"
    lines = document(tmp_path, "p.md", table.encode()).lines
    assert [(line.number, line.cells) for line in lines] == [(1, ("STT", "Việc")), (3, ("1", "Đọc")), (4, ("", "Viết"))]


@pytest.mark.parametrize(
    ("table", "expected", "why"),
    [
        (
            "| **Nơi nhận:**<br>- Như trên;<br>- Lưu: VT. | **GIÁM ĐỐC**<br><br>Sầm Nhật Ly |\n|---|---|",
            [(1, "Nơi nhận:"), (1, "- Như trên;"), (1, "- Lưu: VT."), (1, "GIÁM ĐỐC"), (1, "Sầm Nhật Ly")],
            "the foot, its lines broken in the cells",
        ),
        (
            "| *Nơi nhận:* - Như trên; - Lưu: VT. | **TM. ỦY BAN NHÂN DÂN** **CHỦ TỊCH** **Sầm Nhật Ly** |\n|---|---|",
            [(1, "Nơi nhận:"), (1, "- Như trên;"), (1, "- Lưu: VT."), (1, "TM. ỦY BAN NHÂN DÂN"), (1, "CHỦ TỊCH"), (1, "Sầm Nhật Ly")],
            "the foot, each cell on one line",
        ),
        (
            "| Nơi nhận: | TỔNG GIÁM ĐỐC |\n|---|---|\n| - Như trên; |  |\n| - Lưu: VT. | Sầm Nhật Ly |",
            [(1, "Nơi nhận:"), (1, "TỔNG GIÁM ĐỐC"), (3, "- Như trên;"), (4, "- Lưu: VT."), (4, "Sầm Nhật Ly")],
            "the foot, a row for each line",
        ),
        ("| SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|", [(1, "SỞ Y TẾ"), (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")], "the head"),
        ("| Việc | Hạn |\n|---|---|\n| Đọc<br>sách | 6/6 |", [(1, "Việc | Hạn"), (3, "Đọc sách | 6/6")], "a table of data stays one"),
    ],
)
def test_a_markdown_table_may_only_set_columns(tmp_path: Path, table: str, expected: list[tuple[int, str]], why: str) -> None:
    lines = document(tmp_path, "p.md", table.encode()).lines
    assert [(line.number, line.text.strip()) for line in lines if line.text] == expected, why


COLUMNS = [
    ("UBND TỈNH LAM KHÊ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ["UBND TỈNH LAM KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], "the state's name"),
    ("SỞ NỘI VỤ\t\tĐộc lập - Tự do - Hạnh phúc", ["SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"], "the motto behind tabs"),
    ("Số: 12/KH-SNV      Lam Khê, ngày 05 tháng 3 năm 2025", ["Số: 12/KH-SNV", "Lam Khê, ngày 05 tháng 3 năm 2025"], "the place and date"),
    ("Nơi nhận:          KT. GIÁM ĐỐC", ["Nơi nhận:", "KT. GIÁM ĐỐC"], "a capacity"),
    ("- Lưu: VT.         Hoàng Thị Lam", ["- Lưu: VT.", "Hoàng Thị Lam"], "a signer"),
    ("1. Mở lớp     ở xã và ở thôn.", ["1. Mở lớp ở xã và ở thôn."], "a gap in a sentence is a gap"),
]


@pytest.mark.parametrize(("raw", "expected", "why"), COLUMNS)
def test_two_columns_are_two_lines_with_one_number(tmp_path: Path, raw: str, expected: list[str], why: str) -> None:
    lines = document(tmp_path, "p.txt", raw.encode()).lines
    assert [line.text for line in lines] == expected, why
    assert {line.number for line in lines} == {1}


FRONT_MATTER = [
    ("---\nid: ke-hoach-7\nissuer: Sở Y tế\n---\nI. A\n", {"id": "ke-hoach-7", "issuer": "Sở Y tế"}, 5, "values, and the lines that follow keep their numbers"),
    ("\ufeff---\nid: a\n---\nI. A\n", {"id": "a"}, 4, "behind a byte order mark"),
    (
        "---\nid: 007\ndate:\nnumber: 1_0/KH\nsigner:\n---\nI. A\n",
        {"id": "007", "date": "", "number": "1_0/KH", "signer": ""},
        7,
        "as typed; what is given empty is blank in print",
    ),
    ("---\nrecipients:\n- Như trên;\n- Lưu: VT.\n---\nI. A\n", {"recipients": "Như trên;\nLưu: VT."}, 6, "a list, one item a line"),
    ("---\nI. A\n", {}, 1, "a rule at the top that nothing closes"),
    ("I. A\n---\nid: a\n---\n", {}, 1, "further down it is text"),
    ("---\nKẾ HOẠCH\nNơi nhận: VT\n---\nI. A\n", {}, 1, "between two rules may stand text"),
    ("---\n- Một\n- Hai\n---\nI. A\n", {}, 1, "or a list"),
    ("---\nI. A\n" + "Việc phải làm.\n" * 2_000 + "---\nII. B\n", {}, 1, "or a whole plan"),
]


@pytest.mark.parametrize(("text", "expected", "first", "why"), FRONT_MATTER)
def test_front_matter(tmp_path: Path, text: str, expected: dict[str, str], first: int, why: str) -> None:
    found = document(tmp_path, "p.md", text.encode())
    assert found.front_matter == expected, why
    assert found.lines[0].number == first
    assert found.plan_id == expected.get("id", "p")


@pytest.mark.parametrize(
    ("typed", "date", "why"),
    [
        ("14/2/2025", "14/2/2025", "as it is printed"),
        ("05/03/2025", "5/3/2025", "leading zeros"),
        ("2025-02-14", "14/2/2025", "the other way round, as programs write it"),
        ("/2/2025", "/2/2025", "the day is blank in print"),
        ("   / 02 /2025", "/2/2025", "blanks"),
        ("/2025", "/2025", "the year alone"),
        ("29/2/2024", "29/2/2024", "a leap year"),
    ],
)
def test_a_stated_date_is_given_as_a_printed_one(tmp_path: Path, typed: str, date: str, why: str) -> None:
    assert document(tmp_path, "p.md", f"---\ndate: {typed}\n---\nI. A\n".encode()).front_matter == {"date": date}, why


def test_text_at_hand_takes_nothing_from_the_disk(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("number: 7/KH", encoding="utf-8")
    assert read_text(str(tmp_path / "p.txt"), "I. A").front_matter == {}


PARAGRAPHS = "<p>KẾ HOẠCH</p><p>I. MỤC ĐÍCH</p><p>1. Diệt muỗi.</p>"
MARKUP = [
    ("a.txt", f"<html><body>{PARAGRAPHS}".encode(), "a page under the name of a text"),
    ("a.txt", f"<html><body>{PARAGRAPHS}".encode("utf-16"), "in UTF-16"),
    ("a.html", f"<!DOCTYPE html><body>{PARAGRAPHS}".encode("utf-16"), "in UTF-16, under its own name"),
    ("a.doc", f"<!-- {'x ' * 2_000} --><!DOCTYPE html>{PARAGRAPHS}".encode(), "behind a long comment"),
    ("a.html", f"<!-- {'x ' * 2_000} -->{PARAGRAPHS}".encode(), "a piece behind a long comment"),
    ("a.doc", f"<?xml version='1.0'?>\n<html xmlns='x'><body>{PARAGRAPHS}</body></html>".encode(), "behind a declaration"),
    ("a.doc", "<span>KẾ HOẠCH</span><br>\n<span>I. MỤC ĐÍCH</span><br>\n<span>1. Diệt muỗi.</span>".encode(), "a piece that opens with a span"),
    ("a.md", "<article><h3>KẾ HOẠCH</h3>\n<h3>I. MỤC ĐÍCH</h3>\n<section>1. Diệt muỗi.</section></article>".encode(), "or with an article"),
]


@pytest.mark.parametrize(("name", "data", "why"), MARKUP, ids=[row[2] for row in MARKUP])
def test_markup_is_a_page_whatever_its_name(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    found = document(tmp_path, name, data)
    assert [line.text for line in found.lines] == ["KẾ HOẠCH", "I. MỤC ĐÍCH", "1. Diệt muỗi."], why
    assert [warning for warning in found.warnings if "is .html" in warning] == ([] if name == "a.html" else list(found.warnings))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("| Việc | Hạn |\n|---|---|\n| Đọc<br>Viết | 5/6<br>6/6 |\n", "lines broken in the cells of markdown"),
        ("Nộp <tên đơn vị> trước <ngày>\nKính gửi <ten don vi>\nI. Một\nII. Hai\n", "places to fill in"),
        ('<div align="center">\n\nKẾ HOẠCH\n\n</div>\n\nI. MỘT\n1. Một\n2. Hai\n3. Ba\n', "a title that is centred in markdown"),
        ("Khi x < 3 và y > 5\n", "figures compared"),
    ],
)
def test_a_few_brackets_make_no_page(tmp_path: Path, text: str, why: str) -> None:
    assert document(tmp_path, "a.md", text.encode()).legibility.format == ".txt", why


IDS = [("ubnd_Lam Khê.txt", "ubnd-lam-khe"), ("KH 12 (sửa).MD", "kh-12-sua"), ("Đề-án..txt", "de-an")]


@pytest.mark.parametrize(("name", "plan_id"), IDS)
def test_the_name_of_a_file_is_the_id_of_its_plan(tmp_path: Path, name: str, plan_id: str) -> None:
    assert document(tmp_path, name, TEXT.encode()).plan_id == plan_id


def package(**files: str | bytes) -> bytes:
    """A zip file; "__" in a name stands for "/"."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'
UNREADABLE = [
    ("a.txt", b"", "empty", "an empty file"),
    ("a.txt", b" \n\t\n", "empty", "nothing but space"),
    ("a.txt", b"**\n***\n", "no text", "nothing but marks"),
    ("a.md", b"---\nid: a\n---\n", "no text", "nothing but front matter"),
    ("a.txt", b"I. A\x00\x00B", "binary", "zero bytes"),
    ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture", "a screenshot"),
    ("a.docx", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "a picture", "a photograph under the name of a document"),
    ("a.pdf", b"\x00\x00\x00\x18ftypheic" + bytes(range(256)), "a picture", "one of a telephone"),
    ("a.docx", b"Rar!\x1a\x07\x01\x00" + bytes(range(256)), "unpack it", "a packed file"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a spreadsheet", "an old table of Excel"),
    ("a.docx", package(xl__workbook="<x/>"), "a spreadsheet", "a table of Excel"),
    ("a.docx", package(ppt__presentation="<x/>"), "a presentation", "slides"),
    ("a.pdf", bytes(range(256)) * 20, "of a format that cannot be read", "who knows what"),
    ("a.txt", b"".join(bytes([code]) for code in range(1, 32)) * 9, "binary", "control characters"),
    ("a.txt", b"K\xd5 ho\xb9ch", "UTF-8", "an old encoding"),
    ("a.txt", codecs.BOM_UTF16_LE + b"a", "UTF-8", "half a character of UTF-16"),
    ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "save it again as .docx", "the XML of Word 2003"),
    ("a.doc", '<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>'.encode("utf-16"), "save it again as .docx", "the same without its mark"),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password", "a protected file"),
    ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nPGh0bWw+", "save it again as .docx", "a packed web page"),
    ("a.txt", b"From: <Saved by Word>\r\nMIME-Version: 1.0\r\n\r\nPGh0bWw+", "save it again as .docx", "another one"),
    ("a.docx", package(word__document="<w/>")[:-30], "damaged", "a file cut short"),
    ("a.docx", package(readme="x"), "no document", "a zip file that is no Word file"),
    ("a.docx", package(word__document=DOCTYPE), "document type", "entities"),
    ("a.docx", package(word__document=b" " * 400_000_000), "unpacks to more", "400 MB of blanks in 400 kB"),
    ("a.xyz", b"I. A", ".xyz is not a format", "an unknown suffix"),
    ("a", b"I. A", "no suffix is not a format", "no suffix"),
    ("….txt", b"I. A", "no plan id", "a name without a letter"),
    ("a.md", b"---\na: [\n---\nI. A", "not valid YAML", "broken front matter"),
    ("a.md", b"---\nid: a\n- b\n---\nI. A", "not valid YAML", "broken further down"),
    ("a.md", b"---\nChung\nnumber: [\n---\nI. A", "not valid YAML", "a field that is known shows what was meant"),
    ("a.md", b"---\nnumber: " + b"1" * 20_000 + b"\n---\nI. A", "longer than 10 kB", "front matter without end"),
    *(
        ("a.md", f"---\ndate: {date}\n---\nI. A".encode(), "the date", "no date")
        for date in ("2024-13-45", "30/2/2025", "14/2", "14-2-2025", "Tết", "5//2025", "[1]")
    ),
    ("a.md", b"---\na: " + b"[" * 9_000 + b"\n---\nI. A", "not valid YAML", "front matter nested too deep"),
]


@pytest.mark.parametrize(("name", "data", "words", "why"), UNREADABLE, ids=[row[3] for row in UNREADABLE])
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, name: str, data: bytes, words: str, why: str) -> None:
    with pytest.raises(ReadError) as error:
        document(tmp_path, name, data)
    message = str(error.value)
    assert message.startswith(f"{tmp_path / name}: "), "names the file"
    assert words in message, why
    assert "; " in message, "names the mend"
    assert "\n" not in message


def test_a_text_that_begins_like_a_picture_is_a_text(tmp_path: Path) -> None:
    assert document(tmp_path, "a.txt", f"BM.01 – Biểu mẫu\n{TEXT}".encode()).legibility.format == ".txt"


def test_the_bytes_and_not_the_suffix_say_what_a_file_is(tmp_path: Path) -> None:
    named_wrongly = document(tmp_path, "a.docx", TEXT.encode())
    assert [line.text for line in named_wrongly.lines][:2] == ["KẾ HOẠCH", "Phòng, chống sốt rét"]
    assert ".docx" in named_wrongly.warnings[0]
    assert document(tmp_path, "b.txt", TEXT.encode()).warnings == ()


def test_aliases_in_front_matter_do_not_unfold(tmp_path: Path) -> None:
    """Nine levels of nine aliases are a billion letters when they are written out."""
    levels = ["l0: &l0 [a]", *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))]
    (tmp_path / "p.yaml").write_text("\n".join(levels), encoding="utf-8")
    found = document(tmp_path, "p.txt", b"I. A")
    assert sum(map(len, found.front_matter.values())) < 1000


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every file")
def test_a_file_that_may_not_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / "a.txt")


HOSTILE = [
    "billion_laughs.docx",
    "bomb_text_500MB.docx",
    "empty.docx",
    "encrypted.docx",
    "xxe_file.docx",
    "empty.txt",
    "nul.txt",
]


@pytest.mark.shared
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence_and_takes_little_memory(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadError, match="; "):
        read(shared_path("formats", "hostile", name))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kilobytes"


@pytest.mark.shared
def test_external_relations_of_a_word_file_are_not_followed() -> None:
    assert "root:" not in "".join(line.text for line in read(shared_path("formats", "hostile", "external_rels.docx")).lines)


def test_the_sample_word_file_has_its_head_its_rows_and_its_signature() -> None:
    lines = read(ROOT / "ingest" / "plans" / "so-noi-vu-lamkhe-cchc.docx").lines
    texts = [line.text for line in lines]
    assert texts.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") > next(i for i, text in enumerate(texts) if text.startswith("Số:")), "column by column"
    assert any(len(line.cells) > 2 for line in lines)
    assert "Nơi nhận:" in texts


def test_files_in_folders(tmp_path: Path) -> None:
    for name in ["b.txt", "a.md", "sub/c.TXT", "README.md", "readme.txt", ".an.txt", "~$b.docx", ".git/d.txt", "e.csv", "f.doc"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a.md", "b.txt", "f.doc", "sub/c.TXT"], "each once, in a stable order; a document that has no reader is named, other files are not"


def test_one_file_on_two_paths_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "x.txt").write_text(TEXT)
    assert find_files([tmp_path / "p" / "x.txt", tmp_path / "p" / ".." / "p" / "x.txt"]) == [tmp_path / "p" / "x.txt"]


def test_a_path_without_plans_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "missing", tmp_path / "empty"):
        with pytest.raises(NoPlans, match=f"^{path}: .*; "):
            find_files([path])


def test_a_folder_named_like_a_plan_is_skipped_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "b.txt").write_text(TEXT)
    results = dict(parse_all([tmp_path]))
    assert isinstance(results[tmp_path / "a.txt"], ReadError)
    assert isinstance(results[tmp_path / "b.txt"], Plan)


def beside(tmp_path: Path, text: bytes) -> Document:
    (tmp_path / "kh.yaml").write_bytes(text)
    return document(tmp_path, "kh.txt", "---\nid: trong-tep\nnumber: 1/KH\n---\nI. MỤC ĐÍCH\n".encode())


def test_a_file_beside_the_plan_corrects_it(tmp_path: Path) -> None:
    found = beside(tmp_path, "number: 7/KH-SVH\nsigner: Trần Mai\nsingers: Trần Mai\n".encode())
    assert found.front_matter == {"id": "trong-tep", "number": "7/KH-SVH", "signer": "Trần Mai", "singers": "Trần Mai"}
    assert [warning.split(";")[0] for warning in found.warnings] == ["the front matter's “singers” is not known"]
    assert find_files([tmp_path]) == [tmp_path / "kh.txt"], "it is no plan itself"


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        (b"number: [", "not valid YAML", "a slip of the pen"),
        (b"only a sentence", "not a list of", "no fields"),
        (b"number: \xff", "not UTF-8", "another encoding"),
        (b"number: " + b"1" * 20_000, "larger than 10 kB", "not what a person writes"),
    ],
)
def test_what_is_wrong_beside_the_plan_is_said_of_that_file(tmp_path: Path, text: bytes, words: str, why: str) -> None:
    with pytest.raises(ReadError, match=words) as error:
        beside(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path / "kh.yaml")), why


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("KT. CHỦ TỊCH", True, "for whom the signer signs"),
        ("TM ỦY BAN NHÂN DÂN", True, "without a full stop"),
        ("Q. Giám đốc", True, "an acting head"),
        ("Số: …/KH-UBND", True, "the number, left blank"),
        ("KT - XH", False, "economy and society"),
        ("Q. Lam Hà", False, "a district"),
        ("TL 1/500", False, "a scale"),
        ("Sở: Nội vụ", False, "an agency, no number"),
        ("Chủ tịch", False, "an office in a row of a table"),
    ],
)
def test_a_row_of_a_table_is_no_letterhead(line: str, expected: bool, why: str) -> None:
    assert is_of_letterhead(line) is expected, why
