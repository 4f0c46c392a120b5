"""Which plans a question names: by number, issuer, place or level, whatever the usual short form."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from xhht_qa.index import PrintedRuns
from xhht_qa.lexicon.naming import COMMITTEE, COMMUNES, KIND, LEVEL, LEVELS, SYLLABLE, PlanNames, names_of, runs
from xhht_qa.query.abbreviations import is_initials
from xhht_qa.text.normalise import fold, has_diacritics, tones_apart
from xhht_qa.text.phrases import FUNCTION_WORDS
from xhht_qa.text.slips import one_slip
from xhht_qa.text.words import general_words
from xhht_qa.types import Plan

# With accents: "tinh giản", "xã hội hóa", "quản lý" and "phương án" are of no level.
_LEVEL_SPELT = r"tỉnh|thành phố|tp|huyện|quận|thị xã|xã(?! hội)|phường|thị trấn"
_LEVEL_ASKED = re.compile(rf"\b(?:còn|thế|vậy)\b.{{0,12}}\b(?:cấp|bên|ở|của)\s+({_LEVEL_SPELT})\b(?!\s+(?!thì|sao|ạ\b)\w)")
_PLAN_OF_LEVEL = re.compile(rf"\b(?:kế hoạch|kh)\s+(?:của\s+|cấp\s+|ở\s+)*({_LEVEL_SPELT})\b")
_LEADS_TO_PLACE = re.compile(rf"\b(?:{_LEVEL_SPELT}|ủy ban nhân dân|ubnd|kế hoạch|kh|ở|tại|của)\s+$", re.IGNORECASE)
_SHORT_KIND = {"kh": "ke hoach"}
_KIND_SAID = re.compile(rf"\b(?:{KIND}|kh)\b")
_BEFORE_NAME = re.compile(r"(?:(?<!\w)(?:ở|tại|của|theo|trong|bên|về|bản|(?<!- )(?<!sở )(?<!phòng )kế hoạch)\s+)+$", re.IGNORECASE)
# A newspaper and a broadcaster have no other name than their place; elsewhere than in front of all, "báo" in small letters is a verb.
_CALLED_BY_PLACE = re.compile(r"(?<!\w)(?:Báo|Đài|đài)\s+$|(?<!\w)(?:của|giao|và) báo\s+$")
_OPENS_WITH_PRESS = re.compile(r"\W*(?:bao|dai)\s+")
_ABOUT = re.compile(r"(?:(?<!\w)(?:về|cho)\s+)+$", re.IGNORECASE)
_FUNCTION_WORDS = frozenset(FUNCTION_WORDS.split())
_LONG_PLACE = 10  # letters; of a shorter one, common words are one slip away
_SUBJECT_SYLLABLES = 2  # of a plan named by its subject, at least
_WORDS_LEFT = 3  # a question that only names a plan is searched with the name
_TOPIC_WEIGHT = 1.5  # of words that one subject alone has
_TOPIC_LEAD = 1.3  # over the next plan
_SHORTEST_SHORT = 3
_BARE_NUMBER = re.compile(r"\b(?:ke hoach|kh|thong bao|cong van|quyet dinh)\s+(?:so\s+)?(\d{1,4})\b(?!\s*(?:/|nam\b|thang\b|ngay\b|%))")
_NUMBER = re.compile(r"\b(\d+)\s*/\s*([a-z][a-z&-]*(?:-[a-z]+)*)\b")


class ScopeFinder:
    """Finds the plans that a question names among those indexed; only the plans of which a word stands in the question are looked at."""

    def __init__(self, plans: Mapping[str, Plan], printed: PrintedRuns) -> None:
        self._names = {plan.id: names_of(plan) for plan in plans.values()}
        self._printed = printed
        few = max(1, len(plans) // 2)
        common = {run for run in set().union(*(names.topic for names in self._names.values())) if len(printed.plans(run)) > few}
        self._names = {plan: replace(names, topic=names.topic - common) for plan, names in self._names.items()}
        self._order = {plan: place for place, plan in enumerate(plans)}
        (
            self._of_place,
            self._of_agency,
            self._of_national,
            self._of_short,
            self._of_number,
            self._of_level,
            self._of_topic,
            self._of_subject,
            self._of_initials,
        ) = (
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
                lambda names: names.initials,
            )
        )
        self._committees = {level: [names for names in held if names.is_committee] for level, held in self._of_level.items()}
        self._of_kind = Counter(names.kind for names in self._names.values())
        issuers = {names.place: plans[plan].metadata.issuer for plan, names in self._names.items()}
        self._spelt = {place: issuer[-len(place) :] for place, issuer in issuers.items() if " " in place and fold(issuer).endswith(place)}
        self._by_syllable: dict[str, set[tuple[str, str]]] = defaultdict(set)  # → (place, level) that begin or end with it
        for names in self._names.values():
            for word in (*names.place.split()[:1], *names.place.split()[-1:]) if names.place in self._spelt else ():
                self._by_syllable[word].add((names.place, names.level))
        self._longest = max((len(name.split()) for name in (*self._of_place, *self._of_agency)), default=0)
        self._communes = {place for place, held in self._of_place.items() if " " in place and any(names.level in COMMUNES for names in held)}

    def find(self, question: str, compare: bool = False) -> tuple[str, ...]:
        """The ids of the plans named, in the order of their names; empty when none is."""
        text = COMMITTEE.sub("ubnd", fold(question))
        numbered = {plan for match in _NUMBER.finditer(text) for plan in self._of_number.get(f"{match.group(1)}/{match.group(2)}", ())}
        if not numbered and (bare := _BARE_NUMBER.search(text)):
            numbered = set(self._of_number.get(bare.group(1), ()))
        if numbered:
            return self._ordered({names.plan for names in numbered}, text)
        said = self._said(text)
        places = {place for place in said & self._of_place.keys() if self._is_name(place, question)}
        exact = {names.plan for place in places for names in self._of_place[place] if self._full_name(names, text)}
        # a place that only an exact name uses says nothing more; any other place stands for all plans of that place
        loose = places - {self._names[plan].place for plan in exact}
        found = exact | {names.plan for place in loose for names in self._of_place[place]}
        if not found or compare:
            found |= self._by_agency(text, question, said, places)
        if not found:
            found = {names.plan for match in _PLAN_OF_LEVEL.finditer(question.lower()) for names in self._of_level.get(LEVELS[fold(match.group(1))], ())}
        if not found or compare:
            found |= {names.plan for agency in said & self._of_national.keys() for names in self._of_national[agency]}
        topical, like = self._by_topic(text), self._like(found)
        for place in {self._names[plan].place for plan in found}:
            here = {plan for plan in found if self._names[plan].place == place}
            if len(here) <= 1 or here <= exact:
                continue
            # "tỉnh Lam Khê" alone is the province's own plan, unless the topic is that of another plan of the place
            committees = {
                plan for plan in here if self._names[plan].is_committee and re.search(rf"(?<!\bo )(?<!\btai ){self._names[plan].level} {place}\b", text)
            }
            found -= here - (topical & here or exact & here or self._told_apart(text, here) or committees or like & here or here)
        # What a commune has to do stands in the plans of its district, too.
        found |= {plan for place in loose & self._communes for plan in self._printed.plans(place)}
        for said_kind in _KIND_SAID.finditer(text) if not found else ():
            kind = _SHORT_KIND.get(said_kind.group(), said_kind.group())
            of_kind = {plan for plan in topical if self._names[plan].kind == kind}
            found |= of_kind or self._by_subject(text[said_kind.end() :], kind)
        return self._ordered(found, text)

    def mended(self, text: str) -> str:
        """The text with each place that is one slip away from that of a plan spelt as that plan spells it; a name in capitals is what it is."""
        words = list(SYLLABLE.finditer(fold(text)))
        fits: set[tuple[int, int, str]] = set()
        for start, word in enumerate(words):
            for place, level in self._by_syllable.get(word.group(), ()):
                length = len(place.split())
                for window in (words[start : start + length], words[max(start - length + 1, 0) : start + 1]):
                    typed = " ".join(part.group() for part in window)
                    if len(window) < length or typed == place or not text[window[0].start()].islower() or not one_slip(typed, place):
                        continue
                    if _is_everyday([text[part.start() : part.end()] for part in window], self._spelt[place].lower().split()):
                        continue
                    named = level and re.search(rf"\b{level} $", fold(text[: window[0].start()]))
                    if named or len(place) >= _LONG_PLACE:
                        fits.add((window[0].start(), window[-1].end(), place))
        for start, end, place in sorted(fits, reverse=True):
            if all(other == place or begins >= end or ends <= start for begins, ends, other in fits):  # else nobody knows which is meant
                text = f"{text[:start]}{self._spelt[place]}{text[end:]}"
        return text

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
        kept = self._without(text, plans) if text else ""
        return kept if len(kept.split()) >= _WORDS_LEFT else text

    def left_of(self, text: str, plans: Sequence[str], kept: Iterable[str]) -> str:
        """``text`` without the names of ``plans`` and without what they, and not the plans ``kept``, are about."""
        return self.without_topic(self._without(text, plans), plans, kept)

    def name_in(self, text: str, plans: Iterable[str]) -> tuple[int, int]:
        """Where ``text`` first names one of ``plans``, by its subject, its issuer, its place or both together; (0, 0) where it does not."""
        for names in self._near(text, plans):
            name = _name_span(text, names)
            if name and (level := re.match(LEVEL, fold(text[name[0] :]))) and names.level not in ("", LEVELS[level.group()]):
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
        words = list(SYLLABLE.finditer(fold(text)))
        for foreign, run in reversed([(key, list(group)) for key, group in itertools.groupby(words, lambda word: word.group() in theirs)]):
            if foreign and len(run) >= _SUBJECT_SYLLABLES:
                text = f"{_ABOUT.sub('', text[: run[0].start()])} {text[run[-1].end() :].lstrip(' ,')}"
        return text

    def counterpart(self, follow_up: str, plan: str) -> tuple[str, ...]:
        """The plan of the level that a short follow-up names ("còn cấp tỉnh thì sao?"), if it and ``plan`` cite one another."""
        asked = _LEVEL_ASKED.search(follow_up.lower())
        level, mine = LEVELS[fold(asked.group(1))] if asked else "", self._names[plan]
        if not level or level == mine.level:
            return ()
        wanted = [names for names in self._of_level.get(level, ()) if names.number in mine.cited or mine.number in names.cited]
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

    def _is_name(self, place: str, question: str) -> bool:
        """Whether the words of a place are its name: in capitals, or with its own accents or none and no everyday word; "năm định kỳ" is not Nam Định."""
        spelt = self._spelt.get(place, "")
        for match in re.finditer(rf"\b{re.escape(place)}\b", fold(question) if spelt else ""):
            typed = question[match.start() : match.end()]
            alike = not has_diacritics(typed) or list(map(tones_apart, typed.split())) == list(map(tones_apart, spelt.split()))
            if not typed.islower() or (alike and (typed not in general_words() or _LEADS_TO_PLACE.search(question[: match.start()]))):
                return True
        return not spelt

    def _said(self, text: str) -> set[str]:
        """The runs of syllables of a question that may be a name."""
        words = SYLLABLE.findall(text)
        return {" ".join(words[start : start + length]) for length in range(1, self._longest + 1) for start in range(len(words) - length + 1)}

    def _near(self, text: str, plans: Iterable[str]) -> list[PlanNames]:
        """Those of ``plans`` of which the text has the place or words of the subject."""
        said = self._said(COMMITTEE.sub("ubnd", fold(text)))
        return [
            names
            for names in map(self._names.__getitem__, plans)
            if names.place in said
            or names.national & said
            or len(names.subject & said) >= _SUBJECT_SYLLABLES
            or (names.number and names.number.partition("/")[0] in said)
        ]

    def _by_topic(self, text: str) -> set[str]:
        """The plans whose subject shares most with the question ("kế hoạch an toàn thực phẩm", "KH ATTP")."""
        shared = Counter(names.plan for run in set(runs(text, 3)) for names in self._of_topic.get(run, ()))
        shared.update(names.plan for word in set(SYLLABLE.findall(text)) if is_initials(word) for names in self._of_initials.get(word, ()))
        most = max(shared.values(), default=0)
        return {plan for plan, count in shared.items() if count == most}

    def _by_subject(self, text: str, kind: str) -> set[str]:
        """The one plan of a kind whose subject has the rarest words that ``text`` begins with: "(kế hoạch) chống ngập" of a long subject."""
        weights: Counter[str] = Counter()
        count = self._of_kind[kind]
        for word in set(itertools.takewhile(self._of_subject.__contains__, SYLLABLE.findall(text))):
            held = [names.plan for names in self._of_subject[word] if names.kind == kind]
            for plan in held:
                weights[plan] += math.log(1 + count / len(held))  # type: ignore[assignment]  # a Counter may hold shares
        best = weights.most_common(2)
        clear = best and best[0][1] >= _TOPIC_WEIGHT * math.log(1 + count) and (len(best) < 2 or best[0][1] > _TOPIC_LEAD * best[1][1])
        return {best[0][0]} if clear else set()

    def _told_apart(self, text: str, here: set[str]) -> set[str]:
        """Those of the plans of one place of whose subject the text has two words that the others never print."""
        said = set(runs(text, 2))
        return {plan for plan in here if any(not self._printed.plans(pair) & (here - {plan}) for pair in said & self._names[plan].pairs)}

    def _like(self, found: Iterable[str]) -> set[str]:
        """Of the plans of several places those whose agency has a plan in each: a district's committee is set beside the province's, not beside its inspectors."""
        of_place: dict[str, set[str]] = defaultdict(set)
        for plan in found:
            of_place[self._names[plan].place].add(self._names[plan].agency)
        agencies = set.intersection(*of_place.values()) if len(of_place) > 1 else set()
        return {plan for plan in found if self._names[plan].agency in agencies}

    def _full_name(self, names: PlanNames, text: str) -> bool:
        """ "Sở Nội vụ (tỉnh) Lam Khê", "UBND huyện Suối Mây"; a committee needs its level or stands right before its place."""
        if not (names.agency and names.place):
            return False
        agencies = "|".join(map(re.escape, (names.agency, *names.short)))
        return re.search(rf"\b(?:{agencies})\s+(?:(?:{LEVEL})\s+)?{re.escape(names.place)}\b", text) is not None

    def _by_agency(self, text: str, question: str, said: set[str], places: set[str]) -> set[str]:
        found = {names.plan for agency in said & self._of_agency.keys() for names in self._of_agency[agency] if self._is_asked(names, text, places)}
        found |= {names.plan for level in self._of_level for names in self._lone_committee(level, text, places)}
        initials = {fold(word) for word in re.findall(r"[^\W\d_]+", question) if len(word) >= _SHORTEST_SHORT and is_initials(word)}
        shorts = {names for word in initials for names in self._of_short.get(word, ())}
        return found | {names.plan for names in shorts if not places or names.place in places}

    def _is_asked(self, names: PlanNames, text: str, places: set[str]) -> bool:
        """Whether an agency stands where an issuer does, and not as one that has to do something."""
        if names.is_committee or (places and names.place not in places):
            return False
        return re.search(rf"(?:^\W*|\b(?:ke hoach|kh|theo|o|tai|ben|thuoc)\s+(?:cua\s+)?){re.escape(names.agency)}\b", text) is not None

    def _lone_committee(self, level: str, text: str, places: set[str]) -> list[PlanNames]:
        """The committee that "UBND tỉnh" must be, if only one of that level has a plan here."""
        committees = self._committees[level]
        if len(committees) != 1 or (places and committees[0].place not in places) or not re.search(rf"\bubnd\s+{level}\b(?!\s*,)", text):
            return []
        return committees if places or re.search(rf"\b(?:ke hoach|kh)\b.{{0,20}}\bubnd\s+{level}\b", text) else []


def _is_everyday(said: Sequence[str], place: Sequence[str]) -> bool:
    """Whether the words are of every text and no slip in a place: "các tỉnh phải làm", "tỉnh hai lần" are not about Hải Lâm, "thanh tra" is a word."""
    if " ".join(said) in general_words() or all(word in _FUNCTION_WORDS for word in said):
        return True
    return any(word in _FUNCTION_WORDS and word != part and fold(word) == fold(part) for word, part in zip(said, place, strict=True))


def _by(every: Iterable[PlanNames], keys: Callable[[PlanNames], Iterable[str]]) -> dict[str, list[PlanNames]]:
    """Each key with those that have it; an empty key is none."""
    table: dict[str, list[PlanNames]] = defaultdict(list)
    for names in every:
        for key in dict.fromkeys(filter(None, keys(names))):
            table[key].append(names)
    return dict(table)


def _cut(text: str, names: PlanNames) -> str:
    """``text`` without the issuer's name, its place and "trong/theo kế hoạch của" before them."""
    done = 0
    while span := _name_span(text, names, done):
        before = text[: span[0]]
        if fold(text[span[0] : span[1]]) == names.place and (_CALLED_BY_PLACE.search(before) or _OPENS_WITH_PRESS.fullmatch(fold(before))):
            done = span[1]
            continue
        # the words before it are matched with their accents: "tại" leads to a place, the end of "thiên tai" does not
        before = _BEFORE_NAME.sub("", text[: span[0]])
        text = f"{before} {text[span[1] :]}"
    return " ".join(_without_number(_without_subject(text, names), names).split())


