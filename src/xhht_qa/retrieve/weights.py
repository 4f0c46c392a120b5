"""What the ranking weighs, and why: the only numbers of the retrieval that were fitted.

``python -m evals.tune`` draws the curves again, each value chosen on some plans and judged on the others.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """The arms' scores lie between 0 and 1; everything else is added to their weighted sum."""

    # Recall at 1 is best from 0.3 to 0.4 on the real plans and, apart from them, on the sample plans; 0 and 1 lose 4 and 10 points.
    dense: float = 0.4
    # Words of the earlier question help BM25 a little; in the dense query they hurt.
    carried: float = 0.25
    # Words that the asker did not use say less than those used.
    synonym: float = 0.3
    # A section named by its number is looked up, not searched for.
    address: float = 2.0
    # "giải pháp thứ ba" beats wording, since the siblings share it.
    ordinal: float = 0.6
    # A section that holds the kind of value asked for.
    slot: float = 0.15
    # Who signs and who receives stands at the end of every plan, its number and grounds at the beginning.
    whole: float = 0.5
    # The opening repeats the topic of every question; it answers those about number, grounds and subject.
    opening: float = -0.3
    # BM25's usual saturation; a little less length damping, as sections differ in length by nature.
    k1: float = 1.2
    b: float = 0.6


WEIGHTS = Weights()
