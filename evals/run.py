"""A run's folder: what was asked of what, what came back, how it was judged. It can be judged again without asking again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.score import Score
from xhht_qa.errors import XhhtError

RUNS = Path(__file__).parent / "runs"


class RunError(XhhtError):
    """A run that is named wrongly, missing or incomplete."""


class Run:
    """``config.json``, ``answers.jsonl``, ``scores.jsonl``, ``report.json`` and ``report.md`` in one folder, ``baseline.jsonl`` if one was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, runs: Path, name: str) -> Run:
        """A run to be written; one of the same name is overwritten file by file. Raises RunError for a name that is no folder's."""
        if Path(name).name != name or name.startswith("."):
            raise RunError(f"a run cannot be called {name!r}; use letters, digits, '-' and '_'")
        return cls(runs / name)

    @classmethod
    def find(cls, runs: Path, name: str) -> Run:
        """An earlier run, by its name or by its folder. Raises RunError."""
        for folder in (runs / name, Path(name)):
            if (folder / "config.json").is_file():
                return cls(folder)
        raise RunError(f"there is no run {name!r} in {runs}")

    def config(self) -> dict[str, Any]:
        """What was asked of what: "gold" paths, "plans" (id → file), "settings". Raises RunError."""
        config: dict[str, Any] = json.loads(self._text("config.json"))
        return config

    def answers(self) -> list[dict[str, Any]]:
        """The Answer JSON of each question, with "results". Raises RunError."""
        return [json.loads(line) for line in self._text("answers.jsonl").split("\n") if line]

    def baseline(self) -> list[dict[str, Any]]:
        """The baseline's answers in the same form; empty where it was not asked. Raises RunError."""
        return [json.loads(line) for line in self._text("baseline.jsonl").split("\n") if line] if (self.folder / "baseline.jsonl").is_file() else []

    def scores(self) -> list[Score]:
        """The outcome of each question; lists where a fresh score has tuples. Raises RunError."""
        return [Score(**json.loads(line)) for line in self._text("scores.jsonl").split("\n") if line]

    def write_config(self, config: Mapping[str, Any]) -> None:
        """Keep what ``config`` gives back."""
        self._write("config.json", json.dumps(config, ensure_ascii=False, indent=1, default=str) + "\n")

    def write_answers(self, answers: Iterable[Mapping[str, Any]]) -> None:
        """Keep what ``answers`` gives back."""
        self._write("answers.jsonl", _lines(answers))

    def write_baseline(self, answers: Iterable[Mapping[str, Any]]) -> None:
        """Keep what ``baseline`` gives back."""
        self._write("baseline.jsonl", _lines(answers))

    def write_report(self, scores: Iterable[Score], report: Mapping[str, Any], page: str) -> None:
        """Keep the scores, the figures and the page for people."""
        self._write("scores.jsonl", _lines(asdict(score) for score in scores))
        self._write("report.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")
        self._write("report.md", page)

    def _text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError:
            raise RunError(f"{self.folder} has no {name}; the run was not finished, run it again") from None

    def _write(self, name: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")


def _lines(records: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
