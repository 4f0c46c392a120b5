"""Managing plans over HTTP, for those who may: propose a file, look at it, publish, replace, remove."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from xhht_qa import messages
from xhht_qa.access import Asker, asker, managers
from xhht_qa.api.narration import address_of
from xhht_qa.api.plans import OutlineEntry, outline_of
from xhht_qa.api.refusals import refusals
from xhht_qa.errors import LibraryBusy, LibraryError, UnknownPlan, UnknownProposal
from xhht_qa.library import Change, Job, Library, Proposal, Stage
from xhht_qa.settings import Settings
from xhht_qa.types import Legibility, Metadata, Plan

Recorded = Callable[[Asker, str, Change], object]  # who has had what done, and from which address

_STATUS: dict[type[Exception], int] = {UnknownPlan: 404, UnknownProposal: 404, LibraryBusy: 409, LibraryError: 422}


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """A plan without its text, and how its file was read."""

    id: str
    title: str
    file: str
    digest: str  # sha256 of the file
    metadata: Metadata
    legibility: Legibility
    warnings: tuple[str, ...]
    doubtful: tuple[str, ...]  # sections with paragraphs that may have been misread
    sections: int


@dataclass(frozen=True, kw_only=True)
class ManagedPlan(PlanSummary):
    """A plan that is answered from; its file may lie where it cannot be changed from here."""

    managed: bool


@dataclass(frozen=True, kw_only=True)
class WaitingFile:
    """A file that was uploaded and is not published yet; see ``library.Proposal``."""

    id: str
    name: str
    plan: PlanSummary
    replaces: str
    same_as: str


@dataclass(frozen=True, kw_only=True)
class Preview(WaitingFile):
    """The same with its outline."""

    outline: tuple[OutlineEntry, ...]


@dataclass(frozen=True, kw_only=True)
class JobState:
    """A change that is under way, or the last one; see ``library.Job``."""

    stage: Stage
    done: int
    of: int
    message: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    running: bool
    said: str


@dataclass(frozen=True)
class LibraryState:
    """The plans, the files that wait, and the change under way or the last one; null when there was none."""

    plans: tuple[ManagedPlan, ...]
    proposals: tuple[WaitingFile, ...]
    job: JobState | None


def add_library(app: FastAPI, library: Library, plans: Callable[[], Mapping[str, Plan]], settings: Settings, recorded: Recorded) -> None:
    """Adds ``/api/library`` to ``app``; ``plans`` gives those that are answered from now, ``recorded`` is told of every change that begins."""

    def manager(request: Request) -> None:
        managers.may_manage(request, settings)

    def record(request: Request, change: Change) -> None:
        recorded(asker(request), address_of(request), change)

    def digest(plan_id: str) -> str:
        present = plans().get(plan_id)
        return present.digest if present else ""

    door = APIRouter(prefix="/api/library", tags=["library"])
    api = APIRouter(prefix="/api/library", tags=["library"], responses=refusals(404, 409), dependencies=[Depends(manager)])

    @door.post("/session", status_code=204)
    def sign_in_manager(request: Request, response: Response, token: Annotated[str, Body(embed=True, max_length=1000)]) -> None:
        """Exchange the token for a cookie that no script reads."""
        managers.sign_in(request, response, token, settings)

    @door.delete("/session", status_code=204)
    def sign_out_manager(request: Request, response: Response) -> None:
        """Take the cookie back."""
        managers.sign_out(request, response, settings)

    @api.get("")
    def library_state() -> LibraryState:
        """The plans with how they were read, the files that wait to be published, and the change under way or the last one."""
        present = tuple(ManagedPlan(**_summary(plan), managed=library.is_managed(plan)) for plan in plans().values())
        return LibraryState(present, tuple(WaitingFile(**_proposal(proposal)) for proposal in library.proposals()), _job(library.job))

    @api.post("/proposals", status_code=201, responses=refusals(411, 413))
    async def propose(request: Request) -> WaitingFile:
        """Upload one file as the form field ``file``; with ``replaces``, the id of a plan, it is to come in that plan's place."""
        async with request.form(max_files=1, max_fields=1) as form:
            file, replaces = form.get("file"), form.get("replaces", "")
            if not isinstance(file, UploadFile) or not file.filename or not isinstance(replaces, str):
                raise HTTPException(422, messages.ONE_FILE)
            proposal = await run_in_threadpool(_propose, library, file, file.filename, replaces)
        if await request.is_disconnected():  # the upload was called back while the file was read
            await run_in_threadpool(library.discard, proposal.id)
        else:
            record(request, _change("propose", proposal))
        return WaitingFile(**_proposal(proposal))

    @api.post("/proposals/{id_}", status_code=201)
    def propose_again(id_: str, replaces: Annotated[str, Body(embed=True)] = "") -> WaitingFile:
        """Read an uploaded file once more, to come in the place of a plan, or of none; it has another id then."""
        return WaitingFile(**_proposal(library.propose_again(id_, replaces)))

    @api.get("/proposals/{id_}")
    def preview(id_: str) -> Preview:
        """How a file was read: what it says of itself, its outline and what to check."""
        proposal = library.proposal(id_)
        return Preview(**_proposal(proposal), outline=tuple(outline_of(proposal.plan)))

    @api.delete("/proposals/{id_}", status_code=204)
    def discard(request: Request, id_: str) -> None:
        """Throw an uploaded file away."""
        proposal = library.proposal(id_)
        library.discard(id_)
        record(request, _change("discard", proposal))

    @api.post("/proposals/{id_}/publish", status_code=202)
    def publish(request: Request, id_: str) -> JobState:
        """Begin to publish a file; ``/job`` tells how it goes on."""
        proposal = library.proposal(id_)
        change = replace(_change("publish", proposal), before=digest(proposal.plan.id))
        begun = library.publish(id_)
        record(request, change)
        return _state(begun)

    @api.delete("/plans/{plan_id}", status_code=202)
    def remove(request: Request, plan_id: str) -> JobState:
        """Begin to take a plan out; what answers quote of it stays in them."""
        change = Change("remove", plan_id, before=digest(plan_id))
        begun = library.remove(plan_id)
        record(request, change)
        return _state(begun)

    @api.post("/read", status_code=202)
    def read_again(request: Request) -> JobState:
        """Begin to read what has changed in the folder of plans."""
        begun = library.read_again()
        record(request, Change("read"))
        return _state(begun)

    @api.get("/job")
    def job() -> JobState | None:
        """The change under way or the last one; null when there was none."""
        return _job(library.job)

    def refused(request: Request, error: Exception) -> Response:
        return JSONResponse({"detail": str(error)}, _STATUS[type(error)])

    for kind in (LibraryError, UnknownPlan):
        app.add_exception_handler(kind, refused)
    app.include_router(door)
    app.include_router(api)


