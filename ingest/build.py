"""Files → index: read, parse, chunk, embed what is new, write. One straight line, swapped in whole at its end."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest import sandbox
from ingest.material import Material
from ingest.reading_report import write_reading
from xhht_qa.embed import Encoder
from xhht_qa.errors import IndexMismatch, IndexMissing, NoPlans, ReadError
from xhht_qa.index import FOLDERS, Index, VectorStores, keep_original, open_index, remove_index, write_index, writing
from xhht_qa.types import Plan


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


def build(
    paths: Sequence[Path], index_dir: Path, encoder: Encoder, only: bool = False, watcher: Watcher | None = None, stores: VectorStores = FOLDERS
) -> Report:
    """Bring the index up to date with files and folders.

    A plan whose file has gone from a given folder is removed; plans from elsewhere stay, unless ``only``. A file that cannot
    be read is reported and skipped, and what the index held of it stays. A file is read again only when it, what stands beside it or the
    readers have changed. Raises NoPlans, IndexMismatch and VectorsUnavailable before anything is written.
    """
    stores.ready()
    report, watcher = Report(), watcher or Watcher()
    parsed: list[Plan] = []
    with contextlib.closing(Material(index_dir, encoder, _open_or_none(index_dir, only), watcher.embedded)) as material:
        for path, result in sandbox.parse_all(paths, watcher, material.known):
            if isinstance(result, Plan):
                parsed.append(material.add(path, result))
            else:
                report.failures[path] = str(result)
        with writing(index_dir):
            old = _open_or_none(index_dir, only, stores)
            material.reuse(old)
            elsewhere = [] if only else _not_given(old, paths)
            _refuse_twins(parsed, [plan for plan in elsewhere if Path(plan.path).exists()], report)
            plans = {plan.id: plan for plan in parsed if Path(plan.path) not in report.failures and _is_kept(index_dir, plan, report)}
            if not plans and only:
                raise NoPlans(f"{', '.join(map(str, paths))}: no plan could be read; {next(iter(report.failures.values()))}")
            kept = {plan.id: plan for plan in [*_read_before(old, report.failures), *elsewhere] if plan.id not in plans}
            if plans or kept:
                _update(index_dir, encoder, old, {**kept, **plans}, report, material, stores)
            elif old:
                report.removed = list(old.plans)
                old.close()
                remove_index(index_dir, stores.remove)
            write_reading({**kept, **plans}.values(), report.failures, index_dir)
    report.plans = plans
    return report


def _refuse_twins(parsed: Sequence[Plan], elsewhere: Sequence[Plan], report: Report) -> None:
    """Report each file that claims the id of another one: by that id neither can be cited."""
    paths: dict[str, dict[str, None]] = defaultdict(dict)
    for plan in [*parsed, *elsewhere]:
        paths[plan.id][plan.path] = None
    for plan in parsed:
        twin = next((path for path in paths[plan.id] if path != plan.path), None)
        if twin:
            mend = "rename one of them, or give one an “id” in its front matter"
            report.failures[Path(plan.path)] = f"{plan.path}: it has the plan id “{plan.id}” and so has {twin}; {mend}"


def _open_or_none(index_dir: Path, only: bool, stores: VectorStores = FOLDERS) -> Index | None:
    """The index as it stands, whatever encoder built it: its plans stay. Raises IndexMismatch when they cannot be told and are to stay."""
    try:
        return open_index(index_dir, stores=stores)
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


def _not_given(old: Index | None, given: Sequence[Path]) -> list[Plan]:
    """The plans of the old index whose files are elsewhere: they stay."""
    plans = old.plans.values() if old else ()
    return [plan for plan in plans if not any(Path(plan.path).resolve().is_relative_to(path.resolve()) for path in given)]


def _read_before(old: Index | None, failures: Iterable[Path]) -> list[Plan]:
    """What the old index holds of files that cannot be used now."""
    failed = {path.resolve() for path in failures}
    return [plan for plan in old.plans.values() if Path(plan.path).resolve() in failed] if old else []


def _update(index_dir: Path, encoder: Encoder, old: Index | None, plans: dict[str, Plan], report: Report, material: Material, stores: VectorStores) -> None:
    before = old.plans if old else {}
    for plan in plans.values():
        state = report.added if plan.id not in before else report.unchanged if _is_unchanged(before[plan.id], plan) else report.changed
        state.append(plan.id)
    report.removed = [plan_id for plan_id in before if plan_id not in plans]
    if old and old.manifest.encoder == encoder.name and list(before) == list(plans) and all(map(material.is_held, plans.values())) and old.is_stored():
        report.chunks = len(old.chunks)
        return
    for plan in plans.values():
        material.want(plan)
    material.finish()
    report.embedded = material.encoded
    if old:
        old.close()  # a plan that was removed must not live on in the build before
    write_index(index_dir, encoder.name, map(material.to_write, plans.values()), stores)
    report.chunks = material.given
    material.is_published = True


def _is_unchanged(before: Plan, plan: Plan) -> bool:
    return (before.path, before.stamp) == (plan.path, plan.stamp) or replace(before, stamp=plan.stamp) == plan
