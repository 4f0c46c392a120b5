"""How likely it is that what a draft says is right: a few signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out, and shows how far the chances come true on plans that were never fitted on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from xhht_qa.extract.answerable import log_odds
from xhht_qa.extract.evidence import evidence
from xhht_qa.extract.material import Material
from xhht_qa.types import Draft


@dataclass(frozen=True)
class Signs:
    """What a draft knows of itself."""

    answerable: float  # the log odds that the best piece answers at all
    margin: float  # by how much its score is ahead of the best piece of any other section
    readings: float  # 1 where several plans are given to pick from, else 0

    def values(self) -> tuple[float, ...]:
        """The signs in their order."""
        return tuple(getattr(self, field.name) for field in fields(self))


_WEIGHTS = Signs(answerable=0.42, margin=1.4, readings=0.4)
_BIAS = 0.0
_REFUSAL = 0.9  # of the refusals, the share that is right; none of the signs tells them apart


def confidence(material: Material, draft: Draft) -> float:
    """The chance, 0..1, that the draft is right."""
    if draft.status == "guide":
        return 1.0
    if draft.status == "not_found" or not material.passages:
        return _REFUSAL
    score = _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), signs(material, draft).values(), strict=True))
    return round(1.0 / (1.0 + math.exp(-score)), 3)


def signs(material: Material, draft: Draft) -> Signs:
    """The signs of a draft that answers from the material."""
    best = material.best
    other = next((unit for unit in material.units if (unit.plan, unit.section.address) != (best.plan, best.section.address)), None)
    return Signs(log_odds(evidence(material)), best.score - (other.score if other else 0.0), float(draft.status == "clarify"))
