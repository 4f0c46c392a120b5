"""How each file was read: one record a file, kept beside the builds so that people and pages can look it up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from xhht_qa.types import Plan


def write_reading(plans: Iterable[Plan], failures: Mapping[Path, str], index_dir: Path) -> None:
    """Write ``reading.jsonl``: the plans of the index, then the files that were refused just now."""
    records = [*map(reading_of, plans), *(refusal_of(path, reason) for path, reason in failures.items())]
    aside = index_dir / "reading.jsonl.part"
    aside.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8", errors="replace"
    )  # names of files may be no UTF-8
    aside.replace(index_dir / "reading.jsonl")


def reading_of(plan: Plan) -> dict[str, Any]:
    """The record of a plan; ``quality`` is the share of words that are Vietnamese syllables, ``doubtful`` the sections hardly made out."""
    legibility = plan.legibility
    return {
        "path": plan.path,
        "status": "indexed with warnings" if plan.warnings else "indexed",
        "plan": plan.id,
        "title": plan.title,
        "format": legibility.format,
        "pages": legibility.pages,
        "recognised_pages": list(legibility.recognised),
        "sections": len(plan.sections),
        "quality": legibility.quality,
        "doubtful": [section.address for section in plan.sections if any(paragraph.doubtful for paragraph in section.paragraphs)],
        "warnings": list(plan.warnings),
    }


def refusal_of(path: Path, reason: str) -> dict[str, Any]:
    """The record of a file that is not in the index, or is there only as it was before."""
    return {"path": str(path), "status": "refused", "reason": reason}
