"""PDFium's view of a file: its pages as words and ruling lines, and as pictures."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.readers.pdf_page import Box, Page, Word, is_ruling
from xhht_qa.errors import ReadError

MAX_PAGES = 600  # the longest plan with its appendices has some two hundred
_MAX_SIDE = 5000.0  # points; no sheet of paper is larger, and the picture of a larger page fills the memory
_MAX_CHARACTERS = 40_000  # of one page; a full page of small print holds eight thousand
_MAX_OBJECTS = 20_000  # of one page that are looked at for ruling lines
_MAX_NESTING = 4  # of forms within forms
_INVISIBLE = 3  # the rendering mode of the text that a scanner lays under its picture
_COLOURED, _BLACK = 60, 110  # of 255: how far the colours of a stamp lie apart, and how light it is; ink below it is darker
_WHITE = 250  # of 255 in every colour
_ASKEW = 0.1  # quarters of a turn: text that slants more is a watermark or a stamp
_PICTURE = 0.3  # of the page: an image this large may hold its text
_OUTLINES = 200  # paths: more on a page without text are letters that were turned into curves


@dataclass(frozen=True)
class Sight:
    """A page as the file states it. ``hidden`` are words that no reader sees; ``pictured`` says that a picture may hold the text."""

    page: Page
    hidden: tuple[Word, ...]
    pictured: bool


@dataclass(frozen=True)
class _Style:
    """What the characters of one text object share; ``turn`` counts quarters of a turn against the clock."""

    size: float
    turn: int
    askew: bool
    bold: bool
    white: bool
    invisible: bool
    clip: Box | None  # what of the page is drawn at all

    def cuts_off(self, x: float, y: float) -> bool:
        """Whether a character at this place is not drawn, as printing programs leave some behind at the ends of pages."""
        return self.clip is not None and not (self.clip[0] - 2 <= x <= self.clip[2] + 2 and self.clip[1] - 2 <= y <= self.clip[3] + 2)

    @property
    def seen(self) -> tuple[bool, bool]:
        """What decides whether a reader sees it."""
        return self.white, self.invisible


class Source:
    """An open PDF. Raises ReadError when it is locked, damaged, empty or too long."""

    def __init__(self, path: Path, data: bytes) -> None:
        import pypdfium2

        self._path = path
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            mend = "it is locked with a password; save it without one" if locked else "the PDF file is damaged; print the plan to PDF again"
            raise ReadError(f"{path}: {mend}") from None
        if not 0 < len(self) <= MAX_PAGES:
            count = len(self)
            self.close()
            raise ReadError(f"{path}: the PDF has {count} pages, 1 to {MAX_PAGES} can be read; split it into one file a plan")

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Free the file."""
        self._document.close()

    def sight(self, index: int) -> Sight | None:
        """What stands on a page, or None when the page is damaged or absurdly large."""
        import pypdfium2

        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            return None
        try:
            return _sight(page, index + 1) if max(page.get_size()) <= _MAX_SIDE else None
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def picture(self, index: int, dpi: int) -> npt.NDArray[np.uint8]:
        """The page as grey values, rows from the top down, 255 for white; red stamps and blue signatures are taken away."""
        page = self._document[index]
        try:
            bitmap = page.render(scale=dpi / 72)
            colours = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)
            lightest, darkest = colours[:, :, :3].max(axis=2), colours[:, :, :3].min(axis=2)
            return np.where((lightest - darkest > _COLOURED) & (lightest > _BLACK), np.uint8(255), lightest).astype(np.uint8)
        finally:
            page.close()


def _sight(page: Any, number: int) -> Sight:
    left, bottom, right, top = page.get_cropbox()
    boxes, shades, pictured, outlines = _drawn(page, (right - left) * (top - bottom))
    text_page = page.get_textpage()
    try:
        runs = list(_runs(text_page))
    finally:
        text_page.close()
    turn = Counter(style.turn for style, _ in runs for _ in range(1)).most_common(1)[0][0] if runs else 0

    def placed(box: Box) -> Box:
        """From PDF's own places, upwards from the bottom left, to places on the upright page."""
        x0, y0, x1, y1 = box
        return {
            0: (x0 - left, top - y1, x1 - left, top - y0),
            1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            2: (right - x1, y0 - bottom, right - x0, y1 - bottom),
            3: (top - y1, right - x1, top - y0, right - x0),
        }[turn]

    seen: list[Word] = []
    hidden: list[Word] = []
    for style, characters in runs:
        text = "".join(character for character, _ in characters)
        boxes_of_run = [placed(box) for _, box in characters]
        x0, x1 = min(box[0] for box in boxes_of_run), max(box[2] for box in boxes_of_run)
        word = Word(text, x0, x1, boxes_of_run[0][3], style.size, style.bold)
        on_shade = any(shade[0] <= characters[0][1][0] <= shade[2] and shade[1] <= characters[0][1][1] <= shade[3] for shade in shades)
        (hidden if style.invisible or (style.white and not on_shade) else seen).append(word)
    width, height = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
    rulings = tuple(box for box in map(placed, boxes) if is_ruling(box))
    without_text = sum(len(word.text) for word in seen) < 20
    return Sight(Page(number, width, height, tuple(seen), rulings), tuple(hidden), pictured or (without_text and outlines > _OUTLINES))


