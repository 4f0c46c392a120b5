"""One quantity printed with two figures: two of a total's digits changed places, or the same words with another figure in another part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ingest.facts.amounts import Amount, amounts_in
from ingest.facts.clauses import LONGEST, without_mark
from ingest.facts.topics import topic_of
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Fact, Paragraph, Plan, Section

_LEAST_DIGITS = 3  # that are no noughts at the end: two of 15 and 51 are no slip of the pen
_LEAST_WORDS = 6  # beside the figure, that are the same
_TOTAL = re.compile(r"(?:tổng|toàn|cả)(?! (?:hợp|kết))(?!\w)", re.IGNORECASE)
_LEAST_OF_TOTAL = 3  # words
_VARIES = ("criterion", "award", "phase", "dossier", "target")  # for each subject or span another figure


@dataclass(frozen=True)
class _Printed:
    section: Section
    paragraph: Paragraph
    clause: str
    amount: Amount

    @property
    def words(self) -> tuple[str, ...]:
        """Its clause without the figure."""
        return tuple(folded_syllables(f"{self.clause[: self.amount.start]} {self.clause[self.amount.end - len(self.amount.text) + len(self.amount.figure) :]}"))


def two_amounts(plan: Plan) -> Iterator[Fact]:
    """A contradiction at the later of two places; ``other`` is the section of the earlier one."""
    printed = [
        _Printed(section, paragraph, clause, amount)
        for section in plan.sections
        for paragraph in section.paragraphs
        if not paragraph.cells and len(paragraph.text) <= LONGEST
        for sentence in sentences(without_mark(paragraph.text))
        for clause in clauses(sentence)
        for amount in amounts_in(clause)
        if amount.exact and not amount.unit.endswith("/")
    ]
    pairs = {(id(one), id(other)): (one, other) for one, other in [*_digits_exchanged(printed), *_said_again(printed)]}
    for one, other in pairs.values():
        paragraph = other.paragraph
        yield Fact(
            "contradiction", plan.id, other.section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, other.clause,
            object=_label(other), value=other.amount.text, other=one.section.address,
        )  # fmt: skip


def _digits_exchanged(printed: list[_Printed]) -> Iterator[tuple[_Printed, _Printed]]:
    """The two greatest figures of a unit, if they differ by two digits beside each other: 4.520 and 4.250."""
    by_unit: dict[str, list[_Printed]] = defaultdict(list)
    for one in printed:
        if not one.amount.is_money:
            by_unit[one.amount.unit].append(one)
    for found in by_unit.values():
        greatest = sorted({one.amount.value for one in found}, reverse=True)[:2]
        first = [next(one for one in found if one.amount.value == value) for value in greatest]
        if len(first) == 2 and _exchanged(first[0].amount.figure, first[1].amount.figure) and _elsewhere(first[0], first[1]):
            one, other = sorted(first, key=printed.index)
            yield one, other


def _exchanged(one: str, other: str) -> bool:
    first, second = (re.sub(r"\D", "", figure) for figure in (one, other))
    places = [place for place, (mine, theirs) in enumerate(zip(first, second, strict=False)) if mine != theirs]
    return (
        len(first) == len(second) and len(first.rstrip("0")) >= _LEAST_DIGITS and len(places) == 2 and places[1] == places[0] + 1
        and first[places[0]] == second[places[1]] and first[places[1]] == second[places[0]] and "0" not in (first[places[0]], second[places[0]])
    )  # fmt: skip


def _said_again(printed: list[_Printed]) -> Iterator[tuple[_Printed, _Printed]]:
    """The same words in another part with another figure; of totals fewer words are enough, if just two are printed."""
    by_words: dict[tuple[str, tuple[str, ...]], list[_Printed]] = defaultdict(list)
    for one in printed:
        least = _LEAST_OF_TOTAL if _TOTAL.match(one.clause) else _LEAST_WORDS
        if len(one.words) >= least and topic_of(one.section.path[::-1]) not in _VARIES:
            by_words[one.amount.unit, one.words].append(one)
    for found in by_words.values():
        for one, other in combinations(found, 2):
            if len(found) == 2 and one.amount.value != other.amount.value and _elsewhere(one, other):
                yield one, other


def _elsewhere(one: _Printed, other: _Printed) -> bool:
    """Whether they stand in different parts: in one part the headings are the reason for another figure."""
    return one.section.address.split(".")[0] != other.section.address.split(".")[0]


def _label(one: _Printed) -> str:
    before = re.sub(r"(?:\s+(?:là|khoảng|dự kiến|có|đạt))*\s*:?\s*$", "", one.clause[: one.amount.start]).strip(" ,:")
    return before or one.clause[one.amount.start :].strip(" ,.;:")
