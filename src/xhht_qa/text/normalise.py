"""One form of a Vietnamese text: composed letters, single spaces, or folded to bare ASCII for matching."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# "d" and "đ" are different letters without a decomposition in Unicode, so folding names the pair itself.
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D"})


def compose(text: str) -> str:
    """NFC with every run of white space (no-break spaces too) as one space, trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Lower case without diacritics: "Hằng năm" → "hang nam". Tone placement and hàng/hằng no longer differ.

    The result has one character for each character of a composed text, so offsets carry over.
    """
    composed = unicodedata.normalize("NFC", text).translate(_D_WITH_STROKE)
    return "".join(unicodedata.normalize("NFD", character)[0] for character in composed).lower()


def slug(text: str) -> str:
    """A plan id from a file name: accents folded, lower case, every other run of characters one "-"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()


def is_upper(text: str) -> bool:
    """Whether the text has letters and all of them are capitals."""
    return any(character.isalpha() for character in text) and text == text.upper()
