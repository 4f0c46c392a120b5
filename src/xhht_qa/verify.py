"""The last step: what a draft says must stand in what it cites; a statement that does not goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.text.dates import dates_in, find_dates
from xhht_qa.text.normalise import compose
from xhht_qa.types import Draft, Plan, Source, Statement

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def verify(draft: Draft, plans: Mapping[str, Plan]) -> Draft:
    """The draft without unsupported statements; one that has none left but needs some becomes ``not_found``."""
    kept = tuple(statement for statement in draft.statements if _holds(statement, plans))
    if draft.statements and not kept and draft.status in ("answered", "corrected", "clarify"):
        return Draft("not_found", messages.NOT_FOUND)
    # the readings to pick from go with their statements
    options = tuple(option for option, statement in zip(draft.options, draft.statements, strict=False) if statement in kept)
    return replace(draft, statements=kept, options=options)


def _holds(statement: Statement, plans: Mapping[str, Plan]) -> bool:
    """Every quote is printed in its section; every date and figure in a cited section or in the head of its plan."""
    if not statement.sources or not all(_is_printed(source, plans) for source in statement.sources):
        return False
    printed = "\n".join(_evidence(source, plans) for source in statement.sources)
    dates = dates_in(printed)
    if not all(any(date.covers(other) for other in dates) for date in dates_in(statement.text)):
        return False
    return _numbers(statement.text) <= _numbers(printed)


def _is_printed(source: Source, plans: Mapping[str, Plan]) -> bool:
    section = plans[source.plan].section(source.section) if source.plan in plans else None
    return bool(source.quote) and section is not None and source.quote in section.text


def _evidence(source: Source, plans: Mapping[str, Plan]) -> str:
    """The cited section with the headings above it, and how the plan itself is named."""
    plan = plans[source.plan]
    section = plan.section(source.section)
    assert section
    return "\n".join([section.text, *section.path, plan.title, plan.metadata.number, plan.metadata.date])


def _numbers(text: str) -> frozenset[str]:
    """The whole numbers and decimals of a text, its dates left out; "04" and "4" are one, "250.000" is no part of "1.250.000"."""
    text = compose(text)
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return frozenset(number.lstrip("0") or "0" for number in _NUMBER.findall(text))
