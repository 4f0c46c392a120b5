"""Totals whose printed parts do not add up: in one sentence, in a list under a lead-in, in a table with a total row or column.

"Gồm" claims that the parts are all; "trong đó" does not, so there only sums of money that exceed their total are told. Where a part is vague, is left
out ("còn lại") or has parts of its own, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from ingest.facts.amounts import MONEY, Amount, amounts_in, number_of
from ingest.facts.clauses import LONGEST, without_mark
from xhht_qa.text.normalise import fold
from xhht_qa.text.sentences import sentences
from xhht_qa.types import Fact, Paragraph, Plan, Section

_LINK = re.compile(
    r"[^.;:\d]{0,60}?(?:(?P<all>(?<!\w)(?:bao )?gồm(?!\w)|(?<!\w)chia (?:ra|theo|thành)(?!\w)|(?<!\w)phân (?:theo|ra)(?!\w))|(?P<some>(?<!\w)trong đó(?!\w))|(?P<colon>:))",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"(?<!\w)(?:gồm|chia (?:ra|theo)|phân (?:theo|bổ|ra)|chi tiết|cụ thể|như sau)(?!\w)", re.IGNORECASE)
_TOTAL = re.compile(r"(?<!\w)tổng(?! (?:hợp|kết|giám|cục|công|liên|bí))(?!\w)", re.IGNORECASE)
_NOT_ALL = re.compile(r"(?<!\w)(?:còn lại|riêng|ngoài ra|trong đó|bình quân|mỗi|gồm)(?!\w)", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w/.,-])\d[\d.,]*(?<![.,])(?![.,]?\d)\s*(?:[,;]|và(?!\w)|$)")  # "gồm 300 và 200 triệu đồng"
_NESTED = re.compile(r"\s*(?:,\s*)?(?:\(|:|trong đó|gồm|bao gồm)", re.IGNORECASE)
_LABEL_END = re.compile(r"(?:\s+(?:là|dự kiến|ước|ước tính|được|thực hiện là|đạt))*\s*:?\s*$", re.IGNORECASE)
_ALL_ROWS = re.compile(r"(?:tong cong|tong so|tong|cong)(?: chung)?\s*:?(?:\s*\([^()]*\))?")
_NO_SUM = re.compile(r"%|\b(?:ty le|binh quan|trung binh|don gia|dinh muc|muc|nam|diem|tt|stt|thoi gian|thoi han|so van ban|ghi chu)\b")
_EMPTY = frozenset(("", "-", "–", "0"))


def wrong_sums(plan: Plan) -> Iterator[Fact]:
    """A contradiction for each total; ``other`` is the section in which its parts stand."""
    for section in plan.sections:
        for paragraph in section.paragraphs:
            if not paragraph.cells:
                yield from _in_sentences(plan, section, paragraph)
        yield from _in_lists(plan, section)
        yield from _in_tables(plan, section)


def _told(plan: Plan, section: Section, paragraph: Paragraph, quote: str, label: str, total: str, other: str) -> Fact:
    return Fact(
        "contradiction", plan.id, section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, quote, object=label, value=total, other=other
    )  # fmt: skip


def _in_sentences(plan: Plan, section: Section, paragraph: Paragraph) -> Iterator[Fact]:
    for sentence in (text for text in sentences(without_mark(paragraph.text)) if len(text) <= LONGEST):
        for total in amounts_in(sentence):
            link = _LINK.match(sentence, total.end)
            if not link or not total.exact or (link["colon"] and not _TOTAL.search(sentence, 0, total.start)):
                continue
            parts = _parts(sentence[link.end() :], total.unit)
            if _differs(total, parts, complete=not link["some"]):
                yield _told(plan, section, paragraph, sentence, _label(sentence, total), total.text, section.address)


def _parts(tail: str, unit: str) -> list[Amount]:
    """The parts that follow a total, up to a semicolon unless they are set apart by it; none where they cannot be added up."""
    head = tail.partition(";")[0]
    listed = head if len([amount for amount in amounts_in(head) if amount.unit == unit]) > 1 else tail
    parts = [amount for amount in amounts_in(listed) if amount.unit == unit]
    alike = unit == MONEY or len(parts) == len(list(amounts_in(listed)))  # "2 lái xe và 5 người": not all who count are named alike
    sure = alike and all(amount.exact for amount in parts) and not _NOT_ALL.search(listed) and not _BARE.search(listed)
    return parts if sure else []


def _differs(total: Amount, parts: Sequence[Amount], complete: bool) -> bool:
    if len(parts) < 2:
        return False
    whole = sum((part.value for part in parts), Decimal())
    return whole != total.value if complete else total.is_money and whole > total.value


def _label(sentence: str, total: Amount) -> str:
    """What the total is of: the words of its clause before it."""
    clause = re.split(r"[;.]\s+|,\s+(?=\D*$)", sentence[: total.start])[-1]
    return _LABEL_END.sub("", clause).strip(" ,:") or total.text


def _in_lists(plan: Plan, section: Section) -> Iterator[Fact]:
    for place, lead in enumerate(section.paragraphs):
        text = without_mark(lead.text)
        if lead.cells or not text.endswith(":") or len(text) > LONGEST:
            continue
        sentence = sentences(text)[-1]
        complete = bool(_ANNOUNCES.search(sentence))
        if not complete and "trong đó" not in sentence.lower():
            continue
        totals = list(amounts_in(sentence))
        if len(totals) != 1 or not totals[0].exact:
            continue
        items, where = _items(plan, section, place)
        parts = [_only(without_mark(item.text), totals[0].unit) for item in items]
        if all(parts) and _differs(totals[0], [part for part in parts if part], complete):
            yield _told(plan, section, lead, sentence, _label(sentence, totals[0]), totals[0].text, where)


def _items(plan: Plan, section: Section, place: int) -> tuple[list[Paragraph], str]:
    """The bullets of one level that follow a lead-in, or where it ends its section the first paragraphs of the sections below, and where they stand."""
    below = section.paragraphs[place + 1 :]
    if below and below[0].bullet:
        depth = below[0].bullet.count("/")
        listed = []
        for paragraph in below:
            if paragraph.bullet.count("/") < depth:
                break
            if paragraph.bullet.count("/") == depth:
                listed.append(paragraph)
        return listed, section.address
    children = () if below else plan.children(section.address)
    return [child.paragraphs[0] for child in children], children[0].address if children else ""


def _only(item: str, unit: str) -> Amount | None:
    """The figure of an item that is a part, if it is sure which one is."""
    found = [amount for amount in amounts_in(item) if amount.unit == unit]
    sure = bool(found) and found[0].exact and (len(found) == 1 or bool(_NESTED.match(item, found[0].end)))
    return found[0] if sure else None


def _in_tables(plan: Plan, section: Section) -> Iterator[Fact]:
    tables = groupby((paragraph for paragraph in section.paragraphs if paragraph.cells), key=lambda row: tuple(name for name, _ in row.cells))
    for names, grouped in tables:
        rows = list(grouped)
        totals = [row for row in rows if any(_ALL_ROWS.fullmatch(fold(text)) for _, text in row.cells)]
        columns = [place for place, name in enumerate(names) if not _NO_SUM.search(fold(name)) and not _is_counter(rows, place)]
        if len(totals) == 1 and len(rows) > 2 and not _has_levels(rows):
            yield from _columns(plan, section, [row for row in rows if row is not totals[0]], totals[0], columns)
        yield from _rows(plan, section, rows, columns)


def _columns(plan: Plan, section: Section, rows: list[Paragraph], total: Paragraph, columns: list[int]) -> Iterator[Fact]:
    """The first column that does not give the figure of the total row; where none does of several, the row is no sum."""
    wrong, right = [], 0
    for place in columns:
        printed, values = _value(total, place), [_value(row, place, empty=True) for row in rows]
        if printed is None or not all(value is not None for value in values):
            continue
        if sum((value for value in values if value is not None), Decimal()) == printed:
            right += 1
        else:
            wrong.append(place)
    if right or len(wrong) == 1:
        for place in wrong[:1]:  # the row is told once
            label = next(text for _, text in total.cells if _ALL_ROWS.fullmatch(fold(text)))
            yield _told(plan, section, total, total.text, label, total.cells[place][1].strip(), section.address)


def _rows(plan: Plan, section: Section, rows: list[Paragraph], columns: list[int]) -> Iterator[Fact]:
    """Rows that do not give the figure of the total column, where most others do."""
    totals = [place for place in columns if _ALL_ROWS.fullmatch(fold(rows[0].cells[place][0]).strip())]
    if len(totals) != 1:
        return
    wrong, right = [], 0
    for row in rows:
        parts = [value for place in columns if place != totals[0] and (value := _value(row, place)) is not None]
        printed = _value(row, totals[0])
        if printed is None or len(parts) < 2:
            continue
        if sum(parts, Decimal()) == printed:
            right += 1
        else:
            wrong.append(row)
    if right > len(wrong):
        for row in wrong:
            label = next((text for _, text in row.cells if text.strip() and not re.match(r"[\d-]", text)), row.cells[totals[0]][1])
            yield _told(plan, section, row, row.text, label, row.cells[totals[0]][1].strip(), section.address)


def _value(row: Paragraph, place: int, empty: bool = False) -> Decimal | None:
    """The number in a cell, None where there is no number alone."""
    text = row.cells[place][1].strip() if place < len(row.cells) else ""
    if text in _EMPTY:
        return Decimal() if empty else None
    try:
        return number_of(text)
    except ValueError:
        return None


def _is_counter(rows: list[Paragraph], place: int) -> bool:
    """Whether a column only numbers the rows."""
    values = [value for row in rows if (value := _value(row, place)) is not None]
    return len(values) > 1 and values == [Decimal(number) for number in range(1, len(values) + 1)] and place == 0


def _has_levels(rows: list[Paragraph]) -> bool:
    """Whether rows are the sums of others: numbered I, 1, 1.1."""
    numbers = [row.cells[0][1].strip() for row in rows if row.cells[0][1].strip()]
    return any(re.fullmatch(r"\d+\.\d+\.?|[A-Z]|[IVX]+", number) for number in numbers)
