"""``python -m evals.calibrate``: fit the two logistic models of the extractor, whole plans left out, and say how far their chances come true.

One tells whether the plans state what is asked for (``extract.answerable``), the other whether an answer is right (``extract.confidence``).
Of the sets that are held out, nothing is fitted and only totals are shown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.gold import Question, load
from evals.indexed import indexed
from evals.score import GIVEN, brier, calibration_error, score, wrong_shares
from xhht_qa.command_line import ArgumentParser
from xhht_qa.engine import Engine
from xhht_qa.errors import XhhtError
from xhht_qa.extract import answerable, confidence
from xhht_qa.extract.evidence import Evidence, evidence
from xhht_qa.extract.material import Material
from xhht_qa.index import Vocabulary
from xhht_qa.types import Draft

EVALS = Path(__file__).parent
SHARED = EVALS.parents[1] / "shared"
FITTED = [
    (EVALS / "gold", EVALS.parent / "ingest" / "plans"),
    *((EVALS / "practice" / group / "gold", EVALS / "practice" / group / "plans") for group in "123456789"),
]
HELD_OUT = [(EVALS / name / "gold", EVALS / name / "plans") for name in ("heldout",)]
RIDGE = 0.3  # on every weight but the bias; between 0.1 and 1 nothing changes
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
# Their answers come from the head of a plan, from every plan side by side or from a section asked for by number: no best piece is judged
OTHER_SLOTS = ("signer", "copies", "number", "greeting", "plans")
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One question as the models see it; ``group`` is its plan, or its file where it has none."""

    group: str
    stated: bool  # the plans state what is asked for
    right: bool
    status: str
    judged: bool  # the first model decides whether it is answered
    evidence: tuple[float, ...]
    signs: tuple[float, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 2 when something is missing or malformed."""
    parser = ArgumentParser(prog="python -m evals.calibrate", description="Fit refusal and confidence, whole plans left out; check them on held-out plans.")
    parser.parse_args(arguments)
    real = [(SHARED / "gold", SHARED / "plans")] if (SHARED / "gold").is_dir() else []
    try:
        fitted = [case for gold, plans in [*FITTED, *real] for case in cases(gold, plans)]
        held_out = [case for gold, plans in HELD_OUT for case in cases(gold, plans)]
    except XhhtError as error:
        print(f"evals.calibrate: {error}", file=sys.stderr)
        return 2
    for line in (*answerable_report(fitted, held_out), *confidence_report(fitted, held_out)):
        print(line)
    return 0


def cases(gold: Path, plans: Path) -> Iterator[Case]:
    """Every question of a folder that finds a passage, answered and judged."""
    engine = Engine.open(indexed(plans))
    vocabulary = engine.index.vocabulary()
    for file in sorted(gold.glob("*.jsonl")):
        for question in load([file]):
            case = _case(engine, vocabulary, question, f"{gold} {question.plans[0] if question.plans else file.stem}")
            if case:
                yield case


def _case(engine: Engine, vocabulary: Vocabulary, question: Question, group: str) -> Case | None:
    scope = question.scope or ()
    answer = engine.ask(question.question, question.history, scope)
    query, passages = engine.explain(question.question, 10, question.history, scope)
    material = Material(query, passages, engine.plans, vocabulary, lambda query: [])
    if not passages or not material.units:
        return None
    found = evidence(material)
    refused_by_rule = answer.status == "not_found" and answerable.answerable(found) >= answerable.LEAST
    return Case(
        group=group,
        stated=question.type != "unanswerable",
        right=score(question, answer.to_dict() | {"results": []}, {}).right,
        status=answer.status,
        judged=not (query.addresses or query.compare or query.slot in OTHER_SLOTS or refused_by_rule),
        evidence=found.values(),
        signs=confidence.signs(material, Draft(answer.status)).values(),
    )


def fit(signs: Values, outcomes: Values) -> Values:
    """The weights, the bias last, that make the outcomes likeliest: Newton's method on the logistic loss with a ridge. Shapes (n, k), (n,) → (k + 1,)."""
    inputs = _with_one(signs)
    weights = np.zeros(inputs.shape[1])
    ridge = np.diag([RIDGE] * signs.shape[1] + [1e-6])
    for _ in range(50):
        chance = chances(weights, signs)
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + ridge
        weights = weights - np.linalg.solve(curvature, inputs.T @ (chance - outcomes) + ridge @ weights)
    return weights


def chances(weights: Values, signs: Values) -> Values:
    """(k + 1,), (n, k) → (n,), each 0..1."""
    return np.asarray(1.0 / (1.0 + np.exp(-_with_one(signs) @ weights)))


def left_out(signs: Values, outcomes: Values, groups: Sequence[str]) -> Values:
    """The chance of each outcome by the weights that all other groups fit."""
    found = np.zeros(len(outcomes))
    for group in sorted(set(groups)):
        own = np.array([other == group for other in groups])
        found[own] = chances(fit(signs[~own], outcomes[~own]), signs[own])
    return found


def separation(chance: Values, outcomes: Values) -> float:
    """The area under the ROC curve: how often what came true had the greater chance; ties count half."""
    true, false = chance[outcomes == 1], chance[outcomes == 0]
    greater = true[:, None] - false[None, :]
    return float(np.mean((greater > 0) + 0.5 * (greater == 0)))


def answerable_report(fitted: Sequence[Case], held_out: Sequence[Case]) -> Iterator[str]:
    """Weights, separation and what each threshold refuses, of the questions about which the first model decides."""
    fitted, held_out = [[case for case in some if case.judged] for some in (fitted, held_out)]
    signs, outcomes, groups = np.array([case.evidence for case in fitted]), np.array([float(case.stated) for case in fitted]), [case.group for case in fitted]
    weights = fit(signs, outcomes)
    yield f"Is it stated? {len(fitted)} questions, {sum(not case.stated for case in fitted)} of them unanswerable"
    yield from _weights([field.name for field in fields(Evidence)], weights)
    yield "                                 AUC   refused rightly / wrongly when the chance is below " + " ".join(f"{threshold:>7}" for threshold in THRESHOLDS)
    in_use, unseen = np.array([answerable.answerable(Evidence(*case.evidence)) for case in fitted]), np.array([case.evidence for case in held_out])
    outcomes_unseen = np.array([float(case.stated) for case in held_out])
    in_use_unseen = np.array([answerable.answerable(Evidence(*case.evidence)) for case in held_out])
    for name, chance, truth in (
        ("fitted, whole plans left out", left_out(signs, outcomes, groups), outcomes),
        ("in use", in_use, outcomes),
        ("fitted, on held-out plans", chances(weights, unseen), outcomes_unseen),
        ("in use, on held-out plans", in_use_unseen, outcomes_unseen),
    ):
        refused = [(int(np.sum((chance < threshold) & (truth == 0))), int(np.sum((chance < threshold) & (truth == 1)))) for threshold in THRESHOLDS]
        yield f"  {name:<30} {separation(chance, truth):.3f}  {'':>55}" + " ".join(f"{rightly}/{wrongly}".rjust(7) for rightly, wrongly in refused)
    yield ""


def confidence_report(fitted: Sequence[Case], held_out: Sequence[Case]) -> Iterator[str]:
    """Weights, and how far the chances of the answers given come true."""
    refusals = [case.right for case in fitted if case.status == "not_found"]
    fitted, held_out = [[case for case in some if case.status in GIVEN] for some in (fitted, held_out)]
    signs, outcomes, groups = np.array([case.signs for case in fitted]), np.array([float(case.right) for case in fitted]), [case.group for case in fitted]
    weights = fit(signs, outcomes)
    yield f"Is it right? {len(fitted)} answers; of {len(refusals)} refusals {np.mean(refusals):.2f} are right"
    yield from _weights([field.name for field in fields(confidence.Signs)], weights)
    unseen, outcomes_unseen = np.array([case.signs for case in held_out]), np.array([float(case.right) for case in held_out])
    for name, chance, truth in (
        ("whole plans left out", left_out(signs, outcomes, groups), outcomes),
        ("held-out plans", chances(weights, unseen), outcomes_unseen),
    ):
        judged = list(zip(chance.tolist(), (truth == 1).tolist(), strict=True))
        shares = " ".join(f"{100 * wrong:.1f}" for _, wrong in wrong_shares(judged))
        yield f"  {name}: AUC {separation(chance, truth):.3f}, ECE {calibration_error(judged):.3f}, Brier {brier(judged):.3f}; wrong among the surest 50, 60, … 100 %: {shares}"


def _weights(names: Sequence[str], weights: Values) -> Iterator[str]:
    yield "  " + ", ".join(f"{name} {weight:.2f}" for name, weight in zip([*names, "bias"], weights, strict=True))


def _with_one(signs: Values) -> Values:
    return np.column_stack([signs, np.ones(len(signs))])


if __name__ == "__main__":
    raise SystemExit(main())
