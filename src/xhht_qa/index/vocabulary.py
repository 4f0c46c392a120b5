"""How many sections of the plans hold a word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce

import numpy as np

from xhht_qa.index.postings import Postings, joined
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Plan


class Vocabulary:
    """The folded syllables of every section of some plans; ``spans`` say which of the sections counted are a plan's."""

    def __init__(self, postings: Postings, spans: Mapping[str, range]) -> None:
        self._postings = postings
        self._spans = spans

    @classmethod
    def of(cls, plans: Mapping[str, Plan]) -> Vocabulary:
        """That of plans that stand in no index."""
        spans: dict[str, range] = {}
        for plan in plans.values():
            begin = spans[next(reversed(spans))].stop if spans else 0
            spans[plan.id] = range(begin, begin + len(plan.sections))
        return cls(section_words(plans.values()), spans)

    def sections(self, plans: Iterable[str]) -> int:
        """How many sections the plans have."""
        return sum(len(self._spans[plan]) for plan in plans)

    def held(self, word: str, plans: Collection[str]) -> int:
        """How many sections of the plans hold a syllable."""
        return len(self._postings.holding(word, joined(self._spans[plan] for plan in plans))[0])

    def sections_with(self, words: frozenset[str], plan: str) -> list[int]:
        """Which sections of a plan hold all of the words, in whatever order."""
        span = self._spans[plan]
        found = reduce(np.intersect1d, (self._postings.holding(word, [span])[0] for word in words)) if words else np.arange(span.start, span.stop)
        return [int(row) - span.start for row in found]


def section_words(plans: Iterable[Plan]) -> Postings:
    """The postings that a vocabulary counts in: a text a section."""
    return Postings.of((section.text for plan in plans for section in plan.sections), lambda text: frozenset(folded_syllables(text)))
