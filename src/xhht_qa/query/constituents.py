"""Which constituent of a question a fragment takes the place of: the one of its own kind.

An ordinal takes the place of an ordinal of the same noun ("giải ba": "giải nhì"), a group of persons that of the group that the question
opens with ("đoàn viên": "người lao động chưa vào công đoàn"), a phrase that of the phrase with which it shares its first words.
"""

from __future__ import annotations

import re

from xhht_qa.query.asking import Asked, weight
from xhht_qa.text.normalise import CAPITAL
from xhht_qa.text.words import general_words

_COUNTED = 3  # syllables of what is counted, at most
_STOP = re.compile(
    r"\s*(?:[,.;:()?!]|(?<!\w)(?:của|ở|tại|về|theo|trong|vì|được|thì|là|gồm|cần|phải|do|nộp|gửi|trình|cho|trước|khi|(?<!việc )làm|từ|đến|bao|chậm|muộn|xong|hết|đạt|gì|nào|ai|mấy|thế)(?!\w))"
)
_NUMBERED = re.compile(
    r"(?<!\w)(năm|tháng|quý|giai đoạn|bước|đợt|ngày|phụ lục|điều|khoản|mục|điểm|phần|vòng|khối|lớp|tổ|nhóm|tuyến|học kỳ|kỳ|hạng|loại|mức|bậc|giải|khóa|lần|cấp)"
    r"\s+(?:\d[\d/]*(?:\s*-\s*\d+)?|[IVX]+|(?-i:[A-E])|một|nhất|nhì|hai|ba|tư|bốn|đặc biệt|khuyến khích|(?<=điểm )[a-zđ])(?!\w)(?! (?:lần|người|suất|ngày|tháng|năm|đồng)(?!\w))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:đến\s+)?((?:19|20)\d\d)$", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_PERSONS = (
    r"(?:hộ|gia đình|người|cá nhân|tập thể|tổ|nhóm|đội|câu lạc bộ|đoàn viên|hội viên|đảng viên|cán bộ|công chức|viên chức|nhân viên|học sinh|sinh viên|giáo viên|giảng viên"
    r"|học viên|thanh niên|phụ nữ|trẻ em|bệnh nhân|công nhân|lao động|doanh nghiệp|công ty|cơ sở|hợp tác xã|chủ đầu tư|nhà thầu|xã|phường|thôn|bản|làng|khu phố|trường|lớp|chi bộ"
    r"|trạm|trung tâm|phòng|ban|sở|chi cục|hạt|công an|bệnh viện|khoa|văn phòng|hội|ủy ban|ubnd)"
)
_GROUP = re.compile(rf"(?:(?:một|mỗi|các|những|mấy|từng|đối với|với|cho)\s+)*{_PERSONS}(?!\w)", re.IGNORECASE)
_PERSON = re.compile(rf"(?<!\w){_PERSONS}(?: gia đình)?(?!\w)", re.IGNORECASE)
_HANDED_IN = ("báo cáo", "hồ sơ")
_MEASURES = frozenset(["tiền", "đồng", "triệu", "tỷ", "phần", "lần", "ngày", "giờ", "tháng", "năm", "tuổi", "điểm", "km", "mét"])
_PLACE = re.compile(rf"\s+(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\s+(?={CAPITAL})")


def numbered(fragment: str, text: str) -> tuple[str, str]:
    """``text`` with the ordinal, year or section of the fragment in the place of that of the same noun, and what is left of the fragment."""
    number = _NUMBERED.search(fragment) or _YEAR.match(fragment)
    if not number:
        return text, fragment
    head, phrase = (number.group(1).lower(), number.group()) if number.re is _NUMBERED else ("năm", f"năm {number.group(1)}")
    old = next((old for old in _NUMBERED.finditer(text) if old.group(1).lower() == head), None)
    old = old or (_BARE_YEAR.search(text) if _BARE_YEAR.search(phrase) else None)  # "cho 2025" is a year too
    if not old:
        return text, fragment
    return text[: old.start()] + phrase + text[old.end() :], f"{fragment[: number.start()]} {fragment[number.end() :]}"


def by_common_words(fragment: str, text: str, gap: Asked | None, name: int, least: int = 1) -> tuple[int, int] | None:
    """Where the phrase stands that begins with the first words of the fragment, ``least`` or more of them: that nearest before the gap.

    "hộ có người chết" takes the place of "hộ có nhà sập", "bằng khen" that of "giấy khen", which ends alike.
    ``name`` is where the name of the plan begins.
    """
    words = fragment.split()
    for count in range(min(len(words) - 1, 3), least - 1, -1):
        head = " ".join(words[:count])
        starts = [match for match in re.finditer(rf"(?<!\w){re.escape(head)}(?!\w)", text, re.IGNORECASE) if not _is_tail(text, match)]
        before = [match for match in starts if gap and match.end() <= gap.start]
        if starts and (weight(head) or head.lower() in _HANDED_IN):
            start = before[-1] if before else starts[0]
            end = _end(text, start.end() + 1, name)
            return start.start(), min(end, gap.start) if gap and gap.start > start.end() else end
    pair = re.search(rf"(?<!\w)\w+ {re.escape(words[1])}(?!\w)", text, re.IGNORECASE) if least == 1 and len(words) > 1 and weight(words[1]) else None
    return pair.span() if pair else None


def by_group(fragment: str, text: str, name: int, end: int) -> tuple[int, int] | None:
    """Where the group of persons stands that a question opens with, if the fragment is one too; ``end`` is that of the plan's name."""
    if not _GROUP.match(fragment):
        return None
    if group := _GROUP.match(text):
        return 0, _end(text, group.end(), name)
    if not _GROUP.fullmatch(fragment):
        return None
    # "cá nhân" takes the place of the only other such group, wherever that stands without a word of its own behind it
    groups = [group for group in _PERSON.finditer(text) if not name <= group.start() < end]
    return groups[0].span() if len(groups) == 1 and _end(text, groups[0].end()) == groups[0].end() else None


def counted(fragment: str, text: str, gap: Asked | None) -> str:
    """ "còn xăng dầu?" takes the place of what was counted: "bao nhiêu gạo"; a measure ("bao nhiêu tiền") is not counted."""
    if not gap or gap.gap != "much":
        return ""
    counting = text[gap.end : _end(text, gap.end + 1)]
    words = re.findall(r"\w+", counting)
    return f"{text[: gap.end]} {inside(fragment)}{text[gap.end + len(counting) :]}" if 0 < len(words) <= _COUNTED and words[0] not in _MEASURES else ""


def put(phrase: str, text: str, span: tuple[int, int]) -> str:
    """``phrase`` in the place of a span of the text."""
    tail = text[span[1] :].lstrip()
    last = phrase.split()[-1]
    if tail.startswith(f"{last} "):
        phrase = phrase[: -len(last)]  # "Hội Khuyến học huyện" before "huyện Suối Mây"
    return f"{text[: span[0]]}{inside(phrase) if span[0] else phrase} {tail}"


def inside(text: str) -> str:
    """A phrase as it stands inside a sentence; a name keeps its capital."""
    first, _, rest = text.strip().partition(" ")
    return text.strip() if first.isupper() or rest[:1].isupper() else f"{first.lower()} {rest}".strip()


def _end(text: str, start: int, name: int = 0) -> int:
    """Where a phrase ends that goes on at ``start``: before a word that opens another one, before a place, before the plan's name."""
    ends = [match.start() for match in (_STOP.search(text, start), _PLACE.search(text, start)) if match]
    return min([*ends, *([len(text[:name].rstrip())] if name > start else [])], default=len(text))


def _is_tail(text: str, match: re.Match[str]) -> bool:
    """Whether a match is the second half of a word: "đoàn" in "công đoàn"."""
    before = text[: match.start()].split()
    return bool(before) and f"{before[-1]} {match.group()}".lower() in general_words()
