"""The phrases that the plans print time and again, by their initials."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from xhht_qa.lexicon.spelling import Pairs, Texts, parts
from xhht_qa.text.normalise import fold
from xhht_qa.text.phrases import QUESTION_PHRASES

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.,;:!?()“”\"\n]")
_LENGTHS = range(2, 7)
_OPEN_NO_NAME = frozenset("trước sau và với của cho về từ đến tới vào ra ở trên trong ngoài dưới theo để được bị các những khi tại là có do".split())  # noqa: SIM905
_SEEN_AT_LEAST = 3  # a phrase printed once or twice is no name
_MOST = 4  # phrases of the plans that some initials may stand for


def phrases_by_initials(texts: Texts) -> Mapping[str, Mapping[str, float]]:
    """Initials in capitals → phrase → how often: the commonest few."""
    counts = _frequent(_clauses(texts))
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for phrase in _units(counts):
        found["".join(word[0] for word in phrase).upper()][" ".join(phrase)] = counts[phrase]
    return {letters: dict(sorted(readings.items(), key=lambda reading: -reading[1])[:_MOST]) for letters, readings in found.items()}


def word_pairs(texts: Texts) -> Pairs:
    """Folded word → the one behind it → how often."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for clause, times in _clauses(texts).items():
        for left, right in itertools.pairwise(map(fold, _words(clause))):
            pairs[left][right] += times
    return pairs


def _clauses(texts: Texts) -> Texts:
    """Those that questions are made of, then those of the texts."""
    return parts({QUESTION_PHRASES: 1} | dict(texts), _BREAK)


def _words(clause: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(clause)]


def _frequent(clauses: Texts) -> Counter[tuple[str, ...]]:
    """The runs of words that are seen often enough, and how often. A longer run is counted only where both of its ends are: rare ones take no memory."""
    found: Counter[tuple[str, ...]] = Counter()
    for length in (*_LENGTHS, _LENGTHS.stop):
        counts: Counter[tuple[str, ...]] = Counter()
        for clause, times in clauses.items():
            words = _words(clause)
            for run in zip(*(words[start:] for start in range(length)), strict=False):
                if length == _LENGTHS.start or (run[1:] in found and run[:-1] in found):
                    counts[run] += times
        found.update({run: count for run, count in counts.items() if count >= _SEEN_AT_LEAST})
    return found


def _units(counts: Counter[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """The phrases that stand on their own: "trào thi" is always inside "phong trào thi đua", so it is none."""
    longest: Counter[tuple[str, ...]] = Counter()
    for phrase, count in counts.items():
        for inner in (phrase[1:], phrase[:-1]):
            longest[inner] = max(longest[inner], count)
    frequent = (phrase for phrase, count in counts.items() if count >= _SEEN_AT_LEAST and len(phrase) in _LENGTHS and longest[phrase] < 0.7 * count)
    return (phrase for phrase in frequent if not {phrase[0], phrase[-1]} & _OPEN_NO_NAME)
