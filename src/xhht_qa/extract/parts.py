"""The part of a sentence that holds the value asked for, where one sentence strings several together.

"… báo cáo 6 tháng trước ngày 10/7/2025, báo cáo năm trước ngày 20/12/2025": asked for the year's, the second part answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xhht_qa.extract.actors import actor_of, acts_otherwise, kinds_of_actor
from xhht_qa.extract.asked import counted_noun, prints
from xhht_qa.extract.ranges import range_agreement
from xhht_qa.extract.told import is_told
from xhht_qa.extract.values import ANY_FIGURE, asks_for_several_dates, doubts_consistency, due_printed, required_value
from xhht_qa.extract.weights import Weights
from xhht_qa.text.dates import find_dates
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Query

_BOUNDARY = re.compile(r"[,;]\s+|\s(?=và\s)")
_ENUMERATED = re.compile(r"(?:và\s+)?(?:ngày|tháng|quý) [\dIVX]", re.IGNORECASE)  # "trong tháng 5 và tháng 11": one value, of several days
_ENUMERATED_BEFORE = re.compile(r"(?:ngày|tháng|quý|,) [\dIVX][\d/]*$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<!\w)(?:giai đoạn|đợt|mục|khoản|điểm|điều|phần|số|bước|lần thứ|thứ|loại|hạng|nhóm|bậc|cấp độ|phụ lục) $", re.IGNORECASE
)  # "giai đoạn 2"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GAP = re.compile(r"(?<!\w)(?:ai|bao nhiêu|mấy|bao lâu|(?!thế |như )\w+ nào|khi nào|đâu|gì)(?!\w)", re.IGNORECASE)
# "Trước ngày 15/12/2027, xã họp sơ kết; quý IV …": the day opens what follows it
_TO_A_DAY = re.compile(r"(?:(?:và|định kỳ|chậm nhất|trước|vào|trong|từ|đến|hết|đầu|giữa|cuối|là|ngày) )*$", re.IGNORECASE)
_HALVED = re.compile(r"[,;]\s*(?:và\s+)?|\s+và\s+")
_AMOUNT_ASKED = re.compile(r"(?<!\w)(?:bao nhiêu|mấy|mức nào)(?!\w)")
_SEVERAL = re.compile(
    r"(?:bao nhiêu|(?<!\w)mấy(?!\w))[^?]{2,25}(?:,| và )|(?<!\w)và (?:\w+ ){1,6}bao nhiêu|(?<!\w)(?:đợt|giai đoạn|kỳ|quý|lần) [\divx]+(?: và|,) (?:(?:đợt|giai đoạn|kỳ|quý|lần) )?[\divx]+(?!\w)|(?<!\w)(?:từng|lần lượt|gồm|thế nào|ra sao|(?:các|những|hai|mọi)(?: \w+){0,3} (?:nào|gì|mốc|hạn))(?!\w)"
)
_GROUNDS = re.compile(r"(?:Trên cơ sở|Căn cứ|Nhằm|Để)\s")
_EACH = re.compile(r"(?<!\w)(?:mỗi|một|1) ([^\W\d_]+(?: (?:thể|nhân|dân|đình))?)(?!\w)")  # "mỗi cá nhân": "1,5 triệu đồng/cá nhân"
_TOTAL = re.compile(r"(?<!\w)tổng(?: cộng| số)?(?!\w)")
_LEAD = 0.04  # by how much of the question's weight the best part must say more than the next
_REPORTED = re.compile(r"^((?:năm|quý|tháng|tuần) )")  # "…, năm trước ngày 05/12": the report for the year
_BEFORE_VALUE = 6  # words
_OWN_LEAD = 0.12  # the same where a part is judged without the lead that all share
_ACTING = 1.5  # times as much
_CONDITION = re.compile(r"^(?:Khi|Nếu|Trường hợp|Sau khi)\s[^,;\d]*,\s+")  # it holds for all parts and tells none from another
_SIBLING = 0.2  # "6 tháng" asked: the part for the 6 months; "xã" asked: the one by which communes act


@dataclass(frozen=True)
class _Part:
    text: str
    lead: str  # what stands before the first value: who acts, what the parts are parts of


def asks_for_one_value(query: Query) -> bool:
    """Whether one date or one amount is wanted."""
    asked = query.text.lower()
    if len(_GAP.findall(asked)) > 1 or _SEVERAL.search(asked) or doubts_consistency(query) or asks_for_several_dates(query):
        return False
    return query.slot == "deadline" or bool(_AMOUNT_ASKED.search(asked))


def without_grounds(text: str) -> str:
    """A sentence from who acts on, where it opens with what the duty rests on: "Trên cơ sở …, Sở Y tế tổng hợp …"; the text itself for any other."""
    if not _GROUNDS.match(text):
        return text
    starts = (match.end() for match in re.finditer(r",\s+", text))
    start = next((start for start in starts if text[start].isupper() and actor_of(text[start:])), 0)
    return text if find_dates(text[:start]) else text[start:]


def halves_of(question: str) -> tuple[str, str] | None:
    """The two halves of a question that each leave a gap, the second with the first one's subject; None for any other."""
    gaps = list(_GAP.finditer(question))
    if len(gaps) != 2:
        return None
    between = _HALVED.search(question, gaps[0].end(), gaps[1].start())
    return (question[: between.start()], f"{question[: gaps[0].start()]}{question[between.end() :]}") if between else None


