"""What a question asks for, from the words that ask it. Patterns are of the language; the first that fits wins.

A pattern in bare letters is matched against the folded question, one with accents against the question as spelt: "mốc" is a deadline
and "Mộc" a name, "ký" signs and "kỹ năng" does not.
"""

from __future__ import annotations

import re

from xhht_qa.text.normalise import fold
from xhht_qa.text.remembered import remembered
from xhht_qa.types import Slot

_CITED = "quyết định|nghị quyết|thông tư|nghị định|chỉ thị|kết luận|công văn|luật|tờ trình|hướng dẫn"  # documents that a plan names
_OWN = r"^(?!.*\b(?:căn cứ|(?<!hướng )dẫn|nhắc)\b).*"  # the plan's own number, not that of a document it cites
_PATTERNS: tuple[tuple[Slot, str], ...] = (
    ("greeting", r"^\W*(?:(?:ok|oke|okay|vang|da|u|uh|um|duoc|roi|tot|hay|qua|hieu|ro|biet|nhe|a|em|anh|chi)\b\W*){1,6}$"),  # "ok", "vâng, em hiểu rồi ạ"
    ("greeting", r"^\W*(?:(?:ok|vang|da|xin) )*(?:chao|hello|hi|alo|cam on|thank|tam biet|ban la ai|(?:ban )?(?:lam|giup) duoc (?:nhung )?gi|hoi (?:duoc )?(?:nhung )?gi(?: duoc)?(?: o day)?\W*$|huong dan su dung)\b.{0,30}$"),
    ("plans", r"\b(?:co|dang co|gom|da nap)\b.{0,12}\b(?:nhung|cac|bao nhieu|may) (?:ban )?ke hoach\b(?: nao)?(?: (?:vay|the|trong|o day|duoc|da|nhi|a|he thong|danh muc|kho))*\W*$"),
    ("plans", r"\b(?:bao nhieu|may|nhung|cac) ke hoach\b.{0,12}\b(?:duoc|da) (?:nap|luu|tai|dua vao|cap nhat)\b"),
    ("plans", r"^(?:liet ke|danh sach) (?:cac )?ke hoach"),
    ("legal_basis", rf"\b(?:thay|thay thế|thay cho|dựa|dựa trên|dựa vào|theo|thực hiện|triển khai|cụ thể hóa)\b.{{0,12}}\b(?:kế hoạch|chương trình|đề án|{_CITED})\b.{{0,6}}\b(?:nào|số mấy|số bao nhiêu|số nào)\b"),
    ("legal_basis", rf"^\W*(?:{_CITED}|đề án|chương trình|dự án|chiến lược|nghị quyết)\b.{{3,80}}\b(?:phê duyệt|ban hành|thông qua)\b.{{0,30}}\b(?:nào|số mấy|số bao nhiêu)\b"),
    ("number", rf"{_OWN}\bkế hoạch\b.{{0,60}}\b(?:ký|kí|ban hành) (?:vào )?(?:ngày|hôm|tháng)\b.{{0,8}}\b(?:nào|mấy|bao nhiêu)\b"),
    ("number", rf"{_OWN}\b(?:kế hoạch|văn bản)(?: này| đó| trên| của [^,?]{{1,40}}?)?(?: được)?(?: ký| kí| ban hành)(?: ban hành)?(?: vào)?(?: hồi| lúc)? (?:ngày|hôm|khi|tháng|năm)\b.{{0,12}}\b(?:nào|mấy|bao nhiêu)\b"),
    ("number", rf"{_OWN}\b(?:kế hoạch|văn bản)(?: (?!(?:{_CITED}|theo)\b)[^\s?]+){{0,20}} số (?:mấy|bao nhiêu|gì)\b|\bsố (?:và|,) ngày\b|\bngày ký (?:văn bản|kế hoạch)\b"),
    ("number", rf"{_OWN}^\W*(?:ký|kí|ban hành) (?:kế hoạch|văn bản)\b.{{0,60}}\b(?:ngày|khi|hôm)\b.{{0,8}}\b(?:nào|mấy|bao nhiêu)\b"),
    ("signer", r"\b(?:ai|người nào|lãnh đạo nào|đồng chí nào)\b.{0,30}\b(?:ký|kí)\b(?! hiệu)"),
    ("signer", r"\b(?:ký|kí) (?:thay|tên|ban hành|bởi|dưới|thừa)|\bngười (?:ký|kí)\b|\b(?:ký|kí)\b.{0,15}\b(?:chức|tư cách)|\bdo .{1,40}\b(?:ký|kí)\b"),
    ("copies", r"\bnoi nhan\b|(?<!\bsao )(?:\bban luu\b|\bluu (?:o|tai|vao)\b)|\bduoc luu\b|\bgui (?:ban )?ke hoach (?:nay |cua minh )?(?:cho|toi|den)\b"),
    ("copies", r"\bke hoach\b(?:(?!\bbao cao\b|\bho so\b|\bso lieu\b).){0,40}\bgui\b(?!.{0,25}\b(?:ho so|bao cao|ve so|ve phong|truoc ngay)\b)"),
    ("legal_basis", r"\bcan cu (?:vao )?(?:phap ly|van ban|nao|dau)\b|\bma .{1,40} can cu\b|\bvan ban nao\b"),
    ("legal_basis", r"\b(?:căn cứ|viện dẫn|dẫn|nhắc đến|nhắc tới)\b.{0,60}\b(?:số mấy|số bao nhiêu|ngày nào|ngày mấy|ngày bao nhiêu|nào)\b"),
    ("number", r"\bso hieu\b|\bke hoach (?:nay )?(?:mang )?so (?:may|bao nhieu|gi|nao)\b|\bngay (?:ban hanh|ky)\b|\bban hanh (?:(?!truoc\b)\w+ ){0,3}(?:ngay|khi|hoi)\b.{0,12}\b(?:nao|may|bao nhieu)\b"),
    ("number", r"^\W*(?:(?:thế|còn|vậy|và|là) )*số (?:mấy|bao nhiêu|gì)\W*$"),
    ("legal_basis", rf"\b(?:{_CITED})\b.{{0,40}}\b(?:số mấy|số bao nhiêu|nào|ngày nào|ngày bao nhiêu)\b|\bsố mấy\b"),
    ("deadline", r"\bkhi nao\b|\bbao gio\b|\bluc nao\b|(?<!mot )(?<!moi )\bngay (?:nao|may|bao nhieu)\b|\bthang (?:nao|may)\b|\bnam nao\b|\bquy (?:nao|may)\b|\bhom nao\b|\bbao lau\b|\bdeadline\b"),
    ("deadline", r"\bhan (?:nop|gui|chot|bao cao|cuoi|la|den|nao|do|ay)\b|\bcung han\b|\bthoi (?:han|gian|diem|hang)\b|\btruoc ngay\b|\btre (?:han|khong)\b"),
    ("deadline", r"\b(?:hồi|bữa|dạo|chừng) nào\b|\bmốc\b|\b(?:mấy|bao nhiêu) (?:giờ|tiếng|ngày|tuần)\b(?! (?:công|học))"),
    ("criteria", r"\bthì (?:mới )?(?:đủ|đạt|được)(?: đạt| xét)?(?: \w+){0,2}? (?:tiêu chuẩn|điều kiện|tiêu chí|khen|công nhận)\b(?! (?:thưởng )?(?:gì|bao nhiêu|mấy|thế nào|ra sao|mức|bằng|kèm))"),
    ("budget", r"\bkinh phi\b|\bngan sach\b|\bnguon (?:von|tien|luc tai chinh)\b|\bbao nhieu (?:tien|dong|trieu|ty)\b"),
    ("budget", r"(?<!\w)chi(?: hết| tổng cộng| khoảng| ra| tiền)? bao nhiêu(?!\w)|\btổng vốn\b|(?<!\w)(?:tiền|vốn)(?!\w)[^?]{0,60}(?<!\w)(?:ở|từ) đâu\b|\bmức (?:chi|hỗ trợ|vay)\b"),
    ("responsible", r"\b(?:ai|(?:co quan|don vi|phong|so|ban|to chuc|bo phan|khoa) nao)\b.{0,30}\b(?:duoc giao|chu tri|phu trach|chiu trach nhiem|dau moi|soan|xay dung|lap|tham dinh|tong hop|cham|theo doi|giam sat)\b"),
    ("dossier", r"\bho so\b.{0,40}\b(?:gom|gi|nao|can|phai co)\b|\bgiay to\b|\bthanh phan ho so\b"),
    ("procedure", r"\bthu tuc\b|\bquy trinh\b|\btrinh tu\b|\bcac buoc\b"),
    ("phase", r"\bgiai doan\b|\blo trinh\b|\btien do\b"),
    ("criteria", r"\btieu chi\b|\btieu chuan\b|\bdieu kien\b|\bdien nao\b|\bhoi du\b|\b(?:nhu )?the nao (?:thi|moi)\b|\bmuon (?:duoc|dat)\b.{0,60}\b(?:can|phai)\b"),
    ("count", r"\bbao nhieu\b|\bti le\b|\bty le\b|\bphan tram\b"),
    ("count", r"\bmay\b(?= (?:giai doan|noi dung|giai phap|muc|tieu chi|nhiem vu|bo|tap the|ca nhan|phan|nhom|loai|lan|dot))"),
    ("recipient", r"\b(?:bao cao|gui|nop|trinh|phan anh|chuyen)\b.{0,40}\b(?:ai|dau|co quan nao|don vi nao|so nao|phong nao|cho nao|noi nao)\b"),
    ("recipient", r"\b(?:gui|nop|bao cao) (?:ve|cho|len|toi) (?:ai|dau)\b"),
    ("award", r"\bthưởng\b"),
    ("award", r"\bkhen thuong\b|\bbang khen\b|\bgiay khen\b|\bdanh hieu\b|\bbieu duong\b|\bton vinh\b"),
    ("responsible", r"\bai\b|\b(?:co quan|don vi|so|phong|ban|to chuc|bo phan|nguoi|cap|nganh) nao\b|\bchu tri\b|\bphoi hop\b|\btrach nhiem\b|\bnhiem vu\b|\bvai tro\b|\blam gi\b"),
    ("responsible", r"\bbên nào\b"),
    ("count", r"\bmấy\b|\bbao (?:xa|cao|rộng|dài|sâu|lớn|nặng)\b"),
)  # fmt: skip
_GREETING = re.compile(
    r"^\W*(?:(?:dạ|xin|em|kính)\s+)*(?:chào|cảm ơn|cám ơn|hello|hi|alo)(?:\s+(?:anh|chị|bạn|em|ad|nhé|nhiều|ạ|mọi người|trợ lý))*\W+", re.IGNORECASE
)
_COMPARE = (
    r"\bso sanh\b|\bchenh (?:nhau|lech)\b|\bvs\b|\bdoi chieu\b|\bkhac (?:nhau|gi|biet)\b|\bgiong (?:nhau|gi|khong)\b|\bco trung\b|\bcon .{0,60}\bthi khac\b",
    r"^\W*so (?!với)\S+.{1,80}\b(?:với|và)\b",
    r"\b(?:nhung|cac) (?:ke hoach|kh) nao\b|\bke hoach nao do\b",
    r"\b(?:nhung |cac )?(?:ke hoach|kh|van ban|don vi|dia phuong|co quan) nao\b.{0,12}"
    r"\b(?:co|dat|quy dinh|neu|vien dan|dan|nhac|giao|yeu cau|gui|khong|dua|ghi|cung)\b",
    r"\b(?:moi|tung|hai) ben\b.{0,20}\b(?:may|bao nhieu|nao|gi|the nao)\b",
    r"\b(?:tat ca|moi|cac|tung) ke hoach\b|\bgiua .{1,60}\b(?:va|voi)\b|\bcung (?:han|ngay|thoi)\b",
    r"\bcùng mốc\b",
)
_CONFIRM = (
    r"^\W*co phai\b|\b(?:co )?dung (?:la|rang)\b|\b(?:dung|phai|co dung) (?:khong|ko|k|hong|hem|chua)\b|\bdung chu\b|\bphai chu\b|\bdung (?:vay )?(?:khong|ko)\b|\bhay khong\b|\bvi sao\b|\btai sao\b",
    r"\bcó phải\b|\bhả\W*$|\bnhỉ\W*$|\bchứ(?: gì)?\W*$|\bđúng hay sai\b",
)
_OPEN = re.compile(
    r"(?<!\w)(?:ai|nào|mấy|bao nhiêu|bao giờ|đâu|gì(?! (?:chứ|đâu))|thế nào)(?!\w)(?!\W*$)|(?<!\w)(?:ai|nào|mấy|bao nhiêu|bao giờ|đâu)\W*(?:ạ|nhỉ|hả|thế|vậy)?\W*$"
)


@remembered
def slot_of(question: str) -> Slot:
    """The slot that the question opens; "content" when no word of it says more."""
    slot: Slot = next((slot for slot, pattern in _PATTERNS if _found(pattern, question)), "content")
    rest = _GREETING.sub("", question)
    # "Chào bạn, hạn nộp báo cáo năm?" asks; only a greeting and nothing else is one
    return slot_of(rest) if slot == "greeting" and rest != question and len(rest.split()) > 2 else slot


@remembered
def asks_to_compare(question: str) -> bool:
    """Whether several plans are to be set side by side, or the plans sought that hold something."""
    return any(_found(pattern, question) for pattern in _COMPARE)


@remembered
def asks_to_confirm(question: str) -> bool:
    """Whether the question states something and asks if (or why) it is so."""
    spoken = _found(_CONFIRM[1], question) and not _OPEN.search(question.lower())  # "… ngày mấy nhỉ?" leaves a gap
    return _found(_CONFIRM[0], question) or spoken or "có phải" in question.lower()


def _found(pattern: str, question: str) -> bool:
    text = fold(question) if pattern.isascii() else question.lower()
    return re.search(pattern, text) is not None
