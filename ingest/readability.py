"""Whether text is readable Vietnamese: a PDF made without the right fonts holds letters that mean nothing."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import compose, fold

_VOWELS = "aeiouy"
_SYLLABLE = re.compile(rf"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?$")
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = frozenset("bcdđghklmnpqrstvx") | {compose(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES}
_EDGES = " \t|.,;:!?…()[]{}“”\"'‘’–—-+/*•"
_ENOUGH = 15  # words; fewer say nothing
_LONE = frozenset("àáạảởởớýỷôổồốơyuùủúưíìịi")  # single letters that are words or abbreviations
READABLE = 0.75  # of the words: measured 0.9 and more on plans, below 0.5 where the fonts are missing
NOISE = 0.1  # English, French and German have 0.14 and more; letters at random below 0.09, bytes at random below 0.03
_OTHER_LETTER = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")  # of no Latin alphabet


def readability(text: str) -> float:
    """The share of lower-case words that are Vietnamese syllables; 1 when there are too few words to tell, 0 for another script."""
    if 2 * len(_OTHER_LETTER.findall(text)) > sum(map(str.isalpha, text)):
        return 0.0
    words = [
        word for raw in re.split(r"[\s/-]+", compose(text)) if (word := raw.strip(_EDGES)) and not word.isupper() and not any(sign.isdigit() for sign in word)
    ]
    if len(words) < _ENOUGH:
        return 1.0
    return sum(_is_syllable(word.lower()) for word in words) / len(words)


def _is_syllable(word: str) -> bool:
    return word in _LONE if len(word) == 1 else bool(_LETTERS.issuperset(word) and _SYLLABLE.match(fold(word)))
