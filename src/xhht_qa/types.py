"""The values that travel along the line: every one frozen, none knows how it is stored or shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

OPENING, CLOSING = "mo-dau", "ket-thuc"  # the addresses of what stands before the first number and behind the last

Status = Literal["answered", "corrected", "clarify", "not_found", "guide", "failed"]
Mode = Literal["extractive", "llm"]
Slot = Literal[
    "deadline",
    "recipient",
    "responsible",
    "criteria",
    "award",
    "procedure",
    "dossier",
    "phase",
    "budget",
    "legal_basis",
    "number",
    "signer",
    "copies",
    "count",
    "section",
    "content",
    "greeting",
    "plans",
]  # what is asked for
FactKind = Literal[
    "deadline",
    "reporting",
    "responsibility",
    "criterion",
    "award",
    "dossier",
    "phase",
    "target",
    "budget",
    "legal_basis",
    "definition",
    "title",
    "metadata",
    "contradiction",
]
Why = Literal[
    "no_citation",
    "unknown_citation",
    "number",
    "date",
    "agency",
    "title",
    "quote",
    "negation",
    "modality",
    "word",  # a word that is not printed there
    "mixed",  # every part is printed there, but not together
    "language",
    "link",
    "repeat",
    "form",  # of a follow-up written out: it is no single question of ordinary length
    "lost",  # of the same: it does not ask what was asked
]  # a sentence of a language model is not shown, or a question that it wrote out is not asked
Fallback = Literal[
    "down",
    "timeout",
    "busy",
    "refused",  # the server does not take the request
    "invalid",  # what it sends is no stream of chunks
    "cut",
    "empty",
    "endless",
    "language",
    "too_little",
    "incomplete",
    "too_long",  # the passages do not fit into the model's context
    "open_circuit",
]  # the extractive answer is given although a language model was to be asked
Role = Literal["lead", "coordinate", "advise", "monitor", "perform"]
DueRelation = Literal["before", "by", "in", "from", "during", "within"]  # within: a period counted from an anchor
Recurrence = Literal["day", "week", "month", "quarter", "half", "year", "always"]  # always: "thường xuyên"
DueUnit = Literal["minute", "hour", "day", "working_day", "week", "month", "year"]


@dataclass(frozen=True)
class Line:
    """One line of a source file as a reader gives it: ``number`` counts from 1 in the file as it stands."""

    number: int
    text: str
    cells: tuple[str, ...] = ()  # the cells of a table row, else empty
    page: int | None = None  # the page that the line stands on, where the format has pages
    doubtful: bool = False  # recognised from a picture, and hardly made out


@dataclass(frozen=True)
class Legibility:
    """What a file was and how well it could be read."""

    format: str  # by its bytes: ".pdf"
    pages: int = 0  # 0 where the format has none
    recognised: tuple[int, ...] = ()  # the pages that were pictures and were read by OCR
    quality: float = 1.0  # the share of words that are Vietnamese syllables, 0..1


@dataclass(frozen=True)
class Document:
    """A file after reading and before parsing."""

    plan_id: str
    path: str
    digest: str  # sha256 of the file's bytes, hex
    lines: tuple[Line, ...]
    front_matter: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()  # what a person should know about how the file was read
    legibility: Legibility = Legibility(".txt")


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph, page-break splits joined; ``bullet`` is its address inside the section ("", "/-2/+1", "/r5")."""

    text: str
    bullet: str
    first_line: int
    last_line: int
    page: int | None = None  # the page on which it begins
    doubtful: bool = False  # recognised from a picture, and hardly made out
    cells: tuple[tuple[str, str], ...] = ()  # of a table row: (column's name, text), the name "" where the table has no head


@dataclass(frozen=True)
class Section:
    """One numbered or lettered item of a plan.

    ``paragraphs`` are its own, its children's excluded; the first one carries the printed number.
    ``first_line``..``last_line`` span the whole subtree; ``path`` holds the headings from the top down to this section.
    """

    address: str
    parent: str | None
    label: str  # "điểm a khoản 5.3 mục 5 phần III"
    title: str
    is_heading: bool  # the title is a printed heading, not the opening words of a sentence
    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    first_line: int
    last_line: int

    @property
    def text(self) -> str:
        """The section's own paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def is_numbered(self) -> bool:
        """Whether a number or the word "phụ lục" heads it; the opening and the end of a document have neither."""
        return self.address.partition("(")[0] not in (OPENING, CLOSING)


@dataclass(frozen=True)
class LegalBasis:
    """A document that the plan cites, as printed: "Quyết định số 12/QĐ-UBND ngày 05/3/2025 của UBND tỉnh …"."""

    kind: str
    number: str
    date: str
    issuer: str
    section: str


@dataclass(frozen=True)
class Metadata:
    """What a plan says of itself, as printed; an empty string where the print is blank."""

    issuer: str = ""  # "UBND huyện …", with its place where the print gives one
    place: str = ""  # of the date line
    number: str = ""  # "45/KH-UBND"; "/KH-UBND" when only the number itself is blank
    date: str = ""  # "14/2/2025", "/2/2025", "/2025" or ""
    subject: str = ""  # trích yếu
    signer: str = ""
    capacity: str = ""  # "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"
    recipients: tuple[str, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()


@dataclass(frozen=True, order=True)
class Date:
    """A point or span of the calendar as printed; None for what the print leaves open."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None

    def covers(self, other: Date) -> bool:
        """Whether ``other`` says at least everything that this date says: 15/6 covers 15/6/2025."""
        return all(
            mine is None or mine == theirs
            for mine, theirs in zip((self.year, self.quarter, self.month, self.day), (other.year, other.quarter, other.month, other.day), strict=True)
        )


