"""Adding, replacing and removing plans."""

from __future__ import annotations

from collections.abc import Sequence

NOT_MANAGER = "Chức năng quản lý kế hoạch chỉ dành cho người phụ trách; xin đăng nhập bằng mã quản lý."
MANAGEMENT_CLOSED = "Chức năng quản lý kế hoạch chưa được mở trên máy chủ này."
WRONG_TOKEN = "Mã quản lý không đúng."
LIBRARY_BUSY = "Đang cập nhật danh mục kế hoạch; xin chờ xong rồi thực hiện tiếp."
UNKNOWN_PROPOSAL = "Tệp tải lên không còn chờ công bố; xin tải lại tệp."
ONE_FILE = "Xin chọn một tệp để tải lên."
NAMELESS_FILE = "Tên tệp không dùng làm mã kế hoạch được; xin đổi tên tệp bằng chữ hoặc số rồi tải lại."
LAST_PLAN = "Đây là kế hoạch duy nhất trong danh mục; xin thêm kế hoạch khác trước khi gỡ."
NOT_PUBLISHED = "Chưa cập nhật được danh mục; danh mục vẫn như trước."
LIBRARY_STAGES: dict[str, str] = {"reading": "Đang đọc tệp", "embedding": "Đang lập chỉ mục", "done": "Đã cập nhật danh mục", "failed": NOT_PUBLISHED}
PLAN_DETAILS: dict[str, str] = {
    "title": "Tên",
    "number": "Số, ký hiệu",
    "issuer": "Cơ quan ban hành",
    "date": "Ngày ban hành",
    "subject": "Trích yếu",
    "signer": "Người ký",
}  # what a plan says of itself, as a preview names it
NOTHING_CHANGED = "Đã đọc lại; danh mục không có gì thay đổi."
_NAMED = 3  # titles in a sentence; more are counted
_UNREADABLE: tuple[tuple[str, str], ...] = (  # words of the reader's English sentence → what to tell and to do
    ("password", "tệp được bảo vệ bằng mật khẩu; xin bỏ mật khẩu, lưu lại rồi tải lên"),
    ("which is not on this machine", "máy chủ thiếu chương trình để đọc định dạng này; xin lưu tệp thành .docx rồi tải lên"),
    ("took too long", "đọc tệp mất quá nhiều thời gian; xin tách thành tệp ngắn hơn hoặc lưu thành .docx"),
    ("too much memory", "đọc tệp cần quá nhiều bộ nhớ; xin tách thành tệp ngắn hơn hoặc lưu thành .docx"),
    ("is a picture", "tệp là ảnh chụp hoặc ảnh quét; xin ghép các trang thành một tệp .pdf rồi tải lên"),
    ("unpack it", "tệp là tệp nén; xin giải nén rồi tải lên từng kế hoạch"),
    ("spreadsheet", "tệp là bảng tính hoặc bản trình chiếu; xin in kế hoạch thành .pdf, hoặc chép sang Word rồi lưu thành .docx"),
    ("packed web page", "tệp là trang web đóng gói hoặc văn bản dạng XML; xin mở bằng Word rồi lưu lại thành .docx"),
    ("of a format that", "tệp bị hỏng hoặc không phải là văn bản; xin mở bằng chương trình đã tạo ra nó rồi lưu lại thành .docx"),
    ("is not a format", "định dạng này không đọc được; xin lưu thành .docx hoặc .pdf"),
    ("not readable Vietnamese", "nội dung tệp không phải chữ Việt đọc được; xin mở tệp kiểm tra rồi lưu lại thành .docx"),
    ("is empty", "tệp trống"),
    ("no text", "tệp không có chữ nào; nếu là ảnh, xin quét lại thành .pdf"),
    ("larger than", "tệp quá lớn; xin bỏ bớt hình ảnh rồi lưu lại"),
    ("unpacks to more", "tệp quá lớn; xin bỏ bớt hình ảnh rồi lưu lại"),
    ("more text than a plan", "tệp dài hơn một kế hoạch; xin tách mỗi kế hoạch một tệp"),
    ("file a plan", "tệp dài hơn một kế hoạch; xin tách mỗi kế hoạch một tệp"),
    ("has the plan id", "đã có một tệp khác mang mã kế hoạch này; xin đổi tên tệp"),
    ("damaged", "tệp bị hỏng; xin mở bằng chương trình đã tạo ra nó rồi lưu lại thành .docx"),
    ("cut short", "tệp bị thiếu phần cuối; xin chép lại tệp rồi tải lên"),
)


def unreadable(name: str, reason: str) -> str:
    """A file that is no plan, by the sentence of the reader."""
    told = next((words for sign, words in _UNREADABLE if sign in reason), "xin mở tệp kiểm tra rồi lưu lại thành .docx")
    return f"Không đọc được tệp “{name}” thành kế hoạch: {told}."


def library_progress(stage: str, done: int, of: int) -> str:
    """How far a change of the plans has come."""
    said = LIBRARY_STAGES[stage]
    return f"{said} ({done}/{of})…" if of else f"{said}…"


def library_done(added: Sequence[str], changed: Sequence[str], removed: int) -> str:
    """What a change of the plans came to, by their titles."""
    parts = [f"{verb} {_titles(titles)}" for verb, titles in (("thêm", added), ("cập nhật", changed)) if titles]
    parts += [f"gỡ {removed} kế hoạch"] if removed else []
    return f"{LIBRARY_STAGES['done']}: {'; '.join(parts)}." if parts else NOTHING_CHANGED


def _titles(titles: Sequence[str]) -> str:
    return f"{len(titles)} kế hoạch" if len(titles) > _NAMED else ", ".join(f"“{title}”" for title in titles)


def too_large_file(megabytes: int) -> str:
    """An uploaded file over the limit."""
    return f"Tệp lớn quá {megabytes} MB; xin bỏ bớt hình ảnh rồi tải lại."


def plan_elsewhere(title: str) -> str:
    """A plan whose file the page may not touch."""
    return f"“{title}” được nạp từ một thư mục khác trên máy chủ nên không thay hoặc gỡ được tại đây."


def other_plan(plan: str, replaced: str) -> str:
    """A file that states the id of another plan than the one that it is to replace."""
    return f"Tệp này tự ghi mã kế hoạch “{plan}” nên không thay được kế hoạch “{replaced}”."
