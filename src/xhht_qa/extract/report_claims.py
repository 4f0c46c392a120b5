"""Does it report there? What a question claims of one reporting line, against the lines that the plan states for that body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xhht_qa import messages
from xhht_qa.extract.asked import prints
from xhht_qa.extract.duties import is_of, name_of
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import not_found
from xhht_qa.extract.stated import as_said, once, source_of
from xhht_qa.extract.unheard import is_body
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.dates import dates_in
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Draft, Fact, Statement, Status

_CLAIM = re.compile(
    r"^\W*(?:có phải |có đúng )?(?P<actor>[^,]{2,80}?) (?:thì |sẽ |phải |cần |được |đều )*(?P<verb>báo cáo|gửi|nộp|trình|chuyển)(?P<matter>(?: [^\W\d]+){0,6}?)"
    r"(?: (?:về|cho|lên|tới|đến|với))+ (?P<recipient>[^,?]+?),? (?:có |là )*(?:đúng|phải|hả|nhỉ|chứ)(?!\w)",
    re.IGNORECASE,
)
_STATED = ("reporting", "deadline")  # a report with a day is told as a deadline
_HANDED = re.compile(r"(?<!\w)(?:báo cáo|gửi|nộp|trình)(?!\w)[^.;]*?(?<!\w)(?:về|cho|lên|tới|đến) (.+)", re.IGNORECASE)
_ANY_BODY = re.compile(r"\b(?:don vi|co quan|dia phuong)\b")
_VAGUE = re.compile(r"cap (?:tren|co tham quyen)")
_MATTERS = re.compile(r"\b(?:bao cao|ho so|danh sach|ke hoach|so lieu|du toan)\b")
_PLANS = 8  # that are gone through
_MOST = 5  # lines that are told


def compose(material: Material) -> Draft | None:
    """The verdict with the lines that stand in the plan; None where more is claimed than who reports to whom, or the plans differ."""
    claim = _CLAIM.search(material.query.text) if material.query.confirm and len(material.candidates) <= _PLANS else None
    if claim is None or dates_in(material.query.question) or not is_body(name_of(claim["recipient"], material)):
        return None
    matter = set(_MATTERS.findall(fold(f"{claim['verb']}{claim['matter']}"))) or {"bao cao"}
    said = {word for found in matter for word in found.split()} | material.weights.words_in(f"{claim['actor']} {claim['recipient']}")
    beside = material.weights.words_in(claim["matter"]) - said
    stated = [
        fact
        for fact in (fact for plan in material.candidates for fact in material.plans[plan].facts)
        if fact.kind in _STATED and _recipient(fact) and matter & set(_MATTERS.findall(fold(fact.quote))) and beside <= set(folded_syllables(fact.quote))
    ]
    actor, recipient = name_of(claim["actor"], material), name_of(claim["recipient"], material)
    own = [fact for fact in stated if is_of(fact.actor, actor, material.plans[fact.plan])]
    if any(_VAGUE.match(fold(_recipient(fact))) for fact in own):
        return None  # it may be that one
    there = [fact for fact in own if _is_told(material, fact, recipient)]
    if own and (not there or len(there) == len(own) or len(material.query.plans) == 1):
        return _told(material, "answered", messages.CORRECT, there) if there else _told(material, "corrected", messages.INCORRECT, own)
    if own or beside:
        return None
    others = [fact for fact in stated if _ANY_BODY.search(fold(fact.actor)) and not _is_told(material, fact, recipient)]
    if any(_is_told(material, fact, recipient) for fact in stated if _ANY_BODY.search(fold(fact.actor))):
        return None  # it may be one of them
    return _told(material, "corrected", messages.NO_SUCH_LINE, others) if others else not_found(material)


def _is_told(material: Material, fact: Fact, recipient: Sequence[str]) -> bool:
    """Whether a line ends at the body, alone or with others."""
    told = _recipient(fact)
    return is_of(told, recipient, material.plans[fact.plan]) or prints(told, " ".join(recipient))


def _recipient(fact: Fact) -> str:
    """Where a line ends: as the fact has it, else the first body behind the verb."""
    behind = _HANDED.search(fact.quote) if not fact.recipient else None
    return next(iter(agencies_in(behind.group(1))), "") if behind else fact.recipient


def _told(material: Material, status: Status, lead: str, facts: Sequence[Fact]) -> Draft:
    lines = sorted(once(facts), key=list(facts).index)[:_MOST]
    name = len(material.query.plans) != 1
    statements = tuple(Statement(as_said(material, fact), (source_of(fact),), material.name(fact.plan) if name else "") for fact in lines)
    return Draft(status, lead, statements)
