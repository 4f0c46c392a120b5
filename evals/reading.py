"""``python -m evals reading``: write each plan in every format, read it back through the product's door, and count what was lost.

The truth is the plan's own text and outline as read from its text file, which ``evals.outline`` holds against outlines written by hand.
"""

from __future__ import annotations

import json
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

from tqdm import tqdm

from evals.edit_distance import edit_distance
from evals.outline import score_outline
from evals.run import RUNS
from evals.variants import VARIANTS, Source, Variant, load_source
from ingest.parse import parse
from ingest.read import find_files, read_text
from ingest.sandbox import Sandbox
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import ReadError, XhhtError
from xhht_qa.types import Metadata, Section


class ReadingError(XhhtError):
    """A truth that cannot be read."""


@dataclass(frozen=True)
class Truth:
    """What a file prints: the addresses of its sections, and its text in each order in which it may be read."""

    addresses: tuple[str, ...]
    texts: tuple[str, ...]
    warnings: tuple[str, ...] = ()  # oddities of the plan itself
    metadata: Metadata | None = None  # where the truth tells
    body_only: bool = False  # the truth leaves out the head, the foot and the appendices


@dataclass(frozen=True)
class Outcome:
    """How one file was read. ``errors`` is the character error rate: edits for each character of the truth."""

    variant: str
    plan: str
    precision: float
    recall: float
    f1: float
    errors: float
    warnings: tuple[str, ...]  # of how it was read
    seconds: float
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    mistold: tuple[str, ...] = ()  # what the plan says otherwise of itself: "signer"
    failure: str = ""  # why it could not be read at all


def main(arguments: Sequence[str] | None = None, runs: Path = RUNS) -> int:
    """Exit code 0, 1 when a target is missed and ``--gate`` is given, 2 when something is missing or malformed."""
    given = _parser().parse_args(arguments)
    try:
        outcomes, missing = (_given_formats(given.formats), []) if given.formats else _all_variants(given.plans, given.only or list(VARIANTS))
    except XhhtError as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2
    runs.mkdir(parents=True, exist_ok=True)
    (runs / "reading.json").write_text(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(outcomes))
    missed = [] if given.formats else broken(outcomes)
    for sentence in missed:
        print(f"target missed: {sentence}")
    for sentence in missing:
        print(f"evals: {sentence}", file=sys.stderr)
    return 2 if missing else 1 if given.gate and missed else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m evals reading", description="Write plans in every format, read them back, and count what was lost.")
    parser.add_argument("--plans", type=Path, default=Path("ingest/plans"), help="the plans, one file or a folder (default: %(default)s)")
    parser.add_argument("--only", nargs="+", choices=VARIANTS, metavar="VARIANT", help=f"of {', '.join(VARIANTS)}")
    parser.add_argument("--formats", type=Path, help="a folder of files with their truth beside them, instead of --plans")
    parser.add_argument("--gate", action="store_true", help="exit with 1 when a format misses its target")
    return parser


def _all_variants(plans: Path, names: Sequence[str]) -> tuple[list[Outcome], list[str]]:
    """The outcomes, and a sentence for each variant that cannot be made on this machine."""
    able = [name for name in names if not VARIANTS[name].missing()]
    missing = [f"{name} was left out; {VARIANTS[name].missing()}" for name in names if name not in able]
    files = find_files([plans])
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="xhht-reading-") as folder, Sandbox() as sandbox, tqdm(total=len(files) * len(able), disable=None) as progress:
        for file in files:
            source = load_source(file)
            for name in able:
                progress.set_description(f"{source.plan.id} {name}")
                path = written(VARIANTS[name], source, Path(folder) / name)
                outcomes.append(judge(name, path, truth_of(source), sandbox))
                progress.update()
    return outcomes, missing


def written(variant: Variant, source: Source, folder: Path) -> Path:
    """The file of a plan in one variant, named after the plan as its id is the file's name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{source.plan.id}{variant.suffix}"
    variant.write(source, path)
    return path


def truth_of(source: Source) -> Truth:
    """What every variant of a plan prints; a letterhead may be read row by row or column by column."""
    texts = (_text(source.plan.sections), _joined(item.text for item in source.items), _joined(item.text for item in source.by_rows))
    return Truth(tuple(section.address for section in source.plan.sections), texts, source.plan.warnings, source.plan.metadata)


def judge(variant: str, path: Path, truth: Truth, sandbox: Sandbox) -> Outcome:
    """Read one file through the product's door and compare it with its truth."""
    started = perf_counter()
    plan = sandbox.parse(path)
    seconds = perf_counter() - started
    if isinstance(plan, ReadError):
        return Outcome(variant, path.stem, 0.0, 0.0, 0.0, 1.0, (), seconds, truth.addresses, failure=str(plan))
    sections = [section for section in plan.sections if not truth.body_only or _is_numbered(section)]
    score = score_outline({section.address: (0, 0) for section in sections}, dict.fromkeys(truth.addresses, (0, 0)))
    total = score.precision + score.recall
    found = _text(sections)
    errors = min(edit_distance(found, text) / len(text) for text in truth.texts)
    f1 = 2 * score.precision * score.recall / total if total else 0.0
    warnings = tuple(warning for warning in plan.warnings if warning not in truth.warnings)
    return Outcome(
        variant, path.stem, score.precision, score.recall, f1, errors, warnings, seconds, score.missing, score.extra, _mistold(plan.metadata, truth.metadata)
    )


