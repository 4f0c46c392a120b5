"""Word files written as markup, so that a test sees all that stands in them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.reading import Reading

NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Rows = list[str | tuple[str, ...]]


def relations(**targets: str) -> str:
    inside = "".join(f'<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def package(**parts: str | bytes) -> bytes:
    """A zip file: "word_document" is word/document.xml, the relations of every part stand where Word looks for them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        archive.writestr("word/_rels/document.xml.rels", relations(numbering="numbering.xml", styles="/word/styles.xml"))
        for name, content in parts.items():
            archive.writestr(f"{name.replace('_', '/')}.xml", content)
    return buffer.getvalue()


def word_file(body: str, numbering: str = "", styles: str = "") -> bytes:
    return package(
        word_document=f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        word_numbering=f"<w:numbering {NAMES}>{numbering}</w:numbering>",
        word_styles=f"<w:styles {NAMES}>{styles}</w:styles>",
    )


def reading(body: str, numbering: str = "", styles: str = "") -> Reading:
    return read_docx(Path("a.docx"), word_file(body, numbering, styles))


def rows(result: Reading) -> Rows:
    """The text of each line, or its cells."""
    return [line.cells or line.text for line in result.lines]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') or not text else run(text)}</w:p>"


def item(number: int, level: int = 0, text: str = "x") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, form: str, pattern: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>{more}</w:lvl>'


def definition(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def number(name: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def restart(index: int, at: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tbl(*table_rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(table_rows)}</w:tbl>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def control(content: str) -> str:
    """A content control around anything."""
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"
