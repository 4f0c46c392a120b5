"""What a plan says of itself: issuer, number, date, subject, signer, recipients, legal bases; blank where the print is blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile

from ingest.letterhead import is_document_kind, is_state_head, kind_of, opens_recipients, signs, subject_of
from xhht_qa.text.normalise import CAPITAL, fold, is_upper
from xhht_qa.types import CLOSING, OPENING, LegalBasis, Metadata, Paragraph, Section

# The words that open the name of an agency; what follows, up to the verb, is the rest of the name. Longer names first.
_AGENCIES = (
    "Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Ủy ban|Uỷ ban|Hội đồng|Sở|Ban Thường vụ|Ban Chấp hành|Ban|Bộ Chỉ huy|Bộ Tư lệnh|Bộ|Thanh tra|Phòng"
    "|Chi cục|Tổng cục|Cục|Hội|Liên đoàn|Liên minh|Văn phòng|Trung tâm|Trường Tiểu học|Trường Mầm non|Trường Trung học|Trường Cao đẳng|Trường Đại học|Trường|Học viện"
    "|Viện kiểm sát|Viện|Bệnh viện|Đài|Báo|Công an|Tỉnh đoàn|Thành đoàn|Huyện đoàn|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Bảo hiểm xã hội|Kho bạc|Tòa án|Chi nhánh"
    "|Công ty Cổ phần|Công ty TNHH|Công ty|Tổng công ty|Tập đoàn|Ngân hàng|Quân khu|Chi bộ|Đảng bộ|Mặt trận|Đoàn|Hợp tác xã|Chính phủ"
)
_AGENCY = rf"(?:{_AGENCIES})"
_ISSUES = re.compile(
    rf"(?<!\w)({_AGENCY}(?:\s(?!xây dựng|ban hành|tổ chức|triển khai|lập|đề ra|yêu cầu|đề nghị)[^\s,;:.()“”]+){{0,9}})"
    r"(?:\s*\([^()]*\))?,?\s+(?:xây dựng|ban hành|tổ chức|triển khai|lập|đề ra)\b[^.;]{0,40}?(?:kế hoạch|phong trào|chương trình|thực hiện|như sau)",
    re.IGNORECASE,
)
_SIGNED_OFF = re.compile(rf"kế hoạch\b[^.]*\scủa\s+({_AGENCY}(?:\s[^\s,;:.()“”]+){{0,9}}?)(?=[,;.]|\s+(?:đề nghị|yêu cầu|về)|$)", re.IGNORECASE)
# "Số: 45/KH-UBND", "Số 12-KH/TU", "Số: …/KH-UBND", "Số: 7 KH/ĐTN", "Luật số: 59/2020/QH14"
_NUMBER = re.compile(
    r"(?:(?:luật\s+)?số\s*:|số(?=[\s.…_]*[\d/-]))[\s.…_]*(\d*[a-z]?)[\s.…_]*((?:[/-]\s?[^\W_][\w&]*|(?<=\d )[A-ZĐ]+(?=/))(?:(?:[/-]\s?|\.)[^\W_][\w&]*)*)",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"so\s*:[\s.…_]*$")
_PLACE = r"(?:(?P<place>(?!(?:căn|thực|theo|xét|từ|đến)\b)[^,:;\d]{2,40}),\s*)"
_DATE_LINES = (
    re.compile(rf"{_PLACE}?ngày\s*(?P<day>\d{{0,2}})[\s.…_]*tháng\s*(?P<month>\d{{0,2}})[\s.…_]*năm\s*(?P<year>\d*)", re.IGNORECASE),
    re.compile(rf"{_PLACE}(?P<day>)tháng\s*(?P<month>\d{{0,2}})[\s.…_]*năm\s*(?P<year>\d*)", re.IGNORECASE),
    re.compile(rf"{_PLACE}(?:ngày\s*)?(?P<day>\d{{1,2}})\s?[-/.]\s?(?P<month>\d{{1,2}})\s?[-/.]\s?(?P<year>\d{{4}})[.\s]*$", re.IGNORECASE),
    re.compile(rf"{_PLACE}ngày[\s.…]*(?P<day>)/[\s.…]*(?P<month>\d{{0,2}})[\s.…]*/\s*(?P<year>\d{{4}})[.\s]*$", re.IGNORECASE),
    re.compile(rf"(?P<place>{CAPITAL}\w*(?: {CAPITAL}\w*){{0,4}}) ngày (?P<day>\d{{1,2}}) tháng (?P<month>\d{{1,2}}) năm (?P<year>\d{{4}})[.\s]*$"),
)
_LEVELS = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã(?! hội(?:$| (?:tỉnh|huyện|quận|xã|phường)\b))|phường|thị trấn|đặc khu)"  # "VĂN HÓA - XÃ HỘI" is no commune
_RIGHT_COLUMN = re.compile(
    r"\s+(?=CỘNG H[OÒ][AÀ] XÃ HỘI|Độc lập\s*[-–])|(?<=VIỆT NAM)\s+|(?<=[Hh]ạnh phúc)\s+|(?<=[A-ZĐ])\s+(?=[^\W\d_]+(?: [^\W\d_]+){0,4}, ngày)"
)
_AREA = re.compile(rf"trên địa bàn ({_LEVELS}) ((?:[^\W\d_]\w*\s?)+)", re.IGNORECASE)
_KINDS = (
    r"(?:Quyết định|Kế hoạch|Nghị quyết(?: liên tịch)?|Chỉ thị|Kết luận(?: thanh tra| kiểm tra)?|Thông tư(?: liên tịch)?|Nghị định|Bộ luật|Luật|Pháp lệnh|Hướng dẫn|Công văn|Chương trình|Thông báo|Văn bản"
    r"|Công điện|Đề án|Tờ trình|Báo cáo|Quy định|Quy chế|Thông tri|Biên bản)"
)
_CITED_DATE = r"(?:,?\s+(?:ban hành\s+|ký\s+)?ngày\s+(\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?:/|\s+năm\s+)\d{4}))"
_LEGAL_BASIS = re.compile(
    rf"({_KINDS})\s+(?:số\s*:?\s*(\d+[\w/&.-]*\w)|(\d+(?:/\d{{4}})?[/-][A-ZĐƯ][\w/&-]*\w)){_CITED_DATE}?"
    rf"(?:\s+của\s+((?:(?!\s(?:về|ban hành|phê duyệt|quy định|triển khai|thực hiện|hướng dẫn|sửa đổi|kèm theo|thông qua|trên|khóa|và (?:các|những|{_KINDS}))\b)[^,;.()“”\n])+))?"
)
# "các Nghị định của Chính phủ: số 64/2007/NĐ-CP ngày …; số 43/2011/NĐ-CP ngày …"
_SEVERAL = re.compile(rf"(?:các|những) ({_KINDS})", re.IGNORECASE)
_ONE_OF_SEVERAL = re.compile(rf"(?:[:;,]|\bvà) số (\d+[\w/.-]*[/-][A-ZĐƯ][\w/&-]*\w){_CITED_DATE}?")
_SENTENCE = 400  # characters in which the kind of a document goes for the numbers behind it
# A law goes by its name: "Luật Du lịch", "Luật Phòng, chống ma túy số 73/2021/QH14", "Luật Giáo dục năm 2019"
_LAW = re.compile(
    rf"((?:Bộ luật|Luật|Pháp lệnh) {CAPITAL}[^\W\d_]*(?: (?!số\b|ngày\b|năm\b|được\b|quy định\b|này\b|của\b|đã\b|có\b|và {CAPITAL}|và các\b|để\b|về\b|do\b|trong\b|theo\b|thì\b)"
    rf"[^\W\d_]+|, (?:chống|chữa|bổ sung|vệ sinh)\b){{0,14}})(?:,? (?:số:? (\d+[\w/-]*\w)|năm (\d{{4}})))?{_CITED_DATE}?"
)
_STATE_TORN = re.compile(r"CHỦ NGHĨA$")
_STATE_REST = re.compile(r"(?<=\S) VIỆT NAM$|^VIỆT NAM (?=\S)")
# Patterns over names and heads are tried on lines that can be such; on endless lines they would take seconds.
_LONGEST_HEAD_LINE, _LONGEST_DATE_LINE, _LONGEST_CLOSING, _LONGEST_NAME = 300, 80, 4000, 60
_RANK = r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|Chuẩn đô đốc|Phó Đô đốc"
_DEGREE = r"(?:TSKH|PGS|GS|TS|ThS|Ths|BSCK|BS|DSCK|DS|KTS|KS|CN|CK\s?I{1,2}|CK\s?[12]|NGND|NGƯT|LS)\b\.?"
_NAME = rf"{CAPITAL}[^\W\d_]*(?:['’]{CAPITAL}?[^\W\d_]+)?"  # "Khê", "H'Lan"
_PERSON = re.compile(rf"(?:(?:{_RANK}|{_DEGREE}),?\s*)*{_NAME}(?:\s+{_NAME}){{1,5}}$")
_STAMP = re.compile(r"signature|signed|digital|ky boi|nguoi ky|da ky|email|co quan|thoi gian|ngay ky|chu ky")  # what an electronic signature prints
_SIGNED = re.compile(r"\s*[(\[](?:đã ký|ký|daky)\b[^()\[\]]*[)\]]$", re.IGNORECASE)
_ENDS_RECIPIENT = (";", ".", ",")
_STAMPED = re.compile(r"so\s*:|mau so|du thao|van ban mau|khan|mat|hoa toc")
# Agencies of the whole country and bodies with a name of their own take no place from the date line.
_WITHOUT_PLACE = re.compile(
    r"(?:bo|tong|cuc|cong ty|tap doan|truong|hoc vien|vien|benh vien|quan khu|ngan hang|chinh phu|quoc hoi|hop tac xa|dai hoc)\b|.*\b(?:chinh phu|trung uong|quoc hoi|quoc gia|viet nam)\b"
)


def parse_metadata(sections: Sequence[Section], front_matter: Mapping[str, str]) -> Metadata:
    """The metadata as printed; a value that the front matter gives (``issuer``, ``number``, ``date``, …) wins."""
    opening = next((section.paragraphs for section in sections if section.address == OPENING), ())
    closing = next((section.paragraphs for section in sections if section.address == CLOSING), ())
    if len(sections) == 1:  # a document without numbers is one section, its end included
        end = next((i for i, paragraph in enumerate(opening) if opens_recipients(paragraph.text) or (i > 5 and signs(paragraph.text))), len(opening))
        opening, closing = opening[:end], opening[end:]
    head = _head_lines(opening)
    number = _number(head)
    place, date = _date_line(head)
    if not place and not date:
        place, date = _date_line(closing)  # above the signature
    subject = subject_of(head)
    capacity, signer = _signature(closing)
    everything = "\n".join(section.text for section in sections)
    issuer = _issuer(head, "\n".join(paragraph.text for paragraph in closing), subject, place, everything)
    return Metadata(
        issuer=front_matter.get("issuer", issuer),
        place=front_matter.get("place", place),
        number=front_matter.get("number", number),
        date=front_matter.get("date", date),
        subject=front_matter.get("subject", subject),
        signer=front_matter.get("signer", signer),
        capacity=front_matter.get("capacity", capacity),
        recipients=tuple(front_matter["recipients"].splitlines()) if "recipients" in front_matter else _recipients(closing),
        legal_bases=_stated_bases(front_matter["legal_bases"])
        if "legal_bases" in front_matter
        else tuple(basis for basis in _legal_bases(sections) if not number or basis.number != number),
    )


def plan_title(sections: Sequence[Section], metadata: Metadata, file: str) -> str:
    """How the plan is cited: "Kế hoạch số 45/KH-UBND của UBND tỉnh …", without what the print leaves blank; by its file's name when nothing is left."""
    kind = kind_of([paragraph.text for section in sections[:1] for paragraph in section.paragraphs]) or "Kế hoạch"
    number = f" số {metadata.number}" if metadata.number[:1].isdecimal() else ""
    issuer = f" của {metadata.issuer}" if metadata.issuer else ""
    return f"{kind}{number}{issuer}" if number or issuer else f"{kind} {metadata.subject or f'“{file}”'}"


