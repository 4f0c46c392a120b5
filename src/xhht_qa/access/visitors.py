"""Who is asking, and whether it is our own page that asks for them. Until there is a sign-in, a visitor is whoever brings a cookie back."""

from __future__ import annotations

import hashlib
import re
import secrets
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xhht_qa import messages

COOKIE = "xhht_visitor"
_YEAR_SECONDS = 365 * 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")
LISTED = "listed_origin"  # of a request's state: a site asks that the settings list
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def asker(request: Request) -> str:
    """The user whose request this is; conversations are kept by it. A sign-in will give another one here, and nowhere else.

    Of the cookie only a digest is kept: who reads the database cannot bring the cookie.
    """
    return f"visitor:{hashlib.sha256(_token(request).encode()).hexdigest()[:32]}"


def known_asker(request: Request) -> str:
    """The user, "" for one who brings no cookie, as in a frame on another site: there nothing can be kept that would be found again."""
    return asker(request) if _TOKEN.fullmatch(request.cookies.get(COOKIE, "")) else ""


async def same_origin(request: Request) -> None:
    """Refuse a change that the page of another site asks for with the visitor's cookie; a program, which sends neither header, may."""
    if request.method not in _CHANGING or request.scope.get("state", {}).get(LISTED):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None and origin is not None:  # without a safe connection browsers send the origin alone
        site = "same-origin" if urlsplit(origin).netloc == request.headers.get("host") else "cross-site"
    if site not in (None, "same-origin"):
        raise HTTPException(403, messages.OTHER_ORIGIN)


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
