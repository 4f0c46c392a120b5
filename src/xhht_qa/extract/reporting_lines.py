"""Who reports to whom: "ai báo cáo cho ai?", the reporting lines of a plan, each pair of bodies once."""

from __future__ import annotations

import re
from collections import defaultdict

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Fact, Source, Statement

_ANYONE = r"(?:ai|(?:nhung |cac )?(?:co quan|don vi|ben|noi|phong ban|bo phan)(?: nao)?)"
_ASKED = re.compile(
    rf"\b{_ANYONE} (?:phai |se |can )?(?:bao cao|nop bao cao|gui bao cao)(?: (?:cho|len|ve|toi|voi|den))* {_ANYONE}\b|^\W*(?:phai )?(?:bao cao|nop bao cao|gui bao cao)(?: (?:cho|len|ve|toi|voi|den))* {_ANYONE}\b"
)
_ASKING_WORDS = frozenset("bao cao nop gui co quan don vi ban bo phan quan he nhung cac dau moi cho len nao".split())  # noqa: SIM905
_STATED = ("reporting", "deadline")  # a report with a day is told as a deadline
_PLANS = 8  # that are gone through
_MOST = 30


def compose(material: Material) -> Draft | None:
    """All lines of the plans in scope in the order of their text; None where more than that is asked for."""
    query = material.query
    asked = _ASKED.search(fold(query.text)) and not set(material.weights.idf) - _ASKING_WORDS
    if not asked or query.confirm or query.compare or len(material.candidates) > _PLANS:
        return None
    lines: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in (fact for plan in material.candidates for fact in material.plans[plan].facts):
        if fact.kind in _STATED and fact.actor and fact.recipient:
            lines[fact.plan, fold(fact.actor), fold(fact.recipient)].append(fact)
    statements = tuple(_line(material, facts) for facts in list(lines.values())[:_MOST])
    return Draft("answered", messages.REPORTING_LINES, statements) if statements else None


def _line(material: Material, facts: list[Fact]) -> Statement:
    """From whom to whom, and by when where that is said."""
    dues = dict.fromkeys(fact.due.text for fact in facts if fact.due)
    text = messages.reports_to(facts[0].actor, facts[0].recipient, list(dues))
    sources = dict.fromkeys(Source(fact.plan, fact.section, fact.bullet, fact.quote) for fact in facts)
    return Statement(text, tuple(sources), "" if len(material.query.plans) == 1 else material.name(facts[0].plan))
