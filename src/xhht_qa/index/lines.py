"""A file of JSON lines that is not read before its lines are asked for: beside it stands where each of them begins."""

from __future__ import annotations

import json
import mmap
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Lines:
    """The lines of a file that was written by ``LineWriter``; the file is mapped, so what nobody asks for takes no memory."""

    def __init__(self, path: Path) -> None:
        self._begins: NDArray[np.int64] = np.load(_begins(path))
        with path.open("rb") as file:
            size = file.seek(0, 2)
            self._text: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        if size != self._begins[-1]:
            raise ValueError(f"{path} is not as it was written")

    def __len__(self) -> int:
        return len(self._begins) - 1

    def record(self, number: int) -> dict[str, Any]:
        """What the line of this number, from 0, holds."""
        record: dict[str, Any] = json.loads(self._text[self._begins[number] : self._begins[number + 1]])
        return record

    def records(self, lines: range) -> list[dict[str, Any]]:
        """The same of lines that follow one another."""
        text = self._text[self._begins[lines.start] : self._begins[lines.stop]]
        # Read as one list: inside the records there is no line break, and a call for each costs as much as its reading.
        records: list[dict[str, Any]] = json.loads(b"[%b]" % text[:-1].replace(b"\n", b","))
        return records


class LineWriter:
    """Writes what ``Lines`` reads: one record a line, a value of ours as its fields, and in the end where each begins."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begins = array("q", [0])

    def __enter__(self) -> LineWriter:
        self._file = self._path.open("wb")
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
        np.save(_begins(self._path), np.array(self._begins, dtype=np.int64))

    def write(self, records: Iterable[object]) -> None:
        """Some more of them."""
        for record in records:
            self._begins.append(self._begins[-1] + self._file.write(json.dumps(record, ensure_ascii=False, default=vars).encode() + b"\n"))


def _begins(path: Path) -> Path:
    return path.with_suffix(".begins.npy")
