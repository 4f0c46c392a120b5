"""Which other sites may have a visitor's browser change anything here: none but those that are listed."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa import messages

_CHANGING = ("POST", "PUT", "PATCH", "DELETE")


class Origins:
    """Refuses what the page of a site that is not listed asks to be changed."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        """``origins`` as browsers write them: "https://portal.example"."""
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] == "http" and scope["method"] in _CHANGING:
            headers = Headers(scope=scope)
            if headers.get("origin") not in self.origins and _elsewhere(headers):
                return await JSONResponse({"detail": messages.OTHER_ORIGIN}, 403)(scope, receive, send)
        await self.app(scope, receive, send)


def _elsewhere(headers: Headers) -> bool:
    """Whether a browser says that the page of another site asks; a program, which sends neither header, may."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is not None:  # without a safe connection browsers send the origin alone
        return urlsplit(origin).netloc != headers.get("host")
    return site not in (None, "same-origin")
