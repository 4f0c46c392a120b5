"""Thời hạn: what is due when, seen from a day; what recurs stands with its next time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xhht_qa import messages
from xhht_qa.engine import Engine
from xhht_qa.facts import Choice, Span, Stated, choose
from xhht_qa.facts.calendar import merged
from xhht_qa.facts.choose import different
from xhht_qa.facts.days import falls_next
from xhht_qa.types import Due, Plan
from xhht_qa.views import paging
from xhht_qa.views.asked import Asked, month_span, names_agency
from xhht_qa.views.names import grouped
from xhht_qa.views.paging import Page
from xhht_qa.views.table import Table

AHEAD, PAST = "sap-toi", "da-qua"
STATES = {AHEAD: messages.AHEAD, PAST: messages.PAST}
_LANES = 20  # plans of the timeline that are shown at once
_SOON = 30  # days; what is due by then is marked


@dataclass(frozen=True)
class Row:
    """One deadline; ``span`` holds the days on which it falls next, None when it has no place in a calendar."""

    stated: Stated
    agency: str  # as its group is named, "" when the plan names none
    recipient: str
    span: Span | None
    day: date  # from which it is seen

    @property
    def due(self) -> Due:
        """When it is due, as printed."""
        assert self.stated.fact.due
        return self.stated.fact.due

    @property
    def task(self) -> str:
        """What is to be done, in the plan's words."""
        fact = self.stated.fact
        what = " ".join(different((fact.action, fact.object))) or fact.occasion or fact.quote
        return what[:1].upper() + what[1:]

    @property
    def when(self) -> str:
        """The day, or the month, quarter, half or year where no more is printed."""
        return shown(self.due, self.span) if self.span else ""

    @property
    def left(self) -> str:
        """How far away it is."""
        if self.span and self.due.every == "week" and not _day_is_printed(self.due) and self.span.last >= self.day:
            return messages.weeks_left((_monday(self.span) - self.day).days)
        if self.span is None:
            return ""
        if self.span.last < self.day:
            return messages.days_ago((self.day - self.span.last).days)
        if self.span.first > self.day:
            return messages.days_left((self.goal - self.day).days)
        return messages.under_way((self.span.last - self.day).days) if self.span.first != self.span.last else messages.TODAY

    @property
    def recurs(self) -> str:
        """How often, "" for once."""
        return messages.EVERY.get(self.due.every or "", "")

    @property
    def goal(self) -> date:
        """The day that is counted to: when a span that is printed with its beginning begins, else when it is over – of "trong tháng 12" the 31st."""
        assert self.span
        return self.span.first if self.due.start and self.span.first > self.day else self.span.last

    @property
    def is_soon(self) -> bool:
        """Whether it is near enough to be marked."""
        return self.span is not None and self.span.last >= self.day and (self.goal - self.day).days <= _SOON

    @property
    def cells(self) -> tuple[str, ...]:
        """As in the columns of the page."""
        return (self.when, self.left, self.due.text, self.agency, self.task, self.recipient, self.stated.plan_title, self.stated.label)


@dataclass(frozen=True)
class Month:
    """A column of the timeline."""

    span: Span
    is_now: bool

    @property
    def value(self) -> str:
        """As an address names it."""
        return f"{self.span.first:%Y-%m}"

    @property
    def short(self) -> str:
        """As the filter shows it, whose label says the noun."""
        return f"{self.span.first.month}/{self.span.first.year}"

    @property
    def name(self) -> str:
        """As it is read aloud."""
        return messages.month(self.short).capitalize()


@dataclass(frozen=True)
class Lane:
    """A plan's row of the timeline: how many deadlines fall in each month."""

    plan: Plan
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Timeline:
    """A year by plan and month."""

    year: int
    months: tuple[Month, ...]
    lanes: tuple[Lane, ...]
    page: Page  # of the lanes
    earlier: int | None  # the next year before this one that has deadlines
    later: int | None

    @property
    def shown(self) -> Sequence[Lane]:
        """The lanes of the page."""
        return self.page.of(self.lanes)


