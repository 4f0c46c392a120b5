"""What the ranking weighs, and why: the only numbers of the retrieval that were fitted.

``python -m evals.tune`` draws the curves again, each value chosen on some plans and judged on the others.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """The arms' scores lie between 0 and 1; everything else is added to their weighted sum."""

    # The share of the dense arm. On questions of up to ``long_from`` syllables 0.5 to 0.6 is best on every set of plans; 0 and 1 lose up to 4 points.
    dense: float = 0.5
    # Longer questions give BM25 more to go by: on plans their curve is flat from 0.3 to 0.6, on statutes 0.3 to 0.4 is best.
    dense_long: float = 0.35
    long_from: float = 14
    # The same for a question typed without accents: they were put back by a model that is right in 95 of 100 syllables.
    dense_bare: float = 0.3
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
    # The heading above names the kind of thing asked for ("Hồ sơ", "Tiêu chuẩn").
    heading: float = 0.1
    # For each period, level and occasion that the section says as the question does; less as much for another one.
    facet: float = 0.1
    # Who signs and who receives stands at the end of every plan, its number and grounds at the beginning.
    whole: float = 0.5
    # The opening repeats the topic of every question; it answers those about number, grounds and subject.
    opening: float = -0.3
    # BM25's usual saturation; a little less length damping, as sections differ in length by nature.
    k1: float = 1.2
    b: float = 0.6


WEIGHTS = Weights()
