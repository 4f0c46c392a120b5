"""Words of one meaning in office language: people ask with one, plans print the other. Folded; phrases of one or two syllables."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("nop", "gui", "trinh", "chuyen"),
    ("han", "thoi han", "thoi gian", "truoc ngay"),
    ("thuong nien", "hang nam", "moi nam", "nam nao cung"),
    ("hang thang", "moi thang"),
    ("hang quy", "moi quy"),
    ("truong hop", "khi"),
    ("kinh phi", "ngan sach", "tien", "nguon von"),
    ("cham nhat", "muon nhat", "truoc ngay"),
    ("tre", "qua han", "cham"),
    ("vuong mac", "kho khan"),
    ("giay to", "ho so"),
    ("bo ho so", "ho so"),
    ("giao cho", "giao", "phan cong"),
    ("thay mat", "thua lenh"),
    ("toi thieu", "it nhat"),
    ("toi da", "khong qua"),
    ("doanh nghiep", "cong ty"),
    ("duoc dat", "phan dau", "muc tieu", "chi tieu"),
    ("canh bao", "du bao"),
    ("ca nuoc", "toan quoc"),
    ("truong phong", "lanh dao phong"),
    ("dung dau", "thu truong"),
    ("gop y", "tham gia y kien"),
    ("tuyen duong", "bieu duong"),
    ("thay the", "thay cho"),
    ("giao vien", "nha giao"),
    ("chi phi", "kinh phi"),
)


def _by_phrase() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in _GROUPS:
        for phrase in group:
            table[phrase] = table.get(phrase, ()) + tuple(other for other in group if other != phrase)
    return table


_SYNONYMS = _by_phrase()


def synonyms_in(folded: str) -> list[str]:
    """The synonyms of the phrases of a folded question, without the words it has itself."""
    words = folded.split()
    phrases = [*words, *(" ".join(pair) for pair in itertools.pairwise(words)), *(" ".join(run) for run in zip(words, words[1:], words[2:], strict=False))]
    return list(dict.fromkeys(other for phrase in phrases for other in _SYNONYMS.get(phrase, ()) if other not in phrases))
