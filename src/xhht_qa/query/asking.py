"""The words that open a gap in a question ("ai", "khi nào", "bao nhiêu") and those that lead in and out of it.

All patterns are closed classes of the language, matched against restored text in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from xhht_qa.query.slots import asks_to_confirm
from xhht_qa.text.remembered import remembered
from xhht_qa.text.tokens import syllables

Gap = Literal["when", "where", "who", "much", "what"]

_BODY = r"(?:cơ quan|đơn vị|tổ chức|bộ phận|phòng ban|phòng|sở|ban|ngành|khoa|cấp|bên|nơi|chỗ|người|đài|hội)"
_WORDS: Mapping[Gap, str] = {
    "when": r"(?:(?:chậm nhất|muộn nhất|trước|vào|từ|đến|là|trong|hết|lúc|hạn)\s+)*"
    r"(?:khi nào|bao giờ|lúc nào|(?:ngày|hôm|bữa|hồi|dạo|tháng|năm|quý|giờ|thời gian|thời điểm) (?:nào|mấy|bao nhiêu)|bao lâu"
    r"|(?:mấy|bao nhiêu) (?:ngày|giờ|tháng|năm(?! \d)|tuần|hôm)(?: làm việc)?)",
    "where": rf"(?:(?:ở|về|đến|tới|cho|lên|với|tại)\s+)(?:đâu|ai|(?:những )?{_BODY} nào)",
    "who": rf"(?:(?:do|bởi|giao)\s+)?(?:những )?(?:ai|{_BODY} nào)",
    "much": r"(?:(?:là|có|được|tối đa|tối thiểu|ít nhất|nhiều nhất|không quá|khoảng)\s+)*(?:bao nhiêu|mấy)(?: phần trăm| tiền| nghìn| triệu| tỷ)?(?: đồng)?",
    "what": r"(?:(?:là|gồm|có|nói|nêu|quy định)\s+)*(?:(?:những|các|cái|việc)\s+)*(?:gì|thế nào|như thế nào|ra sao|làm sao|nào)(?: nữa)?",
}
_GAPS = {gap: re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) for gap, words in _WORDS.items()}
_ROLE = re.compile(r"(?<!\w)(?:chủ trì|phối hợp|phụ trách|chịu trách nhiệm|làm đầu mối)(?!\w)", re.IGNORECASE)
_LEAD = re.compile(
    r"^\W*(?:(?:à|ờ|ừ|ừm|ok|oke|okay|vâng|dạ|cảm ơn|còn(?! lại)|vậy|(?:thế|như vậy)(?! nào)|mà|rồi|nhưng|thì|riêng|(?:bên|phía)(?! (?:nào|đó|ấy))|tiện thể|xin lỗi"
    r"|(?:cho|xin) (?:tôi|mình|em)? ?hỏi(?: thêm)?|không(?=\W*[,.:;]|\s+(?:phải|ý)\b)|phải|nhầm(?: rồi)?|sửa lại(?: là)?|đúng ra(?: là)?|tức là"
    r"|ý (?:của )?(?:tôi|mình|em|anh|chị)(?: hỏi| muốn hỏi| muốn nói)?(?: là)?)(?!\w)\W*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]*(?<!\w)(?:thì (?:sao|thế nào)|thì|(?<!vì )(?<!tại )(?<!ra )(?<!làm )sao|cơ|mà|chứ|nhé|nha|nhỉ|ạ|à|vậy|thế|hả|luôn|nữa))+[\s?.!]*$",
    re.IGNORECASE,
)
_CONSEQUENCE = re.compile(r"\W*(?:nếu|lỡ|khi)(?!\w).*(?<!\w)thì (?:sao|thế nào|bị sao)\W*$", re.IGNORECASE)
_PART = re.compile(r"^\W*(?:(?:và|thế|vậy|còn)\s+)*(?:trong (?:số )?(?:đó|ấy|này)|sau đó)\W*", re.IGNORECASE)
_CLOSED = re.compile(r"(?<!\w)(?:(?:có|được|phải|đã|cần)(?!\w).*(?<!\w)(?:không|chưa)|hay (?:không|chưa)|đúng không|phải không)\W*$", re.IGNORECASE)
_COUNTED = 2  # syllables of a bare count: "mấy suất"
_THE = re.compile(
    r"^(?:mấy|những|các)\s+(?:cái\s+)?(?!(?:giờ|ngày|tháng|năm|lần|người|tuần|quý)(?!\w))", re.IGNORECASE
)  # "mấy quán karaoke": the bars, no count of them
_LIGHT_WORDS = """
là có thì ở do và của cho về các những phải cần được bị hạn nộp gửi báo cáo xong hết hoàn thành thực hiện tổ chức diễn ra làm việc
này đó nữa cũng trước vào trong chậm nhất muộn chót thời gian giao kết quả tiến hành bắt đầu trình ký
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())
# A noun that asks for the day of what was asked about: "thời hạn hoàn thành?"
_DAY_OF = re.compile(r"(?:thời hạn|thời gian|hạn)(?: (?:chót|cuối))?((?: (?:hoàn thành|thực hiện|triển khai|tổ chức|kết thúc|xong|nộp|gửi))*)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """Where a question leaves its gap."""

    gap: Gap
    start: int
    end: int


@dataclass(frozen=True)
class Bare:
    """A follow-up without the words that only lead in and out of it."""

    text: str
    leans: bool  # such words stood there
    partitive: bool  # "trong đó …" adds to the question before instead of replacing
    asks_consequence: bool  # "nếu nộp trễ thì sao?": "thì sao" asks, and does not only lead out
    confirms: bool  # states a value for the gap of the question before ("cũng 24 giờ luôn hả?")


@remembered
def gap_in(text: str) -> Asked | None:
    """The first gap of a question with the role that goes with it ("ai chủ trì")."""
    found = [Asked(gap, match.start(), match.end()) for gap, pattern in _GAPS.items() if (match := pattern.search(text))]
    if not found:
        return None
    asked = min(found, key=lambda gap: (gap.start, -gap.end))
    role = _ROLE.match(text, asked.end + 1)
    return Asked(asked.gap, asked.start, role.end()) if role and asked.gap == "who" else asked


def gaps_in(text: str) -> list[Gap]:
    """The gaps of a question in their order."""
    gaps: list[Gap] = []
    while gap := gap_in(text):
        gaps.append(gap.gap)
        text = text[gap.end :]
    return gaps


def without_gaps(text: str) -> str:
    """A question without the words that ask."""
    while gap := gap_in(text):
        text = f"{text[: gap.start]} {text[gap.end :]}"
    return text


def without_article(text: str, before: str) -> str:
    """A follow-up without "mấy" where that counts nothing, for nothing was counted before."""
    asked = gap_in(before)
    return _THE.sub("", text) if asked and asked.gap != "much" and len(text.split()) > _COUNTED else text


def role_in(text: str) -> re.Match[str] | None:
    """ "chủ trì", "phối hợp" and their like."""
    return _ROLE.search(text)


def bare(text: str) -> Bare:
    """ "thế còn cấp xã thì sao?" → "cấp xã"; what is nothing but such words stays."""
    part = _PART.match(text)
    lead = part or _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    tail = _TAIL.search(rest)
    core = (rest[: tail.start()] if tail else rest).strip(" ?.!,;")
    core = f"{day.group(1)} khi nào".strip() if (day := _DAY_OF.fullmatch(core)) else core
    confirms = asks_to_confirm(text)
    consequence = _CONSEQUENCE.match(rest) is not None
    return Bare(core, bool(lead or tail), bool(part), consequence, confirms) if core else Bare(text.strip(" ?.!,;"), False, False, False, confirms)


def is_closed(text: str) -> bool:
    """Whether yes or no answers it."""
    return _CLOSED.search(text) is not None


def telling(text: str) -> list[str]:
    """The syllables of a text that say what it is about, in lower case."""
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if word not in _LIGHT]


def weight(text: str) -> int:
    """How many syllables of a text say what it is about."""
    return len(telling(text))


def news(text: str, before: str) -> int:
    """How many syllables say something that was not said before."""
    known = set(syllables(before))
    return weight(" ".join(word for word in syllables(text) if word not in known and not word.isdecimal()))
