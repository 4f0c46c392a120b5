"""Managing plans over HTTP, for those who may: propose a file, look at it, publish, replace, remove."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
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
from xhht_qa.access.visitors import same_origin
from xhht_qa.errors import LibraryBusy, LibraryError, UnknownPlan, UnknownProposal
from xhht_qa.library import Job, Library, Proposal
from xhht_qa.settings import Settings
from xhht_qa.types import Plan

COOKIE = "xhht_manager"
_FORM_BYTES = 10_000  # of a form beside its file
_HOURS_SECONDS = 12 * 3600
_STATUS: dict[type[Exception], int] = {UnknownPlan: 404, UnknownProposal: 404, LibraryBusy: 409, LibraryError: 422}


def add_library(app: FastAPI, library: Library, plans: Callable[[], Mapping[str, Plan]], settings: Settings) -> None:
    """Adds ``/api/library`` to ``app``; ``plans`` gives those that are answered from now."""

    def manager(request: Request) -> None:
        may_manage(request, settings)

    door = APIRouter(prefix="/api/library", dependencies=[Depends(same_origin)])
    api = APIRouter(prefix="/api/library", dependencies=[Depends(same_origin), Depends(manager)])

    @door.post("/session", status_code=204)
    def sign_in(request: Request, response: Response, token: Annotated[str, Body(embed=True, max_length=1000)]) -> None:
        """Exchange the token for a cookie that no script reads."""
        if not settings.admin_token or not secrets.compare_digest(_cookie(token), _cookie(settings.admin_token)):
            raise HTTPException(403, messages.WRONG_TOKEN if settings.admin_token else messages.MANAGEMENT_CLOSED)
        safe = request.url.scheme == "https"
        response.set_cookie(COOKIE, _cookie(token), max_age=_HOURS_SECONDS, path=_root(request), httponly=True, samesite="strict", secure=safe)

    @door.delete("/session", status_code=204)
    def sign_out(request: Request, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(COOKIE, path=_root(request))

    @api.get("")
    def listed() -> dict[str, Any]:
        """The plans with how they were read, the files that wait to be published, and the change under way or the last one."""
        return {
            "plans": [_summary(plan) | {"managed": library.is_managed(plan)} for plan in plans().values()],
            "proposals": [_proposal(proposal) for proposal in library.proposals()],
            "job": _job(library.job),
        }

    @api.post("/proposals", status_code=201)
    async def propose(request: Request) -> dict[str, Any]:
        """Upload one file as the form field ``file``; with ``replaces``, the id of a plan, it is to come in that plan's place."""
        length = request.headers.get("content-length", "")
        if not length.isdigit():
            raise HTTPException(411, messages.ONE_FILE)
        if int(length) > settings.max_upload_mb * 1_000_000 + _FORM_BYTES:
            raise HTTPException(413, messages.too_large_file(settings.max_upload_mb))
        async with request.form(max_files=1, max_fields=1) as form:
            file, replaces = form.get("file"), form.get("replaces", "")
            if not isinstance(file, UploadFile) or not file.filename or not isinstance(replaces, str):
                raise HTTPException(422, messages.ONE_FILE)
            return _proposal(await run_in_threadpool(_propose, library, file, file.filename, replaces))

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


def may_manage(request: Request, settings: Settings) -> None:
    """Refuse whoever does not bring the token; a sign-in will decide here, and nowhere else. Raises HTTPException."""
    if settings.admin_token:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        brought = _cookie(token.strip()) if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
        if not secrets.compare_digest(brought.encode(), _cookie(settings.admin_token).encode()):
            raise HTTPException(403, messages.NOT_MANAGER)
    elif not (settings.admin_on_loopback and _at_the_server(request)):
        raise HTTPException(403, messages.MANAGEMENT_CLOSED)


def _at_the_server(request: Request) -> bool:
    """Whether the browser runs on the server itself, and no proxy stands before it that would make everyone seem to."""
    if {"forwarded", "x-forwarded-for", "x-real-ip", "via"} & set(request.headers) or request.client is None:
        return False
    # The name must be the machine's own: a page of others may have had its name lead here.
    return _is_loopback(request.client.host) and (request.url.hostname == "localhost" or _is_loopback(request.url.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _cookie(token: str) -> str:
    """What a browser keeps in the place of the token, and what is compared: of equal length whatever was typed."""
    return hashlib.sha256(f"xhht:{token}".encode("utf-8", "ignore")).hexdigest()


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"


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
