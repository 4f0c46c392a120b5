"""Which two syllables are a name: those that are printed with two capitals more often than without."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from xhht_qa.lexicon.spelling import Texts
from xhht_qa.text.normalise import CAPITAL, compose

_HEADS = "Tỉnh|Thành|Huyện|Quận|Thị|Xã|Phường|Trấn|Phố|Sở|Phòng|Ban|Khoa|Hội|Bộ|Cục|Đài|Báo|Đoàn"  # open longer names, which have small letters too
_NAME = re.compile(rf"(?<!\w)(?!(?:{_HEADS}) )(?=({CAPITAL}[^\W\d_A-Z]+ {CAPITAL}[^\W\d_A-Z]+)(?!\w))")
_WORD = re.compile(r"[^\W\d_]+")


def names_in_capitals(texts: Texts) -> frozenset[str]:
    """The names, in small letters."""
    printed: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text, times in texts.items():
        composed = compose(text)
        for match in _NAME.finditer(composed):
            printed[match.group(1).lower()] += times
        for left, right in itertools.pairwise(word.lower() for word in _WORD.findall(composed)):
            pairs[f"{left} {right}"] += times
    return frozenset(name for name, count in printed.items() if 2 * count > pairs[name])
