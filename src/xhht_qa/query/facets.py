"""Period and level of a question, which says them in fewer words than plans do: "báo cáo chuyển đổi số năm", "xã phải nộp"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xhht_qa.text.facets import facets_in

# A report and its period, what it is about in between; "năm 2025" and "tháng 6" are no periods.
_REPORT = re.compile(
    r"(?<!\w)báo cáo(?: (?!năm|quý|tháng|tuần|trước|trong|hạn)[^\W\d]+){1,4} (?-i:(năm|quý|tháng|tuần))(?!\w)(?! (?:\d|nào|mấy|nay|tới|sau|bao|[IVX]+\b))",
    re.IGNORECASE,
)
# A level that acts, without the word "cấp" and without a name behind it.
_ACTOR = re.compile(
    r"(?:^\W*|, |(?<!\w)(?:thì|mỗi|các|những|do|của|từ|giao|cho|với) )(xã|huyện|tỉnh)"
    r"(?= (?:ở|tại|thuộc|phải|nộp|gửi|báo cáo|trình|có|được|cần|phê duyệt|lập|ban hành|ra|làm|thì|chậm|trước|khi|lên|về|xuống)(?!\w)|\W*$)",
    re.IGNORECASE,
)


def facets_asked(question: str) -> Mapping[str, frozenset[str]]:
    """The values of each facet that the question names, as ``facets_in`` gives them for a plan's text."""
    said = [f"báo cáo {match.group(1)}" for match in _REPORT.finditer(question)]
    said += [f"cấp {match.group(1)}" for match in _ACTOR.finditer(question)]
    return facets_in(". ".join([question, *said]).lower())
