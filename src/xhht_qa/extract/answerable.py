"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-3.2,
    rarest=-1.5,
    no_value=0.0,
    no_attribute=-3.8,
    no_noun=-1.5,
    no_counted=-1.1,
    other_year=-2.6,
    no_name=-2.3,
    other_facet=-2.2,
    other_actor=-1.0,
    rank=1.7,
    confirm=2.3,
)
_BIAS = 3.7
LEAST = 0.6  # below it a refusal is right more often than an answer would be


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    return 1.0 / (1.0 + math.exp(-log_odds(evidence)))


def log_odds(evidence: Evidence) -> float:
    """The same without bounds, 0 where both are as likely."""
    return _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
