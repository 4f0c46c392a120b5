"""Phases: their name, their span, and what is done in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xhht_qa.text.due import find_dues
from xhht_qa.types import OPENING, Date, Due, Fact, Plan

_PHASE = re.compile(
    r"(?:[-–+*•]\s*|\d+(?:\.\d+)*[.)]?\s+|[a-zđ]\)\s*|[IVX]+\.\s*)?((?:Giai đoạn|Bước|Thời kỳ)(?:\s+(?:thứ\s+)?(?:\d{1,2}(?!\d)|[IVX]+|một|hai|ba|nhất))?(?:\s*\d{4}\s*[-–]\s*\d{4})?)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?:từ\s+)?(?:năm\s+)?((?:19|20)\d\d)\s*(?:[-–]|đến(?: hết)?)\s*(?:năm\s+)?((?:19|20)\d\d)")
_DIVIDED = re.compile(r"chia (?:thành|làm)\s+((?:\d+|hai|ba|bốn)\s+(?:giai đoạn|bước|đợt))")
_LONGEST_HEAD = 80  # characters in which the span of a phase stands


def phases_of(plan: Plan) -> Iterator[Fact]:
    """The phases that headings, items and lead-ins of a plan name."""
    for section in plan.sections:
        if section.address.startswith(OPENING):
            continue
        for paragraph in section.paragraphs:
            text = paragraph.text
            if divided := _DIVIDED.search(text):
                due = _span(text[: divided.start()])
                if due:
                    yield Fact(
                        "phase", plan.id, section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, text, value=divided.group(1), due=due
                    )
                continue
            named = _PHASE.match(text)
            if named is None or not re.search(r"\d|[IVX]+$", named.group(1)):
                continue
            head, colon, body = text[named.start(1) :].partition(":")
            due = _span(head[:_LONGEST_HEAD])
            if due is None:
                continue
            quote = text[named.start(1) :]
            yield Fact(
                "phase",
                plan.id,
                section.address,
                paragraph.bullet,
                paragraph.first_line,
                paragraph.last_line,
                quote,
                object=named.group(1).strip(),
                action=body.strip(" ;.") if colon else "",
                due=due,
            )


def _span(head: str) -> Due | None:
    if years := _SPAN.search(head):
        first, last = (int(year) for year in years.groups())
        return Due(years.group(), "during", date=Date(year=last), start=Date(year=first)) if first <= last else None
    return next((mention.due for mention in find_dues(head) if mention.due.date is not None), None)
