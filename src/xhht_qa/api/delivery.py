"""How pages and files travel: compressed, kept by the browser while they stay the same, and asked for as early as can be."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEAST_BYTES = 1000  # what is smaller travels in one packet as it is
_LEVEL = 6  # the levels above take twice the time for a hundredth of the size
_SAME_FOR_EVER = re.compile(r"/static/fonts/|/chat/assets/")  # a font by its name, Gradio's files by the digest in theirs
_OURS = re.compile(r"(?<!/chat)/static/")
_CHAT = re.compile(r"/chat/?$")
_FOR_EVER = "public, max-age=31536000, immutable"
_STYLES = ("plan.css", "answer.css", "source.css", "chat.css")


class Delivery:
    """Compresses what can be, tells browsers how long a file may be kept, and names with the chat page what its scripts will ask for later."""

    def __init__(self, app: ASGIApp, static: Path) -> None:
        self.app = GZipMiddleware(app, _LEAST_BYTES, _LEVEL)
        # Gradio writes a page's own styles into it when all of its scripts have run: things would move once more then.
        styles = [f"<../static/{name}>; rel=preload; as=style" for name in _STYLES]
        fonts = [f'<../static/fonts/{font.name}>; rel=preload; as=font; type="font/woff2"; crossorigin' for font in sorted(static.glob("fonts/*.woff2"))]
        self.early = ", ".join((*styles, *fonts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and the response with these headers."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        path = scope["path"]

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 206, 304):
                headers = MutableHeaders(scope=message)
                if _SAME_FOR_EVER.search(path):
                    headers["Cache-Control"] = _FOR_EVER
                elif _OURS.search(path):  # after an upgrade no script of before may meet one of now
                    headers["Cache-Control"] = "no-cache"
                elif _CHAT.search(path):
                    headers["Link"] = self.early
            await send(message)

        await self.app(scope, receive, told)
