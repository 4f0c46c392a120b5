"""Files are read and parsed in a child process with bounded memory and time and no network; it may die, the batch goes on."""

from __future__ import annotations

import contextlib
import math
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

import ingest
import xhht_qa
from ingest.parse import parse
from ingest.read import find_files, read
from ingest.readers import progress
from ingest.readers.office import clear_away
from xhht_qa.errors import ReadError
from xhht_qa.types import Plan

_MEMORY_BYTES = 1_000_000_000  # of address space of the child, and resident in it and all that it starts; a usual plan takes a tenth
_WRITTEN_BYTES = 300_000_000  # of one file that the child or an office program writes
_SECONDS = 18.0  # for a file, beside what its pages bring
_PAGE_SECONDS, _RECOGNISED_PAGE_SECONDS = 0.5, 10.0  # what a page that is done may bring at most; OCR of a dense one takes four
_BYTE_SECONDS = 0.002  # what all pages may bring together, a byte of the file; the picture of a scanned page has five thousand bytes and more
_LONGEST_SECONDS = 2700.0  # for a file: OCR of six hundred dense pages
_WATCH_SECONDS = 0.2
_CHILDREN = min(2, os.cpu_count() or 1)  # that read at the same time
_AHEAD = 2 * _CHILDREN  # files that are read before they are asked for
_NETWORK = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Watcher:
    """Told how the reading goes on; by itself it does nothing."""

    def file(self, path: Path, number: int, of: int) -> None:
        """A file is read now, the ``number``-th."""

    def page(self, page: progress.Page) -> None:
        """A page of that file is done; only the readers of formats with pages tell."""


def parse_all(
    paths: Sequence[Path], watcher: Watcher | None = None, known: Callable[[Path], Plan | None] = lambda path: None
) -> Iterator[tuple[Path, Plan | ReadError]]:
    """Each file of ``paths`` with its plan, or with the reason why it has none; one that is ``known`` is not read. Raises NoPlans.

    The next files are read by children of their own while the caller is busy with this one.
    """
    watcher = watcher or Watcher()
    files = find_files(list(paths))
    with _Readers() as readers:
        coming: deque[Future[Plan | ReadError]] = deque()
        rest = iter(files)
        for number, path in enumerate(files, start=1):
            watcher.file(path, number, len(files))
            readers.listen(path, watcher.page)
            coming += (readers.parsed(next_, known(next_)) for next_ in islice(rest, _AHEAD - len(coming)))
            yield path, coming.popleft().result()


class _Readers:
    """Children that read several files at a time, some of them before they are asked for."""

    def __init__(self) -> None:
        self._idle: SimpleQueue[Sandbox] = SimpleQueue()
        self._all = [Sandbox() for _ in range(_CHILDREN)]
        for sandbox in self._all:
            self._idle.put(sandbox)
        self._pool = ThreadPoolExecutor(_CHILDREN, thread_name_prefix="reading")
        self._path: Path | None = None
        self._page_done: Callable[[progress.Page], None] = lambda page: None

    def __enter__(self) -> _Readers:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for sandbox in self._all:
            sandbox.give_up()
        self._pool.shutdown()
        for sandbox in self._all:
            sandbox.__exit__(None, None, None)

    def listen(self, path: Path, page_done: Callable[[progress.Page], None]) -> None:
        """Tell of the pages of this file, and of no other that is read beside it."""
        self._path, self._page_done = path, page_done

    def parsed(self, path: Path, known: Plan | None) -> Future[Plan | ReadError]:
        """The plan in a file, in a while."""
        if known is None:
            return self._pool.submit(self._parse, path)
        done: Future[Plan | ReadError] = Future()
        done.set_result(known)
        return done

    def _parse(self, path: Path) -> Plan | ReadError:
        sandbox = self._idle.get()
        try:
            return sandbox.parse(path, lambda page: self._page_done(page) if path == self._path else None)
        finally:
            self._idle.put(sandbox)


