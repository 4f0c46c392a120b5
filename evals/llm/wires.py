"""How a server answers: well, or in one of the ways in which servers and the networks before them fail."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler
from typing import Any

from evals.llm.asked import Asked

LONGEST_SECONDS = 60  # of what would never end
_PIECES = re.compile(r"(?:\s*\S{1,12}){1,2}")  # a token or a few, as servers send them


class Reply:
    """One answer on its way, byte by byte as a behaviour wants it."""

    def __init__(self, handler: BaseHTTPRequestHandler, closing: threading.Event, asked: Asked) -> None:
        self._handler = handler
        self._closing = closing
        self._asked = asked

    def begin(self, status: int = 200, content_type: str = "text/event-stream; charset=utf-8", **headers: str) -> None:
        """Status and headers of a body that comes in pieces."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        self._handler.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def raw(self, content: bytes) -> None:
        """A piece of the body, sent at once."""
        if content:
            self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
            self._handler.wfile.flush()

    def event(self, delta: dict[str, Any], finish: str | None = None) -> None:
        """A chunk of a streamed completion."""
        self.raw(sent({**self._frame("chat.completion.chunk"), "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}))

    def end(self) -> None:
        """The end of the body."""
        self._handler.wfile.write(b"0\r\n\r\n")
        self._handler.wfile.flush()

    def cut(self) -> None:
        """Hang up where one is."""
        self._handler.close_connection = True

    def wait(self, seconds: float) -> bool:
        """Let time pass; False when the server is closing."""
        return not self._closing.wait(seconds)

    def say(self, text: str, pieces: Iterable[str] | None = None) -> None:
        """The whole of a well-formed answer, streamed in pieces of a few letters or, if that was asked for, in one."""
        if not self._asked.stream:
            message = {"role": "assistant", "content": text}
            self.begin(content_type="application/json")
            frame = {**self._frame("chat.completion"), "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": self._usage(text)}
            self.raw(json.dumps(frame, ensure_ascii=False).encode())
            self.end()
            return
        self.begin()
        self.event({"role": "assistant", "content": ""})
        for piece in _in_pieces(text) if pieces is None else pieces:
            self.event({"content": piece})
        self.close(text)

    def close(self, text: str) -> None:
        """The last chunks of a stream that has said a text."""
        self.event({}, "stop")
        if self._asked.usage:
            self.raw(sent({**self._frame("chat.completion.chunk"), "choices": [], "usage": self._usage(text)}))
        self.raw(b"data: [DONE]\n\n")
        self.end()

    def refuse(self, status: int, message: str, kind: str, **headers: str) -> None:
        """An error as OpenAI words it."""
        self.begin(status, "application/json", **headers)
        self.raw(json.dumps({"error": {"message": message, "type": kind, "param": None, "code": None}}).encode())
        self.end()

    def _frame(self, kind: str) -> dict[str, Any]:
        return {"id": "chatcmpl-scripted", "object": kind, "created": 1, "model": self._asked.model}

    def _usage(self, text: str) -> dict[str, int]:
        prompt, completion = len(self._asked.system + self._asked.user) // 3, len(text) // 3
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


Says = Callable[[Asked], str]
Behaviour = Callable[[Asked, Reply], None]


def sent(frame: dict[str, Any]) -> bytes:
    """A server-sent event."""
    return b"data: " + json.dumps(frame, ensure_ascii=False).encode() + b"\n\n"


def _in_pieces(text: str) -> list[str]:
    found = _PIECES.findall(text)
    return [*found, text[len("".join(found)) :]] if len("".join(found)) < len(text) else found


def saying(says: Says) -> Behaviour:
    """A server without fault whose model writes so."""
    return lambda asked, reply: reply.say(says(asked))


def letter_by_letter(says: Says) -> Behaviour:
    """Every letter, and so every bracket of a token, in a chunk of its own."""

    def wire(asked: Asked, reply: Reply) -> None:
        text = says(asked)
        reply.say(text, pieces=text)

    return wire


def split_bytes(says: Says) -> Behaviour:
    """The bytes of one event spread over several sends, cut inside letters."""

    def wire(asked: Asked, reply: Reply) -> None:
        if not asked.stream:
            reply.say(says(asked))
            return
        text = says(asked)
        reply.begin()
        body = sent({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": asked.model, "choices": [{"index": 0, "delta": {"content": text}}]})
        for start in range(0, len(body), 7):
            reply.raw(body[start : start + 7])
        reply.close(text)

    return wire


def one_line(says: Says) -> Behaviour:
    """Everything, and four million blanks, in one event."""
    return lambda asked, reply: reply.say(says(asked), pieces=[says(asked) + " " * 4_000_000])


def without_end(says: Says) -> Behaviour:
    """The same again and again, until nobody listens."""

    def wire(asked: Asked, reply: Reply) -> None:
        reply.begin()
        text = says(asked) or "Và tiếp theo là "
        for _ in range(LONGEST_SECONDS * 100):
            for piece in _in_pieces(text + "\n"):
                reply.event({"content": piece})
            if not reply.wait(0.01):
                break
        reply.cut()

    return wire


def dripping(says: Says) -> Behaviour:
    """One letter a second."""

    def wire(asked: Asked, reply: Reply) -> None:
        reply.begin()
        for letter in says(asked)[:LONGEST_SECONDS]:
            reply.event({"content": letter})
            if not reply.wait(1):
                break
        reply.cut()

    return wire


def dripping_bytes(says: Says) -> Behaviour:
    """One byte a second, so that not even one event is whole in time."""

    def wire(asked: Asked, reply: Reply) -> None:
        reply.begin()
        for byte in sent({"choices": [{"index": 0, "delta": {"content": says(asked)}}]})[:LONGEST_SECONDS]:
            reply.raw(bytes([byte]))
            if not reply.wait(1):
                break
        reply.cut()

    return wire


def commented(says: Says) -> Behaviour:
    """Comments that keep the line open, and never a word."""

    def wire(asked: Asked, reply: Reply) -> None:
        reply.begin()
        for _ in range(LONGEST_SECONDS * 10):
            reply.raw(b": keep-alive\n\n")
            if not reply.wait(0.1):
                break
        reply.cut()

    return wire


def stalled(says: Says) -> Behaviour:
    """Half of it, then silence."""

    def wire(asked: Asked, reply: Reply) -> None:
        text = says(asked)
        reply.begin()
        reply.event({"content": text[: len(text) // 2]})
        reply.wait(LONGEST_SECONDS)
        reply.cut()

    return wire


def slow_to_begin(says: Says) -> Behaviour:
    """Nothing at all for a minute."""

    def wire(asked: Asked, reply: Reply) -> None:
        reply.wait(LONGEST_SECONDS)
        reply.cut()

    return wire


def cut_off(says: Says) -> Behaviour:
    """A line that breaks in the middle."""

    def wire(asked: Asked, reply: Reply) -> None:
        text = says(asked)
        reply.begin()
        for piece in _in_pieces(text[: 2 * len(text) // 3]):
            reply.event({"content": piece})
        reply.cut()

    return wire


def too_long(says: Says) -> Behaviour:
    """A model that reaches the limit of its length in the middle of a sentence, and says so."""

    def wire(asked: Asked, reply: Reply) -> None:
        text = says(asked)
        reply.begin()
        for piece in _in_pieces(text[: 2 * len(text) // 3]):
            reply.event({"content": piece})
        reply.event({}, "length")
        reply.raw(b"data: [DONE]\n\n")
        reply.end()

    return wire


def filtered(asked: Asked, reply: Reply) -> None:
    """A filter of contents that ends the answer before it begins."""
    reply.begin()
    reply.event({"content": None}, "content_filter")
    reply.raw(b"data: [DONE]\n\n")
    reply.end()


def hung_up(asked: Asked, reply: Reply) -> None:
    """Nothing, not even a status."""
    reply.cut()


def empty_body(asked: Asked, reply: Reply) -> None:
    """A stream with no event."""
    reply.begin()
    reply.end()


def no_choices(asked: Asked, reply: Reply) -> None:
    """Events that hold no choice."""
    reply.begin()
    for _ in range(3):
        reply.raw(sent({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": asked.model, "choices": []}))
    reply.raw(b"data: [DONE]\n\n")
    reply.end()


def invalid_json(says: Says) -> Behaviour:
    """A good beginning, then an event that is no JSON."""

    def wire(asked: Asked, reply: Reply) -> None:
        text = says(asked)
        reply.begin()
        reply.event({"content": text[: len(text) // 2]})
        reply.raw(b'data: {"choices": [{"delta": {"content": "\n\ndata: [DONE]\n\n')
        reply.end()

    return wire


def error_inside(says: Says) -> Behaviour:
    """A good beginning, then an error in the stream, as servers tell of it."""

    def wire(asked: Asked, reply: Reply) -> None:
        text = says(asked)
        reply.begin()
        reply.event({"content": text[: len(text) // 2]})
        reply.raw(sent({"error": {"message": "CUDA out of memory", "type": "server_error", "code": 500}}))
        reply.raw(b"data: [DONE]\n\n")
        reply.end()

    return wire


def page_of_a_proxy(asked: Asked, reply: Reply) -> None:
    """A sign-in page with status 200 where a completion should be."""
    reply.begin(content_type="text/html; charset=utf-8")
    reply.raw("<!doctype html><title>Đăng nhập</title><p>Hạn nộp là 31/12/2099. [1]</p>".encode())
    reply.end()


def tool_calls(asked: Asked, reply: Reply) -> None:
    """A model that calls a tool that nobody offered."""
    reply.begin()
    call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "delete_plans", "arguments": '{"all": true}'}}
    reply.event({"role": "assistant", "content": None, "tool_calls": [call]})
    reply.event({}, "tool_calls")
    reply.raw(b"data: [DONE]\n\n")
    reply.end()


def refused(status: int, message: str, kind: str, **headers: str) -> Behaviour:
    """The same error to every request."""
    return lambda asked, reply: reply.refuse(status, message, kind, **headers)


def once(trouble: Behaviour, says: Says) -> Behaviour:
    """In trouble at the first attempt, well at the next."""
    return lambda asked, reply: trouble(asked, reply) if asked.attempt == 1 else reply.say(says(asked))
