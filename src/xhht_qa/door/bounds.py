"""How much one request may bring, and how often one address may come."""

from __future__ import annotations

import re

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xhht_qa import messages
from xhht_qa.door.rates import Rates
from xhht_qa.errors import TooMany
from xhht_qa.settings import Settings

_UPLOAD = re.compile(r"/api/library/proposals/?")
_MOST_BYTES = 1_000_000  # of a request; a question with its whole history has a tenth
_FORM_BYTES = 10_000  # of a form beside its file
_MOST_HEAD_BYTES = 32_000  # of the address and the headers; browsers send a tenth
_FILES = re.compile(r"/static/|/chat/(assets|static)/|/(health|readiness)$")  # which cost nothing, and of which one page has dozens


class Bounds:
    """Refuses in a sentence what is too large, before it is read where its length is told, and who comes too often."""

    def __init__(self, app: ASGIApp, settings: Settings, rates: Rates) -> None:
        self.app = app
        self.rates = rates
        self.upload_megabytes = settings.max_upload_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what keeps within the bounds."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        head = len(scope.get("raw_path") or b"") + len(scope["query_string"]) + sum(len(name) + len(value) for name, value in scope["headers"])
        if head > _MOST_HEAD_BYTES:
            return await JSONResponse({"detail": messages.TOO_LARGE}, 431)(scope, receive, send)
        if not _FILES.match(path):
            try:
                self.rates.come(scope["client"][0] if scope.get("client") else "")
            except TooMany as error:
                return await JSONResponse({"detail": str(error)}, 429, {"Retry-After": str(error.seconds)})(scope, receive, send)

        is_upload = bool(_UPLOAD.fullmatch(path))
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
