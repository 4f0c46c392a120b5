"""Document → Plan: the outline, the metadata, how the plan is cited, and the facts that it states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.facts import facts_of
from ingest.metadata import parse_metadata, plan_title
from ingest.outline import parse_outline
from xhht_qa.types import Document, Plan


def parse(document: Document) -> Plan:
    """The plan in a document; oddities of print are kept as printed and named in ``warnings``."""
    sections, warnings = parse_outline(document.lines)
    metadata = parse_metadata(sections, document.front_matter)
    title = document.front_matter.get("title") or plan_title(sections, metadata, Path(document.path).stem)
    plan = Plan(document.plan_id, title, document.path, document.digest, metadata, sections, (*document.warnings, *warnings), document.legibility)
    return replace(plan, facts=facts_of(plan))
