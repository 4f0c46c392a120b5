"""What programs are told of the API: the OpenAPI document, and a page that shows it without asking any other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles

from xhht_qa import messages
from xhht_qa.api.refusals import refusals

PATH = "/docs"
_ALWAYS = refusals(401, 403, 422, 429)  # of whatever is under /api
_WITH_BODY = refusals(400)
_LEFT_OUT = ("Answer", "checked")  # where no language model was to be asked


def add_reference(app: FastAPI) -> None:
    """Adds ``/docs``; ``/openapi.json`` is told of every route that ``app`` has when it is first asked for."""
    app.mount(f"{PATH}/static", StaticFiles(directory=Path(fastapi_offline.__file__).parent / "static"), name="reference")

    @app.get(PATH, include_in_schema=False)
    def reference(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        return get_swagger_ui_html(
            openapi_url=f"{root}/openapi.json",
            title=messages.API_TITLE,
            swagger_js_url=f"{root}{PATH}/static/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{PATH}/static/swagger-ui.css",
            swagger_favicon_url=f"{root}/static/icon.svg",
            swagger_ui_parameters={"validatorUrl": None},  # it would ask a host on the internet
        )

    def described() -> dict[str, Any]:
        app.openapi_schema = app.openapi_schema or _document(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def operation_id(route: APIRoute) -> str:
    """The name of the function that answers; programs made from the description call it so."""
    return route.name


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, routes=app.routes, description=messages.API_DESCRIPTION)
    for path, operation in _operations(document):
        operation["summary"] = messages.API_SUMMARIES.get(operation["operationId"], operation["operationId"])
        operation.pop("description", None)  # the docstrings are for programmers of this server
        if "HTTPValidationError" in str(operation["responses"].get("422")):  # the framework's own, which is never sent
            del operation["responses"]["422"]
        if path.startswith("/api/"):
            content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
            for status, refusal in (_ALWAYS | (_WITH_BODY if "requestBody" in operation else {})).items():
                operation["responses"][str(status)] = {"description": refusal["description"], "content": content}
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    asked = _reached(schemas, [operation.get("requestBody") for _, operation in _operations(document)])
    for name, schema in schemas.items():
        schema.pop("description", None)
        if name not in asked and "properties" in schema:  # what is answered is whole
            schema["required"] = [key for key in schema["properties"] if (name, key) != _LEFT_OUT]
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((path, operation) for path, item in document["paths"].items() for operation in item.values())


def _reached(schemas: dict[str, Any], part: object) -> set[str]:
    """The names of the schemas to which a part of the document refers, however far."""
    seen: set[str] = set()
    parts = [part]
    while parts:
        match parts.pop():
            case {"$ref": str(reference)}:
                name = reference.rpartition("/")[2]
                if name not in seen and name in schemas:
                    seen.add(name)
                    parts.append(schemas[name])
            case dict() as inner:
                parts += inner.values()
            case list() as inner:
                parts += inner
    return seen
