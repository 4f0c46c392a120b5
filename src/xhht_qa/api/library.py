"""Managing plans over HTTP, for those who may: propose a file, look at it, publish, replace, remove."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from xhht_qa import messages
from xhht_qa.access import managers
from xhht_qa.access.visitors import same_origin
from xhht_qa.api.refusals import refusals
from xhht_qa.errors import LibraryBusy, LibraryError, UnknownPlan, UnknownProposal
from xhht_qa.library import Job, Library, Proposal
from xhht_qa.settings import Settings
from xhht_qa.types import Plan

_STATUS: dict[type[Exception], int] = {UnknownPlan: 404, UnknownProposal: 404, LibraryBusy: 409, LibraryError: 422}


def add_library(app: FastAPI, library: Library, plans: Callable[[], Mapping[str, Plan]], settings: Settings) -> None:
    """Adds ``/api/library`` to ``app``; ``plans`` gives those that are answered from now."""

    def manager(request: Request) -> None:
        managers.may_manage(request, settings)

    door = APIRouter(prefix="/api/library", tags=["library"], dependencies=[Depends(same_origin)])
    api = APIRouter(prefix="/api/library", tags=["library"], responses=refusals(404, 409), dependencies=[Depends(same_origin), Depends(manager)])

    @door.post("/session", status_code=204)
    def sign_in_manager(request: Request, response: Response, token: Annotated[str, Body(embed=True, max_length=1000)]) -> None:
        """Exchange the token for a cookie that no script reads."""
        managers.sign_in(request, response, token, settings)

    @door.delete("/session", status_code=204)
    def sign_out_manager(request: Request, response: Response) -> None:
        """Take the cookie back."""
        managers.sign_out(request, response)

    @api.get("")
    def library_state() -> dict[str, Any]:
        """The plans with how they were read, the files that wait to be published, and the change under way or the last one."""
        return {
            "plans": [_summary(plan) | {"managed": library.is_managed(plan)} for plan in plans().values()],
            "proposals": [_proposal(proposal) for proposal in library.proposals()],
            "job": _job(library.job),
        }

    @api.post("/proposals", status_code=201, responses=refusals(411, 413))
    async def propose(request: Request) -> dict[str, Any]:
        """Upload one file as the form field ``file``; with ``replaces``, the id of a plan, it is to come in that plan's place."""
        async with request.form(max_files=1, max_fields=1) as form:
            file, replaces = form.get("file"), form.get("replaces", "")
            if not isinstance(file, UploadFile) or not file.filename or not isinstance(replaces, str):
                raise HTTPException(422, messages.ONE_FILE)
            proposal = await run_in_threadpool(_propose, library, file, file.filename, replaces)
        if await request.is_disconnected():  # the upload was called back while the file was read
            await run_in_threadpool(library.discard, proposal.id)
        return _proposal(proposal)

    @api.post("/proposals/{id_}", status_code=201)
    def propose_again(id_: str, replaces: Annotated[str, Body(embed=True)] = "") -> dict[str, Any]:
        """Read an uploaded file once more, to come in the place of a plan, or of none; it has another id then."""
        return _proposal(library.propose_again(id_, replaces))

    @api.get("/proposals/{id_}")
    def preview(id_: str) -> dict[str, Any]:
        """How a file was read: what it says of itself, its outline and what to check."""
        proposal = library.proposal(id_)
        outline = [
            {"address": section.address, "label": section.label, "title": section.title, "first_line": section.first_line, "last_line": section.last_line}
            for section in proposal.plan.sections
        ]
        return _proposal(proposal) | {"outline": outline}

    @api.delete("/proposals/{id_}", status_code=204)
    def discard(id_: str) -> None:
        """Throw an uploaded file away."""
        library.discard(id_)

    @api.post("/proposals/{id_}/publish", status_code=202)
    def publish(id_: str) -> dict[str, Any] | None:
        """Begin to publish a file; ``/job`` tells how it goes on."""
        return _job(library.publish(id_))

    @api.delete("/plans/{plan_id}", status_code=202)
    def remove(plan_id: str) -> dict[str, Any] | None:
        """Begin to take a plan out; what answers quote of it stays in them."""
        return _job(library.remove(plan_id))

    @api.post("/read", status_code=202)
    def read_again() -> dict[str, Any] | None:
        """Begin to read what has changed in the folder of plans."""
        return _job(library.read_again())

    @api.get("/job")
    def job() -> dict[str, Any] | None:
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
    """A plan without its text."""
    metadata = asdict(plan.metadata)
    doubtful = [section.address for section in plan.sections if any(paragraph.doubtful for paragraph in section.paragraphs)]
    warnings = [messages.reading_warning(warning) for warning in plan.warnings]
    read = {"legibility": asdict(plan.legibility), "warnings": warnings, "doubtful": doubtful, "sections": len(plan.sections)}
    return {"id": plan.id, "title": plan.title, "file": Path(plan.path).name, "digest": plan.digest, "metadata": metadata} | read


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {"id": proposal.id, "name": proposal.name, "plan": _summary(proposal.plan), "replaces": proposal.replaces, "same_as": proposal.same_as}


def _job(job: Job | None) -> dict[str, Any] | None:
    return asdict(job) | {"running": job.is_running, "said": messages.LIBRARY_STAGES[job.stage]} if job else None
