"""A fragment or a bare gap put into the question before: what it names takes the place of its like, the rest of that one stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xhht_qa.query.actors import actor_end, actor_in, asks_for_duties
from xhht_qa.query.asking import Asked, Bare, gap_in, news, role_in, weight
from xhht_qa.query.constituents import by_common_words, by_group, counted, inside, numbered, put
from xhht_qa.query.siblings import contrasted
from xhht_qa.query.slots import slot_of
from xhht_qa.query.standing import says_what_is_wanted
from xhht_qa.text.bodies import bodies, names_of_bodies
from xhht_qa.text.tokens import syllables
from xhht_qa.types import Plan

_REPEATED = 3  # syllables of a question that says again what was said
# What can take the place of what; a fragment is of the first kind that opens it.
_PERIOD = re.compile(
    r"(?<!\w)(?:(?:hằng|hàng|mỗi|từng|cả|giữa|cuối|nửa)\s+(?:tuần|tháng|quý|năm)|(?:0?6|sáu)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|thường niên"
    r"|(?:tuần|tháng|quý|năm)(?!\w)(?!\s+(?:\d|[IVX]+\b|nào|mấy|bao|nay|tới|học|qua|(?:trước|sau)(?!\s+(?:ngày|khi|hạn|tháng|\d)))))(?!\w)",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"(?<!\w)(?:sơ kết|tổng kết|đột xuất|định kỳ|chuyên đề)(?!\w)", re.IGNORECASE)
_KINDS = (_PERIOD, _OCCASION)
_REPORT = re.compile(r"(?<!\w)báo cáo\s+", re.IGNORECASE)
_REPORT_LENGTH = len("báo cáo ")
_ACTS = re.compile(r"(?:gửi|nộp|trình|nhận|ban hành|phê duyệt|lập|nhập|thẩm định)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"\s*(?:của|thuộc|ở|tại)(?!\w)", re.IGNORECASE)
_SLOT_NOUN = re.compile(
    r"(?<!\w)(?:(?:cần|phải có|có|theo|những|các)\s+)*(?:điều kiện|tiêu chí|tiêu chuẩn|hồ sơ|giấy tờ|thời hạn|hạn nộp|kinh phí|chỉ tiêu|mục tiêu|nhiệm vụ|giải pháp)\s*$",
    re.IGNORECASE,
)
_DUE_OF = re.compile(r"(?<!\w)(?:thời hạn|thời gian|hạn)(?: (?:nộp|gửi|trình|lập))?\s+(?=hồ sơ|giấy tờ)", re.IGNORECASE)
_MEASURED = re.compile(r"^(?:mức|số tiền|thời hạn|thời gian|số lượng|hạn)\s+", re.IGNORECASE)
_LINK = re.compile(r"(?:\s*(?<!\w)(?:thì|là|có|được|làm|phải|cần|giao))+$|^(?:(?:thì|là|việc|về)(?!\w)\s*)+", re.IGNORECASE)
_CONDITION = re.compile(r"^(?:nếu|khi|với|trường hợp|đối với|sang|đến|tới|vào)\s+", re.IGNORECASE)
_AND_ASKS = re.compile(r"\s*(?:,|và(?!\w))\s*")
_THEN = re.compile(r"(?<!\w)thì(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"^với (.+?), ", re.IGNORECASE)
_NOUN_SLOTS = frozenset(["criteria", "dossier", "award", "procedure", "phase", "budget"])  # asked for by a noun: "hồ sơ gồm những gì?"
_FROM_TO = re.compile(
    r"từ\s+(?!\d|ngày|tháng|năm|quý|khi|lúc)(.+?)\s+((?:lên|đến|về|sang|tới|xuống|cho)\s+(?!\d|ngày|tháng|năm|quý|khi)(?:.+))$", re.IGNORECASE
)
# What a plan regulates beside anything else; one of them alone asks for itself and not for a part of the other.
_MATTER = re.compile(
    r"(?:(?:chế độ|việc|phần|mục) )?(?:báo cáo|hồ sơ|kinh phí|khen thưởng|kiểm tra|giám sát|truyền thông|tuyên truyền|mục đích|mục tiêu|chỉ tiêu|lộ trình|tổ chức thực hiện)$",
    re.IGNORECASE,
)
_IS_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d(?!\d)", re.IGNORECASE)  # "… hằng năm" + "năm 2027": no word said twice
_HANDED_IN = re.compile(r"(?:báo cáo|hồ sơ)$", re.IGNORECASE)
_HANDED = re.compile(r"(?<!\w)(?:gửi|nộp|trình|lập|làm|xong|hoàn thành)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Earlier:
    """The question before and its answer, with the plans whose siblings tell a fragment's place and where a question names them."""

    text: str
    answer: str
    plans: Sequence[Plan]
    name_in: Callable[[str], tuple[int, int]]

    def actor_in(self, text: str) -> tuple[int, int] | None:
        """Where a question names its first actor, the plan's own name left out."""
        return actor_in(text, self.name_in(text))


