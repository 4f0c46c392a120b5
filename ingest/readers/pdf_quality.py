"""Whether text is readable Vietnamese: a PDF made without the right fonts holds letters that mean nothing."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import compose, fold

_VOWELS = "aeiouy"
_SYLLABLE = re.compile(rf"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?$")
_LETTERS = re.compile(r"[a-zà-ỹđ]+$")
_EDGES = " \t.,;:!?…()[]{}“”\"'‘’–—-+/*•"
_ENOUGH = 15  # words; fewer say nothing
READABLE = 0.75  # of the words: measured 0.95 and more on plans, 0.5 and less where the fonts are missing


def readability(text: str) -> float:
    """The share of lower-case words that are Vietnamese syllables, 1 when there are too few words to tell."""
    words = [word for raw in compose(text).split() if (word := raw.strip(_EDGES)) and not word.isupper() and not any(sign.isdigit() for sign in word)]
    if len(words) < _ENOUGH:
        return 1.0
    return sum(bool(_LETTERS.match(word.lower()) and _SYLLABLE.match(fold(word))) for word in words) / len(words)
