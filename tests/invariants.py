"""What holds for every document, plan, index and answer; each function raises AssertionError with the first breach."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from ingest.chunks import TOKEN_BUDGET, rebuilt_text
from ingest.paragraphs import page_numbers
from xhht_qa.text.model_tokens import count_tokens
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.types import Answer, Chunk, Document, Plan, Section


def lines_covered_once(document: Document, sections: Sequence[Section]) -> None:
    """Every line of the document but page numbers stands in exactly one section's own paragraphs, word for word and in order."""
    pages = page_numbers(document.lines)
    lines = [line for line in document.lines if line.number not in pages]
    printed = " ".join(line.text for line in lines).split()
    kept = " ".join(section.text for section in sections).split()
    differs = next((i for i, (mine, theirs) in enumerate(zip(kept, printed, strict=False)) if mine != theirs), min(len(kept), len(printed)))
    assert kept == printed, f"the texts part at “{' '.join(printed[differs : differs + 8])}” / “{' '.join(kept[differs : differs + 8])}”"
    times = Counter(line.number for line in lines)  # two columns on one line are two lines with one number
    holders = Counter(number for section in sections for paragraph in section.paragraphs for number in range(paragraph.first_line, paragraph.last_line + 1))
    for number, count in times.items():
        assert 1 <= holders[number] <= count, f"line {number} is in {holders[number]} paragraphs"


def addresses_unique(sections: Sequence[Section]) -> None:
    """No address stands for two sections, no bullet address for two paragraphs of one section."""
    assert max(Counter(section.address for section in sections).values()) == 1
    for section in sections:
        bullets = [paragraph.bullet for paragraph in section.paragraphs if paragraph.bullet]
        assert len(bullets) == len(set(bullets)), f"{section.address}: {bullets}"


def ranges_nested(sections: Sequence[Section]) -> None:
    """A section's lines hold its own paragraphs and its children; siblings do not overlap except on a shared line."""
    by_address = {section.address: section for section in sections}
    for section in sections:
        assert section.first_line <= section.last_line, section.address
        inside = [(p.first_line, p.last_line) for p in section.paragraphs] + [(s.first_line, s.last_line) for s in sections if s.parent == section.address]
        assert section.first_line == min(first for first, _ in inside), section.address
        assert section.last_line == max(last for _, last in inside), section.address
        if section.parent is not None:
            assert by_address[section.parent].path == section.path[:-1], section.address
    for parent in {section.parent for section in sections}:
        siblings = [section for section in sections if section.parent == parent]
        assert all(left.last_line <= right.first_line for left, right in pairwise(siblings)), parent


def order_kept(sections: Sequence[Section]) -> None:
    """Sections and their paragraphs come in the order of the print, every parent before its children."""
    starts = [paragraph.first_line for section in sections for paragraph in section.paragraphs]
    assert starts == sorted(starts)
    seen: set[str | None] = {None}
    for section in sections:
        assert section.paragraphs, f"{section.address} is empty"
        assert section.parent in seen, f"{section.address} stands before {section.parent}"
        seen.add(section.address)


def outline_sound(document: Document, sections: Sequence[Section]) -> None:
    """All that holds for the sections of any document."""
    lines_covered_once(document, sections)
    addresses_unique(sections)
    ranges_nested(sections)
    order_kept(sections)


def text_rebuilt_from_chunks(plan: Plan, chunks: Sequence[Chunk]) -> None:
    """The parts of each section, joined, are its text; those of all sections, joined, are the plan's."""
    for address, group in groupby((chunk for chunk in chunks if not chunk.bullet), key=lambda chunk: chunk.section):
        section, parts = plan.section(address), list(group)
        assert section is not None
        assert rebuilt_text(parts) == section.text, address
        assert (parts[0].first_line, parts[-1].last_line) == (section.paragraphs[0].first_line, section.paragraphs[-1].last_line), address
    assert rebuilt_text(chunks) == "\n".join(section.text for section in plan.sections)


