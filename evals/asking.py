"""Gold questions to an engine: what it answers, and what its retrieval finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tqdm import tqdm

from evals.gold import Question
from evals.score import DEPTHS
from xhht_qa.engine import Engine


def generate(engine: Engine, questions: Sequence[Question], answered: int = 0, what: str = "questions") -> Iterator[dict[str, Any]]:
    """The Answer JSON of each question under the question's id, with "results", the sections retrieval ranks; the first ``answered`` are passed over."""
    with tqdm(questions[answered:], desc=what, unit="", disable=None, total=len(questions), initial=answered) as bar:  # None: only on a terminal
        for question in bar:
            scope = question.scope or ()
            answer = engine.ask(question.question, history=question.history, scope=scope)
            passages = engine.search(question.question, k=max(DEPTHS), history=question.history, scope=scope)
            yield answer.to_dict() | {"id": question.id, "results": [asdict(passage) for passage in passages]}


def standing_alone(questions: Sequence[Question], answers: Mapping[str, Mapping[str, Any]]) -> list[Question]:
    """The questions of conversations as the assistant understood them, each to be asked without its history."""
    return [question.model_copy(update={"question": answers[question.id]["standalone_question"], "history": ()}) for question in questions if question.history]
