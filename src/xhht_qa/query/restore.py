"""Questions as they were meant: diacritics put back where they were not typed, slips of the finger mended.

A bigram model over syllables, learnt from the indexed plans, from how questions are put and from a general list of Vietnamese words,
chooses among the spellings of each syllable. What was typed with its accents and is a word stays.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from xhht_qa.lexicon.spelling import BREAK, Pairs
from xhht_qa.text.normalise import compose, fold, has_diacritics
from xhht_qa.text.phrases import FUNCTION_WORDS, QUESTION_PHRASES
from xhht_qa.text.tokens import syllables
from xhht_qa.text.words import general_words

_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouy]")
_FINAL_I = re.compile(r"(?<=^[hklmst])i$")  # "ki" is typed for "ký" as often as for "kì"
_PHRASE_WEIGHT = 5.0  # a phrase that questions are made of stands in for the many questions that nobody has collected
_FUNCTION_WEIGHT = 50.0
_GENERAL_WEIGHT = 0.05  # a word of the general list, beside one print in the plans
_PAIR_SHARE = 0.8  # of a syllable's likelihood, what its left neighbour says; the rest is how common it is
_BEGINNING = ""  # stands before the first syllable: a follow-up begins with "thế" and not with "thẻ"
_UNKNOWN = 1e-7
# Logarithms, to be set against those of the model:
_ACCENT_LOST = -5.0  # an accent that was typed and would be replaced
_EXCHANGED = -4.0  # two neighbouring letters typed in the wrong order
_SLIP = -8.0  # a letter too many, too few, or another one
_IN_DICTIONARY = -5.0  # a slip that gave another word
_OTHER_WORD = -8.0  # the same, of its accents alone: "quỹ" may be no "quý", though the plans never print it
_ACCENT_LEFT_OUT = -5.0  # in a question typed with all its accents; none where none are typed
_ACCENTED_SHARE = 0.5  # of the syllables of a question typed with all its accents; the others have none to type
_KEPT = -14.0  # a syllable that nothing knows, left as it is: a name perhaps
_MOST = 12  # spellings of a syllable that are weighed; a short slip may stand for hundreds
_SHORTEST_SLIP = 2  # letters; anything is one letter away from a single one


class DiacriticRestorer:
    """Typed accents win, unknown words stay as typed."""

    def __init__(self, syllables_printed: Mapping[str, int], pairs_printed: Pairs) -> None:
        """The syllables of the plans, and which follows which."""
        self._count: Counter[str] = Counter(syllables_printed)
        self._pairs: dict[str, Counter[str]] = defaultdict(Counter, {left: Counter(rights) for left, rights in pairs_printed.items()})
        questions = [syllables(text) for text in BREAK.split(QUESTION_PHRASES)]
        functions = [syllables(text) for text in FUNCTION_WORDS.split()]
        for weight, sources in ((_PHRASE_WEIGHT, questions), (_FUNCTION_WEIGHT, functions), (_GENERAL_WEIGHT, _general_words())):
            for words in sources:
                for word in words:
                    self._count[word] += weight  # type: ignore[assignment]  # a Counter may hold shares
                for left, right in itertools.pairwise([_BEGINNING, *words] if sources is questions else words):
                    self._pairs[left][right] += weight  # type: ignore[assignment]
        self._count[_BEGINNING] = _PHRASE_WEIGHT * len(questions)  # type: ignore[assignment]
        self._total = sum(self._count.values())
        self._spellings: dict[str, list[str]] = defaultdict(list)
        for word, _ in self._count.most_common():
            self._spellings[fold(word)].append(word)
        self._without_a_letter: dict[str, list[str]] = defaultdict(list)
        for bare in self._spellings:
            for shorter in (bare, *_deletions(bare)):
                self._without_a_letter[shorter].append(bare)

    def restore(self, text: str, typed: str = "") -> str:
        """The text with each syllable in its likeliest spelling; capitals and punctuation stay.

        ``typed`` is the text before its abbreviations were spelt out, which tells whether accents were typed at all.
        """
        text = compose(text)
        words = list(_WORD.finditer(text))
        bare = [match.group() for match in _WORD.finditer(compose(typed))] if typed else [match.group() for match in words]
        accented = min(1.0, sum(map(has_diacritics, bare)) / max(_ACCENTED_SHARE * len(bare), 1))
        shouted = text.isupper()
        best = self._viterbi([self._candidates(match.group(), _ACCENT_LEFT_OUT * accented, shouted) for match in words])
        result, end = [], 0
        for match, word in zip(words, best, strict=True):
            result += [text[end : match.start()], _cased(word, match.group())]
            end = match.end()
        return "".join([*result, text[end:]])

    def _candidates(self, typed: str, left_out: float, shouted: bool) -> list[tuple[str, float]]:
        """(spelling, what speaks against it)."""
        word = typed.lower()
        is_abbreviation = len(typed) > 1 and typed.isupper() and not shouted
        if is_abbreviation or (has_diacritics(word) and self._count[word] >= 1):
            return [(word, 0.0)]
        meant = 0.0 if word not in self._count else _IN_DICTIONARY
        if has_diacritics(word):
            other = _OTHER_WORD if meant else 0.0
            found = {spelling: _ACCENT_LOST * _lost_accents(word, spelling) + other for spelling in self._spellings.get(fold(word), ())}
            found |= {word: 0.0} if word in self._count else {}
        else:
            spellings = [spelling for bare in (word, _FINAL_I.sub("y", word)) for spelling in self._spellings.get(bare, ())]
            found = {spelling: left_out if has_diacritics(spelling) else 0.0 for spelling in spellings}
        # What the plans and questions never have may be a slip, though a dictionary knows it: "kế hạch".
        if len(word) >= _SHORTEST_SLIP and all(self._count[spelling] < 1 for spelling in found):
            found = {spelling: cost + meant for spelling, cost in self._slips(word).items()} | found
        found.setdefault(word, _KEPT)
        return sorted(found.items(), key=lambda candidate: -candidate[1] - self._likelihood("", candidate[0]))[:_MOST]

    def _slips(self, word: str) -> dict[str, float]:
        """The spellings that are one slip of the finger away, with what speaks against each."""
        typed = fold(word)
        bares = {bare for shorter in (typed, *_deletions(typed)) for bare in self._without_a_letter.get(shorter, ())}
        bares = {bare for bare in bares if _VOWEL.search(bare)}  # initials are no slip of other initials
        costs = {bare: _EXCHANGED if sorted(bare) == sorted(typed) else _SLIP for bare in sorted(bares) if _is_one_slip(typed, bare)}
        return {spelling: cost + _ACCENT_LOST * _lost_accents(word, spelling) for bare, cost in costs.items() for spelling in self._spellings[bare]}

    def _viterbi(self, lattice: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
        scores: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for candidates in lattice:
            scores = {
                word: max(((before + self._likelihood(left, word) + score, [*path, word]) for left, (before, path) in scores.items()), key=lambda item: item[0])
                for word, score in candidates
            }
        return max(scores.values(), key=lambda item: item[0])[1]

    def _likelihood(self, left: str, word: str) -> float:
        pair = self._pairs[left][word] if left in self._pairs else 0
        together = pair / self._count[left] if pair else 0.0
        return math.log(_PAIR_SHARE * together + (1 - _PAIR_SHARE) * self._count[word] / self._total + _UNKNOWN)


@cache
def _general_words() -> list[list[str]]:
    """The general list by syllables, read once for all that is published; in one order, as the sums of shares depend on it."""
    return [syllables(text) for text in sorted(general_words())]


def _deletions(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is too many, too few or another, or two neighbours are exchanged; a letter lost here and one won there are two slips."""
    if len(typed) != len(meant):
        return True
    places = [place for place, (left, right) in enumerate(zip(typed, meant, strict=True)) if left != right]
    return len(places) == 1 or (len(places) == 2 and places[1] - places[0] == 1 and sorted(typed) == sorted(meant))


def _lost_accents(typed: str, spelling: str) -> int:
    """How many accented letters of ``typed`` the spelling does not have."""
    return sum((Counter(letter for letter in typed if has_diacritics(letter)) - Counter(spelling)).values())


def _cased(word: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
