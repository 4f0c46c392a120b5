"""How many sections of the plans hold a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache, reduce

import numpy as np

from xhht_qa.index.postings import Postings, joined, positions_in
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Plan

_SCOPES_KEPT = 16  # a question looks up each of its words in one of them


class Vocabulary:
    """The folded syllables of every section of some plans; ``spans`` say which of the sections counted are a plan's."""

    def __init__(self, postings: Postings, spans: Mapping[str, range]) -> None:
        self._postings = postings
        self._spans = spans
        self._joined = lru_cache(_SCOPES_KEPT)(lambda plans: joined(spans[plan] for plan in plans))

    @classmethod
    def of(cls, plans: Mapping[str, Plan]) -> Vocabulary:
        """That of plans that stand in no index."""
        spans: dict[str, range] = {}
        for plan in plans.values():
            begin = spans[next(reversed(spans))].stop if spans else 0
            spans[plan.id] = range(begin, begin + len(plan.sections))
        return cls(Postings.of(*section_words(plans.values())), spans)

    def sections(self, plans: Iterable[str]) -> int:
        """How many sections the plans have."""
        return sum(len(self._spans[plan]) for plan in plans)

    def held(self, word: str, plans: Collection[str]) -> int:
        """How many sections of the plans hold a syllable."""
        return len(self._postings.holding(word, self._joined(tuple(plans)))[0])

    def sections_with(self, words: frozenset[str], plan: str) -> list[int]:
        """Which sections of a plan hold all of the words, in whatever order."""
        return [place for _, place in self.places_with(words, (plan,))]

    def places_with(self, words: frozenset[str], plans: Collection[str]) -> list[tuple[str, int]]:
        """The same of several plans, in their order: (plan, which of its sections)."""
        held = [self._postings.holding(word, self._joined(tuple(plans)))[0] for word in words]
        found = reduce(np.intersect1d, held) if held else positions_in(self._joined(tuple(plans)))
        inside = ((plan, np.searchsorted(found, (self._spans[plan].start, self._spans[plan].stop))) for plan in (plans if len(found) else ()))
        return [(plan, int(row) - self._spans[plan].start) for plan, (first, last) in inside for row in found[first:last]]


def section_words(plans: Iterable[Plan]) -> tuple[Iterable[str], Callable[[str], Iterable[str]]]:
    """What a vocabulary counts, as ``Postings`` takes it: a text a section, and its words."""
    return (section.text for plan in plans for section in plan.sections), lambda text: frozenset(folded_syllables(text))
