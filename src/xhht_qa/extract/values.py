"""Kinds of values: what a question asks for, and whether a text holds one."""

from __future__ import annotations

import re

from xhht_qa.text.dates import find_dates, without_citations
from xhht_qa.text.forms import FORM_ASKED
from xhht_qa.text.normalise import fold
from xhht_qa.text.remembered import remembered
from xhht_qa.types import Query

_SEVERAL_DATES = re.compile(
    r"\b(?:hai|2|cac|nhung|tat ca|moi|may) (?:moc|han|thoi (?:han|diem))\b"
    r"|\b(?:6 thang|quy|thang|tuan|nam)(?: va|,| lan| cung| voi) (?:bao cao |ky )?(?:cuoi |ca |hang )?(?:6 thang|quy|thang|tuan|nam)\b(?! \d)"
)
_LIST_ASKED = re.compile(
    r"\b(?:nhung|cac)\b.{0,40}\b(?:nao|gi)\b|\bdoi tuong\b.{0,40}\b(?:la|gom|co) (?:nhung )?(?:ai|don vi nao)\b|\bnhung ai (?:thi |moi |se )*(?:duoc|bi)\b|\bgom (?:nhung )?(?:gi|nao)\b|\bliet ke\b|\bke ra\b|\bnhung gi\b|\blam gi\b|\blam nhung gi\b"
    r"|\b(?:nhiem vu|trach nhiem|dieu kien|tieu chi|tieu chuan|truong hop) (?:gi|nao)\b|(?<!khac nhau )(?<!chenh nhau )(?<!chenh lech )(?:\bthe nao\b|\bra sao\b)|\bnhung viec\b"
)
_CONSISTENCY = re.compile(
    r"(?<!\w)(?:khớp|mâu thuẫn|vênh|lệch nhau|khác nhau|không (?:có )?(?:giống|trùng) nhau|(?:có|không) (?:được )?thống nhất(?= (?:không|nhau|với)|\W*$))(?!\w)"
)
_QUALIFIES = re.compile(
    r"\bnao (?:thi |moi |se )+(?:duoc|bi|phai|thuoc|dat|dua)\b|\bnhung ai (?:thi |moi |se )*(?:duoc|bi)\b|\b(?:nhung )?(?:truong hop|doi tuong|dien) nao (?:thi )?(?:duoc|bi|phai)\b|\bthe nao (?:la du|moi du|thi du)\b"
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
# "nộp trễ thì bị gì?": what follows, and how plans say that something does
_CONSEQUENCE_ASKED = re.compile(
    r"(?<!\w)bị (?:(?:xử(?: lý| phạt)?|phạt|làm) )?(?:gì|sao|ra sao|(?:như )?thế nào)(?!\w)|(?<!\w)thì sao\W*$|(?<!\w)(?:hậu quả|chế tài)(?!\w)", re.IGNORECASE
)
_CONSEQUENCE_PRINTED = re.compile(
    r"(?<!\w)(?:bị|không được (?:xét|hưởng|nhận|thanh toán|công nhận|khen)|kiểm điểm|đình chỉ|thu hồi|giải trình|kỷ luật|xử (?:lý|phạt) (?:theo|vi phạm)|chịu trách nhiệm|phải (?:làm lại|hoàn trả|giải trình|bồi thường)|chuyển sang)(?!\w)",
    re.IGNORECASE,
)
_SOURCE_ASKED = re.compile(
    r"(?<!\w)(?:kinh phí|tiền|vốn|ngân sách|nguồn lực|chi phí)(?!\w).{0,80}?(?<!\w)(?:lấy|trích|từ|ở|do|bằng|huy động)(?: ở| từ| ra)? (?:đâu|(?:những |các )?(?:nguồn|quỹ) nào|ai)(?!\w)"
    r"|(?<!\w)(?:kinh phí|tiền|vốn) đâu(?!\w)|(?<!\w)nguồn(?: kinh phí| vốn| tiền)?(?: \w+){0,8} (?:đâu|nào|gì)(?!\w)|(?<!\w)(?:ai|đâu|(?:đơn vị|cơ quan|bên) nào) (?:chi trả|trả tiền|chịu kinh phí|bỏ tiền|cấp tiền)(?!\w)",
    re.IGNORECASE,
)
_SOURCE_PRINTED = re.compile(r"(?<!\w)(?:nguồn|ngân sách|quỹ|tài trợ|chi trả|lấy từ|trích từ|xã hội hóa|tự cân đối|đóng góp)(?!\w)", re.IGNORECASE)
# What papers a dossier has, and not when it is due or in how many copies
_PAPERS_ASKED = re.compile(r"(?<!\w)(?:gồm|cần|phải có|có|nộp|mang|chuẩn bị)(?: \w+){0,3} (?:gì|nào)(?!\w)", re.IGNORECASE)
_PAPER_NAMED = re.compile(
    r"\b(?:don(?! vi)|to trinh|bien ban|ban (?:sao|chinh|thuyet minh|cam ket|ke|khai|ve)|giay (?!khen|to\b)|phieu|to khai|can cuoc|danh sach"
    r"|bao cao (?:thanh tich|tom tat)|theo mau|hop dong|ho chieu|thuyet minh)\b"
)
_PAPERS_LISTED = re.compile(r"\b(?:ho so|giay to)\b[^.;\n]{0,120}\bgom\b|\bthanh phan ho so\b")
_YEAR_ASKED = re.compile(r"\bnăm (?:nào|mấy)\b")
_WHICH_DAY = r"(?<!một )(?<!mỗi )\bngày (?:nào|mấy|bao nhiêu)\b"
_DAY_ASKED = re.compile(rf"{_WHICH_DAY}|\bhạn\b|\btrước ngày\b")
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
    r"\b(?:bao nhiêu|mấy) (?:loại|tiêu chí|tiêu chuẩn|điều kiện|giải pháp|nhiệm vụ|nội dung|giai đoạn|bước|mục tiêu|mục|phần(?! trăm)|nhóm|giấy tờ|thành phần|hình thức|yêu cầu|đợt|ý|điểm)\b",
    re.IGNORECASE,
)
_SPELT = "hai|ba|bon|sau|bay|tam|chin|muoi"  # figures in letters; "một" is also an article and "năm" a year
_OFFICE = r"(?:(?:chi cục|cục|vụ|hạt|viện) trưởng|trưởng (?:ban|phòng|đoàn|khoa|bộ môn|tiểu ban)|phó (?:ban|phòng|đoàn|khoa)|chủ tịch|giám đốc|bí thư|thư ký|tổ trưởng|hiệu trưởng|chủ nhiệm)"
_SUM = r"(?<!\d)(?<!\d[.,])\d[\d.,]*\s*(?:đồng|triệu|tỷ|tỉ|nghìn|đ\b)|lần mức lương"
_FEE = "học phí|lệ phí|viện phí|thù lao|phụ cấp|trợ cấp"
_COUNT = r"(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_MUCH = r"(?<!\w)(?:mấy|bao nhiêu) "
_ALONE = r"^(?!.*(?<!\w)(?:gồm|gì)(?!\w)).*"  # "gồm giấy tờ gì, mấy bộ" asks for more than the copies
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
# A review of the work is no report on it and no papers for it: "sơ kết trước ngày nào" is not answered by when its dossiers are due
_REVIEW_ASKED = r"^(?!.*(?<!\w)(?:hồ sơ|báo cáo|khen|thưởng|giấy tờ|danh sách|gửi|nộp|trình|ai|(?:cơ quan|đơn vị|bên) nào)(?!\w))(?=.*(?<!\w){review}(?!\w)).*(?<!\w){when}(?!\w)"
_REVIEW = r"(?<!thưởng )(?<!dịp )(?<!cơ sở )(?<!cáo )(?<!giá )(?<!đợt )(?<!\w){review}(?!\w)"
_SAME_WORK = r"(?:(?!(?<!\w)(?:gửi|nộp|trình|để)(?!\w)|[.;]).)*?"  # between the review and its day, which stand either way round
_REVIEW_PRINTED = rf"{_REVIEW}{_SAME_WORK}{{day}}|{{day}}{_SAME_WORK}{_REVIEW}"
_REVIEWS = tuple(
    (_REVIEW_ASKED.format(review=review, when=when), _REVIEW_PRINTED.format(review=review, day=day))
    for review in ("sơ kết", "tổng kết")
    for when, day in (
        (r"(?<!một )(?<!mỗi )(?:ngày|hôm) (?:nào|mấy|bao nhiêu)", r"(?:\d{1,2}/\d|ngày \d|\d tháng \d|ngày làm việc|ngày cuối|thứ (?:hai|ba|tư|năm|sáu|bảy))"),
        (
            r"(?:khi nào|bao giờ|lúc nào|(?:năm|quý|tháng) (?:nào|mấy)|(?:thời gian|thời hạn|hạn)|(?:ngày|tháng|quý|năm) [\divx].*(?:đúng|phải) (?:không|chứ))",
            r"(?:\d{4}|\d{1,2}/\d|quý (?:[ivx]+|\d)|tháng \d|\d tháng|(?:h[ằà]ng|mỗi|cuối|giữa|hết) (?:năm|quý|tháng|kỳ))",
        ),
    )
)
# What a question leaves no choice about, and how it looks in print; the first that is asked counts. As everywhere here, a pattern in bare
# letters is matched against the folded question, one with accents against the question as spelt.
_REQUIRED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(printed, re.IGNORECASE))
    for asked, printed in (
        *_REVIEWS,
        (FORM_ASKED, r"(?<!\w)(?:mẫu|biểu)(?: \w+){0,3} (?:số )?\d|phụ lục"),
        (
            r"^(?!.*(?:(?:đúng|phải) (?:không|chứ)|(?<!\w)(?:ai|do .{2,60}) trực|để làm gì|tỷ lệ|tỉ lệ|phần trăm|%|bao nhiêu (?:người|hộ|cán bộ|công dân|đơn vị|cơ quan|xã))).*\b(?:email|e-mail|thư điện tử|số điện thoại|sđt|đường dây nóng|hotline|số máy bàn"
            r"|điện thoại(?! thông minh)|số trực\b.*\bsố (?:mấy|nào|bao nhiêu)|gọi số (?:mấy|nào)|số (?:cccd|căn cước)|zalo)\b",
            r"@|\b0\d[\d .]{7,}",
        ),
        # "Ai làm Trưởng Ban …?" asks for a person; plans name persons with ông, bà or đồng chí, or say by which office the place is held
        (
            rf"\b(?:ai|người nào|đồng chí nào|ông nào|bà nào)\b.{{0,25}}\b(?:làm|giữ chức|là|giữ vai trò)\b.{{0,12}}\b{_OFFICE}\b"
            rf"|\b{_OFFICE}\b.{{0,60}}\b(?:là ai|là người nào|tên (?:là )?gì)\b",
            r"\b(?:ông|bà|đồng chí|đ/c)\s+[^\W\d_]+\s+[^\W\d_]+|\b(?:do|là) .{2,60} làm (?:trưởng|phó|chủ tịch|tổ trưởng)|(?:trưởng|phó) (?:ban|đoàn) là",
        ),
        (r"\bbao xa\b(?! hội)|\b(?:bao nhiêu|mấy) (?:km|cây số|ki lô mét|mét(?! vuông| khối))\b", r"\d\s*(?:km|ki-?lô-?mét|cây số|mét|m)(?!\w)"),
        (r"\b(?:bao nhiêu|mấy) lần\b", r"(?:\d|một|hai|ba|bốn) (?:lần|lượt|đợt)|một lần|(?:h[ằà]ng|mỗi) (?:tuần|tháng|quý|năm)"),
        (r"\b(?:phan tram|ti le|ty le)\b|%", r"\d\s*%|phần trăm"),
        (
            r"\b(?:bao nhiêu|mấy) (?:tiền|đồng(?! (?:chí|bào|đội|hồ))|triệu|tỷ|tỉ|vốn|kinh phí)\b(?! lệ)|\b(?:mức (?:chi|kinh phí|tiền|thưởng|phạt|hỗ trợ)|kinh phí|số tiền|chi phí)\b.{0,60}\bbao nhiêu\b"
            r"|\bchi bao nhiêu\b|\b(?<!tiếp )(?<!công )(?<!chứng )(?:trả|hưởng|nhận|hỗ trợ)(?: công)? (?:bao nhiêu|mức nào)\b"
            rf"|\b(?:{_FEE})\b.{{0,80}}\b(?:bao nhiêu|mức nào)\b"
            r"|\b(?:tiền|kinh phí|ngân sách|vốn)\b[^,?]{0,80}\bbao nhiêu(?=\W*$| (?:cho|để|vào|trong|ở|từ)\b)|\b(?:tặng|thưởng|hỗ trợ|trả|đóng)\b.{0,40}\bmức (?:bao nhiêu|nào)\b",
            _SUM,
        ),
        (rf"{_WHICH_DAY}|\bhôm nào\b", r"\d{1,2}/\d|ngày \d|\d tháng \d|ngày làm việc|ngày cuối|thứ (?:hai|ba|tư|năm|sáu)"),
        (r"\bquý (?:nào|mấy)\b", r"quý (?:[IVX]+|\d)"),
        *((rf"{_MUCH}(?:{names})(?!\w)", rf"\d ?(?:{names})(?!\w)|(?:{names})\)? (?:là|từ|tối) ") for names in _MEASURES),
        (rf"{_ALONE}{_MUCH}bộ(?!\w)(?! (?:phận|đội|ngành|luật|máy|phim|đề|sách|tiêu|mã|chỉ))", rf"{_COUNT}\)? bộ(?!\w)|(?:bản chính|bản gốc|bản sao) và"),
        (rf"{_ALONE}{_MUCH}bản(?!\w)", rf"{_COUNT}\)? (?:\w+, )?bản(?!\w)"),  # "12 thôn, bản"
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
        (r"\bbao (?:nhiêu|xa(?! hội)|lớn|tuổi)\b|\b(?:có|được|gồm|chia|là|lấy|cấp|nộp|gửi|trong) mấy \w+", _ANY_FIGURE),
        (r"^(?!.*(?<!\w)(?:nào|gì|ai|sao|đâu|bao)(?!\w)).*(?<!\w)mấy (?!hôm|bữa|khi|chốc)[^\W\d]", _ANY_FIGURE),
    )
)
ANY_FIGURE = _REQUIRED[-1][1]
_TOTAL_ASKED = re.compile(r"(?<!trong )(?<!\w)tổng (?:kinh phí|số tiền|vốn|mức|dự toán|chi|nhu cầu)(?!\w).*(?<!\w)(?:bao nhiêu|mấy)(?!\w)", re.IGNORECASE)
_TOTAL_PRINTED = re.compile(rf"(?<!\w)(?:tổng|kinh phí|dự toán|nhu cầu)(?!\w)[^.;]*{_SUM}[^.;]*:$|^[^.;:]*(?<!\w)tổng(?!\w)[^.;]*{_SUM}", re.IGNORECASE)
# "bao nhiêu tiền một tiết": a sum for the whole work is no rate. Who gets it is told in many words, cubic metres and kilogrammes in signs.
_RATE_ASKED = re.compile(
    r"(?<!\w)(?:bao nhiêu|mấy)(?: (?:tiền|đồng))? (?:một|mỗi|1|01) (?!(?:người|hộ|nhà|em|cháu|bé|đứa|cụ|khối|mét|cân|ký|kí)(?!\w))([^\W\d_]+)\W*$"
    r"|(?<!\w)(?:một|mỗi) (giờ|buổi|ngày|tháng) (?:làm )?(?:được )?(?:trả|hưởng|nhận|bồi dưỡng|hỗ trợ|phụ cấp)(?: công)? (?:bao nhiêu|mấy)(?!\w)"
)


