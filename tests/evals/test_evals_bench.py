"""What the bench prints; what it measures is measured by running it."""

from __future__ import annotations

import os

import pytest

from evals.bench.measure import BenchError, Measure, resident, run, table


def test_the_table_shows_each_figure_beside_its_baseline() -> None:
    measures = [
        Measure("one question", 12.0, "ms", "the encoder alone", 8.0),
        Measure("memory", 321.4, "MB", "bare imports", 0.0),
        Measure("torch in the server", 0.0, "yes/no"),
    ]
    assert table(measures).split("\n") == [
        "measure               value  times  baseline",
        "one question          12 ms    1.5  8 ms the encoder alone",
        "memory               321 MB         0 MB bare imports",
        "torch in the server      no",
    ]


def test_resident_memory_is_that_of_the_process() -> None:
    before = resident(os.getpid())
    block = bytearray(64 * 1024 * 1024)
    assert resident(os.getpid()) - before == pytest.approx(len(block) / 1024**2, abs=16)


def test_a_command_that_fails_is_named_with_its_last_words() -> None:
    with pytest.raises(BenchError, match="no such luck"):
        run(["-c", "raise SystemExit('no such luck')"])
