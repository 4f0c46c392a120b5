"""What a plan says of itself: issuer, number, date, subject, signer, recipients, legal bases; blank where the print is blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.outline import CLOSING, OPENING
from xhht_qa.text.normalise import CAPITAL, fold, is_upper
from xhht_qa.types import LegalBasis, Metadata, Paragraph, Section

# The words that open the name of an agency; what follows, up to the verb, is the rest of the name.
_AGENCY = (
    r"(?:UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Sở|Ban|Bộ|Thanh tra|Phòng|Chi cục|Cục|Tổng cục|Hội|Liên đoàn|Liên minh|Văn phòng|Trung tâm|Trường|Học viện|Viện"
    r"|Bệnh viện|Đài|Báo|Công an|Bộ Chỉ huy|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Bảo hiểm xã hội|Kho bạc|Tòa án|Viện kiểm sát|Chi nhánh|Công ty|Tổng công ty)"
)
_ISSUES = re.compile(
    rf"(?<!\w)({_AGENCY}(?:\s(?!xây dựng|ban hành|tổ chức|triển khai|lập|đề ra|yêu cầu|đề nghị)[^\s,;:.()“”]+){{0,9}})"
    r"(?:\s*\([^()]*\))?,?\s+(?:xây dựng|ban hành|tổ chức|triển khai|lập|đề ra)\b[^.;]{0,40}?(?:kế hoạch|phong trào|chương trình|thực hiện|như sau)",
    re.IGNORECASE,
)
_SIGNED_OFF = re.compile(rf"kế hoạch\b[^.]*\scủa\s+({_AGENCY}(?:\s[^\s,;:.()“”]+){{0,9}}?)(?=[,;.]|\s+(?:đề nghị|yêu cầu|về)|$)", re.IGNORECASE)
_NUMBER = re.compile(r"số\s*:\s*(\d*)\s*(/\s*[A-ZĐƯ][\w&-]*(?:/[\w-]+)?)", re.IGNORECASE)
_DATE_LINE = re.compile(r"(?:(?P<place>[^,:]{2,40}),\s*)?ngày\s*(?P<day>\d*)[\s.…]*tháng\s*(?P<month>\d*)[\s.…]*năm\s*(?P<year>\d*)")
_LEVELS = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)"
_RIGHT_COLUMN = re.compile(
    r"\s+(?=CỘNG H[OÒ][AÀ] XÃ HỘI|Độc lập\s*[-–])|(?<=VIỆT NAM)\s+|(?<=[Hh]ạnh phúc)\s+|(?<=[A-ZĐ])\s+(?=[^\W\d_]+(?: [^\W\d_]+){0,4}, ngày)"
)
_AREA = re.compile(rf"trên địa bàn ({_LEVELS}) ((?:[^\W\d_]\w*\s?)+)", re.IGNORECASE)
_KINDS = r"(?:Quyết định|Kế hoạch|Nghị quyết|Chỉ thị|Kết luận|Thông tư(?: liên tịch)?|Nghị định|Luật|Hướng dẫn|Công văn|Chương trình|Thông báo|Văn bản|Công điện|Đề án)"
_LEGAL_BASIS = re.compile(
    rf"({_KINDS})\s+số\s*:?\s*(\d+[\w/&.-]*[\w])(?:,?\s+(?:ban hành\s+|ký\s+)?ngày\s+(\d{{1,2}}(?:/|\s+tháng\s+)\d{{1,2}}(?:/|\s+năm\s+)\d{{4}}))?"
    rf"(?:\s+của\s+((?:(?!\s(?:về|ban hành|phê duyệt|quy định|triển khai|thực hiện|trên|khóa|và (?:các|những|{_KINDS}))\b)[^,;.()“”])+))?"
)
# Patterns over names and heads are tried on lines that can be such; on endless lines they would take seconds.
_LONGEST_HEAD_LINE, _LONGEST_CLOSING, _LONGEST_NAME = 300, 4000, 60
_RECIPIENTS = re.compile(r"noi nhan\b")
_CAPACITY = re.compile(
    r"(?:tm|kt|tl|tuq|q)\s?\.|(?:pho |quyen )?(?:chu tich|giam doc|truong|chanh|tong giam doc|vien truong|cuc truong|chi cuc truong|hieu truong|bi thu|thu truong|bo truong)"
)
_PERSON = re.compile(rf"(?:(?:TS|ThS|PGS|GS|BS|KS)\.?\s*)*{CAPITAL}[^\W\d_]*(?:\s+{CAPITAL}[^\W\d_]*){{1,5}}$")
_STATE_HEAD = re.compile(r"cong hoa|doc lap|dang cong san|so\s*:|mau so|du thao|van ban mau")


def parse_metadata(sections: Sequence[Section], front_matter: Mapping[str, str]) -> Metadata:
    """The metadata as printed; a value that the front matter gives (``issuer``, ``number``, ``date``, …) wins."""
    opening = next((section for section in sections if section.address == OPENING), None)
    closing = next((section for section in sections if section.address == CLOSING), None)
    head = _head_lines(opening.paragraphs) if opening else ()
    place, date = _date_line(head)
    subject = opening.title if opening else ""
    recipients, capacity, signer = _signature(closing.paragraphs if closing else ())
    everything = "\n".join(section.text for section in sections)
    issuer = _issuer(head, closing.text if closing else "", subject, place, everything)
    return Metadata(
        issuer=front_matter.get("issuer", issuer),
        place=front_matter.get("place", place),
        number=front_matter.get("number", _number(head)),
        date=front_matter.get("date", date),
        subject=front_matter.get("subject", subject),
        signer=front_matter.get("signer", signer),
        capacity=front_matter.get("capacity", capacity),
        recipients=recipients,
        legal_bases=tuple(_legal_bases(sections)),
    )


def plan_title(sections: Sequence[Section], metadata: Metadata) -> str:
    """How the plan is cited: "Kế hoạch số 45/KH-UBND của UBND tỉnh …", without what the print leaves blank."""
    kinds = (paragraph.text for section in sections[:1] for paragraph in section.paragraphs)
    kind = next((text.capitalize() for text in kinds if re.fullmatch(rf"{_KINDS}", text, re.IGNORECASE)), "Kế hoạch")
    number = f" số {metadata.number}" if metadata.number and not metadata.number.startswith("/") else ""
    issuer = f" của {metadata.issuer}" if metadata.issuer else ""
    return f"{kind}{number}{issuer}" if number or issuer else f"{kind} {metadata.subject}".strip()


def _head_lines(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of the opening, a letterhead that was read across its columns cut where the right one begins."""
    return tuple(replace(paragraph, text=part) for paragraph in paragraphs for part in _parts(paragraph.text) if part)


