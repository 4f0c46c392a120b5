"""Whether a model's sentences leave out nothing of what the extractive answer says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.generate.reading import Reading, Token, read, sequence, words
from xhht_qa.text.agencies import agencies_in
from xhht_qa.types import Query

_PIECE_END = re.compile(r"(?<=[,;:.])\s+|\n")
_LEAST = 0.6  # of the words of each piece that the question does not have itself
_VALUE_SLOTS = ("deadline", "count", "budget")  # of which the pieces with values are enough
_FEW = 2  # words; so short a piece is said with all of them


def is_complete(query: Query, excerpts: Sequence[Excerpt], shown: Sequence[str]) -> bool:
    """Whether every value, every agency and every piece of a sentence that answers is said, be it in other words."""
    said = tuple(token for sentence in shown for token in (*read(sentence), Token("sign", ".")))
    known = {token.text for token in (*said, *read(query.standalone)) if token.kind == "word"}
    told = "\n".join(shown)
    for excerpt in excerpts:
        if not _values(read(excerpt.text)) <= _values(said):
            return False
        if query.slot not in _VALUE_SLOTS and not all(sequence(read(agency)) in sequence(read(told)) for agency in agencies_in(excerpt.text)):
            return False
        if not all(_covers(known, piece) for piece in _pieces(query, excerpt)):
            return False
    return True


def _pieces(query: Query, excerpt: Excerpt) -> Iterator[Reading]:
    readings = [read(piece) for piece in _PIECE_END.split(excerpt.text) if piece.strip()]
    with_values = [reading for reading in readings if any(token.kind in ("number", "date") for token in reading)]
    yield from (with_values or readings) if query.slot in _VALUE_SLOTS else readings


def _covers(known: set[str], piece: Reading) -> bool:
    telling = words(piece)
    held = sum(word in known for word in telling)
    return held == len(telling) if len(telling) <= _FEW else held >= _LEAST * len(telling)


def _values(reading: Reading) -> set[tuple[str, str]]:
    """Dates, and numbers with the word behind them: of what they are."""
    ended = (*reading, Token("sign", "."))
    dates = {("date", repr(token.date)) for token in reading if token.date}
    return dates | {(token.text, behind.text if behind.kind == "word" else "") for token, behind in pairwise(ended) if token.kind in ("number", "code")}
