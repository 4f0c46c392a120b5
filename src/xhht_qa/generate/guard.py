"""What a sentence of a model must pass before anyone sees it: a citation, and that everything in it stands, together, in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xhht_qa.generate.clause import Clause
from xhht_qa.generate.excerpts import Excerpt
from xhht_qa.generate.lexicon import TITLES
from xhht_qa.generate.reading import Reading, level, read, sequence, words
from xhht_qa.generate.sentences import Written
from xhht_qa.text.agencies import agencies_in
from xhht_qa.text.normalise import compose, has_diacritics
from xhht_qa.text.sentences import clauses, sentences
from xhht_qa.types import Source, Why

_LINK = re.compile(r"https?:|www\.|\]\(|</?[a-z!]|`|!\[|\w@\w|&#?\w+;|\|", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘’]+)[”\"’]")
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")  # a letter of another script
_PARTS = re.compile(r"(?<=;)\s+|,?\s+(?:còn|trong khi)\s+|,\s+(?=của\s|tại\s|ở\s|UBND|[Tt]ỉnh|[Hh]uyện)")  # of a sentence that compares
_PLAN = "kế hoạch"
_TITLES = tuple(f" {' '.join(map(level, title.split()))} " for title in TITLES)
_ORDER: tuple[Why, ...] = ("negation", "agency", "modality", "mixed", "word")  # what is told of a sentence that no clause says, the gravest first


class Guard:
    """Holds sentences against the excerpts that they cite."""

    def __init__(self, excerpts: Sequence[Excerpt]) -> None:
        self._excerpts = {excerpt.number: excerpt for excerpt in excerpts}
        self._speakers = _told_apart({excerpt.speaker for excerpt in excerpts if excerpt.speaker})

    def why_not(self, sentence: Written) -> Why | None:
        """Why the sentence is not shown; None for one that is."""
        if not sentence.marks:
            return "no_citation"
        if not set(sentence.marks) <= self._excerpts.keys():
            return "unknown_citation"
        if _LINK.search(sentence.text):
            return "link"
        cited = [self._excerpts[mark] for mark in sentence.marks]
        if _is_whole(sentence.text, cited):
            return None
        if sentence.text.startswith("("):  # what the model is told of an excerpt's place is no part of an answer
            return "mixed"
        text = _without_names(sentence.text, cited)
        if why := _unprinted(text, cited):
            return why
        several = len({excerpt.speaker for excerpt in cited}) > 1
        parts = _PARTS.split(sentence.text) if several else clauses(text)
        return next((why for part in parts if part.strip() and (why := self._unsaid_by_its_plan(part, cited))), None)

    def _unsaid_by_its_plan(self, part: str, cited: Sequence[Excerpt]) -> Why | None:
        """The same of those excerpts whose plan the part names; where one plan speaks, it need not be named."""
        spoken = set(words(read(part)))
        named = [excerpt for excerpt in cited if self._speakers.get(excerpt.speaker, frozenset()) <= spoken]
        return _unsaid(part, named) if named else "mixed"

    def sources(self, sentence: Written) -> tuple[Source, ...]:
        """Where what the sentence says stands."""
        return tuple(dict.fromkeys(source for mark in sentence.marks for source in self._excerpts[mark].sources))


def _told_apart(speakers: set[str]) -> dict[str, frozenset[str]]:
    """The words of each name that the others do not all have: "tỉnh Lam Khê" and "huyện Suối Mây" of two committees."""
    spoken = {speaker: frozenset(words(read(speaker))) for speaker in speakers}
    common = frozenset.intersection(*spoken.values()) if len(spoken) > 1 else frozenset()
    return {speaker: said - common for speaker, said in spoken.items()}


def _without_names(text: str, cited: Sequence[Excerpt]) -> str:
    """The text without what it says of whose plan speaks: "Theo Kế hoạch số …, ", "kế hoạch của UBND tỉnh …", "UBND tỉnh …: "."""
    for name in dict.fromkeys(name for excerpt in cited for name in excerpt.names):
        whose = re.escape(name)
        text = re.sub(
            rf"\(?(?:{_PLAN} )?(?<!\w){whose}\)?(?!\w)" if name[:8].lower() == _PLAN[:8] else rf"{_PLAN} (?:của )?{whose}(?!\w)|^{whose} ?:",
            "",
            text,
            flags=re.IGNORECASE,
        )
    return text


def _unprinted(text: str, cited: Sequence[Excerpt]) -> Why | None:
    """What is printed nowhere in the excerpts nor over them."""
    if any(_FOREIGN.search(word) for word in text.split()):
        return "language"
    printed = Clause("\n".join(excerpt.text for excerpt in cited), "\n".join(line for excerpt in cited for line in excerpt.frame))
    everything = {(token.kind, token.text) for token in (*printed.tokens, *printed.over)}
    said = read(text)
    if any(token.kind in ("number", "code") and (token.kind, token.text) not in everything for token in said):
        return "number"
    dates = [token.date for token in (*printed.tokens, *printed.over) if token.date]
    if any(token.date and not any(token.date.covers(date) for date in dates) for token in said):
        return "date"
    stands = sequence((*printed.over, *printed.tokens))
    if any(sequence(read(agency)) not in stands for agency in agencies_in(text)):
        return "agency"
    if any(compose(quoted) not in compose(f"{printed.text} {printed.frame}") for quoted in _QUOTED.findall(text)):
        return "quote"
    missing = [word for word in words(said) if word not in printed.words]
    if missing and not has_diacritics(text) and 2 * len(missing) > len(words(said)):
        return "language"
    if any(title in sequence(said) and title not in stands for title in _TITLES):
        return "title"
    return None


def _unsaid(text: str, cited: Sequence[Excerpt]) -> Why | None:
    """Why no clause of the excerpts says what the text says; None if one does, or several do where there is nothing to be mixed up."""
    found = [clause for excerpt in cited for clause in _clauses(excerpt) if not (clause.cells and ":" in text)]
    reasons = [clause.why_not(text) for clause in found]
    if None in reasons:
        return None
    if not any(token.kind in ("number", "date", "code") for token in read(text)) and not agencies_in(text):
        together = Clause("\n".join(clause.text for clause in found), "\n".join(dict.fromkeys(clause.frame for clause in found)))
        reasons.append(together.why_not(text))
        if reasons[-1] is None:
            return None
    return next((why for why in _ORDER if why in reasons), reasons[-1] or "word")


def _clauses(excerpt: Excerpt) -> Iterator[Clause]:
    lines = excerpt.text.split("\n")
    for place, line in enumerate(lines):
        frame = "\n".join((*excerpt.frame, *(lines[:1] if place else ())))
        for sentence in sentences(line):
            parts = clauses(sentence)
            yield from (Clause(part, frame) for part in parts)
            if len(parts) > 1 and all(":" in part for part in parts):  # a row of a table: its cells say one thing
                yield Clause(sentence, frame, tuple(parts))


def _is_whole(text: str, cited: Sequence[Excerpt]) -> bool:
    """Whether the text is word for word what an excerpt prints, from the beginning of one clause to the end of another."""
    said = _spoken(read(text))
    return any(said == _spoken(read(stretch)) for excerpt in cited for stretch in _runs(excerpt))


def _runs(excerpt: Excerpt) -> Iterator[str]:
    yield excerpt.text
    for line in excerpt.text.split("\n"):
        yield line
        parts = [part for sentence in sentences(line) for part in clauses(sentence)]
        for first in range(len(parts)):
            for last in range(first + 1, min(first + 4, len(parts)) + 1):
                yield " ".join(parts[first:last])


def _spoken(reading: Reading) -> list[str]:
    return [token.text for token in reading if token.kind != "sign"]
