"""Answers about a plan as a document: who signed it, where it goes, its number and date."""

from __future__ import annotations

import re

from xhht_qa import messages
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.types import CLOSING, OPENING, Plan, Query, Source, Statement

_DELEGATED = re.compile(r"(KT|TL|TUQ)\.\s*(.+)")
_ABBREVIATED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?\.")


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
    lines = metadata.capacity.split(" / ") if metadata.capacity else []
    source = _source(plan, CLOSING, "\n".join([*lines, metadata.signer])) or _source(plan, CLOSING, metadata.signer or (lines[-1] if lines else ""))
    if source is None:
        return None
    if not metadata.signer:
        return Statement(messages.signed_without_name(plan.title, metadata.capacity), (source,))
    delegated = next((match for line in lines if (match := _DELEGATED.match(line))), None)
    manner = messages.signed_for(delegated.group(1), _office(delegated.group(2), plan)) if delegated else ""
    own = next((line for line in reversed(lines) if not _ABBREVIATED.match(line)), "")
    return Statement(messages.signed_by(plan.title, metadata.signer, _office(own, plan), manner, metadata.capacity), (source,))


def _office(capitals: str, plan: Plan) -> str:
    """An office of the signature block ("PHÓ CHỦ TỊCH") spelt as the plan's body spells it, else with its head word's capital."""
    for section in plan.sections:
        for match in re.finditer(rf"\b{re.escape(capitals)}\b", section.text, re.IGNORECASE):
            if capitals and not is_upper(match.group()):
                return match.group()[0].upper() + match.group()[1:]
    lowered = re.sub(r"\b(chủ tịch|giám đốc)\b", lambda office: office.group().capitalize(), capitals.lower())
    return lowered[:1].upper() + lowered[1:]


def _copies(query: Query, plan: Plan) -> Statement | None:
    recipients = plan.metadata.recipients
    if not recipients:
        return None
    if "luu" in fold(query.question).split():
        kept = [recipient for recipient in recipients if fold(recipient).startswith("luu")]
        source = _source(plan, CLOSING, kept[0]) if kept else None
        return Statement(f"{plan.title}: {kept[0]}.", (source,)) if source else None
    source = _source(plan, CLOSING, "\n".join(_bullets(plan))) or _source(plan, CLOSING, recipients[0])
    return Statement(messages.received_by(plan.title, recipients), (source,) if source else ())


def _bullets(plan: Plan) -> list[str]:
    section = plan.section(CLOSING)
    paragraphs = section.paragraphs if section else ()
    start = next((i for i, paragraph in enumerate(paragraphs) if fold(paragraph.text).startswith("noi nhan")), len(paragraphs))
    return [paragraph.text for paragraph in paragraphs[start + 1 :] if paragraph.bullet]


def _number(plan: Plan) -> Statement | None:
    metadata = plan.metadata
    if not (metadata.number or metadata.date):
        return None
    section = plan.section(OPENING)
    line = next((paragraph.text for paragraph in section.paragraphs if re.match(r"so\s*:", fold(paragraph.text))), "") if section else ""
    source = _source(plan, OPENING, line)
    return Statement(messages.numbered(plan.title, metadata.number, metadata.date), (source,)) if source else None


def _source(plan: Plan, address: str, quote: str) -> Source | None:
    section = plan.section(address)
    if not section or not quote:
        return None
    if quote not in section.text:
        return None
    paragraph = next((paragraph for paragraph in section.paragraphs if quote in paragraph.text), None)
    return Source(plan.id, address, paragraph.bullet if paragraph else "", quote)
