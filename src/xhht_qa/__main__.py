"""``python -m xhht_qa ask | search | outline | facts | doctor``: the product from the command line."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from tqdm import tqdm

from xhht_qa import messages
from xhht_qa.command_line import ArgumentParser
from xhht_qa.engine import Engine, spelling
from xhht_qa.errors import QuestionError, UnknownPlan, XhhtError
from xhht_qa.facts import Choice, Span, as_csv, as_json, as_text, calendar, choose, named_days
from xhht_qa.index import open_index
from xhht_qa.operate.commands import add_commands
from xhht_qa.settings import load_settings
from xhht_qa.types import Answer, FactKind, Passage, Query, Turn


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all well, 1 a question could not be asked, 2 nothing was done, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()  # a closed pipe must be met here, not at the end of the interpreter
    except XhhtError as error:
        print(f"xhht_qa: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the output has read enough, as "| head" does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"xhht_qa: {error.filename}: {error.strerror}; check the path and its permissions", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("xhht_qa: interrupted; nothing was written, run it again", file=sys.stderr)
        return 130
    return status


def _parser() -> ArgumentParser:
    where = ArgumentParser(add_help=False)
    where.add_argument("--index", type=Path, metavar="DIR", help="the folder of the index (default: index/ or XHHT_INDEX_DIR)")
    common = ArgumentParser(add_help=False, parents=[where])
    common.add_argument("--json", action="store_true", help="print JSON")
    parser = ArgumentParser(prog="python -m xhht_qa", description="Cited Vietnamese answers over official plans.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, explained in (("ask", _ask, "answer one question, or a file of them"), ("search", _search, "the sections that answer, best first")):
        command = commands.add_parser(name, parents=[common], help=explained, description=explained)
        command.add_argument("question", nargs="?", help="the question, in Vietnamese, with or without accents")
        command.add_argument("--plan", action="append", default=[], metavar="ID", help="only this plan; may be repeated")
        command.add_argument("--batch", type=Path, metavar="IN.jsonl", help='{"id", "question", "history", "scope"} a line')
        command.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where --batch writes one result a line")
        if name == "search":
            command.add_argument("-k", type=int, default=10, help="how many sections (default: 10)")
            command.add_argument("--explain", action="store_true", help="show what was understood and what each part of the ranking gave")
        command.set_defaults(run=run)
    explained = "answer a program by the Model Context Protocol on stdin and stdout: ask, search, section, deadlines"
    command = commands.add_parser("mcp", parents=[where], help=explained, description=explained)
    command.set_defaults(run=_mcp)
    command = commands.add_parser("outline", parents=[common], help="the sections of a plan, in document order")
    command.add_argument("plan", help="the plan's id")
    command.set_defaults(run=_outline)
    explained = "what the plans state, picked out and exported: deadlines, reports, duties, criteria …"
    command = commands.add_parser("facts", parents=[where], help=explained, description=explained)
    command.add_argument("--kind", action="append", default=[], metavar="KIND", help=f"only this kind; may be repeated: {', '.join(get_args(FactKind))}")
    command.add_argument("--plan", action="append", default=[], metavar="ID", help="only this plan; may be repeated")
    command.add_argument(
        "--actor", default="", metavar="TEXT", help="only what concerns those whose name holds these words, with or without accents, or in short, as P.TC-KH"
    )
    command.add_argument("--from", dest="first", metavar="DAY", help="only what can fall due on this day or later: 15/6/2025, 6/2025, 2025 or 2025-06-15")
    command.add_argument("--to", dest="last", metavar="DAY", help="only what can fall due on this day or earlier")
    forms = command.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="a list of objects")
    forms.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    forms.add_argument("--ics", action="store_true", help="the deadlines as a calendar")
    command.add_argument("--out", type=Path, metavar="FILE", help="write there instead of printing")
    command.set_defaults(run=_facts)
    add_commands(commands, where)
    return parser


def _mcp(options: argparse.Namespace) -> int:
    from xhht_qa.api.mcp import serve

    serve(load_settings(index_dir=options.index))
    return 0


def _ask(options: argparse.Namespace) -> int:
    engine = Engine.open(load_settings(index_dir=options.index))
    if options.batch:
        return _batch(options, lambda row: engine.ask(row["question"], _turns(row), row.get("scope") or ()).to_dict() | {"id": row["id"]})
    answer = engine.ask(_question(options), scope=options.plan)
    print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=1) if options.json else _readable(answer))
    return 1 if answer.status == "failed" else 0


def _search(options: argparse.Namespace) -> int:
    if options.k < 1:
        raise QuestionError("-k must be at least 1")
    engine = Engine.open(load_settings(index_dir=options.index))
    if options.batch:
        return _batch(
            options, lambda row: {"id": row["id"], "results": _results(engine.search(row["question"], options.k, _turns(row), row.get("scope") or ()))}
        )
    if options.explain:
        return _explain(engine, options)
    results = _results(engine.search(_question(options), options.k, scope=options.plan))
    if options.json:
        print(json.dumps(results, ensure_ascii=False))
    else:
        print("\n".join(f"{result['score']:.3f}  {result['plan']}  {result['section']}" for result in results))
    return 0


def _explain(engine: Engine, options: argparse.Namespace) -> int:
    query, passages = engine.explain(_question(options), options.k, scope=options.plan)
    if options.json:
        print(json.dumps({"query": _plain(query), "results": [asdict(passage) for passage in passages]}, ensure_ascii=False, indent=1))
        return 0
    understood = {name: value for name, value in _plain(query).items() if value and name != "question"}
    print("\n".join(f"{name:<12}{value}" for name, value in understood.items()))
    print(f"\n{'score':>6} = {'words':>6}   {'meaning':>7}   points")
    for passage in passages:
        points = "  ".join(f"{name} {value:+.2f}" for name, value in passage.bonus.items())
        print(f"{passage.score:>6.3f}   {passage.lexical:>6.3f}   {passage.dense:>7.3f}   {points:<16}  {passage.plan}  {passage.section}{passage.bullet}")
    return 0


def _plain(query: Query) -> dict[str, Any]:
    """The query with its sets as sorted lists."""
    return asdict(query) | {"facets": {facet: sorted(values) for facet, values in query.facets.items()}}


def _outline(options: argparse.Namespace) -> int:
    index = open_index(load_settings(index_dir=options.index).index_dir)
    plan = index.plans.get(options.plan)
    if plan is None:
        print(f"xhht_qa: there is no plan “{options.plan}” in the index; it holds {', '.join(index.plans)}", file=sys.stderr)
        return 2
    rows = [{key: record[key] for key in ("address", "title", "first_line", "last_line")} for record in map(asdict, plan.sections)]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print("\n".join(f"{row['first_line']:>5}–{row['last_line']:<5} {row['address']:<14} {row['title']}" for row in rows))
    return 0


def _facts(options: argparse.Namespace) -> int:
    kinds = get_args(FactKind)
    unknown = next((kind for kind in options.kind if kind not in kinds), None)
    if unknown is not None:
        raise QuestionError(f"there is no kind of fact “{unknown}”; the kinds are {', '.join(kinds)}")
    first, last = _day(options.first, "--from"), _day(options.last, "--to")
    choice = Choice(frozenset(options.kind), frozenset(options.plan), options.actor, first.first if first else None, last.last if last else None)
    if choice.first and choice.last and choice.first > choice.last:
        raise QuestionError(f"--from {options.first} is later than --to {options.last}; exchange them")
    index = open_index(load_settings(index_dir=options.index).index_dir)
    missing = next((plan for plan in options.plan if plan not in index.plans), None)
    if missing is not None:
        raise UnknownPlan(f"there is no plan “{missing}” in the index; it holds {', '.join(index.plans)}")
    stated = choose(index.plans, choice, spelling(index.plans) if choice.actor else str)
    if options.ics:
        exported, left_out = calendar(stated, datetime.now(UTC))
        if left_out:
            print(f"xhht_qa: {left_out} without a day of their own are not in the calendar; --csv and --json have them", file=sys.stderr)
    else:
        exported = (as_json if options.json else as_csv if options.csv else as_text)(stated).encode()
        if not stated:
            print("xhht_qa: no fact fits; ask for less, or run python -m ingest again if the index is of an earlier version", file=sys.stderr)
    if options.out:
        _write(options.out, exported)
    else:
        sys.stdout.buffer.write(exported)
    return 0


def _day(printed: str | None, option: str) -> Span | None:
    """The days that an option of the command line names."""
    if printed is None:
        return None
    span = named_days(printed)
    if span is None:
        raise QuestionError(f"{option} {printed}: no such day; write 15/6/2025, 6/2025, 2025 or 2025-06-15")
    return span


def _write(path: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    aside = path.with_name(path.name + ".part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _batch(options: argparse.Namespace, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """One result for each line of the file, in its order; the output appears whole or not at all."""
    if not options.out:
        raise QuestionError("--batch needs --out FILE")
    rows = list(_rows(options.batch))
    aside = options.out.with_name(options.out.name + ".part")
    interrupted = threading.Event()
    usual = signal.signal(signal.SIGINT, lambda *_: interrupted.set())  # heeded between two questions: inside of a library it may come out as any error
    try:
        with aside.open("w", encoding="utf-8") as file:
            for row in tqdm(rows, disable=not sys.stderr.isatty()):
                if interrupted.is_set():
                    raise KeyboardInterrupt
                file.write(json.dumps(_answered(row, answer), ensure_ascii=False) + "\n")
        aside.replace(options.out)
    finally:
        aside.unlink(missing_ok=True)
        signal.signal(signal.SIGINT, usual)
    return 0


def _answered(row: dict[str, Any], answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        return answer(row)
    except (QuestionError, UnknownPlan) as error:
        raise QuestionError(f"the row with the id {row['id']!r}: {error}") from None


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise QuestionError(f"{path}: the file is not UTF-8; save it as UTF-8") from None
    for number, line in enumerate(text.split("\n"), start=1):  # JSON may hold the other line ends of Unicode
        if not line.strip():
            continue
        row = _row(line)
        if row is None:
            raise QuestionError(
                f'{path}, line {number}: not {{"id": …, "question": "…", "history": [turns], "scope": [plan ids]}}; the last two may be missing, a turn is {{"role": "user" or "assistant", "content": "…"}}'
            )
        yield row


def _row(line: str) -> dict[str, Any] | None:
    """The row that a line holds, None when it is none."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("question"), str):
        return None
    history, scope = row.get("history") or [], row.get("scope") or []
    turns = isinstance(history, list) and all(map(_is_turn, history))
    return row if turns and isinstance(scope, list) and all(isinstance(plan, str) for plan in scope) else None


def _is_turn(turn: object) -> bool:
    return isinstance(turn, dict) and isinstance(turn.get("content"), str) and turn.get("role") in ("user", "assistant")


def _turns(row: dict[str, Any]) -> list[Turn]:
    return [Turn(turn["role"], turn["content"]) for turn in row.get("history") or ()]


def _question(options: argparse.Namespace) -> str:
    if options.question is None:
        raise QuestionError("give a question, or --batch FILE")
    return str(options.question)


def _results(passages: list[Passage]) -> list[dict[str, Any]]:
    return [{"plan": passage.plan, "section": passage.section, "score": round(passage.score, 4)} for passage in passages]


def _readable(answer: Answer) -> str:
    lines = [answer.answer, *filter(None, [messages.spoken(answer)])]
    for citation in answer.citations:
        lines += [
            "",
            f"[{citation.marker}] {citation.label}, {citation.plan_title} ({messages.place(citation.first_line, citation.last_line, citation.page)})",
            f"    “{citation.quote}”",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
