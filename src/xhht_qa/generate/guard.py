"""What a sentence of a model must pass before anyone sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.generate.sentences import Written
from xhht_qa.types import Plan, Source, Why

_LINK = re.compile(r"https?:|www\.|\]\(|<[a-z/!]|`|!\[", re.IGNORECASE)


class Guard:
    """Holds sentences against the excerpts that they cite."""

    def __init__(self, excerpts: Sequence[Excerpt], plans: Mapping[str, Plan]) -> None:
        self._excerpts = {excerpt.number: excerpt for excerpt in excerpts}

    def why_not(self, sentence: Written) -> Why | None:
        """Why the sentence is not shown; None for one that is."""
        if not sentence.marks:
            return "no_citation"
        if not set(sentence.marks) <= self._excerpts.keys():
            return "unknown_citation"
        if _LINK.search(sentence.text):
            return "link"
        return None

    def sources(self, sentence: Written) -> tuple[Source, ...]:
        """Where what the sentence says stands."""
        return tuple(dict.fromkeys(source for mark in sentence.marks for source in self._excerpts[mark].sources))
