"""Of the addresses that Gradio opens below the chat, those that the page needs; all others are as if they were not there."""

from __future__ import annotations

import re

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from xhht_qa import messages

# As a page in Chromium asks for them from its load to its end, a lost connection and a server started anew included.
_NEEDED = {
    "GET": re.compile(r"/(config|theme\.css|assets/[\w.-]+|static/[\w./-]+|gradio_api/(heartbeat/\w+|queue/data|startup-events|app_id))?"),
    "HEAD": re.compile(r"/"),
    "POST": re.compile(r"/gradio_api/(queue/join|run/predict|cancel|reset)"),
}


class ChatAlone:
    """Lets through what the chat page needs: no upload, no file, no proxy, no component's own functions, no description of the interface."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it as an address that is not there."""
        if scope["type"] == "http":
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            if path.startswith(f"{self.path}/"):
                needed = _NEEDED.get(scope["method"])
                if needed is None or not needed.fullmatch(path.removeprefix(self.path)):
                    return await JSONResponse({"detail": messages.NO_PAGE}, 404)(scope, receive, send)
        await self.app(scope, receive, send)
