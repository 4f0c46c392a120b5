"""Vectors on their way into an index: a build that was stopped goes on where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Vectors

_KEY_BYTES = 32


class Embedded:
    """What was embedded for a build that is not published yet, in one file beside the builds; held by whoever holds the index for writing.

    The file is a record a text: its digest together with the encoder's name, then its vector. A record that a kill has cut short is not read.
    """

    def __init__(self, index_dir: Path, encoder: str) -> None:
        self._path = index_dir / ".embedded"
        self._encoder = encoder

    def known(self, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Text → its vector, of those that were embedded before."""
        by_key = {self._key(text): text for text in texts}
        content = self._path.read_bytes() if self._path.exists() else b""
        size = _KEY_BYTES + 4 * int.from_bytes(content[:4], "little")
        records = (content[start : start + size] for start in range(4, len(content) - size + 1, size)) if len(content) > 4 else ()
        return {by_key[record[:_KEY_BYTES]]: np.frombuffer(record[_KEY_BYTES:], np.float32) for record in records if record[:_KEY_BYTES] in by_key}

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of some texts."""
        dimensions = vectors.shape[1].to_bytes(4, "little")
        begun = self._path.exists() and self._path.open("rb").read(4) == dimensions
        with self._path.open("ab" if begun else "wb") as file:
            if begun and (cut := (file.tell() - 4) % (_KEY_BYTES + 4 * vectors.shape[1])):
                file.truncate(file.tell() - cut)
            else:
                file.write(b"" if begun else dimensions)
            file.write(b"".join(self._key(text) + vector.astype(np.float32).tobytes() for text, vector in zip(texts, vectors, strict=True)))

    def forget(self) -> None:
        """The build is published, its vectors are there."""
        self._path.unlink(missing_ok=True)

    def _key(self, text: str) -> bytes:
        return sha256(f"{self._encoder}\0{text}".encode()).digest()
