"""PDF files: the text where the file holds it, else what OCR reads from the picture, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readability import READABLE, readability
from ingest.readers import ocr, progress
from ingest.readers.pdf_layout import Printed, lay_out
from ingest.readers.pdf_numerals import mend_numerals
from ingest.readers.pdf_page import Page
from ingest.readers.pdf_phrases import mend_spelling
from ingest.readers.pdf_source import Sight, Source
from ingest.readers.reading import Reading
from xhht_qa.errors import ReadError
from xhht_qa.types import Line

_FEW = 20  # letters: a page with fewer has no text of its own
_SHAKY = 0.8  # confidence of a line, or of a whole page, below which a person should compare it with the picture
_NAMED = 10  # pages or lines that one warning names; the others are counted


@dataclass
class _Notes:
    """The pages of which a person should know something."""

    damaged: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    under_picture: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    faint: list[int] = field(default_factory=list)


def read_pdf(path: Path, data: bytes) -> Reading:
    """A line a paragraph or table row, with its page. Raises ReadError for a file that is locked, damaged, too long or cannot be made out."""
    notes, pages = _Notes(), []
    source, recogniser, missing = Source(path, data), ocr.Recogniser(), ocr.missing()
    count = len(source)
    try:
        for index in range(count):
            sight = source.sight(index)
            if sight is None:
                notes.damaged.append(index + 1)
            elif missing or not _needs_eyes(sight):
                pages.append(_by_text(sight, notes))
            else:
                pages.append(_by_picture(sight, recogniser.read(source.picture(index, ocr.DPI), index + 1), notes))
            progress.page_done(index + 1, count, recognised=(index + 1) in notes.recognised)
    finally:
        recogniser.close()
        source.close()
    if not any(page.words for page in pages):
        raise ReadError(f"{path}: {_empty(notes, missing)}")
    spelt, respelt = mend_spelling(lay_out(pages))
    printed, changed = mend_numerals(spelt)
    lines = tuple(Line(number, line.text, line.cells, line.page, line.recognised and line.confidence < _SHAKY) for number, line in enumerate(printed, start=1))
    return Reading(lines, (*_warnings(notes, missing), *changed, *respelt, *_shaky(printed, notes)), count, tuple(notes.recognised))


def _needs_eyes(sight: Sight) -> bool:
    """Whether the page is a picture, or its text is garbled."""
    return (sight.pictured and _letters(sight.page) < _FEW) or readability(sight.page.text) < READABLE


def _by_text(sight: Sight, notes: _Notes) -> Page:
    page = sight.page
    if sight.pictured and _letters(page) < _FEW:
        invisible = Page(page.number, page.width, page.height, (*page.words, *sight.hidden), page.rulings)
        if readability(invisible.text) >= READABLE and _letters(invisible) >= _FEW:
            notes.under_picture.append(page.number)
            return invisible
        notes.unread.append(page.number)
    elif readability(page.text) < READABLE:
        notes.garbled.append(page.number)
    elif sight.hidden:
        notes.hidden.append(page.number)
    return page


def _by_picture(sight: Sight, recognised: Page, notes: _Notes) -> Page:
    """What was recognised, unless the file's own text makes more sense after all."""
    if _letters(sight.page) >= _FEW and readability(recognised.text) <= readability(sight.page.text):
        notes.garbled.append(sight.page.number)
        return sight.page
    if recognised.words:
        notes.recognised.append(sight.page.number)
        if ocr.confidence(recognised) < _SHAKY:
            notes.faint.append(sight.page.number)
    return recognised


def _letters(page: Page) -> int:
    return sum(len(word.text) for word in page.words)


def _empty(notes: _Notes, missing: str) -> str:
    if notes.unread:
        return f"the pages are pictures; {missing}"
    if notes.damaged:
        return "no page can be opened; print the plan to PDF again"
    return "no text was found on any page; scan the plan again at 200 dots an inch or more"


def _warnings(notes: _Notes, missing: str) -> list[str]:
    sentences = (
        (notes.damaged, "damaged and left out; print the plan to PDF again"),
        (notes.unread, f"a picture and left out; {missing}"),
        (notes.garbled, f"garbled because the file lacks its fonts{f'; {missing}' if missing else ''}"),
        (notes.under_picture, f"a picture, so the text that the scanner laid under it was taken; {missing}"),
        (notes.hidden, "partly hidden: words that no reader of the page sees were left out"),
        (notes.recognised, "a picture and was read by OCR; compare numbers and dates with the page"),
        (notes.faint, "hard to make out; scan it again at 200 dots an inch or more"),
    )
    return [f"{_pages(pages)} is {sentence}" for pages, sentence in sentences if pages]


def _shaky(printed: Sequence[Printed], notes: _Notes) -> list[str]:
    """The single lines that were recognised badly, outside the pages that are named as a whole."""
    lines = [line for line in printed if line.recognised and line.confidence < _SHAKY and line.page not in notes.faint]
    sentences = [f"page {line.page}: “{line.text[:60]}” was hard to make out; compare it with the page" for line in lines[:_NAMED]]
    return [*sentences, *([f"{len(lines) - _NAMED} more lines were hard to make out"] if len(lines) > _NAMED else [])]


def _pages(numbers: Sequence[int]) -> str:
    """ "page 3", "each of pages 1-4, 6": consecutive pages as a span."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    named = ", ".join("-".join(map(str, span)) for span in spans[:_NAMED]) + (", …" if len(spans) > _NAMED else "")
    return f"page {named}" if len(numbers) == 1 else f"each of pages {named}"
