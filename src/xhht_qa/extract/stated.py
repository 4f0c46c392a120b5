"""What facts say in an answer: each in its own words with who acts, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable

from xhht_qa.extract.material import Material
from xhht_qa.extract.rows import in_words, is_row
from xhht_qa.extract.units import without_mark
from xhht_qa.text.normalise import fold
from xhht_qa.types import Fact, Source


def as_said(material: Material, fact: Fact) -> str:
    """A fact with who acts, a table row with the names of its columns."""
    section = material.plans[fact.plan].section(fact.section)
    row = next((paragraph for paragraph in section.paragraphs if is_row(paragraph) and paragraph.text == fact.quote), None) if section else None
    said = f"{in_words(material.query, row)}." if row else without_mark(fact.quote).rstrip(";, ")
    return said if row or fold(fact.actor) in fold(said) else f"{fact.actor}: {said}"


def source_of(fact: Fact) -> Source:
    """Where a fact stands."""
    return Source(fact.plan, fact.section, fact.bullet, fact.quote)


def once(facts: Iterable[Fact], said: Iterable[Source] = ()) -> list[Fact]:
    """One of those that rest on the same words, or on words within those of another or of what is ``said``; the longest first."""
    known, kept = list(said), []
    for fact in sorted(facts, key=lambda fact: -len(fact.quote)):
        if not any(fact.quote in source.quote and (fact.plan, fact.section) == (source.plan, source.section) for source in known):
            known.append(source_of(fact))
            kept.append(fact)
    return kept
