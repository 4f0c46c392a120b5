"""``python -m evals gate``: is a run worse than the baseline that is committed beside the code?

**Right and citation** may fall by a point. The gate fails on evidence only: when the whole one-sided 95 % interval of the paired difference
(bootstrap over clusters) lies below −1 point, that is when its *upper* bound does. The other reading, to fail unless the *lower* bound is above
−1 point, asks a change to prove that it harmed nothing: with a few hundred questions a swap of three equal gains and losses could not, every
second change would fail, and a gate that cries wolf is switched off. The price is that a small fall passes: of 120 questions four lost in
net, of 283 six. Such falls add up only against a baseline that moves; it moves by ``--accept`` alone, so that the next run meets the same one.

**Invented answers**, given to a question that the plans do not answer, have no benefit of the doubt, since they cost a reader's trust:
their share may not rise by more than 2 points.

**Invariants** hold whatever the baseline is: every quote word for word, no failure, the wrong plan in at most 2 % of answers.

**Bounds** are least and most values of headline figures, set by hand under "bounds" in a baseline's file: many small falls, each within chance, stop there.
``--accept`` keeps them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.run import RUNS, Run
from evals.score import SHARES, Score
from evals.statistics import Part, difference, share
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import XhhtError

FALL = 0.01  # of these, with 95 % confidence
MAY_FALL = ("right", "citation")
RISE = 0.02  # of answers to what the plans do not state
INVENTED = "invented"
INVARIANTS = {"verbatim": (1.0, 1.0), "failed": (0.0, 0.0), "wrong_plan": (0.0, 0.02)}  # least, most

Outcome = Mapping[str, bool]  # of MAY_FALL and INVENTED, those by which the question is judged
Baseline = Mapping[str, Outcome]
Bounds = Mapping[str, tuple[float, float]]  # least, most


class BaselineError(XhhtError):
    """A baseline that is missing or is none."""


def main(arguments: Sequence[str]) -> int:
    """Exit code 0, or 1 with a sentence for each reason. Raises XhhtError."""
    parser = ArgumentParser(prog="python -m evals gate", description="Fail when a run is worse than the baseline.")
    parser.add_argument("run", help="its name, or its folder")
    parser.add_argument("--baseline", type=Path, required=True, help="such as evals/baseline/sample.json")
    parser.add_argument("--accept", action="store_true", help="write the baseline anew from this run, if the invariants hold")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept (default: %(default)s)")
    given = parser.parse_args(arguments)
    run = Run.find(given.runs, given.run)
    scores = run.scores()
    if given.accept:
        reasons = broken(scores)
        if not reasons:
            _write(given.baseline, run.config(), scores, bounds(given.baseline) if given.baseline.is_file() else {})
            print(f"{given.baseline} is the outcome of {given.run} now; commit it")
    else:
        baseline = load(given.baseline)
        print("\n".join(changes(scores, baseline)))
        reasons = [*broken(scores), *outside(run.report()["headline"], bounds(given.baseline)), *worse(scores, baseline)]
    for reason in reasons:
        print(f"gate: {reason}", file=sys.stderr)
    return 1 if reasons else 0


def outcome(score: Score) -> Outcome:
    """What a baseline keeps of a score."""
    return {metric: bool(part) for metric in (*MAY_FALL, INVENTED) for part, of in [SHARES[metric](score)] if of}


def load(path: Path) -> Baseline:
    """Question → outcome. Raises BaselineError."""
    try:
        questions = json.loads(path.read_text(encoding="utf-8"))["questions"]
        return {str(id_): {str(metric): bool(value) for metric, value in kept.items()} for id_, kept in questions.items()}
    except OSError:
        raise BaselineError(f"there is no baseline {path}; make one with --accept") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BaselineError(f"{path} is no baseline; make it anew with --accept") from None


def bounds(path: Path) -> Bounds:
    """Figure → its least and most value; none where the baseline sets none. Raises BaselineError."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8")).get("bounds", {})
        return {str(metric): (float(least), float(most)) for metric, (least, most) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        raise BaselineError(f"{path} is no baseline; make it anew with --accept") from None


def outside(headline: Mapping[str, float | None], bounds: Bounds) -> list[str]:
    """A sentence for each figure that is not within its bounds; one that nothing was there to measure is."""
    measured = [(metric, headline.get(metric), least, most) for metric, (least, most) in bounds.items()]
    return [
        f"{metric} is {value:.4f}, it has to be from {least} to {most}"
        for metric, value, least, most in measured
        if value is not None and not least <= value <= most
    ]


def changes(scores: Sequence[Score], baseline: Baseline) -> list[str]:
    """In sentences, what the two have in common and how each figure stands over that."""
    new, gone = [score.id for score in scores if score.id not in baseline], sorted(baseline.keys() - {score.id for score in scores})
    lines = [f"{len(scores) - len(new)} questions are in the run and in the baseline"]
    lines += [f"{len(ids)} only in the {where}: {', '.join(ids[:5])}{' …' if len(ids) > 5 else ''}" for where, ids in (("run", new), ("baseline", gone)) if ids]
    for metric in (*MAY_FALL, INVENTED):
        before, after, _ = _pairs(metric, scores, baseline)
        was, now = share(before), share(after)
        if was is not None and now is not None:
            lines.append(f"{metric}: {100 * was:.1f} → {100 * now:.1f} %")
    return lines


def worse(scores: Sequence[Score], baseline: Baseline) -> list[str]:
    """A sentence for each figure that fell, or rose, by more than it may."""
    sentences = []
    for metric in MAY_FALL:
        before, after, clusters = _pairs(metric, scores, baseline)
        bound = difference(before, after, clusters, side="less")
        if bound and bound.high < -FALL:
            change = (share(after) or 0.0) - (share(before) or 0.0)
            sentences.append(
                f"{metric} fell by {-100 * change:.1f} points, with 95 % confidence by at least {-100 * bound.high:.1f}; {100 * FALL:.0f} may be lost"
            )
    before, after, _ = _pairs(INVENTED, scores, baseline)
    rise = (share(after) or 0.0) - (share(before) or 0.0)
    if rise > RISE:
        new = [score.id for score in scores if outcome(score).get(INVENTED) and not baseline.get(score.id, {}).get(INVENTED, True)]
        sentences.append(
            f"questions answered though the plans do not say it rose by {100 * rise:.1f} percentage points of {len(after)}, "
            f"{100 * RISE:.0f} are allowed ({', '.join(new[:5])}{' …' if len(new) > 5 else ''})"
        )
    return sentences


def broken(scores: Sequence[Score]) -> list[str]:
    """A sentence for each invariant that does not hold; one that nothing was there to measure holds."""
    sentences = []
    for metric, (least, most) in INVARIANTS.items():
        value = share([SHARES[metric](score) for score in scores])
        if value is not None and not least <= value <= most:
            limit = f"at least {100 * least:.0f}" if value < least else f"at most {100 * most:.0f}"
            at_fault = [score.id for score in scores for part, of in [SHARES[metric](score)] if of and bool(part) is (value > most)]
            sentences.append(f"{metric} is {100 * value:.1f} %, it has to be {limit} % ({', '.join(at_fault[:5])}{' …' if len(at_fault) > 5 else ''})")
    return sentences


def _pairs(metric: str, scores: Sequence[Score], baseline: Baseline) -> tuple[list[Part], list[Part], list[str]]:
    """Before, after and cluster of each question that both judge by the metric."""
    both = [score for score in scores if metric in baseline.get(score.id, {}) and metric in outcome(score)]
    return [(float(baseline[score.id][metric]), 1.0) for score in both], [SHARES[metric](score) for score in both], [score.cluster for score in both]


def _write(path: Path, config: Mapping[str, Any], scores: Sequence[Score], kept: Bounds) -> None:
    """A question a line, so that a change shows what it changed."""
    head = json.dumps({key: config.get(key) for key in ("commit", "date", "encoder", "mode")}, ensure_ascii=False)
    rows = ",\n".join(f"  {json.dumps(score.id)}: {json.dumps(outcome(score))}" for score in sorted(scores, key=lambda score: score.id))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    aside.write_text(f'{{\n "made": {head},\n "bounds": {json.dumps(kept)},\n "questions": {{\n{rows}\n }}\n}}\n', encoding="utf-8")
    aside.replace(path)
