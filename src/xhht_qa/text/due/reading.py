"""What the rules of the grammar share: one match with its words, and what a word says on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from xhht_qa.text.due.words import Word
from xhht_qa.types import Date, Due, DueUnit, Recurrence

WEAK = frozenset("pdnyqvWM")  # what these say may be something else; a preposition or a recurrence beside them makes a date of them
LENGTHS: Final[dict[tuple[int, str], Recurrence]] = {
    (1, "month"): "month",
    (3, "month"): "quarter",
    (6, "month"): "half",
    (12, "month"): "year",
    (1, "year"): "year",
}


@dataclass(frozen=True)
class DueMention:
    """A due expression with the offsets of its words: ``text[start:end] == due.text``."""

    due: Due
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """One match of the grammar, its words and the text that they stand in."""

    text: str
    words: Sequence[Word]
    letters: str
    match: re.Match[str]

    def indexes(self, group: str) -> range:
        """The words of a group; empty if it did not take part."""
        return range(*self.match.span(group)) if self.match.group(group) else range(0)

    def letters_of(self, group: str) -> str:
        """Their kinds."""
        return self.match.group(group) or ""

    def printed(self, indexes: range) -> str:
        """Some words as they stand in the text."""
        return self.text[self.words[indexes[0]].start : self.words[indexes[-1]].end] if indexes else ""

    def mention(self, due: Due, indexes: range) -> DueMention:
        """A due that some words say, with these words as its text."""
        start, end = self.words[indexes[0]].start, self.words[indexes[-1]].end
        return DueMention(replace(due, text=self.text[start:end]), start, end)


def alone(of: Reading, index: int) -> DueMention:
    """A recurrence without a date."""
    word = of.words[index]
    if word.kind == "T":
        times, every, amount, unit = word.value
        return of.mention(Due("", "in", every=every, amount=amount, unit=unit, times=times), range(index, index + 1))
    if word.kind == "C":
        return of.mention(Due("", "during", every="always"), range(index, index + 1))
    return of.mention(Due("", "in", every=LENGTHS[word.value] if word.kind == "A" else word.value), range(index, index + 1))


def date_of(word: Word) -> Date | None:
    """The date that a word says; a bare number counts days until the date beside it tells what it counts."""
    if word.kind in "PpdYq":
        return word.value if isinstance(word.value, Date) else None
    if word.kind == "y":
        return Date(year=word.value)
    if word.kind == "n":
        return Date(day=word.value)
    return None


def shared(date: Date, after: Date) -> Date:
    """A date with the month and the year that only the date behind it prints; in another year, where it would come later, the one before."""
    month = after.month if date.month is None and date.day is not None and after.day is not None else date.month
    year = date.year
    if year is None and after.year is not None and (date.month or date.quarter or date.day):
        turned = (date.quarter or 0, month or 0, date.day or 0) > (after.quarter or 0, after.month or 0, after.day or 0) and after.month != month
        year = after.year - 1 if turned else after.year
    return replace(date, year=year, month=month)


def exists(date: Date) -> bool:
    """Whether there is such a month and such a day of a month."""
    return (date.month is None or 1 <= date.month <= 12) and (date.day is None or 1 <= date.day <= 31)


def amount_of(word: Word) -> tuple[int, DueUnit]:
    """How many of what."""
    return (int(word.value.partition(":")[0]), "hour") if word.kind == "h" else word.value


def without_lead(of: Reading, indexes: range) -> range:
    """The indexes behind a recurrence that opens the expression: "hằng năm (trước 15/12)"."""
    start = indexes.start
    if of.letters[start] in "RT":
        start += 1
        while of.letters[start] in ",(":
            start += 1
    return range(start, indexes.stop)


def trimmed(of: Reading, indexes: range) -> range:
    """Without a closing bracket that was not opened inside."""
    letters = of.letters[indexes.start : indexes.stop]
    return indexes[:-1] if letters.endswith(")") and "(" not in letters else indexes
