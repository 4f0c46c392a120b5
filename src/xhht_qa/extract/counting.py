"""How many tasks, solutions or criteria there are: "có mấy giải pháp?" is answered by all that stand under that heading, not by the text of one."""

from __future__ import annotations

import re
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract import clarify
from xhht_qa.extract.lookup import whole
from xhht_qa.extract.material import Material
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Draft, Plan, Section

_NOUNS = "nội dung|giải pháp|biện pháp|nhiệm vụ|tiêu chí|tiêu chuẩn|mục tiêu|mục đích|chỉ tiêu|yêu cầu|nguyên tắc|quan điểm|hình thức|đối tượng|điều kiện"
_ASKED = re.compile(rf"(?<!\w)(?:mấy|bao nhiêu) (?:nhóm )?({_NOUNS})(?!\w)", re.IGNORECASE)
_KINDS = re.compile(rf"(?:cac |nhung |mot so |nhom |he thong )*(?P<kind>{fold(_NOUNS)})\b")
_JOINED = re.compile(r",| va | - |;")
_ALIKE = ("noi dung|giai phap|bien phap|nhiem vu", "muc tieu|chi tieu", "tieu chi|tieu chuan|dieu kien")  # "NHIỆM VỤ, GIẢI PHÁP" heads one list of both
_LIGHT = frozenset(
    """
    co duoc neu de ra dat dua chia lam thanh gom bao tat ca tong cong trong theo ke hoach nhieu may thuc hien cho cua can phai chinh tam
    """.split()  # noqa: SIM905 – a list of words reads better as a text
)
_PLANS = 8  # that are looked through
_SURE = 0.9


def compose(material: Material) -> Draft | None:
    """All that stands under the heading of the kind that is counted, plan by plan; None where more is asked for than how many there are."""
    query = material.query
    asked = _ASKED.search(query.text)
    if asked is None or query.confirm or query.compare or query.addresses or len(material.candidates) > _PLANS:
        return None
    noun = fold(asked.group(1))
    plans = [material.plans[plan] for plan in material.candidates]
    found = [(plan, section) for plan in plans if (section := _headed(plan, noun, _rest(material, plan, noun)))]
    statements = [(len(_items(plan, section)), whole(material, plan.id, section)) for plan, section in found]
    if len(statements) == 1:
        [(count, statement)] = statements
        plan = material.name(statement.sources[0].plan) if len(plans) > 1 else ""  # the others may have theirs under another heading
        return Draft("answered", messages.counted(count), (replace(statement, plan=plan),), confidence=_SURE)
    return clarify.apart(
        material, [replace(statement, plan=messages.counted_in(material.name(statement.sources[0].plan), count)) for count, statement in statements]
    )


def _rest(material: Material, plan: Plan, noun: str) -> set[str]:
    """What the question says beside the kind and the plan's own name."""
    own = folded_syllables(f"{plan.title} {plan.metadata.subject} {plan.metadata.issuer} {plan.metadata.place}")
    return set(material.weights.idf) - _LIGHT - set(noun.split()) - set(own)


def _headed(plan: Plan, noun: str, rest: set[str]) -> Section | None:
    """The only section with items of its own that is headed by the kind, the deepest of those that stand in each other; None for none or several."""
    found = [section for section in plan.sections if section.is_heading and rest <= set(folded_syllables(section.title)) and _is_of(section, noun)]
    deepest = [section for section in found if not any(other.address.startswith(f"{section.address}.") for other in found)]
    one = deepest[0] if len(deepest) == 1 and len(_items(plan, deepest[0])) > 1 else None
    return None if one is None or any(child.is_heading and _KINDS.match(fold(child.title)) for child in plan.children(one.address)) else one


def _is_of(section: Section, noun: str) -> bool:
    """Whether all that a heading joins are of the kind that is counted, or like it; "TIÊU CHÍ VÀ HÌNH THỨC" heads two lists."""
    kinds = [_KINDS.match(part.strip()) for part in _JOINED.split(fold(section.title))]
    first = kinds[0]
    if first is None or len(kinds) == 1:
        return bool(first and first.group("kind") == noun)
    alike = next((group.split("|") for group in _ALIKE if noun in group.split("|")), [noun])
    return noun in {kind.group("kind") for kind in kinds if kind} and all(kind and kind.group("kind") in alike for kind in kinds)


def _items(plan: Plan, section: Section) -> list[object]:
    """The sections below a heading, else its bullets."""
    return list(plan.children(section.address)) or [paragraph for paragraph in section.paragraphs if paragraph.bullet.count("/") == 1]
