"""Plan → sentences, each with what stands above it: the lead-ins and headings it leans on, and the body that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ingest.facts.bodies import body_end, body_of_heading
from ingest.letterhead import opens_recipients
from ingest.markers import marker_of
from xhht_qa.text.normalise import is_upper
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.types import CLOSING, OPENING, Fact, FactKind, Paragraph, Plan, Section

LONGEST = 3000  # characters of a sentence that is taken apart; printed ones run to about 1,500, and on endless ones patterns take seconds
_HEADING_SIGNS = " .:;"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph without the paragraph's printed number; ``text`` is an exact part of it.

    ``above`` holds the lead-ins and headings that it stands under, the nearest first; ``actor`` is the body that the nearest of them names.
    """

    plan: str
    section: Section
    paragraph: Paragraph
    text: str
    above: tuple[str, ...]
    actor: str

    @property
    def clauses(self) -> list[str]:
        """Its parts between semicolons."""
        return clauses(self.text)

    @property
    def paragraph_text(self) -> str:
        """All of its paragraph without the printed number."""
        return without_mark(self.paragraph.text)

    @property
    def opens_paragraph(self) -> bool:
        """Whether it is the first sentence of its paragraph."""
        return self.paragraph_text.startswith(self.text)

    def fact(self, kind: FactKind, quote: str = "", **fields: Any) -> Fact:
        """A fact that this sentence states, in the given part of it or in all of it."""
        paragraph = self.paragraph
        return Fact(kind, self.plan, self.section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, quote or self.text, **fields)


def sentences_of(plan: Plan) -> Iterator[Sentence]:
    """The sentences of a plan in document order, without bare headings, table rows, letterhead and recipients."""
    children = {section.parent for section in plan.sections}
    for section in plan.sections:
        if section.address.startswith(OPENING):
            continue
        outer = _above_section(plan, section)
        for index, paragraph in enumerate(section.paragraphs):
            if section.address.startswith(CLOSING) and opens_recipients(paragraph.text):
                break
            if paragraph.cells or " | " in paragraph.text or is_upper(paragraph.text):
                continue
            if index == 0 and _is_heading(section, paragraph) and (len(section.paragraphs) > 1 or section.address in children):
                continue
            above = (*_lead_ins(section, index), *outer)
            actor = _named(above)
            for text in sentences(without_mark(paragraph.text)):
                if len(text) <= LONGEST:
                    yield Sentence(plan.id, section, paragraph, text, above, actor)


def rows_of(plan: Plan) -> Iterator[tuple[Section, Paragraph]]:
    """The table rows of a plan, in document order."""
    for section in plan.sections:
        for paragraph in section.paragraphs:
            if paragraph.cells:
                yield section, paragraph


@lru_cache(maxsize=1024)
def without_mark(text: str) -> str:
    """The text behind its printed number or bullet."""
    marker = marker_of(text)
    return text[len(text) - len(marker.rest) :].strip() if marker and marker.rest and text.endswith(marker.rest) else text.strip()


def _named(above: tuple[str, ...]) -> str:
    """The body that the nearest heading names; none where a nearer one begins like a body and is not understood."""
    for heading in above:
        if body := body_of_heading(heading):
            return body
        if body_end(heading, 0):
            return ""
    return ""


def _is_heading(section: Section, paragraph: Paragraph) -> bool:
    return section.is_heading and without_mark(paragraph.text).strip(_HEADING_SIGNS) == section.title.strip(_HEADING_SIGNS)


def _lead_ins(section: Section, index: int) -> Iterator[str]:
    """What announces the paragraph inside its own section: the bullets that it is nested in, and the plain paragraph that ends with a colon."""
    bullet = section.paragraphs[index].bullet
    while bullet.count("/") > 1:
        bullet = bullet.rpartition("/")[0]
        yield from (without_mark(other.text) for other in section.paragraphs[:index] if other.bullet == bullet)
    if section.paragraphs[index].bullet:
        plain = [other for other in section.paragraphs[:index] if not other.bullet and not other.cells]
        if plain and plain[-1].text.rstrip().endswith(":"):
            yield without_mark(plain[-1].text)


def _above_section(plan: Plan, section: Section) -> tuple[str, ...]:
    """The headings of the section and of those that it stands in, each parent with the paragraph that announces its children."""
    above: list[str] = [section.title] if section.is_heading else []
    parent = plan.section(section.parent) if section.parent else None
    while parent:
        last = parent.paragraphs[-1]
        if last.text.rstrip().endswith(":") and not last.cells:
            above.append(without_mark(last.text))
        if parent.is_heading and (not above or above[-1] != parent.title):
            above.append(parent.title)
        parent = plan.section(parent.parent) if parent.parent else None
    return tuple(above)
