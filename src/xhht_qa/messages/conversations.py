"""Conversations that are kept, exported and quoted from."""

from __future__ import annotations

from datetime import datetime

UNKNOWN_CONVERSATION = "Không có hội thoại này, hoặc hội thoại đã được xóa."
CONVERSATIONS_UNAVAILABLE = "Hiện chưa mở hoặc lưu được lịch sử hội thoại; xin Anh/Chị thử lại sau ít phút."
CONVERSATION_FULL = "Hội thoại này đã quá dài; xin Anh/Chị mở hội thoại mới để hỏi tiếp."
ANSWER_TOO_LARGE = "Câu trả lời quá dài nên không lưu được vào lịch sử."
EMPTY_TITLE = "Xin Anh/Chị nhập tên hội thoại."
UNTITLED = "Hội thoại mới"
UNANSWERED = "Câu hỏi này chưa được trả lời."
CITATIONS = "Trích dẫn"
CHECK_ORIGINAL = "Nội dung trên được trích từ các văn bản đã nạp vào hệ thống hỏi đáp kế hoạch; xin đối chiếu với bản gốc trước khi sử dụng."


def exported(moment: datetime, questions: int) -> str:
    """The line under the title of a conversation as a document."""
    return f"Hội thoại gồm {questions} câu hỏi, xuất lúc {moment.hour} giờ {moment.minute:02} phút ngày {moment.day:02}/{moment.month:02}/{moment.year}."


def question_heading(number: int, question: str) -> str:
    """The heading of a question in a conversation as a document."""
    return f"Câu hỏi {number}. {question}"


def dated(date: str) -> str:
    """ "25/4/2024" with its noun: "ngày 25/4/2024", "tháng 4/2024" or "năm 2024" where the print leaves blanks."""
    known = date.strip("/")
    return f"{('năm', 'tháng', 'ngày')[known.count('/')]} {known}" if known else ""


def quotation(label: str, title: str, number: str, date: str, page: int | None, quote: str) -> str:
    """A citation as a document prints it: "Điểm a khoản 5.3 mục 5 phần III Kế hoạch số 45/KH-UBND ngày 20/1/2025 của …: “…”"."""
    return f"{label[:1].upper()}{label[1:]} {_in_full(title, number, date)}{f' (trang {page})' if page is not None else ''}: “{quote}”"


def according_to(label: str, title: str, number: str, date: str) -> str:
    """How a sentence of a document names its ground: "theo điểm a khoản 5.3 mục 5 phần III Kế hoạch số 45/KH-UBND ngày 20/1/2025 của …"."""
    return f"theo {label} {_in_full(title, number, date)}"


def _in_full(title: str, number: str, date: str) -> str:
    """A plan's title with the day on which it was issued, behind its number if it names it."""
    when = dated(date)
    return title.replace(number, f"{number} {when}", 1) if when and number and number in title else f"{title} {when}".strip()


def too_many_conversations(limit: int) -> str:
    """A user keeps as many conversations as one may."""
    return f"Anh/Chị đã lưu {limit} hội thoại, là số nhiều nhất có thể lưu; xin xóa bớt hội thoại cũ rồi hỏi tiếp."


def no_such_edition(plan: str) -> str:
    """An earlier edition of a plan that is not kept."""
    return f"Bản này của kế hoạch “{plan}” không còn được lưu."


def title_too_long(limit: int) -> str:
    """A name over the limit."""
    return f"Tên hội thoại dài quá {limit} ký tự; xin Anh/Chị đặt tên ngắn hơn."
