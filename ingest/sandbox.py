"""Files are read and parsed in a child process with bounded memory and time and no network; it may die, the batch goes on."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType

from ingest.parse import parse
from ingest.read import find_files, read
from ingest.readers import progress
from xhht_qa.errors import ReadError
from xhht_qa.types import Plan

_MEMORY_BYTES = 1_500_000_000  # of address space; the libraries of the readers take a third of it
_SILENT_SECONDS = 20.0  # without a page done; a slow scan reports every page
_LONGEST_SECONDS = 3600.0


class Watcher:
    """Told how the reading goes on; by itself it does nothing."""

    def file(self, path: Path, number: int, of: int) -> None:
        """A file is read now, the ``number``-th."""

    def page(self, page: progress.Page) -> None:
        """A page of that file is done; only the readers of formats with pages tell."""


def parse_all(paths: Sequence[Path], watcher: Watcher | None = None) -> Iterator[tuple[Path, Plan | ReadError]]:
    """Each file of ``paths`` with its plan, or with the reason why it has none. Raises NoPlans."""
    watcher = watcher or Watcher()
    files = find_files(list(paths))
    with Sandbox() as sandbox:
        for number, path in enumerate(files, start=1):
            watcher.file(path, number, len(files))
            yield path, sandbox.parse(path, watcher.page)


class Sandbox:
    """A child process that is started when first needed and again after it had to be stopped."""

    def __init__(self, silent_seconds: float = _SILENT_SECONDS, memory_bytes: int = _MEMORY_BYTES) -> None:
        self._silent_seconds = silent_seconds
        self._memory_bytes = memory_bytes
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def parse(self, path: Path, page_done: Callable[[progress.Page], None] = lambda page: None) -> Plan | ReadError:
        """The plan in a file, or the sentence that says why there is none."""
        pipe = self._pipe or self._start()
        pipe.send(path)
        waited = 0.0
        while waited < _LONGEST_SECONDS:
            if not pipe.poll(self._silent_seconds):
                break
            try:
                result = pipe.recv()
            except EOFError:
                self._stop()
                return ReadError(f"{path}: reading it needed too much memory or failed; save it again in another format, such as .docx")
            if isinstance(result, progress.Page):
                waited += result.seconds
                page_done(result)
                continue
            parsed, exhausted = result
            if exhausted:
                self._stop()
            return parsed  # type: ignore[no-any-return]
        self._stop()
        return ReadError(f"{path}: reading it took too long; save it again in another format, such as .docx")

    def _start(self) -> Connection:
        # A program of its own: a fork would carry the index and its locks along, and a spawn would run the caller's script again.
        self._pipe, theirs = Pipe()
        arguments = [sys.executable, "-m", "ingest.sandbox", str(theirs.fileno()), str(self._memory_bytes)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        self._child = subprocess.Popen(arguments, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL)
        theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None


def _serve(pipe: Connection, memory_bytes: int) -> None:
    """The child: one path in, one plan or ReadError out and whether its memory is spent, until the parent hangs up."""
    # Only the soft limit: an office program that a reader starts may raise its own again.
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    sys.addaudithook(_refuse_network)
    progress.listen(pipe.send)
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        exhausted = False
        try:
            result: Plan | ReadError = parse(read(path))
        except ReadError as error:
            result = error
        except (MemoryError, RecursionError):
            exhausted = True  # what is left of its memory may not do for the next file
            result = ReadError(f"{path}: reading it needs too much memory; save it again in another format, such as .docx")
        except Exception as error:  # a reader's library failed in a way that nobody foresaw; the batch must go on
            result = ReadError(f"{path}: it could not be read ({type(error).__name__}); save it again in another format, such as .docx")
        pipe.send((result, exhausted))


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        raise ReadError("a document tried to reach the network")


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
