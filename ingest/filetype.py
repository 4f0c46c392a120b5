"""What a file really is, by its bytes; suffixes are often wrong and sometimes lie."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from xhht_qa.errors import ReadError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Word keeps a document behind a password
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|body|head|table|div|p)\b", re.IGNORECASE)


def kind_of(path: Path, data: bytes) -> str:
    """The suffix of the format that the bytes are in (".txt" for plain text). Raises ReadError for an archive that is no document."""
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError(f"{path}: the document is protected by a password; open it in Word, remove the password and save it again")
        return ".doc"
    if data.lstrip()[:5] == b"{\\rtf":
        return ".rtf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path, data)
    return ".html" if _HTML.search(data[:4096]) and path.suffix.lower() not in (".txt", ".md") else ".txt"


def _kind_of_archive(path: Path, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise ReadError(f"{path}: the file is damaged; open it in Word and save it again as .docx") from None
    if any(name.startswith("word/") for name in names):
        return ".docx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return ".odt"
    raise ReadError(f"{path}: this archive is no document; unpack it and add the plans in it")
