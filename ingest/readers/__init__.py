"""One module a format. A reader takes a path (for its messages) and the file's bytes, and gives a Reading or raises ReadError."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.office import read_office
from ingest.readers.pdf import read_pdf
from ingest.readers.reading import Reading
from ingest.readers.text import read_text

Reader = Callable[[Path, bytes], Reading]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".docx": read_docx,
    ".doc": read_office,
    ".odt": read_office,
    ".pdf": read_pdf,
    ".rtf": read_office,
    ".html": read_html,
    ".htm": read_html,
}

__all__ = ["READERS", "Reader", "Reading"]
