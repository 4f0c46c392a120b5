"""Follow-ups written out in full: what one names takes the place of its like in the question before, the rest of that one stays.

"Ai chủ trì diễn tập ở Vân Châu?", "thế ai phối hợp?" → "Ai phối hợp diễn tập ở Vân Châu?". Nothing here knows what is searched how.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from xhht_qa.query.asking import Asked, Bare, bare, gap_in, is_closed, role_in, weight, without_article, without_gaps
from xhht_qa.query.constituents import by_common_words, by_group, counted, inside, numbered, put
from xhht_qa.query.referents import is_unexplained, resolved, without_it
from xhht_qa.query.scope import ScopeFinder
from xhht_qa.query.siblings import contrasted
from xhht_qa.query.slots import asks_to_compare, slot_of
from xhht_qa.text.bodies import bodies, names_of_bodies
from xhht_qa.text.normalise import CAPITAL, fold
from xhht_qa.text.phrases import FUNCTION_WORDS
from xhht_qa.text.tokens import folded_syllables, syllables
from xhht_qa.types import Plan

_FUNCTION_WORDS = frozenset(FUNCTION_WORDS.split())
_REPEATED = 3  # syllables of a question that says again what was said
_WRITTEN_KEPT = 1024  # each question of a conversation brings along those before it; some 2 MB, for turns are cut
_OWN = 3  # a question with more syllables that say something, beside those that ask, stands on its own
_ALL_PLANS = re.compile(r"(?<!\w)(?:tất cả|các|mọi|từng|những) (?:các )?kế hoạch(?! (?:này|đó|ấy|trên)(?!\w))", re.IGNORECASE)  # leaves the plan before
_AT_HOME = 0.4  # of the pairs of syllables of a question that go on in the plan before; a new topic shares fewer with it
_UNIT = r"(?:sở|(?<![ủỷy] )ban|ngành|phòng|khoa|đơn vị|cơ quan|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|cá nhân|tập thể|trung ương|nhà nước)"
_CAPITALISED = rf"(?-i:(?:\s+{CAPITAL}[^\W\d_]*)*)"
# What can take the place of what; a fragment is of the first kind that opens it.
_PERIOD = re.compile(
    r"(?<!\w)(?:(?:hằng|hàng|mỗi|từng|cả|giữa|cuối|nửa)\s+(?:tuần|tháng|quý|năm)|(?:0?6|sáu)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|thường niên"
    r"|(?:tuần|tháng|quý|năm)(?!\w)(?!\s+(?:\d|[IVX]+\b|nào|mấy|bao|nay|tới|học|qua|(?:trước|sau)(?!\s+(?:ngày|khi|hạn|tháng|\d)))))(?!\w)",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"(?<!\w)(?:sơ kết|tổng kết|đột xuất|định kỳ|chuyên đề)(?!\w)", re.IGNORECASE)
_ACTOR = re.compile(
    rf"(?<!\w)(?:(?:ubnd|[ủu][ỷy]? ban nhân dân)\s+)?(?:(?:các|những|mỗi|mấy|cấp|từng)\s+)*(?:phòng,? ban|{_UNIT})(?!\w)(?!\s+(?:nào|mấy))(?:(?:,|\s+và)\s+{_UNIT}(?!\w)(?!\s+nào))*{_CAPITALISED}",
    re.IGNORECASE,
)
_RANKS = {"tỉnh": 0, "thành phố": 0, "huyện": 1, "quận": 1, "thị xã": 1, "xã": 2, "phường": 2, "thị trấn": 2}
_LEVEL = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_RANKS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
_REPORT = re.compile(r"(?<!\w)báo cáo\s+", re.IGNORECASE)
_REPORT_LENGTH = len("báo cáo ")
_INITIALS = re.compile(rf"{CAPITAL}{{2,}}(?:[.&-]{CAPITAL}+)*(?!\w)")  # of an agency: those of a subject are spelt out by now
_KINDS = (_PERIOD, _OCCASION)
_PLAN_SAID = re.compile(r"(?<!\w)(?:kế hoạch|kh)(?!\w)|\d+\s*/", re.IGNORECASE)
_BESIDE = re.compile(r"so (?:sánh )?(?:với|cùng)\s+", re.IGNORECASE)
_BETWEEN_PLANS = re.compile(r"^so sánh\s+|(?:\s*(?:,|(?<!\w)(?:và|với)(?!\w)))+(?=\s*[?.!]*$)", re.IGNORECASE)  # of a question whose plans' names are gone
_ACTS = re.compile(r"(?:gửi|nộp|trình|nhận|ban hành|phê duyệt|lập|nhập|thẩm định)(?!\w)", re.IGNORECASE)
_ACCORDING = re.compile(r"(?<!\w)(?:theo|của|ở|tại|kế hoạch)\s*$", re.IGNORECASE)
_AT = re.compile(r"^(?:của|ở|tại|bên)\s+", re.IGNORECASE)
_OF = re.compile(r"\s*(?:của|thuộc|ở|tại)(?!\w)", re.IGNORECASE)
_SLOT_NOUN = re.compile(
    r"(?<!\w)(?:(?:cần|phải có|có|theo|những|các)\s+)*(?:điều kiện|tiêu chí|tiêu chuẩn|hồ sơ|giấy tờ|thời hạn|hạn nộp|kinh phí|chỉ tiêu|mục tiêu|nhiệm vụ|giải pháp)\s*$",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"^(?:mức|số tiền|thời hạn|thời gian|số lượng|hạn)\s+", re.IGNORECASE)
_LINK = re.compile(r"(?:\s*(?<!\w)(?:thì|là|có|được|làm|phải|cần|giao))+$|^(?:(?:thì|là|việc|về)(?!\w)\s*)+", re.IGNORECASE)
_CONDITION = re.compile(r"^(?:nếu|khi|với|trường hợp|đối với|sang|đến|tới|vào)\s+", re.IGNORECASE)
_LEANS = re.compile(r"^nếu(?!\w)|(?<!\w)(?:đó|ấy)(?!\w)", re.IGNORECASE)
_AND_ASKS = re.compile(r"\s*(?:,|và(?!\w))\s*")
_THEN = re.compile(r"(?<!\w)thì(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"^với (.+?), ", re.IGNORECASE)
_DOCUMENT_SLOTS = frozenset(["signer", "number", "copies", "legal_basis"])
_NOUN_SLOTS = frozenset(["criteria", "dossier", "award", "procedure", "phase", "budget"])  # asked for by a noun: "hồ sơ gồm những gì?"
_FROM_TO = re.compile(
    r"từ\s+(?!\d|ngày|tháng|năm|quý|khi|lúc)(.+?)\s+((?:lên|đến|về|sang|tới|xuống|cho)\s+(?!\d|ngày|tháng|năm|quý|khi)(?:.+))$", re.IGNORECASE
)
# What a plan regulates beside anything else; one of them alone asks for itself and not for a part of the other.
_MATTER = re.compile(
    r"(?:(?:chế độ|việc|phần|mục) )?(?:báo cáo|hồ sơ|kinh phí|khen thưởng|kiểm tra|giám sát|truyền thông|tuyên truyền|mục đích|mục tiêu|chỉ tiêu|lộ trình|tổ chức thực hiện)$",
    re.IGNORECASE,
)
# What is asked without a word that asks: "tóm tắt mục đích, yêu cầu".
_REQUEST = re.compile(
    r"\W*(?:(?:hãy|xin|vui lòng|giúp|cho|tôi|em|mình) )*(?:tóm tắt|liệt kê|trình bày|mô tả|nêu)(?! (?:rõ|lại|thêm|tiếp|cụ thể|chi tiết)(?!\w)) \w+ \w",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(r"(?:báo cáo|hồ sơ)$", re.IGNORECASE)
_DUTIES = re.compile(r"(?<!\w)(?:làm|phụ trách|có (?:nhiệm vụ|trách nhiệm)) (?:(?:những|các|việc|cái) )*gì(?!\w)", re.IGNORECASE)
_HANDED = re.compile(r"(?<!\w)(?:gửi|nộp|trình|lập|làm|xong|hoàn thành)\s*$", re.IGNORECASE)
_LOOSE = re.compile(r"\s+(?=[,?])|(?<=\w)\s*,\s*(?=\?)")


@dataclass(frozen=True)
class Said:
    """A question as it stands alone, the plans it is about, and the answer that it got."""

    text: str
    plans: tuple[str, ...] = ()
    answer: str = ""
    carried: str = ""  # the question before, where this one stands on its own and yet goes on from it
    guessed: bool = False  # nothing of its kind stands in the question before, or a pronoun is left that nothing explains


class FollowUps:
    """Writes follow-ups out, over the plans that are indexed."""

    def __init__(self, plans: Mapping[str, Plan], scope: ScopeFinder, knows: Callable[[str], bool]) -> None:
        """``knows`` tells whether a syllable is printed in any plan."""
        self._plans = plans
        self._knows = knows
        self._scope = scope
        self._printed: dict[str, frozenset[tuple[str, str]]] = {}
        self._written = lru_cache(_WRITTEN_KEPT)(self._written_anew)

    def written_out(self, text: str, before: Said | None) -> Said:
        """The question as it would be asked without the conversation, with the plans it is about; ``text`` is restored."""
        return self._written(text, before)

    def _written_anew(self, text: str, before: Said | None) -> Said:
        if before is None or slot_of(text) in ("greeting", "plans") or _ALL_PLANS.search(text):
            return Said(text, self._named(text))
        follow_up = bare(text)
        if self._is_its_own(text, follow_up, before):
            return Said(text, self._named(text))
        plans = self._named_anew(text, before)
        plans = plans or self._named_by_topic(follow_up.text, before)
        if set(plans) <= set(before.plans) and _is_in_agency(follow_up.text, self._scope.name_in(follow_up.text, plans)):
            plans = ()
        if plans and before.plans and _BESIDE.match(follow_up.text):
            return Said(_sentence(f"So sánh {_topic(before.text)} với {_BESIDE.sub('', follow_up.text)}"), tuple(dict.fromkeys([*before.plans, *plans])))
        issuer = self._issuer(before.plans)
        asked_before = gap_in(before.text)
        core = resolved(follow_up.text, before.text, before.answer, bool(asked_before and asked_before.gap in ("who", "where")), self._of(before.plans), issuer)
        core = without_article(core, before.text)
        explained = core != follow_up.text
        if not plans and not explained and not follow_up.leans and not follow_up.partitive and self._is_elsewhere(core, before):
            return Said(text, self._named(text))
        if not plans and (level := self._scope.counterpart(text, before.plans[0]) if len(before.plans) == 1 else ()) and not self._actor(before):
            return Said(_sentence(self._renamed(before, self._issuer(level), level)), level)
        carried = ""
        if plans:
            full = self._about_other_plan(core, follow_up, plans, before)
        elif (explained and gap_in(core)) or self._stands_alone(without_it(core), follow_up, before):
            full, carried = core, before.text
        else:
            full = self._merged(without_it(core), follow_up, before)
        guessed = is_unexplained(core) or (bool(_WITH.match(full)) and not follow_up.partitive)
        return replace(self._with_plan(full, text, plans, before), carried=carried, guessed=guessed)

    def _is_its_own(self, text: str, follow_up: Bare, before: Said) -> bool:
        """Whether a message has nothing to do with the question before: no word of it is known, it sets other plans side by side, or it chats."""
        if follow_up.leans or follow_up.partitive or follow_up.confirms:
            return False
        content = [word for word in syllables(without_gaps(follow_up.text)) if weight(word) and word not in _FUNCTION_WORDS]
        if content and not any(map(self._knows, content)):
            return True
        if asks_to_compare(text) and self._scope.places(self._named(text)) > 1:
            return True
        if _REQUEST.match(text) and self._named(text):
            return True
        return slot_of(text) == "content" and not _LEANS.search(text) and not _REQUEST.match(text) and 2 * sum(map(self._knows, content)) <= len(content) > 0

    def held_to(self, scope: Sequence[str], before: Said | None) -> Said | None:
        """What was said before as it would be asked of the plans that are selected now; None where it was only about others."""
        if before is None or not scope or set(before.plans) <= set(scope):
            return before
        left = _sentence(_BETWEEN_PLANS.sub("", self._scope.left_of(before.text, before.plans, scope)))
        plans = tuple(plan for plan in before.plans if plan in scope) or (tuple(scope) if len(scope) == 1 else ())
        return Said(left, plans) if gap_in(left) or weight(left) else None

    def _named(self, text: str) -> tuple[str, ...]:
        return self._scope.find(text, asks_to_compare(text))

    def _named_anew(self, text: str, before: Said) -> tuple[str, ...]:
        """The plans that a follow-up names; "còn Sở Nội vụ?" after what another agency does is an actor, though it has a plan of its own."""
        plans = self._scope.akin(self._named(text), before.plans)
        alone = self._scope.name_in(text, plans) == (0, 0) and not _PLAN_SAID.search(text)
        return () if plans and alone and self._actor(before) else plans

    def _named_by_topic(self, core: str, before: Said) -> tuple[str, ...]:
        """A fragment that is the topic of one other plan names that plan."""
        is_actor = _actor_end(core) > 0 and self._actor(before) is not None
        found = self._scope.find(f"kế hoạch {core}") if not is_actor and not gap_in(core) else ()
        return found if len(found) == 1 and found[0] not in before.plans else ()

    def _of(self, plans: Sequence[str]) -> list[Plan]:
        """The plans in which a referent or a sibling is looked for; without a name only where there is no choice."""
        return [self._plans[plan] for plan in plans or (self._plans if len(self._plans) == 1 else ())]

    def _issuer(self, plans: Sequence[str]) -> str:
        places = {self._plans[plan].metadata.place for plan in plans}
        if len(plans) > 1 and len(places) == 1:
            return places.pop()
        return " và ".join(self._plans[plan].metadata.issuer or self._plans[plan].title for plan in plans)

    def _stands_alone(self, core: str, follow_up: Bare, before: Said) -> bool:
        asked = gap_in(core)
        if follow_up.partitive or not asked:
            return (is_closed(core) and not follow_up.confirms) or bool(_REQUEST.match(core) and not _LEANS.search(core))
        rest = without_gaps(core)
        actor = _actor_end(rest)
        return (
            _news(rest, before.text) > _OWN
            or bool(actor and _DUTIES.search(core))
            or slot_of(core) in _DOCUMENT_SLOTS
            or bool(actor and _news(rest[actor:], before.text))
        )

    def _is_elsewhere(self, core: str, before: Said) -> bool:
        """Whether a question with enough words of its own is about what the plans of the conversation do not speak of: a new topic."""
        if not before.plans or _LEANS.search(core) or _news(without_gaps(core), before.text) <= _OWN:
            return False
        pairs = {tuple(map(fold, pair)) for pair in itertools.pairwise(syllables(without_gaps(core))) if all(map(weight, pair))}
        printed = set().union(*(self._pairs(plan) for plan in before.plans))
        return len(pairs & printed) < _AT_HOME * len(pairs)

    def _pairs(self, plan: str) -> frozenset[tuple[str, str]]:
        """The pairs of syllables that a plan prints; kept, as conversations stay with a plan."""
        if plan not in self._printed:
            texts = (section.text for section in self._plans[plan].sections)
            self._printed[plan] = frozenset(pair for text in texts for pair in itertools.pairwise(folded_syllables(text)))
        return self._printed[plan]

    def _with_plan(self, full: str, typed: str, plans: tuple[str, ...], before: Said) -> Said:
        """The plan is carried where the question names none."""
        if not plans and (named := self._named_anew(full, before)) and set(named) <= set(before.plans or named) and set(named) == set(self._named(full)):
            plans = named
        if not plans and before.plans:
            plans = before.plans
            of_plan = f"kế hoạch của {self._issuer(plans)}"
            full = f"{of_plan} {inside(full)}" if slot_of(full) in ("signer", "number", "copies") else f"{full.rstrip(' ?.!')} theo {of_plan}"
        return Said(_sentence(full) if full != typed else typed, plans)

    def _about_other_plan(self, core: str, follow_up: Bare, plans: tuple[str, ...], before: Said) -> str:
        """ "còn tỉnh Lam Khê?" asks the same of another plan; "các xã của huyện Suối Mây" changes the actor besides."""
        start, end = self._scope.name_in(core, plans)
        if start < end and set(self._scope.find(core[start:end])) != set(plans):
            core = f"{core[:start]}{self._issuer(plans)}{core[end:]}"  # the conversation told which of the plans of a place is meant
            start, end = self._scope.name_in(core, plans)
        rest = f"{core[:start]} {core[end:]}".strip(" ,")
        rest = re.sub(
            r"(?:\s*(?<!\w)(?:của|ở|tại|theo|trong|kế hoạch))+$|^(?:(?:của|ở|tại|theo|trong|kế hoạch)(?!\w)\s*)+", "", rest, flags=re.IGNORECASE
        ).strip()
        # a whole statement about another plan is asked about for itself, a fragment ("còn huyện Y, đúng không?") for what was stated before
        if (gap_in(core) and weight(rest) > 1) or (is_closed(core) and not follow_up.confirms) or (follow_up.confirms and _news(rest, before.text) > _OWN):
            return core
        name = core if not rest else core[start:end] if start < end else core if _PLAN_SAID.search(core) else f"kế hoạch {core}"
        moved = self._renamed(before, name, plans)
        return self._merged(rest, follow_up, Said(moved, plans, before.answer)) if rest and start < end else moved

    def _renamed(self, before: Said, name: str, plans: tuple[str, ...]) -> str:
        """The question before with another plan's name, and without what only the former plan is about."""
        start, end = self._scope.name_in(before.text, before.plans)
        head, tail = (before.text[:start], before.text[end:]) if start < end else (before.text.rstrip(" ?.!"), "")
        head, tail = (self._scope.without_topic(part, before.plans, plans) for part in (head, tail))
        if _ACCORDING.search(head):
            name = _AT.sub("", name)
        if start == end:
            name = "theo " + (name if _PLAN_SAID.match(name) else f"kế hoạch của {re.sub('^của ', '', name)}")
        return self._without_superior(f"{head} {name} {tail}", plans)

    def _without_superior(self, text: str, plans: tuple[str, ...]) -> str:
        """The question without an actor of a higher level than the plan it has been moved to: no commune tells the province what to do."""
        span = self._actor(Said(text, plans))
        level = _LEVEL.search(text[span[0] : span[1]]) if span else None
        issuers = [_LEVEL.search(self._plans[plan].metadata.issuer) for plan in plans]
        if not span or not level or not all(issuer and _RANKS[issuer.group().lower()] > _RANKS[level.group().lower()] for issuer in issuers):
            return text
        return f"{text[: span[0]]} {text[span[1] :]}"

    def _actor(self, before: Said) -> tuple[int, int] | None:
        """Where a question names its first actor, the plan's own name left out."""
        start, end = self._scope.name_in(before.text, before.plans)
        spans = sorted([*bodies(before.text), *(match.span() for match in _ACTOR.finditer(before.text))], key=lambda span: (span[0], -span[1]))
        apart = ((first, min(last, start) if first < start else last) for first, last in spans if start == end or not start <= first < end)
        return next(((first, len(before.text[:last].rstrip())) for first, last in apart), None)

    def _merged(self, core: str, follow_up: Bare, before: Said) -> str:
        """A fragment or a bare gap put into the question before."""
        asked, earlier = gap_in(core), gap_in(before.text)
        if not asked and follow_up.asks_consequence:
            return f"{_topic(before.text)} {core} thì sao"
        if not asked and earlier and follow_up.confirms:
            return f"{before.text[: earlier.start]} {core} {before.text[earlier.end :].rstrip(' ?.!')}, phải không"
        if not asked and not follow_up.partitive and (matter := _another_matter(core, before.text, earlier)):
            return matter
        if not asked:
            return self._added(core, before.text) if follow_up.partitive else self._replaced(core, before)
        if (second := _AND_ASKS.match(core[asked.end :])) and gap_in(core[asked.end :]):
            return f"{self._merged(core[: asked.end], follow_up, before).rstrip(' ?')}, {core[asked.end + second.end() :]}"
        fragment, other_count = f"{core[: asked.start]} {core[asked.end :]}".strip(" ,"), False
        if earlier and asked.gap == earlier.gap == "much" and (noun := core[asked.end :].split()[:1]):
            other_count = noun != before.text[earlier.end :].split()[: len(noun)] and bool(_news(noun[0], before.text))
            fragment = fragment if other_count else core[: asked.start].strip(" ,")
        repeats = len(fragment.split()) >= _REPEATED and earlier and asked.gap == earlier.gap and set(syllables(fragment)) <= set(syllables(before.text))
        if repeats and not follow_up.leans:  # the same again in fewer words: it leans on nothing
            return core
        other_noun = other_count or (slot_of(core) in _NOUN_SLOTS and slot_of(core) != slot_of(before.text))
        if earlier and weight(fragment) and asked.gap == earlier.gap and not role_in(core) and not other_noun and not _ACTS.match(core):
            if asked.gap == "who":
                return f"{core[asked.start : asked.end]} {_role_asked(before.text)} {inside(_LINK.sub('', fragment))}"
            fragment = _LINK.sub("", fragment)
            return self._added(fragment, before.text) if follow_up.partitive else self._replaced(fragment, before)
        return _asked_of(before, earlier, core, asked)

    def _replaced(self, fragment: str, before: Said) -> str:
        """The question before with what the fragment names in the place of its like."""
        text, rest = before.text, fragment
        if (both := _FROM_TO.match(fragment)) and (span := self._actor(before)):
            moved = put(both.group(1), text, span)
            gap = gap_in(moved)
            return f"{moved[: gap.start]} {both.group(2)} {moved[gap.start :]}" if gap else f"{moved.rstrip(' ?.!')} {both.group(2)}"
        rest = _CONDITION.sub("", _THEN.sub(" ", fragment).strip())
        for kind, other in (_KINDS, _KINDS[::-1]):
            if (named := kind.search(rest)) and (old := kind.search(text) or other.search(text)):
                reported = _REPORT.search(rest) and not _REPORT.search(text[: old.start()][-_REPORT_LENGTH:])
                text = f"{text[: old.start()]}{f'kỳ báo cáo {named.group()}' if reported else named.group()}{text[old.end() :]}"
                rest = f"{rest[: named.start()]} {rest[named.end() :]}"
        text, rest = numbered(rest, text)
        rest = " ".join(rest.split())
        if text != before.text and not _news(rest, before.text):
            return text
        is_name = not rest.islower() and bool(bodies(rest))  # an agency's name is matched by another one, not by what siblings begin with
        earlier, name = gap_in(text), self._scope.name_in(text, before.plans)[0]
        if not is_name and (span := by_common_words(rest, text, earlier, name, least=2) or contrasted(rest, text, self._of(before.plans))):
            return put(rest, text, span)
        if end := _actor_end(rest):
            actor = rest if _news(rest[end:], before.text) else rest[:end]
            if span := self._actor(Said(text, before.plans)):
                return put(actor, text, span)
        if earlier and earlier.gap == "who" and role_in(text):
            return f"{text[earlier.start : earlier.end].partition(_role_asked(text))[0].strip()} {_role_asked(text)} {inside(rest)}"
        if span := by_common_words(rest, text, earlier, name) or by_group(rest, text, name):
            return put(rest, text, span)
        return counted(rest, text, earlier) or self._added(rest, text)

    def _added(self, fragment: str, text: str) -> str:
        """What has no like in the question before is put in front of it; a fragment put there earlier makes room."""
        text = _WITH.sub("", text)
        return f"Với {inside(fragment)}, {inside(text)}" if fragment else text