@dataclass(frozen=True)
class Due:
    """When something is due, as printed; what the print leaves open stays open.

    "trước ngày 10/12 hằng năm" is before 10/12, every year; "trong thời hạn 05 ngày làm việc kể từ ngày nhận hồ sơ" is within 5 working
    days of its anchor; "từ tháng 3 đến tháng 5/2026" runs from one date to another.
    """

    text: str  # word for word
    relation: DueRelation
    date: Date | None = None  # the date, or the later one of two
    start: Date | None = None  # the earlier one of two
    every: Recurrence | None = None
    amount: int | None = None  # of units in a period that is counted from an anchor
    unit: DueUnit | None = None
    anchor: str = ""  # what the period is counted from, or the part of one that is meant ("cuối năm", "tháng cuối quý"), as printed
    times: int | None = None  # how often in each ``every``, or in ``amount`` of ``unit`` ("02 năm một lần")
    time: str = ""  # of the day, "17:00"
    weekday: int | None = None  # 1 Monday … 7 Sunday
    last: Literal["day", "working_day"] | None = None  # the last one of the date or of each ``every``


@dataclass(frozen=True)
class Fact:
    """Something that a plan states, taken apart so that it can be filtered, set side by side and drawn; unknown parts are "".

    All texts are as printed. ``actor`` may stand in a heading above the section, everything else in the section itself.
    """

    kind: FactKind
    plan: str
    section: str
    bullet: str  # of the paragraph that holds the quote
    first_line: int
    last_line: int
    quote: str  # the exact words of one paragraph
    actor: str = ""  # who acts, or for whom a criterion or an award is
    role: Role | None = None  # of a responsibility
    action: str = ""  # what is to be done
    object: str = ""  # what is reported, judged, awarded, defined, cited
    recipient: str = ""  # to whom
    through: str = ""  # by way of whom
    due: Due | None = None
    occasion: str = ""  # "sơ kết", "báo cáo 6 tháng"
    level: str = ""  # "cấp xã"
    value: str = ""  # a figure with its unit, a document's number, a source of money
    other: str = ""  # of a contradiction, the section that says otherwise


@dataclass(frozen=True)
class Plan:
    """A parsed plan: sections in document order."""

    id: str
    title: str  # as cited: "Kế hoạch số 45/KH-UBND của UBND huyện …"
    path: str
    digest: str
    metadata: Metadata
    sections: tuple[Section, ...]
    warnings: tuple[str, ...] = ()
    legibility: Legibility = Legibility(".txt")
    stamp: str = ""  # what the reading depended on; with an equal one the file need not be read again
    facts: tuple[Fact, ...] = field(default_factory=tuple)  # in document order

    def section(self, address: str) -> Section | None:
        """The section at an address, or None."""
        return self._by_address.get(address)

    def children(self, address: str) -> tuple[Section, ...]:
        """The sections directly below an address, in document order."""
        return self._by_parent.get(address, ())

    @cached_property
    def _by_parent(self) -> dict[str | None, tuple[Section, ...]]:
        below: dict[str | None, list[Section]] = defaultdict(list)
        for section in self.sections:
            below[section.parent].append(section)
        return {parent: tuple(sections) for parent, sections in below.items()}

    @cached_property
    def _by_address(self) -> dict[str, Section]:
        return {section.address: section for section in self.sections}


