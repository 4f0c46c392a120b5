"""The documents that a plan cites, and what the plan says of itself, each where it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts.bodies import body_end
from ingest.letterhead import opens_recipients
from xhht_qa.text.dates import find_dates
from xhht_qa.text.sentences import sentences
from xhht_qa.types import CLOSING, OPENING, Due, Fact, Paragraph, Plan, Section


def documents_of(plan: Plan) -> Iterator[Fact]:
    """One fact for each document cited in each section, and the plan's own number, date, issuer, signer and recipients."""
    yield from _legal_bases(plan)
    yield from _own(plan)


def _legal_bases(plan: Plan) -> Iterator[Fact]:
    for basis in plan.metadata.legal_bases:
        section = plan.section(basis.section)
        found = _holding(section, basis.number or basis.kind) if section else None
        if section is None or found is None:
            continue
        paragraph, quote = found
        issuer = basis.issuer[: body_end(basis.issuer, 0) or None]
        fields = {name: value if value in quote else "" for name, value in (("object", basis.kind), ("value", basis.number), ("actor", issuer))}
        yield _fact("legal_basis", plan, section, paragraph, quote, due=_date(basis.date, quote), **fields)


def _own(plan: Plan) -> Iterator[Fact]:
    metadata = plan.metadata
    opening, closing = plan.section(OPENING), plan.section(CLOSING)
    if opening:
        if metadata.number[:1].isdecimal() and (found := _paragraph(opening, metadata.number)):
            yield _fact("metadata", plan, opening, found, found.text, value=metadata.number)
        if metadata.place and (found := next((p for p in opening.paragraphs if p.text.startswith(f"{metadata.place}, ngày")), None)):
            mentions = find_dates(found.text)
            if mentions and mentions[0].date.day:
                due = Due(found.text[mentions[0].start : mentions[0].end], "in", date=mentions[0].date)
                yield _fact("metadata", plan, opening, found, found.text, due=due)
        if metadata.issuer and (found := _paragraph(opening, metadata.issuer)):
            quote = next((sentence for sentence in sentences(found.text) if metadata.issuer in sentence), found.text)
            yield _fact("metadata", plan, opening, found, quote, object=metadata.issuer)
    if closing:
        below = next((index for index, paragraph in enumerate(closing.paragraphs) if opens_recipients(paragraph.text)), len(closing.paragraphs))
        for recipient in metadata.recipients:
            if found := next((paragraph for paragraph in closing.paragraphs[below:] if recipient in paragraph.text), None):
                yield _fact("metadata", plan, closing, found, found.text, recipient=recipient)
        if metadata.signer and (found := next((p for p in closing.paragraphs if p.text == metadata.signer), None)):
            yield _fact("metadata", plan, closing, found, found.text, actor=metadata.signer)


def _holding(section: Section, words: str) -> tuple[Paragraph, str] | None:
    """The paragraph and the sentence of it that hold the words."""
    for paragraph in section.paragraphs:
        if words in paragraph.text:
            return paragraph, next((sentence for sentence in sentences(paragraph.text) if words in sentence), paragraph.text)
    return None


def _paragraph(section: Section, words: str) -> Paragraph | None:
    return next((paragraph for paragraph in section.paragraphs if words in paragraph.text), None)


def _date(printed: str, quote: str) -> Due | None:
    if not printed or printed not in quote:
        return None
    date = next((mention.date for mention in find_dates(printed)), None)
    return Due(printed, "in", date=date) if date else None


def _fact(kind: str, plan: Plan, section: Section, paragraph: Paragraph, quote: str, **fields: object) -> Fact:
    return Fact(kind, plan.id, section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, quote, **fields)  # type: ignore[arg-type]
