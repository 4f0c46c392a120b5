"""A plan as a scanner gives it: pictures of its printed pages, askew, grey, blurred and noisy."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from evals.variants import office
from evals.variants.source import Source
from ingest.readers import ocr

_INK, _PAPER = 35, 238  # of 255: toner is not black, paper not white
_NOISE = 8.0  # standard deviation, of 255
_QUALITY = 60  # of JPEG
_SKEW = 1.5  # degrees


def missing() -> str:
    """What has to be installed first, as the end of a sentence; empty when all is there."""
    return office.missing() or ocr.missing()


def fine(plan: Source, path: Path) -> None:
    """200 dots an inch, laid almost straight."""
    _scan(plan, path, dots=200, degrees=0.3, blur=0.6)


def coarse(plan: Source, path: Path) -> None:
    """120 dots an inch, as a fax or a telephone gives."""
    _scan(plan, path, dots=120, degrees=0.3, blur=0.4)


def turned(plan: Source, path: Path) -> None:
    """200 dots an inch, laid on its side and askew."""
    _scan(plan, path, dots=200, degrees=90 + _SKEW, blur=0.6)


def _scan(plan: Source, path: Path, dots: int, degrees: float, blur: float) -> None:
    import pypdfium2
    from PIL import Image, ImageFilter

    random = np.random.default_rng(0)  # the same noise in every run
    pictures = []
    document = pypdfium2.PdfDocument(io.BytesIO(office.printed(plan)))
    for page in document:
        picture = page.render(scale=dots / 72).to_pil().convert("L")
        picture = picture.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))
        grey = np.asarray(picture) / 255 * (_PAPER - _INK) + _INK + random.normal(0, _NOISE, picture.size[::-1])
        pictures.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    document.close()
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=dots, quality=_QUALITY)
