"""Who is asking where nobody signs in: a visitor is whoever brings a cookie back."""

from __future__ import annotations

import hashlib
import re
import secrets

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "xhht_visitor"
UNKNOWN = "visitor:"  # so the ids of those begin who have not signed in
_YEAR_SECONDS = 365 * 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")


def asker(request: Request) -> str:
    """The visitor whose request this is; conversations are kept by it.

    Of the cookie only a digest is kept: who reads the database cannot bring the cookie.
    """
    return f"{UNKNOWN}{hashlib.sha256(_token(request).encode()).hexdigest()[:32]}"


def known_asker(request: Request) -> str:
    """The user, "" for one who brings no cookie, as in a frame on another site: there nothing can be kept that would be found again."""
    return asker(request) if _TOKEN.fullmatch(request.cookies.get(COOKIE, "")) else ""


class Visitors:
    """Gives each visitor a cookie of 128 random bits with the first page, or with the first answer that depends on who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and the response with the cookie if the visitor is new."""
        if scope["type"] != "http" or _TOKEN.fullmatch(Request(scope).cookies.get(COOKIE, "")):
            return await self.app(scope, receive, send)
        state = scope.setdefault("state", {})
        path = scope.get("root_path") or "/"  # now: on the way in, what is mounted adds its own to it

        async def greeted(message: Message) -> None:
            if message["type"] == "http.response.start":
                is_page = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
                if is_page or COOKIE in state:
                    safe = "; Secure" if scope["scheme"] == "https" else ""
                    cookie = f"{COOKIE}={_token(Request(scope))}; Path={path}; Max-Age={_YEAR_SECONDS}; HttpOnly; SameSite=Lax{safe}"
                    MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, greeted)


def _token(request: Request) -> str:
    """The cookie's value; of a new visitor the one that will be set."""
    brought = request.cookies.get(COOKIE, "")
    if _TOKEN.fullmatch(brought):
        return brought
    given: str = request.scope.setdefault("state", {}).setdefault(COOKIE, secrets.token_hex(16))
    return given
