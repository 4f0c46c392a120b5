"""A build is written aside and published whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors
from xhht_qa.index.builds import new_build, publish
from xhht_qa.index.manifest import FORMAT_VERSION, Manifest
from xhht_qa.index.postings import Postings, key_of
from xhht_qa.index.printed import printed_runs
from xhht_qa.index.shelf import write_shelf
from xhht_qa.index.vectors import FOLDERS, VectorStores
from xhht_qa.index.vocabulary import section_words
from xhht_qa.lexicon import Lexicon
from xhht_qa.text.tokens import terms
from xhht_qa.types import Chunk, Plan


def write_index(index_dir: Path, encoder: str, plans: Sequence[Plan], chunks: Sequence[Chunk], vectors: Vectors, stores: VectorStores = FOLDERS) -> None:
    """Write a build aside and publish it whole. ``vectors`` has one row a chunk, in the chunks' order. Raises VectorsUnavailable and IndexMismatch."""
    folder = new_build(index_dir)
    write_shelf(folder, plans, chunks)
    Postings.of((f"{chunk.context}\n{chunk.text}" for chunk in chunks), terms).write(folder, "words")
    section_words(plans).write(folder, "sections")
    printed_runs(plans).write(folder, "runs")
    Lexicon.learnt({plan.id: plan for plan in plans}).write(folder / "lexicon.json")
    addresses = dict.fromkeys(section.address for plan in plans for section in plan.sections)
    (folder / "addresses.json").write_text(json.dumps(list(addresses), ensure_ascii=False), encoding="utf-8")
    np.save(folder / "chunks.ids.npy", _positions(chunks))
    np.save(folder / "vectors.npy", np.asarray(vectors, dtype=np.float32))
    stores.write(folder, chunks, vectors)
    manifest = Manifest(FORMAT_VERSION, encoder, {plan.id: plan.digest for plan in plans}, len(chunks))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "lock").touch()
    publish(index_dir, folder.name, stores.remove)


def _positions(chunks: Sequence[Chunk]) -> NDArray[np.void]:
    """Where the chunk of each id stands, in the order of the ids' keys; stores of vectors know chunks by their ids."""
    keys = np.array([key_of(chunk.id) for chunk in chunks], dtype=np.uint64)
    found = np.empty(len(chunks), dtype=[("id", np.uint64), ("position", np.uint32)])
    found["position"] = np.argsort(keys)
    found["id"] = keys[found["position"]]
    return found
