"""Words of one meaning: people ask with one, plans print the other. With accents: "giáo dục" gives nothing ("giao")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xhht_qa.text.spoken import SPOKEN
from xhht_qa.text.tokens import syllables

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("nộp", "gửi", "trình", "chuyển"),
    ("hạn", "thời hạn", "thời gian", "trước ngày"),
    ("thường niên", "hàng năm", "hằng năm", "mỗi năm", "năm nào cũng"),
    ("hàng tháng", "hằng tháng", "mỗi tháng"),
    ("hàng quý", "hằng quý", "mỗi quý"),
    ("trường hợp", "khi"),
    ("kinh phí", "ngân sách", "tiền", "nguồn vốn"),
    ("chậm nhất", "muộn nhất", "trước ngày"),
    ("trễ", "quá hạn", "chậm"),
    ("vướng mắc", "khó khăn"),
    ("giấy tờ", "hồ sơ"),
    ("bộ hồ sơ", "hồ sơ"),
    ("giao cho", "giao", "phân công"),
    ("thay mặt", "thừa lệnh"),
    ("tối thiểu", "ít nhất"),
    ("tối đa", "không quá"),
    ("doanh nghiệp", "công ty"),
    ("được đạt", "phấn đấu", "mục tiêu", "chỉ tiêu"),
    ("cảnh báo", "dự báo"),
    ("cả nước", "toàn quốc"),
    ("trưởng phòng", "lãnh đạo phòng"),
    ("đứng đầu", "thủ trưởng"),
    ("góp ý", "tham gia ý kiến"),
    ("tuyên dương", "biểu dương"),
    ("thay thế", "thay cho"),
    ("giáo viên", "nhà giáo"),
    ("chi phí", "kinh phí"),
    ("nước ngoài", "quốc tế"),
)


def _by_phrase() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in _GROUPS:
        for phrase in group:
            table[phrase] = table.get(phrase, ()) + tuple(other for other in group if other != phrase)
    return table


_SYNONYMS = _by_phrase()
_LENGTHS = range(max(len(phrase.split()) for phrase in (*_SYNONYMS, *SPOKEN)), 0, -1)


def synonyms_in(text: str) -> list[str]:
    """The synonyms of the phrases in a restored question, without those it has itself."""
    words = syllables(text)
    phrases = [" ".join(run) for length in reversed(_LENGTHS) for run in zip(*(words[start:] for start in range(length)), strict=False)]
    return list(dict.fromkeys(other for phrase in phrases for other in (*_SYNONYMS.get(phrase, ()), *SPOKEN.get(phrase, ())) if other not in phrases))


def as_printed(text: str, is_printed: Callable[[Sequence[str]], bool]) -> list[str]:
    """The syllables of a restored question with each spoken phrase that is not printed as the first written one that is: "tài xế" → "lái xe"."""
    words, said, place = syllables(text), [], 0
    while place < len(words):
        run, other = next(((length, other) for length in _LENGTHS if (other := _printed_for(words[place : place + length], is_printed))), (1, []))
        said += other or words[place : place + run]
        place += run
    return said


def _printed_for(words: list[str], is_printed: Callable[[Sequence[str]], bool]) -> list[str]:
    others = SPOKEN.get(" ".join(words), ())
    return next((said for other in others if is_printed(said := other.split())), []) if others and not is_printed(words) else []
