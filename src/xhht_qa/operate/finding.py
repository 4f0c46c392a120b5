"""What a check of an installation found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``mend`` is the command or the change that helps, "" where nothing is wrong."""

    about: str  # "index", "encoder", "folder" …
    level: Level
    means: str
    mend: str = ""


def well(about: str, means: str) -> Finding:
    """Nothing is wrong."""
    return Finding(about, "ok", means)


def doubtful(about: str, means: str, mend: str) -> Finding:
    """It works, but not as well or as safely as it could."""
    return Finding(about, "warn", means, mend)


def broken(about: str, means: str, mend: str) -> Finding:
    """Something does not work until it is mended."""
    return Finding(about, "fail", means, mend)
