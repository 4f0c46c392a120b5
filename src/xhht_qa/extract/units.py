"""The quotable pieces of the passages found: sentences and bullets, each scored by what it says of the question."""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xhht_qa.extract.actors import acts_otherwise, kinds_of_actor
from xhht_qa.extract.asked import counted_noun
from xhht_qa.extract.ranges import range_agreement
from xhht_qa.extract.reports import Reports
from xhht_qa.extract.told import is_told
from xhht_qa.extract.values import (
    ANY_FIGURE,
    asks_for_condition,
    asks_for_consequence,
    asks_for_list,
    asks_for_papers,
    asks_for_several_dates,
    asks_for_source,
    asks_who_qualifies,
    holds_counted,
    holds_required,
    holds_value,
    lists_papers,
    misses_rate,
    names_papers,
    names_source,
    required_value,
    states_condition,
    states_consequence,
    states_total,
)
from xhht_qa.extract.weights import Weights
from xhht_qa.text.dates import dates_in, find_dates, years_in
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.headings import kind_asked, kind_headed
from xhht_qa.text.normalise import compose, fold, is_upper
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import CLOSING, OPENING, FactKind, Paragraph, Passage, Plan, Query, Section, Slot, Source

_PASSAGE_SHARE = 0.6  # how much the rank of the section counts beside the words of the unit
_FACET_BONUS = 0.2  # "6 tháng" asked: the clause for the 6 months, not its twin for the year
_KIND_BONUS = 0.3  # "mục đích gì" asked: under "Mục đích", not under "Yêu cầu"
_QUALIFYING = re.compile(r"\b(?:tieu chi|tieu chuan|dieu kien|doi tuong)\b")
_QUALIFYING_BONUS = 0.4  # "gia đình nào thì được thăm" asked: under criteria, not the sum that such a family gets
_CONDITION_BONUS = 0.5  # "khi nào … bị coi là …" asked: the clause that says when it is
_CONSEQUENCE_BONUS = 0.3  # "thì bị gì" asked: the clause that says what follows
_SOURCE_BONUS = 0.4  # "kinh phí lấy ở đâu" asked: the clause on its sources, not the sums or the accounts
_DUTY_BONUS, _DUTY_FIT = 0.3, 0.75  # "Sở Y tế phải làm gì" asked: what stands under its name, not where others work with it
_DUTIES_ASKED = re.compile(
    r"(?<!\w)(?:làm|có|chịu|lo|phụ trách)(?: (?:những|các|việc|nhiệm vụ|trách nhiệm|công việc))* gì(?!\w)|(?:nhiệm vụ|trách nhiệm)(?: của)?", re.IGNORECASE
)
_CLOSING_WORDS = re.compile(r"^Trên đây là ", re.IGNORECASE)  # a plan takes its leave with them and states nothing
_CLOSING_ASKED = re.compile(r"\b(?:đoạn kết|kết thúc|cuối (?:kế hoạch|văn bản)|đoạn cuối)\b", re.IGNORECASE)
_RECEIVER_MALUS = 0.3
_OPENING_OF_KIND_MALUS = 0.4  # a plan's purpose stands under its heading; its opening only names what is planned
_YEAR_BONUS = 0.2  # the year that the question names
_ONE_OF_YEARS_BONUS = 0.3  # the more so in a plan for several years; that of a plan for one says nothing
_ASIDE = re.compile(r"\([^()]*\)")  # "Hội Chữ thập đỏ tỉnh (Cơ quan Thường trực)"
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
_FACT_BONUS = 0.15  # a unit that states a fact of the kind asked for
_KINDS_OF_FACT: Mapping[Slot, tuple[FactKind, ...]] = {
    "deadline": ("deadline", "reporting", "phase"),
    "recipient": ("reporting",),
    "responsible": ("responsibility",),
    "criteria": ("criterion",),
    "award": ("award",),
    "dossier": ("dossier",),
    "phase": ("phase",),
    "budget": ("budget",),
}
_TITLE_BONUS = 0.15  # "mục đích gì" asked: what stands under "Mục đích"; "đảng viên" asked: under "Đối với đảng viên", not "Đối với tổ chức đảng"
_NAMED_BONUS = 0.2  # the table row whose name the question says word for word
_COUNTED_BONUS = 0.2  # "mấy xe" asked: the unit that has "30 xe"
_RANGE_BONUS = 0.3  # "3 ha" asked: the clause for 01 to 05 ha
_NAMED_SHARE = 0.7  # of the best score
_PAPERS_SHARE = 0.5  # the same, of what says what a dossier is made of, where that is asked
_LABEL = re.compile(r"^([^:;.]{2,80}):\s")
_ACTOR_MALUS = 0.3  # "xã" asked: the clause by which the communes act, not the one that has the districts act towards them
_HEAD_SHARE, _HEAD_WORDS = 0.15, 8  # who acts stands first, in the question and in the clause
_PAPERS = re.compile(r"(?<!\w)(?:báo cáo|hồ sơ|dự toán|quyết toán|danh sách|tờ trình)(?!\w)", re.IGNORECASE)
_REVIEW = re.compile(r"(?<!\w)(?:sơ kết|tổng kết)(?!\w)", re.IGNORECASE)
_TOLD_MALUS = 0.8  # "còn hộ thường?" after what a poor household pays
_OTHER_PAPER_MALUS = 0.3  # when a report is due or the work reviewed: not when dossiers are due
_CELL_BONUS = 0.2  # "môn Toán": the row that has "Toán (90 phút)" for itself
_RATE_MALUS = 0.5  # "một ngày được bao nhiêu": not the sum for all
_TOTAL_BONUS = 0.5  # "Tổng kinh phí 412 tỷ đồng, gồm:" and none of its parts
_VALUE_BONUS = 0.25  # a unit that holds the kind of value asked for
_MARK = re.compile(r"^(?:[-–—−+*•]\s+|\d{1,2}(?:\.\d{1,2})+[.)-]?\s+|\(?(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ])[.)/]\s*|(?:Điều|Mục)\s+\d+\w?\s*[.:]\s*)")
_ORDINAL_BONUS = 0.5
_DOSSIER, _DOSSIER_BONUS = re.compile(r"\b(?:ho so|giay to)\b.*\bgom\b|^\W*(?:\d+\W+)?(?:ho so|thanh phan)\b"), 0.3  # what stands under "Hồ sơ gồm:"
_MEANING_ASKED = re.compile(r"\b(?:là gì|là sao|thế nào là|hiểu|nghĩa(?! (?:vụ|trang))|viết tắt)\b", re.IGNORECASE)
_EXPLAINS, _EXPLAINED_MALUS = re.compile(r"\btu ngu\b"), 0.3  # a definition holds the words of every question about its term
_REQUIRED_BONUS = 0.5  # a question for a percentage, a sum, a person can only be answered by a unit that holds one
_DATE_BONUS = 0.5  # a unit with the very date that the question names
_HEAD_MALUS = 0.6  # the opening repeats the topic of every question
_TITLE_MALUS = 0.4  # capitals and captions name a subject and say nothing of it
_HEADING_MALUS = 1.0  # a printed heading over text of its own is never the answer
_LEAD_IN_MALUS = 0.2  # "… gồm:" announces an answer and is none
_SHORT_SENTENCE = 30  # syllables; a sentence this short is said whole, as its second clause often leans on the first
_LONG_MALUS = 0.04  # a doubling of length over 30 syllables: long sentences hold more words by chance
_HEAD_LONGEST = 15  # words
_TITLE_WORDS = frozenset(("doi", "voi", "ve", "cua", "va", "cac", "nhung", "cho", "trong"))


