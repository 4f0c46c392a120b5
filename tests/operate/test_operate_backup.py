"""Everything that is kept is backed up while people ask and comes back whole, or nothing changes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from installation import QUESTION, Installation
from prerequisites import ROOT
from programs import free_port

from xhht_qa import messages
from xhht_qa.access.keys import Keys
from xhht_qa.access.sessions import Sessions
from xhht_qa.errors import BackupError
from xhht_qa.operate.backup import back_up
from xhht_qa.operate.parts import ASIDE, JOURNAL, STAGED, stopped
from xhht_qa.operate.restore import finish, restore
from xhht_qa.settings import Settings
from xhht_qa.store import Store


def kept(folder: Path) -> dict[str, str]:
    """Every file of an installation that matters, by its digest; a database by what is in it."""
    files = {}
    for path in sorted(path for top in ("index", "data", "plans") for path in (folder / top).rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if ASIDE in name or path.name in (".server", ".writer") or path.suffix in (".sqlite-wal", ".sqlite-shm"):
            continue
        files[name] = said(path) if path.suffix == ".sqlite" else hashlib.sha256(path.read_bytes()).hexdigest()
    return files


def said(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT id, conversation, content FROM message ORDER BY id").fetchall())


def converse(installation: Installation, *questions: str) -> None:
    store = Store.open(installation.settings)
    conversation = store.create("an")
    for question in questions:
        store.add_question("an", conversation.id, question)
    store.close()


@pytest.fixture
def lived_in(installation: Installation) -> Installation:
    """Someone has asked, an edition and feedback are kept."""
    converse(installation, "Nộp báo cáo khi nào?")
    (installation.data / "editions" / "doc").mkdir(parents=True)
    (installation.data / "editions" / "doc" / f"{'a' * 64}.json").write_text("{}")
    (installation.data / "feedback.jsonl").write_text('{"verdict": "up"}\n')
    (installation.folder / ".env").write_text("XHHT_ADMIN_TOKEN=a-secret-of-this-place\n")
    return installation


def backed_up(installation: Installation) -> Path:
    file = installation.folder.parent / "backup.tar.gz"
    back_up(installation.settings, file)
    return file


def test_what_is_backed_up_comes_back_and_what_was_there_is_kept_aside(lived_in: Installation) -> None:
    before = kept(lived_in.folder)
    file = lived_in.folder.parent / "backup.tar.gz"
    done = lived_in.run("backup", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert file.stat().st_mode & 0o777 == 0o600
    converse(lived_in, "Câu hỏi sau bản sao lưu?")
    (lived_in.plans / "doc.txt").write_text("đã sửa")
    (lived_in.plans / "moi.txt").write_text("mới")
    later = kept(lived_in.folder)
    refused = lived_in.run("restore", file)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "--force" in refused.stderr
    assert kept(lived_in.folder) == later
    done = lived_in.run("restore", file, "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert kept(lived_in.folder) == before
    aside = [Path(line.split(" is in ")[1].split(";")[0]) for line in done.stdout.splitlines()[1:]]
    assert len(aside) == 5
    assert "đã sửa" in next(path for path in aside if path.parent == lived_in.plans).joinpath("doc.txt").read_text()
    assert "Câu hỏi sau" in said(next(path for path in aside if path.suffix == ".sqlite"))
    assert not list(lived_in.folder.rglob(f"{STAGED}*"))


def test_a_backup_makes_a_new_installation_on_another_machine(lived_in: Installation, tmp_path: Path) -> None:
    file = backed_up(lived_in)
    there = Installation(tmp_path / "there", free_port())
    there.folder.mkdir()
    done = there.run("restore", file)
    assert done.returncode == 0, done.stderr
    assert f"the index names the plans in {lived_in.plans}" in done.stderr
    assert kept(there.folder) == kept(lived_in.folder)
    answer = json.loads(there.run("ask", QUESTION, "--json").stdout)
    assert answer["status"] == "answered"
    assert "3/11/2025" in answer["answer"]


def test_secrets_are_in_it_only_when_they_are_asked_for(lived_in: Installation) -> None:
    for option, found in (((), False), (("--with-secrets",), True)):
        file = lived_in.folder.parent / f"{found}.tar.gz"
        assert lived_in.run("backup", file, *option).returncode == 0
        with tarfile.open(file) as archive:
            assert ("env" in archive.getnames()) is found
            content = [archive.extractfile(entry) for entry in archive]
            assert any(b"a-secret-of-this-place" in read.read() for read in content if read) is found


def test_a_server_is_backed_up_while_people_ask_and_is_not_restored_under_them(lived_in: Installation) -> None:
    stop = threading.Event()
    asked = []

    def ask() -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{lived_in.port}", timeout=60) as client:
            conversation = client.post("/api/conversations", json={"title": ""}).json()["id"]
            while not stop.is_set():
                asked.append(client.post(f"/api/conversations/{conversation}/questions", json={"question": QUESTION}).status_code)

    files = [lived_in.folder.parent / f"{number}.tar.gz" for number in range(3)]
    with lived_in.served(XHHT_QUESTIONS_PER_MINUTE="0"):
        people = [threading.Thread(target=ask) for _ in range(3)]
        for person in people:
            person.start()
        while len(asked) < 3:
            time.sleep(0.05)
        backups = [lived_in.run("backup", file) for file in files]
        refused = lived_in.run("restore", files[0], "--force")
        stop.set()
        for person in people:
            person.join()
        assert lived_in.answers()
    assert {done.returncode for done in backups} == {0}, backups
    assert set(asked) <= {200, 201}
    assert (refused.returncode, "a server is running" in refused.stderr) == (2, True)
    last = said(lived_in.data / "conversations.sqlite")
    assert lived_in.run("restore", files[-1], "--force").returncode == 0
    then = said(lived_in.data / "conversations.sqlite")
    assert 1 < then.count("Phòng Văn hóa") <= last.count("Phòng Văn hóa")
    with lived_in.served():
        assert lived_in.run("doctor").returncode < 2


def test_one_that_is_killed_anywhere_leaves_the_old_or_the_new(lived_in: Installation) -> None:
    for number in range(1500):  # that many renames can be interrupted
        (lived_in.data / f"note-{number}").write_text("cũ")
    file = backed_up(lived_in)
    new = kept(lived_in.folder)
    for number in range(1500):
        (lived_in.data / f"note-{number}").write_text("từ bây giờ")
    old = kept(lived_in.folder)
    seen = set()
    for wait in (*(0.4 * step for step in range(1, 5)), "journal", "journal"):
        command = [sys.executable, "-m", "xhht_qa", "restore", str(file), "--force"]
        process = subprocess.Popen(command, cwd=lived_in.folder, env=lived_in.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if isinstance(wait, float):
            time.sleep(wait)
        else:
            while not (lived_in.data / JOURNAL).exists() and process.poll() is None:
                pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        was_exchanging = (lived_in.data / JOURNAL).exists()
        finish(lived_in.settings)
        now = kept(lived_in.folder)
        left = {name for name in now if STAGED in name}
        assert {name: digest for name, digest in now.items() if name not in left} in (old, new)
        seen.add((was_exchanging, now == new))
        if now == new:
            for number in range(1500):
                (lived_in.data / f"note-{number}").write_text("từ bây giờ")
    assert (True, True) in seen, "no restore was killed while it exchanged files"
    assert lived_in.run("restore", file, "--force").returncode == 0
    assert kept(lived_in.folder) == new


def test_no_server_starts_under_a_restore(lived_in: Installation) -> None:
    with stopped(lived_in.settings):
        command = [sys.executable, str(ROOT / "app.py")]
        done = subprocess.run(command, cwd=lived_in.folder, env=lived_in.environment(), capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr.strip()) == (2, messages.RESTORE_UNDER_WAY)


def entry(name: str, content: bytes = b"x", **more: object) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in more.items():
        setattr(info, field, value)
    return info, content


def archive(file: Path, *entries: tuple[tarfile.TarInfo, bytes], **more: object) -> Path:
    """An archive as someone could make it by hand, whose manifest agrees with what is in it."""
    files = {info.name: hashlib.sha256(content).hexdigest() for info, content in entries}
    manifest = {"format_version": 1, "made": "", "product": "", "plans_dir": "", "parts": ["data"], "files": files, "notes": []} | more
    with tarfile.open(file, "w:gz") as made:
        for info, content in (*entries, entry("manifest.json", json.dumps(manifest).encode())):
            made.addfile(info, io.BytesIO(content))
    return file


def cut(whole: Path, file: Path) -> None:
    file.write_bytes(whole.read_bytes()[:-2000])


def flipped(whole: Path, file: Path) -> None:
    """One byte of a plan differs, and the compression around it is sound."""
    with tarfile.open(whole) as old, tarfile.open(file, "w:gz") as new:
        for info in old:
            content = (old.extractfile(info) or io.BytesIO()).read()
            new.addfile(info, io.BytesIO(content.replace(b"3/11/2025", b"4/11/2025")))


@pytest.mark.parametrize(
    ("make", "words", "why"),
    [
        (cut, "damaged", "copied by half"),
        (flipped, "damaged", "a date was changed"),
        (lambda whole, file: file.write_bytes(b"no archive"), "damaged", "not an archive"),
        (lambda whole, file: None, "no such file", "a wrong path"),
        (lambda whole, file: archive(file, entry("data/../../escaped")), "does not belong", "a path upwards"),
        (lambda whole, file: archive(file, entry("/tmp/escaped")), "does not belong", "an absolute path"),
        (lambda whole, file: archive(file, entry("data/link", b"", type=tarfile.SYMTYPE, linkname="/etc/passwd")), "does not belong", "a link"),
        (lambda whole, file: archive(file, entry("data/fifo", b"", type=tarfile.FIFOTYPE)), "does not belong", "a pipe"),
        (lambda whole, file: archive(file, entry("data/a"), entry("data/a")), "does not belong", "a file twice"),
        (lambda whole, file: archive(file, entry("etc/passwd")), "has no place", "a part that nobody knows"),
        (lambda whole, file: archive(file, entry("data")), "has no place", "a file in place of a folder"),
        (lambda whole, file: archive(file, entry("data/.server")), "has no place", "a lock"),
        (lambda whole, file: archive(file, entry("conversations", b"no database" * 99), parts=["conversations"]), "damaged", "no database"),
        (lambda whole, file: archive(file, entry("data/a"), format_version=9), "format 9", "a later version"),
        (lambda whole, file: archive(file, entry("data/a"), files={}), "damaged", "a file that the manifest does not know"),
    ],
)  # fmt: skip
def test_a_bad_archive_changes_nothing(lived_in: Installation, tmp_path: Path, make: Callable[[Path, Path], object], words: str, why: str) -> None:
    before = kept(lived_in.folder)
    file = tmp_path / "bad.tar.gz"
    make(backed_up(lived_in), file)
    with pytest.raises(BackupError, match=words):
        restore(lived_in.settings, file, force=True)
    assert kept(lived_in.folder) == before
    assert not (tmp_path / "escaped").exists()
    assert not list(lived_in.folder.rglob(f"{ASIDE}*"))


def test_a_disk_that_fills_up_leaves_nothing_half(lived_in: Installation, tmp_path: Path) -> None:
    """The system refuses to let any file grow over a limit, as it refuses on a full disk."""
    (lived_in.plans / "lon.txt").write_bytes(os.urandom(3_000_000))
    file = backed_up(lived_in)
    before = kept(lived_in.folder)
    for arguments in (("backup", str(tmp_path / "full.tar.gz")), ("restore", str(file), "--force")):
        command = [sys.executable, "-m", "xhht_qa", *arguments]
        done = subprocess.run(
            command, cwd=lived_in.folder, env=lived_in.environment(), capture_output=True, text=True, timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)),
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "nothing was" in done.stderr
    assert not list(tmp_path.glob("full*"))
    assert kept(lived_in.folder) == before


@pytest.mark.parametrize(
    ("place", "words"),
    [("there.tar.gz", "is there already"), ("here/data/b.tar.gz", "lies in"), ("nowhere/b.tar.gz", "No such file")],
)
def test_a_backup_is_refused_where_it_would_do_harm(lived_in: Installation, tmp_path: Path, place: str, words: str) -> None:
    (tmp_path / "there.tar.gz").touch()
    done = lived_in.run("backup", tmp_path / place)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert words in done.stderr


def test_folders_that_lie_inside_each_other_are_named(lived_in: Installation, tmp_path: Path) -> None:
    done = lived_in.run("backup", tmp_path / "b.tar.gz", XHHT_PLANS_DIR=str(lived_in.data / "deep" / "plans"))
    assert (done.returncode, "lies inside" in done.stderr) == (2, True)


def test_the_access_file_and_another_layout_come_along(lived_in: Installation, tmp_path: Path) -> None:
    file, rules = tmp_path / "b.tar.gz", tmp_path / "access.toml"
    rules.write_text('[[rule]]\nplans = ["*"]\ngroups = ["*"]\n')
    key, text = Keys.of(lived_in.settings).add("cổng", ["ask"])
    Sessions(lived_in.data / "sessions.sqlite").begin({"id": "oidc:an"}, 60)
    assert lived_in.run("backup", file, XHHT_ACCESS_FILE=str(rules)).returncode == 0
    there = Installation(tmp_path / "there", free_port())
    there.folder.mkdir()
    refused = there.run("restore", file)
    assert (refused.returncode, "set XHHT_ACCESS_FILE" in refused.stderr) == (2, True)
    moved = {"XHHT_ACCESS_FILE": str(there.folder / "rules.toml"), "XHHT_FEEDBACK_FILE": str(there.folder / "feedback.jsonl")}
    assert there.run("restore", file, **moved).returncode == 0
    assert (there.folder / "rules.toml").read_text() == rules.read_text()
    assert Keys.of(there.settings).find(text) == key
    assert (there.data / "keys.json").stat().st_mode & 0o077 == 0
    assert not list(there.data.glob("sessions*")), "who was signed in signs in again"
    assert (there.folder / "feedback.jsonl").read_text() == (lived_in.data / "feedback.jsonl").read_text()


def test_another_database_is_left_to_its_own_tool(lived_in: Installation, tmp_path: Path) -> None:
    manifest = back_up(lived_in.settings.model_copy(update={"database_url": "postgresql://nowhere/xhht"}), tmp_path / "b.tar.gz")
    assert "pg_dump" in " ".join(manifest.notes)
    assert "conversations" not in manifest.parts


def test_every_path_of_the_settings_is_a_part_or_known_not_to_be(installation: Installation) -> None:
    paths = {name for name, setting in Settings.model_fields.items() if setting.annotation in (Path, Path | None)}
    assert paths - {"encoder_dir"} == {"access_file", "index_dir", "data_dir", "plans_dir", "feedback_file"}, "a new one belongs in operate.parts"
    assert shutil.which("tar"), "an archive can be looked into with the system's own tool"