def chunks_within_sections(plan: Plan, chunks: Sequence[Chunk]) -> None:
    """A chunk stands in one section, in its words and lines; ids name plan, section, part or bullet and are unique."""
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    for chunk in chunks:
        section = plan.section(chunk.section)
        assert section is not None, chunk.id
        assert chunk.plan == plan.id
        assert chunk.id.startswith(f"{plan.id}#{chunk.section}{chunk.bullet}")
        assert section.first_line <= chunk.first_line <= chunk.last_line <= section.last_line, chunk.id
        assert all(line in section.text for line in chunk.text.split("\n")), chunk.id


def budget_kept(chunks: Iterable[Chunk]) -> None:
    """A part is within the token budget, unless it is one clause that nothing can split."""
    for chunk in chunks:
        if not chunk.bullet and count_tokens(chunk.text) > TOKEN_BUDGET:
            whole = [clause for sentence in sentences(chunk.text) for clause in clauses(sentence)]
            assert len(whole) == 1, f"{chunk.id}: {count_tokens(chunk.text)} tokens in {len(whole)} clauses"


def quotes_printed(plans: Mapping[str, Plan], answer: Answer) -> None:
    """Every quote of an answer is a substring of the section that it cites."""
    for citation in answer.citations:
        section = plans[citation.plan].section(citation.section)
        assert section is not None, citation.section
        assert citation.quote, citation.section
        assert citation.quote in section.text, citation.quote


_MARKER = re.compile(r" ?\[\d+\]")
_FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
_QUOTED = re.compile(r"“([^“”\n]+)”")
# The first two words of an agency's name: enough to tell it, and they never reach beyond it
_AGENCY = re.compile(
    r"\b(?:UBND|HĐND|MTTQ|Ủy ban|Hội đồng|Sở|Phòng|Ban|Bộ|Cục|Chi cục|Văn phòng|Thanh tra|Công an|Trung tâm|Trạm|Hạt|Viện|Bệnh viện|Trường|Hội|Liên đoàn|Đoàn|Đảng ủy)"
    r" (?:tỉnh|huyện|xã|phường|thị xã|thành phố|(?=[A-ZÀ-Ỹ])[^\W\d_]+)\b"
)


def values_printed(plans: Mapping[str, Plan], answer: Answer) -> None:
    """Every figure (so every date), quotation and agency of an answer stands, as written, in a cited section, its headings or the head of its plan.

    What cites nothing may name plans and the places of sections, and repeat the question.
    """
    text = _MARKER.sub("", unicodedata.normalize("NFC", answer.answer))
    if answer.status in ("answered", "corrected", "clarify"):
        assert answer.citations, answer.question
    printed = [answer.question] if not answer.citations else []
    for citation in answer.citations:
        plan = plans[citation.plan]
        section = plan.section(citation.section)
        assert section is not None, citation.section
        printed += [section.text, *section.path, plan.metadata.number, plan.metadata.date]
    for plan in plans.values():
        printed += [plan.title, plan.metadata.issuer] if answer.citations else [plan.title, plan.metadata.number, *(section.label for section in plan.sections)]
    evidence = unicodedata.normalize("NFC", "\n".join(printed))
    counts = {str(len(plans)), str(len(answer.citations)), str(text.count("\n- ")), str(text.count("\n  - "))}
    figures = {figure.lstrip("0") for figure in _FIGURE.findall(evidence)} | counts
    assert [figure for figure in _FIGURE.findall(text) if figure.lstrip("0") not in figures] == [], answer.id
    assert [quoted for quoted in _QUOTED.findall(text) if " ".join(quoted.split()) not in " ".join(evidence.split())] == [], answer.id
    said = evidence.lower().replace("ủy ban nhân dân", "ubnd")
    assert [name for name in _AGENCY.findall(text) if name.lower().replace("ủy ban nhân", "ubnd") not in said] == [], answer.id