@dataclass(frozen=True)
class Unit:
    """A sentence or bullet: ``text`` is an exact part of the section, ``subject`` the heading or lead-in it stands under."""

    plan: str
    section: Section
    paragraph: Paragraph
    text: str
    subject: str
    score: float
    cover: float  # share (0..1) of the question's weight found in the unit and its headings

    @property
    def source(self) -> Source:
        """The unit as what a statement rests on."""
        return Source(self.plan, self.section.address, self.paragraph.bullet, self.text)


def units_of(query: Query, passages: Sequence[Passage], plans: Mapping[str, Plan], weights: Weights) -> list[Unit]:
    """All units of the passages, best first."""
    found = []
    kind = kind_asked(query.text)
    meaning = bool(_MEANING_ASKED.search(query.text))
    counted, qualifying = counted_noun(query.text), asks_who_qualifies(query)
    wording = wording_of(query.text)
    asked = frozenset(wording.split())
    asked_actor = kinds_of_actor(query.text)
    condition, source, duties = asks_for_condition(query), asks_for_source(query), query.slot == "responsible" and bool(_DUTIES_ASKED.search(query.text))
    read = _read(query, passages, plans)
    facts = _facts_by_section(plans, read, query.slot)
    consequence = asks_for_consequence(query)
    years = years_in(query.question)
    papers = _papers_in(query.text) or frozenset(_REVIEW.findall(query.text)) if query.slot in ("deadline", "recipient") else frozenset()
    reports = Reports(query, (passage.plan for passage, _ in read), plans, weights)
    for passage, section in read:
        plan_years = years_in(f"{plans[passage.plan].title} {plans[passage.plan].metadata.subject}")
        telling = years - plan_years if len(plan_years) == 1 else years
        head = ""
        for place, paragraph in enumerate(section.paragraphs):
            if not paragraph.bullet:
                head = paragraph.text if heads_bullets(section, place) else ""
            subject = head if head and paragraph.bullet.count("/") == 1 else _subject(section, paragraph, plans[passage.plan])
            columns = " ".join(name for name, _ in paragraph.cells)
            context = " ".join((*section.path, subject, columns))
            headings = fold(" ".join((subject, *section.path[-2:])))
            for text in _split(paragraph, query):
                cover = weights.cover(text, context)
                shape = _value_score(query, section, paragraph, text) + _form_score(query, section, paragraph, text)
                shape += _FACET_BONUS * agreement(query.facets, facets_in(f"{subject} {text}"))
                shape += _KIND_BONUS * _kind_agrees(kind, (subject, *section.path[-2:])) - _OPENING_OF_KIND_MALUS * (bool(kind) and section.address == OPENING)
                shape += _QUALIFYING_BONUS * (qualifying and bool(_QUALIFYING.search(headings)))
                shape += _TITLE_BONUS * _fit(subject, asked) + _DUTY_BONUS * (duties and _fit(subject, asked) >= _DUTY_FIT)
                shape += _CONDITION_BONUS * (condition and states_condition(f"{subject} {text}")) + _SOURCE_BONUS * (source and names_source(text))
                shape += _CONSEQUENCE_BONUS * (consequence and states_consequence(text))
                shape += _NAMED_BONUS * (is_named(row_name(paragraph), wording) or _is_of_year(paragraph, years))
                shape += _ONE_OF_YEARS_BONUS * bool(not query.confirm and telling & years_in(f"{text} {columns}"))
                shape += _COUNTED_BONUS * (bool(counted) and holds_counted(counted, in_units(paragraph, text), columns))
                shape += _RANGE_BONUS * range_agreement(query.text, text)
                shape += _CELL_BONUS * _has_named_cell(paragraph, section, wording)
                shape -= _RATE_MALUS * misses_rate(query, f"{headings} {columns} {text}")
                shape -= _TOLD_MALUS * is_told(text, query.told)
                shape -= _OTHER_PAPER_MALUS * _are_others(papers, _papers_in(f"{subject} {text}"))
                shape -= _EXPLAINED_MALUS * bool(not meaning and _EXPLAINS.search(headings))
                shape += _FACT_BONUS * any(quote in text or text in quote for quote in facts[passage.plan, section.address])
                shape -= _ACTOR_MALUS * acts_otherwise(asked_actor, kinds_of_actor(without_mark(text)) or kinds_of_actor(f"{subject} là"))
                shape -= _RECEIVER_MALUS * reports.only_receives(passage.plan, section.address, text)
                shape += _HEAD_SHARE * weights.words_cover(" ".join(without_mark(text).split()[:_HEAD_WORDS]))
                found.append(Unit(passage.plan, section, paragraph, text, subject, cover + _PASSAGE_SHARE * passage.score + shape, cover))
    found.sort(key=lambda unit: -unit.score)
    if (
        found and asks_for_papers(query) and not names_papers(f"{found[0].section.text} {' '.join(found[0].section.path)}")
    ):  # not when papers are due, though that is said of the very papers asked about
        least = _PAPERS_SHARE * found[0].score
        found.sort(key=lambda unit: not (lists_papers(unit.section.text) and unit.score >= least))
    return _with_named_first(query, found, wording)


