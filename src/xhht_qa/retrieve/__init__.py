"""Query → Passages: two arms over the same chunks, fused by weighted min-max scores; plans in scope are a filter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from xhht_qa.embed import Encoder
from xhht_qa.index import Index
from xhht_qa.index.postings import Rows, Spans, positions_in
from xhht_qa.retrieve.bonuses import Bonuses, items_at
from xhht_qa.retrieve.lexical import LexicalArm, Scores
from xhht_qa.retrieve.weights import WEIGHTS, Weights
from xhht_qa.text.normalise import has_diacritics
from xhht_qa.text.tokens import syllables
from xhht_qa.types import Passage, Query

__all__ = ["WEIGHTS", "Retriever", "Weights", "items_at"]

_POOL = 300  # chunks that are ranked at least; the points beside the wording never lift a section over so many others
_HOLDS_ANSWER = 0.8  # of the best score: what scores less is no rival answer
_HOLDS_ANSWER_NAMED = 0.5  # the same of plans that the question sets side by side
_SIDE_BY_SIDE = 20  # plans; of more no one sees them all
_VECTORS_KEPT = 1
_PER_PASSAGE = 10  # and so many for each passage asked for, as bullets of one section are found together


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
        searched = self._searched(query)
        if not searched.size:
            return []
        lexical = _min_max(self._lexical.scores(query, searched))
        dense = _min_max(self._dense(query, searched))
        weight = self._dense_weight(query)
        fused = (weight * dense + (1 - weight) * lexical).astype(np.float32)
        pool = _best(fused, min(max(_POOL, _PER_PASSAGE * k), len(searched)))
        chunk = self._index.shelf.chunk
        near = query.plans or (tuple(dict.fromkeys(chunk(int(searched[place])).plan for place in pool)) if query.ordinal else ())
        bonuses = Bonuses(query, (self._index.plans[plan] for plan in near), self._weights)
        added = [self._chunks_at(address, query.plans) for address in bonuses.named] + [self._chunks_at(address, (plan,)) for plan, address in bonuses.items]
        places = _places(searched, np.concatenate([searched[:0], *added]))
        found = self._sections(np.concatenate([pool, places]), searched, fused, lexical, dense, bonuses)
        if query.plans and not query.compare:
            return found[:k]
        return _spread(found, query.plans)[:k]

    def _searched(self, query: Query) -> Rows:
        """The positions of the chunks to be searched, ascending; a bare heading is found only when the question names its number."""
        searched = self._searched_in(self._index.spans(query.plans)) if query.plans else self._everything
        for address in query.addresses:
            searched = np.union1d(searched, self._chunks_at(address, query.plans))
        return searched

    def _searched_in(self, spans: Spans) -> Rows:
        positions = positions_in(spans)
        return positions[self._is_searched[positions]]

    def _chunks_at(self, address: str, plans: Sequence[str]) -> Rows:
        """The positions of the chunks of the sections that have an address in ``plans``, or in any plan."""
        positions = self._index.shelf.chunks_at(address)
        return positions[np.isin(positions, positions_in(self._index.spans(plans)))]

    def _dense_weight(self, query: Query) -> float:
        if not has_diacritics(query.question):
            return self._weights.dense_bare
        return self._weights.dense if len(syllables(query.text)) <= self._weights.long_from else self._weights.dense_long

    def _dense(self, query: Query, searched: Rows) -> Scores:
        """Cosines of the nearest chunks; the others score as the farthest of them."""
        near = self._index.nearest(self._vector(query.text), query.plans)
        scores = np.full(len(searched), min((cosine for _, cosine in near), default=0.0), dtype=np.float32)
        for position, cosine in near:
            scores[_places(searched, np.array([position]))] = cosine
        return scores

    def _sections(self, places: Rows, searched: Rows, fused: Scores, lexical: Scores, dense: Scores, bonuses: Bonuses) -> list[Passage]:
        """The sections of some of the chunks searched, each by its best one, best first."""
        shelf = self._index.shelf
        best: dict[int, int] = {}
        for place in places[np.argsort(-fused[places], kind="stable")]:
            best.setdefault(shelf.section_at(int(searched[place])), int(place))
        found = []
        for number, place in best.items():
            section, chunk = shelf.section(number), shelf.chunk(int(searched[place]))
            bonus = bonuses.of(chunk.plan, section, f"{chunk.context}\n{chunk.text}")
            score = float(fused[place]) + sum(bonus.values())
            found.append(Passage(chunk.plan, section.address, score, chunk.bullet, float(lexical[place]), float(dense[place]), bonus))
        return sorted(found, key=lambda passage: -passage.score)


def _spread(passages: Sequence[Passage], named: Sequence[str]) -> list[Passage]:
    """The best section of each plan that holds the answer comes before the second best of any.

    They stand in the order in which the question names the plans; of very many the best come first.
    """
    best = {passage.plan: passage for passage in reversed(passages)}
    least = (_HOLDS_ANSWER_NAMED if named else _HOLDS_ANSWER) * passages[0].score if passages else 0.0
    first = [passage for passage in best.values() if passage.score >= least]
    first.sort(key=lambda passage: named.index(passage.plan) if 0 < len(named) <= _SIDE_BY_SIDE else -passage.score)
    chosen = {id(passage) for passage in first}
    return [*first, *(passage for passage in passages if id(passage) not in chosen)]


def _best(scores: Scores, count: int) -> Rows:
    """The places of the ``count`` highest scores, in their order of place."""
    return np.sort(np.argpartition(-scores, count - 1)[:count])


def _places(searched: Rows, positions: Rows) -> Rows:
    """Where some positions stand in ``searched``, without those that do not."""
    places = np.minimum(np.searchsorted(searched, positions), len(searched) - 1)
    found: Rows = places[searched[places] == positions]
    return found


def _min_max(scores: Scores) -> Scores:
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
