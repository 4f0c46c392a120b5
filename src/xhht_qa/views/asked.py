"""What the address of a page asks for; whatever else a browser sends is refused in one sentence for its user."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from xhht_qa import messages
from xhht_qa.errors import QuestionError, UnknownPlan
from xhht_qa.facts import Span, named_days
from xhht_qa.text.normalise import compose, fold

_LONGEST = 200  # characters of a value
_SHOWN = 60  # of them in a sentence that refuses it
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])\Z|(?P<before>0?[1-9]|1[0-2])/(?P<after>(?:19|20)\d\d)\Z", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """The values of an address by their names; a missing one and a blank one are "". Every method raises QuestionError or UnknownPlan."""

    values: Mapping[str, str]

    def words(self, name: str) -> str:
        """What a person typed, on one line."""
        given = self.values.get(name, "")
        if len(given) > _LONGEST:
            raise QuestionError(messages.long_value(_LONGEST))
        return compose("".join(character if character.isprintable() else " " for character in given))

    def plan(self, name: str, plans: Collection[str]) -> str:
        """The id of a plan that is there, or ""."""
        given = self.words(name)
        if given and given not in plans:
            raise UnknownPlan(messages.unknown_plan(given[:_SHOWN]))
        return given

    def one_of(self, name: str, known: Collection[str]) -> str:
        """One of the choices that the page offers, or ""."""
        given = self.words(name)
        if given and given not in known:
            raise QuestionError(messages.unknown_choice(given[:_SHOWN]))
        return given

    def day(self, name: str) -> date | None:
        """A day of the calendar: 2025-06-15 or 15/6/2025."""
        given = self.words(name)
        span = named_days(given) if given else None
        if given and (span is None or span.first != span.last):
            raise QuestionError(messages.wrong_day(given[:_SHOWN]))
        return span.first if span else None

    def month(self, name: str) -> Span | None:
        """The days of a month: 2025-06 or 6/2025."""
        given = self.words(name)
        match = _MONTH.match(given)
        if given and match is None:
            raise QuestionError(messages.wrong_month(given[:_SHOWN]))
        return month_span(int(match["year"] or match["after"]), int(match["month"] or match["before"])) if match else None

    def number(self, name: str) -> int | None:
        """A whole number from 1, of a page."""
        given = self.words(name)
        if given and not _NUMBER.fullmatch(given):
            raise QuestionError(messages.wrong_page(given[:_SHOWN]))
        return int(given) if given else None

    def year(self, name: str) -> int | None:
        """A year of this century or the one before."""
        given = self.words(name)
        if given and not _YEAR.fullmatch(given):
            raise QuestionError(messages.wrong_year(given[:_SHOWN]))
        return int(given) if given else None


def month_span(year: int, month: int) -> Span:
    """From the first to the last day of a month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def names_agency(forms: Collection[str], *texts: str) -> bool:
    """Whether the texts hold the words of one form of an agency's name: as typed, "P.GDĐT", or spelt out."""
    return any(holds(form, *texts) for form in forms)


def holds(words: str, *texts: str) -> bool:
    """Whether the texts together hold every one of the words, with or without accents."""
    known = fold(compose(" ".join(texts)))
    return all(word in known for word in fold(words).split())
