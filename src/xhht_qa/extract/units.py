"""The quotable pieces of the passages found: sentences and bullets, each scored by what it says of the question."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xhht_qa.text.dates import dates_in, find_dates
from xhht_qa.text.facets import agreement, facets_in
from xhht_qa.text.normalise import compose, fold, is_upper
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.text.tokens import folded_syllables, syllables
from xhht_qa.types import Paragraph, Passage, Plan, Query, Section, Source

# Syllables that carry the question, not its subject; they would count as covered everywhere. Accented: "đã" is one, "Đá" a name.
FUNCTION_WORDS = frozenset(
    [
        "là",
        "gì",
        "nào",
        "những",
        "các",
        "thì",
        "mà",
        "ạ",
        "vậy",
        "thế",
        "có",
        "không",
        "được",
        "cho",
        "mình",
        "tôi",
        "với",
        "về",
        "ở",
        "trong",
        "của",
        "và",
        "theo",
        "phải",
        "bị",
        "để",
        "khi",
        "bao",
        "nhiêu",
        "mấy",
        "ai",
        "đâu",
        "đây",
        "này",
        "đó",
        "ngày",
        "tháng",
        "năm",
        "mốc",
        "hạn",
        "lúc",
        "giờ",
        "trễ",
        "nộp",
        "chậm",
        "muộn",
        "nhất",
        "trước",
        "mức",
        "kiểu",
        "loại",
        "hãy",
        "xin",
        "hỏi",
        "biết",
        "ko",
        "k",
        "nhé",
        "nhỉ",
        "hả",
        "j",
        "ừ",
        "ok",
        "rồi",
        "còn",
        "như",
        "tại",
        "vào",
        "ra",
        "lên",
        "đến",
        "từ",
        "một",
        "hai",
        "sẽ",
        "đã",
        "đang",
        "bằng",
        "bởi",
        "cái",
        "việc",
        "làm",
        "sao",
        "giùm",
        "giúp",
        "em",
        "anh",
        "chị",
        "bạn",
        "gồm",
        "nêu",
        "kế",
        "hoạch",
        "hôm",
        "bên",
        "nơi",
        "thứ",
        "đúng",
        "chứ",
        "phần",
    ]
)
_CONTEXT_SHARE = 0.7  # a word in the heading speaks for the unit below it, but less than one of its own
_PASSAGE_SHARE = 0.6  # how much the rank of the section counts beside the words of the unit
_FACET_BONUS = 0.2  # "6 tháng" asked: the clause for the 6 months, not its twin for the year
_HEAD_SHARE, _HEAD_WORDS = 0.15, 8  # who acts stands first, in the question and in the clause
_VALUE_BONUS = 0.25  # a unit that holds the kind of value asked for
_MARK = re.compile(r"^(?:[-–—−+*•]\s+|\(?(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ])[.)/]\s*|(?:Điều|Mục)\s+\d+\w?\s*[.:]\s*)")
_ORDINAL_BONUS = 0.5
_REQUIRED_BONUS = 0.5  # a question for a percentage, a sum, a person can only be answered by a unit that holds one
_DATE_BONUS = 0.5  # a unit with the very date that the question names
_HEAD_MALUS = 0.6  # the opening repeats the topic of every question
_TITLE_MALUS = 0.4  # capitals and captions name a subject and say nothing of it
_LEAD_IN_MALUS = 0.2  # "… gồm:" announces an answer and is none
_LONG_MALUS = 0.04  # a doubling of length over 30 syllables: long sentences hold more words by chance
_SEVERAL_DATES = re.compile(r"\b(?:hai|2|cac|nhung|tat ca|moi|may) (?:moc|han|thoi (?:han|diem))\b|\btron ven\b|\bday du\b")
_YEAR_ASKED = re.compile(r"\bnam nao\b|\bnam may\b")
_DAY_ASKED = re.compile(r"\bngay (?:nao|may|bao nhieu)\b|\bhan\b|\btruoc ngay\b")
_YEAR_PRINTED = re.compile(r"(?<![-–] )(?<!\d)(?:19|20)\d\d(?!\s*[-–]\s*\d)(?!/QĐ|/TT|/NĐ)")
_YEAR = re.compile(r"năm \d{4}|h[àằ]ng (?:năm|quý|tháng|tuần|ngày)|thường xuyên|ngày làm việc|\d+ (?:ngày|tháng|giờ|năm)|định kỳ", re.IGNORECASE)


_REQUIRED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(printed, re.IGNORECASE))
    for asked, printed in (
        (r"\b(?:email|e-mail|thu dien tu|so dien thoai|sdt|dien thoai|so cccd|can cuoc|zalo)\b", r"@|\b0\d[\d .]{7,}"),
        # "Ai làm Trưởng Ban …?" asks for a person; plans name persons with ông, bà or đồng chí
        (
            r"\b(?:ai|nguoi nao|dong chi nao)\b.{0,25}\b(?:lam|giu chuc|la|giu vai tro)\b.{0,12}\b(?:truong|pho|chu tich|giam doc|to truong|thu ky|bi thu)\b"
            r"|\b(?:truong ban|pho ban|truong phong|pho phong|chu tich|giam doc|to truong|thu ky|bi thu)\b.{0,60}\b(?:la ai|ten (?:la )?gi)\b",
            r"\b(?:ông|bà|đồng chí|đ/c)\s+[^\W\d_]+\s+[^\W\d_]+",
        ),
        (r"\b(?:phan tram|ti le|ty le)\b|%", r"\d\s*%|phần trăm"),
        (
            r"\b(?:bao nhieu|may) (?:tien|dong|trieu|ty|ti|von|kinh phi)\b|\b(?:muc (?:chi|kinh phi|tien|thuong|phat|ho tro)|kinh phi|so tien|chi phi)\b.{0,60}\bbao nhieu\b|\bchi bao nhieu\b|\btra (?:bao nhieu|muc nao)\b",
            r"\d[\d.,]*\s*(?:đồng|triệu|tỷ|tỉ|nghìn|đ\b)|lần mức lương",
        ),
        (r"\bngay (?:nao|may|bao nhieu)\b|\bhom nao\b", r"\d{1,2}/\d|ngày \d|\d tháng \d|ngày làm việc|ngày cuối|thứ (?:hai|ba|tư|năm|sáu)"),
        (r"\bbao nhieu (?:ngay|gio|thang)\b|\btrong (?:may|bao nhieu) (?:ngay|gio|thang|nam)\b", r"\d+ (?:ngày|giờ|tháng|năm)"),
        (r"\bbao nhieu\b|\bmay (?!cai\b|chuong trinh\b|tap the\b)\w+", r"\d"),
    )
)


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


class Vocabulary:
    """The syllables of every section, folded once for all questions."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._words = {plan.id: [frozenset(folded_syllables(section.text)) for section in plan.sections] for plan in plans.values()}

    def sections(self, plans: Iterable[str]) -> list[frozenset[str]]:
        """The syllable sets of all sections of the plans."""
        return [words for plan in plans for words in self._words[plan]]