def required_value(query: Query) -> re.Pattern[str] | None:
    """What a unit must hold to answer at all, for the questions that leave no choice."""
    wanted = _wanted(query.question) | _wanted(query.text)  # as typed, and with its slips mended
    return _REQUIRED[min(wanted)][1] if wanted else None


@remembered
def _wanted(wording: str) -> frozenset[int]:
    """The rows of ``_REQUIRED`` that a question asks for."""
    folded, spelt = fold(wording), wording.lower()
    return frozenset(row for row, (asked, _) in enumerate(_REQUIRED) if asked.search(folded if asked.pattern.isascii() else spelt))


def states_total(query: Query, text: str) -> bool:
    """Whether the sum of all is asked for and the text gives it, be it before its parts: "Tổng kinh phí 412 tỷ đồng, gồm:"."""
    return not query.told and bool(_TOTAL_ASKED.search(query.text)) and bool(_TOTAL_PRINTED.search(text))


def misses_rate(query: Query, text: str) -> bool:
    """Whether a price or a rate is asked for by a unit that the text does not name: "trả bao nhiêu tiền một tiết"."""
    asked = _RATE_ASKED.search(query.text.lower())
    return asked is not None and not re.search(
        rf"(?:/|(?<!\w)(?:một|mỗi|từng|theo|h[ằà]ng|0?1) )\s?{asked.group(1) or asked.group(2)}(?!\w)", text, re.IGNORECASE
    )


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
        asked, text = query.text.lower(), without_citations(text)
        if _YEAR_ASKED.search(asked):
            return bool(_YEAR_PRINTED.search(text))
        if _DAY_ASKED.search(asked):
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


