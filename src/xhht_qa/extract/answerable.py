"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-4.3,
    rarest=-0.3,
    no_value=-1.9,
    no_attribute=-6.0,
    no_noun=-1.2,
    no_name=-2.8,
    other_facet=-2.1,
    other_actor=-2.0,
    rank=2.3,
    confirm=3.0,
)
_BIAS = 2.5
LEAST = 0.65  # below it a refusal is right more often than an answer would be


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    score = _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
    return 1.0 / (1.0 + math.exp(-score))
