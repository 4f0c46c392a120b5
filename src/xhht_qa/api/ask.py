"""Asking and searching without leaving a trace: nothing is kept, the caller brings the history along."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import BaseModel, Field

from xhht_qa import messages
from xhht_qa.api.given import NO_STORE, Seen, User, unstored
from xhht_qa.api.narration import HEADERS, address_of, narrated
from xhht_qa.api.plans import SectionText, doc_link, section_text
from xhht_qa.api.refusals import refusals
from xhht_qa.engine import Engine
from xhht_qa.errors import Refused, UnknownPlan
from xhht_qa.service import Service, Waiting
from xhht_qa.types import Answer, Passage, Sentence, Turn

MOST_SCOPE = 1000  # plans
MOST_TURNS = 1000
MOST_FOUND = 50
_SENTENCE = re.compile(r"(?<=\])\s+|\n+")  # a statement ends with its marker
_STREAM = "text/event-stream"

logger = logging.getLogger(__name__)


class Question(BaseModel):
    """What is asked; ``history`` are the earlier messages, the oldest first, ``scope`` the ids of the plans to search, none for all."""

    question: Annotated[str, Field(examples=[messages.API_QUESTION], json_schema_extra={"minLength": 1, "pattern": r"\S"})]
    history: Annotated[list[Turn], Field(max_length=MOST_TURNS)] = []
    scope: Annotated[list[str], Field(max_length=MOST_SCOPE)] = []


class Wanted(Question):
    """The same, and how many sections are wanted."""

    k: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 10


@dataclass(frozen=True, kw_only=True)
class FoundSection(SectionText):
    """A section that was found; ``score`` is comparable within one search only."""

    score: float


@dataclass(frozen=True)
class SearchResults:
    """The best sections, best first, and the question as it was understood."""

    standalone_question: str
    results: tuple[FoundSection, ...]


router = APIRouter(prefix="/api", tags=["ask"], dependencies=[Depends(unstored)], responses=refusals(413, 503))


@router.post("/ask", response_model=Answer)
async def ask(request: Request, user: User, engine: Seen, asked: Question) -> JSONResponse:
    """Ask without a trace."""
    service: Service = request.app.state.service
    answer = await service.asking(user, engine, checked(asked.question, engine), asked.history, asked.scope, "api", address_of(request))
    return JSONResponse(answer.published().to_dict(), headers=NO_STORE)


@router.post("/ask/stream", response_class=StreamingResponse, responses={200: {"content": {_STREAM: {}}}})
async def ask_stream(request: Request, user: User, engine: Seen, asked: Question) -> StreamingResponse:
    """The same as server-sent events: ``step`` while it waits and works, each ``sentence``, the whole ``answer``, ``done``.

    Sentences of a language model come as they pass; where they do not make an answer, ``withdrawn`` takes them back.
    """
    steps = await narrated(request, user, engine, checked(asked.question, engine), asked.history, asked.scope, "stream")

    async def events() -> AsyncIterator[bytes]:
        told = False
        try:
            async for step in steps:
                if step is None:
                    yield KEEPALIVE_COMMENT
                elif isinstance(step, Sentence):
                    told = True
                    yield _event("sentence", {"text": step.text.strip()})
                elif isinstance(step, Waiting):
                    yield _event("step", {"step": "queued", "position": step.position, "message": step.said})
                elif isinstance(step, Answer):
                    if told and step.mode == "extractive":
                        yield _event("withdrawn", {})
                        told = False
                    for sentence in () if told else filter(None, _SENTENCE.split(step.answer)):
                        yield _event("sentence", {"text": sentence})
                    yield _event("answer", step.to_dict())
                else:
                    yield _event("step", {"step": step})
        except Refused as error:
            yield _event("error", {"detail": str(error)})
        except Exception:  # the status is sent; only an event can still tell of it
            logger.exception("a question was not answered")
            yield _event("error", {"detail": messages.UNEXPECTED})
        yield _event("done", {})

    return StreamingResponse(events(), media_type=_STREAM, headers=HEADERS)


@router.post("/search")
async def search(request: Request, user: User, engine: Seen, asked: Wanted) -> SearchResults:
    """The sections that answer, best first."""
    service: Service = request.app.state.service
    question = checked(asked.question, engine)
    try:
        query, passages = await service.searching(user, engine, question, asked.k, asked.history, asked.scope, "search", address_of(request))
    except UnknownPlan as error:
        raise HTTPException(422, str(error)) from None
    return SearchResults(query.standalone, tuple(found_sections(engine, passages, request.scope.get("root_path", ""))))


def checked(question: str, engine: Engine) -> str:
    """The question. Raises HTTPException for one that is empty or too long."""
    if not question.strip():
        raise HTTPException(422, messages.EMPTY_QUESTION)
    if len(question) > engine.settings.max_question_chars:
        raise HTTPException(422, messages.too_long(engine.settings.max_question_chars))
    return question


def found_sections(engine: Engine, passages: Sequence[Passage], root: str) -> Iterator[FoundSection]:
    """The passages with the texts of their sections; what a build that was published meanwhile does not have is left out."""
    for passage in passages:
        plan = engine.plans.get(passage.plan)
        section = plan.section(passage.section) if plan else None
        if plan and section:
            text = section_text(plan, section, doc_link(root, plan.id, section.address))
            yield FoundSection(**{part.name: getattr(text, part.name) for part in fields(text)}, score=round(passage.score, 4))


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
