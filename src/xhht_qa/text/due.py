"""When something is due, in every form that plans print it: a grammar over the kinds of words of ``due_words``.

Partial dates stay partial and relative ones keep their anchor. A bare period is read as one ("6 tháng đầu năm" in "báo cáo 6 tháng đầu năm"
too): whether it is a deadline or the name of an occasion is for the reader of the sentence to tell; a preposition is part of ``text``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from xhht_qa.text.due_words import Word, words_of
from xhht_qa.types import Date, Due, DueRelation, DueUnit, Recurrence


@dataclass(frozen=True)
class DueMention:
    """A due expression with the offsets of its words: ``text[start:end] == due.text``."""

    due: Due
    start: int
    end: int


_RELATION = "[BDIUFEN]"
_TIME = "(?:o?[ht]o?I?|oI?)?"
_POINT = "(?:(?:[Wv],?)?(?:S?[PpdYyqHG]l?M?|n)|[Wv]|Se|S(?=R)|M|(?<=[ID])e|[ht](?=R))"
_ITEM = f"{_RELATION}{{0,4}}{_TIME}{_POINT}"
_AND = r"(?:\([^()]{0,20}\))?(?:,J?|J)"
_LEAD = r"(?:R,?\(?)?"
_ANCHOR = "[wenqSvWXYyGdMohAt]{1,14}"
# What says most comes first.
_GRAMMAR = re.compile(
    rf"(?P<document>X,?[Pp])"
    rf"|(?P<span>{_LEAD}{_RELATION}{{0,3}}(?P<first>S?[PpdnYyq])[U-][DI]?(?P<second>S?[PpdYyq]l?M?)\)?R?)"
    rf"|(?P<countdown>[DQ]{{0,2}}[BE](?P<event>w[weS]{{0,7}})[Ah])"
    rf"|(?P<period>[NDIFEQB]{{0,4}}(?P<amount>A|h(?!o?I?[PpdWvR]))(?:x|(?P<link>[FEKB])(?P<anchor>(?<!B)[Pp](?![U-])|{_ANCHOR}))?(?!P))"
    rf"|(?P<points>{_LEAD}{_ITEM}(?:{_AND}{_ITEM}){{0,23}}(?:\)|(?:\([^()]{{0,20}}\))?R)?)"
    rf"|(?P<since>F(?P<origin>w[weS]{{0,13}}))"
    rf"|(?P<repeat>[RT](?:(?:,J?|J)[eA](?![wPpnSeA]))*|C)"
)
_ITEMS = re.compile(rf"(?P<relation>{_RELATION}*)(?P<time>{_TIME})(?P<point>{_POINT})")
_BETWEEN = re.compile(_AND)
_WEAK = frozenset("pdnyqvM")  # what these say may be something else; a preposition or a recurrence beside them makes a date of them
_EVENT = re.compile(r"(?:ngày|khi|thời điểm|kỳ|lễ|tết|đại hội|hội nghị)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"\Acủa\s+|\s+của\Z", re.IGNORECASE)
_RELATIONS: Final[tuple[tuple[str, DueRelation], ...]] = (("B", "before"), ("DU", "by"), ("FE", "from"), ("N", "by"))  # the firmest counts
_SPAN_NAME = re.compile(r"(?:năm học|giai đoạn|[^\W\d]+)(?!\w)", re.IGNORECASE)
_LUNAR = "âm lịch"


@dataclass(frozen=True)
class _Match:
    """One match of the grammar, its words and the text that they stand in."""

    text: str
    words: Sequence[Word]
    letters: str
    match: re.Match[str]

    def indexes(self, group: str) -> range:
        return range(*self.match.span(group)) if self.match.group(group) else range(0)

    def letters_of(self, group: str) -> str:
        return self.match.group(group) or ""

    def printed(self, indexes: range) -> str:
        return self.text[self.words[indexes[0]].start : self.words[indexes[-1]].end] if indexes else ""

    def mention(self, due: Due, indexes: range) -> DueMention:
        start, end = self.words[indexes[0]].start, self.words[indexes[-1]].end
        return DueMention(replace(due, text=self.text[start:end]), start, end)


def find_dues(text: str) -> list[DueMention]:
    """Every due expression of a composed text, in order and none overlapping."""
    words = words_of(text)
    letters = "".join(word.kind for word in words)
    found: list[DueMention] = []
    for match in _GRAMMAR.finditer(letters):
        found += _RULES[str(match.lastgroup)](_Match(text, words, letters, match))
    return found


def _document(_: _Match) -> Iterator[DueMention]:
    """The day on which a cited document was issued is nobody's deadline."""
    yield from ()


