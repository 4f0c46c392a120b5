"""The operator's commands of ``python -m xhht_qa``."""

from __future__ import annotations

import argparse
from typing import Any

from xhht_qa.operate import doctor


def add_commands(commands: Any, where: argparse.ArgumentParser) -> None:
    """Add them to the sub-commands of the command line; ``where`` has the option that names the index."""
    explained = "look the installation over and say what to mend; exit status 0 all is well, 1 something is doubtful, 2 something is broken"
    command = commands.add_parser("doctor", parents=[where], help=explained.partition(";")[0], description=explained)
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    found = doctor.examine(options.index)
    print((doctor.as_json if options.json else doctor.as_text)(found))
    return doctor.status(found)
