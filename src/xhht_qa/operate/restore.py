"""An archive takes the place of what an installation keeps: whole or not at all, and what was there is kept aside.

The archive is unpacked beside what it will replace and checked; then a journal of renames is written, and the renames are
made. A restore that is killed before the journal has changed nothing; one that is killed after it is finished by the next
start of the server or the next restore.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from xhht_qa.embed import load_encoder
from xhht_qa.errors import BackupError, StoreError
from xhht_qa.index import open_index, writing
from xhht_qa.operate.archive_file import Manifest, read_archive
from xhht_qa.operate.parts import ASIDE, JOURNAL, STAGED, Part, parts, stopped
from xhht_qa.settings import Settings


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    aside: tuple[Path, ...]  # where what was there before is kept
    notes: tuple[str, ...]  # what is left to do


@dataclass(frozen=True)
class _Move:
    source: Path
    target: Path

    def make(self) -> None:
        """Rename, unless that was done before; what makes room for it comes earlier in the list."""
        if self.source.exists() and not self.target.exists():
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.source.rename(self.target)

    def undo(self) -> None:
        _Move(self.target, self.source).make()


def restore(settings: Settings, file: Path, force: bool = False) -> Restored:
    """Put what the archive holds in its place; ``force`` is for an installation that is not empty. Raises BackupError, and then nothing has changed."""
    with stopped(settings), writing(settings.index_dir):
        _settle(settings)
        known = {part.name: part for part in parts(settings, with_secrets=True)}
        there = [part.name for part in known.values() if any(_old_moves(part, ""))]
        if there and not force:
            raise BackupError(f"there is something here already ({', '.join(there)}); --force puts the backup in its place and keeps it aside")
        stamp = time.strftime("%Y%m%dT%H%M%S")
        try:
            manifest = read_archive(file, lambda name, content, mode: _stage(known, stamp, name, content, mode))
            brought = [known[name] for name in manifest.parts]
            notes = [*manifest.notes, *_check(settings, manifest, brought, stamp)]
            moves = [move for part in brought for move in (*_old_moves(part, stamp), *_new_moves(part, stamp))]
            _exchange(settings, moves)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise BackupError("the disk is full; nothing was changed, make room and run it again") from None
            raise BackupError(f"{error.filename}: {error.strerror}; nothing was changed, mend that and run it again") from None
        finally:
            _sweep(settings, known.values())
    aside = {_aside(part, stamp) for part in brought}
    return Restored(manifest, tuple(sorted(path for path in aside if path.exists())), tuple(notes))


def finish(settings: Settings) -> bool:
    """Finish a restore that was killed, and tell whether there was one. Raises BackupError."""
    if not (settings.data_dir / JOURNAL).exists():
        return False
    with stopped(settings):
        _settle(settings)
        _sweep(settings, parts(settings, with_secrets=True))
    return True


def _staged(part: Part, stamp: str) -> Path:
    return part.place / f"{STAGED}{stamp}" if part.is_folder else part.place.with_name(f"{STAGED}{stamp}-{part.place.name}")


def _aside(part: Part, stamp: str) -> Path:
    return part.place / f"{ASIDE}{stamp}" if part.is_folder else part.place.with_name(f"{ASIDE}{stamp}-{part.place.name}")


def _old_moves(part: Part, stamp: str) -> Iterator[_Move]:
    """What is there goes aside."""
    if part.is_folder:
        names = sorted(path.name for path in part.place.iterdir() if part.keeps(path.name)) if part.place.is_dir() else []
        yield from (_Move(part.place / name, _aside(part, stamp) / name) for name in names)
    else:
        for ending in ("", *part.companions):
            if (old := part.place.with_name(part.place.name + ending)).exists():
                aside = _aside(part, stamp)
                yield _Move(old, aside.with_name(aside.name + ending))


def _new_moves(part: Part, stamp: str) -> Iterator[_Move]:
    """What was staged comes in."""
    staged = _staged(part, stamp)
    if part.is_folder:
        yield from (_Move(path, part.place / path.name) for path in sorted(staged.iterdir() if staged.is_dir() else ()))
    elif staged.exists():
        yield _Move(staged, part.place)


def _stage(known: dict[str, Part], stamp: str, name: str, content: IO[bytes], mode: int) -> None:
    """Unpack one file beside its part. Raises BackupError for one that belongs nowhere."""
    first, _, below = name.partition("/")
    part = known.get(first)
    if part is None or part.is_folder != bool(below) or (part.is_folder and not part.keeps(below.split("/")[0])):
        raise BackupError(
            f"the backup holds “{name[:200]}”, which has no place in this installation (set XHHT_ACCESS_FILE or XHHT_DATABASE_URL as they were); nothing was changed"
        )
    target = _staged(part, stamp) / below if below else _staged(part, stamp)
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as output:
        shutil.copyfileobj(content, output, 1_000_000)


def _check(settings: Settings, manifest: Manifest, brought: Sequence[Part], stamp: str) -> Iterator[str]:
    """What the staged parts will need, as sentences. Raises BackupError for conversations that cannot be read."""
    for part in brought:
        staged = _staged(part, stamp)
        if part.name == "conversations":
            _check_database(staged)
        if part.name == "index":
            rebuild = f"run python -m ingest --only {settings.plans_dir}"
            try:
                open_index(staged, load_encoder(settings).name).close()
            except StoreError as error:
                yield f"the index cannot be used with these settings ({str(error).partition(': ')[2]}); {rebuild}"
            else:
                if manifest.plans_dir != str(settings.plans_dir.absolute()):
                    yield f"the index names the plans in {manifest.plans_dir}, they are in {settings.plans_dir.absolute()} now; {rebuild}"


def _check_database(file: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        sound = error
    if sound != "ok":
        raise BackupError(f"the conversations in the backup are damaged ({sound}); nothing was changed, take another backup")


def _exchange(settings: Settings, moves: Sequence[_Move]) -> None:
    """Raises OSError when the moves cannot be made, and then they were taken back."""
    clash = next((move for move in moves if move.target.exists() and not any(move.target == other.source for other in moves)), None)
    if clash:
        raise BackupError(f"{clash.target} is in the way and belongs to nothing that is backed up; move it away, nothing was changed")
    os.sync()  # what was staged stands on the disk before the journal says so
    journal = settings.data_dir / JOURNAL
    aside = journal.with_name(f"{JOURNAL}.part")
    aside.write_text(json.dumps([[str(move.source), str(move.target)] for move in moves]), encoding="utf-8")
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    aside.replace(journal)
    try:
        for move in moves:
            move.make()
    except OSError:
        for move in reversed(moves):
            move.undo()
        journal.unlink()
        raise
    os.sync()
    journal.unlink()


def _settle(settings: Settings) -> None:
    """Make the moves of a journal that was left."""
    journal = settings.data_dir / JOURNAL
    if not journal.exists():
        return
    try:
        for source, target in json.loads(journal.read_text(encoding="utf-8")):
            _Move(Path(source), Path(target)).make()
    except OSError as error:
        raise BackupError(f"an interrupted restore cannot be finished: {error.filename}: {error.strerror}; mend that and run it again") from None
    os.sync()
    journal.unlink()


def _sweep(settings: Settings, known: Iterable[Part]) -> None:
    """Remove what was staged and is not needed any more."""
    if (settings.data_dir / JOURNAL).exists():
        return
    for part in known:
        pattern, folder = (f"{STAGED}*", part.place) if part.is_folder else (f"{STAGED}*-{part.place.name}", part.place.parent)
        for left in folder.glob(pattern) if folder.is_dir() else ():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
