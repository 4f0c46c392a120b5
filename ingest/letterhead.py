"""The fixed words at the head and at the end of an official document: its kind, "Nơi nhận", and who signs in which capacity."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import fold, is_upper

_KINDS = (
    r"(?:ke hoach|quyet dinh|chuong trinh|de an|huong dan|nghi quyet|thong bao|chi thi|ket luan|thong tu|nghi dinh|luat|phap lenh|bo luat|quy che|quy dinh|dieu le"
    r"|phuong an|to trinh|cong dien|bao cao|thong tri|noi quy|du an)"
)
_KIND = re.compile(
    rf"(?:du thao )?{_KINDS}(?: (?:phoi hop|lien tich|lien nganh|hanh dong|cong tac|thuc hien|trien khai|giao duc|nam hoc|nam \d{{4}}))*(?: so \d.*)?$"
)
_RECIPIENTS = re.compile(r"noi nhan\s*(?::|$)")
_DELEGATION = r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|Q|P)\s?[./]\s?"
_OFFICE = (
    r"(?:(?:PHÓ|QUYỀN|TỔNG|ỦY VIÊN|CHI CỤC|CHỈ HUY|ỦY) )*(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|TƯ LỆNH|CHÍNH ỦY|CHỦ NHIỆM|CHÁNH (?:VĂN PHÒNG|THANH TRA|ÁN)|VIỆN TRƯỞNG"
    r"|HIỆU (?:TRƯỞNG|PHÓ)|BỘ TRƯỞNG|THỨ TRƯỞNG|(?:CỤC|VỤ|TRẠM|ĐỘI|TỔ|THANH TRA|CHI CỤC|CHỈ HUY|KHOA|BAN|PHÒNG|ĐOÀN|TRUNG TÂM|HẠT|CÔNG AN|SỞ|VĂN PHÒNG|CHI HỘI)\s?TRƯỞNG"
    r"|TRƯỞNG (?:BAN|PHÒNG|KHOA|ĐOÀN|CÔNG AN|CÔNG AN|TRẠM|THÔN|PHÂN|BỘ)|KIỂM SÁT|TỔNG BIÊN TẬP|ĐẠI DIỆN)\b"
)
_SIGNATURE = re.compile(rf"{_DELEGATION}|{_OFFICE}")
_LONGEST = 120  # of a line that signs; patterns are not tried on endless ones


def is_document_kind(text: str) -> bool:
    """Whether a line is the name of a kind of document in capitals: "KẾ HOẠCH", "KẾ HOẠCH PHỐI HỢP"."""
    return len(text) < _LONGEST and is_upper(text) and bool(_KIND.match(fold(text)))


def opens_recipients(text: str) -> bool:
    """ "Nơi nhận:", with or without the recipients behind it; "Nơi nhận hồ sơ là …" is a sentence."""
    return bool(_RECIPIENTS.match(fold(text[:_LONGEST])))


def signs(text: str) -> bool:
    """Whether a line in capitals names the capacity of a signer: "KT. CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "Q. GIÁM ĐỐC", "HIỆU TRƯỞNG"."""
    return len(text) < _LONGEST and is_upper(text) and bool(_SIGNATURE.match(text.replace("UỶ", "ỦY")))
