"""What a word means in a plan: "… là gì?", "thế nào là …?", "… được hiểu thế nào?"."""

from __future__ import annotations

import re

from xhht_qa.extract.material import Material
from xhht_qa.extract.units import without_mark
from xhht_qa.text.normalise import compose as composed
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Fact, Source, Statement

_BEFORE = "thế nào là|như thế nào là|định nghĩa(?: của)?"
_DEFINED = re.compile(  # of a text with single spaces, from its beginning: any other search for ".+?" takes quadratic time
    rf"(?:{_BEFORE}) (?P<first>.+)|(?P<behind>.+?) (?:được hiểu|được gọi|(?<!định )(?<!ý )(?<!chủ )nghĩa(?! vụ)|có nghĩa|(?:là )?viết tắt|(?<!tin )tức)(?!\w)"
    rf"|(?P<what>.+?) (?:là gì|là sao)\W*$|.*?(?<!\w)(?:{_BEFORE}) (?P<later>.+)",
    re.IGNORECASE,
)
_DEFINING = re.compile(r"(?i)giải thích|từ ngữ|khái niệm|phân loại|thuật ngữ|định nghĩa|hiểu")
_MAIN_SHARE = 0.4  # of what is asked about: a short form that merely stands in it is not what is asked about
_QUOTES = re.compile("[“”\"']")


def compose(material: Material) -> Draft | None:
    """The sentence that explains the word; None where no plan in scope explains the very word asked for."""
    asked = _DEFINED.match(composed(material.query.text))
    if not asked:
        return None
    words = _bare(next(group for group in asked.groups() if group))
    if not words:
        return None
    facts = [fact for plan in material.scope for fact in material.plans[plan].facts if fact.kind == "definition" and _names(words, fact)]
    if not facts:
        return _explained(material, words)
    longest = max(facts, key=lambda fact: len(fact.object))
    same = [fact for fact in facts if _bare(fact.object) == _bare(longest.object)]
    if not material.query.named and len({fact.plan for fact in same}) > 1:
        return None
    return Draft("answered", statements=(_statement(longest),))


def _explained(material: Material, words: str) -> Draft | None:
    """The piece that begins with the word and a colon or "là": a definition that no heading calls one."""
    for unit in material.units:
        said = _bare(without_mark(unit.text))
        if re.match(rf"{re.escape(words)}\s*(?::|\(|(?:duoc hieu )?la\b)", said) and _DEFINING.search(" ".join(unit.section.path)):
            return Draft("answered", statements=(Statement(without_mark(unit.text), (unit.source,)),))
    return None


def _names(words: str, fact: Fact) -> bool:
    object_ = _bare(fact.object)
    return f" {object_} " in f" {words} " and len(object_) >= _MAIN_SHARE * len(words)


def _bare(text: str) -> str:
    return fold(_QUOTES.sub("", composed(text))).strip(" ?.:,")


def _statement(fact: Fact) -> Statement:
    return Statement(without_mark(fact.quote), (Source(fact.plan, fact.section, fact.bullet, fact.quote),))
