"""As many small plans as a test asks for, each of a place of its own, with deadlines, reports and criteria."""

from __future__ import annotations

from pathlib import Path

_FIRST = ("An", "Bình", "Cẩm", "Đông", "Hòa", "Kim", "Long", "Minh", "Ngọc", "Phú", "Quế", "Tân", "Thanh", "Vân", "Xuân", "Yên", "Lộc", "Mỹ")
_SECOND = ("Ba", "Chử", "Đàn", "Gò", "Hà", "Khúc", "Lĩnh", "Mạ", "Nậm", "Ổi", "Pha", "Rạch", "Sào", "Trạm", "Ươm", "Vịnh", "Xoài", "Ý")
_TEXT = """ỦY BAN NHÂN DÂN
XÃ {upper}
Số: {number}/KH-UBND
{place}, ngày 10 tháng 01 năm {year}
KẾ HOẠCH
Thu gom rác thải tại nguồn trên địa bàn xã {place} năm {year}
I. MỤC TIÊU
1. Phấn đấu {share}% hộ gia đình phân loại rác trước ngày {day}/6/{year}.
II. TIÊU CHÍ
1. Tiêu chí đối với thôn: có điểm tập kết rác hợp vệ sinh.
III. TỔ CHỨC THỰC HIỆN
1. Công chức địa chính lập danh sách hộ tham gia trước ngày {day}/3/{year}.
2. Trưởng các thôn gửi báo cáo tháng về Ủy ban nhân dân xã trước ngày 20 hằng tháng.
3. Ủy ban nhân dân xã gửi báo cáo năm về Phòng Tài nguyên trước ngày 05/12/{year}.
4. Hội Phụ nữ xã tổ chức ngày ra quân vào tháng 4/{year}.
5. Đoàn Thanh niên xã kiểm tra các điểm tập kết trước ngày {day}/9/{year}.
CHỦ TỊCH
Lê Văn {place}
"""


def written(folder: Path, count: int) -> Path:
    """The folder with ``count`` plans of 2025 and 2026 in it."""
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        place = f"{_FIRST[number % len(_FIRST)]} {_SECOND[number // len(_FIRST) % len(_SECOND)]}"
        text = _TEXT.format(upper=place.upper(), place=place, number=number, year=2025 + number % 2, share=50 + number % 50, day=f"{1 + number % 28:02}")
        (folder / f"xa-{number:03}.txt").write_text(text, encoding="utf-8")
    return folder