def _parts(text: str) -> list[str]:
    return _RIGHT_COLUMN.split(text) if len(text) < _LONGEST_HEAD_LINE else [text]


def _number(head: Iterable[Paragraph]) -> str:
    match = next((found for paragraph in head if (found := _NUMBER.search(paragraph.text))), None)
    return "".join(f"{match.group(1)}{match.group(2)}".split()) if match else ""


def _date_line(head: Iterable[Paragraph]) -> tuple[str, str]:
    for paragraph in head:
        match = _DATE_LINE.match(paragraph.text)
        if match and len(paragraph.text) < 80:
            figures = [match["day"].lstrip("0"), match["month"].lstrip("0"), match["year"]]
            while figures and not figures[0]:
                figures.pop(0)
            return (match["place"] or "").strip(), ("/" if 0 < len(figures) < 3 else "") + "/".join(figures)
    return "", ""


def _issuer(head: Sequence[Paragraph], closing: str, subject: str, place: str, everything: str) -> str:
    """The agency named by the letterhead, else by the sentence that issues the plan, else by the closing words."""
    texts = [paragraph.text for paragraph in head]
    name = _letterhead(texts, everything)
    if not name:
        found = [match for text in texts for match in _ISSUES.finditer(text)]
        name = found[-1].group(1) if found else ""
    if not name:
        signed_off = _SIGNED_OFF.search(closing[:_LONGEST_CLOSING])
        name = signed_off.group(1) if signed_off else ""
    return _shorten(_with_place(name.strip(), subject, place, everything)) if name else ""