def _without_number(text: str, names: PlanNames) -> str:
    """The question without "theo Kế hoạch số 58/KH-UBND" where that is the plan's own number."""
    number = re.search(rf"(?:so )?(?<!\d){re.escape(names.number)}(?!\w)", fold(text)) if names.number[:1].isdigit() else None
    return f"{_BEFORE_NAME.sub('', text[: number.start()])} {text[number.end() :]}" if number else text


def _name_span(text: str, names: PlanNames, start: int = 0) -> tuple[int, int] | None:
    """Where the plan's place first stands from ``start`` on, with its agency and level if they are named too."""
    folded = fold(text)
    if not (any(name in folded for name in names.national) if names.national else names.place in folded):
        return None  # before a pattern is made: hundreds of plans may share the subject asked about
    if names.national:
        match = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names.national)))})\b").search(folded, start)
        return match.span() if match else None
    if not names.place:
        return None
    agencies = "|".join(map(re.escape, filter(None, (names.agency, "uy ban nhan dan" if names.is_committee else "", *names.short))))
    pattern = rf"\b(?:(?:{agencies})\s+)?(?:(?:{LEVEL})\s+)?{re.escape(names.place)}\b" if agencies else rf"\b{re.escape(names.place)}\b"
    match = re.compile(pattern).search(folded, start)
    if match and names.level and (level := re.search(rf"\b({LEVEL})\s+{re.escape(names.place)}$", match.group())) and LEVELS[level.group(1)] != names.level:
        return None  # "thị trấn Suối Mây" is no name of the district
    return match.span() if match else None


def _subject_span(text: str, names: PlanNames) -> tuple[int, int] | None:
    """Where "kế hoạch phòng sốt xuất huyết" names the plan by its subject."""
    for match in _KIND_SAID.finditer(fold(text)):
        if _SHORT_KIND.get(match.group(), match.group()) != names.kind:
            continue  # "Đề án xây dựng …" is no name of the plan that carries it out
        end = match.end()
        for word in SYLLABLE.finditer(fold(text), match.end()):
            if word.group() not in names.subject:
                break
            end = word.end()
        if len(text[match.end() : end].split()) >= _SUBJECT_SYLLABLES:
            return match.start(), end
    return None


def _without_subject(text: str, names: PlanNames) -> str:
    """The question without "kế hoạch phòng sốt xuất huyết" where it names the plan by its subject, which its opening is full of."""
    span = _subject_span(text, names)
    return f"{_BEFORE_NAME.sub('', text[: span[0]])} {text[span[1] :]}" if span else text
