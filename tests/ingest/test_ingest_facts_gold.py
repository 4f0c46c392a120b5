"""Facts against those that were taken from three plans by hand, kind by kind: how many of ours are true, how many of the true ones are ours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from prerequisites import ROOT

from ingest.parse import parse
from ingest.read import read
from xhht_qa.types import Fact

GOLD = sorted((Path(__file__).parent / "facts").glob("*.json"))
KINDS = ("deadline", "reporting", "responsibility", "criterion", "target")
PRECISION, RECALL = 0.95, 0.90


def key(fact: Fact) -> tuple[str, ...]:
    """A fact as it is written down by hand: the place, and the fields that tell it from its neighbours."""
    place, due = f"{fact.section}{fact.bullet}", fact.due.text if fact.due else ""
    return {
        "deadline": (place, fact.actor, due, fact.recipient),
        "reporting": (place, fact.actor, due, fact.recipient, fact.through),
        "responsibility": (place, fact.actor, str(fact.role)),
        "criterion": (place, fact.actor),
        "target": (place, fact.value),
    }[fact.kind]


def compared() -> dict[str, tuple[int, int, int, list[str]]]:
    """For each kind over all plans: ours, true, both, and what differs."""
    found: dict[str, tuple[int, int, int, list[str]]] = {}
    for kind in KINDS:
        ours, true, both, differing = 0, 0, 0, []
        for path in GOLD:
            gold = json.loads(path.read_text(encoding="utf-8"))
            mine = Counter(key(fact) for fact in parse(read(ROOT / gold["plan"])).facts if fact.kind == kind)
            theirs = Counter(tuple(row) for row in gold[kind])
            ours, true, both = ours + mine.total(), true + theirs.total(), both + (mine & theirs).total()
            differing += [f"+ {path.stem} {row}" for row in (mine - theirs).elements()] + [f"- {path.stem} {row}" for row in (theirs - mine).elements()]
        found[kind] = ours, true, both, differing
    return found


@pytest.fixture(scope="module")
def kinds() -> dict[str, tuple[int, int, int, list[str]]]:
    return compared()


@pytest.mark.parametrize("kind", KINDS)
def test_facts_are_true_and_complete(kind: str, kinds: dict[str, tuple[int, int, int, list[str]]]) -> None:
    ours, true, both, differing = kinds[kind]
    assert both >= PRECISION * ours, "\n".join(differing)
    assert both >= RECALL * true, "\n".join(differing)


if __name__ == "__main__":
    for kind, (ours, true, both, differing) in compared().items():
        print(f"{kind:15} precision {both / ours:.2f}  recall {both / true:.2f}  of {true}")
        print("\n".join(differing))
