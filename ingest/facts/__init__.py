"""Plan → facts: what a plan states, taken apart by the grammar of administrative Vietnamese; every text is as printed.

kind            actor                  action            object              recipient      value, other fields
deadline        who has to act         what, to the due  what is sent/event  to whom        due, occasion, level, through; of a row: value = product
reporting       who reports            the sending       what is sent        to whom        due (or None), occasion, level, through = by way of whom
responsibility  who is responsible     what for          –                   coordinate: with whom, advise: whom   role, level; of a row: value = product
criterion       for whom it holds      the criterion     –                   –              level
award           who is awarded         –                 the award           –              value = number or sum, level, occasion
dossier         –                      –                 the paper           –              –
phase           –                      what is done      "Giai đoạn 1"       –              due = its span; value = "02 giai đoạn" where the whole is divided
target          –                      –                 what is measured    –              value = comparison, figure and unit; due, level
budget          –                      –                 what it pays for    –              value = a sum, or a source of money
legal_basis     its issuer             –                 kind of document    –              value = its number, due = its date
definition      –                      –                 the word            –              value = its meaning
title           –                      –                 the title           –              level
metadata        the signer             –                 the issuer          one recipient  value = the number, due = the date; one field a fact
contradiction   as in the fact that says so at the later place                              other = the section of the earlier one

A contradiction is told only where nothing else explains it: two leads of one task, two dues or figures of one thing, a table's row against the text
(``contradictions``), a total that its parts do not give (``sums``; its object is what the total is of, its value the total, other the section of the
parts), a figure whose digits changed places or that the same words repeat otherwise (``twice``), a period that is not the plan's own (``periods``).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts.awards import awards_of
from ingest.facts.clauses import sentences_of
from ingest.facts.conditions import conditions_of
from ingest.facts.contradictions import contradictions_of
from ingest.facts.documents import documents_of
from ingest.facts.duties import duties_of
from ingest.facts.figures import figures_of
from ingest.facts.phases import phases_of
from ingest.facts.reports import reports_of
from ingest.facts.rows import rows_facts
from ingest.facts.statements import statements_of
from ingest.facts.terms import terms_of
from xhht_qa.types import Fact, Plan


def facts_of(plan: Plan) -> tuple[Fact, ...]:
    """What a plan states, in document order; nothing is stated twice."""
    places = {
        (section.address, paragraph.first_line, paragraph.bullet): (number, index)
        for number, section in enumerate(plan.sections)
        for index, paragraph in enumerate(section.paragraphs)
    }
    stated = list(dict.fromkeys(_facts(plan)))
    found = [*stated, *contradictions_of(plan, stated)]
    return tuple(sorted(found, key=lambda fact: places[fact.section, fact.first_line, fact.bullet]))


def _facts(plan: Plan) -> Iterator[Fact]:
    for sentence in sentences_of(plan):
        statements = statements_of(sentence)
        yield from reports_of(sentence, statements)
        yield from duties_of(sentence, statements)
        yield from conditions_of(sentence)
        yield from awards_of(sentence)
        yield from figures_of(sentence)
    yield from rows_facts(plan)
    yield from phases_of(plan)
    yield from documents_of(plan)
    yield from terms_of(plan)
