"""Several plans side by side: what each says of one thing, and which say nothing."""

from __future__ import annotations

from xhht_qa import messages
from xhht_qa.extract.answerable import LEAST, answerable
from xhht_qa.extract.clarify import named
from xhht_qa.extract.evidence import evidence
from xhht_qa.extract.expected import misses_attribute
from xhht_qa.extract.lookup import parts_of
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import not_found
from xhht_qa.text.tokens import folded_syllables, syllables
from xhht_qa.types import Draft

_HOLDER_SHARE = 0.65  # where plans are sought, one that covers this share of what the best one covers holds it too
_NAMED_SHARE = 0.5  # a plan that was named gets its row more easily
_LEAST_COVER = 0.25
_COMPARING = frozenset("so sánh đối chiếu giống khác trùng nhau chung điểm cho hai ba kế hoạch bản văn nội dung với bên nào gì có không".split())  # noqa: SIM905


def compose(material: Material) -> Draft | None:
    """Each plan's own best unit; where the question seeks plans, only those that hold it. None for a question about one plan."""
    query = material.query
    if not query.compare or len(query.plans) == 1:
        return None
    compared = material.candidates
    if query.plans and query.slot == "content" and not _what_compared(material):
        return Draft("answered", messages.COMPARE, tuple(parts_of(material.plans[plan], material.name(plan)) for plan in compared), messages.SIDE_BY_SIDE)
    asked = [material.within(plan) for plan in compared]
    best_cover = max((own.best.cover for own in asked if own.units), default=0.0)
    statements, silent = [], []
    for own in asked:
        if own.units and _holds(own, best_cover, not query.plans):
            statements.append(named(own, own.best))
        else:
            silent.append(messages.silent(own.name(own.scope[0])))
    if not statements:
        return not_found(material)
    lead = messages.COMPARE if query.plans else messages.AGGREGATE
    notes = [f"- {line}" for line in silent] if query.plans else []
    tail = "\n".join([*notes, messages.NARROWER] if query.plans and len(compared) < len(query.plans) else notes)
    return Draft("answered", lead, tuple(statements), tail, side_by_side=True)


def _what_compared(material: Material) -> set[str]:
    """The words that say what is compared: none of "Suối Mây giống gì Lam Khê"."""
    named = (f"{plan.title} {plan.metadata.issuer} {plan.metadata.place}" for plan in map(material.plans.__getitem__, material.query.plans))
    asked = folded_syllables(" ".join(word for word in syllables(material.query.text) if word not in _COMPARING))
    return set(asked) & set(material.weights.idf) - set(folded_syllables(" ".join(named)))


def _holds(own: Material, best_cover: float, seeking: bool) -> bool:
    """Whether a plan that was named states it, or one that is sought covers nearly what the best one covers, and prints the attribute asked for."""
    if seeking:
        printed = not all(misses_attribute(own.query.text, unit.section.text) for unit in own.units)
        return printed and own.best.cover >= max(_LEAST_COVER, _HOLDER_SHARE * best_cover)
    return own.best.cover >= _NAMED_SHARE * best_cover or answerable(evidence(own)) >= LEAST
