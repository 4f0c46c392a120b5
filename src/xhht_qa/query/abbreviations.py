"""Abbreviations spelt out: those of every office, and those whose phrase the plans print ("PTTĐ": phong trào thi đua)."""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from xhht_qa.lexicon.spelling import Pairs
from xhht_qa.text.normalise import CAPITAL, fold
from xhht_qa.text.tokens import SHORT_FORMS

_WORD = re.compile(r"[^\W\d_]+")
_TYPED = re.compile(r"(?<![\w/&-])([A-ZĐƯ]{1,7}r?(?:[&-][A-ZĐƯ]{1,5})*)(\d{0,2})(?![\w/])")
_HASTY = re.compile(r"(?<![\w/&-])(?!vs(?!\w))([^\W\d_A-Z]{2,7})(?![\w/])")  # "vs" sets plans side by side
_SYLLABLE = re.compile(r"(?:ngh?|gh|gi|qu|[ckpt]h|nh|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_OFFICE_WEIGHT = 40.0  # of a reading that every office knows, in prints of a phrase
# A level of government before its name or alone: "H. Khê Mộc", "ngân sách H."; without a full stop only before a name.
_LEVEL = re.compile(
    rf"(?<![\w/&.-])(?<!phần )(?<!mục )(?<!nhóm )(?<!hạng )(?<!loại )(?<!điểm )(?:([HTXQPhtxqp])\.(?!\d)\s*|([HTXQP])\s+(?={CAPITAL}[^\W\d_A-Z]))"
)
_LEVELS = {"H": ("huyện",), "T": ("tỉnh",), "X": ("xã",), "Q": ("quận",), "P": ("phòng", "phường")}
# What civil servants jot down in any field, its readings apart by a bar, the commonest first.
_OFFICE = {
    "BC": "báo cáo",
    "BCĐ": "ban chỉ đạo",
    "BQL": "ban quản lý",
    "BV": "bệnh viện",
    "CA": "công an",
    "CB": "cán bộ",
    "CBCC": "cán bộ công chức",
    "CC": "công chức",
    "CCHC": "cải cách hành chính",
    "CQ": "cơ quan",
    "CSSX": "cơ sở sản xuất",
    "CSVC": "cơ sở vật chất",
    "CT": "chương trình | chủ trì | công trình | chủ tịch | chỉ thị",
    "CĐS": "chuyển đổi số",
    "DA": "dự án",
    "DN": "doanh nghiệp",
    "GP": "giải pháp",
    "GV": "giáo viên | giảng viên",
    "GVCN": "giáo viên chủ nhiệm",
    "GĐ": "giai đoạn",
    "HND": "hội nông dân",
    "HPN": "hội phụ nữ",
    "HS": "hồ sơ | học sinh",
    "HTX": "hợp tác xã",
    "HĐ": "hội đồng | hoạt động | hợp đồng",
    "KCN": "khu công nghiệp",
    "KD": "kinh doanh",
    "KH": "kế hoạch",
    "KP": "kinh phí",
    "KQ": "kết quả",
    "KT": "khen thưởng | kiểm tra | kinh tế",
    "LĐ": "lãnh đạo | lao động",
    "ND": "nội dung",
    "NLĐ": "người lao động",
    "NQ": "nghị quyết",
    "NSNN": "ngân sách nhà nước",
    "NTM": "nông thôn mới",
    "NV": "nhiệm vụ | nhân viên | nội vụ",
    "NĐ": "nghị định",
    "P": "phòng",
    "PA": "phương án",
    "PCT": "phó chủ tịch",
    "PH": "phối hợp | phụ huynh",
    "PT": "phong trào",
    "QĐ": "quyết định | quy định",
    "SĐT": "số điện thoại",
    "TC": "tiêu chí | tổ chức | tài chính",
    "TH": "thực hiện | tổng hợp | trường hợp",
    "TP": "thành phố",
    "TT": "trung tâm | thông tư | thị trấn",
    "TTHC": "thủ tục hành chính",
    "TTr": "tờ trình | thanh tra",
    "TW": "trung ương",
    "TX": "thị xã",
    "TĐ": "thi đua",
    "UB": "ủy ban",
    "UBMTTQ": "ủy ban mặt trận tổ quốc",
    "VB": "văn bản",
    "VC": "viên chức",
    "VP": "văn phòng",
    "ĐA": "đề án",
    "ĐP": "địa phương",
    "ĐT": "đào tạo | đầu tư",
    "ĐV": "đơn vị",
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
    """Initials → phrase: among the phrases of the plans and of the office list the one that its neighbours in the question fit best."""

    def __init__(self, phrases: Mapping[str, Mapping[str, float]], pairs: Pairs) -> None:
        """``phrases`` of the plans by their initials, and which folded word follows which, how often."""
        self._pairs = pairs
        self._phrases = defaultdict(dict, {letters: dict(readings) for letters, readings in phrases.items()})
        for short, long in itertools.chain(((short.upper(), long) for short, long in SHORT_FORMS.items()), _OFFICE.items()):
            known = self._phrases[short]
            for place, reading in enumerate(long.split(" | "), start=1):
                known[reading] = known.get(reading, 0) + _OFFICE_WEIGHT / place
        self._folded: dict[str, list[str]] = defaultdict(list)
        for letters in self._phrases:
            self._folded[fold(letters)].append(letters)

    def expand(self, text: str) -> str:
        """The text with every abbreviation spelt out; "GP5" becomes "giải pháp 5", unknown capitals stay."""
        if text.isupper():
            return text
        text = _CHATTED.sub(lambda match: _CHAT[match.group()], text)
        text = _LEVEL.sub(self._level, text)
        text = _HASTY.sub(lambda match: self._read(self._folded.get(fold(match.group()), ()), match) if is_initials(match.group()) else match.group(), text)
        return _TYPED.sub(self._spelt, text)

    def _spelt(self, match: re.Match[str]) -> str:
        letters, figure = match.groups()
        if letters in self._phrases:
            return " ".join(filter(None, [self._read([letters], match), figure]))
        parts = re.split(r"[&-]", letters)
        if not all(part in self._phrases for part in parts):
            return match.group()
        return " ".join(filter(None, [*(self._read([part], match) for part in parts), figure]))

    def _read(self, initials: Iterable[str], match: re.Match[str]) -> str:
        """The phrase of some initials that stands best between the words beside them; what was typed where there is none."""
        left = fold(next(iter(_WORD.findall(match.string[: match.start()])[-1:]), ""))
        right = _first_word(match.string, match.end())

        def fit(reading: tuple[str, float]) -> float:
            words = fold(reading[0]).split()
            return math.log(reading[1]) + sum(math.log1p(self._pairs.get(before, {}).get(after, 0)) for before, after in ((left, words[0]), (words[-1], right)))

        readings = [reading for letters in initials for reading in self._phrases[letters].items()]
        return max(readings, key=fit)[0] if readings else match.group()

    def _level(self, match: re.Match[str]) -> str:
        """ "H. Khê Mộc" is a huyện; "P. Nội vụ" a room and "P. Hoa Lâm" a ward, as the plans print the words together."""
        name = _first_word(match.string, match.end())
        words = _LEVELS[match.group(match.lastindex or 1).upper()]
        return f"{max(words, key=lambda word: self._pairs.get(fold(word).split()[-1], {}).get(name, 0))} "


def _first_word(text: str, start: int) -> str:
    """The next word from ``start`` on, folded; "" where none follows."""
    word = _WORD.search(text, start)
    return fold(word.group()) if word else ""


def initials_in(text: str) -> list[str]:
    """The words of a question that are initials, as typed; a question all in capitals has none."""
    return [] if text.isupper() else [word for word in _WORD.findall(text) if len(word) > 1 and is_initials(word)]


def usual_short_forms() -> dict[str, tuple[str, ...]]:
    """Phrase → the short forms that people type for it, in capitals those of the office: {"báo cáo": ("BC",), "được": ("dc", "đc")}."""
    forms: dict[str, tuple[str, ...]] = {}
    for short, long in (*((short.upper(), long) for short, long in SHORT_FORMS.items()), *_OFFICE.items(), *_CHAT.items()):
        forms[long] = (*forms.get(long, ()), short)
    return forms


def is_initials(word: str) -> bool:
    """Whether a word is in capitals or cannot be read as a Vietnamese syllable: "BC", "attp"."""
    return word.isupper() or _SYLLABLE.fullmatch(fold(word)) is None
