"""How fast and how large, always beside a baseline measured in the same run: absolute times say more of the machine than of us."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from statistics import median

from evals.gold import Question, load
from evals.run import RUNS
from evals.score import percentile
from evals.stock import StockRecipe
from xhht_qa.embed import Encoder, load_encoder
from xhht_qa.errors import XhhtError
from xhht_qa.settings import load_settings

CHECKOUT = Path(__file__).parents[1]
IMPORTS = "import chromadb, llama_index.core"  # what any program over this stack pays before it does anything
ONE_QUESTION = (
    "import sys; from xhht_qa.engine import Engine; from xhht_qa.settings import load_settings;"
    "engine = Engine.open(load_settings(index_dir=sys.argv[1])); engine.ask(sys.argv[2])"
)
STOCK = "stock LlamaIndex recipe"
WARM_UP = 3  # first calls load weights and tables
COLD_STARTS = 3
READY_SECONDS = 120


class BenchError(XhhtError):
    """Something to be measured does not run."""


@dataclass(frozen=True)
class Measure:
    """A figure and what it is measured against; ``unit`` is ms, s, MB or "yes/no" (1 or 0)."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline."""
        return self.value / self.baseline_value if self.baseline_value else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, print a table, keep it in ``evals/runs/bench.json``; exit code 2 when something does not run."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Measure speed and memory against baselines of the same run.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans to build and ask (default: %(default)s)")
    parser.add_argument("--gold", nargs="+", type=Path, default=[Path("evals/gold")], help="where the questions come from (default: evals/gold)")
    parser.add_argument("--questions", type=int, default=40, help="how many of them are asked (default: %(default)s)")
    given = parser.parse_args(arguments)
    try:
        questions = load(given.gold)[: WARM_UP + max(given.questions, 1)]
        if len(questions) <= WARM_UP:
            raise BenchError(f"the first {WARM_UP} questions only warm up; give more than that with --gold and --questions")
        measures = list(_measure(given.plans, questions))
    except XhhtError as error:
        print(f"evals.bench: {error}", file=sys.stderr)
        return 2
    RUNS.mkdir(exist_ok=True)
    record = {"plans": str(given.plans), "questions": len(questions) - WARM_UP, "cpus": os.cpu_count(), "measures": [asdict(measure) for measure in measures]}
    (RUNS / "bench.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(measures))
    return 0


def table(measures: Sequence[Measure]) -> str:
    """One aligned line a measure."""
    rows = [("measure", "value", "times", "baseline")]
    for measure in measures:
        beside = f"{_shown(measure.baseline_value, measure.unit)} {measure.baseline}" if measure.baseline_value is not None else ""
        rows.append((measure.name, _shown(measure.value, measure.unit), f"{measure.ratio:.3g}" if measure.ratio is not None else "", beside))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(f"{row[0].ljust(widths[0])}  {row[1].rjust(widths[1])}  {row[2].rjust(widths[2])}  {row[3]}".rstrip() for row in rows)


def _shown(value: float, unit: str) -> str:
    if unit == "yes/no":
        return "yes" if value else "no"
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def _measure(plans: Path, questions: Sequence[Question]) -> Iterator[Measure]:
    settings = load_settings()
    encoder = load_encoder(settings)
    encoder.encode_passages(["khởi động"])  # loading the weights is part of a cold start, not of building
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        stock = StockRecipe(plans, Path(folder) / "stock", encoder)
        yield from _building(plans, index, encoder, stock)
        yield from _asking(index, questions, encoder, stock)
        imports = median(_seconds(_run, ["-c", IMPORTS]) for _ in range(COLD_STARTS))
        cold = median(_seconds(_run, ["-m", "xhht_qa", "ask", questions[0].question, "--index", str(index)]) for _ in range(COLD_STARTS))
        yield Measure("one question from the shell", cold, "s", f'python -c "{IMPORTS}"', imports)
        yield from _serving(index, questions[0].question, imports)


def _building(plans: Path, index: Path, encoder: Encoder, stock: StockRecipe) -> Iterator[Measure]:
    from ingest.build import build

    import_module("llama_index.vector_stores.chroma")  # both need it; the first to be measured must not pay for both
    cold = _seconds(build, [plans], index, encoder)
    unchanged = _seconds(build, [plans], index, encoder)
    stock_cold = _seconds(stock.build)
    yield Measure("building, a plan", cold / stock.plans, "s", STOCK, stock_cold / stock.plans)
    yield Measure("building again unchanged, a plan", unchanged / stock.plans, "s", "building", cold / stock.plans)


def _asking(index: Path, questions: Sequence[Question], encoder: Encoder, stock: StockRecipe) -> Iterator[Measure]:
    """Each question goes through all four in turn, so that a busy moment of the machine hits them alike."""
    from xhht_qa.engine import Engine

    engine = Engine.open(load_settings(index_dir=index))
    ways: dict[str, Callable[[Question], object]] = {
        "encoder": lambda question: encoder.encode_queries([question.question]),
        "stock": lambda question: stock.retrieve(question.question),
        "search": lambda question: engine.search(question.question, history=question.history, scope=question.scope or ()),
        "ask": lambda question: engine.ask(question.question, history=question.history, scope=question.scope or ()),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for question in questions:
        for way, function in ways.items():
            times[way].append(1000 * _seconds(function, question))
    for percent in (50, 95):
        encode, retrieve, search, ask = (percentile(sorted(taken[WARM_UP:]), percent) or 0.0 for taken in times.values())
        yield Measure(f"one question, p{percent}", ask, "ms", "the encoder alone", encode)
        yield Measure(f"its retrieval, p{percent}", search, "ms", STOCK, retrieve)


def _serving(index: Path, question: str, imports: float) -> Iterator[Measure]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    with _process(["app.py", "--host", "127.0.0.1", "--port", str(port), "--index", str(index)]) as server:
        while not _answers(f"http://127.0.0.1:{port}/health"):
            if server.poll() is not None or time.perf_counter() - start > READY_SECONDS:
                raise BenchError(f"python app.py was not ready within {READY_SECONDS} s (exit code {server.poll()})")
            time.sleep(0.05)
        yield Measure("server ready", time.perf_counter() - start, "s", f'python -c "{IMPORTS}"', imports)
        with _idle(IMPORTS) as bare, _idle(ONE_QUESTION, str(index), question) as asked:
            imported = _resident(bare.pid)
            yield Measure("server's memory, nothing asked yet", _resident(server.pid), "MB", f'python -c "{IMPORTS}"', imported)
            yield Measure("engine's memory, one question asked", _resident(asked.pid), "MB", f'python -c "{IMPORTS}"', imported)
            yield Measure("torch in the server", _has_torch(server.pid), "yes/no")
            yield Measure("torch in the engine, one question asked", _has_torch(asked.pid), "yes/no")


def _seconds(function: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def _run(arguments: Iterable[str]) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"python {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-200:]}")


@contextmanager
def _process(arguments: Iterable[str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, *arguments], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.kill()  # it only reads a temporary index
        process.wait()


@contextmanager
def _idle(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has run ``code`` and now waits to be looked at."""
    with _process(["-c", f"{code}; print('done', flush=True); import time; time.sleep({READY_SECONDS})", *arguments]) as process:
        assert process.stdout
        if "done" not in process.stdout.readline():
            raise BenchError(f"python -c {code!r} failed")
        yield process


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _resident(process: int) -> float:
    """Resident memory in MB, from the kernel's own count."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def _has_torch(process: int) -> float:
    return float("libtorch" in Path(f"/proc/{process}/maps").read_text(encoding="utf-8"))


if __name__ == "__main__":
    raise SystemExit(main())
