"""A client for servers that speak as OpenAI's chat completions do: vLLM, Ollama, llama.cpp, LM Studio, a hosted API.

LlamaIndex's own class for them needs another major version of the ``openai`` package than the one at hand, and a time for a whole answer is
something that neither of the two knows. It is one POST and a stream of lines.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Mapping, Sequence
from functools import cache
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseAsyncGen,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.bridge.pydantic import Field, SecretStr
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback

from xhht_qa.errors import ModelFailure
from xhht_qa.settings import Settings

_DONE = b"[DONE]"
_BACKOFF_SECONDS = 0.5  # before the first repetition, twice as long before each next one
_MOST_EVENT_BYTES = 1_000_000  # of one line; a chunk has some hundred
_BUSY = (408, 409, 425, 429, 503)

Result = TypeVar("Result")


class OpenAICompatible(CustomLLM):
    """One model of one server, at temperature 0."""

    base_url: str = Field(description="address below which /chat/completions is")
    model: str
    api_key: SecretStr = Field(default=SecretStr(""), exclude=True)
    timeout: float = Field(default=30.0, description="seconds for a whole answer with its repetitions, after which the connection is cut")
    retries: int = 1
    context_window: int = 4096

    @classmethod
    def of(cls, settings: Settings) -> OpenAICompatible:
        """The one that the settings name."""
        return cls(
            base_url=settings.llm_base_url.rstrip("/"),
            model=settings.llm_model,
            api_key=SecretStr(settings.llm_api_key),
            timeout=settings.llm_timeout,
            retries=settings.llm_retries,
            context_window=settings.llm_context,
        )

    @classmethod
    def class_name(cls) -> str:
        """See LlamaIndex."""
        return "XhhtOpenAICompatible"

    @property
    def metadata(self) -> LLMMetadata:
        """See LlamaIndex."""
        return LLMMetadata(context_window=self.context_window, is_chat_model=True, model_name=self.model)

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """See LlamaIndex. Raises ModelFailure and TimeoutError."""
        return CompletionResponse(text=self.chat([ChatMessage(content=prompt)], **kwargs).message.content or "")

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        """See LlamaIndex. Raises ModelFailure and TimeoutError."""
        streamed = self.stream_chat([ChatMessage(content=prompt)], **kwargs)
        return (CompletionResponse(text=one.message.content or "", delta=one.delta) for one in streamed)

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """See LlamaIndex. Raises ModelFailure and TimeoutError."""
        responses = list(self.stream_chat(messages, **kwargs))
        return responses[-1] if responses else ChatResponse(message=ChatMessage(role="assistant", content=""))

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """See LlamaIndex; to be iterated over where no event loop runs. Raises ModelFailure and TimeoutError."""

        def responses() -> ChatResponseGen:
            stream = self._responses(messages, **kwargs)

            async def following() -> ChatResponse | None:
                return await anext(stream, None)

            with asyncio.Runner() as runner:
                try:
                    while response := runner.run(following()):
                        yield response
                finally:
                    runner.run(stream.aclose())

        return responses()

    @llm_chat_callback()
    async def astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseAsyncGen:
        """See LlamaIndex. Raises ModelFailure and TimeoutError."""
        return self._responses(messages, **kwargs)

    async def _responses(self, messages: Sequence[ChatMessage], **kwargs: Any) -> AsyncGenerator[ChatResponse]:
        until = time.monotonic() + self.timeout
        body = {"model": self.model, "messages": [{"role": one.role.value, "content": one.content or ""} for one in messages]}
        body |= {"stream": True, "temperature": 0} | kwargs
        text = ""
        async with httpx.AsyncClient(timeout=None, trust_env=not self._is_here, verify=_authorities()) as client:  # every wait has its end in ``_within``
            response = await self._begun(client, body, until)
            try:
                async for chunk in _chunks(response, until):
                    delta = _delta(chunk)
                    text += delta
                    yield ChatResponse(message=ChatMessage(role="assistant", content=text), delta=delta, raw=chunk)
            except httpx.TransportError:
                raise ModelFailure("cut") from None
            finally:
                await response.aclose()

    async def _begun(self, client: httpx.AsyncClient, body: Mapping[str, Any], until: float) -> httpx.Response:
        """The response whose body is still to come, asked for again where that may help."""
        key = self.api_key.get_secret_value()
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {})
        for attempt in range(self.retries + 1):
            wait = _BACKOFF_SECONDS * 2**attempt
            try:
                request = client.build_request("POST", f"{self.base_url}/chat/completions", json=body, headers=headers)
                response = await _within(client.send(request, stream=True), until)
            except (httpx.TransportError, OSError) as error:
                if isinstance(error, TimeoutError):
                    raise
                failure = ModelFailure("down")
            else:
                if response.status_code == 200:
                    return response
                await response.aclose()
                failure = ModelFailure("busy" if response.status_code in _BUSY else "down" if response.status_code >= 500 else "refused")
                wait = max(wait, _seconds(response.headers.get("Retry-After", "")))
            if failure.reason == "refused" or attempt == self.retries or time.monotonic() + wait >= until:
                raise failure
            await asyncio.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    @property
    def _is_here(self) -> bool:
        """Whether the server is on this machine, to which no proxy leads."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


@cache
def _authorities() -> ssl.SSLContext:
    """Whom the client believes: read once, for it takes longer than an answer without a model does."""
    return httpx.create_ssl_context()


async def _within(awaited: Awaitable[Result], until: float) -> Result:
    """What is waited for. Raises TimeoutError."""
    async with asyncio.timeout(max(until - time.monotonic(), 0.0)):
        return await awaited


async def _chunks(response: httpx.Response, until: float) -> AsyncIterator[dict[str, Any]]:
    """The objects of the events. Raises ModelFailure and TimeoutError."""
    if response.headers.get("Content-Encoding", "identity") != "identity":  # nobody asked for it, and it may unpack to any size
        raise ModelFailure("invalid")
    pieces, pending, ended = response.aiter_raw(), b"", False
    while (piece := await _within(_next(pieces), until)) is not None:
        *lines, pending = (pending + piece).split(b"\n")
        if len(pending) > _MOST_EVENT_BYTES:
            raise ModelFailure("invalid")
        for line in lines:
            if not line.startswith(b"data:"):
                continue
            data = line[len(b"data:") :].strip()
            if data == _DONE:
                return
            chunk = _object(data)
            ended = ended or _has_ended(chunk)
            yield chunk
    if not ended:
        raise ModelFailure("cut")


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)


def _object(data: bytes) -> dict[str, Any]:
    try:
        chunk = json.loads(data)
    except (ValueError, RecursionError):
        raise ModelFailure("invalid") from None
    if not isinstance(chunk, dict):
        raise ModelFailure("invalid")
    if chunk.get("error"):
        raise ModelFailure("down")
    return chunk


def _choice(chunk: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = chunk.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else {}
    if not isinstance(first, dict):
        raise ModelFailure("invalid")
    return first


def _delta(chunk: Mapping[str, Any]) -> str:
    """The words of a chunk; what a model thinks to itself is no part of them."""
    delta = _choice(chunk).get("delta") or {}
    words = delta.get("content") if isinstance(delta, dict) else delta
    if not isinstance(words, str | None):
        raise ModelFailure("invalid")
    return words or ""


def _has_ended(chunk: Mapping[str, Any]) -> bool:
    return _choice(chunk).get("finish_reason") is not None


def _seconds(retry_after: str) -> float:
    """What a server says to wait; 0 where it names no seconds."""
    return float(retry_after) if retry_after.isdecimal() else 0.0
