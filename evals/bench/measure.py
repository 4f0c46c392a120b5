"""A figure beside its baseline, and the processes that are measured."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.run import RUNS
from xhht_qa.errors import XhhtError

CHECKOUT = Path(__file__).parents[2]
IDLE_SECONDS = 120  # how long a process waits to be looked at


class BenchError(XhhtError):
    """Something to be measured does not run."""


@dataclass(frozen=True)
class Measure:
    """A figure and what it is measured against; ``unit`` is ms, s, KB, MB, what is counted, or "yes/no" (1 or 0)."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline."""
        return self.value / self.baseline_value if self.baseline_value else None


def table(measures: Sequence[Measure]) -> str:
    """One aligned line a measure."""
    rows = [("measure", "value", "times", "baseline")]
    for measure in measures:
        beside = f"{_shown(measure.baseline_value, measure.unit)} {measure.baseline}" if measure.baseline_value is not None else ""
        rows.append((measure.name, _shown(measure.value, measure.unit), f"{measure.ratio:.3g}" if measure.ratio is not None else "", beside))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(f"{row[0].ljust(widths[0])}  {row[1].rjust(widths[1])}  {row[2].rjust(widths[2])}  {row[3]}".rstrip() for row in rows)


def keep(name: str, measures: Sequence[Measure], **about: object) -> None:
    """The figures, and what there is to say about them, in ``evals/runs/NAME.json``."""
    RUNS.mkdir(exist_ok=True)
    record = {**about, "cpus": os.cpu_count(), "measures": [asdict(measure) for measure in measures]}
    (RUNS / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _shown(value: float, unit: str) -> str:
    if unit == "yes/no":
        return "yes" if value else "no"
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def seconds(function: Callable[..., object], *arguments: object) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def both_seconds(function: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """How long a call takes, and how long processors work for it, in threads and children too: the second hardly grows when others use the machine."""
    worked = _worked()
    took = seconds(function, *arguments)
    return took, _worked() - worked


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def run(arguments: Iterable[str]) -> str:
    """What Python prints when it is run with these arguments in the checkout. Raises BenchError with its last words."""
    done = subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"python {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    return done.stdout


@contextmanager
def process(arguments: Iterable[str], environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Python while it runs with these arguments in the checkout, ``environment`` added to its own."""
    settings = os.environ | dict(environment or {})
    started = subprocess.Popen([sys.executable, *arguments], cwd=CHECKOUT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield started
    finally:
        started.kill()  # it only reads a temporary index
        started.wait()


@contextmanager
def idle(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has run ``code`` and now waits to be looked at."""
    with process(["-c", f"{code}; print('done', flush=True); import time; time.sleep({IDLE_SECONDS})", *arguments]) as waiting:
        assert waiting.stdout
        if "done" not in waiting.stdout.readline():
            raise BenchError(f"python -c {code!r} failed")
        yield waiting


def resident(process: int) -> float:
    """Resident memory in MB, from the kernel's own count."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024


def has_torch(process: int) -> float:
    """1 when a process has loaded torch, else 0."""
    return float("libtorch" in Path(f"/proc/{process}/maps").read_text(encoding="utf-8"))
