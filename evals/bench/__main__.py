"""``python -m evals.bench``: measure everything, print a table, keep it in ``evals/runs/bench.json``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from evals.bench.answering import WARM_UP, answering
from evals.bench.measure import BenchError, keep, table
from evals.bench.reading import reading
from evals.gold import load
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import XhhtError


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, print a table, keep it in ``evals/runs/bench.json``; exit code 2 when something does not run."""
    parser = ArgumentParser(prog="python -m evals.bench", description="Measure speed and memory against baselines of the same run.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans to build and ask (default: %(default)s)")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="where the questions come from (default: evals/gold)")
    parser.add_argument("--questions", type=int, default=40, help="how many of them are asked (default: %(default)s)")
    given = parser.parse_args(arguments)
    try:
        questions = load(given.gold)[: WARM_UP + max(given.questions, 1)]
        if len(questions) <= WARM_UP:
            raise BenchError(f"the first {WARM_UP} questions only warm up; give more than that with --gold and --questions")
        measures = [*reading(given.plans), *answering(given.plans, questions)]
    except XhhtError as error:
        print(f"evals.bench: {error}", file=sys.stderr)
        return 2
    keep("bench", measures, plans=str(given.plans), questions=len(questions) - WARM_UP)
    print(table(measures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
