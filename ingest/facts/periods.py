"""A plan's period printed two ways: with other years behind the same words, or in its subject and where it says how long it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import OPENING, Fact, Paragraph, Plan, Section

_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(_YEAR)
_PERIOD = re.compile(rf"(?<![^\s.;:()“”\"])((?:[^\s.;:()“”\"]+\s+){{6}})(giai đoạn\s+{_YEAR}\s*[-–]\s*{_YEAR})", re.IGNORECASE)
_RUNS = re.compile(
    rf"(?P<own>Kế hoạch(?: này)? (?:được )?(?:thực hiện|triển khai|áp dụng|có hiệu lực)|Thời gian (?:thực hiện|triển khai) Kế hoạch|Thời gian (?:thực hiện|triển khai)(?= ?:))"
    rf"[^.;\d]{{0,40}}?(?P<years>(?:từ |giai đoạn |năm )*{_YEAR}\s*(?:[-–]|đến(?: hết)?)\s*(?:năm )?{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    rf"(?:Trên đây là|ban hành|xây dựng) Kế hoạch\s+(?P<name>[^.;]{{0,300}}?)\s*(?P<years>(?P<kind>giai đoạn|năm)\s+{_YEAR}(?:\s*[-–]\s*{_YEAR})?)(?!\d)",
    re.IGNORECASE,
)
_OWN_PERIOD = re.compile(rf"(?P<kind>giai đoạn|năm)\s+(?P<years>{_YEAR}(?:\s*[-–]\s*{_YEAR})?)(?!\d)", re.IGNORECASE)
_ALIKE = 0.75  # of the words of the subject, a sentence that names the plan has so many
_LEAST_WORDS = 3


def two_periods(plan: Plan) -> Iterator[Fact]:
    """A contradiction for each section that prints another period; ``other`` is where the first stands."""
    told = set[tuple[str, tuple[int, ...]]]()
    for section, paragraph, words, printed, where in [*_behind_the_same_words(plan), *_against_the_subject(plan)]:
        key = (section.address, _years(printed))
        if key not in told:
            told.add(key)
            yield Fact(
                "contradiction", plan.id, section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, paragraph.text,
                object=words, value=printed, other=where,
            )  # fmt: skip


Found = tuple[Section, Paragraph, str, str, str]  # where, the words before the period, the period, the section of the other one


def _behind_the_same_words(plan: Plan) -> Iterator[Found]:
    seen: dict[str, tuple[tuple[int, ...], str]] = {}
    for section, paragraph in _prose(plan):
        for match in _PERIOD.finditer(paragraph.text):
            words, years = " ".join(folded_syllables(match.group(1))), _years(match.group(2))
            known, where = seen.setdefault(words, (years, section.address))
            if known != years and where != section.address:
                yield section, paragraph, match.group(1).strip(), match.group(2), where


def _against_the_subject(plan: Plan) -> Iterator[Found]:
    """Where the plan says when it is carried out, or names itself once more."""
    subject = plan.metadata.subject
    own = {(match["kind"].lower(), _years(match["years"])) for match in _OWN_PERIOD.finditer(subject)}
    opening = next((section.address for section in plan.sections if section.address.startswith(OPENING)), "")
    if not own or not opening:
        return
    first, last = min(_years(subject)), max(_years(subject))
    spans = {years for kind, years in own if kind == "giai đoạn"}
    name = set(folded_syllables(_OWN_PERIOD.sub("", subject)))
    for section, paragraph in _prose(plan):
        for match in _RUNS.finditer(paragraph.text):
            years = _years(match["years"])
            whole = "kế hoạch" in match["own"].lower()
            if section.address != opening and (not first <= years[0] <= years[-1] <= last or (whole and len(own) == len(spans) == 1 and years not in spans)):
                yield section, paragraph, match["own"], match["years"], opening
        for match in _ITSELF.finditer(paragraph.text):
            said, kind = set(folded_syllables(match["name"])), match["kind"].lower()
            alike = len(said & name) >= max(_LEAST_WORDS, _ALIKE * len(name))
            if alike and section.address != opening and any(kind == other for other, _ in own) and (kind, _years(match["years"])) not in own:
                yield section, paragraph, match["name"], match["years"], opening


def _prose(plan: Plan) -> Iterator[tuple[Section, Paragraph]]:
    return ((section, paragraph) for section in plan.sections for paragraph in section.paragraphs if not paragraph.cells)


def _years(text: str) -> tuple[int, ...]:
    return tuple(map(int, _YEARS.findall(text)))
