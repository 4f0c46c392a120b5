"""Sections that are asked for by their number: "mục III.2 nói gì?"."""

from __future__ import annotations

import re
from itertools import pairwise

from xhht_qa import messages
from xhht_qa.extract.listing import printed
from xhht_qa.extract.material import Material, is_within
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import CLOSING, OPENING, Draft, Paragraph, Plan, Section, Source, Statement

_LONGEST = 350  # words of a section and those below it that are given whole; of a longer one the headings below it
_SUMMED_UP = re.compile(r"\b(?:tom tat|tom luoc|tong quan|noi dung chinh|(?:may|nhung|cac) phan)\b")
_READ_WHOLE = ("content", "criteria", "award", "responsible", "procedure", "dossier")  # of the others a value may be wanted
_SHORT_HEADING = 15  # words; a longer one is a sentence that the plan says as a heading
_JOINING = frozenset({"va", "cac", "cua"})
# What is left of a question that only wants to read a section
_READING_WORDS = frozenset(
    """
    tom tat trinh bay liet ke noi gi neu quy dinh noi dung ghi viet the nao ra sao la gom nhung cho biet xem doc trich dan nguyen van toan cua trong theo ve muc phan khoan diem dieu chuong tiet phu luc chinh luoc tong quan
    """.split()  # noqa: SIM905 – a list of words reads better as a text
)


def compose(material: Material) -> Draft | None:
    """The section with what is below it, or that there is no such section; None where more than the section is asked for."""
    query = material.query
    if query.missing_address:
        titles = [material.plans[plan].title for plan in query.plans]
        return Draft("not_found", messages.no_such_section(titles, query.missing_address))
    if not query.addresses:
        return _by_heading(material)
    if not _asks_to_read(material):
        return None
    found = [(plan, section) for plan in material.candidates for address in query.addresses if (section := material.plans[plan].section(address))]
    if not found or (len(found) > 1 and not query.named):
        return None
    return Draft("answered", statements=tuple(whole(material, plan, section) for plan, section in found))


def _by_heading(material: Material) -> Draft | None:
    """The section whose heading is all that the question says: "tóm tắt mục đích, yêu cầu của kế hoạch"."""
    if len(material.candidates) != 1 or re.search(r"\d", material.query.text):  # a day, a year or a count asks for a part
        return None
    plan = material.plans[material.candidates[0]]
    asked = set(material.weights.idf) - _READING_WORDS - _of_plan(material.query.text, plan)
    if not asked:
        return summed_up(plan) if material.query.plans and _SUMMED_UP.search(fold(material.query.text)) else None
    said = {*folded_syllables(material.query.text), *_JOINING}
    found = [section for section in plan.sections if section.is_heading and asked <= set(folded_syllables(section.title)) <= said]
    if len(found) != 1:
        return None
    bullets = sum(bool(paragraph.bullet) for paragraph in found[0].paragraphs) if material.query.slot in _READ_WHOLE and not material.query.confirm else 0
    return Draft("answered", statements=(whole(material, plan.id, found[0]),)) if max(bullets, len(plan.children(found[0].address))) > 1 else None


def _of_plan(text: str, plan: Plan) -> set[str]:
    """The syllables of a question that name its plan: two in a row and more as its title has them; "cá nhân" is not said by "cả nước"."""
    own = set(pairwise(folded_syllables(f"{plan.title} {plan.metadata.subject}")))
    return {word for pair in pairwise(folded_syllables(text)) if pair in own for word in pair}


def summed_up(plan: Plan) -> Draft | None:
    """A plan summed up: the headings of its parts with those below each."""
    parts = _parts(plan)
    return Draft("answered", messages.parts_of(plan.title, len(parts)), tuple(_headed(plan, part) for part in parts)) if parts else None


def parts_of(plan: Plan, name: str) -> Statement:
    """The headings of a plan's parts, to be set beside those of another."""
    parts = _parts(plan)
    lines = [f"- {_heading(part)}" for part in parts]
    return Statement("\n".join([messages.PARTS, *lines]), tuple(_source_of_heading(plan, part) for part in parts), name)


def _parts(plan: Plan) -> list[Section]:
    """The sections that stand below no other, those around the body left out."""
    return [section for section in plan.sections if not section.parent and section.is_heading and section.address not in (OPENING, CLOSING)]


def _headed(plan: Plan, part: Section) -> Statement:
    """The heading of a part and the short ones below it."""
    below = [child for child in plan.children(part.address) if child.is_heading and 0 < len(child.title.split()) <= _SHORT_HEADING]
    lines = [_heading(part), *(f"  - {_heading(child)}" for child in below)]
    return Statement("\n".join(lines), tuple(_source_of_heading(plan, section) for section in (part, *below)))


def _heading(section: Section) -> str:
    """The number with the title, which may stand on a line below it: "Chương I", "QUY ĐỊNH CHUNG"."""
    number, line = section.paragraphs[0].text, _title_line(section).text
    return number if line == number else f"{number.rstrip('.:')}. {section.title}"


def _title_line(section: Section) -> Paragraph:
    return next((paragraph for paragraph in section.paragraphs if section.title in paragraph.text), section.paragraphs[0])


def _source_of_heading(plan: Plan, section: Section) -> Source:
    line = _title_line(section)
    return Source(plan.id, section.address, line.bullet, line.text)


def _asks_to_read(material: Material) -> bool:
    """Whether no word of the question says what of the section is wanted."""
    return not [word for word in material.weights.idf if word not in _READING_WORDS and not word.isdigit() and len(word) > 2]


def whole(material: Material, plan: str, section: Section, longest: int = _LONGEST) -> Statement:
    """A section with those below it as printed; of one that has more than ``longest`` words the headings below it."""
    below = [other for other in material.plans[plan].sections if other is not section and is_within(other.address, (section.address,))]
    words = sum(len(other.text.split()) for other in (section, *below))
    if words > longest:
        children = material.plans[plan].children
        below = [
            other
            for child in children(section.address)
            for other in (child, *(children(child.address) if len(child.paragraphs) == 1 and child.is_heading else ()))
        ]
    lines = [printed(paragraph) for paragraph in section.paragraphs]
    sources = [Source(plan, section.address, "", section.text)]
    for other in below:
        own = list(other.paragraphs) if words <= longest else list(other.paragraphs[:1])
        depth = other.address.count(".") - section.address.count(".") - 1
        lines += ["  " * depth + ("- " if index == 0 else "  ") + paragraph.text for index, paragraph in enumerate(own)]
        sources.append(Source(plan, other.address, "", other.text if words <= longest else own[0].text))
    return Statement("\n".join(lines), tuple(sources))
