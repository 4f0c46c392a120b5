"""The chat page: its frame, the state of an answer, and verdicts on it."""

from __future__ import annotations

from collections.abc import Sequence

from xhht_qa.messages.script import SCRIPT as _SCRIPT
from xhht_qa.types import Answer

TITLE = "Hỏi đáp kế hoạch"
WELCOME = "## Xin chào!\n\nMời Anh/Chị đặt câu hỏi về các kế hoạch trong danh mục. Câu trả lời luôn kèm số mục; bấm vào số mục để đọc nguyên văn."
CATALOGUE_LISTED = 30  # plans; what is more is in the list of documents
CATALOGUE = "## Danh mục kế hoạch\n\nBấm vào một trích dẫn trong câu trả lời, hoặc chọn một kế hoạch để đọc."
PENDING = "Đang tìm trong các kế hoạch…"
UNEXPECTED = "Xin lỗi, hệ thống gặp trục trặc khi tìm câu trả lời. Anh/Chị vui lòng hỏi lại sau ít phút."
UNKEPT = "{} Câu trả lời này chưa được lưu vào lịch sử."
PRIVATE = "Trò chuyện riêng: câu hỏi và câu trả lời không được lưu, tải lại trang là mất."
NOT_KEPT_HERE = "Hội thoại ở đây không được lưu; tải lại trang là mất."
EDITING = "Đang sửa câu hỏi cuối; câu trả lời cũ sẽ được thay."
NEAREST_SECTIONS = "Mục gần nhất"
SOURCES = "Nguồn"
STATUS_WORDS: dict[str, str] = {
    "corrected": "Câu hỏi có điểm khác với kế hoạch",
    "clarify": "Cần nói rõ là kế hoạch nào",
    "not_found": "Kế hoạch không nêu nội dung này",
    "failed": "Chưa trả lời được",
}
JUDGED = "Cảm ơn Anh/Chị đã đánh giá."
JUDGED_WITHDRAWN = "Đã bỏ đánh giá."
REPORTED = "Cảm ơn Anh/Chị, góp ý đã được ghi lại để bộ phận phụ trách xem xét."
NOT_REPORTED = "Chưa ghi được góp ý; xin Anh/Chị thử lại sau ít phút."
REPORT_TITLE = "Câu trả lời cho “{}” chưa đúng ở điểm nào?"
REPORT_COMMENT = "Anh/Chị thấy sai ở đâu (không bắt buộc)"
REPORT_CORRECTED = "Câu trả lời đúng theo Anh/Chị (không bắt buộc)"
REPORT_SEND = "Gửi góp ý"
REPORT_CLOSE = "Đóng"
REPORT_REASONS: dict[str, str] = {
    "wrong_content": "Sai nội dung",
    "wrong_citation": "Sai trích dẫn",
    "incomplete": "Thiếu ý",
    "not_found": "Không tìm thấy",
    "other": "Khác",
}
UNDERSTOOD = "Hiểu là:"
THREAD = "Hội thoại"
QUESTION = "Câu hỏi"
QUESTION_HINT = "Nhập câu hỏi…"
PRIVATE_BUTTON = "Trò chuyện riêng"
KEEP_BUTTON = "Thôi sửa"
SEND_BUTTON = "Gửi"
STOP_BUTTON = "Dừng"
NO_CHOSEN_PLAN_LEFT = "Các kế hoạch đã chọn không còn trong danh mục nên câu hỏi chưa được trả lời; xin Anh/Chị bỏ chọn hoặc chọn kế hoạch khác rồi hỏi lại."


def understood(answer: Answer) -> str:
    """Before a follow-up as it was read."""
    return _SCRIPT["read_by_a_model"] if answer.checked and answer.checked.reading else UNDERSTOOD


def spoken(answer: Answer) -> str:
    """Under an answer, whose words it says; "" where no language model was to be asked for any."""
    if answer.checked is None or answer.status != "answered":
        return ""
    return _SCRIPT["rephrased"].format(sentences=answer.checked.sentences) if answer.mode == "llm" else _SCRIPT["not_rephrased"]


def waiting(position: int) -> str:
    """Told while a question waits; 1 is the next one to be answered."""
    return f"Đang có nhiều người cùng hỏi; Anh/Chị đang ở vị trí thứ {position} trong hàng chờ…"


def too_busy(seconds: int) -> str:
    """The queue is full."""
    return f"Hiện có quá nhiều câu hỏi đang chờ trả lời; xin Anh/Chị hỏi lại sau {seconds} giây."


def too_many(seconds: int) -> str:
    """One asker is over the rate."""
    return f"Anh/Chị đã hỏi quá nhiều câu trong một phút; xin hỏi tiếp sau {seconds} giây."


def section(address: str) -> str:
    """How a link in an answer names a section that has a number."""
    return f"Mục {address}"


def chosen_plans_gone(titles: Sequence[str]) -> str:
    """Chosen plans that are no longer there, under an answer from those that are."""
    return f"Không còn trong danh mục: {', '.join(f'“{title}”' for title in titles)}; câu trả lời này chỉ dựa vào các kế hoạch đã chọn còn lại."
