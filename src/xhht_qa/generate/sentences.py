"""A model's text, cut into sentences while it comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xhht_qa.text.normalise import CAPITAL

_MARKS = r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]"
_END = re.compile(
    rf"\n|[.!?…][”\"’)]*(?:\s*{_MARKS})+[.]?(?=\s*[^\s\[.])"  # "… ngày 5/6. [1]"
    rf"|(?:{_MARKS}\s*)+(?:[.!?;]|(?=[“\"*•#-]|{CAPITAL}))(?=\s*[^\s\[])"  # "… ngày 5/6 [1]."
    rf"|(?<=[^\s.][^\s.])[.!?…][”\"’)]*\s+(?={CAPITAL})"  # without a mark
)
_BULLET = re.compile(r"\s*(?:[-*•+–]|\d{1,2}[.)])\s+")
_STYLE = re.compile(r"\*\*|__|^#{1,6}\s+|^>\s+")
_MARK = re.compile(_MARKS)
_SEEN = 200  # characters that an end with its marks may take
_LONGEST = 2500  # characters; whoever writes on without an end is cut off here
_THINKING, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True)
class Written:
    """A sentence as the model wrote it, its marks taken out."""

    text: str
    marks: tuple[int, ...]
    before: str  # what sets it apart from the one before: " ", a new line, a new item of a list


def sentences_of(pieces: Iterable[str]) -> Iterator[Written]:
    """Each sentence as soon as its end is certain, which is at the first letter of the next."""
    pending, begins = "", True
    for piece in spoken(pieces):
        start = max(len(pending) - _SEEN, 0)  # before that there is no end; to look again at each letter would take quadratic time
        pending += piece
        while (end := _END.search(pending, start)) or len(pending) > _LONGEST:
            start = 0
            cut = end.end() if end else _LONGEST
            head, pending = pending[:cut], pending[cut:]
            yield from _written(head, begins)
            begins = head.endswith("\n")
    yield from _written(pending, begins)


def _written(text: str, begins: bool) -> Iterator[Written]:
    marks = tuple(int(number) for mark in _MARK.findall(text) for number in re.findall(r"\d+", mark))
    bullet = _BULLET.match(text) if begins else None
    said = _STYLE.sub("", _MARK.sub("", text[bullet.end() :] if bullet else text).strip())
    said = re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"\s+", " ", said)).strip()
    if said.strip(" .,;:!?-*"):
        yield Written(said, tuple(dict.fromkeys(marks)), "\n- " if bullet else "\n" if begins else " ")


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The words without what some models think aloud before them."""
    opening = ""
    state = "unknown"
    for piece in pieces:
        piece = piece.encode("utf-8", "ignore").decode().replace("\r", "")
        if state == "spoken":
            yield piece
            continue
        opening += piece
        begun = opening.lstrip()
        if state == "unknown" and not _THINKING.startswith(begun[: len(_THINKING)]):
            state = "spoken"
            yield opening
        elif begun.startswith(_THINKING):
            state = "thinking"
            if _THOUGHT in begun:
                state = "spoken"
                yield begun.partition(_THOUGHT)[2].lstrip()
    if state == "unknown":
        yield opening
