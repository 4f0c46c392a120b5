"""The folder of plans that is managed from the page: files come in through the sandbox, and a child process builds the index."""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from ingest.readers import READERS
from ingest.sandbox import Sandbox, import_path
from xhht_qa import messages
from xhht_qa.errors import LibraryBusy, LibraryError, UnknownPlan, UnknownProposal
from xhht_qa.library import Job, Proposal
from xhht_qa.settings import Settings
from xhht_qa.text.normalise import compose, slug
from xhht_qa.types import Plan

_MOST_PROPOSALS = 20
_OWNED = ".lock"
_STEM_CHARS = 120
_CORRECTIONS = ".yaml"
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')

logger = logging.getLogger(__name__)


class PlanFolder:
    """The ``Library`` over a folder of files; ``published`` is called when the index has changed, ``plans`` gives those of the index.

    A change moves files first and builds then; when the build does not take them, the files are put back as they were.
    """

    def __init__(self, settings: Settings, plans: Callable[[], Mapping[str, Plan]], published: Callable[[], object]) -> None:
        self._settings = settings
        self._plans = plans
        self._published = published
        self._folder = Path(os.path.normpath(settings.plans_dir.absolute()))  # as the index names its files
        self._waiting, self._held = _own_folder(settings.data_dir / "proposals")
        self._proposals: dict[str, Proposal] = {}
        self._reading = threading.Lock()
        self._lock = threading.Lock()  # of the two below
        self._job: Job | None = None

    @property
    def job(self) -> Job | None:
        """See ``Library``."""
        return self._job

    def is_managed(self, plan: Plan) -> bool:
        """See ``Library``."""
        return Path(plan.path).resolve().is_relative_to(self._folder.resolve())

    def propose(self, name: str, content: Path, replaces: str = "") -> Proposal:
        """See ``Library``."""
        name = _file_name(name)
        before = self._managed(replaces) if replaces else None
        id_ = uuid.uuid4().hex
        file = self._waiting / id_ / (f"{Path(before.path).stem}{Path(name).suffix}" if before else name)
        file.parent.mkdir(parents=True)
        try:
            shutil.move(content, file)
            if before and (corrections := Path(before.path).with_suffix(_CORRECTIONS)).exists():
                shutil.copyfile(corrections, file.with_suffix(_CORRECTIONS))
            proposal = self._read(id_, name, file, before)
        except BaseException:
            shutil.rmtree(file.parent, ignore_errors=True)
            raise
        with self._lock:
            self._proposals[id_] = proposal
            oldest = list(self._proposals)[:-_MOST_PROPOSALS]
        for gone in oldest:
            self.discard(gone)
        return proposal

    def propose_again(self, id_: str, replaces: str = "") -> Proposal:
        """See ``Library``."""
        proposal = self.proposal(id_)
        with tempfile.TemporaryDirectory(prefix="xhht-upload-") as folder:
            again = self.propose(proposal.name, Path(shutil.copyfile(self._file(id_), Path(folder) / "file")), replaces)
        with contextlib.suppress(UnknownProposal):  # someone else was quicker, or twenty wait already
            self.discard(id_)
        return again

    def _read(self, id_: str, name: str, file: Path, before: Plan | None) -> Proposal:
        with self._reading, Sandbox() as sandbox:  # one at a time: a scanned plan takes a processor for minutes
            plan = sandbox.parse(file)
        if not isinstance(plan, Plan):
            raise LibraryError(messages.unreadable(name, str(plan)))
        present = self._plans()
        if before and plan.id != before.id:
            raise LibraryError(messages.other_plan(plan.id, before.id))
        if plan.id in present:
            self._managed(plan.id)
        same = next((other.id for other in present.values() if other.digest == plan.digest), "")
        return Proposal(id_, name, plan, plan.id if plan.id in present else "", same)

    def proposals(self) -> list[Proposal]:
        """See ``Library``."""
        with self._lock:
            return list(self._proposals.values())

    def proposal(self, id_: str) -> Proposal:
        """See ``Library``."""
        with self._lock:
            if id_ not in self._proposals:
                raise UnknownProposal(messages.UNKNOWN_PROPOSAL)
            return self._proposals[id_]

    def discard(self, id_: str) -> None:
        """See ``Library``."""
        self.proposal(id_)
        with self._lock:
            self._proposals.pop(id_, None)
        shutil.rmtree(self._waiting / id_, ignore_errors=True)

    def publish(self, id_: str) -> Job:
        """See ``Library``."""
        proposal = self.proposal(id_)
        before = self._managed(proposal.plan.id) if proposal.plan.id in self._plans() else None
        file = self._file(id_)
        target = self._folder / file.name
        if before:  # under its name, so that corrections beside it stay beside it
            target = Path(before.path).with_suffix(file.suffix)

        def change() -> None:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside = target.with_name(f".{target.name}.part")
            shutil.copyfile(file, aside)
            aside.replace(target)
            if before and Path(before.path) != target:
                Path(before.path).unlink(missing_ok=True)

        return self._begin([target, *([Path(before.path)] if before else [])], change, lambda: self.discard(id_))

    def remove(self, plan_id: str) -> Job:
        """See ``Library``."""
        file = Path(self._managed(plan_id).path)
        if len(self._plans()) == 1:
            raise LibraryError(messages.LAST_PLAN)
        files = [file, file.with_suffix(_CORRECTIONS)]

        def change() -> None:
            for path in files:
                path.unlink(missing_ok=True)

        return self._begin(files, change)

    def read_again(self) -> Job:
        """See ``Library``."""
        return self._begin([], lambda: None)

    def _file(self, id_: str) -> Path:
        """Where a proposal waits; corrections may lie beside it. Raises UnknownProposal."""
        for file in (self._waiting / id_).glob("*"):
            if file.suffix != _CORRECTIONS:
                return file
        raise UnknownProposal(messages.UNKNOWN_PROPOSAL)

    def _managed(self, plan_id: str) -> Plan:
        plan = self._plans().get(plan_id)
        if plan is None:
            raise UnknownPlan(messages.unknown_plan(plan_id))
        if not self.is_managed(plan):
            raise LibraryError(messages.plan_elsewhere(plan.title))
        return plan

    def _begin(self, files: Sequence[Path], change: Callable[[], None], settled: Callable[[], None] = lambda: None) -> Job:
        """Change ``files`` and build, in the background."""
        with self._lock:
            if self._job and self._job.is_running:
                raise LibraryBusy(messages.LIBRARY_BUSY)
            begun = self._job = Job("reading")
        threading.Thread(target=self._run, args=(files, change, settled), name="publish-plans", daemon=True).start()
        return begun

    def _run(self, files: Sequence[Path], change: Callable[[], None], settled: Callable[[], None]) -> None:
        try:
            before = {file: file.read_bytes() if file.is_file() else None for file in files}
            try:
                change()
                report = self._build()
                refused = next((file for file in files if str(file) in report["failures"]), None)
                if refused:
                    _put_back(before)
                    self._build()  # with another suffix the plan itself went
                    raise LibraryError(messages.unreadable(refused.name, report["failures"][str(refused)]))
            except BaseException:
                _put_back(before)
                raise
            settled()
            self._published()
            told = [messages.unreadable(Path(file).name, reason) for file, reason in report["failures"].items()]
            added, changed, removed = (tuple(report[state]) for state in ("added", "changed", "removed"))
            self._job = Job("done", message=" ".join(told), added=added, changed=changed, removed=removed)
        except LibraryError as error:
            self._job = Job("failed", message=str(error))
        except Exception:  # whatever it was, the next change must be able to begin
            logger.exception("plans were not published")
            self._job = Job("failed", message=messages.NOT_PUBLISHED)

    def _build(self) -> dict[str, Any]:
        """Build the index in a child process, which needs its own memory and is not in the way of those who ask; its report."""
        command = [sys.executable, "-P", "-m", "ingest", str(self._folder), "--index", str(self._settings.index_dir.absolute()), "--json"]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(import_path()),
            "XHHT_EMBED_MODEL": self._settings.embed_model,
            "XHHT_CHROMA_URL": self._settings.chroma_url,
            "XHHT_VECTOR_STORES": self._settings.vector_stores,
        }
        report: dict[str, Any] = {}
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8")
            assert process.stdout
            for line in process.stdout:
                record = json.loads(line)
                if "report" in record:
                    report = record["report"]
                else:
                    self._job = Job("embedding" if "embedded" in record else "reading", record["done"], record["of"])
            if process.wait() not in (0, 1):
                errors.seek(0)
                logger.error("plans were not published: %s", errors.read().decode("utf-8", "replace").strip())
                raise LibraryError(messages.NOT_PUBLISHED)
        return report


