"""Facts as JSON, as a table for a spreadsheet, and as lines to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from xhht_qa import messages
from xhht_qa.facts.choose import Stated, different

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a file for Windows-1252
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate what begins so


def as_json(stated: Sequence[Stated]) -> str:
    """A list of objects: the fields of ``Fact``, all the kinds of what it states, the plan's title and the section's label."""
    return (
        json.dumps([asdict(one.fact) | {"kinds": one.kinds, "plan_title": one.plan_title, "label": one.label} for one in stated], ensure_ascii=False, indent=1)
        + "\n"
    )


def as_csv(stated: Sequence[Stated]) -> str:
    """A table that Excel opens as it is; the exact words stand in quotation marks, so that none can be a formula."""
    return table_as_csv(messages.FACT_COLUMNS, map(_row, stated))


def table_as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Any table as Excel opens it; what would be calculated is kept as text by an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _BYTE_ORDER_MARK + file.getvalue()


def as_text(stated: Sequence[Stated]) -> str:
    """A paragraph a fact: what it states, its exact words, and where they stand."""
    return "".join(f"{_headline(one)}\n    “{one.fact.quote}”\n    {_place(one)}\n\n" for one in stated)


def _row(one: Stated) -> list[str]:
    fact = one.fact
    lines = str(fact.first_line) if fact.first_line == fact.last_line else f"{fact.first_line}–{fact.last_line}"
    return [
        _kinds(one), fact.plan, one.plan_title, fact.section, one.label, lines,
        fact.actor, messages.FACT_ROLES.get(fact.role or "", ""), fact.action, fact.object, fact.recipient, fact.through,
        fact.due.text if fact.due else "", fact.occasion, fact.level, fact.value, fact.other, f"“{fact.quote}”",
    ]  # fmt: skip


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _headline(one: Stated) -> str:
    fact = one.fact
    parts = different((fact.level, fact.actor, messages.FACT_ROLES.get(fact.role or "", ""), fact.action, fact.object, fact.value, fact.occasion))
    parts += [
        f"≠ {fact.other}" if fact.other else "",
        f"→ {fact.recipient}" if fact.recipient else "",
        f"({fact.through})" if fact.through else "",
        f"[{fact.due.text}]" if fact.due else "",
    ]
    return f"{_kinds(one)}: " + " · ".join(part for part in parts if part)


def _kinds(one: Stated) -> str:
    """All that it states: "Báo cáo, Thời hạn" of a report with a deadline."""
    return ", ".join(messages.FACT_KINDS[kind] for kind in one.kinds)


def _place(one: Stated) -> str:
    fact = one.fact
    return f"{fact.section}, {one.label}; {one.plan_title} ({fact.plan}, {messages.place(fact.first_line, fact.last_line, None)})"
