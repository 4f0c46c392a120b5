"""What every composer works from: the query, what was found for it, and the plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xhht_qa.extract.units import Unit, units_of
from xhht_qa.extract.weights import Weights
from xhht_qa.index import Vocabulary
from xhht_qa.types import Fact, Passage, Plan, Query, Section

Search = Callable[[Query], list[Passage]]

_PASSAGES_READ = 4  # the right section is among the first four in 19 of 20 cases; more only adds siblings
_PLANS_READ = 20  # one by one, each with a search of its own


@dataclass(frozen=True)
class Material:
    """One question with its passages, best first; ``search`` finds those of another query, as when plans are set side by side."""

    query: Query
    passages: Sequence[Passage]
    plans: Mapping[str, Plan]
    vocabulary: Vocabulary
    search: Search

    @cached_property
    def weights(self) -> Weights:
        """How much each word of the question tells among the plans in scope."""
        return Weights(self.query, self.vocabulary, self.scope)

    @cached_property
    def units(self) -> list[Unit]:
        """The quotable pieces of the best passages, best first; of those named by number alone, if any are."""
        named = [passage for passage in self.passages if is_within(passage.section, self.query.addresses)]
        read = list((named or self.passages)[:_PASSAGES_READ])
        if not self.query.named:  # any plan may answer: the best passage of each
            first = {passage.plan: passage for passage in reversed(self.passages)}
            read += [passage for passage in first.values() if passage not in read]
        return units_of(self.query, read, self.plans, self.weights)

    @property
    def best(self) -> Unit:
        """The piece that answers best."""
        return self.units[0]

    def facts_in(self, unit: Unit) -> list[Fact]:
        """The facts that a unit states, in whole or in part."""
        facts = self.plans[unit.plan].facts
        return [fact for fact in facts if fact.section == unit.section.address and (fact.quote in unit.text or unit.text in fact.quote)]

    @cached_property
    def scope(self) -> tuple[str, ...]:
        """The plans that are asked about."""
        return self.query.plans or tuple(self.plans)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The plans to read one by one: those in scope; of many, be they named or not, those in which something was found."""
        return self.scope if len(self.scope) <= _PLANS_READ else tuple(dict.fromkeys(passage.plan for passage in self.passages))

    def within(self, plan: str) -> Material:
        """The same question asked of one plan."""
        query = replace(self.query, plans=(plan,))
        return replace(self, query=query, passages=self.search(query))

    def section(self, passage: Passage) -> Section:
        """The section that a passage points at."""
        section = self.plans[passage.plan].section(passage.section)
        assert section
        return section

    def name(self, plan: str) -> str:
        """How a plan is told from the others in an answer: by who issued it."""
        return self.plans[plan].metadata.issuer or self.plans[plan].title


def is_within(section: str, addresses: Sequence[str]) -> bool:
    """Whether a section is one of those named or stands below one."""
    return any(section == address or section.startswith(f"{address}.") for address in addresses)