def part_asked(query: Query, text: str, weights: Weights) -> str:
    """The part that answers, an exact part of the text; the whole text where it has one value only or no part stands out."""
    if not asks_for_one_value(query):
        return text
    asked = query.text.lower()
    parts = list(_parts(text, query))
    if len(parts) < 2:
        return text
    untold = [part for part in parts if not is_told(part.text, query.told)]
    if len(untold) == 1:
        return untold[0].text
    each = [part for part in parts if (one := _EACH.search(asked)) and re.search(rf"/ ?{one.group(1)}(?!\w)", part.text.lower())]
    if len(each) == 1:
        return each[0].text
    required = required_value(query)
    of_kind = [part for part in parts if required and required.search(part.text)]
    if len(of_kind) == 1:  # "ngày nào": the part with the days, not the one with how many weeks they are
        return of_kind[0].text
    if _TOTAL.search(asked) and _TOTAL.search(parts[0].text.lower()):
        return parts[0].text
    counted = counted_noun(query.text)
    holding = [part for part in parts if counted and prints(part.text, counted)]
    if len(holding) == 1:
        return holding[0].text
    with_lead = _ahead([_score(query, part.lead, part.text, text, weights) for part in parts], _LEAD)
    alone = _ahead([_score(query, "", part.text, text, weights) for part in parts], _OWN_LEAD)
    # judged alone, the first part always holds the words that all share
    best = with_lead if with_lead is not None else alone
    if best == 0 and not _is_told_apart(parts, weights, query):
        best = _with_words_of_its_own(parts, weights)
    return text if best is None else parts[best].text


def _ahead(scores: list[float], lead: float) -> int | None:
    """The place of the highest score where it is so far ahead of the next, else None."""
    best = scores.index(max(scores))
    return best if scores[best] - max(score for place, score in enumerate(scores) if place != best) >= lead else None


def _with_words_of_its_own(parts: list[_Part], weights: Weights) -> int | None:
    """The one part behind the first that alone has telling words of the question, None for none or several."""
    words = [weights.words_in(part.text) for part in parts]
    telling = [
        place
        for place in range(1, len(parts))
        if sum(weights.idf[word] for word in words[place] - set().union(*words[:place], *words[place + 1 :])) >= _LEAD * weights.total
    ]
    return telling[0] if len(telling) == 1 else None


def _is_told_apart(parts: list[_Part], weights: Weights, query: Query) -> bool:
    """Whether the first part is meant by what is its own: who acts in it, the words right before its value; not by what all parts share."""
    first = parts[0].text
    values = _values(first, query)
    own = f"{actor_of(first)} {' '.join(first[: values[0]].split()[-_BEFORE_VALUE:]) if values else ''} {first[values[0] :] if values else ''}"
    others = {word for part in parts[1:] for word in folded_syllables(part.text)}
    telling = sum(weights.idf[word] for word in set(folded_syllables(own)) - others if word in weights.idf)
    return telling >= _LEAD * weights.total or acts_otherwise(kinds_of_actor(query.text), kinds_of_actor(parts[1].text))


def _score(query: Query, lead: str, text: str, whole: str, weights: Weights) -> float:
    text = _CONDITION.sub("", text)
    asked, acting = kinds_of_actor(query.text), kinds_of_actor(text) or kinds_of_actor(f"{lead} {text}")
    actor = _ACTING * (float(bool(asked & acting)) - acts_otherwise(asked, acting))
    return weights.cover(f"{lead} {text}") + _SIBLING * (
        range_agreement(query.text, text) + agreement(query.facets, {**facets_in(whole), **facets_in(_REPORTED.sub(r"báo cáo \1", text))}) + actor
    )


def _parts(text: str, query: Query) -> Iterator[_Part]:
    """The text cut so that each part holds a value of its own; what holds none goes with the value that follows it, at the end with the last."""
    values = _values(text, query)
    lead, start = text[: values[0]] if values else "", 0
    for boundary in _BOUNDARY.finditer(text):
        if _ENUMERATED.match(text, boundary.end()) and _ENUMERATED_BEFORE.search(text[: boundary.start()]):
            continue
        if query.slot == "deadline" and text[start - 2 : start] in ("", "; ") and _is_day_alone(text[start : boundary.start()]):
            continue
        if any(start <= value < boundary.start() for value in values) and any(value >= boundary.end() for value in values):
            yield _part(text[start : boundary.start()], lead if start else "")
            start = boundary.end()
    yield _part(text[start:].rstrip(" ,;"), lead if start else "")


def _is_day_alone(text: str) -> bool:
    """Whether a part has a day or a span of days and nothing that happens then."""
    mentions = find_dates(text)
    return bool(mentions) and mentions[-1].end == len(text) and bool(_TO_A_DAY.match(text[: mentions[0].start]))


def _part(text: str, lead: str) -> _Part:
    """A part that says itself who acts shares no lead: "…; hộ có nhà sập được hỗ trợ 60 triệu đồng"."""
    actor = actor_of(text.removeprefix("và "))
    return _Part(text, "" if actor and not _FIGURE.search(actor) else lead)  # "1.080.000 đồng cho cá nhân có thành tích": nobody acts


def _values(text: str, query: Query) -> list[int]:
    """Where the values of the kind asked for begin."""
    if query.slot == "deadline":
        return due_printed(text)
    required = required_value(query)
    return [match.start() for match in required.finditer(text)] if required and required != ANY_FIGURE else _figures(text)


def _figures(text: str) -> list[int]:
    """Where figures begin that are no part of a date and number nothing."""
    dates = [range(mention.start, mention.end) for mention in find_dates(text)]
    figures = (match.start() for match in _FIGURE.finditer(text) if not _NUMBERED.search(text[max(0, match.start() - 12) : match.start()]))
    return [start for start in figures if not any(start in span for span in dates)]
