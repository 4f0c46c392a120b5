"""Files → index: read, parse, chunk, embed what is new, write. One straight line, swapped in whole at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ingest import sandbox
from ingest.chunks import chunk, embedded_text
from ingest.reading_report import write_reading
from xhht_qa.embed import Encoder, Vectors
from xhht_qa.errors import IndexMismatch, IndexMissing, NoPlans, PlanIdConflict, ReadError
from xhht_qa.index import Index, keep_original, open_index, remove_index, write_index, writing
from xhht_qa.types import Chunk, Plan

_EMBED_BATCH = 16  # small enough for a lively progress line


@dataclass
class Report:
    """What a build did; ``failures`` has the one sentence that each skipped file is told by."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failures: dict[Path, str] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)  # of the files that were read now
    embedded: int = 0
    chunks: int = 0


class Watcher(sandbox.Watcher):
    """Told how a build goes on; by itself it does nothing."""

    def embedded(self, done: int, of: int) -> None:
        """So many of the new chunks have their vectors."""


def build(paths: Sequence[Path], index_dir: Path, encoder: Encoder, only: bool = False, watcher: Watcher | None = None) -> Report:
    """Bring the index up to date with files and folders.

    A plan whose file has gone from a given folder is removed; plans from elsewhere stay, unless ``only``. A file that cannot
    be read is reported and skipped, and what the index held of it stays. Raises NoPlans, PlanIdConflict and IndexMismatch
    before anything is written.
    """
    report, watcher = Report(), watcher or Watcher()
    parsed: list[Plan] = []
    for path, result in sandbox.parse_all(paths, watcher):
        if isinstance(result, Plan):
            parsed.append(result)
        else:
            report.failures[path] = str(result)
    check_ids(parsed)
    if not parsed and only:
        raise NoPlans(f"{', '.join(map(str, paths))}: no plan could be read; {next(iter(report.failures.values()))}")
    with writing(index_dir):
        old = _open_or_none(index_dir, only)
        plans = {plan.id: plan for plan in parsed if _is_kept(index_dir, plan, report)}
        kept = _kept(old, plans, list(report.failures), [] if only else list(paths), only)
        if plans or kept:
            _update(index_dir, encoder, old, {**kept, **plans}, report, watcher)
        elif old:
            report.removed = list(old.plans)
            old.close()
            remove_index(index_dir)
        write_reading({**kept, **plans}.values(), report.failures, index_dir)
    report.plans = plans
    return report


def check_ids(plans: Sequence[Plan]) -> None:
    """Raises PlanIdConflict, naming both files, when two files claim one plan id."""
    seen: dict[str, str] = {}
    for plan in plans:
        if plan.id in seen:
            raise PlanIdConflict(f"{seen[plan.id]} and {plan.path} both have the plan id “{plan.id}”; rename one of them")
        seen[plan.id] = plan.path


def _open_or_none(index_dir: Path, only: bool) -> Index | None:
    """The index as it stands, whatever encoder built it: its plans stay. Raises IndexMismatch when they cannot be told and are to stay."""
    try:
        return open_index(index_dir)
    except IndexMissing:
        return None
    except IndexMismatch:
        if only:
            return None
        raise


def _is_kept(index_dir: Path, plan: Plan, report: Report) -> bool:
    """Whether the plan's file was copied to the index; if not, the file is reported."""
    try:
        keep_original(index_dir, plan)
    except ReadError as error:
        report.failures[Path(plan.path)] = str(error)
        return False
    return True


def _kept(old: Index | None, plans: dict[str, Plan], unread: Sequence[Path], given: Sequence[Path], only: bool) -> dict[str, Plan]:
    """The plans of the old index that stay although no file was read for them now."""
    kept: dict[str, Plan] = {}
    for plan in old.plans.values() if old else ():
        source = Path(plan.path)
        if plan.id in plans:
            if source.exists() and source.resolve() != Path(plans[plan.id].path).resolve() and not only:
                raise PlanIdConflict(f"{plan.path} and {plans[plan.id].path} both have the plan id “{plan.id}”; rename one of them")
            continue
        was_given = any(source.resolve().is_relative_to(path.resolve()) for path in given)
        if any(source.resolve() == path.resolve() for path in unread) or (not only and not was_given):
            kept[plan.id] = plan
    return kept


def _update(index_dir: Path, encoder: Encoder, old: Index | None, plans: dict[str, Plan], report: Report, watcher: Watcher) -> None:
    before = old.plans if old else {}
    for plan in plans.values():
        state = report.added if plan.id not in before else report.unchanged if before[plan.id] == plan else report.changed
        state.append(plan.id)
    report.removed = [plan_id for plan_id in before if plan_id not in plans]
    chunks = [chunk_ for plan in plans.values() for chunk_ in chunk(plan)]
    report.chunks = len(chunks)
    if old and old.manifest.encoder == encoder.name and not report.changed and old.chunks == chunks:
        return
    vectors = _embed(chunks, encoder, old, report, watcher)
    if old:
        old.close()  # a plan that was removed must not live on in the build before
    write_index(index_dir, encoder.name, list(plans.values()), chunks, vectors)


def _embed(chunks: Sequence[Chunk], encoder: Encoder, old: Index | None, report: Report, watcher: Watcher) -> Vectors:
    """One vector a chunk; the old index gives those of the texts that it holds already."""
    known = {}
    if old and old.manifest.encoder == encoder.name:
        vectors = old.vectors()
        known = {embedded_text(chunk_): vectors[chunk_.id] for chunk_ in old.chunks}
    # Sorted by length, a batch pads little; equal texts of different plans are embedded once.
    new = sorted({text for text in map(embedded_text, chunks) if text not in known}, key=len)
    for start in range(0, len(new), _EMBED_BATCH):
        batch = new[start : start + _EMBED_BATCH]
        known.update(zip(batch, encoder.encode_passages(batch), strict=True))
        watcher.embedded(start + len(batch), len(new))
    report.embedded = len(new)
    return np.stack([known[embedded_text(chunk_)] for chunk_ in chunks])
