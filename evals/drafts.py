"""Feedback of users as drafts of gold questions: half of the work of writing them is done, and none of it is trusted."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.gold import GoldError, Question, load, read, write
from evals.normalise import comparable, holds, plain
from evals.proposals import style_of, type_of, values
from xhht_qa import feedback
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import XhhtError
from xhht_qa.feedback import Feedback


def drafts(records: Iterable[Feedback]) -> list[Question]:
    """One draft for each answer that was judged, by the last word on it; what was withdrawn gives none."""
    last = {_id(record): record for record in records}
    return [_draft(name, record) for name, record in last.items() if record.verdict != "withdrawn"]


def _id(record: Feedback) -> str:
    """Of the answer; callers of the door may give none."""
    asked = "\n".join([*(turn.content for turn in record.history), record.question])
    return f"fb-{record.answer_id or hashlib.sha256(asked.encode()).hexdigest()[:12]}"


def _draft(name: str, record: Feedback) -> Question:
    """Sections only from answers that were found right; the values of a wrong answer that the right one lacks are to be forbidden."""
    right = record.verdict == "up"
    refused = right and record.status == "not_found"
    given = plain(record.answer)
    answer = plain(record.corrected_answer) or (given if right else "")
    sections = dict.fromkeys((place.plan, place.section) for place in record.citations) if right and not refused else {}
    said = comparable(answer)
    wrong = [] if right or not answer else [value for value in values(given) if not holds(said, comparable(value))]
    return Question(
        id=name,
        plans=tuple(dict.fromkeys(plan for plan, _ in sections)),
        type="unanswerable" if refused else type_of(record.standalone_question or record.question),
        style=style_of(record.question),
        history=record.history,
        question=record.question,
        answer=answer,
        facts=() if refused else tuple((value,) for value in values(answer)),
        forbid=tuple(wrong),
        sections=tuple(sections),
        draft=True,
        note=" · ".join(filter(None, (record.verdict, record.reason, record.comment, record.when, "" if right else f"answered: {given}"))),
    )


def main(arguments: Sequence[str]) -> int:
    """Add the drafts that are new to a file of drafts; 0, or 2 with one sentence."""
    parser = ArgumentParser(prog="python -m evals drafts", description="Make drafts of gold questions from what users said of answers.")
    parser.add_argument("feedback", type=Path, help="the file of XHHT_FEEDBACK_FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file of drafts; those that it has stay as they were edited")
    parser.add_argument("--gold", nargs="+", type=Path, default=[], metavar="GOLD", help="finished sets: a draft whose id they have is left out")
    given = parser.parse_args(arguments)
    try:
        begun = _begun(given.out)
        finished = {question.id for question in load(given.gold)} if given.gold else set()
        known = finished | {question.id for question in begun}
        new = [draft for draft in drafts(feedback.read(given.feedback)) if draft.id not in known]
        write(given.out, [*begun, *new])
    except XhhtError as error:
        print(f"evals drafts: {error}", file=sys.stderr)
        return 2
    print(f'{len(new)} new drafts in {given.out}, {len(begun)} were there; finish each by hand, delete its "draft", and move it to a gold file')
    return 0


def _begun(out: Path) -> list[Question]:
    """The drafts of an earlier export. Raises GoldError where the file holds anything else: finished questions and drafts are never mixed."""
    questions = []
    for entry in read([out]) if out.exists() else ():
        if entry.question is None:
            raise GoldError(f"{entry.where}: {entry.problems[0]}")
        if not entry.question.draft:
            raise GoldError(f"{entry.where}: {entry.question.id!r} is finished; move it to a gold file before more drafts are added")
        questions.append(entry.question)
    return questions


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
