"""Is it so? The values that a question states, against those that the section prints."""

from __future__ import annotations

import re

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.value import statement_of
from xhht_qa.text import normalise
from xhht_qa.text.dates import dates_in
from xhht_qa.text.normalise import fold
from xhht_qa.types import Draft, Query

_QUOTED = re.compile(r"[“\"]\s*(\w[^”\"]*)[”\"]")
_SURE = 0.6  # a unit that covers so much of the question is the one it is about, whatever its siblings print
_FIGURE = re.compile(r"\b\d+(?:[.,]\d+)?\b")


def compose(material: Material) -> Draft | None:
    """What the plan says, after the verdict; None where nothing is to be confirmed or no verdict can be given."""
    if not material.query.confirm:
        return None
    best = material.best
    statement = statement_of(material, best)
    nearby = "" if best.cover >= _SURE else "\n".join(unit.paragraph.text for unit in material.units)
    verdict = _judge(material.query, best.section.text, statement.text, nearby)
    if verdict is None:
        return None
    if verdict:
        return Draft("answered", messages.CORRECT, (statement,))
    return Draft("corrected", messages.INCORRECT, (statement,))


def _judge(query: Query, section: str, answer: str, nearby: str) -> bool | None:
    """True if the answer or its section prints every value that the question states, False if it lacks one.

    None, no verdict, if the question states none, or if the sections found beside it print the stated date for something else.
    """
    question, evidence = normalise.compose(query.question), normalise.compose(section)
    stated_dates = dates_in(question)
    if stated_dates:
        printed = dates_in(answer) or dates_in(evidence)
        if all(any(date.covers(other) or other.covers(date) for other in printed) for date in stated_dates):
            return True
        return None if any(date.covers(other) for date in stated_dates for other in dates_in(nearby)) else False
    quoted = [match.group(1) for match in _QUOTED.finditer(question)]
    if quoted:
        return all(fold(name).strip() in fold(answer) or fold(name).strip() in fold(evidence) for name in quoted)
    figures = _figures(question)
    if figures:
        if figures <= _figures(answer):
            return True
        return None if figures <= _figures(evidence) else False
    return None


def _figures(text: str) -> frozenset[str]:
    return frozenset(figure.lstrip("0") for figure in _FIGURE.findall(text))
