"""Whole documents of many kinds, each line beside the address that a careful reader gives it: section, bullet, table row.

A fixture is front matter with what else is true of the document, then lines "address │ text as printed". A line without an
address goes on with the paragraph above; × stands before a page number, which is in no section.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from invariants import chunks_within_sections, outline_sound, text_rebuilt_from_chunks

from ingest.chunks import chunk
from ingest.parse import parse
from ingest.read import read_text
from xhht_qa.types import Document, Plan

DOCUMENTS = sorted((Path(__file__).parent / "plans_of_other_hands").glob("*.plan"))
PAGE_NUMBER = "×"
METADATA = ("issuer", "place", "number", "date", "subject", "signer", "capacity", "recipients")


@cache
def truth_and_document(path: Path) -> tuple[dict[str, Any], dict[int, str], Document, Plan]:
    """What is true of the document, the address that each line opens, the document and its plan."""
    _, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    lines = [line.split("│", 1) for line in body.splitlines()]
    document = read_text(f"{path.stem}.md", "\n".join(text for _, text in lines))
    return yaml.safe_load(front_matter), {number: address.strip() for number, (address, _) in enumerate(lines, start=1)}, document, parse(document)


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)


@each_document
def test_every_line_stands_where_a_reader_would_look_for_it(path: Path) -> None:
    _, addresses, document, plan = truth_and_document(path)
    found = {
        paragraph.first_line: f"{section.address}{paragraph.bullet}"
        for section in plan.sections
        for paragraph in section.paragraphs
        if paragraph.first_line in {line.number for line in document.lines}
    }
    assert found == {number: address for number, address in addresses.items() if address and address != PAGE_NUMBER}
    outline_sound(document, plan.sections)
    chunks = chunk(plan)
    chunks_within_sections(plan, chunks)
    text_rebuilt_from_chunks(plan, chunks)


@each_document
def test_metadata_as_printed(path: Path) -> None:
    truth, _, _, plan = truth_and_document(path)
    assert {name: getattr(plan.metadata, name) for name in METADATA} == {name: truth[name] for name in METADATA} | {"recipients": tuple(truth["recipients"])}
    assert plan.title == truth.get("title", plan.title)
    if "bases" in truth:
        found = [" | ".join((basis.kind, basis.number, basis.date, basis.issuer)) for basis in plan.metadata.legal_bases]
        assert list(dict.fromkeys(found)) == truth["bases"]


@each_document
def test_labels_titles_and_cells(path: Path) -> None:
    truth, _, _, plan = truth_and_document(path)
    sections = {section.address: section for section in plan.sections}
    assert {address: sections[address].label for address in truth.get("labels", {})} == truth.get("labels", {})
    assert {address: sections[address].title for address in truth.get("titles", {})} == truth.get("titles", {})
    rows = {f"{section.address}{paragraph.bullet}": paragraph.cells for section in plan.sections for paragraph in section.paragraphs}
    for row, cells in truth.get("cells", {}).items():
        assert [part for cell in rows[row] for part in cell] == cells, row
    if "warnings" in truth:
        assert [warning.partition(": ")[0] for warning in plan.warnings] == truth["warnings"]