class Sandbox:
    """A child process that is started when first needed and again after it had to be stopped."""

    def __init__(self, seconds: float = _SECONDS, memory_bytes: int = _MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._child: _Child | None = None
        self._is_over = False

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def parse(self, path: Path, page_done: Callable[[progress.Page], None] = lambda page: None) -> Plan | ReadError:
        """The plan in a file, or the sentence that says why there is none."""
        started = time.monotonic()
        deadline = started + self._seconds
        longest = min(deadline + _size(path) * _BYTE_SECONDS, started + _LONGEST_SECONDS)
        page: progress.Page | None = None
        try:
            child = self._child = self._child or _started(self._memory_bytes, self._seconds)
            child.pipe.send(path)
            while not self._is_over and time.monotonic() < min(deadline, longest):
                if _resident(_family(child.process.pid)) > self._memory_bytes:
                    return self._given_up(path, "needs too much memory;")
                if not child.pipe.poll(_WATCH_SECONDS):
                    continue
                result = child.pipe.recv()
                if isinstance(result, progress.Page):
                    page = result
                    deadline += min(page.seconds, _RECOGNISED_PAGE_SECONDS if page.recognised else _PAGE_SECONDS)
                    page_done(page)
                    continue
                parsed, exhausted = result
                if exhausted:
                    self._stop()
                return parsed  # type: ignore[no-any-return]
        except (EOFError, OSError):
            return self._given_up(path, "needed too much memory or failed;")
        if page is not None:
            return self._given_up(path, f"took too long, {page.number} of its {page.of} pages were done; split it into files of fewer pages, or")
        return self._given_up(path, "took too long;")

    def give_up(self) -> None:
        """Have a file that another thread is having read be over now, also where its child is only being started; no other is read."""
        self._is_over = True
        if child := self._child:
            child.process.kill()

    def _given_up(self, path: Path, why: str) -> ReadError:
        self._stop()
        return ReadError(_one_line(f"{path}: reading it {why} save it again in another format, such as .docx"))

    def _stop(self) -> None:
        if self._child is not None:
            _stop(self._child)
        self._child = None


@dataclass(frozen=True)
class _Child:
    """A process that reads, the pipe to it, and the folder where it may leave temporary files."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    folder: Path


def _started(memory_bytes: int, seconds: float) -> _Child:
    # A program of its own: a fork would carry the index and its locks along, and a spawn would run the caller's script again.
    ours, theirs = Pipe()
    folder = tempfile.mkdtemp(prefix="xhht-reading-")
    arguments = [sys.executable, "-P", "-m", "ingest.sandbox", str(theirs.fileno()), str(memory_bytes), str(seconds), folder]
    # numpy would set memory aside for a thread on every core
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(import_path()), "TMPDIR": folder, "OPENBLAS_NUM_THREADS": "1"}
    with theirs:
        process = subprocess.Popen(arguments, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    return _Child(process, ours, Path(folder))


def _stop(child: _Child) -> None:
    child.process.kill()
    child.process.wait()
    for group in _groups(child.process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    child.pipe.close()
    clear_away(child.folder)
    shutil.rmtree(child.folder, ignore_errors=True)


def _family(process: int) -> list[int]:
    """A process and every process that it started, itself first; on a system without Linux's /proc only itself is known."""
    found = [process]
    for parent in found:  # grows while it is walked
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, children.read_text(encoding="ascii").split())
    return found


def _groups(session: int) -> set[int]:
    """The process groups of a session: also those whose parents have ended, as an office program outlives a child that the system killed."""
    groups = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            _, _, group, its_session, *_ = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(its_session) == session:
                groups.add(int(group))
    return groups


def import_path() -> list[str]:
    """Where the child finds modules: where this process does, but not in the working directory, which may be a folder of foreign files."""
    elsewhere = [entry for entry in sys.path if entry and Path(entry).resolve() != Path.cwd()]
    return [*elsewhere, *(str(Path(package.__path__[0]).parent) for package in (ingest, xhht_qa))]


def _size(path: Path) -> int:
    """Bytes of a file; 0 for one that cannot be opened, which the reader will tell of."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _resident(processes: Sequence[int]) -> int:
    """Bytes of memory that these processes hold; 0 where the system does not tell."""
    pages = 0
    for process in processes:
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _one_line(sentence: str) -> str:
    """A sentence whose file name may hold line ends and signs that turn the direction of reading."""
    return _UNSHOWN.sub("\ufffd", sentence)


def _serve(pipe: Connection, memory_bytes: int, seconds: float) -> None:
    """The child: one path in, one plan or ReadError out and whether its memory is spent, until the parent hangs up."""
    # What a reader starts has these limits too.
    for limit, most in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, _WRITTEN_BYTES), (resource.RLIMIT_CORE, 0)):
        _limit(limit, most)
    sys.addaudithook(_refuse_network)

    def page_done(page: progress.Page) -> None:
        _compute_for(seconds)
        pipe.send(page)

    progress.listen(page_done)
    with contextlib.suppress(EOFError, ConnectionError):  # the parent hung up, or it has gone
        while True:
            path = pipe.recv()
            _compute_for(seconds)
            progress.begin()
            exhausted = False
            try:
                pipe.send((parse(read(path)), False))
                continue
            except ReadError as error:
                sentence = str(error)
            except (MemoryError, RecursionError):
                exhausted = True  # what is left of its memory may not do for the next file
                sentence = f"{path}: reading it needs too much memory; save it again in another format, such as .docx"
            except Exception as error:  # a reader's library failed in a way that nobody foresaw; the batch must go on
                sentence = f"{path}: it could not be read ({type(error).__name__}); save it again in another format, such as .docx"
            pipe.send((ReadError(_one_line(sentence)), exhausted))


def _limit(what: int, most: int) -> None:
    """Bound what this process may use; where the system allows less already, that stays."""
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _compute_for(seconds: float) -> None:
    """Have the system end this process when it computes for so long from now: a parent would have stopped it by then, but it may have gone."""
    _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds) + 1)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError("a document tried to reach the network")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this answers it
    try:
        _serve(Connection(int(sys.argv[1])), int(sys.argv[2]), float(sys.argv[3]))
    finally:
        shutil.rmtree(sys.argv[4], ignore_errors=True)  # whoever started this was stopped before it could
