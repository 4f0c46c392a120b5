"""The best of the sections that are looked at: they come in the order of what they can score at most, until no other can be among the best."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence

from xhht_qa.types import Passage

_HOLDS_ANSWER = 0.8  # of the best score: what scores less is no rival answer
_HOLDS_ANSWER_NAMED = 0.5  # the same of plans that the question sets side by side
_SIDE_BY_SIDE = 20  # plans; of more no one sees them all


class Ranking:
    """The ``k`` best sections of one search; ``named`` are the plans that the question names."""

    def __init__(self, k: int, named: Sequence[str], compares: bool) -> None:
        self._k = k
        self._named = named
        self._spreads = compares or not named
        self._in_named_order = 0 < len(named) <= _SIDE_BY_SIDE
        self._share = _HOLDS_ANSWER_NAMED if named else _HOLDS_ANSWER
        self._found: list[Passage] = []
        self._best_of_plan: dict[str, float] = {}
        self._scores: list[float] = []  # of all, ascending
        self._plans_scores: list[float] = []  # the best of each plan, ascending

    def add(self, passage: Passage) -> None:
        """One that was looked at."""
        self._found.append(passage)
        insort(self._scores, passage.score)
        before = self._best_of_plan.get(passage.plan)
        if before is None or passage.score > before:
            self._best_of_plan[passage.plan] = passage.score
            if before is not None:
                self._plans_scores.remove(before)
            insort(self._plans_scores, passage.score)

    def is_settled(self, most: float) -> bool:
        """Whether none that comes later and scores at most so much can be among the best; of equal ones the first stays."""
        if len(self._found) < self._k:
            return False
        if not self._spreads:
            return most <= self._scores[-self._k]
        rival = self._share * self._scores[-1]
        if not self._in_named_order and len(self._plans_scores) >= self._k and self._plans_scores[-self._k] >= rival:
            return most <= self._plans_scores[-self._k]
        return most < rival and most <= self._scores[-self._k]

    def best(self) -> list[Passage]:
        """Best first. Of a search in several plans, the best section of each plan that holds the answer comes before the second best of any.

        They stand in the order in which the question names the plans; of very many the best come first.
        """
        passages = sorted(self._found, key=lambda passage: -passage.score)
        if not self._spreads or not passages:
            return passages[: self._k]
        best: dict[str, Passage] = {}
        for passage in passages:
            best.setdefault(passage.plan, passage)
        first = [passage for passage in best.values() if passage.score >= self._share * passages[0].score]
        first.sort(key=lambda passage: self._named.index(passage.plan) if self._in_named_order else -passage.score)
        chosen = {id(passage) for passage in first}
        return [*first, *(passage for passage in passages if id(passage) not in chosen)][: self._k]
