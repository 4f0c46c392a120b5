"""Deadlines and reporting lines: who sends what to whom, by way of whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts.bodies import body_end, subject_at
from ingest.facts.clauses import Sentence
from ingest.facts.dues import is_exact
from ingest.facts.occasions import level_in, occasion_in
from ingest.facts.statements import PAPER, Statement, opens_with_verb
from ingest.facts.topics import Topic, topic_of
from xhht_qa.text.due import DueMention
from xhht_qa.types import Fact

_SEND = re.compile(r"(?<!\w)(?:gửi|nộp|báo cáo|báo(?= (?:cho|tình hình|kết quả|ngay) )|trình|phản ánh|kiến nghị|thông báo|giải trình)(?!\w)", re.IGNORECASE)
_BARE = re.compile(r"(?:(?:phải|được) )?(?:gửi|nộp|trình|báo cáo)(?!\w)", re.IGNORECASE)
_SENT_ON = re.compile(r"(?:gửi|nộp|trình)(?!\w)", re.IGNORECASE)
_TAKES_EFFECT = re.compile(r"có (?:hiệu lực|giá trị)(?!\w)")
_DONE = re.compile(r",?\s+(?:xong|hoàn thành|vào|vào các ngày|vào các|thời gian)$")
_TO = re.compile(r"(?:(?:\s*,)?\s+(?:đề xuất|kiến nghị|trình|xin ý kiến))*\s+(?:(?:(?:gửi )?(?:về|cho|tới|đến|lên|với))\s+)*")
_TOWARDS = re.compile(r"(?<!\w)(?<!đối )(?:về|cho|tới|đến|lên|với|tại)\s+")
_THROUGH = re.compile(r"(?<!\w)(?:thông qua|qua)\s+")
_THROUGH_END = re.compile(r"[,;.)]|\s(?:trước|để|chậm nhất|trong|vào|theo|đúng|xong)(?!\w)|$")
_PAPER_BEFORE = re.compile(rf"(?<!\w)({PAPER}(?:(?!,| và | gồm )[^;.])*?),?\s*(?:và\s+)?$", re.IGNORECASE)
_PAPER = re.compile(rf"(?:(?:\d+|một|các|những) (?:bộ |bản )?)?{PAPER}(?!\w)|một bản|\d+ bộ", re.IGNORECASE)
_NOUN_AFTER = re.compile(
    r"(?:gửi|nộp|trình|các|những|lập|tổng hợp|chế độ|một|của|xây dựng|bản|đợt|làm|kỳ|hoàn thành|thẩm định|mẫu|thông tin|tiếp nhận|trong|theo|qua|kết quả|hệ thống|hạn|xin|được)\s+$"
)
_JOIN = re.compile(r"\s*(?:,|và|;|đồng thời|rồi|sau đó|để)?\s*")
_WITHIN_OTHERS = re.compile(r"(?<!\w)(?:để|nhằm|giúp)\s+[^,;]*$")
_SENDS_ON = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?:[^,;.]*\s)?để\s+[^;.]*)?")  # "gửi về A để tổng hợp, báo cáo B", "báo cáo A trình B": A does
_REFERS = re.compile(r"\s*(?:đối với|cho)\s+([^,;.]+?)(?=\s+và\s+trước|\s+và\s+trong|[,;.]|$)")
_REFERS_IN_BRACKETS = re.compile(r"\s*\((?:đối với )?((?:báo cáo|đợt|lần|kỳ)[^()]*)\)", re.IGNORECASE)
_EVENT = re.compile(r"(?:dịp|tháng|tuần|đợt|lễ|ngày hội|hội thi|hội nghị|hội thảo|chiến dịch|phiên|ngày|vòng|giải)(?!\w)", re.IGNORECASE)
_LABEL_OF_DUE = re.compile(r"(?:thời gian|thời hạn|tiến độ|hạn)(?: thực hiện| hoàn thành| gửi| nộp)?\s*:", re.IGNORECASE)
_LISTS = ("criterion", "dossier")  # a period in them is an attribute
_NO_TOPICS = ("purpose", "situation", "terms", "target")
_TAIL = " ,;:./-–"


@dataclass(frozen=True)
class _Sending:
    """One "gửi … về …": offsets in the clause, and the parts."""

    start: int
    end: int
    object: str
    recipient: str
    through: str
    actor: str = ""  # who sends it on, where that is who has just received it


def reports_of(sentence: Sentence, statements: list[Statement]) -> Iterator[Fact]:
    """The deadlines of a sentence, and its reporting lines with and without one."""
    topic = topic_of(sentence.above)
    earlier: _Sending | None = None  # what a clause such as "các phòng, ban gửi trước ngày …" leaves out
    object_before = ""
    for statement in statements:
        sendings = _sendings(statement)
        led = earlier if earlier and not (statement.own and statement.verb >= 0 and not sendings and not _bare_send(statement)) else None
        used: set[int] = set()
        yield from _with_dues(sentence, statement, sendings, led, object_before, used, topic)
        for sending in sendings:
            if sending.start not in used and topic not in ("purpose", "situation", "terms"):
                yield _fact(sentence, statement, "reporting", sending, None, statement.text[sending.start : sending.end])
        if sendings:
            earlier = sendings[-1]
            object_before = sendings[-1].object or statement.topic or object_before
        elif statement.topic:
            object_before = statement.topic


def _bare_send(statement: Statement) -> bool:
    return bool(_BARE.match(statement.text, statement.verb)) if statement.verb >= 0 else False


def _sendings(statement: Statement) -> list[_Sending]:
    found: list[_Sending] = []
    text = statement.text
    if statement.verb < 0:
        return found
    position = statement.verb
    while match := _SEND.search(text, position):
        position = match.end()
        if not found and _WITHIN_OTHERS.search(text, statement.verb, match.start()):
            continue
        limit = min([mention.start for mention in statement.dues if mention.start >= match.end()] + [len(text)])
        to = _TO.match(text, match.end())
        start = to.end() if to else match.end()
        end = body_end(text, start) if start > match.end() else start
        is_noun = match.group().lower() == "báo cáo" and bool(_NOUN_AFTER.search(text[: match.start()].lower()))
        given = ""
        if end == start:
            if is_noun:
                continue
            start, end = _towards(text, match.end(), match.group().lower())
            if end == start:
                continue
            given = text[match.end() : start]
            given = re.sub(r"\s+(?:gửi\s+)?(?:về|cho|tới|đến|lên|với|tại)\s*$", "", given).strip(" ,")
        end = min(end, limit) if start < limit else end
        recipient = text[start:end].strip(" ,")
        if not recipient:
            continue
        given = _without_dues(given, statement, match.end())
        given = re.sub(r"^(?:,?\s*(?:và\s+)?(?:đề xuất|kiến nghị)\s+)", "", given)
        if not given and _SENT_ON.match(match.group()) and (before := _PAPER_BEFORE.search(text[statement.verb : match.start()])) and before.group(1).strip():
            first = min([mention.start - statement.verb for mention in statement.dues if mention.start > statement.verb] + [len(text)])
            given = before.group(1)[: max(0, first - before.start(1))].strip()
        on = found[-1].recipient if found and _SENDS_ON.fullmatch(text, found[-1].end, match.start()) else ""
        found.append(_Sending(match.start(), end, given, recipient, _through(text, match.end(), end), on))
        position = end
    return found


def _towards(text: str, position: int, verb: str) -> tuple[int, int]:
    """The first body behind "về", "cho", "tới" …, in the same clause and before another verb sends something."""
    following = _SEND.search(text, position)
    while following and following.group().lower() in ("báo cáo", "đề xuất", "kiến nghị", "thông báo"):
        following = _SEND.search(text, following.end())
    limit = following.start() if following else len(text)
    for match in _TOWARDS.finditer(text, position, limit):
        if match.group().strip() == "tại" and verb != "nộp":
            continue
        end = body_end(text, match.end())
        if end > match.end():
            return match.end(), end
    return position, position


def _without_dues(given: str, statement: Statement, offset: int) -> str:
    for mention in statement.dues:
        if offset <= mention.start < offset + len(given) + 1:
            return given[: max(0, mention.start - offset - 1)].strip(" ,")
    return given


def _through(text: str, start: int, end: int) -> str:
    tail = text[end:]
    match = re.match(r"\s*\(?\s*", tail)
    for search in (_THROUGH.match(text, end + (match.end() if match else 0)), _THROUGH.search(text, start, end)):
        if search:
            stop = body_end(text, search.end())
            if stop == search.end():
                closing = _THROUGH_END.search(text, search.end())
                stop = closing.start() if closing else len(text)
            return text[search.end() : stop].strip(" ,")
    return ""


def _with_dues(
    sentence: Sentence, statement: Statement, sendings: list[_Sending], led: _Sending | None, object_before: str, used: set[int], topic_above: Topic | None
) -> Iterator[Fact]:
    text = statement.text
    begin = statement.verb
    actor = statement.actor
    if _LABEL_OF_DUE.match(text):
        dated = [mention for mention in statement.dues if mention.due.date is not None]
        yield from (sentence.fact("deadline", due=mention.due) for mention in (dated or list(statement.dues))[:1])
        return
    previous_end = stop = 0  # stop: where the predicate that several dues share ends
    for index, mention in enumerate(statement.dues):
        if not is_exact(mention) and not _stands_apart(text, mention):
            continue
        next_start = statement.dues[index + 1].start if index + 1 < len(statement.dues) else len(text)
        topic = statement.topic
        fresh = index == 0
        if index:
            joined = _JOIN.match(text, previous_end)
            at = joined.end() if joined else previous_end
            between = text[previous_end : mention.start]
            if subject := subject_at(text, at):
                actor, begin = subject
                topic, fresh = "", True
            elif opens_with_verb(text, at) and at < mention.start:
                begin, fresh = at, True
            elif part := re.search(rf"(?:trong đó\s+|,\s*|;\s*)({PAPER}[^,;]*?)\s*$", between, re.IGNORECASE):
                topic = part.group(1)
        if text[: mention.start].rstrip().endswith(",") and opens_with_verb(text, mention.end + 1) and text[mention.end : mention.end + 1] == " ":
            begin, fresh = mention.end + 1, True  # "…, hằng năm lựa chọn …"
        before = begin >= 0 and begin < mention.start
        governed = [sending for sending in sendings if (begin <= sending.start < mention.start if before else sending.start >= begin)]
        reach = [
            sending for sending in sendings if sending.start < mention.start < sending.end or (sending.start < mention.start and sending.end <= next_start)
        ]
        nearest = (reach or governed)[-1:] if before else governed[:1]
        sending = nearest[0] if nearest else None
        part_in = re.search(rf"(?:trong đó|[,;])\s+({PAPER}[^,;]*?)\s*$", text[: mention.start], re.IGNORECASE)
        refers = _REFERS.match(text, mention.end) or _REFERS_IN_BRACKETS.match(text, mention.end)
        own_topic = topic
        if sending is not None and part_in and part_in.start(1) > sending.start:
            own_topic = part_in.group(1)
        if fresh:
            stop = mention.start if before else next_start
        action = _DONE.sub("", text[begin:stop].strip(_TAIL)) if begin >= 0 else ""
        if sending is not None and own_topic != topic:
            action = text[sending.start : sending.end]
        previous_end = mention.end + (len(refers.group()) if refers else 0)
        occasion = refers.group(1) if refers else occasion_in(text[statement.dues[index - 1].end if index else 0 : mention.start]) or statement.condition
        recipient, through, paper = "", "", own_topic
        quote = text
        if sending is not None:
            used.add(sending.start)
            recipient, through, paper = sending.recipient, sending.through, own_topic if own_topic != topic else sending.object or topic
            if not paper and object_before and _SENT_ON.match(text, sending.start):
                paper, quote = object_before, sentence.text
            if sending.end > mention.end and sending.end > begin and before and sending.start < mention.start:
                action = text[begin:stop].strip(_TAIL)
        elif led is not None and begin >= 0 and _BARE.match(text, begin) and (not statement.topic or _PAPER.match(statement.topic) or text.startswith("đợt")):
            recipient, through, paper = led.recipient, led.through, topic or object_before
            quote = sentence.text
        elif led is not None and begin < 0 and (bare := re.match(rf"\s*({PAPER}[^,;]*?)\s*$", text[: mention.start], re.IGNORECASE)):
            recipient, through, paper = led.recipient, led.through, bare.group(1)
            actor = actor or led_actor(sentence)
            quote = sentence.text
        if actor and actor not in quote and actor in sentence.text:
            quote = sentence.text
        paper = paper.strip(_TAIL)
        fields = {"actor": actor, "action": action, "object": paper, "recipient": recipient, "due": mention.due, "occasion": occasion, "level": level_in(text)}
        is_report = bool(recipient) or (begin >= 0 and bool(_BARE.match(text, begin)) and bool(_PAPER.match(paper)))
        if is_report:
            yield sentence.fact("reporting", quote, through=through, **fields)
        if topic_above == "phase" and mention.due.relation == "during":
            continue
        if topic_above in _LISTS or (topic_above in _NO_TOPICS and not (mention.due.date and mention.due.date.month) and mention.due.amount is None):
            continue
        if mention.due.date is None and mention.due.amount is None and mention.due.every is None and mention.due.relation in ("in", "during"):
            continue  # "trong năm"
        if _TAKES_EFFECT.match(action) or action.endswith("có hiệu lực"):
            continue
        if action or recipient:
            yield sentence.fact("deadline", quote, through=through, **fields)
        elif (event := text[: mention.start].strip(_TAIL)) and _EVENT.match(event) and mention.due.date is not None:
            yield sentence.fact("deadline", quote, **(fields | {"object": event, "action": ""}))


def _stands_apart(text: str, mention: DueMention) -> bool:
    """Whether "hằng năm" says when and is not the attribute of a noun: with its times, or at the begin or end of a clause or behind a comma."""
    ends = not text[mention.end :].strip(" .;/") or text[mention.end :].startswith(",")
    return mention.due.times is not None or mention.start == 0 or ends or text[: mention.start].rstrip().endswith((",", ":")) or mention.due.weekday is not None


def led_actor(sentence: Sentence) -> str:
    """The body that the sentence opens with."""
    subject = subject_at(sentence.text, 0)
    return subject[0] if subject else ""


def _fact(sentence: Sentence, statement: Statement, kind: str, sending: _Sending, mention: DueMention | None, action: str) -> Fact:
    quote = statement.text if not statement.actor or statement.actor in statement.text or statement.actor not in sentence.text else sentence.text
    return sentence.fact(
        "reporting",
        quote,
        actor=sending.actor or statement.actor,
        action=action.strip(_TAIL),
        object=(sending.object or statement.topic).strip(_TAIL),
        recipient=sending.recipient,
        through=sending.through,
        occasion=occasion_in(statement.text) or statement.condition,
        level=level_in(statement.text),
    )
