"""Query → Passages: two arms over the same chunks, fused by weighted min-max scores; plans in scope are a filter."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from xhht_qa.embed import Encoder
from xhht_qa.index import Index
from xhht_qa.text.normalise import fold
from xhht_qa.text.tokens import terms
from xhht_qa.types import Chunk, Passage, Plan, Query, Section

# Recall at 1 is best from 0.3 to 0.4 on the real plans and, apart from them, on the sample plans; 0 and 1 lose 4 and 10 points.
DENSE_WEIGHT = 0.4
_CARRIED_WEIGHT = 0.25  # words of the earlier question help BM25 a little; in the dense query they hurt
_SYNONYM_WEIGHT = 0.3  # words that the asker did not use say less than those used
_ADDRESS_BONUS = 2.0  # a section named by its number is looked up, not searched for
_ORDINAL_BONUS = 0.6  # "giải pháp thứ ba" beats wording, since the siblings share it
_SLOT_BONUS = 0.15  # a section that holds the kind of value asked for
_WHOLE_BONUS = 0.5  # who signs and who receives stands at the end of every plan, its number and grounds at the beginning
_OPENING_MALUS = 0.3  # the opening repeats the topic of every question; it answers those about number, grounds and subject
_K1, _B = 1.2, 0.6  # BM25's usual saturation; a little less length damping, as sections differ in length by nature

_WHOLE_SECTION: Mapping[str, str] = {"signer": "ket-thuc", "copies": "ket-thuc", "number": "mo-dau"}
_OPENING_SLOTS = ("number", "legal_basis", "signer")
_OPENING_NAMED = re.compile(r"\b(?:can cu|mo dau|phan dau|tieu de|trich yeu|ten (?:cua )?ke hoach|so hieu|vien dan|dan)\b")
_HOLDS: Mapping[str, re.Pattern[str]] = {
    "deadline": re.compile(
        r"\d{1,2}/\d{1,2}|ngày \d|tháng \d|năm (?!2\d{3}\s*[-–])\d{4}|quý [IVX\d]|h[àằ]ng (?:năm|quý|tháng|tuần)|thường xuyên|ngày làm việc|6 tháng",
        re.IGNORECASE,
    ),
    "legal_basis": re.compile(r"số \d+[\w/-]+", re.IGNORECASE),
    "count": re.compile(r"\d"),
    "budget": re.compile(r"kinh phí|ngân sách|đồng", re.IGNORECASE),
}
_PHASE = re.compile(r"\W*(?:\d+[.)]\s*)?giai doan (\d)\b")
Scores = NDArray[np.float32]


class Retriever:
    """Searches one open index."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        import bm25s

        self._index = index
        self._encoder = encoder
        self._plan_of = np.array([chunk.plan for chunk in index.chunks])
        self._section_of = np.array([chunk.section for chunk in index.chunks])
        self._searched = np.array([not _is_bare_heading(index.plans[chunk.plan], chunk) for chunk in index.chunks])
        self._lexical = bm25s.BM25(k1=_K1, b=_B)
        self._lexical.index([terms(f"{chunk.context}\n{chunk.text}") for chunk in index.chunks], show_progress=False)

    def search(self, query: Query, k: int = 10) -> list[Passage]:
        """The ``k`` best sections of the plans in scope, best first."""
        # a bare heading is found only when the question names its number
        searched = self._searched | np.isin(self._section_of, query.addresses) if query.addresses else self._searched
        mask = searched & np.isin(self._plan_of, query.plans) if query.plans else searched
        if not mask.any():
            return []
        lexical = self._lexical_scores(query, mask)
        dense = self._dense_scores(query, mask)
        fused = DENSE_WEIGHT * dense + (1 - DENSE_WEIGHT) * lexical
        best: dict[tuple[str, str], Passage] = {}
        for position in np.argsort(-fused, kind="stable"):
            if not mask[position]:
                continue
            chunk = self._index.chunks[position]
            key = (chunk.plan, chunk.section)
            if key not in best:
                best[key] = Passage(chunk.plan, chunk.section, float(fused[position]), chunk.bullet, float(lexical[position]), float(dense[position]))
        bonus = self._bonuses(query)
        ranked = [Passage(p.plan, p.section, p.score + bonus.get((p.plan, p.section), 0.0), p.bullet, p.lexical, p.dense) for p in best.values()]
        return sorted(ranked, key=lambda passage: -passage.score)[:k]

    def _lexical_scores(self, query: Query, mask: NDArray[np.bool_]) -> Scores:
        scores = self._bm25(query.text, mask)
        if query.synonyms:
            scores = scores + _SYNONYM_WEIGHT * self._bm25(query.synonyms, mask)
        if query.carried:
            scores = scores + _CARRIED_WEIGHT * self._bm25(query.carried, mask)
        return _min_max(scores, mask)

    def _bm25(self, text: str, mask: NDArray[np.bool_]) -> Scores:
        """BM25 with the rarity of each term counted among the searched chunks: inside one plan its topic says nothing."""
        total = np.zeros(len(self._index.chunks), dtype=np.float32)
        everywhere = len(self._index.chunks)
        searched = int(mask.sum())
        for term in terms(text):
            if term not in self._lexical.vocab_dict:
                continue
            scores: Scores = self._lexical.get_scores([term])
            here = int(np.count_nonzero(scores[mask]))
            if here:
                total += scores * (_rarity(here, searched) / _rarity(int(np.count_nonzero(scores)), everywhere))
        return total

    def _dense_scores(self, query: Query, mask: NDArray[np.bool_]) -> Scores:
        """Cosines of the nearest chunks; the others score as the farthest of them."""
        vector = self._encoder.encode_queries([query.text])[0]
        near = self._index.nearest(vector, query.plans)
        floor = min((cosine for _, cosine in near), default=0.0)
        scores = np.full(len(self._index.chunks), floor, dtype=np.float32)
        for position, cosine in near:
            scores[position] = cosine
        return _min_max(scores, mask)

    def _bonuses(self, query: Query) -> dict[tuple[str, str], float]:
        bonus: dict[tuple[str, str], float] = {}
        holds = _HOLDS.get(query.slot)
        for plan in self._plans(query):
            for section in plan.sections if holds else ():
                if holds and holds.search(section.text):
                    bonus[plan.id, section.address] = _SLOT_BONUS
            if query.slot not in _OPENING_SLOTS and not _OPENING_NAMED.search(fold(query.question)):
                bonus[plan.id, "mo-dau"] = -_OPENING_MALUS
            if query.slot in _WHOLE_SECTION:
                bonus[plan.id, _WHOLE_SECTION[query.slot]] = _WHOLE_BONUS
            for address in query.addresses:
                bonus[plan.id, address] = _ADDRESS_BONUS
            if query.ordinal:
                for section in items_at(plan, *query.ordinal):
                    bonus[plan.id, section.address] = bonus.get((plan.id, section.address), 0.0) + _ORDINAL_BONUS
        return bonus

    def _plans(self, query: Query) -> Iterable[Plan]:
        plans: Mapping[str, Plan] = self._index.plans
        return [plans[plan] for plan in query.plans] if query.plans else plans.values()


