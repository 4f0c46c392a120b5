"""Lists: the whole of one, each item as printed, and what a lead-in announces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xhht_qa.extract.actors import actor_of, kinds_of_actor
from xhht_qa.extract.material import Material
from xhht_qa.extract.parts import asks_for_one_value
from xhht_qa.extract.units import Unit, is_item, is_named, label_of, row_name, without_mark, wording_of
from xhht_qa.extract.values import asks_for_condition, asks_for_list, asks_for_source, names_a_list, names_source, states_condition
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.dates import dates_in
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.headings import kind_asked, kind_headed
from xhht_qa.text.normalise import fold
from xhht_qa.types import CLOSING, Paragraph, Section, Source, Statement

_LONGEST_WORDS = 400
_CASES = re.compile(r"\b(?:khi|neu)\b.*\b(?:truong hop|dieu kien)\b[^.]*:$")  # "… bị điều chuyển vốn khi thuộc một trong các trường hợp:"
_KIND = re.compile(r"(?<!\w)(?:tiêu chí|tiêu chuẩn|điều kiện)(?!\w)", re.IGNORECASE)  # asked for by its kind, every item is one
_TELLING, _AHEAD = 0.15, 2.0  # an item that adds so much of the question, and so many times what the next adds, is meant alone
_ITEM_LEAD = 0.05  # of the question's weight


def whole_list(material: Material, unit: Unit) -> Statement | None:
    """The list that the unit belongs to, whole, where a whole list is asked for and its heading says more of the question than any item does."""
    plan = material.plans[unit.plan]
    parent = plan.section(unit.section.parent) if unit.section.parent else None
    if material.query.ordinal and is_item(unit.paragraph, unit.section, *material.query.ordinal):
        return None
    if is_named(row_name(unit.paragraph), wording_of(material.query.text)):
        return None
    cases = asks_for_condition(material.query) and states_condition(unit.section.paragraphs[0].text)
    if (
        not asks_for_list(material.query)
        and not _asks_for_kind(material, unit)
        and not cases
        and not _is_criterion(material, unit)
        and not (parent and _CASES.search(fold(parent.text)))
    ):
        return None
    return _bullets(material, unit) or (_points(material, unit, parent) if parent else None)


def _asks_for_kind(material: Material, unit: Unit) -> bool:
    """Whether all that stands under the heading of a kind is asked for and no word says more: "nhằm mục đích gì?"."""
    kind = kind_asked(material.query.text)
    return bool(kind) and kind_headed(unit.subject) == kind and set(material.weights.idf) <= {*kind.split(), "nham"}


def each_actors(material: Material, unit: Unit) -> Statement | None:
    """The points beside the unit that set a day for one body each, where the day is asked for and no body is named; None where one fits better."""
    query, plan = material.query, material.plans[unit.plan]
    if (
        query.slot != "deadline"
        or query.confirm
        or not asks_for_one_value(query)
        or actor_of(query.text)
        or kinds_of_actor(query.text)
        or agencies_in(query.text)
    ):
        return None
    parent = plan.section(unit.section.parent) if unit.section.parent else None
    points = plan.children(parent.address) if parent else ()
    actors = {point.address: {fact.actor for fact in plan.facts if fact.section == point.address and fact.due and fact.actor} for point in points}
    if parent is None or len(set().union(*actors.values())) < len(points) or not all(actors.values()):
        return None
    if any(agreement(query.facets, facets_in(point.text)) < 0 for point in points):  # the report on another period
        return None
    said = [material.weights.words_in(point.text) for point in points]
    return _points(material, unit, parent) if len(points) > 1 and all(words == said[0] for words in said) else None


def announced_list(material: Material, unit: Unit) -> Statement | None:
    """A lead-in such as "… gồm:" with what it announces: the bullets below it, else the sections below it."""
    if not unit.text.endswith(":") and unit.section.address not in material.query.addresses:
        return None
    paragraphs = unit.section.paragraphs
    below = paragraphs[paragraphs.index(unit.paragraph) + 1 :]
    depth = unit.paragraph.bullet.count("/")
    bullets = [paragraph for paragraph in below if paragraph.bullet.count("/") == depth + 1 and paragraph.bullet.startswith(unit.paragraph.bullet)]
    items = [Source(unit.plan, unit.section.address, paragraph.bullet, paragraph.text) for paragraph in bullets]
    if not below:
        items = [Source(unit.plan, child.address, "", child.paragraphs[0].text) for child in material.plans[unit.plan].children(unit.section.address)]
    kept = _only_asked(material, unit.text, items)
    return (_whole_below(material, unit, kept) if not below else None) or (_listed(without_mark(unit.text), unit.source, kept) if items else None)


def _whole_below(material: Material, unit: Unit, heads: Sequence[Source]) -> Statement | None:
    """The sections that are announced with what stands under the head of each; None where that is nothing, or too long."""
    sections = [section for head in heads if (section := material.plans[unit.plan].section(head.section))]
    if all(len(section.paragraphs) == 1 for section in sections) or _words(sections) > _LONGEST_WORDS:
        return None
    lines = [("  " if index else "") + f"- {without_mark(each.text)}" for section in sections for index, each in enumerate(section.paragraphs)]
    sources = (Source(unit.plan, section.address, "", section.text) for section in sections)
    return Statement("\n".join([without_mark(unit.text), *lines]), (unit.source, *sources))


def _is_criterion(material: Material, unit: Unit) -> bool:
    """Whether the unit is one of several criteria and nothing says that one is wanted: who does not meet them all does not meet them."""
    if asks_for_one_value(material.query) or material.query.confirm or material.query.slot not in ("criteria", "award", "content"):
        return False
    criteria = sum(fact.kind == "criterion" and fact.section == unit.section.address for fact in material.plans[unit.plan].facts)
    return criteria > 1 and any(fact.kind == "criterion" for fact in material.facts_in(unit))


def _only_asked(material: Material, lead: str, items: Sequence[Source]) -> Sequence[Source]:
    """The one item whose value is asked for, where one alone says more of the question than the lead-in; else all of them."""
    if not asks_for_one_value(material.query):
        return items
    named = _named_alone(material, [item.quote for item in items])
    if named is not None:
        return [items[named]]
    above = material.weights.cover(lead)
    gains = [material.weights.cover(f"{lead} {item.quote}") - above for item in items]
    best = max(gains)
    telling = [item for item, gain in zip(items, gains, strict=True) if gain > best - _ITEM_LEAD]
    return telling if best >= _ITEM_LEAD and len(telling) == 1 else items


def _bullets(material: Material, unit: Unit) -> Statement | None:
    """The unit's section with its bullets."""
    section = unit.section
    bullets = [paragraph for paragraph in section.paragraphs if paragraph.bullet]
    if not bullets or section.address == CLOSING or sum(len(paragraph.text.split()) for paragraph in section.paragraphs) > _LONGEST_WORDS:
        return None
    if unit.paragraph is not section.paragraphs[0] and _one_is_meant(material, " ".join(section.path), [paragraph.text for paragraph in bullets]):
        return None
    body = "\n".join(printed(paragraph) for paragraph in section.paragraphs)
    return Statement(body, (Source(unit.plan, section.address, "", section.text),))


