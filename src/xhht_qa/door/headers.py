"""Headers that keep the browser at home: a content security policy and its companions on every response."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Adds the content security policy to every response; inline scripts run only if the server itself wrote them.

    Gradio's page holds inline scripts whose text changes with the configuration, so each HTML page is read
    before it leaves and its scripts are listed in the policy by digest: no script that slips in later can run.
    """

    INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self.app = app
        self.frame_ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and every response out with the policy."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if "text/html" in Headers(scope=scope).get("accept", ""):
            # A compressed page could not be read here.
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        start: Message = {}
        body = b""

        async def guarded(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                if not _is_html(message):
                    self._add_headers(message, b"", scope["scheme"])
                    await send(message)
            elif message["type"] == "http.response.body" and _is_html(start):
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    self._add_headers(start, body, scope["scheme"])
                    await send(start)
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self.app(scope, receive, guarded)

    def _add_headers(self, start: Message, page: bytes, scheme: str) -> None:
        headers = MutableHeaders(scope=start)
        headers.update(_EVERYWHERE)
        if scheme == "https":  # without a safe connection browsers only complain of it
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")  # what portals take in says so itself
        if headers.get("content-type") == "application/pdf":  # browsers show it by a viewer of their own, which the other rules would stop
            headers["Content-Security-Policy"] = f"frame-ancestors {self.frame_ancestors}"
            return
        headers["Content-Security-Policy"] = "; ".join(
            (
                "default-src 'self'",
                " ".join(("script-src 'self'", *self._digests(page))),
                "style-src 'self' 'unsafe-inline'",  # Gradio writes style elements and attributes as it goes
                "img-src 'self' data:",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
                f"frame-ancestors {self.frame_ancestors}",
            )
        )

    def _digests(self, page: bytes) -> Iterator[str]:
        for script in self.INLINE_SCRIPT.findall(page):
            yield f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _is_html(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