def asks_for_consequence(query: Query) -> bool:
    """Whether it is asked what follows from something: "thì bị gì", "bị xử lý thế nào"."""
    return bool(_CONSEQUENCE_ASKED.search(query.text))


def states_consequence(text: str) -> bool:
    """Whether the text says what befalls somebody."""
    return bool(_CONSEQUENCE_PRINTED.search(text))


def asks_for_source(query: Query) -> bool:
    """Whether it is asked where the money comes from: "kinh phí lấy ở đâu", "nguồn nào", "ai chi trả"."""
    return bool(_SOURCE_ASKED.search(query.text))


def names_source(text: str) -> bool:
    """Whether the text speaks of a source of money."""
    return bool(_SOURCE_PRINTED.search(text))


def asks_for_papers(query: Query) -> bool:
    """Whether it is asked what papers a dossier has."""
    return query.slot == "dossier" and bool(_PAPERS_ASKED.search(query.text))


def lists_papers(text: str) -> bool:
    """Whether the text says what a dossier is made of."""
    return bool(_PAPERS_LISTED.search(fold(text)))


def names_papers(text: str) -> bool:
    """Whether the text names any paper that a dossier may have."""
    return lists_papers(text) or bool(_PAPER_NAMED.search(fold(text)))


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
    return bool(_ITEMS_COUNTED.search(query.text))


def names_a_list(query: Query) -> bool:
    """Whether the words themselves want several: "gồm những gì", "các … nào"."""
    return bool(_LIST_ASKED.search(fold(query.text))) and not asks_for_consequence(query)


def asks_for_list(query: Query) -> bool:
    """Whether all the items of a list may be wanted."""
    if query.slot in _ONE_VALUE_SLOTS and not asks_for_several_dates(query):
        return False
    return query.slot in _LIST_SLOTS or names_a_list(query)
