"""Facts picked out by kind, plan, who acts and when they fall due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xhht_qa.facts.days import Period, days_in, period_of, printed_year
from xhht_qa.text.normalise import compose, fold
from xhht_qa.types import Due, Fact, FactKind, Plan

_LEAP_CYCLE = 8  # years in which every day of the calendar occurs
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
    """A fact with what it takes to cite it."""

    fact: Fact
    plan_title: str
    label: str  # of the section: "điểm a khoản 5.3 mục 5 phần III"
    period: Period  # of its plan


def choose(plans: Mapping[str, Plan], choice: Choice) -> list[Stated]:
    """The facts that fit, in the order of the plans and of their text."""
    return list(_chosen(plans.values(), choice))


def _chosen(plans: Iterable[Plan], choice: Choice) -> Iterator[Stated]:
    actor = _words(choice.actor)
    for plan in plans:
        if choice.plans and plan.id not in choice.plans:
            continue
        period = period_of(plan)
        for fact in plan.facts:
            if (choice.kinds and fact.kind not in choice.kinds) or actor not in _words(fact.actor):
                continue
            if (choice.first or choice.last) and not (fact.due and falls_between(fact.due, period, choice.first, choice.last)):
                continue
            section = plan.section(fact.section)
            yield Stated(fact, plan.title, section.label if section else "", period)


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
