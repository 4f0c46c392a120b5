"""What "cơ quan đó", "hồ sơ ấy", "mục đó", "điểm tiếp theo" and "kế hoạch này" point back at: the last answer, or the last question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from xhht_qa.query.positions import addresses_named, places_named
from xhht_qa.text.bodies import names_of_bodies
from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan

_THAT = r"(?:đó|ấy|này|kia|nói trên|trên)"
_BODY = re.compile(
    rf"(?<!\w)(?:cơ quan|đơn vị|tổ chức|sở|phòng|khoa|ban|ngành|bên|nơi|hội|văn phòng|trung tâm|chi cục|công an|bệnh viện|trường|trạm|hạt|cục|bộ|kho bạc)\s+{_THAT}(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"(?<!\w)(?:phần|mục|khoản|điểm|điều|chương)\s+{_THAT}(?!\w)", re.IGNORECASE)
_NEXT = re.compile(r"(?<!\w)(?:phần|mục|khoản|điểm|điều|chương)\s+(?:tiếp theo|kế tiếp|tiếp|sau(?: đó)?|(trước(?: đó)?))(?!\w)(?! ngày| khi)", re.IGNORECASE)
_NEXT_STEP = re.compile(r"(?<!\w)(giai đoạn|bước|đợt)\s+(?:tiếp theo|kế tiếp|tiếp|sau(?: đó)?)(?!\w)", re.IGNORECASE)
_PLAN = re.compile(rf"(?<!\w)(?:(?:bản )?kế hoạch|văn bản)\s+{_THAT}(?!\w)", re.IGNORECASE)
_THING = re.compile(rf"(?<!\w)((?:\w+\s+)?\w+)\s+{_THAT}(?!\w)", re.IGNORECASE)
_IT = re.compile(rf"(?<!\w)(?:(?:nó|họ)(?!\w)|(?:mốc|mức|hạn|thời hạn|con số|khoản)\s+{_THAT}(?!\w)(?:\s+là)?)\s*", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"\s*(?:[,.;:()?!]|(?<!\w)(?:của|ở|tại|theo|trong|thì|là|gồm|có|cần|phải|được|do|nộp|gửi|trình|cho|về đâu|trước|khi|bao|chậm|muộn|gì|nào|ai|thế|như)(?!\w))"
)


def resolved(follow_up: str, question: str, answer: str, asks_who: bool, plans: Iterable[Plan], issuer: str) -> str:
    """The follow-up with its pronouns replaced by what they stand for; those that nothing explains stay."""
    known = list(plans)
    text = _PLAN.sub(lambda match: f"kế hoạch của {issuer}" if issuer else match.group(), follow_up)
    text = _NEXT.sub(lambda match: _neighbour(question, known, -1 if match.group(1) else 1) or match.group(), text)
    text = _NEXT_STEP.sub(lambda match: _next_step(match.group(1), question, known) or match.group(), text)
    text = _PLACE.sub(lambda match: places_named(answer) or places_named(question) or match.group(), text)
    text = _BODY.sub(lambda match: _body(match.group(), question, answer, asks_who), text)
    return _THING.sub(lambda match: _thing(match, question, answer), text)


def is_unexplained(text: str) -> bool:
    """Whether a pronoun is left in a follow-up, or a neighbour that was not found."""
    return any(pattern.search(text) for pattern in (_PLAN, _NEXT, _NEXT_STEP, _PLACE, _BODY, _THING))


def without_referents(text: str) -> str:
    """The follow-up without what points back, explained or not."""
    for pattern in (_PLAN, _NEXT, _NEXT_STEP, _PLACE, _BODY, _IT, _THING):
        text = pattern.sub(" ", text)
    return text


def without_it(text: str) -> str:
    """The follow-up without "nó" and "mức ấy": what they stand for is in the question before."""
    return _IT.sub("", text)


def _body(pronoun: str, question: str, answer: str, asks_who: bool) -> str:
    """Who was asked for stands first in the answer; else the one named last is the nearest."""
    kind = pronoun.split()[0].lower()
    named, asked = names_of_bodies(answer), names_of_bodies(question)
    for names in (named if asks_who else named[::-1], asked[::-1]):
        fitting = [name for name in names if name.lower().startswith(kind)] or ([] if kind in ("khoa", "phòng", "sở", "ban") else names)
        if fitting:
            return fitting[0]
    return pronoun


def _thing(match: re.Match[str], question: str, answer: str) -> str:
    """ "hồ sơ ấy" → "hồ sơ khen thưởng" as the question, else the answer, put it."""
    words = match.group(1).split()
    for noun in (" ".join(words), words[-1]):
        lead = match.group(1)[: len(match.group(1)) - len(noun)]
        for text in (question, answer):
            start = re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", text, re.IGNORECASE)
            if start:
                end = _BOUNDARY.search(text, start.end())
                phrase = text[start.start() : end.start() if end else len(text)].strip()
                return lead + phrase[0].lower() + phrase[1:]
    return match.group()


def _neighbour(question: str, plans: list[Plan], step: int) -> str:
    """The label of the section that stands beside the one the question names, at the same level."""
    for plan in plans:
        for address in addresses_named(question, [section.address for section in plan.sections].copy):
            section = plan.section(address)
            beside = [other for other in plan.sections if section and other.parent == section.parent and other.is_numbered]
            place = [other.address for other in beside].index(address) + step if section in beside else -1
            if 0 <= place < len(beside):
                return beside[place].label
    return ""


def _next_step(noun: str, question: str, plans: list[Plan]) -> str:
    """ "giai đoạn tiếp theo" after a question on "Giai đoạn 2025 - 2027": the name of the section behind it."""
    named = re.search(rf"(?<!\w){noun}\s+[\dIVX][\dIVX /–-]*(?!\w)", question, re.IGNORECASE)
    for plan in plans if named else ():
        steps = [match.group() for section in plan.sections if (match := re.match(rf"{noun}\s+[\dIVX][\dIVX /–-]*(?!\w)", section.title, re.IGNORECASE))]
        for step, following in itertools.pairwise(steps):
            if named and fold(step).strip() == fold(named.group()).strip():
                return following.strip()
    number = named.group()[len(noun) :].strip() if named else ""
    return f"{noun} {int(number) + 1}" if number.isdecimal() and len(number) < 3 else ""
