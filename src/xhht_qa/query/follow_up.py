"""Follow-ups written out in full: what one names takes the place of its like in the question before, the rest of that one stays.

"Ai chủ trì diễn tập ở Vân Châu?", "thế ai phối hợp?" → "Ai phối hợp diễn tập ở Vân Châu?". Nothing here knows what is searched how.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from xhht_qa.query.actors import is_in_agency
from xhht_qa.query.asking import bare, gap_in, weight, without_article
from xhht_qa.query.constituents import inside
from xhht_qa.query.merging import is_added, merged, topic
from xhht_qa.query.other_plan import OtherPlan
from xhht_qa.query.referents import is_unexplained, resolved, without_it
from xhht_qa.query.said import Said
from xhht_qa.query.scope import ScopeFinder
from xhht_qa.query.slots import asks_to_compare, slot_of
from xhht_qa.query.standing import Standing
from xhht_qa.text.listed import item_named, points_at_item, with_item
from xhht_qa.types import Plan

_WRITTEN_KEPT = 1024  # each question of a conversation brings along those before it; some 2 MB, for turns are cut
_ALL_PLANS = re.compile(r"(?<!\w)(?:tất cả|các|mọi|từng|những) (?:các )?kế hoạch(?! (?:này|đó|ấy|trên)(?!\w))", re.IGNORECASE)  # leaves the plan before
_BESIDE = re.compile(r"so (?:sánh )?(?:với|cùng)\s+", re.IGNORECASE)
_BETWEEN_PLANS = re.compile(r"^so sánh\s+|(?:\s*(?:,|(?<!\w)(?:và|với)(?!\w)))+(?=\s*[?.!]*$)", re.IGNORECASE)  # of a question whose plans' names are gone
_LOOSE = re.compile(r"\s+(?=[,?])|(?<=\w)\s*,\s*(?=\?)")


class FollowUps:
    """Writes follow-ups out, over the plans that are indexed."""

    def __init__(self, plans: Mapping[str, Plan], scope: ScopeFinder, knows: Callable[[str], bool]) -> None:
        """``knows`` tells whether a syllable is printed in any plan."""
        self._scope = scope
        self._standing = Standing(plans, scope, knows)
        self._other = OtherPlan(plans, scope)
        self._written = lru_cache(_WRITTEN_KEPT)(self._written_anew)

    def written_out(self, text: str, before: Said | None) -> Said:
        """The question as it would be asked without the conversation, with the plans it is about; ``text`` is restored."""
        return self._written(text, before)

    def _written_anew(self, text: str, before: Said | None) -> Said:
        if before is None or slot_of(text) in ("greeting", "plans") or _ALL_PLANS.search(text):
            return Said(text, self._named(text))
        if item := item_named(text, before.items):
            text = item if self._scope.find(item) and self._scope.find(item) != before.plans else with_item(bare(text).text, item)
            if gap_in(text):
                return replace(self._with_plan(text, text, (), before), carried=before.text)
        elif points_at_item(text):
            return Said(text, before.plans, guessed=True)
        follow_up = bare(text)
        if self._standing.is_its_own(text, follow_up):
            return Said(text, self._named(text))
        plans = self._other.named(text, before) or self._other.named_by_topic(follow_up.text, before)
        if set(plans) <= set(before.plans) and is_in_agency(follow_up.text, self._scope.name_in(follow_up.text, plans)):
            plans = ()
        if plans and before.plans and _BESIDE.match(follow_up.text):
            return Said(_sentence(f"So sánh {topic(before.text)} với {_BESIDE.sub('', follow_up.text)}"), tuple(dict.fromkeys([*before.plans, *plans])))
        issuer = self._other.issuer(before.plans)
        asked_before = gap_in(before.text)
        core = resolved(
            follow_up.text, before.text, before.answer, bool(asked_before and asked_before.gap in ("who", "where")), self._other.of(before.plans), issuer
        )
        core = without_article(core, before.text)
        explained = core != follow_up.text
        if not plans and not explained and not follow_up.leans and not follow_up.partitive and self._standing.is_elsewhere(core, before):
            return Said(text, self._named(text))
        if not plans and (level := self._scope.counterpart(text, before.plans[0]) if len(before.plans) == 1 else ()) and not self._other.actor(before):
            return Said(_sentence(self._other.renamed(before, self._other.issuer(level), level)), level)
        carried = ""
        if plans:
            full = self._other.asked(core, follow_up, plans, before)
        elif (explained and gap_in(core)) or self._standing.stands_alone(without_it(core), follow_up, before):
            full, carried = core, before.text
        else:
            full = merged(without_it(core), follow_up, self._other.earlier(before))
        guessed = is_unexplained(core) or (is_added(full) and not follow_up.partitive)
        return replace(self._with_plan(full, text, plans, before), carried=carried, guessed=guessed)

    def held_to(self, scope: Sequence[str], before: Said | None) -> Said | None:
        """What was said before as it would be asked of the plans that are selected now; None where it was only about others."""
        if before is None or not scope or set(before.plans) <= set(scope):
            return before
        left = _sentence(_BETWEEN_PLANS.sub("", self._scope.left_of(before.text, before.plans, scope)))
        plans = tuple(plan for plan in before.plans if plan in scope) or (tuple(scope) if len(scope) == 1 else ())
        return Said(left, plans) if gap_in(left) or weight(left) else None

    def _named(self, text: str) -> tuple[str, ...]:
        return self._scope.find(text, asks_to_compare(text))

    def _with_plan(self, full: str, typed: str, plans: tuple[str, ...], before: Said) -> Said:
        """The plan is carried where the question names none."""
        if not plans and (named := self._other.named(full, before)) and set(named) <= set(before.plans or named) and set(named) == set(self._named(full)):
            plans = named
        if not plans and before.plans:
            plans = before.plans
            of_plan = f"kế hoạch của {self._other.issuer(plans)}"
            full = f"{of_plan} {inside(full)}" if slot_of(full) in ("signer", "number", "copies") else f"{full.rstrip(' ?.!')} theo {of_plan}"
        return Said(_sentence(full) if full != typed else typed, plans)


def _sentence(text: str) -> str:
    text = _LOOSE.sub("", " ".join(text.split())).strip(" ?.!,")
    return f"{text[0].upper()}{text[1:]}?" if text else text
