"""What is printed in capitals, whose accents OCR reads worst: set phrases are put right, other words follow the plan's own small letters.

Names are left as they were read: of two names with the same letters either may be meant. Whatever is changed is warned of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf_layout import Printed
from xhht_qa.text.normalise import fold, is_upper

# Each as it is printed; a second spelling stays where it was read.
_PHRASES = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),
    ("HỘI ĐỒNG NHÂN DÂN",),
    ("CHỦ TỊCH",),
    ("GIÁM ĐỐC",),
    ("CỤC TRƯỞNG",),
    ("HIỆU TRƯỞNG",),
    ("TRƯỞNG BAN",),
    ("TRƯỞNG PHÒNG",),
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
    (re.compile(r"(TM|KT|TL|TUQ)(?:[.,:;] ?| )(?=[^\W\d_])"), r"\1. "),
)
_OFTEN = 2  # times that two words must stand in small letters before their capitals follow them
_WORD = re.compile(r"[^\W\d_]+")
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_QUARTER = re.compile(r"(\b[Qq]uý )([IH1lL]{1,3})(?=[/,.;) ]|$)")  # "quý IH/2025"

Pairs = Mapping[tuple[str, str], Counter[tuple[str, str]]]


def mend_spelling(lines: Sequence[Printed]) -> tuple[list[Printed], tuple[str, ...]]:
    """The recognised lines with their quarters, set phrases and capitals put right, and a warning for each quarter and each page that was changed."""
    pairs = pairs_of(text for line in lines for text in line.cells or (line.text,)) if any(line.recognised for line in lines) else {}
    mended: list[Printed] = []
    quarters: list[str] = []
    respelt: Counter[int] = Counter()  # words, by page
    for line in lines:
        if not line.recognised:
            mended.append(line)
            continue
        changed = [found for found in _QUARTER.finditer(line.text) if _quarter(found) != found.group()]
        quarters += [f"page {line.page}: “{found.group()}” was taken for “{_quarter(found)}”; compare it with the page" for found in changed]
        cells = tuple(_spelt(cell, pairs) for cell in line.cells)
        mended.append(replace(line, text=" | ".join(cells) if cells else _spelt(line.text, pairs), cells=cells))
        respelt[line.page] += (Counter(mended[-1].text.split()) - Counter(line.text.split())).total() - len(changed)
    spelt = [f"page {page}: {count} {'words were' if count > 1 else 'word was'} respelt; compare with the page" for page, count in respelt.items() if count > 0]
    return mended, (*quarters, *spelt)


def _spelt(text: str, pairs: Pairs) -> str:
    return mend_phrases(mend_capitals(_QUARTER.sub(_quarter, text), pairs))


def mend_phrases(text: str) -> str:
    """A recognised line with its set phrases as they are always printed."""
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


def pairs_of(texts: Iterable[str]) -> Pairs:
    """Each two neighbouring words in small letters, without accents → how often they stand with which accents."""
    pairs: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for text in texts:
        if not is_upper(text):
            for one, other in pairwise(_WORD.findall(text)):
                pairs[fold(one), fold(other)][one.lower(), other.lower()] += 1
    return pairs


def mend_capitals(text: str, pairs: Pairs) -> str:
    """A recognised line in capitals with the accents that its words have wherever else two of them stand together."""
    if not is_upper(text):
        return text
    words = list(_WORD.finditer(text))
    spelt = {word.start(): word.group() for word in words}
    for one, other in pairwise(words):
        found = pairs.get((fold(one.group()), fold(other.group())), Counter())
        if len(found) == 1 and (found.total() >= _OFTEN) and (one.group().lower(), other.group().lower()) not in found:
            (left, right) = next(iter(found))
            spelt[one.start()], spelt[other.start()] = left.upper(), right.upper()
    return _WORD.sub(lambda word: spelt[word.start()], text)
