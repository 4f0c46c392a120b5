"""Which other sites may have a visitor's browser ask here: to read, none but those that are listed; to change anything, the same."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa import messages

_CHANGING = ("POST", "PUT", "PATCH", "DELETE")


class Origins:
    """Answers listed origins, without cookies, and refuses changes that the page of any other site asks for.

    With a policy of its own on the parent, the mounted chat stops answering every origin with credentials.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        """``origins`` as browsers write them: "https://portal.example"."""
        self.origins = origins
        self.app = CORSMiddleware(
            app, allow_origins=origins, allow_methods=("GET", "POST"), allow_headers=("Authorization", "Content-Type"), expose_headers=("Retry-After",)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] == "http" and scope["method"] in _CHANGING and self._elsewhere(Headers(scope=scope)):
            return await JSONResponse({"detail": messages.OTHER_ORIGIN}, 403)(scope, receive, send)
        await self.app(scope, receive, send)

    def _elsewhere(self, headers: Headers) -> bool:
        """Whether a browser says that the page of a site that is not listed asks; a program, which sends neither header, may."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin in self.origins:
            return False
        if site is None and origin is not None:  # without a safe connection browsers send the origin alone
            return urlsplit(origin).netloc != headers.get("host")
        return site not in (None, "same-origin")
