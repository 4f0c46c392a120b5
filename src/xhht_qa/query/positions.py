"""Places inside a plan that a question names: "điểm b mục 2 phần III", "giải pháp thứ ba"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping

from xhht_qa.text.headings import ARTICLE
from xhht_qa.text.normalise import compose, fold
from xhht_qa.types import CLOSING, OPENING

_RANKS = ("chuong", "phan", "muc", "dieu", "khoan", "diem", "tiet")  # from the top of a plan down
_NUMERAL = r"(?-i:[IVXLC]+)|\d+[a-zđ]?|[a-zđ]\d?|(?<=thứ )(?:nhất|hai|ba|tư|năm|sáu|bảy)|(?<=thu )(?:nhat|hai|ba|tu|nam|sau|bay)"
_LEVEL = re.compile(
    rf"\b(chương|phần|mục|điều|khoản|điểm|tiết|{'|'.join(_RANKS)})\s+(?:(?:thứ|thu|số|so)\s+)?((?:{_NUMERAL})(?:\.(?:\d+|[a-zđ]|[IVX]+))*)(?![\w/])(?!\s*%)",
    re.IGNORECASE,
)
_LEVEL_TYPED_BARE = re.compile(
    r"\b(?:phan|muc|khoan|diem|dieu|chuong|tiet)(?= (?:(?:thu|so) )?(?:[IVXLC]+|\d[\d.]*[a-z]?|[a-z]\d?|nhat|mot|hai|ba)\b(?! ?(?:%|k\b|tr|ty|nghin|ngan|dong)))",
    re.IGNORECASE,
)
# A Roman numeral in small letters; "mục vi phạm" is none.
_SMALL_ROMAN = re.compile(
    r"(?<!\w)((?:chương|phần|mục|chuong|phan|muc)\s+(?:(?:thứ|thu|số|so)\s+)?)([ivx]+)(?![^\W_])(?!\s+(?:ph[aạ]m|m[oô]|sinh|r[uú]t|b[aằ]ng|ph[aá]p)(?!\w))",
    re.IGNORECASE,
)
_SPELT = {"phan": "phần", "muc": "mục", "khoan": "khoản", "diem": "điểm", "dieu": "điều", "chuong": "chương", "tiet": "tiết"}
_DOTTED = re.compile(
    r"(?<![\w.])(?:(?:mục|muc|phần|phan|khoản|khoan|điểm|diem)\s+)?((?:[IVX]+|[A-H]|Đ\d+[a-zđ]?|P\d)(?:\.(?:\d+[a-zđ]?|[a-zđ]\d?|[IVX]+))+)(?![\w/])"
)
_APPENDIX = re.compile(r"\bphu luc(?: (?:so )?(\d+|[ivx]+)\b)?")
_ROMAN = re.compile(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})")
_MOST = 8  # places in one question
_STEP = re.compile(r"\b(bước|mẫu)\s+(?:số\s+)?0?(\d{1,2})\b(?!\s*(?:/|mẫu\b))", re.IGNORECASE)  # "bước 2", "mẫu số 02": told by their word at any depth
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_PART = re.compile(r"P\d+")
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
_NOUNS = r"mục đích|yêu cầu|nội dung|giải pháp|nhiệm vụ|mục tiêu|tiêu chí|tiêu chuẩn|chỉ tiêu|giai đoạn|hình thức|biện pháp|nguyên tắc|quan điểm"
# With accents: "thu tạm ứng" and "thu từ đất" count nothing.
_NUMBER = r"(nhất|một|đầu tiên|đầu|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|cuối cùng|cuối|\d{1,2})\b(?!\s*(?:năm|tháng|/|%|-))"
# "nhiệm vụ trọng tâm thứ ba"; without "thứ" only "đầu tiên", "cuối cùng", a figure or the number of a phase can be meant
_ORDINAL = re.compile(rf"\b({_NOUNS}|đợt)(?:\s+\w+){{0,3}}?\s+(?:thứ|số)\s+{_NUMBER}|\b({_NOUNS}|đợt)(?:\s+\w+){{0,2}}?\s+(đầu tiên|cuối cùng)\b")
_FIGURE_ORDINAL = re.compile(rf"\b({_NOUNS})\s+(\d{{1,2}})\b(?!\s*(?:năm|tháng|/|%|-))|\b(giai đoạn)\s+(một|hai|ba|đầu(?! tư)|cuối)\b")


def addresses_named(question: str, known: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Those of the addresses ``known`` that the question names by number, top-down order of its parts not required; few questions name any."""
    whole = [address for address, pattern in _WHOLE if pattern.search(compose(question).lower())]
    if whole:
        return tuple(whole)
    paths = _paths(compose(question))
    addresses = dict.fromkeys(known()) if paths else {}
    printed = {address: re.sub(r"\(\d+\)", "", address).split(".") for address in addresses}
    values = {address: [_value(part) for part in parts] for address, parts in printed.items()}
    return tuple(dict.fromkeys(address for path in paths for address in _at(path, printed) or _at_value(path, values)))