def _span(of: _Match) -> Iterator[DueMention]:
    """From one date to another: what only the second prints holds for the first too, "từ 01 đến 05/6"."""
    indexes = of.indexes("span")
    first, second = of.indexes("first"), of.indexes("second")
    kind, later_kind = of.letters[first[-1]], of.letters_of("second").strip("SlM")
    before = of.letters[indexes[0] : first[0]]
    supported = "F" in before or "R" in before or (kind not in _WEAK and (later_kind not in _WEAK or later_kind == "y"))
    start, date = _date(of.words[first[-1]]), _date(next(of.words[index] for index in second if of.letters[index] in "PpdYyq"))
    if date is not None and kind == "n":
        start = replace(date, day=of.words[first[-1]].value) if date.day else Date(date.year, month=of.words[first[-1]].value) if date.month else None
        start = start if start and _exists(start) else None
    if not supported or start is None or date is None or _LUNAR in of.printed(indexes):
        yield from _points(of, indexes)
        return
    every = of.words[indexes[-1]].value if of.letters[indexes[-1]] == "R" else None
    lead = of.words[indexes[0]].value if of.letters[indexes[0]] == "R" else None
    if lead and date.year:
        yield of.mention(Due("", "in", every=lead), indexes[:1])
        lead, indexes = None, _without_lead(of, indexes)
    month = next((of.words[index] for index in second if of.letters[index] == "M"), None)
    due = Due("", "during", date, _shared(start, date), every or lead or (month.value if month else None))
    yield of.mention(due, _trimmed(of, indexes))


def _countdown(of: _Match) -> Iterator[DueMention]:
    """So long before or after an event: "trước ngày khai mạc 15 ngày"."""
    indexes, event = of.indexes("countdown"), of.indexes("event")
    printed = of.printed(event)
    if not _EVENT.match(printed):
        return
    amount, unit = _amount(of.words[indexes[-1]])
    yield of.mention(Due("", "before" if of.letters[event[0] - 1] == "B" else "within", amount=amount, unit=unit, anchor=printed), indexes)


def _period(of: _Match) -> Iterator[DueMention]:
    """So long from an anchor: "trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ"."""
    indexes, anchor, link = of.indexes("period"), of.indexes("anchor"), of.letters_of("link")
    place = of.indexes("amount")[0]
    lead = of.letters[indexes[0] : place]
    amount, unit = _amount(of.words[place])
    if link == "B" and not _EVENT.match(of.printed(anchor)):
        anchor, link, indexes = range(0), "", indexes[: place + 1 - indexes[0]]
    follows = not anchor and of.letters[indexes[-1]] == "x"
    early = link in ("B", "K") or ("B" in lead and not link)
    if not (link or follows or "N" in lead or "D" in lead or "B" in lead or (lead and unit == "working_day")):
        return
    if "B" in lead and not link and unit == "hour":  # "trước 14 giờ" is a time of day without its day
        return
    words = of.printed(anchor) if anchor else of.printed(indexes[-1:]) if follows else ""
    yield of.mention(Due("", "before" if early else "within", amount=amount, unit=unit, anchor=words), indexes)


def _since(of: _Match) -> Iterator[DueMention]:
    """From an event on: "kể từ ngày ký"."""
    indexes, origin = of.indexes("since"), of.indexes("origin")
    if of.printed(indexes[:1]).lower().startswith("kể") and _EVENT.match(of.printed(origin)):
        yield of.mention(Due("", "from", anchor=of.printed(origin)), indexes)


def _repeat(of: _Match) -> Iterator[DueMention]:
    """What only recurs: "hằng quý, 6 tháng và năm" is three of them."""
    indexes = of.indexes("repeat")
    for index in indexes:
        word = of.words[index]
        if word.kind == "C":
            yield of.mention(Due("", "during", every="always"), range(index, index + 1))
        elif word.kind == "T":
            times, every, amount, unit = word.value
            yield of.mention(Due("", "in", every=every, amount=amount, unit=unit, times=times), range(index, index + 1))
        elif word.kind in "Re":
            yield of.mention(Due("", "in", every=word.value), range(index, index + 1))
        elif word.kind == "A" and (every := _LENGTHS.get(word.value)):
            yield of.mention(Due("", "in", every=every), range(index, index + 1))


