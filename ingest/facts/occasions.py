"""What tells one duty from its twin: the occasion and the level that a clause names, as printed."""

from __future__ import annotations

import re

_OCCASION = re.compile(
    r"(?<!\w)(?:báo cáo (?:(?:định kỳ )?(?:6|06|sáu|9|09) tháng(?: (?:đầu|cuối) năm)?|(?:định kỳ )?(?:quý(?: [IV]+)?|tháng|tuần|năm|đột xuất|nhanh|thường xuyên)(?! \d{1,2}[/.])|tổng kết|sơ kết|chuyên đề)"
    r"|(?:6|06|sáu) tháng (?:đầu|cuối) năm|sơ kết, tổng kết|sơ kết và tổng kết|sơ kết|tổng kết|khen thưởng (?:hằng|hàng) năm|đợt [^,;.:]{3,40}?(?= gửi| trước| trong)"
    r"|dịp (?:Tết |lễ )[^,;.:\d]{3,30}?(?= từ| trước| trong|[,;.]))(?!\w)",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?<!\w)cấp (?:Nhà nước|Trung ương|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|cơ sở|bộ|ngành)(?:(?:, | và |/)(?:cấp )?(?:tỉnh|huyện|xã|thành phố))*(?!\w)",
    re.IGNORECASE,
)


def occasion_in(text: str) -> str:
    """ "báo cáo 6 tháng đầu năm", "sơ kết", "Dịp Tết Trung thu": the last that is named, as it stands nearest to what follows; "" where none is."""
    found = _OCCASION.findall(text)
    return found[-1] if found else ""


def level_in(text: str) -> str:
    """ "cấp xã", "cấp huyện, tỉnh"; "" where none is named."""
    match = _LEVEL.search(text)
    return match.group() if match else ""
