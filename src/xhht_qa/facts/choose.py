"""Facts picked out by kind, plan, who acts and when they fall due."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from xhht_qa.facts.days import Period, days_in, period_of, printed_year
from xhht_qa.text.normalise import compose, fold
from xhht_qa.types import Due, Fact, FactKind, Plan

_LEAP_CYCLE = 8  # years in which every day of the calendar occurs
_DATED = ("deadline", "reporting")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Choice:
    """What to keep; an empty part keeps all."""

    kinds: frozenset[FactKind] = frozenset()
    plans: frozenset[str] = frozenset()
    actor: str = ""  # some of the words of who acts, with or without accents
    first: date | None = None  # due on this day or later
    last: date | None = None  # due on this day or earlier


@dataclass(frozen=True)
class Stated:
    """A fact with what it takes to cite it; a report with a deadline is one statement of two kinds."""

    fact: Fact
    kinds: tuple[FactKind, ...]
    plan_title: str
    plan_name: str  # in short, "45/KH-UBND, UBND xã …"
    period: Period  # of its plan
    plan: Plan = field(repr=False, compare=False)

    @property
    def label(self) -> str:
        """Of the section: "điểm a khoản 5.3 mục 5 phần III"; read when it is shown, as a page shows few of many."""
        section = self.plan.section(self.fact.section)
        return section.label if section else ""


def choose(plans: Mapping[str, Plan], choice: Choice, spelt_out: Callable[[str], str] = str) -> list[Stated]:
    """The facts that fit, in the order of the plans and of their text; what is stated as two kinds of fact is one.

    ``spelt_out`` gives the words that the name of an agency is short for; the actor is looked for as typed and spelt out.
    """
    return list(_chosen(plans.values(), choice, cache(spelt_out)))


def _chosen(plans: Iterable[Plan], choice: Choice, spelt_out: Callable[[str], str]) -> Iterator[Stated]:
    asked = {_words(choice.actor), _words(spelt_out(choice.actor))} if choice.actor else set()
    for plan in plans:
        if choice.plans and plan.id not in choice.plans:
            continue
        period, name = period_of(plan), _name(plan)
        for facts in _of_one_statement(plan):
            fact = next((fact for fact in facts if not choice.kinds or fact.kind in choice.kinds), None)
            if fact is None or (asked and not (fact.actor and any(words in _words(name) for name in (fact.actor, spelt_out(fact.actor)) for words in asked))):
                continue
            if (choice.first or choice.last) and not (fact.due and falls_between(fact.due, period, choice.first, choice.last)):
                continue
            yield Stated(fact, tuple(fact.kind for fact in facts), plan.title, name, period, plan)


def _of_one_statement(plan: Plan) -> Iterable[list[Fact]]:
    """The facts of a plan, those together that say one thing: the report and its deadline have the same words, actor, action and due."""
    said: dict[Hashable, list[Fact]] = {}
    for place, fact in enumerate(plan.facts):
        both = fact.due is not None and fact.kind in _DATED
        key = (fact.section, fact.bullet, fact.first_line, fact.quote, fact.actor, fact.action, fact.object, fact.due) if both else place
        said.setdefault(key, []).append(fact)
    return said.values()


def _name(plan: Plan) -> str:
    """A plan's number, where it is not blank, and who issued it; failing both its title."""
    number = plan.metadata.number if plan.metadata.number[:1].isdigit() else ""
    return ", ".join(filter(None, (number, plan.metadata.issuer))) or plan.title


def falls_between(due: Due, period: Period, first: date | None, last: date | None) -> bool:
    """Whether a due can fall between two days, either of them open: one without a year in any year of its plan."""
    return any(
        (first is None or first <= span.last) and (last is None or span.first <= last)
        for year in _years(due, period, first, last)
        for span in days_in(due, year)
    )


def _years(due: Due, period: Period, first: date | None, last: date | None) -> range:
    """The years that are worth a look."""
    printed = printed_year(due)
    if printed:
        return range(printed, printed + 1)
    asked = (first or last or period.first or date.today()).year
    begins = max(asked - _LEAP_CYCLE, period.first.year) if period.first else asked - _LEAP_CYCLE
    ends = max(asked, begins) + _LEAP_CYCLE
    return range(begins, (min(ends, period.last.year) if period.last else ends) + 1)


def _words(text: str) -> str:
    """The folded words, each between two spaces: "xa" is not found in "xac"."""
    words = _NOT_LETTERS.sub(" ", fold(compose(text))).strip()
    return f" {words} " if words else ""


def different(parts: Iterable[str]) -> list[str]:
    """The parts that say something which no part before them says: "báo cáo năm" adds nothing to "gửi báo cáo năm"."""
    kept: list[str] = []
    for part in parts:
        if part and not any(_words(part) in _words(other) for other in kept):
            kept.append(part)
    return kept
