"""One archive measured by a process of its own, so that its memory and its start are its own too: prints JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from evals.bench.measure import resident, seconds
from evals.gold import load
from evals.score import percentile
from xhht_qa.embed import load_encoder
from xhht_qa.engine import Engine
from xhht_qa.index import open_index
from xhht_qa.settings import load_settings

QUESTIONS = 40
FIFTY = 50
_NEAREST = 10


def measured(index_dir: Path) -> dict[str, float]:
    """Name of a figure → seconds, megabytes, milliseconds, or a share."""
    settings = load_settings(index_dir=index_dir)
    encoder = load_encoder(settings)
    encoder.encode_queries(["kế hoạch"])
    own = resident(os.getpid())
    started = time.perf_counter()
    engine = Engine(open_index(index_dir, encoder.name), encoder, settings)
    figures = {"encoder, MB": own, "opening, s": time.perf_counter() - started}
    figures["first answer, s"] = seconds(engine.ask, "hạn báo cáo năm là ngày nào?")
    questions = [question.question for question in load([Path("evals/gold")]) if not question.history][::5][:QUESTIONS]
    plans = list(engine.plans)
    scopes: dict[str, Sequence[str]] = {"all plans": (), "one plan": plans[len(plans) // 2 :][:1], "fifty plans": plans[:: max(1, len(plans) // FIFTY)][:FIFTY]}
    ways: dict[str, Callable[[str, Sequence[str]], object]] = {
        "search": lambda question, scope: engine.search(question, scope=scope),
        "answer": lambda question, scope: engine.ask(question, scope=scope),
    }
    for words, scope in scopes.items():
        for way, ask in ways.items():
            took, worked = [], []
            for question in questions:
                before = time.process_time()
                took.append(1000 * seconds(ask, question, scope))
                worked.append(1000 * (time.process_time() - before))
            figures |= {f"{way}, {words}, p{percent}, ms": percentile(sorted(took), percent) or 0.0 for percent in (50, 95)}
            figures[f"{way}, {words}, p50 of processor time, ms"] = percentile(sorted(worked), 50) or 0.0
    figures["memory, MB"] = resident(os.getpid())
    index = engine.index
    vectors = [encoder.encode_queries([question])[0] for question in questions]
    found = [{position for position, _ in index.nearest(vector)[:_NEAREST]} for vector in vectors]
    exact = [{position for position, _ in index.nearest(vector, plans)[:_NEAREST]} for vector in vectors]
    figures[f"recall of the {_NEAREST} nearest"] = float(np.mean([len(a & b) / _NEAREST for a, b in zip(found, exact, strict=True)]))
    return figures


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
