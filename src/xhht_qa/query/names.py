"""Capitals of names, for questions typed without any: "lam khê" is "Lam Khê" because the plans print it so."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from xhht_qa.text.tokens import SHORT_FORMS

_NUMERAL = re.compile(r"(?<!\w)[IVX]+(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")


class NameCapitals:
    """Knows which two syllables are a name."""

    def __init__(self, names: Collection[str]) -> None:
        """``names`` of two syllables, in small letters."""
        self._names = names

    def capitalised(self, text: str) -> str:
        """A question typed in small letters, but for its first, with the capitals of its names; any other stays as it is."""
        if not _NUMERAL.sub("", text)[1:].islower():
            return text
        words = list(_WORD.finditer(text))
        capitals = {match.start(): match.group().upper() for match in words if match.group() in SHORT_FORMS}
        for left, right in itertools.pairwise(words):
            if f"{left.group()} {right.group()}" in self._names:
                capitals |= {word.start(): word.group().capitalize() for word in (left, right)}
        for start, word in capitals.items():
            text = text[:start] + word + text[start + len(word) :]
        return text
