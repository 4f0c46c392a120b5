"""What a plan says in two places: a duty that it gives to two bodies, a value that it contradicts or the question doubts; both are said."""

from __future__ import annotations

import re

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.ranges import range_agreement
from xhht_qa.extract.units import Unit, units_of, without_mark
from xhht_qa.extract.value import clause
from xhht_qa.extract.values import doubts_consistency
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Draft, Passage, Statement

_WHO = re.compile(r"(?<!\w)(?:ai|(?:cơ quan|đơn vị|tổ chức|bộ phận|phòng|(?<!cơ )sở|ban|ngành|khoa|nơi|bên) nào)(?!\w)", re.IGNORECASE)
_SAME = 0.8  # of the question's weight that the best unit holds itself, its twin holds as much
_LEAST = 0.3  # what holds less of the question says too little to be said twice
_VALUE_SLOTS = ("number", "budget", "count", "phase")
_HOW_MUCH = re.compile(r"(?<!\w)(?:bao nhiêu|mấy|tổng|giai đoạn nào|năm nào|bao lâu)(?!\w)", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*(?<![.,])")
_LEAST_WORDS = 2  # of what a value is of
_ABOUT = 0.6  # of the words for what a plan contradicts itself in, the question has so many
_LEAST_DOUBTED = 0.2  # where the question itself speaks of two places, it names them too


def compose(material: Material) -> Draft | None:
    """Both places, each with its body; None where the best unit has no twin."""
    query, best = material.query, material.best
    if not (query.addresses or query.confirm):
        if stated := _with_two_values(material):
            return stated
        if contradicting := _contradicting(material):
            return Draft("answered", messages.CONTRADICTS, (clause(material, best, [best]), clause(material, contradicting, [contradicting])))
    doubted = doubts_consistency(query)
    if query.addresses or not (doubted or (_WHO.search(query.text) and not query.confirm)):
        return None
    twin = next((unit for unit in material.units[1:] if (_is_double if doubted else _is_twin)(material, best, unit)), None)
    if twin is None:
        return None
    return Draft("answered", messages.SAID_TWICE, (clause(material, best, [best]), clause(material, twin, [twin])))


def _with_two_values(material: Material) -> Draft | None:
    """Both places of a figure or a period that the question asks for and the plan's facts know to be printed two ways, or a total with its parts."""
    query, best = material.query, material.best
    if query.slot not in _VALUE_SLOTS and not _HOW_MUCH.search(query.text):
        return None
    asked = set(folded_syllables(query.text))
    for fact in material.plans[best.plan].facts:
        thing = set(folded_syllables(fact.object))
        known = fact.kind == "contradiction" and fact.value and len(thing) >= _LEAST_WORDS and len(thing & asked) >= _ABOUT * len(thing)
        if not known or not any(unit.plan == fact.plan and unit.section.address in (fact.section, fact.other) for unit in material.units):
            continue
        shape = _FIGURE.sub("#", fact.value)
        here = [unit for unit in _of(material, fact.section) if fact.value in unit.text]
        there = [unit for unit in _of(material, fact.other) if shape in _FIGURE.sub("#", unit.text) and fact.value not in unit.text]
        if here and (fact.other == fact.section or fact.other.startswith(f"{fact.section}.")):
            return Draft("answered", messages.NO_SUM, tuple(map(_whole, (here[0], *_parts(material, here[0], there, shape)))))
        if here and there:
            return Draft("answered", messages.CONTRADICTS, (_whole(there[0]), _whole(here[0])))
    return None


def _whole(unit: Unit) -> Statement:
    """All of a piece: what contradicts may stand at its end."""
    return Statement(without_mark(unit.text), (unit.source,))


def _parts(material: Material, total: Unit, beside: list[Unit], shape: str) -> list[Unit]:
    """The pieces that hold the parts of a total, in the order of print: none if its own sentence does, those beside it, or those of the sections below."""
    if _FIGURE.sub("#", total.text).count(shape) > 1:
        return []
    below = [_of(material, child.address) for child in material.plans[total.plan].children(total.section.address)]
    return sorted(beside or [min(units, key=_line) for units in below if units], key=_line)


def _of(material: Material, address: str) -> list[Unit]:
    """The pieces of a section of the best one's plan, best first."""
    return units_of(material.query, [Passage(material.best.plan, address, 0.0)], material.plans, material.weights)


def _line(unit: Unit) -> int:
    return unit.paragraph.first_line


def _contradicting(material: Material) -> Unit | None:
    """The piece of another section that the plan's facts know to contradict the best one in what is asked; None if there is none."""
    best, asked = material.best, set(folded_syllables(material.query.text))
    plan = material.plans[best.plan]
    for fact in plan.facts:
        thing = set(folded_syllables(fact.object))
        if fact.kind != "contradiction" or best.section.address not in (fact.section, fact.other) or len(thing & asked) < _ABOUT * len(thing):
            continue
        elsewhere = fact.other if best.section.address == fact.section else fact.section
        units = units_of(material.query, [Passage(plan.id, elsewhere, 0.0)], material.plans, material.weights)
        if units and _is_double(material, best, units[0]):
            return units[0]
    return None


def _is_twin(material: Material, best: Unit, other: Unit) -> bool:
    """Whether another section under another body's heading holds the same words of the question, in words of its own kind."""
    if not (best.subject and other.subject) or fold(best.subject) == fold(other.subject) or range_agreement(material.query.text, other.text) < 0:
        return False
    return _is_double(material, best, other, _LEAST)


def _is_double(material: Material, best: Unit, other: Unit, least: float = _LEAST_DOUBTED) -> bool:
    """Whether another section of the plan holds the same words of the question."""
    if other.plan != best.plan or other.section.address == best.section.address:
        return False
    weights = material.weights
    held, also = weights.words_in(best.text), weights.words_in(other.text)
    same, said = (sum(weights.idf[word] for word in words) for words in (held & also, held))
    return weights.words_cover(best.text) >= least and same >= _SAME * said
