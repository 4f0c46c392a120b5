"""Kinds of values: what a question asks for, and whether a text holds one."""

from __future__ import annotations

import re

from xhht_qa.text.dates import find_dates
from xhht_qa.text.normalise import fold
from xhht_qa.text.remembered import remembered
from xhht_qa.types import Query

_SEVERAL_DATES = re.compile(
    r"\b(?:hai|2|cac|nhung|tat ca|moi|may) (?:moc|han|thoi (?:han|diem))\b"
    r"|\b(?:6 thang|quy|thang|tuan|nam)(?: va|,| lan| cung| voi) (?:bao cao |ky )?(?:cuoi |ca |hang )?(?:6 thang|quy|thang|tuan|nam)\b(?! \d)"
)
_LIST_ASKED = re.compile(
    r"\b(?:nhung|cac)\b.{0,40}\b(?:nao|gi)\b|\bgom (?:nhung )?(?:gi|nao)\b|\bliet ke\b|\bke ra\b|\bnhung gi\b|\blam gi\b|\blam nhung gi\b"
    r"|\b(?:nhiem vu|dieu kien|tieu chi|tieu chuan|truong hop) (?:gi|nao)\b|(?<!khac nhau )(?<!chenh nhau )(?<!chenh lech )(?:\bthe nao\b|\bra sao\b)|\bnhung viec\b"
)
_CONSISTENCY = re.compile(
    r"(?<!\w)(?:khớp|mâu thuẫn|vênh|lệch nhau|khác nhau|không (?:có )?(?:giống|trùng) nhau|(?:có|không) (?:được )?thống nhất(?= (?:không|nhau|với)|\W*$))(?!\w)"
)
_QUALIFIES = re.compile(
    r"\bnao (?:thi |moi |se )+(?:duoc|bi|phai|thuoc|dat|dua)\b|\b(?:nhung )?(?:truong hop|doi tuong|dien) nao (?:thi )?(?:duoc|bi|phai)\b|\bthe nao (?:la du|moi du|thi du)\b"
)
_ONE_VALUE_SLOTS = ("deadline", "recipient", "signer", "number")
_LIST_SLOTS = ("criteria", "dossier", "procedure")
# "Khi nào một điểm bị coi là …?" may want a condition as well as a day.
_CONDITION_ASKED = re.compile(
    r"(?<!\w)(?:khi nào|lúc nào|bao giờ)(?!\w).*(?<!\w)(?:được|bị|đạt|coi là|mới)(?!\w)|(?<!\w)(?:được|bị|đạt) .*(?<!\w)(?:khi nào|lúc nào)\W*$", re.IGNORECASE
)
_CONDITION_PRINTED = re.compile(
    r"(?<!trước )(?<!sau )(?<!từ )(?<!đến )(?<!kể từ )(?<!\w)khi (?!đó|cần)|(?<!\w)(?:nếu|trường hợp|đủ điều kiện)(?!\w)", re.IGNORECASE
)
_SOURCE_ASKED = re.compile(
    r"(?<!\w)(?:kinh phí|tiền|vốn|ngân sách|nguồn lực|chi phí)(?!\w).{0,80}?(?<!\w)(?:lấy|trích|từ|ở|do|bằng|huy động)(?: ở| từ| ra)? (?:đâu|(?:những |các )?(?:nguồn|quỹ) nào|ai)(?!\w)"
    r"|(?<!\w)nguồn(?: kinh phí| vốn| tiền)?(?: \w+){0,8} (?:đâu|nào|gì)(?!\w)|(?<!\w)(?:ai|đâu|(?:đơn vị|cơ quan|bên) nào) (?:chi trả|trả tiền|chịu kinh phí|bỏ tiền|cấp tiền)(?!\w)",
    re.IGNORECASE,
)
_SOURCE_PRINTED = re.compile(r"(?<!\w)(?:nguồn|ngân sách|quỹ|tài trợ|chi trả|lấy từ|trích từ|xã hội hóa|tự cân đối|đóng góp)(?!\w)", re.IGNORECASE)
_YEAR_ASKED = re.compile(r"\bnam nao\b|\bnam may\b")
_WHICH_DAY = r"(?<!mot )(?<!moi )\bngay (?:nao|may|bao nhieu)\b"
_DAY_ASKED = re.compile(rf"{_WHICH_DAY}|\bhan\b|\btruoc ngay\b")
_IN_YEAR = re.compile(r"(?<!\w)năm (?:19|20)\d\d(?!\d)", re.IGNORECASE)
_YEAR_PRINTED = re.compile(r"(?<![-–] )(?<!\d)(?:19|20)\d\d(?!\s*[-–]\s*\d)(?!/QĐ|/TT|/NĐ)")
_WHEN = re.compile(
    r"năm \d{4}|(?:h[àằ]ng|mỗi) (?:năm|quý|tháng|tuần|ngày)|thường xuyên|ngày làm việc|\d+ (?:ngày|tháng|giờ|phút|năm|tuần)|định kỳ|thứ (?:hai|ba|tư|năm|sáu|bảy)",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?<!\d)(?!0?6 tháng(?! một lần))\d+ (?:ngày|giờ|phút|tuần|tháng)(?! đầu| cuối)|mỗi (?:tuần|tháng|quý|năm)|thứ (?:hai|ba|tư|năm|sáu|bảy)(?!\w)",
    re.IGNORECASE,
)
_ITEMS_COUNTED = re.compile(
    r"\b(?:bao nhieu|may) (?:loai|tieu chi|tieu chuan|dieu kien|giai phap|nhiem vu|noi dung|giai doan|buoc|muc tieu|muc|phan(?! tram)|nhom|giay to|thanh phan|hinh thuc|yeu cau|dot|y|diem)(?! tram)\b"
)
_SPELT = "hai|ba|bon|sau|bay|tam|chin|muoi"  # figures in letters; "một" is also an article and "năm" a year
_OFFICE = r"(?:(?:chi cuc|cuc|vu|hat|vien) truong|truong (?:ban|phong|doan|khoa|bo mon|tieu ban)|pho (?:ban|phong|doan|khoa)|chu tich|giam doc|bi thu|thu ky|to truong|hieu truong|chu nhiem)"
_SUM = r"(?<!\d)(?<!\d[.,])\d[\d.,]*\s*(?:đồng|triệu|tỷ|tỉ|nghìn|đ\b)|lần mức lương"
_FEE = "hoc phi|le phi|vien phi|thu lao|phu cap|tro cap"
_COUNT = r"(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_MUCH = r"(?<!\w)(?:mấy|bao nhiêu) "
_NO_SPAN = r"(?!\w)(?! (?:\d|nay|qua|tới|nữa thì|gần|trước|nào))"  # "mấy năm nay" counts nothing, "mấy tháng nào" are which months
_MEASURES = (
    "mét vuông|m2|m²",
    "héc ta|hecta|héc-ta|ha",
    "lít",
    "tấn",
    "tạ",
    "kg|ki-lô-gam",
    "kwh",
    "trang",
    "tb",
    "gb",
)  # a figure of another measure is no answer
_ANY_FIGURE = r"\d|(?<!\w)(?:hai|bốn|sáu|bảy|tám|chín|mười)(?!\w)"
# What a question leaves no choice about, and how it looks in print; the first that is asked counts. As everywhere here, a pattern in bare
# letters is matched against the folded question, one with accents against the question as spelt.
_REQUIRED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(printed, re.IGNORECASE))
    for asked, printed in (
        (
            r"\b(?:email|e-mail|thu dien tu|so dien thoai|sdt|duong day nong|hotline|so may ban|dien thoai|so truc\b.*\bso (?:may|nao|bao nhieu)|goi so (?:may|nao)|so cccd|can cuoc|zalo)\b",
            r"@|\b0\d[\d .]{7,}",
        ),
        # "Ai làm Trưởng Ban …?" asks for a person; plans name persons with ông, bà or đồng chí, or say by which office the place is held
        (
            rf"\b(?:ai|nguoi nao|dong chi nao|ong nao|ba nao)\b.{{0,25}}\b(?:lam|giu chuc|la|giu vai tro)\b.{{0,12}}\b{_OFFICE}\b"
            rf"|\b{_OFFICE}\b.{{0,60}}\b(?:la ai|la nguoi nao|ten (?:la )?gi)\b",
            r"\b(?:ông|bà|đồng chí|đ/c)\s+[^\W\d_]+\s+[^\W\d_]+|\b(?:do|là) .{2,60} làm (?:trưởng|phó|chủ tịch|tổ trưởng)|(?:trưởng|phó) (?:ban|đoàn) là",
        ),
        (r"\bbao xa\b|\b(?:bao nhieu|may) (?:km|cay so|ki lo met|met(?! vuong| khoi))\b", r"\d\s*(?:km|ki-?lô-?mét|cây số|mét|m)(?!\w)"),
        (r"\b(?:bao nhieu|may) lan\b", r"(?:\d|một|hai|ba|bốn) (?:lần|lượt|đợt)|một lần|(?:h[ằà]ng|mỗi) (?:tuần|tháng|quý|năm)"),
        (r"\b(?:phan tram|ti le|ty le)\b|%", r"\d\s*%|phần trăm"),
        (
            r"\b(?:bao nhieu|may) (?:tien|dong|trieu|ty|ti|von|kinh phi)\b|\b(?:muc (?:chi|kinh phi|tien|thuong|phat|ho tro)|kinh phi|so tien|chi phi)\b.{0,60}\bbao nhieu\b|\bchi bao nhieu\b|\b(?<!kiem )(?<!thanh )(?<!dieu )(?<!tiep )(?<!cong )(?<!chung )(?:tra|huong|nhan|ho tro) (?:bao nhieu|muc nao)\b"
            rf"|\b(?:{_FEE})\b.{{0,80}}\b(?:bao nhieu|muc nao)\b",
            _SUM,
        ),
        (rf"{_WHICH_DAY}|\bhom nao\b", r"\d{1,2}/\d|ngày \d|\d tháng \d|ngày làm việc|ngày cuối|thứ (?:hai|ba|tư|năm|sáu)"),
        (r"\bquy (?:nao|may)\b", r"quý (?:[IVX]+|\d)"),
        *((rf"{_MUCH}(?:{names})(?!\w)", rf"\d ?(?:{names})(?!\w)|(?:{names})\)? (?:là|từ|tối) ") for names in _MEASURES),
        (rf"{_MUCH}năm{_NO_SPAN}", rf"{_COUNT} (?:năm|tháng)|năm là \d|\d{{4}}\s*[-–]|thời hạn|thời gian|vĩnh viễn|lâu dài"),
        (rf"{_MUCH}tháng{_NO_SPAN}", rf"{_COUNT} (?:tháng|tuần|năm|quý)|tháng là \d"),
        (rf"{_MUCH}(?:ngày|tuần){_NO_SPAN}", rf"{_COUNT} (?:ngày|tuần|giờ|tháng|buổi)|(?:ngày|tuần) là \d|h[ằà]ng (?:ngày|tuần)"),
        (rf"{_MUCH}(?:giờ|tiếng|phút){_NO_SPAN}", rf"{_COUNT} ?(?:giờ|phút|h|ngày)(?!\w)|(?:giờ|phút) là \d|\d[hg:]\d\d"),
        (
            r"(?<!\w)bao lâu(?! (?:một lần|một đợt|báo cáo|cập nhật|kiểm tra))(?!.*một lần)",
            rf"{_COUNT} (?:phút|giờ|ngày|tuần|tháng|năm|buổi)|(?:giờ|ngày|tuần|tháng|năm) là \d|từ (?:ngày|tháng|năm|quý)|\d{{4}}\s*[-–]|\d/\d|thời gian|thời hạn|ngay|h[ằà]ng|mỗi|một lần|định kỳ|vĩnh viễn",
        ),
        (
            r"\b(?:muc (?:chi|thuong|ho tro|phat|kinh phi)|tien (?:thuong|ho tro|cong)|kinh phi)\b.*\b(?:(?:khac|bang|giong|chenh) nhau|chenh lech|(?:cao|thap|nhieu|it) hon|hon kem)\b",
            _SUM,
        ),
        (r"\bbao (?:nhieu|xa|lon|tuoi)\b|\b(?:co|duoc|gom|chia|la|lay|cap|nop|gui|trong) may \w+", _ANY_FIGURE),
        (r"^(?!.*(?<!\w)(?:nào|gì|ai|sao|đâu|bao)(?!\w)).*(?<!\w)mấy (?!hôm|bữa|khi|chốc)[^\W\d]", _ANY_FIGURE),
    )
)
ANY_FIGURE = _REQUIRED[-1][1]