@dataclass(frozen=True)
class _Item:
    """One of the dates that are printed in a row."""

    due: Due
    indexes: range
    kind: str  # of the word that holds the date
    own: bool  # whether it has a preposition of its own
    joined: bool  # whether "và" stands before it
    supported: bool


def _points(of: _Match, indexes: range | None = None) -> Iterator[DueMention]:
    """One date or a few in a row; preposition, recurrence, month and year are printed once for all of them."""
    indexes = of.indexes("points") if indexes is None else indexes
    tail = of.words[indexes[-1]] if of.letters[indexes[-1]] == "R" and len(indexes) > 1 else None
    lead = of.words[indexes[0]] if of.letters[indexes[0]] == "R" else None
    items = list(_items(of, indexes))
    while items and items[-1].kind == "n" and not tail and of.letters[indexes[-1] + 1 : indexes[-1] + 2] not in ("", ".", ",", ")", "B", "D", "U", "J"):
        items.pop()  # "trong tháng 6, 12 xã": the number counts what follows
    items = _shared_forward(items)
    items = [item for place, item in enumerate(items) if tail or lead or _holds(items, place)]
    items = _shared_backward(items)
    if lead and (not items or any(item.due.date and item.due.date.year for item in items) or not _fits(items[0].due, lead.value)):
        yield of.mention(Due("", "in", every=lead.value), range(indexes[0], indexes[0] + 1))
        lead = None
    if tail and items and not all(_fits(item.due, tail.value) for item in items):
        tail_after, tail = tail, None
    else:
        tail_after = None
    for place, item in enumerate(items):
        due, own = item.due, item.indexes
        every: Recurrence | None = due.every or (tail.value if tail else None) or (lead.value if lead else None)
        if place == 0 and lead:
            own = range(indexes[0], own.stop)
        if place == len(items) - 1 and (tail or lead):  # the recurrence behind the last, or the bracket that closes
            own = _trimmed(of, range(own.start, indexes.stop))
        yield of.mention(replace(due, every=every), own)
    if tail and not items:
        tail_after = tail
    if tail_after:
        yield of.mention(Due("", "in", every=tail_after.value), range(indexes[-1], indexes[-1] + 1))


def _items(of: _Match, indexes: range) -> Iterator[_Item]:
    place, joined = _without_lead(of, indexes).start, False
    while place < indexes.stop and (found := _ITEMS.match(of.letters, place, indexes.stop)):
        item = _item(of, found, joined)
        if item is not None:
            yield item
        between = _BETWEEN.match(of.letters, found.end(), indexes.stop)
        if between is None:
            return
        place, joined = between.end(), "J" in between.group()


def _item(of: _Match, found: re.Match[str], joined: bool) -> _Item | None:
    words = {of.letters[index]: of.words[index] for index in range(found.start("time"), found.end())}
    kind = next((letter for letter in "PpdYyqnHGMWveht" if letter in found.group("point")), "S")
    indexes = range(found.start(), found.end())
    relation = _relation(found.group("relation"))
    holder = words[kind]
    date, start = holder.value if kind in "HG" else (_date(holder), None)
    if kind in "HG":
        start, date, relation = holder.value[0], holder.value[1], "during" if relation == "in" else relation
    part, month, clock, weekday = words.get("S"), words.get("M"), words.get("t") or words.get("h"), words.get("W") or words.get("v")
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
        every = "week"
    if "l" in words:  # a day of the lunar calendar is none of ours
        date, start, anchors = None, None, [of.text[holder.start : words["l"].end]]
    due = Due(
        "", relation, date, start, every,
        anchor=" ".join(_OF.sub("", anchor) for anchor in anchors),
        time=clock.value if clock else "",
        weekday=weekday.value if weekday else None,
        last=part.value if part else None,
    )  # fmt: skip
    supported = bool(found.group("relation") or found.group("time") or (month and kind != "M"))
    return _Item(due, indexes, kind, bool(found.group("relation")), joined, supported)