def _propose(library: Library, file: UploadFile, name: str, replaces: str) -> Proposal:
    with tempfile.TemporaryDirectory(prefix="xhht-upload-") as folder:
        content = Path(folder) / "file"
        with content.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        return library.propose(name, content, replaces)


def _summary(plan: Plan) -> dict[str, Any]:
    """The fields of ``PlanSummary``."""
    doubtful = (section.address for section in plan.sections if any(paragraph.doubtful for paragraph in section.paragraphs))
    warnings = (messages.reading_warning(warning) for warning in plan.warnings)
    same = {name: getattr(plan, name) for name in ("id", "title", "digest", "metadata", "legibility")}
    return same | {"file": Path(plan.path).name, "warnings": tuple(warnings), "doubtful": tuple(doubtful), "sections": len(plan.sections)}


def _proposal(proposal: Proposal) -> dict[str, Any]:
    """The fields of ``WaitingFile``."""
    return {part.name: getattr(proposal, part.name) for part in fields(Proposal)} | {"plan": PlanSummary(**_summary(proposal.plan))}


def _change(action: Literal["propose", "discard", "publish"], proposal: Proposal) -> Change:
    return Change(action, proposal.plan.id, proposal.plan.digest, file=proposal.name)


def _state(job: Job) -> JobState:
    return JobState(**asdict(job), running=job.is_running, said=messages.LIBRARY_STAGES[job.stage])


def _job(job: Job | None) -> JobState | None:
    return _state(job) if job else None
