"""Pictures of pages → words, with Tesseract and its Vietnamese data, which are optional."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from ingest.readers.pdf_page import Box, Page, Word
from ingest.readers.pdf_picture import Picture, Pixels, columns, evened, inked, levelled, ruling_lines, wiped
from ingest.readers.pdf_table import grids

DPI = 200  # finer pictures take longer and read no better
_LANGUAGE = "vie"
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
_UPRIGHT = 0.7  # mean confidence of a page that stands upright: measured 0.9 and more, 0.4 and less when turned
_LONG = 300  # pixels of a row whose slant says something
_NOISE = 0.5  # confidence below which a sign without letter or figure is a speck or a stamp
_SPECK = 0.32  # the same for one or two letters
_SIGNS = frozenset('-–+*•%&/.,;:…()“”"')
_MENDS = (("ĐÐ", "Đ"), ("Ð", "Đ"), ("ð", "đ"), ("TIr", "TTr"), ("CIr", "CTr"))  # the Icelandic letter looks the same; no number has an "Ir"
_CAPITALISED = re.compile(
    r"\b[^\W\d_a-zđ][ỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲÝỶỸỴÓÒỎÕỌÚÙỦŨỤẾỀỂỄỆ](?=[^\W\d_]*\b)(?![A-ZĐ])[^\W\d_A-ZĐ]*\b"
)  # capitals that look like their small letters
_BESIDE = 6  # pixels beside a table that belong to its frame
_UNDERLINE = 150  # pixels of a line; the strokes of letters in a row may look like a shorter one
_NARROW = 12  # pixels of a cell; less is a double line
_SPOT = 20  # pixels of ink; fewer are dirt
# Tesseract looks beyond the edge of a page and gets over it; what its picture library says of that is no matter of the reader.
_HARMLESS = (b"boxClipToRectangle", b"pixScanForForeground", b"pixClipBoxToForeground")
_ROW_HEIGHT = 1.1  # letter sizes for one height of Tesseract's rows


@dataclass(frozen=True)
class _Seen:
    """A word as it lies in the picture, in pixels; ``row`` holds the two ends of its row's baseline, ``sure`` is 0..1."""

    text: str
    x0: int
    x1: int
    row: tuple[tuple[int, int], tuple[int, int]]
    height: float
    sure: float
    tall: bool  # higher than wide, as words are whose row runs up or down


