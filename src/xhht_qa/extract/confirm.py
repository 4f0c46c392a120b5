"""Is it so? What a question claims, against the piece that is about the same thing, found without the values that may be wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract.actors import actor_of, acts_otherwise, kinds_of_actor
from xhht_qa.extract.claims import Acting, Verdict, as_printed, counts_in, verdicts, without_claims
from xhht_qa.extract.material import Material
from xhht_qa.extract.units import Unit, without_mark
from xhht_qa.extract.value import statement_of
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.dates import dates_in, without_citations
from xhht_qa.text.normalise import compose as composed
from xhht_qa.text.normalise import fold
from xhht_qa.text.sentences import clauses
from xhht_qa.types import Draft

_SURE = 0.6  # a unit that covers so much of the question is the one it is about, whatever its siblings print
_SHARE = 0.6  # of the best unit's score, for one that counts what the question counts
_YARDSTICK = re.compile(r"(?<!\w)(?:như|giống(?: như| với)?) .+$", re.IGNORECASE)
_ASKS_IF = re.compile(r"^\W*(?:có phải|có đúng|đúng là|phải chăng)(?: là| rằng)?\s+", re.IGNORECASE)
_ROLE = re.compile(r"(?<!\w)(?:chủ trì|phụ trách|làm đầu mối|đầu mối|tham mưu|thẩm định|chịu trách nhiệm)(?!\w)", re.IGNORECASE)
_WITHOUT_EXCEPTION = re.compile(r"(?<!\w)(?:kể cả|mọi|tất cả|toàn bộ|luôn|vẫn|đều|chỉ|thôi|duy nhất|ngay cả)(?!\w)", re.IGNORECASE)
_WHY = re.compile(r"(?<!\w)(?:vì sao|tại sao)(?!\w)", re.IGNORECASE)


def compose(material: Material) -> Draft | None:
    """What the plan says, after the verdict; None where nothing is to be confirmed or no verdict can be given."""
    query = material.query
    if not query.confirm:
        return None
    if items := _other_count(material):
        return Draft("corrected", messages.INCORRECT, tuple(statement_of(material, unit) for unit in items))
    claimed = _YARDSTICK.sub("", query.text)
    material = replace(material, query=replace(query, text=without_claims(claimed)))
    unit = _without_its_actor(material, claimed) or _about(material, claimed)
    found = verdicts(claimed, query.question, _clause(material, unit), _acting(material, unit), material.weights.words_cover)
    verdict = _judge(list(found), query.question)
    if verdict is None or (not verdict and _is_siblings_date(material, unit, query.question)):
        return None
    statement = statement_of(material, unit)
    lead = "" if verdict and _WHY.search(query.question) else messages.CORRECT if verdict else messages.INCORRECT
    return Draft("answered" if verdict else "corrected", lead, (statement,))


def _judge(found: Sequence[Verdict], question: str) -> bool | None:
    """False if any claim is contradicted, True if all are borne out; no verdict where one is unsaid or the question allows of no exception."""
    if "contradicted" in found:
        return False
    return True if found and "unsaid" not in found and not _WITHOUT_EXCEPTION.search(question) else None


def _without_its_actor(material: Material, question: str) -> Unit | None:
    """The piece on the duty that a question says a body has, where it is another one than the body's own best piece; None where nothing else is told apart."""
    actor = actor_of(_ASKS_IF.sub("", question))
    if not agencies_in(actor) or not _ROLE.search(question) or dates_in(question):
        return None
    duty = replace(material, query=replace(material.query, text=question.replace(actor, " ", 1)))
    return duty.best if duty.best.section.address != material.best.section.address and _ROLE.search(duty.best.text) else None


def _about(material: Material, question: str) -> Unit:
    """The best unit of those whose actor is the one asked about, if any is; else one that counts what the question counts, or has a day of its own where
    one is claimed, if that is nearly as good as the best one."""
    best = material.best
    asked = kinds_of_actor(question)
    beside = [unit for unit in material.units if unit.plan == best.plan and unit.score >= _SHARE * best.score]
    acting = [unit for unit in beside if asked & kinds_of_actor(without_mark(unit.text))]
    if acting and acts_otherwise(asked, kinds_of_actor(without_mark(best.text))):  # "huyện" claimed: not the day of the communes that report to it
        return acting[0]
    nouns, dated = {noun for _, noun in counts_in(question)}, bool(dates_in(composed(material.query.question))) and _has_no_day(best)
    fitting = (unit for unit in beside if nouns & {noun for _, noun in counts_in(as_printed(unit))} or (dated and not _has_no_day(unit)))
    return next(fitting, best)


def _has_no_day(unit: Unit) -> bool:
    """Whether a piece has days of the documents that it cites, and none of its own."""
    return bool(dates_in(unit.text)) and not dates_in(without_citations(unit.text))


def _clause(material: Material, unit: Unit) -> Unit:
    """The part of a unit between semicolons that holds most of the question."""
    parts = clauses(unit.text) if not unit.paragraph.cells else [unit.text]
    return replace(unit, text=max(parts, key=material.weights.words_cover)) if len(parts) > 1 else unit


def _acting(material: Material, unit: Unit) -> Acting:
    """The bodies that act in a unit, by its facts and by the heading that names one."""
    facts = [fact for fact in material.facts_in(unit) if fact.actor]
    roles = {actor: {fact.role for fact in facts if fact.actor == actor and fact.role} for actor in (fact.actor for fact in facts)}
    return Acting([*roles, *agencies_in(unit.subject)], [actor for actor, played in roles.items() if played == {"coordinate"}])


def _is_siblings_date(material: Material, unit: Unit, question: str) -> bool:
    """Whether a date that the unit does not print is that of a piece found beside it, which may be the one that is meant."""
    if unit.cover >= _SURE:
        return False
    nearby = dates_in("\n".join(other.paragraph.text for other in material.units))
    return any(date.covers(other) for date in dates_in(composed(question)) for other in nearby)


def _other_count(material: Material) -> list[Unit]:
    """The items of another number than the question says there are: "ba giai đoạn" of the two sections "Giai đoạn …" beside each other."""
    for value, noun in counts_in(material.query.text):
        first = next((unit for unit in material.units if fold(without_mark(unit.section.title)).startswith(noun)), None)
        if first is None or first.section.parent is None or first.plan != material.best.plan:
            continue
        alike = [
            section
            for section in material.plans[first.plan].sections
            if section.parent == first.section.parent and fold(without_mark(section.title)).startswith(noun)
        ]
        found = {unit.section.address: unit for unit in reversed(material.units) if unit.section in alike and unit.plan == first.plan}
        if len(alike) > 1 and len(found) == len(alike) and str(len(alike)) != value:
            return [found[section.address] for section in alike]
    return []
