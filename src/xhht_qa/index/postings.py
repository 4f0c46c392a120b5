"""Which texts hold a term, and how often: an inverted index in plain arrays, which are mapped and not loaded.

A term is known by 64 bits of a hash: of a million terms two are taken for one with a chance of one in 30 million.
"""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Spans = list[range]  # of texts that stand together, as those of a plan do, in ascending order

Text = TypeVar("Text")  # whatever is taken apart into terms

_BATCH = 4096  # texts
_PARTS = 16  # sorted one after the other, so that the memory does not grow with the archive
_POSTING = np.dtype([("term", np.uint64), ("row", np.uint32), ("count", np.uint16)])
_MOST_COUNTED = 2**16 - 1  # times that a term is counted in one text
_FILES = ("terms", "starts", "rows", "counts", "lengths")


class Postings:
    """Arrays: ``terms`` ascending; ``starts``, one more than terms; ``rows`` and ``counts`` of each term's texts, ascending; ``lengths`` of the texts in terms."""

    def __init__(self, terms: NDArray[np.uint64], starts: NDArray[np.int64], rows: NDArray[np.uint32], counts: NDArray[np.uint16], lengths: NDArray[np.uint32]):
        self._terms, self._starts, self._rows, self._counts = terms, starts, rows, counts
        self.lengths = lengths
        if len(starts) != len(terms) + 1 or len(rows) != len(counts) or starts[-1] != len(rows):
            raise ValueError("the postings are not as they were written")

    @classmethod
    def of(cls, texts: Iterable[Text], terms: Callable[[Text], Iterable[str]]) -> Postings:
        """Those of some texts, each taken apart by ``terms``."""
        return cls(*_sorted(texts, terms, lambda part, count, kind: np.empty(count, kind)))

    @classmethod
    def read(cls, folder: Path, name: str) -> Postings:
        """What ``write`` has written there, mapped."""
        return cls(*(np.asarray(np.load(folder / f"{name}.{part}.npy", mmap_mode="r")) for part in _FILES))

    @classmethod
    def write(cls, texts: Iterable[Text], terms: Callable[[Text], Iterable[str]], folder: Path, name: str) -> None:
        """The same into five files of this name; what grows with the texts is never held whole."""
        arrays: list[NDArray[Any]] = [*_sorted(texts, terms, lambda part, count, kind: _mapped(folder / f"{name}.{part}.npy", count, kind), folder)]
        for part, made in zip(_FILES, arrays, strict=True):
            if not isinstance(made, np.memmap):
                np.save(folder / f"{name}.{part}.npy", made)

    def holding(self, term: str, spans: Spans | None = None) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        """The texts that hold a term, ascending, and how often each does; only of ``spans`` if any are given."""
        key = key_of(term)
        place = int(np.searchsorted(self._terms, key))
        if place == len(self._terms) or self._terms[place] != key:
            return self._rows[:0], self._counts[:0]
        begin, end = int(self._starts[place]), int(self._starts[place + 1])
        rows, counts = self._rows[begin:end], self._counts[begin:end]
        if spans is None:
            return rows, counts
        first, last = (np.searchsorted(rows, edges.astype(rows.dtype)) for edges in _edges(spans))  # of one type, else all rows would be converted
        inside = slice(first[0], last[0]) if len(spans) == 1 else _within_each(first, last)  # one span, be it of all plans, is not copied
        return rows[inside], counts[inside]


def joined(spans: Iterable[range]) -> Spans:
    """The spans in ascending order, those that touch as one."""
    found: list[range] = []
    for span in sorted(spans, key=lambda span: span.start):
        begin = found.pop().start if found and found[-1].stop == span.start else span.start
        found.append(range(begin, span.stop))
    return found


def positions_in(spans: Spans) -> Rows:
    """Every number in the spans, ascending."""
    return _within_each(*_edges(spans))


def within(positions: Rows, spans: Spans) -> Rows:
    """Those of some ascending numbers that lie in the spans."""
    return positions[_within_each(*(np.searchsorted(positions, edges) for edges in _edges(spans)))]


def _edges(spans: Spans) -> tuple[Rows, Rows]:
    """Where the spans begin, and where they end."""
    count = len(spans)
    return np.fromiter((span.start for span in spans), np.int64, count), np.fromiter((span.stop for span in spans), np.int64, count)


def _within_each(first: Rows, last: Rows) -> Rows:
    """The numbers from each first up to its last."""
    lengths = last - first
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))


def key_of(term: str) -> np.uint64:
    """The 64 bits that a term is known by."""
    return np.uint64(int.from_bytes(blake2b(term.encode(), digest_size=8).digest()))


def _mapped(file: Path, count: int, kind: type[np.generic]) -> NDArray[Any]:
    if not count:
        return np.empty(0, kind)  # an empty file cannot be mapped
    mapped: NDArray[Any] = np.lib.format.open_memmap(file, mode="w+", dtype=kind, shape=(count,))
    return mapped


def _sorted(
    texts: Iterable[Text], terms: Callable[[Text], Iterable[str]], room: Callable[[str, int, type[np.generic]], NDArray[Any]], aside: Path | None = None
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint16], NDArray[np.uint32]]:
    """The arrays of ``Postings``; ``room`` makes the long ones. The postings wait in files of ``aside``, those of one range of terms in each, until all texts are read."""
    lengths = array("I")
    with ExitStack() as stack:
        parts: list[IO[bytes]] = [stack.enter_context(tempfile.TemporaryFile(dir=aside)) for _ in range(_PARTS)]
        for batch in _batches(texts, terms, lengths):
            part_of = batch["term"] // np.uint64(2**64 // _PARTS)
            for number in np.unique(part_of):
                batch[part_of == number].tofile(parts[int(number)])
        total = sum(part.tell() for part in parts) // _POSTING.itemsize
        rows, counts = room("rows", total, np.uint32), room("counts", total, np.uint16)
        found, starts = [], []
        held = 0
        for part in parts:
            part.seek(0)
            postings = np.fromfile(part, dtype=_POSTING)
            postings = postings[np.argsort(postings["term"], kind="stable")]
            first = np.flatnonzero(np.diff(postings["term"], prepend=~postings["term"][:1]))
            found.append(postings["term"][first])
            starts.append(first + held)
            rows[held : held + len(postings)] = postings["row"]
            counts[held : held + len(postings)] = postings["count"]
            held += len(postings)
    return np.concatenate(found), np.concatenate([*starts, [held]]).astype(np.int64), rows, counts, np.array(lengths, np.uint32)


def _batches(texts: Iterable[Text], terms: Callable[[Text], Iterable[str]], lengths: array[int]) -> Iterator[NDArray[np.void]]:
    """The postings of some texts at a time; the length of each text goes to ``lengths``."""
    keys: dict[str, int] = {}
    waiting: list[tuple[int, int, int]] = []
    for row, text in enumerate(texts):
        counted = Counter(terms(text))
        lengths.append(counted.total())
        for term, count in counted.items():
            key = keys.get(term)
            if key is None:
                key = keys[term] = int(key_of(term))
            waiting.append((key, row, min(count, _MOST_COUNTED)))
        if row % _BATCH == _BATCH - 1:
            yield np.array(waiting, dtype=_POSTING)
            waiting.clear()
            keys.clear()
    if waiting:
        yield np.array(waiting, dtype=_POSTING)
