"""Plans as they were when a kept answer cited them: a plan may be replaced, what was said about it is not."""

from __future__ import annotations

import json
import re
import shutil
import time
import uuid
from collections.abc import Collection
from pathlib import Path

from xhht_qa.index import plan_of, plan_record
from xhht_qa.types import Plan

_YOUNG_SECONDS = 3600.0  # an edition is kept a moment before the answer that cites it
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Editions:
    """``folder/<plan id>/<digest>.json`` is the parsed plan, ``<digest>.file`` the file that it was read from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, plan: Plan, original: Path) -> None:
        """Keep a plan, and its file if that is still there. Raises OSError."""
        record = self._record(plan.id, plan.digest)
        if record is None or record.exists():
            return
        record.parent.mkdir(parents=True, exist_ok=True)
        own = uuid.uuid4().hex  # others may keep the same edition at this moment
        if original.is_file():
            aside = record.with_suffix(f".file.{own}.part")
            shutil.copyfile(original, aside)
            aside.replace(record.with_suffix(".file"))
        aside = record.with_suffix(f".json.{own}.part")
        aside.write_text(json.dumps(plan_record(plan), ensure_ascii=False), encoding="utf-8")
        aside.replace(record)

    def plan(self, plan_id: str, digest: str) -> Plan | None:
        """The plan as it was in the file of that digest."""
        record = self._record(plan_id, digest)
        try:
            return plan_of(json.loads(record.read_text(encoding="utf-8"))) if record else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def original(self, plan: Plan) -> Path:
        """The file that a kept plan was read from."""
        return self._folder / plan.id / f"{plan.digest}.file"

    def prune(self, cited: Collection[tuple[str, str]]) -> None:
        """Remove what no answer cites any more; ``cited`` are pairs of plan id and digest."""
        for path in self._folder.glob("*/*"):
            if (path.parent.name, path.name.partition(".")[0]) not in cited and path.stat().st_mtime < time.time() - _YOUNG_SECONDS:
                path.unlink(missing_ok=True)

    def _record(self, plan_id: str, digest: str) -> Path | None:
        """Where a plan is kept; None for what is no id or digest, as an address may hold."""
        sound = _DIGEST.fullmatch(digest) and re.fullmatch(r"[a-z0-9-]+", plan_id)
        return self._folder / plan_id / f"{digest}.json" if sound else None
