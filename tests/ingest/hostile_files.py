"""Files made to harm, small and large, written by code so that a test sees what stands in them: what each module of a format builds on."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

NOISE = random.Random(7).randbytes


@dataclass(frozen=True)
class Hostile:
    """A file's name, its bytes, what becomes of it ("indexed", or words of the refusal), and what it does."""

    name: str
    make: Callable[[], bytes]
    outcome: str
    why: str


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
