"""Answers, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence

_LISTED = 30  # titles; what is more is in the list of plans
GREETING = "Xin chào Anh/Chị. Tôi trả lời câu hỏi về các kế hoạch đã được nạp và dẫn số mục của từng ý."
THANKS = "Rất vui được hỗ trợ Anh/Chị."
FAREWELL = "Xin chào Anh/Chị, hẹn gặp lại."
EMPTY_QUESTION = "Xin Anh/Chị nhập câu hỏi."
NO_LETTERS = "Câu hỏi chưa có chữ nào để tra cứu; xin Anh/Chị nhập lại."
NOT_FOUND = "Các kế hoạch đã nạp không nêu thông tin này."
NEAREST = "Nội dung gần nhất:"
CORRECT = "Đúng."
INCORRECT = "Không đúng, kế hoạch nêu như sau:"
NO_SUCH_LINE = "Kế hoạch không nêu đầu mối báo cáo này; các đầu mối chung mà kế hoạch nêu:"  # neither for the body that was asked about
CLARIFY = "Nhiều kế hoạch có nội dung này, mỗi kế hoạch quy định khác nhau:"
AGGREGATE = "Các kế hoạch có nội dung này:"
SAID_TWICE = "Kế hoạch nêu ở hai chỗ:"
CONTRADICTS = "Kế hoạch nêu không thống nhất ở hai chỗ:"
NO_SUM = "Kế hoạch nêu tổng số không khớp với các số thành phần:"
COMPARE = "Đối chiếu giữa các kế hoạch:"
TABLE_HEAD = ("Kế hoạch", "Nội dung")
PARTS = "các phần của kế hoạch:"  # behind the name of a plan
SIDE_BY_SIDE = "Xin Anh/Chị nêu nội dung cần so sánh (thời hạn, kinh phí, tiêu chí …) hoặc xem từng mục ở trang So sánh (/so-sanh)."
SILENT = "không nêu nội dung này"
NARROWER = "Phạm vi hỏi có rất nhiều kế hoạch, trên đây là những kế hoạch có nội dung sát câu hỏi nhất; xin Anh/Chị thu hẹp phạm vi để xem các kế hoạch khác."


def place(first_line: int, last_line: int, page: int | None) -> str:
    """Where a quotation stands in its file: its page where the file has pages."""
    if page is not None:
        return f"trang {page}"
    return f"dòng {first_line}" if first_line == last_line else f"dòng {first_line}–{last_line}"


def too_long(limit: int) -> str:
    """A question over the limit."""
    return f"Câu hỏi dài quá {limit} ký tự; xin Anh/Chị hỏi ngắn gọn hơn."


def unknown_plan(plan: str) -> str:
    """A filter that names a plan which is not there."""
    return f"Không có kế hoạch nào mang mã “{plan}” trong danh mục; xin Anh/Chị chọn lại kế hoạch."


def due_in(when: str) -> str:
    """Above the deadlines of a month or a quarter."""
    return f"Các việc có thời hạn {when[0].lower()}{when[1:]}:"


def more_due(count: int) -> str:
    """Behind those deadlines where they are too many to list."""
    return f"… và {count} việc khác; xin Anh/Chị xem tất cả ở trang Thời hạn (/thoi-han)."


DUTIES = "Kế hoạch giao các việc sau:"  # above what a body has to do here and there in a plan
MORE_DUTIES = "Kế hoạch còn giao thêm việc khác; xin Anh/Chị hỏi về từng lĩnh vực."  # behind them where they are too many to list

REPORTING_LINES = "Kế hoạch nêu các đầu mối báo cáo sau:"


def reports_to(actor: str, recipient: str, dues: Sequence[str]) -> str:
    """One line of who reports to whom."""
    when = f" ({'; '.join(dues)})" if dues else ""
    return f"{actor[0].upper()}{actor[1:]} → {recipient}{when}."


def parts_of(plan: str, count: int) -> str:
    """Above the parts of a plan that is to be summed up."""
    return f"{plan} gồm {count} phần sau:"


def counted(items: int, of: str = "mục") -> str:
    """How many items a list has."""
    return f"Có {items} {of} được liệt kê:"


def counted_in(plan: str, items: int) -> str:
    """Before the list of one of several plans."""
    return f"{plan} ({items} mục)"


def more_plans(count: int) -> str:
    """Behind the plans that are listed."""
    return f"… và {count} kế hoạch khác; xin Anh/Chị xem danh mục."


def plan_list(titles: Sequence[str]) -> str:
    """What is indexed."""
    more = len(titles) - _LISTED
    rest = [more_plans(more)] if more > 0 else []
    return "\n".join([f"Hiện có {len(titles)} kế hoạch:", *(f"- {title}" for title in titles[:_LISTED]), *rest])


def not_found_in(plans: Sequence[str]) -> str:
    """Nothing in the plans that were asked about."""
    return f"{'; '.join(plans)} không nêu thông tin này."


def blank(plan: str, number: bool) -> str:
    """A number or a day that the print leaves blank."""
    return f"{plan}: văn bản để trống {'số hiệu' if number else 'ngày ban hành'}, nên không có thông tin này."


def no_such_section(plans: Sequence[str], named: str) -> str:
    """A section number that the plans do not print."""
    return f"{'; '.join(plans) if plans else 'Các kế hoạch đã nạp'} không có mục “{named}”."


def no_such_plan(name: str) -> str:
    """A plan of a place or an agency that is not indexed."""
    return f"Trong danh mục không có kế hoạch của {name}."


def reading(question: str, plan: str) -> str:
    """A question asked again about one plan, for the user to pick."""
    return f"{question.rstrip(' ?')} ({plan})?"


def silent(plan: str) -> str:
    """A plan that says nothing of what is compared."""
    return f"{plan}: {SILENT}."


def signed_by(plan: str, signatures: Sequence[str]) -> str:
    """Who signed, each in the words of ``signature``."""
    return f"{plan} do {'; '.join(signatures)}."


def signature(signer: str, role: str, manner: str, printed: str) -> str:
    """Who signed in which office and for whom, with the signature block as printed."""
    who = f"{role} {signer}".strip()
    how = f" {manner}" if manner else ""
    return f"{who} ký{how}{f' (bản in ghi: {printed})' if printed else ''}"


def signed_for(abbreviation: str, office: str) -> str:
    """What KT., TL. and TUQ. mean before an office."""
    return {"KT": f"thay {office}", "TL": f"thừa lệnh {office}", "TUQ": f"thừa ủy quyền {office}"}.get(abbreviation, "")


def signed_without_name(plan: str, capacity: str) -> str:
    """A signature block without a name."""
    return f"{plan} chỉ ghi chức danh ký {capacity}, không ghi tên người ký." if capacity else f"{plan} không ghi người ký."


def received_by(plan: str, recipients: Sequence[str]) -> str:
    """Where a plan is sent."""
    return f"Nơi nhận của {plan}: {'; '.join(recipients)}."


def numbered(plan: str, number: str, date: str) -> str:
    """Number and date of a plan, blanks reported as blank."""
    issued = f"{plan}: số hiệu {number}" if number[:1].isdigit() else f"{plan}: văn bản để trống số hiệu" + (f" (chỉ in “{number}”)" if number else "")
    return f"{issued}; " + (
        f"ban hành ngày {date}."
        if date.count("/") == 2 and not date.startswith("/")
        else f"ngày ban hành để trống{f' (chỉ in “{date.lstrip(chr(47))}”)' if date else ''}."
    )