def _points(material: Material, unit: Unit, parent: Section) -> Statement | None:
    """The section above with its points a, b, c …, each a leaf of one paragraph."""
    points = material.plans[unit.plan].children(parent.address)
    if len(points) < 2 or any(len(point.paragraphs) > 1 for point in points) or _words(points) > _LONGEST_WORDS:
        return None
    lead = parent.paragraphs[-1]
    if _one_is_meant(material, " ".join(parent.path), [point.text for point in points]):
        return None
    source = Source(unit.plan, parent.address, lead.bullet, lead.text)
    return _listed(without_mark(lead.text), source, [Source(unit.plan, point.address, "", point.text) for point in points])


def _one_is_meant(material: Material, heading: str, items: Sequence[str]) -> bool:
    """Whether one item alone adds more of the question than the heading over all of them says."""
    if material.query.slot == "dossier" and names_a_list(material.query):  # a paper alone is no dossier
        return False
    if _named_alone(material, items) is not None or (asks_for_source(material.query) and sum(map(names_source, items)) == 1):
        return True
    dates = dates_in(material.query.question)
    if any(date.covers(other) for item in items for other in dates_in(item) for date in dates):
        return True
    heading, items = _KIND.sub(" ", heading), [_KIND.sub(" ", item) for item in items]
    above = material.weights.cover(heading)
    gains = sorted((material.weights.cover(f"{heading} {item}") - above for item in items), reverse=True)
    return above < gains[0] or (not names_a_list(material.query) and len(gains) > 1 and gains[0] >= _TELLING and gains[0] >= _AHEAD * gains[1])


def _named_alone(material: Material, items: Sequence[str]) -> int | None:
    """The place of the only item whose label the question says word for word: "Hạng B", "Viện trợ"."""
    wording = wording_of(material.query.text)
    named = [place for place, item in enumerate(items) if is_named(label_of(item), wording)]
    return named[0] if len(named) == 1 else None


def _listed(lead: str, source: Source, items: Sequence[Source]) -> Statement:
    return Statement("\n".join([lead, *(f"- {without_mark(item.quote)}" for item in items)]), (source, *items))


def _words(sections: Iterable[Section]) -> int:
    return sum(len(section.text.split()) for section in sections)


def printed(paragraph: Paragraph) -> str:
    """A paragraph of a list, as a markdown list prints it."""
    if not paragraph.bullet:
        return without_mark(paragraph.text)
    return f"{'  ' * (paragraph.bullet.count('/') - 1)}- {without_mark(paragraph.text)}"