def _with_named_first(query: Query, units: list[Unit], wording: str) -> list[Unit]:
    """The units with the best one's sibling first, where the question says the sibling's name and not the best one's: "Đối với đảng viên"."""
    best = units[0] if units else None
    if best is None or any(is_named(name, wording) for name in _names(best.paragraph, best.text, best.subject)):
        return units
    value = _value_score(query, best.section, best.paragraph, best.text)
    for unit in units[1:]:
        beside = unit.plan == best.plan and unit.section.parent == best.section.parent is not None and unit.subject != best.subject
        above = [fold(heading) for heading in unit.section.path[:-1]]
        names = [name for name in _names(unit.paragraph, unit.text, unit.subject) if not any(fold(name) in heading for heading in above)]
        named = beside and not is_told(unit.text, query.told) and any(is_named(name, wording) for name in names)
        if named and unit.score >= _NAMED_SHARE * best.score and _value_score(query, unit.section, unit.paragraph, unit.text) >= value:
            return [unit, *(other for other in units if other is not unit)]
    return units


def _read(query: Query, passages: Sequence[Passage], plans: Mapping[str, Plan]) -> list[tuple[Passage, Section]]:
    """The sections to read, each once; a heading without text of its own stands for what is below it, unless it was named by its number or gives the total."""
    read: dict[tuple[str, str], tuple[Passage, Section]] = {}
    for passage in passages:
        plan = plans[passage.plan]
        section = plan.section(passage.section)
        assert section
        above = plan.section(section.parent) if section.parent else None
        if above and states_total(query, above.paragraphs[0].text):
            read.setdefault((plan.id, above.address), (passage, above))
        bare = section.is_heading and len(section.paragraphs) == 1 and not query.addresses and not states_total(query, section.text)
        for answering in (bare and plan.children(section.address)) or [section]:
            read.setdefault((plan.id, answering.address), (passage, answering))
    return list(read.values())


