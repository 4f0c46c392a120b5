"""What the doctor says of installations that are broken for real, one row each."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest
from installation import Installation
from prerequisites import ROOT
from toy_encoder import ToyEncoder

from ingest.build import build
from ingest.readers import READERS
from xhht_qa.index import published_build
from xhht_qa.operate import doctor
from xhht_qa.operate.check_content import FORMATS
from xhht_qa.operate.finding import Finding
from xhht_qa.store import Store


@pytest.fixture
def here(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A sound installation, by the settings of this process."""
    for name in [name for name in os.environ if name.startswith("XHHT_")]:
        monkeypatch.delenv(name)
    for name, value in installation.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(installation.folder)
    return installation


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def of_level(found: list[Finding], level: str) -> list[Finding]:
    return [finding for finding in found if finding.level == level]


def test_a_sound_installation_has_nothing_to_mend(here: Installation) -> None:
    Store.open(here.settings).create("an")
    found = doctor.examine()
    assert [finding for finding in found if finding.level == "fail"] == []
    seen = {finding.about: finding.means for finding in found if finding.level == "ok"}
    assert seen["index"].startswith("1 plans, ")
    assert "cosine 1.0" in seen["encoder"] or "cosine 0.99" in seen["encoder"]
    assert seen["plans"].startswith("the index is what ")
    assert seen["conversations"].startswith("1 in ")


Break = Callable[[Installation, pytest.MonkeyPatch, ExitStack], object]


def build_file(here: Installation, name: str) -> Path:
    return here.index / "builds" / published_build(here.index) / name


def other_vectors(here: Installation, patch: pytest.MonkeyPatch, stack: ExitStack) -> None:
    file = build_file(here, "vectors.npy")
    vectors = np.load(file)
    np.save(file, np.roll(vectors, 7, axis=1))


def fewer_in_chroma(here: Installation, patch: pytest.MonkeyPatch, stack: ExitStack) -> None:
    removal = "import sys, chromadb; c = chromadb.PersistentClient(sys.argv[1]).get_collection('chunks'); c.delete(ids=c.get(limit=1)['ids'])"
    subprocess.run([sys.executable, "-c", removal, str(build_file(here, "chroma"))], check=True, timeout=120)


def taken_port(here: Installation, patch: pytest.MonkeyPatch, stack: ExitStack) -> None:
    listener = stack.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
    patch.setenv("XHHT_PORT", str(listener.getsockname()[1]))
    stack.callback(listener.close)


def later_schema(here: Installation, patch: pytest.MonkeyPatch, stack: ExitStack) -> None:
    Store.open(here.settings).close()
    with closing(sqlite3.connect(here.data / "conversations.sqlite")) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
        connection.commit()


