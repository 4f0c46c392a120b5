"""A general list of Vietnamese words: which neighbouring syllables make one word."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def general_words() -> frozenset[str]:
    """The words that ``pyvi`` lists, in lower case, syllables apart by a space; only its list is read, nothing of it is imported."""
    package = find_spec("pyvi")
    assert package
    assert package.origin
    return frozenset((Path(package.origin).parent / "models" / "words.txt").read_text(encoding="utf-8").lower().splitlines())
