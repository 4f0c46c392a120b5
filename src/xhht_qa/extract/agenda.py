"""What is due in a month or a quarter: "tháng 10 phải xong những việc gì?", from the deadlines of every plan in scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.stated import as_said, once, source_of
from xhht_qa.extract.weights import Weights
from xhht_qa.facts.days import days_in, period_of, printed_year
from xhht_qa.text.dates import find_dates
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Fact, Plan, Statement

_DUE_KINDS = ("deadline", "reporting")
_OPEN = r"(?:gi|nhung gi|(?:nhung |cac )?(?:viec|cong viec|nhiem vu|bao cao|han|moc|dau viec)(?: (?:gi|nao))?)"
_ASKED = re.compile(
    rf"\b(?:nhung|cac|co) (?:han|moc)\b.{{0,15}}\bnao\b|\b(?:phai|can)(?: (?:lam|nop|gui|xong|hoan thanh|bao cao|thuc hien))* {_OPEN}\b(?! la\b)|\b{_OPEN}\b.{{0,25}}\b(?:den han|het han|phai xong|can xong|phai hoan thanh|can hoan thanh|phai nop|can nop|phai lam|can lam)\b"
)
_WHEN = re.compile(r"(?:trong |vào |đến |của )?(?:tháng|quý) ?(?:[IVX]+|\d{1,2})(?: ?/ ?\d{4}| năm \d{4})?(?!\w)", re.IGNORECASE)
_ASKING_WORDS = frozenset("viec lam nop gui xong hoan thanh bao cao thuc hien han moc nhiem vu cong den het dau can quy roi".split())  # noqa: SIM905
_RUNNING = ("day", "week", "month", "always")  # what is due all the time marks no month
_LONGEST_DAYS = 100  # what lasts longer than a quarter is not due in it
_MOST = 30
_RIVAL_SHARE = 0.6  # of the question that the best one holds, another holds too
_LEAST = 0.2


def compose(material: Material) -> Draft | None:
    """The deadlines that fall in the time asked about, in their order; None where no such list is asked for or nothing falls there."""
    query = material.query
    when = _WHEN.search(query.text)
    if not when or query.confirm or not _ASKED.search(fold(query.text)):
        return None
    mentions = find_dates(when.group())
    asked = mentions[0].date if mentions else None
    if asked is None or asked.day or not (asked.month or asked.quarter):
        return None
    months = range(asked.month, asked.month + 1) if asked.month else range(3 * (asked.quarter or 1) - 2, 3 * (asked.quarter or 1) + 1)
    plans = [material.plans[plan] for plan in material.candidates]
    found = [one for plan in plans for one in _falling(plan, asked.year, months)]
    first: dict[Fact, date] = {}
    for day, fact in sorted(found, key=lambda one: one[0]):
        first.setdefault(fact, day)
    due = sorted(once(first), key=lambda fact: (first[fact].month, first[fact].day))
    kept = _about(material, query.text.replace(when.group(), " "), due)
    if not kept:
        return None
    statements = tuple(
        Statement(as_said(material, fact), (source_of(fact),), "" if len(query.plans) == 1 else material.name(fact.plan)) for fact in kept[:_MOST]
    )
    more = [messages.more_due(len(kept) - _MOST)] if len(kept) > _MOST else []
    more += [messages.NARROWER] if len(plans) < len(material.scope) else []  # of thousands of plans only some are gone through
    return Draft("answered", messages.due_in(when.group().strip()), statements, "\n".join(more))


def _falling(plan: Plan, year: int | None, months: range) -> Iterator[tuple[date, Fact]]:
    """The deadlines of a plan that fall in the months, of the year asked about if one is, each with its first day."""
    of_plan = period_of(plan).year
    for fact in plan.facts:
        if fact.due is None or fact.kind not in _DUE_KINDS or fact.due.every in _RUNNING:
            continue
        own = printed_year(fact.due) or of_plan or year or date.today().year
        if year in (None, own):
            short = (span for span in days_in(fact.due, own) if (span.last - span.first).days <= _LONGEST_DAYS)
            yield from ((span.first, fact) for span in short if span.first.month in months or span.last.month in months)


def _about(material: Material, text: str, found: list[Fact]) -> list[Fact]:
    """Those about the body or the subject that the question names beside the time; all where it names none."""
    weights = Weights(replace(material.query, text=text), material.vocabulary, material.scope)
    if not found or not [word for word in weights.idf if word not in _ASKING_WORDS and not word.isdigit()]:
        return found
    covers = [weights.cover(f"{fact.actor} {fact.quote}") for fact in found]
    least = max(_LEAST, _RIVAL_SHARE * max(covers))
    return [fact for fact, cover in zip(found, covers, strict=True) if cover >= least]
