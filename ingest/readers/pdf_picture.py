"""The picture of a page made even and straight, and the ruling lines in it, found and wiped out: what disturbs the recognition of letters.

Grey values, rows from the top down, 255 for white; places are in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
# Left, top, right and bottom edge in the picture.
Pixels = tuple[int, int, int, int]

_COARSE = 4  # pixels to one where only the slant or the paper is measured
_STEEPEST = 0.09  # pixels down a pixel to the right, about five degrees
_STEP = 0.002
_LEVEL = 0.004  # less is level
_BLOCK = 32  # pixels within which the paper is equally bright
_PAPER = 80  # percentile of the brightness in a block: most of every block is paper
_DARKEST_PAPER = 60  # of 255; darker is no paper
_INK = 0.5  # percentile of the brightness of the page: a page with one line of letters has as much ink
_PALEST_INK = 0.8  # of the paper's brightness; paler is dirt on an empty page
_DARK = 190  # of 255 in an evened picture: a hairline between two pixels is only grey
_WIDEST = 12  # pixels of a ruling line; more is a picture or a shadow
_LEVEL_RUN, _UPRIGHT_RUN = 80, 52  # pixels without a break that letters do not have
_UNBROKEN = 0.96  # of a run: noise makes holes
_MARGIN = 1  # pixels beside a line that its blur has greyed; more would take the dots below letters
_STROKE = 3  # dark pixels of a coarse one; fewer are noise
_WORDS = 10  # coarse pixels of ink in a row: a short word has more, dirt less
_LEADING = 9  # coarse pixels from one row to the next: the rows of two columns lie between each other
_GUTTER, _TALL, _SIDE_BY_SIDE = 9, 48, 30  # coarse pixels: the width and height of a gutter, and how much of it has ink to both sides
_MOST_GUTTERS = 2  # on a page, a letterhead's and a signature's; more are gaps between words, in a picture that is hardly legible
_OUTER = 0.3  # of the page's width at either side, where no gutter is
_MOST_RUNS = 20_000  # in a page that is ruled; more is a dark picture


def levelled(picture: Picture) -> Picture:
    """An evened picture turned by the few degrees by which its rows slant."""
    slant = _slant(picture)
    if abs(slant) < _LEVEL:
        return picture
    return _sheared(_sheared(picture, slant).T, -slant).T


def ruling_lines(picture: Picture) -> list[Pixels]:
    """The thin straight lines of an evened and levelled picture."""
    dark = picture < _DARK
    return [*_runs(dark, _LEVEL_RUN), *((x0, y0, x1, y1) for y0, x0, y1, x1 in _runs(dark.T, _UPRIGHT_RUN))]


def evened(picture: Picture) -> Picture:
    """The picture with its paper white and its ink black, however bright either is and whatever shadow lies on it."""
    height, width = picture.shape
    thinned = np.pad(picture, ((0, -height % _BLOCK), (0, -width % _BLOCK)), mode="edge")[::_COARSE, ::_COARSE]
    side = _BLOCK // _COARSE
    blocks = thinned.reshape(thinned.shape[0] // side, side, thinned.shape[1] // side, side).swapaxes(1, 2)
    paper = np.maximum(np.percentile(blocks.reshape(*blocks.shape[:2], -1), _PAPER, axis=2), _DARKEST_PAPER).astype(np.float32)
    shares = picture / paper.repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1)[:height, :width]
    ink = min(float(np.percentile(shares[::_COARSE, ::_COARSE], _INK)), _PALEST_INK)
    return np.clip((shares - ink) * (255 / (1 - ink)), 0, 255).astype(np.uint8)


def inked(picture: Picture, box: Pixels) -> int:
    """How many pixels of a box are dark."""
    x0, y0, x1, y1 = box
    return int((picture[y0:y1, x0:x1] < _DARK).sum())


def wiped(picture: Picture, boxes: Sequence[Pixels], margin: int = _MARGIN) -> Picture:
    """The picture with boxes painted white."""
    clean = picture.copy()
    for x0, y0, x1, y1 in boxes:
        clean[max(y0 - margin, 0) : y1 + margin, max(x0 - margin, 0) : x1 + margin] = 255
    return clean


def columns(picture: Picture) -> list[Pixels]:
    """The places left and right of each white gutter, of a letterhead or a signature: rows that lie side by side and are no one row."""
    height, width = picture.shape[0] // _COARSE, picture.shape[1] // _COARSE
    ink = (picture[: height * _COARSE, : width * _COARSE] < _DARK).reshape(height, _COARSE, width, _COARSE).sum(axis=(1, 3)) >= _STROKE
    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    blank = sums[:, _GUTTER:] == sums[:, :-_GUTTER]
    found: list[Pixels] = []
    taken = np.zeros(height, dtype=bool)
    middle = range(int(_OUTER * width), min(int((1 - _OUTER) * width), blank.shape[1]), 2)
    strips = [(last - first, first, last, x) for x in middle for first, last in _spans(blank[:, x]) if last - first >= _TALL]
    for _, first, last, x in sorted(strips, reverse=True):
        sides = ink[first:last, width // 10 : x], ink[first:last, x + _GUTTER : width - width // 10]  # at the edges may be what the paper lay on
        left, right = (np.convolve(side.sum(axis=1) >= _WORDS, np.ones(_LEADING), "same") > 0 for side in sides)
        if taken[first:last].any() or (left & right).sum() < _SIDE_BY_SIDE:
            continue
        taken[first:last] = True
        edge = (x + _GUTTER // 2) * _COARSE
        found += [(0, first * _COARSE, edge, last * _COARSE), (edge, first * _COARSE, width * _COARSE, last * _COARSE)]
    return found if len(found) <= 2 * _MOST_GUTTERS else []


def _spans(marked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The start and end of each unbroken stretch."""
    edges = np.flatnonzero(np.diff(np.pad(marked, 1).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _slant(picture: Picture) -> float:
    """How many pixels the rows sink, a pixel to the right: where their ink gathers most sharply."""
    y, x = np.nonzero(picture[::_COARSE, ::_COARSE] < _DARK)
    if not y.size:
        return 0.0

    def sharpness(slant: float) -> float:
        profile = np.bincount(np.round(y - slant * x + _STEEPEST * picture.shape[1]).astype(int)).astype(float)
        return float((np.diff(profile) ** 2).sum())

    return float(max(np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP), key=lambda slant: (round(sharpness(slant)), -abs(slant))))


def _sheared(picture: Picture, slant: float) -> Picture:
    """Each column moved up by its distance from the middle times the slant."""
    height, width = picture.shape
    shifts = np.round(slant * (np.arange(width) - width / 2)).astype(int)
    moved = np.full_like(picture, 255)
    starts = np.flatnonzero(np.diff(shifts, prepend=shifts[0] - 1))
    for start, end in zip(starts, [*starts[1:], width], strict=True):
        shift = int(shifts[start])
        moved[max(-shift, 0) : height - max(shift, 0), start:end] = picture[max(shift, 0) : height - max(-shift, 0), start:end]
    return moved


def _runs(dark: npt.NDArray[np.bool_], length: int) -> list[Pixels]:
    """The level lines of at least ``length`` pixels, each grown from the runs of neighbouring rows."""
    if dark.shape[1] <= length:
        return []
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    sums = np.cumsum(np.pad(thick, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = sums[:, length:] - sums[:, :-length] >= length * _UNBROKEN
    edges = np.diff(np.pad(full, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1] + length - 1
    lines: list[list[int]] = []
    growing: list[list[int]] = []
    for y, x0, x1 in zip(rows[:_MOST_RUNS].tolist(), starts[:_MOST_RUNS].tolist(), ends[:_MOST_RUNS].tolist(), strict=True):
        growing = [line for line in growing if y - line[3] <= 1]
        line = next((line for line in growing if x0 < line[2] and line[0] < x1), None)
        if line:
            line[0], line[2], line[3] = min(line[0], x0), max(line[2], x1), y
        else:
            growing.append([x0, y, x1, y])
            lines.append(growing[-1])
    return [(x0, y0, x1, y1 + 1) for x0, y0, x1, y1 in lines if y1 - y0 < _WIDEST]
