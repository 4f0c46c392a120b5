"""Query → Passages: two arms over the same chunks, fused by weighted min-max scores; plans in scope are a filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Encoder
from xhht_qa.index import Index
from xhht_qa.retrieve.bonuses import Bonuses, items_at
from xhht_qa.retrieve.lexical import LexicalArm, Mask, Scores
from xhht_qa.retrieve.weights import WEIGHTS, Weights
from xhht_qa.text.normalise import has_diacritics
from xhht_qa.text.tokens import syllables
from xhht_qa.types import Passage, Plan, Query

__all__ = ["WEIGHTS", "Retriever", "Weights", "items_at"]

_POOL = 300  # chunks that are ranked at least; the points beside the wording never lift a section over so many others
_HOLDS_ANSWER = 0.8  # of the best score: what scores less is no rival answer
_HOLDS_ANSWER_NAMED = 0.5  # the same of plans that the question sets side by side
_VECTORS_KEPT = 1
_PER_PASSAGE = 10  # and so many for each passage asked for, as bullets of one section are found together


class Retriever:
    """Searches one open index."""

    def __init__(self, index: Index, encoder: Encoder, weights: Weights = WEIGHTS) -> None:
        self._index = index
        # plans set side by side are searched one by one for the same words
        self._vector = lru_cache(maxsize=_VECTORS_KEPT)(lambda text: encoder.encode_queries([text])[0])
        self._weights = weights
        self._positions: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, chunk in enumerate(index.chunks):
            self._positions[chunk.plan, chunk.section].append(position)
        bare = {(plan.id, address) for plan in index.plans.values() for address in _bare_headings(plan)}
        self._searched: Mask = np.array([(chunk.plan, chunk.section) not in bare for chunk in index.chunks], dtype=np.bool_)
        self._lexical = LexicalArm([f"{chunk.context}\n{chunk.text}" for chunk in index.chunks], weights)

    def search(self, query: Query, k: int = 10) -> list[Passage]:
        """The ``k`` best sections of the plans in scope, best first."""
        plans = query.plans or tuple(self._index.plans)
        mask = self._mask(query)
        if not mask.any():
            return []
        lexical = _min_max(self._lexical.scores(query, mask), mask)
        dense = _min_max(self._dense(query), mask)
        weight = self._dense_weight(query)
        fused = np.where(mask, weight * dense + (1 - weight) * lexical, -np.inf).astype(np.float32)
        pool = _best(fused, min(max(_POOL, _PER_PASSAGE * k), int(mask.sum())))
        near = query.plans or tuple(dict.fromkeys(self._index.chunks[position].plan for position in pool))
        bonuses = Bonuses(query, (self._index.plans[plan] for plan in near), self._weights)
        named = [(plan, address) for address in bonuses.named for plan in plans]
        added = [position for place in (*named, *bonuses.items) for position in self._positions.get(place, ()) if mask[position]]
        found = self._sections(np.array([*pool, *added], dtype=np.int64), fused, lexical, dense, bonuses)
        if query.plans and not query.compare:
            return found[:k]
        return _spread(found, query.plans)[:k]

    def _mask(self, query: Query) -> Mask:
        """The chunks to be searched; a bare heading is found only when the question names its number."""
        mask = self._searched.copy()
        for address in query.addresses:
            for plan in query.plans or self._index.plans:
                mask[self._positions.get((plan, address), [])] = True
        if query.plans:
            inside = np.zeros_like(mask)
            inside[self._index.positions(query.plans)] = True
            mask &= inside
        return mask

    def _dense_weight(self, query: Query) -> float:
        if not has_diacritics(query.question):
            return self._weights.dense_bare
        return self._weights.dense if len(syllables(query.text)) <= self._weights.long_from else self._weights.dense_long

    def _dense(self, query: Query) -> Scores:
        """Cosines of the nearest chunks; the others score as the farthest of them."""
        vector = self._vector(query.text)
        near = self._index.nearest(vector, query.plans)
        scores = np.full(len(self._index.chunks), min((cosine for _, cosine in near), default=0.0), dtype=np.float32)
        for position, cosine in near:
            scores[position] = cosine
        return scores

    def _sections(self, positions: NDArray[np.int64], fused: Scores, lexical: Scores, dense: Scores, bonuses: Bonuses) -> list[Passage]:
        """The sections of some chunks, each by its best one, best first."""
        best: dict[tuple[str, str], int] = {}
        for position in positions[np.argsort(-fused[positions], kind="stable")]:
            chunk = self._index.chunks[position]
            best.setdefault((chunk.plan, chunk.section), int(position))
        found = []
        for (plan, address), position in best.items():
            section = self._index.plans[plan].section(address)
            assert section
            chunk = self._index.chunks[position]
            bonus = bonuses.of(plan, section, f"{chunk.context}\n{chunk.text}")
            score = float(fused[position]) + sum(bonus.values())
            found.append(Passage(plan, address, score, chunk.bullet, float(lexical[position]), float(dense[position]), bonus))
        return sorted(found, key=lambda passage: -passage.score)


def _spread(passages: Sequence[Passage], named: Sequence[str]) -> list[Passage]:
    """The best section of each plan that holds the answer comes before the second best of any, in the order in which the question names the plans."""
    best = {passage.plan: passage for passage in reversed(passages)}
    least = (_HOLDS_ANSWER_NAMED if named else _HOLDS_ANSWER) * passages[0].score if passages else 0.0
    first = [passage for passage in best.values() if passage.score >= least]
    first.sort(key=lambda passage: named.index(passage.plan) if named else -passage.score)
    chosen = {id(passage) for passage in first}
    return [*first, *(passage for passage in passages if id(passage) not in chosen)]


def _bare_headings(plan: Plan) -> Iterable[str]:
    """A heading without text of its own only lends its words to its children's path; an article is cited as a whole and may be found by its heading."""
    parents = {section.parent for section in plan.sections}
    headings = (section for section in plan.sections if section.is_heading and len(section.paragraphs) == 1 and section.address in parents)
    return (section.address for section in headings if not section.address.startswith("Đ"))


def _best(scores: Scores, count: int) -> NDArray[np.int64]:
    """The positions of the ``count`` highest scores, in their order of place."""
    return np.sort(np.argpartition(-scores, count - 1)[:count])


def _min_max(scores: Scores, mask: Mask) -> Scores:
    inside = scores[mask]
    low, high = float(inside.min()), float(inside.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
