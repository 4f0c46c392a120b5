"""The figures of models beside each other, as aligned text and as markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evals.llm.claims import HARD
from evals.llm.tally import WITHOUT, Tally

HEAD = (
    "model",
    "n",
    "right",
    "by model",
    "read",
    "claims",
    "hard",
    "other",
    "supported",
    "stripped",
    "why",
    "fallback",
    "tokens in",
    "out",
    "first ms",
    "total ms",
    "",
)
_MOST_KINDS = 3


def table(tallies: Sequence[Tally]) -> str:
    """For the terminal: a line a model, then what was found wrong."""
    rows = [HEAD, *map(_row, tallies)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "  ".join(cell.ljust(width) if not place else cell.rjust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows
    ]
    return "\n".join([*lines, "", summary(tallies)])


def markdown(tallies: Sequence[Tally]) -> str:
    """For the run's folder: the same table, and every fault."""
    head, *rows = (f"| {' | '.join(row)} |" for row in [HEAD, *map(_row, tallies)])
    faults = [f"- {fault.system}, {fault.question}: {fault.kind}, “{fault.seen}”, in “{fault.claim.strip()}”" for one in tallies for fault in one.faults]
    rule = f"|---{'|--:' * (len(HEAD) - 1)}|"
    return "\n".join(["# Evaluation with a language model", "", head, rule, *rows, "", summary(tallies), "", "## Faults", "", *(faults or ["None."])]) + "\n"


def summary(tallies: Sequence[Tally]) -> str:
    """What holds and what does not, over all models."""
    models = [one for one in tallies if one.system != WITHOUT]
    claims, hard = sum(one.claims for one in models), sum(one.hard for one in models)
    worst = min((one.right - one.extractive_right for one in models), default=0)
    failed = [one.system for one in tallies if not one.holds]
    return "\n".join(
        [
            f"{len(models)} models, {sum(one.questions for one in models)} answers, {sum(one.by_model for one in models)} of them by the model: {claims} claims shown, "
            f"{hard} with an unsupported {', '.join(HARD[:-1])} or {HARD[-1]}, {sum(one.supported for one in models)} wholly supported "
            f"({_share(sum(one.supported for one in models), claims)} %)",
            f"answers with another status than without a model: {sum(one.status_changed for one in models)}; without a word of the model and yet not the extractive "
            f"answer: {sum(one.changed for one in models)}; right answers, at worst: {worst:+d} against none",
            f"follow-ups answered as a model read them: {sum(one.read for one in models)}, {sum(one.read_wrong for one in models)} of them wrong that were right without",
            f"not harmless: {', '.join(failed)}" if failed else "every model was harmless",
        ]
    )


def _row(one: Tally) -> tuple[str, ...]:
    others = Counter({kind: count for kind, count in one.kinds.items() if kind not in HARD})
    record = one.record()
    return (
        one.system,
        str(one.questions),
        f"{_share(one.right, one.questions)}",
        str(one.by_model),
        str(one.read),
        str(one.claims),
        str(one.hard),
        _commonest(others) or "0",
        _share(one.supported, one.claims),
        _share(one.stripped, one.stripped + one.sentences),
        _commonest(one.why) or "–",
        _commonest(one.fallback) or "–",
        str(one.prompt_tokens // max(one.questions, 1)),
        str(one.completion_tokens // max(one.questions, 1)),
        _time(record["first_p50_ms"]),
        _time(record["total_p50_ms"]),
        "" if one.holds else "HARM",
    )


def _commonest(counts: Counter[str]) -> str:
    return " ".join(f"{kind}:{count}" for kind, count in counts.most_common(_MOST_KINDS))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _time(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:.0f}"
