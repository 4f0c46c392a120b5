"""Word files with typed numbers: paragraphs and table rows in the order of reading."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.reading import Reading
from xhht_qa.errors import ReadError
from xhht_qa.text.normalise import compose
from xhht_qa.types import Line

if TYPE_CHECKING:
    from docx.table import Table

_MAX_UNPACKED_BYTES = 200_000_000  # a real plan with pictures unpacks to a few tens of megabytes; bombs to gigabytes
_LAYOUT_TABLE = re.compile(r"cộng h[oò][aà] xã hội|độc lập\s*-\s*tự do|nơi nhận|^\s*số\s*:|^(?:tm|kt|tl|tuq|q)\.", re.IGNORECASE | re.MULTILINE)


def read_docx(path: Path, data: bytes) -> Reading:
    """A line for each paragraph and each row of a data table; empty paragraphs keep their place in the count.

    A table that lays out the letterhead or the signature is read column by column. Raises ReadError.
    """
    lines = enumerate(_texts(path, data), start=1)
    return Reading(tuple(Line(number, compose(text), tuple(map(compose, cells))) for number, (text, cells) in lines))


def _texts(path: Path, data: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    _check_package(path, data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception:  # python-docx raises KeyError, ValueError, lxml errors and more for a broken package
        raise ReadError(f"{path}: the Word file is damaged; open it in Word and save it again as .docx") from None
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from ((part, ()) for part in block.text.split("\n"))
        elif isinstance(block, Table):
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    rows = [_cells(row) for row in table.rows]
    if _LAYOUT_TABLE.search("\n".join(cell for row in rows for cell in row)):
        for column in range(max(map(len, rows), default=0)):
            for row in rows:
                if column < len(row):
                    yield from ((line, ()) for line in row[column].split("\n") if line.strip())
    else:
        for row in rows:
            cells = tuple(" ".join(cell.split()) for cell in row)
            yield " | ".join(cells), cells


def _cells(row: object) -> list[str]:
    """The cells of a row, a merged cell once (python-docx repeats it for every column that it spans)."""
    distinct: list[str] = []
    previous = None
    for cell in row.cells:  # type: ignore[attr-defined]
        if cell._tc is not previous:
            distinct.append(cell.text)
        previous = cell._tc
    return distinct


def _check_package(path: Path, data: bytes) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ReadError(f"{path}: this is not a Word .docx file; open it in Word and save it as .docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _MAX_UNPACKED_BYTES:
            raise ReadError(f"{path}: the Word file unpacks to more than {_MAX_UNPACKED_BYTES // 1_000_000} MB; remove its pictures and save it again")
        for name in package.namelist():
            # A document type is never written by Word; entities in one can swallow all memory.
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.open(name).read(4096):
                raise ReadError(f"{path}: the Word file declares a document type, which is refused; save it again from Word")
