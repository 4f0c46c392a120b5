"""Abbreviations spelt out: those of every office, and those whose phrase the plans print ("PTTĐ": phong trào thi đua)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import SHORT_FORMS

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.,;:!?()“”\"\n]")
_TYPED = re.compile(r"(?<![\w/&-])([A-ZĐƯ]{1,7}r?(?:[&-][A-ZĐƯ]{1,5})*)(\d{0,2})(?![\w/])")
_HASTY = re.compile(r"(?<![\w/&-])([^\W\d_A-Z]{2,7})(?![\w/])")
_SYLLABLE = re.compile(r"(?:ngh?|gh|gi|qu|[ckpt]h|nh|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_LENGTHS = range(2, 7)
_OPEN_NO_NAME = frozenset(
    [
        "và",
        "với",
        "của",
        "cho",
        "về",
        "từ",
        "đến",
        "tới",
        "vào",
        "ra",
        "ở",
        "trên",
        "trong",
        "ngoài",
        "dưới",
        "theo",
        "để",
        "được",
        "bị",
        "các",
        "những",
        "khi",
        "tại",
        "là",
        "có",
        "do",
    ]
)
_SEEN_AT_LEAST = 3  # a phrase printed once or twice is no name
# What civil servants jot down in any field; a phrase of the plans is looked for only where this list is silent.
_OFFICE = {
    "BC": "báo cáo",
    "BCĐ": "ban chỉ đạo",
    "CBCC": "cán bộ công chức",
    "CC": "công chức",
    "CĐS": "chuyển đổi số",
    "CQ": "cơ quan",
    "CSVC": "cơ sở vật chất",
    "CT": "chương trình",
    "DN": "doanh nghiệp",
    "ĐA": "đề án",
    "ĐP": "địa phương",
    "ĐV": "đơn vị",
    "GĐ": "giai đoạn",
    "GP": "giải pháp",
    "HĐ": "hội đồng",
    "HS": "hồ sơ",
    "KD": "kinh doanh",
    "KH": "kế hoạch",
    "KP": "kinh phí",
    "KQ": "kết quả",
    "KT": "khen thưởng",
    "LĐ": "lãnh đạo",
    "NĐ": "nghị định",
    "ND": "nội dung",
    "NLĐ": "người lao động",
    "NQ": "nghị quyết",
    "NSNN": "ngân sách nhà nước",
    "NV": "nhiệm vụ",
    "P": "phòng",
    "PCT": "phó chủ tịch",
    "PT": "phong trào",
    "QĐ": "quyết định",
    "TC": "tiêu chí",
    "TĐ": "thi đua",
    "TH": "thực hiện",
    "TP": "thành phố",
    "TTr": "thanh tra",
    "TW": "trung ương",
    "TX": "thị xã",
    "VB": "văn bản",
    "VC": "viên chức",
    "VP": "văn phòng",
}

# What people jot down to each other; nobody prints it.
_CHAT = {
    "bit": "biết",
    "bn": "bao nhiêu",
    "cx": "cũng",
    "dc": "được",
    "đc": "được",
    "hok": "không",
    "j": "gì",
    "ko": "không",
    "nhìu": "nhiều",
    "ntn": "như thế nào",
    "tg": "thời gian",
    "trc": "trước",
}
_CHATTED = re.compile(rf"(?<![\w/&-])(?:{'|'.join(_CHAT)})(?![\w/&-])")


class Abbreviations:
    """Initials → phrase, mined from ``texts`` beside the office list."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[tuple[str, ...]] = Counter()
        for text in texts:
            for part in _BREAK.split(text):
                words = [word.lower() for word in _WORD.findall(part)]
                for length in (*_LENGTHS, _LENGTHS.stop):
                    counts.update(zip(*(words[start:] for start in range(length)), strict=False))
        self._phrases: dict[str, str] = {}
        for phrase in sorted(_units(counts), key=lambda phrase: -counts[phrase]):
            self._phrases.setdefault("".join(word[0] for word in phrase).upper(), " ".join(phrase))
        self._phrases.update({short.upper(): long for short, long in SHORT_FORMS.items()})
        self._phrases.update(_OFFICE)
        self._folded = {fold(letters): phrase for letters, phrase in reversed(self._phrases.items())}

    def expand(self, text: str) -> str:
        """The text with every abbreviation spelt out; "GP5" becomes "giải pháp 5", unknown capitals stay."""
        if text.isupper():
            return text
        text = _CHATTED.sub(lambda match: _CHAT[match.group()], text)
        hasty = _HASTY.sub(lambda match: self._folded.get(fold(match.group()), match.group()) if is_initials(match.group()) else match.group(), text)
        return _TYPED.sub(self._spelt, hasty)

    def _spelt(self, match: re.Match[str]) -> str:
        letters, figure = match.groups()
        whole = self._phrases.get(letters)
        parts = [whole] if whole else [self._phrases.get(part) for part in re.split(r"[&-]", letters)]
        return " ".join(filter(None, [*parts, figure])) if all(parts) else match.group()


def usual_short_forms() -> dict[str, tuple[str, ...]]:
    """Phrase → the short forms that people type for it, in capitals those of the office: {"báo cáo": ("BC",), "được": ("dc", "đc")}."""
    forms: dict[str, tuple[str, ...]] = {}
    for short, long in (*((short.upper(), long) for short, long in SHORT_FORMS.items()), *_OFFICE.items(), *_CHAT.items()):
        forms[long] = (*forms.get(long, ()), short)
    return forms


def is_initials(word: str) -> bool:
    """Whether a word is in capitals or cannot be read as a Vietnamese syllable: "BC", "attp"."""
    return word.isupper() or _SYLLABLE.fullmatch(fold(word)) is None


def _units(counts: Counter[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """The phrases that stand on their own: "trào thi" is always inside "phong trào thi đua", so it is none."""
    longest: Counter[tuple[str, ...]] = Counter()
    for phrase, count in counts.items():
        for inner in (phrase[1:], phrase[:-1]):
            longest[inner] = max(longest[inner], count)
    frequent = (phrase for phrase, count in counts.items() if count >= _SEEN_AT_LEAST and len(phrase) in _LENGTHS and longest[phrase] < 0.7 * count)
    return (phrase for phrase in frequent if phrase[0] not in _OPEN_NO_NAME)
