"""Deadlines as a calendar that Outlook, Google and phones subscribe to (RFC 5545)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from xhht_qa import messages
from xhht_qa.facts.choose import Stated, different
from xhht_qa.facts.days import Span, days_in, is_dated, printed_year, rule
from xhht_qa.types import Fact

if TYPE_CHECKING:
    from icalendar import Event

_NAMESPACE = uuid.UUID("6f1d9d5e-3c8b-5b0e-9a53-7d7f0c1f2a41")  # any constant; with it the same fact has the same UID in every run
_ISSUED = frozenset({"legal_basis", "metadata", "definition", "title"})  # their dates are those of documents, nothing is due on them
_LANGUAGE = {"LANGUAGE": "vi"}
_LONGEST_SUMMARY = 100
_LEAP_CYCLE = 8  # years in which every day of the calendar occurs


def calendar(stated: Sequence[Stated], stamp: datetime) -> tuple[bytes, int]:
    """The deadlines as the bytes of an .ics file, and how many have no place in it.

    An event lasts all day and stands on the day that is printed, also for "trước ngày …"; what recurs does so until the last year of its
    plan. A year alone, an event of unknown date and a date whose year is unknown have no place. ``stamp`` is the time of writing, in UTC.
    """
    from icalendar import Calendar

    file = Calendar()
    for name, value in (("PRODID", "-//xhht-qa//facts//VI"), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN")):
        file.add(name, value)
    file.add("X-WR-CALNAME", messages.CALENDAR)
    left_out, used = 0, set[str]()
    for facts in merged(stated):
        span = _first(facts[0])
        if span is None:
            left_out += 1
            continue
        file.add_component(_event(facts, span, _identifier(facts[0].fact, used), stamp))
    return file.to_ical(), left_out


def merged(stated: Iterable[Stated]) -> list[list[Stated]]:
    """Facts of several kinds that say one thing are one event: the same words, actor and due."""
    merged: dict[tuple[object, ...], list[Stated]] = {}
    for one in stated:
        if one.fact.due and one.fact.kind not in _ISSUED:
            fact = one.fact
            merged.setdefault((fact.plan, fact.section, fact.bullet, fact.quote, fact.actor, fact.due), []).append(one)
    return list(merged.values())


def _first(one: Stated) -> Span | None:
    """The first time that a due falls, one that recurs not before its plan; None when no calendar can show it."""
    due = one.fact.due
    if due is None or not is_dated(due):
        return None
    period, printed = one.period, printed_year(due)
    begins = printed or (period.first.year if due.every and period.first else period.year)
    if begins is None:
        return None
    spans = (span for year in range(begins, begins + _LEAP_CYCLE) for span in days_in(due, year))
    if due.every is None or printed:
        return next(spans, None)
    return next((span for span in spans if (period.first is None or period.first <= span.last) and (period.last is None or span.first <= period.last)), None)


def _event(facts: Sequence[Stated], span: Span, identifier: str, stamp: datetime) -> Event:
    from icalendar import Event

    one = facts[0]
    event = Event()
    event.add("UID", identifier)
    event.add("DTSTAMP", stamp)
    event.add("DTSTART", span.first)
    event.add("DTEND", span.last + timedelta(1))  # the first day that is not part of it
    event.add("SUMMARY", f"{_summary(one.fact)} – {one.plan_name}", _LANGUAGE)
    event.add("DESCRIPTION", f"“{one.fact.quote}”\n\n{one.fact.section}, {one.label}\n{one.plan_title}", _LANGUAGE)
    event.add("CATEGORIES", list(dict.fromkeys(messages.FACT_KINDS[kind] for other in facts for kind in other.kinds)))
    event.add("TRANSP", "TRANSPARENT")  # a deadline does not make anyone busy
    recurrence = rule(one.fact.due) if one.fact.due else {}
    if recurrence:
        event.add("RRULE", recurrence | ({"UNTIL": one.period.last} if one.period.last else {}))
    return event


def _identifier(fact: Fact, used: set[str]) -> str:
    """A UID that depends on nothing but the fact; a number sets facts apart that agree in all that is printed."""
    key = "\n".join((fact.plan, fact.section, fact.bullet, fact.due.text if fact.due else "", fact.actor, fact.object, fact.quote))
    identifier = next(found for number in count() if (found := str(uuid.uuid5(_NAMESPACE, f"{key}\n{number}"))) not in used)
    used.add(identifier)
    return identifier


def _summary(fact: Fact) -> str:
    """Who does what, and the due as printed."""
    what = " ".join(different((fact.action, fact.object))) or fact.occasion or fact.quote
    due = f" ({fact.due.text})" if fact.due else ""
    words = f"{fact.actor}: {what}" if fact.actor else what
    room = max(_LONGEST_SUMMARY - len(due), 20)
    if len(words) > room:
        words = words[:room].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return words + due
