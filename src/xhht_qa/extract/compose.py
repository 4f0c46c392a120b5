"""One composer for each kind of question, all over the same units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract.about import about_document
from xhht_qa.extract.confirm import judge
from xhht_qa.extract.grounds import cited_document
from xhht_qa.extract.refuse import asks_to_invent, misses_value, off_topic, other_document, unknown_place, unknown_subject
from xhht_qa.extract.units import Unit, units_of, without_mark
from xhht_qa.extract.weights import Vocabulary, Weights
from xhht_qa.text.dates import dates_in
from xhht_qa.text.normalise import CAPITAL, fold, is_upper
from xhht_qa.types import CLOSING, Draft, Paragraph, Passage, Plan, Query, Section, Source, Statement

_PASSAGES_READ = 4  # the right section is among the first four in 19 of 20 cases; more only adds siblings
_NEAREST_NAMED = 2
_RIVAL_SHARE = 0.65  # without a plan named, a plan whose best unit scores this share of the best one answers too
_TWIN_SHARE = 0.93  # a second clause this close to the best one belongs to the answer
_LIST_ASKED = re.compile(
    r"\b(?:nhung|cac)\b.{0,40}\b(?:nao|gi)\b|\bgom (?:nhung )?(?:gi|nao)\b|\bliet ke\b|\bke ra\b|\bnhung gi\b|\blam gi\b|\blam nhung gi\b|\bnhiem vu (?:gi|nao)\b|\bthe nao\b|\bra sao\b|\bnhung viec\b"
)
_LIST_SLOTS = ("criteria", "dossier", "procedure")
_NAME = re.compile(rf"(?<=[^\s.?!] ){CAPITAL}[^\W\d_]*(?: {CAPITAL}[^\W\d_]*)+")
_LONGEST_LIST_WORDS = 400

Search = Callable[[Query], list[Passage]]


class Extractor:
    """Composes drafts from the plans of one index."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._plans = plans
        self._vocabulary = Vocabulary(plans)

    def compose(self, query: Query, passages: Sequence[Passage], search: Search) -> Draft:
        """The draft that answers the query; ``search`` finds passages of one plan when several are compared."""
        if query.slot == "greeting":
            greeting = _greeting(query)
            tail = messages.plan_list([plan.title for plan in self._plans.values()]) if greeting == messages.GREETING else ""
            return Draft("guide", lead=greeting, tail=tail, confidence=1.0)
        if query.slot == "plans":
            return Draft("guide", lead=messages.plan_list([plan.title for plan in self._plans.values()]), confidence=1.0)
        place = unknown_place(query, self._plans)
        if place:
            return Draft("not_found", lead=messages.no_such_plan(place), confidence=0.9)
        if not passages or asks_to_invent(query) or other_document(query, self._plans):
            return self._not_found(query, passages)
        if query.slot == "number" and len(query.plans) == 1:
            plan, number = self._plans[query.plans[0]], _asks_number(query)
            if _is_blank(plan, number):
                return Draft("not_found", messages.blank(plan.title, number), confidence=0.9)
        if query.missing_address:
            return Draft("not_found", messages.no_such_section([self._plans[plan].title for plan in query.plans], query.missing_address), confidence=0.9)
        document = self._about_documents(query)
        if document:
            return document
        weights = self._weights(query)
        if unknown_subject(weights):
            return self._not_found(query, passages)
        if query.slot == "legal_basis" and not query.compare:
            cited = cited_document(query, passages, self._plans)
            if cited:
                return Draft("answered", statements=(cited,), confidence=0.7)
        if (len(query.plans) > 1 and query.compare) or (query.compare and not query.plans):
            return self._compare(query, search)
        return self._single(query, passages, weights)

    def _single(self, query: Query, passages: Sequence[Passage], weights: Weights) -> Draft:
        read = [passage for passage in passages if _is_within(passage.section, query.addresses)] if query.addresses else passages
        units = units_of(query, (read or passages)[:_PASSAGES_READ], self._plans, weights)
        best = units[0]
        if not query.addresses and (off_topic(query, best, weights) or misses_value(query, best, units)):
            return self._not_found(query, passages)
        if not query.named:
            rivals = self._rivals(query, best, units)
            if len(rivals) > 1:
                statements = tuple(self._statement(query, unit, units, self._name(unit.plan)) for unit in rivals)
                options = tuple(messages.reading(query.question, self._plans[unit.plan].title) for unit in rivals)
                return Draft("clarify", messages.CLARIFY, statements, options=options, confidence=_confidence(best))
        asked_apart = self._asked_apart(query, units)
        if asked_apart:
            return Draft("answered", statements=tuple(self._statement(query, unit, [unit]) for unit in asked_apart), confidence=_confidence(best))
        statement = self._statement(query, best, units)
        if query.confirm:
            verdict = judge(query, best.section.text, statement.text, "\n".join(unit.paragraph.text for unit in units))
            if verdict is True:
                return Draft("answered", messages.CORRECT, (statement,), confidence=_confidence(best))
            if verdict is False:
                return Draft("corrected", messages.INCORRECT, (statement,), confidence=_confidence(best))
        return Draft("answered", statements=(statement,), confidence=_confidence(best))

    def _compare(self, query: Query, search: Search) -> Draft:
        """Each plan's own best unit; where the question seeks plans, only those that hold it."""
        statements, silent, best_cover = [], [], 0.0
        plans = query.plans or tuple(self._plans)
        candidates: list[tuple[str, Unit | None, list[Unit]]] = []
        for plan in plans:
            narrowed = _within(query, plan)
            weights = self._weights(narrowed)
            units = units_of(narrowed, search(narrowed)[:_PASSAGES_READ], self._plans, weights)
            candidates.append((plan, units[0] if units else None, units))
            best_cover = max([best_cover, *(unit.cover for unit in units[:1])])
        for plan, unit, units in candidates:
            enough = unit is not None and (unit.cover >= _RIVAL_SHARE * best_cover if not query.plans else unit.cover >= 0.5 * best_cover)
            if unit is not None and enough:
                statements.append(self._statement(query, unit, units, self._name(plan)))
            else:
                silent.append(messages.silent(self._name(plan)))
        if not statements or best_cover < 0.25:
            return self._not_found(query, [passage for plan in plans[:1] for passage in search(_within(query, plan))])
        lead = messages.COMPARE if query.plans else messages.AGGREGATE
        tail = "\n".join(f"- {line}" for line in silent) if query.plans else ""
        return Draft("answered", lead, tuple(statements), tail, confidence=min(1.0, best_cover))

    def _about_documents(self, query: Query) -> Draft | None:
        plans = query.plans or tuple(self._plans)
        if query.slot == "copies" and query.compare and not query.plans:
            plans = self._recipients_match(query) or plans
        found = [statement for plan in plans if (statement := about_document(query, self._plans[plan])) and statement.sources]
        if not found:
            return None
        if len(found) == 1:
            return Draft("answered", statements=tuple(found), confidence=0.9)
        if query.compare or query.named:
            return Draft("answered", messages.COMPARE, tuple(found), confidence=0.8)
        options = tuple(messages.reading(query.question, self._plans[statement.sources[0].plan].title) for statement in found)
        return Draft("clarify", messages.CLARIFY, tuple(found), options=options, confidence=0.8)

    def _recipients_match(self, query: Query) -> tuple[str, ...]:
        """The plans one of whose recipients the question names ("kế hoạch nào gửi Hội …?")."""
        weights = self._weights(query)
        best = {plan.id: max((weights.cover(recipient) for recipient in plan.metadata.recipients), default=0.0) for plan in self._plans.values()}
        top = max(best.values(), default=0.0)
        return tuple(plan for plan, cover in best.items() if top and cover >= 0.9 * top)

    def _statement(self, query: Query, unit: Unit, units: Sequence[Unit], plan_name: str = "") -> Statement:
        prefix = f"{plan_name}: " if plan_name else ""
        if self._wants_list(query, unit):
            section = unit.section
            body = "\n".join(_printed(paragraph) for paragraph in section.paragraphs)
            return Statement(f"{prefix}{body}", (Source(unit.plan, section.address, "", section.text),))
        if unit.text.endswith(":") or unit.section.address in query.addresses:
            announced = self._announced(unit)
            if announced:
                items = [f"- {without_mark(source.quote)}" for source in announced]
                return Statement("\n".join([f"{prefix}{without_mark(unit.text)}", *items]), (unit.source, *announced))
        twins = [other for other in units[1:3] if other is not unit and other.paragraph is unit.paragraph and other.score >= _TWIN_SHARE * unit.score]
        chosen = [unit, *(twins if query.slot != "deadline" else [])]
        chosen.sort(key=lambda one: unit.paragraph.text.find(one.text))
        text = " ".join(_row(unit) if unit.paragraph.bullet.startswith("/r") else without_mark(one.text) for one in chosen)
        # headings of whole parts stand in capitals and name no subject; a mục's or a lead-in's does
        named = bool(unit.subject) and not is_upper(unit.subject) and fold(unit.subject) not in fold(text)
        subject = f"{unit.subject}: " if named else ""
        return Statement(f"{prefix}{subject}{_ended(text)}", tuple(one.source for one in chosen))

    def _announced(self, unit: Unit) -> list[Source]:
        """What a lead-in such as "… gồm:" announces: the bullets below it, else the sections below it."""
        paragraphs = unit.section.paragraphs
        below = paragraphs[paragraphs.index(unit.paragraph) + 1 :]
        depth = unit.paragraph.bullet.count("/")
        bullets = [paragraph for paragraph in below if paragraph.bullet.count("/") == depth + 1 and paragraph.bullet.startswith(unit.paragraph.bullet)]
        if bullets:
            return [Source(unit.plan, unit.section.address, paragraph.bullet, paragraph.text) for paragraph in bullets]
        children = [section for section in self._plans[unit.plan].sections if section.parent == unit.section.address] if not below else []
        return [Source(unit.plan, child.address, "", child.paragraphs[0].text) for child in children]

    def _wants_list(self, query: Query, unit: Unit) -> bool:
        """The whole list is asked for, and its heading says more of the question than the best single item does."""
        section = unit.section
        bullets = [paragraph for paragraph in section.paragraphs if paragraph.bullet]
        if not bullets or section.address == CLOSING or sum(len(p.text.split()) for p in section.paragraphs) > _LONGEST_LIST_WORDS:
            return False
        asked = query.slot in _LIST_SLOTS or bool(_LIST_ASKED.search(fold(query.text)))
        if not asked:
            return False
        weights = self._weights(_within(query, unit.plan))
        heading = weights.cover(" ".join(section.path))
        items = [weights.cover(paragraph.text) for paragraph in bullets]
        return heading >= max(items) or unit.paragraph is section.paragraphs[0]

    def _asked_apart(self, query: Query, units: Sequence[Unit]) -> list[Unit]:
        """One unit for each date or section, when the question names several of them."""
        dates = [] if query.confirm else sorted(dates_in(query.question))
        if len(dates) > 1:
            return _distinct(next((unit for unit in units if any(date.covers(other) for other in dates_in(unit.text))), None) for date in dates)
        if len(query.addresses) > 1 and len(query.plans) == 1:
            return _distinct(next((unit for unit in units if unit.section.address == address), None) for address in query.addresses)
        return []

    def _rivals(self, query: Query, best: Unit, units: Sequence[Unit]) -> list[Unit]:
        """The best unit of each plan that answers about as well as the best plan does."""
        first: dict[str, Unit] = {}
        for unit in units:
            first.setdefault(unit.plan, unit)
        names = [fold(name) for name in _NAME.findall(query.question) if fold(name) in fold(best.section.text)]
        rivals = [unit for unit in first.values() if all(name in fold(unit.section.text) for name in names)]
        return [unit for unit in rivals if unit.score >= _RIVAL_SHARE * best.score and unit.cover >= _RIVAL_SHARE * best.cover]

    def _not_found(self, query: Query, passages: Sequence[Passage]) -> Draft:
        named = [self._plans[plan].title for plan in query.plans]
        lead = messages.not_found_in(named) if named else messages.NOT_FOUND
        near = [
            f"- {section.label[0].upper()}{section.label[1:]}, {self._plans[passage.plan].title}"
            for passage in passages[:_NEAREST_NAMED]
            if (section := self._section(passage))
        ]
        tail = "\n".join([messages.NEAREST, *near]) if near and named else ""  # far from every topic, the nearest section is no help
        return Draft("not_found", lead, tail=tail, confidence=0.8)

    def _weights(self, query: Query) -> Weights:
        return Weights(query, self._vocabulary.sections(query.plans or self._plans))

    def _section(self, passage: Passage) -> Section | None:
        return self._plans[passage.plan].section(passage.section)

    def _name(self, plan: str) -> str:
        return self._plans[plan].metadata.issuer or self._plans[plan].title