@pytest.mark.parametrize(
    ("break_it", "level", "about", "words", "mend"),
    [
        (lambda here, patch, stack: patch.setenv("XHHT_PLAN_DIR", "x"), "warn", "settings", "XHHT_PLAN_DIR in the environment", "XHHT_PLANS_DIR"),
        (lambda here, patch, stack: (here.folder / ".env").write_text("XHHT_HOSTT=a\n"), "warn", "settings", "XHHT_HOSTT in .env", "XHHT_HOST?"),
        (lambda here, patch, stack: patch.setenv("XHHT_PORT", "0"), "fail", "settings", "XHHT_PORT", "correct that line"),
        (
            lambda here, patch, stack: ((here.folder / ".env").write_text(f"XHHT_ADMIN_TOKEN={'k' * 16}\n"), (here.folder / ".env").chmod(0o644)),
            "warn", "settings", "other users of this machine can read", "chmod 600 .env",
        ),
        (
            lambda here, patch, stack: (patch.setenv("XHHT_HOST", "0.0.0.0"), patch.setenv("XHHT_ADMIN_ON_LOOPBACK", "true")),
            "fail", "sign-in", "lets whoever comes", "XHHT_ADMIN_TOKEN",
        ),
        (lambda here, patch, stack: patch.setenv("XHHT_FRAME_ANCESTORS", "*"), "warn", "sign-in", "every site", "XHHT_FRAME_ANCESTORS"),
        (
            lambda here, patch, stack: ((here.folder / "access.toml").write_text("[[rule]]\n"), patch.setenv("XHHT_ACCESS_FILE", "access.toml")),
            "fail", "access", "access.toml", "correct the access file",
        ),
        (lambda here, patch, stack: patch.setenv("XHHT_ACCESS_FILE", "nowhere.toml"), "fail", "access", "nowhere.toml", "XHHT_ACCESS_FILE"),
        (lambda here, patch, stack: patch.setenv("XHHT_HOST", "0.0.0.0"), "fail", "sign-in", "does not start at 0.0.0.0", "XHHT_SIGN_IN"),
        (
            lambda here, patch, stack: (patch.setenv("XHHT_HOST", "0.0.0.0"), patch.setenv("XHHT_OPEN_TO_NETWORK", "true")),
            "warn", "sign-in", "without signing in", "XHHT_SIGN_IN",
        ),
        (
            lambda here, patch, stack: (patch.setenv("XHHT_SIGN_IN", "proxy"), patch.setenv("XHHT_TRUSTED_PROXIES", "")),
            "fail", "sign-in", "no proxy is trusted", "XHHT_TRUSTED_PROXIES",
        ),
        (lambda here, patch, stack: patch.setenv("XHHT_TRUSTED_PROXIES", "0.0.0.0/0"), "fail", "sign-in", "anybody may say", "XHHT_TRUSTED_PROXIES"),
        (lambda here, patch, stack: patch.setenv("XHHT_TRUSTED_PROXIES", "nginx"), "fail", "sign-in", "XHHT_TRUSTED_PROXIES", "write addresses or networks"),
        (lambda here, patch, stack: patch.setenv("XHHT_SIGN_IN", "oidc"), "fail", "sign-in", "XHHT_OIDC_ISSUER", "set it in the environment"),
        (lambda here, patch, stack: patch.setenv("XHHT_HOSTS", "https://tro-ly.doimay.example"), "fail", "hosts", "no name of a host", "names alone"),
        (lambda here, patch, stack: patch.setenv("XHHT_SIGN_IN", "proxy"), "warn", "hosts", "are refused", "XHHT_HOSTS"),
        (lambda here, patch, stack: shutil.rmtree(here.index), "fail", "index", "there is no index", "python -m ingest --only"),
        (lambda here, patch, stack: build_file(here, "chunks.jsonl").unlink(), "fail", "index", "damaged", "python -m ingest --only"),
        (lambda here, patch, stack: shutil.rmtree(build_file(here, "chroma")), "warn", "vectors", "no Chroma folder", "XHHT_CHROMA_URL"),
        (fewer_in_chroma, "fail", "index", "do not agree", "CURRENT"),
        (lambda here, patch, stack: build([here.plans], here.index, ToyEncoder()), "fail", "index", "toy/16", "python -m ingest --only"),
        (other_vectors, "fail", "encoder", "other vectors than those in the index", "CURRENT"),
        (lambda here, patch, stack: patch.setenv("XHHT_EMBED_MODEL", "/nowhere/model"), "fail", "encoder", "/nowhere/model", "XHHT_EMBED_MODEL"),
        (lambda here, patch, stack: (here.plans / "doc.txt").write_text("khác"), "warn", "plans", "changed: doc.txt", "python -m ingest --only"),
        (lambda here, patch, stack: (here.plans / "moi.docx").write_text("mới"), "warn", "plans", "not in the index: moi.docx", "python -m ingest --only"),
        (lambda here, patch, stack: (here.plans / "doc.txt").unlink(), "warn", "plans", "gone: doc.txt", "python -m ingest --only"),
        (
            lambda here, patch, stack: ((here.plans / "hong.pdf").write_bytes(b"%PDF-1.7 " + bytes(99)), build([here.plans], here.index, ToyEncoder())),
            "warn", "plans", "cannot be read: hong.pdf", "reading.jsonl",
        ),
        (lambda here, patch, stack: patch.setenv("XHHT_PLANS_DIR", "nowhere"), "warn", "plans", "no folder nowhere", "XHHT_PLANS_DIR"),
        (
            lambda here, patch, stack: (here.data.mkdir(), (here.data / "conversations.sqlite").write_bytes(b"no database at all" * 99)),
            "fail", "conversations", "no database", "python -m xhht_qa restore",
        ),
        (later_schema, "fail", "conversations", "schema 99", "install that version"),
        (
            lambda here, patch, stack: patch.setenv("XHHT_DATABASE_URL", "postgresql+nodriver://u:secretword@h/d"),
            "fail", "conversations", "XHHT_DATABASE_URL", "start the database",
        ),
        (lambda here, patch, stack: here.data.write_text("a file"), "fail", "folder", "is a file", "XHHT_DATA_DIR"),
        (taken_port, "fail", "port", "another program", "XHHT_PORT"),
        (lambda here, patch, stack: patch.setenv("XHHT_HOST", "192.0.2.1"), "fail", "port", "cannot be listened at", "XHHT_HOST"),
        (lambda here, patch, stack: patch.setenv("PATH", "/nowhere"), "warn", "reading", ".doc, .odt and .rtf", "libreoffice"),
    ],
)  # fmt: skip
def test_what_is_broken_is_told_with_its_mend(
    here: Installation, monkeypatch: pytest.MonkeyPatch, stack: ExitStack, break_it: Break, level: str, about: str, words: str, mend: str
) -> None:
    break_it(here, monkeypatch, stack)
    found = doctor.examine()
    told = [finding for finding in of_level(found, level) if finding.about == about and words in finding.means]
    assert told, doctor.as_text(found)
    assert mend in told[0].mend
    assert doctor.status(found) == {"warn": 1, "fail": 2}[max((finding.level for finding in found), key=["ok", "warn", "fail"].index)]
    assert "secretword" not in doctor.as_json(found)


def test_a_full_disk_and_a_folder_of_another_user_are_told(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XHHT_DATA_DIR", "/proc/xhht")  # nobody can write there, root neither
    found = doctor.examine()
    assert [finding.mend.split()[0] for finding in of_level(found, "fail") if finding.about == "folder"] == ["chown"], doctor.as_text(found)


def test_the_formats_are_those_of_the_reader() -> None:
    assert set(FORMATS) == set(READERS)


def test_the_command_gives_text_json_and_a_status(installation: Installation) -> None:
    def run(*more: str) -> subprocess.CompletedProcess[str]:
        variables = os.environ | installation.variables | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        command = [sys.executable, "-m", "xhht_qa", "doctor", *more]
        return subprocess.run(command, cwd=installation.folder, env=variables, capture_output=True, text=True, timeout=120)

    text, record = run(), run("--json", "--index", "nowhere")
    assert "index" in text.stdout
    assert text.stderr == record.stderr == ""
    assert record.returncode == 2
    found = json.loads(record.stdout)
    assert {frozenset(finding) for finding in found} == {frozenset({"about", "level", "means", "mend"})}
    assert [finding["about"] for finding in found if finding["level"] == "fail"] == ["index"]
