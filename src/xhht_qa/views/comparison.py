"""So sánh: two plans part by part, what differs between them marked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from xhht_qa import messages
from xhht_qa.engine import Engine
from xhht_qa.errors import QuestionError
from xhht_qa.types import Plan
from xhht_qa.views.asked import Asked
from xhht_qa.views.pairing import VALUE, Side, only_here, pairs

KINDS = messages.COMPARED
_NEARLY = 0.55  # of the words alike: then a person is shown which ones are not
_MOST_WORDS = 1500  # of a section that is compared word by word; more would take seconds
_PIECES = re.compile(rf"{VALUE.pattern}|[^\W\d]+|\s+|.")


@dataclass(frozen=True)
class Piece:
    """Some words of a section and how they are shown: "" plain, "value" a figure that the other side has not, "word" other words."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Cell:
    """A section as it is shown; ``paragraphs`` are its own."""

    side: Side
    paragraphs: tuple[tuple[Piece, ...], ...]

    @property
    def is_long(self) -> bool:
        """Whether its text is folded away at first."""
        return len(self.side.section.text) > 900


@dataclass(frozen=True)
class Row:
    """A pair of sections, or one that only one plan has."""

    kind: str  # a key of KINDS
    left: Cell | None
    right: Cell | None
    depth: int

    @property
    def note(self) -> str:
        """What is to be seen here."""
        if self.kind != "khac":
            return KINDS[self.kind]
        has_values = any(piece.mark == "value" for cell in (self.left, self.right) if cell for paragraph in cell.paragraphs for piece in paragraph)
        return messages.OTHER_FIGURES if has_values else messages.OTHER_WORDS


@dataclass(frozen=True)
class Comparison:
    """The page; without two plans it asks for them."""

    one: Plan | None
    other: Plan | None
    kind: str
    rows: tuple[Row, ...]
    counts: dict[str, int]
    only: tuple[int, int]  # sections that only the first has, and only the second
    plans: tuple[Plan, ...]

    kinds = KINDS


def comparison(engine: Engine, asked: Asked) -> Comparison:
    """The page that an address asks for. Raises QuestionError and UnknownPlan."""
    one, other = asked.plan("mot", engine.plans), asked.plan("hai", engine.plans)
    kind, plans = asked.one_of("loai", KINDS), tuple(engine.plans.values())
    if not one or not other:
        return Comparison(engine.plans.get(one), engine.plans.get(other), kind, (), {}, (0, 0), plans)
    if one == other:
        raise QuestionError(messages.SAME_PLAN_TWICE)
    rows = _rows(_Kept(engine.plans[one]), _Kept(engine.plans[other]))
    only = (sum(row.right is None for row in rows), sum(row.left is None for row in rows))
    return Comparison(
        engine.plans[one], engine.plans[other], kind, tuple(row for row in rows if kind in ("", row.kind)), Counter(row.kind for row in rows), only, plans
    )


class _Kept:
    """A plan as a key: it is the same while its file is."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return hash((self.plan.id, self.plan.digest))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and (self.plan.id, self.plan.digest) == (other.plan.id, other.plan.digest)


@lru_cache(maxsize=16)
def _rows(one: _Kept, other: _Kept) -> tuple[Row, ...]:
    return tuple(row(left, right) for left, right in pairs(one.plan, other.plan))


def row(left: Side | None, right: Side | None) -> Row:
    """The two sides of a pair with what differs marked."""
    side = left or right
    assert side
    depth = _depth(side)
    if left is None or right is None:
        return Row("mot-ben", _plain(left) if left else None, _plain(right) if right else None, depth)
    if left.text.split() == right.text.split():
        return Row("giong", _plain(left), _plain(right), depth)
    return Row("khac", _marked(left, right), _marked(right, left), depth)


def _plain(side: Side) -> Cell:
    return Cell(side, tuple((Piece(number + words),) for number, words in side.paragraphs))


def _marked(side: Side, other: Side) -> Cell:
    """The figures that the other side has not, and, of texts that are nearly alike, the words that it has not."""
    printed = [(number, _PIECES.findall(words)) for number, words in side.paragraphs]
    pieces, theirs = [piece for _, paragraph in printed for piece in paragraph], [word for word in _PIECES.findall(other.text) if word.strip()]
    words = [place for place, piece in enumerate(pieces) if piece.strip()]
    strange: set[int] = set()
    if len(words) + len(theirs) <= _MOST_WORDS:
        matcher = SequenceMatcher(None, [pieces[place] for place in words], theirs, autojunk=False)
        if matcher.ratio() >= _NEARLY:
            strange = {words[at] for tag, start, end, _, _ in matcher.get_opcodes() if tag in ("delete", "replace") for at in range(start, end)}
    values = only_here(side.text, other.text)
    place = 0
    paragraphs = []
    for number, found in printed:
        shown = [Piece(number)] if number else []
        for piece in found:
            _add(shown, piece, "value" if piece in values else "word" if place in strange and piece.isalnum() else "")
            place += 1
        paragraphs.append(tuple(shown))
    return Cell(side, tuple(paragraphs))


def _add(paragraph: list[Piece], text: str, mark: str) -> None:
    """Words with one mark are one piece; a space between two such words takes their mark once the second has come."""
    last = paragraph[-1] if paragraph else None
    if last and last.mark == mark:
        paragraph[-1] = Piece(last.text + text, mark)
    elif last and len(paragraph) > 1 and not last.text.strip() and paragraph[-2].mark == mark:
        paragraph[-2:] = [Piece(paragraph[-2].text + last.text + text, mark)]
    else:
        paragraph.append(Piece(text, mark))


def _depth(side: Side) -> int:
    depth, parent = 0, side.section.parent
    while parent and (section := side.plan.section(parent)):
        depth, parent = depth + 1, section.parent
    return depth
