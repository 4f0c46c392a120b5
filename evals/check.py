"""Whether a question set can be trusted: every line, address, fact and forbidden text held against the plans, and one set against another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from evals.gold import Entry, Question, read
from evals.normalise import comparable, holds
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import ReadError, XhhtError
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Plan, Section

_SHINGLE = 3  # syllables; two of them are shared by all questions ("trước ngày nào")
_NEARLY = 0.8  # of all shingles of two questions: one word of fifteen differs
_SAME_PLAN = 0.8  # of all shingles of two plans; plans of two agencies on one subject share half of theirs

Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Problem:
    """What is wrong, where ("file:line"), and what to do about it."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True)
class Asked:
    """A question with its place and what it is compared by."""

    where: str
    question: Question
    words: tuple[str, ...]  # folded, of the question alone
    talk: tuple[str, ...]  # folded, of what the person said before
    shingles: Shingles

    @property
    def root(self) -> str:
        """The id of the question that this one and its twins come from."""
        return self.question.twin_of or self.question.id


def check(entries: Iterable[Entry], plans: Mapping[str, Plan]) -> Iterator[Problem]:
    """Every problem of one set, in the order of its lines, then of what is asked twice; ``plans`` maps ids to parsed plans."""
    kept: list[Asked] = []
    taken: dict[str, str] = {}
    for entry in entries:
        for sentence in entry.problems:
            yield Problem(entry.where, sentence)
        if entry.question is None:
            continue
        if entry.question.id in taken:
            yield Problem(entry.where, f"the id {entry.question.id!r} is already taken by {taken[entry.question.id]}; give one of them another")
        taken.setdefault(entry.question.id, entry.where)
        for sentence in faults(entry.question, plans):
            yield Problem(entry.where, f"{entry.question.id}: {sentence}")
        kept.append(asked(entry.where, entry.question))
    for number, one in enumerate(kept):
        yield from (Problem(one.where, sentence) for sentence in repeats(one, kept[:number]))


def repeats(one: Asked, others: Iterable[Asked]) -> Iterator[str]:
    """Which of the others ask what this one asks; a question and its twins may."""
    for other in others:
        if one.root != other.root and (how := _alike(one, other)):
            yield f"{one.question.id} asks {how} {other.question.id} ({other.where}); drop one, or ask it otherwise"


def faults(question: Question, plans: Mapping[str, Plan]) -> Iterator[str]:
    """What is wrong with one question by itself, each a sentence that names the mend."""
    if question.draft:
        yield 'it is a draft; finish it by hand and delete its "draft"'
    unknown = sorted({*question.plans, *(question.scope or ())} - set(plans))
    yield from (f"there is no plan {plan!r} in --plans{_meant(plan, plans)}" for plan in unknown)
    if [turn.role for turn in question.history] != ["user", "assistant"] * (len(question.history) // 2):
        yield "the turns of its history must be user, assistant, user, assistant …"
    if question.type == "unanswerable" or (question.draft and not question.sections):
        return
    cited: list[tuple[Plan, Section]] = []
    for plan_id, address in question.sections:
        if plan_id not in plans:
            continue
        section = plans[plan_id].section(address)
        if section is None:
            yield f"{plan_id} has no section {address!r}{_meant(address, [section.address for section in plans[plan_id].sections])}; see “python -m xhht_qa outline”"
        else:
            cited.append((plans[plan_id], section))
    yield from _faults_of_bullets(question, cited)
    if not question.facts and not question.draft:
        yield "it has no facts, so any answer that cites the section is right; give the words that the answer must hold"
    if len(cited) == len(question.sections):
        yield from _faults_of_facts(question, cited)
    answer = comparable(question.answer)
    for form in map(comparable, question.forbid):
        if not form:
            yield "a forbidden text is empty once markup is dropped; delete it"
        elif holds(answer, form):
            yield f"the forbidden {form!r} stands in its own answer; forbid what tells the near miss apart, or mend the answer"
        elif any(all(holds(comparable(fact), form) for fact in alternatives) for alternatives in question.facts):
            yield f"the forbidden {form!r} is part of a fact that the answer must hold; delete one of the two"


def _faults_of_bullets(question: Question, cited: Sequence[tuple[Plan, Section]]) -> Iterator[str]:
    known = {section.address + paragraph.bullet for _, section in cited for paragraph in section.paragraphs if paragraph.bullet}
    for bullet in question.bullets:
        if len(cited) == len(question.sections) and bullet not in known:
            yield f"its sections have no bullet {bullet!r}{_meant(bullet, known)}"


def _faults_of_facts(question: Question, cited: Sequence[tuple[Plan, Section]]) -> Iterator[str]:
    """A fact has to stand in the answer and, unless it is marked as derived, in a cited section."""
    answer = comparable(question.answer)
    printed = [comparable(text(plan, section)) for plan, section in cited]
    for alternatives in question.facts:
        forms, named = [comparable(form) for form in alternatives], " / ".join(alternatives)
        if answer and not any(holds(answer, form) for form in forms):
            yield f"its answer lacks the fact {named}; write the fact as the answer says it, or add that as an alternative"
        if set(question.derived).isdisjoint(alternatives) and not any(holds(section, form) for section in printed for form in forms):
            yield f'the fact {named} is printed in none of its sections; cite the section that holds it, or list it in "derived" if a reader concludes it'
    for fact in question.derived:
        if not any(fact in alternatives for alternatives in question.facts):
            yield f'"derived" names {fact!r}, which is not among its facts; write it as the fact is written'


def text(plan: Plan, section: Section) -> str:
    """What a person reads who is shown the section: how the plan is named, the headings above, the section and all below it."""
    metadata = plan.metadata
    below = [other for other in plan.sections if other.first_line >= section.first_line and other.last_line <= section.last_line]
    rows = [f"{name} {cell}" for other in below for paragraph in other.paragraphs for name, cell in paragraph.cells]
    return "\n".join((plan.title, metadata.issuer, metadata.place, metadata.subject, *section.path, *(other.text for other in below), *rows))


def asked(where: str, question: Question) -> Asked:
    """A question prepared to be compared with many."""
    words = tuple(folded_syllables(question.question))
    talk = tuple(syllable for turn in question.history if turn.role == "user" for syllable in folded_syllables(turn.content))
    return Asked(where, question, words, talk, shingles((*talk, *words)))


def shingles(words: Sequence[str]) -> Shingles:
    """Every run of three syllables; a shorter text is one run."""
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(max(len(words) - _SHINGLE + 1, 1)))


