"""The views beside the chat: their names, columns, days and refusals."""

from __future__ import annotations

from datetime import date, timedelta

FACT_KINDS: dict[str, str] = {
    "deadline": "Thời hạn",
    "reporting": "Báo cáo",
    "responsibility": "Trách nhiệm",
    "criterion": "Tiêu chí",
    "award": "Khen thưởng",
    "dossier": "Hồ sơ",
    "phase": "Giai đoạn",
    "target": "Chỉ tiêu",
    "budget": "Kinh phí",
    "legal_basis": "Căn cứ",
    "definition": "Giải thích từ ngữ",
    "title": "Danh hiệu",
    "metadata": "Thông tin văn bản",
    "contradiction": "Không thống nhất",
}
FACT_ROLES: dict[str, str] = {"lead": "chủ trì", "coordinate": "phối hợp", "advise": "tham mưu", "monitor": "theo dõi", "perform": "thực hiện"}
FACT_COLUMNS: tuple[str, ...] = (
    "Loại",
    "Mã kế hoạch",
    "Kế hoạch",
    "Mục",
    "Vị trí",
    "Dòng",
    "Chủ thể",
    "Vai trò",
    "Việc",
    "Nội dung",
    "Nơi nhận",
    "Qua",
    "Thời hạn",
    "Dịp",
    "Cấp",
    "Giá trị",
    "Mâu thuẫn với mục",
    "Nguyên văn",
)
CALENDAR = "Thời hạn trong các kế hoạch"
PAGES: tuple[tuple[str, str], ...] = (  # addresses below the root of the server, as every page links to them
    ("chat/", "Hỏi đáp"),
    ("thoi-han", "Thời hạn"),
    ("dau-moi", "Đầu mối"),
    ("tieu-chi", "Tiêu chí"),
    ("so-sanh", "So sánh"),
    ("van-ban", "Văn bản"),
)
MANAGEMENT_PAGE = ("quan-ly", "Quản lý")  # for those who may
TODAY = "hôm nay"
SAME_PLAN_TWICE = "Hai kế hoạch đã chọn là một; xin Anh/Chị chọn hai kế hoạch khác nhau để so sánh."
PAGES_LABEL = "Các trang"
AHEAD, PAST = "Sắp tới", "Đã qua"
EVERY: dict[str, str] = {"week": "hằng tuần", "month": "hằng tháng", "quarter": "hằng quý", "half": "6 tháng một lần", "year": "hằng năm"}
DEADLINES, REPORTS, CRITERIA, DOCUMENTS = "Thời hạn", "Đầu mối", "Tiêu chí", "Văn bản"  # the sheets of files
DEADLINE_COLUMNS = ("Ngày", "Còn lại", "Thời hạn (nguyên văn)", "Cơ quan", "Việc phải làm", "Nơi nhận", "Kế hoạch", "Mục")
REPORT_COLUMNS = ("Nơi gửi", "Nội dung", "Nơi nhận", "Qua", "Thời hạn", "Kế hoạch", "Mục")
CRITERIA_COLUMNS = ("Đối tượng", "Loại", "Kế hoạch", "Tiêu đề mục", "Cấp", "Nội dung", "Mục")
CRITERIA_KINDS: dict[str, str] = {"criterion": "Tiêu chí", "title": "Danh hiệu", "award": "Hình thức khen thưởng"}
ANYONE = "Đối tượng chung"
DOCUMENT_COLUMNS = ("Kế hoạch", "Trích yếu", "Cơ quan ban hành", "Số, ký hiệu", "Ngày ban hành", "Cấp", "Năm", "Số mục", "Số thông tin", "Tình trạng đọc")
LEVELS: dict[str, str] = {"trung-uong": "Trung ương", "tinh": "Cấp tỉnh", "huyen": "Cấp huyện", "xa": "Cấp xã", "don-vi": "Đơn vị khác"}
NOT_PRINTED = "không ghi"
COMPARED: dict[str, str] = {"khac": "Khác nhau", "mot-ben": "Chỉ một bên có", "giong": "Giống nhau"}
OTHER_FIGURES, OTHER_WORDS = "Khác số liệu", "Khác lời văn"


