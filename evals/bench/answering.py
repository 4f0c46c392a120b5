"""Building an index, asking it, serving it: against the stock recipe, the encoder alone and bare imports."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median

from evals.bench.measure import Measure, both_seconds, has_torch, idle, resident, run, seconds
from evals.bench.served import served
from evals.gold import Question
from evals.score import percentile
from evals.stock import NAME as STOCK
from evals.stock import StockRecipe
from xhht_qa.embed import Encoder, as_it_came, load_encoder
from xhht_qa.settings import load_settings
from xhht_qa.types import Plan

IMPORTS = "import chromadb, llama_index.core"  # what any program over this stack pays before it does anything
ONE_QUESTION = (
    "import sys; from xhht_qa.engine import Engine; from xhht_qa.settings import load_settings;"
    "engine = Engine.open(load_settings(index_dir=sys.argv[1])); engine.ask(sys.argv[2])"
)
PREPARED = f"{STOCK}, our encoder"
UNASKED, ALONE = "one answer, p50, processor time, no language model named", "the same without a place for one"
WARM_UP = 3  # first calls load weights and tables
COLD_STARTS = 3


def answering(plans: Path, questions: Sequence[Question]) -> Iterator[Measure]:
    """Every figure from the plans to the server."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        yield from beside_stock(plans, questions, index)
        imports = median(seconds(run, ["-c", IMPORTS]) for _ in range(COLD_STARTS))
        cold = median(seconds(run, ["-m", "xhht_qa", "ask", questions[0].question, "--index", str(index)]) for _ in range(COLD_STARTS))
        yield Measure("one question from the shell", cold, "s", f'python -c "{IMPORTS}"', imports)
        yield from _serving(index, questions[0].question, imports)


def beside_stock(plans: Path, questions: Sequence[Question], index: Path) -> Iterator[Measure]:
    """Building ``index`` and asking it, beside the stock recipe with the encoder as it came and with ours."""
    from ingest.sandbox import parse_all

    settings = load_settings()
    encoder, as_it_is = load_encoder(settings), as_it_came(settings)
    for each in (encoder, as_it_is):
        each.encode_passages(["khởi động"])  # loading the weights is part of a cold start, not of building
    read = [plan for _, plan in parse_all([plans]) if isinstance(plan, Plan)]
    stocks = {name: StockRecipe(read, index.with_name(f"stock-{place}"), each) for place, (name, each) in enumerate(((STOCK, as_it_is), (PREPARED, encoder)))}
    yield from _building(plans, index, encoder, stocks, len(read))
    yield from _asking(index, questions, encoder, stocks)


def _building(plans: Path, index: Path, encoder: Encoder, stocks: Mapping[str, StockRecipe], count: int) -> Iterator[Measure]:
    from ingest.build import build

    import_module("llama_index.vector_stores.chroma")  # both need it; the first to be measured must not pay for both
    cold, cold_work = both_seconds(build, [plans], index, encoder)
    unchanged = seconds(build, [plans], index, encoder)
    for name, stock in stocks.items():
        took, worked = both_seconds(stock.build)
        yield Measure("building, a plan", cold / count, "s", name, took / count)
        yield Measure("building, a plan, processor time", cold_work / count, "s", name, worked / count)
    yield Measure("building again unchanged, a plan", unchanged / count, "s", "building", cold / count)


def _asking(index: Path, questions: Sequence[Question], encoder: Encoder, stocks: Mapping[str, StockRecipe]) -> Iterator[Measure]:
    """Each question goes through all of them in turn, so that a busy moment of the machine hits them alike."""
    from xhht_qa.engine import Engine

    searching, asking, extracting = (Engine.open(load_settings(index_dir=index)) for _ in range(3))  # none finds another's question encoded
    ways: dict[str, Callable[[Question], object]] = {
        "encoder": lambda question: encoder.encode_queries([question.question]),
        **{name: lambda question, stock=stock: stock.retrieve(question.question) for name, stock in stocks.items()},  # type: ignore[misc]
        "search": lambda question: searching.search(question.question, history=question.history, scope=question.scope or ()),
        "ask": lambda question: asking.ask(question.question, history=question.history, scope=question.scope or ()),
        "extract": lambda question: extracting.extract(question.question, history=question.history, scope=question.scope or ()),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    works: dict[str, list[float]] = {way: [] for way in ways}
    for place, question in enumerate(questions):
        *others, ask, extract = ways  # each of the last two now first, now behind the other, which leaves it what it has read
        for way in [*others, ask, extract] if place % 2 else [*others, extract, ask]:
            took, worked = both_seconds(ways[way], question)
            times[way].append(1000 * took)
            works[way].append(1000 * worked)
    off, alone = (percentile(sorted(works[way][WARM_UP:]), 50) or 0.0 for way in ("ask", "extract"))
    yield Measure(UNASKED, off, "ms", ALONE, alone)
    for name in stocks:
        mine, theirs = (percentile(sorted(works[way][WARM_UP:]), 50) or 0.0 for way in ("ask", name))
        yield Measure("one answer, p50, processor time", mine, "ms", name, theirs)
    for percent in (50, 95):
        at = {way: percentile(sorted(taken[WARM_UP:]), percent) or 0.0 for way, taken in times.items()}
        yield Measure(f"one answer, p{percent}", at["ask"], "ms", "the encoder alone", at["encoder"])
        for name in stocks:
            yield Measure(f"one answer, p{percent}", at["ask"], "ms", name, at[name])
            yield Measure(f"its retrieval, p{percent}", at["search"], "ms", name, at[name])


def _serving(index: Path, question: str, imports: float) -> Iterator[Measure]:
    with served(index) as server:
        yield Measure("server ready", server.seconds, "s", f'python -c "{IMPORTS}"', imports)
        with idle(IMPORTS) as bare, idle(ONE_QUESTION, str(index), question) as asked:
            imported = resident(bare.pid)
            yield Measure("server's memory, nothing asked yet", resident(server.process), "MB", f'python -c "{IMPORTS}"', imported)
            yield Measure("engine's memory, one question asked", resident(asked.pid), "MB", f'python -c "{IMPORTS}"', imported)
            yield Measure("torch in the server", has_torch(server.process), "yes/no")
            yield Measure("torch in the engine, one question asked", has_torch(asked.pid), "yes/no")