def similar(one: Shingles, other: Shingles) -> float:
    """Jaccard's index of two sets of shingles, 0..1."""
    return len(one & other) / (len(one | other) or 1)


def leaks(tune: Sequence[Entry], test: Sequence[Entry], tune_plans: Mapping[str, Plan], test_plans: Mapping[str, Plan]) -> Iterator[Problem]:
    """What a set to be judged by shares with one that rules were made on: questions, and plans that both ask about."""
    seen = [asked(entry.where, entry.question) for entry in tune if entry.question]
    known = [asked(entry.where, entry.question) for entry in test if entry.question]
    for one in known:
        for other in seen:
            how = "another form of" if one.root == other.root else _alike(one, other)
            if how:
                yield Problem(one.where, f"{one.question.id} asks {how} {other.question.id} ({other.where}), which the other set has; drop it from one of them")
    used, told = _used(seen), _used(known)
    prints = {plan: shingles(_words(tune_plans[plan])) for plan in used if plan in tune_plans}
    for plan, where in told.items():
        if plan not in test_plans:
            continue
        mine = shingles(_words(test_plans[plan]))
        for tuned, theirs in prints.items():
            if similar(mine, theirs) >= _SAME_PLAN:
                yield Problem(where, f"the plan {plan!r} is the plan {tuned!r} of the other set ({used[tuned]}); ask a test set about plans nobody tuned on")


def _used(questions: Sequence[Asked]) -> dict[str, str]:
    """The plans that questions are about → where first."""
    used: dict[str, str] = {}
    for one in questions:
        for plan in one.question.plans:
            used.setdefault(plan, one.where)
    return used


def _words(plan: Plan) -> list[str]:
    return [syllable for section in plan.sections for syllable in folded_syllables(section.text)]


def _alike(one: Asked, other: Asked) -> str:
    """In words how two questions are one; "" when they are two. The same words after another talk, or held to other plans, are another question."""
    mine, theirs = one.question, other.question
    if one.talk == other.talk and one.words == other.words and mine.scope == theirs.scope:
        return "the same as"
    same_answer = set(mine.sections) == set(theirs.sections) and mine.type == theirs.type and _values(mine) == _values(theirs)
    return "nearly the same as" if same_answer and similar(one.shingles, other.shingles) >= _NEARLY else ""


def _values(question: Question) -> set[str]:
    return {comparable(alternatives[0]) for alternatives in question.facts}


def _meant(given: str, known: Iterable[str]) -> str:
    close = get_close_matches(given, list(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


def read_plans(folders: Sequence[Path]) -> dict[str, Plan]:
    """Plan id → plan, of every readable file of the folders; one that cannot be read is named on standard error. Raises NoPlans."""
    from ingest.sandbox import parse_all

    plans = {}
    for _, plan in parse_all(folders):
        if isinstance(plan, ReadError):
            print(f"evals: skipped {plan}", file=sys.stderr)
        else:
            plans[plan.id] = plan
    return plans


def main(arguments: Sequence[str]) -> int:
    """Print every problem; 0 when there is none, 1 when there are some, 2 when nothing could be read."""
    parser = ArgumentParser(prog="python -m evals check", description="Hold question sets against the plans that they are about.")
    parser.add_argument("gold", nargs="+", type=Path, help="gold files, or folders of *.jsonl")
    parser.add_argument("--plans", nargs="+", type=Path, default=[Path("ingest/plans")], metavar="DIR", help="the plans (default: ingest/plans)")
    parser.add_argument("--against", nargs="+", type=Path, default=[], metavar="GOLD", help="a set that must share no question and no plan with this one")
    parser.add_argument("--against-plans", nargs="+", type=Path, metavar="DIR", help="the plans of that set (default: --plans)")
    given = parser.parse_args(arguments)
    try:
        entries = list(read(given.gold))
        plans = read_plans(given.plans)
        problems = list(check(entries, plans))
        if given.against:
            problems += leaks(list(read(given.against)), entries, read_plans(given.against_plans) if given.against_plans else plans, plans)
    except XhhtError as error:
        print(f"evals check: {error}", file=sys.stderr)
        return 2
    if not entries:
        print(f"evals check: no question in {', '.join(map(str, given.gold))}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    used = {plan for entry in entries if entry.question for plan in entry.question.plans}
    print(f"questions: {len(entries)}, plans: {len(used)}, problems: {len(problems)}")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
