"""One value asked, one value given: the clause that holds it, under its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract.listing import announced_list, each_actors, whole_list
from xhht_qa.extract.material import Material
from xhht_qa.extract.parts import halves_of, part_asked, without_grounds
from xhht_qa.extract.phases import phases_counted
from xhht_qa.extract.refuse import not_found
from xhht_qa.extract.rows import in_words, is_row, row_at_an_end, rows_asked
from xhht_qa.extract.units import Unit, is_named, label_of, without_mark, wording_of
from xhht_qa.extract.values import ANY_FIGURE, counts_items, holds_required, names_a_list
from xhht_qa.text.dates import dates_in
from xhht_qa.text.normalise import fold, is_upper
from xhht_qa.types import Draft, Query, Statement

_TWIN_SHARE = 0.93  # a second clause this close to the best one belongs to the answer


def compose(material: Material) -> Draft:
    """The list or the clause that answers best; one for each date or section, when the question names several."""
    apart = _asked_apart(material) or _both_halves(material)
    statements = [clause(material, unit, [unit]) for unit in apart] or [statement_of(material, material.best)]
    lead, said = _count(material.query, statements), "\n".join(statement.text for statement in statements)
    if counts_items(material.query) and not lead and not material.query.confirm and "\n" not in said and not holds_required(ANY_FIGURE, said):
        return not_found(material)  # one of those that are to be counted is no answer
    return Draft("answered", lead, tuple(statements))


def _count(query: Query, statements: Sequence[Statement]) -> str:
    """How many items there are, where that is asked and the plan does not say it in so many words."""
    text = statements[0].text
    items = sum(line.startswith("- ") for line in text.split("\n"))
    said = not text.startswith("- ") and re.search(rf"(?<!\d)0?{items}(?!\d)", text.split("\n")[0])
    return messages.counted(items) if items > 1 and counts_items(query) and not said else ""


def statement_of(material: Material, unit: Unit) -> Statement:
    """What a unit says: its whole list if that is asked for, else the clause itself."""
    return (
        phases_counted(material, unit)
        or row_at_an_end(material, unit)
        or rows_asked(material, unit)
        or each_actors(material, unit)
        or whole_list(material, unit)
        or announced_list(material, unit)
        or clause(material, unit, material.units)
    )


def clause(material: Material, unit: Unit, units: Sequence[Unit]) -> Statement:
    """The unit, with a twin in the same paragraph that says as much of the question, under the subject that it stands under."""
    twins = [other for other in units[1:3] if other is not unit and other.paragraph is unit.paragraph and other.score >= _TWIN_SHARE * unit.score]
    chosen = [unit, *(twins if material.query.slot != "deadline" else [])]
    chosen.sort(key=lambda one: unit.paragraph.text.find(one.text))
    text = " ".join(
        in_words(material.query, unit.paragraph) if is_row(unit.paragraph) and unit.text == unit.paragraph.text else _said(material, one, len(chosen))
        for one in chosen
    )
    # headings of whole parts stand in capitals and name no subject; a mục's or a lead-in's does
    named = bool(unit.subject) and not is_upper(unit.subject) and fold(unit.subject) not in fold(text)
    subject = f"{unit.subject}: " if named else ""
    return Statement(f"{subject}{_ended(text)}", tuple(one.source for one in chosen))


def _asked_apart(material: Material) -> list[Unit]:
    query, units = material.query, material.units
    dates = [] if query.confirm else sorted(dates_in(query.question))
    if len(dates) > 1:
        return _distinct(next((unit for unit in units if any(date.covers(other) for other in dates_in(unit.text))), None) for date in dates)
    if len(query.addresses) > 1 and len(query.plans) == 1:
        return _distinct(next((unit for unit in units if unit.section.address == address), None) for address in query.addresses)
    return [] if query.confirm else _named_together(material)


def _named_together(material: Material) -> list[Unit]:
    """The best unit and its siblings whose labels the question says too, in the order of print: "hộ nghèo, hộ cận nghèo"."""
    best, wording = material.best, wording_of(material.query.text)
    beside = [unit for unit in material.units if unit.plan == best.plan and unit.section.parent == best.section.parent is not None]
    named = {fold(label): unit for unit in reversed(beside) if (label := label_of(unit.text)) and is_named(label, wording)}
    whole = [unit for label, unit in named.items() if not any(label != other and label in other for other in named)]
    return sorted(_distinct(whole), key=lambda unit: unit.paragraph.first_line) if best in whole else []


def _said(material: Material, unit: Unit, of: int) -> str:
    """The words of a unit that answer: of one that stands alone only the part with the value asked for, after who acts."""
    whole = without_mark(unit.text)
    part = part_asked(material.query, whole, material.weights) if of == 1 else whole
    if material.query.slot == "deadline":
        part = without_grounds(part)
    return part if part in (whole, unit.text) or whole.startswith(part) else f"… {part}"


def _both_halves(material: Material) -> list[Unit]:
    """The best unit of each half of a question that leaves two gaps: "… trước ngày nào, mỗi năm giám sát bao nhiêu trạm?"."""
    halves = halves_of(material.query.text)
    if not halves or names_a_list(material.query) or is_row(material.best.paragraph):  # a row answers both
        return []
    units = [replace(material, query=replace(material.query, text=half, question=half)).best for half in halves]
    together = units[0].section.parent == units[1].section.parent and units[0].section.parent is not None
    apart = [
        unit
        for unit in units
        if not any(fold(without_mark(unit.text)).startswith(fold(other.subject)) for other in units if other is not unit and other.subject)
    ]
    return _distinct(apart) if together or units[0].section == units[1].section else []


def _ended(text: str) -> str:
    """A clause that ends in the middle of its list, ended as a sentence."""
    return text if text.endswith((".", ":", "?", "!", "…", ")", "”", '"')) else f"{text.rstrip(';, ')}."


def _distinct(units: Iterable[Unit | None]) -> list[Unit]:
    found = {(unit.plan, unit.section.address, unit.text): unit for unit in units if unit is not None}
    return list(found.values()) if len(found) > 1 else []
