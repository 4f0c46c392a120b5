"""Lists: the whole of one, each item as printed, and what a lead-in announces."""

from __future__ import annotations

import re

from xhht_qa.extract.material import Material
from xhht_qa.extract.units import Unit, without_mark
from xhht_qa.text.normalise import fold
from xhht_qa.types import CLOSING, Paragraph, Source, Statement

_LIST_ASKED = re.compile(
    r"\b(?:nhung|cac)\b.{0,40}\b(?:nao|gi)\b|\bgom (?:nhung )?(?:gi|nao)\b|\bliet ke\b|\bke ra\b|\bnhung gi\b|\blam gi\b|\blam nhung gi\b|\bnhiem vu (?:gi|nao)\b|\bthe nao\b|\bra sao\b|\bnhung viec\b"
)
_LIST_SLOTS = ("criteria", "dossier", "procedure")
_LONGEST_WORDS = 400


def whole_list(material: Material, unit: Unit) -> Statement | None:
    """The section with all its items, where the whole is asked for and its heading says more of the question than the best single item does."""
    query, section = material.query, unit.section
    bullets = [paragraph for paragraph in section.paragraphs if paragraph.bullet]
    if not bullets or section.address == CLOSING or sum(len(paragraph.text.split()) for paragraph in section.paragraphs) > _LONGEST_WORDS:
        return None
    if query.slot not in _LIST_SLOTS and not _LIST_ASKED.search(fold(query.text)):
        return None
    heading = material.weights.cover(" ".join(section.path))
    items = [material.weights.cover(paragraph.text) for paragraph in bullets]
    if heading < max(items) and unit.paragraph is not section.paragraphs[0]:
        return None
    body = "\n".join(printed(paragraph) for paragraph in section.paragraphs)
    return Statement(body, (Source(unit.plan, section.address, "", section.text),))


def announced_list(material: Material, unit: Unit) -> Statement | None:
    """A lead-in such as "… gồm:" with what it announces: the bullets below it, else the sections below it."""
    if not unit.text.endswith(":") and unit.section.address not in material.query.addresses:
        return None
    announced = _announced(material, unit)
    if not announced:
        return None
    items = [f"- {without_mark(source.quote)}" for source in announced]
    return Statement("\n".join([without_mark(unit.text), *items]), (unit.source, *announced))


def printed(paragraph: Paragraph) -> str:
    """A paragraph of a list, as a markdown list prints it."""
    if not paragraph.bullet:
        return without_mark(paragraph.text)
    return f"{'  ' * (paragraph.bullet.count('/') - 1)}- {without_mark(paragraph.text)}"


def _announced(material: Material, unit: Unit) -> list[Source]:
    paragraphs = unit.section.paragraphs
    below = paragraphs[paragraphs.index(unit.paragraph) + 1 :]
    depth = unit.paragraph.bullet.count("/")
    bullets = [paragraph for paragraph in below if paragraph.bullet.count("/") == depth + 1 and paragraph.bullet.startswith(unit.paragraph.bullet)]
    if bullets:
        return [Source(unit.plan, unit.section.address, paragraph.bullet, paragraph.text) for paragraph in bullets]
    children = [section for section in material.plans[unit.plan].sections if section.parent == unit.section.address] if not below else []
    return [Source(unit.plan, child.address, "", child.paragraphs[0].text) for child in children]
