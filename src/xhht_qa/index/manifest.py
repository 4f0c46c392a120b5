"""What an index says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FORMAT_VERSION = 4


@dataclass(frozen=True)
class Manifest:
    """What an index was built with; a reader refuses another format or encoder."""

    format_version: int
    encoder: str
    plans: Mapping[str, str]  # plan id → sha256 of its file
    chunks: int
