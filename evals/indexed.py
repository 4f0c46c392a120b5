"""The evals' own indexes, one for each folder of plans and each encoder; the one that people use stays as it is."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tqdm import tqdm

from evals.run import RUNS
from xhht_qa.embed import load_encoder
from xhht_qa.settings import Settings, load_settings


def indexed(plans: Path, runs: Path = RUNS) -> Settings:
    """The settings with an index of ``plans`` that is up to date; a file that cannot be read is named on standard error. Raises NoPlans."""
    from ingest.build import Watcher, build

    encoder = load_encoder(load_settings())
    folder = runs / ".index" / re.sub(r"\W+", "-", f"{plans.resolve()} {encoder.name}").strip("-")
    with tqdm(desc="embedding", unit="", disable=None) as bar:

        class Bar(Watcher):
            def embedded(self, done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

        failures = build([plans], folder, encoder, only=True, watcher=Bar()).failures
    for failure in failures.values():
        print(f"evals: skipped {failure}", file=sys.stderr)
    return load_settings(index_dir=folder)