class Weights:
    """How much each syllable of a question tells among the sections searched."""

    def __init__(self, query: Query, sections: Sequence[frozenset[str]]) -> None:
        words = folded_syllables(query.text)
        wanted = {word for word in words if word not in _function_words(query.text)}
        held = {word: sum(word in section for section in sections) for word in wanted}
        # A word that the plans never print is likely a paraphrase: it counts as a rare one, not as the rarest of all.
        ceiling = math.log(1 + len(sections) / 2)
        self.idf: Mapping[str, float] = {word: min(ceiling, math.log(1 + (len(sections) - count + 0.5) / (count + 0.5))) for word, count in held.items()}
        self.pairs: Mapping[tuple[str, str], float] = {
            (left, right): (self.idf[left] + self.idf[right]) / 2 for left, right in itertools.pairwise(words) if left in self.idf and right in self.idf
        }
        self.total = (sum(self.idf.values()) + sum(self.pairs.values())) or 1.0
        self.unknown = sum(self.idf[word] for word, count in held.items() if not count) / (sum(self.idf.values()) or 1.0)

    def cover(self, text: str, context: str = "") -> float:
        """The share of the question that the text holds; words of the context count half."""
        own, around = folded_syllables(text), folded_syllables(context)
        return (self._held(own) + _CONTEXT_SHARE * max(0.0, self._held(own + around) - self._held(own))) / self.total

    def words_cover(self, text: str) -> float:
        """The share of the question's single syllables that the text holds; paraphrases keep words but not their order."""
        held = set(folded_syllables(text))
        return sum(weight for word, weight in self.idf.items() if word in held) / (sum(self.idf.values()) or 1.0)

    def _held(self, words: Sequence[str]) -> float:
        single, pairs = set(words), set(itertools.pairwise(words))
        return sum(weight for word, weight in self.idf.items() if word in single) + sum(weight for pair, weight in self.pairs.items() if pair in pairs)


