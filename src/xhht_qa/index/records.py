"""Plans, sections and facts from the JSON that is kept of them."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from xhht_qa.types import Date, Due, Fact, LegalBasis, Legibility, Metadata, Paragraph, Plan, Section


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as JSON holds it, without its facts."""
    return asdict(replace(plan, facts=()))


def plan_of(record: dict[str, Any]) -> Plan:
    """The plan that ``plan_record`` was made from."""
    return _plan(record | {"facts": ()})


def _plan(record: dict[str, Any]) -> Plan:
    metadata = record["metadata"]
    bases = tuple(LegalBasis(**basis) for basis in metadata["legal_bases"])
    sections = tuple(section_of(section) for section in record["sections"])
    return Plan(
        **{
            **record,
            "metadata": Metadata(**{**metadata, "recipients": tuple(metadata["recipients"]), "legal_bases": bases}),
            "sections": sections,
            "warnings": tuple(record["warnings"]),
            "legibility": Legibility(**{**record["legibility"], "recognised": tuple(record["legibility"]["recognised"])}),
        }
    )


def section_of(record: dict[str, Any]) -> Section:
    """A section."""
    return Section(**{**record, "path": tuple(record["path"]), "paragraphs": tuple(map(_paragraph, record["paragraphs"]))})


def fact_of(record: dict[str, Any]) -> Fact:
    """A fact."""
    return Fact(**{**record, "due": record["due"] and _due(record["due"])})


def _due(record: dict[str, Any]) -> Due:
    return Due(**{**record, "date": record["date"] and Date(**record["date"]), "start": record["start"] and Date(**record["start"])})


def _paragraph(record: dict[str, Any]) -> Paragraph:
    record["cells"] = tuple((name, text) for name, text in record["cells"])  # the record is nobody else's, and there are many
    return Paragraph(**record)
