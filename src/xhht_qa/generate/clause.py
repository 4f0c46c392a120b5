"""Whether one printed clause, under what stands over it, says what a sentence says: all of its parts, and together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from xhht_qa.generate.lexicon import HEDGES, MODALS, PARTING, SIDES, TURNING
from xhht_qa.generate.reading import Reading, Token, level, read, sequence, words
from xhht_qa.text.agencies import agencies_in
from xhht_qa.types import Why

_WINDOW = 3  # words before a value that say on which side of it
_BARE = 2  # words, without which a value is the value of nothing
_TURNED = 2  # pairs that a short sentence breaks when it is turned round its value
_SHORT = 6  # pairs
_ALIKE = 0.6  # of the neighbouring words; a paraphrase that turns a clause round breaks one or two of its pairs
_NEGATIONS, _SIDES, _MODALS = (frozenset(map(level, listed)) for listed in (TURNING, SIDES, MODALS))
_BINDING = frozenset(map(level, ("phải", "được")))
_HEDGES = tuple(f" {' '.join(map(level, hedge.split()))} " for hedge in HEDGES)
_PARTING = frozenset({",", ";", *map(level, PARTING)})
_LISTED = re.compile(r" và |[,-]")  # in what may be two names
_VALUES = ("number", "date", "code")


@dataclass(frozen=True)
class Clause:
    """A printed clause with its frame: headings, the first line of its list, the name of its plan."""

    text: str
    frame: str = ""
    cells: tuple[str, ...] = ()  # of a row of a table, "Chủ trì: Sở …"

    @cached_property
    def tokens(self) -> Reading:
        """Its own tokens."""
        return read(self.text)

    @cached_property
    def over(self) -> Reading:
        """Those of its frame."""
        return tuple(token for line in self.frame.split("\n") for token in (*read(line), Token("sign", ".")))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words and those of its frame."""
        return frozenset(token.text for token in (*self.over, *self.tokens) if token.kind == "word")

    def why_not(self, text: str) -> Why | None:
        """Why the clause does not say what the text says; None if it does."""
        said = read(text)
        if sum(token.kind == "word" for token in said) < _BARE:
            return "mixed"
        if why := self._value_missing(said):
            return why
        if missing := [word for word in words(said) if word not in self.words]:
            return "negation" if set(missing) & _NEGATIONS else "modality" if set(missing) & _MODALS else "word"
        if not _in_order([sequence(read(agency)) for agency in agencies_in(text)], sequence(self.over), sequence(self.tokens)):
            return "agency"
        if any(self._is_part_of_a_name(agency, said) for agency in agencies_in(text)):
            return "agency"
        if _turned(said, self.tokens):
            return "negation"
        if _unhedged(said, self.tokens) or _bound_otherwise(said, (*self.over, *self.tokens)):
            return "modality"
        return None if self._kept_together(said) and self._runs_alike(said) and self._keeps_to_cells(text) else "mixed"

    def _is_part_of_a_name(self, agency: str, said: Reading) -> bool:
        """Whether what is named is the end of a longer printed name: the Front itself is not its committee."""
        end, told = sequence(read(agency)), sequence(said)
        whole = (sequence(read(name)) for name in agencies_in(f"{self.frame}\n{self.text}") if not _LISTED.search(name))
        return any(name != end and name.endswith(end) and name not in told for name in whole)

    def _keeps_to_cells(self, text: str) -> bool:
        """Whether an agency of a row is named with the head of its own column, and no other head is: who leads is not taken for who takes part."""
        spoken, told = set(words(read(text))), sequence(read(text))
        cells = [(set(words(read(head))), value) for head, _, value in (cell.partition(":") for cell in self.cells)]
        headed = [place for place, (head, _) in enumerate(cells) if head and head <= spoken]
        named = [place for place, (_, value) in enumerate(cells) if any(sequence(read(agency)) in told for agency in agencies_in(value))]
        held = all(set(words(read(cells[place][1]))) <= spoken for place in headed)
        return len(headed) <= 1 and held and set(named) <= set(headed)

    def _runs_alike(self, said: Reading) -> bool:
        """Whether most words stand beside the same words as in print; a Vietnamese word is mostly two of them, and a sentence more than their sum."""
        printed = {*_pairs(self.over), *_pairs(self.tokens)}
        beside = list(_pairs(said))
        broken = sum(pair not in printed for pair in beside)
        if len(beside) < _SHORT:  # an agency's name alone, turned round: in so few words there is nothing to rephrase
            return not broken or (broken <= _TURNED and any(token.kind in _VALUES for token in said))
        return broken <= (1 - _ALIKE) * len(beside) or (broken <= _TURNED and any(token.kind in _VALUES for token in said))

    def _value_missing(self, said: Reading) -> Why | None:
        printed = (*self.over, Token("sign", "."), *self.tokens)
        for place, token in enumerate(said):
            if token.kind not in _VALUES:
                continue
            found = [other for other, candidate in enumerate(printed) if _same(token, candidate)]
            if not found:
                return "date" if token.kind == "date" else "number"
            if not any(_sides(said, place) == _sides(printed, other) and _unit_agrees(said, place, printed, other) for other in found):
                return "mixed"
        return None

    def _kept_together(self, said: Reading) -> bool:
        """Of several numbers, or dates, each has its own words beside it, as in print: "các xã … 28/11, các phòng … 30/11" is not taken crosswise."""
        over = {token.text for token in self.over}
        for kind in ("date", "number"):
            if sum(token.kind == kind for token in self.tokens) < 2:
                continue
            if not _follow([token for token in said if token.kind == kind], [token for token in self.tokens if token.kind == kind]):
                return False
            printed = _groups(self.tokens, kind)
            for group in _groups(said, kind):
                values = [token for token in group if token.kind == kind and any(_same(token, other) for other in self.tokens)]
                holders = [other for other in printed if all(any(_same(value, one) for one in other) for value in values)]
                if values and not any(set(words(group)) <= {token.text for token in other} | over for other in holders):
                    return False
        return True


