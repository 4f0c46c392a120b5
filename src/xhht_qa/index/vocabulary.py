"""How many sections of the plans hold a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from xhht_qa.index.postings import Postings, Spans, joined
from xhht_qa.text.tokens import folded_syllables, terms
from xhht_qa.types import Plan

_SCOPES_KEPT = 16  # a question looks up each of its words in one of them


class Vocabulary:
    """The folded syllables of every section of some plans; ``spans`` say which of the sections counted are a plan's.

    Plans are given each once. ``has_pair`` says whether some of the plans, or any if none are given, print two syllables one behind the other ("a_b").
    """

    def __init__(self, postings: Postings, spans: Mapping[str, range], has_pair: Callable[[str, Collection[str]], bool]) -> None:
        self._postings = postings
        self._has_pair = has_pair
        self._spans = spans
        self._whole = joined(spans.values())
        self._some = lru_cache(_SCOPES_KEPT)(lambda plans: joined(spans[plan] for plan in plans))

    @classmethod
    def of(cls, plans: Mapping[str, Plan]) -> Vocabulary:
        """That of plans that stand in no index."""
        spans: dict[str, range] = {}
        for plan in plans.values():
            begin = spans[next(reversed(spans))].stop if spans else 0
            spans[plan.id] = range(begin, begin + len(plan.sections))
        postings = Postings.of((section.text for plan in plans.values() for section in plan.sections), lambda text: frozenset(terms(text)))
        return cls(postings, spans, lambda pair, some: postings.holding(pair, joined(spans[plan] for plan in some or plans))[0].size > 0)

    def sections(self, plans: Collection[str]) -> int:
        """How many sections the plans have."""
        return sum(map(len, self._joined(plans)))

    def held(self, word: str, plans: Collection[str]) -> int:
        """How many sections of the plans hold a syllable."""
        return len(self._postings.holding(word, self._joined(plans))[0])

    def prints(self, syllables: Sequence[str], plans: Collection[str]) -> bool:
        """Whether the plans print each of some syllables and each two neighbours one behind the other."""
        return all(self.held(syllable, plans) for syllable in syllables) and self.has_pairs(syllables, plans)

    def has_pairs(self, syllables: Sequence[str], plans: Collection[str]) -> bool:
        """Whether the plans print each two neighbours of some syllables one behind the other."""
        some = () if len(plans) == len(self._spans) else plans
        return all(self._has_pair(f"{left}_{right}", some) for left, right in pairwise(syllables))

    def _joined(self, plans: Collection[str]) -> Spans:
        return self._whole if len(plans) == len(self._spans) else self._some(tuple(plans))  # a scope of all is asked for with every question


def section_words(plans: Iterable[Plan]) -> tuple[Iterable[str], Callable[[str], Iterable[str]]]:
    """What a vocabulary counts, as ``Postings`` takes it: a text a section, and its words."""
    return (section.text for plan in plans for section in plan.sections), lambda text: frozenset(folded_syllables(text))
