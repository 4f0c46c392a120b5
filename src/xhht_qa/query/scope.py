"""Which plans a question names: by number, issuer, place or level, whatever the usual short form."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xhht_qa.query.abbreviations import is_initials
from xhht_qa.text.normalise import fold
from xhht_qa.types import Plan

_LEVELS = {level: level for level in ("tinh", "huyen", "thanh pho", "thi xa", "quan", "xa", "phuong", "thi tran")} | {"tp": "thanh pho"}
_ISSUER_LEVEL = re.compile(r"(?<!\w)(tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn)(?:\.\s*|\s+)(?!đoàn(?!\w)|ủy(?!\w)|uỷ(?!\w))", re.IGNORECASE)
_PARTY = re.compile(r"((?:Tỉnh|Thành|Huyện|Quận|Thị|Xã) (?:ủy|uỷ|đoàn))\s+(\S.*)$", re.IGNORECASE)
_PARTY_LEVELS = {"tinh": "tinh", "thanh": "thanh pho", "huyen": "huyen", "quan": "quan", "thi": "thi xa", "xa": "xa"}
_LEVEL = "|".join(sorted(_LEVELS, key=len, reverse=True))
_COMMITTEE = re.compile(r"\b(?:uy ban nhan dan|ubnd)\b")
_LEVEL_ASKED = re.compile(rf"\b(?:con|the|vay)\b.{{0,12}}\b(?:cap|ben|o|cua)\s+({_LEVEL})\b(?!\s+(?!thi|sao|a\b)\w)")
_PLAN_OF_LEVEL = re.compile(rf"\b(?:ke hoach|kh)\s+(?:cua\s+|cap\s+|o\s+)*({_LEVEL})\b")
_KIND = r"ke hoach|chuong trinh|de an|phuong an|thong bao|huong dan|cong van|nghi quyet|quyet dinh|chi thi|thong tu|nghi dinh|phap lenh|bo luat|luat"
_SHORT_KIND = {"kh": "ke hoach"}
_KIND_SAID = re.compile(rf"\b(?:{_KIND}|kh)\b")
_BEFORE_NAME = re.compile(r"(?:(?<!\w)(?:ở|tại|của|theo|trong|bên|về|bản|(?<!- )(?<!sở )(?<!phòng )kế hoạch)\s+)+$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:(?<!\w)(?:về|cho)\s+)+$", re.IGNORECASE)
_SUBJECT_SYLLABLES = 2  # of a plan named by its subject, at least
_WORDS_LEFT = 3  # a question that only names a plan is searched with the name
_COMMUNES = ("xa", "phuong", "thi tran")
_TOPIC_WEIGHT = 1.5  # of words that one subject alone has
_TOPIC_LEAD = 1.3  # over the next plan
_SHORTEST_SHORT = 3
_NATIONAL_SYLLABLES = 3
_JOINED = re.compile(r"\bva\b|,")
_SYLLABLE = re.compile(r"[^\W_]+")
_BARE_NUMBER = re.compile(r"\b(?:ke hoach|kh|thong bao|cong van|quyet dinh)\s+(?:so\s+)?(\d{1,4})\b(?!\s*(?:/|nam\b|thang\b|ngay\b|%))")
_NUMBER = re.compile(r"\b(\d+)\s*/\s*([a-z][a-z&-]*(?:-[a-z]+)*)\b")


@dataclass(frozen=True)
class _Names:
    """What a plan is called, folded: "so noi vu", "tinh", "lam khe"."""

    plan: str
    agency: str
    level: str
    place: str
    kind: str  # "ke hoach", as its title begins
    number: str
    short: frozenset[str]
    cited: frozenset[str]  # numbers of the documents that the plan cites
    subject: frozenset[str]  # the syllables of what it is about, its issuer and its place left out
    pairs: frozenset[str]  # of syllables that stand together there
    topic: frozenset[str]  # runs of three of them that few other plans print at all

    @property
    def is_committee(self) -> bool:
        return self.agency == "ubnd"

    @property
    def national(self) -> frozenset[str]:
        """What tells it from every other agency alone: the name of a body of the whole country, as printed and as said in short."""
        return frozenset(name for name in (self.agency, *self.short) if not self.place and len(name.split()) >= _NATIONAL_SYLLABLES)


class ScopeFinder:
    """Finds the plans that a question names among those indexed; only the plans of which a word stands in the question are looked at."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._names = {plan.id: _names_of(plan) for plan in plans.values()}
        self._printed = _printed(plans, self._names.values())
        few = max(1, len(plans) // 2)
        self._names = {
            plan: replace(names, topic=frozenset(run for run in names.topic if len(self._printed[run]) <= few)) for plan, names in self._names.items()
        }
        self._order = {plan: place for place, plan in enumerate(plans)}
        self._of_place, self._of_agency, self._of_national, self._of_short, self._of_number, self._of_level, self._of_topic, self._of_subject = (
            _by(self._names.values(), keys)
            for keys in (
                lambda names: [names.place],
                lambda names: [names.agency],
                lambda names: names.national,
                lambda names: names.short,
                lambda names: [names.number, names.number.partition("/")[0]],
                lambda names: [names.level],
                lambda names: names.topic,
                lambda names: names.subject,
            )
        )
        self._longest = max((len(name.split()) for name in (*self._of_place, *self._of_agency)), default=0)
        self._mentioned = _mentions(plans, {place for place, held in self._of_place.items() if any(names.level in _COMMUNES for names in held)})

    def find(self, question: str, compare: bool = False) -> tuple[str, ...]:
        """The ids of the plans named, in the order of their names; empty when none is."""
        text = _COMMITTEE.sub("ubnd", fold(question))
        numbered = {plan for match in _NUMBER.finditer(text) for plan in self._of_number.get(f"{match.group(1)}/{match.group(2)}", ())}
        if not numbered and (bare := _BARE_NUMBER.search(text)):
            numbered = set(self._of_number.get(bare.group(1), ()))
        if numbered:
            return self._ordered({names.plan for names in numbered}, text)
        said = self._said(text)
        places = said & self._of_place.keys()
        exact = {names.plan for place in places for names in self._of_place[place] if self._full_name(names, text)}
        # a place that only an exact name uses says nothing more; any other place stands for all plans of that place
        loose = places - {self._names[plan].place for plan in exact}
        found = exact | {names.plan for place in loose for names in self._of_place[place]}
        if not found or compare:
            found |= self._by_agency(text, question, said, places)
        if not found:
            found = {names.plan for match in _PLAN_OF_LEVEL.finditer(text) for names in self._of_level.get(_LEVELS[match.group(1)], ())}
        if not found or compare:
            found |= {names.plan for agency in said & self._of_national.keys() for names in self._of_national[agency]}
        topical = self._by_topic(text)
        for place in {self._names[plan].place for plan in found}:
            here = {plan for plan in found if self._names[plan].place == place}
            if len(here) <= 1 or here <= exact:
                continue
            # "tỉnh Lam Khê" alone is the province's own plan, unless the topic is that of another plan of the place
            committees = {
                plan for plan in here if self._names[plan].is_committee and re.search(rf"(?<!\bo )(?<!\btai ){self._names[plan].level} {place}\b", text)
            }
            found -= here - (topical & here or exact & here or self._told_apart(text, here) or committees or here)
        # What a commune has to do stands in the plans of its district, too.
        found |= {plan for place in loose for plan in self._mentioned.get(place, ())}
        for said_kind in _KIND_SAID.finditer(text) if not found else ():
            kind = _SHORT_KIND.get(said_kind.group(), said_kind.group())
            of_kind = {plan for plan in topical if self._names[plan].kind == kind}
            found |= of_kind or self._by_subject(text[said_kind.end() :], kind)
        return self._ordered(found, text)

    def akin(self, plans: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
        """Of several plans of one place those that cite, are cited by or share their topic with the plans before; else all."""
        kept = []
        for plan in plans:
            mine = self._names[plan]
            others = [self._names[other] for other in before]
            cited = any(mine.number in other.cited or other.number in mine.cited for other in others if mine.number and other.number)
            kept += [plan] if cited or any(len(mine.pairs & other.pairs) > 1 for other in others) else []
        return tuple(kept) if kept and self.places(plans) == 1 else tuple(plans)

    def places(self, plans: Iterable[str]) -> int:
        """In how many places the plans are."""
        return len({self._names[plan].place for plan in plans})

    def without_names(self, text: str, plans: Iterable[str]) -> str:
        """The question without the names of ``plans``: the filter has done their work, and heads and tails of plans are full of them."""
        kept = self._without(text, plans)
        return kept if len(kept.split()) >= _WORDS_LEFT else text

    def left_of(self, text: str, plans: Sequence[str], kept: Iterable[str]) -> str:
        """``text`` without the names of ``plans`` and without what they, and not the plans ``kept``, are about."""
        return self.without_topic(self._without(text, plans), plans, kept)

    def name_in(self, text: str, plans: Iterable[str]) -> tuple[int, int]:
        """Where ``text`` first names one of ``plans``, by its subject, its issuer, its place or both together; (0, 0) where it does not."""
        for names in self._near(text, plans):
            name = _name_span(text, names)
            if name and (level := re.match(_LEVEL, fold(text[name[0] :]))) and names.level not in ("", _LEVELS[level.group()]):
                name = None  # "thị trấn Suối Mây" is no name of the district
            number = re.search(rf"(?:\bke hoach (?:so )?|\bkh )?(?<!\d){re.escape(names.number)}\b", fold(text)) if names.number[:1].isdigit() else None
            if number:
                return number.span()
            spans = sorted(filter(None, (_subject_span(text, names), name)))
            if len(spans) > 1 and fold(text[spans[0][1] : spans[1][0]]).strip() not in ("", "cua", "o", "tai"):
                return name or spans[0]
            if spans:
                return spans[0][0], max(end for _, end in spans)
        return 0, 0

    def without_topic(self, text: str, plans: Iterable[str], kept: Iterable[str]) -> str:
        """``text`` without the phrases that stand in the subjects of ``plans`` and not in those of ``kept``."""
        own = {syllable for plan in kept for syllable in self._names[plan].subject}
        theirs = {syllable for plan in plans for syllable in self._names[plan].subject} - own
        words = list(_SYLLABLE.finditer(fold(text)))
        for foreign, run in reversed([(key, list(group)) for key, group in itertools.groupby(words, lambda word: word.group() in theirs)]):
            if foreign and len(run) >= _SUBJECT_SYLLABLES:
                text = f"{_ABOUT.sub('', text[: run[0].start()])} {text[run[-1].end() :].lstrip(' ,')}"
        return text

    def counterpart(self, follow_up: str, plan: str) -> tuple[str, ...]:
        """The plan of the level that a short follow-up names ("còn cấp tỉnh thì sao?"), if it and ``plan`` cite one another."""
        level = _LEVEL_ASKED.search(fold(follow_up))
        mine = self._names[plan]
        if not level or _LEVELS[level.group(1)] == mine.level:
            return ()
        wanted = [names for names in self._of_level.get(_LEVELS[level.group(1)], ()) if names.number in mine.cited or mine.number in names.cited]
        return (wanted[0].plan,) if len(wanted) == 1 else ()

    def _without(self, text: str, plans: Iterable[str]) -> str:
        for names in self._near(text, plans):
            text = _cut(text, names)
        return text

    def _ordered(self, found: Iterable[str], text: str) -> tuple[str, ...]:
        """In the order in which ``text`` names them; those named by one word in that of the index."""

        def key(plan: str) -> tuple[int, int]:
            names = self._names[plan]
            said = (text.find(name) for name in (names.number, names.agency, names.place) if name)
            return min((place for place in said if place >= 0), default=len(text)), self._order[plan]

        return tuple(sorted(found, key=key))

    def _said(self, text: str) -> set[str]:
        """The runs of syllables of a question that may be a name."""
        words = _SYLLABLE.findall(text)
        return {" ".join(words[start : start + length]) for length in range(1, self._longest + 1) for start in range(len(words) - length + 1)}

    def _near(self, text: str, plans: Iterable[str]) -> list[_Names]:
        """Those of ``plans`` of which the text has the place or words of the subject."""
        said = self._said(_COMMITTEE.sub("ubnd", fold(text)))
        return [
            names
            for names in map(self._names.__getitem__, plans)
            if names.place in said
            or names.national & said
            or len(names.subject & said) >= _SUBJECT_SYLLABLES
            or (names.number and names.number.partition("/")[0] in said)
        ]

    def _by_topic(self, text: str) -> set[str]:
        """The plans whose subject shares most with the question ("kế hoạch an toàn thực phẩm")."""
        shared = Counter(names.plan for run in set(_runs(text, 3)) for names in self._of_topic.get(run, ()))
        most = max(shared.values(), default=0)
        return {plan for plan, count in shared.items() if count == most}

    def _by_subject(self, text: str, kind: str) -> set[str]:
        """The one plan of a kind whose subject has the rarest words that ``text`` begins with: "(kế hoạch) chống ngập" of a long subject."""
        weights: Counter[str] = Counter()
        count = sum(names.kind == kind for names in self._names.values())
        for word in set(itertools.takewhile(self._of_subject.__contains__, _SYLLABLE.findall(text))):
            held = [names.plan for names in self._of_subject[word] if names.kind == kind]
            for plan in held:
                weights[plan] += math.log(1 + count / len(held))  # type: ignore[assignment]  # a Counter may hold shares
        best = weights.most_common(2)
        clear = best and best[0][1] >= _TOPIC_WEIGHT * math.log(1 + count) and (len(best) < 2 or best[0][1] > _TOPIC_LEAD * best[1][1])
        return {best[0][0]} if clear else set()

    def _told_apart(self, text: str, here: set[str]) -> set[str]:
        """Those of the plans of one place of whose subject the text has two words that the others never print."""
        said = set(_runs(text, 2))
        return {plan for plan in here if any(not self._printed[pair] & (here - {plan}) for pair in said & self._names[plan].pairs)}

    def _full_name(self, names: _Names, text: str) -> bool:
        """ "Sở Nội vụ (tỉnh) Lam Khê", "UBND huyện Suối Mây"; a committee needs its level or stands right before its place."""
        if not (names.agency and names.place):
            return False
        agencies = "|".join(map(re.escape, (names.agency, *names.short)))
        return re.search(rf"\b(?:{agencies})\s+(?:(?:{_LEVEL})\s+)?{re.escape(names.place)}\b", text) is not None

    def _by_agency(self, text: str, question: str, said: set[str], places: set[str]) -> set[str]:
        found = {names.plan for agency in said & self._of_agency.keys() for names in self._of_agency[agency] if self._is_asked(names, text, places)}
        found |= {names.plan for level in self._of_level for names in self._lone_committee(level, text, places)}
        initials = {fold(word) for word in re.findall(r"[^\W\d_]+", question) if len(word) >= _SHORTEST_SHORT and is_initials(word)}
        shorts = {names for word in initials for names in self._of_short.get(word, ())}
        return found | {names.plan for names in shorts if not places or names.place in places}

    def _is_asked(self, names: _Names, text: str, places: set[str]) -> bool:
        """Whether an agency stands where an issuer does, and not as one that has to do something."""
        if names.is_committee or (places and names.place not in places):
            return False
        return re.search(rf"(?:^\W*|\b(?:ke hoach|kh|theo|o|tai|ben|thuoc)\s+(?:cua\s+)?){re.escape(names.agency)}\b", text) is not None

    def _lone_committee(self, level: str, text: str, places: set[str]) -> list[_Names]:
        """The committee that "UBND tỉnh" must be, if only one of that level has a plan here."""
        committees = [names for names in self._of_level[level] if names.is_committee]
        if len(committees) != 1 or (places and committees[0].place not in places) or not re.search(rf"\bubnd\s+{level}\b(?!\s*,)", text):
            return []
        return committees if places or re.search(rf"\b(?:ke hoach|kh)\b.{{0,20}}\bubnd\s+{level}\b", text) else []


def _by(every: Iterable[_Names], keys: Callable[[_Names], Iterable[str]]) -> dict[str, list[_Names]]:
    """Each key with those that have it; an empty key is none."""
    table: dict[str, list[_Names]] = defaultdict(list)
    for names in every:
        for key in dict.fromkeys(filter(None, keys(names))):
            table[key].append(names)
    return dict(table)


def _mentions(plans: Mapping[str, Plan], places: set[str]) -> dict[str, set[str]]:
    """Place → the plans that print it in their text; of places of one syllable nothing is said."""
    lengths = {len(place.split()) for place in places} - {1}
    found: dict[str, set[str]] = defaultdict(set)
    for plan in plans.values() if lengths else ():
        for section in plan.sections:
            words = _SYLLABLE.findall(fold(section.text))
            for length in lengths:
                for start in range(len(words) - length + 1):
                    run = " ".join(words[start : start + length])
                    if run in places:
                        found[run].add(plan.id)
    return found


def _cut(text: str, names: _Names) -> str:
    """``text`` without the issuer's name, its place and "trong/theo kế hoạch của" before them."""
    while span := _name_span(text, names):
        # the words before it are matched with their accents: "tại" leads to a place, the end of "thiên tai" does not
        before = _BEFORE_NAME.sub("", text[: span[0]])
        text = f"{before} {text[span[1] :]}"
    return " ".join(_without_subject(text, names).split())


def _name_span(text: str, names: _Names) -> tuple[int, int] | None:
    """Where the plan's place stands, with its agency and level if they are named too."""
    if names.national:
        match = re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(names.national)))})\b", fold(text))
        return match.span() if match else None
    if not names.place:
        return None
    agencies = "|".join(map(re.escape, filter(None, (names.agency, "uy ban nhan dan" if names.is_committee else "", *names.short))))
    pattern = rf"\b(?:(?:{agencies})\s+)?(?:(?:{_LEVEL})\s+)?{re.escape(names.place)}\b" if agencies else rf"\b{re.escape(names.place)}\b"
    match = re.search(pattern, fold(text))
    if match and names.level and (level := re.search(rf"\b({_LEVEL})\s+{re.escape(names.place)}$", match.group())) and _LEVELS[level.group(1)] != names.level:
        return None  # "thị trấn Suối Mây" is no name of the district
    return match.span() if match else None


