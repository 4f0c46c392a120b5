"""Pictures of pages before they are read: evened, levelled, their ruling lines and columns found; and what is done with the words read."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.readers import ocr
from ingest.readers.pdf_layout import lay_out
from ingest.readers.pdf_page import Page, Word
from ingest.readers.pdf_picture import Picture, columns, evened, levelled, ruling_lines
from ingest.readers.pdf_table import grids, tables


def paper(height: int = 1200, width: int = 1600) -> Picture:
    return np.full((height, width), 255, dtype=np.uint8)


def with_rows(picture: Picture, top: int, bottom: int, left: int, right: int, sinking: float = 0.0) -> Picture:
    """Rows of letter-like strokes, 40 pixels apart."""
    for y in range(top, bottom, 40):
        for x in range(left, right, 20):
            at = y + round(sinking * x)
            picture[at : at + 18, x : x + 6] = 0
    return picture


@pytest.mark.parametrize(
    ("lightest", "darkest", "why"),
    [
        (255, 0, "black on white"),
        (150, 40, "grey paper"),
        (250, 190, "faint print"),
    ],
)
def test_paper_becomes_white_and_ink_black(lightest: int, darkest: int, why: str) -> None:
    grey = with_rows(paper(), 100, 1100, 100, 1500).astype(float) / 255 * (lightest - darkest) + darkest
    shaded = grey * np.linspace(0.6, 1.0, grey.shape[1])  # a shadow at the fold
    even = evened(shaded.astype(np.uint8))
    assert (even[:80] > 235).all(), why
    assert even[100:110, 100:104].max() < 60, why


@pytest.mark.parametrize("sinking", [0.0, 0.02, -0.05])
def test_a_slanting_page_is_levelled(sinking: float) -> None:
    picture = levelled(with_rows(paper(), 200, 1000, 200, 1400, sinking))
    empty = (picture[300:900, 300:1300] == 255).all(axis=1)
    assert empty.sum() > 200  # white shows between the rows over the whole width


def test_ruling_lines_are_told_from_letters() -> None:
    picture = with_rows(paper(), 300, 1000, 250, 750)
    picture[280:283, 200:1200] = 60
    picture[280:900, 800:802] = 60
    assert [(x1 - x0 > 900, y1 - y0 > 500) for x0, y0, x1, y1 in ruling_lines(picture)] == [(True, False), (False, True)]


def test_the_columns_of_a_signature() -> None:
    picture = with_rows(paper(), 100, 380, 100, 1500)
    with_rows(picture, 500, 900, 100, 600)
    with_rows(picture, 520, 900, 1000, 1400)
    (left, right) = columns(picture)
    assert left[2] == right[0]
    assert 600 < left[2] < 1000
    assert 350 < left[1] < 500
    assert columns(with_rows(paper(), 100, 1100, 100, 1500)) == []
    assert columns(paper(20, 20)) == [], "a page narrower than a gutter"


def test_an_underline_that_a_letter_touches_is_no_table() -> None:
    assert grids([(100, 50, 200, 51), (140, 30, 141, 50)]) == []


def test_the_worst_cell_of_a_row_counts() -> None:
    rulings = tuple((50.0, y, 250.0, y) for y in (100.0, 120.0, 140.0)) + tuple((x, 100.0, x, 140.0) for x in (50.0, 150.0, 250.0))
    words = [("một", 60, 115, 0.9), ("hai", 160, 115, 0.5), ("ba", 60, 135, 0.9), ("bốn", 160, 135, 0.9)]
    page = Page(1, 500, 700, tuple(Word(text, x, x + 15, y, 10, confidence=sure) for text, x, y, sure in words), rulings, recognised=True)
    assert tables(page)[0].confidences == (0.5, 0.9)
    assert [line.confidence for line in lay_out([page])] == [0.5, 0.9]


@pytest.mark.parametrize(
    ("read_", "expected", "why"),
    [
        ("các SỞ và TỪng BỘ", "các Sở và Từng Bộ", "capitals that look like their small letters"),
        ("của UBND và QĐ theo TƯ", "của UBND và QĐ theo TƯ", "abbreviations"),
        ("SỞ NỘI VỤ", "SỞ NỘI VỤ", "a row in capitals"),
    ],
)
def test_capitals_follow_their_row(read_: str, expected: str, why: str) -> None:
    row = ((0, 50), (500, 50))
    seen = [ocr._Seen(text, 0, 10, row, 12, 0.9, False) for text in read_.split()]
    assert " ".join(word.text for word in ocr._in_context(seen)) == expected, why


def test_what_was_read_twice_from_one_place_stays_once() -> None:
    words = [Word("NHÂN", 214, 252, 103.3, 14, confidence=0.94), Word("ÂN", 235, 240, 103.4, 16, confidence=0.93), Word("DÂN", 256, 285, 102.2, 14)]
    assert sorted(word.text for word in ocr._apart(words)) == ["DÂN", "NHÂN"]
