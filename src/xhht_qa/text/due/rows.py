"""Dates in a row, or one: preposition, recurrence, month and year are printed once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from xhht_qa.text.due.reading import WEAK, DueMention, Reading, alone, date_of, exists, shared, trimmed, without_lead
from xhht_qa.text.due.words import Word
from xhht_qa.types import Date, Due, DueRelation, Recurrence

RELATION = "[BDIUFEN]"
_TIME = "(?:[ht][U-][ht]o?I?|o?[ht]o?I?|oI?)?"
_POINT = "(?:(?:[Wv],?)?(?:S?[PpdYyqHG]l?M?|n)(?:\\([Wv]\\))?|[Wv](?:Se)?|Se|S(?=R)|M|(?<=[ID])e|[ht](?=R))"
ITEM = f"{RELATION}{{0,4}}{_TIME}{_POINT}"
AND = r"(?:\([^()]{0,20}\))?(?:,J?|J)"
_ITEMS = re.compile(rf"(?P<relation>{RELATION}*)(?P<time>{_TIME})(?P<point>{_POINT})")
_BETWEEN = re.compile(AND)
_OF = re.compile(r"\Acủa\s+|\s+của\Z", re.IGNORECASE)
_RELATIONS: Final[tuple[tuple[str, DueRelation], ...]] = (("B", "before"), ("DU", "by"), ("FE", "from"), ("N", "by"))  # the firmest counts
_SPAN_NAME = re.compile(r"(?:năm học|giai đoạn|[^\W\d]+)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class _Item:
    """One of the dates that are printed in a row."""

    due: Due
    indexes: range
    kind: str  # of the word that holds the date
    own: bool  # whether it has a preposition of its own
    joined: bool  # whether "và" stands before it
    supported: bool


def row(of: Reading, indexes: range | None = None) -> Iterator[DueMention]:
    """One date or a few in a row; preposition, recurrence, month and year are printed once for all of them."""
    indexes = of.indexes("points") if indexes is None else indexes
    tail = of.words[indexes[-1]] if of.letters[indexes[-1]] == "R" and len(indexes) > 1 else None
    lead = of.words[indexes[0]] if of.letters[indexes[0]] in "RT" else None
    items = list(_items(of, indexes))
    while items and items[-1].kind == "n" and not tail and of.letters[indexes[-1] + 1 : indexes[-1] + 2] not in ("", ".", ",", ")", "B", "D", "U", "J"):
        items.pop()  # "trong tháng 6, 12 xã": the number counts what follows
    items = _shared_forward(items)
    items = [item for place, item in enumerate(items) if tail or lead or _holds(items, place)]
    items = _shared_backward(items)
    before = _recurrence(lead, items)
    behind = _recurrence(tail, items)
    if lead and (before is None or lead.kind == "T"):
        yield alone(of, indexes[0])
    for place, item in enumerate(items):
        own = item.indexes
        if place == 0 and before and lead and lead.kind == "R":
            own = range(indexes[0], own.stop)
        if place == len(items) - 1 and behind:
            own = range(own.start, indexes.stop)
        elif place == len(items) - 1 and before and own.stop < indexes.stop and of.letters[own.stop] == ")":
            own = trimmed(of, range(own.start, own.stop + 1))  # "hằng năm (trước 15/12)"
        yield of.mention(replace(item.due, every=item.due.every or behind or before), own)
    if tail and behind is None:
        yield alone(of, indexes[-1])


def _recurrence(word: Word | None, items: Sequence[_Item]) -> Recurrence | None:
    """How the dates recur by a word before or behind them; None if it cannot be meant for them.

    A day of a year that is due "định kỳ 6 tháng" or "hằng quý" is due every year; what has a year is due once.
    """
    if word is None or not items:
        return None
    every: Recurrence | None = word.value[1] if word.kind == "T" else word.value
    yearly = [bool(item.due.date and (item.due.date.month or item.due.date.quarter)) for item in items]
    if any((item.due.date and item.due.date.year) or item.due.every not in (None, every) for item in items):
        return None
    if any(yearly):
        return "year" if all(yearly) and every in ("year", "half", "quarter") else None
    return every


def _items(of: Reading, indexes: range) -> Iterator[_Item]:
    place, joined = without_lead(of, indexes).start, False
    while place < indexes.stop and (found := _ITEMS.match(of.letters, place, indexes.stop)):
        yield _item(of, found, joined)
        between = _BETWEEN.match(of.letters, found.end(), indexes.stop)
        if between is None:
            return
        place, joined = between.end(), "J" in between.group()


def _item(of: Reading, found: re.Match[str], joined: bool) -> _Item:
    words = {of.letters[index]: of.words[index] for index in range(found.start("time"), found.end())}
    kind = next((letter for letter in "PpdYyqnHGMWveht" if letter in found.group("point")), "S")
    indexes = range(found.start(), found.end())
    relation = _relation(found.group("relation"))
    holder = words[kind]
    date, start = holder.value if kind in "HG" else (date_of(holder), None)
    if kind in "HG":
        start, date, relation = holder.value[0], holder.value[1], "during" if relation == "in" else relation
    part, month, weekday = words.get("S"), words.get("M"), words.get("W") or words.get("v")
    clock = next((of.words[index] for index in range(*found.span("time")) if of.letters[index] in "ht"), words.get("h") or words.get("t"))
    if "U" in found.group("time") or "-" in found.group("time"):  # from one hour to another
        relation = "in"
    anchors = [of.text[word.start : word.end] for word in (part, month) if word is not None and word.value not in ("day", "working_day")]
    if part and not part.value and kind in "PYGS":  # "cuối năm 2025" hangs on "cuối năm"
        span = _SPAN_NAME.match(of.text, holder.start)
        anchors[0] = of.text[part.start : span.end()] if span else anchors[0]
    every: Recurrence | None = month.value if month else None
    if kind == "e" and (part is None or not part.value):
        anchors = [of.text[(part or holder).start : holder.end]]
    elif kind == "e":
        every = holder.value
    if weekday and kind in "Wv":
        every = words["e"].value if "e" in words else "week"
        anchors = [of.text[part.start : words["e"].end]] if part and "e" in words else anchors
    if "l" in words:  # a day of the lunar calendar is none of ours
        date, start, anchors = None, None, [of.text[holder.start : words["l"].end]]
    due = Due(
        "", relation, date, start, every,
        anchor=" ".join(_OF.sub("", anchor) for anchor in anchors),
        time=clock.value if clock else "",
        weekday=weekday.value if weekday else None,
        last=part.value if part else None,
    )  # fmt: skip
    supported = bool(found.group("relation") or found.group("time") or (month and kind != "M") or "e" in words)
    return _Item(due, indexes, kind, bool(found.group("relation")), joined, supported)


def _shared_forward(items: list[_Item]) -> list[_Item]:
    """Preposition and unit of the date before: "trước ngày 15/6 và 15/12", "tháng 3, 6 và 9", "quý I, III"."""
    done: list[_Item] = []
    for place, item in enumerate(items):
        before = done[-1] if done else None
        date = item.due.date
        if item.kind in "nq":
            date = _same_unit(before.due.date, date) if before and before.due.date and date else None
            if date is None:
                break
        due = replace(item.due, date=date)
        inherits = item.kind in WEAK or any(later.joined for later in items[place:])
        if before and not item.own and inherits and before.own:
            done.append(replace(item, due=replace(due, relation=before.due.relation), own=True))
        else:
            done.append(replace(item, due=due, supported=item.supported or (before is not None and item.kind in "nq")))
    return done


def _holds(items: Sequence[_Item], place: int) -> bool:
    """Whether a date that may be something else has support: beside it, or in "ngày" printed once for a row."""
    item = items[place]
    if item.kind not in WEAK or item.supported or item.own:
        return True
    if item.kind == "p":
        return any(before.kind in "Pd" for before in items[:place])
    return item.kind == "d" and any(after.kind == "p" for after in items[place + 1 :])


def _same_unit(before: Date, number: Date) -> Date | None:
    """A bare number as what the date before it counts: quarters, months or days."""
    if number.quarter or before.quarter:
        quarter = number.quarter or number.day or 0
        return Date(number.year, quarter) if before.quarter and quarter <= 4 else None
    date = None if before.day and before.month else number if before.day else Date(month=number.day) if before.month else None
    return date if date and exists(date) else None


def _shared_backward(items: list[_Item]) -> list[_Item]:
    """Year and month of the date behind: "15/6 và 15/12/2025"."""
    done: list[_Item] = []
    for item in reversed(items):
        date = item.due.date
        after = done[-1].due.date if done else None
        if date and after and _same_shape(date, after) and item.due.start is None:
            date = shared(date, after)
        done.append(replace(item, due=replace(item.due, date=date)))
    return done[::-1]


def _same_shape(date: Date, after: Date) -> bool:
    return (date.quarter is None, date.day is None) == (after.quarter is None, after.day is None) and (date.quarter, date.month, date.day) != (None, None, None)


def _relation(letters: str) -> DueRelation:
    return next((relation for kinds, relation in _RELATIONS if set(kinds) & set(letters)), "in")
