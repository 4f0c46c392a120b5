"""Who acts: where the name of a body begins and ends in a sentence of administrative Vietnamese.

Nothing here knows a name: a body is a noun that can act ("Sở …", "các cơ quan …", "chủ …") and runs until a verb of office language, a
preposition or a figure. Where that does not come out even, there is no body; a missing one is better than a wrong one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xhht_qa.text.normalise import CAPITAL, is_upper

_LEVELS = r"(?:cấp\s+)?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thôn|bản|ấp|khóm|khu phố|tổ dân phố)"
# Verbs that a body's duties begin with, and the small words before them. Those of one syllable that are nouns too are left out.
_VERBS = (
    "chủ trì|chủ động|phối hợp|tham mưu|theo dõi|đôn đốc|kiểm tra|giám sát|gửi|nộp|báo cáo|báo(?= (?:cho|tình hình|kết quả|ngay) )|họp|tăng|xong(?= (?:trước|trong|vào))|(?<!công )(?<!chương )(?<!quy )trình|phản ánh|kiến nghị|cung cấp|thông báo|đăng ký|tổng hợp"
    "|xây dựng|ban hành|tổ chức|triển khai|thực hiện|hoàn thành|hoàn thiện|rà soát|lập|phê duyệt|duyệt|thẩm định|thẩm xét|thẩm tra|hướng dẫn|chịu trách nhiệm|có trách nhiệm"
    "|chỉ đạo|đưa|cập nhật|huy động|dự trữ|chuẩn bị|bố trí|thành lập|công khai|công bố|công nhận|cấp(?! (?:xã|huyện|tỉnh|cơ sở|phường|thành phố|quận|trên|dưới|ủy|uỷ|mình"
    "|nhà nước|trung ương|quốc gia|bộ|ngành|có thẩm quyền|tiểu học|học))|mở|vận động|giải ngân|liên thông|lấy|xác minh|xác nhận|khai báo|tiếp nhận|xử lý|khởi công|trực ban|tiến hành"
    "|căn cứ|nhập|tuyên truyền|phổ biến|vận hành|duy trì|cử|giao(?! dịch| thông| ban| lưu)|phân công|đề nghị|đề xuất|yêu cầu|quyết định|quy định|quán triệt|nghiên cứu|tăng cường|đẩy mạnh|nâng cao"
    "|phát huy|định hướng|tiếp tục|tích cực|kịp thời|(?<![Gg]iáo dục )thường xuyên|khuyến khích|hỗ trợ|tạo điều kiện|bảo đảm|đảm bảo|quản lý(?! nhà nước)|khai thác|sử dụng|số hóa|số hoá|xóa|xoá"
    "|chuyển(?! đổi)|luân chuyển|đánh giá|tổng kết|sơ kết|lồng ghép|biểu dương|phê bình|khen thưởng|lựa chọn|xét|bình xét|tự|tập huấn|bồi dưỡng|tập trung|niêm yết|phúc tra|thu(?! nhập)"
    "|phân bổ|phân tích|cân đối|hạ(?! tầng| lưu| nguồn| bộ)|giúp|là|gồm|phải|được(?! giao| phân công| phân cấp| ủy quyền)|cần|sẽ|đã|không|tham gia|hưởng ứng|ký|tặng|trả|giải trình|giải quyết|bàn giao"
    "|nghiệm thu|thi công|khảo sát|điều tra|thống kê|đối chiếu|phát hiện|phát động|phát(?! triển| thanh)|đăng tải|mua sắm|bổ sung|sửa đổi|điều chỉnh|khắc phục|chấn chỉnh|đầu tư"
    "|cải tạo|nâng cấp|lắp đặt|lắp|cắm|nạo vét|tu bổ|tôn tạo|phục dựng|canh gác|phát hành|in ấn|kết nối|tích hợp|chia sẻ|tôn vinh|truyền thông|giới thiệu|quảng bá|ứng phó|sơ tán|cưỡng chế|diễn tập|tuần tra|phun|ra quân|kết thúc|thí điểm|hoàn tất|ươm|cắt tỉa|giữ gìn|xử phạt|thanh toán|quyết toán|kê khai|cảnh báo|tiếp thu|ký kết|nhân rộng|chăm sóc|phục hồi|kêu gọi|vận dụng|chỉnh trang"
    "|truy quét|hòa giải|hoà giải|cài đặt|làm sạch|đóng góp|đối thoại|tái hiện|phân loại|trưng bày|biểu diễn|bình chọn|đón tiếp|thăm|tự chấm|góp ý|ban bố|trực(?! thuộc| tiếp| tuyến)"
    "|vệ sinh|trồng|tỉa|treo|trang bị|sửa chữa|mời|xác định|lưu trữ|lưu giữ|công chứng|ưu tiên|hình thành|đóng góp|ủng hộ|chấp hành|tuân thủ|nghiêm túc|khẩn trương|xem xét"
    "|tìm kiếm|cứu trợ|dạy|giảng dạy|đầu mối(?= (?:của|tham mưu|tổng hợp|tiếp nhận|giúp))|ghi nhận|tính|quy hoạch|phân loại|thu gom|vận chuyển|xuất bản|biên soạn|kiện toàn|gặp mặt|tri ân|khai mạc|khai trương|chấm|chốt|nhận"
    "|có(?! liên quan| thẩm quyền| chức năng| thành tích| nhu cầu| điều kiện| tên| người| con| vốn| nguy cơ| đủ)"
)
# Whatever two syllables stand before "việc" are a verb too: "lãnh đạo việc lập …".
VERB = re.compile(
    rf"(?<![\w-])(?:(?:{_VERBS})(?!\w)|(?!\w+ (?:công|trong|về|của|một|những|các|cho|vào|với|phần|này|sau)\b)[^\W\dA-ZĐ_]+ [^\W\d_]+(?= việc (?!làm\b)))"
)
# A word that is a verb and also stands in names: "các tổ chức chính trị", "Ban chỉ đạo", "hội đồng thi đua, khen thưởng"
_NOUN_BEFORE = re.compile(
    r"(?:(?:các|những|mọi|mỗi|nhiều|hai|tập thể,|cá nhân,|đơn vị,|ban|tiểu ban|hội đồng|tổ|nhóm|thi đua,|thi đua -|thi đua|công tác|bộ phận|phụ trách|cơ quan|đội|đoàn|trung tâm) )$",
    re.IGNORECASE,
)
_ABSORBED = re.compile(
    r"(?:tổ chức|chỉ đạo|khen thưởng|thẩm định|kiểm tra|giám sát|tham mưu|quản lý|rà soát|thanh tra|vận hành|điều tra|tuyên truyền|công bố|soạn thảo|biên soạn)(?!\w)"
)
_ORGANISATIONS = re.compile(r"(?:(?<=, )|(?<=và ))tổ chức(?= (?:chính trị|xã hội|đoàn thể|tôn giáo|hành chính|nghề nghiệp|và cá nhân)|[,;])")
_STOP = re.compile(
    r"(?<!\w)(?:trước|trong|chậm nhất|muộn nhất|để|qua|thông qua|theo|vào|khi|nếu|sau|từ|đến|tới|về|cho|với|bằng|nhằm|do|tại|hoặc(?= \w+ (?:theo|bằng|qua))|bao gồm|định kỳ"
    r"|(?:hằng|hàng|mỗi|từng) (?:năm|quý|tháng|tuần|ngày)|đối với|như|thì|mà|kèm|kể từ|đồng thời|nói trên|cùng(?! cấp)|nhưng|bởi|ngay|đúng|ít nhất|tối thiểu|tối đa|không quá"
    r"|năm \d|ngày \d|tháng \d|\d+ tháng|quý [IV]|(?<!trả )kết quả|tình hình|(?:một|\d+) (?:bản|bộ)|làm(?= đầu mối| cơ quan)|dưới đây|sau đây|trên cơ sở|phấn đấu|nếu có|để)(?!\w)",
    re.IGNORECASE,
)
# Nouns that act. The second group acts only behind "các", "mỗi", … or with words behind it that a verb cannot take.
_AGENCY = (
    rf"ủy ban|uỷ ban|UBND|(?:bộ|thứ) trưởng|tổng giám đốc|tổng liên đoàn|trung ương (?:đoàn|hội)|hội đồng(?! cấp)|HĐND|UBMTTQ|MTTQ|sở(?! (?:hữu|thích|dĩ))|ban(?! (?:hành|đầu|ngày|đêm|công))|bộ(?= (?:chỉ huy|tư lệnh|phận|đội|(?-i:{CAPITAL})))|vụ(?= (?-i:{CAPITAL}))|thanh tra(?! (?:việc|các|công tác))|thường trực"
    r"|phòng(?! ngừa| tránh| chống|, chống| cháy|, chữa| học| họp| trừ| khám| bệnh)|chi cục|tổng cục|cục|hội(?! (?:nghị|thi|thảo|chợ|họp|nhập|trại|diễn|thoại|tụ))|liên đoàn|liên minh"
    r"|văn phòng|trung tâm(?! (?:huyện|tỉnh|xã))|trường(?! hợp)|nhà trường|học viện|viện|bệnh viện|đài(?! thọ)|báo(?= (?:và|(?-i:[A-ZĐ])))|công an|công đoàn|công ty|tỉnh đoàn|thành đoàn|huyện đoàn|đoàn|đảng ủy"
    r"|tỉnh ủy|thành ủy|huyện ủy|quận ủy|đảng bộ|chi bộ|bảo hiểm xã hội|kho bạc|tòa án|chi nhánh|tổng công ty|tập đoàn|ngân hàng|quân khu|mặt trận|hợp tác xã|chính phủ|thủ tướng"
    r"|khoa(?! học)|trạm|hạt|quỹ|cơ quan|đơn vị|tổ(?! chức)|đội|chủ (?:tịch|đầu tư|hồ|nhiệm|hộ|cơ sở|rừng|doanh nghiệp|dự án|tàu|phương tiện|sử dụng)|giám đốc|phó|chánh|trưởng"
    r"|thủ trưởng|hiệu trưởng|bí thư|bưu điện|điện lực|viễn thông|đồn|nhà máy|xí nghiệp|tiểu ban|liên hiệp|hiệp hội|câu lạc bộ|chi đoàn|chi hội|liên đội|thư ký|ủy viên|uỷ viên|tổ trưởng|đội trưởng|tòa soạn|kiểm lâm|ban tổ chức|lãnh đạo|đồng chí|đ/c|kế toán|văn thư|thư viện|bảo tàng|nhà văn hóa|tổ chức(?=, cá nhân| chính trị| và cá nhân)|cộng đồng|ban quản lý|ban giám hiệu"
    r"|doanh nghiệp|nhà thầu|nhà cung cấp|cơ sở(?! (?:dữ liệu|vật chất|hạ tầng|đề xuất|sơ kết|kết quả|đối tượng))|hộ|người|giáo viên|cán bộ|công chức|viên chức|lực lượng|BCH|BCĐ|LĐLĐ|UBKT|BTV|cấp (?:có )?thẩm quyền|cấp trên|Ban Chỉ huy|Viện Kiểm sát"
)
_COLLECTIVE = rf"{_AGENCY}|ngành|đoàn thể|địa phương|tổ chức|cá nhân|tập thể|cấp|{_LEVELS}|thành viên|đồng chí|học sinh|hội viên|gia đình|dòng họ|cụm|khối|chi hội|lớp|nhóm|thôn|hộ|mạng lưới|báo chí"
_DETERMINER = r"(?:(?:các|những|mỗi|từng|mọi|toàn bộ|toàn thể|tất cả|riêng|cả) )"
_HEAD = re.compile(rf"{_DETERMINER}+(?:{_COLLECTIVE})(?!\w)|(?:{_AGENCY})(?!\w)", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:(?:{_DETERMINER}*(?:{_COLLECTIVE}))(?!\w)|(?-i:{CAPITAL}))", re.IGNORECASE)
_CAPITAL = re.compile(CAPITAL)
_BREAK = re.compile(r"[;:()?!“”\"]|\.(?=\s|/|$)|,| và |(?<= )hoặc (?=\w)")
_ABBREVIATION = re.compile(rf" ?\({CAPITAL}[\w&-]*\)(?= )")
_LOWER_ALONE = re.compile(r"(?:sở|bộ|cục|hội|ban|phòng|viện|đài|báo|trường|đoàn|tổ|đội|trạm|hạt|khoa|quỹ)(?!\w)")
_LONGEST = 90  # words; the longest lists of addressees run to about sixty
_WEAK_ALONE = re.compile(r"(?:các |mỗi |những )?(?:hộ|người|tổ|đội|đơn vị|cơ quan|cơ sở|bộ phận|quỹ|trưởng|phó|chánh|đoàn|hội)(?: bị)?$", re.IGNORECASE)
_OTHERS = re.compile(r"(?<!\w)(?:cho|với|tại|thuộc|từ|hồ sơ|theo|về)$")
_NOT_ALONE = re.compile(r"(?:người|trưởng|phó|chánh|hội|đoàn|tổ|đội|ban|phòng|bộ)", re.IGNORECASE)  # no name without a word behind them
_ACTS_THEN = re.compile(
    r"(?: [^\s,;.:]+){0,3}? (?P<verb>phải|có trách nhiệm|chịu trách nhiệm|cần|được|công khai|gửi|báo cáo|tổng hợp|lập|trình)(?!\w)"
)  # "đơn vị vận hành phải báo …"
_HALF_A_WORD = re.compile(r"(?!(?:gửi|nộp|phải|được|cần|sẽ|là|gồm|mở|cử|có|không|đã|lập)$)[^\W\d_]+")  # a verb of one syllable, if not of the plainest
_HEAD_AND_SYLLABLE = re.compile(
    rf"(?<!\w)(?:{_AGENCY}) (?-i:{CAPITAL}(?!{CAPITAL}))[^\W\d_]+ $", re.IGNORECASE
)  # "Đội Cắt tỉa …", "Trường Trung cấp …": a word is open
_VERB_NAME = re.compile(r"(?<!\w)(?:Phòng|Vụ|Cục|Chi cục|Khoa) Quản lý $")  # a division is never "quản lý" alone: "Phòng Quản lý xây dựng"
_FRAME = re.compile(r"(?:đề nghị|giao|yêu cầu|trách nhiệm của|nhiệm vụ của|đối với|phân công|phần việc của)\s+", re.IGNORECASE)
_FRAME_END = re.compile(r"\s*(?:\([^()]*\))?\s*(?:[:;.]|phối hợp\b.*|(?:,?\s*(?:chủ trì|có trách nhiệm|thực hiện|khác))*:?)?\s*$")


def body_end(text: str, start: int) -> int:
    """Where the name of the body that begins at ``start`` ends, ``start`` itself where none begins there."""
    head = _HEAD.match(text, start)
    if head is None:
        return start
    lower = _LOWER_ALONE.match(text, start)
    if lower and not _CAPITAL.match(text, lower.end() + 1) and not text[lower.end() :].startswith((" chuyên môn", " cấp ", " giám hiệu", " quản lý", " chỉ ")):
        return start  # "sở thích", "bộ hồ sơ": a lone small letter opens a name only before a capital
    position = head.end()
    while True:
        breaking = _BREAK.search(text, position)
        limit = breaking.start() if breaking else len(text)
        stop = _first_stop(text, start, position, limit)
        if stop < limit or breaking is None:
            return _trimmed(text, start, stop)
        if breaking.group() == "(" and (short := _ABBREVIATION.match(text, limit - 1)):
            position = short.end()
            continue
        slip = breaking.group() == "." and text[breaking.end() + 1 : breaking.end() + 2].islower()  # "UBND huyện. thành phố"
        if breaking.group() == "," or slip or breaking.group().strip() in ("và", "hoặc"):
            after = breaking.end() + (breaking.group() in ",.")
            if _continues(text, after):
                inner = _HEAD.match(text, after)
                position = inner.end() if inner else after + 1
                continue
        return _trimmed(text, start, limit)


def _continues(text: str, after: int) -> bool:
    if _CAPITAL.match(text, after):
        return True
    if text.startswith(("chống ", "chữa "), after) or (text.endswith("văn thư, ", 0, after) and text.startswith("lưu trữ", after)):  # one word of a name
        return True
    return bool(_GOES_ON.match(text, after)) and (not VERB.match(text, after) or bool(_ORGANISATIONS.match(text, after)))


def _first_stop(text: str, start: int, position: int, limit: int) -> int:
    stop = _STOP.search(text, position, limit)
    end = stop.start() if stop else limit
    described = 0  # up to here verbs tell which body, "cơ sở không đăng ký", and not yet what it does
    for verb in VERB.finditer(text, position, limit):
        if verb.start() >= end:
            break
        if verb.start() < described or _VERB_NAME.search(text, start, verb.start()):
            continue
        if _WEAK_ALONE.match(text[start : verb.start()].strip()) and (acts := _ACTS_THEN.match(text, verb.end())):
            described = acts.start("verb")
            continue
        if _HALF_A_WORD.fullmatch(verb.group()) and _HEAD_AND_SYLLABLE.search(text, start, verb.start()):
            continue
        if _ABSORBED.match(text, verb.start()) and _NOUN_BEFORE.search(text, max(0, verb.start() - 20), verb.start()):
            continue
        return verb.start()
    return end


def _trimmed(text: str, start: int, end: int) -> int:
    name = text[start:end].rstrip(" ,-–./")
    return start + len(name) if 0 < len(name.split()) <= _LONGEST else start


def subject_at(text: str, start: int) -> tuple[str, int] | None:
    """The body that begins at ``start`` and acts: its name and where its verb begins."""
    end = body_end(text, start)
    if end == start:
        return None
    at = end + len(text[end:]) - len(text[end:].lstrip(" ,"))
    name = text[start:end]
    return (name, at) if VERB.match(text, at) and not _NOT_ALONE.fullmatch(name) else None


def bodies_ending_at(text: str, start: int, end: int) -> str:
    """The longest body between ``start`` and ``end`` whose name runs right up to ``end``, unless a preposition makes it somebody else's; else ""."""
    for head in _HEAD.finditer(text, start, end):
        before = text[start : head.start()].rstrip()
        if head.start() > start and text[head.start() - 1] != " ":
            continue
        if _OTHERS.search(before) or (before.endswith(" của") and not before.lower().startswith("báo cáo")):
            continue
        stop = body_end(text, head.start())
        if stop > head.start() and not text[stop:end].strip(" ,"):
            return text[head.start() : stop]
    return ""


@lru_cache(maxsize=1024)
def body_of_heading(heading: str) -> str:
    """The body that a heading or lead-in is about when it names nothing else: "2. Sở …", "Giao Văn phòng:", "Trách nhiệm của …"; else ""."""
    frame = _FRAME.match(heading)
    start = frame.end() if frame else 0
    text = heading
    if is_upper(heading):  # a verb in capitals looks like a name
        text = heading.lower()
        if re.search(rf"(?:, | và )(?:{_VERBS})(?!\w)", text) or VERB.match(text, start):
            return ""
    end = body_end(text, start)
    if end == start:
        return ""
    if not _FRAME_END.match(text, end) and not (is_upper(heading) and not re.search(r"[,;:]", text[end:])):
        return ""
    return heading[start : len(heading.rstrip(" :;.")) if is_upper(heading) else end]