def _shared_forward(items: list[_Item]) -> list[_Item]:
    """Preposition and unit of the date before: "trước ngày 15/6 và 15/12", "tháng 3, 6 và 9", "quý I, III"."""
    shared: list[_Item] = []
    for place, item in enumerate(items):
        before = shared[-1] if shared else None
        date = item.due.date
        if item.kind in "nq":
            date = _same_unit(before.due.date, date) if before and before.due.date and date else None
            if date is None:
                break
        due = replace(item.due, date=date)
        row = item.kind in _WEAK or any(later.joined for later in items[place:])
        if before and not item.own and row and before.own:
            shared.append(replace(item, due=replace(due, relation=before.due.relation), own=True, indexes=item.indexes))
        else:
            shared.append(replace(item, due=due, supported=item.supported or (before is not None and item.kind in "nq")))
    return shared


def _holds(items: Sequence[_Item], place: int) -> bool:
    """Whether a date that may be something else has support: beside it, or in "ngày" printed once for a row."""
    item = items[place]
    if item.kind not in _WEAK or item.supported or item.own:
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
    return date if date and _exists(date) else None


def _shared_backward(items: list[_Item]) -> list[_Item]:
    """Year and month of the date behind: "15/6 và 15/12/2025"."""
    shared: list[_Item] = []
    for item in reversed(items):
        date = item.due.date
        after = shared[-1].due.date if shared else None
        if date and after and _same_shape(date, after) and item.due.start is None:
            date = _shared(date, after)
        shared.append(replace(item, due=replace(item.due, date=date)))
    return shared[::-1]


def _same_shape(date: Date, after: Date) -> bool:
    return (date.quarter is None, date.day is None) == (after.quarter is None, after.day is None) and (date.quarter, date.month, date.day) != (None, None, None)


def _shared(date: Date, after: Date) -> Date:
    """A date with the month and the year that only the date behind it prints; in another year, where it would come later, the one before."""
    month = after.month if date.month is None and date.day is not None and after.day is not None else date.month
    year = date.year
    if year is None and after.year is not None and (date.month or date.quarter or date.day):
        turned = (date.quarter or 0, month or 0, date.day or 0) > (after.quarter or 0, after.month or 0, after.day or 0) and after.month != month
        year = after.year - 1 if turned else after.year
    return replace(date, year=year, month=month)


def _date(word: Word) -> Date | None:
    if word.kind in "PpdYq":
        return word.value if isinstance(word.value, Date) else None
    if word.kind == "y":
        return Date(year=word.value)
    if word.kind == "n":
        return Date(day=word.value)  # a number until the date beside it tells what it counts
    return None


def _relation(letters: str) -> DueRelation:
    return next((relation for kinds, relation in _RELATIONS if set(kinds) & set(letters)), "in")


def _fits(due: Due, every: Recurrence) -> bool:
    """Whether a date can recur so: one with a month recurs every year, one with a year never."""
    if due.every is not None:
        return due.every == every
    if due.date is None:
        return True
    return due.date.year is None and (every in ("year", "always") if due.date.month or due.date.quarter else True)


def _exists(date: Date) -> bool:
    return (date.month is None or 1 <= date.month <= 12) and (date.day is None or 1 <= date.day <= 31)


def _amount(word: Word) -> tuple[int, DueUnit]:
    return (int(word.value.partition(":")[0]), "hour") if word.kind == "h" else word.value


def _without_lead(of: _Match, indexes: range) -> range:
    """The indexes behind a recurrence that opens the expression: "hằng năm (trước 15/12)"."""
    start = indexes.start
    if of.letters[start] == "R":
        start += 1
        while of.letters[start] in ",(":
            start += 1
    return range(start, indexes.stop)


def _trimmed(of: _Match, indexes: range) -> range:
    """Without a closing bracket that was not opened inside."""
    letters = of.letters[indexes.start : indexes.stop]
    return indexes[:-1] if letters.endswith(")") and "(" not in letters else indexes


_LENGTHS: Final[dict[tuple[int, str], Recurrence]] = {
    (1, "month"): "month",
    (3, "month"): "quarter",
    (6, "month"): "half",
    (12, "month"): "year",
    (1, "year"): "year",
}
_RULES: Final[dict[str, Callable[[_Match], Iterator[DueMention]]]] = {
    "document": _document, "span": _span, "countdown": _countdown, "period": _period, "points": _points, "since": _since, "repeat": _repeat,
}  # fmt: skip
