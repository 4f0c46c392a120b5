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
_HASTY = re.compile(r"(?<![\w/&-])(?!vs(?!\w))([^\W\d_A-Z]{2,7})(?![\w/&-])")  # "vs" sets plans side by side
_HASTILY_JOINED = re.compile(r"(?<![\w/&-])[^\W\d_A-Z]{1,5}(?:[&-][^\W\d_A-Z]{1,5})+(?![\w/&-])")
_OWN_PLAN = re.compile(r"(?:^\W*|(?<=\btheo )|(?<=\btrong ))kh(?=\s)", re.IGNORECASE)  # where a plan is named, "kh" is one
_SYLLABLE = re.compile(r"(?:ngh?|gh|gi|qu|[ckpt]h|nh|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_SHORTEST_NAME = 3  # letters; of two, people and plans make many things
_SURELY = 2  # times as much: nothing else bears a number
_OFFICE_WEIGHT = 40.0  # of a reading that every office knows, in prints of a phrase
# A level of government before its name or alone: "H. Khê Mộc", "ngân sách H."; without a full stop only before a name.
_LEVEL = re.compile(
    rf"(?<![\w/&.-])(?<!phần )(?<!mục )(?<!nhóm )(?<!hạng )(?<!loại )(?<!điểm )(?:([HTXQPhtxqp])\.(?!\d)\s*|([HTXQP])\s+(?={CAPITAL}[^\W\d_A-Z]))"
)
_LEVELS = {"H": ("huyện",), "T": ("tỉnh",), "X": ("xã",), "Q": ("quận",), "P": ("phòng", "phường")}
# What civil servants jot down in any field, its readings apart by a bar, the commonest first.
_OFFICE = {
    "ANTT": "an ninh trật tự",
    "ATGT": "an toàn giao thông",
    "ATTP": "an toàn thực phẩm",
    "BC": "báo cáo",
    "BCH": "ban chấp hành | ban chỉ huy",
    "BCĐ": "ban chỉ đạo",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BQL": "ban quản lý",
    "BTC": "ban tổ chức | bộ tài chính",
    "BV": "bệnh viện",
    "BVMT": "bảo vệ môi trường",
    "CA": "công an",
    "CB": "cán bộ",
    "CBCC": "cán bộ công chức",
    "CBCCVC": "cán bộ công chức viên chức",
    "CC": "công chức",
    "CCB": "cựu chiến binh",
    "CCHC": "cải cách hành chính",
    "CLB": "câu lạc bộ",
    "CQ": "cơ quan",
    "CSDL": "cơ sở dữ liệu",
    "CSSX": "cơ sở sản xuất",
    "CSVC": "cơ sở vật chất",
    "CSXH": "chính sách xã hội",
    "CT": "chương trình | chủ trì | công trình | chủ tịch | chỉ thị",
    "CTĐ": "chữ thập đỏ",
    "CV": "công văn | công việc",
    "CĐS": "chuyển đổi số",
    "DA": "dự án",
    "DN": "doanh nghiệp",
    "DT": "diện tích | diễn tập | dự toán | dân tộc",
    "DVC": "dịch vụ công",
    "GP": "giải pháp",
    "GTVT": "giao thông vận tải",
    "GV": "giáo viên | giảng viên",
    "GVCN": "giáo viên chủ nhiệm",
    "GĐ": "giai đoạn",
    "HD": "hướng dẫn",
    "HCCB": "hội cựu chiến binh",
    "HCTĐ": "hội chữ thập đỏ",
    "HND": "hội nông dân",
    "HPN": "hội phụ nữ",
    "HS": "hồ sơ | học sinh",
    "HTX": "hợp tác xã",
    "HU": "huyện ủy",
    "HĐ": "hội đồng | hoạt động | hợp đồng",
    "KCN": "khu công nghiệp",
    "KD": "kinh doanh",
    "KH": "kế hoạch",
    "KHTC": "kế hoạch tài chính | tài chính kế hoạch",
    "KHCN": "khoa học và công nghệ",
    "KHĐT": "kế hoạch và đầu tư",
    "KL": "kết luận",
    "KP": "kinh phí",
    "KQ": "kết quả",
    "KT": "khen thưởng | kiểm tra | kinh tế",
    "KTXH": "kinh tế - xã hội",
    "LHPN": "liên hiệp phụ nữ",
    "LĐ": "lãnh đạo | lao động",
    "LĐLĐ": "liên đoàn lao động",
    "ND": "nội dung | nông dân | nhân dân",
    "NHCSXH": "ngân hàng chính sách xã hội",
    "NLĐ": "người lao động",
    "NN": "nông nghiệp | nhà nước",
    "NNPTNT": "nông nghiệp và phát triển nông thôn",
    "NQ": "nghị quyết",
    "NS": "ngân sách",
    "NSNN": "ngân sách nhà nước",
    "NTM": "nông thôn mới",
    "NV": "nhiệm vụ | nhân viên | nội vụ",
    "NĐ": "nghị định",
    "P": "phòng",
    "PA": "phương án",
    "PCCC": "phòng cháy chữa cháy",
    "PCT": "phó chủ tịch",
    "PCTN": "phòng chống tham nhũng",
    "PCTT": "phòng chống thiên tai",
    "PH": "phối hợp | phụ huynh",
    "PM": "phần mềm",
    "PN": "phụ nữ",
    "PT": "phong trào",
    "QG": "quốc gia",
    "QLNN": "quản lý nhà nước",
    "QPAN": "quốc phòng an ninh",
    "QĐ": "quyết định | quy định",
    "STTTT": "sở thông tin và truyền thông",
    "SX": "sản xuất",
    "SXKD": "sản xuất kinh doanh",
    "SĐT": "số điện thoại",
    "TAND": "tòa án nhân dân",
    "TB": "thông báo | thiết bị",
    "TC": "tiêu chí | tổ chức | tài chính",
    "TCKH": "tài chính kế hoạch | kế hoạch tài chính",
    "TH": "thực hiện | tổng hợp | trường hợp",
    "TN": "thanh niên",
    "TNMT": "tài nguyên và môi trường",
    "TP": "thành phố",
    "TT": "trung tâm | thông tư | thị trấn",
    "TTATXH": "trật tự an toàn xã hội",
    "TTHC": "thủ tục hành chính",
    "TTTT": "thông tin và truyền thông",
    "TTr": "tờ trình | thanh tra",
    "TU": "tỉnh ủy",
    "TW": "trung ương",
    "TX": "thị xã",
    "TĐ": "thi đua",
    "UB": "ủy ban",
    "UBKT": "ủy ban kiểm tra",
    "UBMTTQ": "ủy ban mặt trận tổ quốc",
    "VB": "văn bản",
    "VC": "viên chức",
    "VHTTDL": "văn hóa thể thao và du lịch",
    "VKSND": "viện kiểm sát nhân dân",
    "VP": "văn phòng | vi phạm",
    "VSATTP": "vệ sinh an toàn thực phẩm",
    "VSMT": "vệ sinh môi trường",
    "XD": "xây dựng",
    "XH": "xã hội",
    "ĐA": "đề án",
    "ĐP": "địa phương",
    "ĐT": "đào tạo | đầu tư | điện thoại",
    "ĐTN": "đoàn thanh niên",
    "ĐU": "đảng ủy",
    "ĐV": "đơn vị",
    "ĐVHC": "đơn vị hành chính",
}

# What bears a number: "CT số mấy" is no "chương trình"
_NUMBERED = frozenset(
    map(
        fold,
        ("chỉ thị", "quyết định", "nghị quyết", "nghị định", "thông tư", "thông báo", "công văn", "kế hoạch", "kết luận", "hướng dẫn", "hợp đồng", "tờ trình"),
    )
)
# What is said of pupils and of no papers: "hs nghèo"
_SAID_TOGETHER = frozenset(f"hoc sinh {word}" for word in fold("nghèo cận khó giỏi khá yếu mồ khuyết dân lớp trường tiểu trung bỏ đi nội bán").split())
_OFFICE_PHRASES = frozenset(fold(reading) for readings in _OFFICE.values() for reading in readings.split(" | "))

# What people jot down to each other; nobody prints it.
_CHAT = {
    "bit": "biết",
    "bn": "bao nhiêu",
    "cx": "cũng",
    "dc": "được",
    "đ/c": "đồng chí",
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
        own = ((short, long) for short, long in _OFFICE.items() if not self._is_printed_so(short, long.split(" | ")[0]))
        for short, long in itertools.chain(((short.upper(), long) for short, long in SHORT_FORMS.items()), own):
            known = self._phrases[short]
            for place, reading in enumerate(long.split(" | "), start=1):
                known[reading] = known.get(reading, 0) + _OFFICE_WEIGHT / place
        self._folded: dict[str, list[str]] = defaultdict(list)
        for letters in self._phrases:
            self._folded[fold(letters)].append(letters)

    def _is_printed_so(self, short: str, long: str) -> bool:
        """Whether the plans print initials such as "PCCC" more often than the words; then these are looked for as typed."""
        spelt_out = min((self._pairs.get(left, {}).get(right, 0) for left, right in itertools.pairwise(_WORD.findall(fold(long)))), default=0)
        return len(short) >= _SHORTEST_NAME and sum(self._pairs.get(fold(short), {}).values()) > spelt_out

    def expand(self, text: str) -> str:
        """The text with every abbreviation spelt out; "GP5" becomes "giải pháp 5", unknown capitals stay."""
        if text.isupper():
            return text
        text = _CHATTED.sub(lambda match: _CHAT[match.group()], text)
        text = _OWN_PLAN.sub("kế hoạch", _LEVEL.sub(self._level, text))
        text = _HASTILY_JOINED.sub(lambda match: match.group().upper() if all(map(is_initials, re.split("[&-]", match.group()))) else match.group(), text)
        text = _HASTY.sub(lambda match: self._read(self._folded.get(fold(match.group()), ()), match) if is_initials(match.group()) else match.group(), text)
        return _TYPED.sub(self._spelt, text)

    def _spelt(self, match: re.Match[str]) -> str:
        letters, figure = match.groups()
        parts = re.split(r"[&-]", letters)
        if whole := next((form for form in (letters, "".join(parts)) if form in self._phrases), ""):
            return " ".join(filter(None, [self._read([whole], match), figure]))
        if not all(part in self._phrases for part in parts):
            return match.group()
        return " ".join(filter(None, [*(self._read([part], match) for part in parts), figure]))

    def _read(self, initials: Iterable[str], match: re.Match[str]) -> str:
        """The phrase of some initials that stands best between the words beside them; what was typed where there is none."""
        left = fold(next(iter(_WORD.findall(match.string[: match.start()])[-1:]), ""))
        right = _first_word(match.string, match.end())

        def fit(reading: tuple[str, float]) -> float:
            said, words = fold(reading[0]), fold(reading[0]).split()
            beside = sum(math.log1p(self._pairs.get(before, {}).get(after, 0)) for before, after in ((left, words[0]), (words[-1], right)))
            # "số ĐT": of the readings that may stand there, the one with which the office has a phrase
            usual = f"{left} {said}" in _OFFICE_PHRASES or f"{said} {right}" in _OFFICE_PHRASES | _SAID_TOGETHER
            return math.log(reading[1]) + beside + math.log1p(_OFFICE_WEIGHT) * (usual + _SURELY * (right == "so" and said in _NUMBERED))

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