def units_of(query: Query, passages: Sequence[Passage], plans: Mapping[str, Plan], weights: Weights) -> list[Unit]:
    """All units of the passages, best first."""
    found = []
    required = required_value(query)
    dates = frozenset() if query.confirm else dates_in(query.question)
    for passage in passages:
        section = plans[passage.plan].section(passage.section)
        assert section
        for paragraph in section.paragraphs:
            for text in _split(paragraph, query):
                subject = _subject(section, paragraph, plans[passage.plan])
                context = f"{' '.join(section.path)} {subject}"
                cover = weights.cover(text, context)
                bonus = _FACET_BONUS * agreement(query.facets, facets_in(f"{subject} {text}"))
                bonus += _HEAD_SHARE * weights.words_cover(" ".join(without_mark(text).split()[:_HEAD_WORDS]))
                bonus += _VALUE_BONUS if holds_value(query, text) else 0.0
                heading = paragraph is section.paragraphs[0] and section.is_heading and len(section.paragraphs) > 1 and _is_title(section, text)
                if query.ordinal and _is_item(paragraph, section, *query.ordinal):
                    bonus += _ORDINAL_BONUS
                if required and required.search(without_mark(text)):
                    bonus += _REQUIRED_BONUS
                if dates and any(date.covers(other) for date in dates for other in dates_in(text)):
                    bonus += _DATE_BONUS
                if section.address == "mo-dau" and not opening_asked(query):
                    bonus -= _HEAD_MALUS
                if is_upper(text) or len(text.split()) < 4:
                    bonus -= _TITLE_MALUS
                bonus -= _LEAD_IN_MALUS * (heading or text.endswith(":")) + _LONG_MALUS * max(0.0, math.log2(len(text.split()) / 30))
                score = cover + _PASSAGE_SHARE * passage.score + bonus
                found.append(Unit(passage.plan, section, paragraph, text, subject, score, cover))
    return sorted(found, key=lambda unit: -unit.score)


def opening_asked(query: Query) -> bool:
    """Whether the opening of a plan may answer: its grounds, its number, its title."""
    return query.slot in ("legal_basis", "number") or "mo-dau" in query.addresses


def required_value(query: Query) -> re.Pattern[str] | None:
    """What a unit must hold to answer at all, for the questions that leave no choice."""
    folded = fold(query.question)
    return next((printed for asked, printed in _REQUIRED if asked.search(folded)), None)


def without_mark(text: str) -> str:
    """The unit without its printed number or bullet."""
    return _MARK.sub("", text).strip()


def holds_value(query: Query, text: str) -> bool:
    """Whether the text holds the kind of value that the question asks for."""
    if query.slot == "deadline":
        folded = fold(query.question)
        if _YEAR_ASKED.search(folded):
            return bool(_YEAR_PRINTED.search(text))
        if _DAY_ASKED.search(folded):
            return any(mention.date.day for mention in find_dates(text)) or bool(re.search(r"ngày làm việc|ngày \d+", text))
        return bool(find_dates(text)) or bool(_YEAR.search(text))
    if query.slot == "count":
        return any(character.isdigit() for character in text)
    if query.slot == "legal_basis":
        return bool(re.search(r"\d+[\w]*/[\w/-]+|\d+-[A-Z]", text))
    return False


def _split(paragraph: Paragraph, query: Query) -> list[str]:
    """Sentences; clauses too where a deadline is asked and one sentence holds several."""
    parts = sentences(paragraph.text)
    if query.slot != "deadline" or _SEVERAL_DATES.search(fold(query.question)):
        return parts
    return [piece for part in parts for piece in (clauses(part) if len(find_dates(part)) > 1 and ";" in part else [part])]


def _is_title(section: Section, text: str) -> bool:
    return compose(without_mark(text)).rstrip(".:;").startswith(compose(section.title).rstrip(".:;")[:40])


def _function_words(text: str) -> frozenset[str]:
    """The question's own function words, folded; a syllable that is also typed as a content word stays one."""
    typed = syllables(text)
    content = {fold(word) for word in typed if word not in FUNCTION_WORDS}
    return frozenset(folded for word in typed if word in FUNCTION_WORDS for folded in folded_syllables(word) if folded not in content)


def _is_item(paragraph: Paragraph, section: Section, noun: str, number: int) -> bool:
    """Whether the paragraph is the item that "giai đoạn 2" or "mục đích thứ hai" names."""
    if noun == "giai doan":
        return bool(re.match(rf"\W*giai doan {number}\b", fold(paragraph.text)))
    tops = [other.bullet for other in section.paragraphs if other.bullet.count("/") == 1]
    wanted = tops[number - 1 : number] if number > 0 else tops[number:]
    return fold(section.title).startswith(noun.split(" thi dua")[0]) and paragraph.bullet in wanted


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
