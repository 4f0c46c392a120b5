"""One run beside an earlier one, over the questions that both have."""

from __future__ import annotations

from collections.abc import Sequence

from evals.report import figure, report, why_wrong
from evals.score import Score


def compare(earlier: Sequence[Score], later: Sequence[Score]) -> str:
    """The questions whose outcome flipped, with the reason, then every figure that moved."""
    before = {score.id: score for score in earlier}
    common = [score for score in later if score.id in before]
    lines = [f"{len(common)} questions in both runs ({len(earlier) - len(common)} only in the earlier, {len(later) - len(common)} only in this one)"]
    gained = [score for score in common if score.right and not before[score.id].right]
    lost = [score for score in common if before[score.id].right and not score.right]
    lines.append(f"now right: {len(gained)}")
    lines += [f"  + {score.id} (was: {why_wrong(before[score.id])})" for score in gained]
    lines.append(f"no longer right: {len(lost)}")
    lines += [f"  - {score.id} (now: {why_wrong(score)})" for score in lost]
    old = report([before[score.id] for score in common])["headline"]
    new = report(common)["headline"]
    moved = [metric for metric in new if new[metric] != old[metric]]
    width = max(map(len, moved), default=0)
    lines += [f"{metric.ljust(width)}  {figure(metric, old[metric])} → {figure(metric, new[metric])}" for metric in moved]
    return "\n".join(lines) + "\n"
