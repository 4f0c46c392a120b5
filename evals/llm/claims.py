"""An independent judge of what is shown: each claim of an answer against the sections that it cites.

It shares no code with the product's own guard, so that a slip of one is not a slip of the other, and it knows nothing of the model. It is
simple on purpose: what it says of numbers, dates, agencies and citations can be followed by hand; what it says of words counts them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from evals.llm.named import bodies, said_of, titles
from evals.llm.turned import duties, exchanged, misplaced, negations, syllables
from evals.llm.values import dates, numbers, stands
from xhht_qa.types import Plan

Fault = Literal["citation", "number", "date", "agency", "placed", "title", "negation", "modality", "quote", "link", "language", "words"]
HARD: tuple[Fault, ...] = ("citation", "number", "date", "agency")  # of these not one may be shown

_TOKENS = re.compile(r"(?:[ \t]*\[\d+\])+[.;,]?")
_MARKUP = re.compile(r"^[ \t]*(?:[-+•*>|]|#{1,6}|\d{1,2}[.)])[ \t]+|\*\*|__|[`|]", re.MULTILINE)
_LINK = re.compile(r"!\[|\]\(|https?:|www\.|</?[a-z!][^>]*>|\bon\w+=|javascript:", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«]([^”\"»]{3,})[”\"»]")
_CLAUSE = re.compile(r"[,;:–\n]|(?<!\w)(?:và|đồng thời|nhưng|trừ|which|because)(?!\w)|\. ")
_FEW = 3  # syllables; a shorter clause says nothing of its own
_CLAUSE_SHARE = 0.6  # of the syllables of each clause, which have to stand in what is cited
_PAIR_SHARE = 0.5  # of the neighbouring syllables of the claim
# Words with which anyone may frame what a plan says.
_FRAME = frozenset(
    re.findall(
        r"\w+",
        "theo kế hoạch này của và là các những thì cho về như sau gồm có nội dung chính nêu quy định tại trong đó cụ thể được do việc đơn vị với ở cũng để khi đã sẽ",
    )
)


@dataclass(frozen=True)
class Claim:
    """A piece of an answer through the tokens that end it; no markers when none do."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a claim; nothing, where it is wholly supported."""

    claim: Claim
    faults: tuple[tuple[Fault, str], ...] = ()  # each with what it was seen by


def claims(answer: str) -> Iterator[Claim]:
    """The answer cut behind its tokens; a lead-in belongs to what stands under it."""
    start = 0
    for tokens in _TOKENS.finditer(answer):
        text = levelled(answer[start : tokens.start()])
        if text.strip(" .;,:\n"):
            yield Claim(text, tuple(int(number) for number in re.findall(r"\d+", tokens.group())))
        start = tokens.end()
    if rest := levelled(answer[start:]).strip(" .;,:\n"):
        yield Claim(rest, ())


def judge(answer: str, citations: Sequence[Mapping[str, Any]], plans: Mapping[str, Plan], own: str = "") -> list[Verdict]:
    """A verdict on each claim of an answer; ``citations`` as the Answer JSON holds them.

    ``own`` is the same answer without a model. Its lines without tokens are frames and claim nothing; what it says word for word is only held to
    the faults that are ``HARD``, for the others are guesses by its likeness to what is printed, and the model has not changed it.
    """
    known = {citation["marker"]: citation for citation in citations}
    frames = {line.strip() for line in own.split("\n") if not _TOKENS.search(line)}
    told = "\n".join(line for line in answer.split("\n") if line.strip() not in frames)
    said = _plain(own)

    def counts(claim: Claim, kind: Fault, seen: str) -> bool:
        return kind in HARD or (_plain(claim.text) not in said and (kind != "placed" or _plain(seen) not in said))

    return [Verdict(claim, tuple(fault for fault in _faults(claim, known, plans) if counts(claim, *fault))) for claim in claims(told)]


def _plain(text: str) -> str:
    """The words and figures alone."""
    return " ".join(re.findall(r"\w+", levelled(_TOKENS.sub(" ", text)).lower()))


def levelled(text: str) -> str:
    """One form for every way to write a letter or a digit, nothing invisible, no marks of markdown."""
    text = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) not in ("Cf", "Cc") or letter == "\n")
    return _MARKUP.sub("", text)


def _faults(claim: Claim, citations: Mapping[int, Mapping[str, Any]], plans: Mapping[str, Plan]) -> Iterator[tuple[Fault, str]]:
    cited = [citations[marker] for marker in claim.markers if marker in citations]
    if not claim.markers or len(cited) < len(claim.markers):
        yield "citation", claim.text[-40:] if not claim.markers else str(claim.markers)
    for citation in cited:
        section = plans[citation["plan"]].section(citation["section"]) if citation["plan"] in plans else None
        if section is None or not citation["quote"] or citation["quote"] not in section.text:
            yield "citation", f"{citation['plan']}#{citation['section']}"
            return
    printed = levelled("\n".join(line for citation in cited for line in _evidence(citation, plans[citation["plan"]])))
    if foreign := _foreign(claim.text):
        yield "language", foreign
    if link := _LINK.search(claim.text):
        yield "link", link.group()
    if not cited:
        return
    yield from (("date", str(date)) for date in dates(claim.text) if not stands(date, dates(printed)))
    yield from (("number", number) for number in sorted(numbers(claim.text) - numbers(printed)))
    yield from (("agency", " ".join(body)) for body in bodies(claim.text) if not said_of(body, printed))
    yield from (("title", title) for title in sorted(titles(claim.text) - titles(printed)))
    yield from (("quote", quoted) for quoted in _QUOTED.findall(claim.text) if " ".join(quoted.split()) not in " ".join(printed.split()))
    yield from (("placed", seen) for seen in (*misplaced(claim.text, printed), *exchanged(claim.text, printed)))
    yield from (("negation", seen) for seen in negations(claim.text, printed))
    yield from (("modality", seen) for seen in duties(claim.text, printed))
    yield from _unprinted(claim.text, printed)


def _evidence(citation: Mapping[str, Any], plan: Plan) -> Iterator[str]:
    """What may be said of a cited section: its words, the headings above it, its place, and how the plan is named."""
    section = plan.section(citation["section"])
    assert section
    yield from (section.text, *section.path, section.label, plan.title, plan.metadata.issuer, plan.metadata.number, plan.metadata.date)


def _foreign(text: str) -> str:
    """Letters of another script, or so few accents in so many words that this is no Vietnamese; "" where neither is so."""
    strange = next((letter for letter in text if letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN")), "")
    words = syllables(text)
    accented = sum(unicodedata.normalize("NFD", word) != word or "đ" in word.lower() for word in words)
    return strange or (" ".join(words[:6]) if len(words) >= 8 and accented < len(words) / 4 else "")


def _unprinted(text: str, printed: str) -> Iterator[tuple[Fault, str]]:
    """A clause most of whose syllables stand nowhere in what is cited, or neighbours that never are neighbours there."""
    sources = syllables(printed)
    known = {*sources, *_FRAME}
    for clause in _CLAUSE.split(text):
        words = syllables(clause)
        if len(words) >= _FEW and sum(word in known for word in words) < _CLAUSE_SHARE * len(words):
            yield "words", clause.strip()
    words = syllables(text)
    printed_pairs = set(pairwise(sources))
    told = [pair for pair in pairwise(words) if not (pair[0] in _FRAME and pair[1] in _FRAME)]
    if len(told) >= _FEW and sum(pair in printed_pairs for pair in told) < _PAIR_SHARE * len(told):
        yield "words", " ".join(words[:8])
