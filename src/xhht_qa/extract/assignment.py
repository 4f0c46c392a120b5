"""Who has to do what: "ai phải làm gì?" is answered by the part of a plan that hands out the work, body by body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract import clarify
from xhht_qa.extract.duties import name_asked
from xhht_qa.extract.lookup import whole
from xhht_qa.extract.material import Material, is_within
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Plan, Section

_ANYONE = ({"ai"}, {"tung", "don", "vi"}, {"moi", "don", "vi"}, {"tung", "co", "quan"}, {"moi", "co", "quan"}, {"tung", "ben"})
_HANDED_OUT = re.compile(
    r"^\W*(?:kế hoạch )?phân công(?: (?:nhiệm vụ|trách nhiệm|công việc|thực hiện|tổ chức thực hiện|việc))*(?: cho (?:ai|những ai|(?:các )?(?:đơn vị|cơ quan)(?: nào)?))?(?: (?:như )?thế nào| ra sao| gì)*\W*$",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:to chuc thuc hien|phan cong|trach nhiem)\b")
_JOINED = re.compile(r",| va | - |;")
_PLANS = 8  # that are looked through
_LONGEST = 1000  # words of such a part that are given whole; of a longer one, or of several plans, the headings
_SURE = 0.9


def compose(material: Material) -> Draft | None:
    """The parts that hand out the work; None where the duties of one body, or of one case, are asked for, or no part is headed so."""
    query = material.query
    if query.confirm or query.compare or query.addresses or len(material.candidates) > _PLANS:
        return None
    if not (_HANDED_OUT.match(query.text) or (query.slot == "responsible" and set(name_asked(query.text)) in _ANYONE)):
        return None
    plans = [plan for plan in map(material.plans.__getitem__, material.candidates) if next(_parts(plan), None)]
    if len(plans) != 1:
        told = [replace(whole(material, plan.id, next(_parts(plan)), 0), plan=material.name(plan.id)) for plan in plans]
        return clarify.apart(material, told)
    return Draft("answered", messages.DUTIES, tuple(whole(material, plans[0].id, part, _LONGEST) for part in _parts(plans[0])), confidence=_SURE)


def _parts(plan: Plan) -> Iterator[Section]:
    """The uppermost sections that are headed so; of one that joins another matter, "TIẾN ĐỘ, TỔ CHỨC THỰC HIỆN", the one of its own below it."""
    taken: list[str] = []
    for section in plan.sections:
        if is_within(section.address, taken) or not section.is_heading:
            continue
        heads = [bool(_PART.match(part.strip())) for part in _JOINED.split(fold(section.title))]
        below = [child for child in plan.children(section.address) if child.is_heading and _PART.match(fold(child.title))]
        if any(heads) and (all(heads) or not below):
            taken.append(section.address)
            yield section
