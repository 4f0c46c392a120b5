"""Who has signed in: a random token in a cookie, everything else on the server, where it ends at once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from xhht_qa.errors import SettingsError
from xhht_qa.settings import Settings

_WAIT_SECONDS = 10.0


class Sessions:
    """Values by tokens, in a file of SQLite that several processes may share; of a token only a digest is kept. Safe to share between threads."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        """Raises SettingsError."""
        self._path = path
        self._now = now
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            with self._open() as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("CREATE TABLE IF NOT EXISTS session (digest TEXT PRIMARY KEY, value TEXT NOT NULL, ends REAL NOT NULL)")
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(f"{path}: the sessions cannot be kept ({error}); correct XHHT_DATA_DIR or its permissions") from None

    @classmethod
    def of(cls, settings: Settings) -> Sessions:
        """The sessions of an installation. Raises SettingsError."""
        return cls(settings.data_dir / "sessions.sqlite")

    def begin(self, value: Any, seconds: float) -> str:
        """The token by which ``value``, anything that JSON can hold, is found for so long."""
        token = secrets.token_urlsafe(32)
        with self._open() as connection:
            connection.execute("DELETE FROM session WHERE ends < ?", (self._now(),))
            connection.execute("INSERT INTO session VALUES (?, ?, ?)", (_digest(token), json.dumps(value), self._now() + seconds))
        return token

    def find(self, token: str) -> Any:
        """The value, None for a token that is unknown or over its time."""
        if not token:
            return None
        with self._open() as connection:
            row = connection.execute("SELECT value FROM session WHERE digest = ? AND ends > ?", (_digest(token), self._now())).fetchone()
        return json.loads(row[0]) if row else None

    def end(self, token: str) -> Any:
        """The value, which nobody finds again; of two who come at once one gets it."""
        with self._open() as connection:
            row = connection.execute("DELETE FROM session WHERE digest = ? AND ends > ? RETURNING value", (_digest(token), self._now())).fetchone()
        return json.loads(row[0]) if row else None

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "ignore")).hexdigest()
