"""The fixed words at the head and at the end of an official document: the state's name, place and date, its kind, "Nơi nhận", who signs in which capacity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xhht_qa.text.normalise import CAPITAL, fold, is_upper

_KINDS = (
    r"(?:ke hoach|quyet dinh|chuong trinh|de an|huong dan|nghi quyet|thong bao|chi thi|ket luan|thong tu|nghi dinh|luat|phap lenh|bo luat|quy che|quy dinh|dieu le"
    r"|phuong an|to trinh|cong dien|bao cao|thong tri|noi quy|du an)"
)
_KIND = re.compile(rf"(?:du thao )?{_KINDS}(?: (?:phoi hop|lien tich|lien nganh|hanh dong))?$")
_KIND_AND_SUBJECT = re.compile(rf"(?:du thao )?{_KINDS} ")
_RECITAL = re.compile(r"(?:can cu|thuc hien|theo|xet|trien khai|nham|de)\b.*[;:,]$|can cu\b|\(")
# Below the title of a decision stands who decides.
_NAMES_AUTHORITY = re.compile(r"(?:uy ban|hoi dong|bo truong|so|chinh phu|quyet|ban|giam doc|chu tich|hieu truong|thu tuong|bo) ")
_OPEN_TITLE = re.compile(r"(?:,|\b(?:CỦA|VÀ|VỀ|CHO|THEO|TẠI|BAN))$")
_SUBJECT_GOES_ON = re.compile(r"(?:giai doan|nam|tren dia ban|den nam|tai|cua|dot|quy)\b")
_STATE = re.compile(r"cong hoa(?: xa hoi|$)|doc lap\s?[-–—]|dang cong san")
_PLACE_AND_DATE = re.compile(r"[^,.;:\d]{2,40},\s*ngay\b.{0,20}(?:thang|/)")
_ON_BEHALF = re.compile(r"(?:tm|kt|tl|tuq)[\s./]|[tk]/[mtlu]")
_PAGE = re.compile(r"(?:[-–]\s?)?(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?(?:\s?[-–])?$")  # four figures are a year
_LONGEST_DATE_LINE = 80
LAYOUT_COLUMNS = 3  # letterheads and signatures have two, sometimes with a narrow one between
_BESIDE_SIGNATURE = re.compile(r"noi nhan\s*:|so\s*:\s*(?:[\d.…_/-]|$)")
_RECIPIENTS = re.compile(r"noi nhan\s*(?::|$)")
_DELEGATION = r"(?:(?:TM|KT|TL|TUQ|Q|P)\s?[./]|(?:T/M|K/T|T/L|T/UQ)\b)"
_OFFICE = (
    r"(?:(?:PHÓ|QUYỀN|TỔNG|ỦY VIÊN|CHI CỤC|CHỈ HUY|ỦY) )*(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|TƯ LỆNH|CHÍNH ỦY|CHỦ NHIỆM|CHÁNH (?:VĂN PHÒNG|THANH TRA|ÁN)|VIỆN TRƯỞNG"
    r"|HIỆU (?:TRƯỞNG|PHÓ)|BỘ TRƯỞNG|THỨ TRƯỞNG|(?:CỤC|VỤ|TRẠM|ĐỘI|TỔ|THANH TRA|CHI CỤC|CHỈ HUY|KHOA|BAN|PHÒNG|ĐOÀN|TRUNG TÂM|HẠT|CÔNG AN|SỞ|VĂN PHÒNG|CHI HỘI)\s?TRƯỞNG"
    r"|TRƯỞNG (?:BAN|PHÒNG|KHOA|ĐOÀN|CÔNG AN|TRẠM|THÔN|PHÂN|BỘ)|KIỂM SÁT|TỔNG BIÊN TẬP|ĐẠI DIỆN|KẾ TOÁN TRƯỞNG|THỦ TRƯỞNG|NGƯỜI (?:LẬP|XÂY DỰNG)|BAN GIÁM HIỆU"
    r"|(?:PHÊ )?DUYỆT(?: CỦA|$)|XÁC NHẬN(?: CỦA|$))\b"
)
_SIGNATURE = re.compile(rf"{_DELEGATION}|{_OFFICE}")
# "KT. CHỦ TỊCH", "Q. Giám đốc"; "KT - XH", "TL 1/500" and "Q. Lam Hà" in a row of a table are none
_FOR_OFFICE = re.compile(rf"(?:TM|KT|TL|TUQ|T/M|K/T|T/L|T/UQ)[\s./]+{CAPITAL}")
_ACTING_OFFICE = re.compile(rf"Q\s?\.\s?{_OFFICE}")
_OFFICE_ALONE = re.compile(rf"{_OFFICE}$")
_ON_BEHALF_IN_WORDS = re.compile(rf"(?:TM|KT|TL|TUQ)\.\s?{CAPITAL}\w+(?: \w+){{1,6}}$")
_LONGEST = 120  # of a line that signs; patterns are not tried on endless ones


def is_document_kind(text: str) -> bool:
    """Whether a line is the name of a kind of document in capitals: "KẾ HOẠCH", "KẾ HOẠCH PHỐI HỢP"."""
    return len(text) < _LONGEST and is_upper(text) and bool(_KIND.match(fold(text)))


def is_state_head(text: str) -> bool:
    """The name of the state or its motto, or the party's name: what stands at the top of the right column."""
    return bool(_STATE.match(fold(text[:_LONGEST])))


