"""An archive as large as wanted: plans of fictional agencies, each issued again by other places under other numbers.

Real archives are like that: half of the wording of a plan stands in those of its neighbours. The structure, the figures and the facts of a plan stay;
its place and its number are others, wherever it prints them. Embedding a hundred thousand passages takes an hour, so a copy's vectors are those of its
pattern, each turned a little by a seeded noise: neighbours stay neighbours, and no two are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np

from xhht_qa.embed import Vectors
from xhht_qa.index import Index
from xhht_qa.types import Chunk, Plan

_NOISE = 0.3  # length of what is added to a vector of length 1
_ONSETS = "B C Ch D G H K Kh L M N Ng Nh Ph Qu S T Th Tr V X".split()  # noqa: SIM905
_RHYMES = "an ôi ưng inh âu ơn ach ung êt oai iên ương uân ai eo".split()  # noqa: SIM905

Text = TypeVar("Text")


def grown(seed: Index, plans: int) -> Iterator[tuple[Plan, list[Chunk], Vectors]]:
    """So many plans made of those of an index, in turn, each with its chunks and their vectors; the same for the same seed."""
    random = np.random.default_rng(0)
    known = seed.vectors()
    patterns = [(plan, own, np.array([known[chunk.id] for chunk in own])) for plan, own in _patterns(seed)]
    for number in range(plans):
        plan, own, theirs = patterns[number % len(patterns)]
        id_, rewrite = f"{plan.id}-{number}", partial(_rewritten, _changes(plan, number, random))
        facts = tuple(replace(_in_all_texts(fact, rewrite), plan=id_) for fact in plan.facts)
        chunks = [replace(chunk, id=chunk.id.replace(plan.id, id_, 1), plan=id_, text=rewrite(chunk.text), context=rewrite(chunk.context)) for chunk in own]
        turned = theirs + random.normal(0, _NOISE / np.sqrt(theirs.shape[1]), theirs.shape)
        yield replace(_in_all_texts(plan, rewrite), id=id_, facts=facts), chunks, (turned / np.linalg.norm(turned, axis=1, keepdims=True)).astype(np.float32)


def _patterns(seed: Index) -> Iterator[tuple[Plan, list[Chunk]]]:
    for id_, plan in seed.plans.items():
        whole = Plan(**{field.name: getattr(plan, field.name) for field in fields(Plan)})
        yield whole, [chunk for chunk in seed.chunks if chunk.plan == id_]


def _changes(plan: Plan, number: int, random: np.random.Generator) -> dict[str, str]:
    """What a copy prints otherwise: its place, in small letters and in capitals, and its number."""
    place = " ".join(str(random.choice(_ONSETS)) + str(random.choice(_RHYMES)) for _ in range(2)).title()
    old = plan.metadata.place or " ".join(plan.metadata.issuer.split()[-2:])
    own = plan.metadata.number.partition("/")
    return {old: place, old.upper(): place.upper()} | ({plan.metadata.number: f"{number + 1}/{own[2]}"} if own[0].isdigit() else {})


def _rewritten(changes: dict[str, str], text: str) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _in_all_texts(value: Text, rewrite: Callable[[str], str]) -> Text:
    """A value of ours with every text in it rewritten."""
    if isinstance(value, str):
        return rewrite(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_in_all_texts(item, rewrite) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: changed for name, held in own.items() if (changed := _in_all_texts(held, rewrite)) is not held})
    return value
