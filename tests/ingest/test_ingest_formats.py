"""One plan, one outline, one answer: whatever the format in which a civil servant has the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from prerequisites import ROOT, missing
from toy_encoder import ToyEncoder

from evals.gold import load
from evals.reading import judge, truth_of, written
from evals.variants import VARIANTS, Source, load_source
from ingest.build import build
from ingest.sandbox import Sandbox
from xhht_qa.engine import Engine
from xhht_qa.index import open_index
from xhht_qa.settings import load_settings
from xhht_qa.types import Plan

PLANS = ROOT / "ingest" / "plans"
SMALL = PLANS / "cdc-mochai-sxh.txt"  # Mục, a number printed twice, 1.1, a) to đ), • * + and -
LONG = PLANS / "ubnd-tinh-lamkhe-cds.txt"  # I, 1, 2.1. beside 2.2, a) to e), a table in the appendix, a sentence that a page cuts
SCANS = ("pdf-scan200", "pdf-scan120", "pdf-turned")
BY_ROWS = ("docx-tabs",)  # the lines of the signature stand between those of the recipients, so no quote holds it whole
BY_OFFICE = ("doc", "odt", "rtf", "pdf-text", "pdf-unruled")  # LibreOffice takes seconds for each
WRAPPED = "txt-wrapped"  # where a paragraph ends is a guess, so its addresses alone are held to
WHOLE = [(name, plan) for name in VARIANTS if name not in (*SCANS, WRAPPED) for plan in (LONG, SMALL) if plan is LONG or name not in BY_OFFICE]
GOLD = load([ROOT / "evals" / "gold"])


@dataclass(frozen=True)
class Read:
    """A plan as it was read from one variant, and an engine over it alone."""

    variant: str
    plan: Plan
    engine: Engine

    def same(self, text: str) -> str:
        """What of a text must be equal; TCVN3 without its fonts has no capitals with tones."""
        return text.lower() if self.variant == "txt-tcvn3" else text


@dataclass(frozen=True)
class Said:
    """An answer without what is new each time, and without lines and pages."""

    status: str
    text: str
    quotes: tuple[tuple[str, str], ...]  # section and words


def read_in(variant: str, source: Source, folder: Path) -> Read:
    """Write a plan in a variant, index the file, open the index."""
    if reason := VARIANTS[variant].missing():
        missing(reason)
    encoder = ToyEncoder()
    report = build([written(VARIANTS[variant], source, folder / "plans")], folder / "index", encoder)
    assert report.failures == {}
    engine = Engine(open_index(folder / "index"), encoder, load_settings(index_dir=folder / "index"))
    return Read(variant, report.plans[source.plan.id], engine)


def outline(read: Read) -> list[tuple[str, str, str]]:
    return [(section.address, section.label, section.title) for section in read.plan.sections]


def answers(read: Read) -> dict[str, Said]:
    """What is said to each gold question of the plan."""
    said = {}
    for question in GOLD:
        if question.plans == (read.plan.id,):
            answer = read.engine.ask(question.question, question.history, question.scope or ())
            quotes = tuple((citation.section, read.same(citation.quote) if read.variant not in BY_ROWS else "") for citation in answer.citations)
            said[question.question] = Said(answer.status, read.same(answer.answer), quotes)
    return said


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Path, tuple[Source, Read]]:
    """The sample plans and how their text files were read."""
    sources = {path: load_source(path) for path in (SMALL, LONG)}
    return {path: (source, read_in("txt-utf8", source, tmp_path_factory.mktemp("text"))) for path, source in sources.items()}


@pytest.fixture(scope="module", params=WHOLE, ids=lambda case: f"{case[0]}-{case[1].stem}")
def pair(request: pytest.FixtureRequest, texts: Mapping[Path, tuple[Source, Read]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Read, Read]:
    """A plan read from a variant, and from its text."""
    variant, path = request.param
    source, text = texts[path]
    return read_in(variant, source, tmp_path_factory.mktemp("variant")), replace(text, variant=variant)


def test_the_text_file_is_the_plan(texts: Mapping[Path, tuple[Source, Read]]) -> None:
    for source, text in texts.values():
        assert outline(text) == [(section.address, section.label, section.title) for section in source.plan.sections]
        assert len(answers(text)) >= 8


def test_a_plan_has_one_outline_in_every_format(pair: tuple[Read, Read]) -> None:
    read, text = pair
    assert [(*place, read.same(title)) for *place, title in outline(read)] == [(*place, read.same(title)) for *place, title in outline(text)]


def test_a_plan_says_the_same_of_itself_in_every_format(pair: tuple[Read, Read]) -> None:
    read, text = pair
    assert read.same(read.plan.title) == read.same(text.plan.title)
    assert read.same(str(read.plan.metadata)) == read.same(str(text.plan.metadata))


def test_a_question_has_one_answer_in_every_format(pair: tuple[Read, Read]) -> None:
    read, text = pair
    assert answers(read) == answers(text)


def test_lines_broken_at_a_fixed_width_keep_the_addresses(texts: Mapping[Path, tuple[Source, Read]], tmp_path: Path) -> None:
    for source, text in texts.values():
        read = read_in(WRAPPED, source, tmp_path / source.plan.id)
        assert [section.address for section in read.plan.sections] == [section.address for section in text.plan.sections]


@pytest.mark.parametrize("variant", ["pdf-scan200", "pdf-turned"])
def test_a_scan_has_the_outline_of_the_text_and_cites_its_sections(variant: str, texts: Mapping[Path, tuple[Source, Read]], tmp_path: Path) -> None:
    source, text = texts[SMALL]
    scan = read_in(variant, source, tmp_path)
    assert [place for *place, _ in outline(scan)] == [place for *place, _ in outline(text)]
    assert "read by OCR" in scan.plan.warnings[0]
    cited = {question: {section for section, _ in said.quotes} for question, said in answers(text).items()}
    assert {question: {section for section, _ in said.quotes} for question, said in answers(scan).items()} == cited


def test_a_coarse_scan_is_readable_and_says_that_it_is_doubtful(texts: Mapping[Path, tuple[Source, Read]], tmp_path: Path) -> None:
    variant = VARIANTS["pdf-scan120"]
    if reason := variant.missing():
        missing(reason)
    source, _ = texts[SMALL]
    with Sandbox() as sandbox:
        outcome = judge("pdf-scan120", written(variant, source, tmp_path), truth_of(source), sandbox)
    assert outcome.f1 >= variant.addresses
    assert outcome.errors <= variant.errors
    assert any("read by OCR" in warning for warning in outcome.warnings)
