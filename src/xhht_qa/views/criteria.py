"""Tiêu chí: what is asked of whom for which title, plan beside plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

from xhht_qa import messages
from xhht_qa.engine import Engine
from xhht_qa.facts import Choice, Stated, choose
from xhht_qa.types import FactKind, Plan
from xhht_qa.views import paging
from xhht_qa.views.asked import Asked, holds
from xhht_qa.views.names import grouped
from xhht_qa.views.paging import Page
from xhht_qa.views.table import Table

KINDS: dict[str, FactKind] = {"tieu-chi": "criterion", "danh-hieu": "title", "khen-thuong": "award"}
KIND_NAMES = messages.CRITERIA_KINDS
_COLUMNS = 60  # of a page: what one plan says of one subject


@dataclass(frozen=True)
class Item:
    """One criterion, title or award in the plan's words."""

    stated: Stated
    heading: str  # the nearest printed heading

    @property
    def text(self) -> str:
        """What is asked or given."""
        fact = self.stated.fact
        text = ": ".join(part for part in (fact.object, fact.action or fact.value) if part) or fact.quote
        return text[:1].upper() + text[1:]

    @property
    def level(self) -> str:
        """At which level, as printed."""
        return self.stated.fact.level


@dataclass(frozen=True)
class Column:
    """A plan's items under one subject, by their headings."""

    plan: Plan
    items: tuple[Item, ...]

    @property
    def by_section(self) -> list[list[Item]]:
        """The items of each section together, in the order of the text; they share its heading and its link."""
        return [list(items) for _, items in groupby(self.items, key=lambda item: item.stated.fact.section)]


@dataclass(frozen=True)
class Subject:
    """Whom or what the items are about."""

    kind: FactKind
    name: str
    columns: tuple[Column, ...]
    spread: int  # in how many plans, on whatever page they are shown


@dataclass(frozen=True)
class Group:
    """One kind: subjects that several plans have, each plan beside the other, and a column a plan with those that it alone has."""

    name: str
    shared: tuple[Subject, ...]
    alone: dict[str, tuple[Plan, list[Subject]]]  # by the plan's id


@dataclass(frozen=True)
class Criteria:
    """The page: kind by kind, subject by subject."""

    plan: str
    kind: str
    words: str
    subjects: tuple[Subject, ...]
    plans: tuple[Plan, ...]
    page: Page  # of the columns

    kinds: ClassVar = {value: KIND_NAMES[kind] for value, kind in KINDS.items()}

    @property
    def shown(self) -> list[Subject]:
        """The subjects with those of their columns that are on the page."""
        found, behind = [], 0
        for subject in self.subjects:
            if columns := self.page.of(subject.columns, behind):
                found.append(replace(subject, columns=tuple(columns)))
            behind += len(subject.columns)
        return found

    @property
    def groups(self) -> list[Group]:
        """The subjects of the page by their kind."""
        found = []
        for kind, subjects in groupby(self.shown, key=lambda subject: subject.kind):
            group = Group(KIND_NAMES[kind], (), {})
            for subject in subjects:
                if subject.spread > 1:
                    group = replace(group, shared=(*group.shared, subject))
                else:
                    plan = subject.columns[0].plan
                    group.alone.setdefault(plan.id, (plan, []))[1].append(subject)
            found.append(group)
        return found

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is shown, in its order."""
        return tuple(item for subject in self.subjects for column in subject.columns for item in column.items)

    @property
    def table(self) -> Table:
        """What a file of this page holds."""
        rows = [
            (subject.name, KIND_NAMES[subject.kind], item.stated.plan_title, item.heading, item.level, item.text, item.stated.label)
            for subject in self.subjects
            for column in subject.columns
            for item in column.items
        ]
        return Table(messages.CRITERIA, messages.CRITERIA_COLUMNS, tuple(rows))


def criteria(engine: Engine, asked: Asked) -> Criteria:
    """The page that an address asks for. Raises QuestionError and UnknownPlan."""
    plan, kind, words = asked.plan("ke_hoach", engine.plans), asked.one_of("loai", KINDS), asked.words("tim")
    stated = choose(engine.plans, Choice(kinds=frozenset(KINDS.values()), plans=frozenset(filter(None, [plan]))))
    names = grouped((one.fact.actor for one in stated if one.fact.actor), lambda name: name)  # a subject is a kind of body, no single one
    subjects: dict[tuple[FactKind, str], dict[str, list[Item]]] = {}
    for one in stated:
        fact = one.fact
        item = Item(one, _heading(engine.plans[fact.plan], fact.section))
        subject = names.get(fact.actor) or item.heading or messages.ANYONE
        if (not kind or fact.kind == KINDS[kind]) and holds(words, subject, item.heading, item.text, item.level):
            subjects.setdefault((fact.kind, subject), {}).setdefault(fact.plan, []).append(item)
    order = list(KINDS.values())
    found = [
        Subject(of, name, tuple(Column(engine.plans[plan_id], tuple(items)) for plan_id, items in columns.items()), len(columns))
        for (of, name), columns in subjects.items()
    ]
    found.sort(key=lambda subject: (order.index(subject.kind), -subject.spread))  # what several plans have comes first
    page = Page.asked_for(asked, paging.ROWS, sum(subject.spread for subject in found), _COLUMNS)
    return Criteria(plan, kind, words, tuple(found), tuple(engine.plans.values()), page)


def _heading(plan: Plan, address: str) -> str:
    """The nearest heading above a section, itself included."""
    section = plan.section(address)
    while section and not section.is_heading and section.parent:
        section = plan.section(section.parent)
    return section.title.rstrip(" :.") if section and section.is_numbered else ""
