"""Words said again and again are read at once: a pattern that can read them in many ways would keep the server busy without end."""

from __future__ import annotations

import time

import pytest

from xhht_qa.query.asking import bare, gap_in, is_closed, without_gaps

LONGEST = 2000  # characters; longer questions are refused
REPEATED = [
    ("gồm có ", "two words of a lead-in that are also one"),
    ("là gồm có ", "several words that lead in to a gap"),
    ("thế vậy còn ", "words that lead in to a follow-up"),
    ("thì sao nhé ", "words that lead out of one"),
    ("có phải không ", "questions for yes or no"),
    ("nếu khi ", "conditions without a consequence"),
    (", ", "no word at all"),
]


@pytest.mark.parametrize(("word", "why"), REPEATED)
def test_words_said_again_and_again_are_read_at_once(word: str, why: str) -> None:
    text = (word * LONGEST)[:LONGEST]
    started = time.perf_counter()
    for read in (gap_in, without_gaps, bare, is_closed):
        read(text)
    assert time.perf_counter() - started < 5, why