def _follow(said: Sequence[Token], printed: Sequence[Token]) -> bool:
    """Whether values come in the order of the print: "2028 - 2030" is no "2030 - 2028"."""
    places = iter(printed)
    known = [value for value in said if any(_same(value, other) for other in printed)]
    return all(any(_same(value, other) for other in places) for value in known)


def _same(said: Token, printed: Token) -> bool:
    """Whether a value is printed; a date may say less than its print, never more."""
    if said.kind == "date" and printed.kind == "date":
        return said.date is not None and printed.date is not None and said.date.covers(printed.date)
    return said.kind == printed.kind and said.text == printed.text


def _unit_agrees(said: Reading, place: int, printed: Reading, other: int) -> bool:
    """Whether the word behind a number is the one that is printed behind it: "40 nhà" is not "40 hộ"."""
    behind = said[place + 1] if place + 1 < len(said) else None
    if said[place].kind != "number" or behind is None or behind.kind != "word" or behind.joins:
        return True
    return other + 1 < len(printed) and printed[other + 1].text == behind.text


def _sides(reading: Reading, place: int) -> frozenset[str]:
    """The words just before a value that say on which side of it."""
    before: set[str] = set()
    for token in reversed(reading[max(place - _WINDOW, 0) : place]):
        if token.kind != "word":
            break
        before.add(token.text)
    return frozenset(before & _SIDES)


def _in_order(names: Sequence[str], over: str, printed: str) -> bool:
    """Whether the names of the frame come first, and the others in the order of the print: who gives is not taken for who receives."""
    start = 0
    for name in names:
        found = printed.find(name, start)
        if found >= 0:
            start = found  # one name may lie within another
        elif start or name in printed or name not in over:
            return False
    return True


def _turned(said: Reading, printed: Reading) -> bool:
    """Whether a negation is added, taken away, or moved to another word."""
    mine, theirs = _negated(said), _negated(printed)
    if not set(mine.values()) <= set(theirs.values()):
        return True
    spoken = {token.text for place, token in enumerate(said) if place not in mine}
    plain = {token.text for place, token in enumerate(printed) if place not in theirs}
    return any(word in spoken and word not in plain for _, word in theirs.values())


def _negated(reading: Reading) -> dict[int, tuple[str, str]]:
    """The places of words that are negated, each with its negation: of "không được chuyển" the last one."""
    found = {}
    for place, token in enumerate(reading):
        if token.text in _NEGATIONS:
            behind = range(place + 1, len(reading))
            target = next((other for other in behind if reading[other].text not in _MODALS and reading[other].kind != "sign"), None)
            if target is not None:
                found[target] = token.text, reading[target].text
    return found


def _unhedged(said: Reading, printed: Reading) -> bool:
    """Whether something is said that is printed behind a word that weakens or binds it, without that word."""
    mine, theirs = _spoken(said), _spoken(printed)
    telling = set(words(said)) | {token.text for token in said if token.kind in _VALUES}
    for hedge in _HEDGES:
        if hedge in theirs and hedge not in mine and telling & set(theirs.partition(hedge)[2].split()):
            return True
    return any(hedge in mine and hedge not in theirs for hedge in _HEDGES)


def _bound_otherwise(said: Reading, printed: Reading) -> bool:
    """Whether "phải" or "được" stands before a word before which it is not printed: who may propose is not told to."""
    known = {(one.text, other.text) for one, other in pairwise(printed)}
    return any(one.text in _BINDING and other.kind == "word" and (one.text, other.text) not in known for one, other in pairwise(said))


def _pairs(reading: Reading) -> Iterator[tuple[str, str]]:
    return ((one.text, other.text) for one, other in pairwise(token for token in reading if not token.joins) if "sign" not in (one.kind, other.kind))


def _spoken(reading: Reading) -> str:
    return f" {' '.join(token.text for token in reading if token.kind != 'sign')} "


def _groups(reading: Reading, kind: str) -> list[Reading]:
    """The reading cut at commas so that values of the kind stand apart; a piece without one belongs to the next, or to the one before if the next begins with its value."""
    pieces: list[list[Token]] = [[]]
    for token in reading:
        if token.text in _PARTING:
            pieces.append([])
        else:
            pieces[-1].append(token)
    groups: list[list[Token]] = []
    waiting: list[Token] = []
    for piece in filter(None, pieces):
        if not any(token.kind == kind for token in piece):
            waiting += piece
        elif groups and piece[0].kind == kind:
            groups[-1] += waiting
            groups.append(piece)
            waiting = []
        else:
            groups.append([*waiting, *piece])
            waiting = []
    if groups:
        groups[-1] += waiting
    return [tuple(group) for group in groups or [waiting]]
