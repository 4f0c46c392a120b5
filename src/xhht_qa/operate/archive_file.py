"""A backup as a file: entries of named parts, the last one a manifest with the checksum of every other."""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from xhht_qa.errors import BackupError

FORMAT_VERSION = 1
MANIFEST = "manifest.json"  # the last entry: what was really written
_MOST_MANIFEST_BYTES = 500_000_000


@dataclass
class Manifest:
    """What an archive holds and where it comes from."""

    format_version: int
    made: str  # ISO 8601, UTC
    product: str
    plans_dir: str  # the folder that the index names in its plans
    parts: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # name → sha256
    notes: list[str] = field(default_factory=list)  # what it does not hold, for those who restore it


def read_archive(file: Path, keep: Callable[[str, IO[bytes], int], object]) -> Manifest:
    """Go through an archive, giving each (name, content, mode) to ``keep``, and check everything at the end. Raises BackupError."""
    found: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(file, "r|gz") as archive:
            for entry in archive:
                content = archive.extractfile(entry) if entry.isreg() else None
                if content is None or not _is_safe(entry.name) or entry.name in found or manifest is not None:
                    raise BackupError(f"{file}: the entry “{entry.name[:200]}” does not belong in a backup; nothing was changed")
                if entry.name == MANIFEST:
                    manifest = _manifest(file, content.read(_MOST_MANIFEST_BYTES))
                else:
                    hashed = HashedReader(content)
                    keep(entry.name, cast(IO[bytes], hashed), entry.mode & 0o755)
                    while hashed.read(1_000_000):  # what ``keep`` left
                        pass
                    found[entry.name] = hashed.digest()
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile):
        raise _damaged(file) from None
    except FileNotFoundError:
        raise BackupError(f"{file}: there is no such file") from None
    if manifest is None or manifest.files != found:
        raise _damaged(file)
    return manifest


class HashedReader:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """See ``IO``."""
        block = self._file.read(size)
        self._digest.update(block)
        return block

    def digest(self) -> str:
        """The sha256 of what was read."""
        return self._digest.hexdigest()


def _is_safe(name: str) -> bool:
    """Whether a name stays below the folder that it is unpacked in."""
    path = PurePosixPath(name)
    return name == str(path) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _manifest(file: Path, written: bytes) -> Manifest:
    try:
        manifest = Manifest(**json.loads(written))
    except (ValueError, TypeError):
        raise _damaged(file) from None
    if manifest.format_version != FORMAT_VERSION:
        raise BackupError(f"{file}: a backup of format {manifest.format_version}, this version reads {FORMAT_VERSION}; restore it with {manifest.product}")
    return manifest


def _damaged(file: Path) -> BackupError:
    return BackupError(f"{file}: the backup is damaged or is none; nothing was changed, take another one")
