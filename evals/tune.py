"""``python -m evals.tune``: the curve of every weight of the ranking, each value chosen on some plans and judged on the plan left out.

Weights are varied one at a time around those in use. The figure is the mean of section recall at 1, 3 and 5 over the answerable questions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from tqdm import tqdm

from evals.gold import Question, load
from evals.remembering import Remembering
from evals.score import recall
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError
from xhht_qa.retrieve import WEIGHTS, Retriever, Weights
from xhht_qa.settings import load_settings
from xhht_qa.types import Query

DEPTHS = (1, 3, 5)
GRID: Mapping[str, tuple[float, ...]] = {
    "dense": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0),
    "dense_long": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
    "dense_bare": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
    "carried": (0.0, 0.1, 0.25, 0.5, 1.0),
    "synonym": (0.0, 0.15, 0.3, 0.5, 1.0),
    "ordinal": (0.0, 0.3, 0.6, 1.0),
    "slot": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5),
    "heading": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3),
    "facet": (0.0, 0.05, 0.1, 0.15, 0.2, 0.3),
    "whole": (0.0, 0.25, 0.5, 0.75, 1.0),
    "opening": (0.0, -0.1, -0.2, -0.3, -0.4, -0.6),
    "k1": (0.6, 0.9, 1.2, 1.5, 2.0),
    "b": (0.2, 0.4, 0.6, 0.75, 0.9),
}
Figures = dict[str, list[float]]  # plan id → one figure a question


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 2 when something is missing or malformed."""
    parser = ArgumentParser(prog="python -m evals.tune", description="Draw the curves of the ranking's weights, whole plans left out.")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="gold files or folders (default: evals/gold)")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans they are about (default: %(default)s)")
    parser.add_argument("--index", type=Path, required=True, help="a folder for their index; it is brought up to date")
    parser.add_argument("--only", nargs="+", choices=GRID, default=list(GRID), help="these weights alone")
    given = parser.parse_args(arguments)
    try:
        for line in _curves(given.gold, given.plans, given.index, given.only):
            print(line, flush=True)
    except XhhtError as error:
        print(f"evals.tune: {error}", file=sys.stderr)
        return 2
    return 0


def _curves(gold: Sequence[Path], plans: Path, index_dir: Path, names: Sequence[str]) -> Iterator[str]:
    from ingest.build import build

    questions = [question for question in load(gold) if question.sections]
    settings = load_settings(index_dir=index_dir)
    encoder = Remembering(load_encoder(settings))
    build([plans], index_dir, encoder, only=True)
    engine = Engine.open(settings)
    asked = [(question, engine.explain(question.question, 1, question.history, question.scope or ())[0]) for question in questions]
    for name in names:
        figures = {
            value: figures_with(replace(WEIGHTS, **{name: value}), engine, encoder, asked) for value in tqdm(GRID[name], desc=name, disable=None, leave=False)
        }
        yield f"{name} (in use: {getattr(WEIGHTS, name)})"
        yield "  value     " + "".join(f"{value:>7g}" for value in figures)
        yield "  all plans " + "".join(f"{100 * mean(figure):>7.2f}" for figure in figures.values())
        chosen, left_out = leave_one_out(figures)
        yield f"  left out  {100 * left_out:.2f}, choosing {', '.join(f'{value:g}' for value in sorted(set(chosen.values())))}"


def figures_with(weights: Weights, engine: Engine, encoder: Encoder, asked: Sequence[tuple[Question, Query]]) -> Figures:
    """The figure of every question, by its first plan."""
    retriever = Retriever(engine.index, encoder, weights)
    figures: Figures = {}
    for question, query in asked:
        ranked = [(passage.plan, passage.section) for passage in retriever.search(query, max(DEPTHS))]
        figures.setdefault(question.plans[0], []).append(fmean(recall(question, ranked[:depth]) for depth in DEPTHS))
    return figures


def leave_one_out(figures: Mapping[float, Figures]) -> tuple[dict[str, float], float]:
    """Plan → the value that is best on the other plans, and the mean over all questions with each plan's value."""
    plans = next(iter(figures.values()))
    chosen = {plan: max(figures, key=lambda value: mean(_without(figures[value], plan))) for plan in plans}
    return chosen, mean({plan: figures[value][plan] for plan, value in chosen.items()})


def mean(figures: Figures) -> float:
    """Over all questions alike."""
    return fmean(figure for of_plan in figures.values() for figure in of_plan)


def _without(figures: Figures, plan: str) -> Figures:
    return {other: of_plan for other, of_plan in figures.items() if other != plan} or figures


if __name__ == "__main__":
    raise SystemExit(main())
