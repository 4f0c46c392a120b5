"""Looks an installation over and says of each thing whether it is well, what that means, and what mends it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from xhht_qa.errors import SettingsError
from xhht_qa.operate.check_content import check_conversations, check_index, check_plans
from xhht_qa.operate.check_machine import check_folders, check_model, check_packages, check_port, check_readers
from xhht_qa.operate.check_settings import check_hosts, check_names, check_sign_in
from xhht_qa.operate.finding import Finding, broken, well
from xhht_qa.settings import Settings, load_settings

CHECKS: tuple[Callable[[Settings], Iterable[Finding]], ...] = (
    check_sign_in,
    check_hosts,
    check_packages,
    check_readers,
    check_folders,
    check_index,
    check_plans,
    check_conversations,
    check_model,
    check_port,
)
_STATUS = {"ok": 0, "warn": 1, "fail": 2}


def examine(index_dir: Path | None = None) -> list[Finding]:
    """Everything that was found, in the order in which it is worth mending. A folder that is given stands in for the setting."""
    found = list(check_names(Path(".env")))
    try:
        settings = load_settings(index_dir=index_dir)
    except SettingsError as error:
        return [*found, broken("settings", str(error), "correct that line; nothing else can be checked before")]
    found.append(well("settings", "every value makes sense"))
    for check in CHECKS:
        found += check(settings)
    return found


def status(found: Sequence[Finding]) -> int:
    """The exit status: 0 all is well, 1 something is doubtful, 2 something is broken."""
    return max((_STATUS[finding.level] for finding in found), default=0)


def as_text(found: Sequence[Finding]) -> str:
    """A line for each finding, and one under it with the mend."""
    lines = []
    for finding in found:
        lines.append(f"{finding.level:<5} {finding.about:<14} {finding.means}")
        if finding.mend:
            lines.append(f"{'':<20} → {finding.mend}")
    return "\n".join(lines)


def as_json(found: Sequence[Finding]) -> str:
    """A list of objects with the fields of ``Finding``."""
    return json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1)
