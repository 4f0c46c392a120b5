"""Who acts: what stands before the verb, in a question as in a clause. Plans set one duty for commune, district and department in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xhht_qa.text.normalise import compose
from xhht_qa.text.remembered import remembered
from xhht_qa.text.sentences import clauses

# The verbs of office language; the first one of a clause ends the name of who acts.
_VERB = re.compile(
    r"(?<!\w)(?:gửi|nộp|báo cáo|(?-i:báo)|trình|tổng hợp|phê duyệt|duyệt|ban hành|xây dựng|tổ chức|kiểm tra|chủ trì|phối hợp|hướng dẫn|lập|rà soát|hoàn thành|thực hiện"
    r"|triển khai|tham mưu|đề xuất|cung cấp|phải|cần|được|có|chịu|bố trí|thành lập|tiếp nhận|thẩm định|công bố|duy trì|mở|đề nghị|theo dõi|đôn đốc|giám sát"
    r"|hỗ trợ|nhập|cập nhật|gồm|là|đạt|tập huấn|đăng ký|cử|giao|thông báo|ra)(?!\w)",
    re.IGNORECASE,
)
_KINDS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for kind, words in {
        "commune": r"(?<!thị )(?<!tác )xã(?! hội)|phường|thị trấn",
        "district": r"huyện|quận|thị xã",
        "department": r"(?<!cơ )(?<!trụ )sở|ban, ngành|ban ngành|các ngành",
        "office": r"(?:các )?phòng,? ban|các phòng",
        "school": r"(?<!môi )(?<!thị )(?<!hiện )(?<!hội )(?<!công )trường(?! hợp)|cơ sở giáo dục",
    }.items()
}
_LABEL = re.compile(r"^[^:.;]{1,60}: ")  # "Báo cáo nhanh: UBND cấp xã gửi …"
_BY = re.compile(r"(?<!\w)(?:được|do)\s")  # "Báo cáo năm được UBND các xã gửi về …"
_LONGEST = 14  # words; what is longer before the first verb is no name


def actor_of(text: str) -> str:
    """The words before the first verb, or between "được" and the next one; "" where no verb follows or they are no name."""
    composed = _LABEL.sub("", compose(text))
    verb = _VERB.search(composed)
    if verb and not verb.start() and (by := _BY.search(composed)):
        composed = composed[by.end() :]
        verb = _VERB.search(composed)
    actor = composed[: verb.start()] if verb else ""
    return actor if len(actor.split()) <= _LONGEST else ""


@remembered
def kinds_of_actor(text: str) -> frozenset[str]:
    """The kinds of bodies that a question or any clause of a sentence has act: {"commune"} of "UBND cấp xã gửi UBND cấp huyện …"."""
    actors = [actor_of(clause).lower() for clause in clauses(text)]
    return frozenset(kind for kind, pattern in _KINDS.items() if any(pattern.search(actor) for actor in actors))


def acts_otherwise(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether both are known and do not meet."""
    return bool(asked) and bool(said) and not asked & said
