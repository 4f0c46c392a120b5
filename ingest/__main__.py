"""``python -m ingest PATH… [--index DIR] [--only] [--json]``: bring the index up to date with files and folders of plans."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from ingest.build import Report, Watcher, build
from ingest.read import left_out
from ingest.readers.progress import Page
from ingest.reading_report import reading_of
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.index import stores_of
from xhht_qa.settings import load_settings
from xhht_qa.types import Plan

_HEAD = ("state", "plan", "format", "pages", "by OCR", "sections", "doubtful", "readable", "title")
_NUMBERS = ("pages", "by OCR", "sections", "doubtful", "readable")


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all well, 1 some file was skipped, 2 nothing was done, 130 interrupted before anything was published."""
    parser = ArgumentParser(prog="python -m ingest", description="Bring the index up to date with files and folders of plans.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a plan (.txt .md .docx .html .pdf .doc .odt .rtf) or a folder of plans")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the folder of the index (default: index/ or XHHT_INDEX_DIR)")
    parser.add_argument("--only", action="store_true", help="drop every plan that is not under PATH")
    parser.add_argument("--json", action="store_true", help="tell of the progress and the outcome in JSON, a line each")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    try:
        settings = load_settings(index_dir=options.index)
        encoder = load_encoder(settings)
        with _Bars() as bars:
            report = build(options.paths, settings.index_dir, encoder, options.only, _Lines() if options.json else bars, stores_of(settings))
    except (XhhtError, OSError) as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("ingest: interrupted; nothing was published, run it again", file=sys.stderr)
        return 130
    if options.json:
        states = {name: getattr(report, name) for name in ("added", "changed", "unchanged", "removed", "chunks", "embedded")}
        _tell(report=states | {"failures": {str(path): reason for path, reason in report.failures.items()}})
        return 1 if report.failures else 0
    for line in _table(report):
        print(line)
    for sentence in left_out(options.paths):
        print(f"left out  {sentence}", file=sys.stderr)
    for failure in report.failures.values():
        print(f"skipped   {failure}", file=sys.stderr)
    print(
        f"{report.chunks} chunks, {report.embedded} embedded, {time.perf_counter() - started:.1f} s; how each file was read: {settings.index_dir}/reading.jsonl"
    )
    return 1 if report.failures else 0


class _Bars(Watcher):
    """A bar for the files, with the page at hand, and one for the chunks; nothing where no person looks on."""

    def __init__(self) -> None:
        self._reading: tqdm[NoReturn] = tqdm(desc="reading", unit="file", disable=None, leave=False)
        self._embedding: tqdm[NoReturn] = tqdm(desc="embedding", unit="chunk", disable=None, leave=False)

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *error: object) -> None:
        self._reading.close()
        self._embedding.close()

    def file(self, path: Path, number: int, of: int) -> None:
        """The bar stands at the files that are done."""
        self._reading.total = of
        self._reading.set_postfix_str(path.name, refresh=False)
        self._reading.update(number - 1 - self._reading.n)
        self._name = path.name

    def page(self, page: Page) -> None:
        """The page stands behind the file's name."""
        self._reading.set_postfix_str(f"{self._name}, page {page.number} of {page.of}{' by OCR' if page.recognised else ''}")

    def embedded(self, done: int, of: int) -> None:
        """The reading is over when the first chunks are embedded."""
        self._reading.close()
        self._embedding.total = of
        self._embedding.update(done - self._embedding.n)


class _Lines(Watcher):
    """A line for each step: {"reading": a file's name, "done", "of"} in files, {"embedded": true, "done", "of"} in chunks."""

    def file(self, path: Path, number: int, of: int) -> None:
        """See ``Watcher``."""
        _tell(reading=path.name, done=number - 1, of=of)

    def embedded(self, done: int, of: int) -> None:
        """See ``Watcher``."""
        _tell(embedded=True, done=done, of=of)


def _tell(**record: object) -> None:
    print(json.dumps(record), flush=True)  # names of files may be no UTF-8


def _table(report: Report) -> Iterator[str]:
    """A row a plan, aligned, with its warnings below it."""
    states = [("added", report.added), ("changed", report.changed), ("unchanged", report.unchanged), ("removed", report.removed)]
    rows = [(_row(state, plan_id, report.plans.get(plan_id)), report.plans.get(plan_id)) for state, ids in states for plan_id in sorted(ids)]
    widths = [max(map(len, column)) for column in zip(_HEAD, *(row for row, _ in rows), strict=True)]
    for row, plan in [(_HEAD, None), *rows] if rows else []:
        yield "  ".join(f"{cell:>{width}}" if name in _NUMBERS else f"{cell:<{width}}" for name, cell, width in zip(_HEAD, row, widths, strict=True)).rstrip()
        for warning in plan.warnings if plan else ():
            yield f"{'':<11}warning: {warning}"


def _row(state: str, plan_id: str, plan: Plan | None) -> tuple[str, ...]:
    if plan is None:
        return (state, plan_id, *[""] * 7)
    reading = reading_of(plan)
    pages, recognised, doubtful = str(reading["pages"] or ""), str(len(reading["recognised_pages"]) or ""), str(len(reading["doubtful"]) or "")
    return (state, plan_id, reading["format"], pages, recognised, str(reading["sections"]), doubtful, f"{reading['quality']:.0%}", plan.title)


if __name__ == "__main__":
    sys.exit(main())
