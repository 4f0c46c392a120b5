"""Văn bản: the plans that are indexed, what they say of themselves and how well they could be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xhht_qa import messages
from xhht_qa.engine import Engine
from xhht_qa.facts.days import years_of
from xhht_qa.types import Plan
from xhht_qa.views import paging
from xhht_qa.views.asked import Asked, holds
from xhht_qa.views.paging import Page
from xhht_qa.views.table import Table

LEVELS = messages.LEVELS
_STATE = re.compile(r"(?:Bộ|Cục|Tổng cục|Ủy ban Dân tộc|Thanh tra Chính phủ)\s")
_LEVEL_WORDS = (("tinh", "tỉnh|thành phố"), ("huyen", "huyện|quận|thị xã"), ("xa", "xã|phường|thị trấn"))
_LEVEL_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(words for _, words in _LEVEL_WORDS)})(?!\w| hội)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One plan."""

    plan: Plan
    level: str  # a key of LEVELS

    @property
    def subject(self) -> str:
        """What it is about."""
        subject = self.plan.metadata.subject
        return subject[:1].upper() + subject[1:]

    @property
    def number(self) -> str:
        """As printed; a blank one is named so."""
        number = self.plan.metadata.number
        return number if number[:1].isdigit() else f"… {number}".strip() if number else messages.NOT_PRINTED

    @property
    def date(self) -> str:
        """As printed, "14/2/2025" or "tháng 3/2025"."""
        known = self.plan.metadata.date.strip("/")
        return messages.month(known) if known.count("/") == 1 else known or messages.NOT_PRINTED

    @property
    def years(self) -> str:
        """The years that it is for."""
        return " – ".join(map(str, years_of(self.plan)))

    def in_year(self, year: int) -> bool:
        """Whether the plan is for a year; one without an end is for the year in which it begins."""
        years = years_of(self.plan)
        return bool(years) and years[0] <= year <= years[-1]

    @property
    def level_name(self) -> str:
        """As the page shows it."""
        return LEVELS[self.level]

    @property
    def format(self) -> str:
        """Of the file: "PDF, 2 trang"; text by its suffix, which no byte of it tells."""
        legibility = self.plan.legibility
        markdown = legibility.format == ".txt" and self.plan.path.lower().endswith(".md")
        return (".md" if markdown else legibility.format).lstrip(".").upper() + (messages.pages_of_file(legibility.pages) if legibility.pages else "")

    @property
    def file(self) -> str:
        """The name of its file."""
        return Path(self.plan.path).name

    @property
    def doubtful(self) -> int:
        """Paragraphs that were hardly made out on a scan."""
        return sum(paragraph.doubtful for section in self.plan.sections for paragraph in section.paragraphs)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how the file was read."""
        recognised = self.plan.legibility.recognised
        notes = [messages.recognised_pages(len(recognised))] if recognised else []
        notes += [messages.doubtful_paragraphs(self.doubtful)] if self.doubtful else []
        return tuple(dict.fromkeys((*notes, *map(messages.reading_warning, self.plan.warnings))))

    @property
    def quality(self) -> str:
        """The share of words that are Vietnamese, in whole percent."""
        return f"{self.plan.legibility.quality:.0%}"

    @property
    def cells(self) -> tuple[str, ...]:
        """As in the columns of the page."""
        metadata, reading = self.plan.metadata, "; ".join((messages.file_read(self.format, self.quality), *self.notes))
        counts = (str(sum(section.is_numbered for section in self.plan.sections)), str(len(self.plan.facts)))
        return (self.plan.title, self.subject, metadata.issuer, self.number, self.date, self.level_name, self.years, *counts, reading)


@dataclass(frozen=True)
class Documents:
    """The page."""

    words: str
    issuer: str
    level: str
    year: int | None
    rows: tuple[Row, ...]
    total: int  # of plans before they are filtered
    issuers: tuple[str, ...]
    years: tuple[int, ...]
    page: Page

    levels = LEVELS

    @property
    def shown(self) -> Sequence[Row]:
        """The rows of the page."""
        return self.page.of(self.rows)

    @property
    def table(self) -> Table:
        """What a file of this page holds."""
        return Table(messages.DOCUMENTS, messages.DOCUMENT_COLUMNS, tuple(row.cells for row in self.rows))


def every_plan(engine: Engine) -> list[Row]:
    """All plans that are indexed, in the order of their ids."""
    return [row_of(plan) for plan in engine.plans.values()]


def row_of(plan: Plan) -> Row:
    """A plan as the catalogue shows it."""
    return Row(plan, level_of(plan.metadata.issuer))


def documents(engine: Engine, asked: Asked) -> Documents:
    """The page that an address asks for. Raises QuestionError."""
    words, level, year = asked.words("tim"), asked.one_of("cap", LEVELS), asked.year("nam")
    every = every_plan(engine)
    issuer = asked.words("co_quan")
    rows = [
        row
        for row in every
        if holds(words, row.plan.title, row.plan.metadata.subject, row.plan.metadata.number, row.plan.metadata.issuer, row.plan.id)
        and holds(issuer, row.plan.metadata.issuer)
        and (not level or row.level == level)
        and (year is None or row.in_year(year))
    ]
    years = {year for ends in map(years_of, engine.plans.values()) if ends for year in range(ends[0], ends[-1] + 1)}
    issuers = sorted({plan.metadata.issuer for plan in engine.plans.values() if plan.metadata.issuer})
    page = Page.asked_for(asked, paging.ROWS, len(rows))
    return Documents(words, issuer, level, year, tuple(rows), len(every), tuple(issuers), tuple(sorted(years, reverse=True)), page)


def level_of(issuer: str) -> str:
    """The level of an issuer by the first word of its name that says one, a key of LEVELS: "UBND xã …, huyện …" is of a commune."""
    if match := _LEVEL_WORD.search(issuer):
        return next(level for level, words in _LEVEL_WORDS if match.group().lower() in words.split("|"))
    return "trung-uong" if _STATE.match(issuer) else "don-vi"
