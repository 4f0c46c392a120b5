"""``python -m evals score``: judge the answers of a run, without asking anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.baselines import BASELINES
from evals.gold import Question, load
from evals.normalise import printed
from evals.page import FILE, page
from evals.report import markdown, report, text
from evals.run import RUNS, Run, RunError
from evals.score import Score, rankings, score
from xhht_qa.command_line import ArgumentParser


def main(arguments: Sequence[str]) -> int:
    """Exit code 0. Raises XhhtError."""
    parser = ArgumentParser(prog="python -m evals score", description="Judge the answers of a run again, by the gold as it is now; nothing is asked.")
    parser.add_argument("run", help="its name, or its folder")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    run = Run.find(given.runs, given.run)
    print(judge(run))
    print(f"Kept in {run.folder}")
    return 0


def judge(run: Run) -> str:
    """Score every answer, keep scores and report in the run's folder; the report as text. Raises XhhtError."""
    config = run.config()
    questions = load([Path(path) for path in config["gold"]])
    answers = run.records("answers.jsonl")
    unasked = sorted({question.id for question in questions} - {answer["id"] for answer in answers})
    if unasked:
        raise RunError(f"{run.folder} has no answer to question {unasked[0]!r}; the gold has changed since, run it again")
    plans = printed_texts(config["plans"])
    scores = judged(questions, answers, plans)
    beside = {BASELINES[key]: judged(questions, run.records(f"baselines/{key}.jsonl"), plans) for key in config.get("baselines", ())}
    figures = report(scores, alone=judged(questions, run.begun("alone.jsonl"), plans), baselines=beside)
    run.write_report(questions, scores, figures, markdown(figures, scores))
    run.write(FILE, page(run))
    return text(figures)


def judged(questions: Iterable[Question], answers: Iterable[Mapping[str, Any]], plans: Mapping[str, str]) -> list[Score]:
    """The score of each question that has an answer, in the order of the questions; ``plans`` as ``score`` takes them."""
    given = {answer["id"]: answer for answer in answers}
    asked = [question for question in questions if question.id in given]
    ranking = rankings(asked, given)
    return [score(question, given[question.id], plans, ranking.get(question.id)) for question in asked]


def printed_texts(plans: Mapping[str, str]) -> dict[str, str]:
    """Plan id → the file's text as printed, from the file itself: quotes are not checked against what the parser made of it."""
    from ingest.read import read

    return {plan: printed("\n".join(line.text for line in read(Path(path)).lines)) for plan, path in plans.items()}
