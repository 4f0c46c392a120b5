"""The agencies that a text names, each from the word that opens its name through its last capital."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import CAPITAL, compose
from xhht_qa.text.words import general_words

_HEAD = (
    r"UBND|HĐND|UBMTTQ|MTTQ|[Ủủ]y ban(?: nhân dân)?|[Uu]ỷ ban(?: nhân dân)?|[Hh]ội đồng(?: nhân dân)?|[Ss]ở|[Bb]an|[Bb]ộ|[Tt]ổng cục|[Cc]hi cục|[Cc]ục|[Pp]hòng|[Vv]ăn phòng"
    r"|[Tt]hanh tra|[Cc]ông an|[Tt]rung tâm|[Vv]iện|[Bb]ệnh viện|[Tt]rường|[Hh]ội|[Ll]iên đoàn|[Đđ]oàn|[Mm]ặt trận|[Đđ]ài|[Kk]ho bạc|[Nn]gân hàng|[Cc]ông ty|[Đđ]ảng ủy"
    r"|[Kk]hoa|[Tt]rạm|[Hh]ạt|[Qq]uỹ|[Tt]òa án|[Bb]ảo hiểm xã hội|[Bb]ưu điện"
)
_LEVEL = r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)"
_OPENING = re.compile(rf"(?<!\w)(?:{_HEAD})(?!\w)(?P<level>(?: (?:các|cấp))* {_LEVEL}(?!\w))?")
_NAME = re.compile(rf"(?:,| và|,? -)? (?P<capital>{CAPITAL}[\w&-]*)(?: (?P<small>[^\W\dA-ZĐ_]+)(?!\w))?")  # "Giáo dục", " và Đào tạo"


def agencies_in(text: str) -> list[str]:
    """The agencies that a text names, by a name of their own or by their level: "Sở Giáo dục và Đào tạo", "UBND cấp xã", "Công an huyện Đồi Sim"."""
    return [agency for line in map(compose, text.split("\n")) for opening in _OPENING.finditer(line) if (agency := _agency_at(line, opening))]


def _agency_at(line: str, opening: re.Match[str]) -> str:
    """From the word that opens it through its last capital; a small syllable belongs to it where the two make a word: "Công Thương gửi" ends before."""
    end = opening.end()
    while following := _NAME.match(line, end):
        capital, small = following["capital"], following["small"]
        whole = small is None or f"{capital} {small}".lower() in general_words()
        end = following.end() if whole else following.end("capital")
    return line[opening.start() : end] if opening["level"] or end > opening.end() else ""
