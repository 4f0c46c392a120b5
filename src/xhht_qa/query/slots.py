"""What a question asks for, from the words that ask it. Patterns are of the language, over folded text; the first that fits wins."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import fold
from xhht_qa.types import Slot

_PATTERNS: tuple[tuple[Slot, str], ...] = (
    (
        "greeting",
        r"^\W*(?:xin )?(?:chao|hello|hi|alo|cam on|cam on ban|cam on nhe|thank|tam biet|ban la ai|ban lam duoc gi|ban giup duoc gi|huong dan su dung)\b.{0,30}$",
    ),
    (
        "plans",
        r"\b(?:co|dang co|gom|da nap)\b.{0,12}\b(?:nhung|cac|bao nhieu|may) (?:ban )?ke hoach\b(?: nao)?(?: (?:vay|the|trong|o day|duoc|da|nhi|a))*\W*$|^(?:liet ke|danh sach) (?:cac )?ke hoach",
    ),
    (
        "copies",
        r"\bnoi nhan\b|\bban luu\b|\bluu (?:o|tai|vao)\b|\bduoc luu\b|\bgui (?:ban )?ke hoach (?:nay |cua minh )?(?:cho|toi|den)\b|\bke hoach\b(?:(?!\bbao cao\b|\bho so\b|\bso lieu\b).){0,40}\bgui\b(?!.{0,25}\b(?:ho so|bao cao|ve so|ve phong|truoc ngay)\b)",
    ),
    (
        "legal_basis",
        r"\bcan cu (?:vao )?(?:phap ly|van ban|nao|dau)\b|\bma .{1,40} can cu\b|\b(?:can cu|vien dan|dan|nhac den|nhac toi)\b.{0,60}\b(?:so may|so bao nhieu|ngay nao|ngay may|ngay bao nhieu|nao)\b|\bvan ban nao\b",
    ),
    (
        "number",
        r"\bso hieu\b|\bke hoach (?:nay )?(?:mang )?so (?:may|bao nhieu|gi|nao)\b|\bngay (?:ban hanh|ky)\b|\bban hanh (?:vao )?(?:ngay|khi|hoi)\b.{0,12}\b(?:nao|may)\b",
    ),
    (
        "legal_basis",
        r"\bcan cu (?:vao )?(?:phap ly|van ban|nao|dau)\b|\b(?:quyet dinh|nghi quyet|thong tu|nghi dinh|chi thi|ket luan|huong dan|cong van)\b.{0,40}\b(?:so may|so bao nhieu|nao|ngay nao|ngay bao nhieu)\b|\bvan ban nao\b|\bso may\b",
    ),
    (
        "deadline",
        r"\bkhi nao\b|\bbao gio\b|\bluc nao\b|\bngay nao\b|\bngay may\b|\bngay bao nhieu\b|\bthang (?:nao|may)\b|\bnam nao\b|\bquy (?:nao|may)\b|\bhan (?:nop|gui|chot|bao cao|cuoi|la|den|nao|do|ay)\b|\bcung han\b|\bthoi (?:han|gian|diem|hang)\b|\bmoc\b|\btruoc ngay\b|\btre (?:han|khong)\b|\bdeadline\b|\bbao lau\b",
    ),
    ("budget", r"\bkinh phi\b|\bngan sach\b|\bnguon (?:von|tien|luc tai chinh)\b|\bbao nhieu (?:tien|dong|trieu|ty)\b"),
    ("dossier", r"\bho so\b.{0,40}\b(?:gom|gi|nao|can|phai co)\b|\bgiay to\b|\bthanh phan ho so\b"),
    ("procedure", r"\bthu tuc\b|\bquy trinh\b|\btrinh tu\b|\bcac buoc\b"),
    ("phase", r"\bgiai doan\b|\blo trinh\b|\btien do\b"),
    ("criteria", r"\btieu chi\b|\btieu chuan\b|\bdieu kien\b"),
    (
        "count",
        r"\bbao nhieu\b|\bmay\b(?= (?:giai doan|noi dung|giai phap|muc|tieu chi|nhiem vu|bo|tap the|ca nhan|phan|nhom|loai|lan|dot))|\bti le\b|\bty le\b|\bphan tram\b",
    ),
    (
        "recipient",
        r"\b(?:bao cao|gui|nop|trinh|phan anh|chuyen)\b.{0,40}\b(?:ai|dau|co quan nao|don vi nao|so nao|phong nao|cho nao|noi nao)\b|\b(?:gui|nop|bao cao) (?:ve|cho|len|toi) (?:ai|dau)\b",
    ),
    ("award", r"\bkhen thuong\b|\bbang khen\b|\bgiay khen\b|\bdanh hieu\b|\bbieu duong\b|\bton vinh\b"),
    (
        "responsible",
        r"\bai\b|\b(?:co quan|don vi|so|phong|ban|to chuc|bo phan|nguoi|cap|nganh) nao\b|\bchu tri\b|\bphoi hop\b|\btrach nhiem\b|\bnhiem vu\b|\bvai tro\b|\blam gi\b",
    ),
)
# With accents: "ký" signs, "kỹ năng", "kỳ" and "kí hiệu" do not.
_SIGNER = re.compile(
    r"\b(?:ai|người nào|lãnh đạo nào|đồng chí nào)\b.{0,30}\b(?:ký|kí)\b(?! hiệu)|\b(?:ký|kí) (?:thay|tên|ban hành|bởi|dưới|thừa)|\bngười (?:ký|kí)\b|\b(?:ký|kí)\b.{0,15}\b(?:chức|tư cách)|\bdo .{1,40}\b(?:ký|kí)\b"
)
_COMPILED = tuple((slot, re.compile(pattern)) for slot, pattern in _PATTERNS)
_COMPARE = re.compile(
    r"\bso sanh\b|\bchenh (?:nhau|lech)\b|\bvs\b|\bdoi chieu\b|^\W*so .{1,80}\b(?:voi|va)\b|\bkhac (?:nhau|gi|biet)\b|\bkhac nhau\b|\bgiong (?:nhau|gi|khong)\b|\bco trung\b|\bcung (?:han|moc|ngay|thoi)\b|\bcon .{0,60}\bthi khac\b"
    r"|\b(?:nhung |cac )?(?:ke hoach|kh|van ban|don vi|dia phuong|co quan) nao\b.{0,12}\b(?:co|dat|quy dinh|neu|vien dan|dan|nhac|giao|yeu cau|gui|khong|dua|ghi|cung)\b|\b(?:tat ca|moi|cac|tung) ke hoach\b|\bgiua .{1,60}\b(?:va|voi)\b"
)
_CONFIRM = re.compile(
    r"\b(?:dung|phai|co dung) (?:khong|ko|k|hong|hem|chua)\b|\bdung chu\b|\bphai chu\b|\bdung (?:vay )?(?:khong|ko)\b|\bha\W*$|\bnhi\W*$|\bco phai\b|\bcó phải\b|\bhay khong\b|\bvi sao\b|\btai sao\b"
)


def slot_of(question: str) -> Slot:
    """The slot that the question opens; "content" when no word of it says more."""
    if _SIGNER.search(question.lower()):
        return "signer"
    folded = fold(question)
    return next((slot for slot, pattern in _COMPILED if pattern.search(folded)), "content")


def asks_to_compare(question: str) -> bool:
    """Whether several plans are to be set side by side, or the plans sought that hold something."""
    return bool(_COMPARE.search(fold(question)))


def asks_to_confirm(question: str) -> bool:
    """Whether the question states something and asks if (or why) it is so."""
    return bool(_CONFIRM.search(fold(question)))
