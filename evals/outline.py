"""``python -m evals outline``: how well the parser finds sections: its outline of a plan against a truth outline written by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import ReadError, XhhtError

Lines = tuple[int, int]  # first and last, counted from 1 in the file


class OutlineError(XhhtError):
    """A truth outline that cannot be read, or whose plan is not there."""


@dataclass(frozen=True)
class OutlineScore:
    """One plan's outcome; the shares are of addresses, ``lines`` of the addresses that both outlines have."""

    precision: float
    recall: float
    lines: float
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    shifted: tuple[str, ...]  # found, with another range of lines


def score_outline(found: Mapping[str, Lines], truth: Mapping[str, Lines]) -> OutlineScore:
    """Compare address → range of lines; ``truth`` is not empty."""
    common = [address for address in truth if address in found]
    shifted = tuple(address for address in common if found[address] != truth[address])
    return OutlineScore(
        precision=len(common) / len(found) if found else 0.0,
        recall=len(common) / len(truth),
        lines=(len(common) - len(shifted)) / len(common) if common else 0.0,
        missing=tuple(address for address in truth if address not in found),
        extra=tuple(address for address in found if address not in truth),
        shifted=shifted,
    )


def load_truth(path: Path) -> dict[str, Lines]:
    """A JSON list of {"address", "first_line", "last_line"}; the file is called after the plan's id. Raises OutlineError."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        truth = {record["address"]: (record["first_line"], record["last_line"]) for record in records}
    except OSError as error:
        raise OutlineError(f"{path} cannot be read: {error.strerror}; check the path") from None
    except ValueError as error:
        raise OutlineError(f"{path} is no JSON: {error}") from None
    except (KeyError, TypeError):
        raise OutlineError(f'{path} is not a list of {{"address", "first_line", "last_line"}}') from None
    if not truth or len(truth) != len(records):
        raise OutlineError(f"{path} is empty or has an address twice")
    return truth


def read_outlines(folder: Path) -> dict[str, dict[str, Lines]]:
    """Plan id → what the parser finds in it, for every readable plan of a folder."""
    from ingest.sandbox import parse_all

    plans = [plan for _, plan in parse_all([folder]) if not isinstance(plan, ReadError)]
    return {plan.id: {section.address: (section.first_line, section.last_line) for section in plan.sections} for plan in plans}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a plan and what differs; exit code 2 when something is missing or malformed."""
    parser = ArgumentParser(prog="python -m evals outline", description="Score the parser's outlines against truth outlines.")
    parser.add_argument(
        "truth",
        nargs="*",
        type=Path,
        default=[Path("evals/gold/outlines")],
        help="truth outlines, each named PLAN-ID.json, or folders of them (default: evals/gold/outlines)",
    )
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the folder with the plans (default: %(default)s)")
    given = parser.parse_args(arguments)
    try:
        files = [file for path in given.truth for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
        if not files:
            raise OutlineError(f"no truth outline in {', '.join(map(str, given.truth))}")
        truths = {file: load_truth(file) for file in files}
        outlines = read_outlines(given.plans)
        for file in files:
            if file.stem not in outlines:
                raise OutlineError(f"{given.plans} holds no plan {file.stem!r}, which {file} describes")
        print(_table({file.stem: score_outline(outlines[file.stem], truth) for file, truth in truths.items()}))
    except XhhtError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2
    return 0


def _table(scores: Mapping[str, OutlineScore]) -> str:
    width = max(map(len, scores))
    lines = [f"{'plan'.ljust(width)}  precision  recall   lines"]
    for plan, score in scores.items():
        lines.append(f"{plan.ljust(width)}  {100 * score.precision:9.1f}  {100 * score.recall:6.1f}  {100 * score.lines:6.1f}")
        for name, addresses in (("missing", score.missing), ("extra", score.extra), ("other lines", score.shifted)):
            if addresses:
                lines.append(f"  {name}: {', '.join(addresses)}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
