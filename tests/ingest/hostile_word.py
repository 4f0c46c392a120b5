"""Word files made to harm."""

from __future__ import annotations

import random
import struct
import zipfile

from hostile_files import NOISE, Hostile, zipped
from word_markup import NAMES, definition, item, level, number, p, package, tbl, tc, tr, word_file


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
