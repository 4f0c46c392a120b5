"""When the plans do not say it: off the topic, no such plan, or the right topic without the value asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from xhht_qa.extract.units import Unit, without_mark
from xhht_qa.extract.values import holds_required, required_value
from xhht_qa.extract.weights import Weights
from xhht_qa.text.dates import dates_in
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Plan, Query

# Below this share of the question's words in the best section the plans speak of something else. One answerable question in
# twenty lies below 0.28 when it names its plan, so the bound is lower; off-topic questions name none and are held to more.
LEAST_COVER_NAMED = 0.1
LEAST_COVER = 0.4
_YES_NO = re.compile(r"\bco\b.{1,40}\b(?:khong|ko|chua)\W*$")
_MOST = 0.5
_INVENT = re.compile(
    r"\b(?:bia|(?:viet|noi|doan|ghi) dai|bo qua (?:tai lieu|van ban|ke hoach|quy dinh|huong dan)|hay khang dinh|khang dinh rang|gia su|tu dat|che ra|nghi ra|doan xem)\b"
)
_PLACE = re.compile(r"\b((?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường)\s+)([^\W\d_]+(?:\s+[^\W\d_]+){0,3})", re.IGNORECASE)
_OTHER_PLAN = re.compile(r"^\W*(?:theo |trong )?ke hoach (?:so )?(\d+/[a-z][\w&-]*)")


def unknown_place(query: Query, plans: Mapping[str, Plan]) -> str:
    """A place that the question names and no plan in scope prints, "" if there is none."""
    printed = " ".join(
        " ".join(folded_syllables(f"{plan.title} {plan.metadata.place} {section.text}")) for plan in _searched(query, plans) for section in plan.sections
    )
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


def misses_value(query: Query, best: Unit, units: Sequence[Unit]) -> bool:
    """Whether no unit holds the kind of value, or the very date, that the question asks about."""
    required = required_value(query)
    if required and query.slot != "signer" and not holds_required(required, without_mark(best.text)):
        return True
    if query.slot == "dossier" and "ho so" not in fold(f"{best.section.text} {' '.join(best.section.path)}"):
        return True
    dates = frozenset() if query.confirm or _YES_NO.search(fold(query.question)) else dates_in(query.question)
    return bool(dates) and not any(date.covers(other) for unit in units for other in dates_in(unit.paragraph.text) for date in dates)


def off_topic(query: Query, best: Unit, weights: Weights) -> bool:
    """Whether even the best section holds too little of the question."""
    return weights.words_cover(f"{best.section.text} {' '.join(best.section.path)}") < (LEAST_COVER_NAMED if query.named else LEAST_COVER)


def unknown_subject(weights: Weights) -> bool:
    """Whether most of what the question is about is printed nowhere in the plans searched."""
    return weights.unknown > _MOST


def _searched(query: Query, plans: Mapping[str, Plan]) -> list[Plan]:
    return [plans[plan] for plan in query.plans] if query.plans else list(plans.values())
