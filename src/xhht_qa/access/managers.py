"""Managing plans: the token of the settings, which makes an admin of whoever brings it, and who else may."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

from fastapi import HTTPException, Request, Response

from xhht_qa import messages
from xhht_qa.access.asker import Asker
from xhht_qa.access.sessions import Sessions
from xhht_qa.settings import Settings

COOKIE = "xhht_manager"
_HOURS_SECONDS = 12 * 3600


def brings_token(request: Request, settings: Settings) -> bool:
    """Whether the request brings the token, or where there is none comes from the server itself, if that is enough."""
    if not settings.admin_token:
        return settings.admin_on_loopback and _at_the_server(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return is_token(token.strip(), settings)
    cookie = request.cookies.get(COOKIE, "")
    session = Sessions.of(settings).find(cookie) if cookie else None
    return isinstance(session, dict) and session.get("manager") == _digest(settings.admin_token)  # one of before the token was changed is over


def is_token(brought: str, settings: Settings) -> bool:
    """Whether this is the token of the settings."""
    return bool(settings.admin_token) and secrets.compare_digest(_digest(brought), _digest(settings.admin_token))


def manages(request: Request) -> bool:
    """Whether who asks may manage, by whatever way they signed in."""
    found = getattr(request.state, "asker", None)
    return isinstance(found, Asker) and "editor" in found.roles


def may_manage(request: Request, settings: Settings) -> None:
    """Refuse whoever may not manage. Raises HTTPException."""
    if not manages(request):
        raise HTTPException(403, messages.NOT_MANAGER if settings.admin_token else messages.MANAGEMENT_CLOSED)


def sign_in(request: Request, response: Response, token: str, settings: Settings) -> None:
    """Exchange the token for a cookie that no script reads. Raises HTTPException for a wrong one."""
    if not is_token(token, settings):
        raise HTTPException(403, messages.WRONG_TOKEN if settings.admin_token else messages.MANAGEMENT_CLOSED)
    safe = request.url.scheme == "https"
    session = Sessions.of(settings).begin({"manager": _digest(token)}, _HOURS_SECONDS)
    response.set_cookie(COOKIE, session, max_age=_HOURS_SECONDS, path=_root(request), httponly=True, samesite="strict", secure=safe)


def sign_out(request: Request, response: Response, settings: Settings) -> None:
    """Take the cookie back; on the server too it is worth nothing any more."""
    if cookie := request.cookies.get(COOKIE):
        Sessions.of(settings).end(cookie)
    response.delete_cookie(COOKIE, path=_root(request))


def _at_the_server(request: Request) -> bool:
    """Whether the browser runs on the server itself, and no proxy stands before it that would make everyone seem to."""
    if {"forwarded", "x-forwarded-for", "x-real-ip", "via"} & set(request.headers) or request.client is None:
        return False
    # The name must be the machine's own: a page of others may have had its name lead here.
    return _is_loopback(request.client.host) and (request.url.hostname == "localhost" or _is_loopback(request.url.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _digest(token: str) -> str:
    """What is compared, and kept with a session: of equal length whatever was typed."""
    return hashlib.sha256(f"xhht:{token}".encode("utf-8", "ignore")).hexdigest()


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"
