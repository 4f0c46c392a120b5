"""Every Vietnamese sentence that the assistant itself says; the plans' own words are never in here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

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
CLARIFY = "Nhiều kế hoạch có nội dung này, mỗi kế hoạch quy định khác nhau:"
AGGREGATE = "Các kế hoạch có nội dung này:"
SAID_TWICE = "Kế hoạch nêu ở hai chỗ:"
CONTRADICTS = "Kế hoạch nêu không thống nhất ở hai chỗ:"
NO_SUM = "Kế hoạch nêu tổng số không khớp với các số thành phần:"
COMPARE = "Đối chiếu giữa các kế hoạch:"
TABLE_HEAD = ("Kế hoạch", "Nội dung")
SILENT = "không nêu nội dung này"

TITLE = "Hỏi đáp kế hoạch"
WELCOME = "## Xin chào!\n\nMời Anh/Chị đặt câu hỏi về các kế hoạch trong danh mục. Câu trả lời luôn kèm số mục; bấm vào số mục để đọc nguyên văn."
CATALOGUE_LISTED = 30  # plans; what is more is in the list of documents
CATALOGUE = "## Danh mục kế hoạch\n\nBấm vào một trích dẫn trong câu trả lời, hoặc chọn một kế hoạch để đọc."
PENDING = "Đang tìm trong các kế hoạch…"
UNEXPECTED = "Xin lỗi, hệ thống gặp trục trặc khi tìm câu trả lời. Anh/Chị vui lòng hỏi lại sau ít phút."
UNKEPT = "{} Câu trả lời này chưa được lưu vào lịch sử."
PRIVATE = "Trò chuyện riêng: câu hỏi và câu trả lời không được lưu, tải lại trang là mất."
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
SERVE = "Mở trang hỏi đáp kế hoạch."
SERVE_HOST = "địa chỉ lắng nghe (mặc định: XHHT_HOST hoặc 127.0.0.1)"
SERVE_PORT = "cổng lắng nghe (mặc định: XHHT_PORT hoặc 7860)"
SERVE_INDEX = "thư mục chỉ mục (mặc định: XHHT_INDEX_DIR hoặc index/)"
STOPPED = "Đã dừng."


def serving(address: str) -> str:
    """The server answers."""
    return f"Trang hỏi đáp đã sẵn sàng tại {address} (nhấn Ctrl+C để dừng)."


def port_in_use(place: str) -> str:
    """Another program has the port."""
    return f"Cổng {place} đang có chương trình khác dùng; hãy chọn cổng khác: đặt XHHT_PORT (như XHHT_PORT=8000 make run), hoặc --port khi chạy app.py."


def cannot_listen(place: str, reason: str) -> str:
    """The system does not let the server listen there."""
    return f"Không lắng nghe được tại {place} ({reason}); hãy xem lại XHHT_HOST và XHHT_PORT, hoặc --host và --port khi chạy app.py."


NOT_JSON = "Nội dung gửi lên phải là JSON, kèm tiêu đề Content-Type: application/json."
OTHER_ORIGIN = "Yêu cầu này đến từ một trang khác nên không được thực hiện."
TOO_LARGE = "Nội dung gửi lên quá dài."


def bad_field(name: str) -> str:
    """A request in which one field is missing or cannot be used."""
    return f"Trường “{name}” còn thiếu hoặc không đúng quy định." if name else "Nội dung gửi lên không đúng quy định."


UNKNOWN_CONVERSATION = "Không có hội thoại này, hoặc hội thoại đã được xóa."
CONVERSATIONS_UNAVAILABLE = "Hiện chưa mở hoặc lưu được lịch sử hội thoại; xin Anh/Chị thử lại sau ít phút."
CONVERSATION_FULL = "Hội thoại này đã quá dài; xin Anh/Chị mở hội thoại mới để hỏi tiếp."
ANSWER_TOO_LARGE = "Câu trả lời quá dài nên không lưu được vào lịch sử."
EMPTY_TITLE = "Xin Anh/Chị nhập tên hội thoại."
UNTITLED = "Hội thoại mới"

UNANSWERED = "Câu hỏi này chưa được trả lời."
CITATIONS = "Trích dẫn"
UNDERSTOOD = "Hiểu là:"
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
_UNREADABLE: tuple[tuple[str, str], ...] = (  # words of the reader's English sentence → what to tell and to do
    ("password", "tệp được bảo vệ bằng mật khẩu; xin bỏ mật khẩu, lưu lại rồi tải lên"),
    ("which is not on this machine", "máy chủ thiếu chương trình để đọc định dạng này; xin lưu tệp thành .docx rồi tải lên"),
    ("took too long", "đọc tệp mất quá nhiều thời gian; xin tách thành tệp ngắn hơn hoặc lưu thành .docx"),
    ("too much memory", "đọc tệp cần quá nhiều bộ nhớ; xin tách thành tệp ngắn hơn hoặc lưu thành .docx"),
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

_WARNINGS: tuple[tuple[str, str], ...] = (  # a reader's English sentence → ours; the pages or lines that it names stay
    (r"(.+): the number (.+) is printed (\d+) times at one level", r"{1}: số “{2}” được in {3} lần ở cùng một cấp"),
    (r"(.+): the number (.+) does not follow on", r"{1}: số “{2}” không nối tiếp số đứng trước"),
    (r"page (\d+): .*“(.+)” was taken for “(.+?)”.*", r"trang {1}: “{2}” được hiểu là “{3}”; xin đối chiếu với trang này"),
    (r"page (\d+): “(.+)” was hard to make out.*", r"trang {1}: “{2}” khó đọc; xin đối chiếu với trang này"),
    (r"(\d+) more lines were hard to make out", r"{1} dòng khác khó đọc"),
    (r"(?:each of pages|page) (.+) is damaged and left out.*", r"trang {1} bị hỏng nên đã bỏ qua"),
    (r"(?:each of pages|page) (.+) is a picture and left out.*", r"trang {1} là ảnh nên đã bỏ qua"),
    (r"(?:each of pages|page) (.+) is garbled.*", r"trang {1} bị lỗi phông chữ"),
    (r"(?:each of pages|page) (.+) is a picture, so the text.*", r"trang {1} là ảnh; đã lấy phần chữ do máy quét kèm theo"),
    (r"(?:each of pages|page) (.+) is partly hidden.*", r"trang {1} có chữ ẩn; phần chữ ẩn đã bỏ qua"),
    (r"(?:each of pages|page) (.+) is a picture and was read by OCR.*", r"trang {1} được nhận dạng từ ảnh; xin đối chiếu số và ngày"),
    (r"(?:each of pages|page) (.+) is hard to make out.*", r"trang {1} khó đọc; xin quét lại từ 200 điểm mỗi inch trở lên"),
    (r"only (\d+%) of the words.*", r"chỉ {1} số chữ là tiếng Việt; xin đối chiếu nội dung với tệp"),
    (r"the file is named (\S+) but its content is (\S+);.*", r"tệp có đuôi {1} nhưng nội dung là {2}; đã đọc theo nội dung"),
    (r"the file holds tracked changes.*", r"tệp còn dấu sửa đổi; đã đọc như khi chấp nhận mọi sửa đổi"),
    (r"hidden (?:or white )?text .*left out.*", r"chữ ẩn đã bỏ qua"),
    (r"footnotes and endnotes were left out", r"chú thích cuối trang đã bỏ qua"),
    (r"the table of contents was left out", r"mục lục đã bỏ qua"),
    (r"a document that is embedded.*", r"văn bản nhúng trong tệp đã bỏ qua"),
)


def reading_warning(told: str) -> str:
    """What to check in a plan, by the warning of its reader; one that is not known stays as it is, behind a word of ours."""
    for pattern, ours in _WARNINGS:
        match = re.fullmatch(pattern, told)
        if match:
            said = ours.format(None, *match.groups())
            return f"{said[:1].upper()}{said[1:]}."
    return f"Xin đối chiếu với bản gốc: {told}."


def unreadable(name: str, reason: str) -> str:
    """A file that is no plan, by the sentence of the reader."""
    told = next((words for sign, words in _UNREADABLE if sign in reason), "xin mở tệp kiểm tra rồi lưu lại thành .docx")
    return f"Không đọc được tệp “{name}” thành kế hoạch: {told}."


def too_large_file(megabytes: int) -> str:
    """An uploaded file over the limit."""
    return f"Tệp lớn quá {megabytes} MB; xin bỏ bớt hình ảnh rồi tải lại."


def plan_elsewhere(title: str) -> str:
    """A plan whose file the page may not touch."""
    return f"“{title}” được nạp từ một thư mục khác trên máy chủ nên không thay hoặc gỡ được tại đây."


def other_plan(plan: str, replaced: str) -> str:
    """A file that states the id of another plan than the one that it is to replace."""
    return f"Tệp này tự ghi mã kế hoạch “{plan}” nên không thay được kế hoạch “{replaced}”."


def too_many_conversations(limit: int) -> str:
    """A user keeps as many conversations as one may."""
    return f"Anh/Chị đã lưu {limit} hội thoại, là số nhiều nhất có thể lưu; xin xóa bớt hội thoại cũ rồi hỏi tiếp."


def no_such_page(number: int) -> str:
    """A page of an original that it does not have, or that cannot be drawn."""
    return f"Bản gốc không có ảnh của trang {number}."


def no_such_edition(plan: str) -> str:
    """An earlier edition of a plan that is not kept."""
    return f"Bản này của kế hoạch “{plan}” không còn được lưu."


def title_too_long(limit: int) -> str:
    """A name over the limit."""
    return f"Tên hội thoại dài quá {limit} ký tự; xin Anh/Chị đặt tên ngắn hơn."


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


def counted(items: int) -> str:
    """How many items a list has."""
    return f"Có {items} mục được liệt kê:"


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


def signed_by(plan: str, signer: str, role: str, manner: str, printed: str) -> str:
    """Who signed, in which office and for whom, with the signature block as printed."""
    who = f"{role} {signer}".strip()
    how = f" {manner}" if manner else ""
    return f"{plan} do {who} ký{how}{f' (bản in ghi: {printed})' if printed else ''}."


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

TODAY = "hôm nay"
SAME_PLAN_TWICE = "Hai kế hoạch đã chọn là một; xin Anh/Chị chọn hai kế hoạch khác nhau để so sánh."


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


def waiting(position: int) -> str:
    """Told while a question waits; 1 is the next one to be answered."""
    return f"Đang có nhiều người cùng hỏi; Anh/Chị đang ở vị trí thứ {position} trong hàng chờ…"


def too_busy(seconds: int) -> str:
    """The queue is full."""
    return f"Hiện có quá nhiều câu hỏi đang chờ trả lời; xin Anh/Chị hỏi lại sau {seconds} giây."


def too_many(seconds: int) -> str:
    """One asker is over the rate."""
    return f"Anh/Chị đã hỏi quá nhiều câu trong một phút; xin hỏi tiếp sau {seconds} giây."