def _letterhead(texts: Sequence[str], everything: str) -> str:
    """The capitals above "Số:": the issuing agency stands last, the body it belongs to above it."""
    end = next((i for i, text in enumerate(texts) if _NUMBER.match(text) or fold(text).startswith("so:")), None)
    if end is None:
        return ""
    lines = [text for text in texts[:end] if is_upper(text) and not _STATE_HEAD.match(fold(text))]
    if not lines:
        return ""
    own = " ".join(lines) if len(lines) > 1 and re.match(_LEVELS, lines[-1], re.IGNORECASE) else lines[-1]
    name = _as_in_body(own, everything)
    above = re.search(rf"{_LEVELS} .+", lines[0], re.IGNORECASE) if len(lines) > 1 and own == lines[-1] else None
    if above and fold(above.group()) not in fold(name):
        parent = _as_in_body(above.group(), everything)
        name = f"{name} {parent[0].lower()}{parent[1:]}"
    return name


def _as_in_body(capitals: str, everything: str) -> str:
    """A name printed in capitals, spelt as the body spells it; else each syllable of a place capitalised."""
    for match in re.finditer(re.escape(capitals), everything, re.IGNORECASE):
        if not is_upper(match.group()):
            return match.group()[0].upper() + match.group()[1:]
    short = re.sub(r"^ỦY BAN NHÂN DÂN|^UỶ BAN NHÂN DÂN", "UBND", capitals)
    level = re.search(rf"\b{_LEVELS}\b", short, re.IGNORECASE)
    if not level:
        return short if short.startswith("UBND") else short.capitalize()
    before, after = short[: level.start()].strip(), short[level.end() :].strip()
    before = before if before == "UBND" else before.capitalize()
    return f"{before} {level.group().lower()} {after.title()}".strip()


def _with_place(name: str, subject: str, place: str, everything: str) -> str:
    """The name with the place that its print leaves to the reader: "Ban Dân tộc tỉnh" of the date line "X, ngày …"."""
    area = _AREA.search(subject)
    level, where = (area.group(1).lower(), area.group(2).strip()) if area else ("", place)
    where = where.title() if is_upper(where) else where
    if not where or fold(where) in fold(name):
        return name
    if re.search(rf"\b{_LEVELS}$", name):
        return f"{name} {where}"
    if re.search(rf"\b{_LEVELS} {CAPITAL}", name):
        return name
    printed = re.search(rf"{re.escape(name)}(?: {_LEVELS})? {re.escape(where)}", everything)
    return printed.group() if printed else " ".join(filter(None, (name, level, where)))


def _shorten(name: str) -> str:
    name = re.sub(r"^(?:Ủy|Uỷ) ban nhân dân(?: \(UBND\))?", "UBND", name)
    return name[0].upper() + name[1:]


def _signature(closing: Sequence[Paragraph]) -> tuple[tuple[str, ...], str, str]:
    """Recipients, capacity ("KT. … / PHÓ …") and name of the signer from the closing paragraphs."""
    start = next((i for i, paragraph in enumerate(closing) if _RECIPIENTS.match(fold(paragraph.text))), None)
    recipients = tuple(p.text.lstrip("-–—−+*• ").rstrip(";,. ") for p in closing[start + 1 :] if p.bullet) if start is not None else ()
    plain = [p.text for p in closing if not p.bullet]
    capacity = [text for text in plain if len(text) < 80 and is_upper(text) and _CAPACITY.match(fold(text))]
    after = plain.index(capacity[-1]) + 1 if capacity else len(plain)
    signer = next((text for text in plain[after:] if len(text) < _LONGEST_NAME and _PERSON.match(text)), "")
    return recipients, " / ".join(capacity), signer


def _legal_bases(sections: Iterable[Section]) -> Iterable[LegalBasis]:
    seen: set[tuple[str, str, str]] = set()
    for section in sections:
        for match in _LEGAL_BASIS.finditer(section.text):
            kind, number, date, issuer = (group or "" for group in match.groups())
            if (number, date, section.address) not in seen:
                seen.add((number, date, section.address))
                yield LegalBasis(kind, number.rstrip("."), date, issuer.strip(), section.address)
