"""Plans, facts and chunks as the lines of JSON that a build keeps of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from xhht_qa.types import Date, Due, Fact, LegalBasis, Legibility, Metadata, Paragraph, Plan, Section


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as JSON holds it, without its facts."""
    return asdict(replace(plan, facts=()))


def plan_of(record: dict[str, Any]) -> Plan:
    """The plan that ``plan_record`` was made from."""
    return _plan(record | {"facts": ()})


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """One record a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def read_plans(folder: Path) -> dict[str, Plan]:
    """The plans of a build by their ids, with their facts."""
    facts = {plan: tuple(of_plan) for plan, of_plan in groupby(map(_fact, read_lines(folder / "facts.jsonl")), lambda fact: fact.plan)}
    return {record["id"]: _plan(record | {"facts": facts.get(record["id"], ())}) for record in read_lines(folder / "plans.jsonl")}


def _plan(record: dict[str, Any]) -> Plan:
    metadata = record["metadata"]
    bases = tuple(LegalBasis(**basis) for basis in metadata["legal_bases"])
    sections = tuple(_section(section) for section in record["sections"])
    return Plan(
        **{
            **record,
            "metadata": Metadata(**{**metadata, "recipients": tuple(metadata["recipients"]), "legal_bases": bases}),
            "sections": sections,
            "warnings": tuple(record["warnings"]),
            "legibility": Legibility(**{**record["legibility"], "recognised": tuple(record["legibility"]["recognised"])}),
        }
    )


def _section(record: dict[str, Any]) -> Section:
    return Section(**{**record, "path": tuple(record["path"]), "paragraphs": tuple(map(_paragraph, record["paragraphs"]))})


def _fact(record: dict[str, Any]) -> Fact:
    return Fact(**{**record, "due": record["due"] and _due(record["due"])})


def _due(record: dict[str, Any]) -> Due:
    return Due(**{**record, "date": record["date"] and Date(**record["date"]), "start": record["start"] and Date(**record["start"])})


def _paragraph(record: dict[str, Any]) -> Paragraph:
    return Paragraph(**{**record, "cells": tuple((name, text) for name, text in record["cells"])})
