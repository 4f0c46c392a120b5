"""A run's folder: what was asked of what, what came back, how it was judged. It can be judged again, and shown, without asking again.

| file | holds |
|---|---|
| ``config.json`` | the gold, the plans, the settings, the encoder, the code and the versions, the seed, the day |
| ``questions.jsonl`` | the gold questions as they were judged |
| ``answers.jsonl`` | the Answer JSON of each question, with "results", the sections that retrieval ranks |
| ``alone.jsonl`` | the same of each question of a conversation, asked by its stand-alone reading without the history |
| ``baselines/KEY.jsonl`` | the same of each other system that was asked: the keys of ``evals.baselines`` |
| ``plans.json`` | the sections of the plans: plan id → {"title", "sections": {address: {"label", "path", "text"}}} |
| ``scores.jsonl`` | the ``Score`` of each answer |
| ``report.json``, ``report.md`` | the figures, with intervals; the same for people |
| ``report.html`` | the same as one page in Vietnamese, with every answer that is not right: see ``evals.page`` |

A run is written in ``.unfinished/``, answer by answer, and moved to its place when it is whole: what stands there is never half of one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.gold import Question
from evals.score import Score
from xhht_qa.errors import XhhtError

RUNS = Path(__file__).parent / "runs"
UNFINISHED = ".unfinished"
Record = Mapping[str, Any]


class RunError(XhhtError):
    """A run that is named wrongly, missing, incomplete or of another form."""


class Run:
    """One folder; every file is written aside and renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def unfinished(cls, runs: Path, name: str) -> Run:
        """The run of that name that is being asked; new, or what an interrupted one left. Raises RunError for a name that is no folder's."""
        if Path(name).name != name or name.startswith("."):
            raise RunError(f"a run cannot be called {name!r}; use letters, digits, '-' and '_'")
        return cls(runs / UNFINISHED / name)

    @classmethod
    def find(cls, runs: Path, name: str) -> Run:
        """A finished run, by its name or by its folder. Raises RunError."""
        for folder in (runs / name, Path(name)):
            if (folder / "config.json").is_file():
                return cls(folder)
        if (runs / UNFINISHED / name).is_dir():
            raise RunError(f"the run {name!r} was interrupted; finish it with the command that began it, “python -m evals run --name {name} …”")
        others = sorted(place.parent.name for place in runs.glob("[!.]*/config.json"))
        mend = f"there are {', '.join(others)}" if others else "make one with “python -m evals run --name NAME”"
        raise RunError(f"there is no run {name!r} in {runs}; {mend}")

    def finish(self, runs: Path) -> Run:
        """Move the folder to its place; an earlier run of the name goes."""
        place, old = runs / self.folder.name, runs / UNFINISHED / f"{self.folder.name}.old"
        shutil.rmtree(old, ignore_errors=True)
        if place.exists():
            place.rename(old)
        self.folder.rename(place)
        shutil.rmtree(old, ignore_errors=True)
        return Run(place)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from asking a run of this name meanwhile. Raises RunError when one does."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self.folder.with_name(f"{self.folder.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise RunError(f"another process is asking the run {self.folder.name!r}; wait for it, or give this one another --name") from None
            yield

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def config(self) -> dict[str, Any]:
        """What was asked of what: see ``evals.generate``. Raises RunError."""
        return _parsed(self._text("config.json"), self.folder / "config.json")

    def report(self) -> dict[str, Any]:
        """The figures: see ``evals.report``. Raises RunError."""
        return _parsed(self._text("report.json"), self.folder / "report.json")

    def plans(self) -> dict[str, Any]:
        """The sections of the plans, as ``write_plans`` took them. Raises RunError."""
        return _parsed(self._text("plans.json"), self.folder / "plans.json")

    def scores(self) -> list[Score]:
        """The outcome of each question; lists where a fresh score has tuples. Raises RunError."""
        try:
            return [Score(**record) for record in self.records("scores.jsonl")]
        except TypeError:
            raise RunError(f"{self.folder} was judged by other code; judge it anew with “python -m evals score {self.folder.name}”") from None

    def records(self, name: str) -> list[dict[str, Any]]:
        """The lines of a file that has to be there. Raises RunError."""
        return self._lines(name, self._text(name))

    def begun(self, name: str) -> list[dict[str, Any]]:
        """The lines of a file so far, none where it is not there; a line that was cut off is taken away."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        whole, _, rest = text.rpartition("\n")
        if rest:
            self.write(name, whole + "\n" if whole else "")
        return self._lines(name, whole)

    def append(self, name: str, record: Record) -> None:
        """One more line, on disk when this returns."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(_lines([record]))
            file.flush()
            os.fsync(file.fileno())

    def write_config(self, config: Record) -> None:
        """Keep what ``config`` gives back."""
        self.write("config.json", _page(config))

    def write_plans(self, plans: Record) -> None:
        """Keep the sections of the plans."""
        self.write("plans.json", json.dumps(plans, ensure_ascii=False) + "\n")

    def write_report(self, questions: Iterable[Question], scores: Iterable[Score], report: Record, page: str) -> None:
        """Keep the questions as judged, the scores, the figures and the page for people."""
        self.write("questions.jsonl", _lines(question.model_dump(mode="json") for question in questions))
        self.write("scores.jsonl", _lines(asdict(score) for score in scores))
        self.write("report.json", _page(report))
        self.write("report.md", page)

    def write(self, name: str, text: str) -> None:
        """Put a file in its place when it is whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{name}.part"
        aside.write_text(text, encoding="utf-8")
        aside.replace(self.folder / name)

    def _lines(self, name: str, text: str) -> list[dict[str, Any]]:
        return [_parsed(line, f"{self.folder / name}:{number}") for number, line in enumerate(text.split("\n"), start=1) if line]

    def _text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError:
            raise RunError(f"{self.folder} has no {name}; the run was not finished, run it again") from None


def _parsed(text: str, where: object) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise RunError(f"{where} cannot be read as JSON ({error}); run it again under another name") from None
    if not isinstance(value, dict):
        raise RunError(f"{where} is no JSON object; run it again under another name")
    return value


def _page(value: Record) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def _lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
