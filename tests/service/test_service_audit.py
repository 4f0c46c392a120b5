"""The record of questions: what stands in a line, what never does, and that nobody waits for it."""

from __future__ import annotations

import json
import logging
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from xhht_qa.access import Asker
from xhht_qa.door.audit import CURRENT, KEY, Audit
from xhht_qa.errors import SettingsError
from xhht_qa.library import Change
from xhht_qa.service import Asked
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Citation

QUESTION = "Bí mật của tôi là gì?"
CITED = tuple(Citation(number, plan, "", "I", None, "", (), "lời", 1, 1) for number, plan in ((1, "doc"), (2, "khac"), (3, "doc")))


def asked(question: str = QUESTION, **given: Any) -> Asked:
    answer = Answer("a1", question, question, "answered", "…", CITED)
    told: dict[str, Any] = {"kept": True, "outcome": "answered", "answer": answer, "waited_ms": 1.4, "took_ms": 20.6}
    return Asked(Asker("user:an"), "chat", "10.0.0.7", question, ["doc"], **told | given)


def record(folder: Path, *questions: Asked, **given: Any) -> list[dict[str, Any]]:
    audit = Audit(Settings(_env_file=None, data_dir=folder, **given))  # type: ignore[call-arg]
    for question in questions:
        audit(question)
    audit.close()
    return lines(folder / "audit" / CURRENT)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("given", "kept", "question", "address", "why"),
    [
        ({}, True, "hmac-sha256:", "10.0.0.7", "the words are not kept unless it is wanted"),
        ({"audit": "text"}, True, QUESTION, "10.0.0.7", "the words are wanted"),
        ({"audit": "text"}, False, "hmac-sha256:", "10.0.0.7", "whoever asks privately is told that nothing is kept"),
        ({"audit_addresses": False}, True, "hmac-sha256:", "", "addresses are not wanted"),
    ],
)
def test_a_line(tmp_path: Path, given: dict[str, Any], kept: bool, question: str, address: str, why: str) -> None:
    line = record(tmp_path, asked(kept=kept), **given)[0]
    assert line.pop("question").startswith(question), why
    assert abs(datetime.now(UTC) - datetime.fromisoformat(line.pop("when"))) < timedelta(minutes=1)
    assert line == {
        "who": "user:an", "address": address, "door": "chat", "scope": ["doc"], "status": "answered",
        "answer": "a1", "plans": ["doc", "khac"], "waited_ms": 1, "took_ms": 21,
    }  # fmt: skip


@pytest.mark.parametrize(("addresses", "address"), [(True, "10.0.0.7"), (False, "")])
def test_who_changes_a_plan_is_recorded(tmp_path: Path, addresses: bool, address: str) -> None:
    audit = Audit(Settings(_env_file=None, data_dir=tmp_path, audit_addresses=addresses))  # type: ignore[call-arg]
    audit.changed(Asker("proxy:chi", "Lê Chi"), "10.0.0.7", Change("publish", "doc", "d2", "d1", "Kế hoạch.docx"))
    audit.close()
    line = lines(tmp_path / "audit" / CURRENT)[0]
    assert abs(datetime.now(UTC) - datetime.fromisoformat(line.pop("when"))) < timedelta(minutes=1)
    told = {"action": "publish", "plan": "doc", "digest": "d2", "before": "d1", "file": "Kế hoạch.docx"}
    assert line == {"who": "proxy:chi", "name": "Lê Chi", "address": address, "door": "library", **told}


def test_a_question_is_told_apart_by_its_digest_but_not_found_without_the_key(tmp_path: Path) -> None:
    first, again, other = record(tmp_path / "a", asked(), asked(), asked("Khác"))
    assert first["question"] == again["question"] != other["question"]
    assert record(tmp_path / "a", asked())[-1]["question"] == first["question"], "after a new start too"
    assert record(tmp_path / "b", asked())[0]["question"] != first["question"], "another key"
    assert {oct((tmp_path / "a" / "audit" / name).stat().st_mode & 0o777) for name in (CURRENT, KEY)} == {"0o600"}
    assert QUESTION not in (tmp_path / "a" / "audit" / CURRENT).read_text(encoding="utf-8")


def test_what_was_refused_is_recorded_too(tmp_path: Path) -> None:
    line = record(tmp_path, asked(outcome="too_many", answer=None))[0]
    assert (line["status"], line["answer"], line["plans"]) == ("too_many", "", [])


def test_files_are_turned_over_by_size_and_by_day_and_old_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    record(tmp_path, asked("x" * 600_000), asked("y" * 600_000), asked("ba"), audit="text", audit_file_mb=1)
    assert len(lines(folder / CURRENT)) == 1
    before = next(folder.glob("audit-*.jsonl"))
    assert len(lines(before)) == 2
    yesterday = time.time() - 24 * 3600
    os.utime(folder / CURRENT, (yesterday, yesterday))
    long_ago = time.time() - 20 * 24 * 3600
    os.utime(before, (long_ago, long_ago))
    record(tmp_path, asked("bốn"), audit="text", audit_days=10)
    assert [line["question"] for line in lines(folder / CURRENT)] == ["bốn"]
    assert [line["question"] for path in folder.glob("audit-*.jsonl") for line in lines(path)] == ["ba"]


def text_of(path: Path) -> str:
    """What a file holds, nothing while there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def test_several_processes_write_to_one_record_and_turn_it_over_together(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, audit="text", audit_file_mb=1)  # type: ignore[call-arg]
    first, second = Audit(settings), Audit(settings)
    folder = tmp_path / "audit"
    for audit, question in ((first, "x" * 600_000), (second, "y" * 600_000), (first, "ba"), (second, "bốn"), (first, "năm")):
        audit(asked(question))
        deadline = time.monotonic() + 30
        while question not in text_of(folder / CURRENT):
            assert time.monotonic() < deadline, f"{question[:3]} was written where nobody looks for it"
            time.sleep(0.01)
    first.close()
    second.close()
    assert [line["question"] for line in lines(folder / CURRENT)] == ["ba", "bốn", "năm"]
    assert [line["question"][:1] for path in folder.glob("audit-*.jsonl") for line in lines(path)] == ["x", "y"]
    assert first._key == second._key


def test_a_full_disk_is_told_once_and_what_was_lost_is_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / CURRENT).symlink_to("/dev/full")
    audit = Audit(Settings(_env_file=None, data_dir=tmp_path))  # type: ignore[call-arg]
    started = time.monotonic()
    with caplog.at_level(logging.ERROR):
        for _ in range(50):
            audit(asked())
        assert time.monotonic() - started < 1, "nobody waits"
        deadline = time.monotonic() + 30
        while audit._lost < 50:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        (tmp_path / "audit" / CURRENT).unlink()
        audit(asked())
        audit.close()
    assert [entry.getMessage().startswith("the record of questions is not written") for entry in caplog.records] == [True]
    lost, line = lines(tmp_path / "audit" / CURRENT)
    assert lost["lost"] == 50
    assert line["status"] == "answered"


def test_nowhere_to_write_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="XHHT_DATA_DIR"):
        Audit(Settings(_env_file=None, data_dir=tmp_path / "file"))  # type: ignore[call-arg]