def is_date_line(text: str) -> bool:
    """ "Hà Khê, ngày 05 tháng 3 năm 2026", with its figures or without."""
    return len(text) < _LONGEST_DATE_LINE and bool(_PLACE_AND_DATE.match(fold(text)))


def is_on_behalf(text: str) -> bool:
    """ "TM. ỦY BAN NHÂN DÂN", "KT CHỦ TỊCH", "T/L GIÁM ĐỐC": for whom the signer signs; "KT-XH" is economy and society."""
    return bool(_ON_BEHALF.match(fold(text[:_LONGEST])))


def is_of_letterhead(text: str) -> bool:
    """Whether a line is one of the head or the foot that are set in two columns; a table that holds one only lays out the page."""
    line = text[:_LONGEST]
    return is_state_head(line) or any((_FOR_OFFICE.match(line), _ACTING_OFFICE.match(line.upper()), _BESIDE_SIGNATURE.match(fold(line))))


def page_number(text: str) -> int | None:
    """The number of a page that stands alone on its line: "- 7 -", "Trang 7/12"."""
    match = _PAGE.match(fold(text)) if len(text) < _LONGEST else None
    return int(match.group(1)) if match else None


def opens_recipients(text: str) -> bool:
    """ "Nơi nhận:", with or without the recipients behind it; "Nơi nhận hồ sơ là …" is a sentence."""
    return bool(_RECIPIENTS.match(fold(text[:_LONGEST])))


def subject_of(texts: Sequence[str]) -> str:
    """The trích yếu among the opening lines: below the kind of document in capitals, behind it on its line, or behind "V/v"; "" when none is printed."""
    at = next((index for index, text in enumerate(texts) if is_document_kind(text)), None)
    if at is not None and at + 1 < len(texts) and not _RECITAL.match(fold(texts[at + 1])):
        return _whole_subject(texts[at + 1 :])
    about = next((text for text in texts if re.match(r"V/v\b|Về việc\b", text)), "")
    if about:
        return about
    at = next((index for index, text in enumerate(texts) if _kind_with_subject(text)), None)
    if at is None:
        return ""
    whole = _whole_subject(texts[at:])
    return whole[len(_kind_with_subject(whole[: _LONGEST - 1])) :].strip()


def kind_of(texts: Sequence[str]) -> str:
    """ "Kế hoạch" as the opening lines print it in capitals, "Công văn" for a letter that is about something ("V/v"); "" when neither is there."""
    for text in texts:
        if is_document_kind(text):
            return text.capitalize()
        if kind := _kind_with_subject(text):
            return kind.strip().capitalize()
    return "Công văn" if any(re.match(r"V/v\b", text) for text in texts) else ""


def _kind_with_subject(text: str) -> str:
    """The kind of document that stands in capitals before its subject, on the same line."""
    match = _KIND_AND_SUBJECT.match(fold(text)) if len(text) < _LONGEST and is_upper(text) else None
    return text[: match.end()] if match else ""


def _whole_subject(texts: Sequence[str]) -> str:
    """A title with the lines on which it goes on: all in capitals, or with its period or area."""
    lines = [texts[0]]
    for text in texts[1:]:
        in_capitals = is_upper(text) and (bool(_OPEN_TITLE.search(lines[-1])) or not _NAMES_AUTHORITY.match(fold(text)))
        in_words = bool(_SUBJECT_GOES_ON.match(fold(text))) and not text.endswith((";", ".", ":"))
        if len(text) >= _LONGEST or not (in_capitals if is_upper(texts[0]) else in_words):
            break
        lines.append(text)
    return " ".join(lines)


def signs(text: str) -> bool:
    """Whether a line names the capacity of a signer: "KT. CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "Q. GIÁM ĐỐC", "HIỆU TRƯỞNG".

    What a style has set in capitals has come in small letters: "KT. Chủ tịch", and "Phó Chủ tịch" alone on its line.
    """
    if len(text) >= _LONGEST:
        return False
    capitals = text.upper().replace("UỶ", "ỦY")
    if is_upper(text):
        return bool(_SIGNATURE.match(capitals))
    return bool(_ON_BEHALF_IN_WORDS.match(text)) or (text[:1].isupper() and bool(_OFFICE_ALONE.match(capitals)))
