"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-3.3,
    unsaid_value=-3.9,
    unsaid_behind=-2.3,
    no_attribute=-5.1,
    no_noun=-1.8,
    no_name=-3.6,
    no_office=-4.0,
    other_name=-1.3,
    other_year=-3.7,
    other_facet=-1.6,
    other_actor=-1.5,
    open=-2.0,
    unsaid_before=1.2,
    rank=1.7,
    confirm=2.9,
)
_BIAS = 4.2
LEAST = 0.6  # what is refused rightly and wrongly balance from 0.5 to 0.65, with plans left out


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    return 1.0 / (1.0 + math.exp(-log_odds(evidence)))


def log_odds(evidence: Evidence) -> float:
    """The same without bounds, 0 where both are as likely."""
    return _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