@dataclass(frozen=True)
class Deadlines:
    """The page. The four lists together are what was asked for."""

    day: date
    plan: str
    agency: str
    month: Month | None
    state: str
    ahead: tuple[Row, ...]
    relative: tuple[Row, ...]  # counted from an event
    open: tuple[Row, ...]  # the print names no day of the calendar
    past: tuple[Row, ...]  # the latest first
    timeline: Timeline | None
    agencies: tuple[str, ...]  # that the filter offers
    months: tuple[Month, ...]
    plans: tuple[Plan, ...]
    page: Page

    states = STATES

    @property
    def shown(self) -> tuple[Sequence[Row], ...]:
        """Of each of the four lists what is on the page."""
        lists, behind = [], 0
        for rows in (self.ahead, self.relative, self.open, self.past):
            lists.append(self.page.of(rows, behind))
            behind += len(rows)
        return tuple(lists)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All that is shown, in its order."""
        return (*self.ahead, *self.relative, *self.open, *self.past)

    @property
    def stated(self) -> list[Stated]:
        """The facts of the rows, for a calendar."""
        return [row.stated for row in self.rows]

    @property
    def table(self) -> Table:
        """What a file of this page holds."""
        return Table(messages.DEADLINES, messages.DEADLINE_COLUMNS, tuple(row.cells for row in self.rows))


def deadlines(engine: Engine, asked: Asked, today: date) -> Deadlines:
    """The page that an address asks for. Raises QuestionError and UnknownPlan."""
    plan, agency = asked.plan("ke_hoach", engine.plans), asked.words("co_quan")
    day = asked.day("ngay") or today
    span, state = asked.month("thang"), asked.one_of("tinh_trang", STATES)
    every = [facts[0] for facts in merged(choose(engine.plans, Choice(plans=frozenset(filter(None, [plan])))))]  # of an archive no other plan is read
    names = grouped((name for one in every for name in (one.fact.actor, one.fact.recipient) if name), engine.agency)
    forms = {agency, engine.spelt_out(agency)} if agency else set()
    within = [
        one for one in every if not agency or any(names_agency(forms, name, names.get(name, "")) for name in (one.fact.actor, one.fact.recipient) if name)
    ]
    rows = [_row(one, names, day, span) for one in within]
    if span:
        rows = [row for row in rows if row.span and row.span.first <= span.last and span.first <= row.span.last]
    dated = [(row.span, row) for row in rows if row.span]
    ahead = [row for span, row in sorted(dated, key=lambda pair: (pair[1].goal, pair[0].last)) if span.last >= day]
    past = [row for span, row in sorted(dated, key=lambda pair: pair[0].last, reverse=True) if span.last < day]
    ahead, past = ahead if state in ("", AHEAD) else [], past if state in ("", PAST) else []
    undated = [] if state else [row for row in rows if row.span is None]
    return Deadlines(
        day=day,
        plan=plan,
        agency=agency,
        month=Month(span, False) if span else None,
        state=state,
        ahead=tuple(ahead),
        past=tuple(past),
        relative=tuple(row for row in undated if row.due.amount),
        open=tuple(row for row in undated if not row.due.amount),
        timeline=_timeline(engine, within, asked, (span or Span(day, day)).first.year, day),
        agencies=tuple(sorted({names[one.fact.actor] for one in every if one.fact.actor})),
        months=tuple(_months(every, day)),
        plans=tuple(engine.plans.values()),
        page=Page.asked_for(asked, paging.ROWS, len(ahead) + len(undated) + len(past)),
    )


def _row(one: Stated, names: dict[str, str], day: date, month: Span | None) -> Row:
    """Seen from the month that is asked for, if one is: what recurs stands with its time in it."""
    assert one.fact.due
    span = falls_next(one.fact.due, one.period, month.first if month else day)
    return Row(one, names.get(one.fact.actor, ""), names.get(one.fact.recipient, ""), span, day)


def _times(one: Stated, year: int) -> Iterator[Span]:
    """Every time that a due falls in a year, weekly ones once a month."""
    assert one.fact.due
    seen: set[Span] = set()
    for month in range(1, 13) if one.fact.due.every else (1,):
        span = falls_next(one.fact.due, one.period, date(year, month, 1))
        if span and span not in seen and span.first.year <= year <= span.last.year:
            seen.add(span)
            yield span


def _years(stated: Iterable[Stated], day: date) -> Counter[int]:
    years: Counter[int] = Counter()
    for one in stated:
        if one.fact.due and (span := falls_next(one.fact.due, one.period, day)):
            lasts = range(span.first.year, one.period.last.year + 1) if one.fact.due.every and one.period.last else ()
            years.update({span.first.year, span.last.year, *lasts})
            if one.fact.due.every and one.period.first:
                years.update(range(one.period.first.year, span.first.year))
    return years


def _months(stated: Iterable[Stated], day: date) -> list[Month]:
    """The months in which something falls, what recurs counted where it falls next."""
    firsts = {date(span.first.year, span.first.month, 1) for one in stated if one.fact.due and (span := falls_next(one.fact.due, one.period, day))}
    return [Month(month_span(first.year, first.month), (first.year, first.month) == (day.year, day.month)) for first in sorted(firsts)]


def _timeline(engine: Engine, stated: list[Stated], asked: Asked, near: int, day: date) -> Timeline | None:
    """The year that is asked for, or the one nearest to ``near`` in which something falls."""
    years, year = sorted(_years(stated, day)), asked.year("nam") or near
    if not years:
        return None
    if not asked.year("nam"):
        year = min(years, key=lambda known: (abs(known - year), -known))
    months = tuple(Month(month_span(year, month), (year, month) == (day.year, day.month)) for month in range(1, 13))
    by_plan: dict[str, list[Span]] = {}
    for one in stated:
        by_plan.setdefault(one.fact.plan, []).extend(_times(one, year))
    lanes = []
    for plan, times in by_plan.items():
        counts = tuple(sum(span.first <= month.span.last and month.span.first <= span.last for span in times) for month in months)
        if any(counts):
            lanes.append(Lane(engine.plans[plan], counts))
    earlier = [known for known in years if known < year]
    later = [known for known in years if known > year]
    page = Page.asked_for(asked, paging.LANES, len(lanes), _LANES)
    return Timeline(year, months, tuple(lanes), page, earlier[-1] if earlier else None, later[0] if later else None)


def shown(due: Due, span: Span) -> str:
    """The days as far as the print goes: "15/06/2025", "tháng 6/2025", "quý II/2025", "01/03/2025 – 15/03/2025"."""
    first, last = span.first, span.last
    if not _day_is_printed(due):
        if due.every == "week":
            monday = _monday(span)
            return messages.week(monday)
        if due.every == "quarter" or (due.date and due.date.quarter and not due.start):
            return messages.quarter((last.month - 1) // 3, last.year)
        if due.every == "half":
            return messages.half_year(last.month <= 6, last.year)
        if due.every == "month" or span == month_span(last.year, last.month):
            return messages.month(f"{last.month}/{last.year}")
        if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12):
            return messages.years(first.year, last.year)
        return " – ".join(messages.month(f"{day.month}/{day.year}") for day in (first, last))
    return f"{last:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _day_is_printed(due: Due) -> bool:
    return bool(due.last or due.weekday or any(day and day.day for day in (due.start, due.date)))


def _monday(span: Span) -> date:
    """Of the week in which a weekly due falls."""
    return span.last - timedelta(span.last.weekday())
