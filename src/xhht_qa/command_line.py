"""Arguments of commands: one that cannot be used is told in one line, with what to write instead."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn


class ArgumentParser(argparse.ArgumentParser):
    """argparse's own, which would print a page of usage above the line that counts."""

    def error(self, message: str) -> NoReturn:
        """Exit status 2 behind one sentence on stderr."""
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help lists what can be given\n")

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:  # type: ignore[override]
        """What is left over is refused here, where the options of the subcommand are known."""
        known, left = super().parse_known_args(args, namespace)
        if left and left[0].startswith("-"):
            option = left[0].partition("=")[0]
            meant = get_close_matches(option, re.findall(r"--[\w-]+", self.format_usage()), n=1)
            self.error(f"there is no option {option}{f' (did you mean {meant[0]}?)' if meant else ''}")
        if left:
            self.error(f"“{left[0]}” is one argument too many; put words that belong together between quotation marks")
        return known, left
