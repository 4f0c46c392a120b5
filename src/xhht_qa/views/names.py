"""One name for an agency, however the plans print it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from xhht_qa.text.normalise import compose, fold, is_upper

_COMMITTEE = re.compile(r"\b[uủỦU][ỷyỶY] ban nhân dân\b", re.IGNORECASE)
_TWICE = re.compile(r"(các|những) (?=\1 )", re.IGNORECASE)  # a slip of the print
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def grouped(printed: Iterable[str], in_full: Callable[[str], str]) -> dict[str, str]:
    """Each printed name → the name that its group is shown by: the form printed most often of those in full, capitals at its beginning only."""
    forms: dict[str, Counter[str]] = {}
    keys: dict[str, str] = {}
    for name in printed:
        full = _TWICE.sub("", _COMMITTEE.sub("UBND", compose(in_full(name))))
        key = _NOT_LETTERS.sub(" ", fold(full)).strip()
        forms.setdefault(key, Counter())[full] += 1
        keys[name] = key
    shown = {key: _capitalised(max(counted, key=lambda form: (not is_upper(form), counted[form], form))) for key, counted in forms.items()}
    return {name: shown[key] for name, key in keys.items()}


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
