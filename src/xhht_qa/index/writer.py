"""A build is written aside and published whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np

from xhht_qa.embed import Vectors
from xhht_qa.index.builds import new_build, publish
from xhht_qa.index.manifest import FORMAT_VERSION, Manifest
from xhht_qa.index.postings import Postings
from xhht_qa.index.printed import printed_runs
from xhht_qa.index.shelf import Chunks, Shelf, write_shelf
from xhht_qa.index.vectors import FOLDERS, VectorStores
from xhht_qa.index.vocabulary import section_words
from xhht_qa.lexicon import Lexicon
from xhht_qa.text.tokens import terms
from xhht_qa.types import Chunk, Plan


def write_index(index_dir: Path, encoder: str, plans: Iterable[tuple[Plan, Sequence[Chunk], Vectors]], stores: VectorStores = FOLDERS) -> None:
    """Write plans, each with its chunks and a vector for each of them, as a build aside and publish it whole.

    What was written is read again for all that is made of it, so that the archive is never held in memory. Raises VectorsUnavailable and IndexMismatch.
    """
    folder = new_build(index_dir)
    with _rows(folder / "vectors.npy") as add:
        write_shelf(folder, _adding(plans, add))
    shelf = Shelf(folder)
    written, chunks = shelf.plans(), Chunks(shelf, range(len(shelf)))
    Postings.write((f"{chunk.context}\n{chunk.text}" for chunk in chunks), terms, folder, "words")
    Postings.write(*section_words(written.values()), folder, "sections")
    Postings.write(*printed_runs(written.values()), folder, "runs")
    Lexicon.learnt(written).write(folder / "lexicon.json")
    stores.write(folder, chunks, np.load(folder / "vectors.npy", mmap_mode="r"))
    manifest = Manifest(FORMAT_VERSION, encoder, {plan.id: plan.digest for plan in written.values()}, len(chunks))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "lock").touch()
    publish(index_dir, folder.name, stores.remove)


def _adding(plans: Iterable[tuple[Plan, Sequence[Chunk], Vectors]], add: Callable[[Vectors], None]) -> Iterator[tuple[Plan, Sequence[Chunk]]]:
    for plan, chunks, vectors in plans:
        if len(chunks) != len(vectors):
            raise ValueError(f"{plan.id} has {len(chunks)} chunks and {len(vectors)} vectors")
        add(vectors)
        yield plan, chunks


@contextmanager
def _rows(path: Path) -> Iterator[Callable[[Vectors], None]]:
    """The file of an array whose rows come some at a time; how many there are is known in the end, and stands at its beginning."""
    part = path.with_suffix(".part")
    shape = (0, 0)
    with part.open("wb") as file:

        def add(rows: Vectors) -> None:
            nonlocal shape
            if len(rows):
                np.ascontiguousarray(rows, dtype=np.float32).tofile(file)
                shape = (shape[0] + len(rows), rows.shape[1])

        yield add
    with path.open("wb") as whole, part.open("rb") as rows:
        np.lib.format.write_array_header_1_0(whole, {"descr": "<f4", "fortran_order": False, "shape": shape})
        shutil.copyfileobj(rows, whole)
    part.unlink()
