"""A build is written aside and published whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from xhht_qa.embed import Vectors
from xhht_qa.index.builds import new_build, publish
from xhht_qa.index.manifest import FORMAT_VERSION, Manifest
from xhht_qa.index.records import plan_record, write_lines
from xhht_qa.index.vectors import write_vectors
from xhht_qa.types import Chunk, Plan


def write_index(index_dir: Path, encoder: str, plans: Sequence[Plan], chunks: Sequence[Chunk], vectors: Vectors) -> None:
    """Write a build aside and publish it whole. ``vectors`` has one row a chunk, in the chunks' order."""
    folder = new_build(index_dir)
    write_lines(folder / "plans.jsonl", map(plan_record, plans))
    write_lines(folder / "facts.jsonl", (asdict(fact) for plan in plans for fact in plan.facts))
    write_lines(folder / "chunks.jsonl", (asdict(chunk) for chunk in chunks))
    np.save(folder / "vectors.npy", np.asarray(vectors, dtype=np.float32))
    write_vectors(folder, chunks, vectors)
    manifest = Manifest(FORMAT_VERSION, encoder, {plan.id: plan.digest for plan in plans}, len(chunks))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "lock").touch()
    publish(index_dir, folder.name)
