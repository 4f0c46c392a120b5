"""Which of the dates in a sentence say when something is due: not those of cited documents, of quoted titles or of data."""

from __future__ import annotations

import re
from functools import lru_cache

from xhht_qa.text.due import DueMention, find_dues

_CUE = re.compile(
    r"\d|(?<!\w)(?:hằng|hàng|mỗi|thường xuyên|định kỳ|ngày|tháng|quý|tuần|năm (?:sau|học|nay|tới)|(?:cuối|đầu|trong|giữa|từng|cả) năm|giờ|ngay|trước|sau)(?!\w)",
    re.IGNORECASE,
)  # no due is without one
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_OF_A_DOCUMENT = re.compile(r"\d[\w/.-]*[/-][A-ZĐƯ]\S*\s*,?\s*(?:ban hành |ký )?$|(?:[Gg]iai đoạn|[Nn]hiệm kỳ|[Nn]ăm học|hưởng ứng|kỷ niệm)\s*$")
_OF_A_PAPER = re.compile(
    r"(?:báo cáo|số liệu|kết quả|dự toán|kinh phí|kế hoạch|khen thưởng|báo cáo tổng kết|chỉ tiêu)(?: định kỳ| thực hiện)?\s*$", re.IGNORECASE
)
_OF_A_DATED_DOCUMENT = re.compile(
    r"(?:Luật|Bộ luật|Quyết định|Nghị quyết|Nghị định|Chỉ thị|Thông tư|Kế hoạch|Công văn|Kết luận)(?: (?!trước|trong|chậm|xong)[^\s;.]+){0,12}? $"
)


@lru_cache(maxsize=4096)
def dues_in(text: str) -> tuple[DueMention, ...]:
    """The due dates, periods and recurrences of a sentence, in order."""
    if not _CUE.search(text):
        return ()
    found = [mention for mention in find_dues(text) if mention.due.text.lower() != "thường xuyên" or text[: mention.start].rstrip().endswith(":")]
    if not found:
        return ()
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    exact = any(is_exact(mention) for mention in found)
    return tuple(
        mention
        for mention in found
        if not any(start <= mention.start < end for start, end in quoted)
        and not _is_of_a_document(text, mention)
        and not _names_a_paper(text, mention)
        and not (mention.due.text[:3].lower() == "năm" and mention.due.relation == "in" and mention.due.every is None)
        and (is_exact(mention) or not exact)
    )


def _names_a_paper(text: str, mention: DueMention) -> bool:
    """Whether it only tells one report from another: "báo cáo 6 tháng đầu năm"."""
    return mention.due.relation in ("in", "during") and not mention.due.text.lower().startswith("từ") and bool(_OF_A_PAPER.search(text[: mention.start]))


def is_exact(mention: DueMention) -> bool:
    """Whether it is more than "hằng năm": a date or a period."""
    return mention.due.date is not None or mention.due.amount is not None or mention.due.start is not None


def _is_of_a_document(text: str, mention: DueMention) -> bool:
    before = text[: mention.start]
    if _OF_A_DOCUMENT.search(before):
        return True
    if mention.due.relation == "in" and before.endswith("chốt "):
        return True  # "số liệu chốt ngày …"
    whole = mention.due.date is not None and mention.due.date.day is not None and mention.due.date.year is not None
    return whole and mention.due.relation == "in" and bool(_OF_A_DATED_DOCUMENT.search(before))
