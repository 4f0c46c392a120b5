"""The HTTP door: every address but the chat's own, which ``ui`` mounts."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from xhht_qa import messages
from xhht_qa.access import name_of
from xhht_qa.access.entry import add_access
from xhht_qa.access.managers import manages
from xhht_qa.access.oidc import pages_of
from xhht_qa.api.ask import router as ask
from xhht_qa.api.completions import router as completions
from xhht_qa.api.delivery import Delivery
from xhht_qa.api.documents import add_documents
from xhht_qa.api.embed import add_embed
from xhht_qa.api.facts import router as facts
from xhht_qa.api.feedback import add_feedback
from xhht_qa.api.library import Recorded, add_library
from xhht_qa.api.management import add_management
from xhht_qa.api.plans import router as plans
from xhht_qa.api.reference import add_reference, operation_id
from xhht_qa.api.refusals import add_refusals
from xhht_qa.api.state import state
from xhht_qa.archive import Archive
from xhht_qa.door import guard
from xhht_qa.engine import Engine
from xhht_qa.library import Library
from xhht_qa.service import Service
from xhht_qa.settings import Settings
from xhht_qa.views import router

WEB = Path(__file__).parents[1] / "web"
CHAT_PATH = "/chat"


def create_app(
    engine: Engine,
    settings: Settings,
    archive: Archive | None = None,
    service: Service | None = None,
    library: Library | None = None,
    recorded: Recorded = lambda asker, address, change: None,
) -> FastAPI:
    """Everything but the chat itself, which ``ui.mount_chat`` adds at ``CHAT_PATH``; whoever asks does so by ``app.state.service``.

    Without a library no plan can be managed; ``recorded`` is told who has had what done to it.
    """
    from xhht_qa.api.mcp import add_mcp  # the kit of the protocol is heavy, and brings a web server of its own

    app = FastAPI(title=messages.API_TITLE, version=version("xhht-qa"), docs_url=None, redoc_url=None, generate_unique_id_function=operation_id)
    app.state.service = service or Service(settings, archive)
    static = StaticFiles(directory=WEB / "static")

    def of_every_page(request: Request) -> dict[str, object]:
        managed = (messages.MANAGEMENT_PAGE,) if library and manages(request) else ()
        return {"root": _root(request), "pages": messages.PAGES + managed + pages_of(request), "who": name_of(request)}

    templates = Jinja2Templates(WEB / "templates", context_processors=[of_every_page])

    @app.get("/", include_in_schema=False)
    def home(request: Request) -> RedirectResponse:
        return RedirectResponse(f"{_root(request)}{CHAT_PATH}/")

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> FileResponse:
        return FileResponse(WEB / "static" / "icon.svg")

    told = add_refusals(app, templates)
    add_reference(app)
    app.include_router(state(engine, archive))
    app.include_router(ask)
    app.include_router(completions)
    app.include_router(plans)
    app.include_router(facts)
    add_mcp(app, app.state.service)
    add_documents(app, templates, archive)
    add_feedback(app, settings)
    add_embed(app, templates, static, settings)
    app.include_router(router(templates))
    if library:
        add_library(app, library, lambda: engine.plans, settings, recorded)
        add_management(app, library, lambda: engine.plans, settings, templates)
    app.mount("/static", static, name="static")
    add_access(app, engine, settings, templates, told)
    guard(app, settings, CHAT_PATH)
    app.add_middleware(Delivery, static=WEB / "static")
    return app


def _root(request: Request) -> str:
    """The path under which a portal may have placed the whole server, "" when none has."""
    return str(request.scope.get("root_path", ""))
