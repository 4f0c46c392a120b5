"""Plans for programs: which there are, what each says of itself, its outline, and the text of a section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Request

from xhht_qa import messages
from xhht_qa.api.given import Seen
from xhht_qa.api.refusals import refusals
from xhht_qa.engine import Engine
from xhht_qa.types import Legibility, Metadata, Plan, Section
from xhht_qa.views.documents import every_plan

router = APIRouter(prefix="/api/plans", tags=["plans"])

PlanId = Annotated[str, Path(max_length=200, examples=["ke-hoach-cai-cach"])]
Address = Annotated[str, Path(max_length=200, examples=["IV.b"])]


@dataclass(frozen=True)
class PlanEntry:
    """A plan by what it is told apart by; ``level`` and ``years`` as people are shown them."""

    id: str
    title: str
    subject: str
    issuer: str
    level: str
    years: str


@dataclass(frozen=True)
class PlanList:
    """The plans to which a question can be held."""

    plans: tuple[PlanEntry, ...]


@dataclass(frozen=True)
class PlanDetails:
    """What a plan says of itself, and how its file was read."""

    id: str
    title: str
    digest: str  # sha256 of the file
    metadata: Metadata
    legibility: Legibility
    warnings: tuple[str, ...]
    sections: int
    facts: int
    link: str


@dataclass(frozen=True)
class OutlineEntry:
    """A section by its address; the lines span what is below it."""

    address: str
    title: str
    label: str
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Outline:
    """The sections of a plan in document order."""

    plan: str
    plan_title: str
    sections: tuple[OutlineEntry, ...]


@dataclass(frozen=True)
class SectionText:
    """A section word for word, without what is below it; ``page`` is null where the file has no pages."""

    plan: str
    plan_title: str
    section: str
    label: str
    title: str
    path: tuple[str, ...]
    parent: str | None
    children: tuple[str, ...]
    text: str
    first_line: int
    last_line: int
    page: int | None
    link: str  # where people read it, on this server


@router.get("")
def plans(engine: Seen) -> PlanList:
    """The plans to which a question can be held."""
    return PlanList(
        tuple(PlanEntry(row.plan.id, row.plan.title, row.subject, row.plan.metadata.issuer, row.level_name, row.years) for row in every_plan(engine))
    )


@router.get("/{plan_id}", responses=refusals(404))
def plan(request: Request, engine: Seen, plan_id: PlanId) -> PlanDetails:
    """What one plan says of itself."""
    found = known_plan(engine, plan_id)
    warnings = tuple(messages.reading_warning(warning) for warning in found.warnings)
    link = doc_link(request.scope.get("root_path", ""), found.id)
    return PlanDetails(found.id, found.title, found.digest, found.metadata, found.legibility, warnings, len(found.sections), len(found.facts), link)


@router.get("/{plan_id}/outline", responses=refusals(404))
def outline(engine: Seen, plan_id: PlanId) -> Outline:
    """Its sections in document order."""
    found = known_plan(engine, plan_id)
    return Outline(found.id, found.title, tuple(outline_of(found)))


@router.get("/{plan_id}/sections/{address}", responses=refusals(404))
def section(request: Request, engine: Seen, plan_id: PlanId, address: Address) -> SectionText:
    """A section word for word, where it stands and what is below it."""
    found = known_plan(engine, plan_id)
    return section_text(found, section_at(found, address), doc_link(request.scope.get("root_path", ""), found.id, address))


def known_plan(engine: Engine, plan_id: str) -> Plan:
    """The plan. Raises HTTPException for one that is not there, or not for the asker to see."""
    found = engine.plans.get(plan_id)
    if found is None:
        raise HTTPException(404, messages.no_plan(plan_id))
    return found


def section_at(plan: Plan, address: str) -> Section:
    """The section. Raises HTTPException for an address that the plan does not have."""
    found = plan.section(address)
    if found is None:
        raise HTTPException(404, messages.no_section(plan.id, address))
    return found


def outline_of(plan: Plan) -> Iterator[OutlineEntry]:
    """Its sections in document order."""
    for section in plan.sections:
        yield OutlineEntry(section.address, section.title, section.label, section.first_line, section.last_line)


def section_text(plan: Plan, section: Section, link: str) -> SectionText:
    """A section as programs get it."""
    children = tuple(child.address for child in plan.children(section.address))
    page = section.paragraphs[0].page if section.paragraphs else None
    return SectionText(
        plan.id, plan.title, section.address, section.label, section.title, section.path, section.parent, children,
        section.text, section.first_line, section.last_line, page, link,
    )  # fmt: skip


def doc_link(root: str, plan_id: str, address: str = "") -> str:
    """Where people read a plan, on a server that stands under ``root``."""
    anchor = f"#{quote(address, safe='/()-+')}" if address else ""
    return f"{root}/doc/{quote(plan_id)}{anchor}"
