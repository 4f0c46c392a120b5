"""Where a plan contradicts itself: one task led by two bodies, one thing due at two times or with two figures, one period printed two ways.

Two facts contradict each other when all that they say is the same but for one value. Whatever else differs (who acts, for which level, on which
occasion) is a reason for another value, so it must be equal; what is not sure is left out.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations

from ingest.facts.periods import two_periods
from ingest.facts.sums import wrong_sums
from ingest.facts.twice import two_amounts
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Due, Fact, Plan

_LEAST_WORDS = 4  # of what is the same: "thực hiện Kế hoạch" is the task of everyone
_ALIKE = 0.75  # of the words that either says, both say
_SMALL = frozenset(
    "va cac cua cho ve theo tai trong voi nhung duoc den tu de viec thuc hien to chuc xay dung trien khai chu tri phoi hop nam ke hoach".split()  # noqa: SIM905
)  # what every task may say
_ROW = re.compile(r"/r\d")
_LITTLE_MORE = 1.5  # times the words of a row
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def contradictions_of(plan: Plan, facts: Sequence[Fact]) -> Iterator[Fact]:
    """A fact of kind "contradiction" for each pair: it stands at the later place, ``other`` is the section of the earlier one."""
    told = set[tuple[Hashable, ...]]()
    for earlier, later, what in [*_two_leads(facts), *_two_dues(facts), *_two_figures(facts)]:
        key = (earlier.section, later.section, earlier.first_line, later.first_line)
        if key not in told:
            told.add(key)
            yield replace(later, kind="contradiction", object=what, other=earlier.section)
    yield from wrong_sums(plan)
    yield from two_amounts(plan)
    yield from two_periods(plan)


def _two_leads(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    leads = [fact for fact in facts if fact.kind == "responsibility" and fact.role == "lead" and fact.actor]
    for earlier, later in _pairs(leads):
        if earlier.level == later.level and not _overlap(earlier.actor, later.actor) and _same(earlier.action, later.action):
            yield earlier, later, later.action


def _two_dues(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    due = [fact for fact in facts if fact.kind == "deadline" and fact.due]
    for earlier, later in _pairs(due, 1 / _LITTLE_MORE):
        assert earlier.due
        assert later.due
        same = (earlier.occasion, earlier.level) == (later.occasion, later.level) and (
            not earlier.actor or not later.actor or _same(earlier.actor, later.actor, 1)
        )
        if same and (_is_row_of(earlier, later) or _apart_and_same(earlier, later)) and _exclude(earlier.due, later.due):
            yield earlier, later, _what(later)


def _two_figures(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    targets = [fact for fact in facts if fact.kind == "target" and fact.object]
    for earlier, later in _pairs(targets):
        unit = _NUMBER.sub("", earlier.value) == _NUMBER.sub("", later.value)
        when = (earlier.due.date if earlier.due else None) == (later.due.date if later.due else None)
        other = _NUMBER.findall(earlier.value) != _NUMBER.findall(later.value)
        if unit and when and other and _apart(earlier, later) and earlier.level == later.level and _same(earlier.object, later.object):
            yield earlier, later, later.object


def _pairs(facts: Iterable[Fact], alike: float = _ALIKE) -> Iterator[tuple[Fact, Fact]]:
    """Facts of different sections that may say the same, each two once: what is said in nearly the same words shares one of its rarest."""
    listed = list(facts)
    said = [set(_words(_what(fact))) for fact in listed]
    common = Counter(chain.from_iterable(said))
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(said):
        may_differ = len(words) - math.ceil(alike * len(words))
        for word in sorted(words, key=lambda word: (common[word], word))[: may_differ + 1]:
            by_word[word].append(place)
    pairs = {pair for places in by_word.values() for pair in combinations(places, 2)}
    return ((listed[one], listed[other]) for one, other in sorted(pairs) if listed[one].section != listed[other].section)


def _apart(one: Fact, other: Fact) -> bool:
    """Whether two facts stand in different parts of a plan: beside each other, what their headings say is the reason for another value."""
    return one.section.split(".")[0] != other.section.split(".")[0]


def _apart_and_same(one: Fact, other: Fact) -> bool:
    return _apart(one, other) and _same(_what(one), _what(other), _LEAST_WORDS - 1)


def _is_row_of(one: Fact, other: Fact) -> bool:
    """Whether one is a row of a table, and all its words stand in the other, a statement of the text that says little more."""
    rows = [_ROW.match(fact.bullet) is not None for fact in (one, other)]
    row, text = (one, other) if rows[0] else (other, one)
    said, more = set(_words(_what(row))), set(_words(f"{text.action} {text.object}"))
    return rows.count(True) == 1 and len(said) >= _LEAST_WORDS and said <= more and len(more) <= _LITTLE_MORE * len(said)


def _what(fact: Fact) -> str:
    return fact.object if fact.kind == "target" else fact.action or fact.object


def _words(text: str) -> list[str]:
    return [word for word in folded_syllables(text) if word not in _SMALL]


def _same(one: str, other: str, least: int = _LEAST_WORDS) -> bool:
    """Whether two texts say the same in nearly the same words."""
    first, second = set(_words(one)), set(_words(other))
    return len(first & second) >= least and len(first & second) >= _ALIKE * len(first | second)


def _overlap(one: str, other: str) -> bool:
    first, second = set(_words(one)), set(_words(other))
    return first <= second or second <= first


def _exclude(one: Due, other: Due) -> bool:
    """Whether two dues cannot both be meant: each a date, neither of which is a rougher form of the other."""
    if (
        "from" in (one.relation, other.relation)
        or one.date is None
        or other.date is None
        or one.start
        or other.start
        or one.every != other.every
        or one.amount
        or other.amount
    ):
        return False
    pairs = ((one.date.year, other.date.year), (one.date.quarter, other.date.quarter), (one.date.month, other.date.month), (one.date.day, other.date.day))
    return any(first is not None and second is not None and first != second for first, second in pairs)
