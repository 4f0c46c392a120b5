"""Diacritics put back where they were not typed, by the syllable bigrams of the indexed plans."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from xhht_qa.text.normalise import compose, fold, has_diacritics
from xhht_qa.text.tokens import syllables

_WORD = re.compile(r"[^\W\d_]+")
_UNSEEN_PAIR = -6.0  # log score of a pair that the plans never print: worse than any printed pair, better than giving up
_ACCENTED = 3.0  # the bonus above which a question counts as typed with accents, so that a bare word may be meant bare
_TYPED_BONUS = 6.0  # times the share of accented syllables: the more accents were typed, the likelier a word is meant as typed


class DiacriticRestorer:
    """A bigram model over the syllables of ``texts``; typed accents win, unknown words stay as typed."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            words = syllables(text)
            self._count.update(words)
            self._pairs.update(itertools.pairwise(words))
        self._spellings: dict[str, list[str]] = defaultdict(list)
        for word, _ in self._count.most_common():
            self._spellings[fold(word)].append(word)

    def restore(self, text: str) -> str:
        """The text with each unaccented (or misspelt) syllable in its likeliest spelling; capitals and punctuation stay."""
        text = compose(text)
        words = list(_WORD.finditer(text))
        accented = sum(has_diacritics(match.group()) for match in words) / max(len(words), 1)
        lattice = [self._candidates(match.group().lower(), _TYPED_BONUS * accented) for match in words]
        best = self._viterbi(lattice)
        result, end = [], 0
        for match, word in zip(words, best, strict=True):
            result += [text[end : match.start()], _cased(word, match.group())]
            end = match.end()
        return "".join([*result, text[end:]])

    def _candidates(self, word: str, bonus: float) -> list[tuple[str, float]]:
        known = self._spellings.get(fold(word), [])
        if not known or (has_diacritics(word) and word in self._count):
            return [(word, 0.0)]
        keep = word not in known and (has_diacritics(word) or bonus > _ACCENTED)
        typed = [(word, bonus)] if keep else []
        return [*typed, *((spelling, math.log(self._count[spelling]) / 4 + (bonus if spelling == word else 0.0)) for spelling in known)]

    def _viterbi(self, lattice: list[list[tuple[str, float]]]) -> list[str]:
        if not lattice:
            return []
        scores = {word: (score, [word]) for word, score in lattice[0]}
        for candidates in lattice[1:]:
            scores = {
                word: max(((before + self._pair(left, word) + score, [*path, word]) for left, (before, path) in scores.items()), key=lambda item: item[0])
                for word, score in candidates
            }
        return max(scores.values(), key=lambda item: item[0])[1]

    def _pair(self, left: str, right: str) -> float:
        together = self._pairs[left, right]
        return max(math.log(together / self._count[left]), _UNSEEN_PAIR + 1) if together else _UNSEEN_PAIR


def _cased(word: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
