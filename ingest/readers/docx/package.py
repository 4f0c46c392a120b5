"""The zip around a Word file: its parts found by their relations, within limits, with nothing fetched and no DTD."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.readers.docx.markup import WORD, w
from xhht_qa.errors import ReadError

# What zipfile lets through for a broken archive, beside its own error.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError)
_MAX_ENTRIES = 5_000
_MAX_PART_BYTES = 40_000_000  # the text of five hundred pages, every run with its own properties, is about half of this
_MAX_RATIO = 300  # monotonous tables reach about a hundred
_SMALL_PART_BYTES = 1_000_000  # below which no ratio matters
_MAX_TAGS = 1_500_000  # about half a gigabyte once parsed
_DOCTYPE = [mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
# "Strict" files use other names for the same vocabulary.
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode())


@dataclass(frozen=True)
class Package:
    """The parsed parts that carry text: ``styles`` and ``numbering`` are empty elements where the file has none."""

    document: Element
    styles: Element
    numbering: Element


def open_package(path: Path, data: bytes) -> Package:
    """The parts of a .docx file. Pictures and other parts are never unpacked, external relations never followed. Raises ReadError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise ReadError(f"{path}: this is not a Word .docx file, or it was cut short; copy it again or save it again from Word") from None
    try:
        with archive:
            return _parts(path, archive)
    except _BROKEN:
        raise _damaged(path) from None


def _parts(path: Path, archive: zipfile.ZipFile) -> Package:
    if len(archive.infolist()) > _MAX_ENTRIES:
        raise ReadError(f"{path}: the Word file has more than {_MAX_ENTRIES} parts; open it in Word and save it again")
    main = _relations(path, archive, "").get("officeDocument", "word/document.xml")
    if main not in archive.namelist():
        raise _damaged(path)
    document = _parse(path, archive, main)
    if document.tag != w("document"):
        raise ReadError(f"{path}: this is not a Word document but another Office file; save the plan as .docx")
    related = _relations(path, archive, main)
    return Package(document, *(_parse(path, archive, related[kind]) if kind in related else Element(w(kind)) for kind in ("styles", "numbering")))


def _relations(path: Path, archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """Kind of relation → the part it leads to, for the parts that are in the file: {"styles": "word/styles.xml"}."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    names = set(archive.namelist())
    if relations not in names:
        return {}
    found: dict[str, str] = {}
    for relation in _parse(path, archive, relations):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        if relation.get("TargetMode") != "External" and target in names:
            found.setdefault(relation.get("Type", "").rpartition("/")[2], target)
    return found


def _parse(path: Path, archive: zipfile.ZipFile, name: str) -> Element:
    entry = archive.getinfo(name)
    if entry.flag_bits & 1:
        raise _protected(path)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # Word knows no other
        raise _damaged(path)
    allowed = min(_MAX_PART_BYTES, max(_SMALL_PART_BYTES, _MAX_RATIO * entry.compress_size))
    if entry.file_size > allowed:
        raise ReadError(
            f"{path}: the text of the Word file unpacks to more than {allowed // 1_000_000} MB, which is refused; split the plan into smaller files"
        )
    content = archive.read(entry)  # never more than the size that the entry declares
    if any(mark in content for mark in _DOCTYPE):  # Word never writes one; entities in one can swallow all memory
        raise ReadError(f"{path}: the Word file declares a document type, which is refused; open it in Word and save it again")
    if content.count(b"<") > _MAX_TAGS:
        raise ReadError(f"{path}: the Word file is too large to read; split the plan into smaller files")
    try:
        return ElementTree.fromstring(content.replace(*_STRICT))
    except (ElementTree.ParseError, LookupError, ValueError):  # not well-formed, or an encoding that is unknown
        raise _damaged(path) from None


def _damaged(path: Path) -> ReadError:
    return ReadError(f"{path}: the Word file is damaged or cut short; open it in Word and save it again as .docx")


def _protected(path: Path) -> ReadError:
    return ReadError(f"{path}: the Word file is protected by a password; remove the password in Word and save it again")
