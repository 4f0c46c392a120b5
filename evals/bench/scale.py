"""``python -m evals.bench.scale``: search when the archive grows, against Chroma's own filter and exact search.

The archive is made of the sample plans, each copied under other places with its words and vectors a little changed: embedding a hundred
thousand passages would take an hour and would say nothing about searching them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from evals.bench.measure import Measure, keep, resident, seconds, table
from evals.gold import load
from xhht_qa.command_line import ArgumentParser
from xhht_qa.embed import Encoder, Vectors, load_encoder
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError
from xhht_qa.index import Index, open_index, write_index
from xhht_qa.settings import load_settings
from xhht_qa.types import Chunk, Plan

QUESTIONS = 30
FIFTY = 50
_NOISE = 0.3  # length of what is added to a vector of length 1: neighbours stay neighbours, no two copies are equal
_NEAREST = 10
_ONSETS, _RHYMES = ["B", "C", "D", "G", "H", "K", "L", "M", "N", "P", "S", "T", "V", "X"], ["an", "ôi", "ưng", "inh", "âu", "ơn", "ach", "ung", "êt", "oai"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table and keep it in ``evals/runs/scale.json``; exit code 2 when something is missing."""
    parser = ArgumentParser(prog="python -m evals.bench.scale", description="Measure search in an archive of many plans.")
    parser.add_argument("--passages", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes of the archive (default: 1000 10000 100000)")
    given = parser.parse_args(arguments)
    try:
        measures = list(_measure(given.passages))
    except XhhtError as error:
        print(f"evals.bench.scale: {error}", file=sys.stderr)
        return 2
    keep("scale", measures)
    print(table(measures))
    return 0


def _measure(sizes: Sequence[int]) -> Iterator[Measure]:
    from ingest.build import build

    encoder = load_encoder(load_settings())
    questions = [question.question for question in load([Path("evals/gold")]) if not question.history][:QUESTIONS]
    with tempfile.TemporaryDirectory() as folder:
        build([Path("ingest/plans")], Path(folder) / "seed", encoder)
        seed = open_index(Path(folder) / "seed")
        for size in sizes:
            index_dir = Path(folder) / str(size)
            plans, chunks, vectors = grown(seed, size)
            write_index(index_dir, encoder.name, plans, chunks, vectors)
            yield from _searching(index_dir, f"{len(chunks)} passages", encoder, questions)


def grown(seed: Index, size: int) -> tuple[list[Plan], list[Chunk], Vectors]:
    """At least ``size`` chunks of copied plans, each about another place; the same for the same seed."""
    random = np.random.default_rng(0)
    known = seed.vectors()
    plans: list[Plan] = []
    chunks: list[Chunk] = []
    vectors: list[Vectors] = []
    while len(chunks) < size:
        for plan in seed.plans.values():
            copy, place = f"{plan.id}-{len(plans)}", _place(random)
            old = plan.metadata.place or plan.metadata.issuer.rpartition(" ")[2]
            plans.append(
                replace(
                    plan,
                    id=copy,
                    title=plan.title.replace(old, place),
                    metadata=replace(plan.metadata, issuer=plan.metadata.issuer.replace(old, place), place=place),
                )
            )
            own = [chunk for chunk in seed.chunks if chunk.plan == plan.id]
            chunks += [replace(chunk, id=chunk.id.replace(plan.id, copy, 1), plan=copy, text=chunk.text.replace(old, place)) for chunk in own]
            noise = random.normal(0, _NOISE / np.sqrt(len(known[own[0].id])), (len(own), len(known[own[0].id])))
            changed = np.array([known[chunk.id] for chunk in own]) + noise
            vectors.append((changed / np.linalg.norm(changed, axis=1, keepdims=True)).astype(np.float32))
    return plans, chunks, np.concatenate(vectors)


def _place(random: np.random.Generator) -> str:
    return " ".join(str(random.choice(_ONSETS)) + str(random.choice(_RHYMES)) for _ in range(2))


def _searching(index_dir: Path, name: str, encoder: Encoder, questions: Sequence[str]) -> Iterator[Measure]:
    import os

    settings = load_settings(index_dir=index_dir)
    before = resident(os.getpid())
    engines: list[Engine] = []
    yield Measure(f"{name}: opening", seconds(lambda: engines.append(Engine.open(settings))), "s")
    engine = engines[0]
    yield Measure(f"{name}: memory", resident(os.getpid()) - before, "MB")
    plans = list(engine.plans)
    encode = _median(lambda question: encoder.encode_queries([question]), questions)
    for scope, words in (((), "all plans"), (plans[len(plans) // 2 :][:1], "one plan"), (plans[:FIFTY], "fifty plans")):
        took = _median(lambda question: engine.search(question, scope=scope), questions)  # noqa: B023 - called at once
        yield Measure(f"{name}: search, p50, {words}", took, "ms", "the encoder alone", encode)
    index = engine.index
    vectors = [encoder.encode_queries([question])[0] for question in questions]
    filtered = _median(lambda vector: index.vector_store().client.query(query_embeddings=[vector.tolist()], n_results=100, where={"plan": plans[0]}), vectors)
    yield Measure(f"{name}: the nearest of one plan, p50", _median(lambda vector: index.nearest(vector, plans[:1]), vectors), "ms", "Chroma's filter", filtered)
    found = [{position for position, _ in index.nearest(vector)[:_NEAREST]} for vector in vectors]
    exact = [{position for position, _ in index.nearest(vector, plans)[:_NEAREST]} for vector in vectors]
    yield Measure(f"{name}: recall of the {_NEAREST} nearest", float(np.mean([len(a & b) / _NEAREST for a, b in zip(found, exact, strict=True)])), "of 1")


def _median(function: Callable[..., object], arguments: Sequence[object]) -> float:
    """Milliseconds of the middle call."""
    return 1000 * median(seconds(function, argument) for argument in arguments)


if __name__ == "__main__":
    raise SystemExit(main())
