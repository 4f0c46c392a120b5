"""What a question leaves open, where it can be told by its form: one of a kind that has a name, the holder of an office, an attribute of a thing.

What answers must then show it: a name behind its kind ("xã Cẩm Hạ", not "12 xã"), the office, the attribute, the period that is reported on.
"""

from __future__ import annotations

import re

from xhht_qa.extract.asked import prints
from xhht_qa.text.facets import facets_in
from xhht_qa.text.normalise import CAPITAL
from xhht_qa.text.tokens import syllables

# Kinds of which each one has a name: "xã nào" asks for it
_NAMED = (
    "xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|thôn|bản|xóm|tổ dân phố|trường|bệnh viện|trung tâm|công ty|doanh nghiệp|hãng|nhà thầu|nhà cung cấp|ngân hàng|tổ chức|cơ sở"
    "|cửa hàng|nhà hàng|quán|khách sạn|chợ|đường|phố|khu|dự án|công trình|sông|hồ|đài|báo|phần mềm"
)
# "xã nào để ruộng hoang thì bị gì" means any commune that does
_NAME_ASKED = re.compile(rf"(?<!\w)({_NAMED}) nào(?!\w)(?!.*(?<!\w)thì (?:.*\s)?(?:gì|sao|thế nào)(?!\w))", re.IGNORECASE)
_BEFORE_NAME = r"(?: [^\W\dA-Z][^\W\d]*){0,4}:? "  # "trường tiểu học Suối Đàn"; a figure or a comma ends the name
_OFFICE = re.compile(
    r"(?<!\w)(?:(?:chi cục|cục|vụ|hạt|viện|đội|tổ|trạm|nhóm|đoàn) trưởng|(?:phó )?trưởng (?:ban|phòng|đoàn|khoa|bộ môn|tiểu ban|nhóm|trạm|công an)"
    r"|phó (?:ban|phòng|đoàn|khoa|chủ tịch|giám đốc|hiệu trưởng|bí thư)|chủ tịch|(?:tổng )?giám đốc|bí thư|thư ký|hiệu trưởng|chủ nhiệm|chánh (?:văn phòng|thanh tra))(?!\w)",
    re.IGNORECASE,
)
_PERSON_ASKED = re.compile(r"(?<!\w)(?:ai|(?:người|đồng chí|ông|bà) nào|(?:họ )?tên)(?!\w)", re.IGNORECASE)
# What a thing has or costs: nouns that no other word stands for, by what they measure
_ATTRIBUTES = (
    "lệ phí|học phí|viện phí|phí|giá|phạt|tiền (?:thưởng|phạt|công|ăn|nhà|điện|nước)|lãi suất|lãi|thưởng|lương|phụ cấp|thù lao|trợ cấp|bồi thường|thuế|kỷ luật"  # what is paid
    "|lễ (?:phát động|ra quân|khai mạc|bế mạc|tổng kết|trao|tuyên dương)|hội thảo|hội thi|cuộc thi"  # what is held
    "|tuổi|giới tính|trình độ|quê quán|năm sinh|ngày sinh"  # of a person
    "|địa chỉ|điện thoại|email|thư điện tử|fax|website|trang web|đường link|mã qr|mã số|mật khẩu|tài khoản|biển số|số nhà"  # where it is found
    "|nhãn hiệu|thương hiệu|nhà cung cấp|nhà tài trợ|nhà thầu|nhà sản xuất"  # from whom it is
    "|diện tích|thể tích|dung tích|dung lượng|công suất|năng suất|sản lượng|mật độ|tỷ trọng|trọng lượng|cân nặng|nhiệt độ|tốc độ|vận tốc|khoảng cách"
    "|chiều (?:dài|rộng|cao|sâu)|độ (?:dài|cao|sâu|dày)"  # what is measured
)
_ATTRIBUTE = re.compile(rf"(?<!\w)(?:{_ATTRIBUTES})(?!\w)", re.IGNORECASE)
_OTHER_WORDS = re.compile(r"(?<!\w)(?:(?:kinh|chi) phí|(?:đánh|trị) giá)(?!\w)", re.IGNORECASE)  # "kinh phí" is no "phí"
_PAPERS_FOR = re.compile(r"(?<!\w)(?:hồ sơ|danh sách)(?: đề nghị)?(?: xét)? khen thưởng(?!\w)", re.IGNORECASE)  # asked about, these are what is handed in
_REWARDED = re.compile(r"(?<!\w)(?:khen|tặng)(?!\w)[^.;]*\d[\d.,]* (?:đồng|triệu)", re.IGNORECASE)  # a sum beside a certificate is its reward
_REPORT = re.compile(r"(?<!\w)báo cáo(?!\w)", re.IGNORECASE)
_DATED = re.compile(r"(?<!\w)quý (?:[IVX]+|\d)(?!\w)", re.IGNORECASE)  # one quarter is a time, no rhythm
_NAME = re.compile(rf"(?<!\w){CAPITAL}[^\W\dA-Z]+(?: {CAPITAL}[^\W\dA-Z]+)+|(?<![\w/&-])[A-ZĐ]{{2,}}(?![\w/&-])")  # two capitals and more, or initials


def misses_name(question: str, text: str) -> bool:
    """Whether one of a kind with names is asked for and the text names none: "12 xã" is no answer to "những xã nào"."""
    asked = _NAME_ASKED.search(question)
    return asked is not None and not re.search(rf"(?<!\w)(?i:{asked.group(1)}){_BEFORE_NAME}{CAPITAL}[^\W\dA-Z]", text)


def misses_office(question: str, text: str) -> bool:
    """Whether the holder of an office is asked for and the text does not print the office."""
    office = _OFFICE.search(question) if _PERSON_ASKED.search(question) else None
    return office is not None and not prints(text, office.group())


def misses_attribute(question: str, text: str) -> bool:
    """Whether an attribute is spoken of that the text does not print: what it prints is the value of something else. "Gia đình" prints no "giá"."""
    rewarded = " tiền thưởng" if _REWARDED.search(text) else ""
    asked, said = _OTHER_WORDS.sub(" ", _PAPERS_FOR.sub(" ", question)), f" {' '.join(syllables(_OTHER_WORDS.sub(' ', text + rewarded)))} "
    return any(f" {' '.join(syllables(match.group()))} " not in said for match in _ATTRIBUTE.finditer(asked))


def misses_proper_name(question: str, text: str) -> bool:
    """Whether the question has a proper name, or initials that nothing spells out, that the text does not print."""
    return any(not prints(text, match.group()) for match in _NAME.finditer(question))


def periods_reported(question: str) -> frozenset[str]:
    """The periods whose report is asked about: {"quarter"} of "báo cáo quý"; none where no report is spoken of or its period is left open."""
    return facets_in(_DATED.sub(" ", question)).get("period", frozenset()) if _REPORT.search(question) else frozenset()


def reports_on(periods: frozenset[str], text: str, *, strictly: bool = True) -> bool:
    """Whether the text speaks of a report on one of the periods, or, where that is enough, of one whose period it leaves open."""
    said = facets_in(text).get("period", frozenset())
    return bool(_REPORT.search(text)) and (bool(said & periods) or not (said or strictly))
