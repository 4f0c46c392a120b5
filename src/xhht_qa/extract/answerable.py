"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-2.9,
    rarest=-1.5,
    no_value=-1.1,
    no_attribute=-4.0,
    no_noun=-1.3,
    no_counted=-1.7,
    other_year=-2.2,
    no_name=-2.6,
    other_facet=-2.5,
    other_actor=-1.5,
    rank=2.0,
    confirm=3.5,
)
_BIAS = 3.4
LEAST = 0.6  # below it a refusal is right more often than an answer would be


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    score = _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
    return 1.0 / (1.0 + math.exp(-score))
