"""The builds of an index on disk: which one is published, who holds which, and the files that its plans were read from.

A reader holds a shared lock on its build and a writer removes only builds that nobody holds, so that a reader (or a kill
at any moment) sees the old index or the new one, never half of either.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from xhht_qa.errors import IndexMismatch, IndexMissing, ReadError, VectorsUnavailable
from xhht_qa.types import Plan

Forget = Callable[[Path], object]  # lets go of what is kept of a build outside of its folder; raises VectorsUnavailable


def nothing(build: Path) -> None:
    """What is to be forgotten of a build that is all in its folder."""


def published_build(index_dir: Path) -> str:
    """The name of the build that a reader would open now. Raises IndexMissing and IndexMismatch."""
    try:
        return (index_dir / "CURRENT").read_text(encoding="utf-8").strip()
    except ValueError:
        raise damaged(index_dir) from None
    except OSError:
        raise IndexMissing(f"{index_dir}: there is no index here; run python -m ingest FOLDER first") from None


def hold_current(index_dir: Path) -> tuple[Path, IO[str]]:
    """The folder of the published build and the lock that keeps it there while it is open. Raises IndexMissing and IndexMismatch."""
    for _ in range(100):  # a build can be replaced and removed between reading its name and locking it; the next name holds
        folder = index_dir / "builds" / published_build(index_dir)
        try:
            lock = (folder / "lock").open()
        except OSError:
            time.sleep(0.01)
            continue
        fcntl.flock(lock, fcntl.LOCK_SH)
        if (folder / "manifest.json").exists():
            return folder, lock
        lock.close()
    raise damaged(index_dir)


def new_build(index_dir: Path) -> Path:
    """An empty folder for a build that nobody sees yet."""
    folder = index_dir / "builds" / f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6:06d}"
    folder.mkdir(parents=True)
    return folder


def publish(index_dir: Path, name: str, forget: Forget = nothing) -> None:
    """Make a build, written whole, the one that readers open, and remove those that nobody holds."""
    pointer = index_dir / "CURRENT.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(index_dir / "CURRENT")
    _remove_unused(index_dir, forget)


def remove_index(index_dir: Path, forget: Forget = nothing) -> None:
    """Publish nothing: the last plan has gone. Readers keep the build that they hold."""
    (index_dir / "CURRENT").unlink(missing_ok=True)
    _remove_unused(index_dir, forget)


def remove_unused(index_dir: Path, forget: Forget = nothing) -> None:
    """Remove what a reader has let go of; a writer that is at work now will do it itself, and a reader that may not write leaves it."""
    with contextlib.suppress(OSError), (index_dir / ".writer").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove_unused(index_dir, forget)


def keep_original(index_dir: Path, plan: Plan) -> None:
    """Copy the file of a plan that was just read. Raises ReadError when it is not any more what was read."""
    kept = original_of(index_dir, plan)
    if kept.exists():
        return
    kept.parent.mkdir(exist_ok=True)
    aside = kept.with_name(f"{kept.name}.part")
    try:
        shutil.copyfile(plan.path, aside)
        with aside.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"{plan.path}: cannot be copied to the index ({error.strerror}); run python -m ingest again") from None
    if digest != plan.digest:
        aside.unlink()
        raise ReadError(f"{plan.path}: the file changed while it was read; run python -m ingest again")
    aside.replace(kept)


def original_of(index_dir: Path, plan: Plan) -> Path:
    """Where the file of a plan is kept."""
    return index_dir / "originals" / f"{plan.digest}{plan.legibility.format}"


@contextlib.contextmanager
def writing(index_dir: Path) -> Iterator[None]:
    """Hold the index for writing: a second writer waits for the first."""
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / ".writer").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def damaged(index_dir: Path) -> IndexMismatch:
    """The error of an index that cannot be read."""
    return IndexMismatch(f"{index_dir}: the index is damaged; run python -m ingest --only with the folders of all your plans")


def _remove_unused(index_dir: Path, forget: Forget) -> None:
    """Remove the builds that are neither published nor held by a reader, those of killed writers too, and the originals of none that is left."""
    pointer = index_dir / "CURRENT"
    current = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    for folder in (index_dir / "builds").iterdir():
        if folder.name == current or not folder.is_dir():
            continue
        try:
            with (folder / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder, forget)
        except FileNotFoundError:
            _remove(folder, forget)
        except BlockingIOError:
            continue  # a server still reads it; the next writer removes it
    _remove_originals(index_dir)


def _remove(build: Path, forget: Forget) -> None:
    """Remove a build; while what it keeps elsewhere cannot be removed, its folder stays and says so to the next writer."""
    with contextlib.suppress(VectorsUnavailable):
        forget(build)
        shutil.rmtree(build, ignore_errors=True)


def _remove_originals(index_dir: Path) -> None:
    manifests = [json.loads(path.read_text(encoding="utf-8")) for path in (index_dir / "builds").glob("*/manifest.json")]
    digests = {digest for manifest in manifests for digest in manifest["plans"].values()}
    for original in (index_dir / "originals").glob("*"):
        if original.stem not in digests:
            original.unlink()
