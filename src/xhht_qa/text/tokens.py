"""Tokens of the lexical arm: accent-folded syllables and their bigrams; digits and single letters stay."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import compose, fold

_SYLLABLE = re.compile(r"[^\W_]+")
# Vietnamese writes the same sound with i or y at the end of an open syllable (kỹ/kĩ, quý/quí); folded they are one.
_FINAL_Y = re.compile(r"(?<=[hklmst])y$")


def syllables(text: str) -> list[str]:
    """The syllables as typed, in lower case: "Sở GD&ĐT" → ["sở", "gd", "đt"]."""
    return _SYLLABLE.findall(compose(text).lower())


def folded_syllables(text: str) -> list[str]:
    """The syllables without accents, i and y unified."""
    return [_FINAL_Y.sub("i", syllable) for syllable in _SYLLABLE.findall(fold(text))]


def terms(text: str) -> list[str]:
    """Folded syllables followed by their bigrams ("a_b"), the vocabulary of BM25."""
    single = folded_syllables(text)
    return single + [f"{left}_{right}" for left, right in zip(single, single[1:], strict=False)]
