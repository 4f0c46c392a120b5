"""The last step: what a draft says must stand in what it cites; a statement that does not goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.dates import dates_in, find_dates
from xhht_qa.text.normalise import CAPITAL, compose
from xhht_qa.text.remembered import remembered
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Draft, Plan, Source, Statement

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_SHORT_FORM = re.compile(rf"(?:.* )?{CAPITAL}[\w&-]*{CAPITAL}\w*")  # "UBKT", "Sở GDĐT"; "Sở" alone is no short form but a way to speak


def verify(draft: Draft, plans: Mapping[str, Plan]) -> Draft:
    """The draft without unsupported statements; one that has none left but needs some becomes ``not_found``.

    A lead or tail that states more than the statements under it goes too; of readings to pick from, a single one left is the answer.
    """
    kept = tuple(statement for statement in draft.statements if _holds(statement, plans))
    if not draft.statements:
        return draft
    if not kept:
        return Draft("not_found", messages.NOT_FOUND)
    if draft.status == "clarify" and len(kept) == 1 < len(draft.statements):
        return replace(draft, status="answered", lead="", statements=kept, options=())
    # the readings to pick from go with their statements
    options = tuple(option for option, statement in zip(draft.options, draft.statements, strict=False) if statement in kept)
    return replace(draft, statements=kept, options=options, lead=_backed(draft.lead, kept, plans), tail=_backed(draft.tail, kept, plans))


def _holds(statement: Statement, plans: Mapping[str, Plan]) -> bool:
    """Every quote is printed in its section; all that is stated in a cited section, its headings or the head of its plan."""
    if not statement.sources or not all(_is_printed(source, plans) for source in statement.sources):
        return False
    return _states(statement.text, _evidence(statement.sources, plans), lambda: _short_forms(statement.sources, plans))


def _backed(frame: str, kept: Sequence[Statement], plans: Mapping[str, Plan]) -> str:
    """A lead or tail, "" if it states what neither the sources nor the name of a plan say; it may count what stands under it."""
    sources = [source for statement in kept for source in statement.sources]
    items = sum(line.lstrip().startswith("- ") for statement in kept for line in statement.text.split("\n"))
    cited = {source.plan: plans[source.plan] for source in sources}
    titles = [text for plan in cited.values() for text in (plan.title, plan.metadata.issuer)]
    printed = "\n".join([_evidence(sources, plans), *titles, str(len(kept)), str(items)])
    return frame if _states(frame, printed, lambda: _short_forms(sources, plans)) else ""


def _states(text: str, printed: str, short_forms: Callable[[], Mapping[str, str]]) -> bool:
    """Whether every date, number, quotation and agency of the text is printed, an agency in any form that the plan explains."""
    dates = dates_in(printed)
    if not all(any(date.covers(other) for other in dates) for date in dates_in(text)) or not _numbers(text) <= _numbers(printed):
        return False
    composed = compose(printed)
    if not all(compose(quoted) in composed for quoted in _quotations(text)):
        return False
    syllables = _syllables(printed)
    otherwise = [agency for agency in agencies_in(text) if _syllables(agency) not in syllables]
    forms = short_forms() if otherwise else {}  # all facts of a plan are read for them
    return all(any(_syllables(form) in syllables for form in _forms(agency, forms)) for agency in otherwise)


def _is_printed(source: Source, plans: Mapping[str, Plan]) -> bool:
    section = plans[source.plan].section(source.section) if source.plan in plans else None
    return bool(source.quote) and section is not None and source.quote in section.text


def _evidence(sources: Sequence[Source], plans: Mapping[str, Plan]) -> str:
    """The cited sections with the headings above them, and how the plans themselves are named."""
    lines = []
    for source in sources:
        plan = plans[source.plan]
        section = plan.section(source.section)
        assert section
        lines += [section.text, *section.path, plan.title, plan.metadata.issuer, plan.metadata.number, plan.metadata.date]
    return "\n".join(dict.fromkeys(lines))


def _short_forms(sources: Sequence[Source], plans: Mapping[str, Plan]) -> dict[str, str]:
    """Short form → long form, as the cited plans explain them."""
    facts = [fact for plan in dict.fromkeys(source.plan for source in sources) for fact in plans[plan].facts if fact.kind == "definition"]
    return {fact.object: fact.value for fact in facts if fact.value and _SHORT_FORM.fullmatch(fact.object)}


def _forms(agency: str, short_forms: Mapping[str, str]) -> list[str]:
    """The agency with a short form spelt out or a long form shortened."""
    pairs = [pair for short, long in short_forms.items() for pair in ((short, long), (long, short))]
    return [agency.replace(one, other) for one, other in pairs if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", agency)]


def _quotations(text: str) -> list[str]:
    return [quoted for line in text.split("\n") for pair in _QUOTED.findall(line) for quoted in pair if quoted]


def _syllables(text: str) -> str:
    """Folded, short forms of office language spelt out, each syllable between blanks: one string stands in another syllable by syllable."""
    return f" {' '.join(folded_syllables(text))} "


@remembered
def _numbers(text: str) -> frozenset[str]:
    """The whole numbers and decimals of a text, its dates left out; "04" and "4" are one, "250.000" is no part of "1.250.000"."""
    text = compose(text)
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return frozenset(number.lstrip("0") or "0" for number in _NUMBER.findall(text))
