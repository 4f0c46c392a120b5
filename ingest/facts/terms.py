"""What words mean in a plan: abbreviations and definitions, and the titles and models that it names in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.clauses import LONGEST, without_mark
from ingest.facts.occasions import level_in
from ingest.facts.topics import topic_of
from xhht_qa.text.normalise import CAPITAL, fold, is_upper
from xhht_qa.text.sentences import sentences
from xhht_qa.types import Fact, Paragraph, Plan, Section

_CALLED = re.compile(r"\(\s*(?:sau đây )?(?:được )?(?:viết|gọi) (?:tắt )?là:?\s+[“\"]?([^()“”\"]+?)[”\"]?\s*\)", re.IGNORECASE)
_SHORT = re.compile(rf"\(({CAPITAL}[\w&-]*{CAPITAL}[\w&-]*)\)")
_MEANS = re.compile(r"^[“\"]?([^“”\",;:]{2,60}?)[”\"]?\s+(?:được hiểu là|là)\s+(?=\S)")
_UNDERSTOOD = re.compile(r"[“\"]?([^“”\",;:.]{2,60}?)[”\"]?\s+được hiểu là\s+([^;.]+)")
_TITLE = re.compile(r"(?<!\w)(?:danh hiệu|mô hình|công nhận|đạt chuẩn|đạt|trở thành)\s+(?:\S+\s+){0,2}?(?=[“\"])", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]\s*([^“”\"]+?)\s*[”\"]")
_LIST = re.compile(r"(?:\s+cấp [^“”\";.]{2,40}?)?\s*(?:,|và|hoặc|;)?\s*(?:danh hiệu\s+)?(?=[“\"])")
_LONGEST_TITLE = 8  # words


def terms_of(plan: Plan) -> Iterator[Fact]:
    """The definitions and titles of a plan, each abbreviation where it is first explained."""
    for section in plan.sections:
        defining = topic_of(section.path[::-1]) == "terms" or any("giải thích từ ngữ" in heading.lower() for heading in section.path)
        for paragraph in section.paragraphs:
            for sentence in (text for text in sentences(without_mark(paragraph.text)) if len(text) <= LONGEST):
                yield from _definitions(plan, section, paragraph, sentence, defining)
                yield from _titles(plan, section, paragraph, sentence)


def _definitions(plan: Plan, section: Section, paragraph: Paragraph, sentence: str, defining: bool) -> Iterator[Fact]:
    bracketed = "(" in sentence
    for match in _CALLED.finditer(sentence) if bracketed else ():
        long = _long_form(sentence[: match.start()], match.group(1))
        if long:
            yield _fact("definition", plan, section, paragraph, sentence, match.group(1).strip(), long)
    for match in _SHORT.finditer(sentence) if bracketed else ():
        long = _initials(sentence[: match.start()].rstrip(), match.group(1))
        if long:
            yield _fact("definition", plan, section, paragraph, sentence, match.group(1), long)
    meant = (_UNDERSTOOD.search(sentence) if "được hiểu là" in sentence else None) or (_MEANS.match(sentence) if defining else None)
    if meant:
        yield _fact(
            "definition",
            plan,
            section,
            paragraph,
            sentence,
            meant.group(1).strip(),
            sentence[meant.end() :].strip(" ;.") if meant.re is _MEANS else meant.group(2).strip(),
        )


def _titles(plan: Plan, section: Section, paragraph: Paragraph, sentence: str) -> Iterator[Fact]:
    seen: set[str] = set()
    if "“" not in sentence and '"' not in sentence:
        return
    for match in _TITLE.finditer(sentence):
        position = match.end()
        while quoted := _QUOTED.match(sentence, position):
            name = quoted.group(1)
            if len(name.split()) <= _LONGEST_TITLE and name not in seen:
                seen.add(name)
                behind = sentence[quoted.end() : quoted.end() + 40]
                level = level_in(behind) if behind.lstrip().startswith("cấp ") else ""
                yield _fact("title", plan, section, paragraph, sentence, name, "", level)
            more = _LIST.match(sentence, quoted.end())
            if more is None:
                break
            position = more.end()


def _long_form(before: str, short: str) -> str:
    """The words that "(sau đây gọi tắt là …)" shortens: by initials, else from the capital that the short form begins with too."""
    before = before.rstrip(" ,")
    if long := _initials(before, short):
        return long
    first = re.escape(short.split()[0])
    starts = [match.start() for match in re.finditer(rf"(?<!\w){first}(?!\w)", before)]
    return before[starts[-1] :] if starts and not re.search(r"[;:“”]", before[starts[-1] :]) else ""


def _initials(before: str, short: str) -> str:
    """The last words whose first letters the abbreviation is made of: "chuyển đổi số" of CĐS."""
    letters = [letter for letter in short if letter.isalpha()]
    words = list(re.finditer(r"[^\W\d_]+", before))
    if not is_upper(short) or not 2 <= len(letters) <= len(words):
        return ""
    tail = words[-len(letters) :]
    if [fold(word.group()[0]) for word in tail] == [fold(letter) for letter in letters]:
        return before[tail[0].start() :].rstrip()
    return ""


def _fact(kind: str, plan: Plan, section: Section, paragraph: Paragraph, quote: str, name: str, value: str, level: str = "") -> Fact:
    return Fact(kind, plan.id, section.address, paragraph.bullet, paragraph.first_line, paragraph.last_line, quote, object=name, value=value, level=level)  # type: ignore[arg-type]
