"""What a question says of a section beside its words: its number, its rank among siblings, the kind of value it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from xhht_qa.retrieve.weights import Weights
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.headings import kind_asked
from xhht_qa.text.normalise import fold
from xhht_qa.types import CLOSING, OPENING, Plan, Query, Section

_WHOLE_SECTION: Mapping[str, str] = {"signer": CLOSING, "copies": CLOSING, "number": OPENING}
_OPENING_SLOTS = ("number", "legal_basis")
# With accents: "phấn đấu" is no "phần đầu", "dân" does not cite ("dẫn").
_OPENING_NAMED = re.compile(r"(?<!\w)(?:căn cứ|mở đầu|phần đầu|tiêu đề|trích yếu|tên (?:của )?kế hoạch|số hiệu|viện dẫn|(?<!hướng )dẫn)(?!\w)", re.IGNORECASE)
_HOLDS: Mapping[str, re.Pattern[str]] = {
    "deadline": re.compile(
        r"\d{1,2}/\d{1,2}|ngày \d|tháng \d|năm (?!2\d{3}\s*[-–])\d{4}|quý [IVX\d]|h[àằ]ng (?:năm|quý|tháng|tuần)|thường xuyên|ngày làm việc|6 tháng",
        re.IGNORECASE,
    ),
    "legal_basis": re.compile(r"số \d+[\w/-]+", re.IGNORECASE),
    "count": re.compile(r"\d"),
    "budget": re.compile(r"kinh phí|ngân sách|đồng", re.IGNORECASE),
}
_HEADED: Mapping[str, re.Pattern[str]] = {
    "dossier": re.compile(r"\bho so\b|\bgiay to\b"),
    "criteria": re.compile(r"\btieu (?:chi|chuan)\b|\bdieu kien\b"),
    "award": re.compile(r"\bkhen thuong\b|\bhinh thuc\b"),
    "procedure": re.compile(r"\b(?:quy trinh|trinh tu|thu tuc|(?<!bat )(?<!rang )buoc)\b"),
    "phase": re.compile(r"\b(?:giai doan|lo trinh|tien do)\b"),
    "budget": re.compile(r"\bkinh phi\b"),
    "responsible": re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem|nhiem vu)\b"),
}
_ALWAYS_PRINTED = ("giai doan", "dot")


class Bonuses:
    """The bonuses of one query; ``plans`` are those in which an item may be meant by its rank."""

    def __init__(self, query: Query, plans: Iterable[Plan], weights: Weights) -> None:
        self._query = query
        self._weights = weights
        kind = kind_asked(query.text)
        self._holds, self._headed = _HOLDS.get(query.slot), re.compile(rf"\b{kind}\b") if kind else _HEADED.get(query.slot)
        self._opening = query.slot not in _OPENING_SLOTS and not _OPENING_NAMED.search(query.text)
        self._items = {(plan.id, section.address) for plan in plans for section in items_at(plan, *query.ordinal)} if query.ordinal else set()

    @property
    def named(self) -> Mapping[str, Sequence[str]]:
        """Address → the plans of which the section there is a candidate whatever its words: of () any that is searched."""
        named: dict[str, Sequence[str]] = {}
        for plan, address in self._items:
            named[address] = (*named.get(address, ()), plan)
        whole = _WHOLE_SECTION.get(self._query.slot)
        return named | dict.fromkeys((*self._query.addresses, *([whole] if whole else [])), self._query.plans)

    def most(self, is_named: bool) -> float:
        """The points that no section exceeds: one that the question names, by its number or its rank, or any other."""
        weights, query = self._weights, self._query
        every = (
            (weights.whole, is_named and query.slot in _WHOLE_SECTION),
            (weights.opening, self._opening),
            (weights.slot, self._holds),
            (weights.heading, self._headed),
            (abs(weights.facet) * len(query.facets), True),
            (weights.ordinal, is_named and self._items),
        )
        most = sum(points for points, is_given in every if is_given and points > 0)
        return max(most, weights.address) if is_named and query.addresses else most

    def of(self, plan: str, section: Section, text: str) -> dict[str, float]:
        """Name → points, without those that are nothing; ``text`` is what was found of the section. One that is named outright needs no other."""
        weights, address = self._weights, section.address
        if address in self._query.addresses:
            return {"address": weights.address}
        bonus = {}
        if address == OPENING and self._opening:
            bonus["opening"] = weights.opening
        elif address == _WHOLE_SECTION.get(self._query.slot):
            bonus["whole"] = weights.whole
        elif self._holds and self._holds.search(section.text):
            bonus["slot"] = weights.slot
        if self._headed and self._headed.search(fold(" > ".join(section.path))):
            bonus["heading"] = weights.heading
        if self._query.facets and (agreed := agreement(self._query.facets, facets_in(text))):
            bonus["facet"] = weights.facet * agreed
        if (plan, address) in self._items:
            bonus["ordinal"] = weights.ordinal
        return bonus


def items_at(plan: Plan, noun: str, number: int) -> list[Section]:
    """The sections that are or hold the ``number``-th item under a heading that begins with ``noun`` (folded; -1: the last)."""
    found = _printed(plan, noun, number)
    if found or noun in _ALWAYS_PRINTED:
        return found
    for section in plan.sections:
        if section.is_heading and fold(section.title).startswith(noun):
            children = [child for child in plan.sections if child.parent == section.address]
            bullets = [section for paragraph in section.paragraphs if paragraph.bullet.count("/") == 1]
            found += _nth(children or bullets, number)
    return found


def _printed(plan: Plan, noun: str, number: int) -> list[Section]:
    """The items that carry their number in print: "1. Giai đoạn 1 (…)", "- Đợt 2: …"."""
    pattern = re.compile(rf"\W*(?:\d+[.)]\s*)?{noun} (\d)\b")
    numbered = [
        (section, int(match.group(1))) for section in plan.sections for paragraph in section.paragraphs if (match := pattern.match(fold(paragraph.text)))
    ]
    wanted = max((figure for _, figure in numbered), default=0) if number < 0 else number
    return [section for section, figure in numbered if figure == wanted]


def _nth(items: Sequence[Section], number: int) -> list[Section]:
    index = number - 1 if number > 0 else len(items) + number
    return [items[index]] if 0 <= index < len(items) else []
