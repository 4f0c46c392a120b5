"""Starting the server, and requests that it cannot take."""

from __future__ import annotations

SERVE = "Mở trang hỏi đáp kế hoạch."
SERVE_HOST = "địa chỉ lắng nghe (mặc định: XHHT_HOST hoặc 127.0.0.1)"
SERVE_PORT = "cổng lắng nghe (mặc định: XHHT_PORT hoặc 7860)"
SERVE_INDEX = "thư mục chỉ mục (mặc định: XHHT_INDEX_DIR hoặc index/)"
STOPPED = "Đã dừng."
METRICS_CLOSED = "Số liệu vận hành chỉ dành cho quản trị viên và các máy được kê khai trong XHHT_METRICS_ADDRESSES."
RESTORE_UNDER_WAY = "Dữ liệu đang được khôi phục từ bản sao lưu; hãy chờ xong rồi mở lại trang hỏi đáp."
NOT_JSON = "Nội dung gửi lên phải là JSON, kèm tiêu đề Content-Type: application/json."
OTHER_HOST = "Máy chủ không nhận tên miền này. Xin Anh/Chị báo người quản trị thêm tên miền vào XHHT_HOSTS."
OTHER_ORIGIN = "Yêu cầu này đến từ một trang khác nên không được thực hiện."
TOO_LARGE = "Nội dung gửi lên quá dài."


def serving(address: str) -> str:
    """The server answers."""
    return f"Trang hỏi đáp đã sẵn sàng tại {address} (nhấn Ctrl+C để dừng)."


def port_in_use(place: str) -> str:
    """Another program has the port."""
    return f"Cổng {place} đang có chương trình khác dùng; hãy chọn cổng khác: đặt XHHT_PORT (như XHHT_PORT=8000 make run), hoặc --port khi chạy app.py."


def cannot_listen(place: str, reason: str) -> str:
    """The system does not let the server listen there."""
    return f"Không lắng nghe được tại {place} ({reason}); hãy xem lại XHHT_HOST và XHHT_PORT, hoặc --host và --port khi chạy app.py."


def bad_field(name: str) -> str:
    """A request in which one field is missing or cannot be used."""
    return f"Trường “{name}” còn thiếu hoặc không đúng quy định." if name else "Nội dung gửi lên không đúng quy định."


def no_such_page(number: int) -> str:
    """A page of an original that it does not have, or that cannot be drawn."""
    return f"Bản gốc không có ảnh của trang {number}."


def no_original(title: str) -> str:
    """A plan whose file is gone."""
    return f"Tệp gốc của “{title}” không còn được lưu."


def too_many_requests(seconds: int) -> str:
    """One address is over the rate."""
    return f"Có quá nhiều yêu cầu từ máy này trong một phút; xin thử lại sau {seconds} giây."
