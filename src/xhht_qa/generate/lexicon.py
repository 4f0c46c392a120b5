"""Words that tell nothing by themselves, and words on which the sense of a sentence turns."""

from __future__ import annotations

from xhht_qa.text.phrases import NEGATIONS

# What a sentence may say without its being printed: it joins and points, and states nothing. Of what is no word of this list, every one must be printed.
JOINING = frozenset(
    "theo tại ở về cho với của và các những là thì mà rằng cũng nêu ghi gồm có việc vào để bởi do kế hoạch văn bản mục phần điểm khoản sẽ trong khi còn hạn cơ quan đơn vị".split()  # noqa: SIM905 – a list of words reads better as a text
)
JOINING_PHRASES = (
    "quy định", "như sau", "sau đây", "dưới đây", "cụ thể", "trong đó", "theo đó", "ngoài ra", "đồng thời", "bên cạnh đó", "bao gồm", "nội dung", "thời hạn", "thời điểm",
    "lần lượt", "tương ứng", "đó là", "bên cạnh",
)  # fmt: skip
SAME = {"nộp": "gửi", "hàng": "hằng", "kì": "kỳ", "tỉ": "tỷ"}  # one word for another that is said as well
TURNING = NEGATIONS | {"hoặc", "hay"}  # each with the word behind it
# What weakens or binds a statement: one that is printed before what is said must be said too.
HEDGES = (
    "phấn đấu",
    "khuyến khích",
    "dự kiến",
    "có thể",
    "xem xét",
    "đề nghị",
    "nếu",
    "chỉ",
    "trừ",
    "ngoại trừ",
    "tối đa",
    "tối thiểu",
    "ít nhất",
    "không quá",
)
MODALS = frozenset(
    "phải được cần nên thể buộc phép chỉ đấu kiến khuyến".split()  # noqa: SIM905 – a list of words reads better as a text
)
# Before a number or a date: on which side of it, or how near
SIDES = frozenset(
    "trước sau từ đến dưới trên quá tối ít nhất hơn khoảng chậm muộn cuối đầu giữa gần kể không".split()  # noqa: SIM905 – a list of words reads better as a text
)
TITLES = (
    "giám đốc", "chủ tịch", "bí thư", "thư ký", "trưởng phòng", "trưởng ban", "trưởng đoàn", "trưởng khoa", "viện trưởng", "cục trưởng", "hiệu trưởng", "thủ tướng",
    "bộ trưởng", "thứ trưởng", "chánh văn phòng", "chánh thanh tra", "phó", "ông", "bà", "đồng chí",
)  # fmt: skip
PARTING = ("và", "còn")  # between two values, each with its own words
