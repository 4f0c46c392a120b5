"""What programs are told of the API, and why it refuses."""

from __future__ import annotations

NO_PAGE = "Địa chỉ này không có trang nào."
NO_METHOD = "Địa chỉ này không nhận cách gọi như vậy."
API_TITLE = "Hỏi đáp kế hoạch"
API_DESCRIPTION = 'Câu trả lời luôn dẫn số mục và nguyên văn. Mọi từ chối là `{"detail": một câu tiếng Việt}`; dưới `/v1` theo khuôn của OpenAI.'
API_SUMMARIES: dict[str, str] = {
    "health": "Máy chủ đang chạy",
    "readiness": "Máy chủ trả lời được ngay: chỉ mục, bộ mã hóa, nơi lưu hội thoại",
    "version": "Phiên bản chương trình",
    "plans": "Danh mục kế hoạch",
    "plan": "Một kế hoạch: điều văn bản tự nêu và tình trạng đọc tệp",
    "outline": "Dàn mục của kế hoạch theo thứ tự văn bản",
    "section": "Nguyên văn một mục",
    "facts": "Thông tin mà các kế hoạch nêu: thời hạn, đầu mối, trách nhiệm, tiêu chí …",
    "deadlines": "Lịch thời hạn để đăng ký trong Outlook hoặc điện thoại",
    "judge": "Góp ý về một câu trả lời",
    "listed_conversations": "Các hội thoại của mình, mới nhất trước",
    "create_conversation": "Mở hội thoại mới",
    "read_conversation": "Một hội thoại với mọi câu hỏi và câu trả lời",
    "rename_conversation": "Đổi tên hội thoại",
    "delete_conversation": "Xóa hội thoại",
    "ask_in_conversation": "Hỏi trong hội thoại; câu hỏi và câu trả lời được lưu",
    "export_markdown": "Hội thoại thành tệp markdown",
    "export_word": "Hội thoại thành tệp Word",
    "ask": "Hỏi một câu; không lưu lại gì",
    "ask_stream": "Hỏi một câu, trả lời dần theo sự kiện (server-sent events)",
    "list_models": "Các mô hình theo khuôn của OpenAI",
    "retrieve_model": "Một mô hình",
    "complete_chat": "Hỏi theo khuôn chat completions của OpenAI",
    "search": "Tìm các mục gần câu hỏi nhất",
    "sign_in_manager": "Đăng nhập quản lý kế hoạch",
    "sign_out_manager": "Thôi quản lý kế hoạch",
    "library_state": "Các kế hoạch, tệp chờ công bố và việc đang làm",
    "propose": "Tải lên một tệp kế hoạch",
    "propose_again": "Đề nghị lại một tệp chờ công bố, thay cho kế hoạch khác",
    "preview": "Tệp chờ công bố: cách đọc và dàn mục",
    "discard": "Bỏ một tệp chờ công bố",
    "publish": "Công bố một tệp",
    "remove": "Gỡ một kế hoạch",
    "read_again": "Đọc lại thư mục kế hoạch",
    "job": "Việc cập nhật đang làm hoặc lần gần nhất",
}
MCP_INSTRUCTIONS = (
    "Trả lời câu hỏi về các kế hoạch của cơ quan hành chính, mỗi ý có số mục và nguyên văn. Chỉ dùng điều mà công cụ trả về và luôn dẫn số mục; "
    "khi trạng thái là not_found thì nói rõ là kế hoạch không nêu."
)
MCP_ASK = "Hỏi một câu; câu trả lời kèm trích dẫn số mục và nguyên văn."
MCP_SEARCH = "Tìm các mục gần câu hỏi nhất, kèm nguyên văn từng mục."
MCP_SECTION = "Đọc nguyên văn một mục theo số mục."
MCP_DEADLINES = "Liệt kê các thời hạn mà kế hoạch nêu: ai, việc gì, nộp cho ai, khi nào, ở mục nào."
MCP_QUESTION = "Câu hỏi bằng tiếng Việt, có dấu hoặc không dấu"
MCP_HISTORY = "Các tin nhắn trước đó, cũ nhất trước"
MCP_PLANS = "Mã các kế hoạch cần hỏi; bỏ trống là mọi kế hoạch"
MCP_PLAN = "Mã kế hoạch"
MCP_ADDRESS = "Số mục, như III.5.3.a"
NO_USER_MESSAGE = "Xin gửi ít nhất một tin nhắn của người dùng."
API_QUESTION = "UBND các xã gửi báo cáo năm trước ngày nào?"
API_KIND = "Chỉ những loại thông tin này; bỏ trống là mọi loại"
API_PLAN = "Chỉ những kế hoạch mang mã này; bỏ trống là mọi kế hoạch"
API_ACTOR = "Vài chữ trong tên cơ quan, có dấu hay không dấu, hoặc tên viết tắt"
API_FROM = "Đến hạn từ ngày này trở đi: 15/6/2025, 6/2025, 2025 hoặc 2025-06-15"
API_TO = "Đến hạn muộn nhất vào ngày này, cách viết như trên"
FROM_AFTER_TO = "Ngày bắt đầu sau ngày kết thúc; xin đổi lại hai ngày."
REFUSED_BECAUSE: dict[int, str] = {
    400: "Yêu cầu không đúng quy định",
    401: "Chưa đăng nhập, hoặc khóa không còn dùng được",
    403: "Không được phép",
    404: "Không có, hoặc không được xem",
    405: "Địa chỉ không nhận cách gọi này",
    409: "Trái với tình trạng hiện tại",
    411: "Thiếu độ dài nội dung",
    413: "Nội dung quá dài",
    415: "Nội dung không phải JSON",
    422: "Nội dung không đúng quy định",
    429: "Hỏi quá nhanh; tiêu đề Retry-After cho biết số giây cần chờ",
    500: "Máy chủ gặp trục trặc",
    503: "Máy chủ đang bận hoặc chưa sẵn sàng; tiêu đề Retry-After cho biết số giây cần chờ",
}


def no_plan(plan: str) -> str:
    """A plan that is not in the list, or not for the asker to see."""
    return f"Danh mục không có kế hoạch “{plan}”."


def no_section(plan: str, section: str) -> str:
    """An address that the plan does not have."""
    return f"Kế hoạch “{plan}” không có mục “{section}”."


def no_model(name: str) -> str:
    """A model that cannot be asked."""
    return f"Không có mô hình “{name}”; xin gọi “xhht-qa”, hoặc “xhht-qa:mã-kế-hoạch” để hỏi riêng một kế hoạch."


def no_such_day(name: str) -> str:
    """A day that is none."""
    return f"Trường “{name}” không phải là ngày; xin viết 15/6/2025, 6/2025, 2025 hoặc 2025-06-15."