def _runs(text_page: Any) -> Iterator[tuple[_Style, list[tuple[str, Box]]]]:
    """Characters without white space between them, each with its advance along the baseline (left, baseline, right, baseline)."""
    import pypdfium2.raw as pdfium

    styles: dict[int, _Style] = {}
    run: list[tuple[str, Box]] = []
    style: _Style | None = None
    guessed = False
    x, y, rect = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(min(text_page.count_chars(), _MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        character = "-" if code == 2 else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"  # 2: a soft hyphen at a line's end
        if character.isspace():
            if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
                guessed = guessed or character == " "  # PDFium's guess at a space that the file leaves to the gap
                continue
            if run and style:
                yield style, run
            run = []
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, rect)
        own = _style(text_page, index, styles)
        box = _advance(own.turn, x.value, y.value, (rect.left, rect.bottom, rect.right, rect.top))
        if own.askew or own.cuts_off(x.value, y.value):
            continue
        if run and style and (own.seen != style.seen or own.turn != style.turn or not _goes_on(own, run[-1][1], box, guessed)):
            yield style, run
            run = []
        guessed = False
        style = own if not run else style  # a letter that the font lacks comes from another one and stays in its word
        run.append((character, box))
    if run and style:
        yield style, run


def _advance(turn: int, x: float, y: float, loose: Box) -> Box:
    """The stretch of baseline that a character takes up."""
    return {0: (x, y, loose[2], y), 1: (x, y, x, loose[3]), 2: (loose[0], y, x, y), 3: (x, loose[1], x, y)}[turn]


def _goes_on(style: _Style, last: Box, box: Box, guessed: bool) -> bool:
    """Whether a character stands right behind the one before it, on the same baseline; closer still where a space was guessed."""
    if style.turn % 2:
        along, across = (box[1] - last[3] if style.turn == 1 else last[1] - box[3]), box[0] - last[0]
    else:
        along, across = (box[0] - last[2] if style.turn == 0 else last[0] - box[2]), box[1] - last[1]
    return abs(across) < 0.1 * style.size and -0.6 * style.size < along < (0.12 if guessed else 0.25) * style.size


def _style(text_page: Any, index: int, styles: dict[int, _Style]) -> _Style:
    import pypdfium2.raw as pdfium

    text_object = pdfium.FPDFText_GetTextObject(text_page, index)
    key = ctypes.addressof(text_object.contents) if text_object else -1
    if key in styles:
        return styles[key]
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 128, None)
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    pdfium.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha)
    quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    styles[key] = _Style(
        size=size,
        turn=round(quarters) % 4,
        askew=abs(quarters - round(quarters)) > _ASKEW,
        bold=b"bold" in name.value.lower() or b"black" in name.value.lower(),
        white=min(red.value, green.value, blue.value) >= _WHITE,
        invisible=bool(text_object) and pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE,
        clip=_clip(text_object) if text_object else None,
    )
    return styles[key]


def _clip(item: Any) -> Box | None:
    """The box within which an object is drawn, None for the whole page."""
    import pypdfium2.raw as pdfium

    path = pdfium.FPDFPageObj_GetClipPath(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    boxes = []
    for index in range(pdfium.FPDFClipPath_CountPaths(path) if path else 0):
        points = []
        for number in range(pdfium.FPDFClipPath_CountPathSegments(path, index)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, index, number), x, y)
            points.append((x.value, y.value))
        if points:
            boxes.append((min(a for a, _ in points), min(b for _, b in points), max(a for a, _ in points), max(b for _, b in points)))
    if not boxes:
        return None
    return max(box[0] for box in boxes), max(box[1] for box in boxes), min(box[2] for box in boxes), min(box[3] for box in boxes)


def _drawn(page: Any, area: float) -> tuple[list[Box], list[Box], bool, int]:
    """The boxes of lines, those of coloured grounds, whether a large image is there, and the number of paths."""
    import pypdfium2.raw as pdfium

    lines: list[Box] = []
    shades: list[Box] = []
    pictured, paths = False, 0
    for count, item in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE), max_depth=_MAX_NESTING)):
        if count >= _MAX_OBJECTS:
            break
        box: Box = item.get_bounds()
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = pictured or (box[2] - box[0]) * (box[3] - box[1]) >= area * _PICTURE
            shades.append(box)
            continue
        paths += 1
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, mode, stroked)
        if is_ruling(box):
            lines.append(box)
        elif stroked.value:
            lines += _strokes(item)
        if mode.value and not is_ruling(box):
            shades.append(box)
    return lines, shades, pictured, paths


def _strokes(item: Any) -> Iterator[Box]:
    """The straight pieces of a stroked path, a rectangle's four edges for example."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    at: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(item), _MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and at:
            yield _spanned(at, point)
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield _spanned(point, start)
        at = point


def _spanned(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
