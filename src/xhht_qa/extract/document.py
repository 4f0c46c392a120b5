"""Answers about a plan as a document: who signed it, where it goes, its number and date."""

from __future__ import annotations

import re

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.types import CLOSING, OPENING, Draft, Plan, Query, Source, Statement

_DELEGATED = re.compile(r"(KT|TL|TUQ)\.\s*(.+)")
_ABBREVIATED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?\.")
_RECIPIENT_SHARE = 0.9  # plans whose recipients hold the question nearly as well as the best one's


def compose(material: Material) -> Draft | None:
    """The draft from the metadata of the plans in scope, or None where they have nothing of the kind."""
    query = material.query
    if query.slot not in ("signer", "copies", "number"):
        return None
    if query.slot == "number" and len(query.plans) == 1:
        plan, number = material.plans[query.plans[0]], _asks_number(query)
        if _is_blank(plan, number):
            return Draft("not_found", messages.blank(plan.title, number), confidence=0.9)
    sought = query.slot == "copies" and query.compare and not query.plans
    plans = (_sent_to(material) if sought else ()) or material.scope
    found = [statement for plan in plans if (statement := _about(query, material.plans[plan])) and statement.sources]
    if not found:
        return None
    if len(found) == 1:
        return Draft("answered", statements=tuple(found), confidence=0.9)
    if query.compare or query.named:
        return Draft("answered", messages.COMPARE, tuple(found), confidence=0.8)
    options = tuple(messages.reading(query.question, material.plans[statement.sources[0].plan].title) for statement in found)
    return Draft("clarify", messages.CLARIFY, tuple(found), options=options, confidence=0.8)


def _about(query: Query, plan: Plan) -> Statement | None:
    if query.slot == "signer":
        return _signer(plan)
    if query.slot == "copies":
        return _copies(query, plan)
    return _number(plan)


def _sent_to(material: Material) -> tuple[str, ...]:
    """The plans one of whose recipients the question names ("kế hoạch nào gửi Hội …?")."""
    best = {plan.id: max((material.weights.cover(recipient) for recipient in plan.metadata.recipients), default=0.0) for plan in material.plans.values()}
    top = max(best.values(), default=0.0)
    return tuple(plan for plan, cover in best.items() if top and cover >= _RECIPIENT_SHARE * top)


def _asks_number(query: Query) -> bool:
    """Whether the number of a plan is asked for, not its day."""
    words = fold(query.text).split()
    return "so" in words and "ngay" not in words


def _is_blank(plan: Plan, number: bool) -> bool:
    """Whether the number, or the day, is left blank in print."""
    if number:
        return not plan.metadata.number[:1].isdigit()
    return plan.metadata.date.count("/") < 2 or plan.metadata.date.startswith("/")


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