def merged(core: str, follow_up: Bare, before: Earlier) -> str:
    """A fragment or a bare gap put into the question before."""
    asked, earlier = gap_in(core), gap_in(before.text)
    if not asked and follow_up.asks_consequence:
        return f"{topic(before.text)} {core} thì sao"
    if not asked and earlier and follow_up.confirms:
        return f"{before.text[: earlier.start]} {core} {before.text[earlier.end :].rstrip(' ?.!')}, phải không"
    if not asked and not follow_up.partitive and (matter := _another_matter(core, before.text, earlier)):
        return matter
    if not asked:
        return _added(core, before.text) if follow_up.partitive else _replaced(core, before)
    if (second := _AND_ASKS.match(core[asked.end :])) and gap_in(core[asked.end :]):
        return f"{merged(core[: asked.end], follow_up, before).rstrip(' ?')}, {core[asked.end + second.end() :]}"
    fragment, other_count = f"{core[: asked.start]} {core[asked.end :]}".strip(" ,"), False
    if earlier and asked.gap == earlier.gap == "much" and (noun := core[asked.end :].split()[:1]):
        other_count = noun != before.text[earlier.end :].split()[: len(noun)] and bool(news(noun[0], before.text))
        fragment = fragment if other_count else core[: asked.start].strip(" ,")
    repeats = len(fragment.split()) >= _REPEATED and earlier and asked.gap == earlier.gap and set(syllables(fragment)) <= set(syllables(before.text))
    if repeats and not follow_up.leans:  # the same again in fewer words: it leans on nothing
        return core
    other_noun = other_count or (slot_of(core) in _NOUN_SLOTS and slot_of(core) != slot_of(before.text))
    if earlier and weight(fragment) and asked.gap == earlier.gap and not role_in(core) and not other_noun and not _ACTS.match(core):
        if asked.gap == "who":
            return f"{core[asked.start : asked.end]} {_role_asked(before.text)} {inside(_LINK.sub('', fragment))}"
        fragment = _LINK.sub("", fragment)
        return _added(fragment, before.text) if follow_up.partitive else _replaced(fragment, before)
    return _asked_of(before, earlier, core, asked)


def _replaced(fragment: str, before: Earlier) -> str:
    """The question before with what the fragment names in the place of its like."""
    text, rest = before.text, fragment
    if (both := _FROM_TO.match(fragment)) and (span := before.actor_in(text)):
        moved = put(both.group(1), text, span)
        gap = gap_in(moved)
        return f"{moved[: gap.start]} {both.group(2)} {moved[gap.start :]}" if gap else f"{moved.rstrip(' ?.!')} {both.group(2)}"
    rest = _CONDITION.sub("", _THEN.sub(" ", fragment).strip())
    for kind, other in (_KINDS, _KINDS[::-1]):
        if (named := kind.search(rest)) and (old := kind.search(text) or other.search(text)):
            reported = _REPORT.search(rest) and not _REPORT.search(text[: old.start()][-_REPORT_LENGTH:])
            text = f"{text[: old.start()]}{f'kỳ báo cáo {named.group()}' if reported else named.group()}{text[old.end() :]}"
            rest = f"{rest[: named.start()]} {rest[named.end() :]}".strip()
            if (year := _IS_YEAR.fullmatch(rest)) and not _IS_YEAR.search(text):  # "còn tổng kết 2030?" after a question without a year
                text, rest = f"{text[: old.start()]}{named.group()} năm {year.group()[-4:]}{text[old.start() + len(named.group()) :]}", ""
    text, rest = numbered(rest, text)
    rest = " ".join(rest.split())
    if text != before.text and not news(rest, before.text):
        return text
    is_name = not rest.islower() and bool(bodies(rest))  # an agency's name is matched by another one, not by what siblings begin with
    earlier, name = gap_in(text), before.name_in(text)[0]
    alone = _WITH.sub("", text)  # another body makes room for what was only put in front
    if not is_name and (span := by_common_words(rest, text, earlier, name, least=2) or contrasted(rest, text, before.plans)):
        return put(rest, text, span)
    if end := actor_end(rest):
        actor = rest if news(rest[end:], before.text) else rest[:end]
        if span := before.actor_in(alone):
            return put(actor, alone, span)
    if earlier and earlier.gap == "who" and role_in(text):
        return f"{text[earlier.start : earlier.end].partition(_role_asked(text))[0].strip()} {_role_asked(text)} {inside(rest)}"
    if span := by_common_words(rest, text, earlier, name) or by_group(rest, text, *before.name_in(text)):
        return put(rest, text, span)
    if asks_for_duties(alone) and not (_CONDITION.match(fragment) or says_what_is_wanted(fragment)) and (span := before.actor_in(alone)):
        return put(rest, alone, span)  # a body by whatever name: "mặt trận thì sao?"
    return counted(rest, text, earlier) or _added(rest, text)


