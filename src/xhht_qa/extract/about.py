"""Answers about a plan as a document: who signed it, where it goes, its number and date."""

from __future__ import annotations

from xhht_qa import messages
from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan, Query, Source, Statement


def about_document(query: Query, plan: Plan) -> Statement | None:
    """The statement that answers from the plan's metadata, or None where the plan has nothing of the kind."""
    if query.slot == "signer":
        return _signer(plan)
    if query.slot == "copies":
        return _copies(query, plan)
    if query.slot == "number":
        return _number(plan)
    return None


def _signer(plan: Plan) -> Statement | None:
    metadata = plan.metadata
    if not (metadata.signer or metadata.capacity):
        return None
    lines = [line for line in (*metadata.capacity.split(" / "), metadata.signer) if line]
    text = (
        messages.signed_by(plan.title, metadata.signer, metadata.capacity) if metadata.signer else messages.signed_without_name(plan.title, metadata.capacity)
    )
    return Statement(text, tuple(filter(None, (_source(plan, "ket-thuc", line) for line in lines[-1:]))))


def _copies(query: Query, plan: Plan) -> Statement | None:
    recipients = plan.metadata.recipients
    if not recipients:
        return None
    if "luu" in fold(query.question).split():
        kept = [recipient for recipient in recipients if fold(recipient).startswith("luu")]
        source = _source(plan, "ket-thuc", kept[0]) if kept else None
        return Statement(f"{plan.title}: {kept[0]}.", (source,)) if source else None
    sources = filter(None, (_source(plan, "ket-thuc", recipient) for recipient in recipients[:1]))
    return Statement(messages.received_by(plan.title, recipients), tuple(sources))


def _number(plan: Plan) -> Statement | None:
    metadata = plan.metadata
    if not (metadata.number or metadata.date):
        return None
    section = plan.section("mo-dau")
    line = next((paragraph.text for paragraph in section.paragraphs if fold(paragraph.text).startswith("so")), "") if section else ""
    source = _source(plan, "mo-dau", line)
    return Statement(messages.numbered(plan.title, metadata.number, metadata.date), (source,)) if source else None


def _source(plan: Plan, address: str, quote: str) -> Source | None:
    section = plan.section(address)
    if not section or not quote:
        return None
    paragraph = next((paragraph for paragraph in section.paragraphs if quote in paragraph.text), None)
    return Source(plan.id, address, paragraph.bullet, quote) if paragraph else None
