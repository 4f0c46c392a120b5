"""Tokens of the lexical arm: accent-folded syllables and their bigrams; digits and single letters stay."""

from __future__ import annotations

import itertools
import re

from xhht_qa.text.normalise import compose, fold
from xhht_qa.text.remembered import remembered

# Short forms that every office writes and reads as the words; plans print both, often in one sentence.
SHORT_FORMS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "gd&đt": "giáo dục và đào tạo",
    "gd-đt": "giáo dục và đào tạo",
    "gdđt": "giáo dục và đào tạo",
    "tđkt": "thi đua khen thưởng",
    "tđ-kt": "thi đua khen thưởng",
    "cntt": "công nghệ thông tin",
    "lđtbxh": "lao động thương binh và xã hội",
}
_SHORT_FORM = re.compile(rf"\b(?:{'|'.join(sorted(map(fold, SHORT_FORMS), key=len, reverse=True))})\b")
_LONG_FORM = {fold(short): fold(long) for short, long in SHORT_FORMS.items()}
_SYLLABLE = re.compile(r"[^\W_]+")
# Vietnamese writes the same sound with i or y at the end of an open syllable (kỹ/kĩ, quý/quí); folded they are one.
_LEADING_ZERO = re.compile(r"(?<![^\W_])0+(?=\d)")  # plans print "02 ca" where people type "2 ca"
_FINAL_Y = re.compile(r"(?<=[hklmst])y(?![^\W_])")


def syllables(text: str) -> list[str]:
    """The syllables as typed, in lower case: "Sở GD&ĐT" → ["sở", "gd", "đt"]."""
    return _SYLLABLE.findall(compose(text).lower())


@remembered
def folded_syllables(text: str) -> tuple[str, ...]:
    """The syllables without accents, i and y unified, short forms of office language spelt out."""
    folded = _SHORT_FORM.sub(lambda match: _LONG_FORM[match.group()], fold(text))
    return tuple(_SYLLABLE.findall(_FINAL_Y.sub("i", _LEADING_ZERO.sub("", folded))))


def terms(text: str) -> list[str]:
    """Folded syllables followed by their bigrams ("a_b"), the vocabulary of BM25."""
    single = folded_syllables(text)
    return [*single, *(f"{left}_{right}" for left, right in itertools.pairwise(single))]
