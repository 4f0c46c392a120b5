"""The record of who asked when and what was cited, and who changed which plan: JSON lines in files that are turned over by size and age. Nobody waits for it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import json
import logging
import os
import queue
import secrets
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from xhht_qa.access import Asker
from xhht_qa.errors import SettingsError
from xhht_qa.library import Change
from xhht_qa.service import Asked
from xhht_qa.settings import Settings

CURRENT, KEY = "audit.jsonl", "audit.key"
_MOST_PENDING = 10_000  # lines that wait for a slow disk; what is more is counted as lost
_END_SECONDS = 5  # for which the end of the program waits for the last lines

logger = logging.getLogger(__name__)


class Audit:
    """Observes the service and writes a line for each question; a thread of its own writes, and a disk that is full is told of once.

    Several processes may write to one folder.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError when there is nowhere to write."""
        self._folder = settings.data_dir / "audit"
        self._texts = settings.audit == "text"
        self._addresses = settings.audit_addresses
        self._most_bytes = settings.audit_file_mb * 1_000_000
        self._days = settings.audit_days
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._alone():
                self._key = _key(self._folder / KEY)
        except OSError as error:
            raise SettingsError(
                f"{self._folder}: the record of questions cannot be kept ({error.strerror}); correct XHHT_DATA_DIR or set XHHT_AUDIT=off"
            ) from None
        self._pending: queue.Queue[Mapping[str, Any] | None] = queue.Queue(_MOST_PENDING)
        self._lost = 0
        self._writer = threading.Thread(target=self._write_all, name="audit", daemon=True)
        self._writer.start()

    def __call__(self, asked: Asked) -> None:
        """One more line; never waits."""
        self._put(self._line(asked))

    def changed(self, asker: Asker, address: str, change: Change) -> None:
        """One more line; never waits."""
        self._put(
            {
                "when": _written(datetime.now(UTC)),
                "who": asker.id,
                "name": asker.name,
                "address": address if self._addresses else "",
                "door": "library",
                **asdict(change),
            }
        )

    def close(self) -> None:
        """Write what is still to be written."""
        self._pending.put(None)
        self._writer.join(_END_SECONDS)

    def _put(self, line: Mapping[str, Any]) -> None:
        try:
            self._pending.put_nowait(line)
        except queue.Full:
            self._lost += 1

    def _line(self, asked: Asked) -> Mapping[str, Any]:
        cited = [citation.plan for citation in asked.answer.citations] if asked.answer else []
        return {
            "when": _written(asked.when),
            "who": asked.asker.id,
            "address": asked.address if self._addresses else "",
            "door": asked.door,
            # Of a question of which the asker was told that nothing is kept, the words are not kept here either.
            "question": asked.question if self._texts and asked.kept else self._digest(asked.question),
            "scope": list(asked.scope),
            "status": asked.outcome,
            "answer": asked.answer.id if asked.answer else "",
            "plans": list(dict.fromkeys(cited)),
            "waited_ms": round(asked.waited_ms),
            "took_ms": round(asked.took_ms),
        } | self._of_the_model(asked)

    def _of_the_model(self, asked: Asked) -> dict[str, Any]:
        """What was checked of a language model's sentences and of the question as it read it, and why what is not shown is not; their words as the question's."""
        checked = asked.answer.checked if asked.answer else None
        if checked is None:
            return {}
        texts = self._texts and asked.kept
        stripped = [{"why": one.why, "text": one.text if texts else self._digest(one.text)} for one in checked.stripped]
        told = {"sentences": checked.sentences, "fallback": checked.fallback, "reading": checked.reading}
        return {"model": told | {"tokens": asdict(checked.tokens), "stripped": stripped}}

    def _digest(self, question: str) -> str:
        """Equal for equal questions; who has no key cannot try out which question it was."""
        return f"hmac-sha256:{hmac.new(self._key, question.encode('utf-8', 'ignore'), hashlib.sha256).hexdigest()}"

    def _write_all(self) -> None:
        file: TextIO | None = None
        told = False
        while (line := self._pending.get()) is not None:
            try:
                file = self._turned_over(file)
                lost = self._lost
                if lost:
                    file.write(json.dumps({"when": line["when"], "lost": lost}) + "\n")
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                self._lost -= lost
                told = False
            except OSError as error:
                self._lost += 1
                file = None  # half a line may stand in it
                if not told:
                    logger.error("the record of questions is not written, answers go on: %s", error)
                told = True
        if file:
            file.close()

    def _turned_over(self, file: TextIO | None) -> TextIO:
        """The file to write to: a new one when the day or the size of the present one is over."""
        path = self._folder / CURRENT
        with self._alone():
            if path.exists():
                about = path.stat()
                begun = datetime.fromtimestamp(about.st_mtime, UTC).date()
                today = datetime.now(UTC).date()
                if about.st_size and (begun != today or about.st_size > self._most_bytes):
                    path.rename(self._folder / f"audit-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.jsonl")
                    self._forget(today - timedelta(days=self._days))
            if file and not _is_at(file, path):  # turned over, by whomever, or taken away
                file.close()
                file = None
            return file or os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process makes the key or turns the file over."""
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _forget(self, before: Any) -> None:
        if not self._days:
            return
        for path in self._folder.glob("audit-*.jsonl"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC).date() < before:
                path.unlink()


def _is_at(file: TextIO, path: Path) -> bool:
    """Whether an open file is the one that has this path now."""
    return path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


def _written(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds")


def _key(path: Path) -> bytes:
    """The key of the digests, made at the first start; with it taken away, digests of before cannot be compared any more."""
    if not path.exists():
        made = path.with_suffix(".new")
        made.unlink(missing_ok=True)
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        made.replace(path)
    return bytes.fromhex(path.read_text(encoding="ascii"))