def weeks_left(days: int) -> str:
    """How far the Monday of a week lies ahead in which something is due on no certain day."""
    return "trong tuần này" if days <= 0 else "tuần sau" if days <= 7 else days_left(days)


def days_left(days: int) -> str:
    """How far a deadline lies ahead."""
    return f"còn {_apart(days)}"


def under_way(days: int) -> str:
    """A span of days that has begun, and how many it still has."""
    return f"đang diễn ra, còn {_apart(days)}" if days else "hôm nay là ngày cuối"


def days_ago(days: int) -> str:
    """How far a deadline lies behind."""
    return f"đã qua {_apart(days)}"


def _apart(days: int) -> str:
    """Days, or years where nobody counts the days."""
    return f"{days} ngày" if days < 2 * 365 else f"khoảng {round(days / 365.25)} năm"


def plan_choice(issuer: str, number: str, subject: str) -> str:
    """A plan in a list of choices, which the eye and the keyboard search by who issued it."""
    return f"{issuer} – {', '.join(filter(None, (number, subject[:1].upper() + subject[1:])))}".removesuffix(" – ")


def page_of_rows(what: str, first: int, last: int, total: int) -> str:
    """Which part of a long list is shown: "Dòng 101–200 trong 2.431"."""
    shown, every = f"{first:,}–{last:,}" if first < last else f"{first:,}", f"{total:,}"
    return f"{what} {shown} trong {every}".replace(",", ".")


def wrong_page(given: str) -> str:
    """A page that is no number."""
    return f"Không có trang “{given}”; xin Anh/Chị chọn lại trang ở cuối bảng."


def wrong_day(given: str) -> str:
    """A day that no calendar has."""
    return f"Không có ngày “{given}” trên lịch; xin Anh/Chị ghi ngày như 15/6/2025."


def wrong_month(given: str) -> str:
    """A month that no calendar has."""
    return f"Không có tháng “{given}” trên lịch; xin Anh/Chị ghi tháng như 6/2025."


def wrong_year(given: str) -> str:
    """A year that is none."""
    return f"“{given}” không phải là một năm; xin Anh/Chị ghi năm như 2025."


def unknown_choice(given: str) -> str:
    """A choice that a page does not offer."""
    return f"Trang này không có lựa chọn “{given}”; xin Anh/Chị chọn lại trong danh sách."


def long_value(limit: int) -> str:
    """Words to look for that are too many."""
    return f"Nội dung tìm dài quá {limit} ký tự; xin Anh/Chị ghi ngắn gọn hơn."


def week(monday: date) -> str:
    """From Monday to Sunday."""
    return f"tuần {monday:%d/%m} – {monday + timedelta(6):%d/%m/%Y}"


def month(printed: str) -> str:
    """ "6/2025" with its noun."""
    return f"tháng {printed}"


def quarter(number: int, year: int) -> str:
    """A quarter, counted from 0."""
    return f"quý {('I', 'II', 'III', 'IV')[number]}/{year}"


def half_year(is_first: bool, year: int) -> str:
    """Six months."""
    return f"6 tháng {'đầu' if is_first else 'cuối'} năm {year}"


def years(first: int, last: int) -> str:
    """One whole year or several."""
    return f"năm {first}" if first == last else f"năm {first} – {last}"


def recognised_pages(count: int) -> str:
    """A file of which pages were pictures."""
    return f"Nhận dạng chữ từ ảnh: {count} trang."


def doubtful_paragraphs(count: int) -> str:
    """What was hardly made out on a scan."""
    return f"{count} đoạn khó đọc, xin đối chiếu với bản gốc."


def pages_of_file(count: int) -> str:
    """Behind a file's format."""
    return f", {count} trang"


def file_read(kind: str, share: str) -> str:
    """A file's format and how much of it could be read."""
    return f"{kind}, đọc được {share}"


def map_in_words(senders: int, receivers: int) -> str:
    """The drawing of who reports to whom, for those who do not see it."""
    return f"Sơ đồ báo cáo: {senders} nơi gửi ở bên trái, {receivers} nơi nhận ở bên phải; bảng bên dưới nêu từng báo cáo."
