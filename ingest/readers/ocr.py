"""Pictures of pages → words, with Tesseract and its Vietnamese data, which are optional."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.readers.pdf_page import Box, Page, Word

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
_SAUVOLA = "2"  # the threshold of ink follows the ground around it: a shadow at the fold stays readable
_LONG = 300  # pixels of a row whose slant says something
_NOISE = 0.5  # confidence below which a sign without letter or figure is a speck or a stamp
_SPECK = 0.32  # the same for one or two letters
_SIGNS = frozenset('-–+*•%&/.,;:…()“”"')
_MENDS = (("ĐÐ", "Đ"), ("Ð", "Đ"), ("ð", "đ"))  # the Icelandic letter looks the same
_DARK = 190  # of 255: a hairline between two pixels is only grey
_BRIDGE = 3  # pixels: a shorter break in a ruling is noise
_HALF_WIDTH = 3  # pixels to either side of a line's middle where its ink is looked for
_SHORTEST = 40  # pixels of a stretch of ruling; letters that stand in a gap are lower
_ROW_HEIGHT = 1.1  # letter sizes for one height of Tesseract's rows


# Left, top, right and bottom edge in the picture.
Pixels = tuple[int, int, int, int]


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

    def read(self, picture: npt.NDArray[np.uint8], number: int) -> Page:
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

    def _recognised(self, picture: npt.NDArray[np.uint8], number: int) -> Page | None:
        """The words of a picture as it lies; None when its rows run up or down, which Tesseract reads as well."""
        import tesserocr

        if self._api is None:
            self._api = tesserocr.PyTessBaseAPI(path=str(_data_folder()), lang=_LANGUAGE, psm=tesserocr.PSM.AUTO)
            self._api.SetVariable("thresholding_method", _SAUVOLA)
        height, width = picture.shape
        self._api.SetImageBytes(np.ascontiguousarray(picture).tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(DPI)
        self._api.Recognize()
        seen, lines = _read(self._api.GetIterator())
        self._api.Clear()
        if sum(word.tall for word in seen) > len(seen) / 2:
            return None
        slope = _slope(seen)
        words = tuple(_levelled(word, slope) for word in seen)
        rulings = tuple(stretch for line in lines for stretch in _inked(picture, line, slope))
        return Page(number, width * 72 / DPI, height * 72 / DPI, words, rulings, recognised=True)


def missing() -> str:
    """What has to be installed before pictures can be read, as the end of a sentence; empty when all is there."""
    try:
        import tesserocr  # noqa: F401
    except ImportError:
        return 'install OCR with pip install "xhht-qa[ocr]" and apt-get install tesseract-ocr-vie'
    return "" if _data_folder() else "install the Vietnamese data of Tesseract, on Debian with apt-get install tesseract-ocr-vie"


def confidence(page: Page) -> float:
    """The mean confidence of a page's words by their length, 0 for a page without words."""
    letters = sum(len(word.text) for word in page.words)
    return sum(word.confidence * len(word.text) for word in page.words) / letters if letters else 0.0


def _data_folder() -> Path | None:
    named = os.environ.get("TESSDATA_PREFIX", "")
    folders = [Path(named), Path(named) / "tessdata"] if named else []
    for pattern in _FOLDERS:
        root = Path(Path(pattern).anchor)
        folders += sorted(root.glob(str(Path(pattern).relative_to(root))), reverse=True) if root.exists() else []
    return next((folder for folder in folders if (folder / f"{_LANGUAGE}.traineddata").is_file()), None)


def _read(found: Any) -> tuple[list[_Seen], list[Pixels]]:
    """The words as they lie in the picture, and the boxes of what looks like ruling lines."""
    import tesserocr

    seen: list[_Seen] = []
    lines: list[Pixels] = []
    for item in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        if item.BlockType() in (tesserocr.PT.HORZ_LINE, tesserocr.PT.VERT_LINE):
            lines.append(item.BoundingBox(tesserocr.RIL.BLOCK))
            continue
        sure = item.Confidence(tesserocr.RIL.WORD) / 100
        text = _cleaned(item.GetUTF8Text(tesserocr.RIL.WORD) or "", sure)
        if text:
            x0, y0, x1, y1 = item.BoundingBox(tesserocr.RIL.WORD)
            seen.append(_Seen(text, x0, x1, item.Baseline(tesserocr.RIL.TEXTLINE), item.RowAttributes()["row_height"], sure, y1 - y0 > x1 - x0))
    return seen, lines


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


def _inked(picture: npt.NDArray[np.uint8], box: Pixels, slope: float) -> list[Box]:
    """The stretches of a line that are really drawn, levelled: Tesseract bridges the gaps that merged cells leave."""
    x0, y0, x1, y1 = box
    x, y, scale = (x0 + x1) / 2, (y0 + y1) / 2, 72 / DPI
    level = x1 - x0 > y1 - y0
    grid = picture if level else picture.T  # along the line, across the line
    first, last, middle, start_across, rise = (x0, x1, x, y, slope) if level else (y0, y1, y, x, -slope)
    along = np.arange(max(first, 0), min(last, grid.shape[1]))
    across = np.round(start_across + rise * (along - middle)).astype(int)
    dark = np.zeros(along.size, dtype=bool)
    for offset in range(-_HALF_WIDTH, _HALF_WIDTH + 1):
        dark |= grid[np.clip(across + offset, 0, grid.shape[0] - 1), along] < _DARK
    dark = np.convolve(dark, np.ones(_BRIDGE), "same") > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], dark, [False])).astype(np.int8))).reshape(-1, 2)
    stretches = [(int(along[0] + start), int(along[0] + end)) for start, end in edges if end - start >= _SHORTEST]
    if level:
        return [((start + slope * y) * scale, (y - slope * x) * scale, (end + slope * y) * scale, (y - slope * x) * scale) for start, end in stretches]
    return [((x + slope * y) * scale, (start - slope * x) * scale, (x + slope * y) * scale, (end - slope * x) * scale) for start, end in stretches]
