"""Words of one meaning: people ask with one, plans print the other. With accents: "giáo dục" gives nothing ("giao")."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xhht_qa.text.tokens import syllables

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("nộp", "gửi", "trình", "chuyển"),
    ("hạn", "thời hạn", "thời gian", "trước ngày"),
    ("thường niên", "hàng năm", "hằng năm", "mỗi năm", "năm nào cũng"),
    ("hàng tháng", "hằng tháng", "mỗi tháng"),
    ("hàng quý", "hằng quý", "mỗi quý"),
    ("trường hợp", "khi"),
    ("kinh phí", "ngân sách", "tiền", "nguồn vốn"),
    ("chậm nhất", "muộn nhất", "trước ngày"),
    ("trễ", "quá hạn", "chậm"),
    ("vướng mắc", "khó khăn"),
    ("giấy tờ", "hồ sơ"),
    ("bộ hồ sơ", "hồ sơ"),
    ("giao cho", "giao", "phân công"),
    ("thay mặt", "thừa lệnh"),
    ("tối thiểu", "ít nhất"),
    ("tối đa", "không quá"),
    ("doanh nghiệp", "công ty"),
    ("được đạt", "phấn đấu", "mục tiêu", "chỉ tiêu"),
    ("cảnh báo", "dự báo"),
    ("cả nước", "toàn quốc"),
    ("trưởng phòng", "lãnh đạo phòng"),
    ("đứng đầu", "thủ trưởng"),
    ("góp ý", "tham gia ý kiến"),
    ("tuyên dương", "biểu dương"),
    ("thay thế", "thay cho"),
    ("giáo viên", "nhà giáo"),
    ("chi phí", "kinh phí"),
    ("nước ngoài", "quốc tế"),
)
# What is said → what is printed for it; nobody who asks in the words of plans means the others.
_SPOKEN: Mapping[str, tuple[str, ...]] = {
    "tài xế": ("lái xe", "người lái"),
    "heo": ("lợn",),
    "xe hơi": ("ô tô",),
    "xe máy": ("mô tô", "xe gắn máy"),
    "xe lửa": ("tàu hỏa", "đường sắt"),
    "xe cứu thương": ("xe cấp cứu",),
    "học trò": ("học sinh",),
    "thầy cô": ("nhà giáo", "giáo viên"),
    "trẻ con": ("trẻ em",),
    "con nít": ("trẻ em",),
    "người già": ("người cao tuổi",),
    "bà con": ("người dân", "nhân dân"),
    "dân": ("người dân", "nhân dân", "hộ dân"),
    "sếp": ("lãnh đạo", "thủ trưởng"),
    "chích": ("tiêm",),
    "mướn": ("thuê",),
    "xài": ("sử dụng",),
    "hư": ("hỏng",),
    "chết": ("tử vong",),
    "đồ ăn": ("thực phẩm",),
    "quán ăn": ("dịch vụ ăn uống",),
    "rác": ("chất thải",),
    "mạng": ("internet",),
    "phạt": ("xử phạt", "xử lý"),
    "đứng ra": ("chủ trì",),
    "kiếm": ("thu thập",),
    "sửa": ("sửa chữa", "cải tạo"),
    "đẻ": ("sinh",),
    "bự": ("lớn",),
    "bể": ("vỡ",),
    "dạy": ("đào tạo", "tập huấn"),
    "lương": ("tiền công",),
    "sửa lỗi": ("khắc phục",),
    "xem lại": ("rà soát",),
    "toàn bộ tiền": ("tổng kinh phí", "tổng vốn"),
    "tổng tiền": ("tổng kinh phí", "tổng vốn"),
    "đền": ("hỗ trợ", "bồi thường"),
    "cứu hỏa": ("chữa cháy",),
    "thoát hiểm": ("thoát nạn",),
    "duyệt": ("phê duyệt",),
    "bản nháp": ("dự thảo",),
    "nháp": ("dự thảo",),
    "dọn": ("làm sạch", "vệ sinh"),
    "chia": ("phân bổ",),
    "bữa": ("ngày", "buổi"),
    "phường": ("cấp xã",),
}


def _by_phrase() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in _GROUPS:
        for phrase in group:
            table[phrase] = table.get(phrase, ()) + tuple(other for other in group if other != phrase)
    return table


_SYNONYMS = _by_phrase()


def synonyms_in(text: str) -> list[str]:
    """The synonyms of the phrases of up to three syllables in a restored question, without those it has itself."""
    words = syllables(text)
    phrases = [" ".join(run) for length in (1, 2, 3) for run in zip(*(words[start:] for start in range(length)), strict=False)]
    return list(dict.fromkeys(other for phrase in phrases for other in (*_SYNONYMS.get(phrase, ()), *_SPOKEN.get(phrase, ())) if other not in phrases))


def as_printed(text: str, is_printed: Callable[[str], bool]) -> list[str]:
    """The syllables of a restored question with each spoken phrase that is not printed as the first written one that is: "tài xế" → "lái xe"."""
    words, said, place = syllables(text), [], 0
    while place < len(words):
        run, other = next(((length, other) for length in (3, 2, 1) if (other := _printed_for(words[place : place + length], is_printed))), (1, []))
        said += other or words[place : place + run]
        place += run
    return said


def _printed_for(words: list[str], is_printed: Callable[[str], bool]) -> list[str]:
    others = _SPOKEN.get(" ".join(words), ())
    if not others or all(map(is_printed, words)):
        return []
    return next((said for other in others if all(map(is_printed, said := other.split()))), [])
