"""The steps of the line, each taken once for a question that is asked of many models: what the model adds is all that differs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from xhht_qa.embed import Encoder
from xhht_qa.engine import Steps
from xhht_qa.extract.material import Search
from xhht_qa.index import Index
from xhht_qa.types import Draft, Passage, Query, Turn

Value = TypeVar("Value")


def remembered(index: Index, encoder: Encoder) -> Steps:
    """The product's own steps over an index, which look up what they have given before; all of it is frozen, so it can be given again."""
    steps = Steps.over(index, encoder)
    known: dict[Hashable, object] = {}
    queries: dict[int, Query] = {}  # those of whole questions; the searches of a composer make others, which are not kept

    def once(key: Hashable, work: Callable[[], Value]) -> Value:
        if key not in known:
            known[key] = work()
        return known[key]  # type: ignore[return-value]

    def understand(question: str, history: Sequence[Turn], scope: Sequence[str]) -> Query:
        query = once((question, tuple(history), tuple(scope)), lambda: steps.understand(question, history, scope))
        return queries.setdefault(id(query), query)

    def search(query: Query, k: int) -> list[Passage]:
        return once(("search", id(query), k), lambda: steps.search(query, k)) if id(query) in queries else steps.search(query, k)

    def compose(query: Query, passages: Sequence[Passage], more: Search) -> Draft:
        return once(("compose", id(query)), lambda: steps.compose(query, passages, more))

    return replace(steps, understand=understand, search=search, compose=compose)
