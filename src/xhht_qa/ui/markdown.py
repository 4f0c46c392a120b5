"""An answer as safe markdown: nothing but our own links is a link, and no text of others is markup."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from xhht_qa import messages
from xhht_qa.types import Answer, Citation, Plan

Link = Callable[[Sequence[int]], str]  # the links for markers that stand together, "" for unknown ones


def render(answer: Answer, plans: Mapping[str, Plan], editions: Mapping[str, str] | None = None) -> str:
    """An answer as markdown; ``editions`` are the digests of the files that it cites, by plan: links lead to these, whatever replaces them later."""
    names = plan_names(answer.citations, plans)
    known = {citation.marker: citation for citation in answer.citations}
    edition = editions or {}

    def link(markers: Sequence[int]) -> str:
        cited = [known[marker] for marker in markers if marker in known]
        return " ".join(source_link(place, names.get(place[0].plan, ""), edition.get(place[0].plan, "")) for place in by_place(cited))

    parts = []
    if answer.standalone_question.strip() != answer.question.strip():
        parts.append(f"<small>{messages.understood(answer)} {escape(answer.standalone_question)}</small>")
    if answer.status in messages.STATUS_WORDS:
        parts.append(f'<span class="status">{messages.STATUS_WORDS[answer.status]}</span>')
    parts.append(escape_answer(answer.answer, link))
    if spoken := messages.spoken(answer):
        parts.append(f'<span class="mode">{spoken}</span>')
    if answer.citations:
        heading = messages.NEAREST_SECTIONS if answer.status == "not_found" else messages.SOURCES
        entries = "\n\n".join(source_entry(place, plans.get(place[0].plan), edition.get(place[0].plan, "")) for place in by_place(answer.citations))
        parts.append(f'<div class="sources">\n\n**{heading}**\n\n{entries}\n\n</div>')
    return "\n\n".join(parts)


def plan_names(citations: Sequence[Citation], plans: Mapping[str, Plan]) -> dict[str, str]:
    """How links name each cited plan: by its issuer, by its title where that would not tell two apart; {} for one plan."""
    titles = {citation.plan: citation.plan_title for citation in citations}
    if len(titles) < 2:
        return {}
    issuers = {plan: plans[plan].metadata.issuer for plan in titles if plan in plans}
    counts = Counter(issuers.values())
    return {plan: issuers[plan] if issuers.get(plan) and counts[issuers[plan]] == 1 else titles[plan] for plan in titles}


def by_place(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations of one section together, in the order of their first."""
    places: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        places.setdefault((citation.plan, citation.section), []).append(citation)
    return list(places.values())


def source_link(place: Sequence[Citation], plan_name: str, edition: str = "") -> str:
    """The link that stands in the answer in place of ``[n]``: "[Mục III.2.1](#src=plan/III.2.1)"."""
    section = place[0].section
    numbered = re.match(r"([A-Z]+|\d+)(\(\d+\))?(\.|$)", section)  # else "Đ5.2", "P1.I", "phu-luc": the label says it
    text = messages.section(section) if numbered else _capitalised(place[0].label)
    return f"[{escape(f'{text}, {plan_name}' if plan_name else text)}]({source_address(place, edition)})"


def source_entry(place: Sequence[Citation], plan: Plan | None = None, edition: str = "") -> str:
    """An entry of the list under the answer: where it stands, then what is quoted from there.

    The link's title says it as a document would, for the page to put before a quotation that is copied.
    """
    pages = sorted({citation.page for citation in place if citation.page is not None})
    where = f" (trang {', '.join(map(str, pages))})" if pages else ""
    number, date = (plan.metadata.number, plan.metadata.date) if plan and edition in ("", plan.digest) else ("", "")
    title = _escape_characters(messages.according_to(place[0].label, place[0].plan_title, number, date))
    link = f'[{escape(f"{_capitalised(place[0].label)}, {place[0].plan_title}{where}")}]({source_address(place, edition)} "{title}")'
    quotes = dict.fromkeys(textwrap.indent(escape(citation.quote), "  > ") for citation in place)
    return "\n\n".join((f"- {link}", *quotes))


def source_address(place: Sequence[Citation], edition: str = "") -> str:
    """The target that the viewer reads: "#src=plan/III.2.1.a%2F-1@digest", without the bullet when several are cited, without a digest where none is known."""
    bullets = {citation.bullet or "" for citation in place}
    within = place[0].section + (bullets.pop() if len(bullets) == 1 else "")
    return f"#src={quote(place[0].plan, safe='')}/{quote(within, safe='')}{edition and f'@{edition}'}"


def escape(text: str) -> str:
    """Text as markdown that shows exactly these characters; no markup, link, image or entity survives."""
    return "\n".join(_escape_characters(line.strip()) for line in text.splitlines())


def escape_answer(text: str, link: Link) -> str:
    """An answer's own lists, tables, bold words and ``[n]`` markers kept; everything else escaped."""
    return "\n".join(_escape_line(line, link) for line in text.splitlines())


def _escape_line(line: str, link: Link) -> str:
    if re.fullmatch(r"\s*\|[\s:|-]+\|\s*", line):  # the rule under a table's head
        return line.strip()
    if re.fullmatch(r"\s*\|.*\|\s*", line):
        cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
        return "| " + " | ".join(_escape_inline(cell.replace(r"\|", "|"), link) for cell in cells) + " |"
    opening = re.match(r"(\s*)([-+*] |\d+[.)] )?", line)
    assert opening is not None  # both parts are optional
    indent = opening[1] if opening[2] else ""
    return indent + (opening[2] or "") + _escape_inline(line[opening.end() :], link)


def _escape_characters(text: str) -> str:
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", text)


def _escape_inline(text: str, link: Link) -> str:
    def kept(match: re.Match[str]) -> str:
        if match["markers"]:
            return link([int(number) for number in re.findall(r"\d+", match["markers"])]) or _escape_characters(match[0])
        if match["bold"]:
            return f"**{_escape_inline(match['bold'], link)}**"
        return _escape_characters(match[0])

    return re.sub(r"(?P<markers>\[\d+\](?:\s*\[\d+\])*)|\*\*(?P<bold>\S.*?\S|\S)\*\*|[^\[*]+|.", kept, text.strip())


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]
