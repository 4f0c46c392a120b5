"""One form of a Vietnamese text: composed letters, single spaces, or folded to bare ASCII for matching."""

from __future__ import annotations

import re
import unicodedata

from xhht_qa.text.remembered import remembered

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, zero-width spaces and marks that come along with pasted text
_STACKED = re.compile("([\u0300-\u036f]{8})[\u0300-\u036f]+")  # no letter has more than two; sorting endless ones takes quadratic time
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Every accented Latin letter → its bare lower-case letter. "đ" has no decomposition in Unicode, so it is named.
_LATIN = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
_BARE = str.maketrans({letter: unicodedata.normalize("NFD", letter)[0].lower() for letter in _LATIN} | {"đ": "d", "Đ": "d"})

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

# A character class of the capitals of Vietnamese; a range such as "À-Ỹ" holds small letters too.
CAPITAL = "[A-Z" + "".join(letter for letter in _LATIN if letter.isupper()) + "]"


@remembered
def compose(text: str) -> str:
    """NFC without invisible characters, with every run of white space (no-break spaces too) as one space, trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _STACKED.sub(r"\1", _INVISIBLE.sub("", text)))).strip()


@remembered
def fold(text: str) -> str:
    """Lower case without diacritics: "Hằng năm" → "hang nam". Tone placement and hàng/hằng no longer differ.

    The result has one character for each character of a composed text, so offsets carry over.
    """
    return unicodedata.normalize("NFC", text).translate(_BARE).lower()


@remembered
def tones_apart(syllable: str) -> str:
    """A syllable in lower case with its tone behind it: "hòa" and "hoà" are one, "mai" and "mái" are not; "hàng" is "hằng", "mỹ" is "mĩ"."""
    letters = unicodedata.normalize("NFD", syllable.lower())
    bare = "".join(letter for letter in letters if letter not in _TONES)
    bare = unicodedata.normalize("NFC", bare)
    bare = "hang" if bare in ("hăng", "hang") else bare[:-1] + "i" if bare[-1:] == "y" and bare[-2:-1] in tuple("hklmst") else bare
    return bare + "".join(sorted(letter for letter in letters if letter in _TONES))


def slug(text: str) -> str:
    """A plan id from a file name: accents folded, lower case, every other run of characters one "-"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()


def is_upper(text: str) -> bool:
    """Whether the text has letters and all of them are capitals."""
    return any(character.isalpha() for character in text) and text == text.upper()