def _facts_by_section(plans: Mapping[str, Plan], read: Sequence[tuple[Passage, Section]], slot: Slot) -> dict[tuple[str, str], list[str]]:
    """The quotes of the facts that are of the kind asked for, by plan and section."""
    kinds = _KINDS_OF_FACT.get(slot, ())
    quotes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for plan in {passage.plan for passage, _ in read} if kinds else ():
        for fact in plans[plan].facts:
            if fact.kind in kinds:
                quotes[plan, fact.section].append(fact.quote)
    return quotes


def _papers_in(text: str) -> frozenset[str]:
    return frozenset(paper.lower() for paper in _PAPERS.findall(text))


def _are_others(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether both speak of papers, and of no common ones."""
    return bool(asked) and bool(said) and not asked & said


def _value_score(query: Query, section: Section, paragraph: Paragraph, text: str) -> float:
    """For holding what is asked for: the kind of value, the very date, the item of that ordinal."""
    said, columns = in_units(paragraph, text), " ".join(name for name, _ in paragraph.cells)
    score = _VALUE_BONUS if holds_value(query, said) else 0.0
    required = required_value(query)
    if required and holds_required(required, said):
        score += _REQUIRED_BONUS
    score += _YEAR_BONUS * bool(not query.confirm and years_in(query.question) & years_in(f"{text} {columns}"))
    if query.slot == "dossier":
        heading = fold(f"{section.path[-1] if section.path else ''} {section.paragraphs[0].text if paragraph.bullet else ''}")
        score += _REQUIRED_BONUS * ("ho so" in fold(f"{section.text} {' '.join(section.path)}")) + _DOSSIER_BONUS * bool(_DOSSIER.search(heading))
    if not query.confirm and any(date.covers(other) for date in dates_in(query.question) for other in dates_in(text)):
        score += _DATE_BONUS
    if query.ordinal and is_item(paragraph, section, *query.ordinal):
        score += _ORDINAL_BONUS
    return score


def _form_score(query: Query, section: Section, paragraph: Paragraph, text: str) -> float:
    """Against titles, lead-ins, the opening and long sentences: they hold a question's words without answering it."""
    score = -_LONG_MALUS * max(0.0, math.log2(len(text.split()) / 30))
    if section.address == OPENING and not opening_asked(query):
        score -= _HEAD_MALUS
    if _CLOSING_WORDS.match(text) and not _CLOSING_ASKED.search(query.text):
        score -= _HEAD_MALUS
    if query.slot != "copies" and _is_recipient(section, paragraph):
        score -= _HEADING_MALUS
    if is_upper(text) or len(text.split()) < 4 or (text.startswith("(") and text.endswith(")")):
        score -= _TITLE_MALUS
    if not paragraph.bullet and " | " in text:  # the row that heads a table's columns
        score -= _HEADING_MALUS
    heading = paragraph is section.paragraphs[0] and section.is_heading and len(section.paragraphs) > 1 and _is_title(section, text)
    if heading and not _states_asked(query, text):
        score -= _HEADING_MALUS
    elif states_total(query, text):
        score += _TOTAL_BONUS
    elif text.endswith(":") and not asks_for_list(query) and not holds_counted(counted_noun(query.text) or "\0", text):
        score -= _LEAD_IN_MALUS
    return score


def _states_asked(query: Query, text: str) -> bool:
    """Whether a heading itself prints the only value that can answer: "Hồ sơ (02 bộ) gồm:"."""
    required = required_value(query)
    return required is not None and required != ANY_FIGURE and holds_required(required, without_mark(text))


def _is_recipient(section: Section, paragraph: Paragraph) -> bool:
    """Whether a line only says to whom the plan is sent: it names a body and tells nothing of it."""
    if section.address != CLOSING or not paragraph.bullet:
        return False
    above = itertools.takewhile(lambda other: other is not paragraph, section.paragraphs)
    return any(fold(other.text).lstrip("* ").startswith("noi nhan") for other in above)


def in_units(paragraph: Paragraph, text: str) -> str:
    """A unit without its mark; the figures of a table row with the units that their column or their row gives: "Chi đầu tư (tỷ đồng)" | "10,0"."""
    if text != paragraph.text or not paragraph.cells:
        return without_mark(text)
    row = next((unit for _, cell in paragraph.cells if (unit := _IN_BRACKETS.search(cell))), None)  # "Đường bê tông (km)" | "27"
    measured = ((cell, _IN_BRACKETS.search(name) or row) for name, cell in paragraph.cells)
    return " | ".join(f"{cell} {unit.group(1)}" if unit and cell[-1:].isdigit() else cell for cell, unit in measured)


def opening_asked(query: Query) -> bool:
    """Whether the opening of a plan may answer: its grounds, its number, its title."""
    return query.slot in ("legal_basis", "number") or OPENING in query.addresses


def without_mark(text: str) -> str:
    """The unit without its printed number or bullet."""
    return _MARK.sub("", text).strip()


def _split(paragraph: Paragraph, query: Query) -> list[str]:
    """Sentences; clauses too where a deadline is asked and one sentence holds several."""
    parts = sentences(paragraph.text)
    if query.slot != "deadline" or asks_for_several_dates(query):
        return parts
    return [piece for part in parts for piece in (clauses(part) if len(part.split()) > _SHORT_SENTENCE and len(find_dates(part)) > 1 else [part])]


def _is_title(section: Section, text: str) -> bool:
    """Whether the text is the section's heading and nothing more."""
    return compose(without_mark(text)).rstrip(".:; ") == compose(section.title).rstrip(".:; ")


def is_item(paragraph: Paragraph, section: Section, noun: str, number: int) -> bool:
    """Whether the paragraph is the item that "giai đoạn 2" or "mục đích thứ hai" names."""
    if re.match(rf"\W*{noun} {number}\b", fold(paragraph.text)):
        return True
    tops = [other.bullet for other in section.paragraphs if other.bullet.count("/") == 1]
    wanted = tops[number - 1 : number] if number > 0 else tops[number:]
    return fold(section.title).startswith(noun) and paragraph.bullet in wanted


def _kind_agrees(asked: str, headings: Sequence[str]) -> float:
    """1 under a heading of the kind asked for, −1 under one of another kind, else 0."""
    kinds = [kind for heading in headings if (kind := kind_headed(heading))]
    return 0.0 if not asked or not kinds else 1.0 if asked in kinds else -1.0


def _fit(title: str, asked: frozenset[str]) -> float:
    """The share of a title's syllables that the question has, 0..1."""
    syllables = [syllable for syllable in folded_syllables(_ASIDE.sub(" ", title) if "(" in title else title) if syllable not in _TITLE_WORDS]
    return sum(syllable in asked for syllable in syllables) / len(syllables) if syllables else 0.0


def heads_bullets(section: Section, place: int) -> bool:
    """Whether the paragraph at that place is a heading without a number over bullets of its own: the name of a body, in bold."""
    paragraph, below = section.paragraphs[place], section.paragraphs[place + 1 : place + 2]
    bare = bool(place) and not paragraph.bullet and len(paragraph.text.split()) <= _HEAD_LONGEST and paragraph.text[-1:].isalnum()
    return bare and bool(below) and below[0].bullet.startswith("/-")


def label_of(text: str) -> str:
    """What stands before a piece's colon: "Hạng B" of "b) Hạng B: …"; "" where nothing does."""
    label = _LABEL.match(without_mark(text))
    return label.group(1) if label else ""


def _names(paragraph: Paragraph, text: str, subject: str) -> list[str]:
    """What a unit is called: the heading it stands under, the label before its colon, the name of its row."""
    return [subject, label_of(text), row_name(paragraph)]


def row_name(paragraph: Paragraph) -> str:
    """The first cell of a table row that is no figure: what the row is about."""
    return next((cell for _, cell in paragraph.cells if any(character.isalpha() for character in cell)), "")


def _is_of_year(paragraph: Paragraph, years: frozenset[str]) -> bool:
    """Whether a table row is the one of the year that the question names: "2024 | 198 | 88"."""
    return bool(years) and any(text.strip() in years for _, text in paragraph.cells)


def wording_of(question: str) -> str:
    """The words of a question, folded, for names to be looked up in."""
    return f" {' '.join(folded_syllables(question))} "


def is_named(name: str, wording: str) -> bool:
    """Whether the wording of a question has the name in these very words."""
    syllables = folded_syllables(name)
    while syllables and syllables[0] in _TITLE_WORDS:
        syllables = syllables[1:]
    return len(syllables) > 1 and f" {' '.join(syllables)} " in wording


def _has_named_cell(row: Paragraph, section: Section, wording: str) -> bool:
    """Whether the wording of a question has all that a cell names, what it adds in brackets apart, and no other row of the table has that cell."""
    for _, cell in row.cells:
        name = folded_syllables(cell.partition("(")[0])
        if any(len(syllable) > 2 and syllable.isalpha() for syllable in name) and f" {' '.join(name)} " in wording:
            return not any(paragraph is not row and any(other == cell for _, other in paragraph.cells) for paragraph in section.paragraphs)
    return False


def _subject(section: Section, paragraph: Paragraph, plan: Plan) -> str:
    """The lead-in of a nested bullet, else the heading that the unit stands under."""
    outer = paragraph.bullet.rpartition("/")[0]
    lead = next((without_mark(other.text).rstrip(":;. ") for other in section.paragraphs if outer and other.bullet == outer), "")
    if lead and len(lead.split()) <= 20:
        return lead
    if section.is_heading:
        return section.title.rstrip(":;. ")
    parent = plan.section(section.parent) if section.parent else None
    return parent.title.rstrip(":;. ") if parent and parent.is_heading else ""
