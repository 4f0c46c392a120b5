"""Vectors on their way into an index: each text is encoded once, and a build that was stopped goes on where it was."""

from __future__ import annotations

import fcntl
import itertools
import os
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Encoder, Vectors
from xhht_qa.index import Index
from xhht_qa.types import Chunk

_KEY_BYTES = 16
_BATCH = 16  # small enough for a lively progress line
_WINDOW = 256  # texts that are sorted by their lengths, so that a batch pads little
_READ_WHILE_ENCODED = 200  # chunks of an index are read in the time in which one text is encoded


class Embedding:
    """Gives chunks their vectors: those of an index, those that a stopped build has left, and what the encoder gives.

    ``told`` is told how many of the new texts have their vectors, and how many there are, once all are known.
    """

    def __init__(self, index_dir: Path, encoder: Encoder, told: Callable[[int, int], None]) -> None:
        self._encoder = encoder
        self._begun = Embedded(index_dir, encoder.name)
        self._told = told
        self._waiting: dict[str, None] = {}
        self._held = Held(None)
        self.encoded = 0

    def reuse(self, old: Index | None) -> None:
        """Take from now on what this index holds, if it is of the same encoder."""
        if old is None or not self._held.is_of(old):
            self._held = Held(old if old and old.manifest.encoder == self._encoder.name else None)

    def want(self, plan: str, chunks: Iterable[Chunk]) -> None:
        """The chunks of a plan will be asked for; what is new is encoded when there is enough of it."""
        self._held.read_plan(plan)
        for text in (chunk.embedded_text for chunk in chunks):
            if text not in self._waiting and text not in self._begun and text not in self._held:
                self._waiting[text] = None
        while len(self._waiting) >= _WINDOW:
            self._encode(lambda: None)

    def finish(self) -> None:
        """Encode the rest."""
        self._recall()
        of = self.encoded + len(self._waiting)
        while self._waiting:
            self._encode(lambda: self._told(self.encoded, of))

    def of(self, chunks: Sequence[Chunk]) -> Vectors:
        """The vectors of chunks that were wanted, a row each."""
        texts = [chunk.embedded_text for chunk in chunks]
        return np.array([self._begun[text] if text in self._begun else self._held[text] for text in texts], dtype=np.float32)

    def close(self, published: bool) -> None:
        """Let go; what is published is kept in the index."""
        self._begun.close(published)

    def _encode(self, done: Callable[[], None]) -> None:
        self._recall()
        window = sorted(itertools.islice(self._waiting, _WINDOW), key=lambda text: (len(text), text))
        for batch in (window[start : start + _BATCH] for start in range(0, len(window), _BATCH)):
            self._begun.add(batch, self._encoder.encode_passages(batch))
            self.encoded += len(batch)
            for text in batch:
                del self._waiting[text]
            done()

    def _recall(self) -> None:
        """What other plans of the index hold is not encoded again, where looking for it takes less time than encoding."""
        if len(self._held) <= _READ_WHILE_ENCODED * len(self._waiting):
            self._held.read_all()
            self._waiting = {text: None for text in self._waiting if text not in self._held}


class Held:
    """The vectors of an index by their texts, of so much of it as was read through."""

    def __init__(self, index: Index | None) -> None:
        self._index = index
        self._rows: dict[bytes, int] = {}
        self._is_read = index is None

    def __contains__(self, text: str) -> bool:
        return _key("", text) in self._rows

    def __getitem__(self, text: str) -> NDArray[np.float32]:
        assert self._index
        return self._index.vectors_at(self._rows[_key("", text)])

    def __len__(self) -> int:
        return len(self._index.chunks) if self._index else 0

    def is_of(self, index: Index) -> bool:
        """Whether it is of this build."""
        return self._index is not None and self._index.build == index.build

    def read_plan(self, plan: str) -> None:
        """Read through the chunks of a plan, if it is there."""
        if self._index and not self._is_read and plan in self._index.plans:
            self._read(self._index.shelf.chunks_of(plan))

    def read_all(self) -> None:
        """Read through all of it, once."""
        if self._index and not self._is_read:
            self._read(range(len(self)))
        self._is_read = True

    def _read(self, positions: range) -> None:
        assert self._index
        self._rows.update((_key("", self._index.chunks[position].embedded_text), position) for position in positions)


class Embedded:
    """What was embedded for builds that are not published yet, in a file beside the builds that one process uses at a time.

    The file is a record a text: its digest together with the encoder's name, then its vector. A record that a kill has cut short is not read.
    """

    def __init__(self, index_dir: Path, encoder: str) -> None:
        self._folder = index_dir
        self._encoder = encoder
        self._file: IO[bytes] | None = None
        self._rows: dict[bytes, int] = {}
        self._dimensions = 0
        if (index_dir / ".embedded").exists():
            self._open()

    def __contains__(self, text: str) -> bool:
        return _key(self._encoder, text) in self._rows

    def __getitem__(self, text: str) -> NDArray[np.float32]:
        assert self._file
        place = 4 + self._rows[_key(self._encoder, text)] * self._size + _KEY_BYTES
        return np.frombuffer(os.pread(self._file.fileno(), self._size - _KEY_BYTES, place), np.float32)

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of some texts."""
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open()
        assert self._file
        if self._dimensions != vectors.shape[1]:
            self._dimensions = vectors.shape[1]
            self._rows.clear()
            self._file.truncate(0)
            self._file.write(self._dimensions.to_bytes(4, "little"))
        keys = [_key(self._encoder, text) for text in texts]
        self._file.write(b"".join(key + vector.astype(np.float32).tobytes() for key, vector in zip(keys, vectors, strict=True)))
        self._file.flush()  # all of it, or OSError; a file without a buffer may take a part and say nothing
        self._rows.update(zip(keys, range(len(self._rows), len(self._rows) + len(keys)), strict=True))

    def close(self, published: bool) -> None:
        """Let go of the file, and remove it when what it holds is published."""
        if self._file is not None:
            if published:
                Path(self._file.name).unlink(missing_ok=True)
            self._file.close()
        self._file = None

    @property
    def _size(self) -> int:
        return _KEY_BYTES + 4 * self._dimensions

    def _open(self) -> None:
        """The first file that no other process uses; what it holds already is found again."""
        for number in itertools.count(1):
            file = (self._folder / (".embedded" if number == 1 else f".embedded-{number}")).open("a+b")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                continue
            if os.fstat(file.fileno()).st_nlink:  # else its user has just removed it
                break
            file.close()
        self._file = file
        length = os.fstat(file.fileno()).st_size
        self._dimensions = int.from_bytes(os.pread(file.fileno(), 4, 0), "little") if length >= 4 else 0
        count = max(length - 4, 0) // self._size if self._dimensions else 0
        file.truncate(4 + count * self._size if self._dimensions else 0)
        self._rows = {os.pread(file.fileno(), _KEY_BYTES, 4 + row * self._size): row for row in range(count)}


def _key(encoder: str, text: str) -> bytes:
    return blake2b(f"{encoder}\0{text}".encode(), digest_size=_KEY_BYTES).digest()