def _own_folder(place: Path) -> tuple[Path, IO[str]]:
    """A folder for this process, and the lock that keeps it while it lives; those of processes that have ended are removed."""
    place.mkdir(parents=True, exist_ok=True)
    folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # one that is being made is not locked yet
        for left in place.iterdir():
            with contextlib.suppress(OSError), (left / _OWNED).open("a") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
        own = Path(tempfile.mkdtemp(dir=place))
        held = (own / _OWNED).open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
        return own, held
    finally:
        os.close(folder)


def _put_back(files: Mapping[Path, bytes | None]) -> None:
    for file, content in files.items():
        if content is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(content)


def _file_name(name: str) -> str:
    """The name under which an uploaded file may be kept: no folder, nothing hidden, nothing that a system minds. Raises LibraryError."""
    path = Path(_UNFIT.sub(" ", compose(name.replace("\\", "/").rpartition("/")[2])))
    stem = compose(path.stem.lstrip(".~$ "))[:_STEM_CHARS].strip()
    if path.suffix.lower() not in READERS:
        raise LibraryError(messages.unreadable(f"{stem}{path.suffix}", "is not a format"))
    if not slug(stem) or stem.lower() == "readme":
        raise LibraryError(messages.NAMELESS_FILE)
    return f"{stem}{path.suffix.lower()}"
