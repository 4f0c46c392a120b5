"""What "cơ quan đó", "hồ sơ ấy", "mục đó", "điểm tiếp theo" and "kế hoạch này" point back at: the last answer, or the last question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from xhht_qa.query.positions import addresses_named, places_named
from xhht_qa.text.normalise import CAPITAL, fold
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
# The words that open an agency's name, and the words that cannot belong to one: verbs of office, prepositions, figures.
_NAME = re.compile(
    r"(?<!\w)(?:(?:UBND|Ủy ban|Uỷ ban|Sở|Phòng|Ban|Văn phòng|Thanh tra|Công an|Trung tâm|Chi cục|Cục|Bộ|Khoa|Hội|Đoàn|Mặt trận|Trạm|Viện|Kho bạc|Bệnh viện|Trường|Đài|Báo(?!\s+(?:UBND|Ủy|Uỷ|Sở|Phòng|Ban|Công|Bộ|Hội)(?!\w)))"
    rf"(?=\s+(?:{CAPITAL}|nhân dân|và Đài|các |cấp |tỉnh|huyện|xã|phường|quận|thành phố|thị xã))|Tỉnh đoàn|Thành đoàn|Huyện đoàn)(?!\w)"
)
_NAME_IN_SMALL = re.compile(
    r"(?<!\w)(?:ubnd|ủy ban nhân dân|sở|phòng(?!,? chống)|văn phòng|thanh tra|công an|trung tâm|chi cục|cục|kho bạc|bệnh viện)(?!\w)(?!\s+(?:nào|mấy|ban)(?!\w))(?=\s)"
)
_OUTSIDE = re.compile(
    r"\s*(?:[.;:()\[\]\n?!]|,(?!\s+(?:chống|[A-ZĐ]))|\d|(?<!\w)(?:chủ trì|phối hợp|tổng hợp|gửi|trình|báo|thẩm|là|có|trong|trước|theo|để|được|thực hiện|tham mưu|xây dựng|hoàn thành"
    r"|tiếp nhận|phải|chịu|làm|phê duyệt|ban hành|tổ chức(?= \d)|hướng dẫn|kiểm tra|theo dõi|nhận|của|ở|tại|khi|về|qua|cho|do|đã|sẽ|không|nêu|công bố|dự trữ|thu|cấp|bố trí|nào|bao nhiêu|mấy|gì|còn|cần|thì|nộp|lên|với)(?!\w))"
)
_PLACE_NAME = re.compile(rf"(?<!\w)(?:tỉnh|huyện|quận|thị xã|xã|phường|thị trấn)(?:\s+{CAPITAL}[^\W\d_]*)+(?=\s+[^\W\d_])")  # closes an agency's name
_BOUNDARY = re.compile(
    r"\s*(?:[,.;:()?!]|(?<!\w)(?:của|ở|tại|theo|trong|thì|là|gồm|có|cần|phải|được|do|nộp|gửi|trình|cho|về đâu|trước|khi|bao|chậm|muộn|gì|nào|ai|thế|như)(?!\w))"
)


def names_of_bodies(text: str) -> list[str]:
    """The agencies that a text names, in order: "Phòng Văn hóa, Khoa học và Thông tin"."""
    return [text[start:end] for start, end in bodies(text)]


def bodies(text: str) -> list[tuple[int, int]]:
    """Where a text names agencies, in order; in a text without capitals by the words that open their names alone."""
    found: list[tuple[int, int]] = []
    pattern = _NAME_IN_SMALL if text.islower() else _NAME
    for match in pattern.finditer(text):
        if found and match.start() < found[-1][1]:
            continue  # the name of an agency within a longer one: "Thanh tra Sở"
        outside = _OUTSIDE.search(text, match.end())
        place = _PLACE_NAME.search(text, match.end())
        end = min(outside.start() if outside else len(text), place.end() if place else len(text))
        if (following := pattern.search(text, match.end(), end)) and text[: following.start()].rstrip().endswith(","):
            end = text[: following.start()].rstrip().rindex(",")
        found.append((match.start(), len(text[:end].rstrip())))
    return found


def resolved(follow_up: str, question: str, answer: str, asks_who: bool, plans: Iterable[Plan], issuer: str) -> str:
    """The follow-up with its pronouns replaced by what they stand for; those that nothing explains stay."""
    known = list(plans)
    text = _PLAN.sub(lambda match: f"kế hoạch của {issuer}" if issuer else match.group(), follow_up)
    text = _NEXT.sub(lambda match: _neighbour(question, known, -1 if match.group(1) else 1) or match.group(), text)
    text = _NEXT_STEP.sub(lambda match: _next_step(match.group(1), question, known) or match.group(), text)
    text = _PLACE.sub(lambda match: places_named(answer) or places_named(question) or match.group(), text)
    text = _BODY.sub(lambda match: _body(match.group(), question, answer, asks_who), text)
    return _THING.sub(lambda match: _thing(match, question, answer), text)


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
        for address in addresses_named(question, [plan]):
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
