"""When the plans do not say it: off the topic, no such plan, or the right topic without the value asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from xhht_qa import messages
from xhht_qa.extract.answerable import LEAST, answerable
from xhht_qa.extract.asked import prints
from xhht_qa.extract.claims import OF_DOCUMENT
from xhht_qa.extract.evidence import evidence, is_list
from xhht_qa.extract.expected import periods_reported, reports_on
from xhht_qa.extract.material import Material
from xhht_qa.extract.units import in_units
from xhht_qa.extract.values import asks_for_papers, counts_items, holds_counted, holds_required, misses_rate, names_papers, required_value
from xhht_qa.text.dates import dates_in, without_citations, years_in
from xhht_qa.text.listed import points_at_item
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Draft, Paragraph, Plan, Query

_YES_NO = re.compile(r"\bcó\b.{1,40}\b(?:không|ko|chưa)\W*$", re.IGNORECASE)
_PAPERS = re.compile(r"\b(?:ho so|giay to|mang theo|can cuoc)\b")
_MONEY = re.compile(
    r"(?<!\w)(?:kinh phí|ngân sách|nguồn|tiền|đồng(?! (?:chí|bào|bộ|thời))|triệu|tỷ|tỉ|vốn|chi|phí|chi phí|quỹ|tài trợ|dự toán|tài chính|hỗ trợ|mức|vay|thanh toán|xã hội hóa|đóng góp|vnđ)(?!\w)|\d ?đ(?!\w)",
    re.IGNORECASE,
)
_STAGES = re.compile(r"(?<!\w)(?:mấy|bao nhiêu) (đợt|vòng|chặng)(?!\w)", re.IGNORECASE)  # plans number them or say how many
_DUE = ("deadline", "reporting")  # the kinds of facts that tell when something is handed in; any date might be a cited document's
_MOST = 0.5
_NEAREST_NAMED = 2
_LEAST_COVER = 0.4  # of a question that names no plan: off-topic ones share a common word or two
_FOREIGN, _LEAST_COVER_FOREIGN = 0.3, 0.5  # the more so where so much of the question is printed nowhere
_INVENT = re.compile(
    r"\b(?:bịa|(?:viết|nói|đoán|ghi) đại|bỏ qua (?:(?:các|mọi|tất cả|những) )*(?:tài liệu|văn bản|kế hoạch|quy định|hướng dẫn|chỉ dẫn)|(?:hãy|cứ) (?:viết|nói|ghi|trả lời|xác nhận) (?:rằng|là)|hãy khẳng định|khẳng định rằng|giả sử|tự đặt|chế ra|nghĩ ra|đoán xem)\b"
)  # with accents: "bia rượu" is nothing made up, "đầu tư đạt" and "thu từ đất" no "tự đặt"
_PLACE = re.compile(r"\b((?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường)\s+)([^\W\d_]+(?:\s+[^\W\d_]+){0,3})", re.IGNORECASE)
_OTHER_PLAN = re.compile(r"^\W*(?:theo |trong )?ke hoach (?:so )?(\d+/[a-z][\w&-]*)")


def outright(material: Material) -> Draft | None:
    """A refusal for what the question is, before any passage is read: about another place or document, figures alone, or a wish that something be made up."""
    query = material.query
    place = _unknown_place(material)
    if place:
        return Draft("not_found", lead=messages.no_such_plan(place))
    if query.follow_up and points_at_item(query.text):  # at one of a list that was not given
        return not_found(material)
    if not material.passages or _says_nothing(query) or asks_to_invent(query) or _other_document(query, material.plans):
        return not_found(material)
    return None


def unknown_subject(material: Material) -> Draft | None:
    """A refusal where most of what the question is about is printed nowhere in the plans searched; the signs tell more where a kind of value is asked for."""
    query = material.query
    return not_found(material) if material.weights.unknown > _MOST and (query.slot == "content" or not query.named) else None


def unheld(material: Material) -> Draft | None:
    """A refusal where the best piece found hardly holds what is asked for, or no piece the very date."""
    if material.query.addresses:
        return None
    missing = _says_none(material) or _misses_kind(material) or _misses_date(material) or _misses_period(material) or _off_topic(material)
    return not_found(material) if missing or answerable(evidence(material)) < LEAST else None


def not_found(material: Material) -> Draft:
    """That the plans asked about do not state it, with the nearest sections as a pointer and no value of theirs."""
    named = [material.plans[plan].title for plan in material.query.plans]
    near = [f"- {_capitalised(material.section(passage).label)}, {material.plans[passage.plan].title}" for passage in material.passages[:_NEAREST_NAMED]]
    tail = "\n".join([messages.NEAREST, *near]) if near and named else ""  # far from every topic, the nearest section is no help
    return Draft("not_found", messages.not_found_in(named) if named else messages.NOT_FOUND, tail=tail)


def _capitalised(label: str) -> str:
    return f"{label[0].upper()}{label[1:]}"


def _unknown_place(material: Material) -> str:
    """A place that the question names, of which no plan in scope speaks and no other plan is; "" if there is none."""
    for match in _PLACE.finditer(material.query.question):
        name = list(takewhile(lambda word: word[0].isupper() and not word.isupper(), match.group(2).split()))
        place = folded_syllables(" ".join(name[:2]))
        if len(name) < 2 or material.vocabulary.has_pairs(place, material.scope):
            continue
        # the titles of thousands of plans are not read for a place that none of them prints
        titled = material.plans if material.vocabulary.has_pairs(place, material.plans) else material.query.plans
        if not any(prints(f"{plan.title} {plan.metadata.place}", " ".join(place)) for plan in map(material.plans.__getitem__, titled)):
            return f"{match.group(1)}{' '.join(name)}"
    return ""


def _other_document(query: Query, plans: Mapping[str, Plan]) -> bool:
    """Whether the question is about what another, unindexed plan says; the plans at hand only cite it."""
    match = _OTHER_PLAN.match(fold(query.question))
    if match is None or query.slot not in ("content", "criteria", "responsible", "budget", "award", "phase", "count"):
        return False
    return match.group(1) not in {fold(plan.metadata.number) for plan in plans.values()}


def _says_nothing(query: Query) -> bool:
    """Whether the question is figures alone and the number of no section."""
    return not query.addresses and not any(character.isalpha() for character in query.text)


def asks_to_invent(query: Query) -> bool:
    """Whether the question wants something made up, or the plans set aside."""
    return bool(_INVENT.search(query.text.lower()))


def _off_topic(material: Material) -> bool:
    """Whether a question that names no plan shares too little with the best section."""
    section = material.best.section
    cover = material.weights.words_cover(f"{section.text} {' '.join(section.path)}")
    least = _LEAST_COVER_FOREIGN if material.weights.unknown > _FOREIGN else _LEAST_COVER
    return not material.query.named and cover < least


def _says_none(material: Material) -> bool:
    """Whether the best piece has no word of a question that has any: it was found by what is near in meaning alone."""
    return not material.query.confirm and bool(material.weights.idf) and material.best.cover == 0.0


def _misses_kind(material: Material) -> bool:
    """Whether the best piece lacks the only kind of value that can answer: a sum, a percentage, a person, a dossier."""
    query, best = material.query, material.best
    if counts_items(query) and is_list(material, best):
        stage = _STAGES.search(query.text)
        return stage is not None and not holds_counted(stage.group(1), f"{best.section.text} {' '.join(best.section.path)}")
    required, text = required_value(query), f"{in_units(best.paragraph, best.text)} {_as_sentences(best.paragraph)}"
    if required and not holds_required(required, text):
        return True
    if (query.slot == "deadline" or (query.confirm and dates_in(query.question))) and not OF_DOCUMENT.search(query.question):
        own = without_citations(text)
        if own != text and not dates_in(own):  # its only day is that of a document
            return True
    if query.slot == "budget" and not _MONEY.search(f"{text} {best.subject} {' '.join(best.section.path)}"):
        return True
    if misses_rate(query, " ".join([*best.section.path, best.subject, best.text, _as_sentences(best.paragraph)])):
        return True
    printed = fold(f"{best.section.text} {' '.join(best.section.path)}")
    return query.slot == "dossier" and not (_PAPERS.search(printed) and (names_papers(printed) or not asks_for_papers(query)))


def _as_sentences(paragraph: Paragraph) -> str:
    """What the cells of a table row say of their columns: "Trưởng đoàn là …"; a share without its sign where the row says that it is one."""
    share = any("%" in text for _, text in paragraph.cells)
    return " ".join(f"{name} là {text}{' %' if share and text[-1:].isdigit() else ''}" for name, text in paragraph.cells)


def _misses_date(material: Material) -> bool:
    """Whether the question is about a date that no piece found prints."""
    query = material.query
    if query.confirm or _YES_NO.search(query.text):
        return False
    plan = material.plans[material.best.plan]
    years = years_in(f"{plan.title} {plan.metadata.subject}")
    # the year of a plan for one year is said once, at its head: "Hết quý III"
    dates = {replace(date, year=None) if years == {str(date.year)} and (date.quarter or date.month) else date for date in dates_in(query.question)}
    return bool(dates) and not any(date.covers(other) for unit in material.units for other in dates_in(unit.paragraph.text) for date in dates)


def _misses_period(material: Material) -> bool:
    """Whether one period's report is asked about, its day or whether there is one, and what was found tells of another's, or of no report."""
    query, best = material.query, material.best
    wanted = query.slot in ("deadline", "recipient") or _YES_NO.search(query.text)
    periods = periods_reported(query.text) if wanted and not query.confirm else frozenset()
    printed = (" ".join([*unit.section.path, paragraph.text]) for unit in material.units for paragraph in unit.section.paragraphs)
    if not periods or any(reports_on(periods, text) for text in printed):
        return False
    due = any(fact.kind in _DUE for fact in material.facts_in(best))
    return not (due and reports_on(periods, f"{' '.join(best.section.path)} {best.subject} {best.text}", strictly=False))
