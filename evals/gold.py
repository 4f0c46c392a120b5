"""Gold questions: one JSON object a line, read strictly, so that a slip in a gold file never passes for a wrong answer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from xhht_qa.errors import XhhtError
from xhht_qa.types import Turn

Text = Annotated[str, Field(min_length=1)]
Type = Literal[
    "deadline", "reports_to", "responsible", "criteria", "award", "procedure", "phase", "budget", "legal_basis",
    "content", "solution", "purpose", "metadata", "compare", "aggregate", "unanswerable", "false_premise", "ambiguous",
]  # fmt: skip
Style = Literal["formal", "casual", "no_diacritics", "typo", "abbrev"]


class GoldError(XhhtError):
    """A gold file that is missing, empty or not in the format."""


class Question(BaseModel):
    """One gold question; every inner tuple of ``facts`` holds alternatives, ``sections`` are (plan id, address)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Text
    plans: tuple[Text, ...]
    scope: tuple[Text, ...] | None = None
    type: Type
    style: Style
    history: tuple[Turn, ...] = ()
    question: Text
    answer: str = ""
    facts: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    forbid: tuple[Text, ...] = ()
    sections: tuple[tuple[Text, Text], ...] = ()
    bullets: tuple[Text, ...] = ()
    need_all: bool = False
    derived: tuple[Text, ...] = ()  # facts that the plan does not print and a reader concludes: a count, a difference
    twin_of: Text | None = None  # the question whose words this one says otherwise: without accents, shortened, mistyped
    note: str = ""  # for those who look after the set; nothing reads it
    draft: bool = False  # still to be finished by a person: it may lack its sections, and no run asks it

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Question:
        if self.type == "unanswerable":
            if self.plans or self.sections:
                raise ValueError("an unanswerable question has neither plans nor sections")
        elif not self.sections and not self.draft:
            raise ValueError("an answerable question needs at least one section")
        strangers = sorted({plan for plan, _ in self.sections} - set(self.plans))
        if strangers:
            raise ValueError(f"a section is in plan {strangers[0]!r}, which 'plans' does not list")
        return self

    def to_json(self) -> str:
        """The line of a gold file, without its end; what is as it is by default may be left out."""
        return self.model_dump_json(exclude={name for name in ("bullets", "derived", "twin_of", "note", "draft") if not getattr(self, name)})


@dataclass(frozen=True)
class Entry:
    """A line of a gold file with its place ("file:line"): the question, or what is wrong with the line."""

    where: str
    question: Question | None
    problems: tuple[str, ...] = ()


def load(paths: Sequence[Path]) -> tuple[Question, ...]:
    """The questions of files and folders, in order; of a folder, the ``*.jsonl`` directly in it. Raises GoldError."""
    seen: dict[str, str] = {}
    questions = []
    for entry in read(paths):
        question = entry.question
        if question is None:
            raise GoldError(f"{entry.where}: {entry.problems[0]}")
        if question.draft:
            raise GoldError(f'{entry.where}: the question {question.id!r} is a draft; finish it and delete its "draft", or move it to a file of drafts')
        if question.id in seen:
            raise GoldError(f"{entry.where}: the id {question.id!r} is already taken by {seen[question.id]}")
        seen[question.id] = entry.where
        questions.append(question)
    if not questions:
        raise GoldError(f"no question in {', '.join(map(str, paths))}")
    return tuple(questions)


def read(paths: Sequence[Path]) -> Iterator[Entry]:
    """Every line that is not blank, good or bad. Raises GoldError for a file that is missing or no text."""
    for path in (file for given in paths for file in _files(given)):
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(f"{path} cannot be read as UTF-8 text: {error}") from None
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _entry(line, f"{path}:{number}")


def write(path: Path, questions: Iterable[Question]) -> None:
    """The questions as the whole of a file. Raises GoldError."""
    _replace(path, "".join(f"{question.to_json()}\n" for question in questions))


def append(path: Path, question: Question) -> None:
    """One more line of a file; the others stay as they are written. Raises GoldError."""
    try:
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read as UTF-8 text: {error}") from None
    _replace(path, f"{before}{'' if before.endswith(chr(10)) or not before else chr(10)}{question.to_json()}\n")


def _replace(path: Path, text: str) -> None:
    """The file is either as it was or complete."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise GoldError(f"{path} cannot be written: {error.strerror}; check the folder and its permissions") from None


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.jsonl"))
    if path.is_file():
        return [path]
    raise GoldError(f"{path} does not exist; name a gold file or a folder of *.jsonl")


def _entry(line: str, where: str) -> Entry:
    try:
        return Entry(where, Question.model_validate_json(line))
    except ValidationError as error:
        problems = [(".".join(map(str, found["loc"])), found["msg"]) for found in error.errors()]
        return Entry(where, None, tuple(f"{field + ': ' if field else ''}{message}" for field, message in problems))
