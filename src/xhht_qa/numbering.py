"""Statements as text with [n] behind each, and the citations that the numbers stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xhht_qa import messages
from xhht_qa.types import Citation, Draft, Plan, Sentence, Source, Statement


class Numbering:
    """Numbers of one answer, in the order in which sources are first cited."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._plans = plans
        self._markers: dict[Source, int] = {}

    def draft(self, draft: Draft) -> Sentence:
        """A whole draft: its lead, its statements as sentences, list or table, its tail."""
        known = len(self._markers)
        said = [(statement, self._marks(statement)) for statement in draft.statements]
        body = _rows(said) if draft.side_by_side and not any("\n" in statement.text for statement, _ in said) else _items(said)
        return Sentence("\n".join(filter(None, (draft.lead, *body, draft.tail))), self._citations(known))

    def statement(self, statement: Statement) -> Sentence:
        """One sentence, white space before it kept."""
        known = len(self._markers)
        marks = self._marks(statement)
        return Sentence(f"{statement.text} {marks}" if marks else statement.text, self._citations(known))

    def _marks(self, statement: Statement) -> str:
        numbers = [self._markers.setdefault(self._per_section(source), len(self._markers) + 1) for source in statement.sources]
        return " ".join(f"[{number}]" for number in dict.fromkeys(numbers))

    def _citations(self, known: int) -> tuple[Citation, ...]:
        """Those of the numbers after the ``known`` first ones."""
        return tuple(self._citation(source, number) for source, number in self._markers.items() if number > known)

    def _per_section(self, source: Source) -> Source:
        """Pieces of one section share a marker when one quote holds them; a list is cited once, by its section."""
        markers = self._markers
        return next((known for known in markers if known.plan == source.plan and known.section == source.section and source.quote in known.quote), source)

    def _citation(self, source: Source, marker: int) -> Citation:
        plan = self._plans[source.plan]
        section = plan.section(source.section)
        assert section
        quoted = [p for p in section.paragraphs if p.bullet == source.bullet and source.quote in p.text]
        quoted = quoted or [p for p in section.paragraphs if p.text in source.quote or source.quote in p.text]
        first, last = quoted[0].first_line, quoted[-1].last_line
        return Citation(
            marker, plan.id, plan.title, section.address, source.bullet or None, section.label, section.path, source.quote, first, last, quoted[0].page
        )


def _rows(said: Sequence[tuple[Statement, str]]) -> list[str]:
    """A table in markdown, a plan a row; a blank line sets it apart from the words around it."""
    head = f"| {' | '.join(messages.TABLE_HEAD)} |"
    rows = [f"| {_cell(statement.plan)} | {_cell(statement.text)} {marks} |" for statement, marks in said]
    return ["\n" + head, "| --- | --- |", *rows[:-1], rows[-1] + "\n"] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _items(said: Sequence[tuple[Statement, str]]) -> list[str]:
    """Statements one under the other, several of them as a list with their own lists one level in."""
    texts = [(f"{statement.plan}: {statement.text}" if statement.plan else statement.text, marks) for statement, marks in said]
    several = len(texts) > 1
    return ["- " * several + text.replace("\n", "\n  " if several else "\n") + f" {marks}" for text, marks in texts]
