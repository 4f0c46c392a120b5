"""What a language model is given to work from: numbered pieces of a verified draft, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xhht_qa.types import Draft, Plan, Source, Statement


@dataclass(frozen=True)
class Excerpt:
    """A piece that the model may cite by its number."""

    number: int
    text: str  # what it says, as the extractive answer says it
    frame: tuple[str, ...]  # what stands over it: headings, a list's first line
    sources: tuple[Source, ...]
    place: str  # how the model is told where it stands
    speaker: str  # the plan's name, where several plans speak: who says it must be told
    names: tuple[str, ...]  # how its plans may be spoken of: nobody who issued one is said to do what stands in it


def excerpts_of(draft: Draft, plans: Mapping[str, Plan]) -> list[Excerpt]:
    """The statements of the draft, a list item by item where each item has a source of its own."""
    pieces = [piece for statement in draft.statements for piece in _pieces(statement)]
    return [
        Excerpt(number, text, (*_over(sources, plans), *lead), sources, _place(sources, plans), speaker, _names(sources, plans))
        for number, (text, lead, sources, speaker) in enumerate(pieces, start=1)
    ]


def _pieces(statement: Statement) -> Iterator[tuple[str, tuple[str, ...], tuple[Source, ...], str]]:
    """Text, what stands over it in the statement itself, sources, and the plan that speaks."""
    lines = statement.text.split("\n")
    if len(lines) < 2 or len(lines) != len(statement.sources):
        yield f"{statement.plan}: {statement.text}" if statement.plan else statement.text, (), statement.sources, statement.plan
        return
    for place, (line, source) in enumerate(zip(lines, statement.sources, strict=True)):
        said = line.strip().removeprefix("- ")
        yield f"{statement.plan}: {said}" if statement.plan else said, (lines[0],) if place else (), (source,), statement.plan


def _over(sources: Sequence[Source], plans: Mapping[str, Plan]) -> tuple[str, ...]:
    sections = (plans[source.plan].section(source.section) for source in sources)
    return tuple(dict.fromkeys(heading for section in sections if section for heading in section.path))


def _names(sources: Sequence[Source], plans: Mapping[str, Plan]) -> tuple[str, ...]:
    cited = [plans[plan] for plan in dict.fromkeys(source.plan for source in sources)]
    return tuple(name for plan in cited for name in (plan.title, plan.metadata.issuer) if name)


def _place(sources: Sequence[Source], plans: Mapping[str, Plan]) -> str:
    plan = plans[sources[0].plan]
    section = plan.section(sources[0].section)
    assert section
    return f"{section.label}, {plan.title}"
