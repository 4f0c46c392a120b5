"""The agencies that the plans name."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from xhht_qa.text.bodies import names_of_bodies
from xhht_qa.types import Plan

_CELL = re.compile(r"[|\n]")


def bodies_printed(plans: Iterable[Plan]) -> Mapping[str, Mapping[str, int]]:
    """Name as printed → plan → how often."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for plan in plans:
        texts = [plan.metadata.issuer, *(cell for section in plan.sections for paragraph in section.paragraphs for cell in _CELL.split(paragraph.text))]
        for text in itertools.chain.from_iterable(map(names_of_bodies, texts)):
            printed[text][plan.id] += 1
    return printed
