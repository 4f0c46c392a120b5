"""Keys of programs: made by a command, kept as digests in one file, revoked at once."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, get_args

from xhht_qa.access.asker import ADMIN, EDITOR, READER, Asker
from xhht_qa.errors import SettingsError
from xhht_qa.settings import Settings

Scope = Literal["ask", "read", "manage", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX = "xhht_"
_KEY = re.compile(rf"{PREFIX}([0-9a-f]{{8}})_([A-Za-z0-9_-]{{43}})")
_ASKING = ("/api/ask", "/api/conversations", "/chat", "/v1", "/mcp")
_READING_WITH_A_BODY = ("/api/search", "/api/feedback")
_MANAGING = ("/api/library", "/quan-ly")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Key:
    """What is known of a key; the key itself is not kept. It has 256 random bits, so that a plain digest cannot be searched for."""

    id: str
    name: str  # whose it is, as the operator wrote it
    digest: str
    scopes: tuple[Scope, ...]
    groups: tuple[str, ...] = ()
    created: str = ""  # "2025-06-15"
    expires: str = ""  # the first day on which it is no longer good; "" for never

    def is_good(self, today: date) -> bool:
        """Whether its time has not run out."""
        return not self.expires or today < date.fromisoformat(self.expires)

    def may(self, method: str, path: str) -> bool:
        """Whether its scopes are enough for a request; what nobody has thought of needs the most."""
        if "admin" in self.scopes:
            return True
        if _is_below(path, _MANAGING):
            return "manage" in self.scopes
        if _is_below(path, _ASKING):
            return "ask" in self.scopes
        if method in ("GET", "HEAD", "OPTIONS"):
            return "read" in self.scopes
        return _is_below(path, _READING_WITH_A_BODY) and bool({"ask", "read"} & set(self.scopes))

    @property
    def asker(self) -> Asker:
        """The program that brings it."""
        roles = ADMIN if "admin" in self.scopes else EDITOR if "manage" in self.scopes else READER
        return Asker(f"key:{self.id}", self.name, roles, frozenset(self.groups))


class Keys:
    """The keys of a file, read anew when it has changed: one that is revoked is refused from the next request on. Safe to share between threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._keys: dict[str, Key] = {}

    @classmethod
    def of(cls, settings: Settings) -> Keys:
        """The keys of an installation."""
        return cls(settings.data_dir / "keys.json")

    def find(self, brought: str) -> Key | None:
        """The key whose text this is, None for one that is unknown, revoked or over its time."""
        match = _KEY.fullmatch(brought)
        key = self._present().get(match[1]) if match else None
        if key is None or not secrets.compare_digest(key.digest, _digest(brought)):
            return None
        return key if key.is_good(datetime.now(UTC).date()) else None

    def all(self) -> list[Key]:
        """In the order in which they were made. Raises SettingsError."""
        return self._read()

    def add(self, name: str, scopes: Sequence[Scope], groups: Sequence[str] = (), expires: str = "") -> tuple[Key, str]:
        """A new key, and its text, which nobody can be told again. Raises SettingsError."""
        with self._changing() as keys:
            id_ = secrets.token_hex(4)
            text = f"{PREFIX}{id_}_{secrets.token_urlsafe(32)}"
            key = Key(id_, name, _digest(text), tuple(scopes), tuple(groups), datetime.now(UTC).date().isoformat(), expires)
            keys.append(key)
        return key, text

    def revoke(self, id_: str) -> Key:
        """Take a key out. Raises SettingsError for one that is not there."""
        with self._changing() as keys:
            found = next((key for key in keys if key.id == id_), None)
            if found is None:
                raise SettingsError(f"there is no key {id_}; python -m xhht_qa keys list shows them")
            keys.remove(found)
        return found

    @contextmanager
    def _changing(self) -> Iterator[list[Key]]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_name(f".{self._path.name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                keys = self._read()
                yield keys
                aside = self._path.with_name(f".{self._path.name}.part")
                with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                    json.dump({"keys": [asdict(key) for key in keys]}, file, ensure_ascii=False, indent=1)
                    file.flush()
                    os.fsync(file.fileno())
                aside.replace(self._path)
        except OSError as error:
            raise SettingsError(f"{self._path}: the keys cannot be written ({error.strerror}); correct XHHT_DATA_DIR or its permissions") from None

    def _present(self) -> dict[str, Key]:
        try:
            found = self._path.stat()
            state = (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            state = None
        if state != self._seen:
            try:
                self._keys = {key.id: key for key in self._read()}
            except SettingsError as error:  # a key that may have been revoked must not go on
                logger.error("no key is accepted until this is mended: %s", error)
                self._keys = {}
            self._seen = state
        return self._keys

    def _read(self) -> list[Key]:
        try:
            records = json.loads(self._path.read_text(encoding="utf-8"))["keys"]
            return [replace(Key(**record), scopes=tuple(record["scopes"]), groups=tuple(record["groups"])) for record in records]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError):
            raise SettingsError(f"{self._path}: the keys cannot be read; restore the file from a backup, or remove it and make new keys") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_below(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)
