"""Targets and money: a figure with its unit, and what it measures or pays for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.bodies import VERB
from ingest.facts.clauses import Sentence
from ingest.facts.dues import dues_in
from ingest.facts.occasions import level_in
from ingest.facts.topics import topic_of
from xhht_qa.types import Fact

_COMPARED = r"(?:(?:đạt )?(?:và vượt )?(?:tối thiểu|ít nhất|tối đa|không quá|không vượt(?: quá)?|vượt(?: quá)?|quá|trên|dưới|từ|hơn|khoảng|(?:kéo |cắt )?giảm(?: ít nhất)?|tăng(?: thêm)?|xuống còn|tăng lên|lên|còn)\s+)"
_FIGURE = r"\d[\d.,]*(?<![.,])"
_UNITS = (  # of two syllables
    r"(?:cơ quan|đơn vị|doanh nghiệp|học viên|học sinh|sinh viên|gia đình|mô hình|sản phẩm|cán bộ|công chức|viên chức|thành viên|nhiệm vụ|thủ tục|dịch vụ|hồ sơ|giáo viên|lao động"
    r"|tập thể|cá nhân|hộ dân|hộ nghèo|chuyên đề|dự án|công trình|trung tâm|cơ sở|hợp tác xã|ngày công|ra quân|thực học|làm việc|di tích|địa phương|câu lạc bộ|vận động viên|lượt người|tiêu chí|kế hoạch)"
)
_VALUE = re.compile(
    rf"(?<![\w/.,-]){_COMPARED}*(?<!năm )(?<!tháng )(?<!ngày )(?P<figure>{_FIGURE})\s?(?:%|‰|(?=/)|\s(?:nghìn|triệu|tỷ|tỉ) đồng|\s(?:{_UNITS}(?!\w)|[^\W\d_]+\d?))(?:/[\d.]+ [^\W\d_]+|/[^\W\d_]+| trên {_FIGURE} [^\W\d_]+)?(?: trở lên)?",
    re.IGNORECASE,
)
_NO_FIGURE_BEFORE = re.compile(r"(?:năm|tháng|ngày|số|giai đoạn|mức độ|khoản|điều|lần thứ|thứ|cấp|cấp độ|khóa|quý|[-–/])\s*$", re.IGNORECASE)
_BASELINE = re.compile(r"(?:\s\S+){0,4}?\s(?:xuống|lên|còn)(?!\w)")
_STRIVES = re.compile(r"(?<!\w)phấn đấu(?!\w)|(?<!\w)đạt (?:tối thiểu |ít nhất |trên |từ )?\d", re.IGNORECASE)
_LINK = re.compile(
    r"[\s,:]*(?:(?:phấn đấu|đạt|là|có|được|còn|giữ|duy trì|ở mức|chiếm|bảo đảm|đảm bảo|được ghi nhận|hoàn thành|xuống|lên)[\s,:]*)+$", re.IGNORECASE
)
_ACTS_ALONE = re.compile(
    r"(?:phấn đấu |mỗi năm |hằng năm )?(?:có|kéo giảm|cắt giảm|giảm|tăng|mở|duy trì|không để xảy ra|không để|đạt|phấn đấu|tổ chức|cung cấp|bố trí|thu hút|trồng|xây dựng)?(?: \S+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*([^,;.]+?)(?=\s*(?:[,;.]|$|\s(?:trước|trong thời hạn|vào cuối|đến hết)(?!\w)))")
_PERIOD = re.compile(r"^(?:(?:đến|trong|hết|vào)\s+)?(?:năm|hết năm|cuối năm)\s+\d{4}[,:]?\s*", re.IGNORECASE)
_STRIVING = re.compile(r"^phấn đấu(?: để)?[\s,]*", re.IGNORECASE)
_MONEY = re.compile(
    rf"(?<![\w/]){_FIGURE}\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?đồng(?:/[^\W\d_]+(?: [^\W\d_]+)?(?:/[^\W\d_]+(?: [^\W\d_]+){{0,2}})?)?", re.IGNORECASE
)
_OF_MONEY = re.compile(r"(?<!\w)(?:kinh phí|ngân sách|dự toán|hỗ trợ|mức|vốn|thưởng|nguồn|quỹ|chi|bố trí)(?!\w)", re.IGNORECASE)
_LABEL_BOUNDARY = re.compile(r".*(?::|(?<!\w)(?:gồm|trong đó))(?!\w)\s*")
_LABEL_LINK = re.compile(r"\s*(?:(?:là|được|khoảng|tối đa|tối thiểu|không quá|theo mức|mức|ước|ước tính|dự kiến|còn|tổng)\s*)+$", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:cho|để)\s+([^,;.]+?)(?=,|;|\.|\s+và\s+\d|$)")
_SOURCE = re.compile(
    r"(?<!\w)(?:(?:nguồn )?(?:kinh phí |vốn )?ngân sách(?: (?:nhà nước|trung ương|địa phương|tỉnh|thành phố|huyện|quận|xã|phường|cấp (?:tỉnh|huyện|xã)|các cấp))+"
    r"|(?:các )?nguồn (?:tài trợ|viện trợ|xã hội hóa|xã hội hoá|vốn|chi|thu|kinh phí|hợp pháp)[^,;.:\d]*|Quỹ [^,;.:\d]+?(?= và | để |[,;.:\d]|$)|(?:dự toán|nguồn) chi thường xuyên[^,;.:\d]*)(?!\w)",
    re.IGNORECASE,
)


def figures_of(sentence: Sentence) -> Iterator[Fact]:
    """The targets of a sentence, or the money that it speaks of."""
    topic = topic_of(sentence.above)
    if topic in ("situation", "terms"):
        return
    strives = _STRIVES.search(sentence.text)
    if topic != "target" and ((topic == "budget" and not strives) or _MONEY.search(sentence.text)):
        if topic not in ("criterion", "dossier"):
            yield from _money(sentence, topic == "budget")
    elif topic == "target" or (topic not in ("criterion", "award", "dossier") and strives):
        for clause in sentence.clauses:
            yield from _targets(sentence, clause, topic == "target")


def _targets(sentence: Sentence, clause: str, announced: bool) -> Iterator[Fact]:
    dues = dues_in(clause)
    begin, shares = 0, "%" in clause or "‰" in clause
    for match in _VALUE.finditer(clause):
        at = match.start("figure")
        if any(mention.start <= at < mention.end for mention in dues) or _NO_FIGURE_BEFORE.search(clause[:at]):
            continue
        if match.group().lower().startswith("từ ") and _BASELINE.match(clause, match.end()):
            continue
        if shares and "%" not in match.group() and "‰" not in match.group():
            continue  # "tại 20 phường … dưới 10%": the share is the target
        if not announced and not _STRIVES.search(clause, begin, match.end()):
            continue
        value = match.group().strip()
        value = value[4:].lstrip() if value.lower().startswith("đạt ") else value
        measured = _measured(clause, begin, match)
        due = next((mention.due for mention in dues if mention.due.date is not None or mention.due.amount is not None), None)
        yield sentence.fact("target", clause, object=measured, value=value, due=due, level=level_in(clause))
        begin = match.end()
        if not shares:
            return  # figures behind the first are attributes: "18.500 cây trên các phố rộng từ 3 m"


def _measured(clause: str, begin: int, match: re.Match[str]) -> str:
    """What stands before the figure, or behind it where only a verb stands before."""
    before = _LINK.sub("", _PERIOD.sub("", _STRIVING.sub("", clause[begin : match.start()].lstrip(" ,;")))).strip(" ,;:")
    if before and not (_ACTS_ALONE.match(before) and (VERB.match(before[0].lower() + before[1:]) or len(before.split()) <= 2)):
        return before
    unit = match.group().rstrip().endswith("%")
    after = _AFTER.match(clause, match.end() if unit else match.end("figure"))
    return after.group(1).strip() if after else before


def _money(sentence: Sentence, announced: bool) -> Iterator[Fact]:
    for clause in sentence.clauses:
        sums = list(_MONEY.finditer(clause))
        if sums and not announced and not _OF_MONEY.search(clause) and not any(_OF_MONEY.search(heading) for heading in sentence.above):
            continue
        for match in sums:
            yield sentence.fact("budget", clause, object=_paid(clause, match), value=match.group(), level=level_in(clause))
        if announced and not sums:
            for source in _SOURCE.finditer(clause):
                yield sentence.fact("budget", clause, value=source.group().strip(), level=level_in(clause))


def _paid(clause: str, match: re.Match[str]) -> str:
    """The label of a sum: behind the sum before it and the last "gồm" or colon; where nothing stands there, behind "cho"."""
    earlier = [money.end() for money in _MONEY.finditer(clause, 0, match.start())]
    between = clause[earlier[-1] if earlier else 0 : match.start()]
    behind = _FOR.match(clause, match.end())
    for boundary in _LABEL_BOUNDARY.finditer(between):
        if boundary.end() < len(between):
            between = between[boundary.end() :]
            break
    label = _LABEL_LINK.sub("", between).strip(" ,:;(")
    label = re.sub(r"^(?:và|còn lại|gồm|trong đó)(?!\w)\s*|,?\s*(?:và|gồm|trong đó)$", "", label).strip(" ,")
    if behind and (not label or label.startswith("cho ")):
        return behind.group(1)
    return "" if label.startswith("cho ") else label
