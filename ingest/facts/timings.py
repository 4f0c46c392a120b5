"""Every due of a clause with the predicate that it belongs to; several dues may share one, and one may open a predicate of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.facts.bodies import subject_at
from ingest.facts.dues import is_exact
from ingest.facts.occasions import occasion_in
from ingest.facts.sendings import Sending
from ingest.facts.statements import PAPER, TAIL, Statement, opens_with_verb
from xhht_qa.text.due import DueMention

_JOINS = re.compile(r"\s*(?:,|và|;|đồng thời|rồi|sau đó|để)?\s*")
_PART = re.compile(rf"(?:trong đó|[,;])\s+({PAPER}[^,;]*?)\s*$", re.IGNORECASE)  # "…, trong đó báo cáo năm trước ngày …"
_REFERS = re.compile(
    r"\s*(?:đối với|cho)\s+([^,;.]+?)(?=\s+và\s+trước|\s+và\s+trong|[,;.]|$)|\s*\((?:đối với )?((?:báo cáo|đợt|lần|kỳ)[^()]*)\)", re.IGNORECASE
)
_PART_OF_QUARTER = re.compile(r"tháng (đầu|cuối) quý$")
_DONE = re.compile(r",?\s+(?:xong|hoàn thành|vào|vào các ngày|vào các|thời gian)$")


@dataclass(frozen=True)
class Timing:
    """A due, who has to act by it, and how; ``sending`` is what is sent by it, ``topic`` what the due is said of where that is not the predicate's object."""

    mention: DueMention
    actor: str
    begin: int  # of the predicate, -1 where the clause has none
    action: str
    topic: str
    part: str  # the paper that this due is for, of several that one predicate sends
    sending: Sending | None
    occasion: str


def timings_of(statement: Statement, sendings: list[Sending]) -> Iterator[Timing]:
    """The dues of a clause in order; those that are attributes of a noun left out."""
    text, actor, begin, topic = statement.text, statement.actor, statement.verb, statement.topic
    end = stop = 0  # end: behind the due before; stop: where the predicate that several dues share ends
    for index, mention in enumerate(statement.dues):
        if not is_exact(mention) and not _stands_apart(text, mention):
            continue
        following = statement.dues[index + 1].start if index + 1 < len(statement.dues) else len(text)
        fresh = not end
        if end:
            joined = _JOINS.match(text, end)
            at = joined.end() if joined else end
            if subject := subject_at(text, at):
                (actor, begin), topic, fresh = subject, "", True
            elif opens_with_verb(text, at) and at < mention.start:
                begin, fresh = at, True
        if text[: mention.start].rstrip().endswith(",") and text.startswith(" ", mention.end) and opens_with_verb(text, mention.end + 1):
            begin, fresh = mention.end + 1, True  # "…, hằng năm lựa chọn …"
        behind = 0 <= begin < mention.start  # the due stands behind its predicate
        if begin > mention.start and mention.due.relation == "in" and any(other.start > begin for other in statement.dues if is_exact(other)):
            continue  # "quý I, các cơ quan nhập số liệu trước ngày …"
        if fresh:
            stop = mention.start if behind else following if following > begin else len(text)
        sending = _sent_by(sendings, mention, begin, following)
        part = _PART.search(text[: mention.start])
        own = part.group(1) if part and sending and part.start(1) > sending.start else ""
        action = text[sending.start : sending.end] if sending and own else text[begin:stop] if begin >= 0 else ""
        refers = _REFERS.match(text, mention.end)
        said = next(filter(None, refers.groups()), "") if refers else occasion_in(text[statement.dues[index - 1].end if index else 0 : mention.start])
        for one in _of_quarters(mention, statement.dues):
            yield Timing(one, actor, begin, _DONE.sub("", action.strip(TAIL)), topic, own, sending, said or statement.condition)
        end = refers.end() if refers else mention.end


def _of_quarters(mention: DueMention, dues: tuple[DueMention, ...]) -> list[DueMention]:
    """The due in each quarter that stands before it, "quý I và quý III … trước ngày 20 của tháng cuối quý": no other quarter is meant."""
    part, date = _PART_OF_QUARTER.match(mention.due.anchor), mention.due.date
    quarters = [due for other in dues if other.end <= mention.start and (due := other.due.date) and due.quarter and not due.month]
    if mention.due.every != "quarter" or part is None or date is None or not quarters:
        return [mention]
    month = {"đầu": -2, "cuối": 0}[part.group(1)]
    return [
        replace(
            mention, due=replace(mention.due, date=replace(date, year=named.year, month=3 * (named.quarter or 0) + month), every=None if named.year else "year")
        )
        for named in quarters
    ]


def _sent_by(sendings: list[Sending], mention: DueMention, begin: int, following: int) -> Sending | None:
    """The sending that a due is for: the last one before it that reaches up to the next due, or the first one of a predicate behind it."""
    if not 0 <= begin < mention.start:
        return next((sending for sending in sendings if sending.start >= begin), None)
    before = [sending for sending in sendings if sending.start < mention.start]
    reaching = [sending for sending in before if sending.end > mention.start or sending.end <= following]
    governed = [sending for sending in before if sending.start >= begin]
    return next(reversed(reaching or governed), None)


def _stands_apart(text: str, mention: DueMention) -> bool:
    """Whether "hằng năm" says when and is not the attribute of a noun: with its times, or at the begin or end of a clause, or at a comma."""
    tail = text[mention.end :]
    opens = mention.start == 0 or text[: mention.start].rstrip().endswith((",", ":"))
    return opens or not tail.strip(TAIL) or tail.startswith(",") or mention.due.times is not None or mention.due.weekday is not None