def _is_in_agency(text: str, name: tuple[int, int]) -> bool:
    """Whether the name of a plan's place is the end of an agency's: "Báo Lam Khê"."""
    return any(start < name[0] and name[1] <= end and not text[start:].startswith(("UBND", "Ủy ban nhân dân")) for start, end in bodies(text))


def _actor_end(text: str) -> int:
    """Where the actor ends that a text begins with; 0 where it begins with none."""
    spelt = [match.end() for match in (_ACTOR.match(text), _INITIALS.match(text)) if match]
    return max([0, *spelt, *(end for start, end in bodies(text) if start == 0)])


def _news(text: str, before: str) -> int:
    """How many syllables say something that was not said before."""
    known = set(syllables(before))
    return weight(" ".join(word for word in syllables(text) if word not in known and not word.isdecimal()))


def _another_matter(fragment: str, text: str, earlier: Asked | None) -> str:
    """ "còn báo cáo?" after what papers are needed: what the plan says of reports, or the same gap if it is no gap of the papers' content."""
    if not _MATTER.match(fragment) or re.search(rf"(?<!\w){re.escape(fragment)}(?!\w)", text, re.IGNORECASE):
        return ""
    if earlier and earlier.gap == "much":
        return ""
    if earlier and earlier.gap in ("when", "where") and _HANDED_IN.search(fragment):
        handed = _HANDED.search(text, 0, earlier.start)
        return f"{fragment} {handed.group().strip() if handed else ''} {text[earlier.start :]}"
    return f"{fragment} được quy định thế nào"


