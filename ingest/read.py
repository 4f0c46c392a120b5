"""File → Document: the one door through which a file comes in, whatever its format."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ingest import front_matter
from ingest.filetype import kind_of
from ingest.readability import NOISE, READABLE, readability
from ingest.readers import READERS, Reading
from ingest.readers.pdf_numerals import mend_text
from xhht_qa.errors import NoPlans, ReadError
from xhht_qa.text.normalise import slug
from xhht_qa.types import Document, Legibility

_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".webp")
_LARGEST_BYTES = 100_000_000
_LARGEST_TEXT_BYTES = 10_000_000  # of a format that is all text; five hundred pages are two, ten with the markup of Word's HTML
_MOST_LINES, _MOST_CHARACTERS = 50_000, 3_000_000  # of a plan; five hundred pages have half of them
_LONGEST_WORD = 5_000  # characters; links and dotted lines have some hundreds, and one chunk holds a word whole


def find_files(paths: list[Path]) -> list[Path]:
    """The plan files among files and folders, in a stable order, READMEs left out. Raises NoPlans for a missing or empty path."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in READERS and _is_plan_name(file.relative_to(path)))
            if not inside:
                raise NoPlans(f"{path}: the folder holds no plan; put {' '.join(READERS)} files in it")
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise NoPlans(f"{path}: no such file or folder; check the path")
    return list(dict.fromkeys(Path(os.path.normpath(path.absolute())) for path in found))  # a plan is known by where it is, wherever ingest was started


def left_out(paths: list[Path]) -> list[str]:
    """One sentence for each file in the given folders that is no plan: a picture of a page, or a correction without its plan."""
    sentences = []
    for file in sorted(file for path in paths if path.is_dir() for file in path.rglob("*") if file.is_file() and _is_plan_name(file.relative_to(path))):
        if file.suffix == ".yaml" and not any(file.with_suffix(suffix).exists() for suffix in READERS):
            sentences.append(f"{file}: it corrects no plan; give it the name of the plan beside it")
        elif file.suffix.lower() in _PICTURES:
            sentences.append(f"{file}: pictures are read only as pages of a PDF; put them into one")
    return sentences


def read(path: Path) -> Document:
    """The document in a file. Raises ReadError with one sentence that names the file and the mend."""
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise ReadError(f"{path}: {suffix or 'no suffix'} is not a format that can be read; save it as one of {' '.join(READERS)}")
    data = _content(path)
    kind = kind_of(path, data)
    if kind in (".txt", ".html") and len(data) > _LARGEST_TEXT_BYTES:
        raise ReadError(f"{path}: this is more than {_LARGEST_TEXT_BYTES // 1_000_000} MB of text; split it into one file a plan")
    reading = READERS[kind](path, data)
    if kind != suffix and {kind, suffix} not in ({".txt", ".md"}, {".htm", ".html"}):
        reading = replace(reading, warnings=(f"the file is named {suffix} but its content is {kind}; it was read as {kind}", *reading.warnings))
    return _document(path, data, kind, reading, front_matter.beside(path))


def _content(path: Path) -> bytes:
    try:
        str(path).encode()
        if not path.is_file() and path.exists():
            raise ReadError(f"{path}: this is a folder or a device, no file; put the plan itself there")
        with path.open("rb") as file:  # which may grow while it is read
            data = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened ({error.strerror}); check the path and its permissions") from None
    except UnicodeEncodeError:
        raise ReadError(f"{path}: the file's name is not UTF-8; rename it") from None
    if len(data) > _LARGEST_BYTES:
        raise ReadError(f"{path}: the file is larger than {_LARGEST_BYTES // 1_000_000} MB; remove its pictures and save it again")
    if not data.strip():
        raise ReadError(f"{path}: the file is empty; save the plan again and add it once more")
    return data


def read_text(name: str, text: str) -> Document:
    """A plan that is at hand as text; ``name`` gives the id as a file's name does, and no file of that name is looked for. Raises ReadError."""
    return _document(Path(name), text.encode(), ".txt", READERS[".txt"](Path(name), text.encode()), {})


def _document(path: Path, data: bytes, kind: str, reading: Reading, beside: Mapping[str, str]) -> Document:
    stated, lines = front_matter.split(path, reading.lines)
    stated |= beside
    lines, mended = mend_text([line for line in lines if line.text])
    if not lines:
        raise ReadError(f"{path}: no text was found; save the plan again and add it once more")
    plan_id = slug(stated.get("id", "") or path.stem)
    if not plan_id:
        raise ReadError(f"{path}: the file's name gives no plan id; rename it with letters or digits")
    text = "\n".join(line.text for line in lines)
    if len(lines) > _MOST_LINES or len(text) > _MOST_CHARACTERS:
        raise ReadError(f"{path}: this holds more text than a plan has ({len(lines)} lines); split it into one file a plan")
    quality = readability(text)
    if quality < NOISE or any(len(word) > _LONGEST_WORD for word in text.split()):
        raise ReadError(f"{path}: this is not readable Vietnamese; open the file, check that it is the plan, and save it again as .docx")
    doubts = (f"only {quality:.0%} of the words are Vietnamese syllables; compare the text with the file",) if quality < READABLE else ()
    warnings = (*reading.warnings, *mended, *doubts, *front_matter.unknown_fields(stated))
    legibility = Legibility(kind, reading.pages, reading.recognised, round(quality, 3))
    return Document(plan_id, str(path), hashlib.sha256(data).hexdigest(), lines, stated, warnings, legibility)


def _is_plan_name(path: Path) -> bool:
    return path.stem.lower() != "readme" and not any(part.startswith((".", "~$")) for part in path.parts)
