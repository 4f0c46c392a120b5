"""What is too large is refused in a sentence, before it is read where its length is told, else as soon as it is over."""

from __future__ import annotations

from fastapi import HTTPException
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xhht_qa import messages
from xhht_qa.settings import Settings

UPLOADS = "/api/library/proposals"
_MOST_BYTES = 1_000_000  # of a request; a question with its whole history has a tenth
_FORM_BYTES = 10_000  # of a form beside its file


class BodyLimit:
    """Bounds the body of every request: Starlette's own limit answers in English."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.upload_megabytes = settings.max_upload_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is not too large."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        is_upload = scope["path"].endswith(UPLOADS)
        most = self.upload_megabytes * 1_000_000 + _FORM_BYTES if is_upload else _MOST_BYTES
        sentence = messages.too_large_file(self.upload_megabytes) if is_upload else messages.TOO_LARGE
        told = Headers(scope=scope).get("content-length", "")
        if told.isdigit() and int(told) > most:
            return await JSONResponse({"detail": sentence}, 413)(scope, receive, send)
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, sentence)
            return message

        await self.app(scope, counted, send)