def required_value(query: Query) -> re.Pattern[str] | None:
    """What a unit must hold to answer at all, for the questions that leave no choice."""
    wanted = _wanted(query.question) | _wanted(query.text)  # as typed, and with its slips mended
    return _REQUIRED[min(wanted)][1] if wanted else None


@remembered
def _wanted(wording: str) -> frozenset[int]:
    """The rows of ``_REQUIRED`` that a question asks for."""
    folded, spelt = fold(wording), wording.lower()
    return frozenset(row for row, (asked, _) in enumerate(_REQUIRED) if asked.search(folded if asked.pattern.isascii() else spelt))


def holds_required(required: re.Pattern[str], text: str) -> bool:
    """Whether the text holds it; where any figure will do, one of a date will not."""
    if required == ANY_FIGURE:
        for mention in reversed(find_dates(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        text = _IN_YEAR.sub(" ", text)
    return required.search(text) is not None


def holds_counted(noun: str, text: str, columns: str = "") -> bool:
    """Whether the text gives how many of the noun there are: "mấy xe" → "30 xe"; a column may name the noun of a table's figures."""
    folded, pattern = fold(text), re.escape(fold(noun))
    return bool(re.search(rf"(?:\d|\b(?:{_SPELT})) (?:[^\W\d]+ )?{pattern}\b", folded)) or (
        bool(re.search(rf"\b{pattern}\b", fold(columns))) and bool(re.search(r"\d", folded))
    )


def holds_value(query: Query, text: str) -> bool:
    """Whether the text holds the kind of value that the question asks for."""
    if query.slot == "deadline":
        folded = fold(query.question)
        if _YEAR_ASKED.search(folded):
            return bool(_YEAR_PRINTED.search(text))
        if _DAY_ASKED.search(folded):
            return any(mention.date.day for mention in find_dates(text)) or bool(re.search(r"ngày làm việc|ngày \d+", text))
        return bool(find_dates(text)) or bool(_WHEN.search(text))
    if query.slot == "count":
        return any(character.isdigit() for character in text)
    if query.slot == "legal_basis":
        return bool(re.search(r"\d+[\w]*/[\w/-]+|\d+-[A-Z]", text))
    return False


def due_printed(text: str) -> list[int]:
    """Where the text names a day, a span or a weekday: the offsets of what can be due; a year or a recurrence alone only says of what."""
    dates = [mention.start for mention in find_dates(text)]
    return sorted({*dates, *(match.start() for match in _SPAN.finditer(text))})


def asks_for_condition(query: Query) -> bool:
    """Whether "khi nào" may ask under which condition something holds, beside on which day."""
    return query.slot == "deadline" and bool(_CONDITION_ASKED.search(query.text))


def states_condition(text: str) -> bool:
    """Whether the text says under which condition something holds."""
    return bool(_CONDITION_PRINTED.search(text))


def asks_for_source(query: Query) -> bool:
    """Whether it is asked where the money comes from: "kinh phí lấy ở đâu", "nguồn nào", "ai chi trả"."""
    return bool(_SOURCE_ASKED.search(query.text))


def names_source(text: str) -> bool:
    """Whether the text speaks of a source of money."""
    return bool(_SOURCE_PRINTED.search(text))


def asks_for_several_dates(query: Query) -> bool:
    """Whether all the dates of a sentence are wanted ("hai mốc", "các hạn")."""
    return bool(_SEVERAL_DATES.search(fold(query.question)))


def doubts_consistency(query: Query) -> bool:
    """Whether the question asks if what the plans print agrees: "có khớp không", "khác nhau thế nào"."""
    return bool(_CONSISTENCY.search(query.text.lower()))


def asks_who_qualifies(query: Query) -> bool:
    """Whether criteria are asked for, in so many words or by what meets them: "gia đình nào thì được thăm"."""
    return query.slot == "criteria" or (query.slot in ("content", "responsible", "award") and bool(_QUALIFIES.search(fold(query.text))))


def counts_items(query: Query) -> bool:
    """Whether a number is asked for that the items of a list give: "có mấy tiêu chí", "bao nhiêu loại giấy tờ"."""
    return bool(_ITEMS_COUNTED.search(fold(query.question)))


def names_a_list(query: Query) -> bool:
    """Whether the words themselves want several: "gồm những gì", "các … nào"."""
    return bool(_LIST_ASKED.search(fold(query.text)))


def asks_for_list(query: Query) -> bool:
    """Whether all the items of a list may be wanted."""
    if query.slot in _ONE_VALUE_SLOTS and not asks_for_several_dates(query):
        return False
    return query.slot in _LIST_SLOTS or names_a_list(query)
