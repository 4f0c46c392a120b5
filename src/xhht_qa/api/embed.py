"""What portals take in: the script that draws a button or a panel, and the page that both frame."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from xhht_qa import messages
from xhht_qa.access import admitted
from xhht_qa.settings import Settings

_LONGEST = 200  # characters of what an address gives


def add_embed(app: FastAPI, templates: Jinja2Templates, scripts: StaticFiles, settings: Settings) -> None:
    """Adds ``/widget.js`` and ``/embed`` to ``app``; ``scripts`` holds the former."""

    @app.api_route("/widget.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def widget(request: Request) -> Response:
        """The script, at an address that stays; a browser asks each time whether it is still the same one."""
        response = await scripts.get_response("widget.js", request.scope)
        response.headers["Content-Type"] = "text/javascript; charset=utf-8"  # whatever this machine believes
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # for portals that isolate themselves
        return response

    @app.get("/embed", response_class=HTMLResponse, include_in_schema=False)
    def embed(
        request: Request,
        plans: str = "",
        title: Annotated[str, Query(max_length=_LONGEST)] = "",
        theme: Annotated[str, Query(max_length=_LONGEST)] = "",
        accent: Annotated[str, Query(max_length=_LONGEST)] = "",
        name: Annotated[str, Query(max_length=_LONGEST)] = "",
        closes: bool = False,
    ) -> Response:
        """The conversation as a page for a frame; ``plans`` are ids with commas between them, ``closes`` draws a button to the frame's owner."""
        shown = {
            "said": messages,
            "title": title or messages.TITLE,
            "theme": theme,
            "accent": accent,
            "name": name,
            "closes": closes,
            "signed_out": not admitted(request),
            "scope": [plan for plan in plans.split(",") if plan],
            "turns": settings.max_history_turns,
        }
        return templates.TemplateResponse(request, "embed.html", shown)
