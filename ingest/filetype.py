"""What a file really is, by its bytes; suffixes are often wrong and sometimes lie."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from xhht_qa.errors import ReadError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, *_OLD_SHEETS = (name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "PowerPoint Document"))  # streams, as the directory names them
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Word keeps a document behind a password
# What is uploaded for a plan by mistake: photographs and scans, packed files.
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|....ftyp(?:hei|hev|mif|avif)|BM....\x00{4}", re.DOTALL)
_PACK = re.compile(rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b\x08")
_SHEETS = ("xl/", "ppt/")  # Excel's and PowerPoint's parts of a package
_OPEN_SHEETS = re.compile(rb"application/vnd\.oasis\.opendocument\.(?:spreadsheet|presentation)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 100_000  # in which markup shows itself
_CONTROLS = bytes((*range(9), *range(14, 32), 127))  # more than one in a hundred are no text
_PROLOGUE = re.compile(r"(?:\s*(?:<!--.*?-->|<\?.*?>))*\s*", re.DOTALL)  # comments and declarations, which stand in any markup
_PAGE = re.compile(r"<(?:!--|(?:!doctype\s+html|html|head|body)\b)", re.IGNORECASE)
_TAG = re.compile(r"</?(?!br\b)[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)  # markdown breaks the lines of its cells with <br>
_WEB_SUFFIXES = (".htm", ".html")
# Word's own XML, alone or as one file of a package, LibreOffice's, and a web page packed as a letter.
_PACKED = re.compile(r"<\?mso-application|<(?:w:wordDocument|pkg:package|office:document)\b|^MIME-Version:", re.IGNORECASE | re.MULTILINE)


def kind_of(path: Path, data: bytes) -> str:
    """The suffix of the format that the bytes are in (".txt" for plain text). Raises ReadError for what is none of them."""
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if _PICTURE.match(data):
        raise ReadError(f"{path}: this is a picture; put the pages of the plan into one PDF")
    if _PACK.match(data):
        raise _archive(path)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError(f"{path}: the document is protected by a password; open it in Word, remove the password and save it again")
        if _WORD not in data and any(stream in data for stream in _OLD_SHEETS):
            raise _sheets(path)
        return ".doc"
    if data.lstrip()[:5] == b"{\\rtf":
        return ".rtf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path, data)
    head = data[:_HEAD_BYTES].decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig", errors="replace")
    if _PACKED.search(head):
        raise ReadError(f"{path}: this is a document in XML or a packed web page, which cannot be read; open it in Word and save it again as .docx")
    suffix = path.suffix.lower()
    if _is_markup(head, suffix):
        return ".html"
    if suffix not in (".txt", ".md") and not data.startswith(_UTF16) and len(data[:4096].translate(None, _CONTROLS)) < len(data[:4096]) * 0.99:
        raise ReadError(f"{path}: the file is damaged, or of a format that cannot be read; open it where it was made and save it again as .docx")
    return ".txt"


def _is_markup(head: str, suffix: str) -> bool:
    """Whether a text is a web page, or a piece of one: it opens as one, or has a tag to every second line."""
    if _PAGE.match(head, _PROLOGUE.match(head).end()):  # type: ignore[union-attr]  # the prologue may be empty, so it always matches
        return True
    lines = sum(bool(line.strip()) for line in head.splitlines())
    return len(_TAG.findall(head)) >= (1 if suffix in _WEB_SUFFIXES else max(1, lines / 2))


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
    if any(name.startswith(_SHEETS) for name in names) or _OPEN_SHEETS.match(mimetype):
        raise _sheets(path)
    raise _archive(path)


def _archive(path: Path) -> ReadError:
    return ReadError(f"{path}: this archive is no document; unpack it and add the plans in it")


def _sheets(path: Path) -> ReadError:
    return ReadError(f"{path}: this is a spreadsheet or a presentation; print the plan to PDF, or copy it to Word")
