"""A figure that a question gives, against the ranges that a clause is for: six rooms are "từ 05 phòng trở lên", three are not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xhht_qa.text.normalise import fold

_NUMBER = r"(\d+(?:[.,]\d+)*)"
_UNIT = r"([a-z%]\w*)"
_BETWEEN = re.compile(rf"\btu {_NUMBER} (?:[a-z]\w* ){{0,2}}?den (duoi )?{_NUMBER} ?{_UNIT}")
_FROM = re.compile(rf"\b(?:tu|tren) {_NUMBER} ?{_UNIT}(?=[^;.]*\btro len\b)|\btren {_NUMBER} ?{_UNIT}|\b{_NUMBER} ?{_UNIT} tro len\b")
_BELOW = re.compile(rf"\bduoi {_NUMBER} ?{_UNIT}|\b{_NUMBER} ?{_UNIT} tro xuong\b")
_GIVEN = re.compile(rf"(?<![\w/.,-]){_NUMBER} ?{_UNIT}")
_CALENDAR = frozenset(("ngay", "thang", "nam", "quy", "tuan", "gio", "giai", "lan"))  # a figure of time dates the question and measures nothing


@dataclass(frozen=True)
class _Range:
    least: float
    most: float
    unit: str  # the first syllable behind the figure, folded

    def holds(self, other: _Range) -> bool:
        return self.least <= other.least and other.most <= self.most


def range_agreement(question: str, text: str) -> float:
    """1 where a figure of the question lies in a range that the text prints in the same unit, −1 where all such ranges leave it out, else 0."""
    printed = list(_ranges(fold(text)))
    if not printed:
        return 0.0
    asked = fold(question)
    given = list(_ranges(asked)) or [_Range(_value(match.group(1)), _value(match.group(1)), match.group(2)) for match in _GIVEN.finditer(asked)]
    pairs = [(one, other) for one in given for other in printed if one.unit == other.unit and one.unit not in _CALENDAR]
    if not pairs:
        return 0.0
    return 1.0 if any(other.holds(one) for one, other in pairs) else -1.0


def _ranges(folded: str) -> Iterator[_Range]:
    rest = folded
    for match in _BETWEEN.finditer(folded):
        top = _value(match.group(3))
        yield _Range(_value(match.group(1)), math.nextafter(top, 0.0) if match.group(2) else top, match.group(4))
        rest = rest.replace(match.group(), " ")
    for pattern, below in ((_FROM, False), (_BELOW, True)):
        for match in pattern.finditer(rest):
            number, unit = [group for group in match.groups() if group][:2]
            value = _value(number)
            yield _Range(0.0, math.nextafter(value, 0.0), unit) if below else _Range(value, math.inf, unit)


def _value(figure: str) -> float:
    """A figure as printed in Vietnamese: dots set thousands apart, a comma the decimals."""
    return float(figure.replace(".", "").replace(",", ".", 1).replace(",", ""))
