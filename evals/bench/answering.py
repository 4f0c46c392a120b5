"""Building an index, asking it, serving it: against the stock recipe, the encoder alone and bare imports."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median

from evals.bench.measure import Measure, has_torch, idle, resident, run, seconds
from evals.bench.served import served
from evals.gold import Question
from evals.score import percentile
from evals.stock import NAME as STOCK
from evals.stock import StockRecipe
from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.settings import load_settings
from xhht_qa.types import Plan

IMPORTS = "import chromadb, llama_index.core"  # what any program over this stack pays before it does anything
ONE_QUESTION = (
    "import sys; from xhht_qa.engine import Engine; from xhht_qa.settings import load_settings;"
    "engine = Engine.open(load_settings(index_dir=sys.argv[1])); engine.ask(sys.argv[2])"
)
WARM_UP = 3  # first calls load weights and tables
COLD_STARTS = 3


def answering(plans: Path, questions: Sequence[Question]) -> Iterator[Measure]:
    """Every figure from the plans to the server."""
    from ingest.sandbox import parse_all

    settings = load_settings()
    encoder = load_encoder(settings)
    encoder.encode_passages(["khởi động"])  # loading the weights is part of a cold start, not of building
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        read = [plan for _, plan in parse_all([plans]) if isinstance(plan, Plan)]
        stock = StockRecipe(read, Path(folder) / "stock", encoder)
        yield from _building(plans, index, encoder, stock, len(read))
        yield from _asking(index, questions, encoder, stock)
        imports = median(seconds(run, ["-c", IMPORTS]) for _ in range(COLD_STARTS))
        cold = median(seconds(run, ["-m", "xhht_qa", "ask", questions[0].question, "--index", str(index)]) for _ in range(COLD_STARTS))
        yield Measure("one question from the shell", cold, "s", f'python -c "{IMPORTS}"', imports)
        yield from _serving(index, questions[0].question, imports)


def _building(plans: Path, index: Path, encoder: Encoder, stock: StockRecipe, count: int) -> Iterator[Measure]:
    from ingest.build import build

    import_module("llama_index.vector_stores.chroma")  # both need it; the first to be measured must not pay for both
    cold = seconds(build, [plans], index, encoder)
    unchanged = seconds(build, [plans], index, encoder)
    stock_cold = seconds(stock.build)
    yield Measure("building, a plan", cold / count, "s", STOCK, stock_cold / count)
    yield Measure("building again unchanged, a plan", unchanged / count, "s", "building", cold / count)


def _asking(index: Path, questions: Sequence[Question], encoder: Encoder, stock: StockRecipe) -> Iterator[Measure]:
    """Each question goes through all four in turn, so that a busy moment of the machine hits them alike."""
    from xhht_qa.engine import Engine

    searching, asking = (Engine.open(load_settings(index_dir=index)) for _ in range(2))  # neither finds the other's question encoded
    ways: dict[str, Callable[[Question], object]] = {
        "encoder": lambda question: encoder.encode_queries([question.question]),
        "stock": lambda question: stock.retrieve(question.question),
        "search": lambda question: searching.search(question.question, history=question.history, scope=question.scope or ()),
        "ask": lambda question: asking.ask(question.question, history=question.history, scope=question.scope or ()),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for question in questions:
        for way, function in ways.items():
            times[way].append(1000 * seconds(function, question))
    for percent in (50, 95):
        encode, retrieve, search, ask = (percentile(sorted(taken[WARM_UP:]), percent) or 0.0 for taken in times.values())
        yield Measure(f"one question, p{percent}", ask, "ms", "the encoder alone", encode)
        yield Measure(f"its retrieval, p{percent}", search, "ms", STOCK, retrieve)


def _serving(index: Path, question: str, imports: float) -> Iterator[Measure]:
    with served(index) as server:
        yield Measure("server ready", server.seconds, "s", f'python -c "{IMPORTS}"', imports)
        with idle(IMPORTS) as bare, idle(ONE_QUESTION, str(index), question) as asked:
            imported = resident(bare.pid)
            yield Measure("server's memory, nothing asked yet", resident(server.process), "MB", f'python -c "{IMPORTS}"', imported)
            yield Measure("engine's memory, one question asked", resident(asked.pid), "MB", f'python -c "{IMPORTS}"', imported)
            yield Measure("torch in the server", has_torch(server.process), "yes/no")
            yield Measure("torch in the engine, one question asked", has_torch(asked.pid), "yes/no")
