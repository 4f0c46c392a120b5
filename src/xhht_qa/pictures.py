"""Pages of PDF originals as pictures, for a reader who compares the text with the print."""

from __future__ import annotations

import functools
import io
import threading
from pathlib import Path

from xhht_qa.errors import PictureError

_WIDTH = 1200  # pixels: sharp in the pane of a common screen
_MOST_HEIGHT = 4000  # of a page that is a roll
_KEPT = 64  # pictures, some hundred kilobytes each


class Pictures:
    """Draws pages and keeps the latest; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # PDFium draws one page at a time
        self._drawn = functools.lru_cache(_KEPT)(_draw)

    def page(self, file: Path, number: int) -> bytes:
        """A page of a PDF file as PNG, counted from 1. Raises PictureError."""
        with self._lock:
            return self._drawn(file, number)


def _draw(file: Path, number: int) -> bytes:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            page = document[number - 1]
            width, height = page.get_size()
            picture = page.render(scale=min(_WIDTH / width, _MOST_HEIGHT / height), may_draw_forms=False).to_pil()
    except (pypdfium2.PdfiumError, OSError, IndexError, ZeroDivisionError) as error:
        raise PictureError(f"{file}: page {number} cannot be drawn ({error})") from None
    written = io.BytesIO()
    picture.convert("L" if picture.mode == "L" else "P").save(written, "PNG", optimize=True)
    return written.getvalue()
