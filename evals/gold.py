"""Gold questions: one JSON object a line, read strictly, so that a slip in a gold file never passes for a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from xhht_qa.errors import XhhtError
from xhht_qa.types import Turn

Text = Annotated[str, Field(min_length=1)]


class GoldError(XhhtError):
    """A gold file that is missing, empty or not in the format."""


class Question(BaseModel):
    """One gold question; every inner tuple of ``facts`` holds alternatives, ``sections`` are (plan id, address)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Text
    plans: tuple[Text, ...]
    scope: tuple[Text, ...] | None = None
    type: Literal[
        "deadline", "reports_to", "responsible", "criteria", "award", "procedure", "phase", "budget", "legal_basis",
        "content", "solution", "purpose", "metadata", "compare", "aggregate", "unanswerable", "false_premise", "ambiguous",
    ]  # fmt: skip
    style: Literal["formal", "casual", "no_diacritics", "typo", "abbrev"]
    history: tuple[Turn, ...] = ()
    question: Text
    answer: str = ""
    facts: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    forbid: tuple[Text, ...] = ()
    sections: tuple[tuple[Text, Text], ...] = ()
    bullets: tuple[Text, ...] = ()
    need_all: bool = False

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Question:
        if self.type == "unanswerable":
            if self.plans or self.sections:
                raise ValueError("an unanswerable question has neither plans nor sections")
        elif not self.sections:
            raise ValueError("an answerable question needs at least one section")
        strangers = sorted({plan for plan, _ in self.sections} - set(self.plans))
        if strangers:
            raise ValueError(f"a section is in plan {strangers[0]!r}, which 'plans' does not list")
        return self


def load(paths: Sequence[Path]) -> tuple[Question, ...]:
    """The questions of files and folders, in order; of a folder, the ``*.jsonl`` directly in it. Raises GoldError."""
    seen: dict[str, str] = {}
    questions = []
    for path in (file for given in paths for file in _files(given)):
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(f"{path} cannot be read as UTF-8 text: {error}") from None
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            where = f"{path} line {number}"
            question = _question(line, where)
            if question.id in seen:
                raise GoldError(f"{where}: the id {question.id!r} is already taken by {seen[question.id]}")
            seen[question.id] = where
            questions.append(question)
    if not questions:
        raise GoldError(f"no question in {', '.join(map(str, paths))}")
    return tuple(questions)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.jsonl"))
    if path.is_file():
        return [path]
    raise GoldError(f"{path} does not exist; name a gold file or a folder of *.jsonl")


def _question(line: str, where: str) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise GoldError(f"{where}: {field + ': ' if field else ''}{first['msg']}") from None
