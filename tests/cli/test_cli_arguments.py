"""A wrong argument of any command is told in one line that says what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import pytest
from prerequisites import ROOT

COMMANDS = (
    "app", "ingest.__main__", "xhht_qa.__main__", "evals.__main__", "evals.bench.__main__", "evals.bench.scale.__main__", "evals.bench.check", "evals.calibrate", "evals.tune",
)  # fmt: skip


def main_of(module: str) -> Callable[[Sequence[str]], int]:
    found: Callable[[Sequence[str]], int] = import_module(module).main
    return found


@pytest.mark.parametrize("module", COMMANDS)
def test_an_option_that_does_not_exist_is_told_in_one_line(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main_of(module)(["--nosuch", "x"] if module != "ingest.__main__" else ["--nosuch", "x", "y"])
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "--help" in told.err


@pytest.mark.parametrize(
    ("module", "arguments", "told", "why"),
    [
        (
            "xhht_qa.__main__",
            ["ask", "Hỏi?", "--plam", "x"],
            "there is no option --plam (did you mean --plan?)",
            "a slip, told by the command that has the option",
        ),
        (
            "xhht_qa.__main__",
            ["ask", "hỏi", "gì"],
            "“gì” is one argument too many; put words that belong together between quotation marks",
            "no quotation marks",
        ),
        ("xhht_qa.__main__", ["search", "-k", "ba", "Hỏi?"], "argument -k: invalid int value: 'ba'", "no number"),
        ("xhht_qa.__main__", [], "the following arguments are required: COMMAND", "no command"),
        ("xhht_qa.__main__", ["asks"], "choose from 'ask', 'search', ", "a command that is none"),
        ("ingest.__main__", [], "the following arguments are required: PATH", "nothing to read"),
        ("app", ["--prot=8000"], "there is no option --prot (did you mean --port?)", "the value is no part of the name"),
        ("app", ["--port"], "argument --port: expected one argument", "no value"),
        ("evals.__main__", ["compare", "one"], "python -m evals compare: the following arguments are required: later", "under its own name"),
    ],
)
def test_what_to_write_instead(module: str, arguments: list[str], told: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main_of(module)(arguments)
    err = capsys.readouterr().err
    assert told in err, why
    assert err.count("\n") == 1, why


def test_every_command_has_this_parser() -> None:
    sources = [ROOT / "app.py", *(path for folder in ("src", "ingest", "evals") for path in (ROOT / folder).rglob("*.py"))]
    assert [path.name for path in map(Path, sources) if "argparse.ArgumentParser(" in path.read_text(encoding="utf-8") and path.name != "command_line.py"] == []
