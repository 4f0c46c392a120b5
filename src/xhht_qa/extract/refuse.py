"""When the plans do not say it: off the topic, no such plan, or the right topic without the value asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from xhht_qa.extract.units import Unit, Weights, without_mark
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Plan, Query

# Below this share of the question in the best unit's section the plans speak of something else. Chosen on the sample plans
# and the real ones in turn, each time on the others' questions: answerable ones lie above, off-topic ones below.
LEAST_COVER = 0.3
_MOST = 0.5
_PERSONAL = re.compile(r"\b(?:email|e-mail|thu dien tu|so dien thoai|sdt|dien thoai|dia chi nha|so cccd|can cuoc|zalo|facebook ca nhan|muc luong|tien luong)\b")
_CONTACT = re.compile(r"@|\b0\d[\d .]{7,}")
_INVENT = re.compile(r"\b(?:bia|viet dai|doan dai|bo qua (?:tai lieu|van ban|ke hoach|quy dinh|huong dan)|hay khang dinh|khang dinh rang|gia su|tu dat|che ra|nghi ra|doan xem)\b")
_PERCENT = re.compile(r"\b(?:phan tram|ti le|ty le)\b|%")
_MONEY = re.compile(r"\b(?:bao nhieu|may) (?:tien|dong|trieu|ty|ti)\b|\bmuc (?:chi|kinh phi|tien|thuong)\b|\bso tien\b")
_MONEY_PRINTED = re.compile(r"\d[\d.,]*\s*(?:đồng|triệu|tỷ|tỉ|nghìn|đ\b)|lần mức lương", re.IGNORECASE)
_PLACE = re.compile(r"\b((?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường)\s+)([^\W\d_]+(?:\s+[^\W\d_]+){0,3})", re.IGNORECASE)
# "Ai làm Trưởng Ban …?" asks for a person; plans name persons with ông, bà or đồng chí.
_PERSON_ASKED = re.compile(r"\b(?:ai|nguoi nao|dong chi nao)\b.{0,25}\b(?:lam|giu chuc|la|giu vai tro)\b.{0,12}\b(?:truong|pho|chu tich|giam doc|to truong|thu ky|bi thu)\b|\b(?:truong ban|pho ban|truong phong|pho phong|chu tich|giam doc|to truong|thu ky|bi thu)\b.{0,60}\b(?:la ai|ten (?:la )?gi)\b")
_PERSON_NAMED = re.compile(r"\b(?:ông|bà|đồng chí|đ/c)\s+[^\W\d_]+\s+[^\W\d_]+", re.IGNORECASE)
_OTHER_PLAN = re.compile(r"^\W*(?:theo |trong )?ke hoach (?:so )?(\d+/[a-z][\w&-]*)")


def unknown_place(query: Query, plans: Mapping[str, Plan]) -> str:
    """A place that the question names and no plan in scope prints, "" if there is none."""
    printed = " ".join(" ".join(folded_syllables(f"{plan.title} {plan.metadata.place} {section.text}")) for plan in _searched(query, plans) for section in plan.sections)
    for match in _PLACE.finditer(query.question):
        name = list(takewhile(lambda word: word[0].isupper() and not word.isupper(), match.group(2).split()))
        if len(name) > 1 and f" {' '.join(folded_syllables(' '.join(name[:2])))} " not in f" {printed} ":
            return f"{match.group(1)}{' '.join(name)}"
    return ""


def other_document(query: Query, plans: Mapping[str, Plan]) -> bool:
    """Whether the question is about what another, unindexed plan says; the plans at hand only cite it."""
    match = _OTHER_PLAN.match(fold(query.question))
    numbers = {fold(plan.metadata.number) for plan in plans.values()}
    return bool(match) and query.slot in ("content", "criteria", "responsible", "budget", "award", "phase", "count") and match.group(1) not in numbers  # type: ignore[union-attr]


def asks_to_invent(query: Query) -> bool:
    """Whether the question wants something made up, or the plans set aside."""
    return bool(_INVENT.search(fold(query.question)))


def misses_value(query: Query, units: Sequence[Unit]) -> bool:
    """Whether the sections found lack the kind of value that the question asks for."""
    folded = fold(query.question)
    text = "\n".join(without_mark(unit.text) for unit in units)
    if _PERSON_ASKED.search(folded) and query.slot != "signer":
        return not _PERSON_NAMED.search(text)
    if _PERSONAL.search(folded):
        return not _CONTACT.search(text)
    if _PERCENT.search(folded):
        return "%" not in text and "phần trăm" not in text
    if _MONEY.search(folded):
        return not _MONEY_PRINTED.search(text)
    if query.slot == "dossier":
        return "ho so" not in fold("\n".join((text, *(" ".join(unit.section.path) for unit in units))))
    if query.slot == "count":
        return not any(character.isdigit() for character in text)
    return False


def off_topic(best: Unit, weights: Weights) -> bool:
    """Whether even the best section holds too little of the question."""
    return weights.cover(best.section.text, " ".join(best.section.path)) < LEAST_COVER


def unknown_subject(weights: Weights) -> bool:
    """Whether most of what the question is about is printed nowhere in the plans searched."""
    return weights.unknown > _MOST


def _searched(query: Query, plans: Mapping[str, Plan]) -> list[Plan]:
    return [plans[plan] for plan in query.plans] if query.plans else list(plans.values())
