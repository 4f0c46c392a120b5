"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-4.7,
    rarest=-1.2,
    no_value=-1.7,
    no_attribute=-5.1,
    no_name=-3.1,
    other_facet=-2.2,
    other_actor=-2.4,
    rank=2.9,
    confirm=3.2,
)
_BIAS = 2.8
LEAST = 0.6  # below it a refusal is right more often than an answer would be


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    score = _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
    return 1.0 / (1.0 + math.exp(-score))
