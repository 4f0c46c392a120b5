"""Robustness twins: the same questions as hurried people type them – without accents, abbreviated, mistyped."""

from __future__ import annotations

import itertools
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Literal, get_args

from evals.check import read_plans
from evals.gold import GoldError, Question, load, read, write
from xhht_qa.command_line import ArgumentParser
from xhht_qa.errors import XhhtError
from xhht_qa.lexicon.bodies import bodies_printed
from xhht_qa.query.abbreviations import usual_short_forms
from xhht_qa.query.agencies import Agencies
from xhht_qa.text.normalise import compose, fold, has_diacritics
from xhht_qa.types import Plan

Kind = Literal["no_diacritics", "abbrev", "typo"]  # each is a style of questions
Change = Callable[[str, Random], str]

_WORDS_A_SLIP = 6  # a hurried typist; with more the question is no longer understood by people either
_MOST_SLIPS = 3
_SLIPPERY = re.compile(r"(?<![\w/&-])[^\W\d_A-ZĐ][^\W\d_]+(?![\w/&-])")  # no names, figures or initials: mistyped, they mean another one
# Telex and VNI type the tone as a key behind the vowel; the key is lost, or stands there as a character.
_TONES = {"\u0300": ("f", "2"), "\u0301": ("s", "1"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}
_MARKS = {"\u0302", "\u0306", "\u031b"}  # of â ê ô, ă, ơ ư
_HOOK_OR_TILDE = {"\u0309": "\u0303", "\u0303": "\u0309"}  # hỏi and ngã sound alike to half of the country
_NEIGHBOURS = {
    "b": "vn", "c": "xv", "d": "sf", "g": "fh", "h": "gj", "k": "jl", "l": "k", "m": "n",
    "n": "bm", "p": "o", "r": "et", "s": "ad", "t": "ry", "v": "cb", "x": "zc",
}  # fmt: skip


def twins(questions: Sequence[Question], kinds: Sequence[Kind], plans: Mapping[str, Plan], seed: int = 0) -> Iterator[Question]:
    """Of each question one twin a kind, where the kind changes anything; equal arguments give equal twins. Twins have no twins."""
    changes: dict[Kind, Change] = {"no_diacritics": lambda text, random: without_accents(text), "abbrev": Shortener(plans).shorten, "typo": mistyped}
    for question in questions:
        for kind in kinds:
            random = Random(f"{seed} {kind} {question.id}")  # a question that is added or dropped leaves the others as they were
            said = changes[kind](compose(question.question), random)
            if question.twin_of is None and said != compose(question.question):
                yield question.model_copy(update={"id": f"{question.id}~{kind}", "question": said, "style": kind, "twin_of": question.id})


def without_accents(text: str) -> str:
    """As typed without any input method, in small letters; a text that has no accents stays as it is."""
    return fold(text) if has_diacritics(text) else text


class Shortener:
    """Puts short forms where the words are written out: those of the office, and the initials of agencies that the plans name."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        forms = usual_short_forms()
        # "phòng" is an office and the beginning of "phòng cháy": of the office's words only phrases are shortened.
        phrases = {fold(long): short for long, short in forms.items() if " " in long}
        self._agencies = {fold(compose(name)): _agency_forms(name, initials) for name, initials in Agencies(bodies_printed(plans.values())).initials.items()}
        self._phrases = phrases
        self._words = {long: short for long, short in forms.items() if " " not in long and short[0].islower()}

    def shorten(self, text: str, random: Random) -> str:
        """The text with every name and phrase shortened; of several usual forms one is drawn."""
        for forms in (self._agencies, self._phrases):
            text = _replaced(text, fold(text), forms, random)
        return _replaced(text, text, self._words, random)


def _agency_forms(name: str, initials: str) -> tuple[str, ...]:
    """ "Chi cục Kiểm lâm tỉnh" → "CCKLT", "Chi cục KLT"; the kind of agency goes up to the second capital."""
    words = name.split()
    kind = list(itertools.takewhile(str.islower, words[1:]))
    rest = initials[1 + len(kind) :].upper()
    return (initials.upper(), " ".join([words[0], *kind, rest])) if len(rest) > 1 else (initials.upper(),)


def _replaced(text: str, searched: str, forms: Mapping[str, Sequence[str]], random: Random) -> str:
    """``text`` with what ``searched``, which is as long, has of the keys of ``forms`` replaced; the longest first."""
    if not forms:
        return text
    pattern = re.compile(rf"(?<![\w/&-])(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?![\w/&-])")
    for found in reversed(list(pattern.finditer(searched))):
        text = text[: found.start()] + random.choice(forms[found.group()]) + text[found.end() :]
    return text


def mistyped(text: str, random: Random) -> str:
    """The text with one to three slips of the keyboard in different words; names, figures and initials stay."""
    words = list(_SLIPPERY.finditer(text))
    chosen = random.sample(words, min(len(words), _MOST_SLIPS, 1 + len(words) // _WORDS_A_SLIP))
    for word in sorted(chosen, key=lambda word: -word.start()):
        text = text[: word.start()] + _slipped(word.group(), random) + text[word.end() :]
    return text


def _slipped(word: str, random: Random) -> str:
    spelt = unicodedata.normalize("NFD", word)
    tone = next((character for character in spelt if character in _TONES), "")
    bare = spelt.replace(tone, "") if tone else spelt
    slips = [word + word[-1]]  # the key held too long
    if tone:
        slips += [bare, bare, *(bare + key for key in _TONES[tone])]  # the commonest slip of all is twice in the hat
    if tone in _HOOK_OR_TILDE:
        slips.append(spelt.replace(tone, _HOOK_OR_TILDE[tone]))
    if word.startswith("đ"):
        slips.append("d" + spelt[1:])
    slips += [spelt.replace(mark, "", 1) for mark in sorted(_MARKS) if mark in spelt]
    at = random.randrange(len(spelt))
    if spelt[at] in _NEIGHBOURS:
        slips.append(spelt[:at] + random.choice(_NEIGHBOURS[spelt[at]]) + spelt[at + 1 :])
    return unicodedata.normalize("NFC", random.choice(slips))


def main(arguments: Sequence[str]) -> int:
    """Write the twins of gold questions to a file of their own; 0, or 2 with one sentence."""
    parser = ArgumentParser(prog="python -m evals perturb", description="The same questions without accents, abbreviated, mistyped.")
    parser.add_argument("gold", nargs="+", type=Path, help="gold files, or folders of *.jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the twins go; a file of twins is replaced, no other is")
    parser.add_argument("--kinds", nargs="+", choices=get_args(Kind), default=get_args(Kind), help="default: all")
    parser.add_argument("--plans", nargs="+", type=Path, default=[Path("ingest/plans")], metavar="DIR", help="for agencies' initials (default: ingest/plans)")
    parser.add_argument("--seed", type=int, default=0, help="another number, other slips (default: 0)")
    given = parser.parse_args(arguments)
    try:
        if given.out.exists() and any(entry.question is None or entry.question.twin_of is None for entry in read([given.out])):
            raise GoldError(f"{given.out} holds questions that are no twins; name another file with --out")
        questions = load(given.gold)
        made = list(twins(questions, given.kinds, read_plans(given.plans) if "abbrev" in given.kinds else {}, given.seed))
        write(given.out, made)
    except XhhtError as error:
        print(f"evals perturb: {error}", file=sys.stderr)
        return 2
    counts = ", ".join(f"{kind} {sum(twin.style == kind for twin in made)}" for kind in given.kinds)
    print(f"{len(made)} twins of {len(questions)} questions in {given.out}: {counts}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
