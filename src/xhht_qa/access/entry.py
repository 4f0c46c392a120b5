"""Where every request comes in: who sends it is found out once, and what they may see is put before it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xhht_qa import messages
from xhht_qa.access import managers
from xhht_qa.access.asker import ADMIN, Asker
from xhht_qa.access.keys import PREFIX, Keys
from xhht_qa.access.named import NamedByProxy
from xhht_qa.access.oidc import RETURN, SIGN_IN, SIGN_OUT, Page, SignedIn
from xhht_qa.access.rules import LiveRules
from xhht_qa.engine import Engine
from xhht_qa.errors import SettingsError
from xhht_qa.live import LiveEngine, PartEngine
from xhht_qa.settings import Settings

# What is told to everyone: nothing of any plan, and the ways to sign in.
_ABOUT_THE_SERVER = ("/health", "/readiness", "/version", "/favicon.ico", "/metrics")
_FOR_PORTALS = ("/widget.js", "/embed")  # a frame is no place to sign in; its page says where
_PUBLIC = (*_ABOUT_THE_SERVER, *_FOR_PORTALS, "/api/library/session", SIGN_IN, SIGN_OUT, RETURN)
_PUBLIC_BELOW = "/static/"
_MACHINES = ("/api/", "/v1/", "/mcp", "/metrics", "/openapi.json", "/chat/gradio_api/")

Told = Callable[[Request, str, int, Mapping[str, str] | None], Response]


class Access:
    """Puts who asks and the engine over the plans that they may see before every request; who may not ask goes no further."""

    def __init__(
        self, app: ASGIApp, engine: Engine, settings: Settings, told: Told, page: Page, way: NamedByProxy | SignedIn | None, rules: LiveRules | None
    ) -> None:
        self._app = app
        self._engine = engine
        self._settings = settings
        self._told = told
        self._page = page
        self._way = way
        self._keys = Keys.of(settings)
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers why not."""
        if scope["type"] == "websocket":  # nothing here speaks by one
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        found = self._found(request, path)
        if isinstance(found, Response):
            return await found(scope, receive, send)
        state = scope.setdefault("state", {})
        state["asker"] = found or Asker("")
        if found:
            state["engine"] = self._engine_of(found)
        is_public = path in _PUBLIC or path.startswith(_PUBLIC_BELOW)
        await self._app(scope, receive, send if is_public else _for_this_asker(send))

    def _found(self, request: Request, path: str) -> Asker | Response | None:
        """Who asks, None for an address that is for everyone, or why the request goes no further."""
        authorizations = [value for name, value in request.scope["headers"] if name == b"authorization"]
        if len(authorizations) > 1:
            return self._unknown(request, path)
        scheme, _, token = authorizations[0].decode("latin-1").partition(" ") if authorizations else ("", "", "")
        brought = token.strip() if scheme.lower() == "bearer" else ""
        # Where everyone may ask, programs made for OpenAI bring a word of their own as a key.
        if brought and not managers.is_token(brought, self._settings) and (self._way or brought.startswith(PREFIX)):
            key = self._keys.find(brought)
            if key is None:
                return self._unknown(request, path)
            return key.asker if key.may(request.method, path) else self._told(request, messages.KEY_NOT_FOR_THIS, 403, None)
        found = self._way(request) if self._way else Asker("")
        if managers.brings_token(request, self._settings):
            return replace(found, roles=ADMIN) if found else Asker("manager", messages.MANAGER, ADMIN)
        if found:
            return found
        if path in _PUBLIC or path.startswith(_PUBLIC_BELOW) or request.method == "OPTIONS":
            return None
        return self._unknown(request, path)

    def _unknown(self, request: Request, path: str) -> Response:
        is_page = request.method in ("GET", "HEAD") and not path.startswith(_MACHINES) and "text/html" in request.headers.get("accept", "")
        if not is_page:
            return self._told(request, messages.NOT_SIGNED_IN, 401, {"WWW-Authenticate": "Bearer"})
        if isinstance(self._way, SignedIn):
            return RedirectResponse(self._way.where(request), 303, {"Cache-Control": "no-store"})
        return self._page(request, messages.NOT_SIGNED_IN, 401)

    def _engine_of(self, found: Asker) -> Engine:
        if self._rules is None or found.sees_all:
            return self._engine
        assert isinstance(self._engine, LiveEngine)
        return PartEngine(self._engine, partial(self._rules.may_see, found.groups))


def _for_this_asker(send: Send) -> Send:
    """Sends what is drawn from the plans that one may see: no proxy keeps it for others, and a browser asks again before it shows it."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("Cache-Control", "private, no-cache")
        await send(message)

    return told


def add_access(app: FastAPI, engine: Engine, settings: Settings, templates: Jinja2Templates, told: Told) -> None:
    """Adds the way in that the settings name to ``app``; ``told`` makes a refusal. Raises SettingsError."""

    def page(request: Request, reason: str, status: int, leaves: bool = False) -> Response:
        return templates.TemplateResponse(request, "signing.html", {"reason": reason, "leaves": leaves}, status, {"Cache-Control": "no-store"})

    way = way_in(settings)
    if isinstance(way, SignedIn):
        app.include_router(way.router(page))
    rules = LiveRules(settings.access_file) if settings.access_file else None  # here and not with the first request: a server without rules must not start
    if rules and not isinstance(engine, LiveEngine):
        raise SettingsError("XHHT_ACCESS_FILE: only the engine of the server can be divided")
    app.add_middleware(Access, engine=engine, settings=settings, told=told, page=page, way=way, rules=rules)


def way_in(settings: Settings) -> NamedByProxy | SignedIn | None:
    """How people sign in by the settings; None where they need not. Raises SettingsError."""
    if settings.sign_in == "open":
        return None
    return NamedByProxy(settings) if settings.sign_in == "proxy" else SignedIn(settings)


def refuse_open_network(settings: Settings) -> None:
    """Raises SettingsError for a server that would answer a whole network without asking who is there."""
    try:
        is_own = settings.host == "localhost" or ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        is_own = False
    if settings.sign_in == "open" and not is_own and not settings.open_to_network:
        raise SettingsError(messages.open_to_network(settings.host))
