"""``python -m evals.bench.scale``: archives of growing size, each built, opened, searched and asked; a table, and curves in ``evals/runs/scale.html``."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from evals.bench.measure import Measure, keep, run, seconds, table
from evals.bench.scale.archive import grown
from evals.bench.scale.curve import curves
from evals.run import RUNS
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.index import open_index, write_index
from xhht_qa.settings import load_settings

SEEDS = [Path("ingest/plans"), Path("evals/heldout/plans"), *(Path("evals/practice") / str(group) / "plans" for group in range(1, 7))]
SIZES = [10, 100, 500, 2000]
_DRAWN = {"one answer, p50": "answer, {}, p50, ms", "one answer, p95": "answer, {}, p95, ms", "its search, p50": "search, {}, p50, ms"}
_SCOPES = ("all plans", "one plan", "fifty plans")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, keep it in ``evals/runs/scale.json`` and draw it; exit code 2 when something is missing."""
    parser = ArgumentParser(prog="python -m evals.bench.scale", description="Measure archives of many plans.")
    parser.add_argument("--plans", type=int, nargs="+", default=SIZES, help=f"sizes of the archive (default: {' '.join(map(str, SIZES))})")
    parser.add_argument("--into", type=Path, help="keep the archives in this folder; one that is there is measured as it is (default: a temporary folder)")
    given = parser.parse_args(arguments)
    figures: dict[int, dict[str, float]] = {}
    try:
        for size, found in _measured(sorted(given.plans), given.into):
            figures[size] = found
            print(
                f"{size} plans: answer over all {found['answer, all plans, p50, ms']:.0f} ms, memory {found['memory, MB']:.0f} MB", file=sys.stderr, flush=True
            )
    except XhhtError as error:
        print(f"evals.bench.scale: {error}", file=sys.stderr)
        return 2
    measures = [
        Measure(f"{size} plans: {name.rpartition(', ')[0] or name}", value, _unit(name)) for size, found in figures.items() for name, value in found.items()
    ]
    keep("scale", measures, sizes=list(figures))
    _draw(figures)
    print(table(measures))
    return 0


def _measured(sizes: Sequence[int], into: Path | None) -> Iterator[tuple[int, dict[str, float]]]:
    with nullcontext(into) if into else tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            index_dir = Path(folder) / str(size)
            made = {} if (index_dir / "CURRENT").exists() else _made(index_dir, Path(folder) / "seed", size)
            index = open_index(index_dir)
            bytes_ = sum(path.stat().st_size for path in index_dir.rglob("*") if path.is_file())
            own = {"passages, ": float(index.manifest.chunks), "on disk, MB": bytes_ / 1e6}
            yield size, made | own | json.loads(run(["-m", "evals.bench.scale.measured", str(index_dir)]))


def _made(index_dir: Path, seed_dir: Path, plans: int) -> dict[str, float]:
    """Write an archive of so many plans; what that cost."""
    from ingest.build import build

    encoder = load_encoder(load_settings())
    encoder.encode_passages(["kế hoạch"])
    figures: dict[str, float] = {}
    if not (seed_dir / "CURRENT").exists():
        took = seconds(build, [path for path in SEEDS if path.is_dir()], seed_dir, encoder)
        figures["reading and embedding, passages a second"] = open_index(seed_dir).manifest.chunks / took
    took = seconds(write_index, index_dir, encoder.name, grown(open_index(seed_dir), plans))
    return figures | {
        "writing, passages a second": open_index(index_dir).manifest.chunks / took,
        "writing, peak of memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _unit(name: str) -> str:
    return name.rpartition(", ")[2] if ", " in name else "of 1"


def _draw(figures: dict[int, dict[str, float]]) -> None:
    sizes = [int(found["passages, "]) for found in figures.values()]
    drawn = [
        curves(
            f"{scope}: milliseconds over the passages of the archive",
            "ms",
            sizes,
            {name: [found[key.format(scope)] for found in figures.values()] for name, key in _DRAWN.items()},
        )
        for scope in _SCOPES
    ]
    for name, key, unit in (("memory", "memory, MB", "MB"), ("on disk", "on disk, MB", "MB"), ("opening", "opening, s", "s")):
        drawn.append(curves(f"{name} over the passages of the archive", unit, sizes, {name: [found[key] for found in figures.values()]}))
    (RUNS / "scale.html").write_text("<!doctype html><meta charset=utf-8><title>scale</title>" + "\n".join(drawn), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
