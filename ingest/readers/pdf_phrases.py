"""The set phrases of a plan's head and foot, printed in capitals, whose accents OCR reads worst: the accents are put right, nothing else."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import fold, is_upper

# Each as it is printed; a second spelling stays where it was read.
_PHRASES = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),
    ("HỘI ĐỒNG NHÂN DÂN",),
    ("CHỦ TỊCH",),
    ("GIÁM ĐỐC",),
    ("KẾ HOẠCH",),
    ("PHỤ LỤC",),
    ("MỤC ĐÍCH",),
    ("YÊU CẦU",),
    ("TỔ CHỨC THỰC HIỆN",),
)
_PHRASE = re.compile("|".join(rf"\b{fold(spellings[0]).replace(' ', r' ?')}\b" for spellings in _PHRASES))
_SPELLINGS = {fold(spellings[0]).replace(" ", ""): spellings for spellings in _PHRASES}
_FIRST = (
    (re.compile(r"PH[ÓOÒÔỐ] (?=CHỦ TỊCH|GIÁM ĐỐC)"), "PHÓ "),
    (re.compile(r"T[IÌÍỈĨỊ]NH (?=[^\W\d_])"), "TỈNH "),
    (re.compile(r"(TM|KT|TL|TUQ)[.,:;]? (?=[^\W\d_])"), r"\1. "),
)
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_QUARTER = re.compile(r"(\b[Qq]uý )([IH1lL]{1,3})(?=[/,.;) ]|$)")  # "quý IH/2025"


def mend_phrases(text: str) -> str:
    """A recognised line with its set phrases as they are always printed."""
    text = _QUARTER.sub(_quarter, text)
    folded = fold(text)
    if len(folded) != len(text):
        return text
    if re.sub(r"[^a-z]", "", folded) == re.sub(r"[^a-z]", "", fold(_MOTTO)):
        return _MOTTO
    if not is_upper(text):
        return text
    for found in reversed(list(_PHRASE.finditer(folded))):
        spellings = _SPELLINGS[found.group().replace(" ", "")]
        if found.group() and text[found.start() : found.end()] not in spellings:
            text = text[: found.start()] + spellings[0] + text[found.end() :]
    for misread, printed in _FIRST:
        head = misread.match(text)
        text = head.expand(printed) + text[head.end() :] if head else text
    return text


def _quarter(read: re.Match[str]) -> str:
    """The second and third quarter by the strokes of their numerals; one stroke may be printed "1" as well as "I"."""
    strokes = len(read.group(2).replace("H", "II"))
    return f"{read.group(1)}{'I' * strokes}" if strokes in (2, 3) else read.group()
