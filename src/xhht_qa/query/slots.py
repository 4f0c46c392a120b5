"""What a question asks for, from the words that ask it. Patterns are of the language; the first that fits wins.

A pattern in bare letters is matched against the folded question, one with accents against the question as spelt: "mốc" is a deadline
and "Mộc" a name, "ký" signs and "kỹ năng" does not.
"""

from __future__ import annotations

import re

from xhht_qa.text.forms import FORM_ASKED
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
    ("signer", r"(?<!trình )\b(?:ai|người nào|lãnh đạo nào|đồng chí nào)\b.{0,30}(?<!\w)(?<!đăng )(?:ký|kí)\b(?! hiệu| kết)"),
    ("signer", r"(?<!\w)(?<!đăng )(?:ký|kí) (?:thay|tên|ban hành|bởi|dưới|thừa)|\bngười (?:ký|kí)\b|(?<!\w)(?<!đăng )(?:ký|kí)\b.{0,15}\b(?:chức|tư cách)|\bdo .{1,40}(?<!\w)(?<!đăng )(?:ký|kí)\b"),
    ("copies", r"\bnoi nhan\b|(?<!\bsao )(?:\bban luu\b|\bluu (?:o|tai|vao)\b)|\bduoc luu\b|\bgui (?:ban )?ke hoach (?:nay |cua minh )?(?:cho|toi|den)\b"),
    ("copies", r"^(?!.*\b(?:bao cao|ho so|so lieu)\b.*\bke hoach\b).*\bke hoach\b(?:(?!\bbao cao\b|\bho so\b|\bso lieu\b).){0,40}\bgui\b(?!.{0,25}\b(?:ho so|bao cao|ve so|ve phong|truoc ngay)\b)"),
    ("content", FORM_ASKED),  # a form has a number, too
    ("legal_basis", r"\bco so phap ly\b|\b(?:can cu|dua (?:vao|tren))(?: vao)? (?:nhung )?(?:gi|dau)\W*$"),
    ("legal_basis", r"\bcan cu (?:vao )?(?:phap ly|van ban|nao|dau)\b|\bma .{1,40} can cu\b|\bvan ban nao\b"),
    ("legal_basis", r"\b(?:căn cứ|viện dẫn|dẫn|nhắc đến|nhắc tới)\b.{0,60}\b(?:số mấy|số bao nhiêu|ngày nào|ngày mấy|ngày bao nhiêu|nào)\b"),
    ("number", r"\bsố hiệu\b|\bkế hoạch (?:này )?(?:mang )?số (?:mấy|bao nhiêu|gì|nào)\b|\bngày (?:ban hành|ký|kí)\b|\bban hành (?:(?!trước\b)\w+ ){0,3}(?:ngày|khi|hồi)\b.{0,12}\b(?:nào|mấy|bao nhiêu)\b"),
    ("number", r"^\W*(?:(?:thế|còn|vậy|và|là) )*số (?:mấy|bao nhiêu|gì)\W*$"),
    ("legal_basis", rf"\b(?:{_CITED})\b.{{0,40}}\b(?:số mấy|số bao nhiêu|nào|ngày nào|ngày bao nhiêu)\b|\bsố mấy\b"),
    ("deadline", r"\bkhi nao\b|\bbao gio\b|\bnam nao\b|\bbao lau\b|\bdeadline\b|\bcung han\b|\bthoi (?:han|gian|diem|hang)\b|\btruoc ngay\b"),
    ("deadline", r"(?<!một )(?<!mỗi )\bngày (?:nào|mấy|bao nhiêu)\b|\b(?:tháng|quý) (?:nào|mấy)\b|(?<!quyền )\bhạn (?:nộp|gửi|chốt|báo cáo|sơ kết|tổng kết|cuối|là|đến|nào|đó|ấy)\b|\btrễ (?:hạn|không)\b"),
    ("deadline", r"\b(?:lúc|hôm|hồi|bữa|dạo|chừng) nào\b|\bmốc\b|\b(?:mấy|bao nhiêu) (?:giờ|tiếng|ngày|tuần)\b(?! (?:công|học))"),
    ("criteria", r"\bthì (?:mới )?(?:đủ|đạt|được)(?: đạt| xét)?(?: \w+){0,2}? (?:tiêu chuẩn|điều kiện|tiêu chí|khen|công nhận)\b(?! (?:thưởng )?(?:gì|bao nhiêu|mấy|thế nào|ra sao|mức|bằng|kèm))"),
    ("budget", r"\bkinh phi\b|\bngan sach\b|\bnguon (?:von|tien|luc tai chinh)\b"),
    ("budget", r"\bbao nhiêu (?:tiền|đồng(?! (?:chí|bào|đội|hồ))|triệu|tỷ|tỉ)\b(?! lệ)|(?<!\w)chi(?: hết| tổng cộng| khoảng| ra| tiền)? bao nhiêu(?!\w)|\btổng vốn\b|(?<!\w)(?:tiền|vốn)(?!\w)[^?]{0,60}(?<!\w)(?:ở|từ) đâu\b|(?<!\w)(?:tiền|vốn) (?:lấy )?đâu(?!\w)|\bmức (?:chi|hỗ trợ|vay)\b"),
    ("responsible", r"\b(?:ai|(?:cơ quan|đơn vị|phòng|sở|ban|tổ chức|bộ phận|khoa) nào)\b.{0,30}\b(?:được giao|chủ trì|phụ trách|chịu trách nhiệm|đầu mối|soạn|xây dựng|lập|thẩm định|tổng hợp|chấm|theo dõi|giám sát)\b"),
    ("dossier", r"\bho so\b.{0,40}\b(?:gom|gi|nao|can|phai co)\b|\bthanh phan ho so\b"),
    ("dossier", r"\b(?:mang|cầm|đem|kèm)(?: theo| thêm)? (?:những |các )?giấy (?:gì|nào)\b"),
    ("dossier", r"\bgiấy tờ\b(?:(?!\bbị\b|\bthế nào\b).){0,80}\b(?:gồm|gì|nào|cần|phải)\b|\b(?:cần|nộp|mang|chuẩn bị|kèm|phải có|mấy|bao nhiêu)\b.{0,30}\bgiấy tờ\b"),
    ("procedure", r"\bthu tuc\b|\bquy trinh\b|\btrinh tu\b|\bcac buoc\b"),
    ("criteria", r"^\W*(?:(?:nhung|cac) )?(?:dieu kien|tieu chi|tieu chuan)\b"),
    ("phase", r"\bgiai đoạn\b|\blộ trình\b|\btiến độ\b"),
    ("criteria", r"\btieu chi\b|\btieu chuan\b|\bdieu kien\b"),
    ("criteria", r"\bdiện nào\b|\bhội đủ\b|\bthế nào (?:thì|mới)\b|\bmuốn (?:được|đạt)\b.{0,60}\b(?:cần|phải)\b"),
    ("count", r"\bbao nhieu\b|\bti le\b|\bty le\b|\bphan tram\b"),
    ("count", r"\bmấy\b(?= (?:giai đoạn|nội dung|giải pháp|mục|tiêu chí|nhiệm vụ|bộ|tập thể|cá nhân|phần|nhóm|loại|lần|đợt))"),
    ("recipient", r"\b(?:báo cáo|gửi|nộp|trình|phản ánh|chuyển)\b.{0,40}\b(?:ai|đâu|(?:cơ quan|đơn vị|sở|phòng|chỗ|nơi) nào)\b"),
    ("award", r"\bthưởng\b"),
    ("award", r"\bkhen thuong\b|\bbang khen\b|\bgiay khen\b|\bdanh hieu\b|\bbieu duong\b|\bton vinh\b"),
    ("responsible", r"\bchu tri\b|\bphoi hop\b|\btrach nhiem\b|\bnhiem vu\b|\bvai tro\b|\b(?<!de )(?:lam|lo|phu trach|dam nhiem|duoc giao|duoc phan cong)(?: (?:nhung|cac|phan|cong|viec|nhiem vu)){0,3} gi\b"),
    ("responsible", r"\bai\b|\b(?:cơ quan|đơn vị|sở|phòng|ban|tổ chức|bộ phận|người|cấp|ngành|bên|thôn|(?<!kịch )bản) nào\b"),
    ("count", r"\bmấy\b|\bbao (?:xa|cao|rộng|dài|sâu|lớn|nặng)\b"),
)  # fmt: skip
_GREETING = re.compile(
    r"^\W*(?:(?:dạ|xin|em|kính)\s+)*(?:chào|cảm ơn|cám ơn|hello|hi|alo)(?:\s+(?:anh|chị|bạn|em|ad|nhé|nhiều|ạ|mọi người|trợ lý))*\W+", re.IGNORECASE
)
_COMPARE = (
    r"\bso sanh\b|\bchenh (?:nhau|lech)\b|\bvs\b|\bdoi chieu\b|\bkhac (?:nhau|gi|biet)\b|\bgiong (?:nhau|gi|khong)\b|\bcon .{0,60}\bthi khac\b",
    r"^\W*so (?!với)\S+.{1,80}\b(?:với|và)\b",
    r"\b(?:nhung|cac) (?:ke hoach|kh) nao\b|\bke hoach nao do\b",
    r"\b(?:kế hoạch|kh|văn bản|đơn vị|địa phương|cơ quan) nào\b.{0,12}"
    r"\b(?:có|đạt|quy định|nêu|viện dẫn|dẫn|nhắc|giao|yêu cầu|gửi|không|đưa|dựa|ghi|cùng|cũng)\b",
    r"\b(?:mỗi|từng|hai) bên\b.{0,20}\b(?:mấy|bao nhiêu|nào|gì|thế nào)\b",
    r"\b(?:tất cả|mỗi|mọi|các|từng) kế hoạch\b|\bgiữa .{1,60}\b(?:và|với)\b|\bcùng (?:hạn|ngày|thời|mốc)\b",
    r"\bcó trùng\b",
)
_CONFIRM = (
    r"^\W*co phai\b|\bhay khong\b|\bvi sao\b|\btai sao\b",
    # with their accents: "xây dựng là gì" and "sử dụng không" ask for no confirmation
    r"có phải|(?<!\w)đúng (?:là|rằng|vậy)(?!\w)|(?<!\w)(?:đúng|phải)(?: vậy)? (?:không|ko|k|hông|hong|hem|chưa)(?!\w)|(?<!\w)(?:đúng|phải) chứ(?!\w)",
)
_SPOKEN = r"\b(?:hả|nhỉ|chứ(?: gì)?)\W*$|\bđúng hay sai\b"
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
    spoken = _found(_SPOKEN, question) and not _OPEN.search(question.lower())  # "… ngày mấy nhỉ?" leaves a gap
    return spoken or any(_found(pattern, question) for pattern in _CONFIRM)


def _found(pattern: str, question: str) -> bool:
    text = fold(question) if pattern.isascii() else question.lower()
    return re.search(pattern, text) is not None
