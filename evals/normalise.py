"""Texts made comparable: ``printed`` keeps every word as it stands, ``comparable`` also levels spellings that mean the same."""

from __future__ import annotations

import re
import unicodedata

_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*\)"  # of a link; an address may hold brackets of its own: III(2).1
_MARKER = re.compile(rf"[ \t]*\[\d+(?:\s*[,;]\s*\d+)*\](?:{_TARGET})?")  # [1], [1, 2], [1](#src=…)
_LINK = re.compile(rf"!?\[([^\[\]]*)\]{_TARGET}")
_TABLE_RULE = re.compile(r"^[ \t|:-]*--[ \t|:-]*$", re.MULTILINE)
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}|>)\s+", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_STYLE = re.compile(r"[*_`]|~~")
_LIST_MARKS = {"-", "+", "–", "•"}

_START = r"(?<![\w/])(?<!\d[.,])"
_END = r"(?![\w/]|[.,]\d)"
_DAY = r"(?:ngày )?(?:(?:mùng|mồng) )?(0?[1-9]|[12]\d|3[01])"
_MONTH = r"(0?[1-9]|1[0-2])"
_YEAR = r"(\d{4})"
_SPELT = re.compile(rf"{_START}{_DAY} tháng {_MONTH}(?:(?:,? năm | ?/ ?){_YEAR})?{_END}")  # ngày 15 tháng 6 năm 2025
_SLASHED = re.compile(rf"{_START}{_DAY} ?/ ?{_MONTH}(?:(?: ?/ ?| năm ){_YEAR})?{_END}")  # 15/06/2025, 15/6
_STOPPED = re.compile(rf"{_START}{_DAY}(?:\.{_MONTH}\.|-{_MONTH}-){_YEAR}{_END}")  # 15.6.2025, 15-6-2025
_MONTH_ALONE = re.compile(rf"\btháng {_MONTH}(?:(?: năm | ?/ ?){_YEAR})?{_END}")  # tháng 06 năm 2025, tháng 06


def plain(text: str) -> str:
    """The words as they stand: NFC, one space, without markdown and ``[n]`` markers."""
    text = unicodedata.normalize("NFC", text)
    text = _LINK.sub(r"\1", _MARKER.sub("", text))
    text = _LINE_MARK.sub("", _TABLE_RULE.sub(" ", text))
    text = _STYLE.sub("", _ESCAPE.sub(r"\1", text)).replace("|", " ")
    return " ".join(text.split())


def printed(text: str) -> str:
    """``plain`` without the marks of lists, which stand alone whether or not the lines of the list were joined."""
    return " ".join(word for word in plain(text).split() if word not in _LIST_MARKS)


def comparable(text: str) -> str:
    """``plain`` in lower case, "hàng năm" as "hằng năm", dates as d/m or d/m/yyyy without leading zeros."""
    text = unicodedata.normalize("NFC", plain(text).lower())
    text = re.sub(r"\bhàng năm\b", "hằng năm", text)
    for pattern in (_SPELT, _SLASHED, _STOPPED):
        text = pattern.sub(_numbers, text)
    return _MONTH_ALONE.sub(lambda found: "tháng " + _numbers(found), text)


def _numbers(found: re.Match[str]) -> str:
    return "/".join(str(int(number)) for number in found.groups() if number)


def holds(text: str, fact: str) -> bool:
    """Whether ``text`` has ``fact``, both already comparable; a number at the edge of the fact is whole in the text."""
    if not fact:
        return False
    before = r"(?<!\d)(?<!\d[.,])" if fact[0].isdecimal() else ""
    after = r"(?!\d|[.,]\d)" if fact[-1].isdecimal() else ""
    return re.search(before + re.escape(fact) + after, text) is not None
