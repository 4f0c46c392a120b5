"""What the reading of a file depends on: with an equal stamp, reading it again would give the same plan."""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path

import xhht_qa
from ingest.readers import ocr

_SOURCES = (Path(__file__).parent, Path(xhht_qa.__file__).parent / "text")


def stamp_of(path: Path) -> str:
    """The file, what stands beside it, and the readers; "" for a file that cannot be opened."""
    stamp = hashlib.sha256(_readers().encode())
    for part in (path, path.with_suffix(".yaml")):
        try:
            if part.is_file():
                with part.open("rb") as file:
                    stamp.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            return ""
    return stamp.hexdigest()


@cache
def _readers() -> str:
    """Our own source and the programs that it may use: whatever of it changes, every file is read anew."""
    sources = hashlib.sha256()
    for source in sorted(path for folder in _SOURCES for path in folder.rglob("*.py")):
        sources.update(source.read_bytes())
    return f"{sources.hexdigest()} {ocr.missing()} {shutil.which('soffice')}"
