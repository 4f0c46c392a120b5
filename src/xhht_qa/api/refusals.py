"""How a request is refused: one Vietnamese sentence, as JSON for programs and as a page for people; never a stack trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Match

from xhht_qa import messages
from xhht_qa.errors import QuestionError, Refused, TooMany

FOR_PROGRAMS = ("/api/", "/mcp", "/health", "/readiness", "/version", "/openapi.json")
_OURS = {400: messages.NOT_JSON, 405: messages.NO_METHOD, 413: messages.TOO_LARGE}  # of what the framework refuses by itself
_OPENAI: dict[int, tuple[str, str | None]] = {
    401: ("invalid_request_error", "invalid_api_key"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
}
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_BROKEN_JSON = "json_invalid"


class Refusal(BaseModel):
    """The body of every refusal under ``/api``."""

    detail: Annotated[str, Field(examples=[messages.EMPTY_QUESTION])]


class OpenAIError(BaseModel):
    """Why, as OpenAI tells it."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIRefusal(BaseModel):
    """The body of every refusal under ``/v1``."""

    error: OpenAIError


def openai_refusal(reason: str, status: int) -> dict[str, Any]:
    """The body of a refusal in the form that OpenAI's clients read."""
    kind, code = _OPENAI.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
    return {"error": {"message": reason, "type": kind, "param": None, "code": code}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the API's description says of the refusals that a route knows."""
    return {status: {"model": Refusal, "description": messages.REFUSED_BECAUSE[status]} for status in statuses}


def add_refusals(app: FastAPI, templates: Jinja2Templates) -> Callable[[Request, str, int, Mapping[str, str] | None], Response]:
    """Every error of ``app`` is told so from now on; what tells one that arises elsewhere."""

    @app.exception_handler(StarletteHTTPException)
    def refused(request: Request, error: StarletteHTTPException) -> Response:
        # The framework's own words are English; only ours are fit to be shown.
        reason = error.detail if isinstance(error, HTTPException) else _OURS.get(error.status_code, messages.NO_PAGE)
        return told(request, reason, error.status_code, _allowed(app, request) if error.status_code == 405 else error.headers)

    @app.exception_handler(RequestValidationError)
    def misshapen(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        names = [part for part in first["loc"][1:] if isinstance(part, str)]  # behind "query" or "body"; a number is a place in a list
        return told(request, messages.NOT_JSON if first["type"] == _BROKEN_JSON else messages.bad_field(names[-1] if names else ""), 422)

    @app.exception_handler(QuestionError)
    def unanswerable(request: Request, error: QuestionError) -> Response:
        return told(request, str(error), 422)

    @app.exception_handler(Refused)
    def not_now(request: Request, error: Refused) -> Response:
        return told(request, str(error), 429 if isinstance(error, TooMany) else 503, {"Retry-After": str(error.seconds)})

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        return told(request, messages.UNEXPECTED, 500)

    def told(request: Request, reason: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
        if _below(request).startswith("/v1/"):
            return JSONResponse(openai_refusal(reason, status), 400 if status == 422 else status, headers)
        if _below(request).startswith(FOR_PROGRAMS):
            return JSONResponse({"detail": reason}, status, headers)
        return templates.TemplateResponse(request, "missing.html", {"reason": reason, "lost": status == 404}, status, headers)

    return told


def _below(request: Request) -> str:
    """The path below the one under which a portal shows the server."""
    return str(request.scope["path"]).removeprefix(request.scope.get("root_path", ""))


def _allowed(app: FastAPI, request: Request) -> dict[str, str]:
    """The methods of every route at this address; the framework names those of the first one alone."""
    scope, routes = dict(request.scope), app.router.routes
    methods = [method for method in _METHODS if any(route.matches(scope | {"method": method})[0] is Match.FULL for route in routes)]
    return {"Allow": ", ".join(methods)}
