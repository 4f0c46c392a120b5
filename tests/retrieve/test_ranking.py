"""What is read of the candidates is enough: none that was left unread would have come among the best."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from prerequisites import ROOT

from xhht_qa.retrieve.ranking import Ranking
from xhht_qa.types import Passage

PLANS = [f"plan-{number}" for number in range(30)]
SEARCHES = [
    ((), False, "no plan is named"),
    (tuple(PLANS[:4]), True, "plans are set side by side"),
    (tuple(PLANS), True, "more plans are named than anyone sees side by side"),
    (tuple(PLANS[:4]), False, "some plans are searched as one"),
]


@pytest.mark.parametrize(("named", "compares", "why"), SEARCHES, ids=[why for *_, why in SEARCHES])
@pytest.mark.parametrize("k", [1, 3, 10])
def test_the_best_of_those_read_are_the_best_of_all(named: tuple[str, ...], compares: bool, why: str, k: int) -> None:
    random = np.random.default_rng(k)
    read = 0
    for _ in range(300):
        plans = random.choice(named or PLANS, 60)
        without = random.random(60) ** random.integers(1, 4)  # points of the words, before any bonus
        without = np.round(without - random.choice([0.0, 0.8]), 2)  # some are equal, and the best of a few searches is below nothing
        scores = np.round(without + random.choice([-0.3, 0.0, 0.1, 0.25], 60), 2)
        candidates = [Passage(str(plan), str(number), float(score)) for number, (plan, score) in enumerate(zip(plans, scores, strict=True))]
        some, every = Ranking(k, named, compares), Ranking(k, named, compares)
        for place in np.argsort(-without, kind="stable"):
            every.add(candidates[place])
        for place in np.argsort(-without, kind="stable"):
            if some.is_settled(round(float(without[place]) + 0.25, 2)):
                break
            some.add(candidates[place])
            read += 1
        assert some.best() == every.best(), why
    assert read < 300 * 60, "nothing was left unread, so nothing was tried"


def test_the_sections_left_unread_would_not_have_been_found(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evals.gold import load
    from xhht_qa.engine import Engine
    from xhht_qa.settings import load_settings

    engine = Engine.open(load_settings(index_dir=sample_index))
    asked = [(question.question, question.scope or ()) for question in load([ROOT / "evals" / "gold"])][::3]
    asked += [(question, tuple(engine.plans)[:3]) for question, _ in asked[::4]]
    found = [engine.search(question, scope=scope) for question, scope in asked]
    monkeypatch.setattr(Ranking, "is_settled", lambda self, most: False)
    assert [engine.search(question, scope=scope) for question, scope in asked] == found
