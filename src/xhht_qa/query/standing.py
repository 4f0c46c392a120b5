"""Whether a message behind others stands on its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from xhht_qa.query.actors import actor_end, asks_for_duties, names_an_actor
from xhht_qa.query.asking import Bare, gap_in, is_closed, news, weight, without_gaps
from xhht_qa.query.said import Said
from xhht_qa.query.scope import ScopeFinder
from xhht_qa.query.slots import asks_to_compare, slot_of
from xhht_qa.text.normalise import fold
from xhht_qa.text.phrases import FUNCTION_WORDS
from xhht_qa.text.tokens import folded_syllables, syllables
from xhht_qa.types import Plan

OWN = 3  # a question with more syllables that say something, beside those that ask, stands on its own
_PLANS_KEPT = 64  # with their pairs of syllables, some thousands each: conversations stay with a plan
_FUNCTION_WORDS = frozenset(FUNCTION_WORDS.split())
_AT_HOME = 0.4  # of the pairs of syllables of a question that go on in the plan before; a new topic shares fewer with it
_LEANS = re.compile(r"^nếu(?!\w)|(?<!\w)(?:đó|ấy)(?!\w)", re.IGNORECASE)
_DOCUMENT_SLOTS = frozenset(["signer", "number", "copies", "legal_basis"])
# What is asked without a word that asks: "tóm tắt mục đích, yêu cầu".
_REQUEST = re.compile(
    r"\W*(?:(?:hãy|xin|vui lòng|giúp|cho|tôi|em|mình) )*(?:tóm tắt|liệt kê|trình bày|mô tả|nêu)(?! (?:rõ|lại|thêm|tiếp|cụ thể|chi tiết)(?!\w)) \w+ \w",
    re.IGNORECASE,
)
# The same by a noun that says what is wanted: "hạn báo cáo năm của các huyện".
_WANTED = re.compile(
    r"(?:cho (?:tôi |em |mình )?(?:hỏi|biết|xem) )?(?:về )?(?:thời hạn|thời gian|hạn|kinh phí|ngân sách|hồ sơ|giấy tờ|tiêu chí|tiêu chuẩn|điều kiện|đối tượng|nhiệm vụ|trách nhiệm|mục tiêu|mục đích"
    r"|chỉ tiêu|giải pháp|lệ phí|số điện thoại|địa chỉ|địa điểm|đầu mối|thành phần|lộ trình|tiến độ|quy trình|thủ tục|trình tự|hình thức|nội dung)(?!\w)",
    re.IGNORECASE,
)

_DAY = re.compile(r"(?:hạn|thời gian)$", re.IGNORECASE)


class Standing:
    """Over the plans that are indexed; ``knows`` tells whether a syllable is printed in any of them."""

    def __init__(self, plans: Mapping[str, Plan], scope: ScopeFinder, knows: Callable[[str], bool]) -> None:
        self._plans = plans
        self._scope = scope
        self._knows = knows
        self._pairs = lru_cache(_PLANS_KEPT)(self._pairs_of)

    def is_its_own(self, text: str, follow_up: Bare) -> bool:
        """Whether a message has nothing to do with the question before: no word of it is known, it sets other plans side by side, or it chats."""
        if follow_up.leans or follow_up.partitive or follow_up.confirms:
            return False
        content = [word for word in syllables(without_gaps(follow_up.text)) if weight(word) and word not in _FUNCTION_WORDS]
        if content and not any(map(self._knows, content)):
            return True
        if asks_to_compare(text) and self._scope.places(self._scope.find(text, compare=True)) > 1:
            return True
        if _REQUEST.match(text) and self._scope.find(text, asks_to_compare(text)):
            return True
        return slot_of(text) == "content" and not _LEANS.search(text) and not _REQUEST.match(text) and 2 * sum(map(self._knows, content)) <= len(content) > 0

    def stands_alone(self, core: str, follow_up: Bare, before: Said) -> bool:
        """Whether it asks for enough of itself, though it goes on from the question before."""
        asked = gap_in(core)
        if follow_up.partitive or not asked:
            return (is_closed(core) and not follow_up.confirms) or self._requests(core, follow_up, before)
        rest = without_gaps(core)
        actor = actor_end(rest)
        return (
            news(rest, before.text) > OWN
            or bool(actor and asks_for_duties(core))
            or slot_of(core) in _DOCUMENT_SLOTS
            or bool(actor and news(rest[actor:], before.text))
        )

    def _requests(self, core: str, follow_up: Bare, before: Said) -> bool:
        """Whether it asks without a word that asks; a noun alone, or with what was said before, leaves open of what."""
        if _LEANS.search(core):
            return False
        wanted = _WANTED.match(core) if not (follow_up.leans or follow_up.partitive or follow_up.confirms) else None
        of_another = wanted and asks_for_duties(before.text) and names_an_actor(core[wanted.end() :])  # not of the body whose duties were asked for
        earlier = gap_in(before.text)
        of_day = wanted and _DAY.search(wanted.group()) and weight(core[wanted.end() :]) and earlier and earlier.gap != "when"  # no day was asked for
        return bool(_REQUEST.match(core) or of_another or of_day) or bool(wanted and news(core[wanted.end() :], before.text) > 1)

    def is_elsewhere(self, core: str, before: Said) -> bool:
        """Whether a question with enough words of its own is about what the plans of the conversation do not speak of: a new topic."""
        if not before.plans or _LEANS.search(core) or news(without_gaps(core), before.text) <= OWN:
            return False
        pairs = {tuple(map(fold, pair)) for pair in itertools.pairwise(syllables(without_gaps(core))) if all(map(weight, pair))}
        printed = set().union(*(self._pairs(plan) for plan in before.plans))
        return len(pairs & printed) < _AT_HOME * len(pairs)

    def _pairs_of(self, plan: str) -> frozenset[tuple[str, str]]:
        """The pairs of syllables that a plan prints."""
        return frozenset(pair for section in self._plans[plan].sections for pair in itertools.pairwise(folded_syllables(section.text)))


def says_what_is_wanted(core: str) -> bool:
    """Whether a message opens with the noun of what it wants: "hạn báo cáo năm"."""
    return _WANTED.match(core) is not None