def _added(fragment: str, text: str) -> str:
    """What has no like in the question before is put in front of it; a fragment put there earlier makes room."""
    text = _WITH.sub("", text)
    return f"Với {inside(fragment)}, {inside(text)}" if fragment else text


def is_added(text: str) -> bool:
    """Whether a fragment was only put in front of a question, as nothing there is its like."""
    return _WITH.match(text) is not None


def _another_matter(fragment: str, text: str, earlier: Asked | None) -> str:
    """ "còn báo cáo?" after what papers are needed: what the plan says of reports, or the same gap if it is no gap of the papers' content."""
    if not _MATTER.match(fragment) or re.search(rf"(?<!\w){re.escape(fragment)}(?!\w)", text, re.IGNORECASE):
        return ""
    if earlier and earlier.gap == "much":
        return ""
    if earlier and earlier.gap in ("when", "where") and _HANDED_IN.search(fragment):
        handed = _HANDED.search(text, 0, earlier.start)
        return f"{fragment} {handed.group().strip() if handed else ''} {text[earlier.start :]}"
    return f"{fragment} được quy định thế nào"


def topic(text: str) -> str:
    """What a question is about, without its gap."""
    asked = gap_in(text)
    return inside(f"{text[: asked.start]} {text[asked.end :]}" if asked else text).rstrip(" ?.!")


def _asked_of(before: Earlier, earlier: Asked | None, core: str, asked: Asked) -> str:
    """Another gap of the same matter: "… khi nào xong?" of what was asked "ai chủ trì …?"."""
    text = before.text
    if asked.gap == "when" and slot_of(text) in ("number", "signer") and not weight(core[: asked.start] + core[asked.end :]):
        return f"ban hành {core}"
    if earlier and earlier.gap == asked.gap and not weight(core[: asked.start]):
        return text[: earlier.start] + core + text[earlier.end :]
    matter = (_DUE_OF.sub("", text) if slot_of(core) == "dossier" else text).rstrip(" ?.!")
    if earlier:
        asks_noun = slot_of(core) in _NOUN_SLOTS
        head = _MEASURED.sub("", _SLOT_NOUN.sub("", text[: earlier.start])) if asks_noun else text[: earlier.start]
        head = _DUE_OF.sub("", head) if asked.gap == "what" else head  # what papers consist of, not what their day does
        tail = text[earlier.end :].rstrip(" ?.!")
        body = names_of_bodies(before.answer)[:1] if not head.strip() and _OF.match(tail) else []  # "phòng nào của Sở …" needs the one that was found
        matter = (
            _LINK.sub("", " ".join([head.strip(" ,"), *body, tail.strip(" ,")]).strip())
            if not head.strip()
            else " ".join([head.strip(" ,"), tail.strip(" ,")]).strip()
        )
    words = core[: asked.start].split()
    while words and re.search(rf"(?<!\w){re.escape(words[-1])}(?!\w)", matter, re.IGNORECASE) and not weight(words[-1]):
        words.pop()  # "… nộp" + "nộp cho ai"
    if words and matter.lower().endswith(f" {words[0].lower()}") and not _IS_YEAR.match(" ".join(words)):
        matter = matter[: -len(words[0])].rstrip()
    if earlier and earlier.start == 0 and asked.gap == "who":
        return f"{core} {inside(matter)}"
    return f"{matter}{',' if weight(' '.join(words)) else ''} {inside(' '.join([*words, core[asked.start :]]).strip())}"


def _role_asked(text: str) -> str:
    """The role that the question before asked for, to be asked of another matter."""
    role = role_in(text)
    return role.group().lower() if role else "phụ trách"
