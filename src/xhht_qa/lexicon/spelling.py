"""How the plans spell: their syllables, and which follows which."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from xhht_qa.text.tokens import syllables

Pairs = Mapping[str, Mapping[str, float]]
Texts = Mapping[str, int]  # text → how often it stands in the plans

BREAK = re.compile(r"[.,;:!?()\[\]“”\"|\n]+")  # words on either side of it are no neighbours


def syllable_counts(texts: Texts) -> dict[str, int]:
    """Syllable → how often."""
    counts: Counter[str] = Counter()
    for words, times in _clauses(texts):
        for word in words:
            counts[word] += times
    return counts


def syllable_pairs(texts: Texts) -> Pairs:
    """Syllable → the one behind it → how often."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for words, times in _clauses(texts):
        for left, right in itertools.pairwise(words):
            pairs[left][right] += times
    return pairs


def _clauses(texts: Texts) -> Iterator[tuple[list[str], int]]:
    return ((syllables(clause), times) for clause, times in parts(texts, BREAK).items())


def parts(texts: Texts, at: re.Pattern[str]) -> Texts:
    """What stands between the breaks of the texts; plans share much of their wording, so it is read once for all of them."""
    found: Counter[str] = Counter()
    for text, times in texts.items():
        for part in at.split(text):
            found[part] += times
    return found
