"""Writing a gold question with a helper: it finds the sections, offers the values, and checks what was written. Speaks Vietnamese, as its users do."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar, get_args

from evals.check import asked, faults, repeats
from evals.gold import Entry, Question, Style, Type, append, read
from evals.indexed import indexed
from evals.proposals import neighbouring_values, style_of, type_of, values
from evals.run import RUNS
from xhht_qa.command_line import ArgumentParser
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError
from xhht_qa.types import Plan

_SHOWN_SECTIONS, _SHOWN_CHARS, _SHOWN_VALUES = 8, 500, 15

_WELCOME = "Soạn câu hỏi chuẩn. Bỏ trống rồi nhấn Enter để lấy giá trị trong ngoặc vuông; Ctrl+D để dừng."
_PLANS = "Các kế hoạch:"
_WHICH_PLAN = "Câu hỏi về kế hoạch nào (số thứ tự; bỏ trống để kết thúc)"
_QUESTION = "Câu hỏi, viết như cán bộ vẫn hỏi"
_FOUND = "Các mục tìm được:"
_WHICH_SECTIONS = "Mục nào trả lời (số thứ tự hoặc số mục như III.2.a, cách nhau bằng dấu phẩy; bỏ trống nếu kế hoạch không nêu)"
_ALL_NEEDED = "Câu trả lời phải dẫn đủ các mục này (c/k)"
_ANSWER = "Câu trả lời đúng, ngắn gọn"
_REFUSAL = "Vì sao không trả lời được"
_VALUES = "Giá trị có thể chọn:"
_FACTS = "Ý bắt buộc phải có (số thứ tự, hoặc tự gõ; cách nhau bằng dấu chấm phẩy; các cách viết của một ý cách nhau bằng dấu |)"
_FORBID = "Điều không được nói, thường là giá trị của mục bên cạnh (như trên; bỏ trống nếu không có)"
_TYPE = "Loại câu hỏi"
_STYLE = "Kiểu viết"
_UNKNOWN = "Không hiểu “{}”; xin gõ lại."
_NO_SECTION = "Kế hoạch không có mục “{}”; xin gõ lại."
_NEEDED = "Không được bỏ trống; xin gõ lại."
_ONE_OF = "Xin chọn một trong: {}."
_PROBLEMS = "Câu hỏi này còn vướng (lời của evals check):"
_KEEP = "Ghi câu hỏi này (c/k)"
_KEPT = "Đã ghi {} vào {}.\n"
_DROPPED = "Không ghi.\n"
_ENDED = "Đã dừng: {} câu hỏi mới trong {}. Xin chạy tiếp: python -m evals check {} --plans {}"


Name = TypeVar("Name", bound=str)


class _Ended(Exception):
    """The person has left, or the file of answers is at its end."""


def converse(engine: Engine, out: Path, ask: Callable[[str], str], say: Callable[[str], None]) -> Iterator[Question]:
    """Each question that the person wants kept, after it was appended to ``out``; ends when ``ask`` raises EOFError or no plan is chosen. Raises GoldError."""
    talk = _Talk(ask, say)
    plans = list(engine.plans.values())
    try:
        while True:
            talk.offer(_PLANS, [f"{plan.title} ({plan.id})" for plan in plans])
            number = talk.number(_WHICH_PLAN, len(plans))
            if number is None:
                return
            before = list(read([out])) if out.exists() else []
            question = _question(talk, engine, plans[number], before)
            others = [asked(entry.where, entry.question) for entry in before if entry.question]
            problems = [*faults(question, engine.plans), *repeats(asked(str(out), question), others)]
            if problems:
                talk.say(_PROBLEMS)
                for problem in problems:
                    talk.say(f"  - {problem}")
            if talk.yes(_KEEP, default=not problems):
                append(out, question)
                talk.say(_KEPT.format(question.id, out))
                yield question
            else:
                talk.say(_DROPPED)
    except _Ended:
        return


def _question(talk: _Talk, engine: Engine, plan: Plan, before: Sequence[Entry]) -> Question:
    said = talk.words(_QUESTION)
    found = [address for address in (passage.section for passage in engine.search(said, k=_SHOWN_SECTIONS, scope=[plan.id])) if plan.section(address)]
    talk.offer(_FOUND, [_shown(plan, address) for address in found])
    chosen = talk.sections(plan, found)
    style = style_of(said)
    if not chosen:
        reason = talk.words(_REFUSAL)
        name, style = _free_id(plan, "unanswerable", before), talk.one_of(_STYLE, get_args(Style), style)
        return Question(id=name, plans=(), type="unanswerable", style=style, question=said, answer=reason)
    need_all = len(chosen) > 1 and talk.yes(_ALL_NEEDED, default=False)
    answer = talk.words(_ANSWER)
    printed = "\n".join(section.text for address in chosen if (section := plan.section(address)))
    facts = talk.values(_FACTS, list(dict.fromkeys([*values(answer), *values(printed)])), needed=True)
    forbid = talk.values(_FORBID, neighbouring_values(plan, chosen, answer), needed=False)
    kind = talk.one_of(_TYPE, [name for name in get_args(Type) if name != "unanswerable"], type_of(said))
    return Question(
        id=_free_id(plan, kind, before),
        plans=(plan.id,),
        type=kind,
        style=talk.one_of(_STYLE, get_args(Style), style),
        question=said,
        answer=answer,
        facts=tuple(facts),
        forbid=tuple(form for forms in forbid for form in forms),
        sections=tuple((plan.id, address) for address in chosen),
        need_all=need_all,
    )


def _shown(plan: Plan, address: str) -> str:
    section = plan.section(address)
    assert section
    printed = section.text if len(section.text) <= _SHOWN_CHARS else f"{section.text[:_SHOWN_CHARS]}…"
    return f"{address} ({section.label}, dòng {section.first_line})\n" + "\n".join(f"       {line}" for line in printed.split("\n"))


def _free_id(plan: Plan, kind: str, before: Sequence[Entry]) -> str:
    taken = {entry.question.id for entry in before if entry.question}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{plan.id}-{kind}-{number:02}") not in taken)


class _Talk:
    """Prompts and their answers; what cannot be understood is asked again."""

    def __init__(self, ask: Callable[[str], str], say: Callable[[str], None]) -> None:
        self._ask = ask
        self.say = say

    def offer(self, title: str, entries: Sequence[str]) -> None:
        self.say(title)
        for number, entry in enumerate(entries, start=1):
            self.say(f"  {number:2}. {entry}")

    def line(self, prompt: str, default: str = "") -> str:
        try:
            return self._ask(f"{prompt}{f' [{default}]' if default else ''}: ").strip() or default
        except EOFError:
            raise _Ended from None

    def words(self, prompt: str) -> str:
        while not (given := self.line(prompt)):
            self.say(_NEEDED)
        return given

    def number(self, prompt: str, count: int) -> int | None:
        """From 0; None for a blank."""
        while given := self.line(prompt):
            if given.isdecimal() and 1 <= int(given) <= count:
                return int(given) - 1
            self.say(_UNKNOWN.format(given))
        return None

    def yes(self, prompt: str, default: bool) -> bool:
        while (given := self.line(prompt, "c" if default else "k").lower()) not in ("c", "có", "k", "không"):
            self.say(_UNKNOWN.format(given))
        return given.startswith("c")

    def one_of(self, prompt: str, names: Sequence[Name], default: Name) -> Name:
        while (given := self.line(prompt, default)) not in names:
            self.say(_ONE_OF.format(", ".join(names)))
        return next(name for name in names if name == given)

    def sections(self, plan: Plan, found: Sequence[str]) -> Sequence[str]:
        """Addresses; of those found by their numbers."""
        while True:
            given = [part.strip() for part in re.split(r"[,;\s]+", self.line(_WHICH_SECTIONS)) if part.strip()]
            chosen = [found[int(part) - 1] if part.isdecimal() and 1 <= int(part) <= len(found) else part for part in given]
            unknown = next((part for part in chosen if plan.section(part) is None), None)
            if unknown is None:
                return list(dict.fromkeys(chosen))
            self.say(_NO_SECTION.format(unknown))

    def values(self, prompt: str, offered: Sequence[str], needed: bool) -> list[tuple[str, ...]]:
        """Each with its alternatives; of those offered by their numbers."""
        offered = offered[:_SHOWN_VALUES]
        if offered:
            self.offer(_VALUES, offered)
        while True:
            parts = [part for part in map(str.strip, self.line(prompt).split(";")) if part]
            chosen = [tuple(self._value(form.strip(), offered) for form in part.split("|") if form.strip()) for part in parts]
            if any(chosen) or not needed:
                return [forms for forms in chosen if forms]
            self.say(_NEEDED)

    def _value(self, form: str, offered: Sequence[str]) -> str:
        return offered[int(form) - 1] if form.isdecimal() and 1 <= int(form) <= len(offered) else form


def main(arguments: Sequence[str]) -> int:
    """Questions are asked on the terminal, or read from standard input, an answer a line; 0, or 2 with one sentence."""
    parser = ArgumentParser(prog="python -m evals new", description="Write gold questions with a helper, which speaks Vietnamese.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), metavar="DIR", help="the plans (default: ingest/plans)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the gold file to which the questions are added")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where the evals keep their indexes (default: %(default)s)")
    given = parser.parse_args(arguments)

    def ask(prompt: str) -> str:
        answer = input(prompt)
        if not sys.stdin.isatty():  # a transcript reads like a talk
            print(answer)
        return answer

    try:
        engine = Engine.open(indexed(given.plans, given.runs))
        print(_WELCOME)
        kept = sum(1 for _ in converse(engine, given.out, ask, print))
    except XhhtError as error:
        print(f"evals new: {error}", file=sys.stderr)
        return 2
    print(_ENDED.format(kept, given.out, given.out, given.plans))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
