"""Numbers written out after the words that count on paper: "ngày mười hai tháng sáu" is "ngày 12 tháng 6", "quý hai" is "quý II"."""

from __future__ import annotations

import re

_UNITS = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_ROMAN = ("I", "II", "III", "IV")
_UNIT = "|".join(_UNITS)
_NUMBER = rf"(?:(?:{_UNIT}) mươi(?: (?:{_UNIT}))?|mười(?: (?:{_UNIT}))?|(?:hai|ba) (?:mốt|lăm|nhăm)|{_UNIT}|giêng|chạp)"
# "năm" behind a number is a year, "mười năm" a span of time; "tháng năm" and "mục năm" are numbers unless a year follows.
_COUNTED = re.compile(
    rf"(?<!\w)(ngày|mùng|mồng|tháng|quý|(?<!một )(?<!hai )(?<!ba )phần|mục|khoản|điều|chương|phụ lục|bước|đợt|giai đoạn) ({_NUMBER})(?!\w)(?! (?:\d|lần|buổi|kỳ|cuộc|nay|nào|tới|qua|tháng(?! (?:{_NUMBER}|\d))|năm(?! \d)))",
    re.IGNORECASE,
)
_HALF_YEAR = re.compile(r"(?<!\w)sáu tháng(?!\w)", re.IGNORECASE)
_GLUED = re.compile(
    r"(?<![\w/.,:-])(\d+(?:[.,]\d+)*)(ml|lít|lit|kg|tấn|tan|km|cm|mm|ha|m2|m|triệu|trieu|tỷ|ty|tỉ|đồng|dong|ngày|ngay|tháng|thang|năm|nam|tuổi|tuoi|lần|lan|con|hộ|ho|xã|người|nguoi)(?!\w)"
)
_HOURS = re.compile(r"(?<!\w)((?:mấy|bao nhiêu|\d+) )tiếng(?= ?(?:đồng hồ)?(?:\W|$))(?! (?:anh|việt|dân))", re.IGNORECASE)
_KILOS = re.compile(r"(?<!\w)((?:một|mỗi|mấy|bao nhiêu|\d+) )(?:ký|kí|cân)(?=\W*(?:$|[,.;?!]|(?:thì|là|hơi|trở)(?!\w)))", re.IGNORECASE)


def apart(text: str) -> str:
    """The text with figures and their units apart as plans print them: "350ml" is "350 ml"."""
    return _GLUED.sub(r"\1 \2", text)


def in_figures(text: str) -> str:
    """The text with the numbers of dates, quarters and sections in figures as plans print them, and spoken hours as written ones."""
    text = _KILOS.sub(r"\1kg", _HOURS.sub(r"\1giờ", text))
    return _HALF_YEAR.sub("6 tháng", _COUNTED.sub(lambda match: f"{match.group(1)} {_figure(match.group(1).lower(), match.group(2).lower())}", text))


def _figure(noun: str, words: str) -> str:
    value = _value(words)
    return _ROMAN[value - 1] if noun == "quý" and value <= len(_ROMAN) else str(value)


def _value(words: str) -> int:
    """ "hai mươi lăm" → 25, "hai mốt" → 21, "chạp" → 12."""
    if words in ("giêng", "chạp"):
        return 1 if words == "giêng" else 12
    parts = words.split()
    if parts[0] == "mười":
        return 10 + (_UNITS[parts[1]] if len(parts) > 1 else 0)
    tens = len(parts) > 1
    ones = [part for part in parts[1:] if part != "mươi"]
    return _UNITS[parts[0]] * (10 if tens else 1) + (_UNITS[ones[0]] if ones else 0)
