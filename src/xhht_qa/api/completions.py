"""The way of OpenAI's chat completions, so that programs and front ends made for it can ask; nothing is kept.

A model's name is ``xhht-qa``, or ``xhht-qa:PLAN`` for one plan alone. The last message of the user is the question, the ones before it are the
history; messages of the system are never followed, and neither is anything else that would change how is answered: the answer is the plans'.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import BaseModel, Field, StrictBool

from xhht_qa import messages
from xhht_qa.api.ask import MOST_TURNS, checked
from xhht_qa.api.given import Seen, User, unstored
from xhht_qa.api.narration import HEADERS, Told, address_of, narrated
from xhht_qa.api.plans import doc_link
from xhht_qa.api.refusals import OpenAIRefusal, openai_refusal
from xhht_qa.engine import Engine
from xhht_qa.errors import Refused
from xhht_qa.service import Service
from xhht_qa.types import Answer, Citation, Sentence, Turn

MODEL = "xhht-qa"
EXTENSION = "xhht_answer"  # the Answer itself, beside what OpenAI's clients know
_TASK = "### Task:"  # front ends ask for titles, tags and next questions so; they do without when they get none
_NO_TASK = "{}"
_PIECE = re.compile(r".*?(?:\](?=\s)|\n|\Z)\s*", re.DOTALL)  # a statement ends with its marker
_SOURCES = f"\n\n**{messages.SOURCES}**\n\n"
_MARKER = re.compile(r"\[(\d+)\]")

logger = logging.getLogger(__name__)


class Part(BaseModel):
    """A piece of a message."""

    type: Literal["text"] = "text"
    text: str


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        return self.content if isinstance(self.content, str) else "\n".join(part.text for part in self.content or ())


class StreamOptions(BaseModel):
    """What a stream has beside the answer."""

    include_usage: StrictBool = False


class Completion(BaseModel):
    """A request; what is not named here has no effect."""

    model: Annotated[str, Field(max_length=300, examples=[MODEL])]
    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_TURNS, examples=[[{"role": "user", "content": messages.API_QUESTION}]])]
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None


_REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": OpenAIRefusal, "description": messages.REFUSED_BECAUSE[status]} for status in (400, 401, 403, 404, 413, 429, 503)
}
router = APIRouter(prefix="/v1", tags=["openai"], dependencies=[Depends(unstored)], responses=_REFUSED)


@router.get("/models")
def list_models(user: User) -> dict[str, Any]:
    """The one model; that of a plan is not listed, for there may be hundreds."""
    return {"object": "list", "data": [_model(MODEL)]}


@router.get("/models/{model}")
def retrieve_model(user: User, engine: Seen, model: str) -> dict[str, Any]:
    """A model that can be asked."""
    _scope(model, engine)
    return _model(model)


@router.post(
    "/chat/completions", response_model=None, responses={200: {"content": {"application/json": {"schema": {"type": "object"}}, "text/event-stream": {}}}}
)
async def complete_chat(request: Request, user: User, engine: Seen, asked: Completion) -> dict[str, Any] | Response:
    """The answer as the message of an assistant, at once or as a stream."""
    scope = _scope(asked.model, engine)
    question, history = _conversation(asked.messages)
    if question.startswith(_TASK):
        ready = Answer(uuid.uuid4().hex[:12], question, question, "guide", _NO_TASK)
        return _streamed(_chunks(request, asked, _at_once(ready))) if asked.stream else _whole(request, asked, ready)
    checked(question, engine)
    if asked.stream:
        return _streamed(_chunks(request, asked, await narrated(request, user, engine, question, history, scope, "v1")))
    service: Service = request.app.state.service
    return _whole(request, asked, await service.asking(user, engine, question, history, scope, "v1", address_of(request)))


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": MODEL}


def _scope(model: str, engine: Engine) -> tuple[str, ...]:
    """The plans that a model's name stands for. Raises HTTPException for a name that is none."""
    name, _, plan = model.partition(":")
    if name != MODEL or (plan and plan not in engine.plans):
        raise HTTPException(404, messages.no_model(model))
    return (plan,) if plan else ()