@dataclass(frozen=True)
class Chunk:
    """What is embedded and indexed: a section (or a part of a long one), or one bullet of it.

    Parts of one section joined in order give the section's text back; bullets repeat words of a part and only help to find it.
    """

    id: str  # "plan#III.2.a", "plan#III.2.a~2" for a later part, "plan#III.2.a/-1" for a bullet
    plan: str
    section: str
    bullet: str
    part: int
    continues: bool  # the text goes on in the paragraph in which the part before it ends
    text: str
    context: str  # plan-independent heading path, indexed and embedded before the text
    first_line: int
    last_line: int

    @property
    def embedded_text(self) -> str:
        """What the encoder reads of it: the heading path, then the text."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class FollowUp:
    """What the rules had when they read a question behind others."""

    message: str  # spelt out
    before: str  # the question before, as it stands alone
    guessed: bool  # nothing of its kind stands there, yet it does not stand alone; or a pronoun is left that nothing explains


@dataclass(frozen=True)
class Query:
    """A question as understood; ``text`` is what the index is searched for, ``standalone`` what the user is shown."""

    question: str  # as typed
    standalone: str
    text: str  # diacritics restored, abbreviations spelt out
    slot: Slot
    plans: tuple[str, ...] = ()  # the plans to search; empty: all
    compare: bool = False  # asks for several plans side by side, or for the plans that …
    confirm: bool = False  # asks whether a statement is so
    addresses: tuple[str, ...] = ()  # sections that the question names by number
    missing_address: str = ""  # a section that the question names by number and the plans do not have
    ordinal: tuple[str, int] | None = None  # ("giải pháp", 3): the third item under that heading; -1 is the last
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)  # period, level, occasion that the question names
    synonyms: str = ""  # other words for those of the text
    carried: str = ""  # words of the earlier question that this one leans on
    told: str = ""  # the answer to the question before, where this one asks the same of something else
    follow_up: FollowUp | None = None  # where something was asked before

    @property
    def named(self) -> bool:
        """Whether question, history or filter name plans."""
        return bool(self.plans)


@dataclass(frozen=True)
class Passage:
    """A section that retrieval found; ``score`` is comparable within one query only."""

    plan: str
    section: str
    score: float
    bullet: str = ""  # the child that scored best, if one did
    lexical: float = 0.0
    dense: float = 0.0
    bonus: Mapping[str, float] = field(default_factory=dict)  # what was added beside the arms, by its reason


@dataclass(frozen=True)
class Source:
    """Where a statement of a draft comes from; ``quote`` is a substring of the section's text."""

    plan: str
    section: str
    bullet: str
    quote: str


@dataclass(frozen=True)
class Statement:
    """One checkable sentence of a draft with what it rests on."""

    text: str
    sources: tuple[Source, ...]
    plan: str = ""  # the name of its plan, where several plans speak


@dataclass(frozen=True)
class Draft:
    """An answer before it is verified and numbered. ``lead`` and ``tail`` carry no fact of a plan."""

    status: Status
    lead: str = ""
    statements: tuple[Statement, ...] = ()
    tail: str = ""
    options: tuple[str, ...] = ()
    confidence: float = 0.0
    side_by_side: bool = False  # the statements are rows of a table, a plan each


@dataclass(frozen=True)
class Citation:
    """Where a statement stands; ``quote`` is a substring of the section's text."""

    marker: int
    plan: str
    plan_title: str
    section: str
    bullet: str | None
    label: str
    path: tuple[str, ...]
    quote: str
    first_line: int
    last_line: int
    page: int | None = None


@dataclass(frozen=True)
class Stripped:
    """A sentence of a language model that is not shown."""

    text: str
    why: Why


@dataclass(frozen=True)
class Tokens:
    """What a language model read and wrote."""

    prompt: int = 0
    completion: int = 0


@dataclass(frozen=True)
class Checked:
    """What became of a language model's sentences; ``fallback`` says why none of them is shown."""

    sentences: int = 0  # shown
    stripped: tuple[Stripped, ...] = ()
    tokens: Tokens = Tokens()
    first_sentence_ms: float | None = None  # from the question to the first sentence that passed
    fallback: Fallback | None = None
    reading: bool = False  # the follow-up is written out as the model read it


@dataclass(frozen=True)
class Sentence:
    """A checked piece of an answer on its way; pieces are shown one behind the other, each with its own white space and markers."""

    text: str
    citations: tuple[Citation, ...] = ()  # those that are marked for the first time


@dataclass(frozen=True)
class Answer:
    """The contract with every caller: CLI, batch, page, API and evals give exactly these keys."""

    id: str
    question: str
    standalone_question: str
    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    options: tuple[str, ...] = ()
    confidence: float = 0.0
    mode: Mode = "extractive"
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    checked: Checked | None = None  # None where no language model was to be asked

    def published(self) -> Answer:
        """The answer without the sentences that may not be shown."""
        return replace(self, checked=replace(self.checked, stripped=())) if self.checked and self.checked.stripped else self

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for ``json.dumps``; ``checked`` stands there only where a language model was to be asked."""
        record = asdict(self)
        if self.checked is None:
            del record["checked"]
        return record

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Answer:
        """The answer that ``to_dict`` or the JSON of it was made from."""
        citations = tuple(Citation(**{**citation, "path": tuple(citation["path"])}) for citation in record["citations"])
        checked = record.get("checked")
        if checked:
            stripped = tuple(Stripped(**sentence) for sentence in checked["stripped"])
            checked = Checked(**{**checked, "stripped": stripped, "tokens": Tokens(**checked["tokens"])})
        return cls(**{**record, "citations": citations, "options": tuple(record["options"]), "checked": checked})
