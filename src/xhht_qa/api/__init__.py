"""The HTTP door: every address but the chat's own, which ``ui`` mounts."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException as StarletteHTTPException

from xhht_qa import messages
from xhht_qa.access import Access
from xhht_qa.access.managers import manages
from xhht_qa.api.delivery import Delivery
from xhht_qa.api.documents import add_documents
from xhht_qa.api.embed import add_embed
from xhht_qa.api.feedback import add_feedback
from xhht_qa.api.headers import SecurityHeaders
from xhht_qa.api.library import add_library
from xhht_qa.api.limits import BodyLimit
from xhht_qa.api.management import add_management
from xhht_qa.archive import Archive
from xhht_qa.engine import Engine
from xhht_qa.errors import Refused, TooMany
from xhht_qa.library import Library
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.views import router

WEB = Path(__file__).parents[1] / "web"
CHAT_PATH = "/chat"


def create_app(engine: Engine, settings: Settings, archive: Archive | None = None, service: Service | None = None, library: Library | None = None) -> FastAPI:
    """Everything but the chat itself, which ``ui.mount_chat`` adds at ``CHAT_PATH``; whoever asks does so by ``app.state.service``.

    Without a library no plan can be managed.
    """
    app = FastAPI(title="Hỏi đáp kế hoạch", docs_url=None, redoc_url=None)
    app.state.service = service or Service(settings, archive)
    static = StaticFiles(directory=WEB / "static")

    def of_every_page(request: Request) -> dict[str, object]:
        managed = (messages.MANAGEMENT_PAGE,) if library and manages(request, settings) else ()
        return {"root": _root(request), "pages": messages.PAGES + managed}

    templates = Jinja2Templates(WEB / "templates", context_processors=[of_every_page])

    @app.get("/", include_in_schema=False)
    def home(request: Request) -> RedirectResponse:
        return RedirectResponse(f"{_root(request)}{CHAT_PATH}/")

    @app.get("/health")
    def health() -> dict[str, str]:
        """The server answers."""
        return {"status": "ok"}

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> FileResponse:
        return FileResponse(WEB / "static" / "icon.svg")

    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> Response:
        # FastAPI's own words are English; only ours, raised in this module, are fit to be shown.
        return told_of(request, error.detail if isinstance(error, HTTPException) else "Địa chỉ này không có trang nào.", error.status_code)

    @app.exception_handler(RequestValidationError)
    def misshapen(request: Request, error: RequestValidationError) -> Response:
        return told_of(request, messages.bad_field(str(error.errors()[0]["loc"][-1])), 422)

    @app.exception_handler(Refused)
    def not_now(request: Request, error: Refused) -> Response:
        return JSONResponse({"detail": str(error)}, 429 if isinstance(error, TooMany) else 503, {"Retry-After": str(error.seconds)})

    def told_of(request: Request, reason: str, status: int) -> Response:
        if request.scope["path"].startswith(f"{_root(request)}/api/"):
            return JSONResponse({"detail": reason}, status)
        return templates.TemplateResponse(request, "missing.html", {"reason": reason}, status)

    add_documents(app, engine, templates, archive)
    add_feedback(app, engine, settings)
    add_embed(app, templates, static, settings)
    app.include_router(router(templates))
    if library:
        add_library(app, library, lambda: engine.plans, settings)
        add_management(app, library, lambda: engine.plans, settings, templates)
    app.mount("/static", static, name="static")
    # With a policy of its own on the parent, the mounted chat stops answering every origin with credentials.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Access, engine=engine, settings=settings)
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    app.add_middleware(Delivery, static=WEB / "static")
    return app


def _root(request: Request) -> str:
    """The path under which a portal may have placed the whole server, "" when none has."""
    return str(request.scope.get("root_path", ""))
