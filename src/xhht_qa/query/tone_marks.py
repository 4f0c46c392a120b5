"""Tone marks where Vietnamese puts them: "thửơng" and "bìêt" are typed by a slip of the keyboard for "thưởng" and "biết"."""

from __future__ import annotations

import re
import unicodedata

_TONE = "[\u0300\u0301\u0303\u0309\u0323]"
# On the second vowel of these, wherever the mark was typed
_PAIR = re.compile(rf"(?P<first>i|y|u\u031b|u)(?P<tone>{_TONE})(?P<second>e\u0302|o\u031b|o\u0302|a\u0302)", re.IGNORECASE)
_BARE = re.compile(rf"(?<!q)u(?=o\u031b{_TONE}?[^\W\d_])", re.IGNORECASE)  # "truớc": before a further letter it is "ươ"; "thuở" stays


def in_place(text: str) -> str:
    """The text with each mark on the vowel that bears it: "trứơc" is "trước"."""
    moved = _PAIR.sub(r"\g<first>\g<second>\g<tone>", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", _BARE.sub("\\g<0>\u031b", moved))
