"""What a plan rests on as a whole ("căn cứ gì?"), and the document that is asked about by its number alone ("kế hoạch 115 ban hành ngày nào?")."""

from __future__ import annotations

import re
from dataclasses import replace

from xhht_qa.extract import clarify
from xhht_qa.extract.grounds import KINDS, quoted
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import not_found
from xhht_qa.text.dates import dates_in
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import OPENING, Date, Draft, LegalBasis, Plan, Section, Source, Statement

_RESTS_ON = re.compile(
    r"\b(?:can cu|co so phap ly|dua (?:vao|tren)|(?:theo|thuc hien)(?: (?:nhung|cac))? van ban)(?: vao)?(?: (?:nhung|cac))?(?: van ban| phap ly| co so)*(?: (?:gi|dau|nao))?\b"
)
_OF_PLAN = frozenset(
    folded_syllables(
        "kế hoạch này đó căn cứ pháp lý dựa vào trên theo thực hiện văn bản cơ sở quy định xây dựng ban hành lập triển khai những các gì đâu nào là của được để"
    )
)
_HEADED = re.compile(r"\b(?:can cu|co so phap ly)\b")
_ISSUED = re.compile(
    rf"\b(?P<kind>{KINDS})(?P<of>[^?\d]{{0,40}}?)\b(?<!nam )(?<!quy )(?<!thang )(?<!ngay )(?<!doan )(?<!dot )(?:so )?(?P<number>(?!(?:19|20)\d\d(?![\w/]))\d[\w/&-]*)(?: (?:cua|do)(?P<by>(?: [^?,\W]+){{1,6}}?))?(?: (?:duoc|da|co))*(?: (?:ky|ban hanh))*(?: vao)?"
    r" (?:ngay (?:nao|may|bao nhieu|thang nao)|khi nao|bao gio|hom nao|luc nao|nam nao|do ai ban hanh|ai ban hanh|cua ai|cua co quan nao|do (?:co quan|don vi) nao)\b"
)
_PLANS = 20  # that are looked through


def compose(material: Material) -> Draft | None:
    """The documents at the head of one plan, or the one with the number; None where anything else is asked for."""
    query = material.query
    if query.confirm or query.compare or query.addresses or len(material.candidates) > _PLANS:
        return None
    return _numbered(material) or (_rested_on(material) if query.slot == "legal_basis" else None)


def _rested_on(material: Material) -> Draft | None:
    """All that the head of each plan cites, be it by its opening or under a heading of its own."""
    if not _RESTS_ON.search(fold(material.query.text)) or set(folded_syllables(material.query.text)) - _OF_PLAN:
        return None
    told = []
    for plan in map(material.plans.__getitem__, material.candidates):
        bases = [basis for basis in plan.metadata.legal_bases if (section := plan.section(basis.section)) and _is_head(section)]
        statements = [Statement(f"{quote}.", (Source(plan.id, basis.section, "", quote),)) for basis in bases if (quote := quoted(plan, basis))]
        if statements:
            told.append((plan, statements))
    if len(told) == 1:
        return Draft("answered", statements=tuple(told[0][1]))
    joined = [
        Statement("\n".join(f"- {each.text}" for each in statements), tuple(source for each in statements for source in each.sources), material.name(plan.id))
        for plan, statements in told
    ]
    return clarify.apart(material, joined)


def _is_head(section: Section) -> bool:
    return section.address == OPENING or any(_HEADED.search(fold(title)) for title in section.path)


def _numbered(material: Material) -> Draft | None:
    """The cited document of that kind and number, in each of the wordings in which the plans date it; None for a plan's own number."""
    asked = _ISSUED.search(fold(material.query.text))
    if asked is None or any(_has(plan.metadata.number, asked["number"]) for plan in map(material.plans.__getitem__, material.candidates)):
        return None
    about = set(folded_syllables(asked["of"])) - _OF_PLAN
    said = about | set(folded_syllables(asked["by"] or "")) - _OF_PLAN
    found: dict[frozenset[Date], Statement] = {}
    for plan in map(material.plans.__getitem__, material.candidates):
        for basis in plan.metadata.legal_bases:
            if fold(basis.kind) == asked["kind"] and _has(basis.number, asked["number"]) and said <= _around(plan, basis) and (quote := quoted(plan, basis)):
                found.setdefault(dates_in(basis.date), Statement(f"{quote}.", (Source(plan.id, basis.section, "", quote),), material.name(plan.id)))
    if not found:  # of "kế hoạch phòng chống Covid-19" the number is part of the subject
        return None if about else not_found(material)
    dated = [statement for dates, statement in found.items() if dates]
    return Draft("answered", statements=(replace(dated[0], plan=""),)) if len(dated) == 1 else clarify.apart(material, dated)


def _around(plan: Plan, basis: LegalBasis) -> set[str]:
    """The syllables of the section that cites a document, and of the plan's own name: whose document it is stands there."""
    section = plan.section(basis.section)
    return set(folded_syllables(f"{section.text if section else ''} {plan.title} {plan.metadata.issuer} {plan.metadata.place}"))


def _has(number: str, said: str) -> bool:
    """Whether a number is the one said, which may be its first figures alone: "115" of "115/KH-UBND"."""
    return bool(re.match(rf"{re.escape(said)}(?![\w])", fold(number)))
