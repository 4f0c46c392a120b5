"""How an address is spoken: "III.5.3.a" is "điểm a khoản 5.3 mục 5 phần III"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.markers import Kind
from xhht_qa.types import CLOSING, OPENING

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WHOLE = {OPENING: "phần mở đầu", CLOSING: "phần kết thúc"}


def label_of(levels: Sequence[tuple[Kind | None, str, int]]) -> str:
    """The label of a section from the (kind, printed number, how often printed so far) of each level, top down."""
    kinds = [kind for kind, _, _ in levels]
    if kinds[0] is None:
        address, _, attached = levels[0][1].partition("(")
        return _WHOLE[address] + (" (văn bản kèm theo)" if attached else "")
    if Kind.ARTICLE in kinds:  # an article is cited without its chapter
        appendix = [levels[0]] if kinds[0] is Kind.APPENDIX else []
        levels = [*appendix, *levels[kinds.index(Kind.ARTICLE) :]]
    return " ".join(_name(level, [kind for kind, _, _ in levels[:depth]]) for depth, level in reversed(list(enumerate(levels))))


def _name(level: tuple[Kind | None, str, int], above: Sequence[Kind | None]) -> str:
    kind, number, repeat = level
    if kind is Kind.APPENDIX and not number:
        return "phụ lục" if repeat == 1 else f"phụ lục {repeat}"
    if kind in (Kind.APPENDIX, Kind.FORM, Kind.NAMED):
        noun, _, figure = number.rpartition(" ")
        return f"{noun.lower()} {figure}"
    name = f"{_noun(kind, number, above)} {_number(kind, number)}"
    return name if repeat == 1 else f"{name} (in lần thứ {_ORDINALS[repeat - 1] if repeat <= len(_ORDINALS) else repeat})"


def _noun(kind: Kind | None, number: str, above: Sequence[Kind | None]) -> str:
    if kind in (Kind.PART, Kind.UPPER):
        return "phần"
    if kind is Kind.CHAPTER:
        return "chương"
    if kind is Kind.ARTICLE:
        return "Điều"
    if kind is Kind.ROMAN:
        return "mục" if Kind.PART in above or Kind.UPPER in above else "phần"
    if kind is Kind.MUC:
        return "mục"
    if kind in (Kind.LETTER, Kind.LETTER_DOT):
        return "điểm"
    if kind is Kind.LOWER_ROMAN:
        return "tiết"
    if kind is Kind.DECIMAL:
        return "điểm" if number[0].islower() or number[-1].isalpha() else "khoản"
    taken = {Kind.ARTICLE, Kind.MUC, Kind.ARABIC, Kind.PAREN} & set(above) or (Kind.ROMAN in above and {Kind.PART, Kind.UPPER} & set(above))
    return "khoản" if taken else "mục"


def _number(kind: Kind | None, token: str) -> str:
    if kind is Kind.PART:
        value = int(token.removeprefix("P"))
        return f"thứ {_ORDINALS[value - 1]}" if value <= len(_ORDINALS) else str(value)
    if kind is Kind.CHAPTER:
        return token.removeprefix("C-")
    return token.removeprefix("Đ") if kind is Kind.ARTICLE else token
