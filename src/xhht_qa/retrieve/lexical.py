"""The lexical arm: BM25 over accent-folded syllables and their bigrams."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xhht_qa.retrieve.weights import Weights
from xhht_qa.text.tokens import terms
from xhht_qa.types import Query

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


class LexicalArm:
    """Scores every text for the words of a query."""

    def __init__(self, texts: Sequence[str], weights: Weights) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it lowers its own level when it is imported, and tells of every index

        self._weights = weights
        self._count = len(texts)
        index = bm25s.BM25(k1=weights.k1, b=weights.b)
        index.index([terms(text) for text in texts] or [[""]], show_progress=False)  # bm25s cannot index nothing at all
        self._columns: dict[str, int] = index.vocab_dict
        # One sparse column a term: its texts and what it adds to their scores. Only the columns of the question are touched.
        self._matrix: dict[str, Any] = index.scores

    def scores(self, query: Query, mask: Mask) -> Scores:
        """One score a text, 0 outside ``mask``."""
        total = np.zeros(self._count, dtype=np.float32)
        searched = int(mask.sum())
        for text, weight in ((query.text, 1.0), (query.synonyms, self._weights.synonym), (query.carried, self._weights.carried)):
            for term in terms(text):
                self._add(term, weight, mask, searched, total)
        return total

    def _add(self, term: str, weight: float, mask: Mask, searched: int, total: Scores) -> None:
        """A term's share, its rarity counted among the searched texts: inside one plan that plan's topic says nothing."""
        column = self._columns.get(term)
        if column is None:
            return
        start, end = self._matrix["indptr"][column], self._matrix["indptr"][column + 1]
        holding, shares = self._matrix["indices"][start:end], self._matrix["data"][start:end]
        inside = mask[holding]
        here = int(inside.sum())
        if here:
            total[holding[inside]] += weight * shares[inside] * (_rarity(here, searched) / _rarity(len(holding), self._count))


def _rarity(holding: int, of: int) -> float:
    """Lucene's idf."""
    return math.log(1 + (of - holding + 0.5) / (holding + 0.5))
