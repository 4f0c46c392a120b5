"""Who hands in to whom, weighed against who is asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from xhht_qa.extract.actors import actor_of
from xhht_qa.extract.weights import Weights
from xhht_qa.text.tokens import folded_syllables
from xhht_qa.types import Fact, Plan, Query

_HANDED = re.compile(r"(?<!\w)(?:báo cáo|gửi|nộp|trình)(?!\w)[^.;,]{0,150}?(?<!\w)(?:về|cho|lên|tới|đến) ([^.;,]+)", re.IGNORECASE)
_BODY_SHARE = 0.6  # of its name that a question gives, for a body to be meant


class Reports:
    """By the facts: a question on what a body hands in is not answered by what others hand in to it."""

    def __init__(self, query: Query, read: Iterable[str], plans: Mapping[str, Plan], weights: Weights) -> None:
        self._weights = weights
        self._asked = weights.words_in(actor_of(query.text)) if query.slot in ("recipient", "deadline") else set()
        self._facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for plan in set(read) if self._asked else ():
            for fact in plans[plan].facts:
                if fact.kind == "reporting":
                    self._facts[plan, fact.section].append(fact)

    def only_receives(self, plan: str, section: str, text: str) -> bool:
        """Whether the body asked about hands in nothing there, and is handed in to."""
        stated = [fact for fact in self._facts[plan, section] if fact.quote in text or text in fact.quote] if self._asked else []
        if self._asked and not stated and (handed := _HANDED.search(text)):  # bodies that are no agency by their name: "Điểm thi báo cáo về Hội đồng thi"
            acting = actor_of(text)
            return bool(acting) and not self._holds(acting) and self._holds(handed.group(1))
        return any(self._holds(fact.recipient) for fact in stated) and not any(self._holds(fact.actor) for fact in stated)

    def _holds(self, body: str) -> bool:
        idf = self._weights.idf
        held = self._asked & set(folded_syllables(body))
        return sum(idf[word] for word in held) >= _BODY_SHARE * sum(idf[word] for word in self._asked)
