"""Question and history → Query, without an LLM."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from xhht_qa.index import PrintedRuns
from xhht_qa.lexicon import Lexicon
from xhht_qa.query.abbreviations import Abbreviations, initials_in
from xhht_qa.query.agencies import Agencies
from xhht_qa.query.facets import facets_asked
from xhht_qa.query.follow_up import FollowUps
from xhht_qa.query.names import NameCapitals
from xhht_qa.query.numerals import apart, in_figures
from xhht_qa.query.positions import addresses_named, levels_spelt, missing_address, ordinal_named
from xhht_qa.query.restore import DiacriticRestorer
from xhht_qa.query.said import Said
from xhht_qa.query.scope import ScopeFinder
from xhht_qa.query.slots import asks_to_compare, asks_to_confirm, slot_of
from xhht_qa.query.tone_marks import in_place
from xhht_qa.text.dates import find_dates
from xhht_qa.text.listed import items_of, points_at_item
from xhht_qa.text.normalise import compose
from xhht_qa.text.remembered import remembered
from xhht_qa.text.synonyms import synonyms_in
from xhht_qa.text.turns import beginning
from xhht_qa.types import FollowUp, Plan, Query, Slot, Turn

_YARDSTICK = re.compile(r"(?<!\w)(?:như|giống(?: như| với)?) (.+)$", re.IGNORECASE)
_BARE_SYLLABLES = 9
_COURTESY = re.compile(  # "Đề nghị cho biết …": what is done with the answer is no part of the question
    r"^\W*(?:(?:kính|dạ|xin|đề nghị|vui lòng|làm ơn|mong|nhờ|cho|giúp|anh|chị|em|tôi|mình|bạn|ad) )+(?:hỏi|biết|nêu|cung cấp|trình bày|xem(?! xét))(?: rõ| thêm| lại)?,?\s+(?=\S+ \S+ \S)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]+[”\"]")
_READ_WHOLE = 20  # plans, for the numbers of their sections; those of more are among the numbers of all


class Understander:
    """Reads questions about the given plans; what it knows of words it has learnt from their text."""

    def __init__(
        self,
        plans: Mapping[str, Plan],
        lexicon: Lexicon | None = None,
        printed: PrintedRuns | None = None,
        addresses: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        """``lexicon``, ``printed`` and the ``addresses`` of all sections are those of the plans; without them they are learnt here."""
        self._plans = plans
        self._addresses = cache(addresses or partial(self._addresses_in, plans))
        known = lexicon or Lexicon.learnt(plans)
        self._restorer = DiacriticRestorer(known.syllables, known.pairs)
        self._abbreviations = Abbreviations(known.phrases, known.words)
        self._agencies = Agencies(known.bodies)
        self._names = NameCapitals(known.capitals)
        self._scope = ScopeFinder(plans, printed or PrintedRuns.of(plans))
        self._follow_ups = FollowUps(plans, self._scope, known.syllables.__contains__)
        self._read = remembered(self._spelt_out)  # a conversation brings its questions again with each further one

    def understand(self, question: str, history: Sequence[Turn] = (), scope: Sequence[str] = ()) -> Query:
        """The query that a question asks after the turns before it, within the plans that the user has selected."""
        question, scope = compose(question), tuple(dict.fromkeys(scope))
        before = self._follow_ups.held_to(scope, self._conversation(history))
        spelt = self.spell_out(question)
        said = self._follow_ups.written_out(spelt, before)
        follow_up = FollowUp(spelt, before.text, said.guessed) if before else None
        said = replace(said, text=self._agencies.capitalised(said.text))
        compare = asks_to_compare(said.text)
        plans = self._within(said.plans or self._scope.find(question, compare), scope)
        confirm = asks_to_confirm(said.text)
        if confirm and len(plans) > 1 and (yardstick := _YARDSTICK.search(said.text)):  # "… như huyện X, đúng không?" is about the plan before it
            plans = tuple(plan for plan in plans if plan not in self._scope.find(yardstick.group(1))) or plans
            compare = compare and len(plans) > 1
        chosen = plans or scope
        known = partial(self._addresses_in, chosen) if 0 < len(chosen) <= _READ_WHOLE else self._addresses
        own = _COURTESY.sub("", self._scope.without_names(said.text, chosen))
        searched = _without_premise(own) if confirm else own
        return Query(
            question=question,
            standalone=said.text if before and said.text != spelt else question,
            text=searched,
            slot=_slot(own, said.text),
            plans=chosen,
            compare=compare or self._scope.places(plans) > 1,
            confirm=confirm,
            addresses=addresses_named(said.text, known),
            missing_address=missing_address(said.text, known),
            ordinal=ordinal_named(said.text),
            facets=facets_asked(searched),
            carried=self._scope.without_names(said.carried, self._plans),
            told=before.answer if before and said.text != spelt and not confirm and _asks_the_same(said, before) else "",
            follow_up=follow_up,
            synonyms=" ".join(
                [*synonyms_in(searched), *self._agencies.other_words(searched, chosen), *initials_in(self._scope.without_names(question, chosen))]
            ),
        )

    def spell_out(self, question: str) -> str:
        """The question with abbreviations spelt out, diacritics restored, numbers in figures and names in capitals."""
        return self._read(in_place(compose(question)))

    def _spelt_out(self, question: str) -> str:
        typed = self._abbreviations.expand(self._agencies.spelt_out(question))
        restored = self._scope.mended(in_figures(self._restorer.restore(levels_spelt(apart(typed)), question)))
        return self._agencies.capitalised(self._names.capitalised(restored))

    def _addresses_in(self, plans: Iterable[str]) -> list[str]:
        """The addresses of the sections, each once."""
        return list(dict.fromkeys(section.address for plan in plans for section in self._plans[plan].sections))

    def _within(self, found: Sequence[str], scope: Sequence[str]) -> tuple[str, ...]:
        return tuple(plan for plan in found if not scope or plan in scope)

    def _conversation(self, history: Sequence[Turn]) -> Said | None:
        """The last question of the user as it stands alone, with the answer it got; each one leans on the one before it."""
        before: Said | None = None
        for turn in history:
            content = beginning(turn.content)
            if turn.role == "assistant":
                before = before and replace(before, answer=content, items=before.items or items_of(turn.content))
            elif slot_of(content) != "greeting":
                spelt, items = self.spell_out(content), before.items if before else ()
                before = self._follow_ups.written_out(spelt, before)
                before = replace(before, items=items) if points_at_item(spelt) else before  # "cái thứ ba?" after "cái thứ hai?" is of the same list
        return before


def _asks_the_same(said: Said, before: Said) -> bool:
    """Whether the same kind of value is wanted of the same plans; of two plans each may have the same."""
    return set(said.plans) == set(before.plans) and slot_of(said.text) == slot_of(before.text)


def _slot(own: str, text: str) -> Slot:
    """The slot asked, by the words without the plan's name."""
    whole = slot_of(text)
    if whole in ("copies", "signer", "number"):  # what is asked of a plan as a document is said together with its name
        return whole
    return next((slot for slot in (slot_of(own), whole) if slot != "content"), "content")


def _without_premise(text: str) -> str:
    """A question that asks whether something is so, without the names in quotation marks and the dates that may be wrong in it."""
    bare = _QUOTED.sub(" ", text)
    for mention in reversed(find_dates(bare)):
        bare = f"{bare[: mention.start]} {bare[mention.end :]}"
    return " ".join(bare.split()) if len(bare.split()) >= _BARE_SYLLABLES // 2 else text
