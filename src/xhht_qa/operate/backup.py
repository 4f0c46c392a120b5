"""Everything that an installation keeps in one archive, taken while the server runs."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import stat
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import IO, cast

from xhht_qa.errors import BackupError, StoreError
from xhht_qa.index import Index, open_index
from xhht_qa.operate.archive_file import FORMAT_VERSION, MANIFEST, HashedReader, Manifest, read_archive
from xhht_qa.operate.parts import Part, parts
from xhht_qa.settings import Settings


def back_up(settings: Settings, file: Path, with_secrets: bool = False) -> Manifest:
    """Write the archive; it appears whole, readable for its owner alone, or not at all. Raises BackupError."""
    kept = parts(settings, with_secrets)
    if file.exists():
        raise BackupError(f"{file} is there already; give a backup a name of its own")
    within = next((part for part in kept if part.is_folder and file.absolute().is_relative_to(part.place)), None)
    if within:
        raise BackupError(f"{file} lies in {within.place}, which is backed up; put it elsewhere, best on another disk")
    aside = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as output:
            manifest = _write(settings, kept, output, file.absolute().parent)
            output.flush()
            os.fsync(output.fileno())
        read_archive(aside, lambda *_: None)
        aside.replace(file)
    except OSError as error:
        raise BackupError(f"{error.filename or aside}: {error.strerror}; nothing was written, make room or choose another place") from None
    finally:
        aside.unlink(missing_ok=True)
    return manifest


def _write(settings: Settings, kept: tuple[Part, ...], output: IO[bytes], workshop: Path) -> Manifest:
    manifest = Manifest(FORMAT_VERSION, datetime.now(UTC).isoformat(timespec="seconds"), f"xhht-qa {_version()}", str(settings.plans_dir.absolute()))
    with contextlib.ExitStack() as stack:
        archive = stack.enter_context(tarfile.open(fileobj=output, mode="w:gz", compresslevel=6))
        index = None
        try:
            index = stack.enter_context(contextlib.closing(open_index(settings.index_dir)))  # held, so that no writer removes the build
        except StoreError as error:
            manifest.notes.append(f"without the index ({error})")
        if not any(part.name == "conversations" for part in kept):
            manifest.notes.append("without the conversations: their database has a tool of its own, such as pg_dump")
        for part in sorted(kept, key=lambda part: part.name != "conversations"):  # first: what they cite is then kept already
            if part.place.exists() and (part.name != "index" or index):
                manifest.parts.append(part.name)
                for name, path in _contents(part, index, stack, workshop):
                    _add(archive, manifest, name, path)
        if index:
            _add_bytes(archive, manifest, "index/CURRENT", index.build.encode())
        _add_bytes(archive, manifest, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False).encode())
    return manifest


def _contents(part: Part, index: Index | None, stack: contextlib.ExitStack, workshop: Path) -> Iterator[tuple[str, Path]]:
    """(name in the archive, file) of a part that is there."""
    if part.name == "conversations":
        copied = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".xhht-backup-", dir=workshop))) / part.name
        _copy_database(part.place, copied)
        yield part.name, copied
    elif index and part.name == "index":
        originals = [file for digest in set(index.manifest.plans.values()) for file in part.place.glob(f"originals/{digest}*")]
        for top in (part.place / "builds" / index.build, part.place / "reading.jsonl", *originals):
            yield from _below(part, top)
    elif part.is_folder:
        for top in sorted(path for path in part.place.iterdir() if part.keeps(path.name)):
            yield from _below(part, top)
    else:
        yield part.name, part.place


def _below(part: Part, top: Path) -> Iterator[tuple[str, Path]]:
    files = [top] if not top.is_dir() else sorted(path for path in top.rglob("*") if not path.is_dir())
    for path in files:
        yield f"{part.name}/{path.relative_to(part.place).as_posix()}", path


def _copy_database(file: Path, to: Path) -> None:
    """SQLite's own copy of a moment, whoever writes meanwhile."""
    to.touch(mode=0o600)
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=30)) as source, contextlib.closing(sqlite3.connect(to)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise BackupError(f"{file}: the conversations cannot be copied ({error}); python -m xhht_qa doctor says more") from None


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    """Add a file as long as it is now: one that others write to grows at its end."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return  # removed since it was listed, as a conversation that was deleted
    with file:
        now = os.fstat(file.fileno())
        if not stat.S_ISREG(now.st_mode):
            return
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = now.st_size, stat.S_IMODE(now.st_mode) & 0o755, int(now.st_mtime)
        hashed = HashedReader(file)
        try:
            archive.addfile(entry, cast(IO[bytes], hashed))
        except OSError as error:
            if error.errno is None:  # tarfile's own for a file that has become shorter
                raise BackupError(f"{path}: it was changed while it was read; run the backup again") from None
            raise
        manifest.files[name] = hashed.digest()


def _add_bytes(archive: tarfile.TarFile, manifest: Manifest, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
    manifest.files[name] = hashlib.sha256(content).hexdigest()


def _version() -> str:
    try:
        return metadata.version("xhht-qa")
    except metadata.PackageNotFoundError:
        return "from its folder"
