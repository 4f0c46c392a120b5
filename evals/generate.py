"""Ask the engine, in this process, every gold question; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from tqdm import tqdm

from evals.gold import GoldError, Question
from evals.score import DEPTHS
from xhht_qa.engine import Engine


def generate(engine: Engine, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """The Answer JSON of each question under the question's id, with "results", the sections retrieval ranks.

    Raises GoldError when a question needs a plan that the index does not hold.
    """
    for question in questions:
        absent = sorted({*question.plans, *(question.scope or ())} - set(engine.plans))
        if absent:
            raise GoldError(f"question {question.id} needs plan {absent[0]!r}, which is not in the index; name its folder with --plans")
    for question in tqdm(questions, desc="questions", unit="", disable=None):  # None: only on a terminal
        scope = question.scope or ()
        answer = engine.ask(question.question, history=question.history, scope=scope)
        passages = engine.search(question.question, k=max(DEPTHS), history=question.history, scope=scope)
        yield answer.to_dict() | {"id": question.id, "results": [asdict(passage) for passage in passages]}
