"""``python -m ingest PATH… [--index DIR] [--only]``: bring the index up to date with files and folders of plans."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ingest.build import Report, build
from xhht_qa.embed import load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all well, 1 some file was skipped, 2 nothing was done."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Bring the index up to date with files and folders of plans.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a plan (.txt .md .docx .html .pdf .doc .odt .rtf) or a folder of plans")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the folder of the index (default: index/ or XHHT_INDEX_DIR)")
    parser.add_argument("--only", action="store_true", help="drop every plan that is not under PATH")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    try:
        settings = load_settings(index_dir=options.index)
        report = build(options.paths, settings.index_dir, load_encoder(settings), options.only, _show_progress)
    except (XhhtError, OSError) as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 2
    _print(report, time.perf_counter() - started)
    return 1 if report.failures else 0


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rembedding {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _print(report: Report, seconds: float) -> None:
    for state, ids in (("added", report.added), ("changed", report.changed), ("unchanged", report.unchanged), ("removed", report.removed)):
        for plan_id in sorted(ids):
            plan = report.plans.get(plan_id)
            detail = f"  {len(plan.sections)} sections  {plan.title}" if plan else ""
            print(f"{state:<9} {plan_id}{detail}")
            for warning in plan.warnings if plan else ():
                print(f"          warning: {warning}")
    for failure in report.failures:
        print(f"skipped   {failure}", file=sys.stderr)
    print(f"{report.chunks} chunks, {report.embedded} embedded, {seconds:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
