"""Sentences and clauses of a printed paragraph, as exact substrings of it."""

from __future__ import annotations

import re

# A full stop ends a sentence only before a capital: "UBND huyện. thành phố" is a slip of print, "Q. Chủ tịch" an abbreviation.
_SENTENCE_END = re.compile(r"(?<=[^\s.][^\s.][.!?…])[”\"’)]?\s+(?=[“\"‘(]?(\w))")
_CLAUSE_END = re.compile(r"(?<=;)\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; each is a substring of it."""
    return _split(text, _SENTENCE_END)


def clauses(text: str) -> list[str]:
    """The parts of a sentence between semicolons; each is a substring of it."""
    return _split(text, _CLAUSE_END)


def _split(text: str, boundary: re.Pattern[str]) -> list[str]:
    parts, start = [], 0
    for match in boundary.finditer(text):
        if match.groups() and not match.group(1).isupper():
            continue
        # a closing quotation mark before the space still belongs to the sentence it closes
        end = match.start() + len(match.group().rstrip())
        parts.append(text[start:end])
        start = match.end()
    parts.append(text[start:])
    return [part for part in parts if part.strip()]  # whole: a table row whose first cell is empty opens with a space
