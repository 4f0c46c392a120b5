"""What is said of signing in, and of what one may not see any more."""

from __future__ import annotations

NOT_SIGNED_IN = "Xin Anh/Chị đăng nhập để sử dụng; chương trình thì gửi kèm khóa truy cập còn hiệu lực."
KEY_NOT_FOR_THIS = "Khóa truy cập này không được cấp quyền cho việc đó."
PROVIDER_AWAY = "Hệ thống đăng nhập của cơ quan hiện chưa trả lời; xin Anh/Chị thử lại sau ít phút."
SIGN_IN_OVER = "Lần đăng nhập này đã quá thời gian hoặc đã dùng rồi; xin Anh/Chị mở lại trang để đăng nhập."
SIGN_IN_REFUSED = "Không xác nhận được lần đăng nhập này; xin Anh/Chị mở lại trang để đăng nhập, hoặc báo người quản trị."
SIGN_OUT = "Đăng xuất"
LEAVE = "Đăng xuất khỏi trang hỏi đáp trên trình duyệt này?"
SIGNED_OUT = "Anh/Chị đã đăng xuất."
MANAGER = "Người quản lý"
WITHHELD = "Câu trả lời này dựa vào kế hoạch mà Anh/Chị không còn quyền xem nên nội dung không được hiển thị."
WITHHELD_QUESTION = "(Câu hỏi này nêu kế hoạch mà Anh/Chị không còn quyền xem nên không được hiển thị.)"


def open_to_network(host: str) -> str:
    """A server that anybody could ask is not started unless that is meant."""
    return (
        f"Máy chủ sẽ trả lời bất kỳ ai kết nối đến {host} mà không cần đăng nhập. Hãy đặt XHHT_SIGN_IN=proxy hoặc oidc (xem docs/dang-nhap.md); "
        "nếu đúng là muốn mở cho cả mạng, đặt XHHT_OPEN_TO_NETWORK=true."
    )
