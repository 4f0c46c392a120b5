"""Connections that take too long are cut: whoever sends a request or reads an answer drop by drop holds nothing for long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10  # for a request's headers, from the opening of the connection or from the first byte of a later request
BODY_SECONDS = 20  # for its body, and a second more for each BYTES_A_SECOND of it
BYTES_A_SECOND = 50_000
REST_SECONDS = 5  # for the rest of a body that nobody wants any more, so that the refusal can be read
READING_SECONDS = 60  # in which the reader of an answer has to take at least something
MOST_HEAD_BYTES = 64_000  # that are kept before the headers are complete
MOST_CONNECTIONS = 800  # at once; a process has 1024 files unless the operator allows more


def bounded_protocol(most_bytes: int, most_connections: int = MOST_CONNECTIONS) -> type[HttpToolsProtocol]:
    """uvicorn's protocol with these bounds; a body whose length is not told has the time of ``most_bytes``."""
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Bounded(HttpToolsProtocol):
        _arriving: asyncio.TimerHandle | None = None  # the end of patience with what is being received
        _leaving: asyncio.TimerHandle | None = None  # and with whoever does not read
        _head_bytes = -1  # of a request whose headers are not complete; -1 between requests and in a body

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            if len(self.connections) > most_connections:
                transport.abort()
            else:
                self._allow(HEAD_SECONDS)

        def connection_lost(self, exc: Exception | None) -> None:
            for timer in (self._arriving, self._leaving):
                if timer:
                    timer.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._head_bytes >= 0:
                self._head_bytes += len(data)
                if self._head_bytes > MOST_HEAD_BYTES:
                    self.transport.abort()

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._head_bytes = 0
            self._allow(HEAD_SECONDS)

        def on_headers_complete(self) -> None:
            self._head_bytes = -1
            length = next((value for name, value in self.headers if name == b"content-length"), b"")
            self._allow(BODY_SECONDS + min(int(length) if length.isdigit() else most_bytes, most_bytes) / BYTES_A_SECOND)
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._allow(None)
            super().on_message_complete()

        def on_response_complete(self) -> None:
            if self._arriving and self._head_bytes < 0:
                self._allow(REST_SECONDS)
            super().on_response_complete()

        def pause_writing(self) -> None:
            self._leaving = self.loop.call_later(READING_SECONDS, self.transport.abort)
            super().pause_writing()

        def resume_writing(self) -> None:
            if self._leaving:
                self._leaving.cancel()
            super().resume_writing()

        def _allow(self, seconds: float | None) -> None:
            if self._arriving:
                self._arriving.cancel()
            self._arriving = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)

    return Bounded
