"""What a yes-or-no question claims, value by value, and whether a piece bears each one out, gives another value of its kind, or says nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from xhht_qa.extract.actors import actor_of
from xhht_qa.extract.asked import prints
from xhht_qa.extract.units import Unit
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.dates import dates_in, find_dates, without_citations
from xhht_qa.text.normalise import CAPITAL, compose, fold
from xhht_qa.text.words import general_words

Verdict = Literal["borne out", "contradicted", "unsaid"]

_FIGURE = re.compile(r"(?<![\w/.,-])(?<!năm )(?<!Năm )(\d+(?:[.,]\d+)*)(?: ?(%)| ?(?:cái |chiếc |con )?([^\W\d_]+)(?: ([^\W\d_]+))?)(?![\w/])")
_SPELT = {"hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10"}
_SPELT_OUT = re.compile(
    rf"(?<!\w)({'|'.join(_SPELT)})(?= (?:giai đoạn|lần|đợt|nhóm|loại|bước|lớp|đội|bộ|buổi|bản|xã|phường|phòng|đơn vị|cơ sở|năm|tháng|tuần|ngày|giờ|người|hộ|thôn|tổ|điểm)(?!\w))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]\s*(\w[^”\"]*)[”\"]")
_AT = re.compile(
    rf"(?i:(?<!\w)(?:ở|tại))(?: (?:KCN|[^\W\dA-Z][^\W\d]*)){{0,3}} (?P<name>{CAPITAL}[^\W\dA-Z]+(?: {CAPITAL}[^\W\dA-Z]+)+)"
)  # "tại khu công nghiệp Trà Bắc"
_ROLE = re.compile(r"(?<!\w)(?:chủ trì|phối hợp|trưởng đoàn|phụ trách|đầu mối)(?!\w)", re.IGNORECASE)
_LEADS = re.compile(r"(?<!\w)(?:chủ trì|(?:làm )?đầu mối)(?!\w)", re.IGNORECASE)
_BREAK = re.compile(r"[,;:]| và ")
_ALL = re.compile(r"(?<!\w)(?:các|cấp|mỗi|từng|mọi|những|toàn|cơ quan|đơn vị|địa phương)(?!\w)", re.IGNORECASE)
_HANDED = re.compile(r"(?<!\w)(?:báo cáo|gửi|nộp|trình)(?!\w)(?:(?! (?:gửi|nộp|trình)(?!\w))[^.;,])*?(?: (?:về|cho|lên|tới|đến))? (?P<to>(?=[A-ZĐ])[^.;]+)")
_MOST = 0.6  # of what is said to be done, in the weight of its words
OF_DOCUMENT = re.compile(
    r"(?<!\w)(?:quyết định|nghị quyết|thông tư|nghị định|chỉ thị|kết luận|công văn|văn bản|luật|tờ trình|ban hành|ký|kí|số \d)(?!\w)", re.IGNORECASE
)
_OPPOSITES = (("tăng", "giảm"), ("tối đa", "tối thiểu"))


@dataclass(frozen=True)
class Acting:
    """The bodies that act in a piece."""

    all: Sequence[str]
    helping: Sequence[str]  # those of them that only work with another one


def verdicts(question: str, typed: str, unit: Unit, acting: Acting, cover: Callable[[str], float]) -> Iterator[Verdict]:
    """A verdict for each claim.

    ``question`` is what is searched for, ``typed`` what was asked; ``cover`` tells how much of the question without its claims a text holds.
    """
    text = as_printed(unit)
    around = f"{text} {unit.subject} {' '.join(unit.section.path)}"
    yield from _date(typed, text, around)
    yield from ("borne out" if fold(name).strip() in fold(around) else "contradicted" for name in _QUOTED.findall(typed))
    for value, noun in counts_in(question):
        printed = _labelled(text, noun)
        yield "unsaid" if not printed else "borne out" if max(printed, key=lambda one: cover(one[0]))[1] == value else "contradicted"
    yield from _opposite(question, text)
    yield from _place(question, around)
    yield from _body(question, unit, acting, around, cover)
    yield from _recipient(question, text, around)


def without_claims(question: str) -> str:
    """The question without the places and the bodies behind "do" that it claims; what is left says what it is about."""
    for body in agencies_in(question):
        question = question.replace(f"do {body}", " ")
    return _AT.sub(" ", question)


def as_printed(unit: Unit) -> str:
    """The words of a unit; of a table row "120 học viên" where the column is "Số học viên"."""
    if unit.text != unit.paragraph.text or not unit.paragraph.cells:
        return unit.text
    return "; ".join(f"{name}: {text} {re.sub(r'^(?i:số|tổng số) ', '', name) if text[:1].isdigit() else ''}".rstrip() for name, text in unit.paragraph.cells)


def counts_in(text: str) -> list[tuple[str, str]]:
    """Each figure with what it counts: ("2", "doi") of "02 đội", ("120", "hoc vien"), ("85", "%"), ("5", "trieu"); no dates."""
    return [(value, noun) for _, value, noun in _figures(text)]


def _labelled(text: str, noun: str) -> list[tuple[str, str]]:
    """The figures that count one noun, each with the words from the figure or comma before it through its own clause's end."""
    return [(label, value) for label, value, of in _figures(text) if of == noun]


