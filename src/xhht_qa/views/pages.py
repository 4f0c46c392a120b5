"""The addresses of the views: each page, and the files that hold what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from xhht_qa.access import engine_for
from xhht_qa.engine import Engine
from xhht_qa.errors import QuestionError, UnknownPlan
from xhht_qa.facts import calendar
from xhht_qa.views import paging
from xhht_qa.views.asked import Asked
from xhht_qa.views.choices import choices
from xhht_qa.views.comparison import comparison
from xhht_qa.views.criteria import criteria
from xhht_qa.views.deadlines import deadlines
from xhht_qa.views.documents import documents
from xhht_qa.views.reporting import reporting
from xhht_qa.views.table import Table

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Tabular(Protocol):
    """A page that can be had as a file."""

    @property
    def table(self) -> Table: ...


def router(templates: Jinja2Templates) -> APIRouter:
    """Every view of the plans that the sender of a request may see."""
    pages = APIRouter(include_in_schema=False)
    templates.env.filters["choices"] = choices

    def add(path: str, template: str, view: Callable[[Engine, Asked], Any]) -> None:
        def page(request: Request) -> Response:
            return answered(request, path, lambda engine, asked: templates.TemplateResponse(request, template, context(request, path, view(engine, asked))))

        pages.add_api_route(f"/{path}", page, methods=["GET"])

    def add_file(path: str, suffix: str, kind: str, written: Callable[[Engine, Asked], bytes]) -> None:
        def file(request: Request) -> Response:
            headers = {"Content-Disposition": f'attachment; filename="{path}.{suffix}"'}
            return answered(request, path, lambda engine, asked: Response(written(engine, asked), media_type=kind, headers=headers))

        pages.add_api_route(f"/{path}.{suffix}", file, methods=["GET"])

    def add_tables(path: str, view: Callable[[Engine, Asked], _Tabular]) -> None:
        add_file(path, "csv", "text/csv; charset=utf-8", lambda engine, asked: view(engine, asked).table.as_csv())
        add_file(path, "xlsx", _SPREADSHEET, lambda engine, asked: view(engine, asked).table.as_xlsx())

    def answered(request: Request, path: str, answer: Callable[[Engine, Asked], Response]) -> Response:
        """The answer, all of it from one state of the plans, or why there is none in one sentence."""
        try:
            with engine_for(request).hold() as engine:
                return answer(engine, Asked(dict(request.query_params)))
        except (QuestionError, UnknownPlan) as error:
            return templates.TemplateResponse(request, "refused.html", {"current": path, "path": path, "reason": str(error)}, 400)

    def due(engine: Engine, asked: Asked) -> Any:
        return deadlines(engine, asked, date.today())

    add("thoi-han", "deadlines.html", due)
    add_tables("thoi-han", due)
    add_file("thoi-han", "ics", "text/calendar; charset=utf-8", lambda engine, asked: calendar(due(engine, asked).stated, datetime.now(UTC))[0])
    add("dau-moi", "reporting.html", reporting)
    add_tables("dau-moi", reporting)
    add("tieu-chi", "criteria.html", criteria)
    add_tables("tieu-chi", criteria)
    add("so-sanh", "comparison.html", comparison)
    add("van-ban", "documents.html", documents)
    add_tables("van-ban", documents)
    return pages


def context(request: Request, path: str, view: object) -> dict[str, object]:
    """``query`` is the address's own, for the files of the page; ``with_`` gives it with some values changed ("" drops one).

    Another filter begins at the first page again; another page keeps the filters, and the page of the other list.
    """
    given = {name: value for name, value in request.query_params.items() if value.strip()}
    filters = {name: value for name, value in given.items() if name not in paging.NAMES}

    def with_(**changed: object) -> str:
        base = given if changed.keys() <= paging.NAMES else filters
        kept = {name: value for name, value in {**base, **changed}.items() if value not in ("", None)}
        return f"?{urlencode(kept)}" if kept else "?"

    return {"view": view, "current": path, "path": path, "query": f"?{urlencode(filters)}" if filters else "", "with_": with_, "is_filtered": bool(filters)}
