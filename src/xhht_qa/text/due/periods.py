"""From one date to another, and so long before or after an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from xhht_qa.text.due.reading import DueMention, Reading, alone, amount_of, date_of, exists, shared, trimmed, without_lead
from xhht_qa.text.due.rows import row
from xhht_qa.types import Date, Due

_EVENT = re.compile(r"(?:ngày|khi|thời điểm|kỳ|lễ|tết|đại hội|hội nghị|cuộc|phiên)(?!\w)", re.IGNORECASE)
_LUNAR = "âm lịch"


def span(of: Reading) -> Iterator[DueMention]:
    """From one date to another: what only the second prints holds for the first too, "từ 01 đến 05/6"."""
    indexes = of.indexes("span")
    first, second = of.indexes("first"), of.indexes("second")
    kind, later_kind = of.letters[first[-1]], of.letters_of("second").strip("SlM")
    before = of.letters[indexes[0] : first[0]]
    start, date = date_of(of.words[first[-1]]), date_of(next(of.words[index] for index in second if of.letters[index] in "PpdYyqn"))
    if date is not None and kind == "n":
        start = replace(date, day=of.words[first[-1]].value) if date.day else Date(date.year, month=of.words[first[-1]].value) if date.month else None
        start = start if start and exists(start) else None
    tight = of.words[first[-1]].end == of.words[first[-1] + 1].start and of.letters[first[-1] + 1] == "-"
    pair = kind + later_kind
    bracketed = of.letters[: indexes[0]][-1:] == "(" and of.letters[indexes[-1]] == ")"
    supported = (
        "F" in before
        or (kind in "PY" and later_kind in "PYyq")
        or (pair == "yy" and bracketed)
        or pair == "dP"
        or (pair == "nP" and tight)
        or bool({"R"} & {*before, of.letters[indexes[-1]]} and kind != "n")
    )
    if not supported or start is None or date is None or _LUNAR in of.printed(indexes):
        yield from row(of, indexes)
        return
    every = of.words[indexes[-1]].value if of.letters[indexes[-1]] == "R" else None
    lead = of.words[indexes[0]].value if of.letters[indexes[0]] == "R" else None
    if of.letters[indexes[0]] == "T" or (lead and date.year):
        yield alone(of, indexes[0])
        lead, indexes = None, without_lead(of, indexes)
    month = next((of.words[index] for index in second if of.letters[index] == "M"), None)
    due = Due("", "during", date, shared(start, date), every or lead or (month.value if month else None))
    yield of.mention(due, trimmed(of, indexes))


def countdown(of: Reading) -> Iterator[DueMention]:
    """So long before or after an event: "trước ngày khai mạc 15 ngày"."""
    indexes, event = of.indexes("countdown"), of.indexes("event")
    printed = of.printed(event)
    if not _EVENT.match(printed):
        return
    amount, unit = amount_of(of.words[indexes[-1]])
    yield of.mention(Due("", "before" if of.letters[event[0] - 1] == "B" else "within", amount=amount, unit=unit, anchor=printed), indexes)


def period(of: Reading) -> Iterator[DueMention]:
    """So long from an anchor: "trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ"."""
    indexes, anchor, link = of.indexes("period"), of.indexes("anchor"), of.letters_of("link")
    place = of.indexes("amount")[0]
    lead = of.letters[indexes[0] : place]
    amount, unit = amount_of(of.words[place])
    if link == "B" and not _EVENT.match(of.printed(anchor)):
        anchor, link, indexes = range(0), "", indexes[: place + 1 - indexes[0]]
    follows = not anchor and of.letters[indexes[-1]] == "x"
    early = link in ("B", "K") or ("B" in lead and not link)
    if not (link or follows or "N" in lead or "D" in lead or "B" in lead or (lead and unit == "working_day")):
        return
    if "B" in lead and not link and unit == "hour":  # "trước 14 giờ" is a time of day without its day
        return
    words = of.printed(anchor) if anchor else of.printed(indexes[-1:]) if follows else ""
    every = next((of.words[index].value for index in anchor if of.letters[index] == "R"), None)
    yield of.mention(Due("", "before" if early else "within", every=every, amount=amount, unit=unit, anchor=words), indexes)


def since(of: Reading) -> Iterator[DueMention]:
    """From an event on: "kể từ ngày ký"."""
    indexes, origin = of.indexes("since"), of.indexes("origin")
    if of.printed(indexes[:1]).lower().startswith("kể") and _EVENT.match(of.printed(origin)):
        yield of.mention(Due("", "from", anchor=of.printed(origin)), indexes)
