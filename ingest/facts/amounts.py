"""Figures with their unit in running text, as numbers that can be added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xhht_qa.text.normalise import fold
from xhht_qa.text.words import general_words

_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\w/.,-])(?P<figure>{_FIGURE})\s+(?:(?:(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)\s+)?(?P<money>đồng)(?!\w)|(?P<one>[^\W\d_]+)(?: (?P<two>[^\W\d_]+))?)(?P<rate>\s?/)?",
    re.IGNORECASE,
)
MONEY = "đồng"  # the unit of every sum of money
_SCALES = {"": 1, "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_OF_TIME = frozenset("ngày tháng năm giờ phút tuần quý lần".split())  # noqa: SIM905
_NEAR = 12  # characters before a figure, in which it is said to be rough
_VAGUE = re.compile(r"(?<!\w)(?:khoảng|hơn|trên|dưới|gần|tối đa|tối thiểu|ít nhất|không quá|từ|đến|mỗi|số|điều|mục|khoản)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A figure with its unit; money counts in đồng, and what is paid for each of something is no sum of money."""

    value: Decimal
    unit: str
    text: str  # as printed, to the end of the unit
    figure: str
    start: int
    end: int
    exact: bool  # not "khoảng", "trên", "ít nhất"

    @property
    def is_money(self) -> bool:
        """Whether it is a sum of money."""
        return self.unit == MONEY


def amounts_in(text: str) -> Iterator[Amount]:
    """The figures with a unit, in order; times are none."""
    for match in _AMOUNT.finditer(text):
        unit, end = MONEY, match.end("money")
        if not match["money"]:
            one, two = match["one"].lower(), (match["two"] or "").lower()
            if one in _OF_TIME:
                continue
            whole = two and f"{one} {two}" in general_words()  # "công dân", and "hộ" of "hộ nghèo"
            unit, end = (f"{one} {two}", match.end("two")) if whole else (one, match.end("one"))
        value = number_of(match["figure"]) * _SCALES[fold(match["scale"] or "")]
        unit = f"{unit}/" if match["rate"] else unit
        yield Amount(
            value, unit, text[match.start() : end], match["figure"], match.start(), end, not _VAGUE.search(text[max(0, match.start() - _NEAR) : match.start()])
        )


def number_of(printed: str) -> Decimal:
    """ "1.450,5" as a number. Raises ValueError for what is no figure."""
    if not re.fullmatch(_FIGURE, printed):
        raise ValueError(printed)
    return Decimal(printed.replace(".", "").replace(",", "."))
