"""Who acts in a question: a body by its name, or by the word for its kind."""

from __future__ import annotations

import re

from xhht_qa.text.bodies import bodies
from xhht_qa.text.normalise import CAPITAL

_UNIT = r"(?:sở|(?<![ủỷy] )ban|ngành|phòng|khoa|đơn vị|cơ quan|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|cá nhân|tập thể|trung ương|nhà nước)"
_CAPITALISED = rf"(?-i:(?:\s+{CAPITAL}[^\W\d_]*)*)"
_ACTOR = re.compile(
    rf"(?<!\w)(?:(?:ubnd|[ủu][ỷy]? ban nhân dân)\s+)?(?:(?:các|những|mỗi|mấy|cấp|từng)\s+)*(?:phòng,? ban|{_UNIT})(?!\w)(?!\s+(?:nào|mấy))(?:(?:,|\s+và)\s+{_UNIT}(?!\w)(?!\s+nào))*{_CAPITALISED}",
    re.IGNORECASE,
)
_INITIALS = re.compile(rf"{CAPITAL}{{2,}}(?:[.&-]{CAPITAL}+)*(?!\w)")  # of an agency: those of a subject are spelt out by now
_DUTIES = re.compile(
    r"(?<!\w)(?:làm|phụ trách|có (?:nhiệm vụ|trách nhiệm)) (?:(?:những|các|việc|cái) )*gì(?!\w)|(?<!\w)(?:nhiệm vụ|trách nhiệm) của(?!\w)", re.IGNORECASE
)
_RANKS = {"tỉnh": 0, "thành phố": 0, "huyện": 1, "quận": 1, "thị xã": 1, "xã": 2, "phường": 2, "thị trấn": 2}
_LEVEL = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_RANKS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)


def actor_in(text: str, name: tuple[int, int]) -> tuple[int, int] | None:
    """Where a question names its first actor; ``name`` is where it names its plan, which is left out, (0, 0) where it does not."""
    start, end = name
    spans = sorted([*bodies(text), *(match.span() for match in _ACTOR.finditer(text))], key=lambda span: (span[0], -span[1]))
    apart = ((first, min(last, start) if first < start else last) for first, last in spans if start == end or not start <= first < end)
    return next(((first, len(text[:last].rstrip())) for first, last in apart), None)


def actor_end(text: str) -> int:
    """Where the actor ends that a text begins with; 0 where it begins with none."""
    spelt = [match.end() for match in (_ACTOR.match(text), _INITIALS.match(text)) if match]
    return max([0, *spelt, *(end for start, end in bodies(text) if start == 0)])


def names_an_actor(text: str) -> bool:
    """Whether a text has the word for a kind of body: "của các xã"."""
    return _ACTOR.search(text) is not None


def asks_for_duties(text: str) -> bool:
    """Whether a question asks what a body has to do."""
    return _DUTIES.search(text) is not None


def is_in_agency(text: str, name: tuple[int, int]) -> bool:
    """Whether the name of a plan's place is the end of an agency's: "Báo Lam Khê"."""
    return any(start < name[0] and name[1] <= end and not text[start:].startswith(("UBND", "Ủy ban nhân dân")) for start, end in bodies(text))


def rank_of(body: str) -> int | None:
    """The level that a body's name says it has, the higher the smaller the number; None where it says none."""
    level = _LEVEL.search(body)
    return _RANKS[level.group().lower()] if level else None
