"""Every "gửi … về …" of a clause: what is sent, to whom, by way of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.bodies import body_end
from ingest.facts.statements import PAPER, Statement
from xhht_qa.text.normalise import CAPITAL

_SENDS = re.compile(
    rf"(?<!\w)(?:gửi|nộp|chuyển(?= (?-i:{CAPITAL}))|báo cáo|báo(?= (?:cho|tình hình|kết quả|ngay) )|(?<!công )(?<!chương )trình|phản ánh|kiến nghị|thông báo|giải trình)(?!\w)",
    re.IGNORECASE,
)
_HANDS_ON = re.compile(r"(?:gửi|nộp|trình|chuyển)(?!\w)", re.IGNORECASE)
_TO = re.compile(r"(?:(?:\s*,)?\s+(?:đề xuất|kiến nghị|trình|xin ý kiến))*\s+(?:(?:(?:gửi )?(?:về|cho|tới|đến|lên|với))\s+)*")
_TOWARDS = re.compile(r"(?<!\w)(?<!đối )(?:về|cho|tới|đến|lên|với|tại)\s+")
_TOWARDS_AT_END = re.compile(r"\s+(?:gửi\s+)?(?:về|cho|tới|đến|lên|với|tại)\s*$")
_SUGGESTS = re.compile(r"^(?:,?\s*(?:và\s+)?(?:đề xuất|kiến nghị)\s+)")
_NOUNS_TOO = ("báo cáo", "kiến nghị", "thông báo")  # "gửi báo cáo về …" sends once
_THROUGH = re.compile(r"\s?\(?\s?(?:thông qua|qua)\s+")
_THROUGH_INSIDE = re.compile(r"(?<!\w)(?:thông qua|qua)\s+")
_THROUGH_ENDS = re.compile(r"[,;.)]|\s(?:trước|để|chậm nhất|trong|vào|theo|đúng|xong)(?!\w)|$")
_PAPER_BEFORE = re.compile(rf"(?<!\w)({PAPER}(?:(?!,| và | gồm )[^;.])*?),?\s*(?:và\s+)?$", re.IGNORECASE)
_NOUN_HERE = re.compile(
    r"(?:gửi|nộp|trình|các|những|lập|tổng hợp|chế độ|một|của|xây dựng|bản|đợt|làm|(?<!định )kỳ|hoàn thành|thẩm định|mẫu|thông tin|tiếp nhận|trong|theo|qua|kết quả|hệ thống|hạn|xin|được)\s+$"
)
_OF_OTHERS = re.compile(r"(?<!\w)(?:để|nhằm|giúp)\s+[^,;]*$")
_SENDS_ON = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?:[^,;.]*\s)?để\s+[^;.]*)?")  # "gửi về A để tổng hợp, báo cáo B", "báo cáo A trình B": A does


@dataclass(frozen=True)
class Sending:
    """One "gửi … về …": its offsets in the clause, and its parts as printed."""

    start: int
    end: int
    object: str
    recipient: str
    through: str
    hands_on: bool  # it needs something that is sent: "gửi", "nộp", "trình"
    actor: str = ""  # who sends it on, where that is who has just received it


def sendings_in(statement: Statement) -> list[Sending]:
    """What the predicate of a clause sends to a body, in order."""
    found: list[Sending] = []
    position = statement.verb if statement.verb >= 0 else len(statement.text)
    while verb := _SENDS.search(statement.text, position):
        position = verb.end()
        if not found and _OF_OTHERS.search(statement.text, statement.verb, verb.start()):
            continue
        if sending := _sending(statement, verb, found[-1] if found else None):
            found.append(sending)
            position = sending.end
    return found


def _sending(statement: Statement, verb: re.Match[str], earlier: Sending | None) -> Sending | None:
    text, word = statement.text, verb.group().lower()
    to = _TO.match(text, verb.end())
    start = to.end() if to else verb.end()
    end = body_end(text, start) if start > verb.end() else start
    given = ""
    if end == start:
        if word == "báo cáo" and _NOUN_HERE.search(text[: verb.start()].lower()):
            return None
        start, end = _towards(text, verb.end(), word)
        if end == start:
            return None
        given = _TOWARDS_AT_END.sub("", text[verb.end() : start]).strip(" ,")
        given = _SUGGESTS.sub("", given[: max(0, _next_due(statement, verb.end()) - verb.end() - 1)].strip(" ,"))
    limit = _next_due(statement, verb.end())
    recipient = text[start : min(end, limit) if start < limit else end].strip(" ,")
    end = min(end, limit) if start < limit else end
    hands_on = bool(_HANDS_ON.match(verb.group()))
    if not given and hands_on and (before := _PAPER_BEFORE.search(text[statement.verb : verb.start()])):
        given = before.group(1)[: max(0, _next_due(statement, statement.verb + 1) - statement.verb - before.start(1))].strip()
    sender = earlier.recipient if earlier and _SENDS_ON.fullmatch(text, earlier.end, verb.start()) else ""
    return Sending(verb.start(), end, given, recipient, _through(text, verb.end(), end), hands_on, sender) if recipient else None


def _towards(text: str, position: int, verb: str) -> tuple[int, int]:
    """The first body behind "về", "cho", "tới" …, before another verb sends something."""
    following = _SENDS.search(text, position)
    while following and following.group().lower() in _NOUNS_TOO:
        following = _SENDS.search(text, following.end())
    for preposition in _TOWARDS.finditer(text, position, following.start() if following else len(text)):
        if preposition.group().strip() == "tại" and verb != "nộp":
            continue
        end = body_end(text, preposition.end())
        if end > preposition.end():
            return preposition.end(), end
    return position, position


def _next_due(statement: Statement, position: int) -> int:
    return min((mention.start for mention in statement.dues if mention.start >= position), default=len(statement.text))


def _through(text: str, start: int, end: int) -> str:
    """By way of whom: behind the recipient, or between the verb and it."""
    through = _THROUGH.match(text, end) or _THROUGH_INSIDE.search(text, start, end)
    if through is None:
        return ""
    stop = body_end(text, through.end())
    if stop == through.end():
        closing = _THROUGH_ENDS.search(text, stop)
        stop = closing.start() if closing else len(text)
    return text[through.end() : stop].strip(" ,")
