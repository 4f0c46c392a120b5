"""What the plans state, picked out as on the command line: as JSON, and the deadlines as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response
from pydantic import StringConstraints

from xhht_qa import messages
from xhht_qa.api.given import Seen
from xhht_qa.api.refusals import refusals
from xhht_qa.facts import Choice, Stated, calendar, choose, named_days
from xhht_qa.types import Fact, FactKind

router = APIRouter(prefix="/api", tags=["facts"])

_MOST_LISTED = 5000
_CALENDAR = "text/calendar"


PlanId = Annotated[str, StringConstraints(max_length=80)]  # so that no address is longer than the web server takes


@dataclass(frozen=True, kw_only=True)
class StatedFact(Fact):
    """A fact with all the kinds of what it states, its plan's title and its section's label."""

    kinds: tuple[FactKind, ...]
    plan_title: str
    label: str


@dataclass(frozen=True)
class FactList:
    """The facts from ``offset`` on, of ``total`` that fit."""

    facts: tuple[StatedFact, ...]
    total: int
    offset: int


def chosen(
    engine: Seen,
    kind: Annotated[list[FactKind], Query(max_length=20, description=messages.API_KIND)] = [],  # noqa: B006 - FastAPI copies it
    plan: Annotated[list[PlanId], Query(max_length=50, description=messages.API_PLAN, examples=[["ke-hoach-cai-cach"]])] = [],  # noqa: B006
    actor: Annotated[str, Query(max_length=200, description=messages.API_ACTOR, examples=["ubnd cac xa"])] = "",
    first: Annotated[str, Query(alias="from", max_length=20, description=messages.API_FROM, examples=["11/2025"])] = "",
    last: Annotated[str, Query(alias="to", max_length=20, description=messages.API_TO, examples=["11/2025"])] = "",
) -> list[Stated]:
    """The facts that a request asks for. Raises HTTPException."""
    missing = next((name for name in plan if name not in engine.plans), None)
    if missing is not None:
        raise HTTPException(422, messages.unknown_plan(missing))
    begins, ends = _day("from", first, 0), _day("to", last, -1)
    if begins and ends and begins > ends:
        raise HTTPException(422, messages.FROM_AFTER_TO)
    return choose(engine.plans, Choice(frozenset(kind), frozenset(plan), actor, begins, ends), engine.spelt_out)


Chosen = Annotated[list[Stated], Depends(chosen)]


@router.get("/facts", responses=refusals(422))
def facts(
    stated: Chosen,
    limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = 1000,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> FactList:
    """What the plans state."""
    return listed(stated, limit, offset)


@router.get("/deadlines.ics", response_class=Response, responses={200: {"content": {_CALENDAR: {"schema": {"type": "string"}}}}, **refusals(422)})
def deadlines(stated: Chosen) -> Response:
    """The deadlines as a calendar, to be subscribed to; what has no day of its own has no place in it."""
    headers = {"Content-Disposition": 'attachment; filename="thoi-han.ics"'}
    return Response(calendar(stated, datetime.now(UTC))[0], media_type=f"{_CALENDAR}; charset=utf-8", headers=headers)


def listed(stated: Sequence[Stated], limit: int, offset: int) -> FactList:
    """Some of the facts, as programs get them."""
    page = (StatedFact(**_parts(one.fact), kinds=one.kinds, plan_title=one.plan_title, label=one.label) for one in stated[offset : offset + limit])
    return FactList(tuple(page), len(stated), offset)


def _parts(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in Fact.__dataclass_fields__}


def _day(name: str, printed: str, end: int) -> date | None:
    if not printed:
        return None
    span = named_days(printed)
    if span is None:
        raise HTTPException(422, messages.no_such_day(name))
    return (span.first, span.last)[end]
