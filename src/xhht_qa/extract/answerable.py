"""How likely it is that the best piece answers at all: the signs weighed by a logistic model.

``python -m evals.calibrate`` fits it again, whole plans left out.
"""

from __future__ import annotations

import math

from xhht_qa.extract.evidence import Evidence

_WEIGHTS = Evidence(
    unsaid=-3.2,
    unsaid_value=-3.2,
    unsaid_behind=-2.4,
    no_attribute=-4.8,
    no_noun=-1.6,
    no_name=-3.2,
    no_office=-3.7,
    other_name=-1.2,
    other_year=-3.9,
    other_facet=-1.4,
    other_actor=-1.1,
    open=-1.5,
    unsaid_before=1.3,
    rank=2.8,
    confirm=3.1,
)
_BIAS = 2.2
LEAST = 0.6  # what is refused rightly and wrongly balance from 0.55 to 0.65, with plans left out


def answerable(evidence: Evidence) -> float:
    """The chance, 0..1, that the plans state what is asked for."""
    return 1.0 / (1.0 + math.exp(-log_odds(evidence)))


def log_odds(evidence: Evidence) -> float:
    """The same without bounds, 0 where both are as likely."""
    return _BIAS + sum(weight * sign for weight, sign in zip(_WEIGHTS.values(), evidence.values(), strict=True))
