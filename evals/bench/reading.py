"""Reading files, without embedding: text plans a minute, seconds a scanned page, memory of a long PDF."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evals.bench.measure import BenchError, Measure, run, seconds
from evals.variants import VARIANTS, load_source, office
from ingest.read import find_files
from xhht_qa.types import Plan

PLANS = 200
LONG_PAGES = 500
SPLITTER = "LlamaIndex's SimpleDirectoryReader and SentenceSplitter"
PEAK = "import resource, sys; from ingest.sandbox import parse_all; from pathlib import Path; list(parse_all([Path(sys.argv[1])])); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"


def reading(plans: Path) -> Iterator[Measure]:
    """What can be measured with the programs that are installed; one line to stderr for what cannot."""
    texts = [path for path in find_files([plans]) if path.suffix in (".txt", ".md")]
    if not texts:
        raise BenchError(f"{plans}: no .txt or .md plan to read")
    with tempfile.TemporaryDirectory() as folder:
        yield from _texts(texts, Path(folder) / "texts")
        missing = VARIANTS["pdf-scan200"].missing()
        if missing:
            print(f"evals.bench: scans and PDFs are not measured; {missing}", file=sys.stderr)
            return
        plan = load_source(texts[0])
        scan = Path(folder) / "scan.pdf"
        VARIANTS["pdf-scan200"].write(plan, scan)
        yield from _scan(scan)
        yield from _long_pdf(office.printed(plan), Path(folder))


def _texts(texts: list[Path], folder: Path) -> Iterator[Measure]:
    from ingest.sandbox import parse_all

    folder.mkdir()
    for number in range(PLANS):
        path = texts[number % len(texts)]
        shutil.copyfile(path, folder / f"{number}{path.suffix}")
    ours = seconds(lambda: [plan for _, plan in parse_all([folder]) if isinstance(plan, Plan)])
    theirs = seconds(_split, folder)
    yield Measure("reading a text plan", 1000 * ours / PLANS, "ms", SPLITTER, 1000 * theirs / PLANS)
    yield Measure("text plans read in a minute", 60 * PLANS / ours, "plans", SPLITTER, 60 * PLANS / theirs)


def _split(folder: Path) -> None:
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.node_parser import SentenceSplitter

    SentenceSplitter().get_nodes_from_documents(SimpleDirectoryReader(str(folder)).load_data())


def _scan(path: Path) -> Iterator[Measure]:
    import pypdfium2

    from ingest.sandbox import parse_all

    with pypdfium2.PdfDocument(path) as document:
        pictures = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    ours = seconds(lambda: list(parse_all([path])))
    theirs = seconds(_recognise, pictures)
    yield Measure("reading a scanned page", ours / len(pictures), "s", "Tesseract's text of the same picture", theirs / len(pictures))


def _recognise(pictures: list[object]) -> None:
    import tesserocr

    from ingest.readers import ocr

    with tesserocr.PyTessBaseAPI(path=str(ocr.data_folder()), lang="vie") as tesseract:
        for picture in pictures:
            tesseract.SetImage(picture)
            tesseract.GetUTF8Text()


def _long_pdf(printed: bytes, folder: Path) -> Iterator[Measure]:
    import pypdfium2

    short, long = folder / "short.pdf", folder / "long.pdf"
    short.write_bytes(printed)
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as document, pypdfium2.PdfDocument.new() as repeated:
        count = len(document)
        while len(repeated) < LONG_PAGES:
            repeated.import_pages(document, list(islice(range(count), LONG_PAGES - len(repeated))))
        repeated.save(long)
    yield Measure("reading a page of a PDF with text", 1000 * seconds(run, ["-c", PEAK, str(long)]) / LONG_PAGES, "ms")
    yield Measure(f"memory for {LONG_PAGES} pages of PDF", _peak(long), "MB", f"for {count} pages", _peak(short))


def _peak(path: Path) -> float:
    """Resident megabytes of the child that reads a file, at its largest."""
    return float(run(["-c", PEAK, str(path)]))
