"""Places inside a plan that a question names: "điểm b mục 2 phần III", "giải pháp thứ ba"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from xhht_qa.text.normalise import compose, fold
from xhht_qa.types import CLOSING, OPENING, Plan

_LEVEL = re.compile(
    r"\b(?:phần|mục|khoản|điểm|tiết|điều|chương|phan|muc|khoan|diem|tiet|dieu|chuong)\s+((?:thứ\s+)?(?:[IVXLC]+|\d+[a-zđ]?|[a-zđ]|nhất|hai|ba|tư|năm|sáu|bảy)(?:\.(?:\d+|[a-zđ]))*)(?![\w/])",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:mục|muc|phần|phan|khoản|khoan)?\s*((?:[IVX]+|Đ\d+|P\d)(?:\.(?:\d+|[a-zđ]))+)(?![\w/])")
_APPENDIX = re.compile(r"\bphu luc(?: (?:so )?(\d+))?\b")
# The head and tail of a plan have no number; people call them by what they are. With accents: "phấn đấu" is no "phần đầu".
_WHOLE = (
    (OPENING, re.compile(r"(?<!\w)(?:phần|(?<!giai )đoạn) (?:mở đầu|đầu|căn cứ)(?!\w)|(?<!\w)(?:tiêu đề|trích yếu|tên kế hoạch)(?!\w)")),
    (CLOSING, re.compile(r"(?<!\w)(?:phần|(?<!giai )đoạn) (?:kết|kết thúc|cuối)(?!\w)|(?<!\w)(?:kết thúc kế hoạch|cuối (?:bản )?kế hoạch)(?!\w)")),
)
_NUMBERS = {
    "nhat": 1,
    "mot": 1,
    "dau tien": 1,
    "dau": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "cuoi cung": -1,
    "cuoi": -1,
}
_NOUNS = r"muc dich|yeu cau|noi dung|giai phap|nhiem vu|muc tieu|tieu chi|tieu chuan|chi tieu|giai doan|hinh thuc|bien phap|nguyen tac|quan diem"
_NUMBER = rf"({'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d{{1,2}})\b(?!\s*(?:nam|thang|/|%|-))"
# "nhiệm vụ trọng tâm thứ ba"; without "thứ" only "đầu tiên", "cuối cùng", a figure or the number of a phase can be meant
_ORDINAL = re.compile(rf"\b({_NOUNS})(?:\s+\w+){{0,3}}?\s+(?:thu|so)\s+{_NUMBER}|\b({_NOUNS})(?:\s+\w+){{0,2}}?\s+(dau tien|cuoi cung)\b")
_FIGURE_ORDINAL = re.compile(rf"\b({_NOUNS})\s+(\d{{1,2}})\b(?!\s*(?:nam|thang|/|%|-))|\b(giai doan)\s+(mot|hai|ba|dau|cuoi)\b")
_RANKS = ("chuong", "phan", "muc", "dieu", "khoan", "diem", "tiet")


def addresses_named(question: str, plans: Iterable[Plan]) -> tuple[str, ...]:
    """The addresses of the plans' sections that the question names by number, top-down order of its parts not required."""
    whole = [address for address, pattern in _WHOLE if pattern.search(compose(question).lower())]
    if whole:
        return tuple(whole)
    tokens = _tokens(compose(question))
    if not tokens:
        return ()
    found = []
    for plan in plans:
        for section in plan.sections:
            parts = re.sub(r"\(\d+\)", "", section.address).split(".")
            if parts[-len(tokens) :] == tokens or (len(tokens) > 1 and parts == tokens) or (len(tokens) == 1 and parts == tokens):
                found.append(section.address)
    exact = [address for address in found if re.sub(r"\(\d+\)", "", address).split(".") == tokens]
    return tuple(dict.fromkeys(exact or (found if len(tokens) > 1 else [])))


def missing_address(question: str, plans: Iterable[Plan]) -> str:
    """The address that the question names and none of the plans has; "" for none, and for a lone "mục 2", which may be any part's."""
    tokens = _tokens(compose(question))
    precise = len(tokens) > 1 or any(token.startswith("Đ") for token in tokens)
    return ".".join(tokens) if precise and not addresses_named(question, plans) else ""


def places_named(text: str) -> str:
    """The words by which a text names a section ("mục 4 phần III", "III.4"), those that stand together; "" for none."""
    named = list(_LEVEL.finditer(text))
    if dotted := _DOTTED.search(text):
        return dotted.group()
    together = list(
        itertools.takewhile(lambda pair: pair[0] is None or not text[pair[0].end() : pair[1].start()].strip(" ,"), zip([None, *named], named, strict=False))
    )
    return text[named[0].start() : together[-1][1].end()] if named else ""


def ordinal_named(question: str) -> tuple[str, int] | None:
    """("giai phap", 3) of "giải pháp thứ ba"; the noun is folded, -1 stands for the last."""
    folded = fold(question)
    match = _ORDINAL.search(folded) or _FIGURE_ORDINAL.search(folded)
    if not match:
        return None
    noun, number = (group for group in match.groups() if group)
    return noun, int(number) if number.isdecimal() else _NUMBERS[number]


def _tokens(question: str) -> list[str]:
    """The printed numbers named, from the top of the plan down: "điểm b mục 2 phần III" → ["III", "2", "b"]."""
    dotted = _DOTTED.search(question)
    if dotted:
        return dotted.group(1).split(".")
    appendix = _APPENDIX.search(fold(question))
    if appendix:
        number = appendix.group(1)
        return ["phu-luc" if number in (None, "1") else f"phu-luc-{number}"]
    named = [match.group(1).removeprefix("thứ ").strip() for match in _LEVEL.finditer(question)]
    words = [match.group() for match in _LEVEL.finditer(question)]
    if not named:
        return []
    tokens: list[str] = []
    levels = list(zip(words, named, strict=True))
    ranks = [_RANKS.index(fold(word.split()[0])) for word, _ in levels]
    for word, number in levels if ranks == sorted(ranks) else reversed(levels):
        level = fold(word.split()[0])
        if level == "dieu":
            tokens.append(f"Đ{number}")
        elif level == "chuong":
            tokens.append(f"C-{number.upper()}")
        elif fold(number) in _NUMBERS and not number.isdecimal():
            tokens.append(f"P{_NUMBERS[fold(number)]}")
        else:
            # "khoản 5.3 mục 5": the printed decimal repeats its parent
            last = number.rpartition(".")[2] if tokens and number.rpartition(".")[0] == tokens[-1] else number
            tokens += [last] if "." not in last else last.split(".")
    return [
        token.upper() if re.fullmatch(r"[ivxlc]+", token, re.IGNORECASE) and index == 0 and token.isupper() else token for index, token in enumerate(tokens)
    ]
