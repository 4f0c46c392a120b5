"""What tells siblings apart: the period, level and occasion that a question or a clause names.

Plans repeat one sentence for the 6 months and the year, for commune, district and province, for sơ kết and tổng kết; only these
words differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from xhht_qa.text.normalise import compose
from xhht_qa.text.remembered import remembered

_DUE = r"(?= (?:(?:gửi|nộp) )?(?:trước|chậm nhất|vào) (?:ngày|\d))"  # "6 tháng trước ngày 20/6, năm trước ngày 20/12"

_FACETS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    facet: {value: re.compile(rf"\b(?:{words})\b") for value, words in values.items()}
    for facet, values in {
        "period": {
            "week": r"tuần|hằng tuần|hàng tuần",
            "month": rf"hằng tháng|hàng tháng|mỗi tháng|báo cáo tháng|(?<!\d )tháng{_DUE}",
            "quarter": r"quý|hằng quý|hàng quý",
            "half": r"6 tháng|06 tháng|sáu tháng|giữa năm|nửa năm",
            "year": rf"hằng năm|hàng năm|mỗi năm|thường niên|cuối năm|cả năm|báo cáo năm|năm một lần|từng năm|năm{_DUE}",
        },
        "level": {
            "commune": r"cấp xã|các xã|ubnd xã|xã, phường|xã, thị trấn|phường, xã|cấp phường",
            "district": r"cấp huyện|các huyện|ubnd huyện|cấp quận|quận, huyện|huyện, thành phố|huyện, thị xã",
            "province": r"cấp tỉnh|ubnd tỉnh|cấp thành phố|toàn tỉnh",
            "state": r"cấp nhà nước|cấp trung ương|thủ tướng",
        },
        "occasion": {
            "interim": r"sơ kết",
            "final": r"tổng kết",
            "regular": r"hằng năm|hàng năm|thường niên|mỗi năm",
        },
    }.items()
}


@remembered
def facets_in(text: str) -> Mapping[str, frozenset[str]]:
    """The values of each facet that the text names: {"period": {"half"}, "level": {"commune", "district"}}."""
    lowered = compose(text).lower().replace("ủy ban nhân dân", "ubnd")
    found = {facet: frozenset(value for value, pattern in values.items() if pattern.search(lowered)) for facet, values in _FACETS.items()}
    return {facet: values for facet, values in found.items() if values}


def agreement(asked: Mapping[str, frozenset[str]], said: Mapping[str, frozenset[str]]) -> float:
    """+1 for each facet of the question that is said, −1 for each that is said otherwise, 0 where nothing is said."""
    return sum((1.0 if values & said[facet] else -1.0) for facet, values in asked.items() if facet in said)
