"""Deadlines and reporting lines: who sends what to whom, by way of whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.facts.bodies import subject_at
from ingest.facts.clauses import Sentence
from ingest.facts.occasions import level_in, occasion_in
from ingest.facts.sendings import Sending, sendings_in
from ingest.facts.statements import PAPER, TAIL, Statement
from ingest.facts.timings import Timing, timings_of
from ingest.facts.topics import Topic, topic_of
from xhht_qa.types import Due, Fact

_SENDS = re.compile(r"(?:(?:phải|được) )?(?:gửi|nộp|trình|báo cáo)(?!\w)", re.IGNORECASE)
_PAPER = re.compile(rf"(?:(?:\d+|một|các|những) (?:bộ |bản )?)?{PAPER}(?!\w)|một bản|\d+ bộ", re.IGNORECASE)
_PAPER_ALONE = re.compile(rf"\s*({PAPER}[^,;]*?)\s*$", re.IGNORECASE)
_WRITES = re.compile(r"(?:(?:tham mưu|tổng hợp|lập|xây dựng|hoàn thành|thực hiện)(?:,| và)? )+báo cáo(?!\w)", re.IGNORECASE)  # who it is for is not said
_EVENT = re.compile(r"(?:dịp|tháng|tuần|đợt|lễ|ngày hội|hội thi|hội nghị|hội thảo|chiến dịch|phiên|ngày|vòng|giải)(?!\w)", re.IGNORECASE)
_LABEL_OF_DUE = re.compile(r"(?:thời gian|thời hạn|tiến độ|hạn)((?: [^\s:;,.]+){0,8})\s*:", re.IGNORECASE)
_COUNTS = re.compile(r"(?:không (?:quá|vượt(?: quá)?)|tối đa|tối thiểu|ít nhất|khoảng|có)\s+\d|\d", re.IGNORECASE)  # "không quá 20 tập thể mỗi năm"
_TAKES_EFFECT = re.compile(r"(?:.* )?có (?:hiệu lực|giá trị)(?!\w)")
_NO_REPORTS = ("purpose", "situation", "terms")
_LISTS = ("criterion", "dossier")  # a period in them is an attribute
_EXACT_ONLY = (*_NO_REPORTS, "target")  # parts in which only a day, a month or a period is a deadline


def reports_of(sentence: Sentence, statements: list[Statement]) -> Iterator[Fact]:
    """The deadlines of a sentence, and its reporting lines with and without one."""
    topic = topic_of(sentence.above)
    earlier, sent = None, ""  # the last sending and what it sent: a clause such as "các phòng gửi trước ngày …" leaves them out
    for statement in statements:
        if label := _LABEL_OF_DUE.match(statement.text):
            yield from _labelled(sentence, statement, label.group(1).strip())
            continue
        sendings = sendings_in(statement)
        timings = list(timings_of(statement, sendings))
        for timing in timings:
            yield from _timed(sentence, statement, timing, None if _is_new(statement, sendings) else earlier, sent, topic)
        for sending in sendings:
            if topic not in _NO_REPORTS and not any(timing.sending is sending for timing in timings):
                yield _untimed(sentence, statement, sending)
        earlier = sendings[-1] if sendings else earlier
        sent = (sendings[-1].object if sendings else "") or statement.topic or sent


def _labelled(sentence: Sentence, statement: Statement, action: str) -> Iterator[Fact]:
    """ "Thời gian hoàn thành: Quý III": the due alone, of the section that it stands in."""
    dated = [mention for mention in statement.dues if mention.due.date is not None]
    yield from (sentence.fact("deadline", action=action, due=mention.due) for mention in (dated or list(statement.dues))[:1])


def _is_new(statement: Statement, sendings: list[Sending]) -> bool:
    """Whether a clause with a body of its own does something else than to send."""
    return statement.own and statement.verb >= 0 and not sendings and not _SENDS.match(statement.text, statement.verb)


def _timed(sentence: Sentence, statement: Statement, timing: Timing, earlier: Sending | None, sent: str, topic: Topic | None) -> Iterator[Fact]:
    """The reporting line and the deadline of one due."""
    text, mention, actor = statement.text, timing.mention, timing.actor
    sending, paper, quote = timing.sending, timing.part or timing.topic, text
    sends = timing.begin >= 0 and bool(_SENDS.match(text, timing.begin))
    if sending:
        paper = timing.part or sending.object or timing.topic
        if not paper and sent and sending.hands_on:
            paper, quote = sent, sentence.text
    elif earlier and sends and (not statement.topic or _PAPER.match(statement.topic)):
        sending, paper, quote = earlier, timing.topic or sent, sentence.text
    elif earlier and timing.begin < 0 and (alone := _PAPER_ALONE.match(text[: mention.start])):
        sending, paper, quote = earlier, alone.group(1), sentence.text
        actor = actor or (subject_at(sentence.text, 0) or ("", 0))[0]
    fields: dict[str, Any] = {
        "actor": actor,
        "action": timing.action,
        "object": paper.strip(TAIL),
        "recipient": sending.recipient if sending else "",
        "through": sending.through if sending else "",
        "due": mention.due,
        "occasion": timing.occasion,
        "level": level_in(text),
    }
    quote = sentence.text if actor and actor not in quote and actor in sentence.text else quote
    if sending or (sends and _PAPER.match(paper)) or _WRITES.match(timing.action):
        yield sentence.fact("reporting", quote, **fields)
    if not _is_deadline(mention.due, topic) or _TAKES_EFFECT.match(timing.action) or (mention.due.date is None and _COUNTS.match(timing.action)):
        return
    if timing.action or sending:
        yield sentence.fact("deadline", quote, **fields)
    elif (event := text[: mention.start].strip(TAIL)) and _EVENT.match(event) and mention.due.date is not None:
        yield sentence.fact("deadline", quote, **(fields | {"object": event}))


def _is_deadline(due: Due, topic: Topic | None) -> bool:
    """Whether a due in such a part of a plan binds anybody: the span of a phase, a period in a criterion and "trong năm" do not."""
    if topic in _LISTS or (topic == "phase" and due.relation == "during"):
        return False
    if topic in _EXACT_ONLY:
        return bool(due.date and due.date.month) or due.amount is not None
    return due.date is not None or due.amount is not None or due.every is not None or due.relation not in ("in", "during")


def _untimed(sentence: Sentence, statement: Statement, sending: Sending) -> Fact:
    """A reporting line without a due."""
    actor = sending.actor or statement.actor
    return sentence.fact(
        "reporting",
        sentence.text if statement.actor not in statement.text and statement.actor in sentence.text else statement.text,
        actor=actor,
        action=statement.text[sending.start : sending.end].strip(TAIL),
        object=(sending.object or statement.topic).strip(TAIL),
        recipient=sending.recipient,
        through=sending.through,
        occasion=occasion_in(statement.text) or statement.condition,
        level=level_in(statement.text),
    )
