"""What a word means in a plan: "… là gì?", "thế nào là …?", "… được hiểu thế nào?"."""

from __future__ import annotations

import re

from xhht_qa.extract.material import Material
from xhht_qa.extract.stated import source_of
from xhht_qa.extract.units import without_mark
from xhht_qa.extract.values import required_value
from xhht_qa.text.normalise import compose as composed
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Fact, Source, Statement

_BEFORE = "thế nào là|như thế nào là|định nghĩa(?: của)?"
_DEFINED = re.compile(  # of a text with single spaces, from its beginning: any other search for ".+?" takes quadratic time
    rf"(?:{_BEFORE}) (?P<first>.+)|(?P<behind>.+?) (?:được hiểu|được gọi|(?<!định )(?<!ý )(?<!chủ )nghĩa(?! vụ)|có nghĩa|(?:là )?viết tắt|(?<!tin )tức)(?!\w)"
    rf"|(?P<what>.+?) (?:là gì|là sao)(?: (?:theo|trong|ở|tại) .*)?\W*$|.*?(?<!\w)(?:{_BEFORE}) (?P<later>.+)",
    re.IGNORECASE,
)
_DEFINING = re.compile(r"(?i)giải thích|từ ngữ|khái niệm|phân loại|thuật ngữ|định nghĩa|hiểu")
_WHERE = re.compile(r"^(?:theo|trong|tại|ở) [^,]*, ", re.IGNORECASE)
_EXPLAINED = re.compile(r"(?P<word>[^:;.,]{3,80}?)(?: \([^)]*\))?(?:(?P<is> (?:duoc hieu )?la )|:)")
_MAIN_SHARE = 0.4  # of what is asked about: a short form that merely stands in it is not what is asked about
_QUOTES = re.compile("[“”\"']")


def compose(material: Material) -> Draft | None:
    """The sentence that explains the word; None where no plan in scope explains the very word asked for."""
    asked = _DEFINED.match(composed(material.query.text))
    if not asked or required_value(material.query):  # "số điện thoại của phòng … là gì" wants no meaning
        return None
    words = _bare(_WHERE.sub("", next(group for group in asked.groups() if group)))
    if not words:
        return None
    facts = [fact for plan in material.candidates for fact in material.plans[plan].facts if fact.kind == "definition" and _names(words, fact)]
    if not facts:
        return _explained(material, words)
    longest = max(facts, key=lambda fact: len(fact.object))
    same = [fact for fact in facts if _bare(fact.object) == _bare(longest.object)]
    if not material.query.named and len({fact.plan for fact in same}) > 1:
        return None
    return Draft("answered", statements=(_statement(longest),))


def _explained(material: Material, words: str) -> Draft | None:
    """The sentence that begins with the word and "là", or with the word and a colon where a heading speaks of definitions."""
    for passage in material.passages:
        section = material.section(passage)
        defining = _DEFINING.search(" ".join(section.path))
        for paragraph in section.paragraphs:
            said = without_mark(paragraph.text)
            explained = _EXPLAINED.match(_bare(said))
            if explained and (explained.group("is") or defining) and _holds(words, explained.group("word")):
                return Draft("answered", statements=(Statement(said, (Source(passage.plan, section.address, paragraph.bullet, paragraph.text),)),))
    return None


def _names(words: str, fact: Fact) -> bool:
    return _holds(words, _bare(fact.object))


def _holds(words: str, word: str) -> bool:
    """Whether what is asked about is the word and little more."""
    return f" {word} " in f" {words} " and len(word) >= _MAIN_SHARE * len(words)


def _bare(text: str) -> str:
    return fold(_QUOTES.sub("", composed(text))).strip(" ?.:,")


def _statement(fact: Fact) -> Statement:
    return Statement(without_mark(fact.quote), (source_of(fact),))