def _head_lines(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The lines of the opening: a letterhead that was read across its columns cut where the right one begins, a blank number put to its sign."""
    lines: list[str] = []
    for part in (part for paragraph in paragraphs for part in _parts(paragraph.text) if part):
        number_goes_on = lines and _NUMBER_ALONE.match(fold(lines[-1])) and re.match(r"\d*\s?[/-]\s?[A-ZĐ\d]", part)
        date_goes_on = lines and lines[-1].endswith(", ngày") and re.match(r"\d{1,2} tháng", part)
        if number_goes_on or date_goes_on:
            lines[-1] = f"{lines[-1]} {part}"
        else:
            lines.append(part)
    torn = any(_STATE_TORN.search(line) for line in lines)  # its last words stand on the next line, among the left column's
    return tuple(_STATE_REST.sub("", line) if torn else line for line in lines)


def _parts(text: str) -> list[str]:
    return _RIGHT_COLUMN.split(text) if len(text) < _LONGEST_HEAD_LINE else [text]


def _number(head: Iterable[str]) -> str:
    match = next((found for text in head if (found := _NUMBER.match(text[:_LONGEST_HEAD_LINE])) and not found.group(2)[1:].isdecimal()), None)
    if not match:
        return ""
    gap = " " if match.group(2)[0].isalpha() else ""
    return gap.join("".join(part.split()) for part in match.groups())


def _date_line(lines: Iterable[str | Paragraph]) -> tuple[str, str]:
    """Place and date of "Hà Khê, ngày 05 tháng 3 năm 2026", as much of them as is filled in."""
    for line in lines:
        text = line if isinstance(line, str) else line.text
        match = next((found for pattern in _DATE_LINES if (found := pattern.match(text))), None) if len(text) < _LONGEST_DATE_LINE else None
        if match:
            figures = [match["day"].lstrip("0"), match["month"].lstrip("0"), match["year"] if len(match["year"]) == 4 else ""]
            while figures and not figures[0]:
                figures.pop(0)
            if figures and not figures[-1]:  # the year is blank: a day and a month say little, less says nothing
                figures = figures[:2] if len(figures) == 3 and figures[1] else []
                return (match["place"] or "").strip(), "/".join(figures)
            return (match["place"] or "").strip(), ("/" if 0 < len(figures) < 3 else "") + "/".join(figures)
    return "", ""


def _issuer(head: Sequence[str], closing: str, subject: str, place: str, everything: str) -> str:
    """The agency named by the letterhead, else by the sentence that issues the plan, else by the closing words."""
    name = _letterhead(head, place, everything)
    if not name:
        found = [match for text in head for match in _ISSUES.finditer(text)]
        name = found[-1].group(1) if found else ""
    if not name:
        signed_off = _SIGNED_OFF.search(closing[:_LONGEST_CLOSING])
        name = signed_off.group(1) if signed_off else ""
    return _shorten(_with_place(name.strip(), subject, place, everything)) if name else ""


def _letterhead(texts: Sequence[str], place: str, everything: str) -> str:
    """The capitals above "Số:": the issuing agency stands last, the body it belongs to above it."""
    end = next((i for i, text in enumerate(texts) if _NUMBER.match(text[:_LONGEST_HEAD_LINE]) or fold(text).startswith("so:")), None)
    numbered = end is not None
    end = end if numbered else next((i for i, text in enumerate(texts) if is_document_kind(text)), 0)
    lines = [text for text in texts[:end] if is_upper(text) and len(text) < _LONGEST_HEAD_LINE and not is_state_head(text) and not _STAMPED.match(fold(text))]
    if not numbered:  # without "Số:" only what is an agency's name is one
        lines = list(takewhile(lambda text: re.match(rf"{_AGENCY}\b|{_LEVELS}\b", text, re.IGNORECASE), lines))
    if not lines:
        return ""
    own = " ".join(lines) if len(lines) > 1 and re.match(rf"{_LEVELS}\b(?! (?:ủy|uỷ|đoàn)\b)", lines[-1], re.IGNORECASE) else lines[-1]
    name = " - ".join(_as_in_body(part, place, everything) for part in re.split(rf"\s[-–]\s(?={_AGENCY.upper()}\b)", own))
    if len(lines) == 1 or own != lines[-1] or (place and fold(place) in fold(name)):
        return name
    party = (
        re.match(rf"{_AGENCY}", lines[0], re.IGNORECASE) if name in ("Ban Thường vụ", "Ban Chấp hành", "Ban thường vụ", "Ban chấp hành", "Văn phòng") else None
    )
    if party:
        return f"{name} {_as_in_body(lines[0], place, everything)}"
    above = re.search(rf"\b{_LEVELS} .+", lines[0], re.IGNORECASE)
    if above and fold(above.group()) not in fold(name):
        parent = _as_in_body(above.group(), place, everything)
        name = f"{name} {parent[0].lower()}{parent[1:]}"
    return name


def _as_in_body(capitals: str, place: str, everything: str) -> str:
    """A name printed in capitals, spelt as the body spells it; else agency and first word of each part with a capital, places with all."""
    for match in re.finditer(re.escape(capitals), everything, re.IGNORECASE):
        if not is_upper(match.group()):
            return match.group()[0].upper() + match.group()[1:]
    level = re.search(rf"\s{_LEVELS}\s(?!(?:ủy|uỷ|đoàn)\b)|^{_LEVELS}\s(?!(?:ủy|uỷ|đoàn)\b)", capitals, re.IGNORECASE)
    before, middle, after = (capitals[: level.start()], level.group().strip().lower(), capitals[level.end() :]) if level else (capitals, "", "")
    at = before.upper().rfind(place.upper()) if place else -1
    if at > 0 and not after:
        before, after = before[:at], before[at:]
    return " ".join(filter(None, (_spelt(before.strip()), middle, _keeping_abbreviations(after.strip(), str.capitalize))))


def _spelt(capitals: str) -> str:
    """ "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH" → "Sở Văn hóa, Thể thao và Du lịch"."""
    agency = re.match(rf"{_AGENCY}\b", capitals, re.IGNORECASE)
    known = next((name for name in _AGENCIES.split("|") if agency and name.upper() == agency.group().upper()), "")
    rest = capitals[len(known) :].strip()
    named_throughout = known.startswith("Trường") or known.endswith(("ủy", "đoàn"))  # behind "Tỉnh ủy" stands a place
    spelt = _keeping_abbreviations(rest, str.capitalize if named_throughout else str.lower)
    spelt = re.sub(r"^\w|(?<=, )\w|(?<= và )\w|(?<= - )\w|\bhồ chí minh\b", lambda letter: letter.group().title(), spelt)
    return f"{known} {spelt}".strip()


def _keeping_abbreviations(capitals: str, change: Callable[[str], str]) -> str:
    """Words changed, but not those without a vowel, such as THCS and UBND."""
    return " ".join(change(word) if re.search("[aeiouy]", fold(word)) else word for word in capitals.split(" "))


def _with_place(name: str, subject: str, place: str, everything: str) -> str:
    """The name with the place that its print leaves to the reader: "Ban Dân tộc tỉnh" of the date line "X, ngày …"."""
    area = _AREA.search(subject)
    level, where = (area.group(1).lower(), area.group(2).strip()) if area else ("", place)
    where = where.title() if is_upper(where) else where
    if not where or fold(where) in fold(name) or (not level and _WITHOUT_PLACE.match(fold(name))):
        return name
    if re.search(rf"\b{_LEVELS}$", name):
        return f"{name} {where}"
    if re.search(rf"\b{_LEVELS} {CAPITAL}", name):
        return name
    printed = re.search(rf"{re.escape(name)}(?: {_LEVELS})? {re.escape(where)}", everything)
    return printed.group() if printed else " ".join(filter(None, (name, level, where)))


def _shorten(name: str) -> str:
    name = re.sub(r"^(?:Ủy|Uỷ) ban nhân dân(?: \(UBND\))?", "UBND", name)
    name = re.sub(r"^Hội đồng nhân dân(?: \(HĐND\))?", "HĐND", name)
    return name[0].upper() + name[1:]


def _recipients(closing: Sequence[Paragraph]) -> tuple[str, ...]:
    """Who receives the plan: the items below "Nơi nhận:", or what stands behind it on its line."""
    start = next((i for i, paragraph in enumerate(closing) if opens_recipients(paragraph.text)), None)
    if start is None:
        return ()
    inline = closing[start].text.partition(":")[2]
    if inline.strip() and not signs(inline.strip()):
        found = inline.split(";")
    else:
        found = [paragraph.text.lstrip("-–—−+*•✓ ") for paragraph in closing[start + 1 :] if paragraph.bullet]
    if not found:
        below = (paragraph.text for paragraph in closing[start + 1 :])
        found = [re.sub(r"^\d{1,2}[.)]\s*", "", text) for text in takewhile(lambda text: text.endswith(_ENDS_RECIPIENT), below)]
    return tuple(recipient for text in found if (recipient := text.strip().removesuffix("./.").rstrip(";,. ")))


def _signature(closing: Sequence[Paragraph]) -> tuple[str, str]:
    """Capacity ("KT. … / PHÓ …") and name of the signer; those of several signers with " ; " between them, each with the agency above it."""
    signatures: list[tuple[list[str], list[str]]] = []
    name_line = 0
    agencies: list[str] = []
    for paragraph in closing:
        text = _SIGNED.sub("", paragraph.text) if not paragraph.bullet else ""
        if opens_recipients(text):
            text = text.partition(":")[2].strip()
        if signs(text):
            if not signatures or signatures[-1][1]:
                signatures.append(([], []))
            signatures[-1][0].extend([*agencies, text])
            agencies = []
        elif signatures and _is_person(text) and (not signatures[-1][1] or paragraph.first_line == name_line):  # two names on one line are two signers
            signatures[-1][1].append(text)
            name_line = paragraph.first_line
        elif is_upper(text) and re.match(rf"{_AGENCY}\b", text, re.IGNORECASE):
            agencies.append(text)
    pairs = [pair for capacities, names in signatures for pair in _side_by_side(capacities, names)]
    return " ; ".join(" / ".join(capacities) for capacities, _ in pairs), " ; ".join(name for _, name in pairs if name)


def _is_person(text: str) -> bool:
    return len(text) < _LONGEST_NAME and bool(_PERSON.match(text)) and not _STAMP.search(fold(text))


def _side_by_side(capacities: list[str], names: list[str]) -> list[tuple[list[str], str]]:
    """Two signatures in two columns come line by line: the capacities of both, then both names."""
    if len(capacities) % max(1, len(names)):
        return [(capacities, " ; ".join(names))]
    return [(capacities[column :: len(names)], name) for column, name in enumerate(names)] or [(capacities, "")]


def _stated_bases(lines: str) -> tuple[LegalBasis, ...]:
    """The documents that a person lists, one a line; what is not in the usual form is kept whole."""
    return tuple(next((basis for _, basis in _cited(line, "")), LegalBasis(line, "", "", "", "")) for line in lines.splitlines())


def _cited(text: str, section: str) -> list[tuple[int, LegalBasis]]:
    """The documents that a text cites, in order, each with where it stands."""
    cited: list[tuple[int, LegalBasis]] = []
    for match in _LEGAL_BASIS.finditer(text):
        kind, number, bare, date, issuer = (group or "" for group in match.groups())
        cited.append((match.start(), LegalBasis(kind, (number or bare).rstrip("."), date, issuer.strip(), section)))
    for match in _LAW.finditer(text):
        name, number, year, date = (group or "" for group in match.groups())
        cited.append((match.start(), LegalBasis(name, number, date or year, "", section)))
    for match in _ONE_OF_SEVERAL.finditer(text):
        kinds = _SEVERAL.findall(text, max(0, match.start() - _SENTENCE), match.start())
        if kinds and not any(basis.number.startswith(match.group(1)) for _, basis in cited):
            cited.append((match.start(), LegalBasis(kinds[-1], match.group(1), match.group(2) or "", "", section)))
    return sorted(cited, key=lambda item: item[0])


def _legal_bases(sections: Iterable[Section]) -> list[LegalBasis]:
    """Every document cited, once a section; a law's name alone only where nothing says more of it."""
    found: dict[tuple[str, str, str], LegalBasis] = {}
    for section in sections:
        for _, basis in _cited(section.text, section.address):
            found.setdefault((basis.number or fold(basis.kind), basis.date, section.address), basis)
    known = {fold(basis.kind) for basis in found.values() if basis.number or basis.date}
    return [basis for basis in found.values() if basis.number or basis.date or fold(basis.kind) not in known]