def _at(path: list[str], parts: Mapping[str, list[str]]) -> list[str]:
    """The addresses that end with a path; those that are nothing else before any, and a lone number only there."""
    ends = [address for address, own in parts.items() if own[-len(path) :] == path]
    return [address for address in ends if len(parts[address]) == len(path)] or (ends if len(path) > 1 or path[0].startswith(("buoc-", "mau-")) else [])


def _at_value(path: list[str], values: Mapping[str, list[str]]) -> list[str]:
    """The addresses of a path whose numbers are printed otherwise: "phần 3" for "III". A lone "mục 2" may be any part's."""
    return [] if len(path) == 1 and path[0].isdecimal() else _at([_value(number) for number in path], values)


def levels_spelt(question: str) -> str:
    """The question with the accents of "mục", "khoản" … before a number, where no model need guess, and Roman numerals in capitals: "muc vi.2" → "mục VI.2"."""
    spelt = _LEVEL_TYPED_BARE.sub(
        lambda match: _SPELT[match.group().lower()].capitalize() if match.group().istitle() else _SPELT[match.group().lower()], question
    )
    return _romans_in_capitals(spelt)


def _romans_in_capitals(text: str) -> str:
    return _SMALL_ROMAN.sub(lambda match: f"{match.group(1)}{match.group(2).upper()}", text)


def missing_address(question: str, known: Callable[[], Iterable[str]]) -> str:
    """The address that the question names and none of those known is; "" for none, and for a lone "mục 2", which may be any part's."""
    path = next(iter(_paths(compose(question))), [])
    precise = len(path) > 1 or any(number.startswith(ARTICLE) for number in path)
    return ".".join(_value(number) if _PART.fullmatch(number) else number for number in path) if precise and not addresses_named(question, known) else ""


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
    lowered = question.lower()
    match = _ORDINAL.search(lowered) or _FIGURE_ORDINAL.search(lowered)
    if not match:
        return None
    noun, number = (fold(group) for group in match.groups() if group)
    return noun, int(number) if number.isdecimal() else _NUMBERS[number]


def _paths(question: str) -> list[list[str]]:
    """The printed numbers named, each path from the top of the plan down: "điểm b, điểm c mục 2 phần III" → [["III", "2", "b"], ["III", "2", "c"]]."""
    question = _romans_in_capitals(question)
    if dotted := _DOTTED.search(question):
        return [dotted.group(1).split(".")]
    if appendix := _APPENDIX.search(fold(question)):
        number = _value((appendix.group(1) or "1").upper())
        return [["phu-luc" if number == "1" else f"phu-luc-{number}"]]
    named: dict[str, list[str]] = {}
    for match in _LEVEL.finditer(question):
        named.setdefault(fold(match.group(1)), []).append(match.group(2))
    if not named:
        return [[f"{fold(step.group(1))}-{step.group(2)}"] for step in _STEP.finditer(question)]
    levels = list(named) if list(named) == sorted(named, key=_RANKS.index) else list(named)[::-1]
    counts = {len(numbers) for numbers in named.values()}
    # "mục 1 phần II và mục 3 phần IV" names two places, not four
    chosen = zip(*map(named.__getitem__, levels), strict=True) if len(counts) == 1 else itertools.product(*map(named.__getitem__, levels))
    return [_path(zip(levels, numbers, strict=True)) for numbers in itertools.islice(chosen, _MOST)]


def _path(levels: Iterable[tuple[str, str]]) -> list[str]:
    path: list[str] = []
    for level, said in levels:
        number = str(_NUMBERS.get(fold(said), said))
        if level == "dieu":
            path.append(f"Đ{number.lower()}")
        elif level == "chuong":
            path.append(f"C-{number.upper()}")
        elif level == "phan" and number.isdecimal():
            path.append(f"P{number}")
        else:
            number = number.lower() if level in ("diem", "tiet") else number.upper() if _ROMAN.fullmatch(number.upper()) else number
            parent, _, last = number.rpartition(".")
            # "khoản 5.3 mục 5": the printed decimal repeats its parent
            path += [last] if path and parent == path[-1] else number.split(".")
    return path


def _value(part: str) -> str:
    """One form of the numbers that are read alike: "P2", "II", "02" → "2"; a letter is small."""
    if part.startswith("C-"):
        return f"C-{_value(part[2:])}"
    if part.isdecimal() or _PART.fullmatch(part):
        return str(int(part.lstrip("P")))
    if not _ROMAN.fullmatch(part):
        return part.lower()
    values = [_ROMAN_DIGITS[digit] for digit in part]
    return str(sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)))
