"""Plans over HTTP: as pages that stand alone, as fragments for the chat, and the files they were read from."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, Response
from fastapi.templating import Jinja2Templates

from xhht_qa import messages
from xhht_qa.api.blocks import blocks
from xhht_qa.api.given import Seen
from xhht_qa.archive import Archive
from xhht_qa.engine import Engine
from xhht_qa.errors import PictureError
from xhht_qa.pictures import Pictures
from xhht_qa.types import Metadata, Plan


def add_documents(app: FastAPI, templates: Jinja2Templates, archive: Archive | None) -> None:
    """Adds ``/doc`` to ``app``; the archive has the editions that kept answers cite."""
    templates.env.filters["printed_date"] = printed_date
    pictures = Pictures()

    def plan_or_404(engine: Engine, plan_id: str, edition: str = "") -> Plan:
        present = engine.plans.get(plan_id)
        if edition and (present is None or present.digest != edition):
            present = archive.edition(engine, plan_id, edition) if archive else None
        if present is None:
            raise HTTPException(404, messages.no_such_edition(plan_id) if edition else messages.no_plan(plan_id))
        return present

    def shown(engine: Engine, plan: Plan) -> dict[str, object]:
        present = engine.plans.get(plan.id)
        return {"plan": plan, "blocks": blocks(plan), "is_old": present is None or present.digest != plan.digest, "is_gone": present is None}

    def original_file(engine: Engine, plan: Plan) -> Path:
        file = engine.index.original(plan)
        return archive.editions.original(plan) if archive and not file.is_file() else file

    @app.get("/doc/{plan_id}", include_in_schema=False)
    def document(request: Request, engine: Seen, plan_id: str, ban: str = "") -> Response:
        """A plan as a page that can be sent to a colleague; ``#III.2.a`` opens it at that section, ``?ban=DIGEST`` an edition that a kept answer cites."""
        return templates.TemplateResponse(request, "document.html", shown(engine, plan_or_404(engine, plan_id, ban)))

    @app.api_route("/doc/{plan_id}/original", methods=["GET", "HEAD"], include_in_schema=False)
    def original(engine: Seen, plan_id: str, ban: str = "") -> Response:
        """The file that the plan was read from, as it was then; ``#page=3`` opens a PDF at that page."""
        plan = plan_or_404(engine, plan_id, ban)
        file, name = original_file(engine, plan), Path(plan.path).name
        if plan.legibility.format != ".txt":  # by its bytes, whatever it was called; text goes by many suffixes
            name = Path(name).with_suffix(plan.legibility.format).name
        if not file.is_file():
            raise HTTPException(404, messages.no_original(plan.title))
        if plan.legibility.format == ".pdf":
            return FileResponse(file, media_type="application/pdf", filename=name, content_disposition_type="inline")
        # A web page of others must not run under our address, and no browser shows the other formats.
        return FileResponse(file, media_type="application/octet-stream", filename=name)

    @app.get("/doc/{plan_id}/page/{number}.png", include_in_schema=False)
    def page_picture(request: Request, engine: Seen, plan_id: str, number: int, ban: str = "") -> Response:
        """A page of a PDF original as it looks, counted from 1."""
        plan = plan_or_404(engine, plan_id, ban)
        if plan.legibility.format != ".pdf" or not 1 <= number <= plan.legibility.pages:
            raise HTTPException(404, messages.no_such_page(number))
        tag = {"ETag": f'"{plan.digest[:32]}-{number}"'}
        if request.headers.get("if-none-match") == tag["ETag"]:
            return Response(status_code=304, headers=tag)
        try:
            picture = pictures.page(original_file(engine, plan), number)
        except PictureError:
            raise HTTPException(404, messages.no_such_page(number)) from None
        return Response(picture, media_type="image/png", headers=tag)

    @app.get("/api/plans/{plan_id}/fragment", include_in_schema=False)
    def fragment(request: Request, engine: Seen, plan_id: str, ban: str = "") -> Response:
        """The same document without a page around it, for the source pane of the chat."""
        return templates.TemplateResponse(request, "fragment.html", shown(engine, plan_or_404(engine, plan_id, ban)))


def printed_date(metadata: Metadata) -> str:
    """The date of a plan with its noun, as far as it is printed."""
    return messages.dated(metadata.date)
