"""Sections that are asked for by their number: "mục III.2 nói gì?"."""

from __future__ import annotations

from xhht_qa import messages
from xhht_qa.extract.listing import printed
from xhht_qa.extract.material import Material, is_within
from xhht_qa.types import Draft, Section, Source, Statement

_LONGEST = 350  # words of a section and those below it that are given whole; of a longer one the headings below it
# What is left of a question that only wants to read a section
_READING_WORDS = frozenset(
    """
    noi gi neu quy dinh noi dung ghi viet the nao ra sao la gom nhung cho biet xem doc trich dan nguyen van toan cua trong theo ve muc phan khoan diem dieu chuong tiet phu luc
    """.split()  # noqa: SIM905 – a list of words reads better as a text
)


def compose(material: Material) -> Draft | None:
    """The section with what is below it, or that there is no such section; None where more than the section is asked for."""
    query = material.query
    if query.missing_address:
        titles = [material.plans[plan].title for plan in query.plans]
        return Draft("not_found", messages.no_such_section(titles, query.missing_address))
    if not query.addresses or not _asks_to_read(material):
        return None
    found = [(plan, section) for plan in material.scope for address in query.addresses if (section := material.plans[plan].section(address))]
    if not found or (len(found) > 1 and not query.named):
        return None
    return Draft("answered", statements=tuple(_whole(material, plan, section) for plan, section in found))


def _asks_to_read(material: Material) -> bool:
    """Whether no word of the question says what of the section is wanted."""
    return not [word for word in material.weights.idf if word not in _READING_WORDS and not word.isdigit() and len(word) > 2]


def _whole(material: Material, plan: str, section: Section) -> Statement:
    below = [other for other in material.plans[plan].sections if other is not section and is_within(other.address, (section.address,))]
    words = sum(len(other.text.split()) for other in (section, *below))
    if words > _LONGEST:
        below = list(material.plans[plan].children(section.address))
    lines = [printed(paragraph) for paragraph in section.paragraphs]
    sources = [Source(plan, section.address, "", section.text)]
    for other in below:
        own = list(other.paragraphs) if words <= _LONGEST else list(other.paragraphs[:1])
        depth = other.address.count(".") - section.address.count(".") - 1
        lines += ["  " * depth + ("- " if index == 0 else "  ") + paragraph.text for index, paragraph in enumerate(own)]
        sources.append(Source(plan, other.address, "", other.text if words <= _LONGEST else own[0].text))
    return Statement("\n".join(lines), tuple(sources))