def items_at(plan: Plan, noun: str, number: int) -> list[Section]:
    """The sections that are or hold the ``number``-th item under a heading that begins with ``noun`` (folded; -1: the last)."""
    if noun == "giai doan":
        return _phase(plan, number)
    found = []
    for section in plan.sections:
        if section.is_heading and fold(section.title).startswith(noun):
            children = [child for child in plan.sections if child.parent == section.address]
            bullets = [section for paragraph in section.paragraphs if paragraph.bullet.count("/") == 1]
            found += _nth(children or bullets, number)
    return found


def _phase(plan: Plan, number: int) -> list[Section]:
    """Phases carry their number in print: "1. Giai đoạn 1 (…)", "- Giai đoạn 1 (…): …"."""
    numbered = [
        (section, int(match.group(1))) for section in plan.sections for paragraph in section.paragraphs if (match := _PHASE.match(fold(paragraph.text)))
    ]
    wanted = max((figure for _, figure in numbered), default=0) if number < 0 else number
    return [section for section, figure in numbered if figure == wanted]


def _nth(items: Sequence[Section], number: int) -> list[Section]:
    index = number - 1 if number > 0 else len(items) + number
    return [items[index]] if 0 <= index < len(items) else []


def _is_bare_heading(plan: Plan, chunk: Chunk) -> bool:
    """A heading without text of its own only lends its words to its children's path."""
    section = plan.section(chunk.section)
    assert section
    return section.is_heading and len(section.paragraphs) == 1 and any(other.parent == section.address for other in plan.sections)


def _rarity(holding: int, of: int) -> float:
    """Lucene's idf."""
    return math.log(1 + (of - holding + 0.5) / (holding + 0.5))


def _min_max(scores: Scores, mask: NDArray[np.bool_]) -> Scores:
    low, high = float(scores[mask].min()), float(scores[mask].max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
