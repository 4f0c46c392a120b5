"""What an installation keeps, as the named parts of a backup, and the lock that tells whether a server is using them."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xhht_qa import messages
from xhht_qa.errors import BackupError, SettingsError
from xhht_qa.settings import Settings
from xhht_qa.store import database_file

JOURNAL = ".restore.json"  # in the folder of data while parts are exchanged
STAGED, ASIDE = ".restore-", ".before-restore-"  # what a restore brings, and what it takes away
_LOCK = ".server"
_PASSING = (
    "proposals",
    "sessions.sqlite",
    "sessions.sqlite-wal",
    "sessions.sqlite-shm",
    _LOCK,
    JOURNAL,
)  # not worth keeping: uploads that wait, who is signed in, a lock


@dataclass(frozen=True)
class Part:
    """A folder or a file of the installation; ``name`` is its place in an archive."""

    name: str
    place: Path
    is_folder: bool
    companions: tuple[str, ...] = ()  # endings of files that belong to a file and are never kept, as SQLite's log
    inner: frozenset[str] = frozenset()  # names in the folder that are parts of their own
    only: frozenset[str] = frozenset()  # the names that belong to the folder, all if there are none

    def keeps(self, name: str) -> bool:
        """Whether what has this name at the top of the folder belongs to the part."""
        return (
            (not self.only or name in self.only)
            and name not in self.inner
            and name not in _PASSING
            and not name.startswith((STAGED, ASIDE))
            and not name.endswith(".part")
        )


def parts(settings: Settings, with_secrets: bool = False) -> tuple[Part, ...]:
    """The parts, whether they are there or not. Raises BackupError for folders that lie inside each other."""
    database = database_file(settings)
    found = [
        Part("index", settings.index_dir.absolute(), True, only=frozenset({"CURRENT", "builds", "originals", "reading.jsonl"})),
        Part("data", settings.data_dir.absolute(), True),
        Part("plans", settings.plans_dir.absolute(), True),
        Part("feedback", settings.feedback_file.absolute(), False),
    ]
    if database:
        found.append(Part("conversations", database.absolute(), False, ("-wal", "-shm")))
    if settings.access_file:
        found.append(Part("access", settings.access_file.absolute(), False))
    if with_secrets:
        found.append(Part("env", Path(".env").absolute(), False))
    return tuple(_with_inner(part, found) for part in found)


def _with_inner(part: Part, all_parts: list[Part]) -> Part:
    if not part.is_folder:
        return part
    inside = [other for other in all_parts if other is not part and other.place.is_relative_to(part.place)]
    deep = next((other for other in inside if other.place.parent != part.place), None)
    if deep:
        raise BackupError(f"{deep.place} ({deep.name}) lies inside {part.place} ({part.name}); give each a folder of its own in the settings")
    names = {other.place.name + ending for other in inside for ending in ("", *other.companions)}
    return replace(part, inner=frozenset(names))


@contextlib.contextmanager
def serving(settings: Settings) -> Iterator[None]:
    """Use what is kept, beside other servers; no restore begins meanwhile. Raises SettingsError while one is under way."""
    with _lock(settings) as held:
        if not held(fcntl.LOCK_SH):
            raise SettingsError(messages.RESTORE_UNDER_WAY)
        yield


@contextlib.contextmanager
def stopped(settings: Settings) -> Iterator[None]:
    """Have what is kept for oneself. Raises BackupError while a server uses it."""
    with _lock(settings) as held:
        if not held(fcntl.LOCK_EX):
            raise BackupError(
                f"a server is running over {settings.data_dir}; stop it first (systemctl stop xhht, or Ctrl+C where it runs), nothing was changed"
            )
        yield


@contextlib.contextmanager
def _lock(settings: Settings) -> Iterator[Callable[[int], bool]]:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        opened = (settings.data_dir / _LOCK).open("w")
    except OSError as error:
        raise SettingsError(f"{settings.data_dir}: nothing can be kept there ({error.strerror}); correct XHHT_DATA_DIR or its permissions") from None
    with opened as file:

        def held(kind: int) -> bool:
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield held
