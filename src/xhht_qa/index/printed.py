"""Which plans print a name, or some words of what another plan is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from xhht_qa.index.postings import Postings
from xhht_qa.lexicon.naming import names_of, runs_printed, runs_sought
from xhht_qa.types import Plan


class PrintedRuns:
    """Over the plans of an index or some of them; ``plans`` by the numbers that they have in the postings."""

    def __init__(self, postings: Postings, plans: Mapping[int, str]) -> None:
        self._postings = postings
        self._plans = plans

    @classmethod
    def of(cls, plans: Mapping[str, Plan]) -> PrintedRuns:
        """Those of plans that stand in no index."""
        return cls(Postings.of(*printed_runs(list(plans.values()))), dict(enumerate(plans)))

    def plans(self, run: str) -> frozenset[str]:
        """The plans that print a run of syllables; of runs that nothing is called by, none."""
        numbers = map(int, self._postings.holding(run)[0])
        return frozenset(self._plans[number] for number in numbers if number in self._plans)


def printed_runs(plans: Collection[Plan]) -> tuple[Iterable[Plan], Callable[[Plan], Iterable[str]]]:
    """What the runs are looked up in, as ``Postings`` takes it: a text a plan, and those of the runs that it prints."""
    sought = runs_sought(map(names_of, plans))
    return plans, lambda plan: runs_printed(plan, sought)
