"""Who is responsible for what, and in which role: leading, coordinating, advising, monitoring, performing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.bodies import VERB, body_end
from ingest.facts.clauses import Sentence
from ingest.facts.occasions import level_in
from ingest.facts.statements import TAIL, Statement
from ingest.facts.topics import topic_of
from xhht_qa.types import Fact, Role

_LEADS = re.compile(r"(?<!\w)chủ trì(?: thực hiện)?(?!\w)", re.IGNORECASE)
_IS_LEAD = re.compile(r"(?:là )?(?:cơ quan |đơn vị |bộ phận )?(?:thường trực|đầu mối)(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"(?<!\w)phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?:?\s+", re.IGNORECASE)
_ADVISES = re.compile(r"(?<!\w)tham mưu(?: (?:cho|giúp|trình))?(?!\w)\s*", re.IGNORECASE)
_MONITORS = re.compile(r"(?<!\w)(?:theo dõi|đôn đốc|kiểm tra|giám sát|thanh tra)(?!\w)", re.IGNORECASE)
_SENDS = re.compile(r"(?:(?:phải|kịp thời|thường xuyên|chủ động|định kỳ) )*(?:gửi|nộp|báo cáo|báo cho|trình|phản ánh)(?!\w)", re.IGNORECASE)
_NO_DUTY = re.compile(
    r"(?:là(?! (?:cơ quan|đơn vị|đầu mối|bộ phận|thường trực))|được|gồm|có(?! trách nhiệm)|không(?! (?:tự|được|kiểm tra|để|sử dụng))|đã|tính|sẽ được)(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:(?:cơ quan|đơn vị|bộ phận|phòng|ban)\s+)?(chủ trì|phối hợp|thực hiện|theo dõi)(?: (?:thực hiện|tham mưu))?:\s*", re.IGNORECASE)
_LABELLED: dict[str, Role] = {"chủ trì": "lead", "phối hợp": "coordinate", "thực hiện": "perform", "theo dõi": "monitor"}
_LEADING = re.compile(r"^(?:và|để|trong việc|trong)\s+")
_TRAILING = re.compile(r",\s*(?:trong đó|xong|hoàn thành)(?:\s+[^,;]*)?$|\s+(?:xong|định kỳ)$")
_SEGMENT = re.compile(r"(?:^|[,;]\s+|\s+và\s+)$")
_HELPS = re.compile(r"(?<!\w)giúp (?:[^,;]*?)((?:theo dõi|đôn đốc|kiểm tra|giám sát)(?!\w))")
_ASSISTS = re.compile(r"(?:chủ động |tích cực )?phối hợp(?!\w)", re.IGNORECASE)
_ANNOUNCES = re.compile(r"(?<!\w)(?:sau|sau đây|dưới đây)\s*(?:[:.,]|$)")
_NOT_HERE = ("criterion", "dossier", "target", "purpose", "situation", "terms", "award")


def duties_of(sentence: Sentence, statements: list[Statement]) -> Iterator[Fact]:
    """The responsibilities that a sentence gives, one for each body and role."""
    labelled = _LABEL.match(sentence.text)
    if labelled and (body := sentence.text[labelled.end() :].rstrip(TAIL)):
        if body_end(sentence.text, labelled.end()) > labelled.end():
            yield sentence.fact("responsibility", actor=body, role=_LABELLED[labelled.group(1).lower()])
        return
    if topic_of(sentence.above) in _NOT_HERE:
        return
    for statement in statements:
        if statement.actor and statement.verb >= 0 and not statement.passive and (statement.own or not statement.topic):
            yield from _of_statement(sentence, statement)


def _of_statement(sentence: Sentence, statement: Statement) -> Iterator[Fact]:
    text, actor = statement.text, statement.actor
    begin = statement.verb
    end = next((mention.start for mention in statement.dues if mention.start > begin + 3), len(text))
    if _SENDS.match(text, begin) or _NO_DUTY.match(text, begin) or _ANNOUNCES.search(text, begin):
        return
    quote = sentence.text if not statement.own and actor in sentence.text and actor not in text else text
    level = level_in(text)
    roles: set[Role] = set()
    lead = _LEADS.search(text, begin, end)
    if lead and _leads_off(text, begin, lead.start()):
        what, partners = _after_lead(text, lead.end(), end)
        roles.add("lead")
        yield sentence.fact("responsibility", quote, actor=actor, role="lead", action=what, level=level)
        for partner in partners:
            yield sentence.fact("responsibility", quote, actor=partner, role="coordinate", action=what, level=level)
    elif not lead and (at := _WITH.search(text, begin, end)) and _leads_off(text, begin, at.start()):
        stop = body_end(text, at.end())
        if stop > at.end():
            roles.add("coordinate")
            what = text[stop:end].strip(TAIL)
            yield sentence.fact("responsibility", quote, actor=actor, role="coordinate", action=_cleaned(what), recipient=text[at.end() : stop], level=level)
    elif not lead and _IS_LEAD.match(text, begin):
        roles.add("lead")
        yield sentence.fact("responsibility", quote, actor=actor, role="lead", action=text[begin:end].strip(TAIL), level=level)
        if helps := _HELPS.search(text, begin, end):
            roles.add("monitor")
            yield sentence.fact("responsibility", quote, actor=actor, role="monitor", action=_cleaned(text[helps.start(1) : end]), level=level)
    elif not lead and _ASSISTS.match(text, begin):
        roles.add("coordinate")
        yield sentence.fact("responsibility", quote, actor=actor, role="coordinate", action=_cleaned(text[begin:end]), level=level)
    advises = _ADVISES.search(text, begin, end)
    if advises and _leads_off(text, begin, advises.start()):
        stop = body_end(text, advises.end())
        what = _cleaned(text[max(stop, advises.end()) : end])
        roles.add("advise")
        yield sentence.fact("responsibility", quote, actor=actor, role="advise", action=what, recipient=text[advises.end() : stop], level=level)
    monitors = _MONITORS.search(text, begin, end)
    if monitors and _leads_off(text, begin, monitors.start()):
        roles.add("monitor")
        yield sentence.fact("responsibility", quote, actor=actor, role="monitor", action=_cleaned(text[monitors.start() : end]), level=level)
        if not _is_chain(text[begin : monitors.start()]) and roles == {"monitor"}:
            roles.clear()  # what stands before it is a duty too
    if not roles:
        yield sentence.fact("responsibility", quote, actor=actor, role="perform", action=_cleaned(text[begin:end]), level=level)


def _leads_off(text: str, begin: int, at: int) -> bool:
    """Whether the verb at ``at`` is one of those that the predicate begins with: behind verbs alone, or behind a comma."""
    before = text[begin:at]
    if _is_chain(before):
        return True
    return bool(_SEGMENT.search(before)) and ("," in before[-3:])


def _is_chain(text: str) -> bool:
    """Whether the text is verbs alone: "tích cực tham mưu, "."""
    return not re.sub(rf"(?:{VERB.pattern})|,|\bvà\b", "", text.lower()).strip()


def _after_lead(text: str, start: int, end: int) -> tuple[str, list[str]]:
    """What is led, and those who take part: "chủ trì, phối hợp với A, B xây dựng …"."""
    partner = re.compile(r"\s*(?:,|và)?\s*").match(text, start)
    at = partner.end() if partner else start
    together = _WITH.match(text, at)
    if together is None:
        return _cleaned(text[start:end]), []
    stop = body_end(text, together.end())
    if stop == together.end():
        return "", []
    return _cleaned(text[stop:end]), [text[together.end() : stop]]


def _cleaned(what: str) -> str:
    """What is to be done, without "và" and "để" before it and "xong" behind."""
    return _LEADING.sub("", _TRAILING.sub("", what.strip(TAIL)))