def _is_within(section: str, addresses: Iterable[str]) -> bool:
    """Whether a section is one of those named or stands below one."""
    return any(section == address or section.startswith(f"{address}.") for address in addresses)


def _asks_number(query: Query) -> bool:
    """Whether the number of a plan is asked for, not its day."""
    words = fold(query.text).split()
    return "so" in words and "ngay" not in words


def _is_blank(plan: Plan, number: bool) -> bool:
    """Whether the number, or the day, is left blank in print."""
    if number:
        return not plan.metadata.number[:1].isdigit()
    return plan.metadata.date.count("/") < 2 or plan.metadata.date.startswith("/")


def _printed(paragraph: Paragraph) -> str:
    """A paragraph of a list, as a markdown list prints it."""
    if not paragraph.bullet:
        return without_mark(paragraph.text)
    return f"{'  ' * (paragraph.bullet.count('/') - 1)}- {without_mark(paragraph.text)}"


def _row(unit: Unit) -> str:
    """A table row with the names of its columns."""
    cells = unit.paragraph.cells if unit.text == unit.paragraph.text else ()
    if not all(name for name, _ in cells):
        return unit.text
    return "; ".join(f"{name}: {text}" for name, text in cells if text and fold(name) not in ("stt", "tt")) or unit.text


def _ended(text: str) -> str:
    """A clause that ends in the middle of its list, ended as a sentence."""
    return f"{text.rstrip(';,')}." if text.endswith((";", ",")) else text


def _distinct(units: Iterable[Unit | None]) -> list[Unit]:
    found = [unit for unit in dict.fromkeys(units) if unit is not None]
    return found if len(found) > 1 else []


def _within(query: Query, plan: str) -> Query:
    return replace(query, plans=(plan,))


def _confidence(unit: Unit) -> float:
    return round(min(1.0, max(0.0, unit.cover)), 3)


def _greeting(query: Query) -> str:
    folded = fold(query.question)
    if "cam on" in folded or "thank" in folded:
        return messages.THANKS
    return messages.FAREWELL if "tam biet" in folded else messages.GREETING
