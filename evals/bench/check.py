"""``python -m evals.bench.check``: has anything become slower, beside the stock recipe of the same run? ``--keep`` writes the figures down for this commit.

A time says more of the machine than of us, a ratio to what runs beside it does not. What a busy machine adds to a ratio is noise that a second run
does not have: each ratio is the least of up to two runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.bench.answering import ALONE, UNASKED, WARM_UP, beside_stock
from evals.bench.measure import CHECKOUT, BenchError
from evals.gold import Question, load
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import XhhtError

KEPT = Path(__file__).with_name("ratios.jsonl")
MOST = 1.15  # times the ratio that was kept
RUNS = 2
QUESTIONS = 40
_STEADY = ("building, a plan, processor time", "one answer, p50, processor time", UNASKED)  # times on the clock grow with whatever else the machine does


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each ratio beside the one kept; exit code 1 when one has grown by more than 15 %, 2 when something is missing."""
    parser = ArgumentParser(prog="python -m evals.bench.check", description="Compare ratios to the stock recipe with those kept.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans to build and ask (default: %(default)s)")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="where the questions come from (default: evals/gold)")
    parser.add_argument("--keep", action="store_true", help="write the ratios down for the commit that is checked out")
    given = parser.parse_args(arguments)
    try:
        questions = load(given.gold)[: WARM_UP + QUESTIONS]
        if len(questions) <= WARM_UP:
            raise BenchError(f"the first {WARM_UP} questions only warm up; give more than that with --gold")
        kept = {} if given.keep else {f"{UNASKED}, to {ALONE}": 1.0} | last_kept(KEPT, given.plans.name)  # what is off costs nothing
        now: dict[str, float] = {}
        for _ in range(RUNS):
            now = least(now, _ratios(given.plans, questions))
            if kept and not slower(now, kept):
                break
    except XhhtError as error:
        print(f"evals.bench.check: {error}", file=sys.stderr)
        return 2
    for name, ratio in now.items():
        print(f"{name}: {ratio:.3f}" + (f", kept {kept[name]:.3f}" if name in kept else ""))
    if given.keep:
        with KEPT.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"commit": _commit(), "plans": given.plans.name, "cpus": os.cpu_count(), "ratios": now}) + "\n")
        return 0
    for name in slower(now, kept):
        print(f"evals.bench.check: {name} has grown from {kept[name]:.3f} to {now[name]:.3f}; mend it, or keep it with --keep and say why", file=sys.stderr)
    return int(bool(slower(now, kept)))


def slower(now: Mapping[str, float], kept: Mapping[str, float]) -> list[str]:
    """The names of the ratios that have grown too much."""
    return [name for name, ratio in now.items() if name in kept and ratio > MOST * kept[name]]


def least(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The lesser of each ratio of two runs."""
    return {name: min(ratio, one.get(name, ratio)) for name, ratio in other.items()}


def last_kept(file: Path, plans: str) -> dict[str, float]:
    """The ratios that were kept last for a folder of plans. Raises BenchError where none were."""
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    mine = [record["ratios"] for record in records if record["plans"] == plans]
    if not mine:
        raise BenchError(f"no ratios are kept for {plans}; keep some with --keep first")
    return dict(mine[-1])


def _ratios(plans: Path, questions: Sequence[Question]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        measures = list(beside_stock(plans, questions, Path(folder) / "index"))
    return {f"{measure.name}, to {measure.baseline}": round(measure.ratio, 4) for measure in measures if measure.name in _STEADY and measure.ratio}


def _commit() -> str:
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=CHECKOUT, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
