"""Texts → unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # (texts, dimensions), every row of length 1


class Encoder(Protocol):
    """Questions and passages are encoded differently; ``name`` identifies the vectors in an index."""

    name: str

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (len(texts), dimensions)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimensions)."""
        ...


def rows(vectors: Any) -> Vectors:
    """Whatever a library gives, a text a row."""
    return np.atleast_2d(np.asarray(vectors, dtype=np.float32))
