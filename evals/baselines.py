"""What the assistant is set beside: the stock recipe, one arm of its retrieval alone, and itself with one step taken out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evals.asking import generate
from evals.gold import Question
from evals.stock import stock_answers
from xhht_qa.embed import Encoder
from xhht_qa.engine import Engine, Steps
from xhht_qa.index import Index, open_index, write_index
from xhht_qa.query import Understander
from xhht_qa.retrieve import WEIGHTS, Retriever, Weights
from xhht_qa.text.normalise import compose
from xhht_qa.types import Chunk, Draft, Plan, Query, Turn

_LEXICAL_ALONE = replace(WEIGHTS, dense=0.0, dense_long=0.0, dense_bare=0.0)
_DENSE_ALONE = replace(WEIGHTS, dense=1.0, dense_long=1.0, dense_bare=1.0)


Contents = tuple[Sequence[Plan], Sequence[Chunk]]


@dataclass(frozen=True)
class _Ablation:
    """``steps`` over an index, or over what ``changed`` makes of its plans and chunks."""

    name: str
    steps: Callable[[Index, Encoder], Steps]
    changed: Callable[[Contents], Contents] | None = None


def _with_weights(weights: Weights) -> Callable[[Index, Encoder], Steps]:
    return lambda index, encoder: replace(Steps.over(index, encoder), search=Retriever(index, encoder, weights).search)


def _unscoped(index: Index, encoder: Encoder) -> Steps:
    """No plan is a filter but those that the user has selected; their names stay among the words."""
    ours = Steps.over(index, encoder)

    def understand(question: str, history: Sequence[Turn], scope: Sequence[str]) -> Query:
        query = ours.understand(question, history, scope)
        return replace(query, plans=tuple(scope), compare=False, text=query.standalone)

    return replace(ours, understand=understand)


def _as_typed(index: Index, encoder: Encoder) -> Steps:
    """Neither accents put back nor abbreviations spelt out nor slips mended."""

    class AsTyped(Understander):
        def spell_out(self, question: str) -> str:
            return compose(question)

    return replace(Steps.over(index, encoder), understand=AsTyped(index.plans).understand)


def _unverified(index: Index, encoder: Encoder) -> Steps:
    def unchecked(draft: Draft, _: Mapping[str, Plan]) -> Draft:
        return draft

    return replace(Steps.over(index, encoder), verify=unchecked)


def _without_paths(contents: Contents) -> Contents:
    plans, chunks = contents
    return plans, [replace(chunk, context="") for chunk in chunks]


def _without_facts(contents: Contents) -> Contents:
    plans, chunks = contents
    return [replace(plan, facts=()) for plan in plans], chunks


STOCK = "stock"
ALL = "all"
_ABLATIONS: Mapping[str, _Ablation] = {
    "bm25": _Ablation("BM25 arm only", _with_weights(_LEXICAL_ALONE)),
    "dense": _Ablation("dense arm only", _with_weights(_DENSE_ALONE)),
    "scope": _Ablation("without scope", _unscoped),
    "restoration": _Ablation("without restoration", _as_typed),
    "path": _Ablation("without heading path", Steps.over, _without_paths),
    "facts": _Ablation("without facts", Steps.over, _without_facts),
    "verify": _Ablation("without verify", _unverified),
}
BASELINES: Mapping[str, str] = {STOCK: "stock LlamaIndex recipe"} | {key: ablation.name for key, ablation in _ABLATIONS.items()}


def answers(baseline: str, engine: Engine, encoder: Encoder, questions: Sequence[Question], answered: int = 0) -> Iterator[dict[str, Any]]:
    """What a key of ``BASELINES`` answers to each question over the engine's plans, in the form of ``evals.asking``; the first ``answered`` are passed over."""
    if answered >= len(questions):
        return  # nothing is built in vain
    if baseline == STOCK:
        yield from stock_answers(engine.plans.values(), encoder, questions[answered:])
        return
    ablation = _ABLATIONS[baseline]
    with tempfile.TemporaryDirectory() as folder:
        index = _changed(engine.index, Path(folder), encoder, ablation.changed) if ablation.changed else engine.index
        yield from generate(Engine(index, encoder, engine.settings, ablation.steps(index, encoder)), questions, answered, ablation.name)
        if index is not engine.index:
            index.close()


def _changed(index: Index, folder: Path, encoder: Encoder, changed: Callable[[Contents], Contents]) -> Index:
    """An index of its own in ``folder``; a chunk that has lost its heading path is embedded anew."""
    plans, chunks = changed((list(index.plans.values()), index.chunks))
    known = index.vectors()
    own: dict[str, list[Chunk]] = {plan.id: [] for plan in plans}
    vectors: dict[str, list[Any]] = {plan.id: [] for plan in plans}
    for chunk, before in zip(chunks, index.chunks, strict=True):
        own[chunk.plan].append(chunk)
        vectors[chunk.plan].append(known[chunk.id] if chunk == before else encoder.encode_passages([chunk.text])[0])
    write_index(folder, encoder.name, ((plan, own[plan.id], np.array(vectors[plan.id], dtype=np.float32)) for plan in plans))
    return open_index(folder)
