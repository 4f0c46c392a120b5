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

from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Due, Fact, Plan

_LEAST_WORDS = 4  # of what is the same: "thực hiện Kế hoạch" is the task of everyone
_ALIKE = 0.75  # of the words that either says, both say
_SMALL = frozenset(
    "va cac cua cho ve theo tai trong voi nhung duoc den tu de viec thuc hien to chuc xay dung trien khai chu tri phoi hop nam ke hoach".split()  # noqa: SIM905
)  # what every task may say
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PERIOD = re.compile(r"(?<![^\s.;:()“”\"])((?:[^\s.;:()“”\"]+\s+){6})giai đoạn\s+((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)", re.IGNORECASE)


def contradictions_of(plan: Plan, facts: Sequence[Fact]) -> Iterator[Fact]:
    """A fact of kind "contradiction" for each pair: it stands at the later place, ``other`` is the section of the earlier one."""
    told = set[tuple[Hashable, ...]]()
    for earlier, later, what in [*_two_leads(facts), *_two_dues(facts), *_two_figures(facts)]:
        key = (earlier.section, later.section, earlier.first_line, later.first_line)
        if key not in told:
            told.add(key)
            yield replace(later, kind="contradiction", object=what, other=earlier.section)
    yield from _two_periods(plan)


def _two_leads(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    leads = [fact for fact in facts if fact.kind == "responsibility" and fact.role == "lead" and fact.actor]
    for earlier, later in _pairs(leads):
        if earlier.level == later.level and not _overlap(earlier.actor, later.actor) and _same(earlier.action, later.action):
            yield earlier, later, later.action


def _two_dues(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    due = [fact for fact in facts if fact.kind == "deadline" and fact.due]
    for earlier, later in _pairs(due):
        assert earlier.due
        assert later.due
        same = (earlier.occasion, earlier.level) == (later.occasion, later.level) and (
            not earlier.actor or not later.actor or _same(earlier.actor, later.actor, 1)
        )
        if same and _apart(earlier, later) and _same(_what(earlier), _what(later), _LEAST_WORDS - 1) and _exclude(earlier.due, later.due):
            yield earlier, later, _what(later)


def _two_figures(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    targets = [fact for fact in facts if fact.kind == "target" and fact.object]
    for earlier, later in _pairs(targets):
        unit = _NUMBER.sub("", earlier.value) == _NUMBER.sub("", later.value)
        when = (earlier.due.date if earlier.due else None) == (later.due.date if later.due else None)
        other = _NUMBER.findall(earlier.value) != _NUMBER.findall(later.value)
        if unit and when and other and _apart(earlier, later) and earlier.level == later.level and _same(earlier.object, later.object):
            yield earlier, later, later.object


def _two_periods(plan: Plan) -> Iterator[Fact]:
    """A period printed with other years behind the same words."""
    seen: dict[str, tuple[str, str]] = {}
    for section in plan.sections:
        for paragraph in section.paragraphs:
            for match in _PERIOD.finditer(paragraph.text):
                words, years = " ".join(folded_syllables(match.group(1))), f"{match.group(2)} - {match.group(3)}"
                known, where = seen.setdefault(words, (years, section.address))
                if known != years and where != section.address:
                    yield Fact(
                        "contradiction", plan.id, section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, paragraph.text,
                        object=match.group(1).strip(), value=f"giai đoạn {years}", other=where,
                    )  # fmt: skip


def _pairs(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Facts of different sections that may say the same, each two once: what is said in nearly the same words shares one of its rarest."""
    listed = list(facts)
    said = [set(_words(_what(fact))) for fact in listed]
    common = Counter(chain.from_iterable(said))
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(said):
        may_differ = len(words) - math.ceil(_ALIKE * len(words))
        for word in sorted(words, key=lambda word: (common[word], word))[: may_differ + 1]:
            by_word[word].append(place)
    pairs = {pair for places in by_word.values() for pair in combinations(places, 2)}
    return ((listed[one], listed[other]) for one, other in sorted(pairs) if listed[one].section != listed[other].section)


def _apart(one: Fact, other: Fact) -> bool:
    """Whether two facts stand in different parts of a plan: beside each other, what their headings say is the reason for another value."""
    return one.section.split(".")[0] != other.section.split(".")[0]


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
    if one.date is None or other.date is None or one.start or other.start or one.every != other.every or one.amount or other.amount:
        return False
    pairs = ((one.date.year, other.date.year), (one.date.quarter, other.date.quarter), (one.date.month, other.date.month), (one.date.day, other.date.day))
    return any(first is not None and second is not None and first != second for first, second in pairs)
