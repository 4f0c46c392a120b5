"""What speaks for and against the best piece found: the signs by which an answer is told from a near miss.

A near miss is on the topic and says nothing of what was asked: the fee, the name, the district's deadline. No single sign is sure; ``answerable``
weighs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from xhht_qa.extract.actors import actor_of, kinds_of_actor
from xhht_qa.extract.asked import asked_noun, prints
from xhht_qa.extract.expected import misses_attribute, misses_name, misses_office, misses_proper_name
from xhht_qa.extract.material import Material
from xhht_qa.extract.units import Unit, without_mark
from xhht_qa.extract.values import asks_for_consequence, asks_for_source, required_value, states_consequence
from xhht_qa.text.dates import years_in
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.tokens import folded_syllables, syllables

_VALUE_SLOTS = ("deadline", "count", "budget")
_DUTIES = ("deadline", "reporting", "responsibility")  # the facts whose actor is the one that acts
_GAP = re.compile(r"nhiêu|mấy|nào|gì|ai|đâu|sao")  # the syllables that leave open what is asked for
_NEAR = 4  # syllables beside the gap: before it stands the verb, which many words can say, behind it the noun, which few can


@dataclass(frozen=True)
class Evidence:
    """Signs between 0 and about 1, each named by what it says against the piece but for the last three."""

    unsaid: float  # the share of the question's weight that neither the piece nor its headings hold
    unsaid_value: float  # the same where a date, a sum or a number is asked for: paraphrases are rarer there
    unsaid_behind: float  # the same of the words just behind the gap
    no_attribute: float  # an attribute is asked for that is not printed
    no_noun: float  # the noun before the gap is not printed
    no_name: float  # one of several with names is asked for and none is named
    no_office: float  # the holder of an office is asked for that is not printed
    other_name: float  # a proper name of the question is not printed
    other_year: float  # a year is asked about that the section does not print and that is none of the plan's
    other_facet: float  # another period, level or occasion is spoken of
    other_actor: float  # the share of who is asked about that is not held by who acts in the piece
    open: float  # no kind of answer is asked for that could be checked
    unsaid_before: float  # the share of the words just before the gap that is not held: a paraphrase, so this speaks for it
    rank: float  # the score of the best passage: this speaks for it
    confirm: float  # whether something is so is asked: what is stated may be wrong in part, which speaks for it

    def values(self) -> tuple[float, ...]:
        """The signs in their order."""
        return tuple(getattr(self, field.name) for field in fields(self))


def evidence(material: Material) -> Evidence:
    """The signs for the best unit of the material."""
    query, unit, weights = material.query, material.best, material.weights
    plan = material.plans[unit.plan]
    headings = " ".join([*unit.section.path, unit.subject, *(name for name, _ in unit.paragraph.cells), plan.metadata.subject])
    text, section = f"{unit.text} {headings}", f"{unit.section.text} {headings}"
    said = weights.said(text)
    unsaid = {word: weight for word, weight in weights.idf.items() if word not in said}
    total = sum(weights.idf.values()) or 1.0
    share = sum(unsaid.values()) / total
    before, behind = _beside_gap(material)
    noun = "" if asks_for_source(query) else asked_noun(query.text)
    return Evidence(
        unsaid=share,
        unsaid_value=share * (query.slot in _VALUE_SLOTS or required_value(query) is not None),
        unsaid_behind=sum(unsaid.get(word, 0.0) for word in behind) / total,
        no_attribute=float(misses_attribute(query.text, text)),
        no_noun=float(bool(noun) and not prints(section, noun)),
        no_name=float(misses_name(query.text, " ".join([without_mark(unit.text), unit.subject, *map(" ".join, unit.paragraph.cells)]))),
        no_office=float(misses_office(query.text, text)),
        other_name=float(misses_proper_name(query.text, f"{section} {plan.title} {plan.metadata.issuer} {plan.metadata.place}")),
        other_year=float(_is_other_year(material, section)),
        other_facet=float(any(agreement({facet: values}, facets_in(f"{unit.subject} {unit.text}")) < 0 for facet, values in query.facets.items())),
        other_actor=_other_actor(material),
        open=float(query.slot == "content" and not (asks_for_consequence(query) and states_consequence(unit.text))),
        unsaid_before=sum(unsaid.get(word, 0.0) for word in before) / (sum(weights.idf[word] for word in before) or 1.0),
        rank=material.passages[0].score,
        confirm=float(query.confirm),
    )


def is_list(material: Material, unit: Unit) -> bool:
    """Whether the unit stands among bullets or sections of its kind."""
    bullets = sum(bool(paragraph.bullet) for paragraph in unit.section.paragraphs)
    siblings = sum(section.parent in (unit.section.parent, unit.section.address) for section in material.plans[unit.plan].sections)
    return bullets > 1 or siblings > 1


def _beside_gap(material: Material) -> tuple[set[str], set[str]]:
    """The telling words just before and just behind the first word that leaves something open."""
    asked = syllables(material.query.text)
    gap = next((place for place, syllable in enumerate(asked) if _GAP.fullmatch(syllable)), None)
    if gap is None:
        return set(), set()
    sides = asked[max(gap - _NEAR, 0) : gap], asked[gap + 1 : gap + 1 + _NEAR]
    before, behind = (material.weights.words_in(" ".join(side)) for side in sides)
    return before, behind


def _is_other_year(material: Material, section: str) -> bool:
    """Whether a year is asked about that the section does not print and that lies outside of the plan's own years."""
    plan = material.plans[material.best.plan]
    own = [int(year) for year in years_in(f"{plan.title} {plan.metadata.subject} {plan.metadata.date}")]
    printed = years_in(section)
    return any(year not in printed and not (own and min(own) <= int(year) <= max(own)) for year in years_in(material.query.question))


def _other_actor(material: Material) -> float:
    """How little of who is asked about any of those hold that act in the best unit, 0..1; 0 where nobody is known to act."""
    unit, weight = material.best, material.weights.idf
    if kinds_of_actor(material.query.text) & kinds_of_actor(without_mark(unit.text)):
        return 0.0  # "phường" is a body of the level of "UBND cấp xã"
    asked = material.weights.words_in(actor_of(material.query.text))
    acting = [set(folded_syllables(fact.actor)) for fact in material.facts_in(unit) if fact.kind in _DUTIES and fact.actor]
    missed = (sum(weight[word] for word in asked - actor) for actor in acting)
    return min(missed, default=0.0) / (sum(weight[word] for word in asked) or 1.0)
