"""Several plans hold an answer and none was named: each plan's own, for the user to pick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xhht_qa import messages
from xhht_qa.extract.material import Material
from xhht_qa.extract.refuse import unheld
from xhht_qa.extract.units import Unit, in_units
from xhht_qa.extract.value import statement_of
from xhht_qa.extract.values import ANY_FIGURE, holds_required, required_value
from xhht_qa.text.normalise import CAPITAL, fold
from xhht_qa.types import Draft, Query, Statement

_PLANS = 8  # that are read one by one
_RIVAL_SHARE = 0.65  # a plan whose best unit scores this share of the best one answers too
_VALUE_SHARE = 0.4
_NAME = re.compile(rf"(?<=[^\s.?!] ){CAPITAL}[^\W\d_]*(?: {CAPITAL}[^\W\d_]*)+")


def compose(material: Material) -> Draft | None:
    """The answers plan by plan, or None where a plan was named or one plan alone answers."""
    if material.query.named:
        return None
    rivals = _rivals(material)
    if len(rivals) < 2:
        return None
    asked = [material.within(unit.plan) for unit in rivals] if len(rivals) <= _PLANS else []
    told = [named(one, one.best) for one in asked if one.units and unheld(one) is None]  # as if each had been named
    return apart(material, told) or apart(material, [named(material, unit) for unit in rivals])


def apart(material: Material, statements: Sequence[Statement]) -> Draft | None:
    """What each of several plans says, and the question asked of each of them; None where there are not several."""
    options = (messages.reading(material.query.question, material.plans[statement.sources[0].plan].title) for statement in statements)
    return Draft("clarify", messages.CLARIFY, tuple(statements), options=tuple(options)) if len(statements) > 1 else None


def named(material: Material, unit: Unit) -> Statement:
    """What a unit says, after the name of its plan."""
    statement = statement_of(material, unit)
    return replace(statement, plan=material.name(unit.plan))


def _rivals(material: Material) -> list[Unit]:
    """The best unit of each plan that answers about as well as the best plan does."""
    best, first = material.best, dict[str, Unit]()
    for unit in material.units:
        first.setdefault(unit.plan, unit)
    names = [fold(name) for name in _NAME.findall(material.query.question) if fold(name) in fold(best.section.text)]
    rivals = [unit for unit in first.values() if all(name in fold(unit.section.text) for name in names)]
    return [unit for unit in rivals if unit.score >= _RIVAL_SHARE * best.score and unit.cover >= _least_share(material.query, unit) * best.cover]


def _least_share(query: Query, unit: Unit) -> float:
    """A plan that holds the kind of value asked for answers in fewer of the question's words."""
    required = required_value(query)
    telling = required is not None and required != ANY_FIGURE
    return _VALUE_SHARE if required and telling and holds_required(required, in_units(unit.paragraph, unit.text)) else _RIVAL_SHARE
