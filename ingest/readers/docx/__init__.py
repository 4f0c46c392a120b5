"""Word files: the printed numbers of automatic lists, accepted changes, tables and text boxes in the order of reading."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.docx.body import Body
from ingest.readers.docx.package import open_package
from ingest.readers.reading import Reading
from xhht_qa.errors import ReadError
from xhht_qa.text.normalise import compose
from xhht_qa.types import Line

__all__ = ["read_docx"]


def read_docx(path: Path, data: bytes) -> Reading:
    """The lines of a .docx file as its pages show them; empty paragraphs keep their place in the count. Raises ReadError."""
    body = Body(open_package(path, data))
    try:
        lines = tuple(Line(number, compose(text), tuple(map(compose, cells))) for number, (text, cells) in enumerate(body.rows(), start=1))
    except RecursionError:
        raise ReadError(f"{path}: the Word file nests tables or text boxes too deeply; open it in Word and save it again") from None
    return Reading(lines, body.warnings())
