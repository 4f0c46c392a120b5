"""The pages on which plans are managed; what is pressed there is asked of ``/api/library``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from xhht_qa import messages
from xhht_qa.access.managers import manages
from xhht_qa.errors import QuestionError, UnknownProposal
from xhht_qa.library import Library
from xhht_qa.settings import Settings
from xhht_qa.types import Plan
from xhht_qa.views.asked import Asked
from xhht_qa.views.management import management, preview
from xhht_qa.views.pages import context

PATH = messages.MANAGEMENT_PAGE[0]
_UNKEPT = {"Cache-Control": "no-store"}  # what is not published yet stays in no cache


def add_management(app: FastAPI, library: Library, plans: Callable[[], Mapping[str, Plan]], settings: Settings, templates: Jinja2Templates) -> None:
    """Adds ``/quan-ly`` to ``app``: the page, and one for each file that waits to be published."""
    pages = APIRouter(prefix=f"/{PATH}", include_in_schema=False, default_response_class=HTMLResponse)
    about: dict[str, object] = {
        "current": PATH,
        "path": PATH,
        "megabytes": settings.max_upload_mb,
        "has_token": bool(settings.admin_token),
        "signed_in": settings.sign_in != "open",
    }

    @pages.get("")
    def page(request: Request) -> Response:
        if not manages(request):
            return templates.TemplateResponse(request, "sign-in.html", about, 200 if settings.admin_token else 403, _UNKEPT)
        try:
            shown = management(library, plans(), Asked(dict(request.query_params)))
        except QuestionError as error:
            return templates.TemplateResponse(request, "refused.html", about | {"reason": str(error)}, 400, _UNKEPT)
        return templates.TemplateResponse(request, "management.html", context(request, PATH, shown) | about, headers=_UNKEPT)

    @pages.get("/{id_}")
    def file(request: Request, id_: str) -> Response:
        if not manages(request):
            return RedirectResponse(f"{request.scope.get('root_path', '')}/{PATH}", 303)
        try:
            shown = preview(library, plans(), library.proposal(id_))
        except UnknownProposal as error:
            raise HTTPException(404, str(error)) from None
        return templates.TemplateResponse(request, "preview.html", about | {"view": shown}, headers=_UNKEPT)

    app.include_router(pages)
