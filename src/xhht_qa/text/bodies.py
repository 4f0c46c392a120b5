"""The agencies that a text names, by the words that open their names and the words that cannot belong to one."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import CAPITAL

# The words that open an agency's name, and the words that cannot belong to one: verbs of office, prepositions, figures.
_NAME = re.compile(
    r"(?<!\w)(?:(?:UBND|Ủy ban|Uỷ ban|Sở|Phòng|Ban|Văn phòng|Thanh tra|Công an|Trung tâm|Chi cục|Cục|Bộ|Khoa|Hội|Đoàn|Mặt trận|Trạm|Viện|Kho bạc|Bệnh viện|Trường|Đài|Báo(?!\s+(?:UBND|Ủy|Uỷ|Sở|Phòng|Ban|Công|Bộ|Hội)(?!\w)))"
    rf"(?=\s+(?:{CAPITAL}|nhân dân|và Đài|các |cấp |tỉnh|huyện|xã|phường|quận|thành phố|thị xã))|Tỉnh đoàn|Thành đoàn|Huyện đoàn)(?!\w)"
)
_NAME_IN_SMALL = re.compile(
    r"(?<!\w)(?:ubnd|ủy ban nhân dân|sở|phòng(?!,? chống)|văn phòng|thanh tra|công an|trung tâm|chi cục|cục|kho bạc|bệnh viện)(?!\w)(?!\s+(?:nào|mấy|ban)(?!\w))(?=\s)"
)
_OUTSIDE = re.compile(
    r"\s*(?:[.;:()\[\]\n?!]|,(?!\s+(?:chống|[A-ZĐ]))|\d|(?<!\w)(?:chủ trì|phối hợp|tổng hợp|gửi|trình|báo|thẩm|là|có|trong|trước|theo|để|được|thực hiện|tham mưu|xây dựng|hoàn thành"
    r"|tiếp nhận|phải|chịu|làm|phê duyệt|ban hành|tổ chức(?= \d)|hướng dẫn|kiểm tra|theo dõi|nhận|của|ở|tại|khi|về|qua|cho|do|đã|sẽ|không|nêu|công bố|dự trữ|thu|cấp|bố trí|nào|bao nhiêu|mấy|gì|còn|cần|thì|nộp|lên|với)(?!\w))"
)
_PLACE_NAME = re.compile(rf"(?<!\w)(?:tỉnh|huyện|quận|thị xã|xã|phường|thị trấn)(?:\s+{CAPITAL}[^\W\d_]*)+(?=\s+[^\W\d_])")  # closes an agency's name


def names_of_bodies(text: str) -> list[str]:
    """The agencies that a text names, in order: "Phòng Văn hóa, Khoa học và Thông tin"."""
    return [text[start:end] for start, end in bodies(text)]


def bodies(text: str) -> list[tuple[int, int]]:
    """Where a text names agencies, in order; in a text without capitals by the words that open their names alone."""
    found: list[tuple[int, int]] = []
    pattern = _NAME_IN_SMALL if text.islower() else _NAME
    for match in pattern.finditer(text):
        if found and match.start() < found[-1][1]:
            continue  # the name of an agency within a longer one: "Thanh tra Sở"
        outside = _OUTSIDE.search(text, match.end())
        place = _PLACE_NAME.search(text, match.end())
        end = min(outside.start() if outside else len(text), place.end() if place else len(text))
        if (following := pattern.search(text, match.end(), end)) and text[: following.start()].rstrip().endswith(","):
            end = text[: following.start()].rstrip().rindex(",")
        found.append((match.start(), len(text[:end].rstrip())))
    return found
