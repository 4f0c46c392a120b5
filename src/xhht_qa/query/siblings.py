"""What a follow-up contrasts with: a plan's own siblings say that "Trung thu" takes the place of "Nguyên đán"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import syllables
from xhht_qa.types import Plan

_SYLLABLE = re.compile(r"[^\W_]+")
_OPENING = 14  # syllables of a section that say what it is about
_LEFT_OUT = 2  # words that a fragment has before those of the plan: "quán", "mấy cái"
_ARTICLES = frozenset({"cac", "nhung"})
_LEAST = 2  # syllables that stand in contrast; one alone is chance


def contrasted(fragment: str, text: str, plans: Iterable[Plan]) -> tuple[int, int] | None:
    """Where ``text`` names what a sibling of the section on ``fragment`` names at the same place; None where no two siblings do."""
    named = [word for word in _folded(fragment) if word not in _ARTICLES]
    if not named:
        return None
    spans = _spans(text)
    best: tuple[int, int] | None = None
    for plan in plans:
        openings = [(section.parent, [word for word in _folded(section.title) if word not in _ARTICLES][:_OPENING]) for section in plan.sections]
        for parent, opening in openings:
            place = next((place for place in range(len(opening)) if opening[place : place + len(named)] == named), None)
            if place is None:
                continue
            for other_parent, other in openings:
                if other_parent == parent and other[:place] == opening[:place] and (span := _first_words(spans, other[place:])):
                    best = max(best or span, span, key=lambda span: span[1] - span[0])
        best = best or _by_heads(named, spans, plan)
    return best


def _by_heads(named: list[str], spans: list[tuple[str, int, int]], plan: Plan) -> tuple[int, int] | None:
    """Where the text names what one sibling is headed with, if only another one is headed with the last words of the fragment.

    "quán karaoke" takes the place of "trường học" in a plan that has "Cơ sở karaoke: …" beside "Trường học, trạm y tế: …".
    """
    heads = [(section.parent, _folded(section.title.partition(":")[0])) for section in plan.sections if ":" in section.title]
    for left_out in range(min(_LEFT_OUT, len(named) - 1) + 1):
        words = named[left_out:]
        holding = [(parent, head) for parent, head in heads if any(head[start : start + len(words)] == words for start in range(len(head)))]
        if len(holding) == 1:
            parent, own = holding[0]
            found = [span for other_parent, head in heads if other_parent == parent and head != own and (span := _first_words(spans, head))]
            return max(found, key=lambda span: span[1] - span[0], default=None)
    return None


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
