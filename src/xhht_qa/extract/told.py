"""What the answer before has told already: a follow-up that asks the same of something else wants another figure."""

from __future__ import annotations

import re
from functools import lru_cache

_CITED = re.compile(r"\[\d+\]")
_FIGURE = re.compile(r"(?:(?<!\w)(?P<before>[^\W\d]+) )?(?<![\w.,/])(?P<number>\d+(?:[.,/]\d+)*) ?(?P<after>%|[^\W\d_]+)?")
_TIMES = frozenset(["phút", "giờ", "ngày", "tuần", "tháng", "quý", "năm"])
_OFTEN = "lần"
_MONEY = frozenset(["đồng", "nghìn", "triệu", "tỷ", "tỉ"])


def is_told(text: str, told: str) -> bool:
    """Whether the text has the figures that were told and no other one of their kinds: "4.500 đồng" behind "4.500 đồng/m3"."""
    before, here = _figures(told), _figures(text)
    kinds = {kind for kind, _ in before}
    return bool(before) and before == {figure for figure in here if figure[0] in kinds}


@lru_cache(maxsize=256)
def _figures(text: str) -> frozenset[tuple[str, str]]:
    """The figures with what they count; days and spans are of one kind, and so are sums; how often needs its span: "mỗi năm 01 lần"."""
    found = _FIGURE.finditer(_CITED.sub(" ", text).lower())
    return frozenset((kind, f"{match['number'].lstrip('0')} {match['before'] if kind == _OFTEN else ''}") for match in found for kind in [_kind(match)])


def _kind(figure: re.Match[str]) -> str:
    before, after = figure["before"] or "", figure["after"] or ""
    if after in _TIMES or "/" in figure["number"] or (before in _TIMES and after != _OFTEN):
        return "ngày"
    return "đồng" if after in _MONEY else after
