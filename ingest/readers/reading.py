"""What every reader gives: the lines of a file and what a person should know about how it was read."""

from __future__ import annotations

from dataclasses import dataclass

from xhht_qa.types import Line


@dataclass(frozen=True)
class Reading:
    """``lines`` in the order of reading, empty ones included; ``warnings`` one sentence each."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()
    pages: int = 0  # 0 where the format has none
    recognised: tuple[int, ...] = ()  # the pages that were pictures and were read by OCR
