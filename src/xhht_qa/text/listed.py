"""What "cái thứ hai" points back at: an item of the list that the last answer gave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_NTH = re.compile(
    rf"(?<!\w)(?:cái|ý|dòng|gạch đầu dòng|kế hoạch) (?:thứ (?P<nth>\d{{1,2}}|bốn|{'|'.join(_ORDINALS)})|(?P<first>đầu tiên|(?<!hoạch )đầu)|(?P<last>cuối cùng|sau cùng|(?<!hoạch )cuối))(?!\w)(?! (?:năm|tháng|quý|kỳ|tư)(?!\w))",
    re.IGNORECASE,
)  # "kế hoạch đầu nhiệm kỳ" and "kế hoạch cuối tuần" are no items
_ONLY_ASKS = re.compile(r"\W*(?:(?:thì|là|có|nói|gồm|như|nghĩa|cụ thể|nội dung|về|những|gì|sao|thế nào|ra sao|đó) ?)*\W*", re.IGNORECASE)
_MARK = re.compile(r"^(?:[-–•]\s+)?(?:\(?(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]+\s+)?")
_CITED = re.compile(r"\s*(?:\[\d+\]|\[[^\]]*\]\(#[^)]*\))")
_HEAD_ENDS = re.compile(r"\s*[:;(]|\.\s|\.$")
_MOST = 20
_LONGEST = 16  # words of an item that name it
_LONGEST_LINE = 400  # characters in which they stand: a history may hold anything


def items_of(answer: str) -> tuple[str, ...]:
    """The names of the items of the list in an answer, in its words; those below another one are none."""
    names = (_name(line[:_LONGEST_LINE]) for line in answer.splitlines() if line.startswith("- "))
    return tuple(islice(filter(None, names), _MOST))


def item_named(follow_up: str, items: Sequence[str]) -> str:
    """The item that a follow-up points at; "" where it points at none, or there is no such item."""
    match = _NTH.search(follow_up)
    place = _place(match, len(items)) if match else -1
    return items[place] if 0 <= place < len(items) else ""


def points_at_item(text: str) -> bool:
    """Whether a text points at an item by its place alone."""
    return _NTH.search(text) is not None


def with_item(follow_up: str, item: str) -> str:
    """The follow-up with the item's name; one that asks nothing more asks what the plan says of it."""
    rest = _NTH.sub(" ", follow_up)
    return f"{item} được quy định thế nào" if _ONLY_ASKS.fullmatch(rest.strip()) else _NTH.sub(lambda _: item, follow_up)


def _place(match: re.Match[str], count: int) -> int:
    if match["last"]:
        return count - 1
    said = (match["nth"] or "nhất").lower()
    return (int(said) if said.isdecimal() else 4 if said == "bốn" else _ORDINALS.index(said) + 1) - 1


def _name(line: str) -> str:
    text = _MARK.sub("", _CITED.sub("", line))
    end = _HEAD_ENDS.search(text)
    return " ".join((text[: end.start()] if end and end.start() else text).split()[:_LONGEST])
