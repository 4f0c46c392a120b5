"""Awards: what is given, to whom, how many, at which level and occasion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.bodies import body_end
from ingest.facts.clauses import Sentence
from ingest.facts.occasions import level_in, occasion_in
from ingest.facts.topics import topic_of
from xhht_qa.types import Fact

_AWARD = re.compile(r"(?:Huân chương|Huy chương|Bằng khen|Giấy khen|Cờ [Tt]hi đua|Kỷ niệm chương|bằng khen|giấy khen)(?!\w)(?: [Ll]ao động)?")
_GIVEN_BY = re.compile(r" (?:của |cấp )")
_GIVER = re.compile(r" (?=Thủ tướng|Chủ tịch|Giám đốc|Bộ trưởng|UBND|Ủy ban)")
_AT_LEVEL = re.compile(r" cấp [^;.:()]+?(?= (?:cho|trong|vào|không quá|theo|đối với)(?!\w)|[;.:(]|$)")
_GIVES = re.compile(r"(?<!\w)(?:tặng|khen thưởng|thưởng|trao|hình thức)(?!\w)", re.IGNORECASE)
_RECEIVER = r"(?:tập thể|cá nhân|hộ gia đình|gia đình|dòng họ|đơn vị|tổ chức|học sinh|giáo viên|đội|xã|phường|thôn)"
_WHOM = re.compile(
    rf"(?<!\w)(?:cho|đối với)\s+((?:các |những )?{_RECEIVER}(?:(?:, | và | hoặc )(?:các )?{_RECEIVER})*(?: (?!có\b|trong\b|theo\b|đạt\b|vào\b|được\b|và \d)[^\s,;.:()]+)*)"
)
_COUNT = re.compile(
    rf"(?:(?:không quá|tối đa|ít nhất)\s+)?\d+ {_RECEIVER}(?:(?:,| và| hoặc)\s+(?:không quá )?\d+ {_RECEIVER})*(?: \((?:hoặc|và) [^()]*\))?(?: mỗi năm)?"
)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:triệu|nghìn|tỷ)?\s*đồng")
_OF_A_DOSSIER = re.compile(r"hồ sơ|biên bản|tờ trình|báo cáo thành tích", re.IGNORECASE)


def awards_of(sentence: Sentence) -> Iterator[Fact]:
    """One fact for each award that a sentence names as given."""
    topic = topic_of(sentence.above)
    if topic in ("dossier", "criterion", "situation", "purpose") or not _AWARD.search(sentence.text):
        return
    for clause in sentence.clauses:
        if _OF_A_DOSSIER.match(clause) or not (topic == "award" or _GIVES.search(clause) or _AWARD.match(clause)):
            continue
        for match in _AWARD.finditer(clause):
            end = _name_end(clause, match.end())
            whom, count = _WHOM.search(clause), _COUNT.search(clause, end)
            money = _MONEY.search(clause, end)
            yield sentence.fact(
                "award",
                clause,
                actor=whom.group(1) if whom else "",
                object=clause[match.start() : end],
                value=count.group() if count else money.group() if money else "",
                level=level_in(clause),
                occasion=occasion_in(clause),
            )


def _name_end(clause: str, end: int) -> int:
    """Behind "của Chủ tịch UBND …", where the name of an award goes on with who gives it."""
    by = _GIVEN_BY.match(clause, end) or _GIVER.match(clause, end)
    if by is None:
        return end
    if by.group().strip() == "cấp":
        level = _AT_LEVEL.match(clause, end)
        return level.end() if level else end
    stop = body_end(clause, by.end())
    return stop if stop > by.end() else end