class Recogniser:
    """Reads pages one after the other; the engine is loaded for the first one. Use it only when ``missing()`` is empty."""

    def __init__(self) -> None:
        self._api: Any = None
        self._turn = 0  # quarters by which the last page had to be turned: the pages of one scan mostly lie alike

    def close(self) -> None:
        """Free the engine."""
        if self._api is not None:
            self._api.End()
            self._api = None

    def read(self, picture: Picture, number: int) -> Page:
        """The words of a picture at ``DPI``, turned upright and level; a page without words when nothing can be read."""
        best, best_turn = Page(number, picture.shape[1] * 72 / DPI, picture.shape[0] * 72 / DPI, (), (), recognised=True), self._turn
        for turn in sorted(range(4), key=lambda turn: (turn - self._turn) % 4):
            page = self._recognised(np.rot90(picture, turn), number)
            if page is None:
                continue
            if confidence(page) > confidence(best):
                best, best_turn = page, turn
            if not page.words or confidence(page) >= _UPRIGHT:
                break
        self._turn = best_turn
        return best

    def _recognised(self, picture: Picture, number: int) -> Page | None:
        """The words of a picture as it lies; None when its rows run up or down, which Tesseract reads as well."""
        import tesserocr

        picture = levelled(evened(picture))
        height, width = picture.shape
        lines = ruling_lines(picture)
        rulings = [_points(line) for line in lines]
        ruled = grids(rulings)
        underlines = [line for line in lines if line[2] - line[0] >= _UNDERLINE]
        text = wiped(wiped(picture, underlines), [_pixels(grid.box) for grid in ruled], margin=_BESIDE)
        beside = columns(text)
        seen = self._seen(wiped(text, beside, margin=0), tesserocr.PSM.AUTO)
        if sum(word.tall for word in seen) > len(seen) / 2:
            return None
        slope = _slope(seen)
        seen += self._seen(text, tesserocr.PSM.SINGLE_BLOCK, beside) if beside else []
        words = _apart([_levelled(word, slope) for word in _in_context(seen)])
        for grid in ruled:
            cells = wiped(picture, [_pixels(line) for line in grid.rulings])
            boxes = [_pixels(box) for box in grid.boxes]
            words += [_levelled(word, slope) for word in self._seen(cells, tesserocr.PSM.SINGLE_BLOCK, boxes)]
        return Page(number, width * 72 / DPI, height * 72 / DPI, tuple(words), tuple(rulings), recognised=True)

    def _seen(self, picture: Picture, layout: int, boxes: Sequence[Pixels] = ()) -> list[_Seen]:
        """The words of a picture, or of the places in it that hold any ink."""
        import tesserocr

        if self._api is None:
            _hush()
            self._api = tesserocr.PyTessBaseAPI(path=str(data_folder()), lang=_LANGUAGE)
        height, width = picture.shape
        self._api.SetPageSegMode(layout)
        self._api.SetImageBytes(np.ascontiguousarray(picture).tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(DPI)
        seen: list[_Seen] = []
        for x0, y0, x1, y1 in boxes or [(0, 0, width, height)]:
            x1, y1 = min(x1, width), min(y1, height)
            if x1 - x0 < _NARROW or y1 - y0 < _NARROW or inked(picture, (x0, y0, x1, y1)) < _SPOT:
                continue
            self._api.SetRectangle(x0, y0, x1 - x0, y1 - y0)
            self._api.Recognize()
            seen += _words(self._api.GetIterator())
        self._api.Clear()
        return seen


def missing() -> str:
    """What has to be installed before pictures can be read, as the end of a sentence; empty when all is there."""
    try:
        import tesserocr  # noqa: F401
    except ImportError:
        return 'install OCR with pip install "xhht-qa[ocr]" and apt-get install tesseract-ocr-vie'
    return "" if data_folder() else "install the Vietnamese data of Tesseract, on Debian with apt-get install tesseract-ocr-vie"


def confidence(page: Page) -> float:
    """The mean confidence of a page's words by their length, 0 for a page without words."""
    letters = sum(len(word.text) for word in page.words)
    return sum(word.confidence * len(word.text) for word in page.words) / letters if letters else 0.0


def data_folder() -> Path | None:
    """Where the Vietnamese data of Tesseract lies, None without it."""
    named = os.environ.get("TESSDATA_PREFIX", "")
    folders = [Path(named), Path(named) / "tessdata"] if named else []
    for pattern in _FOLDERS:
        root = Path(Path(pattern).anchor)
        folders += sorted(root.glob(str(Path(pattern).relative_to(root))), reverse=True) if root.exists() else []
    return next((folder for folder in folders if (folder / f"{_LANGUAGE}.traineddata").is_file()), None)


def _say(message: bytes) -> None:
    if not any(name in message for name in _HARMLESS):
        sys.stderr.write(message.decode(errors="replace"))


_SAY = ctypes.CFUNCTYPE(None, ctypes.c_char_p)(_say)


def _hush() -> None:
    """Let Leptonica, which Tesseract carries along, say on standard error only what is worth reading."""
    import tesserocr

    extension = sys.modules[tesserocr.PyTessBaseAPI.__module__].__file__
    with contextlib.suppress(OSError, AttributeError):  # where the library is built into another file
        ctypes.CDLL(extension).leptSetStderrHandler(_SAY)


def _points(box: Pixels) -> Box:
    x0, y0, x1, y1 = (place * 72 / DPI for place in box)
    return x0, y0, x1, y1


def _pixels(box: Box) -> Pixels:
    x0, y0, x1, y1 = (max(round(place * DPI / 72), 0) for place in box)
    return x0, y0, x1, y1


def _words(found: Any) -> list[_Seen]:
    """The words as they lie in the picture."""
    import tesserocr

    seen: list[_Seen] = []
    if found is None:
        return seen
    for item in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        if item.Empty(tesserocr.RIL.WORD) or item.BlockType() in (tesserocr.PT.HORZ_LINE, tesserocr.PT.VERT_LINE):
            continue
        sure = item.Confidence(tesserocr.RIL.WORD) / 100
        text = _cleaned(item.GetUTF8Text(tesserocr.RIL.WORD) or "", sure)
        if text:
            x0, y0, x1, y1 = item.BoundingBox(tesserocr.RIL.WORD)
            seen.append(_Seen(text, x0, x1, item.Baseline(tesserocr.RIL.TEXTLINE), item.RowAttributes()["row_height"], sure, y1 - y0 > x1 - x0))
    return seen


def _cleaned(read: str, sure: float) -> str:
    """The printed text of a word, "" for a speck, a piece of a ruling line or a stamp."""
    text = read.strip().strip("|_ˆ`")
    for misread, printed in _MENDS:
        text = text.replace(misread, printed)
    if any(sign.isalnum() for sign in text):
        text = _with_small_letters(text)
        return text if len(text) > 2 or sure >= _SPECK else ""
    text = "-" if text in ("~", "—", "=") else text
    return text if set(text) <= _SIGNS and sure >= (_SPECK if text == "-" else _NOISE) else ""


def _with_small_letters(text: str) -> str:
    """ "giỜ" → "giờ", "cỦa" → "của": capitals of one form with their small letters, inside a word that begins small."""
    head, *rest = re.split(r"(?<=[^\W\d_])(?=[^\w])", text, maxsplit=1)
    return head.lower() + "".join(rest) if head[:1].islower() and head.isalpha() and not head.islower() else text


def _in_context(seen: Sequence[_Seen]) -> list[_Seen]:
    """The words of rows that are mostly small letters with "SỞ" as "Sở" and "TỪng" as "Từng"."""
    rows: dict[tuple[tuple[int, int], tuple[int, int]], str] = {}
    for word in seen:
        rows[word.row] = rows.get(word.row, "") + word.text
    small = {row: sum(letter.islower() for letter in text) > sum(letter.isupper() for letter in text) for row, text in rows.items()}
    return [replace(word, text=_CAPITALISED.sub(lambda found: found.group().capitalize(), word.text)) if small[word.row] else word for word in seen]


def _apart(words: Sequence[Word]) -> list[Word]:
    """The words without those that were read twice from one place: the surer reading stays."""
    ordered = sorted(words, key=lambda word: word.baseline)
    doubled: set[int] = set()
    for index, word in enumerate(ordered):
        for other in range(index + 1, len(ordered)):
            below = ordered[other]
            if below.baseline - word.baseline > 0.3 * word.size:
                break
            if min(word.x1, below.x1) - max(word.x0, below.x0) > 0.5 * min(word.x1 - word.x0, below.x1 - below.x0):
                doubled.add(min((index, other), key=lambda place: (ordered[place].confidence, ordered[place].x1 - ordered[place].x0)))
    return [word for index, word in enumerate(ordered) if index not in doubled]


def _slope(seen: list[_Seen]) -> float:
    """How many pixels the rows sink on their way to the right, a pixel: the median over the long rows, 0 without any."""
    slopes = {((x0, y0), (x1, y1)): (y1 - y0) / (x1 - x0) for word in seen for (x0, y0), (x1, y1) in [word.row] if x1 - x0 >= _LONG}
    return median(slopes.values()) if slopes else 0.0


def _levelled(seen: _Seen, slope: float) -> Word:
    (left, start), (right, end) = seen.row
    middle = (seen.x0 + seen.x1) / 2
    baseline = start + (end - start) * (middle - left) / (right - left) if right > left else start
    shift = slope * baseline
    x0, x1, y = ((value * 72 / DPI) for value in (seen.x0 + shift, seen.x1 + shift, baseline - slope * middle))
    return Word(seen.text, x0, x1, y, seen.height * _ROW_HEIGHT * 72 / DPI, confidence=seen.sure)
