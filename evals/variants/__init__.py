"""One plan in every format that the product reads: what a civil servant may have in place of the plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from evals.variants import office, plain, scan, web, word
from evals.variants.source import Source, load_source

__all__ = ["VARIANTS", "Source", "Variant", "load_source", "office"]


def _nothing() -> str:
    return ""


def _word_package() -> str:
    return "" if find_spec("docx") else "install python-docx with pip install -e .[dev]"


@dataclass(frozen=True)
class Variant:
    """``write`` makes a file of a plan; the other values are what reading it back must reach."""

    suffix: str
    write: Callable[[Source, Path], None]
    addresses: float = 1.0  # F1 of the addresses, at least
    errors: float = 0.001  # character error rate, at most
    warns: bool = False  # a person must be told that the text was recognised or guessed
    missing: Callable[[], str] = _nothing  # what has to be installed before it can be made and read, as the end of a sentence


def _office_missing() -> str:
    return _word_package() or office.missing()


def _scan_missing() -> str:
    return _word_package() or scan.missing()


VARIANTS: Mapping[str, Variant] = {
    "txt-utf8": Variant(".txt", plain.utf8_with_mark),
    "txt-utf16": Variant(".txt", plain.utf16),
    "txt-nfd": Variant(".txt", plain.decomposed),
    "txt-tcvn3": Variant(".txt", plain.tcvn3, warns=True),
    "txt-vni": Variant(".txt", plain.vni, warns=True),
    "txt-cp1258": Variant(".txt", plain.cp1258, warns=True),
    "txt-wrapped": Variant(".txt", plain.wrapped),
    "md-marks": Variant(".md", plain.markdown),
    "docx-typed": Variant(".docx", word.typed, missing=_word_package),
    "docx-auto": Variant(".docx", word.automatic, missing=_word_package),
    "docx-styles": Variant(".docx", word.styled, missing=_word_package),
    "docx-breaks": Variant(".docx", word.broken, missing=_word_package),
    "docx-tabs": Variant(".docx", word.tabbed, missing=_word_package),
    "docx-tcvn3": Variant(".docx", word.tcvn3, missing=_word_package),
    "docx-vni": Variant(".docx", word.vni, missing=_word_package),
    "docx-changes": Variant(".docx", word.changed, warns=True, missing=_word_package),
    "doc": Variant(".doc", office.doc, missing=_office_missing),
    "odt": Variant(".odt", office.odt, missing=_office_missing),
    "rtf": Variant(".rtf", office.rtf, missing=_office_missing),
    "html-portal": Variant(".html", web.portal),
    "html-word": Variant(".html", web.word),
    "html-lists": Variant(".html", web.lists),
    "html-breaks": Variant(".html", web.breaks),
    "pdf-text": Variant(".pdf", office.pdf, addresses=0.99, missing=_office_missing),
    "pdf-unruled": Variant(".pdf", office.pdf_unruled, addresses=0.99, missing=_office_missing),
    "pdf-scan200": Variant(".pdf", scan.fine, addresses=0.95, errors=0.005, warns=True, missing=_scan_missing),
    "pdf-scan120": Variant(".pdf", scan.coarse, addresses=0.8, errors=0.03, warns=True, missing=_scan_missing),
    "pdf-turned": Variant(".pdf", scan.turned, addresses=0.8, errors=0.03, warns=True, missing=_scan_missing),
}
