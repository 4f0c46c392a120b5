"""How many phases, steps or rounds there are: "kế hoạch có mấy giai đoạn?" is answered by all of them, not by the text of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract import clarify
from xhht_qa.extract.material import Material
from xhht_qa.extract.units import Unit, label_of, without_mark
from xhht_qa.extract.values import holds_counted
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Paragraph, Plan, Section, Source, Statement

_ASKED = re.compile(r"(?<!\w)(?:mấy|bao nhiêu) (giai đoạn|chặng|bước|đợt|vòng)(?!\w)", re.IGNORECASE)
_STAGES = ("giai đoạn", "bước", "chặng")  # a plan has either; who asks for one means the other
_ASKING_WORDS = frozenset("ke hoach co chia lam thanh gom tat ca tong cong trong bao gom nhieu may thuc hien tien do lo trinh".split())  # noqa: SIM905
_COUNTED = 0.9  # how sure phases are that are counted by their headings
_PLANS = 8  # that are named together, as by their place
_LONGEST = 80  # words of the phases that are given whole; of longer ones the labels

Phase = tuple[Section, Paragraph]


def compose(material: Material) -> Draft | None:
    """The phases of the one plan asked about, which its headings tell whatever else its best piece leaves unsaid; of several plans of one place each one's own."""
    if 1 < len(material.query.plans) <= _PLANS and not material.query.compare and _ASKED.search(material.query.text):
        each = (within for plan in material.query.plans if (within := material.within(plan)).units)
        told = [replace(statement, plan=material.name(one.best.plan)) for one in each if (statement := phases_counted(one, one.best))]
        return clarify.apart(material, told)
    statement = phases_counted(material, material.best) if len(material.candidates) == 1 and material.units else None
    return (
        Draft("answered", messages.counted(statement.text.count("\n") + 1) if statement.text.startswith("- ") else "", (statement,), confidence=_COUNTED)
        if statement
        else None
    )


def phases_counted(material: Material, unit: Unit) -> Statement | None:
    """The phases among which the unit stands, or the only ones of its plan where no more than their number is asked for; None where they are not counted."""
    asked = _ASKED.search(material.query.text)
    if asked is None or material.query.confirm or material.query.ordinal:
        return None
    noun = asked.group(1).lower()
    plan = material.plans[unit.plan]
    found = [(kind, phases) for kind in (_STAGES if noun in _STAGES else (noun,)) for phases in _rows(plan, fold(kind))]
    near = [each for each in found if any(_is_beside(unit, section) for section, _ in each[1])]
    nothing_else = not set(material.weights.idf) - _ASKING_WORDS - set(fold(noun).split())
    if not near and not (nothing_else and len(found) == 1):
        return None
    return _told(plan, *(near or found)[0])


def _rows(plan: Plan, noun: str) -> Iterator[list[Phase]]:
    """The sections beside each other and the bullets of one section that are headed "Giai đoạn 1", "Giai đoạn 2" or by their years."""
    headed = re.compile(rf"{noun} (?:\d|[ivx]+\b|\(|[^\d.;:()]{{2,30}}(?: \(|:))")  # "Giai đoạn 1", "Giai đoạn 2026 - 2027", "Giai đoạn mở rộng (2027)"
    rows = [[(child, child.paragraphs[0]) for child in plan.children(section.address)] for section in plan.sections]
    rows.append([(section, section.paragraphs[0]) for section in plan.sections if not section.parent])
    rows += [[(section, paragraph) for paragraph in section.paragraphs] for section in plan.sections]
    for row in rows:
        phases = [(section, paragraph) for section, paragraph in row if headed.match(fold(without_mark(paragraph.text)))]
        if len(phases) > 1:
            yield phases


def _is_beside(unit: Unit, section: Section) -> bool:
    """Whether a phase stands in or under the unit's section, or beside or above it."""
    return unit.section.address in (section.address, section.parent) or unit.section.parent in (section.address, section.parent or "-")


def _told(plan: Plan, noun: str, phases: list[Phase]) -> Statement:
    """The phases under the words in which the plan counts them, else under their number."""
    first = phases[0][0]
    parent = plan.section(first.parent) if first.parent and first is not phases[-1][0] else first
    announced = next((each for each in parent.paragraphs if holds_counted(noun, each.text)), None) if parent else None
    short = sum(len(paragraph.text.split()) for _, paragraph in phases) <= _LONGEST
    names = [without_mark(paragraph.text) if short else label_of(paragraph.text) or without_mark(paragraph.text) for _, paragraph in phases]
    numbered = any(
        re.search(rf"(?<!\d){len(phases)}(?!\d)", section.text) for section, _ in phases
    )  # else the number is no plan's word and stands above the answer
    lead = without_mark(announced.text) if announced and parent else messages.counted(len(phases), noun) if numbered else ""
    sources = [Source(plan.id, parent.address, announced.bullet, announced.text)] if announced and parent else []
    sources += [Source(plan.id, section.address, paragraph.bullet, paragraph.text) for section, paragraph in phases]
    return Statement("\n".join(filter(None, [lead, *(f"- {name}" for name in names)])), tuple(sources))