def _conversation(given: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The last message of the user, and what was said before it. Raises HTTPException when there is none."""
    last = next((place for place in reversed(range(len(given))) if given[place].role == "user"), None)
    if last is None:
        raise HTTPException(422, messages.NO_USER_MESSAGE)
    said = ((message.role, message.text.partition(_SOURCES)[0]) for message in given[:last])
    return given[last].text, [Turn(role, text) for role, text in said if role in ("user", "assistant") and text.strip()]


def _whole(request: Request, asked: Completion, answer: Answer) -> dict[str, Any]:
    content = answer.answer + _sources(request, answer)
    message = {"role": "assistant", "content": content, "refusal": None, "annotations": _annotations(request, answer)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return _head(asked, answer.id, "chat.completion") | {"choices": [choice], "usage": _usage(asked, content), EXTENSION: answer.to_dict()}


async def _chunks(request: Request, asked: Completion, steps: AsyncIterator[Told]) -> AsyncIterator[bytes]:
    head = _head(asked, uuid.uuid4().hex[:12], "chat.completion.chunk")

    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
        return _data(head | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]} | more)

    try:
        yield chunk({"role": "assistant", "content": ""})
        said, cited = "", tuple[Citation, ...]()
        async for step in steps:
            if step is None:
                yield KEEPALIVE_COMMENT
            elif isinstance(step, Sentence):
                said, cited = said + step.text, (*cited, *step.citations)
                yield chunk({"content": step.text})
            elif isinstance(step, Answer):
                sent = len(said)
                if said:
                    step = _behind(said, cited, step)
                sources = _sources(request, step)
                for piece in (*_PIECE.findall(step.answer[sent:]), *filter(None, [sources])):
                    yield chunk({"content": piece})
                yield chunk({"annotations": _annotations(request, step)}, "stop", **{EXTENSION: step.to_dict()})
                if asked.stream_options and asked.stream_options.include_usage:
                    yield _data(head | {"choices": [], "usage": _usage(asked, step.answer + sources)})
    except Refused as error:
        yield _data(openai_refusal(str(error), 503))
    except Exception:  # the status is sent; only an event can still tell of it
        logger.exception("a question was not answered")
        yield _data(openai_refusal(messages.UNEXPECTED, 500))
    yield format_sse_event(data_str="[DONE]")


def _behind(said: str, cited: tuple[Citation, ...], answer: Answer) -> Answer:
    """The answer whose beginning was sent already. Where its sentences were withdrawn it stands behind them: each of them is true, and what is sent is sent."""
    if answer.mode == "llm":
        return replace(answer, answer=said + answer.answer[len(said) :])
    text = _MARKER.sub(lambda marker: f"[{int(marker[1]) + len(cited)}]", answer.answer)
    moved = tuple(replace(citation, marker=citation.marker + len(cited)) for citation in answer.citations)
    return replace(answer, answer=f"{said}\n\n{text}", citations=(*cited, *moved), mode="llm")


async def _at_once(answer: Answer) -> AsyncIterator[Told]:
    yield answer


def _streamed(chunks: AsyncIterator[bytes]) -> StreamingResponse:
    return StreamingResponse(chunks, media_type="text/event-stream", headers=HEADERS)


def _head(asked: Completion, id_: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{id_}", "object": kind, "created": int(time.time()), "model": asked.model, "system_fingerprint": None}


def _usage(asked: Completion, content: str) -> dict[str, int]:
    """Words stand for tokens: no model reads them, and nobody pays for them."""
    prompt, completion = sum(len(message.text.split()) for message in asked.messages), len(content.split())
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _sources(request: Request, answer: Answer) -> str:
    """The citations as a list to read, each a link; "" without any."""
    lines = [f"[{cited.marker}] [{_plain(cited.label)}, {_plain(cited.plan_title)}]({_url(request, cited)})" for cited in answer.citations]
    return _SOURCES + "  \n".join(lines) if lines else ""


def _annotations(request: Request, answer: Answer) -> list[dict[str, Any]]:
    """Where in the answer each citation is marked, and what the mark leads to."""
    cited = {citation.marker: citation for citation in answer.citations}
    found = ((match, cited[int(match[1])]) for match in _MARKER.finditer(answer.answer) if int(match[1]) in cited)
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": match.start(),
                "end_index": match.end(),
                "title": f"{citation.label}, {citation.plan_title}",
                "url": _url(request, citation),
            },
        }
        for match, citation in found
    ]


def _url(request: Request, citation: Citation) -> str:
    host = f"{request.url.scheme}://{request.url.netloc}"
    return host + doc_link(request.scope.get("root_path", ""), citation.plan, citation.section + (citation.bullet or ""))


def _plain(text: str) -> str:
    """Words that cannot end the link in which they stand."""
    return text.replace("[", "(").replace("]", ")")


def _data(event: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(event, ensure_ascii=False))
