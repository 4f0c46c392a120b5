"""Query → Passages: two arms over the same chunks, fused by weighted min-max scores; plans in scope are a filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Encoder
from xhht_qa.index import Index
from xhht_qa.index.postings import Rows, Spans, positions_in, within
from xhht_qa.retrieve.bonuses import Bonuses, items_at
from xhht_qa.retrieve.lexical import LexicalArm, Scores
from xhht_qa.retrieve.ranking import Ranking
from xhht_qa.retrieve.weights import WEIGHTS, Weights
from xhht_qa.text.normalise import has_diacritics
from xhht_qa.text.tokens import syllables
from xhht_qa.types import Passage, Query

__all__ = ["WEIGHTS", "Retriever", "Weights", "items_at"]

_POOL = 300  # chunks that are ranked at least; the points beside the wording never lift a section over so many others
_VECTORS_KEPT = 1
_PER_PASSAGE = 10  # and so many for each passage asked for, as bullets of one section are found together


@dataclass(frozen=True)
class Searched:
    """The chunks that are searched, ascending by their positions, with what each arm and both together give each of them."""

    positions: Rows
    lexical: Scores
    dense: Scores
    fused: Scores


class Retriever:
    """Searches one open index."""

    def __init__(self, index: Index, encoder: Encoder, weights: Weights = WEIGHTS) -> None:
        self._index = index
        # plans set side by side are searched one by one for the same words
        self._vector = lru_cache(maxsize=_VECTORS_KEPT)(lambda text: encoder.encode_queries([text])[0])
        self._weights = weights
        self._is_searched = index.shelf.is_searched()
        self._everything = self._searched_in(index.spans())
        self._lexical = LexicalArm(index, weights)

    def search(self, query: Query, k: int = 10) -> list[Passage]:
        """The ``k`` best sections of the plans in scope, best first."""
        positions = self._searched(query)
        if not positions.size or k < 1:
            return []
        searched = self._scored(query, positions)
        pool = _best(searched.fused, min(max(_POOL, _PER_PASSAGE * k), len(positions)))
        bonuses = Bonuses(query, map(self._index.plans.__getitem__, self._counted_in(query, positions[pool])), self._weights)
        ranking = Ranking(k, query.plans, query.compare)
        for place, most in self._candidates(searched, pool, bonuses):
            if ranking.is_settled(most):
                break
            ranking.add(self._passage(searched, place, bonuses))
        return ranking.best()

    def _searched(self, query: Query) -> Rows:
        """The positions of the chunks to be searched, ascending; a bare heading is found only when the question names its number."""
        searched = self._searched_in(self._index.spans(query.plans)) if query.plans else self._everything
        named = np.unique(np.concatenate([searched[:0], *(self._chunks_at(address, query.plans) for address in query.addresses)]))
        left_out = named[~self._is_searched[named]]
        return np.insert(searched, np.searchsorted(searched, left_out), left_out) if left_out.size else searched

    def _searched_in(self, spans: Spans) -> Rows:
        positions = positions_in(spans)
        return positions[self._is_searched[positions]]

    def _chunks_at(self, address: str, plans: Sequence[str]) -> Rows:
        """The positions of the chunks of the sections that have an address in ``plans``, or in any plan."""
        return within(self._index.shelf.chunks_at(address), self._index.spans(plans))

    def _scored(self, query: Query, positions: Rows) -> Searched:
        lexical = _min_max(self._lexical.scores(query, positions))
        dense = _min_max(self._dense(query, positions))
        weight = self._dense_weight(query)
        return Searched(positions, lexical, dense, (weight * dense + (1 - weight) * lexical).astype(np.float32))

    def _dense_weight(self, query: Query) -> float:
        if not has_diacritics(query.question):
            return self._weights.dense_bare
        return self._weights.dense if len(syllables(query.text)) <= self._weights.long_from else self._weights.dense_long

    def _dense(self, query: Query, searched: Rows) -> Scores:
        """Cosines of the nearest chunks; the others score as the farthest of them."""
        near = self._index.nearest(self._vector(query.text), query.plans)
        positions, cosines = np.array([position for position, _ in near], np.int64), np.array([cosine for _, cosine in near], np.float32)
        scores = np.full(len(searched), cosines.min() if near else 0.0, dtype=np.float32)
        places, is_there = _places(searched, positions)
        scores[places[is_there]] = cosines[is_there]
        return scores

    def _counted_in(self, query: Query, pool: Rows) -> Sequence[str]:
        """The plans in which an item may be meant by its rank, which are read whole: those in scope, or those of the best chunks if they are fewer."""
        if not query.ordinal:
            return ()
        if 0 < len(query.plans) <= len(pool):
            return query.plans
        return tuple(dict.fromkeys(self._index.shelf.chunk(int(position)).plan for position in pool))

    def _candidates(self, searched: Searched, pool: Rows, bonuses: Bonuses) -> Iterator[tuple[int, float]]:
        """The place of the best chunk of each section of the pool or named, and what the section scores at most, in the order of that."""
        at_addresses = [self._chunks_at(address, plans) for address, plans in bonuses.named.items()]
        named, is_there = _places(searched.positions, np.unique(np.concatenate([pool[:0], *at_addresses])))
        named = named[is_there]
        places = np.concatenate([named, pool])
        most = searched.fused[places] + np.repeat([bonuses.most(is_named=True), bonuses.most(is_named=False)], [len(named), len(pool)])
        seen = set()
        for at in np.argsort(-most, kind="stable"):
            number = self._index.shelf.section_at(int(searched.positions[places[at]]))
            if number not in seen:
                seen.add(number)
                yield int(places[at]), float(most[at])

    def _passage(self, searched: Searched, place: int, bonuses: Bonuses) -> Passage:
        """The section of a chunk, as that chunk scores."""
        position, shelf = int(searched.positions[place]), self._index.shelf
        section, chunk = shelf.section(shelf.section_at(position)), shelf.chunk(position)
        bonus = bonuses.of(chunk.plan, section, f"{chunk.context}\n{chunk.text}")
        score = float(searched.fused[place]) + sum(bonus.values())
        return Passage(chunk.plan, section.address, score, chunk.bullet, float(searched.lexical[place]), float(searched.dense[place]), bonus)


def _best(scores: Scores, count: int) -> Rows:
    """The places of the ``count`` highest scores, in their order of place."""
    return np.sort(np.argpartition(-scores, count - 1)[:count])


def _places(searched: Rows, positions: Rows) -> tuple[Rows, NDArray[np.bool_]]:
    """Where some positions stand in ``searched``, and which of them do at all."""
    places = np.minimum(np.searchsorted(searched, positions), len(searched) - 1)
    return places, searched[places] == positions


def _min_max(scores: Scores) -> Scores:
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
