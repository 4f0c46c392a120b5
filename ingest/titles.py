"""A grown node → Section: its title, its path from the top down, and how its address is spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.labels import label_of
from ingest.letterhead import subject_of
from ingest.markers import Kind
from ingest.nodes import Node
from xhht_qa.text.normalise import is_upper
from xhht_qa.types import OPENING, Paragraph, Section

_TITLE_SYLLABLES = 8  # the opening words that stand for a title where no heading is printed
_HEADING_WORDS = 45  # real headings of one sentence run to about forty words; longer ones are body text
# "Giai đoạn 1 (từ 2024 - 2025): Ban …", "Hồ sơ cấp tỉnh thực hiện theo …": what stands before the colon or verb is a heading
_RUN_IN_HEADING = re.compile(r"((?:[^:()]|\([^()]*\))+?)(?::\s*\S| thực hiện theo )")
_RUN_IN_WORDS = 15  # when it is short


def section_of(node: Node) -> Section:
    """The frozen section of a node that has all its paragraphs and children."""
    title, is_heading = _title(node)
    return Section(
        address=node.address,
        parent=node.parent.address if node.parent else None,
        label=label_of(_levels(node)),
        title=title,
        is_heading=is_heading,
        path=tuple(_path_entry(level) for level in _lineage(node)),
        paragraphs=tuple(node.paragraphs),
        first_line=node.first_line,
        last_line=node.last_line,
    )


def _lineage(node: Node) -> list[Node]:
    chain: list[Node] = []
    current: Node | None = node
    while current:
        chain.append(current)
        current = current.parent
    return chain[::-1]


def _levels(node: Node) -> list[tuple[Kind | None, str, int]]:
    return [(level.kind, _printed_number(level), level.repeat if level.kind is not Kind.APPENDIX else level.value[0]) for level in _lineage(node)]


def _printed_number(node: Node) -> str:
    """The number alone; with its noun where only the noun says what is counted: "Quý I", "Mẫu số 02"."""
    if node.marker is None:
        return "" if node.kind is Kind.APPENDIX else node.address
    if node.kind in (Kind.APPENDIX, Kind.FORM, Kind.NAMED):
        return node.marker.printed if node.marker.token else ""
    return node.marker.token


def _path_entry(node: Node) -> str:
    title, _ = _title(node)
    return f"{node.printed} {title}".strip()


def _title(node: Node) -> tuple[str, bool]:
    """The printed heading, or the first words of the sentence that stands in its place."""
    if node.address.startswith(OPENING):
        return _subject(node), True
    if not node.paragraphs:
        return "", False
    if node.kind is Kind.APPENDIX and node.marker is None:
        return _title_below(node.paragraphs), True
    text = node.marker.rest if node.marker else node.paragraphs[0].text
    if node.marker and not text:
        text = _title_below(node.paragraphs[1:])
    words = text.split()
    has_body = bool(node.children) or len(node.paragraphs) > 1
    run_in = _RUN_IN_HEADING.match(text)
    if run_in and len(run_in.group(1).split()) <= _RUN_IN_WORDS:
        return run_in.group(1).strip(), True
    body = run_in is not None
    sentence = text.endswith((".", ";"))
    if (
        node.marker
        and len(words) <= _HEADING_WORDS
        and (is_upper(text) or (has_body and (not sentence or len(words) <= _HEADING_WORDS // 2)) or (not sentence and not body))
    ):
        return text.rstrip(".;:") if sentence or node.kind is Kind.NAMED else text, True
    return " ".join(words[:_TITLE_SYLLABLES]), False


def _title_below(paragraphs: Sequence[Paragraph]) -> str:
    """The title under "Phần thứ nhất" or "PHỤ LỤC I" alone on its line: lines in capitals, or one short line that is no sentence."""
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph.bullet or paragraph.cells or not is_upper(paragraph.text):
            break
        lines.append(paragraph.text)
    if lines or not paragraphs:
        return " ".join(lines)
    first = paragraphs[0]
    plain = not first.bullet and not first.text.startswith("(") and " | " not in first.text
    return first.text if plain and not first.text.endswith((".", ";", ":", ",")) and len(first.text.split()) <= _HEADING_WORDS // 2 else ""


def _subject(node: Node) -> str:
    """The trích yếu, or the first words where none is printed."""
    texts = [paragraph.text for paragraph in node.paragraphs]
    return subject_of(texts) or (" ".join(texts[0].split()[:_TITLE_SYLLABLES]) if texts else "")
