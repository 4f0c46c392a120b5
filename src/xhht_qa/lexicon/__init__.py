"""What the plans' own words teach of how to read questions: learnt when an index is written, kept beside it as one file of JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xhht_qa.lexicon.bodies import bodies_printed
from xhht_qa.lexicon.capitals import names_in_capitals
from xhht_qa.lexicon.phrases import phrases_by_initials, word_pairs
from xhht_qa.lexicon.spelling import Pairs, syllable_counts, syllable_pairs
from xhht_qa.types import Plan


@dataclass(frozen=True)
class Lexicon:
    """Everything in the order in which the plans print it, which decides between equals."""

    syllables: Mapping[str, int]  # with their accents → how often
    pairs: Pairs  # syllable → the one behind it → how often
    phrases: Mapping[str, Mapping[str, float]]  # initials → phrase → how often
    words: Pairs  # folded word → the one behind it → how often
    capitals: frozenset[str]  # "lam khê": names of two syllables, in small letters
    bodies: Mapping[str, Mapping[str, int]]  # name of an agency → plan → how often

    @classmethod
    def learnt(cls, plans: Mapping[str, Plan]) -> Lexicon:
        """From the text of the plans; equal texts are read once."""
        texts = Counter(section.text for plan in plans.values() for section in plan.sections)
        texts.update(plan.metadata.issuer for plan in plans.values())
        return cls(
            syllable_counts(texts),
            syllable_pairs(texts),
            phrases_by_initials(texts),
            word_pairs(texts),
            names_in_capitals(texts),
            bodies_printed(plans.values()),
        )

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps(vars(self) | {"capitals": sorted(self.capitals)}, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """What ``write`` has written."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**record, "capitals": frozenset(record["capitals"])})
