"""Bodies that the plans never name: another one's duties are no answer to what such a body has to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xhht_qa.extract.material import Material
from xhht_qa.lexicon.naming import LEVELS
from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan

OF_PLACE = frozenset({"bao", "dai"})  # a newspaper and a broadcaster are told by their place
_KINDS = (
    r"(?:so|phong|ban|hoi|van phong|thanh tra|cong an|trung tam|chi cuc|cuc|doan|kho bac|benh vien|lien doan|ngan hang|vien|tram|huyen doan|tinh doan|thanh doan"
    r"|bao|dai)\b"
)
_KIND = re.compile(_KINDS)
_OF_ANY = frozenset(
    ["ban", "nganh", "phong", "co", "quan", "don", "vi", "khac", "con", "lai", "chuyen", "mon", "chuc", "nang", "lien", "truc", "thuoc"]
)  # of bodies that are no one's name
_OF_LEVEL = frozenset(word for level in LEVELS for word in level.split())
_NO_KIND = r"(?<!\buy )(?<!\bxa )(?<!\bco )(?<!\bdai )"  # "ủy ban", "xã hội", "cơ hội" and "đại hội" are of no kind that their last word names
_WITHIN = 3  # syllables of a name before those by which it is asked for: "Hội Liên hiệp Phụ nữ"


def is_body(name: Sequence[str]) -> bool:
    """Whether a folded name opens with the word for a kind of body."""
    return _KIND.match(" ".join(name)) is not None or name[:2] == ("uy", "ban")


def is_unheard_of(material: Material, name: Sequence[str]) -> bool:
    """Whether the folded name is that of a body of which the plans never print what tells it from others of its kind, or not as a name of that kind."""
    kind = _KIND.match(" ".join(name))
    if kind is None:
        return False
    last, rest = kind.group().split()[-1], name[len(kind.group().split()) :]
    own = [word for word in rest if word not in _OF_LEVEL | _OF_ANY] or kind.group().split()
    if last in OF_PLACE and rest[0] not in _OF_ANY:
        own = list(rest)
    if len(own) < 2:
        return False
    told = [pair for pair in pairwise(own) if material.vocabulary.has_pairs(pair, material.scope)]
    beside = any(material.vocabulary.has_pairs((last, word), material.scope) for word in (own[0], "".join(word[0] for word in own)))
    return not told or not (beside or any(_prints(material.plans[plan], kind.group(), pair) for plan in material.candidates for pair in told))


def _prints(plan: Plan, kind: str, words: Sequence[str]) -> bool:
    """Whether a plan has the words in a name of that kind, or in a row of such names: "các Sở Tài chính, Nội vụ"."""
    if kind in OF_PLACE:
        return False
    within = re.compile(rf"{_NO_KIND}\b{kind}(?: [^\W\d_]+){{0,{_WITHIN}}} {' '.join(words)}\b")
    row = re.compile(rf"{_NO_KIND}\b{kind}\b(?:(?!\b{_KINDS})[^.;])*?\b(?P<name>{' '.join(words)})\b")
    for text in (paragraph.text for section in plan.sections for paragraph in section.paragraphs):
        folded = fold(text)
        if within.search(folded) or any(text[match.start("name")].isupper() for match in row.finditer(folded)):
            return True
    return False