def _subject_span(text: str, names: _Names) -> tuple[int, int] | None:
    """Where "kế hoạch phòng sốt xuất huyết" names the plan by its subject."""
    for match in _KIND_SAID.finditer(fold(text)):
        if _SHORT_KIND.get(match.group(), match.group()) != names.kind:
            continue  # "Đề án xây dựng …" is no name of the plan that carries it out
        end = match.end()
        for word in _SYLLABLE.finditer(fold(text), match.end()):
            if word.group() not in names.subject:
                break
            end = word.end()
        if len(text[match.end() : end].split()) >= _SUBJECT_SYLLABLES:
            return match.start(), end
    return None


def _without_subject(text: str, names: _Names) -> str:
    """The question without "kế hoạch phòng sốt xuất huyết" where it names the plan by its subject, which its opening is full of."""
    span = _subject_span(text, names)
    return f"{_BEFORE_NAME.sub('', text[: span[0]])} {text[span[1] :]}" if span else text


def _printed(plans: Mapping[str, Plan], names: Iterable[_Names]) -> dict[str, set[str]]:
    """Each run of a subject with the plans that print it in their text."""
    printed: dict[str, set[str]] = {run: set() for of_plan in names for run in of_plan.pairs | of_plan.topic}
    for plan in plans.values():
        for section in plan.sections:
            for length in (2, 3):
                for run in _runs(section.text, length):
                    if run in printed:
                        printed[run].add(plan.id)
    return printed


