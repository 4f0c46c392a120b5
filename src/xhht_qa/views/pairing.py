"""Which section of one plan answers to which of another: by their headings first, then by their words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan, Section

VALUE = re.compile(r"\d+(?:[./,:]\d+)*%?")  # a figure, dates and shares among them: "15/6/2025", "85%", "02"
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"^\s*(?:(?:phần|chương|mục|điều|phụ lục)\s+)?(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])(?:\s*[.):/-]|\s)\s*", re.IGNORECASE)
_ALIKE = 0.55  # of headings under parents that are a pair
_FAR = 0.62  # of sections anywhere: only words that are nearly the same are worth a line across the plan


@dataclass(frozen=True)
class Side:
    """A section of one of the two plans."""

    plan: Plan
    section: Section
    below: tuple[Section, ...] = ()  # sections under it that are read with it, because its partner has none

    @cached_property
    def paragraphs(self) -> tuple[tuple[str, str], ...]:
        """Each with its printed number apart, which says nothing of what differs; the section's own is left out."""
        own, *rest = self.section.paragraphs or (None,)
        split = [("", without_number(own.text))] if own else []
        split += [("", paragraph.text) for paragraph in rest if paragraph]
        for section in self.below:
            for number, paragraph in enumerate(section.paragraphs):
                words = paragraph.text if number else without_number(paragraph.text)
                split.append((paragraph.text[: len(paragraph.text) - len(words)], words))
        return tuple(split)

    @cached_property
    def text(self) -> str:
        """What is compared."""
        return "\n".join(words for _, words in self.paragraphs)

    @cached_property
    def title(self) -> Counter[str]:
        """The syllables of its heading, or of its opening words."""
        return _bag(self.section.title)

    @cached_property
    def words(self) -> Counter[str]:
        """The pairs of syllables of its text."""
        syllables = _WORD.findall(fold(self.text))
        return Counter(map(" ".join, itertools.pairwise(syllables))) if len(syllables) > 1 else Counter(syllables)


Pair = tuple[Side | None, Side | None]


def without_number(text: str) -> str:
    """The text behind its printed number."""
    return _NUMBER.sub("", text, count=1)


def pairs(one: Plan, other: Plan) -> list[Pair]:
    """Every numbered section of both plans once, in the order of the first; what only the second has stands behind its neighbour there."""
    ours, theirs = ([Side(plan, section) for section in plan.sections if section.is_numbered] for plan in (one, other))
    found: dict[str, Side] = {}
    taken: set[str] = set()  # addresses of theirs that are shown
    read: set[str] = set()  # addresses of ours that are read with the section above them

    def join(left: Sequence[Side], right: Sequence[Side], least: float) -> None:
        """The likest first; each section is half of one pair."""
        scored = [(score, a, b) for a in left for b in right if (score := likeness(a, b)) >= least]
        for _, a, b in sorted(scored, key=lambda row: row[0], reverse=True):
            if a.section.address not in found and b.section.address not in taken:
                found[a.section.address] = b
                taken.add(b.section.address)

    def absorb(side: Side, partner: Side) -> Side:
        """The side with all below it, where the partner says under one number what stands here under several."""
        below = tuple(section for section in side.plan.sections if section.parent == side.section.address)
        is_list = len(below) == len(_under(side)) and len(partner.section.paragraphs) > 1 and not _under(partner)
        return replace(side, below=below) if below and is_list else side

    def descend(parent: str | None, partner: str | None) -> None:
        left = [side for side in ours if side.section.parent == parent and side.section.address not in read]
        join(left, [side for side in theirs if side.section.parent == partner and side.section.address not in taken], _ALIKE)
        for side in left:
            if partner_of := found.get(side.section.address):
                whole, found[side.section.address] = absorb(side, partner_of), absorb(partner_of, side)
                ours[ours.index(side)] = whole
                read.update(section.address for section in whole.below)
                taken.update(section.address for section in found[side.section.address].below)
                descend(side.section.address, partner_of.section.address)

    descend(None, None)
    ours = [side for side in ours if side.section.address not in read]
    join([side for side in ours if side.section.address not in found], [side for side in theirs if side.section.address not in taken], _FAR)
    return _in_order(ours, theirs, found)


def likeness(one: Side, other: Side) -> float:
    """0 for nothing in common, 1 for the same words; headings are compared by their own words, what has none by its text."""
    titles = _dice(one.title, other.title)
    texts = _dice(one.words, other.words)
    return max(titles, texts) if one.section.is_heading and other.section.is_heading else (titles + 3 * texts) / 4


def _in_order(ours: Sequence[Side], theirs: Sequence[Side], found: dict[str, Side]) -> list[Pair]:
    partner = {section.address: a for a, b in found.items() for section in (b.section, *b.below)}
    behind: dict[str, list[Side]] = {}  # address of ours → what only they have behind its partner
    last = ""
    for side in theirs:
        if side.section.address in partner:
            last = partner[side.section.address]
        else:
            behind.setdefault(last, []).append(side)
    result: list[Pair] = [(None, side) for side in behind.get("", ())]
    for side in ours:
        result.append((side, found.get(side.section.address)))
        result += [(None, alone) for alone in behind.get(side.section.address, ())]
    return result


def _under(side: Side) -> frozenset[str]:
    """The addresses of all sections below one."""
    found = {side.section.address}
    for section in side.plan.sections:
        if section.parent in found:
            found.add(section.address)
    return frozenset(found - {side.section.address})


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(fold(text)))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def only_here(text: str, other: str) -> frozenset[str]:
    """The figures that stand in ``text`` and not in ``other``; "05" and "5" are one."""
    there = {value.lstrip("0") for value in VALUE.findall(other)}
    return frozenset(value for value in VALUE.findall(text) if value.lstrip("0") not in there)
