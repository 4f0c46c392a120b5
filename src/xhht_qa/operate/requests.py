"""Every request has an id, which its log lines and its response carry, and a line in the log that tells how it ended."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_HEADER = "X-Request-ID"
_KEY = secrets.token_bytes(16)  # users are told apart for as long as the server runs; who they were the record of questions knows

_id: ContextVar[str] = ContextVar("request_id", default="")
_trace: ContextVar[str] = ContextVar("trace_parent", default="")

_PAGE = re.compile(r"(/gradio_api/heartbeat/).+")  # the number of somebody's open page

logger = logging.getLogger(__name__)


def request_id() -> str:
    """The id of the request that is being answered here, "" outside of any."""
    return _id.get()


def trace_parent() -> str:
    """The trace that the request belongs to, as its sender wrote it (W3C ``traceparent``)."""
    return _trace.get()


class Requests:
    """Stands around the whole app. ``who`` gives the id of the asker, "" for nobody; ``responded`` is told (method, status)."""

    def __init__(self, app: ASGIApp, who: Callable[[Request], str], responded: Callable[[str, int], object]) -> None:
        self._app = app
        self._who = who
        self._responded = responded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and tells of it when it is over."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        scope.setdefault("state", {})  # one for all who stand further in, who say there who asks
        headers = Headers(scope=scope)
        brought = headers.get(_HEADER, "")
        id_ = brought if _ID.fullmatch(brought) else uuid.uuid4().hex
        tokens = (_id, _id.set(id_)), (_trace, _trace.set(headers.get("traceparent", "")))
        status = 500
        started = time.perf_counter()

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = id_
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            self._responded(scope["method"], status)
            if logger.isEnabledFor(logging.INFO):
                # Without what follows "?": people search for words there.
                told = {
                    "method": scope["method"],
                    "path": quote(_PAGE.sub(r"\1-", scope["path"])),
                    "status": status,
                    "ms": round((time.perf_counter() - started) * 1000, 1),
                }
                user = self._user(scope)
                logger.info("%s %s %s %s ms %s", *told.values(), user or "-", extra=told | {"user": user})
            for variable, token in tokens:
                variable.reset(token)

    def _user(self, scope: Scope) -> str:
        """Twelve digits by which a user's requests are found together."""
        try:
            id_ = self._who(Request(scope))
        except Exception:  # a refused sign-in has nobody
            return ""
        return hmac.new(_KEY, id_.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:12] if id_ else ""
