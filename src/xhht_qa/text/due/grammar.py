"""The grammar itself: an ordered choice of rules over the kinds of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from xhht_qa.text.due.periods import countdown, period, since, span
from xhht_qa.text.due.reading import LENGTHS, DueMention, Reading, alone
from xhht_qa.text.due.rows import AND, ITEM, RELATION, row
from xhht_qa.text.due.words import words_of

_LEAD = r"(?:[RT],?\(?)?"
_ANCHOR = "[wenqSvWXYyGdMohAtR]{1,14}"
# What says most comes first.
_GRAMMAR = re.compile(
    rf"(?P<document>X,?[Pp])"
    rf"|(?P<span>{_LEAD}{RELATION}{{0,3}}(?P<first>S?[PpdnYyq])[U-][DI]?(?P<second>S?[PpdYyq]l?M?|n(?=R))\)?R?)"
    rf"|(?P<countdown>[DQ]{{0,2}}[BE](?P<event>w[weS]{{0,7}})Q?[Ah])"
    rf"|(?P<period>[NDIFEQB]{{0,4}}(?P<amount>A|h(?!o?I?[PpdWvR]))(?:x|(?P<link>[FEKB])(?P<anchor>(?<!B)[Pp](?![U-])|{_ANCHOR}))?(?!P))"
    rf"|(?P<points>{_LEAD}{ITEM}(?:{AND}{ITEM}){{0,23}}(?:\)|(?:\([^()]{{0,20}}\))?R)?)"
    rf"|(?P<since>F(?P<origin>w[weS]{{0,13}}))"
    rf"|(?P<repeat>[RT](?:(?:,J?|J)[eA](?![wPpnSeA]))*|C)"
)


def _document(_: Reading) -> Iterator[DueMention]:
    """The day on which a cited document was issued is nobody's deadline."""
    yield from ()


def _repeat(of: Reading) -> Iterator[DueMention]:
    """What only recurs: "hằng quý, 6 tháng và năm" is three of them."""
    for index in of.indexes("repeat"):
        if of.letters[index] in "RTCe" or of.words[index].value in LENGTHS:
            yield alone(of, index)


_RULES: Final[dict[str, Callable[[Reading], Iterator[DueMention]]]] = {
    "document": _document, "span": span, "countdown": countdown, "period": period, "points": row, "since": since, "repeat": _repeat,
}  # fmt: skip


def find_dues(text: str) -> list[DueMention]:
    """Every due expression of a composed text, in order and none overlapping."""
    words = words_of(text)
    letters = "".join(word.kind for word in words)
    found: list[DueMention] = []
    for match in _GRAMMAR.finditer(letters):
        found += _RULES[str(match.lastgroup)](Reading(text, words, letters, match))
    return found
