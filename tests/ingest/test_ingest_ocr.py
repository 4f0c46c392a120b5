"""Scanned PDFs: pictures of a plan, straight, askew, coarse or turned, give the plan's own sections."""

from __future__ import annotations

import ctypes
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from prerequisites import missing, shared_path

from ingest.outline import parse_outline
from ingest.parse import parse
from ingest.read import read
from ingest.readers import ocr
from ingest.readers.pdf import read_pdf
from xhht_qa.errors import ReadError


@pytest.fixture
def engine() -> None:
    """Skip where OCR is not installed."""
    if ocr.missing():
        missing(f"OCR is not on this machine: {ocr.missing()}")


def scan(source: Path, target: Path, dots: int, turned: float = 0.0, pages: int = 1) -> Path:
    """The first page of a PDF, or more of them, as grey pictures with noise, ``turned`` degrees against the clock."""
    import pypdfium2
    from PIL import Image

    random = np.random.default_rng(7)
    pictures = []
    document = pypdfium2.PdfDocument(source)
    for index in range(min(pages, len(document))):
        picture = document[index].render(scale=dots / 72).to_pil().convert("L")
        picture = picture.rotate(turned, expand=turned > 45, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(picture) * 0.92 + 10 + random.normal(0, 10, picture.size[::-1])
        pictures.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    pictures[0].save(target, save_all=True, append_images=pictures[1:], resolution=dots, quality=70)
    return target


def differing(found: str, truth: str) -> float:
    """The share of the truth's characters that were read otherwise."""
    steps = SequenceMatcher(None, truth, found, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in steps if tag != "equal") / len(truth)


def only(source: Path, target: Path, pages: list[int]) -> Path:
    """Some pages of a PDF, counted from 0."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.import_pages(pypdfium2.PdfDocument(source), pages)
    document.save(target)
    return target


@pytest.mark.shared
@pytest.mark.usefixtures("engine")
def test_a_real_scan_at_200_dots(tmp_path: Path) -> None:
    """All 14 pages, measured: every address, 0.07 % of the characters wrong. Here six of them and the table at the end."""
    pages = [0, 1, 2, 3, 4, 5, 13]
    document = read(only(shared_path("formats", "003_scan200.pdf"), tmp_path / "scan.pdf", pages))
    typed = read(only(shared_path("formats", "003_typed.pdf"), tmp_path / "typed.pdf", pages))
    assert [section.address for section in parse(document).sections] == [section.address for section in parse(typed).sections]
    assert len(parse(document).sections) > 30
    assert differing("\n".join(line.text for line in document.lines), "\n".join(line.text for line in typed.lines)) <= 0.003
    assert [len(line.cells) for line in document.lines if line.cells] == [5, 2, 5, 5, 2, 5, 5, 5]
    assert {line.page for line in document.lines} == set(range(1, 8))
    assert "read by OCR" in document.warnings[0]
    assert any("was taken for “III.”" in warning for warning in document.warnings)


@pytest.mark.shared
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("dots", "turned", "allowed"),
    [
        (120, 0.5, 0.01),
        (200, 90.4, 0.005),
        (150, 180.0, 0.01),
    ],
)
def test_coarse_and_turned_scans_are_readable(tmp_path: Path, dots: int, turned: float, allowed: float) -> None:
    original = shared_path("formats", "001_block.pdf")
    path = scan(original, tmp_path / "scan.pdf", dots, turned)
    document = read(path)
    truth = [line for line in read(original).lines if line.page == 1][:-1]  # the last paragraph goes on over the page
    assert differing("\n".join(line.text for line in document.lines[:-1]), "\n".join(line.text for line in truth)) <= allowed
    expected = [section.address for section in parse_outline(truth)[0]]
    assert [section.address for section in parse(document).sections][: len(expected)] == expected
    assert "read by OCR" in document.warnings[0]


@pytest.mark.shared
def test_without_the_vietnamese_data_a_scan_is_refused_with_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan(shared_path("formats", "001_block.pdf"), tmp_path / "scan.pdf", 72)
    monkeypatch.setattr(ocr, "_FOLDERS", (str(tmp_path / "nowhere"),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(ReadError, match=r"the pages are pictures; install .*tesseract-ocr-vie"):
        read_pdf(path, path.read_bytes())


@pytest.mark.usefixtures("engine")
def test_of_what_the_picture_library_says_only_real_errors_are_seen(capfd: pytest.CaptureFixture[str]) -> None:
    import tesserocr

    recogniser = ocr.Recogniser()
    recogniser.read(np.full((200, 400), 255, dtype=np.uint8), 1)
    recogniser.close()
    library = ctypes.CDLL(tesserocr.tesserocr.__file__)
    library.boxCreate.restype = library.boxClipToRectangle.restype = ctypes.c_void_p
    library.boxClipToRectangle(ctypes.c_void_p(library.boxCreate(500, 500, 9, 9)), 100, 100)
    library.pixRead.restype = ctypes.c_void_p
    library.pixRead(b"/nowhere.png")
    said = capfd.readouterr().err
    assert "boxClipToRectangle" not in said
    assert "pixRead" in said


@pytest.mark.parametrize(
    ("read_", "sure", "expected", "why"),
    [
        ("giỜ", 0.9, "giờ", "a capital inside a small word"),
        ("QĐÐ-TTg", 0.9, "QĐ-TTg", "the Icelandic letter"),
        ("VNeID", 0.9, "VNeID", "a name keeps its capitals"),
        ("~", 0.6, "-", "a dash"),
        ("ˆ", 0.9, "", "a speck"),
        ("j/", 0.1, "", "two uncertain signs"),
        ("|Sở", 0.9, "Sở", "a piece of a ruling line"),
    ],
)
def test_a_recognised_word_is_cleaned(read_: str, sure: float, expected: str, why: str) -> None:
    assert ocr._cleaned(read_, sure) == expected, why