def _mistold(found: Metadata, truth: Metadata | None) -> tuple[str, ...]:
    """The names of what differs; small letters are as good as capitals, which some old fonts do not keep."""
    if truth is None:
        return ()
    said, meant = asdict(found), asdict(truth)
    return tuple(name for name in meant if _joined([str(said[name])]).lower() != _joined([str(meant[name])]).lower())


def broken(outcomes: Sequence[Outcome]) -> list[str]:
    """One sentence for each target that a variant misses, on the mean over its plans."""
    sentences = []
    for name, of_variant in _by_variant(outcomes):
        target = VARIANTS[name]
        f1, errors = fmean(outcome.f1 for outcome in of_variant), fmean(outcome.errors for outcome in of_variant)
        if f1 < target.addresses:
            sentences.append(f"{name} has {100 * f1:.2f} % of the addresses, below {100 * target.addresses:g} %")
        if errors > target.errors:
            sentences.append(f"{name} has {100 * errors:.3f} % of the characters wrong, above {100 * target.errors:g} %")
        if target.addresses == 1 and any(outcome.mistold for outcome in of_variant):
            sentences.append(f"{name} was misread in what a plan says of itself")
        if target.warns and not all(outcome.warnings for outcome in of_variant):
            sentences.append(f"{name} was read without a warning")
    return sentences


def table(outcomes: Sequence[Outcome]) -> str:
    """A line for each variant, means over its plans; below it what was lost in which plan."""
    width = max((len(outcome.variant) for outcome in outcomes), default=0)
    lines = [f"{'format'.ljust(width)}  plans  precision  recall      F1  errors %  warnings  seconds"]
    for name, of_variant in _by_variant(outcomes):
        means = [100 * fmean(getattr(outcome, figure) for outcome in of_variant) for figure in ("precision", "recall", "f1", "errors")]
        warnings, seconds = fmean(len(outcome.warnings) for outcome in of_variant), fmean(outcome.seconds for outcome in of_variant)
        figures = f"{means[0]:9.2f}  {means[1]:6.2f}  {means[2]:6.2f}  {means[3]:8.3f}  {warnings:8.1f}  {seconds:7.2f}"
        lines.append(f"{name.ljust(width)}  {len(of_variant):5}  {figures}")
        lines += [f"  {outcome.plan}: {_lost(outcome)}" for outcome in of_variant if outcome.missing or outcome.extra or outcome.mistold]
    return "\n".join(lines)


def _lost(outcome: Outcome) -> str:
    if outcome.failure:
        return outcome.failure
    named = (("missing", outcome.missing), ("extra", outcome.extra), ("other", outcome.mistold))
    return "; ".join(f"{name} {', '.join(addresses)}" for name, addresses in named if addresses)


def _by_variant(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    for name in dict.fromkeys(outcome.variant for outcome in outcomes):
        yield name, [outcome for outcome in outcomes if outcome.variant == name]


def _given_formats(folder: Path) -> list[Outcome]:
    """Each file of a folder that has a truth there. Raises ReadingError, NoPlans."""
    with Sandbox() as sandbox:
        return [judge(path.name, path, truth, sandbox) for path in find_files([folder]) if (truth := _given_truth(path))]


def _given_truth(path: Path) -> Truth | None:
    """The truth of a file, or of the variant of the same plan that was typed: "003_scan200.pdf" is "003_typed.docx" on paper."""
    typed = f"{path.stem.partition('_')[0]}_typed"
    for file in (path.with_name(f"{stem}.truth.json") for stem in (path.stem, typed)):
        if file.exists():
            blocks = _load(file)
            addresses = tuple(block["addr"] for block in blocks if block["kind"] not in ("dash", "para"))
            return Truth(addresses, (_joined(f"{block['marker']} {block['text']}" for block in blocks),), body_only=True)
    paragraphs = path.with_name(f"{path.stem}.paras.json")
    if not paragraphs.exists():
        return None
    text = "\n".join(_load(paragraphs))
    plan = parse(read_text(path.name, text))
    return Truth(tuple(section.address for section in plan.sections), (_joined([text]),))


def _load(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadingError(f"{file} cannot be read as JSON: {error}") from None


def _is_numbered(section: Section) -> bool:
    return section.is_numbered and not section.address.startswith("phu-luc")


def _text(sections: Iterable[Section]) -> str:
    return _joined(section.text for section in sections)


def _joined(texts: Iterable[str]) -> str:
    """One text in composed letters, every white space one blank."""
    return unicodedata.normalize("NFC", " ".join(" ".join(texts).split()))


if __name__ == "__main__":
    raise SystemExit(main())
