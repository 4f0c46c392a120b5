"""What people call an agency, and its name as the plans print it: "phòng văn hóa" of "Phòng Văn hóa, Khoa học và Thông tin", "SKHCN"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from xhht_qa.query.abbreviations import is_initials

_SYLLABLE = re.compile(r"[^\W_]+")
_LINKS = frozenset({"và", "các"})  # "Sở Khoa học và Công nghệ" is "Sở KHCN"
_LONGEST = 10  # syllables of a name; what is longer has swallowed a sentence
_INITIALS = re.compile(r"(?<![\w/&-])(?<!sở )(?<!phòng )(?<!ban )(?<!bộ )(?<!cục )[^\W\d_]{3,8}(?![\w/&-])", re.IGNORECASE)  # "Sở TTTT" is no "Trung tâm …"
_JOINED = re.compile(r"(?<![\w/&-])(?:(?P<head>[^\W\d_]+)\.?\s*)?(?<![^\W\d_])(?P<initials>[A-ZĐ]{1,5}(?:[&-][A-ZĐ]{1,5})+)(?![\w/])")  # "Sở KH&CN", "P.TC-KH"
# "Phòng KHTC", "P.KHTC", "sở tnmt"; any word may head the one behind it, so that one is looked at and not taken.
_HEADED = re.compile(r"(?<![\w/&-])(?P<head>[^\W\d_]+)(?=(?:\.\s*|\s+)(?P<initials>[^\W\d_]{2,7})(?![\w/&-]))")
_SHORTEST_INITIALS = 3
_MOST = 3  # agencies that one short name may stand for

Name = tuple[str, ...]


class Agencies:
    """The agencies that the plans name."""

    def __init__(self, bodies: Mapping[str, Mapping[str, int]]) -> None:
        """``bodies`` that the plans print: name → plan → how often."""
        printed = Counter({name: sum(of_plan.values()) for name, of_plan in bodies.items()})
        self._plans: dict[Name, set[str]] = defaultdict(set)
        for text, of_plan in bodies.items():
            self._plans[_keys(text)] |= of_plan.keys()
        self._names: dict[Name, str] = {}  # → as printed most often
        self._by_head: dict[str, list[Name]] = defaultdict(list)
        self._by_initials: dict[str, str] = {}
        for text, count in printed.most_common():
            name = _keys(text)
            # A name that goes on where another one ends, and is printed once, has swallowed what the agency does.
            if name in self._names or not 1 < len(name) <= _LONGEST or (count == 1 and any(name[:end] in self._names for end in range(2, len(name)))):
                continue
            self._names[name] = text
            self._by_head[name[0]].append(name)
            if len(initials := _initials(text)) >= _SHORTEST_INITIALS:
                self._by_initials.setdefault(initials, text)
        self._other_form: dict[Name, Name] = {}  # "Sở KHCN" of "Sở Khoa học và Công nghệ", and the other way round
        for name in self._names:
            short = (name[0], _key(_initials(self._names[name])[1:]))
            if short in self._names and short != name:
                self._other_form |= {name: short, short: name}

    @property
    def initials(self) -> dict[str, str]:
        """The name of an agency as printed → its initials: {"Sở Khoa học và Công nghệ": "skhcn"}."""
        return {name: initials for initials, name in self._by_initials.items()}

    def spelt_out(self, question: str) -> str:
        """The question with the initials of whole names spelt out: "SKHCN", "Sở KH&CN", "Sở KHCN", "P.TC-KH"."""
        spelt = _JOINED.sub(self._joined, question)
        for match in reversed(list(_HEADED.finditer(spelt))):
            if name := self._headed(match):
                spelt = f"{spelt[: match.start()]}{name}{spelt[match.end('initials') :]}"
        return _INITIALS.sub(lambda match: self._by_initials.get(match.group().lower(), match.group()) if is_initials(match.group()) else match.group(), spelt)

    def in_full(self, printed: str) -> str:
        """The agency's name as the plans print it in full: "Sở KH&CN", "SỞ KHCN" → "Sở Khoa học và Công nghệ"; an unknown one as it is."""
        text = self.spelt_out(printed)
        name = _keys(text)
        return self._names.get(max(name, self._other_form.get(name, name), key=len), text)

    def _joined(self, match: re.Match[str]) -> str:
        """Initials joined by signs, with the word or the initial of the kind of agency before them if that makes a name."""
        letters = "".join(_SYLLABLE.findall(match.group("initials"))).lower()
        head = match.group("head") or ""
        return self._by_initials.get(f"{head[:1].lower()}{letters}") or match.group()

    def _headed(self, match: re.Match[str]) -> str:
        """The name that initials stand for behind the word, or its initial, that opens it; "" if for none."""
        head, letters = match.group("head").lower(), match.group("initials").lower()
        name = self._by_initials.get(head[0] + letters, "") if is_initials(match.group("initials")) else ""
        return name if name and (head == head[0] or _key(head) == _keys(name)[0]) else ""

    def capitalised(self, question: str) -> str:
        """The question with the capitals that agencies are printed with, where it was typed in small letters: "sở y tế" → "Sở Y tế"."""
        words = list(_SYLLABLE.finditer(question))
        for start, names in self._named(_keys(question)):
            for word, printed in zip(words[start:], _SYLLABLE.findall(self._names[names[0]]), strict=False):
                if _key(word.group()) != _key(printed):
                    break
                if word.group().islower() and printed[0].isupper():
                    question = f"{question[: word.start()]}{word.group().capitalize()}{question[word.end() :]}"
        return question

    def other_words(self, question: str, plans: Collection[str]) -> list[str]:
        """Of the agencies in ``plans`` (empty: all) that the question names by their beginning, by a short form or in full, the words that it leaves out."""
        words = _keys(question)
        named = [name for _, names in self._named(words, plans) for name in names[:_MOST]]
        printed = [self._names[form] for name in named for form in (name, self._other_form.get(name, name))]
        return [word for word in dict.fromkeys(syllable for name in printed for syllable in _SYLLABLE.findall(name.lower())) if _key(word) not in words]

    def _named(self, words: Sequence[str], plans: Collection[str] = ()) -> Iterator[tuple[int, list[Name]]]:
        """Where the words of a question name agencies, each time those of which most syllables are said."""
        scope = frozenset(plans)
        for start, head in enumerate(words):
            least = 3 if tuple(words[start : start + 2]) in _HEADS_OF_TWO else 2
            said = [(count, name) for name in self._by_head.get(head, ()) if (count := _common(words[start:], name)) >= least]
            fitting = [(count, name) for count, name in said if not scope or not scope.isdisjoint(self._plans[name])]
            longest = max((count for count, _ in fitting), default=0)
            if longest:
                yield start, sorted((name for count, name in fitting if count == longest), key=len)


def _key(syllable: str) -> str:
    """One form of a syllable wherever its tone is put: "hoá", "Hóa"."""
    return "".join(sorted(unicodedata.normalize("NFD", syllable.lower())))


def _keys(text: str) -> Name:
    return tuple(map(_key, _SYLLABLE.findall(text)))


def _initials(name: str) -> str:
    return "".join(word[0] for word in _SYLLABLE.findall(name.lower()) if word not in _LINKS)


_HEADS_OF_TWO = frozenset(
    map(_keys, ("văn phòng", "thanh tra", "công an", "trung tâm", "chi cục", "kho bạc", "bệnh viện", "bộ chỉ", "ban chỉ", "ủy ban", "mặt trận"))
)


def _common(words: Sequence[str], name: Name) -> int:
    """How many syllables of a name stand at the beginning of ``words``."""
    return next((place for place, (word, syllable) in enumerate(zip(words, name, strict=False)) if word != syllable), min(len(words), len(name)))
