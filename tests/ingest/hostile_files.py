"""Files made to harm, small and large, written by code so that a test sees what stands in them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from word_markup import NAMES, definition, item, level, number, p, package, tbl, tc, tr, word_file

TEXT = "KẾ HOẠCH\nDọn kênh\n\nI. MỤC ĐÍCH\n\nKhơi dòng trước ngày 05/6.\n"
NOISE = random.Random(7).randbytes
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = "application/vnd.oasis.opendocument.text"
PDF_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>"


@dataclass(frozen=True)
class Hostile:
    """A file's name, its bytes, what becomes of it ("indexed", or words of the refusal), and what it does."""

    name: str
    make: Callable[[], bytes]
    outcome: str
    why: str


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def odt(body: str, more: dict[str, bytes | str] | None = None) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in [("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"), ("table", "table")]
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return zipped({"mimetype": ODT, "META-INF/manifest.xml": manifest, "content.xml": content, **(more or {})})


def pdf(
    content: bytes = b"BT /F 12 Tf 72 700 Td (Ke hoach) Tj ET", page: bytes = b"", catalog: bytes = b"", more: tuple[bytes, ...] = (), tree: bytes = b""
) -> bytes:
    """A PDF of one page; ``more`` are the objects from the sixth on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        tree or b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PDF_PAGE % page,
        content if content.startswith(b"<<") else b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    data, places = bytearray(b"%PDF-1.7\n"), []
    for at, thing in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (at, thing)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(data + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def deflated(data: bytes) -> bytes:
    """A stream object that unpacks to ``data``."""
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def endless(letter: bytes, megabytes: int) -> bytes:
    """A stream object that unpacks to so many megabytes of one letter; its checksum is wrong, which nobody minds."""
    packer = zlib.compressobj(9)
    first = packer.compress(letter * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(letter * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes - 1) + packer.flush()
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def html(body: str) -> bytes:
    return f"<!doctype html><meta charset=utf-8><body><h1>KẾ HOẠCH</h1><p>I. Mục đích</p>{body}</body>".encode()


def quine_like(depth: int) -> bytes:
    """A zip in a zip in a zip, each a hundred times larger inside."""
    data = bytes(1_000_000)
    for at in range(depth):
        data = zipped({f"{copy}.zip" if at else f"{copy}.bin": data for copy in range(20)})
    return data


def overlapping(entries: int) -> bytes:
    """A Word file whose central directory names one compressed part again and again."""
    whole = package(word_document=f"<w:document {NAMES}><w:body>{p('x') * 200_000}</w:body></w:document>")
    end = whole.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", whole[end + 16 : end + 20])[0]
    directory = whole[start:end]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    more = b"".join(
        last.replace(b"word/document.xml", b"word/d%06d.xml" % at, 1).replace(struct.pack("<H", 17), struct.pack("<H", 16), 1) for at in range(entries)
    )
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(entries + 3, 65535), min(entries + 3, 65535), len(directory) + len(more), start, 0)
    return whole[:start] + directory + more + tail


def deep(name: str, times: int, inside: str = "", around: str = "") -> str:
    return f"<{name}{around}>" * times + inside + f"</{name}>" * times


LEVELS = definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2")) + number(1, 0)
HUGE = "9" * 4_000
STYLE = '<w:style w:type="paragraph" w:styleId="{0}"><w:basedOn w:val="{1}"/></w:style>'
LINKS = "".join(
    f'<w:abstractNum w:abstractNumId="{at}"><w:numStyleLink w:val="S{1 - at}"/><w:styleLink w:val="S{at}"/></w:abstractNum>{number(at + 1, at)}'
    for at in (0, 1)
)

WORD = [
    Hostile("zip_in_zip.docx", lambda: quine_like(3), "no document", "a bomb of zips"),
    Hostile("ratio.docx", lambda: word_file(" " * 39_000_000), "unpacks to more than", "a thousand times larger inside"),
    Hostile("overlapping.docx", lambda: overlapping(4_000), "too large", "many names for one part"),
    Hostile(
        "entries.docx",
        lambda: zipped({"word/document.xml": word_file("")} | {f"{at}": b"" for at in range(20_000)}, zipfile.ZIP_STORED),
        "more than 5000 parts",
        "20,000 parts",
    ),
    Hostile(
        "zip_slip.docx",
        lambda: zipped(
            {
                "../../slip.txt": "x",
                "/tmp/slip.txt": "x",
                "_rels/.rels": "<a/>",
                "word/document.xml": f"<w:document {NAMES}><w:body>{p('I. Mục đích')}</w:body></w:document>",
            }
        ),
        "indexed",
        "names that lead out",
    ),
    Hostile("bzip2.docx", lambda: zipped({"word/document.xml": b"<a/>"}, zipfile.ZIP_BZIP2), "damaged", "a method that Word lacks"),
    Hostile(
        "dtd_in_rels.docx",
        lambda: zipped({"_rels/.rels": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "word/document.xml": "<a/>"}),
        "document type",
        "DTD",
    ),
    Hostile("dtd_in_numbering.docx", lambda: package(word_document=f"<w:document {NAMES}/>", word_numbering="<!DOCTYPE a><a/>"), "document type", "DTD"),
    Hostile(
        "dtd_utf7.docx",
        lambda: package(word_document=b"<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-"),
        "damaged",
        "a DTD in an odd encoding",
    ),
    Hostile("dtd_utf32.docx", lambda: package(word_document="<!DOCTYPE a><a/>".encode("utf-32")), "damaged", "a DTD in an odd encoding"),
    Hostile(
        "dtd_ebcdic.docx",
        lambda: package(word_document="<?xml version='1.0' encoding='cp037'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("cp037")),
        "damaged",
        "a DTD in EBCDIC",
    ),
    Hostile("deep_xml.docx", lambda: word_file(deep("w:a", 100_000)), "unpacks to more than", "100,000 elements in one another"),
    Hostile(
        "deep_sdt.docx", lambda: word_file("<w:sdt><w:sdtContent>" * 10_000 + p("x") + "</w:sdtContent></w:sdt>" * 10_000), "too deeply", "content controls"
    ),
    Hostile("deep_runs.docx", lambda: word_file("<w:p>" + deep("w:r", 10_000, "<w:t>x</w:t>") + "</w:p>"), "too deeply", "runs in runs"),
    Hostile(
        "deep_boxes.docx",
        lambda: word_file("<w:p><w:r><w:txbxContent>" * 300 + p("x") + "</w:txbxContent></w:r></w:p>" * 300),
        "indexed",
        "text boxes in text boxes",
    ),
    Hostile(
        "deep_tables.docx",
        lambda: word_file("<w:tbl><w:tr><w:tc>" * 100 + p("x") + "</w:tc><w:tc/></w:tr><w:tr><w:tc/><w:tc/></w:tr></w:tbl>" * 100),
        "indexed",
        "tables in tables",
    ),
    Hostile(
        "huge_numbers.docx",
        lambda: word_file(
            item(1) + p("I. Mục đích"),
            definition(0, level(0, "upperRoman", "%1.").replace('w:val="1"', f'w:val="{HUGE}"')) + number(1, 0).replace("/>", "/>", 1),
        ),
        "indexed",
        "numbers of 4,000 figures",
    ),
    Hostile(
        "long_pattern.docx",
        lambda: word_file(item(1) * 2_000, definition(0, level(0, "upperRoman", "%1" * 10_000)) + number(1, 0)),
        "not readable",
        "a number of 60,000 letters, 2,000 times",
    ),
    Hostile(
        "many_levels.docx",
        lambda: word_file(
            "".join(item(1, at % 30_000) for at in range(3_000)), definition(0, *(level(at, "decimal", "%1") for at in range(30_000))) + number(1, 0)
        ),
        "not readable",
        "30,000 levels of a list",
    ),
    Hostile(
        "grid_span.docx",
        lambda: word_file(tbl(*[tr(*[tc("a", '<w:gridSpan w:val="1000000000"/>')] * 50)] * 50)),
        "not readable",
        "cells over a milliard columns",
    ),
    Hostile("wide_table.docx", lambda: word_file(tbl(*[tr(*["a"] * 1_000)] * 10)), "not readable", "1,000 columns"),
    Hostile(
        "repeated_cell.docx",
        lambda: word_file(tbl(tr(*["a"] * 63), *[tr(tc("việc " * 20_000, '<w:gridSpan w:val="31"/>'), "b", "c")] * 30)),
        "unpacks to more than",
        "a long cell over many columns",
    ),
    Hostile(
        "merged_down.docx",
        lambda: word_file(tbl(tr("việc " * 2_000, "b"), *[tr(tc("indexed", "<w:vMerge/>"), "c")] * 5_000)),
        "indexed",
        "a long cell over many rows",
    ),
    Hostile(
        "style_loop.docx",
        lambda: word_file(p("I. Mục đích", '<w:pStyle w:val="A"/>') * 3, "", STYLE.format("A", "B") + STYLE.format("B", "A")),
        "indexed",
        "styles based on one another",
    ),
    Hostile(
        "style_chain.docx",
        lambda: word_file(p("I. Mục đích", '<w:pStyle w:val="S9999"/>') * 3_000, "", "".join(STYLE.format(f"S{at}", f"S{at - 1}") for at in range(10_000))),
        "indexed",
        "a chain of 10,000 styles",
    ),
    Hostile(
        "table_style_chain.docx",
        lambda: word_file(tbl(tr("a", "b"), properties='<w:tblStyle w:val="S"/>') * 3_000, "", '<w:style w:styleId="S">' + "<w:a/>" * 50_000 + "</w:style>"),
        "not readable",
        "a style of 50,000 parts for 3,000 tables",
    ),
    Hostile("list_loop.docx", lambda: word_file(item(1) * 3 + item(2), LINKS), "indexed", "lists that lead to one another"),
    Hostile(
        "many_lists.docx",
        lambda: word_file(item(1), definition(0, *(level(at, "decimal", "%1") for at in range(500))) + "".join(number(at, 0) for at in range(3_000))),
        "indexed",
        "3,000 lists of 500 levels",
    ),
    Hostile(
        "million_runs.docx", lambda: word_file("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 300_000 + "</w:p>"), "unpacks to more than", "300,000 runs in a paragraph"
    ),
    Hostile(
        "open_fields.docx",
        lambda: word_file("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r>' * 30_000 + "</w:p>"),
        "no text",
        "30,000 fields that never end",
    ),
    Hostile("paragraphs.docx", lambda: word_file("<w:p/>" * 700_000 + p("I. Mục đích")), "unpacks to more than", "700,000 empty paragraphs"),
    Hostile(
        "attributes.docx",
        lambda: word_file("<w:p " + " ".join(f"a{at}='b'" for at in range(100_000)) + "/>" + p("I. Mục đích")),
        "indexed",
        "100,000 attributes",
    ),
    Hostile(
        "namespaces.docx",
        lambda: word_file("".join(f"<w:a xmlns:n{at}='urn:{at}'>" for at in range(5_000)) + "</w:a>" * 5_000),
        "no text",
        "5,000 namespaces in one another",
    ),
    Hostile("noise.docx", lambda: NOISE(60_000), "not", "random bytes"),
    Hostile("utf16_noise.docx", lambda: b"\xff\xfe" + NOISE(60_000), "not UTF-8", "random bytes behind a byte order mark"),
    Hostile("letters.docx", lambda: "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz    \n", k=60_000)).encode(), "not readable", "random letters"),
]

HTML = [
    Hostile("deep.html", lambda: html("<div>" * 100_000), "nests", "100,000 elements in one another"),
    Hostile("deep_lists.html", lambda: html("<li><ul>" * 100_000), "nests", "lists"),
    Hostile("deep_tables.html", lambda: html("<table><tr><td>" * 400 + "x"), "indexed", "tables in tables"),
    Hostile("attributes_100k.html", lambda: html("<p " + " ".join(f"a{at}=1" for at in range(100_000)) + ">x</p>"), "too many elements", "100,000 attributes"),
    Hostile(
        "attributes_1m.html", lambda: html("<p " + " ".join(f"a{at}=1" for at in range(1_000_000)) + ">x</p>"), "too many elements", "a million attributes"
    ),
    Hostile(
        "attributes_many_tags.html",
        lambda: html(("<p " + " ".join(f"a{at}=1" for at in range(2_000)) + ">x</p>") * 200),
        "too many elements",
        "2,000 attributes on 200 tags",
    ),
    Hostile("same_attribute.html", lambda: html("<p " + "a=1 " * 300_000 + ">x</p>"), "too many elements", "one attribute 300,000 times"),
    Hostile(
        "body_attributes.html", lambda: html("".join(f"<body a{at}=1>" for at in range(50_000))), "too many elements", "50,000 bodies that are merged into one"
    ),
    Hostile("rowspans.html", lambda: html("<table>" + "<tr><td rowspan=999999>a" * 1_000), "not readable", "cells that go down to the end"),
    Hostile(
        "spans.html", lambda: html("<table>" + ("<tr>" + "<td rowspan=65534 colspan=1000>a" * 60) * 1_000), "more text than a plan", "cells over everything"
    ),
    Hostile(
        "long_spans.html",
        lambda: html("<table><tr>" + ("<td rowspan=60000>" + "việc " * 2_000) * 10 + "<tr><td>a" * 3_000),
        "indexed",
        "long cells over many rows",
    ),
    Hostile("tables_50k.html", lambda: html("<table><tr><td>a</table>" * 50_000), "too many elements", "50,000 tables"),
    Hostile("cells_500k.html", lambda: html("<table><tr>" + "<td>a" * 500_000), "too many elements", "half a million cells in a row"),
    Hostile("rows_500k.html", lambda: html("<table>" + "<tr><td>a<td>b" * 300_000), "too many elements", "300,000 rows"),
    Hostile("formatting.html", lambda: html("<b><i><u><font size=1>" * 100 + "<p>x" * 20_000), "not readable", "open formatting, rebuilt in every paragraph"),
    Hostile("anchors.html", lambda: html("<a>x" * 50_000 + "<b><p></b>" * 20_000), "nests", "misnested"),
    Hostile("unclosed_p_b.html", lambda: html("<p><b>x" * 30_000), "nests", "formatting that never ends"),
    Hostile("entities.html", lambda: html("&nbsp;&#x110000;&notanentity;&amp" * 100_000), "not readable", "400,000 entities"),
    Hostile("laughs.html", lambda: b"<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>I. M\xe1\xbb\xa5c &b;", "indexed", "entities of its own"),
    Hostile(
        "refresh.html",
        lambda: html(
            "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'><img src=x><iframe src=x></iframe><link rel=stylesheet href=x>"
        ),
        "indexed",
        "leads elsewhere",
    ),
    Hostile("data_50mb.html", lambda: html("<img src='data:image/png;base64," + "A" * 50_000_000 + "'>"), "MB of text", "a picture of 50 MB in the page"),
    Hostile("script_only.html", lambda: b"<html><body><script>document.write('x')</script></body></html>", "no text", "a page that a script writes"),
    Hostile("style_50mb.html", lambda: html("<style>" + ".a{font-family:'x'}" * 500_000 + "</style>"), "indexed", "half a million style rules"),
    Hostile("style_open.html", lambda: html("<style>" + "a{font:" * 300_000 + "</style>"), "indexed", "style rules that never end"),
    Hostile(
        "style_attribute.html",
        lambda: html("<p style='" + "font:" * 500_000 + "'>x" + "<p style='" + "list-style:" * 300_000 + "'>y"),
        "indexed",
        "style attributes that never end",
    ),
    Hostile("classes.html", lambda: html("<p class='" + "a " * 1_000_000 + "'>x</p>"), "too many elements", "a million classes"),
    Hostile("comments.html", lambda: html("<!--" * 500_000), "indexed", "comments that never end"),
    Hostile("brackets.html", lambda: html("<" * 3_000_000), "more text than a plan", "three million brackets"),
    Hostile("text_30mb.html", lambda: html("việc làm " * 3_000_000), "MB of text", "one paragraph of 30 MB"),
    Hostile("paragraphs_1m.html", lambda: html("<p>Việc" * 1_000_000), "too many elements", "a million paragraphs"),
    Hostile("hidden.html", lambda: html("<div hidden>" + "x " * 1_000_000 + "</div>"), "indexed", "hidden text"),
]

CATALOG_JS = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
PDF = [
    Hostile("cyclic.pdf", lambda: pdf(tree=b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>"), "indexed", "a tree of pages that holds itself"),
    Hostile("count.pdf", lambda: pdf(tree=b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"), "indexed", "a milliard pages, it says"),
    Hostile("count_500.pdf", lambda: pdf(tree=b"<</Type/Pages/Kids[" + b"3 0 R " * 500 + b"]/Count 500>>"), "indexed", "one page 500 times"),
    Hostile("huge_box.pdf", lambda: pdf(page=b"/MediaBox[0 0 1000000 1000000]").replace(b"/MediaBox[0 0 595 842]", b""), "no page can", "a page of 350 m"),
    Hostile("nan_box.pdf", lambda: pdf(page=b"/UserUnit 1e30/CropBox[0 0 1e38 -1e38]"), "indexed", "a page beyond numbers"),
    Hostile("objects_100k.pdf", lambda: pdf(b"0 0 1 1 re f\n" * 100_000), "page", "100,000 drawings"),
    Hostile("letters_1m.pdf", lambda: pdf(b"BT /F 1 Tf 72 700 Td " + b"(abcdefghij) Tj " * 20_000 + b"ET"), "not readable", "200,000 letters on a page"),
    Hostile("text_objects.pdf", lambda: pdf(b"BT /F 1 Tf 72 700 Td (ab) Tj ET\n" * 100_000), "indexed", "100,000 texts on one another"),
    Hostile("javascript.pdf", lambda: pdf(catalog=CATALOG_JS), "indexed", "a script and a program to start"),
    Hostile("stream_bomb.pdf", lambda: pdf(endless(b" ", 2_000)), "too much memory", "two gigabytes of blanks"),
    Hostile(
        "cyclic_form.pdf",
        lambda: pdf(
            b"/X Do",
            b"/Resources<</XObject<</X 6 0 R>>>>",
            more=(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream",),
        ),
        "too much memory",
        "a form that draws itself",
    ),
    Hostile(
        "image_60000.pdf",
        lambda: pdf(
            b"595 0 0 842 0 0 cm /X Do",
            b"/Resources<</XObject<</X 6 0 R>>>>",
            more=(b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB" + deflated(bytes(20_000_000))[2:],),
        ),
        "page",
        "a picture of 60,000 × 60,000 pixels",
    ),
    Hostile("noise.pdf", lambda: NOISE(60_000), "not", "random bytes"),
    Hostile("noise_behind.pdf", lambda: b"%PDF-1.7\n" + NOISE(60_000), "damaged", "random bytes behind the head of a PDF"),
]

OFFICE = [
    Hostile("bin.rtf", lambda: b"{\\rtf1 I. Muc dich\\par {\\pict\\bin1000000000 abc}}", "cut short", "a milliard bytes to come, it says"),
    Hostile(
        "groups.rtf", lambda: b"{\\rtf1 I. Muc\\par " + b"{" * 1_000_000 + b"}" * 1_000_000 + b"}", "LibreOffice cannot", "a million groups in one another"
    ),
    Hostile(
        "object.rtf",
        lambda: b"{\\rtf1 I. Muc\\par{\\object\\objemb\\objupdate{\\*\\objclass Package}{\\*\\objdata " + b"01050000" * 100_000 + b"}}}",
        "indexed",
        "an object that wants to be opened",
    ),
    Hostile("noise.doc", lambda: NOISE(60_000), "not", "random bytes"),
    Hostile("noise_behind.doc", lambda: OLE2 + NOISE(60_000) + "WordDocument".encode("utf-16-le"), "LibreOffice cannot", "random bytes behind the head"),
    Hostile("bomb.odt", lambda: odt("<text:p>" + " " * 190_000_000 + "</text:p>"), "unpacks to more than", "190 MB of blanks"),
    Hostile(
        "picture_bomb.odt", lambda: odt("<text:p>I. Mục đích</text:p>", {"Pictures/a.png": bytes(250_000_000)}), "unpacks to more than", "a picture of 250 MB"
    ),
    Hostile(
        "dtd.odt", lambda: odt("<text:p>x</text:p>", {"styles.xml": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}), "document type", "DTD"
    ),
    Hostile(
        "deep_lists.odt",
        lambda: odt(("<text:list><text:list-item>" * 20_000) + "<text:p>x</text:p>" + "</text:list-item></text:list>" * 20_000),
        "indexed",
        "20,000 lists in one another",
    ),
    Hostile("entries.odt", lambda: odt("<text:p>x</text:p>", {f"{at}": b"" for at in range(10_000)}), "parts", "10,000 parts"),
]

PLAIN = [
    Hostile("one_line_90mb.txt", lambda: ("Sở Nội vụ báo cáo trước ngày 15/6. " * 2_200_000).encode(), "larger than", "90 MB on one line"),
    Hostile("lines_5m.txt", lambda: b"I. a\n" * 5_000_000, "MB of text", "five million lines"),
    Hostile("empty_lines_50m.txt", lambda: b"I. a" + b"\n" * 50_000_000 + b"x", "MB of text", "fifty million empty lines"),
    Hostile("sentences_5m.txt", lambda: "Sở Nội vụ báo cáo\n".encode() * 1_000_000, "MB of text", "a million lines of one paragraph"),
    Hostile("run_on.txt", lambda: "I. Mục\n".encode() + "sở nội vụ báo cáo và\n".encode() * 55_000, "more text than a plan", "55,000 lines that go on"),
    Hostile("spaces.txt", lambda: b"I. a" + b" " * 30_000_000 + b"b\n", "MB of text", "30 MB of blanks"),
    Hostile("tabs_lines.txt", lambda: (b"abc" + b" \t" * 140 + b"\n") * 50_000, "MB of text", "blanks in every line"),
    Hostile("pipes.txt", lambda: ("|" * 5_000_000 + "a").encode(), "indexed", "five million cells"),
    Hostile("surrogates.txt", lambda: b"\xff\xfe" + "I. Mục đích\n".encode("utf-16-le") + b"\x00\xd8" * 50, "not UTF-8", "half letters in UTF-16"),
    Hostile("nul.txt", lambda: b"I. a\x00b\n" * 100, "binary", "NUL"),
    Hostile("bidi.txt", lambda: "I. M\u202eục đ\u2066ích\u2069\n- Nộp \u202ebáo cáo\n".encode(), "indexed", "signs that turn the direction of reading"),
    Hostile("combining.txt", lambda: ("I. Mục đích " + "a" + "\u0301" * 1_000_000).encode(), "not readable", "a letter with a million accents"),
    Hostile("numbers.txt", lambda: ("1." * 1_000_000 + " a\n" + "9" * 1_000_000 + ". b").encode(), "more text than a plan", "a number of a million figures"),
    Hostile("decimals.txt", lambda: "\n".join("1." * at + "1 a" for at in range(1, 1_000)).encode(), "not readable", "numbers a thousand levels deep"),
    Hostile(
        "nested.txt",
        lambda: "\n".join(f"{sign} Việc" for at in range(20_000) for sign in ("I.", "1.", "a)", "1)", "i)", "A.", "1.1")).encode(),
        "more text than a plan",
        "140,000 numbers",
    ),
    Hostile(
        "letters_up.txt",
        lambda: "".join("a) Việc\n1. Làm\n" for at in range(30_000)).encode(),
        "more text than a plan",
        "letters and numbers that open one another",
    ),
    Hostile("bullets.txt", lambda: "I. Mục\n".encode() + "- việc\n+ làm\n* nữa\n• và\n".encode() * 30_000, "more text than a plan", "120,000 bullets"),
    Hostile(
        "aliases.md",
        lambda: (
            "---\na: &a ["
            + "x," * 9
            + "]\n"
            + "".join(f"{chr(98 + at)}: &{chr(98 + at)} [{','.join('*' + chr(97 + at) for _ in range(9))}]\n" for at in range(20))
            + "---\nI. Mục đích\n"
        ).encode(),
        "indexed",
        "aliases that unfold",
    ),
    Hostile("yaml_deep.md", lambda: ("---\na: " + "[" * 50_000 + "\n---\nI. Mục đích\n").encode(), "front matter", "lists in lists"),
    Hostile("capitals.txt", lambda: ("I. M\n" + "A" * 1_000_000 + "\nSố: " + "/KH-" * 200_000).encode(), "not readable", "capitals without end"),
    Hostile("agency.txt", lambda: ("I. Mục\n" + "UBND " * 100_000 + "\n" + "kế hoạch của Sở a " * 20_000).encode(), "indexed", "agencies without end"),
]

EVERYTHING = [*WORD, *HTML, *PDF, *OFFICE, *PLAIN]
