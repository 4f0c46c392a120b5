"""Capitals of names, for questions typed without any: "lam khê" is "Lam Khê" because the plans print it so."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from xhht_qa.text.normalise import CAPITAL, compose
from xhht_qa.text.tokens import SHORT_FORMS

_HEADS = "Tỉnh|Thành|Huyện|Quận|Thị|Xã|Phường|Trấn|Phố|Sở|Phòng|Ban|Khoa|Hội|Bộ|Cục|Đài|Báo|Đoàn"  # open longer names, which have small letters too
_NAME = re.compile(rf"(?<!\w)(?!(?:{_HEADS}) )(?=({CAPITAL}[^\W\d_A-Z]+ {CAPITAL}[^\W\d_A-Z]+)(?!\w))")
_NUMERAL = re.compile(r"(?<!\w)[IVX]+(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")


class NameCapitals:
    """Learns from ``texts`` which two syllables are a name: those that are printed with two capitals more often than without."""

    def __init__(self, texts: Iterable[str]) -> None:
        printed: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in map(compose, texts):
            printed.update(match.group(1).lower() for match in _NAME.finditer(text))
            words = [word.lower() for word in _WORD.findall(text)]
            pairs.update(f"{left} {right}" for left, right in itertools.pairwise(words))
        self._names = {name for name, count in printed.items() if 2 * count > pairs[name]}

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
