"""Greetings, thanks, and what the assistant can be asked about."""

from __future__ import annotations

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft


def compose(material: Material) -> Draft | None:
    """A short courteous reply about what is indexed; it needs no citation."""
    if material.query.slot not in ("plans", "greeting"):
        return None
    titles = messages.plan_list([plan.title for plan in material.plans.values()])
    if material.query.slot == "plans":
        return Draft("guide", lead=titles)
    folded = fold(material.query.question)
    if "cam on" in folded or "thank" in folded:
        return Draft("guide", lead=messages.THANKS)
    if "tam biet" in folded:
        return Draft("guide", lead=messages.FAREWELL)
    return Draft("guide", lead=messages.GREETING, tail=titles)
