"""Measures of rankings, by hand and beside LlamaIndex's own evaluator."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path

import pytest
from llama_index.core.evaluation import RetrieverEvaluator
from prerequisites import ROOT
from test_evals_score import gold

from evals.gold import load
from evals.ranking import mean, measured
from evals.score import rankings
from xhht_qa.engine import Engine
from xhht_qa.llama import PlanRetriever
from xhht_qa.settings import load_settings

DEPTH = 5


def test_measures_of_rankings() -> None:
    values = measured({"a": ["x"], "b": ["x", "y"], "c": ["x"]}, {"a": ["z", "x"], "b": ["y", "z", "x"]}, ["RR@10", "nDCG@10", "R@1"])
    ideal = 1 + 1 / math.log2(3)
    assert values["a"] == {"RR@10": 0.5, "nDCG@10": pytest.approx(1 / math.log2(3), abs=1e-4), "R@1": 0.0}
    assert values["b"] == {"RR@10": 1.0, "nDCG@10": pytest.approx(1.5 / ideal, abs=1e-4), "R@1": 0.5}
    assert values["c"] == {"RR@10": 0.0, "nDCG@10": 0.0, "R@1": 0.0}, "nothing was found"
    assert mean(values, "RR@10") == 0.5
    assert measured({"a": ["x"]}, {}, ["RR@10"]) == {"a": {"RR@10": 0.0}}


BOTH = (("a", "III.5.3"), ("a", "IV"))
RESULTS = [
    (BOTH[:1], False, ["II", "III.5.3"], 0.5, 1 / math.log2(3), "the second"),
    (BOTH[:1], False, ["III.5.3.a", "III.5.3"], 1.0, 1.0, "its child stands for it, once"),
    (BOTH, False, ["IV", "II"], 1.0, 1.0, "one of two is enough"),
    (BOTH, True, ["IV", "II"], 1.0, 1 / (1 + 1 / math.log2(3)), "both are needed"),
    (BOTH, True, ["IV", "III.5.3"], 1.0, 1.0, "both, in any order"),
    (BOTH, True, [], 0.0, 0.0, "nothing"),
]


@pytest.mark.parametrize(("sections", "need_all", "ranked", "rank", "gain", "why"), RESULTS)
def test_sections_are_ranked_by_their_kinship(
    sections: tuple[tuple[str, str], ...], need_all: bool, ranked: list[str], rank: float, gain: float, why: str
) -> None:
    question = gold(sections=sections, need_all=need_all)
    values = rankings([question], {"q": {"results": [{"plan": "a", "section": section} for section in ranked]}})["q"]
    assert values == {"RR@10": pytest.approx(rank, abs=1e-4), "nDCG@10": pytest.approx(gain, abs=1e-4)}, why


def test_llama_index_s_evaluator_measures_our_retriever_as_we_do(sample_index: Path) -> None:
    engine = Engine.open(load_settings(index_dir=sample_index))
    retriever = PlanRetriever(engine, k=DEPTH)
    evaluator = RetrieverEvaluator.from_metric_names(["hit_rate", "mrr"], retriever=retriever)
    questions = [question for question in load([ROOT / "evals" / "gold"]) if len(question.sections) == 1 and not question.history and not question.scope][::12]
    assert len(questions) > 10
    relevant = {question.id: ["#".join(question.sections[0])] for question in questions}
    theirs = [asyncio.run(evaluator.aevaluate(question.question, relevant[question.id])).metric_vals_dict for question in questions]
    ranked = {question.id: [node.node.node_id for node in retriever.retrieve(question.question)] for question in questions}
    ours = measured(relevant, ranked, [f"R@{DEPTH}", f"RR@{DEPTH}"])
    assert [(one["hit_rate"], pytest.approx(one["mrr"], abs=1e-4)) for one in theirs] == [(one[f"R@{DEPTH}"], one[f"RR@{DEPTH}"]) for one in ours.values()]
    assert mean(ours, f"R@{DEPTH}") > 0.8
