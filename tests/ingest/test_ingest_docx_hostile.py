"""Word files that are broken, locked or made to harm: one sentence, and a small flaw costs nothing."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_markup import KINDS, NAMES, definition, level, number, p, package, relations, rows, word_file

from ingest.readers.docx import read_docx
from xhht_qa.errors import ReadError


def document(content: str) -> bytes:
    return package(word_document=content)


DEEP = "<w:tbl><w:tr><w:tc>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 2_000
EMPTY = f"<w:document {NAMES}/>"


@pytest.mark.parametrize(
    ("data", "said", "why"),
    [
        (b"", "not a Word .docx", "nothing"),
        (b"%PDF-1.7", "not a Word .docx", "another format"),
        (word_file(p("a"))[:-40], "cut short", "the end is missing"),
        (word_file(p("a")).replace(b"PK\x01\x02", b"PK\x01\x03"), "cut short", "a broken list of parts"),
        (word_file(p("a") * 99).replace(b"word/document.xml", b"word/dokument.xml"), "damaged", "no document inside"),
        (document("<w:document"), "damaged", "markup that ends early"),
        (document("<?xml version='1.0' encoding='nil'?><a/>"), "damaged", "an encoding that does not exist"),
        (document("<workbook/>"), "not a Word document", "a spreadsheet"),
        (document(f"<!DOCTYPE a [<!ENTITY b 'c'>]>{EMPTY}"), "document type", "entities"),
        (document(" " * 9_000 + f"<!DOCTYPE a>{EMPTY}"), "document type", "far from the beginning"),
        (package(word_document=f"<!DOCTYPE a>{EMPTY}".encode("utf-16")), "document type", "in another encoding"),
        (package(word_document=EMPTY, word_styles="<!DOCTYPE a><a/>"), "document type", "in another part"),
        (document(EMPTY + " " * 50_000_000), "unpacks to more than", "fifty megabytes of blanks"),
        (document(EMPTY + "".join(f"<a{at}/>" for at in range(1_600_000))), "too large", "very many tags"),
        (word_file(DEEP), "too deeply", "tables in tables"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, said: str, why: str) -> None:
    with pytest.raises(ReadError) as error:
        read_docx(Path("a.docx"), data)
    message = str(error.value)
    assert said in message, why
    assert message.startswith("a.docx: ")
    assert "; " in message, "and what to do"


def test_an_encrypted_part_asks_for_the_password_to_go() -> None:
    data = bytearray(word_file(p("a")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8 : at + 10] = struct.pack("<H", 1)
        at += 4
    with pytest.raises(ReadError, match="password"):
        read_docx(Path("a.docx"), bytes(data))


def test_a_small_flaw_costs_nothing() -> None:
    """Relations to missing or foreign parts, strict names, no styles, no numbering."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        outside = f'<Relationship Id="x" Type="{KINDS}/styles" Target="file:///etc/passwd" TargetMode="External"/>'
        archive.writestr(
            "word/_rels/document.xml.rels", relations(image="NULL", numbering="../../../numbering.xml").replace("<Relationship ", outside + "<Relationship ", 1)
        )
        strict = f"<w:document {NAMES}><w:body>{p('a')}</w:body></w:document>".replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "/".join(["http://purl.oclc.org", "ooxml", "wordprocessingml", "main"])
        )
        archive.writestr("word/document.xml", strict)
    assert rows(read_docx(Path("a.docx"), buffer.getvalue())) == ["a"]


NUMBERING = definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2")) + number(1, 0)
MARKUP = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:tcPr", "w:pPr", "w:rPr", "w:numPr", "w:numId", "w:ilvl", "w:vMerge", "w:gridSpan", "w:br", "w:sdt"]
MARKUP += [
    "w:ins",
    "w:del",
    "w:fldChar",
    "w:sym",
    "w:txbxContent",
    "mc:AlternateContent",
    "w:sdtContent",
    "w:num",
    "w:abstractNum",
    "w:lvl",
    "w:lvlText",
    "w:start",
]
VALUES = st.sampled_from(["", "0", "1", "-1", "8", "99999999999", "%1%9", "restart", "begin", "x", "\uf0b7", "H1"])
ELEMENTS = st.recursive(
    st.text("ab 1.\n", max_size=3),
    lambda inner: st.builds(
        lambda tag, value, children: f'<{tag} w:val="{value}" w:ilvl="{value}" w:char="F0B7">{"".join(children)}</{tag}>',
        st.sampled_from(MARKUP),
        VALUES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(ELEMENTS, ELEMENTS, st.data())
def test_any_markup_is_read_or_refused(body: str, numbering: str, data: st.DataObject) -> None:
    whole = word_file(body, NUMBERING + numbering)
    assert all(line.number == at for at, line in enumerate(read_docx(Path("a.docx"), whole).lines, start=1))
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    with contextlib.suppress(ReadError):
        read_docx(Path("a.docx"), broken)
