"""A text as the words, numbers, dates and signs that can be held against another text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from xhht_qa.generate.lexicon import JOINING, JOINING_PHRASES, SAME
from xhht_qa.text.dates import find_dates
from xhht_qa.text.normalise import compose
from xhht_qa.text.remembered import remembered
from xhht_qa.text.tokens import SHORT_FORMS
from xhht_qa.types import Date

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHORT = re.compile(rf"(?<![\w&-])(?:{'|'.join(sorted(map(re.escape, SHORT_FORMS), key=len, reverse=True))})(?![\w&-])", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<code>\d+(?:/\d{4})?/[^\W\d_][\w&-]*)|(?P<number>(?<![^\W_])\d+(?:[.,]\d+)*(?![^\W_])|\b[IVX]+\b)|(?P<word>[^\W_]+|%)|(?P<sign>[^\w\s])"
)


@dataclass(frozen=True)
class Token:
    """One of them; equal ones mean the same, however they are printed: "hoá" and "hóa", "05" and "5"."""

    kind: Literal["word", "number", "date", "code", "sign"]
    text: str
    date: Date | None = None
    joins: bool = False  # a word that states nothing


Reading = tuple[Token, ...]


@remembered
def read(text: str) -> Reading:
    """The tokens of a text, short forms of office language spelt out."""
    text = _SHORT.sub(lambda match: SHORT_FORMS[match.group().lower()], compose(text))
    tokens: list[Token] = []
    start = 0
    for mention in find_dates(text):
        tokens += _tokens(text[start : mention.start])
        if tokens and tokens[-1].text == _DAY:  # some dates are read with the word, some without
            tokens.pop()
        tokens.append(Token("date", repr(mention.date), mention.date))
        start = mention.end
    tokens += _tokens(text[start:])
    return tuple(_joined(tokens))


def words(reading: Reading) -> list[str]:
    """The words in their order, those that only join left out."""
    return [token.text for token in reading if token.kind == "word" and not token.joins]


def sequence(reading: Reading) -> str:
    """All but signs and joining words between blanks: one stands in another token by token."""
    return f" {' '.join(token.text for token in reading if token.kind != 'sign' and not token.joins)} "


def level(word: str) -> str:
    """A syllable in lower case, its tone behind it, wherever it was put."""
    letters = unicodedata.normalize("NFD", SAME.get(word.lower(), word.lower()))
    tone = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tone


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        if match["word"]:
            yield Token("word", level(match["word"]))
        elif match["number"]:
            yield Token("number", match["number"].lstrip("0") or "0")
        elif match["code"]:
            yield Token("code", match["code"].lower().lstrip("0"))
        else:
            yield Token("sign", match["sign"])


def _joined(tokens: list[Token]) -> Iterator[Token]:
    place = 0
    while place < len(tokens):
        length = next((len(phrase) for phrase in _PHRASES if phrase == tuple(token.text for token in tokens[place : place + len(phrase)])), 0)
        for token in tokens[place : place + max(length, 1)]:
            yield Token(token.kind, token.text, token.date, joins=token.kind == "word" and (bool(length) or token.text in _JOINING))
        place += max(length, 1)


_DAY = level("ngày")
_JOINING = frozenset(map(level, JOINING))
_PHRASES = tuple(tuple(map(level, phrase.split())) for phrase in JOINING_PHRASES)
