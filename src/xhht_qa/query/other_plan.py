"""What another plan's name does to the question before: it is asked of that plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from xhht_qa.query.actors import actor_end, actor_in, rank_of
from xhht_qa.query.asking import Bare, gap_in, is_closed, news, weight
from xhht_qa.query.merging import Earlier, merged
from xhht_qa.query.said import Said
from xhht_qa.query.scope import ScopeFinder
from xhht_qa.query.slots import asks_to_compare
from xhht_qa.query.standing import OWN
from xhht_qa.types import Plan

_PLAN_SAID = re.compile(r"(?<!\w)(?:kế hoạch|kh)(?!\w)|\d+\s*/", re.IGNORECASE)
_ACCORDING = re.compile(r"(?<!\w)(?:theo|của|ở|tại|kế hoạch)\s*$", re.IGNORECASE)
_AT = re.compile(r"^(?:của|ở|tại|bên)\s+", re.IGNORECASE)


class OtherPlan:
    """Moves the question before to another of the plans that are indexed."""

    def __init__(self, plans: Mapping[str, Plan], scope: ScopeFinder) -> None:
        self._plans = plans
        self._scope = scope

    def named(self, text: str, before: Said) -> tuple[str, ...]:
        """The plans that a follow-up names; "còn Sở Nội vụ?" after what another agency does is an actor, though it has a plan of its own."""
        plans = self._scope.akin(self._scope.find(text, asks_to_compare(text)), before.plans)
        alone = self._scope.name_in(text, plans) == (0, 0) and not _PLAN_SAID.search(text)
        return () if plans and alone and self.actor(before) else plans

    def named_by_topic(self, core: str, before: Said) -> tuple[str, ...]:
        """A fragment that is the topic of one other plan names that plan."""
        is_actor = actor_end(core) > 0 and self.actor(before) is not None
        found = self._scope.find(f"kế hoạch {core}") if not is_actor and not gap_in(core) else ()
        return found if len(found) == 1 and found[0] not in before.plans else ()

    def asked(self, core: str, follow_up: Bare, plans: tuple[str, ...], before: Said) -> str:
        """ "còn tỉnh Lam Khê?" asks the same of another plan; "các xã của huyện Suối Mây" changes the actor besides."""
        start, end = self._scope.name_in(core, plans)
        if start < end and set(self._scope.find(core[start:end])) != set(plans):
            core = f"{core[:start]}{self.issuer(plans)}{core[end:]}"  # the conversation told which of the plans of a place is meant
            start, end = self._scope.name_in(core, plans)
        rest = f"{core[:start]} {core[end:]}".strip(" ,")
        rest = re.sub(
            r"(?:\s*(?<!\w)(?:của|ở|tại|theo|trong|kế hoạch))+$|^(?:(?:của|ở|tại|theo|trong|kế hoạch)(?!\w)\s*)+", "", rest, flags=re.IGNORECASE
        ).strip()
        # a whole statement about another plan is asked about for itself, a fragment ("còn huyện Y, đúng không?") for what was stated before
        if (gap_in(core) and weight(rest) > 1) or (is_closed(core) and not follow_up.confirms) or (follow_up.confirms and news(rest, before.text) > OWN):
            return core
        name = core if not rest else core[start:end] if start < end else core if _PLAN_SAID.search(core) else f"kế hoạch {core}"
        moved = self.renamed(before, name, plans)
        return merged(rest, follow_up, self.earlier(Said(moved, plans, before.answer))) if rest and start < end else moved

    def renamed(self, before: Said, name: str, plans: tuple[str, ...]) -> str:
        """The question before with another plan's name, and without what only the former plan is about."""
        start, end = self._scope.name_in(before.text, before.plans)
        head, tail = (before.text[:start], before.text[end:]) if start < end else (before.text.rstrip(" ?.!"), "")
        head, tail = (self._scope.without_topic(part, before.plans, plans) for part in (head, tail))
        if _ACCORDING.search(head):
            name = _AT.sub("", name)
        if start == end:
            name = "theo " + (name if _PLAN_SAID.match(name) else f"kế hoạch của {re.sub('^của ', '', name)}")
        return self._without_superior(f"{head} {name} {tail}", plans)

    def _without_superior(self, text: str, plans: tuple[str, ...]) -> str:
        """The question without an actor of a higher level than the plan it has been moved to: no commune tells the province what to do."""
        span = actor_in(text, self._scope.name_in(text, plans))
        rank = rank_of(text[span[0] : span[1]]) if span else None
        issuers = [rank_of(self._plans[plan].metadata.issuer) for plan in plans]
        if span is None or rank is None or not all(issuer is not None and issuer > rank for issuer in issuers):
            return text
        return f"{text[: span[0]]} {text[span[1] :]}"

    def issuer(self, plans: Sequence[str]) -> str:
        """Who issued the plans, as a question says it; of several plans of one place the place."""
        places = {self._plans[plan].metadata.place for plan in plans}
        if len(plans) > 1 and len(places) == 1:
            return places.pop()
        return " và ".join(self._plans[plan].metadata.issuer or self._plans[plan].title for plan in plans)

    def of(self, plans: Sequence[str]) -> list[Plan]:
        """The plans in which a referent or a sibling is looked for; without a name only where there is no choice."""
        return [self._plans[plan] for plan in plans or (self._plans if len(self._plans) == 1 else ())]

    def earlier(self, before: Said) -> Earlier:
        """The question before as a follow-up is put into it."""
        return Earlier(before.text, before.answer, self.of(before.plans), partial(self._scope.name_in, plans=before.plans))

    def actor(self, before: Said) -> tuple[int, int] | None:
        """Where a question names its first actor, the plan's own name left out."""
        return actor_in(before.text, self._scope.name_in(before.text, before.plans))
