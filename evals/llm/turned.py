"""What is printed but turned round: a value said of something else, agencies in each other's places, a negation lost, at least for at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise

from evals.llm.named import bodies, said_of
from evals.llm.values import dates, numbers, without

_SYLLABLE = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"\n|;|(?<=[^\W\d]{2})[.!?](?=\s)")
_CLAUSE = re.compile(r"\n|[;,](?!\d)|(?<=[^\W\d]{2})[.!?](?=\s)")
_BOUND = ("không", "chưa", "chẳng", "cấm", "miễn", "trừ")
_DUTY = ("phải", "bắt buộc")
_UNITS = "ngày|tuần|tháng|giờ|triệu|tỷ|tỉ|nghìn|%|người|hộ|lần|lớp|trường|xã|huyện|bản|bộ|đồng|cuộc|buổi|đợt"
_COUNTED = re.compile(rf"(?<![\d/.,])0*(\d+(?:[.,]\d+)*)\s?({_UNITS})(?!\w)")
_OPPOSITES = (
    ("tối thiểu", "tối đa"),
    ("ít nhất", "nhiều nhất"),
    ("trước ngày", "sau ngày"),
    ("trước khi", "sau khi"),
    ("trước giờ", "sau giờ"),
    ("trên", "dưới"),
    ("tăng", "giảm"),
    ("tất cả", "một số"),
)
_LIKE = 0.6  # of the syllables of a clause, from which on a printed one says the same of something
_RECURRING = re.compile(r"(?<!\w)h[àằ]ng (ngày|tuần|tháng|quý|năm)(?!\w)")


def syllables(text: str) -> list[str]:
    """The syllables in small letters; figures are none."""
    return [word.lower() for word in _SYLLABLE.findall(text)]


def misplaced(text: str, printed: str) -> Iterator[str]:
    """Clauses with a value that the printed clause which is most like them gives otherwise, and numbers of something else."""
    for read in (dates, numbers):
        yield from _misplaced(text, printed, read)
    units: dict[str, set[str]] = {}
    for number, unit in _COUNTED.findall(printed.lower()):
        units.setdefault(number, set()).add(unit)
    yield from (f"{number} {unit}" for number, unit in _COUNTED.findall(text.lower()) if unit not in units.get(number, {unit}))


def _misplaced(text: str, printed: str, read: Callable[[str], Collection[object]]) -> Iterator[str]:
    clauses = [(set(syllables(without(clause))), read(clause)) for clause in _CLAUSE.split(printed)]
    for clause in _CLAUSE.split(text):
        words = set(syllables(without(clause)))
        for value in read(clause):
            among = [(len(words & theirs) / (len(words) or 1), value in values) for theirs, values in clauses if values]
            right = max((share for share, same in among if same), default=1.0)
            if any(share > max(right, _LIKE) for share, same in among if not same):
                yield clause.strip()


def exchanged(text: str, printed: str) -> Iterator[str]:
    """Two agencies of one sentence in an order in which no printed sentence has them."""
    named = bodies(text)
    for first, second in pairwise(named):
        both = [sentence for sentence in _SENTENCE.split(printed) if said_of(first, sentence) and said_of(second, sentence)]
        orders = [bodies(sentence) for sentence in both]
        known = [order for order in orders if first in order and second in order]
        if known and all(
            min(_places(order, second)) < min(_places(order, first)) and max(_places(order, second)) < max(_places(order, first)) for order in known
        ):
            yield f"{' '.join(first)} … {' '.join(second)}"


def negations(text: str, printed: str) -> Iterator[str]:
    """Negations that are not printed, and printed ones that are left out before the same words."""
    said, sources = syllables(text), syllables(printed)
    pairs = set(pairwise(sources))
    yield from (f"{word} {following}" for word, following in pairwise(said) if word in _BOUND and (word, following) not in pairs)
    threes = list(zip(sources, sources[1:], sources[2:], strict=False))
    freely = {(second, third) for first, second, third in threes if first not in _BOUND}
    held = {(second, third): first for first, second, third in threes if first in _BOUND and (second, third) not in freely}
    for before, first, second in zip(["", *said], said, said[1:], strict=False):
        if held.get((first, second), before) != before:
            yield f"{held[first, second]} {first} {second}"


def duties(text: str, printed: str) -> Iterator[str]:
    """Duties that the printed sentence most like it does not lay on anyone, rights that it lays on as duties, and bounds turned round."""
    for sentence in filter(syllables, _SENTENCE.split(text)):
        yield from _duties(" ".join(syllables(sentence)), " ".join(syllables(_nearest(sentence, printed))))
    spans = [set(_RECURRING.findall(" ".join(syllables(one)))) for one in (text, printed)]
    yield from (f"hằng {span}" for span in spans[0] - spans[1])


def _duties(plain: str, nearest: str) -> Iterator[str]:
    if any(_has(plain, word) for word in _DUTY) and not any(_has(nearest, word) for word in _DUTY):
        yield "phải"
    for following in re.findall(r"(?<!\w)phải (\w+ \w+)", nearest):
        if _has(plain, f"được {following}") and not _has(nearest, f"được {following}"):
            yield f"được {following}"
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if _has(plain, one) and not _has(nearest, one) and _has(nearest, other):
                yield f"{one}, not {other}"


def _nearest(text: str, printed: str) -> str:
    """The printed sentence that shares most syllables with a text."""
    words = set(syllables(text))
    return max(_SENTENCE.split(printed), key=lambda sentence: len(words & set(syllables(sentence))))


def _places(order: list[tuple[str, ...]], body: tuple[str, ...]) -> list[int]:
    return [place for place, one in enumerate(order) if one == body]


def _has(text: str, words: str) -> bool:
    return f" {words} " in f" {text} "
