"""``python -m evals COMMAND``: one line for each command; without one, ``run``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from xhht_qa.errors import XhhtError

# Command → (the module whose ``main(arguments) -> int`` it is, loaded when it is asked for; what it does)
COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("evals.generate", "ask every gold question, score the answers, report (the default)"),
    "score": ("evals.judge", "judge the answers of a run again, asking nothing"),
    "compare": ("evals.compare", "what changed between two runs, and whether it is more than chance"),
    "gate": ("evals.gate", "fail when a run is worse than the committed baseline"),
    "check": ("evals.check", "hold gold questions against their plans and against another set"),
    "new": ("evals.new", "write gold questions with a helper, which speaks Vietnamese"),
    "perturb": ("evals.perturb", "the same questions without accents, abbreviated, mistyped"),
    "drafts": ("evals.drafts", "what users said of answers, as drafts of gold questions"),
    "report": ("evals.page", "a run as one HTML page in Vietnamese"),
    "retrieval": ("evals.retrieval", "our retrieval alone on any public set of articles and questions"),
    "llm": ("evals.llm.run", "models that misbehave, or a real one: what is shown of their words, held against the plans"),
    "reading": ("evals.reading", "every plan written in every format, read back, scored"),
    "outline": ("evals.outline", "the parser's outlines against those written by hand"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, 1 when something is not as good as it has to be, 2 when something is missing or malformed."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] in (["-h"], ["--help"]):
        print("usage: python -m evals COMMAND …\n\nGold questions in, figures out; every command has --help, docs/evals.md tells what the figures mean.\n")
        print("\n".join(f"  {command:<12}{does}" for command, (_, does) in COMMANDS.items()))
        print("\nbeside these, each a module of its own: python -m evals.tune, evals.calibrate, evals.bench, evals.bench.scale")
        return 0
    command, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("run", arguments)
    if rest[:1] and command == "run" and not rest[0].startswith("-"):
        print(f"evals: there is no command {rest[0]!r}; there are {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return int(import_module(COMMANDS[command][0]).main(rest))
    except XhhtError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
