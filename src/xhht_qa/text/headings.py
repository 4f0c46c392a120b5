"""The kinds of parts that plans are headed by, and which of them a question asks for: "nhằm mục đích gì?"."""

from __future__ import annotations

import re

from xhht_qa.text.normalise import fold

ARTICLE = "Đ"  # opens the address of an article: "Đ5"
_KINDS = "muc dich|yeu cau|muc tieu|nguyen tac|quan diem|giai phap|pham vi|doi tuong"
_ASKED = re.compile(rf"\b({_KINDS})\b(?= (?:gi|nao|chung|cu the|cua|la)\b)|(?<=nham )({_KINDS})\b")
_WHAT_FOR = re.compile(r"\b(?:de (?:lam|duoc)|nham) gi\W*$")
_HEADING = re.compile(rf"(?:{_KINDS})\b")


def kind_asked(question: str) -> str:
    """The kind, folded; "" where the question asks for none."""
    folded = fold(question)
    found = _ASKED.search(folded)
    return (found.group(1) or found.group(2) if found else "") or ("muc dich" if _WHAT_FOR.search(folded) else "")


def kind_headed(heading: str) -> str:
    """The kind that a heading begins with, folded; "" for any other heading."""
    found = _HEADING.match(fold(heading))
    return found.group() if found else ""
