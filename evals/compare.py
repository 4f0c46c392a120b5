"""``python -m evals compare``: one run beside an earlier one, over the questions that both have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.report import figure, points, why_wrong
from evals.run import RUNS, Run
from evals.score import SHARES, Score, summarise
from evals.statistics import difference, mcnemar
from xhht_qa.command_line import ArgumentParser

SAID = ("encoder", "mode", "commit", "gold_digest", "plans_digest")  # of a config: what a comparison is about
TESTED = ("right", "citation")  # flips of these are tested


def main(arguments: Sequence[str]) -> int:
    """Exit code 0. Raises XhhtError."""
    parser = ArgumentParser(prog="python -m evals compare", description="What changed between two runs, and whether it is more than chance.")
    parser.add_argument("earlier", help="a run's name, or its folder")
    parser.add_argument("later", help="another's")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    earlier, later = Run.find(given.runs, given.earlier), Run.find(given.runs, given.later)
    print(compare(earlier.scores(), later.scores(), earlier.config(), later.config()), end="")
    return 0


def compare(earlier: Sequence[Score], later: Sequence[Score], old_config: Mapping[str, Any] | None = None, config: Mapping[str, Any] | None = None) -> str:
    """The questions whose outcome flipped, with the reason, the exact test of the flips, then every figure that moved, with its interval."""
    before = {score.id: score for score in earlier}
    common = [score for score in later if score.id in before]
    old = [before[score.id] for score in common]
    lines = [f"{len(common)} questions in both runs ({len(earlier) - len(common)} only in the earlier, {len(later) - len(common)} only in this one)"]
    lines += [f"{key}: {was} → {is_}" for key in SAID if (was := (old_config or {}).get(key)) != (is_ := (config or {}).get(key))]
    gained = [score for score in common if score.right and not before[score.id].right]
    lost = [score for score in common if before[score.id].right and not score.right]
    lines.append(f"now right: {len(gained)}")
    lines += [f"  + {score.id} (was: {why_wrong(before[score.id])})" for score in gained]
    lines.append(f"no longer right: {len(lost)}")
    lines += [f"  - {score.id} (now: {why_wrong(score)})" for score in lost]
    lines += [sentence for metric in TESTED if (sentence := _tested(metric, old, common))]
    return "\n".join([*lines, *_moved(old, common)]) + "\n"


def _tested(metric: str, old: Sequence[Score], new: Sequence[Score]) -> str:
    changes = [SHARES[metric](after)[0] - SHARES[metric](before)[0] for before, after in zip(old, new, strict=True)]
    gained, lost = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    return f"{metric}: {gained} gained, {lost} lost; McNemar's exact p = {mcnemar(gained, lost):.3f}" if gained or lost else ""


def _moved(old: Sequence[Score], new: Sequence[Score]) -> list[str]:
    """A line for each figure that moved; the interval of the difference where the figure is a share."""
    before, after = summarise(old), summarise(new)
    moved = [metric for metric in after if before[metric] != after[metric]]
    width = max(map(len, moved), default=0)
    lines = [f"{metric.ljust(width)}  {figure(metric, before[metric])} → {figure(metric, after[metric])}" for metric in moved]
    clusters = [score.cluster for score in new]
    spreads = {metric: difference([*map(part, old)], [*map(part, new)], clusters) for metric, part in SHARES.items() if metric in moved}
    return [f"{line}  ({points(spread)} points)" if (spread := spreads.get(metric)) else line for metric, line in zip(moved, lines, strict=True)]
