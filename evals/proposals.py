"""What a person who writes a gold question need not type: its probable type and style, and the values that tell answers apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from evals.gold import Style, Type
from evals.normalise import comparable, holds
from xhht_qa.query.abbreviations import usual_short_forms
from xhht_qa.query.slots import asks_to_compare, asks_to_confirm, slot_of
from xhht_qa.text.bodies import bodies
from xhht_qa.text.dates import find_dates
from xhht_qa.text.normalise import compose, has_diacritics
from xhht_qa.text.tokens import SHORT_FORMS
from xhht_qa.text.words import general_words
from xhht_qa.types import Plan, Section, Slot

_TYPES: dict[Slot, Type] = {
    "deadline": "deadline", "recipient": "reports_to", "responsible": "responsible", "criteria": "criteria", "award": "award", "procedure": "procedure",
    "dossier": "procedure", "phase": "phase", "budget": "budget", "legal_basis": "legal_basis", "number": "metadata", "signer": "metadata", "copies": "metadata",
}  # fmt: skip
_FIGURE = re.compile(r"(?<![\w/.,])\d+(?:[.,]\d+)*(?![/\d])")
_UNIT = re.compile(r"\s?%|\s(?:nghìn|triệu|tỷ) đồng|\s(?:ngày|giờ) làm việc|\s(?P<one>[a-zà-ỹđ]+)(?: (?P<two>[a-zà-ỹđ]+))?")
_NO_UNIT = frozenset(["và", "đến", "của", "được", "phải", "theo", "từ", "trong", "trên", "tại", "về", "có", "là", "hoặc", "với", "cho", "do", "thì"])
_HEADING_NUMBER = re.compile(r"^\s*(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)/]\s", re.MULTILINE)
_SHORT_FORMS = frozenset(short for forms in usual_short_forms().values() for short in forms) - frozenset(map(str.upper, SHORT_FORMS))  # those plans print
_LEVELS = frozenset(["tỉnh", "huyện", "xã", "quận", "phường"])
_MOST_SYLLABLES = 12  # of a name; a fact is short


def type_of(question: str) -> Type:
    """By the slot that the question opens; "content" when nothing says more."""
    if asks_to_confirm(question):
        return "false_premise"
    return "compare" if asks_to_compare(question) else _TYPES.get(slot_of(question), "content")


def style_of(question: str) -> Style:
    """By the letters alone; slips of typing are not looked for."""
    if not has_diacritics(question):
        return "no_diacritics"
    if _SHORT_FORMS & set(re.findall(r"[\w&-]+", question)):
        return "abbrev"
    return "formal" if question[:1].isupper() and question.rstrip().endswith("?") else "casual"


def values(text: str) -> list[str]:
    """Dates, figures with their units and agencies as printed, in this order, each once; numbers of headings are none."""
    lines = [compose(cell) for line in _HEADING_NUMBER.sub("", text).split("\n") for cell in line.split(" | ")]
    found: dict[str, str] = {}  # as compared → as printed first
    for kind in (_dates, _figures, _agencies):
        for value in (value for line in lines for value in kind(line)):
            found.setdefault(comparable(value), value)
    return list(found.values())


def _dates(line: str) -> list[str]:
    return [line[mention.start : mention.end] for mention in find_dates(line)]


def _figures(line: str) -> Iterator[str]:
    """With the unit behind them; a bare number that is not written as an amount tells nothing."""
    days = [(mention.start, mention.end) for mention in find_dates(line)]
    for figure in _FIGURE.finditer(line):
        if any(start <= figure.start() < end for start, end in days):
            continue
        unit = _UNIT.match(line, figure.end())
        if unit and unit["one"] not in _NO_UNIT:
            whole = unit["one"] is None or (unit["two"] and _makes_word(unit["one"], unit["two"]))  # "02 thành viên", "05 ca"
            yield line[figure.start() : unit.end() if whole else unit.end("one")]
        elif not figure.group().isdigit():
            yield figure.group()


def _agencies(line: str) -> Iterator[str]:
    """Up to the last capital, and the syllable that makes a word with it: what follows is what the agency does."""
    for start, end in bodies(line):
        words = line[start:end].split()
        last = max(at for at, word in enumerate(words) if word[0].isupper())
        while last + 1 < len(words) and (words[last + 1] in _LEVELS or _makes_word(words[last], words[last + 1])):
            last += 1
        if last < _MOST_SYLLABLES and (last or words[0].isupper()):
            yield " ".join(words[: last + 1])


def _makes_word(one: str, other: str) -> bool:
    return _spelling(f"{one} {other}") in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(map(_spelling, general_words()))


def _spelling(word: str) -> str:
    """One form wherever the tone is put: "văn hoá", "Văn hóa"."""
    return "".join(sorted(unicodedata.normalize("NFD", word.lower())))


def neighbouring_values(plan: Plan, chosen: Sequence[str], answer: str) -> list[str]:
    """The values of the sections beside those that answer, and of what they hold beside the answer: what a near miss would say."""
    parents = {section.parent for address in chosen if (section := plan.section(address))}
    beside: list[Section] = [section for section in plan.sections if section.parent in parents or section.address in chosen]
    said = comparable(answer)
    return [value for value in dict.fromkeys(value for section in beside for value in values(section.text)) if not holds(said, comparable(value))]
