"""What is due in a month or a quarter: "tháng 10 phải xong những việc gì?", from the deadlines of every plan in scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.rows import in_words, is_row
from xhht_qa.extract.units import without_mark
from xhht_qa.extract.weights import Weights
from xhht_qa.facts.days import days_in, period_of, printed_year
from xhht_qa.text.dates import find_dates
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Fact, Plan, Source, Statement

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
    kept = _about(material, query.text.replace(when.group(), " "), sorted(_once(found), key=lambda one: (one[0].month, one[0].day)))
    if not kept:
        return None
    statements = tuple(
        Statement(
            _in_words(material, fact), (Source(fact.plan, fact.section, fact.bullet, fact.quote),), "" if len(query.plans) == 1 else material.name(fact.plan)
        )
        for _, fact in kept[:_MOST]
    )
    return Draft("answered", messages.due_in(when.group().strip()), statements)


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


def _once(found: list[tuple[date, Fact]]) -> list[tuple[date, Fact]]:
    """One of the facts of several kinds or dues that rest on the same words, or on words within those of another."""
    longest: list[tuple[date, Fact]] = []
    for day, fact in sorted(found, key=lambda one: (-len(one[1].quote), one[0])):
        if not any(fact.quote in other.quote and (fact.plan, fact.section) == (other.plan, other.section) for _, other in longest):
            longest.append((day, fact))
    return longest


def _about(material: Material, text: str, found: list[tuple[date, Fact]]) -> list[tuple[date, Fact]]:
    """Those about the body or the subject that the question names beside the time; all where it names none."""
    weights = Weights(replace(material.query, text=text), material.vocabulary, material.scope)
    if not found or not [word for word in weights.idf if word not in _ASKING_WORDS and not word.isdigit()]:
        return found
    covers = [weights.cover(f"{fact.actor} {fact.quote}") for _, fact in found]
    least = max(_LEAST, _RIVAL_SHARE * max(covers))
    return [one for one, cover in zip(found, covers, strict=True) if cover >= least]


def _in_words(material: Material, fact: Fact) -> str:
    """A deadline with who acts, a table row with the names of its columns."""
    section = material.plans[fact.plan].section(fact.section)
    row = next((paragraph for paragraph in section.paragraphs if is_row(paragraph) and paragraph.text == fact.quote), None) if section else None
    said = f"{in_words(material.query, row)}." if row else without_mark(fact.quote).rstrip(";, ")
    return said if row or fold(fact.actor) in fold(said) else f"{fact.actor}: {said}"
