"""The agencies, places and titles that a text names, for a judge that reads them without the product's own code."""

from __future__ import annotations

import re
import unicodedata

Body = tuple[str, ...]  # the word that opens a name and the capitalised syllables behind it, folded: ("so", "giao", "dao")

_HEADS = (
    "Văn phòng|Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban|Uỷ ban|Hội đồng nhân dân|Hội đồng|Mặt trận|UBND|HĐND|UBMTTQ|Tổng cục|Chi cục|Cục|Sở|Phòng|Ban|Bộ|Thanh tra|Công an|Trung tâm|Viện"
    "|Bệnh viện|Trường|Hội|Liên đoàn|Đoàn|Đài|Kho bạc|Ngân hàng|Công ty|Đảng ủy|Khoa|Trạm|Hạt|Quỹ|Tòa án|Bưu điện|Chính phủ|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn"
)
_CAPITAL = r"[A-ZĐÀ-ÖØ-ÞĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_BODY = re.compile(rf"(?<!\w)(?P<head>{_HEADS})(?P<name>(?:(?:,| và| -)? {_CAPITAL}[\w&-]*(?: [^\W\dA-Z_]+)??)+)")
_NEXT = re.compile(rf"(?<!\w){_CAPITAL}[\w&-]*")
_GENERAL = re.compile(
    rf"(?<!\w)(?P<head>UBND|HĐND|[Ủủ]y ban nhân dân|[Cc]ông an|[Tt]hanh tra)(?: (?:các|cấp))* (?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?!\w)(?! {_CAPITAL})"
)
_ALIKE = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("ubmttq", "uy ban mttq"), ("mttq", "mat tran to quoc"))  # one form for two
_TITLE = re.compile(
    r"(?<!\w)(?:(?:Phó|phó) )?(?:Chủ tịch|Giám đốc|Cục trưởng|Chi cục trưởng|Trưởng phòng|Trưởng ban|Chánh Văn phòng|Chánh Thanh tra|Bí thư|Hiệu trưởng|Bộ trưởng|Thủ tướng|Thứ trưởng)(?!\w)",
    re.IGNORECASE,
)


def bodies(text: str) -> list[Body]:
    """Each body or place by the word that opens it and its capitals; a general one by its level ("UBND", "xa")."""
    named = [(fold(found["head"]), *(fold(word) for word in _NEXT.findall(found["name"]))) for found in _BODY.finditer(text)]
    return named + [(fold(found["head"]), fold(found["level"])) for found in _GENERAL.finditer(text)]


def said_of(body: Body, printed: str) -> bool:
    """Whether a printed text names a body: its words in their order close behind each other, or a short form of its initials."""
    head, *name = body
    words = _words(printed)
    start = _words(head)
    for place in range(len(words)):
        if words[place : place + len(start)] == start and _follows(name, words[place + len(start) : place + len(start) + 4 * len(name) + 6]):
            return True
    return False


def titles(text: str) -> frozenset[str]:
    """The offices that a text names, a deputy's with its "phó"."""
    return frozenset(fold(found) for found in _TITLE.findall(text))


def fold(text: str) -> str:
    """Small letters without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter)).replace("đ", "d")


def _words(text: str) -> list[str]:
    folded = fold(text)
    for form, other in _ALIKE:
        folded = folded.replace(form, other)
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)[&-](?=\w)", "", folded))


def _follows(name: list[str], words: list[str]) -> bool:
    """Whether the words of a name come in this order, one of them perhaps as the initials of several."""
    at = 0
    for word in (part for one in name for part in _words(one)):
        rest = words[at:]
        if word in rest:
            at += rest.index(word) + 1
            continue
        initials = "".join(other[0] for other in rest if other != "va")
        shortened = next((place for place, other in enumerate(rest) if len(other) > 1 and word[0] == other[0]), None)
        if len(word) > 1 and initials.startswith(word):
            at += len(word)
        elif shortened is not None and shortened < 2:
            at += shortened  # "GDĐT" printed where "Giáo dục và Đào tạo" is said
        else:
            return False
    return True