def _runs(text: str, length: int) -> Iterable[str]:
    words = _SYLLABLE.findall(fold(text))
    return (" ".join(run) for run in zip(*(words[start:] for start in range(length)), strict=False))


def _parts_of(issuer: str, date_line: str) -> tuple[str, str, str]:
    """Agency, level and place of an issuer, folded; a body of the whole country has a name of its own and no place."""
    party = _PARTY.match(issuer)
    if party:
        return fold(party.group(1)), _PARTY_LEVELS.get(fold(party.group(1)).split()[0], ""), fold(party.group(2))
    level = _ISSUER_LEVEL.search(issuer)  # with its accents: "Ban Quản lý" is of no "quận"
    if level:
        return _COMMITTEE.sub("ubnd", fold(issuer[: level.start()])).strip(), fold(level.group(1)), fold(issuer[level.end() :]).strip()
    agency, place = _COMMITTEE.sub("ubnd", fold(issuer)), fold(date_line)
    if place and agency.endswith(place):
        return agency.removesuffix(place).strip(), "", place
    return agency, "", "" if agency else place


def _names_of(plan: Plan) -> _Names:
    agency, level, place = _parts_of(plan.metadata.issuer, plan.metadata.place)
    level = _LEVELS.get(level, level)
    cited = frozenset(fold(basis.number) for basis in plan.metadata.legal_bases if basis.number)
    suffix = plan.metadata.number.rpartition("-")[2]
    initials = "".join(word[0] for word in agency.split()) if agency != "ubnd" else ""
    spoken = " ".join(_SYLLABLE.findall(_JOINED.sub(" ", agency)))  # "Bộ Hạ tầng Đô thị" of "Bộ Hạ tầng và Đô thị"
    short = {fold(name) for name in (suffix, initials, spoken) if len(name) >= 2 and fold(name) not in ("ubnd", agency)}
    kind = re.match(_KIND, fold(plan.title))
    subject = fold(plan.metadata.subject)
    for name in filter(None, (agency, place)):
        subject = re.sub(rf"\b(?:cua )?{re.escape(name)}\b|\b(?:{_LEVEL}) (?={re.escape(name)}\b)", " | ", subject)
    parts = re.split(r"\||\bnam \d+\b", subject)
    return _Names(
        plan=plan.id,
        agency=agency,
        level=level,
        place=place,
        kind=kind.group() if kind else "",
        number=fold(plan.metadata.number),
        short=frozenset(short),
        cited=cited,
        subject=frozenset(word for part in parts for word in _SYLLABLE.findall(part)),
        pairs=frozenset(run for part in parts for run in _runs(part, 2) if not re.search(r"\d", run)),
        topic=frozenset(run for part in parts for run in _runs(part, 3) if not re.search(r"\d", run)),
    )
