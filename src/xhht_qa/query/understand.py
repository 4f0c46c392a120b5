"""Question and history → Query, without an LLM."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xhht_qa.query.abbreviations import Abbreviations
from xhht_qa.query.positions import addresses_named, missing_address, ordinal_named
from xhht_qa.query.restore import DiacriticRestorer
from xhht_qa.query.scope import ScopeFinder
from xhht_qa.query.slots import asks_to_compare, asks_to_confirm, slot_of
from xhht_qa.query.synonyms import synonyms_in
from xhht_qa.text.dates import find_dates
from xhht_qa.text.facets import facets_in, without_facets
from xhht_qa.text.normalise import compose, fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Plan, Query, Slot, Turn

# Words that point back at what was said before; a question with one of them, or a bare one, leans on its forerunner.
_POINTS_BACK = re.compile(
    r"^\W*(?:con|the|vay|ok|u|roi|the con|vay con|thi sao)\b|\b(?:do|ay|nay|kia|tren|nua|no|ho)\b(?=\W*(?:$|\w))|\bthi sao\b|\bcung (?:han|moc|vay|the)\b"
)
_EMPTY = frozenset(
    ["thế", "còn", "vậy", "thì", "sao", "ạ", "ok", "ừ", "ở", "bên", "của", "cấp", "các", "những", "cũng", "luôn", "hả", "không", "bao", "nhiêu", "nào"]
)
_FULL = 4  # a follow-up with more content words than this stands on its own
_CARRIED_WORDS = 60  # of an earlier question; the encoder needs seconds for pages
_BARE_SYLLABLES = 9
_QUOTED = re.compile(r"[“\"][^”\"]+[”\"]")
_PHASE = re.compile(r"\bgiai doan (?:1|2|3|i|ii|iii|mot|hai|ba|dau|cuoi)\b")
_PHASE_BACK = re.compile(r"\bgiai doan (?:do|ay|nay|kia)\b")


class Understander:
    """Reads questions about the given plans; what it knows of words it has learnt from their text."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._plans = plans
        texts = [section.text for plan in plans.values() for section in plan.sections]
        names = [plan.metadata.issuer for plan in plans.values()]
        self._restorer = DiacriticRestorer([*texts, *names])
        self._abbreviations = Abbreviations([*texts, *names])
        self._scope = ScopeFinder(plans)

    def understand(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> Query:
        """The query that a question asks after the turns before it, within the plans that the user has selected."""
        question = compose(question)
        text = self.spell_out(question)
        earlier = [self.spell_out(turn.content) for turn in history if turn.role == "user" and slot_of(turn.content) != "greeting"]
        compare = asks_to_compare(text)
        plans = self._within(self._scope.find(text, compare) or self._scope.find(question, compare), scope)
        carried_plans: tuple[str, ...] = ()
        if not plans:
            carried_plans = next((found for turn in reversed(earlier) if (found := self._within(self._scope.find(turn), scope))), ())
        if len(carried_plans) == 1:
            carried_plans = self._within(self._scope.counterpart(text, carried_plans[0]), scope) or carried_plans
        leans = bool(earlier) and (bool(_POINTS_BACK.search(fold(text))) or len(text.split()) <= _BARE_SYLLABLES)
        carried = " ".join(earlier[-1].split()[:_CARRIED_WORDS]) if leans else ""
        chosen = plans or carried_plans or tuple(scope)
        searched_plans = [self._plans[plan] for plan in chosen] if chosen else list(self._plans.values())
        confirm = asks_to_confirm(text)
        own = self._scope.without_names(self._with_phase(text, carried), chosen)
        searched = _filled(own, self._scope.without_names(carried, self._plans))
        if confirm:
            searched = _without_premise(searched)
        return Query(
            question=question,
            standalone=self._standalone(question, text, carried, carried_plans),
            text=searched,
            slot=_slot(own, text, carried),
            plans=chosen,
            named=bool(chosen),
            compare=compare or self._scope.places(plans) > 1,
            confirm=confirm,
            addresses=addresses_named(question, searched_plans),
            missing_address=missing_address(question, searched_plans),
            ordinal=ordinal_named(text),
            facets=facets_in(searched),
            synonyms=" ".join(synonyms_in(" ".join(folded_syllables(searched)))),
            carried=carried,
        )

    def spell_out(self, question: str) -> str:
        """The question with abbreviations spelt out and diacritics restored."""
        return self._restorer.restore(self._abbreviations.expand(compose(question)))

    def _within(self, found: Sequence[str], scope: Sequence[str]) -> tuple[str, ...]:
        return tuple(plan for plan in found if not scope or plan in scope)

    def _with_phase(self, text: str, carried: str) -> str:
        """ "giai đoạn ấy" takes the number that the earlier question gave it."""
        phase = _PHASE.search(fold(carried))
        if not phase or not _PHASE_BACK.search(fold(text)):
            return text
        span = _PHASE_BACK.search(fold(text))
        assert span
        return text[: span.start()] + carried[phase.start() : phase.end()] + text[span.end() :]

    def _standalone(self, question: str, text: str, carried: str, plans: Sequence[str]) -> str:
        """The question as it would be asked without the conversation."""
        notes = [self._plans[plan].metadata.issuer or self._plans[plan].title for plan in plans]
        standalone = self._with_phase(text, carried) if carried else question
        return f"{standalone.rstrip()} ({', '.join(notes)})" if notes else standalone


def _filled(own: str, carried: str) -> str:
    """A follow-up of a word or two, filled up with the question it goes on from; what it names itself replaces what that one named."""
    content = [word for word in own.lower().split() if word.strip(",.?!") not in _EMPTY]
    if not carried or len(content) > _FULL:
        return own
    return f"{own} {' '.join(without_facets(carried, facets_in(own)).split()[:_CARRIED_WORDS])}"


def _slot(own: str, text: str, carried: str) -> Slot:
    """The slot asked, by the words without the plan's name; "còn … thì sao?" asks for the same as the question before it."""
    whole = slot_of(text)
    if whole in ("copies", "signer", "number"):  # what is asked of a plan as a document is said together with its name
        return whole
    return next((slot for slot in (slot_of(own), whole, slot_of(carried)) if slot != "content"), "content")


def _without_premise(text: str) -> str:
    """A question that asks whether something is so, without the names in quotation marks and the dates that may be wrong in it."""
    bare = _QUOTED.sub(" ", text)
    for mention in reversed(find_dates(bare)):
        bare = f"{bare[: mention.start]} {bare[mention.end :]}"
    return " ".join(bare.split()) if len(bare.split()) >= _BARE_SYLLABLES // 2 else text