def _figures(text: str) -> Iterator[tuple[str, str, str]]:
    text = _SPELT_OUT.sub(lambda match: _SPELT[match.group(1).lower()], compose(text))
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]} . {text[mention.end :]}"
    end = 0
    for match in _FIGURE.finditer(text):
        value, sign, first, second = match.groups()
        label = _BREAK.split(text[end : match.start()])[-1] if end else text[: match.start()]
        behind = _BREAK.split(text[match.end(1) :])[0]
        yield f"{label} {behind}", value.lstrip("0") or "0", sign or _noun(first, second)
        end = match.end(1)


def _noun(first: str, second: str) -> str:
    pair = f"{first} {second}".lower()
    return fold(pair if pair in general_words() and first.lower() not in ("triệu", "tỷ", "tỉ", "nghìn") else first)


def _date(typed: str, text: str, around: str) -> Iterator[Verdict]:
    """The dates stated, together: as the piece prints them, or other ones."""
    if not OF_DOCUMENT.search(typed):
        text, around = without_citations(text), without_citations(around)
    stated, printed = dates_in(compose(typed)), dates_in(text) or dates_in(around)
    if stated:
        same = all(any(date.covers(other) or other.covers(date) for other in printed) for date in stated)
        yield "borne out" if same else "contradicted" if printed else "unsaid"


def _opposite(question: str, text: str) -> Iterator[Verdict]:
    said, printed = (f" {compose(words).lower()} " for words in (question, text))
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if f" {one} " in said and f" {other} " in printed and f" {one} " not in printed:
                yield "contradicted"


def _place(question: str, around: str) -> Iterator[Verdict]:
    """A place stated, where the piece prints it or another one in its stead."""
    for match in _AT.finditer(question):
        if prints(around, match["name"]):
            yield "borne out"
        else:
            yield "contradicted" if _AT.search(around) else "unsaid"


def _body(question: str, unit: Unit, acting: Acting, around: str, cover: Callable[[str], float]) -> Iterator[Verdict]:
    """Who is said to act, before the verb or behind "do": in a table the cell of that role, else who acts in the piece."""
    role, subject = _ROLE.search(question), actor_of(question)
    leads = _LEADS.search(question)
    leading = [body for body in acting.all if not any(_are_one(body, other) for other in acting.helping)]
    for body in agencies_in(question):
        by = f"do {body}" in question
        cells = [text for name, text in unit.paragraph.cells if by and role and fold(role.group()) in fold(name)]
        claimed = by or body in subject or question.strip().startswith(body)
        bodies = cells or ((leading if leads else acting.all) if claimed else ())
        if claimed and leads and not cells and any(_are_one(body, other) for other in acting.helping):
            yield "contradicted"  # it works with the one that leads
        elif not bodies:
            continue
        elif any(_are_one(body, other) for other in bodies):
            yield "borne out" if _states_work(question, body, around, cover) else "unsaid"
        else:  # "các phòng" may be the one that is asked about, too
            yield "unsaid" if any(_ALL.search(other) for other in bodies) or (not cells and prints(around, body)) else "contradicted"


def _recipient(question: str, text: str, around: str) -> Iterator[Verdict]:
    """To whom something is said to be handed in, where the piece names another body for it."""
    for match in _HANDED.finditer(question):
        claimed = next((body for body in agencies_in(match["to"]) if match["to"].strip().startswith(body)), "")
        if not claimed or prints(around, claimed):
            continue
        printed = [body for other in _HANDED.finditer(text) for body in agencies_in(other["to"])]
        yield "contradicted" if printed and not any(_ALL.match(body) for body in printed) else "unsaid"


def _states_work(question: str, body: str, around: str, cover: Callable[[str], float]) -> bool:
    """Whether a piece speaks of most of what a body is said to do; under the heading of a body any of its work stands."""
    known = f"{body} {' '.join(match.group() for match in _ROLE.finditer(question))}"
    work = cover(question) - cover(known)
    return cover(f"{known} {around}") - cover(known) >= _MOST * work


def _are_one(body: str, other: str) -> bool:
    """Whether one name holds the other."""
    return prints(other, body) or prints(body, other)
