"""What has to be fulfilled or handed in: criteria by subject, and the papers of a dossier. Each item of the list is one fact, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.clauses import Sentence
from ingest.facts.occasions import level_in
from ingest.facts.statements import opens_with_verb
from ingest.facts.topics import is_about, topic_of
from xhht_qa.types import Fact

_NOTE = re.compile(r"(?:lưu ý|ghi chú|riêng)(?!\w)", re.IGNORECASE)
_ANNOUNCES = re.compile(r",?\s*(?:và|đồng thời)?\s*(?:đạt|đáp ứng|bảo đảm|có đủ)\s+(?:\S+\s+){0,4}?(?:tiêu chí|tiêu chuẩn|điều kiện)[^:]*:$", re.IGNORECASE)
_SUBJECT = re.compile(r"(?<!\w)(?:đối với|của|cho|áp dụng cho)\s+(.+?)[\s:;.]*$", re.IGNORECASE)
_FRAME = re.compile(r"(?:(?:tiêu chí|tiêu chuẩn|điều kiện)\s+)?(?:đối với|của|cho|áp dụng cho|áp dụng đối với)\s+", re.IGNORECASE)
_CONSISTS = re.compile(r"(?<!\w)(?:gồm|thành phần)(?!\w)", re.IGNORECASE)
_OPENS_WITH_CRITERIA = re.compile(r"(?:các )?(?:tiêu chí|tiêu chuẩn|điều kiện)", re.IGNORECASE)
_NO_SUBJECT = re.compile(r"(?:về|giảm)(?!\w)", re.IGNORECASE)  # a heading by subject matter says for nobody
_LONGEST_SUBJECT = 30  # words
_SHORTEST = 3  # words of a criterion
_SHORTEST_IN_LEAD_IN = 6  # words in which a lead-in can state a criterion of its own


def conditions_of(sentence: Sentence) -> Iterator[Fact]:
    """The criterion or the paper of a dossier that a paragraph is."""
    if not sentence.opens_paragraph or _NOTE.match(sentence.text):
        return
    topic = topic_of(sentence.above)
    whole = sentence.paragraph_text
    if topic == "criterion" and len(whole.split()) >= _SHORTEST:
        stated = whole
        if whole.endswith(":"):
            stated = _ANNOUNCES.sub("", whole)
            if stated == whole or len(stated.split()) < _SHORTEST_IN_LEAD_IN:
                return
        yield sentence.fact("criterion", whole, actor=_subject(sentence.above), action=stated.rstrip(" ;."), level=level_in(whole))
    elif topic == "dossier" and not whole.endswith(":") and (sentence.paragraph.bullet or _is_lettered_item(sentence)):
        yield sentence.fact("dossier", whole, object=whole.rstrip(" ;."))


def _is_lettered_item(sentence: Sentence) -> bool:
    """Whether the paragraph is all of a section below "Hồ sơ gồm:" or "Thành phần hồ sơ"."""
    return len(sentence.section.paragraphs) == 1 and not sentence.section.is_heading and bool(_CONSISTS.search(sentence.above[0]))


def _subject(above: tuple[str, ...]) -> str:
    """For whom criteria are: the heading below the one that says that they are criteria, or the end of that one."""
    for heading in above:
        if heading.endswith(":") and is_about("criterion", heading) and not _OPENS_WITH_CRITERIA.match(heading):
            continue  # "Phường được xét khi đạt các điều kiện sau:": the heading above says for whom
        if is_about("criterion", heading):
            stated = _SUBJECT.search(heading) if not heading.endswith(":") else None
            return stated.group(1) if stated and len(stated.group(1).split()) <= _LONGEST_SUBJECT else ""
        if heading.endswith(":") and len(heading.split()) > _LONGEST_SUBJECT:
            continue
        subject = re.sub(r" (?:phải|cần)$", "", _FRAME.sub("", heading).strip(" :;."))
        if not _NO_SUBJECT.match(subject) and not opens_with_verb(subject):
            return subject
    return ""
