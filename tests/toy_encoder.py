"""An encoder that can be computed by hand, quick enough for thousands of builds."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from xhht_qa.embed import Vectors
from xhht_qa.text.tokens import syllables

DIMENSIONS = 16


class ToyEncoder:
    """Counts the syllables of a text in one dimension for each remainder of their checksums; ``passages`` logs what was embedded."""

    def __init__(self, name: str = "toy/16") -> None:
        self.name = name
        self.passages: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([_unit(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.passages += texts
        return self.encode_queries(texts)


def _unit(text: str) -> Vectors:
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[0] = 0.01  # a text without syllables has a direction too
    for syllable in syllables(text):
        vector[crc32(syllable.encode()) % DIMENSIONS] += 1
    return vector / np.linalg.norm(vector)