def _topic(text: str) -> str:
    """What a question is about, without its gap."""
    asked = gap_in(text)
    return inside(f"{text[: asked.start]} {text[asked.end :]}" if asked else text).rstrip(" ?.!")


def _asked_of(before: Said, earlier: Asked | None, core: str, asked: Asked) -> str:
    """Another gap of the same matter: "… khi nào xong?" of what was asked "ai chủ trì …?"."""
    text = before.text
    if earlier and earlier.gap == asked.gap and not weight(core[: asked.start]):
        return text[: earlier.start] + core + text[earlier.end :]
    topic = text.rstrip(" ?.!")
    if earlier:
        asks_noun = slot_of(core) in _NOUN_SLOTS
        head = _MEASURED.sub("", _SLOT_NOUN.sub("", text[: earlier.start])) if asks_noun else text[: earlier.start]
        tail = text[earlier.end :].rstrip(" ?.!")
        body = names_of_bodies(before.answer)[:1] if not head.strip() and _OF.match(tail) else []  # "phòng nào của Sở …" needs the one that was found
        topic = (
            _LINK.sub("", " ".join([head.strip(" ,"), *body, tail.strip(" ,")]).strip())
            if not head.strip()
            else " ".join([head.strip(" ,"), tail.strip(" ,")]).strip()
        )
    words = core[: asked.start].split()
    while words and re.search(rf"(?<!\w){re.escape(words[-1])}(?!\w)", topic, re.IGNORECASE) and not weight(words[-1]):
        words.pop()  # "… nộp" + "nộp cho ai"
    if words and topic.lower().endswith(f" {words[0].lower()}"):
        topic = topic[: -len(words[0])].rstrip()
    if earlier and earlier.start == 0 and asked.gap == "who":
        return f"{core} {inside(topic)}"
    return f"{topic}{',' if weight(' '.join(words)) else ''} {inside(' '.join([*words, core[asked.start :]]).strip())}"


def _role_asked(text: str) -> str:
    """The role that the question before asked for, to be asked of another matter."""
    role = role_in(text)
    return role.group().lower() if role else "phụ trách"


def _sentence(text: str) -> str:
    text = _LOOSE.sub("", " ".join(text.split())).strip(" ?.!,")
    return f"{text[0].upper()}{text[1:]}?" if text else text
