"""Quản lý: the plans with what may be done to them, the files that wait to be published, and what publishing one would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xhht_qa import messages
from xhht_qa.library import Job, Library, Proposal
from xhht_qa.text.normalise import fold, slug
from xhht_qa.types import Metadata, Plan, Section
from xhht_qa.views import paging
from xhht_qa.views.asked import Asked
from xhht_qa.views.documents import Row, row_of
from xhht_qa.views.paging import Page
from xhht_qa.views.pairing import pairs

DETAILS = messages.PLAN_DETAILS


@dataclass(frozen=True)
class Change:
    """One thing that a plan says of itself otherwise than the edition before."""

    name: str
    before: str
    now: str


@dataclass(frozen=True)
class Changes:
    """What differs between a plan and the edition that it replaces, in the order of the print."""

    details: tuple[Change, ...]
    added: tuple[Section, ...]
    removed: tuple[Section, ...]  # of the edition before
    changed: tuple[Section, ...]

    def __bool__(self) -> bool:
        return bool(self.details or self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Preview:
    """A file before it is published."""

    proposal: Proposal
    row: Row
    before: Plan | None  # in whose place it would come
    same: Plan | None  # that was read from equal bytes
    suggested: Plan | None  # of the same number and issuer, and not replaced
    replaceable: tuple[Plan, ...]
    can_be_new: bool  # its name is no other plan's

    @cached_property
    def changes(self) -> Changes | None:
        """Against the plan that it replaces; takes a while for a long one."""
        return changes(self.before, self.proposal.plan) if self.before else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to check, each in a sentence."""
        return tuple(dict.fromkeys(map(messages.reading_warning, self.proposal.plan.warnings)))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The addresses of sections that were hardly made out on a scan."""
        return tuple(section.address for section in self.proposal.plan.sections if any(paragraph.doubtful for paragraph in section.paragraphs))


@dataclass(frozen=True)
class Management:
    """The page."""

    page: Page
    rows: tuple[Row, ...]  # of the page
    managed: frozenset[str]  # ids of plans whose files may be changed here
    waiting: tuple[Preview, ...]
    job: Job | None
    told: str  # of the job


def management(library: Library, plans: Mapping[str, Plan], asked: Asked) -> Management:
    """The page as it is now, with the part of the table that an address asks for. Raises QuestionError."""
    job = library.job
    page = Page.asked_for(asked, paging.ROWS, len(plans))
    shown = page.of(tuple(plans.values()))
    return Management(
        page,
        tuple(map(row_of, shown)),
        frozenset(plan.id for plan in shown if library.is_managed(plan)),
        tuple(preview(library, plans, proposal) for proposal in library.proposals()),
        job,
        told_of(job, plans) if job else "",
    )


def preview(library: Library, plans: Mapping[str, Plan], proposal: Proposal) -> Preview:
    """A file as those who may publish it should see it first."""
    plan, before = proposal.plan, plans.get(proposal.replaces)
    replaceable = tuple(other for other in plans.values() if library.is_managed(other))
    alike = (other for other in replaceable if other.id != plan.id and _is_same_document(other.metadata, plan.metadata))
    return Preview(
        proposal,
        row_of(plan),
        before,
        plans.get(proposal.same_as),
        next(alike, None),
        replaceable,
        slug(Path(proposal.name).stem) not in plans,
    )


def changes(before: Plan, now: Plan) -> Changes:
    """What of a plan its new edition says otherwise."""
    details = [Change(name, _detail(before, field), _detail(now, field)) for field, name in DETAILS.items()]
    found = pairs(before, now)
    frame = [(section, other) for section in now.sections if not section.is_numbered and (other := before.section(section.address))]  # the opening, the end
    return Changes(
        tuple(detail for detail in details if detail.before != detail.now),
        tuple(right.section for left, right in found if right and not left),
        tuple(left.section for left, right in found if left and not right),
        (
            *(section for section, other in frame if section.text.split() != other.text.split()),
            *(right.section for left, right in found if left and right and left.text.split() != right.text.split()),
        ),
    )


def told_of(job: Job, plans: Mapping[str, Plan]) -> str:
    """How a change of the plans goes on, or how it ended, in a sentence or two."""
    if job.is_running:
        return messages.library_progress(job.stage, job.done, job.of)
    if job.stage == "failed":
        return job.message
    added, changed = ([plans[id_].title for id_ in ids if id_ in plans] for ids in (job.added, job.changed))
    return f"{messages.library_done(added, changed, len(job.removed))} {job.message}".strip()


def _detail(plan: Plan, field: str) -> str:
    return plan.title if field == "title" else str(getattr(plan.metadata, field))


def _is_same_document(one: Metadata, other: Metadata) -> bool:
    return one.number[:1].isdigit() and (fold(one.number), fold(one.issuer)) == (fold(other.number), fold(other.issuer))
