"""The lexical arm: BM25 over accent-folded syllables and their bigrams."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from xhht_qa.index import Index
from xhht_qa.index.postings import Rows, positions_in
from xhht_qa.retrieve.weights import Weights
from xhht_qa.text.tokens import terms
from xhht_qa.types import Query

Scores = NDArray[np.float32]


class LexicalArm:
    """Scores chunks for the words of a query."""

    def __init__(self, index: Index, weights: Weights) -> None:
        self._index = index
        self._weights = weights
        lengths = index.words.lengths
        own = lengths[positions_in(index.spans())]
        average = float(own.mean()) if own.size else 1.0
        # How much of a term's weight a chunk's length takes, as BM25 has it.
        self._damping = (weights.k1 * (1 - weights.b + weights.b * lengths / average)).astype(np.float32)

    def scores(self, query: Query, searched: Rows) -> Scores:
        """One score for each position of ``searched``, ascending."""
        total = np.zeros(len(self._damping), dtype=np.float32)
        mask = np.zeros(len(self._damping), dtype=np.bool_)
        mask[searched] = True
        spans = self._index.spans(query.plans)
        for text, weight in ((query.text, 1.0), (query.synonyms, self._weights.synonym), (query.carried, self._weights.carried)):
            for term in terms(text):
                holding, counts = self._index.words.holding(term, spans)
                inside = mask[holding]
                here = int(inside.sum())
                if here:
                    # Its rarity is counted among the searched texts: inside one plan that plan's topic says nothing.
                    rows, count = holding[inside], counts[inside].astype(np.float32)
                    total[rows] += np.float32(weight * _rarity(here, len(searched))) * (count / (count + self._damping[rows]))
        return total[searched]


def _rarity(holding: int, of: int) -> float:
    """Lucene's idf."""
    return math.log(1 + (of - holding + 0.5) / (holding + 0.5))
