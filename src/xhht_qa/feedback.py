"""What people say of answers: one record a line in one file, which several threads and processes may add to at once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from xhht_qa.errors import FeedbackError
from xhht_qa.index import Manifest
from xhht_qa.types import Answer, Turn

Verdict = Literal["up", "down", "withdrawn"]
Reason = Literal["", "wrong_content", "wrong_citation", "incomplete", "not_found", "other"]

MOST_CHARS = 2000  # of a comment, a corrected answer and a turn of the history
MOST_BYTES = 200_000  # of a record; an answer over thirty plans has a tenth
_FILE_BYTES = 200_000_000  # years of records; more is a fault or a prank, and must not fill the disk


@dataclass(frozen=True)
class Cited:
    """A place that the answer cites."""

    plan: str
    section: str
    bullet: str | None = None
    quote: str = ""


@dataclass(frozen=True)
class Feedback:
    """A verdict on one answer. Who gave it is not kept. A later record with the same ``answer_id`` replaces an earlier one."""

    answer_id: str
    question: str
    standalone_question: str
    status: str
    answer: str
    verdict: Verdict
    when: str  # UTC, "2025-06-15T08:30:00+00:00"
    history: tuple[Turn, ...] = ()
    citations: tuple[Cited, ...] = ()
    reason: Reason = ""
    comment: str = ""
    corrected_answer: str = ""
    index: str = ""  # ``index_version`` of the index that answered


def feedback_on(answer: Answer, history: Sequence[Turn], verdict: Verdict, index: str, reason: Reason = "", comment: str = "", corrected: str = "") -> Feedback:
    """The record of a verdict that is given now; texts are trimmed and cut to their limits."""
    return Feedback(
        answer.id,
        answer.question,
        answer.standalone_question,
        answer.status,
        answer.answer,
        verdict,
        now(),
        tuple(Turn(turn.role, turn.content[:MOST_CHARS]) for turn in history),
        tuple(Cited(citation.plan, citation.section, citation.bullet, citation.quote) for citation in answer.citations),
        reason,
        comment.strip()[:MOST_CHARS],
        corrected.strip()[:MOST_CHARS],
        index,
    )


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def index_version(manifest: Manifest) -> str:
    """Twelve hexadecimal digits that change with any plan's file, the encoder or the format."""
    return hashlib.sha256(json.dumps(asdict(manifest), sort_keys=True).encode()).hexdigest()[:12]


def append(path: Path, feedback: Feedback) -> None:
    """Add one line in one write, so that lines of others never mix with it. Raises FeedbackError."""
    # Halves of characters, as JSON may carry them, can be written to no file.
    line = json.dumps(asdict(feedback), ensure_ascii=False).encode("utf-8", "ignore") + b"\n"
    if len(line) > MOST_BYTES:
        raise FeedbackError(f"a record of {len(line)} bytes is over the limit of {MOST_BYTES}; shorten its history or its texts")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Questions may name people: the file is for its owner alone.
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(file).st_size + len(line) > _FILE_BYTES:
                raise FeedbackError(f"{path} is full ({_FILE_BYTES} bytes); move it away, a new one is begun")
            if os.write(file, line) != len(line):
                os.write(file, b"\n")  # a full disk: the rest of the line is lost, the next one is not
                raise FeedbackError(f"{path} took only a part of a record; make room on the disk")
        finally:
            os.close(file)
    except OSError as error:
        raise FeedbackError(f"{path} cannot be written: {error.strerror}; check XHHT_FEEDBACK_FILE and its permissions") from None


def read(path: Path) -> Iterator[Feedback]:
    """The records in the order of their giving; of those on one answer all. Raises FeedbackError, which names a line that is none."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise FeedbackError(f"{path} cannot be read: {error.strerror}; name the file of XHHT_FEEDBACK_FILE") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _feedback(json.loads(line))
            except (ValueError, TypeError, KeyError):
                raise FeedbackError(f"{path}:{number} is no record of feedback; delete the line") from None


def _feedback(record: dict[str, Any]) -> Feedback:
    if record["verdict"] not in get_args(Verdict):
        raise ValueError
    history = tuple(Turn(**turn) for turn in record.pop("history"))
    citations = tuple(Cited(**place) for place in record.pop("citations"))
    return Feedback(**record, history=history, citations=citations)
