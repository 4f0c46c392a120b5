"""The noun whose value is wanted: "học phí" of "đóng học phí bao nhiêu", "bệnh viện" of "tại bệnh viện nào", "đội" of "mấy đội"."""

from __future__ import annotations

import re

from xhht_qa.text.tokens import folded_syllables
from xhht_qa.text.words import general_words

_TOKEN = re.compile(r"[^\W_]+|%")
# Between the noun and the words that open the gap, or behind them, and no noun
_LIGHT = frozenset(
    """
    là có được thì mà của cho về ở trong tại theo do với để các những mỗi một từ đến tới và hay phải cần sẽ đã bị gồm thuộc này đó hiện nay nhất tối đa thiểu ít
    nhiều khoảng chừng tầm đâu ai gì nào bao mấy lần vào lên ra như thế rồi cả hết không chỉ còn trên dưới trước sau giữa khi lúc muốn dành góp đóng bỏ chi chiếm
    mất tốn dùng sử dụng phấn đấu đạt nêu nói quy định ghi đi trả cấp giao nhận hưởng thu nộp gửi hỗ trợ thưởng làm tổng cộng chung ban hành vậy ạ nhỉ hả nhé em anh chị
    """.split()  # noqa: SIM905 – a list of words reads better as a text
)
# Nouns that any value answers to, and units that the kinds of values know by themselves
_GENERIC = frozenset(
    """
    ngày tháng năm quý khi lúc hôm bữa giờ tuần buổi dịp thời điểm gian mốc hạn cơ quan đơn vị sở phòng ban ngành nơi cấp bên người chỗ kế hoạch văn bản địa phương tổ chức
    bộ phận phần mục điều khoản cái trường hợp nội dung việc mức cách đối tượng yếu tố loại hình thức vấn đề phương thức tiêu chí chuẩn kiện nguồn đợt giai đoạn nhóm kiểu dạng
    bằng số lượng nhiệm vụ trách vai trò mục tiêu chỉ giải pháp biện lĩnh vực kỳ lý do thành giấy tờ hồ sơ mục đích hoạt động đầu mối diện mô phương châm
    trăm phần tiền vốn đồng triệu tỷ tỉ nghìn phút giây % tên điểm khóa thứ đâu chế độ tình trạng khu tài liệu thông tin kết quả sản phẩm
    """.split()  # noqa: SIM905
)


def counted_noun(question: str) -> str:
    """What is counted: the noun behind "bao nhiêu" or "mấy", "" for none and for what any figure answers to."""
    words = [word.lower() for word in _TOKEN.findall(question)]
    for place, word in enumerate(words):
        if word == "mấy" or (word == "bao" and words[place + 1 : place + 2] == ["nhiêu"]):
            return _beginning_at(words, place + (1 if word == "mấy" else 2))
    return ""


def asked_noun(question: str) -> str:
    """The noun before the gap, "" where there is none or any value would answer to it."""
    words = [word.lower() for word in _TOKEN.findall(question)]
    for place, word in enumerate(words):
        much = word == "bao" and words[place + 1 : place + 2] == ["nhiêu"]
        if much or word == "mấy":
            behind = place + (2 if much else 1)
            if _beginning_at(words, behind):
                return ""
            return _beginning(words[:place]) if words[place - 1 : place] == ["là"] else _ending_at(words, place - 1)
        if word in ("nào", "gì") and place:
            return _ending_at(words, place - 1, near=True)
    return ""


def prints(text: str, noun: str) -> bool:
    """Whether the text has the noun, in whatever spelling of its accents."""
    return f" {' '.join(folded_syllables(noun))} " in f" {' '.join(folded_syllables(text))} "


def _beginning(words: list[str]) -> str:
    """The first noun of a question of the form "Lệ phí … là bao nhiêu?"."""
    return next((noun for place in range(len(words)) if (noun := _beginning_at(words, place))), "")


def _beginning_at(words: list[str], place: int) -> str:
    if place >= len(words) or words[place] in _LIGHT:
        return ""
    pair = " ".join(words[place : place + 2])
    return _unless_generic(pair if pair in general_words() else words[place])


def _ending_at(words: list[str], place: int, near: bool = False) -> str:
    while place >= 0 and words[place] in _LIGHT and not near:
        place -= 1
    if place < 0 or words[place] in _LIGHT:
        return ""
    pair = " ".join(words[max(place - 1, 0) : place + 1])
    return _unless_generic(pair if pair in general_words() else words[place])


def _unless_generic(noun: str) -> str:
    return "" if all(syllable in _GENERIC for syllable in noun.split()) else noun
