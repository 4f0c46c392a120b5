"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-2.9,
    rarest=-1.3,
    unsaid_value=-2.4,
    no_attribute=-4.2,
    no_noun=-1.0,
    no_counted=-1.4,
    other_year=-4.1,
    no_name=-3.2,
    other_facet=-2.4,
    other_actor=-2.0,
    rank=5.3,
    confirm=4.1,
)
_BIAS = 0.3
LEAST = 0.5  # what is refused rightly and wrongly balance from 0.45 to 0.6, with plans left out


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    return 1.0 / (1.0 + math.exp(-log_odds(evidence)))


def log_odds(evidence: Evidence) -> float:
    """The same without bounds, 0 where both are as likely."""
    return _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
