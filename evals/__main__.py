"""``python -m evals``: generate, score, report, compare, hold to floors."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from evals import retrieval
from evals.compare import compare
from evals.floors import broken, load_floors
from evals.gold import load
from evals.normalise import printed
from evals.report import markdown, report, text
from evals.run import RUNS, Run, RunError
from evals.score import score
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings


def main(arguments: Sequence[str] | None = None, runs: Path = RUNS) -> int:
    """Exit code 0, 1 when a floor is broken, 2 when something is missing or malformed."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["retrieval"]:
        return retrieval.main(arguments[1:], runs)
    given = _parser().parse_args(arguments)
    try:
        return _evaluate(given, runs)
    except XhhtError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals",
        description="Ask every gold question, score the answers, report. “python -m evals retrieval --help”: our retrieval on any public set.",
    )
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="gold files, or folders of *.jsonl (default: evals/gold)")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="plans to index first, in an index of their own (default: %(default)s)")
    parser.add_argument("--index", type=Path, help="ask this index, as it is, instead of building one for --plans")
    parser.add_argument("--name", help="the run's folder in evals/runs (default: date and time)")
    parser.add_argument("--rescore", metavar="RUN", help="ask nothing: judge the answers of an earlier run again")
    parser.add_argument("--compare", metavar="RUN", help="show what changed since an earlier run")
    parser.add_argument("--baseline", choices=["stock"], help="ask the stock LlamaIndex recipe over --plans the same questions, as a row of the report")
    parser.add_argument("--floors", type=Path, metavar="FILE", help="bounds to keep, such as evals/floors.json; exit 1 when one is broken")
    return parser


def _evaluate(given: argparse.Namespace, runs: Path) -> int:
    floors = load_floors(given.floors) if given.floors else {}
    earlier = Run.find(runs, given.compare).scores() if given.compare else []
    run = Run.find(runs, given.rescore) if given.rescore else _generate(given, runs)
    config = run.config()
    questions = load([Path(path) for path in config["gold"]])
    answers = {answer["id"]: answer for answer in run.answers()}
    unasked = [question.id for question in questions if question.id not in answers]
    if unasked:
        raise RunError(f"{run.folder} has no answer to question {unasked[0]!r}; the gold has changed since, run it again")
    plans = _texts(config["plans"])
    scores = [score(question, answers[question.id], plans) for question in questions]
    asked = {question.id: question for question in questions}
    figures = report(scores, [score(asked[answer["id"]], answer, plans) for answer in run.baseline() if answer["id"] in asked])
    run.write_report(scores, figures, markdown(figures, scores))
    print(text(figures))
    if given.compare:
        print(f"Compared with {given.compare}: {compare(earlier, scores)}")
    print(f"Kept in {run.folder}")
    sentences = broken(floors, figures["headline"])
    for sentence in sentences:
        print(f"floor broken: {sentence}", file=sys.stderr)
    return 1 if sentences else 0


def _generate(given: argparse.Namespace, runs: Path) -> Run:
    """Ask the index every question, under ``runs``; what is imported here is not needed to judge again."""
    from evals.generate import generate
    from evals.indexed import indexed
    from evals.stock import stock_answers
    from xhht_qa.embed import load_encoder
    from xhht_qa.engine import Engine

    run = Run.create(runs, given.name or datetime.now().strftime("%Y%m%d-%H%M%S"))
    questions = load(given.gold)
    settings = load_settings(index_dir=given.index) if given.index else indexed(given.plans, runs)
    engine = Engine.open(settings)
    answers = list(generate(engine, questions))
    run.write_config(
        {
            "gold": [str(path.resolve()) for path in given.gold],
            "plans": {plan.id: str(Path(plan.path).resolve()) for plan in engine.plans.values()},
            "settings": settings.model_dump(mode="json"),
        }
    )
    run.write_answers(answers)
    if given.baseline:
        run.write_baseline(stock_answers(engine.plans.values(), load_encoder(settings), questions))
    return run


def _texts(plans: dict[str, str]) -> dict[str, str]:
    """Plan id → the file's text as printed, from the file itself: quotes are not checked against what the parser made of it."""
    from ingest.read import read

    return {plan: printed("\n".join(line.text for line in read(Path(path)).lines)) for plan, path in plans.items()}


if __name__ == "__main__":
    raise SystemExit(main())
