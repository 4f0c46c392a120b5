"""The words of which plans make their due expressions, each as one kind of word with its value.

A kind is one letter, so that the grammar over them (``grammar``) is a regular expression over letters:

    B before   D by, at the latest   I in   F from   E after   U until   N within, time limit   Q at most, at least   K compared with
    P a date   p a day and month that need support ("15/6" may be a ratio)   d "ngày 25"   n a bare number   q a bare Roman numeral
    Y "năm 2026"   y a bare year   G a span of years   H "6 tháng đầu năm"   S a part ("cuối", "ngày làm việc cuối cùng của")   e a bare "quý"
    M "tháng cuối quý", "tháng sau"   l lunar   o "sáng"   t a time of day   h hours, of the day or long   W a weekday   v one that may be an ordinal
    A an amount of time   x "tiếp theo"   R "hằng năm"   T "02 lần/năm"   C "thường xuyên"
    X a document's number   J and, or   z ends an anchor   , ( ) -   w any other word   . anything else
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from xhht_qa.text.dates import find_dates
from xhht_qa.types import Date, DueUnit, Recurrence


@dataclass(frozen=True)
class Word:
    """One word of a due expression: ``value`` is a Date, a pair of them, a number, … by its kind."""

    kind: str
    start: int
    end: int
    value: Any = None


EVERY: Final[dict[str, Recurrence]] = {
    "ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "nửa năm": "half", "năm": "year", "năm học": "year",
}  # fmt: skip
UNITS: Final[dict[str, DueUnit]] = {
    "phút": "minute", "giờ": "hour", "ngày": "day", "ngày làm việc": "working_day", "tuần": "week", "tháng": "month", "quý": "month", "năm": "year",
}  # fmt: skip
_NUMERALS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "chủ nhật": 7}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMERALS)})"
_SPELT = r"(?:\s*\([^\W\d]{2,5}(?:\s[^\W\d]{2,5}){0,2}\))?"  # "05 (năm) ngày"
_SPAN = r"(?:năm học|năm|quý|tháng|tuần|ngày|nửa năm)"
_YEAR = r"(?:19|20)\d\d"
_LAST = r"(?:cuối(?:\s+cùng)?)"


def _pattern(*kinds: tuple[str, str]) -> re.Pattern[str]:
    """One expression of them all, the first that fits wins; a space stands for any white space."""
    return re.compile("|".join(f"(?P<{name}>{form.replace(' ', chr(92) + 's+')})" for name, form in kinds), re.IGNORECASE)


# What must not be mistaken for a date is taken first.
_FIRM = _pattern(  # and "mỗi tháng 02 lần" is no February
    ("G", rf"(?<!\w)(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|các năm) (?:từ )?(?:năm )?{_YEAR}\s*(?:[-–—/]|đến(?= ))\s*(?:năm )?{_YEAR}(?![\d/])"),
    ("T", rf"(?<!\w)(?:(?:mỗi |một |01 |1 )?{_SPAN}(?: (?:ít nhất|tối thiểu|không quá|tối đa))? {_NUMBER} (?:lần|kỳ|buổi|đợt|lượt)"
          rf"|{_NUMBER}{_SPELT} (?:lần|kỳ|buổi|đợt|lượt)(?:\s?/\s?| (?:mỗi|một|trong một|trong) ){_SPAN}"
          rf"|{_NUMBER} (?:năm|quý|tháng|tuần|ngày)(?:\s?/\s?lần| một lần| 0?1 lần))(?!\w)"),
    ("X", r"(?<![\w/.])\d[\d.]*\w{0,4}\s?[/-](?:\w{1,12}[/-]){0,4}(?-i:[A-ZĐ]{2})[\w&-]{0,20}"),
)  # fmt: skip
_OTHER = _pattern(
    ("H", rf"(?<!\w)(?:0?[1-9]|1[01]|{'|'.join(_NUMERALS)}) tháng (?:đầu|cuối) năm(?! học)(?: {_YEAR})?(?!\w)"),
    ("L", rf"(?<!\w)ngày(?: làm việc)? {_LAST}(?: của)?(?: (?=mỗi|hằng|hàng))?(?!\w)"),
    ("M", rf"(?<!\w)(?:của )?(?:tháng (?:{_LAST}|đầu(?: tiên)?)(?: của)?(?: (?:mỗi|hằng|hàng))? quý(?: (?:trước|sau|tiếp theo|kế tiếp))?"
          r"|(?:tháng|quý|tuần|năm) (?:sau|kế tiếp|tiếp theo|liền kề|kế sau|liền sau)|của (?:tháng|quý))(?! \d)(?!\w)"),
    ("R", rf"(?<!\w)(?:(?:định kỳ )?(?:vào )?(?:hằng|hàng|mỗi|từng|theo từng) (?:6 tháng|06 tháng|sáu tháng|{_SPAN})"
          rf"|định kỳ (?:theo )?(?:0?6 tháng|sáu tháng|0?3 tháng|{_SPAN}))(?!\w)"),
    ("C", r"(?<!\w)(?<!chi\s)(?<!dục\s)(?<!phí\s)(?<!sách\s)(?<!nguồn\s)(?<!toán\s)(?<!không\s)thường xuyên(?:, liên tục)?(?!\w)"),
    ("t", r"(?<!\w)\d{1,2}\s*(?:giờ|h|g)\s*\d\d(?:\s*phút)?(?!\w)"),
    ("A", rf"(?<!\w){_NUMBER}{_SPELT}(?:\s*(?:-|–|đến)\s*\d{{1,3}})? (?:ngày làm việc|ngày|giờ|phút|tuần|tháng|năm)(?! học)(?!\w)"),
    ("h", r"(?<!\w)\d{1,2}\s*(?:h|g)(?!\w)"),
    ("o", r"(?<!\w)(?:buổi )?(?:sáng|chiều|tối|trưa)(?!\w)"),
    ("W", r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?!\w)"),
    ("d", r"(?<!\w)ngày (?:(?:mùng|mồng) )?(?:0?[1-9]|[12]\d|3[01])(?![\w%])(?![./,]\d)"),
    ("Y", rf"(?<!\w)(?<!tháng\s)năm {_YEAR}(?![\w/])"),
    ("S", rf"(?<!\w)(?:nửa đầu|nửa cuối|(?:thượng|trung|hạ) tuần|tuần (?:đầu(?: tiên)?|{_LAST}|thứ \w+)|đầu|giữa|cuối)(?: của)?(?!\w)"),
    ("e", r"(?<!\w)(?:năm học|năm|quý|tháng|tuần(?! lễ))(?!\w)"),
    ("l", r"(?<!\w)(?:\(\s?)?(?:âm lịch|tính theo âm lịch)(?:\s?\))?(?!\w)"),
    ("still", r"(?<!\w)(?:trước (?:đây|đó|hết|mắt|tiên|nay)|đến (?:nay|hạn)|hết (?:hạn|hiệu lực|nhiệm kỳ|sức)|sau (?:đây|đó|cùng|này)|cuối cùng|đầu (?:tư|mối|tiên|vào|ra)|vào (?:cuộc|việc))(?!\w)"),
    ("B", r"(?<!\w)trước(?: hoặc (?:vào|trong))?(?!\w)"),
    ("D", r"(?<!\w)(?:(?:(?:chậm|muộn|trễ) nhất|hạn (?:cuối(?: cùng)?|chót))(?: là)?\s?:?|không (?:muộn|chậm|trễ) (?:hơn|quá)|hết)(?!\w)"),
    ("I", r"(?<!\w)(?:vào dịp|vào|trong|nhân dịp|đúng)(?!\w)"),
    ("U", r"(?<!\w)(?:(?:từ nay|cho|tính) (?:cho )?)?(?:đến|tới)(?!\w)"),
    ("F", r"(?<!\w)(?:(?:kể|tính|bắt đầu) từ|từ)(?: sau)?(?!\w)"),
    ("E", r"(?<!\w)sau(?!\w)"),
    ("N", r"(?<!\w)(?:trong )?(?:thời hạn|thời gian|vòng)(?: là)?\s?:?(?!\w)"),
    ("Q", r"(?<!\w)(?:không quá|tối đa|tối thiểu|ít nhất)(?!\w)"),
    ("K", r"(?<!\w)so với(?!\w)"),
    ("x", r"(?<!\w)(?:tiếp theo|tiếp sau|kế tiếp)(?!\w)"),
    ("J", r"(?<!\w)(?:và|hoặc|hay)(?!\w)"),
    ("z", r"(?<!\w)(?:phải|thì|để|đối với|theo)(?!\w)"),
    ("q", rf"(?<!\w)(?-i:IV|III|II|I)(?:(?:\s?/\s?| năm ){_YEAR})?(?![\w/])"),
    ("digits", r"\d(?:[\w/&.,-]*\w)?"),
    ("w", r"[^\W\d_]+"),
    ("mark", r"[,()–—-]"),
    ("other", r"[^\s]"),
)  # fmt: skip
_RATIO = re.compile(r"(?:\s*(?:đến|-|–)\s*\d{1,2}/\d{1,2})?\s+(?:số|tổng|diện|dân|trong|hộ|xã|thôn|người|đơn|học|cán|lượng|chặng|thời)(?!\w)", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?<!\w)ngày\s{1,4}(?:(?:mùng|mồng)\s{1,4})?\Z", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def words_of(text: str) -> list[Word]:
    """Every word of the text in order, none overlapping; only white space lies between them."""
    firm = [Word(kind := str(match.lastgroup), match.start(), match.end(), _value(kind, match.group())) for match in _FIRM.finditer(text)]
    fixed: list[Word] = []
    waiting = iter([*firm, Word("", len(text), len(text))])
    barrier = next(waiting)
    for date in _dates(text):
        while barrier.end <= date.start and barrier.kind:
            fixed.append(barrier)
            barrier = next(waiting)
        if date.end <= barrier.start:
            fixed.append(date)
    fixed += [word for word in (barrier, *waiting) if word.kind]
    found: list[Word] = []
    position = 0
    for word in [*fixed, Word("", len(text), len(text))]:
        found += _others(text, position, word.start)
        position = word.end
        if word.kind:
            found.append(word)
    return found


def _dates(text: str) -> Iterator[Word]:
    """The dates, each with the word "ngày" before it; a day and month in figures that nothing makes a date need support."""
    end = 0
    for mention in find_dates(text):
        day = _DAY_BEFORE.search(text, max(end, mention.start - 16), mention.start) if mention.date.day else None
        start, end = (day.start() if day else mention.start), mention.end
        bare = not day and mention.date.day is not None and mention.date.year is None and "/" in text[mention.start : end]
        if bare and _RATIO.match(text, end):
            continue
        yield Word("p" if bare else "P", start, end, mention.date)


def _others(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _OTHER.finditer(text, start, end):
        name, printed = str(match.lastgroup), match.group()
        kind, value = name, _value(name, printed)
        if name == "mark":
            kind = "-" if printed in "–—-" else printed
        elif name == "digits":
            kind, value = _digits(printed)
        elif name == "other":
            kind = "."
        elif name == "still":
            kind = "w"
        elif name == "L":
            kind = "S"  # with a value
        elif name == "W" and printed.split()[-1][0].islower():
            kind = "v"  # "lần thứ hai" is no Monday
        elif name == "A" and value[1] == "hour" and value[0] <= 24 and printed[0].isdigit():
            kind, value = "h", f"{value[0]:02}:00"
        yield Word(kind, match.start(), match.end(), value)


def _digits(printed: str) -> tuple[str, int | None]:
    if printed.isdecimal() and len(printed) <= 2:
        return "n", int(printed)
    return ("y", int(printed)) if re.fullmatch(_YEAR, printed) else (".", None)


def _value(kind: str, printed: str) -> Any:
    words = _SPACES.sub(" ", printed).lower()
    numbers = [int(digits) for digits in re.findall(r"\d{1,4}", words)]
    if kind == "G":
        return Date(year=numbers[0]), Date(year=numbers[1])
    if kind == "H":
        year, months = (numbers[-1] if numbers and numbers[-1] > 99 else None), _number(words)
        return (Date(year, month=1), Date(year, month=months)) if " đầu " in words else (Date(year, month=13 - months), Date(year, month=12))
    if kind == "T":
        return _times(words)
    if kind in ("R", "e"):
        return _every(words)
    if kind == "L":
        return "working_day" if "làm việc" in words else "day"
    if kind == "A":
        amount = numbers[-1] if len(numbers) > 1 else _number(words)
        return amount, next(UNITS[unit] for unit in sorted(UNITS, key=len, reverse=True) if words.endswith(unit))
    if kind in ("t", "h"):
        return f"{numbers[0]:02}:{numbers[1] if len(numbers) > 1 else 0:02}"
    if kind == "W":
        return _WEEKDAYS.get(words) or _WEEKDAYS.get(words.split()[-1]) or int(words[-1]) - 1
    if kind == "q":
        return Date(numbers[0] if numbers else None, _ROMAN[re.split(r"[ /]", words)[0]])
    if kind == "d":
        return Date(day=numbers[0])
    if kind == "Y":
        return Date(year=numbers[0])
    if kind == "M":
        return next((EVERY[span] for span in ("quý", "tháng", "tuần") if span in words), None)
    return None


def _number(words: str) -> int:
    """The first number of a few words, in figures or spelt."""
    first = re.match(_NUMBER, words)
    number = first.group() if first else "một"
    return int(number) if number.isdecimal() else _NUMERALS[number]


def _every(words: str) -> Recurrence:
    if "6 tháng" in words or "sáu tháng" in words:
        return "half"
    return "quarter" if "3 tháng" in words else next(EVERY[span] for span in sorted(EVERY, key=len, reverse=True) if words.endswith(span))


def _times(words: str) -> tuple[int, Recurrence | None, int | None, DueUnit | None]:
    """(times, every, amount, unit): "02 lần/năm" is (2, year), "03 tháng một lần" (1, quarter), "02 năm một lần" (1, no name, 2, year)."""
    period = re.match(rf"({_NUMBER}) (năm|quý|tháng|tuần|ngày)(?:\s?/\s?lần| một lần| 0?1 lần)$", words)
    if period:
        amount, span = _number(period.group(1)), period.group(2)
        months = amount * {"năm": 12, "quý": 3, "tháng": 1}.get(span, 0)
        every = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(months) if months else EVERY[span] if amount == 1 else None
        return (1, every, None, None) if every else (1, None, months if span == "quý" else amount, UNITS[span])  # type: ignore[return-value]
    span = next(span for span in sorted(EVERY, key=len, reverse=True) if re.search(rf"(?<!\w){span}(?!\w)(?=$| (?:{_NUMBER}|ít|tối|không) )", words))
    count = re.search(rf"({_NUMBER})(?: ?\([^)]*\))? (?:lần|kỳ|buổi|đợt|lượt)", words)
    return _number(count.group(1)) if count else 1, EVERY[span], None, None
