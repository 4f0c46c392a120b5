"""What a follow-up contrasts with: a plan's own siblings say that "Trung thu" takes the place of "Nguyên đán"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import syllables
from xhht_qa.types import Plan

_SYLLABLE = re.compile(r"[^\W_]+")
_OPENING = 14  # syllables of a section that say what it is about
_LEAST = 2  # syllables that stand in contrast; one alone is chance


def contrasted(fragment: str, text: str, plans: Iterable[Plan]) -> tuple[int, int] | None:
    """Where ``text`` names what a sibling of the section on ``fragment`` names at the same place; None where no two siblings do."""
    named = _folded(fragment)
    if not named:
        return None
    spans = _spans(text)
    best: tuple[int, int] | None = None
    for plan in plans:
        openings = [(section.parent, _folded(section.title)[:_OPENING]) for section in plan.sections]
        for parent, opening in openings:
            place = next((place for place in range(len(opening)) if opening[place : place + len(named)] == named), None)
            if place is None:
                continue
            for other_parent, other in openings:
                if other_parent == parent and other[:place] == opening[:place] and (span := _first_words(spans, other[place:])):
                    best = max(best or span, span, key=lambda span: span[1] - span[0])
    return best


def _folded(text: str) -> list[str]:
    return [fold(syllable) for syllable in syllables(text)]


def _spans(text: str) -> list[tuple[str, int, int]]:
    """The folded syllables of a text with their offsets."""
    return [(fold(match.group()), match.start(), match.end()) for match in _SYLLABLE.finditer(text)]


def _first_words(spans: list[tuple[str, int, int]], words: list[str]) -> tuple[int, int] | None:
    """The longest phrase of the text that ``words`` begin with."""
    best: tuple[int, int] | None = None
    for first in range(len(spans)):
        count = 0
        while count < len(words) and first + count < len(spans) and spans[first + count][0] == words[count]:
            count += 1
        if count >= _LEAST and (best is None or spans[first + count - 1][2] - spans[first][1] > best[1] - best[0]):
            best = spans[first][1], spans[first + count - 1][2]
    return best
