"""Đầu mối: who reports what to whom, and when; a plan's reports are drawn as a map and stand in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xhht_qa import messages
from xhht_qa.engine import Engine
from xhht_qa.facts import Choice, Stated, choose
from xhht_qa.facts.choose import different
from xhht_qa.types import Plan
from xhht_qa.views import paging
from xhht_qa.views.asked import Asked, names_agency
from xhht_qa.views.map import NARROW, WIDE, Map, drawn
from xhht_qa.views.names import grouped
from xhht_qa.views.paging import Page
from xhht_qa.views.table import Table

_PLANS = 10  # of a page, each with its map


@dataclass(frozen=True)
class Report:
    """One report; an end that the plan does not name is ""."""

    stated: Stated
    sender: str  # as its group is named
    recipient: str

    @property
    def content(self) -> str:
        """What is sent, in the plan's words."""
        fact = self.stated.fact
        what = fact.object or fact.occasion or " ".join(different((fact.action,))) or fact.quote
        if fact.object and fact.occasion:
            what = "; ".join(different((fact.object, fact.occasion)))
        return what[:1].upper() + what[1:]

    @property
    def due(self) -> str:
        """When, as printed."""
        return self.stated.fact.due.text if self.stated.fact.due else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As in the columns of the page."""
        return (self.sender, self.content, self.recipient, self.stated.fact.through, self.due, self.stated.plan_title, self.stated.label)

    def forms(self) -> tuple[str, ...]:
        """The names as printed, where they differ from those of their groups."""
        fact = self.stated.fact
        pairs = ((fact.actor, self.sender), (fact.recipient, self.recipient))
        return tuple(printed for printed, name in pairs if printed and printed.casefold() != name.casefold())


@dataclass(frozen=True)
class PlanReports:
    """What one plan says."""

    plan: Plan
    reports: tuple[Report, ...]

    @cached_property
    def maps(self) -> tuple[Map, ...]:
        """One for a wide window and one for a phone; none where the plan names no two ends of a report."""
        pairs = [(report.sender, report.recipient) for report in self.reports if report.sender and report.recipient]
        return (drawn(pairs, WIDE), drawn(pairs, NARROW)) if pairs else ()

    @property
    def unmapped(self) -> int:
        """Reports that only the table holds."""
        return sum(not (report.sender and report.recipient) for report in self.reports)


@dataclass(frozen=True)
class Reporting:
    """The page, a plan after the other."""

    plan: str
    agency: str
    parts: tuple[PlanReports, ...]
    agencies: tuple[str, ...]  # that the filter offers
    plans: tuple[Plan, ...]
    page: Page

    @property
    def shown(self) -> Sequence[PlanReports]:
        """The plans of the page."""
        return self.page.of(self.parts)

    @property
    def reports(self) -> tuple[Report, ...]:
        """All that is shown, in its order."""
        return tuple(report for part in self.parts for report in part.reports)

    @property
    def table(self) -> Table:
        """What a file of this page holds."""
        return Table(messages.REPORTS, messages.REPORT_COLUMNS, tuple(report.cells for report in self.reports))


def reporting(engine: Engine, asked: Asked) -> Reporting:
    """The page that an address asks for. Raises QuestionError and UnknownPlan."""
    plan, agency = asked.plan("ke_hoach", engine.plans), asked.words("co_quan")
    stated = choose(engine.plans, Choice(kinds=frozenset({"reporting"})))
    names = grouped((name for one in stated for name in (one.fact.actor, one.fact.recipient) if name), engine.agency)
    reports = [Report(one, names.get(one.fact.actor, ""), names.get(one.fact.recipient, "")) for one in stated if not plan or one.fact.plan == plan]
    if agency:
        forms = {agency, engine.spelt_out(agency)}
        reports = [report for report in reports if any(names_agency(forms, *ends) for ends in _ends(report))]
    by_plan: dict[str, list[Report]] = {}
    for report in reports:
        by_plan.setdefault(report.stated.fact.plan, []).append(report)
    parts = [PlanReports(engine.plans[known], tuple(own)) for known, own in by_plan.items()]
    page = Page.asked_for(asked, paging.ROWS, len(parts), _PLANS)
    return Reporting(plan, agency, tuple(parts), tuple(sorted(set(names.values()))), tuple(engine.plans.values()), page)


def _ends(report: Report) -> tuple[tuple[str, str], ...]:
    """Each end by the name of its group and as printed."""
    fact = report.stated.fact
    return ((report.sender, fact.actor), (report.recipient, fact.recipient))
