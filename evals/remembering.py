"""An encoder for evals, which ask the same questions many times over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xhht_qa.embed import Encoder, Vectors


class Remembering:
    """An encoder that encodes each question once, however often it is asked."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_queries([text])
        return np.concatenate([self._known[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder``."""
        return self._encoder.encode_passages(texts)
