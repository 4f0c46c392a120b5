"""The part of a sentence that holds the value asked for, where one sentence strings several together.

"… báo cáo 6 tháng trước ngày 10/7/2025, báo cáo năm trước ngày 20/12/2025": asked for the year's, the second part answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xhht_qa.extract.actors import acts_otherwise, kinds_of_actor
from xhht_qa.extract.weights import Weights
from xhht_qa.text.dates import find_dates
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.sentences import clauses
from xhht_qa.types import Query

_BOUNDARY = re.compile(r",\s+|\s(?=(?:và|còn|riêng)\s)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_AMOUNT_ASKED = re.compile(r"(?<!\w)(?:bao nhiêu|mấy|mức nào)(?!\w)")
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|từng|mỗi|lần lượt|và|hai|gồm|thế nào|ra sao)(?!\w)")
_TOTAL = re.compile(r"(?<!\w)tổng(?: cộng| số)?(?!\w)")
_LEAD = 0.04  # by how much of the question's weight the best part must say more than the next
_SIBLING = 0.2  # "6 tháng" asked: the part for the 6 months; "xã" asked: the one by which communes act


@dataclass(frozen=True)
class _Part:
    text: str
    lead: str  # what stands before the first value of its clause: who acts, what the parts are parts of


def part_asked(query: Query, text: str, weights: Weights) -> str:
    """The part that answers, an exact part of the text; the whole text where it has one value only or no part stands out."""
    asked = query.text.lower()
    if _SEVERAL.search(asked) or not (query.slot == "deadline" or _AMOUNT_ASKED.search(asked)):
        return text
    parts = [part for clause in clauses(text) for part in _parts(clause, query)]
    if len(parts) < 2:
        return text
    if _TOTAL.search(asked) and _TOTAL.search(parts[0].text.lower()):
        return parts[0].text
    scores = [_score(query, part, weights) for part in parts]
    best = scores.index(max(scores))
    runner_up = max(score for index, score in enumerate(scores) if index != best)
    return parts[best].text if scores[best] - runner_up >= _LEAD else text


def _score(query: Query, part: _Part, weights: Weights) -> float:
    text = f"{part.lead} {part.text}"
    otherwise = acts_otherwise(kinds_of_actor(query.text), kinds_of_actor(text))
    return weights.cover(text) + _SIBLING * (agreement(query.facets, facets_in(part.text)) - otherwise)


def _parts(clause: str, query: Query) -> Iterator[_Part]:
    """The clause cut so that each part holds a value of its own; what holds none goes with the value that follows it, at the end with the last."""
    values = [mention.start for mention in find_dates(clause)] if query.slot == "deadline" else _figures(clause)
    lead, start = clause[: values[0]] if values else "", 0
    for boundary in _BOUNDARY.finditer(clause):
        if any(start <= value < boundary.start() for value in values) and any(value >= boundary.end() for value in values):
            yield _Part(clause[start : boundary.start()], lead if start else "")
            start = boundary.end()
    yield _Part(clause[start:].rstrip(" ,;"), lead if start else "")


def _figures(text: str) -> list[int]:
    """Where figures begin that are no part of a date."""
    dates = [range(mention.start, mention.end) for mention in find_dates(text)]
    return [match.start() for match in _FIGURE.finditer(text) if not any(match.start() in span for span in dates)]
